"""Atoms in words, from the phrases that the agreement files give."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vigens.rules import Constant

if TYPE_CHECKING:
    from vigens.rules import Atom, Program

_SLOT = re.compile(r"\{(\w+)\}")


def phrase(program: Program, atom: Atom) -> str:
    """Say an atom in the words of its declaration.

    Args:
        program: Where it is declared.
        atom: Fluent or event; variables show as `any …`.

    Returns:
        The phrase with titles put in; the bare atom where no phrase is declared.

    Source:
        The declaring page.
    """
    declared = program.fluents.get(atom.name) or program.events.get(atom.name)
    if declared is None:
        return str(atom)
    words = {
        param.name: _word(program, term)
        for param, term in zip(declared.params, atom.terms, strict=False)
    }
    return _SLOT.sub(lambda slot: words.get(slot[1], slot[0]), declared.phrase)


def _word(program: Program, term: object) -> str:
    if isinstance(term, Constant):
        return program.title_of(term.value)
    return f"some {getattr(term, 'sort', 'value')}"
