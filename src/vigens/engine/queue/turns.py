"""Circles that a queue alone cannot do: gone round until nothing more becomes known.

Obligations, tallies, windows and durations are worked out as arrays. Where they stand in
a circle, all its states are unknown at first; each turn works every one of them out from
what the last one found. Every turn is sound, and each settles the next change in time.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.axis import TooManyRowsError
from vigens.engine.batched import EMPTY, everywhere, from_spans, same
from vigens.engine.derived import derived_from_gaps, derived_moves
from vigens.engine.fluents import state_table
from vigens.engine.intervals import HIGH, LOW
from vigens.engine.moves import Moves, join_moves, make_moves
from vigens.engine.queue.fitness import is_simple
from vigens.engine.queue.members import Members, members_of
from vigens.engine.symbols import Packing
from vigens.engine.tables import Table, all_of, any_of, constant

if TYPE_CHECKING:
    from collections.abc import Callable

    from vigens.engine.basis import Basis
    from vigens.engine.queue.log import Outcome
    from vigens.engine.symbols import Symbols
    from vigens.rules import Fluent

    #: Runs the queue of one member whose others are given.
    Alone = Callable[[Members], Table]

#: After so many turns what is still open stays open.
MOST_TURNS = 64


def turn_round(
    members: Members, alone: Alone, start: tuple[Outcome, int] | None = None
) -> tuple[dict[str, Table], dict[str, Moves]]:
    """Work a circle out by going round.

    Args:
        members: The circle.
        alone: Works out a state that only reads itself, or has a time limit.
        start: What is known already, and up to when.

    Source:
        Design, sections 4.3 and 4.6: what is not known yet is open.
    """
    plan = members.plan
    states = {name: _unknown(plan, one) for name, one in members.fluents.items()}
    moves = {event: _anything(plan, event) for event in sorted(members.events)}
    if start is not None:
        states |= start[0].states
        moves |= start[0].moves
    for _ in range(MOST_TURNS):
        is_settled = True
        for node in members.nodes:
            given = plan.given(states, moves)
            if node in states:
                table = _state(given, members.fluents[node], alone)
                if start is not None:
                    known = start[0].states[node]
                    table = spliced(plan.symbols, known, table, start[1])
                is_settled = is_settled and _same_table(table, states[node])
                states[node] = table
            elif node.startswith("event:"):
                event = node.removeprefix("event:")
                found = _brought(members, given, event)
                is_settled = is_settled and _same_moves(found, moves[event])
                moves[event] = found
        if is_settled:
            break
    return states, moves


def spliced(symbols: Symbols, before: Table, after: Table, instant: int) -> Table:
    """Take one table up to an instant, and another one from there on.

    Source:
        Interval algebra, design section 4.6.
    """
    early = constant(symbols, *[from_spans([[(LOW - 1, instant)]])] * 2)
    late = constant(symbols, *[from_spans([[(instant, HIGH)]])] * 2)
    parts = (all_of(symbols, [before, early]), all_of(symbols, [after, late]))
    return any_of(symbols, parts)


def _unknown(plan: Basis, fluent: Fluent) -> Table:
    packing = Packing(plan.symbols, fluent.params)
    keys = np.zeros(1, dtype=np.int64)
    return Table(fluent.params, packing, keys, EMPTY, everywhere(1))


def _anything(plan: Basis, event: str) -> Moves:
    """Let an event happen to anybody at any time."""
    params = plan.world.program.events[event].params
    zero = np.zeros(1, dtype=np.int64)
    timing = (zero + LOW + 1, zero + HIGH - 1, zero.astype(bool), zero - 1)
    return make_moves(plan.symbols, params, [zero for _ in params], timing)


def _state(given: Basis, fluent: Fluent, alone: Alone) -> Table:
    one = members_of(given, [fluent.name])
    clauses = (*fluent.initiated, *fluent.terminated)
    reads_itself = any(c.when is not None and one.mentions(c.when) for c in clauses)
    if (fluent.lasting or reads_itself) and is_simple(one):
        with suppress(TooManyRowsError):
            return alone(one)
    if fluent.lasting:
        return _unknown(given, fluent)
    return state_table(given, fluent)


def _brought(members: Members, given: Basis, event: str) -> Moves:
    brought = [
        find(given, provision)
        for provision in members.provisions(event)
        for find in (derived_moves, derived_from_gaps)
    ]
    return join_moves(given.symbols, [given.recorded(event), *brought])


def _same_table(one: Table, two: Table) -> bool:
    return (
        np.array_equal(one.keys, two.keys)
        and same(one.surely, two.surely)
        and same(one.possibly, two.possibly)
    )


def _same_moves(one: Moves, two: Moves) -> bool:
    return all(
        np.array_equal(mine, theirs)
        for mine, theirs in (
            (one.keys, two.keys),
            (one.rows, two.rows),
            (one.first, two.first),
            (one.last, two.last),
            (one.sure, two.sure),
        )
    )
