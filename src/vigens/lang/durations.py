"""Lengths of time, as texts write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.lang.grammar import UNITS
from vigens.rules import Delay

if TYPE_CHECKING:
    from vigens.lang.cursor import Cursor

#: Most digits that a number of units, parties or occurrences may have.
LONGEST_NUMBER = 6
_FIRST_OF = "write on the first day of the following month"
_NTH = "write on the first day of the 6th month after the month"


def is_small(text: str) -> bool:
    """Say whether this is a whole number of a size that texts write."""
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER


def is_some(text: str) -> bool:
    """Say whether this is such a number, and not nought."""
    return is_small(text) and int(text) > 0


def read_duration(cursor: Cursor, *, may_be_nought: bool = False) -> tuple[int, str]:
    """Read a number and a unit.

    Raises:
        UnreadableError: Something else stands there.
    """
    mend = f"write a number and a unit ({', '.join(f'{unit}s' for unit in UNITS)})"
    fits, least = (is_small, 0) if may_be_nought else (is_some, 1)
    what = f"a number from {least} to 999999"
    number = cursor.need("number", what, mend, fits)

    def is_unit(text: str) -> bool:
        return text.removesuffix("s") in UNITS

    unit = cursor.need("name", "a unit of time", mend, is_unit)
    return int(number.text), unit.text.removesuffix("s")


def read_delay(cursor: Cursor) -> Delay:
    """Read a duration, and the first day of the month after it where that is said.

    Raises:
        UnreadableError: Something else stands there.

    Source:
        Design, section 3.1, point 1: "following the expiration of 60 days".
    """
    amount, unit = read_duration(cursor, may_be_nought=True)
    if not cursor.take(","):
        return Delay(amount, unit)
    cursor.need_words("on the first day of the following month", _FIRST_OF)
    return Delay(amount, unit, "following month")


def read_first_day(cursor: Cursor) -> Delay:
    """Read `the first day of the following month` or `of the Nth month after the month`.

    Raises:
        UnreadableError: Something else stands there.

    Source:
        Design, section 3.1, point 1: "first day of the sixth month after the month in
        which".
    """
    cursor.need_words("the first day of the", _NTH)
    if cursor.take("following", "month"):
        return Delay(1, "month", "month")

    def is_nth(text: str) -> bool:
        return is_some(text[:-2])

    nth = cursor.need("ordinal", "an ordinal number, as 6th", _NTH, is_nth)
    cursor.need_words("month after the month", _NTH)
    return Delay(int(nth.text[:-2]), "month", "month")
