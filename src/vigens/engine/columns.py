"""Intervals of a state as columns: one for each argument, starts and ends."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from vigens.engine.axis import instants_of, is_repeated, repeated, rows_of, taken
from vigens.engine.intervals import HIGH
from vigens.engine.keys import are_named
from vigens.engine.splicing import Cut, cut_in
from vigens.engine.symbols import OTHER
from vigens.model import Coded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from vigens.engine.axis import Ints
    from vigens.engine.symbols import Packing, Symbols
    from vigens.engine.tables import Table
    from vigens.rules import Variable

    Codes = NDArray[np.int32] | NDArray[np.int64]

#: Rows that are made into objects together.
_PART = 1 << 13


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
        spelled = [speller(column.words) for column in self.values]
        said = number_speller(self.starts, self.ends)
        return itertools.chain.from_iterable(
            zip(
                *(
                    say(column.codes[part])
                    for say, column in zip(spelled, self.values, strict=True)
                ),
                said(self.starts[part]),
                said(self.ends[part]),
                strict=True,
            )
            for part in parts_of_rows(len(self.starts))
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a table its columns show.

    Attributes:
        is_surely: Where it surely holds, or else where it possibly does.
        until: Cut everything at this instant, UTC seconds.
    """

    is_surely: bool = True
    until: int | None = None


def parts_of_rows(size: int) -> Iterator[slice]:
    """Part rows, so that what is made of a part stays near the processor.

    Args:
        size: How many rows.

    Source:
        Design, section 4.6.
    """
    return (slice(low, low + _PART) for low in range(0, size, _PART))


def speller(words: Sequence[object]) -> Callable[[Codes], list[Any]]:
    """Give what turns codes into words; each word is one object, however often it stands.

    Args:
        words: By code, or what to give in place of each.

    Source:
        Design, section 4.6.
    """
    known = np.empty(len(words), dtype=object)
    known[:] = words

    def spell(codes: Codes) -> list[Any]:
        found: list[Any] = known.take(codes).tolist()
        return found

    return spell


def number_speller(*columns: NDArray[np.int64]) -> Callable[[Codes], list[int]]:
    """Give what turns numbers of some columns into objects.

    Where they lie close together, each is one object, however often it stands there.

    Args:
        columns: With every number that will be asked for.

    Source:
        Design, section 4.6.
    """
    full = [column for column in columns if len(column)]
    size = sum(map(len, full))
    low = min((int(column.min()) for column in full), default=0)
    high = max((int(column.max()) for column in full), default=0)
    if high - low >= size:
        return lambda numbers: list(numbers.tolist())
    say = speller(range(low, high + 1))
    return lambda numbers: say(numbers - low)


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


def columns_of_spans(
    symbols: Symbols,
    variables: Sequence[Variable],
    codes: Sequence[NDArray[np.int32]],
    span: tuple[Ints, Ints],
    until: int | None,
) -> IntervalColumns:
    """Give spans as columns, one for each choice of values; empty ones are dropped.

    Args:
        symbols: Of the codes.
        variables: What the values are of.
        codes: (n,) int32, a column for each variable.
        span: (n,) int64 each, starts and ends, UTC seconds.
        until: Cut everything at this instant, UTC seconds.

    Source:
        Design, section 4.6.
    """
    starts, ends = span
    last = HIGH if until is None else min(until, HIGH)
    ends = (
        repeated(min(int(ends[0]), last), len(ends))
        if is_repeated(ends)
        else np.minimum(ends, last)
    )
    is_there = starts < ends
    if not is_there.all():
        at = np.flatnonzero(is_there)
        starts, ends = starts.take(at), taken(ends, at)
        codes = [column.take(at) for column in codes]
    values = tuple(
        Coded(column, symbols.words(variable.sort))
        for column, variable in zip(codes, variables, strict=True)
    )
    return IntervalColumns(tuple(v.name for v in variables), values, starts, ends)


def splice_columns(
    known: IntervalColumns, fresh: IntervalColumns, packing: Packing, keys: Ints
) -> IntervalColumns:
    """Give a few values other intervals.

    Args:
        known: Of all values, in order of their codes.
        fresh: Of some values alone, likewise.
        packing: How codes make the keys.
        keys: (k,) int64, increasing: the values that change.

    Returns:
        The very same columns where nothing changes.

    Source:
        Design, section 4.6: late entries re-evaluate what they touch.
    """
    cuts = []
    for key in keys.tolist():
        codes = [
            key >> shift & ((1 << bits) - 1)
            for bits, shift in zip(packing.bits, packing.shifts, strict=True)
        ]
        cut = Cut(*_place(known.values, codes), *_place(fresh.values, codes))
        if not _is_same(known, fresh, cut):
            cuts.append(cut)
    if not cuts:
        return known
    return replace(
        known,
        values=tuple(
            Coded(cut_in(old.codes, cuts, new.codes), old.words)
            for old, new in zip(known.values, fresh.values, strict=True)
        ),
        starts=cut_in(known.starts, cuts, fresh.starts),
        ends=cut_in(known.ends, cuts, fresh.ends),
    )


def _is_same(known: IntervalColumns, fresh: IntervalColumns, cut: Cut) -> bool:
    """Say whether a part has the intervals that it had."""
    return all(
        np.array_equal(old[cut.start : cut.end], new[cut.low : cut.high])
        for old, new in ((known.starts, fresh.starts), (known.ends, fresh.ends))
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
