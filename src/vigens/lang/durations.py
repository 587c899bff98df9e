"""Lengths of time, as texts write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.lang.grammar import UNITS
from vigens.rules import Delay

if TYPE_CHECKING:
    from vigens.lang.cursor import Cursor

#: Most digits that a number of units, parties or occurrences may have.
LONGEST_NUMBER = 6
_FIRST_OF = "write on the first day of the following month, quarter or year"
_END_OF = "write at the end of the day, month, quarter or year"
_NTH = "write on the first day of the 6th month after the month"
#: What has a first day, and how many months it has.
_SPANS = {"month": 1, "quarter": 3, "year": 12}
#: What has an end.
_ENDING = ("day", *_SPANS)


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
    """Read a duration, and where it is said the first day or the end that follows.

    Raises:
        UnreadableError: Something else stands there.

    Source:
        Design, section 3.1, point 1: "following the expiration of 60 days".
    """
    amount, unit = read_duration(cursor, may_be_nought=True)
    if not cursor.take(","):
        return Delay(amount, unit)
    if cursor.take("at", "the", "end", "of", "the"):
        words = "day, month, quarter or year"
        span = cursor.need("name", words, _END_OF, _ENDING.__contains__)
        return Delay(amount, unit, f"end of {span.text}")
    cursor.need_words("on the first day of the following", _FIRST_OF)
    return Delay(amount, unit, f"following {_span(cursor)}")


def _span(cursor: Cursor) -> str:
    """Read `month`, `quarter` or `year`."""
    return cursor.need(
        "name", "month, quarter or year", _FIRST_OF, _SPANS.__contains__
    ).text


def read_first_day(cursor: Cursor) -> Delay:
    """Read `the first day of the following month` or `of the Nth month after the month`.

    So it is read of quarters and years.

    Raises:
        UnreadableError: Something else stands there.

    Source:
        Design, section 3.1, point 1: "first day of the sixth month after the month in
        which".
    """
    cursor.need_words("the first day of the", _NTH)
    if cursor.take("following"):
        return _in_months(1, _span(cursor))

    def is_nth(text: str) -> bool:
        return is_some(text[:-2])

    nth = cursor.need("ordinal", "an ordinal number, as 6th", _NTH, is_nth)
    span = _span(cursor)
    cursor.need_words(f"after the {span}", _NTH)
    return _in_months(int(nth.text[:-2]), span)


def _in_months(number: int, span: str) -> Delay:
    if span == "year":
        return Delay(number, span, span)
    return Delay(number * _SPANS[span], "month", span)
