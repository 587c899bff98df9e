"""One flat axis of int64 for the timelines of many rows at once.

A *flat instant* holds a row in its upper bits and an instant in its lower ones, so that
sorting and comparing flat instants sorts and compares by row first. A timeline that is
open at an end reaches to `LOW` or `HIGH`. There is room for one more bit below, which
tells ends from starts while both are sorted together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vigens.base import VigensError
from vigens.engine.intervals import HIGH, LOW

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]

#: Bits of an instant; the years 2 to 9998 need 38.2 of them.
SHIFT = 39
#: Rows that one table can have.
MOST_ROWS = 1 << (63 - 1 - SHIFT)
_MASK = (1 << SHIFT) - 1
#: Two places are left below `LOW` for what lies before everything.
_ZERO = LOW - 2

#: Flat place of `LOW` and of `HIGH` within a row.
FIRST = LOW - _ZERO
LAST = HIGH - _ZERO


class TooManyRowsError(VigensError):
    """A state has more rows than one table holds."""

    def __init__(self, rows: int) -> None:
        """Say how many there are."""
        super().__init__(
            f"a state would have {rows} rows of values, {MOST_ROWS} fit",
            "the engine",
            "ask about fewer values at once, or give the state fewer arguments",
        )


def flat(rows: Ints, instants: Ints) -> Ints:
    """Join rows and instants.

    Args:
        rows: (n,) int64, from 0.
        instants: (n,) int64, UTC seconds; what lies outside the years 2 to 9998 is cut.

    Source:
        Design, section 4.6: sorted arrays of (key, start, end).
    """
    if is_repeated(instants):
        found = rows << SHIFT
        found += min(max(int(instants[0]), LOW - 1), HIGH) - _ZERO
        return found
    found = np.minimum(instants, HIGH)
    np.maximum(found, LOW - 1, out=found)
    found -= _ZERO
    found += rows << SHIFT
    return found


def flat_one(row: int, instant: int) -> int:
    """Join one row and one instant, as `flat` does many.

    Source:
        Design, section 4.6.
    """
    return (row << SHIFT) + min(max(instant, LOW - 1), HIGH) - _ZERO


def repeated(value: int, size: int) -> Ints:
    """Give one number many times, in the room of one; nobody may write into it.

    Source:
        Design, section 4.6.
    """
    return np.broadcast_to(np.int64(value), size)


def is_repeated(numbers: Ints) -> bool:
    """Say whether a column is one number in the room of one.

    Source:
        Design, section 4.6.
    """
    return len(numbers) > 1 and numbers.strides == (0,)


def taken(numbers: Ints, at: Ints) -> Ints:
    """Keep some numbers of a column; one that is repeated stays in the room of one.

    Source:
        Design, section 4.6.
    """
    if is_repeated(numbers) and len(at):
        return repeated(int(numbers[0]), len(at))
    return numbers.take(at)


def rows_of(flats: Ints) -> Ints:
    """Give the row of each flat instant.

    Source:
        Design, section 4.6.
    """
    return flats >> SHIFT


def instants_of(flats: Ints) -> Ints:
    """Give the instant of each flat instant, UTC seconds.

    Source:
        Design, section 4.6.
    """
    found: Ints = flats & _MASK
    found += _ZERO
    return found


def floors(n_rows: int) -> Ints:
    """Give the flat `LOW` of each row.

    Raises:
        TooManyRowsError: There is no room for so many rows.

    Source:
        Design, section 4.6.
    """
    if n_rows >= MOST_ROWS:
        raise TooManyRowsError(n_rows)
    return (np.arange(n_rows, dtype=np.int64) << SHIFT) + FIRST


def moved(flats: Ints, rows: Ints) -> Ints:
    """Give the same instants other rows.

    Source:
        Design, section 4.6.
    """
    found: Ints = flats & _MASK
    found |= rows << SHIFT
    return found
