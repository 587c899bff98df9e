"""Dates and numbers as who reads writes them; addresses, exports and code keep ISO.

A date that is rough, uncertain or open says so in words (EDTF, the supported level).
What is no date is said as it stands, so that "no date" can stand in its place.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from babel.dates import (
    format_interval,
    format_skeleton,
    format_time,
    parse_pattern,
)
from babel.numbers import format_decimal

from vigens.base import Dated, Numbered, say
from vigens.board.tongues.catalogues import N_, _, spoken
from vigens.chrono import EdtfError, parse_edtf

if TYPE_CHECKING:
    from decimal import Decimal

    from babel import Locale

_SINGLE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", re.ASCII)

#: How a date says that it is not exact: a day, and a month or year.
_QUALIFIED = {
    "~": (N_("about {day}"), N_("about {month}")),
    "?": (N_("{day} (uncertain)"), N_("{day} (uncertain)")),
    "%": (N_("about {day} (uncertain)"), N_("about {month} (uncertain)")),
}
#: How a month is written in each shape of a day.
_MONTHS = {"long": "yMMMM", "medium": "yMMM"}

#: How a language writes the first day of a month where no pattern says it.
_FIRST = {"fr": "1er"}
_FIRST_DAY = re.compile(r"(?<!\d)1(?=\s*[-–]|\s+[^\W\d])")

_UNTIL = (N_("until {day}"), N_("until {month}"))
_SINCE = (N_("from {day} on"), N_("from {month} on"))


def tell(text: object) -> str:
    """Say a message, or a date, in the language that speaks now."""
    return say(text, _translated)


def _translated(template: str) -> str:
    if isinstance(template, Dated):
        said = date_words(template)
        return _(str(template)) if said == template else said
    if isinstance(template, Numbered):
        return number_words(template.value)
    return _(template)


def date_words(text: str, *, brief: bool = False) -> str:
    """Say a date as written in the language that speaks now.

    Args:
        text: EDTF; any other text is given back.
        brief: With short names of months, for dense tables and pictures.

    Source:
        Unicode CLDR, formats `long` and `medium`; EDTF, as in `chrono`.
    """
    try:
        parse_edtf(text)
    except EdtfError:
        return text
    shape = "medium" if brief else "long"
    if "/" not in text:
        return _moment(text, shape) if "T" in text else _single(text, shape)
    first, last = text.split("/")
    if first in ("", ".."):
        return _put(_UNTIL, last, shape)
    if last in ("", ".."):
        return _put(_SINCE, first, shape)
    return _between(first, last, shape)


def tick_words(day: date, *, is_month: bool = False) -> str:
    """Say a day without its year, or a month, as briefly as a mark on an axis needs."""
    skeleton = "yMMM" if is_month else "MMMd"
    return _ordinal(format_skeleton(skeleton, day, locale=spoken().locale))


def number_words(value: Decimal | float) -> str:
    """Write a number in the language that speaks now."""
    return format_decimal(value, locale=spoken().locale)


def _single(text: str, shape: str, *, beside: bool = False) -> str:
    """Say a day, month or year with what is doubtful about it.

    Args:
        text: As written.
        shape: `long`, or `medium` with short names.
        beside: Whether it goes beside other words; in some languages ("до січня 2026")
            a month has another form then.
    """
    plain = text.rstrip("?~%")
    mark = text[len(plain) :]
    if mark:
        return _put(_QUALIFIED[mark], plain, shape)
    if "X" in plain:
        return _unsaid(plain, shape)
    return _plain(plain, shape, beside=beside)


def _put(templates: tuple[str, str], text: str, shape: str) -> str:
    """Put a date into the words for a day, or for a month or year."""
    said = _single(text, shape, beside=True)
    is_day = len(text.rstrip("?~%")) == len("2026-01-06")
    return _(templates[0 if is_day else 1]).format(day=said, month=said)


def _unsaid(plain: str, shape: str) -> str:
    """Say a date some of whose digits nobody gives."""
    year, *rest = plain.split("-")
    if "X" in year:
        first, last = year.replace("X", "0"), year.replace("X", "9")
        return _("between {first} and {last}").format(first=first, last=last)
    if rest[0] == "XX":
        return _("{year}, month not given").format(year=_plain(year, shape))
    month = _plain(f"{year}-{rest[0]}", shape)
    return _("{month}, day not given").format(month=month)


def _plain(text: str, shape: str, *, beside: bool = False) -> str:
    """Say a year, a month or a day that is known whole."""
    found = _SINGLE.fullmatch(text)
    assert found is not None, "chrono has read it"
    year, month, day = found.groups()
    if month is None:
        return year
    locale = spoken().locale
    if day is not None:
        known = locale.date_formats[shape].pattern
    else:
        known = locale.datetime_skeletons[_MONTHS[shape]].pattern
        known = known.replace("L", "M") if beside else known
    return _ordinal(_laid_out(_first_day(found), known, locale))


@lru_cache(maxsize=4000)  # a matrix says the same few days some thousand times
def _laid_out(day: date, pattern: str, locale: Locale) -> str:
    return parse_pattern(pattern).apply(day, locale)


def _ordinal(said: str) -> str:
    """Write the first day of a month as the language does: 1er janvier."""
    first = _FIRST.get(spoken().locale.language)
    return _FIRST_DAY.sub(first, said) if first else said


def _moment(text: str, shape: str) -> str:
    """Say an instant, in UTC as it is written."""
    moment = datetime.fromisoformat(text).astimezone(UTC)
    locale = spoken().locale
    exact = "medium" if moment.second else "short"
    clock = format_time(moment.time(), exact, locale=locale)
    day = _plain(moment.date().isoformat(), shape)
    joined: str = locale.datetime_formats["medium"].format(clock, day)
    return f"{joined} UTC"


def _between(first: str, last: str, shape: str) -> str:
    """Say an interval; two plain days or months share what they have in common."""
    ends = [_SINGLE.fullmatch(part) for part in (first, last)]
    if ends[0] and ends[1]:
        kinds = [sum(part is not None for part in end.groups()) for end in ends if end]
        skeleton = {2: "yMMM", 3: "yMMMd"}.get(kinds[0])
        if kinds[0] == kinds[1] and skeleton:
            days = [_first_day(end) for end in ends if end]
            locale = spoken().locale
            return _ordinal(format_interval(days[0], days[1], skeleton, locale=locale))
    parts = (_single(part, shape, beside=True) for part in (first, last))
    return " – ".join(parts)


def _first_day(found: re.Match[str]) -> date:
    year, month, day = found.groups()
    return date(int(year), int(month), int(day or 1))
