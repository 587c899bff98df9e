"""What the queue has found: how rows changed, and what was brought about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.axis import LAST, SHIFT, flat
from vigens.engine.batched import EMPTY, Runs
from vigens.engine.counted import Counted, Sum
from vigens.engine.intervals import HIGH
from vigens.engine.moves import Moves, join_moves, keyed_moves
from vigens.engine.queue.adding import Adding
from vigens.engine.queue.changes import Changes
from vigens.engine.queue.members import DUTY, TALLY
from vigens.engine.queue.outside import outside_moves
from vigens.engine.queue.owing import Owing
from vigens.engine.tables import Table, of_runs
from vigens.engine.tallies import scale_of_tally

if TYPE_CHECKING:
    from vigens.engine.axis import Flags, Ints
    from vigens.engine.queue.circle import Circle
    from vigens.engine.tallies import Tallying


@dataclass(slots=True, eq=False)
class Log:
    """What a queue has found.

    Attributes:
        states: Changes of what holds.
        own: Changes of what events alone let hold, of states that are also held.
        brought: Rows of events with the earliest and latest instant, and whether sure.
    """

    states: Changes = field(default_factory=Changes)
    own: Changes = field(default_factory=Changes)
    brought: list[tuple[int, int, int, bool]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What the members of a circle come to.

    Attributes:
        states: Where each state holds.
        inertial: Where changes and observations alone let it hold, where that differs.
        moves: Every occurrence of each event that is brought about.
        duties: Obligation and state to where instances are in it, where all is known.
        tallying: Tally to what it counts, likewise.
    """

    states: dict[str, Table]
    inertial: dict[str, Table]
    moves: dict[str, Moves]
    duties: dict[tuple[str, str], Table] = field(default_factory=dict)
    tallying: dict[str, Tallying] = field(default_factory=dict)


def outcome(circle: Circle, log: Log) -> Outcome:
    """Read tables and moves off a log.

    Source:
        Design, section 4.6.
    """
    fluents = circle.members.fluents
    states = _tables(circle, log.states, list(fluents))
    held = [name for name in fluents if circle.nodes.index(name) in circle.held]
    inertial = _tables(circle, log.own, held)
    moves = {event: _brought(circle, log, event) for event in circle.members.events}
    return Outcome(states, inertial, moves)


def _tables(circle: Circle, changes: Changes, names: list[str]) -> dict[str, Table]:
    rows, places, codes = _in_order(changes)
    found = {}
    for name in names:
        layout, base = circle.layout, circle.base[name]
        keys = layout.keys[name]
        low, high = np.searchsorted(rows, (base, base + len(keys)))
        own, at = codes[low:high], places[low:high] - (base << SHIFT)
        sides = [_runs(at, own >= least) for least in (2, 1)]
        found[name] = of_runs(
            layout.params[name], layout.packing[name], keys, (sides[0], sides[1])
        )
    return found


def _in_order(changes: Changes) -> tuple[Ints, Ints, Ints]:
    """Sort changes by row and time; of several at one time the last one counts."""
    rows = np.asarray(changes.rows, dtype=np.int64)
    times = np.asarray(changes.times, dtype=np.int64)
    codes = np.asarray(changes.codes, dtype=np.int64)
    places = flat(rows, times)
    order = np.argsort(places, kind="stable")
    rows, places, codes = rows.take(order), places.take(order), codes.take(order)
    last = np.append(places[1:] != places[:-1], True)[: len(places)]
    return rows[last], places[last], codes[last]


def duty_tables(circle: Circle) -> dict[tuple[str, str], Table]:
    """Read off where instances of the duties of a circle are in the states asked for.

    Source:
        Design, section 4.6.
    """
    found = {}
    layout = circle.layout
    for piece in circle.pieces.values():
        if isinstance(piece, Owing):
            node = DUTY + piece.name
            for state, changes in piece.logs.items():
                _, places, codes = _in_order(changes)
                runs = _runs(places, codes > 0)
                shape = (layout.params[node], layout.packing[node], layout.keys[node])
                found[piece.name, state] = of_runs(*shape, (runs, runs))
    return found


def tally_counts(circle: Circle) -> dict[str, Counted]:
    """Read off what the tallies of a circle have come to.

    Source:
        Design, section 4.6.
    """
    found = {}
    layout = circle.layout
    for place, piece in circle.pieces.items():
        if isinstance(piece, Adding):
            node = circle.nodes[place]
            name = node.removeprefix(TALLY)
            rows, times, amounts = np.asarray(
                piece.log or np.zeros((0, 3)), dtype=np.int64
            ).T
            ends = flat(rows, np.full(len(rows), HIGH))
            total = Sum(
                np.concatenate((flat(rows, times), ends)),
                np.concatenate((amounts, -amounts)),
                0,
            )
            plan = circle.members.plan
            shape = Table(
                layout.params[node],
                layout.packing[node],
                layout.keys[node],
                EMPTY,
                EMPTY,
            )
            scale = scale_of_tally(plan, plan.world.program.tallies[name])
            found[name] = Counted(shape, total, total, None, scale)
    return found


def _runs(places: Ints, holds: Flags) -> Runs:
    """Read runs off changes; what holds at last holds to the end."""
    if not len(places):
        return Runs(places, places)
    rows = places >> SHIFT
    is_first = np.append(True, rows[1:] != rows[:-1])
    before = np.append(False, holds[:-1]) & ~is_first
    is_start = holds & ~before
    is_end = before & ~holds
    is_last = np.append(rows[1:] != rows[:-1], True) & holds
    closing = (rows[is_last] << SHIFT) + LAST
    ends = np.sort(np.concatenate((places[is_end], closing)), kind="stable")
    return Runs(places[is_start], ends)


def _brought(circle: Circle, log: Log, event: str) -> Moves:
    """Add what is brought about in the circle to what lies outside."""
    node = f"event:{event}"
    layout, base = circle.layout, circle.base[node]
    keys = layout.keys[node]
    found = [one for one in log.brought if base <= one[0] < base + len(keys)]
    rows = np.asarray([one[0] for one in found], dtype=np.int64) - base
    first = np.asarray([one[1] for one in found], dtype=np.int64)
    last = np.asarray([min(one[2], HIGH - 1) for one in found], dtype=np.int64)
    if np.array_equal(first, last):
        last = first
    sure = np.asarray([one[3] for one in found], dtype=bool)
    origin = np.full(len(found), -1, dtype=np.int64)
    brought = keyed_moves(
        layout.params[node],
        layout.packing[node],
        keys.take(rows),
        (first, last, sure, origin),
    )
    outside = outside_moves(circle.members, event)
    return join_moves(circle.members.plan.symbols, [outside, brought])


def give_up(circle: Circle, log: Log, instant: int) -> None:
    """Leave everything open from an instant on.

    Source:
        Design, section 4.3: soundness is the law.
    """
    for node in circle.nodes:
        base = circle.base[node]
        for row in range(base, base + circle.layout.size(node)):
            if node.startswith("event:"):
                log.brought.append((row, instant, HIGH - 1, False))
            for changes in (log.states, log.own):
                changes.add(row, instant, 1)
