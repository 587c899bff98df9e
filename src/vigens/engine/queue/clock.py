"""Timers and delays, one instant at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.chrono import add_delay, civil_date, day_start
from vigens.engine.derived import floor_of
from vigens.engine.intervals import HIGH, LOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from vigens.rules import Provision

_SECONDS = {"second": 1, "minute": 60, "hour": 3600}
_DAY = 86_400


def after(
    amount: int, unit: str, zone: str, first_of: str | None = None
) -> Callable[[int], int]:
    """Move an instant on by a duration; what leaves the calendar never comes.

    Source:
        docs/language.md, dates; the same as `vigens.engine.calendar.later`.
    """
    seconds = _SECONDS.get(unit)
    if seconds is None and zone == "UTC" and unit in ("day", "week"):
        seconds = _DAY * (7 if unit == "week" else 1)
    if seconds is not None and first_of is None:
        length = amount * seconds
        return lambda at: at + length if LOW < at < HIGH else at
    kept: dict[int, int] = {}

    def move(at: int) -> int:
        if at not in kept:
            is_inside = LOW < at < HIGH
            kept[at] = at
            if is_inside:
                kept[at] = min(add_delay(at, amount, unit, first_of, zone), HIGH)
        return kept[at]

    return move


def coming(provision: Provision, zone: str, *, is_act: bool) -> Callable[[int], int]:
    """Say when what a provision brings comes about, from the instant of its cause.

    Source:
        VCLT article 24(1); an act takes effect for whole civil days.
    """
    delay = provision.delay
    move = None
    if delay is not None:
        move = after(delay.amount, delay.unit, zone, delay.first_of)
    least = provision.not_before
    floor = None if least is None else floor_of(least, zone)

    def comes(at: int) -> int:
        found = at if move is None else move(at)
        if is_act and found < HIGH:
            found = day_start(civil_date(found, zone), zone)
        return found if floor is None else max(found, floor)

    return comes
