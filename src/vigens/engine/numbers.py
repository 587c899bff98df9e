"""Comparisons of two numbers, bounded apart: sound, and tight where neither shares.

An anonymous count stands beside those who are known by name: the larger number counts.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.axis import flat, moved, rows_of
from vigens.engine.basis import Basis, Counted, Sum
from vigens.engine.batched import EMPTY, difference, ranges, union
from vigens.engine.intervals import HIGH
from vigens.engine.keys import lift
from vigens.engine.members import (
    guard_of,
    members_of,
    present,
    reaches,
    steps_of,
    unseen_members,
)
from vigens.engine.tables import Table, all_of, any_of, constant, of_runs, spread
from vigens.rules import Count, Tallied

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.engine.axis import Ints
    from vigens.engine.members import Inner
    from vigens.rules import Comparison, Number


def compare(plan: Basis, condition: Comparison, inner: Inner) -> Table:
    """Work out a comparison of two numbers for every choice of the variables.

    Source:
        Interval arithmetic; design, section 4.3.
    """
    left = _number(plan, condition.left, inner)
    right = _number(plan, condition.right, inner)
    scale = math.lcm(left.scale, right.scale)
    left, right = _in_parts(left, scale), _in_parts(right, scale)
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


def _in_parts(number: Counted, scale: int) -> Counted:
    """Express a number in smaller units."""
    factor = scale // number.scale
    if factor == 1:
        return number
    low, high = (
        Sum(side.places, side.deltas * factor, side.base * factor)
        for side in (number.low, number.high)
    )
    return replace(number, low=low, high=high, scale=scale)


def _number(plan: Basis, number: Number, inner: Inner) -> Counted:
    none = np.zeros(0, dtype=np.int64)
    if isinstance(number, int):
        fixed = Sum(none, none, number)
        return Counted(constant(plan.symbols, EMPTY, EMPTY), fixed, fixed, None)
    if isinstance(number, Tallied):
        return plan.tally(number)
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
    if left.unbounded is not None:
        possibly = union(possibly, spread(left.unbounded, plan.symbols, both).possibly)
    if right.unbounded is not None:
        open_runs = spread(right.unbounded, plan.symbols, both).possibly
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
