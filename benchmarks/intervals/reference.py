"""A small second way to the same sets, to compare with in the same run.

One sorted array of int64 keys, an instant shifted by one with the tag of an end in bit 0:
to sort it and add the tags up is the whole algebra. It knows one bound and one set of
rows, and no more.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Pair = tuple[Ints, Ints]


def at_least(need: int, members: Sequence[Pair]) -> Pair:
    """Give where so many of the members hold."""
    n_starts = sum(len(starts) for starts, _ in members)
    keys = np.concatenate(
        [part for pair in zip(*members, strict=True) for part in pair]
    )
    keys <<= 1
    keys[n_starts:] |= 1
    keys.sort(kind="stable")
    is_end = keys & 1
    depth = np.cumsum(1 - 2 * is_end)
    ups = keys.take(np.flatnonzero((depth == need) & (is_end == 0))) >> 1
    downs = keys.take(np.flatnonzero((depth == need - 1) & (is_end == 1))) >> 1
    keep = ups != downs
    return ups[keep], downs[keep]


def union(left: Pair, right: Pair) -> Pair:
    """Give what lies in either."""
    return at_least(1, [left, right])


def intersection(left: Pair, right: Pair) -> Pair:
    """Give what lies in both."""
    return at_least(2, [left, right])


def outside(one: Pair, floors: Ints, ceilings: Ints) -> Pair:
    """Give what lies outside, between the ends of each row."""
    starts = np.sort(np.concatenate((floors, one[1])), kind="stable")
    ends = np.sort(np.concatenate((one[0], ceilings)), kind="stable")
    keep = starts < ends
    return starts[keep], ends[keep]


def inertia(starts: Ints, ends: Ints, ceilings: Ints) -> Pair:
    """Give what holds from each start to the next end; an end wins over a start."""
    keys = np.concatenate((starts, ends, ceilings))
    keys <<= 1
    keys[len(starts) :] |= 1
    keys.sort(kind="stable")
    places = keys >> 1
    decides = np.append(places[1:] != places[:-1], True)
    places, holds = places[decides], (keys[decides] & 1) == 0
    before = np.append(False, holds[:-1])
    edges = places[holds != before]
    return edges[0::2], edges[1::2]
