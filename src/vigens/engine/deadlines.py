"""When a duty is due: deadlines of one instance, with what is not known of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from vigens.chrono import add_duration, civil_date, day_start
from vigens.engine.intervals import HIGH
from vigens.engine.triggers import gaps_of, recorded
from vigens.engine.verdicts import Verdict
from vigens.model import Weight
from vigens.rules import substitute_atom

if TYPE_CHECKING:
    from vigens.engine.evaluate import Evaluation
    from vigens.engine.triggers import Triggered
    from vigens.rules import Atom, Deadline


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


@dataclass(frozen=True, slots=True)
class Limit:
    """One deadline as the state of an instance needs it.

    Attributes:
        relation: `within` or `at`.
        is_stated: Whether the text gives a time at all.
        is_sure: Whether its anchor surely happened, so that it surely runs.
        earliest: UTC seconds; where it may begin to count.
        latest: UTC seconds; only meaningful where it is sure.
    """

    relation: str
    is_stated: bool
    is_sure: bool
    earliest: int
    latest: int


def limit_of(evaluation: Evaluation, deadline: Deadline, found: Triggered) -> Limit:
    """Work out a deadline for the state of an instance.

    A deadline runs from the first occurrence of its anchor. An occurrence that is
    recorded is taken for the anchor; where none surely happened, one that nobody has
    recorded may be it.

    Source:
        Design, section 4.3: trigger and deadline of one occurrence move together.
    """
    amount, unit = deadline.amount, deadline.unit
    if amount is None or unit is None:
        return Limit(deadline.relation, False, False, HIGH, HIGH)

    def moved(instant: int) -> int:
        return due_at(instant, amount, unit, deadline.relation, evaluation.world.zone)

    if deadline.anchor is None:
        first, last = moved(found.first), moved(found.last)
        return Limit(deadline.relation, True, True, first, last)
    pattern = substitute_atom(deadline.anchor, found.binding)
    anchors = [] if _is_loose(pattern, found) else recorded(evaluation, pattern)
    sure = [h.last for h in anchors if h.weight is Weight.SURE]
    firsts = [h.first for h in anchors]
    if not sure:
        firsts += [start for start, _ in gaps_of(evaluation, pattern)[:1]]
    earliest = moved(min(firsts)) if firsts else HIGH
    latest = moved(min(sure)) if sure else HIGH
    return Limit(deadline.relation, True, bool(sure), earliest, latest)


def due_at(instant: int, amount: int, unit: str, relation: str, zone: str) -> int:
    """Move an anchor on by a time limit.

    A limit in hours or less is exact. One in days or more that says *within* ends with
    the civil day on which it falls.

    Args:
        instant: The anchor, UTC seconds.
        amount: How many units.
        unit: As `vigens.chrono.add_duration` knows it.
        relation: `within` or `at`.
        zone: IANA zone of civil days.

    Returns:
        UTC seconds; a performance at that instant keeps the limit.

    Source:
        Practice of computing time limits in civil days; docs/language.md.
    """
    moved = add_duration(instant, amount, unit, zone)
    if relation != "within" or unit in ("second", "minute", "hour"):
        return moved
    return day_start(civil_date(moved, zone) + timedelta(days=1), zone) - 1


def show_deadline(
    evaluation: Evaluation, deadline: Deadline, found: Triggered
) -> DutyDeadline:
    """Lay a deadline out for showing: from recorded anchors only.

    Source:
        Design, section 3.1, point 4.
    """
    relation = deadline.relation
    reading = str(deadline.reading) if deadline.reading else ""
    if deadline.amount is None or deadline.unit is None:
        why = deadline.unstated or "the text gives no time limit"
        return DutyDeadline(relation, reading, None, None, "", why)
    pattern = deadline.anchor and substitute_atom(deadline.anchor, found.binding)
    words = "the trigger" if pattern is None else str(pattern)
    if found.verdict is Verdict.FAILS:
        return DutyDeadline(relation, reading, None, None, words, "not triggered")
    if pattern is None:
        if found.is_unseen:
            why = "nobody has recorded the trigger"
            return DutyDeadline(relation, reading, None, None, words, why)
        why = ""
        limit = limit_of(evaluation, deadline, found)
        return DutyDeadline(relation, reading, limit.earliest, limit.latest, words, why)
    anchors = [] if _is_loose(pattern, found) else recorded(evaluation, pattern)
    if not anchors:
        why = f"no {pattern.name} is recorded"
        return DutyDeadline(relation, reading, None, None, words, why)
    sure = [h.last for h in anchors if h.weight is Weight.SURE]
    last = min(sure) if sure else max(h.last for h in anchors)
    amount, unit, zone = deadline.amount, deadline.unit, evaluation.world.zone
    why = "" if sure else f"whether {words} happened is not known"
    return DutyDeadline(
        relation,
        reading,
        due_at(min(h.first for h in anchors), amount, unit, relation, zone),
        due_at(last, amount, unit, relation, zone),
        words,
        why,
    )


def _is_loose(pattern: Atom, found: Triggered) -> bool:
    """Say whether nothing ties an anchor to a trigger that nobody has recorded."""
    return found.is_unseen and not pattern.is_ground
