"""Working a circle out by its queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.intervals import HIGH
from vigens.engine.moves import join_moves
from vigens.engine.queue.bounded import Bounded
from vigens.engine.queue.circle import build
from vigens.engine.queue.known import Known
from vigens.engine.queue.log import Outcome, give_up, outcome
from vigens.engine.queue.members import (
    Members,
    is_simple,
    members_of,
    open_readings,
)
from vigens.engine.queue.turns import turn_round
from vigens.engine.tables import Table, hull

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
    members = members_of(plan, nodes)
    choices = open_readings(members)
    if choices != ({},):
        return _whichever(members, [plan.under(choice) for choice in choices])
    if is_simple(members):
        return run_circle(build(members))
    states, moves = turn_round(members, _alone)
    return Outcome(states, {}, moves)


def _alone(members: Members) -> Table:
    (name,) = members.nodes
    return run_circle(build(members)).states[name]


def _whichever(members: Members, plans: Sequence[Basis]) -> Outcome:
    """Join what each choice of the readings that are open comes to.

    Source:
        Design, section 3.1, point 11 (variants).
    """
    symbols = members.plan.symbols
    states = {
        name: hull(symbols, [plan.state(name) for plan in plans])
        for name in members.fluents
    }
    inertial = {
        name: hull(symbols, [plan.inertial(name) for plan in plans])
        for name, fluent in members.fluents.items()
        if fluent.held
    }
    moves = {}
    for event in members.events:
        found = [plan.moves(event) for plan in plans]
        brought = [one.take(np.flatnonzero(one.origin < 0)) for one in found]
        moves[event] = join_moves(
            symbols,
            [
                members.plan.recorded(event),
                *(one.doubted(np.zeros(len(one), dtype=bool)) for one in brought),
            ],
        )
    return Outcome(states, inertial, moves)


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
