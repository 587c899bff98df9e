"""Expressions of time in a sentence: found, and read against a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from vigens.intake.dates.grammar import Around, DateGrammar, Rule, Step
from vigens.intake.dates.moment import (
    Bound,
    Moment,
    decade,
    distance,
    months,
    of_parts,
    one_day,
    period,
    within,
)

_AHEAD = 1.3  # how much farther a day to come is than one that was
_BACKWARDS = 4  # a tale rarely goes back
_LATE = timedelta(days=60)  # a yearless day is rarely farther on the wrong side
_NOT_NEXT = timedelta(days=2)  # yesterday is no "last Tuesday"
_LONG_AGO = timedelta(days=14)
_WEEK = timedelta(days=7)
_BEFORE = 40  # characters in which words around a date are looked for


@dataclass(frozen=True, slots=True)
class Expression:
    """A match with the words around it; `[start, end)` covers both."""

    start: int
    end: int
    rule: Rule
    detail: re.Match[str]
    part: bool
    about: bool
    bound: Bound

    @property
    def is_today(self) -> bool:
        """Say whether it stands for the day on which it is spoken."""
        step = self.rule.steps[0] if self.rule.steps else None
        return bool(
            step and (step.unit, step.steps, step.origin) == ("day", 0, "")
        ) and not (step and step.counted)


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression stands for, and what it may be if that cannot be.

    `ahead` is meant by what is to come, `before` by what has happened, where `told`
    lies on the wrong side. `weekday` is 1 to 7 where only that is told.
    """

    told: Moment
    basis: str
    ahead: Moment | None = None
    before: Moment | None = None
    weekday: int | None = None
    is_yearless: bool = False


@dataclass(frozen=True, slots=True)
class Standpoint:
    """From where an expression is read.

    Attributes:
        today: The day on which it is said.
        published: The report's own day.
        anchor: The date told last.
        is_near: Whether the same sentence told it, or the one before.
        is_beside: Whether the same sentence told it.
        year_told: Whether it came with a year.
    """

    today: date | None
    published: date | None
    anchor: Moment | None
    is_near: bool
    is_beside: bool
    year_told: bool


def expressions(small: str, rules: DateGrammar) -> Iterator[Expression]:
    """Find the expressions of a stretch, folded and in small letters."""
    for rule, detail in rules.found_in(small):
        start, end = detail.span()
        start, end, part = _beside(small, start, end, rules.part)
        start, end, about = _beside(small, start, end, rules.about)
        bound: Bound = ""
        names: tuple[tuple[Bound, Around], ...]
        names = (("until", rules.until), ("since", rules.since))
        for name, words in names:
            start, end, found = _beside(small, start, end, words)
            if found:
                bound = name
                break
        if bound == "since" and "day2" in detail.groupdict():
            bound = ""  # "from 11 to 22 November"
        lead = rules.leads.get(rule.bare)
        if lead and not (part or bound or _beside(small, start, end, lead)[2]):
            continue
        if not part and any(step.needs_part for step in rule.steps):
            continue
        yield Expression(start, end, rule, detail, part, about, bound)


def _before(small: str, start: int) -> str:
    return small[max(0, start - _BEFORE) : start]


def _beside(
    small: str,
    start: int,
    end: int,
    words: Around,
) -> tuple[int, int, bool]:
    """Widen a stretch over words right before or after it."""
    before = _before(small, start)
    match = words[0].search(before)
    if match:
        return start - len(before) + match.start(), end, True
    match = words[1].match(small, end)
    return (start, match.end(), True) if match else (start, end, False)


def read(found: Expression, rules: DateGrammar, at: Standpoint) -> Reading | None:
    """Say what an expression stands for; None where nothing can be told."""
    parts = {k: v for k, v in found.detail.groupdict().items() if v}
    if found.rule.steps:
        reading = _relative(found.rule.steps, parts, rules, at)
    elif found.rule.bare == "weekday":
        number = _number(rules.weekdays, parts["weekday"])
        reading = _weekday(number, at, is_term=found.bound == "until")
    else:
        reading = _calendar(parts, rules, at, is_since=found.bound == "since")
    if reading is None or not (found.part or found.about):
        return reading
    return replace(
        reading,
        told=_rough(reading.told, found),
        ahead=reading.ahead and _rough(reading.ahead, found),
        before=reading.before and _rough(reading.before, found),
    )


def _rough(moment: Moment, found: Expression) -> Moment:
    """Mark a date as approximate: a part of a month or a year, or "about" anything."""
    is_rough = found.about or (moment.unit != "day" and found.bound != "until")
    return replace(moment, about=True) if is_rough else moment


def _weekday(number: int, at: Standpoint, *, is_term: bool) -> Reading | None:
    """Read a weekday as the last one that was, a term as the next one."""
    if at.today is None:
        return None
    last = one_day(last_weekday(at.today, number))
    ahead = one_day(next_weekday(at.today, number))
    told, before = (ahead, last) if is_term else (last, None)
    return Reading(told, "relative-to-publication", ahead, before, weekday=number)


def last_weekday(day: date, number: int) -> date:
    """Give the nearest weekday on or before a day."""
    return day - timedelta(days=(day.isoweekday() - number) % 7)


def next_weekday(day: date, number: int) -> date:
    """Give the nearest weekday on or after a day."""
    return day + timedelta(days=(number - day.isoweekday()) % 7)


def _relative(
    steps: tuple[Step, ...], parts: dict[str, str], rules: DateGrammar, at: Standpoint
) -> Reading | None:
    first = _stepped(steps[0], parts, rules, at)
    if first is None:
        return None
    is_event = steps[0].origin and at.anchor
    basis = "relative-to-event" if is_event else "relative-to-publication"
    ahead = _stepped(steps[1], parts, rules, at) if len(steps) > 1 else None
    if steps[0].unit == "weekend" and not steps[0].steps and at.today:
        ahead = period(at.today, "weekend", 1)
        first = first if first.last <= at.today else period(at.today, "weekend", -1)
    return Reading(first, basis, ahead=ahead)


def _stepped(
    step: Step, parts: dict[str, str], rules: DateGrammar, at: Standpoint
) -> Moment | None:
    today = one_day(at.today) if at.today else None
    is_anchored = step.origin == "@" or (step.origin == "?" and _hangs(step, at))
    origin = (at.anchor if is_anchored else None) or today
    if origin is None:
        return None
    unit = step.unit
    if unit == "unit":
        unit = next((u for p, u in rules.units if p.fullmatch(parts["unit"])), "day")
    if "month" in parts:
        found = _month(_number(rules.months, parts["month"]), step, origin)
    elif unit == "weekday":
        number = _number(rules.weekdays, parts["weekday"])
        found = one_day(
            next_weekday(origin.last + _NOT_NEXT, number)
            if step.sign > 0
            else last_weekday(origin.first - _NOT_NEXT, number)
        )
    elif step.counted:
        n = step.sign * _count(parts.get("n"), rules)
        found = (within if step.is_term else distance)(origin, unit, n)
    elif is_anchored and unit == "day":
        found = distance(origin, "day", step.steps) if step.steps else origin
    else:
        base = origin.last if step.steps > 0 else origin.first
        found = period(base, unit, step.steps)
    return replace(found, about=True) if found and step.about else found


def _hangs(step: Step, at: Standpoint) -> bool:
    """Say whether a step counts from the date told last, where words leave it open."""
    if not step.counted or at.anchor is None or at.today is None:
        return at.is_near
    return at.is_near and at.anchor.last < at.today - _LONG_AGO


def _month(month: int, step: Step, origin: Moment) -> Moment | None:
    """Give a month of the same year, or the next or last such month."""
    year = origin.first.year
    found = of_parts(year, month)
    if found and step.steps == 1 and found.first <= origin.last:
        return of_parts(year + 1, month)
    if found and step.steps == -1 and found.last >= origin.first:
        return of_parts(year - 1, month)
    return found


def _count(told: str | None, rules: DateGrammar) -> int:
    if told is None:
        return 1
    return int(told) if told.isdigit() else rules.numbers.get(told, 1)


def _number(words: tuple[tuple[re.Pattern[str], int], ...], told: str) -> int:
    return next((n for pattern, n in words if pattern.match(told)), 0)


def _calendar(
    parts: dict[str, str], rules: DateGrammar, at: Standpoint, *, is_since: bool
) -> Reading | None:
    if "decade" in parts:
        return Reading(decade(int(parts["decade"][:3]) * 10), "explicit")
    year = int(parts["year"]) if "year" in parts else None
    if "quarter" in parts or "half" in parts:
        return _share(parts, year, rules, at)
    month = int(parts["m"]) if "m" in parts else None
    if "month" in parts:
        month = _number(rules.months, parts["month"])
    days = [int(parts[k]) for k in ("day", "day2") if k in parts]
    if "nth" in parts and month:
        number = _number(rules.ordinals, parts["nth"])
        if "weekday" in parts:
            whole = _calendar_month(month, year, at)
            weekday = _number(rules.weekdays, parts["weekday"])
            return whole and _nth_weekday(whole, weekday, number)
        days = [number]
    if days[1:] and days[1] <= days[0]:
        return None
    if year is not None:
        found = of_parts(year, month, *days)
        return Reading(found, "explicit") if found else None
    return _yearless(month, days, at, is_since=is_since) if month else None


def _calendar_month(month: int, year: int | None, at: Standpoint) -> Reading | None:
    """Read a month with its year, or without."""
    if year is None:
        return _yearless(month, [], at, is_since=False)
    found = of_parts(year, month)
    return Reading(found, "explicit") if found else None


def _nth_weekday(found: Reading, weekday: int, number: int) -> Reading:
    """Read "the first Monday of April"."""

    def day(month: Moment | None) -> Moment | None:
        first = month and next_weekday(month.first, weekday)
        return one_day(first + (number - 1) * _WEEK) if first else None

    told = day(found.told) or found.told
    return Reading(told, found.basis, day(found.ahead), day(found.before))


def _share(
    parts: dict[str, str], year: int | None, rules: DateGrammar, at: Standpoint
) -> Reading | None:
    """Read a quarter or a half of a year."""
    basis, is_yearless = "explicit", year is None
    if year is None:
        if at.published is None:
            return None
        year, basis = at.published.year, "year-from-dateline"
    length = 3 if "quarter" in parts else 6
    number = _number(rules.ordinals, parts["nth"])
    if not 1 <= number <= 12 // length:
        return None
    share = months(year, (number - 1) * length + 1, length)
    return Reading(share, basis, is_yearless=is_yearless)


def _yearless(
    month: int, days: list[int], at: Standpoint, *, is_since: bool
) -> Reading | None:
    """Choose the year: nearest to what was told before, else to the report's day.

    A month alone is the report's own, as a rule; "since March" the last one that was.
    """
    is_told = at.year_told and (at.is_near if days else at.is_beside)
    is_told = is_told and at.anchor is not None and at.anchor.unit != "decade"
    anchor = at.anchor if is_told and not (is_since and at.published) else None
    origin = anchor.first if anchor else at.published
    if origin is None:
        return None
    years = range(origin.year - 4, origin.year + 5)  # 29 February comes every fourth
    found = [m for m in (of_parts(year, month, *days) for year in years) if m]
    if not found:
        return None

    def away(moment: Moment) -> float:
        middle = moment.first + (moment.last - moment.first) / 2
        gap = (middle - origin).days
        if anchor:
            return gap if gap >= 0 else -gap * _BACKWARDS
        return gap * _AHEAD if gap > 0 else -gap

    told = min(found, key=away)
    if is_since and told.first > origin:
        told = max((m for m in found if m.first <= origin), key=lambda m: m.first)
    basis = "year-from-context" if anchor else "year-from-dateline"
    today = at.published
    if today is None:
        return Reading(told, basis)
    ahead = before = None
    if is_since or told.last < today - _LATE:
        ahead = next((m for m in found if m.last >= today), None)
    elif told.first > today + _LATE:
        before = next((m for m in reversed(found) if m.first <= today), None)
    return Reading(told, basis, ahead, before, is_yearless=not anchor)
