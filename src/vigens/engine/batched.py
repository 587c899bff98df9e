"""Sets of instants of many rows at once: sorted, disjoint, half-open runs on one axis.

Every operation is one pass over arrays. Results are maximal: sorted, disjoint, not
touching, never empty; so equal sets have equal arrays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.axis import (
    FIRST,
    LAST,
    SHIFT,
    flat,
    floors,
    instants_of,
    moved,
    rows_of,
)
from vigens.engine.sorting import sorted_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.engine.axis import Flags, Ints

_SPAN = LAST - FIRST
#: Sets up to so many times larger are swept through, larger ones searched.
_ALIKE = 8


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Where something holds, for many rows.

    Attributes:
        starts: (n,) int64 flat instants, increasing.
        ends: (n,) int64 flat instants, excluded, increasing; each in its start's row.
    """

    starts: Ints
    ends: Ints

    def __len__(self) -> int:
        """Count the runs."""
        return len(self.starts)


_NONE = np.zeros(0, dtype=np.int64)
EMPTY = Runs(_NONE, _NONE)


def everywhere(n_rows: int) -> Runs:
    """Hold always, in each of so many rows.

    Source:
        Interval algebra, design section 4.6.
    """
    base = floors(n_rows)
    return Runs(base, base + _SPAN)


def same(left: Runs, right: Runs) -> bool:
    """Say whether two sets are equal.

    Source:
        Interval algebra, design section 4.6.
    """
    return left is right or (
        np.array_equal(left.starts, right.starts)
        and np.array_equal(left.ends, right.ends)
    )


def canonical(starts: Ints, ends: Ints) -> Runs:
    """Join any pile of runs, overlapping and in any order.

    Args:
        starts: (n,) int64 flat instants.
        ends: (n,) int64 flat instants in the same rows; a run that is empty is dropped.

    Source:
        Interval algebra, design section 4.6.
    """
    full = ends > starts
    if not full.all():
        starts, ends = starts[full], ends[full]
    if len(starts) < 2:
        return Runs(starts, ends)
    if not (starts[1:] >= starts[:-1]).all():
        return depth_at_least(starts, ends, 1)
    reach = np.maximum.accumulate(ends)
    begins = np.empty(len(starts), dtype=bool)
    begins[0] = True
    np.greater(starts[1:], reach[:-1], out=begins[1:])
    if begins.all():
        return Runs(starts, ends)
    at = np.flatnonzero(begins)
    return Runs(starts[at], reach[np.append(at[1:], len(starts)) - 1])


def union(*sets: Runs) -> Runs:
    """Give the instants that lie in any of the sets.

    Source:
        Interval algebra, design section 4.6.
    """
    full = [one for one in sets if len(one)]
    if len(full) < 2:
        return full[0] if full else EMPTY
    return canonical(
        np.concatenate([one.starts for one in full]),
        np.concatenate([one.ends for one in full]),
    )


def complement(runs: Runs, n_rows: int) -> Runs:
    """Give the instants outside a set, in each of so many rows.

    Source:
        Interval algebra, design section 4.6.
    """
    base = floors(n_rows)
    if not len(runs):
        return Runs(base, base + _SPAN)
    starts = np.sort(np.concatenate((base, runs.ends)), kind="stable")
    ends = np.sort(np.concatenate((runs.starts, base + _SPAN)), kind="stable")
    keep = np.flatnonzero(starts < ends)
    return Runs(starts.take(keep), ends.take(keep))


def intersect(left: Runs, right: Runs, rows: Ints | None = None) -> Runs:
    """Give the instants that lie in both sets.

    Args:
        left: Whose rows the result has.
        right: The other set.
        rows: (r,) int64, the row of `right` that belongs to each row of `left`; `None`
            where the rows are the same. One row may belong to many.

    Source:
        Interval algebra, design section 4.6; the cost follows the outcome.
    """
    if not len(left) or not len(right):
        return EMPTY
    if rows is None:
        if len(left) > len(right):
            left, right = right, left
        if len(left) * _ALIKE >= len(right):
            return depth_at_least(
                np.concatenate((left.starts, right.starts)),
                np.concatenate((left.ends, right.ends)),
                2,
            )
        starts, ends = left.starts, left.ends
    else:
        other = rows.take(rows_of(left.starts))
        starts, ends = moved(left.starts, other), moved(left.ends, other)
    low = np.searchsorted(right.ends, starts, side="right")
    high = np.searchsorted(right.starts, ends, side="left")
    counts = high - low
    if (counts == 1).all():
        first = np.maximum(starts, right.starts.take(low))
        last = np.minimum(ends, right.ends.take(low))
        mine = left.starts
    else:
        at = np.repeat(np.arange(len(left)), counts)
        place = ranges(low, counts)
        first = np.maximum(starts.take(at), right.starts.take(place))
        last = np.minimum(ends.take(at), right.ends.take(place))
        mine = left.starts.take(at)
    if rows is None:
        return Runs(first, last)
    own = rows_of(mine)
    return Runs(moved(first, own), moved(last, own))


def difference(left: Runs, right: Runs, n_rows: int) -> Runs:
    """Give the instants that lie in the first set only; both have the same rows.

    Source:
        Interval algebra, design section 4.6.
    """
    if not len(left) or not len(right):
        return left
    if len(left) * _ALIKE < len(right):
        return intersect(left, complement(right, n_rows))
    # The first set counts one, the second takes one away: its runs are turned round.
    return depth_at_least(
        np.concatenate((left.starts, right.ends)),
        np.concatenate((left.ends, right.starts)),
        1,
    )


def gather(runs: Runs, rows: Ints) -> Runs:
    """Give each new row what an old row has.

    Args:
        runs: Any set.
        rows: (m,) int64, the old row of each new one; rows may come again.

    Source:
        Interval algebra, design section 4.6.
    """
    if not len(runs) or not len(rows):
        return EMPTY
    base = rows << SHIFT
    low = np.searchsorted(runs.starts, base, side="left")
    counts = np.searchsorted(runs.starts, base + (1 << SHIFT), side="left") - low
    own = np.repeat(np.arange(len(rows), dtype=np.int64), counts)
    place = ranges(low, counts)
    return Runs(moved(runs.starts.take(place), own), moved(runs.ends.take(place), own))


def depth_at_least(starts: Ints, ends: Ints, need: Ints | int) -> Runs:
    """Give where at least so many runs of a pile lie upon one another.

    With starts and ends sorted apart, a of the ends and b of the starts are past at an
    instant. At least k runs are open, b - a >= k, exactly where it lies between start
    number i + k - 1 and end number i for some i: no sweep is needed.

    Args:
        starts: (n,) int64 flat instants, in any order.
        ends: (n,) int64 flat instants, as many in each row; only how many starts and
            ends are past counts, so a run that is turned round takes one away.
        need: How many, above 0; one number, or one for each row.

    Source:
        Interval algebra, design section 4.6.
    """
    starts, ends = sorted_values(starts), sorted_values(ends)
    if isinstance(need, int):
        begins, stops = starts[need - 1 :], ends[: max(0, len(ends) - need + 1)]
    else:
        at = np.arange(len(ends), dtype=np.int64) + (need.take(rows_of(ends)) - 1)
        inside = np.flatnonzero(at < len(starts))
        begins, stops = starts.take(at.take(inside)), ends.take(inside)
    keep = begins < stops
    if not keep.all():
        at = np.flatnonzero(keep)
        begins, stops = begins.take(at), stops.take(at)
    if len(begins) < 2:
        return Runs(begins, stops)
    apart = begins[1:] > stops[:-1]
    if apart.all():
        return Runs(begins, stops)
    cut = np.flatnonzero(apart)
    return Runs(
        begins.take(np.concatenate(([0], cut + 1))),
        stops.take(np.concatenate((cut, [len(stops) - 1]))),
    )


def steps_at_least(places: Ints, deltas: Ints, need: Ints | int) -> Runs:
    """Give where a sum of steps reaches a number.

    Args:
        places: (n,) int64 flat instants at which the sum changes, in any order.
        deltas: (n,) int64, by how much; the sum is 0 before the first in each row and
            must come back to 0 in it.
        need: What is to be reached, above 0; one number, or one for each row.

    Source:
        Sweep line; design, section 4.6.
    """
    if not len(places):
        return EMPTY
    half = len(places) // 2
    if (deltas[:half] == 1).all() and (deltas[half:] == -1).all():
        return depth_at_least(places[:half], places[half:], need)
    ups = deltas == 1
    if (ups | (deltas == -1)).all():
        return depth_at_least(places[ups], places[~ups], need)
    order = np.argsort(places, kind="stable")
    at = places.take(order)
    total = np.cumsum(deltas.take(order))
    settled = np.flatnonzero(np.append(at[1:] != at[:-1], True))
    at, total = at.take(settled), total.take(settled)
    wanted = need if isinstance(need, int) else need.take(rows_of(at))
    return runs_of(at, total >= wanted)


def runs_of(places: Ints, holds: Flags) -> Runs:
    """Read runs off what holds from each place up to the next.

    Args:
        places: (n,) int64 flat instants, increasing.
        holds: (n,) bool; false from the last place of each row.

    Source:
        Interval algebra, design section 4.6.
    """
    if not len(places):
        return EMPTY
    before = np.empty(len(holds), dtype=bool)
    before[0] = False
    before[1:] = holds[:-1]
    change = np.flatnonzero(holds != before)
    edges = places.take(change)
    return Runs(edges[0::2], edges[1::2])


def holds_at(runs: Runs, flats: Ints) -> Flags:
    """Say whether a set holds at each flat instant.

    Args:
        runs: Any set.
        flats: (m,) int64.

    Source:
        Event calculus, HoldsAt.
    """
    if not len(runs):
        return np.zeros(len(flats), dtype=bool)
    place = np.searchsorted(runs.starts, flats, side="right") - 1
    found: Flags = (place >= 0) & (runs.ends.take(np.maximum(place, 0)) > flats)
    return found


def holds_once(runs: Runs, at: int) -> bool:
    """Say whether a set holds at one flat instant, as `holds_at` says of many.

    Source:
        Event calculus, HoldsAt.
    """
    place = int(runs.starts.searchsorted(at, side="right")) - 1
    return place >= 0 and bool(runs.ends[place] > at)


def meets(runs: Runs, starts: Ints, ends: Ints) -> Flags:
    """Say whether a set holds anywhere in each span `[start, end)`.

    Source:
        Interval algebra, design section 4.6.
    """
    low = np.searchsorted(runs.ends, starts, side="right")
    high = np.searchsorted(runs.starts, ends, side="left")
    return np.asarray(high > low)


def covers(runs: Runs, starts: Ints, ends: Ints) -> Flags:
    """Say whether a set holds everywhere in each span `[start, end)`.

    Source:
        Interval algebra, design section 4.6.
    """
    if not len(runs):
        return np.zeros(len(starts), dtype=bool)
    place = np.searchsorted(runs.starts, starts, side="right") - 1
    found: Flags = (place >= 0) & (runs.ends.take(np.maximum(place, 0)) >= ends)
    return found


def ranges(low: Ints, counts: Ints) -> Ints:
    """List `low[0], low[0]+1, …` for each count, one after the other.

    Source:
        Design, section 4.6: no loop over rows.
    """
    total = int(counts.sum())
    ends = np.cumsum(counts)
    found: Ints = np.arange(total, dtype=np.int64)
    found += np.repeat(low - (ends - counts), counts)
    return found


def spans_of(runs: Runs, row: int) -> tuple[tuple[int, int], ...]:
    """Read one row as pairs of UTC seconds.

    Source:
        Design, section 4.6.
    """
    low, high = np.searchsorted(runs.starts, (row << SHIFT, (row + 1) << SHIFT))
    starts = instants_of(runs.starts[low:high]).tolist()
    return tuple(zip(starts, instants_of(runs.ends[low:high]).tolist(), strict=True))


def from_spans(rows: Sequence[Sequence[tuple[int, int]]]) -> Runs:
    """Build a set from pairs of UTC seconds for each row.

    Source:
        Design, section 4.6.
    """
    numbers = [row for row, spans in enumerate(rows) for _ in spans]
    own = np.asarray(numbers, dtype=np.int64)
    pairs = np.asarray([p for spans in rows for p in spans], dtype=np.int64)
    pairs = pairs.reshape(-1, 2)
    return canonical(flat(own, pairs[:, 0]), flat(own, pairs[:, 1]))
