"""A circle that no single queue can follow: gone round until no more becomes known.

Obligations, tallies, windows and durations are arrays over the whole log. Where a circle
runs through them, its members are first taken for unknown; each round works every member
out over what the last one found. What is found is sound in every round, and each settles
at least the next change in time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.batched import EMPTY, everywhere, same
from vigens.engine.fluents import inertial_table, state_table
from vigens.engine.intervals import HIGH, LOW
from vigens.engine.moves import join_moves, make_moves
from vigens.engine.queue.circle import build
from vigens.engine.queue.log import Outcome
from vigens.engine.queue.members import members_of
from vigens.engine.symbols import Packing
from vigens.engine.tables import Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from vigens.engine.basis import Basis
    from vigens.engine.moves import Moves
    from vigens.engine.queue.circle import Circle
    from vigens.engine.queue.members import Members
    from vigens.rules import EventType, Fluent

#: After so many rounds what is still open stays open.
MOST_ROUNDS = 200


def go_round(members: Members, run: Callable[[Circle], Outcome]) -> Outcome:
    """Work a circle out by going round.

    Args:
        members: Of the circle; everything else is worked out already.
        run: Runs the queue of a smaller circle: a state with a timer.

    Source:
        Design, section 4.6.
    """
    plan, program = members.plan, members.plan.world.program
    states = {name: _unknown(plan, one) for name, one in members.fluents.items()}
    moves = {event: _whenever(plan, program.events[event]) for event in members.events}
    for _ in range(MOST_ROUNDS):
        changed = False
        for node in members.nodes:
            kind, _, name = node.rpartition(":")
            given = plan.given(states, moves)
            if kind == "event":
                found = given.brought(name)
                changed |= not _same_moves(moves[name], found)
                moves[name] = found
            elif not kind:
                table = _state(given, members.fluents[name], run)
                changed |= not same_tables(states[name], table)
                states[name] = table
        if not changed:
            break
    given = plan.given(states, moves)
    inertial = {
        name: inertial_table(given, fluent)
        for name, fluent in members.fluents.items()
        if fluent.held and not fluent.lasting
    }
    return Outcome(states, inertial, moves)


def _state(given: Basis, fluent: Fluent, run: Callable[[Circle], Outcome]) -> Table:
    if not fluent.lasting:
        return state_table(given, fluent)
    alone = members_of(given, (fluent.name,))
    return run(build(alone)).states[fluent.name]


def _unknown(plan: Basis, fluent: Fluent) -> Table:
    key = np.zeros(1, dtype=np.int64)
    packing = Packing(plan.symbols, fluent.params)
    return Table(fluent.params, packing, key, EMPTY, everywhere(1))


def _whenever(plan: Basis, event: EventType) -> Moves:
    """Let an event come about at any time, any number of times, for anybody."""
    zero, origin = np.zeros(1, dtype=np.int64), np.full(1, -1, dtype=np.int64)
    first, last = zero + LOW + 1, zero + HIGH - 1
    timing = (first, last, np.zeros(1, dtype=bool), origin)
    anything = make_moves(
        plan.symbols, event.params, [zero for _ in event.params], timing
    )
    return join_moves(plan.symbols, [plan.recorded(event.name), anything])


def same_tables(left: Table, right: Table) -> bool:
    """Say whether two tables say the same, row by row.

    Source:
        Design, section 4.6.
    """
    return (
        np.array_equal(left.keys, right.keys)
        and same(left.surely, right.surely)
        and same(left.possibly, right.possibly)
    )


def _same_moves(left: Moves, right: Moves) -> bool:
    return all(
        np.array_equal(one, two)
        for one, two in (
            (left.keys, right.keys),
            (left.rows, right.rows),
            (left.first, right.first),
            (left.last, right.last),
            (left.sure, right.sure),
        )
    )
