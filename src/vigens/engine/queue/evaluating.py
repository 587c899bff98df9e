"""Working a circle out by its queue."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.axis import TooManyRowsError
from vigens.engine.intervals import HIGH, LOW
from vigens.engine.moves import join_moves
from vigens.engine.queue.bounded import Bounded
from vigens.engine.queue.circle import build
from vigens.engine.queue.fitness import is_queued, is_simple
from vigens.engine.queue.known import Known
from vigens.engine.queue.log import (
    Outcome,
    duty_tables,
    give_up,
    outcome,
    tally_counts,
)
from vigens.engine.queue.members import Members, members_of, open_readings
from vigens.engine.queue.turns import turn_round
from vigens.engine.tables import Table, hull
from vigens.engine.tallies import find_tallying

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.engine.basis import Basis
    from vigens.engine.queue.circle import Circle


def evaluate_circle(
    plan: Basis,
    nodes: Sequence[str],
    is_tangled: bool = False,  # noqa: FBT001, FBT002 - as `Order.circle` gives it
) -> Outcome:
    """Work out everything that moves in one circle.

    Args:
        plan: Gives what lies outside; all of it is worked out already.
        nodes: Of the circle, in the order of what they read at one instant.
        is_tangled: Whether there is no such order, but only one of single texts.

    Source:
        Design, section 4.6: one event queue per stratum in linear cost.
    """
    members = members_of(plan, nodes)
    choices = open_readings(members)
    if choices != ({},):
        return _whichever(members, [plan.under(choice) for choice in choices])
    start = None
    try:
        if not is_tangled and is_simple(members):
            return run_circle(build(members))
        if not is_tangled and is_queued(members):
            start = _as_long_as_known(members)
    except TooManyRowsError:
        start = None  # what asks too many one by one is worked out as arrays
    if start is not None and start[1] == HIGH:
        return start[0]
    states, moves = turn_round(members, _alone, start)
    return Outcome(states, {}, moves)


def _as_long_as_known(members: Members) -> tuple[Outcome, int] | None:
    """Run the queue of a circle with duties and the like as long as all is known.

    Returns:
        What it comes to, and from when on it is not worked out; `None` where the queue
        cannot follow.
    """
    circle = build(members)
    circle.known_until = circle.moved_until
    known = Known(circle)
    known.run()
    until = min(known.until, circle.known_until)
    if known.is_lost or until <= LOW:
        return None
    if until < HIGH:
        give_up(circle, known.log, until)
    found = outcome(circle, known.log)
    if until < HIGH:
        return found, until
    duties, counts = duty_tables(circle), tally_counts(circle)
    given = members.plan.given(found.states, found.moves, duties, counts)
    tallies = members.plan.world.program.tallies
    tallying = {name: find_tallying(given, tallies[name]) for name in counts}
    return replace(found, duties=duties, tallying=tallying), until


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
