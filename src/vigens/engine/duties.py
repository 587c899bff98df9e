"""Obligations: one instance for each occurrence and obligor, and what is known of it.

Silence makes a duty overdue, never breached. Where something is not known, an instance
reports every state that it may be in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.chrono import add_duration
from vigens.engine.bounds import Bounds
from vigens.engine.evaluate import Evaluation
from vigens.engine.intervals import HIGH, LOW, intersect, span_at
from vigens.engine.patterns import match_values
from vigens.engine.verdicts import Verdict, verdict_at
from vigens.model import Weight
from vigens.rules import (
    Atom,
    Condition,
    Constant,
    depends_on,
    substitute,
    substitute_atom,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.model import Happening
    from vigens.rules import Deadline, Obligation, Trigger

NOT_TRIGGERED = "not triggered"
RUNNING = "triggered, clock running"
NO_LIMIT = "triggered, no time limit stated"
NOT_YET = "triggered, not yet due"
DUE = "due, no performance recorded"
OVERDUE = "overdue, no performance recorded"
PERFORMED = "performed"
LATE = "performed late"
NOT_BOUND = "its condition is not met"


@dataclass(frozen=True, slots=True)
class DutyDeadline:
    """One deadline of one instance.

    Attributes:
        relation: `within` (not after) or `at` (not before).
        reading: The reading under which it counts, or empty.
        earliest: UTC seconds; `None` where it cannot be told.
        latest: UTC seconds, included.
        anchor: The event from which it runs, in words of the program.
        open_because: What is missing, where it cannot be told.
    """

    relation: str
    reading: str
    earliest: int | None
    latest: int | None
    anchor: str
    open_because: str


@dataclass(frozen=True, slots=True)
class DutyReport:
    """One instance of an obligation at an instant.

    Attributes:
        obligation: Name.
        obligor: Who owes it, or empty where the text does not say.
        binding: Values of the trigger's variables.
        states: Every state that it may be in; exactly one where all is known.
        trigger: Verdict on the trigger.
        trigger_condition: The ground trigger, for a why; `None` for an event.
        condition: Verdict on `while`; `None` where there is none.
        while_condition: The ground `while`, for a why.
        obligor_verdict: Whether the obligor is known to have the role.
        deadlines: One for each reading.
        reading: The reading under which the trigger counts, or empty.
    """

    obligation: str
    obligor: str
    binding: tuple[tuple[str, str], ...]
    states: tuple[str, ...]
    trigger: Verdict
    trigger_condition: Condition | None
    condition: Verdict | None
    while_condition: Condition | None
    obligor_verdict: Verdict
    deadlines: tuple[DutyDeadline, ...]
    reading: str = ""


def review_obligation(
    evaluation: Evaluation, obligation: Obligation, instant: int
) -> tuple[DutyReport, ...]:
    """Report every instance of an obligation at an instant.

    Args:
        evaluation: What is known.
        obligation: Of the same program.
        instant: UTC seconds.

    Returns:
        One report for each obligor and trigger; at least one.

    Source:
        Design, section 3.1, point 4.
    """
    reports: list[DutyReport] = []
    for obligor, role in _obligors(evaluation, obligation, instant):
        binding = {"obligor": obligor} if obligor else {}
        triggered = list(_triggers(evaluation, obligation, binding, instant))
        reports.extend(
            _report(evaluation, obligation, instant, found, (obligor, role))
            for found in triggered
        )
    return tuple(reports)


@dataclass(frozen=True, slots=True)
class _Triggered:
    verdict: Verdict
    first: int
    last: int
    binding: dict[str, str]
    condition: Condition | None
    reading: str = ""


def _obligors(
    evaluation: Evaluation, obligation: Obligation, instant: int
) -> Iterator[tuple[str, Verdict]]:
    role = obligation.obligor_role
    if role is None:
        yield obligation.obligor or "", Verdict.HOLDS
        return
    found = False
    named = _named(evaluation, role)
    for party in evaluation.world.program.values_of("party"):
        bounds = evaluation.bounds(Atom(role, (Constant(party),)))
        verdict = verdict_at(bounds, instant)
        if verdict is Verdict.HOLDS or (verdict is Verdict.OPEN and party in named):
            found = True
            yield party, verdict
    if not found:
        yield "", Verdict.OPEN


def _named(evaluation: Evaluation, role: str) -> set[str]:
    """List whom any counted occurrence behind a role names."""
    program = evaluation.world.program
    names, seen = [role], {role}
    found: set[str] = set()
    while names:
        fluent = program.fluents[names.pop()]
        for change in fluent.initiated:
            for happening in evaluation.world.happenings.get(change.event.name, ()):
                if happening.weight in (Weight.SURE, Weight.POSSIBLE):
                    found.update(happening.values)
        for below in depends_on(fluent, through_time=True):
            if below in program.fluents and below not in seen:
                seen.add(below)
                names.append(below)
    return found


def _triggers(
    evaluation: Evaluation,
    obligation: Obligation,
    binding: dict[str, str],
    instant: int,
) -> Iterator[_Triggered]:
    found = False
    for trigger in obligation.triggers:
        if not _is_read(evaluation, trigger):
            continue
        for instance in _of_trigger(evaluation, trigger, binding, instant):
            found = True
            yield instance
    if not found:
        verdict = Verdict.FAILS if obligation.triggers else Verdict.HOLDS
        if verdict is Verdict.FAILS and _unseen(evaluation, obligation, instant):
            verdict = Verdict.OPEN
        yield _Triggered(verdict, LOW, LOW, binding, None)


def _of_trigger(
    evaluation: Evaluation, trigger: Trigger, binding: dict[str, str], instant: int
) -> Iterator[_Triggered]:
    reading = _open_reading(evaluation, trigger)
    if trigger.event is None:
        condition = (
            substitute(trigger.condition, binding) if trigger.condition else None
        )
        if condition is None:
            return
        bounds = evaluation.bounds(condition)
        verdict = verdict_at(bounds, instant)
        span = span_at(bounds.surely, instant) or span_at(bounds.possibly, instant)
        first = span[0] if span else LOW
        yield _Triggered(verdict, first, first, binding, condition, reading)
        return
    pattern = substitute_atom(trigger.event, binding)
    for happening in _matching(evaluation, pattern):
        if happening.first > instant:
            continue
        extra = match_values(pattern, happening.values) or {}
        sure = happening.weight is Weight.SURE and happening.last <= instant
        verdict = Verdict.HOLDS if sure else Verdict.OPEN
        full = {**binding, **extra}
        yield _Triggered(verdict, happening.first, happening.last, full, None, reading)


def _matching(evaluation: Evaluation, pattern: Atom) -> list[Happening]:
    return [
        happening
        for happening in evaluation.world.happenings.get(pattern.name, ())
        if happening.weight in (Weight.SURE, Weight.POSSIBLE)
        and match_values(pattern, happening.values) is not None
    ]


def _unseen(evaluation: Evaluation, obligation: Obligation, instant: int) -> bool:
    return any(
        span_at(
            evaluation.world.gaps(t.event.name, [None] * len(t.event.terms)), instant
        )
        for t in obligation.triggers
        if t.event is not None
    )


def _is_read(evaluation: Evaluation, part: Trigger | Deadline) -> bool:
    if part.reading is None:
        return True
    chosen = evaluation.world.readings.get(part.reading.variant)
    return chosen is None or chosen == part.reading.name


def _open_reading(evaluation: Evaluation, trigger: Trigger) -> str:
    """Name the reading of a trigger where the lens has not chosen one."""
    if trigger.reading is None or trigger.reading.variant in evaluation.world.readings:
        return ""
    return str(trigger.reading)


def _report(
    evaluation: Evaluation,
    obligation: Obligation,
    instant: int,
    found: _Triggered,
    obligor: tuple[str, Verdict],
) -> DutyReport:
    deadlines = tuple(
        _deadline(evaluation, deadline, found)
        for deadline in obligation.deadlines
        if _is_read(evaluation, deadline)
    )
    needed = (
        substitute(obligation.condition, found.binding)
        if obligation.condition is not None
        else None
    )
    condition = (
        verdict_at(evaluation.bounds(needed), instant) if needed is not None else None
    )
    states: list[str] = []
    if found.verdict is not Verdict.HOLDS:
        states.append(NOT_TRIGGERED)
    if found.verdict is not Verdict.FAILS:
        if condition in (Verdict.FAILS, Verdict.OPEN):
            states.append(NOT_BOUND)
        if condition is not Verdict.FAILS:
            states.extend(
                _performance_states(evaluation, obligation, instant, found, deadlines)
            )
    own = {k: v for k, v in found.binding.items() if k != "obligor"}
    return DutyReport(
        obligation.name,
        obligor[0],
        tuple(sorted(own.items())),
        tuple(dict.fromkeys(states)),
        found.verdict,
        found.condition,
        condition,
        needed,
        obligor[1],
        deadlines,
        found.reading,
    )


def _deadline(
    evaluation: Evaluation, deadline: Deadline, found: _Triggered
) -> DutyDeadline:
    reading = str(deadline.reading) if deadline.reading else ""
    if deadline.amount is None or deadline.unit is None:
        why = deadline.unstated or "the text gives no time limit"
        return DutyDeadline(deadline.relation, reading, None, None, "", why)
    zone = evaluation.world.zone
    if deadline.anchor is None:
        if found.verdict is Verdict.FAILS:
            return DutyDeadline(
                deadline.relation, reading, None, None, "the trigger", "not triggered"
            )
        ranges = [(found.first, found.last)]
        words = "the trigger"
    else:
        pattern = substitute_atom(deadline.anchor, found.binding)
        words = str(pattern)
        ranges = [(h.first, h.last) for h in _matching(evaluation, pattern)]
        if not ranges or found.verdict is Verdict.FAILS:
            why = f"no {deadline.anchor.name} is recorded"
            return DutyDeadline(deadline.relation, reading, None, None, words, why)
    moved = [
        add_duration(instant, deadline.amount, deadline.unit, zone)
        for pair in ranges
        for instant in pair
    ]
    return DutyDeadline(deadline.relation, reading, min(moved), max(moved), words, "")


def _performance_states(
    evaluation: Evaluation,
    obligation: Obligation,
    instant: int,
    found: _Triggered,
    deadlines: tuple[DutyDeadline, ...],
) -> list[str]:
    done = _performed(evaluation, obligation, found)
    window = [(found.first, instant + 1)]
    surely = intersect(done.surely, window)
    possibly = intersect(done.possibly, window)
    states: list[str] = []
    limits = [d for d in deadlines if d.latest is not None and d.relation == "within"]
    if possibly:
        early = possibly[0][0]
        late = surely[0][0] if surely else instant
        if not limits or any(early <= (d.latest or HIGH) for d in limits):
            states.append(PERFORMED)
        if any(late > (d.earliest or LOW) for d in limits):
            states.append(LATE)
    if not surely:
        states.extend(_waiting(deadlines, instant))
    return states


def _waiting(deadlines: tuple[DutyDeadline, ...], instant: int) -> list[str]:
    states = []
    for deadline in deadlines:
        if deadline.latest is None or deadline.earliest is None:
            states.append(NO_LIMIT if not deadline.anchor else RUNNING)
        elif deadline.relation == "at":
            if instant < deadline.latest:
                states.append(NOT_YET)
            if instant >= deadline.earliest:
                states.append(DUE)
        else:
            if instant <= deadline.latest:
                states.append(RUNNING)
            if instant > deadline.earliest:
                states.append(OVERDUE)
    return states or [NO_LIMIT]


def _performed(
    evaluation: Evaluation, obligation: Obligation, found: _Triggered
) -> Bounds:
    performance = obligation.performance
    if performance is None or performance.unstated is not None:
        return Bounds((), ((LOW, HIGH),)) if performance else Bounds((), ())
    if performance.condition is not None:
        return evaluation.bounds(substitute(performance.condition, found.binding))
    if performance.event is None:
        return Bounds((), ())
    pattern = substitute_atom(performance.event, found.binding)
    matching = _matching(evaluation, pattern)
    sure = tuple((h.last, HIGH) for h in matching if h.weight is Weight.SURE)
    gaps = evaluation.world.gaps(pattern.name, list(pattern.values))
    possible = [(h.first, HIGH) for h in matching] + list(gaps)
    return Bounds(sure[:1], tuple(sorted(possible)))
