"""Tallies: occurrences in a window that are counted, or a quantity of them added up.

An occurrence counts from its instant on, if it lies in a window: from an occurrence of
`since`, that instant included, for `within`, and up to the next `until` at or after the
beginning, with its delay, the end excluded. Windows may overlap; an occurrence counts
once. It counts *surely* if its whole range lies in a window and all about it is sure,
*possibly* if the ranges meet.

Quantities are added up as whole multiples of the smallest decimal that any has.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.amounts import amounts_in
from vigens.engine.axis import flat, moved, rows_of
from vigens.engine.batched import EMPTY, canonical, everywhere, ranges, same
from vigens.engine.conditions import select
from vigens.engine.counted import Counted, Sum
from vigens.engine.fluents import arranged, shown_after
from vigens.engine.intervals import HIGH
from vigens.engine.keys import find
from vigens.engine.moves import (
    Moves,
    filter_moves,
    no_moves,
    particular,
)
from vigens.engine.projecting import project_moves
from vigens.engine.tables import Table, all_of, any_of, constant
from vigens.engine.windows import Window
from vigens.rules import Atom, Variable

if TYPE_CHECKING:
    from vigens.engine.axis import Flags, Ints
    from vigens.engine.basis import Basis
    from vigens.rules import Tallied, Tally

#: In place of an amount that nobody can tell.
_UNKNOWN = -1


@dataclass(frozen=True, slots=True, eq=False)
class Tallying:
    """What a tally counts, for every choice of its arguments.

    Attributes:
        moves: The occurrences that may count, over the tally's arguments.
        weights: (n,) int64, what each adds, in multiples of one part of `scale`.
        is_sure: (n,) bool, whether it counts in every completion.
        scale: How many multiples make one.
        unbounded: From where on any number may have gone unrecorded.
    """

    moves: Moves
    weights: Ints
    is_sure: Flags
    scale: int
    unbounded: Table

    def counted(self) -> Counted:
        """Give the number in time, between a surely and a possibly reached side.

        Source:
            Design, section 3.1, point 6.
        """
        moves, weights = self.moves, self.weights
        first = flat(moves.rows, moves.first)
        last = first if moves.is_exact else flat(moves.rows, moves.last)
        sure = np.where(self.is_sure, weights, 0)
        low = Sum(*_closed(moves.rows, last, sure), 0)
        high = Sum(*_closed(moves.rows, first, weights), 0)
        shape = Table(moves.variables, moves.packing, moves.keys, EMPTY, EMPTY)
        unbounded = self.unbounded if len(self.unbounded.possibly) else None
        return Counted(shape, low, high, unbounded, self.scale)


def tally_number(plan: Basis, found: Counted, number: Tallied) -> Counted:
    """Give what a tally has come to, as a number in time.

    Args:
        plan: Numbers every value.
        found: The tally for every choice of its arguments.
        number: The tally with values or variables.

    Source:
        Design, section 3.1, point 6.
    """
    shape = select(plan.symbols, found.shape, number.terms)
    rows = None
    if shape.keys is not found.shape.keys:
        rows = _rows_of(plan, found.shape, shape, number)
    unbounded = found.unbounded
    if unbounded is not None:
        unbounded = select(plan.symbols, unbounded, number.terms)
    return Counted(
        shape,
        _at_rows(found.low, rows),
        _at_rows(found.high, rows),
        unbounded,
        found.scale,
    )


def _rows_of(plan: Basis, whole: Table, shape: Table, number: Tallied) -> Ints:
    """Give the row of a tally that belongs to each choice of the variables asked for."""
    keys = np.zeros(len(shape.keys), dtype=np.int64)
    for at, term in enumerate(number.terms):
        shift = whole.packing.shifts[at]
        if isinstance(term, Variable):
            keys |= shape.column(shape.variables.index(term)) << shift
        else:
            keys |= plan.symbols.code(whole.variables[at].sort, term.value) << shift
    return find(whole.packing, whole.keys, keys)


def _at_rows(total: Sum, rows: Ints | None) -> Sum:
    """Give the steps of a sum to other rows, by the old row of each."""
    if rows is None:
        return total
    order = np.argsort(total.places, kind="stable")
    places, deltas = total.places.take(order), total.deltas.take(order)
    own = rows_of(places)
    low = np.searchsorted(own, rows, side="left")
    counts = np.searchsorted(own, rows, side="right") - low
    where = ranges(low, counts)
    fresh = np.repeat(np.arange(len(rows), dtype=np.int64), counts)
    return Sum(moved(places.take(where), fresh), deltas.take(where), total.base)


def _closed(rows: Ints, places: Ints, deltas: Ints) -> tuple[Ints, Ints]:
    """Let the steps of each row add up to 0 at its end."""
    if not len(places):
        return places, deltas
    ends = flat(rows, np.full(len(rows), HIGH))
    return np.concatenate((places, ends)), np.concatenate((deltas, -deltas))


def find_tallying(plan: Basis, tally: Tally) -> Tallying:
    """Work out which occurrences a tally counts, surely or possibly.

    Source:
        Design, sections 3.1 (point 6) and 4.3.
    """
    window = Window(plan, tally)
    moves, weights, scale = _candidates(plan, tally, window)
    kept, sure = window.holds(moves)
    moves, weights = moves.take(kept), weights.take(kept)
    return Tallying(
        moves,
        np.maximum(weights, 0),
        moves.sure & sure,
        scale,
        arranged(
            plan.symbols,
            _unbounded(plan, tally, window, _many(moves, weights)),
            tally.params,
        ),
    )


def unknown_tallying(plan: Basis, tally: Tally) -> Tallying:
    """Make a tally of which nothing is known.

    Source:
        Design, section 4.6: a circle through time.
    """
    none = np.zeros(0, dtype=np.int64)
    every = everywhere(1)
    moves = no_moves(plan.symbols, tally.params)
    open_table = constant(plan.symbols, EMPTY, every)
    open_table = arranged(plan.symbols, open_table, tally.params)
    return Tallying(moves, none, none.astype(bool), 1, open_table)


def same_tallying(one: Tallying, two: Tallying) -> bool:
    """Say whether two count the same, as surely.

    Source:
        Design, section 4.6: a circle through time.
    """
    return (
        np.array_equal(one.moves.keys, two.moves.keys)
        and np.array_equal(one.moves.origin, two.moves.origin)
        and np.array_equal(one.is_sure, two.is_sure)
        and same(one.unbounded.possibly, two.unbounded.possibly)
    )


def _candidates(plan: Basis, tally: Tally, window: Window) -> tuple[Moves, Ints, int]:
    """List what may count if it lies in the window, over the tally's arguments."""
    moves = plan.occurs(tally.event)
    if tally.when is not None and len(moves):
        scope = frozenset((*tally.params, *moves.variables))
        moves = filter_moves(moves, plan.condition(tally.when, scope), plan.symbols)
    weights, scale = _weights(plan, tally, moves)
    # Each move remembers its place until all are sorted anew.
    origin = moves.origin
    moves = replace(moves, origin=np.arange(len(moves), dtype=np.int64))
    moves = project_moves(plan.symbols, moves, tally.params)
    for keyed in (window.begins, window.ends):
        if keyed is not None:
            moves = particular(moves, keyed)
    place = moves.origin
    return replace(moves, origin=origin.take(place)), weights.take(place), scale


def _weights(plan: Basis, tally: Tally, moves: Moves) -> tuple[Ints, int]:
    """Give what each occurrence adds, as multiples of one part of a scale."""
    if tally.sums is None:
        return np.ones(len(moves), dtype=np.int64), 1
    names = [variable.name for variable in moves.variables]
    if tally.sums not in names:
        return np.full(len(moves), _UNKNOWN), 1
    at = names.index(tally.sums)
    amounts, scale = amounts_in(plan.symbols.words(moves.variables[at].sort))
    known = [_UNKNOWN if each is None else each for each in amounts]
    codes = np.asarray(known, dtype=np.int64)
    return codes.take(moves.column(at)), scale


def amounts_of(plan: Basis, tally: Tally, moves: Moves) -> Ints:
    """Give what each move adds, as multiples of one part of a fixed scale.

    Source:
        Design, section 3.1, point 6.
    """
    return _weights(plan, tally, moves)[0]


def scale_of_tally(plan: Basis, tally: Tally) -> int:
    """Say how many multiples make one of a tally.

    Source:
        Design, section 3.1, point 6.
    """
    summed = [v for v in _variables(tally.event) if v.name == tally.sums]
    if tally.sums is None or not summed:
        return 1
    return amounts_in(plan.symbols.words(summed[0].sort))[1]


def _many(moves: Moves, weights: Ints) -> Moves:
    """List what stands for any number, or for an amount that nobody can tell."""
    many = ~moves.sure & (moves.origin < 0) & (moves.last > moves.first)
    return moves.take(np.flatnonzero(many | (weights == _UNKNOWN)))


def _unbounded(plan: Basis, tally: Tally, window: Window, many: Moves) -> Table:
    """Give from where on any number may have gone unrecorded."""
    variables = [v for v in tally.params if v in tally.event.terms]
    tables = [plan.gaps(tally.event, variables)]
    if tally.when is not None:
        scope = frozenset((*tally.params, *_variables(tally.event)))
        room = plan.condition(tally.when, scope)
        if set(room.variables) <= set(tally.params):
            after = shown_after(room.possibly)
            tables.append(replace(room, surely=EMPTY, possibly=after))
    room_of = window.possibly_open()
    if room_of is not None:
        tables.append(room_of)
    found = all_of(plan.symbols, tables)
    rows = rows_of(found.possibly.starts)
    ends = flat(rows, np.full(len(rows), HIGH))
    gaps = replace(found, surely=EMPTY, possibly=canonical(found.possibly.starts, ends))
    if not len(many):
        return gaps
    ends = flat(many.rows, np.full(len(many), HIGH))
    runs = canonical(flat(many.rows, many.first), ends)
    more = Table(many.variables, many.packing, many.keys, EMPTY, runs)
    return any_of(plan.symbols, [gaps, more])


def _variables(event: Atom) -> tuple[Variable, ...]:
    return tuple(term for term in event.terms if isinstance(term, Variable))
