"""Planned steps: a derived date, and whether the outcome is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.chrono import add_duration, edtf_bounds, parse_edtf
from vigens.engine.patterns import known_values, match_values
from vigens.engine.verdicts import Verdict
from vigens.model import Weight

if TYPE_CHECKING:
    from vigens.engine.world import World
    from vigens.model import Happening
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
    outcome, looked = Verdict.OPEN, None
    if step.outcome is not None:
        outcome = _outcome(world, step.outcome, instant)
        looked = world.last_looked(step.outcome.name, known_values(step.outcome))
    passed = latest is not None and instant > latest
    return StepReport(
        step.name, step.is_about, earliest, latest, passed, outcome, looked, why
    )


def _outcome(world: World, pattern: Atom, instant: int) -> Verdict:
    done = [
        happening
        for happening in _recorded(world, pattern)
        if happening.first <= instant
    ]
    if any(h.weight is Weight.SURE and h.last <= instant for h in done):
        return Verdict.HOLDS
    gaps = world.gaps(pattern.name, known_values(pattern))
    if done or (gaps and gaps[0][0] <= instant):
        return Verdict.OPEN
    return Verdict.FAILS


def _recorded(world: World, pattern: Atom) -> list[Happening]:
    return [
        happening
        for happening in world.happenings.get(pattern.name, ())
        if match_values(pattern, happening.values) is not None
        and happening.weight in (Weight.SURE, Weight.POSSIBLE)
    ]


def _date(world: World, step: Step) -> tuple[int | None, int | None, str]:
    if step.date is not None:
        first, last = edtf_bounds(parse_edtf(step.date), world.zone)
        return first, last, ""
    if step.anchor is None or step.amount is None or step.unit is None:
        return None, None, step.unstated or "no date is given"
    pattern = step.anchor
    found = _recorded(world, pattern)
    if not found:
        return None, None, f"no {pattern.name} is recorded"
    sure = [h.last for h in found if h.weight is Weight.SURE]
    last = min(sure) if sure else max(h.last for h in found)
    ends = (min(h.first for h in found), last)
    first, last = (add_duration(e, step.amount, step.unit, world.zone) for e in ends)
    why = "" if sure else f"whether {pattern} happened is not known"
    return first, last, why
