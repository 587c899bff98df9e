"""Working a circle out: by the queue, or by going round until nothing more is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.engine.queue.bounded import Bounded
from vigens.engine.queue.circle import build
from vigens.engine.queue.known import Known
from vigens.engine.queue.log import Outcome, give_up, outcome
from vigens.engine.queue.members import members_of
from vigens.engine.intervals import HIGH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.engine.plan import Plan
    from vigens.engine.queue.circle import Circle


def evaluate_circle(plan: Plan, nodes: Sequence[str]) -> Outcome:
    """Work out everything that moves in one circle.

    Args:
        plan: Gives what lies outside; all of it is worked out already.
        nodes: Of the circle, in the order of what they read at one instant.

    Source:
        Design, section 4.6: one event queue per stratum in linear cost.
    """
    members = members_of(plan, nodes)
    circle = build(members)
    return run_circle(circle)


def run_circle(circle: Circle) -> Outcome:
    """Run the queue of a circle: known as far as all is known, then with bounds.

    Source:
        Design, section 4.6: where surely and possibly coincide the work is done once.
    """
    known = Known(circle)
    known.run()
    until = known.until
    if until == HIGH and circle.known_until < HIGH:
        bounded = Bounded(known)
        bounded.run()
        until = bounded.until
    if until < HIGH:
        give_up(circle, known.log, until)
    return outcome(circle, known.log)
