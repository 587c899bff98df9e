"""Sets of instants as sorted, disjoint, half-open intervals of int seconds.

Plain Python over tuples: a case has hundreds of intervals, not millions. The
vectorised algebra over many keys at once takes the same place later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

#: The outermost instants that are ever asked about: years 2 and 9998.
LOW = -62_104_060_800
HIGH = 253_370_764_800

Span = tuple[int, int]
Spans = tuple[Span, ...]

EVERYWHERE: Spans = ((LOW, HIGH),)


def union(*sets: Iterable[Span]) -> Spans:
    """Join sets of instants.

    Args:
        sets: Each `[start, end)` pairs of UTC seconds, in any order.

    Returns:
        Maximal intervals, sorted; touching ones are one.

    Source:
        Interval algebra, section 4.6 of the design.
    """
    merged: list[Span] = []
    for start, end in sorted(span for spans in sets for span in spans):
        if end <= start:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def _maximal(spans: Iterable[Span]) -> Spans:
    """Make a set maximal; most sets have one interval and are so already."""
    if isinstance(spans, tuple) and (
        not spans or (len(spans) == 1 and spans[0][0] < spans[0][1])
    ):
        return spans
    return union(spans)


def intersect(left: Iterable[Span], right: Iterable[Span]) -> Spans:
    """Give the instants that lie in both sets.

    Source:
        Interval algebra, section 4.6 of the design.
    """
    first, second = _maximal(left), _maximal(right)
    found: list[Span] = []
    i = j = 0
    while i < len(first) and j < len(second):
        start = max(first[i][0], second[j][0])
        end = min(first[i][1], second[j][1])
        if start < end:
            found.append((start, end))
        if first[i][1] < second[j][1]:
            i += 1
        else:
            j += 1
    return tuple(found)


def complement(spans: Iterable[Span], start: int = LOW, end: int = HIGH) -> Spans:
    """Give the instants of `[start, end)` that lie outside a set.

    Source:
        Interval algebra, section 4.6 of the design.
    """
    found: list[Span] = []
    at = start
    for left, right in _maximal(spans):
        if right <= start or left >= end:
            continue
        if left > at:
            found.append((at, left))
        at = max(at, right)
    if at < end:
        found.append((at, end))
    return tuple(found)


def difference(left: Iterable[Span], right: Iterable[Span]) -> Spans:
    """Give the instants that lie in the first set only.

    Source:
        Interval algebra, section 4.6 of the design.
    """
    return intersect(left, complement(right))


def at_least(count: int, sets: Sequence[Spans]) -> Spans:
    """Give the instants that lie in at least `count` of the sets.

    Source:
        Interval algebra, section 4.6 of the design.
    """
    if count <= 0:
        return EVERYWHERE
    steps: list[tuple[int, int]] = []
    for spans in sets:
        for start, end in union(spans):
            steps.extend(((start, 1), (end, -1)))
    found: list[Span] = []
    depth, opened = 0, None
    for instant, step in sorted(steps):
        depth += step
        if depth >= count and opened is None:
            opened = instant
        elif depth < count and opened is not None:
            found.append((opened, instant))
            opened = None
    return union(found)


def covers(spans: Iterable[Span], start: int, end: int) -> bool:
    """Say whether every instant of `[start, end)` lies in the set."""
    return end <= start or not intersect(complement(spans), [(start, end)])


def span_at(spans: Iterable[Span], instant: int) -> Span | None:
    """Give the interval that holds an instant, if any."""
    return next((s for s in spans if s[0] <= instant < s[1]), None)
