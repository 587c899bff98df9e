"""Atoms in words, from the phrases that the agreement files give."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vigens.base import Message
from vigens.rules import Atom, Constant, Variable

if TYPE_CHECKING:
    from vigens.rules import EventType, Fluent, Program

_SLOT = re.compile(r"\{(\w+)\}")
_BRACE = re.compile(r"[{}]")


def phrase(program: Program, atom: Atom) -> str:
    """Say an atom in the words of its declaration.

    Args:
        program: Where it is declared.
        atom: Fluent or event; variables show as `any …`.

    Returns:
        The phrase with titles put in, which a surface may say in another language
        where it has the phrase; the bare atom where no phrase is declared.

    Source:
        The declaring page.
    """
    declared = program.fluents.get(atom.name) or program.events.get(atom.name)
    if declared is None:
        return str(atom)
    words = {
        param.name: term_words(program, term, param.sort)
        for param, term in zip(declared.params, atom.terms, strict=False)
    }
    slots = set(_SLOT.findall(declared.phrase))
    if slots <= words.keys() and not _BRACE.search(_SLOT.sub("", declared.phrase)):
        return Message(declared.phrase, **{name: words[name] for name in slots})
    return _SLOT.sub(lambda slot: words.get(slot[1], slot[0]), declared.phrase)


def phrase_in_general(declared: Fluent | EventType) -> Message:
    """Say a fluent or an event of no values in particular: `… endorses … of …`.

    Source:
        The declaring page.
    """
    slots = _SLOT.findall(declared.phrase)
    if _BRACE.search(_SLOT.sub("", declared.phrase)):
        return Message(_SLOT.sub("…", declared.phrase))
    return Message(declared.phrase, **dict.fromkeys(slots, "…"))


def words_of_event(program: Program, name: str, *, in_general: bool = False) -> str:
    """Say an event of some values or other, where words for it are declared.

    Args:
        program: Where it is declared.
        name: Of an event type.
        in_general: With gaps, `… signs …`, instead of `some party signs …`.

    Returns:
        Its words; empty where its page gives it a name alone.

    Source:
        The declaring page.
    """
    declared = program.events.get(name)
    if declared is None or declared.phrase.partition("(")[0] == name:
        return ""
    if in_general:
        return phrase_in_general(declared)
    some = tuple(Variable(param.name, param.sort) for param in declared.params)
    return phrase(program, Atom(name, some))


def unrecorded(program: Program, event: str) -> Message:
    """Say that nobody has recorded an event.

    Source:
        Design, section 4.3, point 3: silence is no event.
    """
    what = words_of_event(program, event, in_general=True)
    if what:
        return Message("nobody has recorded that {what}", what=what)
    return Message("no {name} is recorded", name=event)


def term_words(program: Program, term: object, sort: str = "") -> str:
    """Name a value, or some value of a sort.

    Args:
        program: Where it is declared.
        term: A constant or a variable.
        sort: That the value is one of; what the general law lists is a word of a
            language and no name.

    Source:
        The declaring pages.
    """
    if isinstance(term, Constant):
        title = program.title_of(term.value)
        listed = program.sorts.get(sort)
        if listed and listed.place.startswith("law/") and term.value in listed.values:
            return Message(title)
        return title
    return Message("some {sort}", sort=Message(str(getattr(term, "sort", "value"))))
