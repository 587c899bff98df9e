"""Planned steps: a derived date, and whether the outcome is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.chrono import add_duration, edtf_bounds, parse_edtf
from vigens.engine.intervals import span_at
from vigens.engine.patterns import match_values
from vigens.engine.verdicts import Verdict
from vigens.model import Weight

if TYPE_CHECKING:
    from vigens.engine.world import World
    from vigens.rules import Step


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
        open_because: Why no date can be told.
    """

    step: str
    is_about: bool
    earliest: int | None
    latest: int | None
    is_passed: bool
    outcome: Verdict
    last_looked: int | None
    open_because: str


def review_step(world: World, step: Step, instant: int) -> StepReport:
    """Report a planned step at an instant.

    Args:
        world: What is known.
        step: Of the same program.
        instant: UTC seconds.

    Source:
        Design, section 3.1, point 10.
    """
    earliest, latest, why = _date(world, step)
    outcome = Verdict.OPEN
    looked = None
    if step.outcome is not None:
        pattern = step.outcome
        done = [
            happening
            for happening in world.happenings.get(pattern.name, ())
            if match_values(pattern, happening.values) is not None
            and happening.first <= instant
        ]
        unseen = world.gaps(pattern.name, list(pattern.values))
        looked = world.last_looked(pattern.name)
        if any(h.weight is Weight.SURE for h in done):
            outcome = Verdict.HOLDS
        elif not any(h.weight is Weight.POSSIBLE for h in done) and not span_at(
            unseen, instant
        ):
            outcome = Verdict.FAILS
    passed = latest is not None and instant > latest
    return StepReport(
        step.name, step.is_about, earliest, latest, passed, outcome, looked, why
    )


def _date(world: World, step: Step) -> tuple[int | None, int | None, str]:
    if step.date is not None:
        first, last = edtf_bounds(parse_edtf(step.date), world.zone)
        return first, last, ""
    if step.anchor is None or step.amount is None or step.unit is None:
        return None, None, step.unstated or "no date is given"
    pattern = step.anchor
    found = [
        happening
        for happening in world.happenings.get(pattern.name, ())
        if match_values(pattern, happening.values) is not None
        and happening.weight in (Weight.SURE, Weight.POSSIBLE)
    ]
    if not found:
        return None, None, f"no {pattern.name} is recorded"
    moved = [
        add_duration(instant, step.amount, step.unit, world.zone)
        for happening in found
        for instant in (happening.first, happening.last)
    ]
    return min(moved), max(moved), ""
