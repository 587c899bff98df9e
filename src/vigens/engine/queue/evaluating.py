"""Working a circle out by its queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.engine.intervals import HIGH
from vigens.engine.queue.bounded import Bounded
from vigens.engine.queue.circle import build
from vigens.engine.queue.known import Known
from vigens.engine.queue.log import Outcome, give_up, outcome
from vigens.engine.queue.members import members_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.engine.basis import Basis
    from vigens.engine.queue.circle import Circle


def evaluate_circle(plan: Basis, nodes: Sequence[str]) -> Outcome:
    """Work out everything that moves in one circle.

    Args:
        plan: Gives what lies outside; all of it is worked out already.
        nodes: Of the circle, in the order of what they read at one instant.

    Source:
        Design, section 4.6: one event queue per stratum in linear cost.
    """
    return run_circle(build(members_of(plan, nodes)))


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
