"""The first time that something happens or holds, for each of many instances.

Everything is matched by sorting and searching: no loop over instances or events.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.axis import SHIFT, flat, instants_of, repeated, rows_of
from vigens.engine.intervals import HIGH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.engine.axis import Ints
    from vigens.engine.batched import Runs
    from vigens.engine.moves import Moves
    from vigens.engine.tables import Table


@dataclass(frozen=True, slots=True, eq=False)
class First:
    """When something came first, for each instance.

    Attributes:
        earliest: (n,) int64, the earliest instant at which it may have; `HIGH` for none.
        latest: (n,) int64, the instant by which it surely has; `HIGH` where not sure.
            The same array where both are equal.
    """

    earliest: Ints
    latest: Ints

    @property
    def is_exact(self) -> bool:
        """Say whether every instant is known."""
        return self.earliest is self.latest


def never(size: int) -> First:
    """Say of each instance that it does not come.

    Source:
        Design, section 4.6.
    """
    none = repeated(HIGH, size)
    return First(none, none)


def settled(first: First) -> First:
    """Say once what is known exactly.

    Source:
        Design, section 4.6: where both coincide the work is done once.
    """
    if first.is_exact or not np.array_equal(first.earliest, first.latest):
        return first
    return First(first.earliest, first.earliest)


def earliest_of(parts: Sequence[First], size: int) -> First:
    """Give the first of several things, for each instance.

    Source:
        Interval arithmetic.
    """
    if not parts:
        return never(size)
    found = parts[0]
    for part in parts[1:]:
        earliest = np.minimum(found.earliest, part.earliest)
        is_exact = found.is_exact and part.is_exact
        latest = earliest if is_exact else np.minimum(found.latest, part.latest)
        found = First(earliest, latest)
    return found


def in_time(moves: Moves) -> Moves:
    """Sort the moves of each row by time.

    Source:
        Design, section 4.6.
    """
    places = flat(moves.rows, moves.first)
    if (places[1:] >= places[:-1]).all():
        return moves
    return moves.take(np.argsort(places, kind="stable"))


def first_moves(moves: Moves, rows: Ints, low: Ints, high: Ints) -> First:
    """Give the first move at or after an instant that is itself not known exactly.

    Args:
        moves: Each row in the order of time.
        rows: (n,) int64, the row that belongs to each instance.
        low: (n,) int64, the earliest that the instant may be, UTC seconds.
        high: (n,) int64, the latest; the same array where it is exact.

    Source:
        Design, section 4.3: a range is never guessed to a day.
    """
    if not len(moves):
        return never(len(rows))
    is_sure = bool(moves.sure.all())
    if moves.is_exact and is_sure and low is high and _are_single(moves):
        found = np.append(HIGH, moves.first).take(rows)
        found = np.where(found >= low, found, HIGH)
        return First(found, found)
    opens = flat(moves.rows, moves.first)
    wanted = flat(rows, low)
    if moves.is_exact:
        earliest = _next(opens, opens, wanted)
    else:
        closes = flat(moves.rows, moves.last)
        order = np.argsort(closes, kind="stable")
        found = _next(closes.take(order), opens.take(order), wanted)
        earliest = np.maximum(found, low)
    if moves.is_exact and is_sure and low is high:
        return First(earliest, earliest)
    sure = moves if is_sure else moves.take(np.flatnonzero(moves.sure))
    opens = flat(sure.rows, sure.first)
    closes = opens if sure.is_exact else flat(sure.rows, sure.last)
    return First(earliest, _next(opens, closes, flat(rows, high)))


def first_holding(table: Table, rows: Ints, low: Ints, high: Ints) -> First:
    """Give the first instant at or after another at which a condition holds.

    Args:
        table: The condition.
        rows: (n,) int64, the row that belongs to each instance.
        low: (n,) int64, the earliest that the instant may be, UTC seconds.
        high: (n,) int64, the latest; the same array where it is exact.

    Source:
        Design, section 4.3.
    """
    earliest = next_in(table.possibly, rows, low)
    if table.is_known and low is high:
        return First(earliest, earliest)
    return First(earliest, next_in(table.surely, rows, high))


def next_in(runs: Runs, rows: Ints, instants: Ints) -> Ints:
    """Give the first instant of a set at or after others; `HIGH` for none.

    Args:
        runs: Any set.
        rows: (n,) int64, the row of each instant.
        instants: (n,) int64, UTC seconds.

    Source:
        Interval algebra, design section 4.6.
    """
    if not len(runs):
        return np.full(len(rows), HIGH)
    wanted = flat(rows, instants)
    at = np.searchsorted(runs.ends, wanted, side="right")
    inside = np.minimum(at, len(runs) - 1)
    starts = runs.starts.take(inside)
    is_there = (at < len(runs)) & (rows_of(starts) == rows)
    found = np.where(is_there, instants_of(np.maximum(starts, wanted)), HIGH)
    return np.minimum(found, HIGH)


def _are_single(moves: Moves) -> bool:
    """Say whether each key but the first has one move, and the first has none."""
    rows = moves.rows
    return bool(
        len(rows) + 1 == len(moves.keys)
        and rows[0] == 1
        and (rows[1:] > rows[:-1]).all()
    )


def _next(by: Ints, what: Ints, wanted: Ints) -> Ints:
    """Give the least of one column among the rest of each row of another.

    Args:
        by: (n,) int64 flat instants, increasing.
        what: (n,) int64 flat instants in the same rows.
        wanted: (m,) int64 flat instants; the rest of a row begins there.
    """
    if not len(by):
        return np.full(len(wanted), HIGH)
    least = what if what is by else np.minimum.accumulate(what[::-1])[::-1]
    at = np.searchsorted(by, wanted, side="left")
    found = least.take(np.minimum(at, len(by) - 1))
    is_there = (at < len(by)) & (found >> SHIFT == wanted >> SHIFT)
    return np.where(is_there, instants_of(found), HIGH)


def first_ever(moves: Moves, rows: Ints) -> First:
    """Give the first move of each row, whenever it was.

    Args:
        moves: Any.
        rows: (n,) int64, the row that belongs to each instance.

    Source:
        Design, section 4.3.
    """
    size = len(moves.keys)
    earliest, latest = np.full(size, HIGH), np.full(size, HIGH)
    np.minimum.at(earliest, moves.rows, moves.first)
    np.minimum.at(latest, moves.rows[moves.sure], moves.last[moves.sure])
    return First(earliest.take(rows), latest.take(rows))


def latest_before(by: Ints, what: Ints, wanted: Ints) -> Ints:
    """Give the greatest of one column up to a place of another, in the same row.

    Args:
        by: (n,) int64 flat instants, increasing.
        what: (n,) int64 flat instants in the same rows.
        wanted: (m,) int64 flat instants; what lies at them counts.

    Returns:
        (m,) int64, UTC seconds; `HIGH` for none.

    Source:
        Design, section 4.3: running maxima.
    """
    if not len(by):
        return np.full(len(wanted), HIGH)
    best = np.maximum.accumulate(what)
    at = np.searchsorted(by, wanted, side="right") - 1
    found = best.take(np.maximum(at, 0))
    is_there = (at >= 0) & (found >> SHIFT == wanted >> SHIFT)
    return np.where(is_there, instants_of(found), HIGH)


def after(instants: Ints) -> Ints:
    """Give the next second; `HIGH` stays.

    Source:
        docs/language.md: a performance exactly at its deadline keeps it.
    """
    found: Ints = instants + 1
    return np.minimum(found, HIGH, out=found)


def only(instants: Ints, limits: Ints) -> Ints:
    """Keep instants that are no later than limits; `HIGH` for the others.

    Source:
        Interval arithmetic.
    """
    return np.where(instants <= limits, instants, HIGH)


def least(limits: Sequence[First]) -> First | None:
    """Give the earliest of several limits; `None` where there is none.

    Source:
        Interval arithmetic.
    """
    return earliest_of(limits, 0) if limits else None


def most(limits: Sequence[First]) -> First | None:
    """Give the latest of several limits; `None` where there is none.

    Source:
        Interval arithmetic.
    """
    if not limits:
        return None
    found = limits[0]
    for limit in limits[1:]:
        earliest = np.maximum(found.earliest, limit.earliest)
        is_exact = found.is_exact and limit.is_exact
        latest = earliest if is_exact else np.maximum(found.latest, limit.latest)
        found = First(earliest, latest)
    return found
