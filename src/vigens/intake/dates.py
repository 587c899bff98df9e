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
    months: tuple[tuple[re.Pattern[str], int], ...]
    weekday: re.Pattern[str] | None
    weekdays: tuple[tuple[re.Pattern[str], int], ...]
    relative: re.Pattern[str] | None
    offsets: Mapping[str, int]


def grammar(table: Mapping[str, Any]) -> DateGrammar:
    """Compile a `dates.toml`."""
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
    words = [*table["months"], *relative, *weekdays]
    return DateGrammar(
        trigger=re.compile(r"\d|" + "|".join(rf"\b(?:{w})" for w in words)),
        patterns=tuple(_compile(p, places) for p in table["patterns"]),
        months=tuple((re.compile(k), v) for k, v in table["months"].items()),
        weekday=re.compile(
            (rf"\b(?:(?:{lead}) )" if lead else r"\b") + rf"(?P<name>(?:{names})\w*)"
        )
        if names
        else None,
        weekdays=tuple((re.compile(k), v) for k, v in weekdays.items()),
        relative=re.compile(
            r"\b(?:" + "|".join(sorted(relative, key=len, reverse=True)) + r")\b"
        )
        if relative
        else None,
        offsets=relative,
    )


def find_dates(
    view: str, start: int, end: int, *, rules: DateGrammar, published: str | None
) -> list[DateMention]:
    """Find the dates of a stretch; of two that overlap, the fuller one."""
    small = fold_marks(lower(view[start:end])).replace("\n", " ")
    if not rules.trigger.search(small):
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

    for pattern in (*_NUMERIC, *rules.patterns):
        for match in pattern.finditer(small):
            edtf, basis = _edtf(match, rules, published)
            keep(match, edtf, basis)
    today = day_of(published)
    if today and rules.relative:
        for match in rules.relative.finditer(small):
            day = today + timedelta(days=rules.offsets[match.group()])
            keep(match, day.isoformat(), "relative-to-publication")
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
    return sorted(found, key=lambda d: d.start)


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
        text = f"{year}-{month:02d}" + ("~" if parts.get("part") else "")
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
        return abs((date(year, month, min(day or 15, 28)) - today).days)

    return min((today.year - 1, today.year, today.year + 1), key=distance)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
