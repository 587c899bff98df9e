"""Dates in a text, as EDTF, against the report's own date.

The grammar of a language is data (`dates.toml`): stems of months and weekdays,
words such as "tomorrow", and patterns with the places `{day}`, `{day2}`,
`{month}`, `{year}`, `{part}`, `{join}` and `{until}`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from vigens.intake.fold import fold_marks, lower

_NUMERIC = (
    re.compile(
        r"(?<![\d.-])(?P<year>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<day>\d\d)(?![\d-])"
    ),
    re.compile(
        r"(?<![\d.])(?P<day>\d{1,2})\.(?P<m>\d\d)\.(?P<year>(?:19|20)\d\d)(?!\d)"
    ),
    re.compile(r"(?<![\d/])(?P<day>\d{1,2})/(?P<m>\d\d)/(?P<year>(?:19|20)\d\d)(?!\d)"),
)


_DIGIT = re.compile(r"\d")
_LANGUAGES = 64
_AHEAD = 1.3  # how much farther a day to come is than one that was


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text: `[start, end)`, its EDTF form, how it was told.

    `weekday` is 1 to 7 where only a weekday is given; `edtf` is then the nearest
    such day before the report, and `following` the nearest one after it.
    """

    start: int
    end: int
    edtf: str
    basis: str
    following: str = ""


@dataclass(frozen=True, slots=True)
class DateGrammar:
    """The compiled date grammar of one language."""

    trigger: re.Pattern[str]
    patterns: tuple[re.Pattern[str], ...]
    wordy: tuple[re.Pattern[str], ...]
    months: tuple[tuple[re.Pattern[str], int], ...]
    weekday: re.Pattern[str] | None
    weekdays: tuple[tuple[re.Pattern[str], int], ...]
    relative: re.Pattern[str] | None
    offsets: Mapping[str, int]
    period: re.Pattern[str] | None
    periods: Mapping[str, str]
    until: re.Pattern[str] | None


_compiled: dict[int, tuple[Mapping[str, Any], DateGrammar]] = {}


def grammar(table: Mapping[str, Any]) -> DateGrammar:
    """Compile a `dates.toml`; the same table only once."""
    known = _compiled.get(id(table))
    if known is None or known[0] is not table:
        if len(_compiled) > _LANGUAGES:
            _compiled.clear()
        known = _compiled[id(table)] = table, _grammar(table)
    return known[1]


def _grammar(table: Mapping[str, Any]) -> DateGrammar:
    months = "|".join(sorted(table["months"], key=len, reverse=True))
    tail = table.get("tail", "")
    rest = r"\b" if table.get("whole_months") else r"\w*"
    places = {
        "day": rf"(?P<day>\d{{1,2}})(?:{table.get('ordinal') or 'º'})?(?!\d)",
        "day2": rf"(?P<day2>\d{{1,2}})(?:{table.get('ordinal') or 'º'})?(?!\d)",
        "month": rf"(?P<month>(?:{months}){rest})(?:\.(?=,?\s+\d))?",
        "year": rf"(?P<year>(?:19|20)\d\d)(?!\d){tail}",
        "part": rf"(?P<part>{table.get('part', 'º')})",
        "until": rf"(?P<until>{table.get('until', 'º')})",
        "join": rf"(?:{table.get('join', '-')})",
    }
    weekdays = table.get("weekdays", {})
    lead = table.get("weekday_lead")
    names = "|".join(weekdays)
    relative = table.get("relative", {})
    periods = table.get("periods", {})
    until = table.get("range")
    words = [*table["months"], *relative, *weekdays, *periods]
    return DateGrammar(
        trigger=re.compile(r"\b(?:" + "|".join(words) + ")"),
        patterns=tuple(_compile(p, places) for p in table["patterns"]),
        wordy=tuple(
            _compile(p, places)
            for p in table["patterns"]
            if not re.search(r"\{day|\{year|\\d", p)
        ),
        months=tuple((re.compile(k), v) for k, v in table["months"].items()),
        weekday=re.compile(
            (rf"\b(?:(?:{lead}) )" if lead else r"\b") + rf"(?P<name>(?:{names})\w*)"
        )
        if names
        else None,
        weekdays=tuple((re.compile(k), v) for k, v in weekdays.items()),
        relative=_any_of(relative),
        offsets=relative,
        period=_any_of(periods),
        periods=periods,
        until=re.compile(rf"\s*(?:{until})\s+|\s*-\s*") if until else None,
    )


def find_dates(
    view: str, start: int, end: int, *, rules: DateGrammar, published: str | None
) -> list[DateMention]:
    """Find the dates of a stretch; of two that overlap, the fuller one."""
    small = fold_marks(lower(view[start:end])).replace("\n", " ")
    numbered = _DIGIT.search(small) is not None
    if not numbered and not rules.trigger.search(small):
        return []
    found: list[DateMention] = []
    taken: list[tuple[int, int]] = []

    def keep(
        match: re.Match[str], edtf: str | None, basis: str, after: str = ""
    ) -> None:
        a, b = match.span()
        if edtf and all(b <= x or y <= a for x, y in taken):
            taken.append((a, b))
            found.append(DateMention(start + a, start + b, edtf, basis, after))

    for pattern in (*_NUMERIC, *rules.patterns) if numbered else rules.wordy:
        for match in pattern.finditer(small):
            edtf, basis = _edtf(match, rules, published)
            keep(match, edtf, basis)
    today = day_of(published)
    if today and rules.relative:
        for match in rules.relative.finditer(small):
            day = today + timedelta(days=rules.offsets[match.group()])
            keep(match, day.isoformat(), "relative-to-publication")
    if today and rules.period:
        for match in rules.period.finditer(small):
            edtf = _period(today, rules.periods[match.group()])
            keep(match, edtf, "relative-to-publication")
    if today and rules.weekday:
        for match in rules.weekday.finditer(small):
            name = match.group("name")
            number = next(n for p, n in rules.weekdays if p.match(name))
            back = (today.isoweekday() - number) % 7
            before = today - timedelta(days=back)
            ahead = today + timedelta(days=(number - today.isoweekday()) % 7)
            keep(
                match, before.isoformat(), "relative-to-publication", ahead.isoformat()
            )
    found.sort(key=lambda d: d.start)
    return _joined(found, small, start, rules)


def _joined(
    found: list[DateMention], small: str, start: int, rules: DateGrammar
) -> list[DateMention]:
    """Make one stretch of two days with a word for "to" between them."""
    if rules.until is None:
        return found
    out: list[DateMention] = []
    for date_ in found:
        last = out[-1] if out else None
        is_bound = date_.edtf.startswith("../")
        end = date_.edtf.removeprefix("../")
        days = last and day_of(last.edtf), day_of(end)
        if last and days[0] and days[1] and days[0] < days[1]:
            between = small[last.end - start : date_.start - start]
            if rules.until.fullmatch(between) or (is_bound and not between.strip()):
                edtf = f"{last.edtf}/{end}"
                out[-1] = DateMention(last.start, date_.end, edtf, date_.basis)
                continue
        out.append(date_)
    return out


def _any_of(words: Mapping[str, Any]) -> re.Pattern[str] | None:
    """Compile a pattern for any of some words, the longest first."""
    longest = sorted(words, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(longest) + r")\b") if words else None


def _period(today: date, told: str) -> str:
    """Give the week, month or year some steps from a day, told as `week+1`."""
    unit, steps = re.split(r"(?=[+-])", told)
    if unit == "year":
        return f"{today.year + int(steps)}"
    if unit == "month":
        month = today.year * 12 + today.month - 1 + int(steps)
        return f"{month // 12}-{month % 12 + 1:02d}"
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=int(steps))
    return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"


def day_of(edtf: str | None) -> date | None:
    """Give the day of a full date, or None for anything coarser."""
    try:
        return date.fromisoformat(edtf or "")
    except ValueError:
        return None


def _compile(pattern: str, places: Mapping[str, str]) -> re.Pattern[str]:
    for name, regex in places.items():
        pattern = pattern.replace("{" + name + "}", regex)
    spaced = pattern.replace(" ?", r"\s*").replace(" ", r"\s+")
    return re.compile(r"(?<!\w)" + spaced + r"(?!\w)")


def _edtf(
    match: re.Match[str], rules: DateGrammar, published: str | None
) -> tuple[str | None, str]:
    parts = match.groupdict()
    month = int(parts["m"]) if parts.get("m") else _month(parts.get("month"), rules)
    day = int(parts["day"]) if parts.get("day") else None
    basis = "explicit"
    if parts.get("year"):
        year = int(parts["year"])
    else:
        basis = "year-from-dateline"
        today = day_of(published)
        if today is None or month is None:
            return None, basis
        year = _nearest_year(month, day, today)
    if month is None:
        return (f"../{year}" if parts.get("until") else f"{year}"), basis
    if not 1 <= month <= 12:
        return None, basis
    if day is None:
        about = parts.get("part") and not parts.get("until")
        text = f"{year}-{month:02d}" + ("~" if about else "")
        return (f"../{text}" if parts.get("until") else text), basis
    if not _is_day(year, month, day):
        return None, basis
    text = f"{year}-{month:02d}-{day:02d}"
    second = int(parts["day2"]) if parts.get("day2") else None
    if second is not None and second > day and _is_day(year, month, second):
        text += f"/{year}-{month:02d}-{second:02d}"
    return (f"../{text}" if parts.get("until") else text), basis


def _month(name: str | None, rules: DateGrammar) -> int | None:
    if not name:
        return None
    return next((n for pattern, n in rules.months if pattern.match(name)), None)


def _nearest_year(month: int, day: int | None, today: date) -> int:
    """Give the year that puts the day closest to the report's own."""

    def distance(year: int) -> int:
        days = (date(year, month, min(day or 15, 28)) - today).days
        return int(days * _AHEAD) if days > 0 else -days  # news is of what was

    return min((today.year - 1, today.year, today.year + 1), key=distance)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
