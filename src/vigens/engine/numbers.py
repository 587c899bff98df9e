"""Comparisons of two numbers, bounded apart: sound, and tight where neither shares.

An anonymous count stands beside those who are known by name: the larger number counts.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.amounts import amounts_in
from vigens.engine.axis import flat, moved, rows_of
from vigens.engine.basis import Basis
from vigens.engine.batched import (
    EMPTY,
    Runs,
    difference,
    everywhere,
    ranges,
    union,
)
from vigens.engine.counted import Counted, Sum
from vigens.engine.intervals import HIGH, LOW
from vigens.engine.keys import lift
from vigens.engine.members import (
    guard_of,
    members_of,
    present,
    reaches,
    steps_of,
    unseen_members,
)
from vigens.engine.symbols import Packing
from vigens.engine.tables import Table, all_of, any_of, constant, of_runs, spread
from vigens.rules import Added, Amount, Constant, Count, Tallied

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.engine.axis import Ints
    from vigens.engine.members import Inner
    from vigens.engine.symbols import Symbols
    from vigens.rules import Comparison, Number, Term

#: The largest sum that is worked out; beyond it nobody can tell.
_LARGEST = float(1 << 60)
_ALWAYS = everywhere(1)


def compare(plan: Basis, condition: Comparison, inner: Inner) -> Table:
    """Work out a comparison of two numbers for every choice of the variables.

    Source:
        Interval arithmetic; design, section 4.3.
    """
    left = _number(plan, condition.left, inner)
    right = _number(plan, condition.right, inner)
    scale = math.lcm(left.scale, right.scale)
    left, right = (_times(plan, n, scale // n.scale, scale) for n in (left, right))
    if condition.relation == "=":
        one = _difference(plan, left, right, 0)
        two = _difference(plan, right, left, 0)
        return all_of(plan.symbols, [one, two])
    if condition.relation in ("<=", "<"):
        left, right = right, left
    return _difference(plan, left, right, 0 if condition.relation.endswith("=") else 1)


def scale_of(plan: Basis, number: Number) -> int:
    """Say how many multiples make one of a number.

    Source:
        Design, section 3.1, point 1: weights are written with decimals.
    """
    weights = number.weights if isinstance(number, Count) else None
    return 1 if weights is None else plan.world.program.weights[weights].scale


def _times(plan: Basis, number: Counted, factor: int, scale: int) -> Counted:
    """Take a number so many times, as units of a scale; below 0 its sides change."""
    if factor == 1 and scale == number.scale:
        return number
    if factor and _size(number) * abs(factor) > _LARGEST:
        return _unknown(plan, number.shape, scale)
    sides = [
        Sum(side.places, side.deltas * factor, side.base * factor)
        for side in (number.low, number.high)
    ]
    ends = [number.bottomless, number.unbounded]
    if factor < 0:
        sides.reverse()
        ends.reverse()
    return Counted(number.shape, sides[0], sides[1], ends[1], scale, ends[0])


def _size(number: Counted) -> float:
    """Say what no row of a number can come to, as a size."""
    return max(
        float(np.abs(side.deltas).sum(dtype=float)) + abs(side.base)
        for side in (number.low, number.high)
    )


def _unknown(plan: Basis, shape: Table, scale: int) -> Counted:
    """Make a number of which nobody can tell anything."""
    none = np.zeros(0, dtype=np.int64)
    nothing, open_table = Sum(none, none, 0), constant(plan.symbols, EMPTY, _ALWAYS)
    return Counted(shape, nothing, nothing, open_table, scale, open_table)


def amount_words(symbols: Symbols, term: Term) -> list[str]:
    """List the words that a number that is compared may be, by code.

    Source:
        docs/language.md, numbers.
    """
    return [term.value] if isinstance(term, Constant) else symbols.words(term.sort)


def _amount(plan: Basis, term: Term) -> Counted:
    """Give a number that an event carries or a state has, for each that occurs."""
    units, scale = amounts_in(amount_words(plan.symbols, term))
    none = np.zeros(0, dtype=np.int64)
    if isinstance(term, Constant):
        if units[0] is None:
            return _unknown(plan, constant(plan.symbols, EMPTY, EMPTY), scale)
        fixed = Sum(none, none, units[0])
        return Counted(constant(plan.symbols, EMPTY, EMPTY), fixed, fixed, None, scale)
    rows = np.arange(len(units), dtype=np.int64)
    amounts = np.asarray([unit or 0 for unit in units], dtype=np.int64)
    starts, ends = (flat(rows, np.full(len(rows), at)) for at in (LOW, HIGH))
    total = Sum(np.concatenate((starts, ends)), np.concatenate((amounts, -amounts)), 0)
    packing, every = Packing(plan.symbols, (term,)), everywhere(len(units))
    shape = Table((term,), packing, rows, EMPTY, EMPTY)
    strange = np.flatnonzero([unit is None for unit in units])
    runs = Runs(every.starts.take(strange), every.ends.take(strange))
    unknown = replace(shape, possibly=runs)
    return Counted(shape, total, total, unknown, scale, unknown)


def _added(plan: Basis, added: Added, inner: Inner) -> Counted:
    """Add numbers up, each between its own bounds.

    Source:
        Interval arithmetic.
    """
    found = [_number(plan, number, inner) for _, _, number in added.parts]
    shares = [(above, below) for above, below, _ in added.parts]
    scale = math.lcm(*(b * n.scale for (_, b), n in zip(shares, found, strict=True)))
    parts = [
        _times(plan, number, above * (scale // (below * number.scale)), scale)
        for (above, below), number in zip(shares, found, strict=True)
    ]
    shape = any_of(plan.symbols, [number.shape for number in parts])
    if sum(map(_size, parts)) > _LARGEST:
        return _unknown(plan, shape, scale)
    sides = []
    for side in ("low", "high"):
        sums = [getattr(number, side) for number in parts]
        steps = [
            _at_rows(plan, total, number.shape, shape)
            for total, number in zip(sums, parts, strict=True)
        ]
        places, deltas = (np.concatenate(each) for each in zip(*steps, strict=True))
        sides.append(Sum(places, deltas, sum(total.base for total in sums)))
    ends = [
        any_of(plan.symbols, tables) if tables else None
        for tables in (
            [n.unbounded for n in parts if n.unbounded is not None],
            [n.bottomless for n in parts if n.bottomless is not None],
        )
    ]
    return Counted(shape, sides[0], sides[1], ends[0], scale, ends[1])


def _number(plan: Basis, number: Number, inner: Inner) -> Counted:
    none = np.zeros(0, dtype=np.int64)
    if isinstance(number, int):
        fixed = Sum(none, none, number)
        return Counted(constant(plan.symbols, EMPTY, EMPTY), fixed, fixed, None)
    if isinstance(number, Tallied):
        return plan.tally(number)
    if isinstance(number, Amount):
        return _amount(plan, number.term)
    if isinstance(number, Added):
        return _added(plan, number, inner)
    asked = all_of(
        plan.symbols, [*guard_of(number, inner), inner(number.body, number.variable)]
    )
    table = present(plan, number, asked)
    inside = members_of(plan, number, table, surely=True)
    outside = members_of(plan, number, table, surely=False)
    shape = Table(inside.variables, inside.packing, inside.keys, EMPTY, EMPTY)
    unseen = unseen_members(plan, number, asked)
    scale = scale_of(plan, number)
    low, high = Sum(*steps_of(inside, 1), 0), Sum(*steps_of(outside, 1), 0)
    sure = [(s, e, n * scale) for s, e, n in plan.counted(number)]
    seen = [(o.first, HIGH, o.at_least * scale) for o in plan.seen_counts(number)]
    return Counted(
        shape,
        at_least(low, sure, len(shape.keys)),
        at_least(high, seen, len(shape.keys)),
        unseen if len(unseen.possibly) else None,
        scale,
    )


def at_least(total: Sum, spans: Sequence[tuple[int, int, int]], n_rows: int) -> Sum:
    """Let every row of a sum be no less than a number in some spans of time.

    Args:
        total: From 0; each row's steps add up to 0 at its end.
        spans: From when, to when, and the number.
        n_rows: How many rows there are.

    Source:
        Design, section 4.3: anonymous counts are combined by maximum, never by sum.
    """
    if not spans:
        return total
    times = sorted({at for start, end, _ in spans for at in (start, end)})
    floors = [max((n for s, e, n in spans if s <= at < e), default=0) for at in times]
    rows = np.repeat(np.arange(n_rows, dtype=np.int64), len(times))
    floor = np.tile(np.asarray(floors, dtype=np.int64), n_rows)
    floor_steps = np.diff(floor, prepend=0)
    firsts = np.arange(0, len(floor), len(times))
    floor_steps[firsts] = floor[firsts]
    places = np.concatenate((total.places, flat(rows, np.tile(times, n_rows))))
    none = np.zeros(len(total.places), dtype=np.int64)
    named = np.concatenate((total.deltas, np.zeros(len(rows), dtype=np.int64)))
    order = np.argsort(places, kind="stable")
    places = places.take(order)
    number = np.maximum(
        np.cumsum(named.take(order)),
        np.cumsum(np.concatenate((none, floor_steps)).take(order)),
    )
    is_last = np.append(places[1:] != places[:-1], True)
    places, number = places[is_last], number[is_last]
    return Sum(places, np.diff(number, prepend=0), 0)


def _difference(plan: Basis, left: Counted, right: Counted, need: int) -> Table:
    """Say where one number exceeds another by at least so much."""
    both = any_of(plan.symbols, [left.shape, right.shape])
    sides = []
    for more, less in ((left.low, right.high), (left.high, right.low)):
        plus = _at_rows(plan, more, left.shape, both)
        minus = _at_rows(plan, less, right.shape, both)
        total = Sum(
            np.concatenate((plus[0], minus[0])),
            np.concatenate((plus[1], -minus[1])),
            more.base - less.base,
        )
        sides.append(reaches(total, need, len(both.keys)))
    shape = (both.variables, both.packing, both.keys)
    surely, possibly = sides
    for ends in (left.unbounded, right.bottomless):
        if ends is not None:
            possibly = union(possibly, spread(ends, plan.symbols, both).possibly)
    for ends in (right.unbounded, left.bottomless):
        if ends is not None:
            open_runs = spread(ends, plan.symbols, both).possibly
            surely = difference(surely, open_runs, len(both.keys))
    return of_runs(*shape, (surely, possibly))


def _at_rows(plan: Basis, total: Sum, shape: Table, both: Table) -> tuple[Ints, Ints]:
    """Give the steps of a sum to the rows of a table with more variables."""
    del plan
    is_same = shape.variables == both.variables and len(shape.keys) == len(both.keys)
    if is_same or not len(total.places):
        return total.places, total.deltas
    own = [both.variables.index(v) for v in shape.variables]
    rows = shape.find(lift(shape, both.packing, own, both.keys))
    order = np.argsort(rows_of(total.places), kind="stable")
    places, deltas = total.places.take(order), total.deltas.take(order)
    at_row = rows_of(places)
    low = np.searchsorted(at_row, rows, side="left")
    counts = np.searchsorted(at_row, rows, side="right") - low
    where = ranges(low, counts)
    fresh = np.repeat(np.arange(len(rows), dtype=np.int64), counts)
    return moved(places.take(where), fresh), deltas.take(where)
