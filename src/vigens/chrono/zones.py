"""Time zones, and the civil days that they make of instants."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from vigens.base import InputError, Message


@lru_cache(maxsize=64)
def zone_of(name: str) -> ZoneInfo:
    """Find a time zone by its IANA name.

    Raises:
        InputError: There is no such zone.

    Source:
        IANA time zone database.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InputError(
            Message('unknown time zone "{name}"', name=name[:60]),
            Message("the zone of the case"),
            Message("write an IANA name such as Europe/Kyiv, Europe/Paris or UTC"),
        ) from error


@lru_cache(maxsize=4096)
def day_start(day: date, zone: str) -> int:
    """Give the first instant of a civil day, in UTC seconds.

    Source:
        Design, section 4.2: legal acts take effect for whole civil days.
    """
    return int(datetime.combine(day, time(), zone_of(zone)).timestamp())


def civil_date(instant: int, zone: str) -> date:
    """Give the civil day on which an instant falls.

    Source:
        Design, section 4.2.
    """
    return datetime.fromtimestamp(instant, UTC).astimezone(zone_of(zone)).date()
