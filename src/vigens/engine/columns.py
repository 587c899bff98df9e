"""Intervals of a state as columns: one for each argument, starts and ends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from vigens.engine.axis import instants_of, rows_of
from vigens.engine.keys import are_named
from vigens.engine.splicing import Cut, cut_in
from vigens.engine.symbols import OTHER
from vigens.model import Coded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from vigens.engine.axis import Ints
    from vigens.engine.symbols import Packing, Symbols
    from vigens.engine.tables import Table


@dataclass(frozen=True, slots=True)
class IntervalColumns:
    """Maximal intervals of a state, for all values at once.

    Attributes:
        names: Its arguments.
        values: One column for each argument.
        starts: (n,) int64, UTC seconds; the outermost instant where it held ever since.
        ends: (n,) int64, UTC seconds, excluded.
    """

    names: tuple[str, ...]
    values: tuple[Coded, ...]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Give each interval as its arguments, start and end."""
        columns = [spell(column) for column in self.values]
        starts, ends = spell_numbers(self.starts), spell_numbers(self.ends)
        return zip(*columns, starts, ends, strict=True)


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a table its columns show.

    Attributes:
        is_surely: Where it surely holds, or else where it possibly does.
        until: Cut everything at this instant, UTC seconds.
    """

    is_surely: bool = True
    until: int | None = None


def spell(column: Coded, words: Sequence[object] | None = None) -> list[Any]:
    """Give a column as a list; each value is one object, however often it stands there.

    Args:
        column: As codes.
        words: What to give in place of its words.

    Source:
        Design, section 4.6.
    """
    known = np.empty(len(column.words), dtype=object)
    known[:] = column.words if words is None else words
    found: list[Any] = known.take(column.codes).tolist()
    return found


def spell_numbers(numbers: NDArray[np.int64]) -> list[int]:
    """Give whole numbers as a list; where they lie close together, each is one object.

    Source:
        Design, section 4.6.
    """
    if not len(numbers):
        return []
    low, high = int(numbers.min()), int(numbers.max())
    found: list[int] = (
        np.arange(low, high + 1).astype(object).take(numbers - low).tolist()
        if high - low < len(numbers)
        else numbers.tolist()
    )
    return found


def columns_of(symbols: Symbols, table: Table, shown: Shown) -> IntervalColumns:
    """Give the rows of a table that name every value as columns.

    Args:
        symbols: Of the codes.
        table: Any.
        shown: What of it.

    Source:
        Design, section 4.6.
    """
    runs = table.surely if shown.is_surely else table.possibly
    rows = rows_of(runs.starts)
    starts, ends = instants_of(runs.starts), instants_of(runs.ends)
    codes = [table.column(at) for at in range(len(table.variables))]
    is_named = np.ones(len(table.keys), dtype=bool)
    if not are_named(table.packing, table.keys[1:]):
        for column in codes:
            is_named &= column != OTHER
    elif codes:
        is_named[0] = False
    keep = None
    if not is_named.all() and not is_named.take(rows).all():
        keep = is_named.take(rows)
    if shown.until is not None:
        np.minimum(ends, shown.until, out=ends)
        is_there = starts < ends
        keep = is_there if keep is None else keep & is_there
    if keep is not None and not keep.all():
        places = np.flatnonzero(keep)
        rows, starts, ends = rows.take(places), starts.take(places), ends.take(places)
    values = tuple(
        Coded(column.take(rows), symbols.words(variable.sort))
        for column, variable in zip(codes, table.variables, strict=True)
    )
    names = tuple(variable.name for variable in table.variables)
    return IntervalColumns(names, values, starts, ends)


def splice_columns(
    known: IntervalColumns, fresh: IntervalColumns, packing: Packing, keys: Ints
) -> IntervalColumns:
    """Give a few values other intervals.

    Args:
        known: Of all values, in order of their codes.
        fresh: Of some values alone, likewise.
        packing: How codes make the keys.
        keys: (k,) int64, increasing: the values that change.

    Source:
        Design, section 4.6: late entries re-evaluate what they touch.
    """
    cuts = []
    for key in keys.tolist():
        codes = [
            key >> shift & ((1 << bits) - 1)
            for bits, shift in zip(packing.bits, packing.shifts, strict=True)
        ]
        cuts.append(Cut(*_place(known.values, codes), *_place(fresh.values, codes)))
    return replace(
        known,
        values=tuple(
            Coded(cut_in(old.codes, cuts, new.codes), old.words)
            for old, new in zip(known.values, fresh.values, strict=True)
        ),
        starts=cut_in(known.starts, cuts, fresh.starts),
        ends=cut_in(known.ends, cuts, fresh.ends),
    )


def _place(values: Sequence[Coded], codes: Sequence[int]) -> tuple[int, int]:
    """Find where some values stand, column by column."""
    low, high = 0, len(values[0].codes)
    for column, code in zip(values, codes, strict=True):
        part = column.codes[low:high]
        start = low
        low = start + int(np.searchsorted(part, code, side="left"))
        high = start + int(np.searchsorted(part, code, side="right"))
    return low, high
