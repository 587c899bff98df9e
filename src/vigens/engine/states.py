"""The states that an instance of a duty may be in.

For each choice of readings the states are worked out alone and put together, so that
none is lost. A performance counts from the trigger on; one exactly at its deadline
keeps it.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.engine.bounds import NEVER, UNKNOWN
from vigens.engine.deadlines import Limit, limit_of
from vigens.engine.intervals import HIGH, intersect
from vigens.engine.patterns import is_closed
from vigens.engine.triggers import gaps_of, may_be_read, recorded
from vigens.model import Weight
from vigens.rules import Reading, substitute, substitute_atom

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.engine.bounds import Bounds
    from vigens.engine.evaluate import Evaluation
    from vigens.engine.triggers import Triggered
    from vigens.rules import Atom, Condition, Obligation

NOT_TRIGGERED = "not triggered"
RUNNING = "triggered, clock running"
NO_LIMIT = "triggered, no time limit stated"
NOT_YET = "triggered, not yet due"
DUE = "due, no performance recorded"
OVERDUE = "overdue, no performance recorded"
PERFORMED = "performed"
LATE = "performed late"
NOT_BOUND = "its condition is not met"

#: As people meet them; every report lists its states in this order.
ORDER = (
    NOT_TRIGGERED,
    NOT_BOUND,
    PERFORMED,
    LATE,
    NOT_YET,
    NO_LIMIT,
    RUNNING,
    DUE,
    OVERDUE,
)


@dataclass(frozen=True, slots=True)
class Performed:
    """When an instance may have been, and when it surely was, performed.

    Attributes:
        earliest: Earliest instant at which it may have been, UTC seconds.
        latest: The instant by which it surely was.
    """

    earliest: int | None
    latest: int | None


def performance_states(
    evaluation: Evaluation, obligation: Obligation, found: Triggered, instant: int
) -> Iterator[str]:
    """List the states of an instance that is triggered and bound.

    Source:
        Design, section 3.1, point 4: silence makes a duty overdue, never breached.
    """
    done = performed(evaluation, obligation, found, instant)
    for chosen in _choices(evaluation, obligation, found):
        limits = [
            limit_of(evaluation, deadline, found)
            for deadline in obligation.deadlines
            if may_be_read(evaluation, deadline.reading)
            and (deadline.reading is None or _agrees(deadline.reading, chosen))
        ]
        if done.earliest is not None:
            yield from _done(done, limits, instant)
        if done.latest is None:
            yield from _waiting(limits, instant)


def performed(
    evaluation: Evaluation, obligation: Obligation, found: Triggered, instant: int
) -> Performed:
    """Say when an instance was performed: at or after its trigger, by the instant.

    Source:
        Design, section 3.1, point 4.
    """
    performance = obligation.performance
    if performance is None:
        return Performed(None, None)
    start, end = found.first, min(found.last, instant)
    if performance.event is not None:
        pattern = substitute_atom(performance.event, found.binding)
        return _event_performed(evaluation, pattern, (start, end), instant)
    bounds: Bounds = UNKNOWN
    if performance.condition is not None:
        bounds = ground_bounds(
            evaluation, substitute(performance.condition, found.binding)
        )
    elif performance.unstated is None:
        bounds = NEVER
    possibly = intersect(bounds.possibly, [(start, instant + 1)])
    surely = intersect(bounds.surely, [(end, instant + 1)])
    return Performed(
        possibly[0][0] if possibly else None, surely[0][0] if surely else None
    )


def ground_bounds(evaluation: Evaluation, condition: Condition) -> Bounds:
    """Give the bounds of a condition; not known where a variable is left."""
    return evaluation.bounds(condition) if is_closed(condition) else UNKNOWN


def _event_performed(
    evaluation: Evaluation, pattern: Atom, trigger: tuple[int, int], instant: int
) -> Performed:
    start, end = trigger
    matching = [h for h in recorded(evaluation, pattern) if h.first <= instant]
    early = [max(h.first, start) for h in matching if h.last >= start]
    gaps = intersect(gaps_of(evaluation, pattern), [(start, instant + 1)])
    early += [first for first, _ in gaps[:1]]
    sure = [
        h.last
        for h in matching
        if h.weight is Weight.SURE and h.first >= end and h.last <= instant
    ]
    return Performed(min(early, default=None), min(sure, default=None))


def _choices(
    evaluation: Evaluation, obligation: Obligation, found: Triggered
) -> list[dict[str, str]]:
    """List every choice of the readings of the deadlines that the lens leaves open."""
    fixed = {found.reading.variant: found.reading.name} if found.reading else {}
    variants = dict.fromkeys(
        deadline.reading.variant
        for deadline in obligation.deadlines
        if deadline.reading is not None
        and deadline.reading.variant not in fixed
        and deadline.reading.variant not in evaluation.world.readings
    )
    names = [
        [name for name, _ in evaluation.world.program.variants[variant].readings]
        for variant in variants
    ]
    return [
        {**fixed, **dict(zip(variants, choice, strict=True))}
        for choice in itertools.product(*names)
    ]


def _agrees(reading: Reading, chosen: dict[str, str]) -> bool:
    return chosen.get(reading.variant, reading.name) == reading.name


def _done(done: Performed, limits: list[Limit], instant: int) -> Iterator[str]:
    within = [one for one in limits if one.relation == "within" and one.is_stated]
    assert done.earliest is not None
    if done.earliest <= min((w.latest for w in within if w.is_sure), default=HIGH):
        yield PERFORMED
    last = instant if done.latest is None else done.latest
    if last > min((w.earliest for w in within), default=HIGH):
        yield LATE


def _waiting(limits: list[Limit], instant: int) -> Iterator[str]:
    stated = [one for one in limits if one.is_stated]
    within = [one for one in stated if one.relation == "within"]
    at = [one for one in stated if one.relation == "at"]
    if instant > min((w.earliest for w in within), default=HIGH):
        yield OVERDUE
    if instant > min((w.latest for w in within if w.is_sure), default=HIGH):
        return
    if any(not a.is_sure or instant < a.latest for a in at):
        yield NOT_YET
    if all(instant >= a.earliest for a in at):
        if within:
            yield RUNNING
        else:
            yield DUE if at else NO_LIMIT
