"""A few rows of long columns written anew; the rest is copied as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from vigens.engine.axis import SHIFT, moved, rows_of
from vigens.engine.batched import Runs, gather
from vigens.engine.tables import Table, of_runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vigens.engine.axis import Ints


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """A part of a column that gives way to another part.

    Attributes:
        start: Place of its first number.
        end: Place after its last; the same for an empty part.
        low: Place of the first number that comes in, in a column of its own.
        high: Place after the last one.
    """

    start: int
    end: int
    low: int
    high: int


def cut_in(
    column: NDArray[Any], cuts: Sequence[Cut], other: NDArray[Any]
) -> NDArray[Any]:
    """Put parts of another column in place of parts of one.

    Args:
        column: As it was.
        cuts: In order of place; few, for each is a step of its own.
        other: What comes in.

    Source:
        Design, section 4.6: late entries re-evaluate what they touch.
    """
    pieces, done = [], 0
    for cut in cuts:
        pieces += [column[done : cut.start], other[cut.low : cut.high]]
        done = cut.end
    return np.concatenate((*pieces, column[done:]))


def splice_runs(runs: Runs, rows: Ints, fresh: Runs) -> Runs:
    """Give a few rows other runs.

    Args:
        runs: Of all rows.
        rows: (k,) int64, increasing: the rows that change.
        fresh: What holds there now; row `i` of it is for `rows[i]`.

    Returns:
        The very same runs where nothing changes.

    Source:
        Design, section 4.6: late entries re-evaluate what they touch.
    """
    own = rows_of(fresh.starts)
    starts = moved(fresh.starts, rows.take(own))
    ends = moved(fresh.ends, rows.take(own))
    base = rows << SHIFT
    places = np.arange(len(rows), dtype=np.int64)
    bounds = (
        np.searchsorted(runs.starts, base),
        np.searchsorted(runs.starts, base + (1 << SHIFT)),
        np.searchsorted(own, places),
        np.searchsorted(own, places, side="right"),
    )
    cuts = [Cut(*each) for each in zip(*(b.tolist() for b in bounds), strict=True)]
    cuts = [
        cut
        for cut in cuts
        if not (
            np.array_equal(runs.starts[cut.start : cut.end], starts[cut.low : cut.high])
            and np.array_equal(runs.ends[cut.start : cut.end], ends[cut.low : cut.high])
        )
    ]
    if not cuts:
        return runs
    return Runs(cut_in(runs.starts, cuts, starts), cut_in(runs.ends, cuts, ends))


def splice_table(known: Table, fresh: Table, keys: Ints) -> Table:
    """Give a few rows of a table what another table says of them.

    Args:
        known: As it was; each of the keys has a row of its own in it.
        fresh: Over the same variables; it fits each of the keys.
        keys: (k,) int64, increasing.

    Returns:
        The very same table where nothing changes.

    Source:
        Design, section 4.6: late entries re-evaluate what they touch.
    """
    rows, own = known.find(keys), fresh.find(keys)
    possibly = splice_runs(known.possibly, rows, gather(fresh.possibly, own))
    if known.is_known and fresh.is_known:
        if possibly is known.possibly:
            return known
        return Table(known.variables, known.packing, known.keys, possibly, possibly)
    surely = splice_runs(known.surely, rows, gather(fresh.surely, own))
    if possibly is known.possibly and surely is known.surely:
        return known
    return of_runs(known.variables, known.packing, known.keys, (surely, possibly))


def rows_alone(table: Table, keys: Ints) -> Table:
    """Give a table that has rows for some keys only, and one for all others.

    Args:
        table: With rows for the keys.
        keys: (k,) int64, increasing, none of them 0.

    Source:
        Relational algebra, selection.
    """
    own = np.append(0, table.find(keys))
    surely = gather(table.surely, own)
    possibly = surely if table.is_known else gather(table.possibly, own)
    named = np.append(0, keys)
    return Table(table.variables, table.packing, named, surely, possibly)
