"""One inertial fluent from uncertain changes, with exact bounds.

A change is a range `[first, last]` of instants in which it happens once, if it happens
at all. An uncovered stretch may hold any number of changes both ways. A change at `t`
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

from vigens.engine.intervals import HIGH, LOW, Spans, union

if TYPE_CHECKING:
    from collections.abc import Sequence

_NEVER = LOW - 2


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


def inertia(starts: Sequence[Move], ends: Sequence[Move]) -> tuple[Spans, Spans]:
    """Give where an inertial fluent surely and where it possibly holds.

    Args:
        starts: Initiations; gaps come in as unsure moves over the whole gap.
        ends: Terminations, likewise.

    Returns:
        `(surely, possibly)`, each maximal `[start, end)` intervals of UTC seconds.
        The fluent does not hold before the first initiation.

    Source:
        Event calculus with bounds, design section 4.3.
    """
    ends = [*ends, Move(LOW - 1, LOW - 1, sure=True)]
    points = {LOW}
    for move in (*starts, *ends):
        for point in (move.first, move.first + 1, move.last, move.last + 1):
            if LOW < point < HIGH:
                points.add(point)
    ordered = sorted(points)
    may_start, must_start = _running(starts, ordered)
    may_end, must_end = _running(ends, ordered)
    surely: list[tuple[int, int]] = []
    possibly: list[tuple[int, int]] = []
    for index, point in enumerate(ordered):
        end = ordered[index + 1] if index + 1 < len(ordered) else HIGH
        if may_start[index] > must_end[index]:
            possibly.append((point, end))
        if not may_end[index] >= must_start[index]:
            surely.append((point, end))
    return union(surely), union(possibly)


def _running(moves: Sequence[Move], points: list[int]) -> tuple[list[int], list[int]]:
    """At each point: the latest that may have happened, the latest that must have."""
    by_first = sorted(moves, key=lambda move: move.first)
    by_last = sorted((m for m in moves if m.sure), key=lambda move: move.last)
    may: list[int] = []
    must: list[int] = []
    i = j = 0
    latest, forced = _NEVER, _NEVER
    for point in points:
        while i < len(by_first) and by_first[i].first <= point:
            latest = max(latest, by_first[i].last)
            i += 1
        while j < len(by_last) and by_last[j].last <= point:
            forced = max(forced, by_last[j].first)
            j += 1
        may.append(min(latest, point) if i else _NEVER)
        must.append(forced)
    return may, must
