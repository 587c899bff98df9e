"""Durations and delays on arrays of instants."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from vigens.chrono import add_delay, civil_date, day_start
from vigens.engine.intervals import HIGH, LOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from vigens.engine.axis import Ints

_SECONDS = {"second": 1, "minute": 60, "hour": 3600}
_DAY = 86_400


def later(
    instants: Ints, amount: int, unit: str, zone: str, first_of: str | None = None
) -> Ints:
    """Move instants on by a duration as texts write it.

    Args:
        instants: (n,) int64, UTC seconds; `LOW` and `HIGH` stay where they are.
        amount: How many units.
        unit: As `vigens.chrono.add_delay` knows it.
        zone: IANA zone of civil days.
        first_of: As in `vigens.rules.Delay`.

    Returns:
        (n,) int64, UTC seconds.

    Source:
        docs/language.md, dates; one pass where the units are exact or the zone is UTC,
        else one calendar step for each distinct instant.
    """
    if unit in _SECONDS and first_of is None:
        moved = instants + amount * _SECONDS[unit]
    elif unit in ("day", "week") and zone == "UTC" and first_of is None:
        moved = instants + amount * _DAY * (7 if unit == "week" else 1)
    else:
        moved = each_distinct(
            partial(add_delay, amount=amount, unit=unit, first_of=first_of, zone=zone),
            instants,
        )
    moved = np.clip(moved, LOW, HIGH)
    outside = (instants <= LOW) | (instants >= HIGH)
    return np.where(outside, instants, moved) if outside.any() else moved


def begin_of_day(instants: Ints, zone: str) -> Ints:
    """Give the first instant of the civil day of each instant.

    Source:
        Design, section 4.2: acts take effect for whole civil days.
    """
    if zone == "UTC":
        return instants - instants % _DAY
    return each_distinct(lambda at: day_start(civil_date(at, zone), zone), instants)


def each_distinct(function: Callable[[int], int], instants: Ints) -> Ints:
    """Apply a function of the calendar once to each distinct instant.

    Source:
        Design, section 4.6.
    """
    if not len(instants):
        return instants
    distinct, where = np.unique(instants, return_inverse=True)
    inside = (distinct > LOW) & (distinct < HIGH)
    found = distinct.copy()
    found[inside] = [function(int(at)) for at in distinct[inside]]
    return found.take(where)
