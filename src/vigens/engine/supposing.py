"""Trying out what is missing: the needed events are laid over the world."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Protocol

from vigens.engine.verdicts import Verdict, verdict_at
from vigens.model import Happening, Weight
from vigens.rules import (
    Atom,
    Condition,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vigens.engine.evaluate import Evaluation

#: More events than these are not tried in every order.
MOST_TRIED = 4


class Needed(Protocol):
    """Something that would have to be so; an event, where it names one."""

    @property
    def atom(self) -> Atom | None:
        """Give the event."""


def would_not_fail(
    evaluation: Evaluation,
    condition: Condition,
    instant: int,
    needs: Iterable[Needed],
) -> bool:
    """Say whether a condition may hold once the needed events have happened.

    Args:
        evaluation: What is known.
        condition: Ground.
        instant: UTC seconds; the events are supposed right before it, in some order.
        needs: What would have to come together. What is no event, or names no value
            of its own, cannot be tried and is believed.

    Source:
        Design, section 4.5: what is said to be missing must be what is missing.
    """
    events = [need.atom for need in needs if need.atom is not None]
    if len(events) > MOST_TRIED or not all(event.is_ground for event in events):
        return True
    if any(need.atom is None for need in needs):
        return True
    return any(
        verdict_at(suppose(evaluation, order, instant).bounds(condition), instant)
        is not Verdict.FAILS
        for order in itertools.permutations(sorted(events, key=str))
    )


def suppose(evaluation: Evaluation, events: Sequence[Atom], instant: int) -> Evaluation:
    """Lay events over a world, the last at the instant and one a second before it.

    Source:
        Design, section 4.5: hypotheses are laid over the journal.
    """
    back = range(len(events) - 1, -1, -1)
    return evaluation.with_happenings(
        [
            Happening(
                f"supposed {event}",
                event.name,
                event.values,
                instant - seconds,
                instant - seconds,
                Weight.SURE,
                is_hypothesis=True,
            )
            for seconds, event in zip(back, events, strict=True)
        ]
    )
