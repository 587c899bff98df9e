"""What makes a duty due: each occurrence of an event, or a state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.engine.intervals import LOW, span_at
from vigens.engine.patterns import known_values, match_values
from vigens.engine.verdicts import Verdict, verdict_at
from vigens.model import Weight
from vigens.rules import Condition, substitute, substitute_atom

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vigens.engine.evaluate import Evaluation
    from vigens.model import Happening
    from vigens.rules import Atom, Obligation, Reading, Trigger


@dataclass(frozen=True, slots=True)
class Triggered:
    """One instance of a duty, before anything is said of its performance.

    Attributes:
        verdict: Whether it is triggered.
        first: Earliest instant of the trigger, UTC seconds.
        last: Latest instant of the trigger, included.
        binding: Values of the variables of the duty.
        condition: The ground trigger, where it is a state.
        reading: The reading under which the trigger counts, where none is chosen.
        is_unseen: Whether it stands for a trigger that nobody has recorded.
    """

    verdict: Verdict
    first: int
    last: int
    binding: Mapping[str, str]
    condition: Condition | None = None
    reading: Reading | None = None
    is_unseen: bool = False


def find_triggers(
    evaluation: Evaluation,
    obligation: Obligation,
    binding: Mapping[str, str],
    instant: int,
) -> tuple[Triggered, ...]:
    """List the instances of a duty for one obligor; at least one.

    Each recorded occurrence is one, and so is a state. Where neither is there, one
    instance says that the duty is not triggered, or that nobody can say so.

    Source:
        Design, section 3.1, point 4.
    """
    if not obligation.triggers:
        return (Triggered(Verdict.HOLDS, LOW, LOW, binding),)
    read = [t for t in obligation.triggers if may_be_read(evaluation, t.reading)]
    found = [
        instance
        for trigger in read
        for instance in _of_trigger(evaluation, trigger, binding, instant)
    ]
    open_or_so = [one for one in found if one.verdict is not Verdict.FAILS]
    if open_or_so:
        return tuple(open_or_so)
    since = [
        gaps[0][0]
        for trigger in read
        if trigger.event is not None
        and (gaps := gaps_of(evaluation, substitute_atom(trigger.event, binding)))
    ]
    if since and min(since) <= instant:
        return (Triggered(Verdict.OPEN, min(since), instant, binding, is_unseen=True),)
    return tuple(found[:1]) or (Triggered(Verdict.FAILS, LOW, LOW, binding),)


def _of_trigger(
    evaluation: Evaluation, trigger: Trigger, binding: Mapping[str, str], instant: int
) -> Iterator[Triggered]:
    reading = trigger.reading
    if reading is not None and reading.variant in evaluation.world.readings:
        reading = None
    if trigger.event is not None:
        pattern = substitute_atom(trigger.event, binding)
        for happening in recorded(evaluation, pattern):
            if happening.first <= instant:
                yield _occurred(happening, pattern, binding, instant, reading)
    elif trigger.condition is not None:
        condition = substitute(trigger.condition, binding)
        yield _held(evaluation, condition, binding, instant, reading)


def _occurred(
    happening: Happening,
    pattern: Atom,
    binding: Mapping[str, str],
    instant: int,
    reading: Reading | None,
) -> Triggered:
    is_sure = happening.weight is Weight.SURE and happening.last <= instant
    return Triggered(
        Verdict.HOLDS if is_sure else Verdict.OPEN,
        happening.first,
        happening.last,
        {**binding, **(match_values(pattern, happening.values) or {})},
        None,
        reading,
    )


def _held(
    evaluation: Evaluation,
    condition: Condition,
    binding: Mapping[str, str],
    instant: int,
    reading: Reading | None,
) -> Triggered:
    """A state triggers from its beginning, which bounds know only roughly."""
    bounds = evaluation.bounds(condition)
    verdict = verdict_at(bounds, instant)
    outer = span_at(bounds.possibly, instant)
    inner = span_at(bounds.surely, instant)
    first = outer[0] if outer else LOW
    last = inner[0] if inner else (instant if outer else LOW)
    return Triggered(verdict, first, last, binding, condition, reading)


def recorded(evaluation: Evaluation, pattern: Atom) -> list[Happening]:
    """List the occurrences that count and match an event pattern."""
    return [
        happening
        for happening in evaluation.world.happenings.get(pattern.name, ())
        if happening.weight in (Weight.SURE, Weight.POSSIBLE)
        and match_values(pattern, happening.values) is not None
    ]


def gaps_of(evaluation: Evaluation, pattern: Atom) -> tuple[tuple[int, int], ...]:
    """Give where an occurrence that matches a pattern may have gone unrecorded."""
    return evaluation.world.gaps(pattern.name, known_values(pattern))


def may_be_read(evaluation: Evaluation, reading: Reading | None) -> bool:
    """Say whether a clause counts under some reading that the lens allows."""
    if reading is None:
        return True
    chosen = evaluation.world.readings.get(reading.variant)
    return chosen is None or chosen == reading.name
