"""EDTF dates: what was written, and the earliest and latest it can mean.

Supported: `2026`, `2026-01`, `2026-01-06`, instants `2026-01-06T10:00Z` (with or
without seconds, `Z` or `+01:00`), qualifiers `?` `~` `%` at the end, unspecified
digits `X` from the right (`202X`, `2026-XX`, `2026-01-XX`), intervals `A/B`, open
`..`, also `../B` and `A/..`. A qualified date is widened as `WIDEN` says: "about" is
never narrower than what was written.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from vigens.base import InputError, Message
from vigens.chrono.zones import day_start

#: How far "about" and "uncertain" widen a date on each side, by precision, in days.
WIDEN = {"day": 3, "month": 15, "year": 183}

#: Earlier and later years leave no room for zones and for widening.
_OUTSIDE = Message("outside the years 2 to 9998")

_PART = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX)"
    r"(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX))?)?"
    r"(?P<qualifier>[?~%]?)",
    re.ASCII,
)
_INSTANT = re.compile(
    r"\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):\d{2}(?::\d{2}(?:\.\d{1,6})?)?"
    r"(?:Z|[+-]\d{2}:\d{2})",
    re.ASCII,
)


class EdtfError(InputError):
    """A date that cannot be read, or that the calendar does not have."""

    def __init__(self, text: str, why: str) -> None:
        """Name the text and what is wrong with it."""
        super().__init__(
            Message('impossible date "{text}": {why}', text=text[:60], why=why),
            Message("a date in EDTF"),
            Message(
                "write 2026-01-06, 2026-01, 2026, 2026-01-06T10:00Z, 2026-01~, or "
                "an interval such as 2026-02-04/2026-02-05 (.. for an open end)"
            ),
        )


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date as written, with its outermost civil days or instants.

    Attributes:
        text: Exactly as written.
        first_day: First civil day it can mean; `None` where open.
        last_day: Last civil day it can mean, included; `None` where open.
        instant: UTC seconds, where the text names an instant.
        precision: `instant`, `day`, `month`, `year` or `interval`.
        is_approximate: Whether a qualifier widened it.
    """

    text: str
    first_day: date | None
    last_day: date | None
    instant: int | None
    precision: str
    is_approximate: bool


@lru_cache(maxsize=4096)  # a journal names the same days over and over
def parse_edtf(text: str) -> Edtf:
    """Read one EDTF date.

    Args:
        text: As written; outer blanks are not allowed.

    Returns:
        The date with its outermost days.

    Raises:
        EdtfError: The text is no date of the supported level.

    Source:
        EDTF (ISO 8601-2:2019), level 1, and `X` digits of level 2.
    """
    if "/" in text:
        return _interval(text)
    if "T" in text:
        return _instant(text)
    return _single(text)


def edtf_bounds(edtf: Edtf, zone: str) -> tuple[int | None, int | None]:
    """Give the earliest and the latest instant that a date can mean.

    Args:
        edtf: A parsed date.
        zone: IANA name whose civil days count.

    Returns:
        UTC seconds, both ends included; `None` where an end is open.

    Source:
        Design, section 4.2: a coarse date is a range and never guessed to a day.
    """
    if edtf.instant is not None:
        return edtf.instant, edtf.instant
    first = None if edtf.first_day is None else day_start(edtf.first_day, zone)
    last = (
        None
        if edtf.last_day is None
        else day_start(edtf.last_day + timedelta(days=1), zone) - 1
    )
    return first, last


def _interval(text: str) -> Edtf:
    parts = text.split("/")
    if len(parts) != 2:
        raise EdtfError(text, Message("an interval has exactly two ends"))
    ends = [None if part in ("..", "") else parse_edtf(part) for part in parts]
    start, end = ends
    if start is None and end is None:
        raise EdtfError(text, Message("both ends are open"))
    for part in ends:
        if part is not None and part.instant is not None:
            raise EdtfError(
                text, Message("ends of an interval are days, months or years")
            )
    first = start.first_day if start else None
    last = end.last_day if end else None
    if first and last and last < first:
        raise EdtfError(text, Message("the interval ends before it begins"))
    approximate = any(part.is_approximate for part in ends if part)
    return Edtf(text, first, last, None, "interval", approximate)


def _instant(text: str) -> Edtf:
    if not _INSTANT.fullmatch(text):
        raise EdtfError(
            text, Message("an instant needs a zone, as in 2026-01-06T10:00Z")
        )
    try:
        moment = datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise EdtfError(
            text, Message("the calendar or the clock has no such instant")
        ) from error
    if not 1 < moment.year < 9999:
        raise EdtfError(text, _OUTSIDE)
    seconds = int(moment.timestamp() // 1)
    day = moment.date()
    return Edtf(text, day, day, seconds, "instant", is_approximate=False)


def _single(text: str) -> Edtf:
    match = _PART.fullmatch(text)
    if not match:
        raise EdtfError(text, Message("not a date of the supported level of EDTF"))
    year, month, day = match["year"], match["month"], match["day"]
    try:
        first, last, precision = _span_of(year, month, day)
    except ValueError as error:
        raise EdtfError(text, Message("the calendar has no such day")) from error
    if match["qualifier"]:
        widen = timedelta(days=WIDEN[precision])
        try:
            first, last = first - widen, last + widen
        except OverflowError as error:
            raise EdtfError(text, _OUTSIDE) from error
    if not first.year > 1 or not last.year < 9999:
        raise EdtfError(text, _OUTSIDE)
    return Edtf(text, first, last, None, precision, bool(match["qualifier"]))


def _span_of(year: str, month: str | None, day: str | None) -> tuple[date, date, str]:
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if "X" in year:
        if month is not None:
            raise ValueError(month)
        return date(low, 1, 1), date(high, 12, 31), "year"
    if month is None or (month == "XX" and day in (None, "XX")):
        return date(low, 1, 1), date(low, 12, 31), "year"
    number = int(month)
    if day is None or day == "XX":
        last = calendar.monthrange(low, number)[1]
        return date(low, number, 1), date(low, number, last), "month"
    exact = date(low, number, int(day))
    return exact, exact, "day"
