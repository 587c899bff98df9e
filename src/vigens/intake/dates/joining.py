"""Dates beside one another: stretches, weekdays of a date, weekdays of a week."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from vigens.intake.dates.expression import Expression, Reading, next_weekday
from vigens.intake.dates.grammar import DateGrammar
from vigens.intake.dates.moment import Bound, Moment, of_parts, shifted

_BLANKS = " \n,("
_WEEK = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Told:
    """A date at its place; `bound` and `is_today` as its words say."""

    start: int
    end: int
    reading: Reading
    bound: Bound
    is_today: bool = False
    is_joined: bool = False

    @property
    def moment(self) -> Moment:
        """Give the moment with its bound."""
        told = self.reading.told
        return replace(told, bound=self.bound) if self.bound else told


def told_by(found: Expression, reading: Reading) -> Told:
    """Put a reading at its place."""
    return Told(found.start, found.end, reading, found.bound, found.is_today)


def joined(found: Iterable[Told], small: str, rules: DateGrammar) -> list[Told]:
    """Make one date of two that belong together."""
    out: list[Told] = []
    for date in found:
        made = _pair(out[-1], date, small, rules) if out else None
        if made is None:
            out.append(date)
        else:
            out[-1] = made
    return out


def _pair(a: Told, b: Told, small: str, rules: DateGrammar) -> Told | None:
    between = rules.times.sub(" ", small[a.end : b.start])
    between = " ".join(between.split()).strip(_BLANKS)
    if not between:
        made = _beside(a, b)
        if made is not None:
            return made
    is_range = rules.range_.fullmatch(between) is not None
    is_range = is_range or (not between and b.bound == "until" and a.bound != "until")
    is_list = rules.join.fullmatch(between) is not None
    is_range = is_range or (is_list and bool(rules.between.search(small[: a.start])))
    if not (is_range or is_list) or b.bound == "since":
        return None
    first, last = a.reading, b.reading
    told = _stretch(first, last, first.told, last.told)
    if told is None or (is_list and not is_range and not _follow(first, told)):
        return None
    ahead = None
    if first.ahead and last.ahead:
        ahead = _stretch(first, last, first.ahead, last.ahead)
    weekday = first.weekday if last.weekday and first.weekday else None
    reading = Reading(told, first.basis, ahead, weekday=weekday)
    bound: Bound = "until" if a.bound == "until" else ""
    return Told(a.start, b.end, reading, bound, a.is_today, is_joined=True)


def _stretch(a: Reading, b: Reading, first: Moment, last: Moment) -> Moment | None:
    """Give the stretch from one moment to another, of one unit."""
    if a.weekday and b.weekday:
        end = next_weekday(first.last, b.weekday)
        return Moment(first.first, end)
    begins = [m for m in (first, a.ahead, a.before) if m and m.first < last.first]
    if a.is_yearless and not b.is_yearless:  # "from January to March 2024"
        steps = (
            last.first.year - first.first.year,
            last.first.year - first.first.year - 1,
        )
        moved = (_moved(first, n) for n in steps)
        begins = [m for m in moved if m.first < last.first]
    if not begins or first.unit != last.unit:
        return None
    first = max(begins, key=lambda m: m.first)
    return Moment(first.first, last.last, first.unit, first.about and last.about)


def _follow(first: Reading, told: Moment) -> bool:
    """Say whether a stretch is just its two ends: "on Monday and Tuesday"."""
    if told.unit == "day":
        return (told.last - first.told.last).days == 1
    return (told.last - first.told.last).days < 32


def _beside(a: Told, b: Told) -> Told | None:
    """Join "Friday, 24 November", "Monday last week" and "in March last year"."""
    for day, other in ((a, b), (b, a)):
        in_year = _in_year(day.reading, other.reading)
        if in_year is not None:
            return Told(a.start, b.end, in_year, a.bound or b.bound)
        number = day.reading.weekday
        told = other.reading.told
        if number is None or other.reading.weekday or told.unit != "day":
            continue
        if told.last - told.first == _WEEK and not other.is_joined:
            length = day.reading.told.last - day.reading.told.first
            first = next_weekday(told.first, number)
            reading = Reading(Moment(first, first + length), other.reading.basis)
        elif told.first == told.last:
            reading = _on_weekday(other.reading, number)
        else:
            continue
        bound: Bound = a.bound or b.bound
        return Told(a.start, b.end, reading, bound)
    return None


def _in_year(day: Reading, year: Reading) -> Reading | None:
    """Read a day or month without a year beside a year told by steps."""
    if not day.is_yearless or year.told.unit != "year" or year.basis == "explicit":
        return None
    moved = _moved(day.told, year.told.first.year - day.told.first.year)
    return Reading(moved, year.basis)


def _moved(moment: Moment, years: int) -> Moment:
    """Give the same part of another year."""
    return replace(
        moment,
        first=shifted(moment.first, "year", years),
        last=shifted(moment.last, "year", years),
    )


def _on_weekday(reading: Reading, number: int) -> Reading:
    """Choose the year in which a day falls on its weekday."""
    day = reading.told.first
    if not reading.is_yearless or day.isoweekday() == number:
        return replace(reading, ahead=None, before=None)
    for year in (day.year - 1, day.year + 1, day.year - 2, day.year + 2):
        found = of_parts(year, day.month, day.day)
        if found and found.first.isoweekday() == number:
            return Reading(found, reading.basis)
    return reading
