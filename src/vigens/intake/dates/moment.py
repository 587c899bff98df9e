"""A stretch of days as words tell it, and arithmetic with it."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

Unit = Literal["day", "month", "year", "decade"]
Bound = Literal["", "until", "since"]

_SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}  # the codes of EDTF, with first months
_FIRST_YEAR, _LAST_YEAR = 1800, 2199


@dataclass(frozen=True, slots=True)
class Moment:
    """Days `first` to `last`, both included, as exact as `unit`.

    `about` marks an approximate date; `bound` one that only limits another.
    """

    first: date
    last: date
    unit: Unit = "day"
    about: bool = False
    bound: Bound = ""

    @property
    def is_day(self) -> bool:
        """Say whether one day is meant, exactly."""
        return self.unit == "day" and self.first == self.last and not self.bound

    def edtf(self) -> str:
        """Write it as EDTF."""
        mark = "~" if self.about else ""
        first, last = self._written(self.first), self._written(self.last)
        if self.bound == "until":
            return f"../{last}"
        if self.bound == "since":
            return f"{first}{mark}/.."
        return f"{first}{mark}" if first == last else f"{first}{mark}/{last}{mark}"

    def _written(self, day: date) -> str:
        if self.unit == "decade":
            return f"{day.year // 10}X"
        return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[self.unit]]


def day_of(edtf: str | None) -> date | None:
    """Give the day of a full date, or None for anything coarser."""
    try:
        return date.fromisoformat(edtf or "")
    except ValueError:
        return None


def one_day(day: date) -> Moment:
    """Make a moment of a day."""
    return Moment(day, day)


@lru_cache(maxsize=4096)
def of_parts(
    year: int, month: int | None = None, day: int | None = None, day2: int | None = None
) -> Moment | None:
    """Make a moment of numbers, or None where the calendar has no such day.

    A month of 21 to 24 is a season: spring, summer, autumn, winter.
    """
    try:
        if month is None:
            return Moment(date(year, 1, 1), date(year, 12, 31), "year")
        if day is not None:
            first = date(year, month, day)
            return Moment(first, date(year, month, day2) if day2 else first)
        if month in _SEASONS:
            return months(year, _SEASONS[month], 3)
        return months(year, month, 1)
    except ValueError:
        return None


def months(year: int, month: int, count: int) -> Moment:
    """Make a moment of some months in a row."""
    last = year * 12 + month - 1 + count - 1
    end = calendar.monthrange(last // 12, last % 12 + 1)[1]
    return Moment(
        date(year, month, 1), date(last // 12, last % 12 + 1, end), unit="month"
    )


def decade(year: int) -> Moment:
    """Make a moment of the ten years that begin with a year."""
    return Moment(date(year, 1, 1), date(year + 9, 12, 31), "decade")


def shifted(day: date, unit: str, steps: int) -> date:
    """Go some days, weeks, months or years from a day; a month's end stays one."""
    if unit in ("day", "week"):
        return day + timedelta(days=steps * (7 if unit == "week" else 1))
    at = day.year * 12 + day.month - 1 + steps * (12 if unit == "year" else 1)
    year = min(max(at // 12, _FIRST_YEAR), _LAST_YEAR)
    month = at % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def period(today: date, unit: str, steps: int) -> Moment:
    """Give the day, week, weekend, month or year some steps from today's."""
    monday = today - timedelta(days=today.weekday())
    if unit == "day":
        return one_day(today + timedelta(days=steps))
    if unit == "week":
        first = monday + timedelta(weeks=steps)
        return Moment(first, first + timedelta(days=6))
    if unit == "weekend":
        first = monday + timedelta(days=5, weeks=min(steps, 0) if steps < 1 else 0)
        return Moment(first, first + timedelta(days=1))
    day = shifted(today.replace(day=1), unit, steps)
    found = of_parts(day.year, None if unit == "year" else day.month)
    return found or one_day(today)


def distance(origin: Moment, unit: str, steps: int) -> Moment:
    """Give what lies some steps from a moment: as exact as the unit, no more."""
    base = origin.last if steps > 0 else origin.first
    if unit in ("day", "week") and origin.unit != "day":
        return replace(origin, about=True, bound="")
    there = shifted(base, unit, steps)
    if unit == "day":
        return Moment(there, there, about=origin.about)
    if unit == "week":
        return Moment(there, there, about=True)
    found = of_parts(there.year, None if unit == "year" else there.month)
    return replace(found or one_day(there), about=True)


def within(origin: Moment, unit: str, steps: int) -> Moment:
    """Give the bound that a term of some days, weeks, months or years sets."""
    end = shifted(origin.last, unit, steps)
    return Moment(origin.first, end, bound="until")
