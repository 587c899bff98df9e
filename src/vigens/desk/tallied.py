"""What declared tallies have come to: a number, or a range where not all is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Message, UsageError, counted
from vigens.engine import TallyRow, review_tally

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from vigens.desk.answers import Session
    from vigens.rules import Tally

_ASKED = re.compile(r"\s*([\w.:\-]+)\s*(?:\((.*)\))?\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class TallyRead:
    """A declared tally with what it has come to, and a sentence for each row."""

    tally: Tally
    rows: tuple[TallyRow, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangedTally:
    """A row of a declared tally that comes to something else.

    Attributes:
        tally: As the right side declares it, or the left one where it alone does.
        values: Its arguments.
        before: The number in words through the lens that is compared against; `None`
            where it counts nothing for these values.
        after: Through the other lens.
    """

    tally: Tally
    values: tuple[str, ...]
    before: str | None
    after: str | None


def changed_tallies(before: Session, after: Session) -> Iterator[ChangedTally]:
    """Give the rows of declared tallies that differ between two lenses."""
    declared = [side.case.program.tallies for side in (before, after)]
    for name in dict.fromkeys((*declared[1], *declared[0])):
        old, new = (_numbers(side, name) for side in (before, after))
        tally = declared[1].get(name) or declared[0][name]
        for values in dict.fromkeys((*new, *old)):
            if old.get(values) != new.get(values):
                yield ChangedTally(tally, values, old.get(values), new.get(values))


def _numbers(session: Session, name: str) -> dict[tuple[str, ...], str]:
    if name not in session.case.program.tallies:
        return {}
    rows = read_tallied(session, name).rows
    return {row.values: range_words(row) for row in rows}


def names_tally(session: Session, text: str) -> bool:
    """Say whether a question names a declared tally."""
    found = _ASKED.fullmatch(text)
    return found is not None and found[1] in session.case.program.tallies


def read_tallied(session: Session, text: str) -> TallyRead:
    """Work a tally out: `shellings(north)`; `_`, or the bare name, stands for any.

    Raises:
        UsageError: It has another number of arguments.
    """
    found = _ASKED.fullmatch(text)
    name = found[1] if found else text
    tally = session.case.program.tallies[name]
    inside = found[2] if found else None
    values = [part.strip().strip('"') for part in inside.split(",")] if inside else []
    if values and len(values) != len(tally.params):
        names = ", ".join(param.name for param in tally.params)
        raise UsageError(
            f'"{name}" has {counted(len(tally.params), "argument")}, {len(values)} given',
            "the question",
            f"ask for {name}({names})" if names else f"ask for {name}",
        )
    wanted = [None if value == "_" else value for value in values]
    rows = review_tally(session.evaluation, tally, session.lens.as_of, wanted)
    return TallyRead(tally, rows, tuple(_sentence(tally, row) for row in rows))


def _sentence(tally: Tally, row: TallyRow) -> str:
    said = f"{tally.title} ({', '.join(row.values)})" if row.values else tally.title
    return f"{said}: {range_words(row)}"


def range_words(row: TallyRow) -> str:
    """Say what a tally has come to, a number or a range."""
    least = number_words(row.at_least)
    if row.at_most is None:
        words = "{least} or more; not everywhere did somebody look"
        return Message(words, least=least)
    if row.at_most == row.at_least:
        return least
    most = number_words(row.at_most)
    return Message("between {least} and {most}", least=least, most=most)


def number_words(number: Decimal) -> str:
    """Write a number without idle noughts."""
    return f"{number.normalize():,f}"
