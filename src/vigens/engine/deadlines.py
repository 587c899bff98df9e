"""When a duty is due: the deadlines of many instances, with what is not known of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from vigens.base import Message
from vigens.chrono import civil_date, day_start
from vigens.engine.calendar import each_distinct, later
from vigens.engine.instances import UNSEEN
from vigens.engine.intervals import HIGH, LOW
from vigens.engine.phrases import unrecorded

if TYPE_CHECKING:
    from vigens.engine.axis import Ints
    from vigens.engine.instances import Instances
    from vigens.engine.owed import Owed
    from vigens.rules import Deadline

_EXACT = ("second", "minute", "hour")


@dataclass(frozen=True, slots=True)
class DutyDeadline:
    """One deadline of one instance.

    Attributes:
        relation: `within` (not after) or `at` (not before).
        reading: The reading under which it counts, or empty.
        earliest: UTC seconds; `None` where it cannot be told.
        latest: UTC seconds, included.
        anchor: The event from which it runs, in words of the program.
        open_because: What is missing, where it cannot be told or is not sure.
    """

    relation: str
    reading: str
    earliest: int | None
    latest: int | None
    anchor: str
    open_because: str


@dataclass(frozen=True, slots=True, eq=False)
class Limit:
    """One stated deadline of many instances.

    Attributes:
        earliest: (n,) int64, UTC seconds; where it may begin to count, `HIGH` where no
            anchor may have come.
        latest: (n,) int64; `HIGH` where its anchor did not surely come. The same array
            where both are equal.
    """

    earliest: Ints
    latest: Ints


def limits_of(
    owed: Owed, instances: Instances, relation: str, chosen: dict[str, str]
) -> list[Limit]:
    """Work out the deadlines of one relation that the text states.

    A deadline runs from the trigger, or from the first occurrence of its anchor. An
    occurrence that is recorded is taken for the anchor; where none surely happened, one
    that nobody has recorded may be it.

    Args:
        owed: The duty.
        instances: Of the duty.
        relation: `within` or `at`.
        chosen: Readings beside those of the lens.

    Source:
        Design, section 4.3: trigger and deadline of one occurrence move together.
    """
    found = []
    for deadline in owed.duty.deadlines:
        if deadline.relation != relation or deadline.amount is None:
            continue
        if not owed.is_read(deadline.reading, chosen):
            continue
        first, last = instances.first, instances.last
        if deadline.anchor is not None:
            anchors = owed.anchored(deadline.anchor, instances)
            first, last = anchors.earliest, anchors.latest
        earliest = due_at(first, deadline, owed.plan.zone)
        latest = earliest if first is last else due_at(last, deadline, owed.plan.zone)
        found.append(Limit(earliest, latest))
    return found


def due_at(instants: Ints, deadline: Deadline, zone: str) -> Ints:
    """Move anchors on by a time limit that is stated.

    A limit in hours or less is exact. One in days or more that says *within* ends with
    the civil day on which it falls, or with the span whose end it names.

    Args:
        instants: (n,) int64, the anchors, UTC seconds; `HIGH` stays.
        deadline: With an amount and a unit.
        zone: IANA zone of civil days.

    Returns:
        (n,) int64, UTC seconds; a performance at that instant keeps the limit.

    Source:
        Practice of computing time limits in civil days; docs/language.md.
    """
    amount, unit, first_of = deadline.amount, deadline.unit, deadline.first_of
    assert amount is not None
    assert unit is not None
    moved = later(instants, amount, unit, zone, first_of)
    is_exact = unit in _EXACT and first_of is None
    if deadline.relation != "within" or is_exact:
        return moved
    if deadline.ends_span:
        return np.where((moved > LOW) & (moved < HIGH), moved - 1, moved)
    return each_distinct(partial(_end_of_day, zone=zone), moved)


def show_deadline(
    owed: Owed, deadline: Deadline, instances: Instances, instant: int
) -> list[DutyDeadline]:
    """Lay a deadline out for showing, for each instance: from recorded anchors only.

    Args:
        owed: The duty.
        deadline: Of the duty.
        instances: Some of its instances.
        instant: Now, UTC seconds; a state that is not known to hold may begin up to it.

    Source:
        Design, section 3.1, point 4.
    """
    relation = deadline.relation
    reading = str(deadline.reading) if deadline.reading else ""

    def untold(words: str, why: str) -> DutyDeadline:
        return DutyDeadline(relation, reading, None, None, words, why)

    size = len(instances)
    if deadline.amount is None or deadline.unit is None:
        why = deadline.unstated or Message("the text gives no time limit")
        return [untold("", why)] * size
    first, last = (
        instances.first,
        np.where(instances.last < HIGH, instances.last, instant),
    )
    words, is_sure, is_there = ["the trigger"] * size, np.ones(size, bool), None
    if deadline.anchor is not None:
        words = owed.say(deadline.anchor, instances)
        first, last, is_sure = owed.shown(deadline.anchor, instances)
        is_there = first < HIGH
    zone = owed.plan.zone
    ends = [due_at(at, deadline, zone).tolist() for at in (first, last)]
    found = []
    for at, (earliest, latest) in enumerate(zip(*ends, strict=True)):
        if is_there is None and instances.trigger[at] == UNSEEN:
            found.append(untold(words[at], Message("nobody has recorded the trigger")))
        elif is_there is not None and not is_there[at]:
            name = words[at].partition("(")[0]
            why = unrecorded(owed.plan.world.program, name)
            found.append(untold(words[at], why))
        else:
            unsure = "whether {trigger} happened is not known"
            why = "" if is_sure[at] else Message(unsure, trigger=words[at])
            found.append(
                DutyDeadline(relation, reading, earliest, latest, words[at], why)
            )
    return found


def untriggered_deadline(deadline: Deadline, words: str) -> DutyDeadline:
    """Lay a deadline out of a duty that is not triggered.

    Args:
        deadline: Any.
        words: From what it runs.

    Source:
        Design, section 3.1, point 4.
    """
    reading = str(deadline.reading) if deadline.reading else ""
    why: str = Message("not triggered")
    if deadline.amount is None or deadline.unit is None:
        words, why = "", deadline.unstated or Message("the text gives no time limit")
    return DutyDeadline(deadline.relation, reading, None, None, words, why)


def _end_of_day(instant: int, zone: str) -> int:
    return day_start(civil_date(instant, zone) + timedelta(days=1), zone) - 1
