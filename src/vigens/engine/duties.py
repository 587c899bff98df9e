"""Obligations: one instance for each occurrence and obligor, and what is known of it.

Silence makes a duty overdue, never breached. Where something is not known, an instance
reports every state that it may be in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.engine.deadlines import DutyDeadline, show_deadline
from vigens.engine.evaluate import Evaluation
from vigens.engine.states import (
    NOT_BOUND,
    NOT_TRIGGERED,
    ORDER,
    ground_bounds,
    performance_states,
)
from vigens.engine.triggers import Triggered, find_triggers, may_be_read
from vigens.engine.verdicts import Verdict, verdict_at
from vigens.model import Weight
from vigens.rules import Atom, Condition, Constant, depends_on, substitute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.rules import Obligation, Reading


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
        reports.extend(
            _report(evaluation, obligation, instant, found, (obligor, role))
            for found in find_triggers(evaluation, obligation, binding, instant)
        )
    return tuple(reports)


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


def _report(
    evaluation: Evaluation,
    obligation: Obligation,
    instant: int,
    found: Triggered,
    obligor: tuple[str, Verdict],
) -> DutyReport:
    deadlines = tuple(
        show_deadline(evaluation, deadline, found)
        for deadline in obligation.deadlines
        if may_be_read(evaluation, deadline.reading)
        and (deadline.reading is None or _is_consistent(deadline.reading, found))
    )
    needed = (
        substitute(obligation.condition, found.binding)
        if obligation.condition is not None
        else None
    )
    condition = (
        verdict_at(ground_bounds(evaluation, needed), instant)
        if needed is not None
        else None
    )
    states: set[str] = set()
    if found.verdict is not Verdict.HOLDS:
        states.add(NOT_TRIGGERED)
    if found.verdict is not Verdict.FAILS:
        if condition in (Verdict.FAILS, Verdict.OPEN):
            states.add(NOT_BOUND)
        if condition is not Verdict.FAILS:
            states.update(performance_states(evaluation, obligation, found, instant))
    own = {k: v for k, v in found.binding.items() if k != "obligor"}
    return DutyReport(
        obligation.name,
        obligor[0],
        tuple(sorted(own.items())),
        tuple(state for state in ORDER if state in states),
        found.verdict,
        found.condition,
        condition,
        needed,
        obligor[1],
        deadlines,
        str(found.reading) if found.reading else "",
    )


def _is_consistent(reading: Reading, found: Triggered) -> bool:
    """Say whether a deadline's reading does not contradict the trigger's."""
    own = found.reading
    return own is None or own.variant != reading.variant or own == reading
