"""Civil days, zones and instants, and the durations that texts write."""

from __future__ import annotations

import calendar
from datetime import MAXYEAR, UTC, datetime, time, timedelta

from vigens.base import Message
from vigens.chrono.edtf import EdtfError, edtf_bounds, parse_edtf
from vigens.chrono.zones import day_start, zone_of

_SECONDS = {"hour": 3600, "minute": 60, "second": 1}
#: First and last instant of the years 2 to 9998, as `parse_edtf` reads them.
_FIRST, _LAST = -62_104_060_800, 253_370_764_799


def end_of(text: str, zone: str) -> int:
    """Give the last instant of a date: what a bare `as_of=D` means.

    Args:
        text: An EDTF date with a closed end.
        zone: IANA name.

    Returns:
        UTC seconds, included.

    Raises:
        EdtfError: No date, or no last instant.

    Source:
        Design, section 4.2.
    """
    last = edtf_bounds(parse_edtf(text), zone)[1]
    if last is None:
        raise EdtfError(text, Message("it has no last day"))
    return last


def parse_moment(text: str, zone: str) -> int:
    """Read `as_of` or `known_at`: an instant, or the end of a day, month or year.

    Raises:
        EdtfError: The text is no such date.

    Source:
        Design, section 4.2.
    """
    return end_of(text.strip(), zone)


def format_instant(instant: int, zone: str) -> str:
    """Write an instant: a date at a civil midnight, else `2026-12-06T10:00Z`.

    Source:
        Design, section 4.2; ISO 8601.
    """
    moment = datetime.fromtimestamp(instant, UTC)
    local = moment.astimezone(zone_of(zone))
    if local.time() == time():
        return local.date().isoformat()
    shape = "minutes" if moment.second == 0 else "seconds"
    return moment.replace(tzinfo=None).isoformat(timespec=shape) + "Z"


def add_duration(instant: int, amount: int, unit: str, zone: str) -> int:
    """Move an instant on by a duration as texts write them.

    Hours, minutes and seconds are exact. Days and weeks keep the civil hour. Months
    and years keep the day of the month, or take the month's last day where it is
    shorter (31 January and one month is 28 or 29 February). A civil hour that the
    clocks skip is read as if they had not yet moved; of one that comes twice the first
    is taken. What would lie outside the years 2 to 9998 is the outermost instant.

    Args:
        instant: UTC seconds.
        amount: How many; negative moves back.
        unit: `second`, `minute`, `hour`, `day`, `week`, `month` or `year`.
        zone: IANA name whose civil days count.

    Returns:
        UTC seconds.

    Source:
        VCLT practice on time limits; ties as stated in docs/language.md.
    """
    if unit in _SECONDS:
        return _within(instant + amount * _SECONDS[unit])
    start = datetime.fromtimestamp(_within(instant), UTC)
    local = start.astimezone(zone_of(zone)).replace(fold=0)
    try:
        moved = _moved(local, amount, unit)
    except (ValueError, OverflowError):
        return _FIRST if amount < 0 else _LAST
    return _within(int(moved.replace(tzinfo=zone_of(zone)).timestamp()))


#: Months from one first day to the next.
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def add_delay(
    instant: int, amount: int, unit: str, first_of: str | None, zone: str
) -> int:
    """Move an instant on as treaties write delays.

    Args:
        instant: UTC seconds.
        amount: How many units; 0 means upon.
        unit: As for `add_duration`.
        first_of: `None`; `month`: to the first day of the month so reached ("the first
            day of the sixth month after the month in which"); `following month`: to the
            first day of the month after it ("following the expiration of"); `end of
            month`: when the month is over, the same instant; likewise `quarter` and
            `year`; `end of day`: when the civil day is over.
        zone: IANA name whose civil days count.

    Returns:
        UTC seconds; with `first_of` the beginning of that day.

    Source:
        Clauses on entry into force; VCLT article 24(1).
    """
    moved = add_duration(instant, amount, unit, zone)
    if first_of is None:
        return moved
    day = datetime.fromtimestamp(moved, UTC).astimezone(zone_of(zone)).date()
    if first_of == "end of day":
        return _within(day_start(day + timedelta(days=1), zone))
    length = _MONTHS[first_of.split()[-1]]
    months = day.year * 12 + day.month - 1
    months -= months % length
    if first_of not in _MONTHS:
        months += length
    year, month = divmod(months, 12)
    if year > MAXYEAR:
        return _LAST
    return _within(day_start(day.replace(year=year, month=month + 1, day=1), zone))


def _moved(local: datetime, amount: int, unit: str) -> datetime:
    """Move a civil time; an error where no calendar has the outcome."""
    if unit in ("day", "week"):
        days = amount * (7 if unit == "week" else 1)
        return local.replace(tzinfo=None) + timedelta(days=days)
    months = amount * (12 if unit == "year" else 1)
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return local.replace(
        tzinfo=None, year=year, month=month + 1, day=min(local.day, last)
    )


def _within(instant: int) -> int:
    return max(_FIRST, min(instant, _LAST))
