"""Two wordings side by side: what each page says, line by line, and which duties."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.rules import Instrument, Obligation, Program

#: Lines of the same words that are shown around a change.
AROUND = 2

#: Most lines of one comparison; the rest is counted.
MOST_LINES = 800


@dataclass(frozen=True, slots=True)
class WordLine:
    """One line of two wordings.

    Attributes:
        kind: `same`, `added`, `removed` or `skipped`.
        text: The line; of skipped lines how many.
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Promise:
    """One duty as a text puts it."""

    name: str
    title: str
    obligor: str
    modality: str


@dataclass(frozen=True, slots=True)
class PartPromises:
    """The duties that two texts put under one component; side by side, not matched.

    Attributes:
        component: Its name; empty for the whole text.
        title: In words of whichever text has it.
        before: Duties of the first text.
        after: Duties of the second.
        gone: Obligors whom only the first text names here.
        new: Obligors whom only the second names here.
    """

    component: str
    title: str
    before: tuple[Promise, ...]
    after: tuple[Promise, ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]


def compare_words(before: str, after: str) -> tuple[WordLine, ...]:
    """Tell line by line what two wordings share and where they part."""
    one, two = before.splitlines(), after.splitlines()
    found: list[WordLine] = []
    matcher = difflib.SequenceMatcher(None, one, two, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            found.extend(_around(one[i1:i2], is_first=not i1, is_last=i2 == len(one)))
        else:
            found.extend(WordLine("removed", line) for line in one[i1:i2])
            found.extend(WordLine("added", line) for line in two[j1:j2])
    if len(found) > MOST_LINES:
        rest = len(found) - MOST_LINES
        return (*found[:MOST_LINES], WordLine("skipped", str(rest)))
    return tuple(found)


def _around(lines: list[str], *, is_first: bool, is_last: bool) -> Iterator[WordLine]:
    head = 0 if is_first else AROUND
    tail = 0 if is_last else AROUND
    if len(lines) <= head + tail + 1:
        yield from (WordLine("same", line) for line in lines)
        return
    yield from (WordLine("same", line) for line in lines[:head])
    yield WordLine("skipped", str(len(lines) - head - tail))
    yield from (WordLine("same", line) for line in lines[len(lines) - tail :])


def compare_promises(
    program: Program, before: Instrument, after: Instrument
) -> tuple[PartPromises, ...]:
    """Lay the duties of two texts side by side, component by component."""
    titles = {
        **{part.name: part.title for part in before.components},
        **{part.name: part.title for part in after.components},
    }
    found = []
    for name in ("", *titles):
        sides = [
            tuple(
                _promise(program, duty)
                for duty in program.obligations.values()
                if duty.under is not None
                and duty.under.instrument == text.name
                and (duty.under.component or "") == name
            )
            for text in (before, after)
        ]
        if not any(sides):
            continue
        named = [dict.fromkeys(p.obligor for p in side if p.obligor) for side in sides]
        found.append(
            PartPromises(
                name,
                titles.get(name, ""),
                sides[0],
                sides[1],
                tuple(who for who in named[0] if who not in named[1]),
                tuple(who for who in named[1] if who not in named[0]),
            )
        )
    return tuple(found)


def _promise(program: Program, duty: Obligation) -> Promise:
    who = program.title_of(duty.obligor) if duty.obligor else ""
    if duty.obligor_role:
        who = f"each {duty.obligor_role}"
    return Promise(duty.name, duty.title, who, duty.modality)
