"""Working a circle out: by the queue, or by going round until nothing more is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.engine.intervals import HIGH
from vigens.engine.queue.circle import build
from vigens.engine.queue.known import Known
from vigens.engine.queue.log import Outcome, give_up, outcome
from vigens.engine.queue.members import is_simple, members_of

if TYPE_CHECKING:
    from collections.abc import Sequence


def evaluate_circle(plan: Basis, nodes: Sequence[str]) -> Outcome:
    """Work out everything that moves in one circle.

    Args:
        plan: Gives what lies outside; all of it is worked out already.
        nodes: Of the circle, in the order of what they read at one instant.

    Source:
        Design, section 4.6: one event queue per stratum in linear cost.
    """
    members = members_of(plan, nodes)
    assert is_simple(members)
    circle = build(members)
    run = Known(circle)
    run.run()
    assert circle.known_until == HIGH
    if run.until < HIGH:
        give_up(circle, run.log, run.until)
    return outcome(circle, run.log)
