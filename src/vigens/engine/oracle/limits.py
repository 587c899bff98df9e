"""When a duty is due, in the calendar."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from vigens.chrono import add_delay, civil_date, day_start

if TYPE_CHECKING:
    from vigens.rules import Deadline


def due_at(deadline: Deadline, anchor: int, zone: str) -> int:
    """Move an anchor on by a time limit that is stated.

    What is to be done *within* days or more may be done to the end of the last day, or
    of the span that is named.

    Source:
        Practice of computing time limits in civil days; docs/language.md.
    """
    amount, unit = deadline.amount, deadline.unit
    assert amount is not None
    assert unit is not None
    reached = add_delay(anchor, amount, unit, deadline.first_of, zone)
    is_exact = unit in ("second", "minute", "hour") and deadline.first_of is None
    if deadline.relation == "at" or is_exact:
        return reached
    if deadline.ends_span:
        return reached - 1
    return day_start(civil_date(reached, zone) + timedelta(days=1), zone) - 1
