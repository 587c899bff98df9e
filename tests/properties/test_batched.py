"""Batched interval algebra against sets of instants painted one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from vigens.engine import batched
from vigens.engine.axis import FIRST, SHIFT
from vigens.engine.batched import Runs

N_ROWS, WIDTH = 3, 24

Pile = list[tuple[int, int, int]]
piles = st.lists(
    st.tuples(st.integers(0, N_ROWS - 1), st.integers(0, 14), st.integers(0, 6)),
    max_size=10,
)


def flats(pile: Pile) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    rows, starts, lengths = (
        np.array([part[at] for part in pile], dtype=np.int64) for at in range(3)
    )
    places = (rows << SHIFT) + FIRST + starts
    return places, places + lengths


def depth(pile: Pile) -> NDArray[np.int64]:
    found = np.zeros((N_ROWS, WIDTH), dtype=np.int64)
    for row, start, length in pile:
        found[row, start : start + length] += 1
    return found


def paint(runs: Runs) -> NDArray[np.bool_]:
    """Paint runs, and hold them to be sorted, apart and never empty."""
    found = np.zeros((N_ROWS, WIDTH), dtype=bool)
    for start, end in zip(runs.starts.tolist(), runs.ends.tolist(), strict=True):
        row, first = start >> SHIFT, (start & ((1 << SHIFT) - 1)) - FIRST
        last = (end & ((1 << SHIFT) - 1)) - FIRST
        assert row == end >> SHIFT
        assert first < last
        assert not found[row, max(first - 1, 0) : last].any()
        found[row, first:last] = True
    assert (np.diff(runs.starts) > 0).all()
    return found


@settings(max_examples=300, deadline=None)
@given(piles, st.integers(1, 3), st.lists(st.integers(1, 3), min_size=3, max_size=3))
def test_depth_is_what_counting_gives(pile: Pile, need: int, needs: list[int]) -> None:
    starts, ends = flats(pile)
    each = np.array(needs, dtype=np.int64)
    assert (paint(batched.canonical(starts, ends)) == (depth(pile) >= 1)).all()
    found = batched.depth_at_least(starts, ends, need)
    assert (paint(found) == (depth(pile) >= need)).all()
    found = batched.depth_at_least(starts, ends, each)
    assert (paint(found) == (depth(pile) >= each[:, None])).all()


@settings(max_examples=300, deadline=None)
@given(piles, st.integers(1, 3), st.integers(1, 3))
def test_steps_of_any_size_add_up(pile: Pile, weight: int, need: int) -> None:
    starts, ends = flats(pile)
    steps = np.full(len(starts), weight, dtype=np.int64)
    found = batched.steps_at_least(
        np.concatenate((starts, ends)), np.concatenate((steps, -steps)), need
    )
    assert (paint(found) == (depth(pile) * weight >= need)).all()


@pytest.mark.parametrize("alike", [0, 8])
@settings(max_examples=300, deadline=None)
@given(left=piles, right=piles)
def test_sets_meet_and_part(alike: int, left: Pile, right: Pile) -> None:
    # Both ways, by sweep and by search, whatever the sizes.
    one, two = (batched.canonical(*flats(pile)) for pile in (left, right))
    first, second = depth(left) > 0, depth(right) > 0
    kept, batched._ALIKE = batched._ALIKE, alike
    try:
        both = batched.intersect(one, two)
        only = batched.difference(one, two, N_ROWS)
    finally:
        batched._ALIKE = kept
    assert (paint(both) == (first & second)).all()
    assert (paint(only) == (first & ~second)).all()
