"""Planned steps: a derived date, and whether the outcome is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Message
from vigens.chrono import add_duration, edtf_bounds, parse_edtf
from vigens.engine.evaluate import Evaluation
from vigens.engine.intervals import HIGH
from vigens.engine.patterns import known_values
from vigens.engine.phrases import unrecorded
from vigens.engine.verdicts import Verdict
from vigens.rules import Edge

if TYPE_CHECKING:
    from vigens.engine.plan import Plan
    from vigens.engine.world import World
    from vigens.rules import Atom, Step


@dataclass(frozen=True, slots=True)
class StepReport:
    """A planned step at an instant.

    Attributes:
        step: Name.
        is_about: Whether the date is only approximate.
        earliest: Earliest derived date, UTC seconds; `None` where none can be told.
        latest: Latest derived date, UTC seconds, included.
        is_passed: Whether the date has passed.
        outcome: Whether it was done.
        last_looked: End of the last look for the outcome (UTC seconds, excluded).
        open_because: Why no date can be told, or why it is not sure.
    """

    step: str
    is_about: bool
    earliest: int | None
    latest: int | None
    is_passed: bool
    outcome: Verdict
    last_looked: int | None
    open_because: str


def review_step(known: Evaluation | World, step: Step, instant: int) -> StepReport:
    """Report a planned step at an instant.

    Args:
        known: What is known; worked out already, or not yet.
        step: Of the same program.
        instant: UTC seconds.

    Source:
        Design, section 3.1, point 10.
    """
    evaluation = known if isinstance(known, Evaluation) else Evaluation(known)
    world = evaluation.world
    earliest, latest, why = _date(evaluation.plan, step)
    outcome, looked = Verdict.OPEN, None
    if step.outcome is not None:
        outcome = _outcome(evaluation.plan, step.outcome, instant)
        looked = world.last_looked(step.outcome.name, known_values(step.outcome))
    passed = latest is not None and instant > latest
    return StepReport(
        step.name, step.is_about, earliest, latest, passed, outcome, looked, why
    )


def _outcome(plan: Plan, pattern: Atom, instant: int) -> Verdict:
    done = plan.occurs(pattern)
    if bool((done.sure & (done.last <= instant)).any()):
        return Verdict.HOLDS
    gaps = plan.world.gaps(pattern.name, known_values(pattern))
    is_possible = bool((done.first <= instant).any())
    if is_possible or (gaps and gaps[0][0] <= instant):
        return Verdict.OPEN
    return Verdict.FAILS


def _date(plan: Plan, step: Step) -> tuple[int | None, int | None, str]:
    if step.date is not None:
        first, last = edtf_bounds(parse_edtf(step.date), plan.zone)
        return first, last, ""
    if step.anchor is None or step.amount is None or step.unit is None:
        return None, None, step.unstated or Message("no date is given")
    pattern = step.anchor
    unsure = "whether {event} happened is not known"
    found = plan.occurs(pattern)
    if not len(found):
        if isinstance(pattern, Edge):
            return None, None, Message("{event} has not come", event=pattern)
        return None, None, unrecorded(plan.world.program, pattern.name)
    sure = found.last[found.sure]
    if not len(sure) and int(found.last.max()) >= HIGH - 1:
        return None, None, Message(unsure, event=pattern)
    ends = (int(found.first.min()), int(sure.min() if len(sure) else found.last.max()))
    first, last = (add_duration(e, step.amount, step.unit, plan.zone) for e in ends)
    why = "" if len(sure) else Message(unsure, event=pattern)
    return first, last, why
