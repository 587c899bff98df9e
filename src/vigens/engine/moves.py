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
from vigens.engine.keys import Keyed, are_named, close, distinct, find, selection
from vigens.engine.sorting import stable_order
from vigens.engine.symbols import OTHER, Packing
from vigens.engine.tables import Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vigens.engine.axis import Flags, Ints
    from vigens.engine.keys import Keyed
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
    quiet: Ints | None = None,
) -> Moves:
    """Sort moves by their keys, and close the keys.

    Args:
        variables: What the keys are made of.
        packing: How.
        keys: (n,) int64, one for each move.
        timing: First, last, sure and origin, each (n,).
        quiet: Further keys that answer for themselves: nothing happens there, though a
            move of a wider key would fit them too.

    Source:
        Design, section 4.6.
    """
    first, last, sure, origin = timing
    is_exact = first is last
    if len(keys) and not (keys[1:] >= keys[:-1]).all():
        order = stable_order(keys)
        keys, first = keys.take(order), first.take(order)
        sure, origin = sure.take(order), origin.take(order)
        last = first if is_exact else last.take(order)
    is_new = np.append(True, keys[1:] != keys[:-1])[: len(keys)]
    named = keys if is_new.all() else keys[is_new]
    if quiet is not None:
        known = distinct(np.sort(np.concatenate((named, quiet, [0]))))
        rows = np.searchsorted(known, keys)
        own = Moves(variables, packing, known, rows, first, last, sure, origin)
        return settle(own, close(packing, known))
    if len(named) and named[0] != 0 and are_named(packing, named):
        closed, rows = np.append(0, named), np.cumsum(is_new)
    else:
        closed = close(packing, named)
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
    return gathered(moves, keys, rows)


def gathered(moves: Moves, keys: Ints, rows: Ints) -> Moves:
    """Give each of some keys the moves of a row.

    Source:
        Design, section 4.6.
    """
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
    found = gathered(moves, keys, rows)
    return replace(found, variables=variables, packing=packing)


def has_unnamed(moves: Moves) -> bool:
    """Say whether some move stands for values that its key does not name.

    Source:
        Design, section 4.6.
    """
    return any(
        bool((moves.column(at) == OTHER).any()) for at in range(len(moves.variables))
    )


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
    moves = particular(moves, table)
    keys = np.zeros(len(moves), dtype=np.int64)
    for at, variable in enumerate(table.variables):
        column = moves.column(moves.variables.index(variable))
        keys |= column << table.packing.shifts[at]
    return moves, table.find(keys)


def particular(moves: Moves, keyed: Keyed) -> Moves:
    """Give moves of unnamed values a key of their own for each value of something else.

    Args:
        moves: Any.
        keyed: A table or other moves; variables that the moves do not have are not read.

    Source:
        Design, section 4.6.
    """
    shared = [v for v in keyed.variables if v in moves.variables]
    if not len(moves) or len(keyed.keys) == 1:
        return moves
    is_named = np.ones(len(moves), dtype=bool)
    for variable in shared:
        is_named &= moves.column(moves.variables.index(variable)) != OTHER
    if is_named.all():
        return moves
    lifted = np.zeros(len(keyed.keys), dtype=np.int64)
    for variable in shared:
        shift = moves.packing.shifts[moves.variables.index(variable)]
        column = keyed.packing.unpack(keyed.keys, keyed.variables.index(variable))
        lifted |= column << shift
    return settle(moves, close(moves.packing, np.append(moves.keys, lifted)))


def _widened(
    moves: Moves, table: Table, free: Sequence[Variable], symbols: Symbols
) -> Moves:
    """Add variables to moves, with every choice of values that a table has rows for."""
    columns = [table.column(table.variables.index(variable)) for variable in free]
    narrow = Packing(symbols, free)
    known = distinct(np.append(narrow.pack(columns, len(table.keys)), 0))
    choices = np.stack([narrow.unpack(known, at) for at in range(len(free))], axis=1)
    variables = (*moves.variables, *free)
    packing = Packing(symbols, variables)
    n_choices, n_moves = len(choices), len(moves)
    keys = np.zeros(n_moves * n_choices, dtype=np.int64)
    for at in range(len(moves.variables)):
        keys |= np.repeat(moves.column(at), n_choices) << packing.shifts[at]
    for index in range(len(free)):
        shift = packing.shifts[len(moves.variables) + index]
        keys |= np.tile(choices[:, index], n_moves) << shift
    at_move = np.repeat(np.arange(n_moves, dtype=np.int64), n_choices)
    wide = moves.take(at_move)
    timing = (wide.first, wide.last, wide.sure, wide.origin)
    quiet = None
    if has_unnamed(moves):
        quiet = np.zeros(len(moves.keys) * n_choices, dtype=np.int64)
        for at in range(len(moves.variables)):
            column = moves.packing.unpack(moves.keys, at)
            quiet |= np.repeat(column, n_choices) << packing.shifts[at]
        for index in range(len(free)):
            shift = packing.shifts[len(moves.variables) + index]
            quiet |= np.tile(choices[:, index], len(moves.keys)) << shift
    return keyed_moves(variables, packing, keys, timing, quiet)


def rename_moves(moves: Moves, names: Mapping[Variable, Variable]) -> Moves:
    """Call the variables of moves otherwise.

    Source:
        Relational algebra, rename.
    """
    return replace(moves, variables=tuple(names.get(v, v) for v in moves.variables))
