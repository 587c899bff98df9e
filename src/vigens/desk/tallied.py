"""What declared tallies have come to: a number, or a range where not all is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import UsageError
from vigens.engine import TallyRow, review_tally

if TYPE_CHECKING:
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
            f'"{name}" has {len(tally.params)} arguments, {len(values)} are given',
            "the question",
            f"ask for {name}({names})" if names else f"ask for {name}",
        )
    wanted = [None if value == "_" else value for value in values]
    rows = review_tally(session.evaluation, tally, session.lens.as_of, wanted)
    return TallyRead(tally, rows, tuple(_sentence(tally, row) for row in rows))


def _sentence(tally: Tally, row: TallyRow) -> str:
    said = f"{tally.title} ({', '.join(row.values)})" if row.values else tally.title
    least = number_words(row.at_least)
    if row.at_most is None:
        return f"{said}: {least} or more; not everywhere did somebody look"
    if row.at_most == row.at_least:
        return f"{said}: {least}"
    return f"{said}: between {least} and {number_words(row.at_most)}"


def number_words(number: Decimal) -> str:
    """Write a number without idle noughts."""
    return f"{number.normalize():,f}"
