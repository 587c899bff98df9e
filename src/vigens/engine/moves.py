"""Changes in time for many rows: when something happens at the earliest and latest.

`Moves` are to occurrences what a `Table` is to states: keys of values, closed in the same
way, and for each key any number of moves. A key that names no value for a variable
answers for every value without a key of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.axis import flat
from vigens.engine.batched import covers, holds_at, meets, ranges
from vigens.engine.symbols import OTHER, Packing
from vigens.engine.tables import Table, close, distinct, find, selection

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vigens.engine.axis import Flags, Ints
    from vigens.engine.symbols import Symbols
    from vigens.rules import Term, Variable


@dataclass(frozen=True, slots=True, eq=False)
class Moves:
    """Changes for many rows of values.

    Attributes:
        variables: What the keys are made of, in order.
        packing: How.
        keys: (k,) int64, increasing and closed; the first is 0.
        rows: (n,) int64, increasing: the key of each move.
        first: (n,) int64, earliest instant, UTC seconds.
        last: (n,) int64, latest instant, included; the same array where all are exact.
        sure: (n,) bool, whether it happens in every completion. An unsure move stands
            for any number of changes in its range.
        origin: (n,) int64, place in the log of the event that brings it; -1 for none.
    """

    variables: tuple[Variable, ...]
    packing: Packing
    keys: Ints
    rows: Ints
    first: Ints
    last: Ints
    sure: Flags
    origin: Ints

    def __len__(self) -> int:
        """Count the moves."""
        return len(self.rows)

    @property
    def is_exact(self) -> bool:
        """Say whether every instant is known."""
        return self.first is self.last

    def take(self, at: Ints) -> Moves:
        """Keep some moves, in order."""
        first = self.first.take(at)
        last = first if self.is_exact else self.last.take(at)
        return replace(
            self,
            rows=self.rows.take(at),
            first=first,
            last=last,
            sure=self.sure.take(at),
            origin=self.origin.take(at),
        )

    def doubted(self, still_sure: Flags) -> Moves:
        """Let moves be sure only where a flag says so as well."""
        if still_sure.all():
            return self
        return replace(self, sure=self.sure & still_sure)

    def column(self, at: int) -> Ints:
        """Give the codes of one variable, for each move."""
        return self.packing.unpack(self.keys.take(self.rows), at)


def make_moves(
    symbols: Symbols,
    variables: tuple[Variable, ...],
    columns: Sequence[Ints],
    timing: tuple[Ints, Ints, Flags, Ints],
) -> Moves:
    """Sort moves by their values.

    Args:
        symbols: Of the codes.
        variables: One for each column.
        columns: (n,) int64 codes each.
        timing: First, last, sure and origin, each (n,).

    Source:
        Design, section 4.6.
    """
    packing = Packing(symbols, variables)
    first = timing[0]
    keys = packing.pack(columns, len(first))
    return keyed_moves(variables, packing, keys, timing)


def keyed_moves(
    variables: tuple[Variable, ...],
    packing: Packing,
    keys: Ints,
    timing: tuple[Ints, Ints, Flags, Ints],
    also: Ints | None = None,
) -> Moves:
    """Sort moves by their keys, and close the keys.

    Args:
        variables: What the keys are made of.
        packing: How.
        keys: (n,) int64, the key of each move.
        timing: First, last, sure and origin, each (n,).
        also: Keys at which nothing may move: they keep others from answering for them.

    Source:
        Design, section 4.6.
    """
    first, last, sure, origin = timing
    is_exact = first is last
    if len(keys) and not (keys[1:] >= keys[:-1]).all():
        order = np.argsort(keys, kind="stable")
        keys, first = keys.take(order), first.take(order)
        sure, origin = sure.take(order), origin.take(order)
        last = first if is_exact else last.take(order)
    named = keys[np.append(True, keys[1:] != keys[:-1])] if len(keys) else keys
    closed = close(packing, named if also is None else np.append(named, also))
    rows = np.searchsorted(closed, keys)
    return Moves(variables, packing, closed, rows, first, last, sure, origin)


def no_moves(symbols: Symbols, variables: tuple[Variable, ...]) -> Moves:
    """Make moves where nothing happens.

    Source:
        Design, section 4.6.
    """
    none = np.zeros(0, dtype=np.int64)
    timing = (none, none, none.astype(bool), none)
    return make_moves(symbols, variables, [none for _ in variables], timing)


def join_moves(symbols: Symbols, groups: Sequence[Moves]) -> Moves:
    """Put moves of the same variables together.

    Source:
        Design, section 4.6.
    """
    variables, packing = groups[0].variables, groups[0].packing
    full = [group for group in groups if len(group)]
    if len(full) == 1:
        return full[0]
    if not full:
        return no_moves(symbols, variables)
    keys = close(packing, np.concatenate([group.keys for group in full]))
    parts = [settle(group, keys) for group in full]
    rows = np.concatenate([part.rows for part in parts])
    order = np.argsort(rows, kind="stable")
    first = np.concatenate([part.first for part in parts]).take(order)
    is_exact = all(part.is_exact for part in parts)
    last = (
        first if is_exact else np.concatenate([part.last for part in parts]).take(order)
    )
    return Moves(
        variables,
        packing,
        keys,
        rows.take(order),
        first,
        last,
        np.concatenate([part.sure for part in parts]).take(order),
        np.concatenate([part.origin for part in parts]).take(order),
    )


def settle(moves: Moves, keys: Ints) -> Moves:
    """Give each of more keys the moves of the key that fits it best.

    Args:
        moves: Whose keys are among the others.
        keys: Increasing and closed.

    Source:
        Design, section 4.6.
    """
    if moves.keys is keys or len(moves.keys) == len(keys):
        return replace(moves, keys=keys)
    rows = find(moves.packing, moves.keys, keys)
    return _gathered(moves, keys, rows)


def _gathered(moves: Moves, keys: Ints, rows: Ints) -> Moves:
    low = np.searchsorted(moves.rows, rows, side="left")
    counts = np.searchsorted(moves.rows, rows, side="right") - low
    found = moves.take(ranges(low, counts))
    own = np.repeat(np.arange(len(rows), dtype=np.int64), counts)
    return replace(found, keys=keys, rows=own)


def select_moves(symbols: Symbols, moves: Moves, terms: Sequence[Term]) -> Moves:
    """Match moves against a pattern: values select, variables give their names.

    Args:
        symbols: Of the codes.
        moves: With as many variables as there are terms.
        terms: The same variable twice stands for the same value.

    Returns:
        Moves whose variables are those of the pattern, in order of writing.

    Source:
        Event calculus; design, section 3.
    """
    (variables, packing, keys), rows = selection(symbols, moves, terms)
    if keys is moves.keys:
        return replace(moves, variables=variables)
    found = _gathered(moves, keys, rows)
    return replace(found, variables=variables, packing=packing)


def project_moves(
    symbols: Symbols, moves: Moves, variables: tuple[Variable, ...]
) -> Moves:
    """Give moves other variables: those left out range over whatever there is.

    Args:
        symbols: Of the codes.
        moves: Any.
        variables: In the order wanted; one that the moves do not have is left unnamed,
            so that it stands for every value.

    Source:
        Relational algebra, projection.
    """
    if moves.variables == variables:
        return moves
    packing = Packing(symbols, variables)
    gone = [at for at, v in enumerate(moves.variables) if v not in variables]
    full = moves.keys.take(moves.rows)
    is_named = np.ones(len(full), dtype=bool)
    for at in range(len(moves.variables)):
        is_named &= moves.packing.unpack(full, at) != OTHER
    if gone and not is_named.all():
        moves = _explicit(moves, gone)
        full = moves.keys.take(moves.rows)

    def projected(wide: Ints) -> Ints:
        keys = np.zeros(len(wide), dtype=np.int64)
        for at, variable in enumerate(variables):
            if variable in moves.variables:
                own = moves.packing.unpack(wide, moves.variables.index(variable))
                keys |= own << packing.shifts[at]
        return keys

    timing = (moves.first, moves.last, moves.sure, moves.origin)
    also = None if is_named.all() else projected(moves.keys)
    return keyed_moves(variables, packing, projected(full), timing, also)


def _explicit(moves: Moves, gone: Sequence[int]) -> Moves:
    """Give every key the moves of whatever values the variables that go may have."""
    mask = 0
    for at in gone:
        mask |= ((1 << moves.packing.bits[at]) - 1) << moves.packing.shifts[at]
    kept = distinct(moves.keys & ~mask)
    dropped = distinct(moves.keys & mask)
    keys: Ints = np.sort(np.repeat(kept, len(dropped)) | np.tile(dropped, len(kept)))
    return _gathered(moves, keys, find(moves.packing, moves.keys, keys))


def filter_moves(moves: Moves, table: Table, symbols: Symbols) -> Moves:
    """Keep the moves before which a condition possibly held; sure where it surely did.

    A variable of the condition that the moves do not have is added to them: there is a
    move for each of its values that the condition knows, and one for all others.

    Args:
        moves: Any.
        table: The condition, read just before each move.
        symbols: Of the codes.

    Source:
        Event calculus; design, section 4.2: rules read the state just before.
    """
    moves, rows = fitted(moves, table, symbols)
    if not len(moves):
        return moves
    before = flat(rows, moves.first - 1)
    if moves.is_exact:
        possibly = holds_at(table.possibly, before)
        surely = possibly if table.is_known else holds_at(table.surely, before)
    else:
        until = np.maximum(flat(rows, moves.last), before + 1)
        possibly = meets(table.possibly, before, until)
        surely = covers(table.surely, before, until)
    kept = np.flatnonzero(possibly)
    if len(kept) == len(moves):
        return moves.doubted(surely)
    return moves.take(kept).doubted(surely.take(kept))


def fitted(moves: Moves, table: Table, symbols: Symbols) -> tuple[Moves, Ints]:
    """Give moves every variable of a table, and find the row that each one reads.

    Args:
        moves: Any.
        table: A variable of it that the moves do not have is added to them.
        symbols: Of the codes.

    Source:
        Relational algebra, natural join.
    """
    free = [v for v in table.variables if v not in moves.variables]
    if free:
        moves = _widened(moves, table, free, symbols)
    moves = _particular(moves, table)
    keys = np.zeros(len(moves), dtype=np.int64)
    for at, variable in enumerate(table.variables):
        column = moves.column(moves.variables.index(variable))
        keys |= column << table.packing.shifts[at]
    return moves, table.find(keys)


def _particular(moves: Moves, table: Table) -> Moves:
    """Give moves of unnamed values a key of their own for each value of a table."""
    if not len(moves) or len(table.keys) == 1:
        return moves
    is_named = np.ones(len(moves), dtype=bool)
    for variable in table.variables:
        is_named &= moves.column(moves.variables.index(variable)) != OTHER
    if is_named.all():
        return moves
    lifted = np.zeros(len(table.keys), dtype=np.int64)
    for at, variable in enumerate(table.variables):
        shift = moves.packing.shifts[moves.variables.index(variable)]
        lifted |= table.column(at) << shift
    return settle(moves, close(moves.packing, np.append(moves.keys, lifted)))


def _widened(
    moves: Moves, table: Table, free: Sequence[Variable], symbols: Symbols
) -> Moves:
    """Add variables to moves, with every choice of values that a table has rows for."""
    narrow = Packing(symbols, free)
    columns = [table.column(table.variables.index(variable)) for variable in free]
    choices = distinct(np.append(narrow.pack(columns, len(table.keys)), 0))
    variables = (*moves.variables, *free)
    packing = Packing(symbols, variables)

    def widened(keys: Ints) -> Ints:
        old = np.repeat(keys, len(choices))
        new = np.tile(choices, len(keys))
        columns = [moves.packing.unpack(old, at) for at in range(len(moves.variables))]
        columns += [narrow.unpack(new, at) for at in range(len(free))]
        return packing.pack(columns, len(old))

    full = moves.keys.take(moves.rows)
    wide = moves.take(np.repeat(np.arange(len(moves), dtype=np.int64), len(choices)))
    timing = (wide.first, wide.last, wide.sure, wide.origin)
    is_named = all(
        (moves.packing.unpack(full, at) != OTHER).all()
        for at in range(len(moves.variables))
    )
    also = None if is_named else widened(moves.keys)
    return keyed_moves(variables, packing, widened(full), timing, also)


def rename_moves(moves: Moves, names: Mapping[Variable, Variable]) -> Moves:
    """Call the variables of moves otherwise.

    Source:
        Relational algebra, rename.
    """
    return replace(moves, variables=tuple(names.get(v, v) for v in moves.variables))
