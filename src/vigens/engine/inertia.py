"""Inertial states from uncertain changes, with exact bounds, for many rows at once.

A change is a range `[first, last]` of instants in which it happens once, if it happens
at all. An unsure one stands for any number of changes in its range. A change at `t`
shows from `t` on; at equal instants a termination wins. With that::

    possibly(t)      ⟺  max{min(last, t) : may initiate, first ≤ t}
                        > max{first : surely terminates, last ≤ t}
    possibly not(t)  ⟺  max{min(last, t) : may terminate, first ≤ t}
                        ≥ max{first : surely initiates, last ≤ t}
    surely(t)        ⟺  not possibly not(t)

Both sides change only at some `first`, `last`, or right after one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.axis import FIRST, LAST, SHIFT, flat, rows_of
from vigens.engine.batched import Runs, runs_of, same, spans_of
from vigens.engine.intervals import LOW, Spans
from vigens.engine.keys import distinct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.engine.axis import Flags, Ints
    from vigens.model import Happening
    from vigens.rules import Change


@dataclass(frozen=True, slots=True)
class Move:
    """One change of a fluent: when at the earliest and latest, and how surely.

    Attributes:
        first: Earliest instant, UTC seconds.
        last: Latest instant, included.
        sure: Whether it happens in every completion.
    """

    first: int
    last: int
    sure: bool


@dataclass(frozen=True, slots=True)
class Contribution:
    """One way in which a rule may move a fluent, for evaluation and for the why.

    Attributes:
        change: The rule.
        move: Range and sureness.
        happening: The occurrence, or `None` for an unobserved one in a gap.
        binding: Values of the rule's variables.
        doubt: Why it is not sure, if it is not.
    """

    change: Change
    move: Move
    happening: Happening | None
    binding: tuple[tuple[str, str], ...]
    doubt: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """Changes of many rows as columns.

    Attributes:
        rows: (n,) int64.
        first: (n,) int64, UTC seconds.
        last: (n,) int64, included; the same array where all are exact.
        sure: (n,) bool.
    """

    rows: Ints
    first: Ints
    last: Ints
    sure: Flags

    @property
    def is_certain(self) -> bool:
        """Say whether each surely happens at a known instant."""
        return self.first is self.last and bool(self.sure.all())


def inertia_runs(n_rows: int, starts: Changes, ends: Changes) -> tuple[Runs, Runs]:
    """Give where each row surely and where it possibly holds.

    Args:
        n_rows: How many rows there are.
        starts: Initiations; gaps come in as unsure moves over the whole gap.
        ends: Terminations, likewise.

    Returns:
        `(surely, possibly)`; one object where they are equal. Nothing holds before its
        first initiation.

    Source:
        Event calculus with bounds, design section 4.3.
    """
    if starts.is_certain and ends.is_certain:
        found = _certain(n_rows, starts, ends)
        return found, found
    surely, possibly = _bounded(n_rows, starts, ends)
    return surely, surely if same(surely, possibly) else possibly


def inertia(starts: Sequence[Move], ends: Sequence[Move]) -> tuple[Spans, Spans]:
    """Give where one inertial fluent surely and where it possibly holds.

    Args:
        starts: Initiations; gaps come in as unsure moves over the whole gap.
        ends: Terminations, likewise.

    Returns:
        `(surely, possibly)`, each maximal `[start, end)` intervals of UTC seconds.

    Source:
        Event calculus with bounds, design section 4.3.
    """
    surely, possibly = inertia_runs(1, _columns(starts), _columns(ends))
    return spans_of(surely, 0), spans_of(possibly, 0)


def inertia_at(
    starts: Sequence[Move], ends: Sequence[Move], instant: int
) -> tuple[bool, bool]:
    """Say whether one inertial fluent surely and whether it possibly holds.

    Args:
        starts: Initiations.
        ends: Terminations.
        instant: UTC seconds.

    Returns:
        `(surely, possibly)`.

    Source:
        Event calculus with bounds, design section 4.3.
    """
    never = LOW - 1

    def latest(moves: Sequence[Move]) -> tuple[int, int]:
        may = [min(m.last, instant) for m in moves if m.first <= instant]
        must = [m.first for m in moves if m.sure and m.last <= instant]
        return max(may, default=never - 1), max(must, default=never - 1)

    may_start, must_start = latest(starts)
    may_end, must_end = latest(ends)
    surely = max(may_end, never) < must_start
    return surely, may_start > max(must_end, never)


def _columns(moves: Sequence[Move]) -> Changes:
    first = np.asarray([move.first for move in moves], dtype=np.int64)
    last = np.asarray([move.last for move in moves], dtype=np.int64)
    sure = np.asarray([move.sure for move in moves], dtype=bool)
    return Changes(np.zeros(len(first), dtype=np.int64), first, last, sure)


def _row_ends(n_rows: int) -> Ints:
    return (np.arange(n_rows, dtype=np.int64) << SHIFT) + LAST


def _certain(n_rows: int, starts: Changes, ends: Changes) -> Runs:
    """Everything is known: sort, and let the last change at each instant decide."""
    n_starts, n_ends = len(starts.rows), len(ends.rows)
    keys = np.empty(n_starts + n_ends + n_rows, dtype=np.int64)
    np.left_shift(flat(starts.rows, starts.first), 1, out=keys[:n_starts])
    np.left_shift(flat(ends.rows, ends.first), 1, out=keys[n_starts:-n_rows])
    np.left_shift(_row_ends(n_rows), 1, out=keys[-n_rows:])
    keys[n_starts:] |= 1
    keys.sort(kind="stable")
    places = keys >> 1
    decides = np.append(places[1:] != places[:-1], True)
    holds = (keys & 1) == 0
    if decides.all():
        return runs_of(places, holds)
    at = np.flatnonzero(decides)
    return runs_of(places.take(at), holds.take(at))


def _bounded(n_rows: int, starts: Changes, ends: Changes) -> tuple[Runs, Runs]:
    start_first, start_last = _flats(starts)
    end_first, end_last = _flats(ends)
    floor = (np.arange(n_rows, dtype=np.int64) << SHIFT) + FIRST
    places = distinct(
        np.concatenate(
            [
                floor,
                *(
                    edge + more
                    for edge in (start_first, start_last, end_first, end_last)
                    for more in (0, 1)
                ),
            ]
        )
    )
    within = places & ((1 << SHIFT) - 1)
    places = places[(within >= FIRST) & (within < LAST)]
    base = rows_of(places) << SHIFT
    before = base + (FIRST - 1)
    may_start = _latest_possible(start_first, start_last, places, base)
    must_start = _latest_forced(start_first, start_last, starts.sure, places, base)
    may_end = np.maximum(_latest_possible(end_first, end_last, places, base), before)
    must_end = np.maximum(
        _latest_forced(end_first, end_last, ends.sure, places, base), before
    )
    closing = _row_ends(n_rows)
    order = np.argsort(np.concatenate((places, closing)), kind="stable")
    places = np.concatenate((places, closing)).take(order)
    off = np.zeros(n_rows, dtype=bool)
    possibly = np.concatenate((may_start > must_end, off)).take(order)
    surely = np.concatenate((may_end < must_start, off)).take(order)
    return runs_of(places, surely), runs_of(places, possibly)


def _flats(moves: Changes) -> tuple[Ints, Ints]:
    first = flat(moves.rows, moves.first)
    if moves.first is moves.last:
        return first, first
    return first, flat(moves.rows, moves.last)


def _latest_possible(first: Ints, last: Ints, places: Ints, base: Ints) -> Ints:
    """Give max{min(last, t) : first ≤ t} in each place's own row; -1 for none."""
    order = np.argsort(first, kind="stable")
    return _latest(first.take(order), last.take(order), places, base, cut=True)


def _latest_forced(
    first: Ints, last: Ints, sure: Flags, places: Ints, base: Ints
) -> Ints:
    """Give max{first : sure, last ≤ t} in each place's own row; -1 for none."""
    first, last = first[sure], last[sure]
    order = np.argsort(last, kind="stable")
    return _latest(last.take(order), first.take(order), places, base, cut=False)


def _latest(by: Ints, what: Ints, places: Ints, base: Ints, *, cut: bool) -> Ints:
    """Give the running maximum of one column up to each place of another."""
    if not len(by):
        return np.full(len(places), -1, dtype=np.int64)
    best = np.maximum.accumulate(what)
    at = np.searchsorted(by, places, side="right") - 1
    found = best.take(np.maximum(at, 0))
    if cut:
        found = np.minimum(found, places)
    return np.where((at >= 0) & (found >= base), found, -1)
