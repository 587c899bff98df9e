"""A condition for every choice of values at once: one row for each, with its bounds.

A row's key holds the codes of the table's variables. A code of 0 stands for *any value
that has no row of its own*: the row of zeros answers for everybody whom nobody has
named, and the row (FR, 0) for whatever else is said of FR. The rows of a table are
closed: for each choice of values exactly one row fits best.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.batched import (
    EMPTY,
    Runs,
    complement,
    everywhere,
    gather,
    intersect,
    same,
    spans_of,
    union,
)
from vigens.engine.bounds import Bounds
from vigens.engine.keys import close, find, find_one, lift
from vigens.engine.symbols import Packing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from vigens.engine.axis import Ints
    from vigens.engine.symbols import Symbols
    from vigens.rules import Variable


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Where a condition surely and where it possibly holds, for each row of values.

    Attributes:
        variables: What the keys are made of, in order.
        packing: How.
        keys: (n,) int64, increasing; the first is 0.
        surely: Runs whose rows are places in `keys`.
        possibly: Likewise; the same object where everything is known.
    """

    variables: tuple[Variable, ...]
    packing: Packing
    keys: Ints
    surely: Runs
    possibly: Runs

    @property
    def is_known(self) -> bool:
        """Say whether nothing is open anywhere."""
        return self.surely is self.possibly

    def column(self, at: int) -> Ints:
        """Give the codes of one variable, for each row."""
        return self.packing.unpack(self.keys, at)

    def find(self, keys: Ints) -> Ints:
        """Give the row that fits each key best."""
        return find(self.packing, self.keys, keys)

    def row_of(self, symbols: Symbols, values: Sequence[str]) -> int:
        """Give the row that fits some values best."""
        key = 0
        for variable, shift, value in zip(
            self.variables, self.packing.shifts, values, strict=True
        ):
            key |= symbols.code(variable.sort, value) << shift
        return find_one(self.packing, self.keys, key)

    def bounds_at(self, row: int) -> Bounds:
        """Give the bounds of one row."""
        surely = spans_of(self.surely, row)
        return Bounds(surely, surely if self.is_known else spans_of(self.possibly, row))


def constant(symbols: Symbols, surely: Runs, possibly: Runs) -> Table:
    """Make a table without variables: one row.

    Source:
        Design, section 4.3.
    """
    key = np.zeros(1, dtype=np.int64)
    if surely is not possibly and same(surely, possibly):
        possibly = surely
    return Table((), Packing(symbols, ()), key, surely, possibly)


def align(
    symbols: Symbols, tables: Sequence[Table]
) -> tuple[tuple[Variable, ...], Packing, Ints, list[Ints]]:
    """Find the rows that several tables have together.

    Returns:
        Variables, packing, keys, and for each table the row that belongs to each key.

    Source:
        Relational algebra, natural join.
    """
    variables = tuple(dict.fromkeys(v for table in tables for v in table.variables))
    first = tables[0]
    packing = (
        first.packing if first.variables == variables else Packing(symbols, variables)
    )
    places = [[variables.index(v) for v in table.variables] for table in tables]
    raised = []
    for table, own in zip(tables, places, strict=True):
        is_laid_so = table.packing is packing and table.variables == variables
        if len(table.keys) == 1 or is_laid_so:
            raised.append(table.keys if is_laid_so else table.keys[:1])
            continue
        keys = np.zeros(len(table.keys), dtype=np.int64)
        for at, place in enumerate(own):
            keys |= table.column(at) << packing.shifts[place]
        raised.append(keys)
    distinct = {id(keys): keys for keys in raised if len(keys) > 1}
    if len(distinct) < 2:
        keys = next(iter(distinct.values()), raised[0])
        if len(keys) > 1 and not (keys[1:] > keys[:-1]).all():
            keys = close(packing, keys)
    else:
        keys = close(packing, np.concatenate(list(distinct.values())))
    rows = [
        _identity(len(keys))
        if _is_of(table, variables, keys)
        else table.find(lift(table, packing, own, keys))
        for table, own in zip(tables, places, strict=True)
    ]
    return variables, packing, keys, rows


def _is_of(table: Table, variables: tuple[Variable, ...], keys: Ints) -> bool:
    """Say whether a table has just these rows, its variables in this order."""
    return table.keys is keys and table.variables == variables


def _identity(n_rows: int) -> Ints:
    return np.arange(n_rows, dtype=np.int64)


def negation(table: Table) -> Table:
    """Bounds of a negation.

    Source:
        Design, section 4.3: negation swaps and complements.
    """
    n_rows = len(table.keys)
    surely = complement(table.possibly, n_rows)
    possibly = surely if table.is_known else complement(table.surely, n_rows)
    return Table(table.variables, table.packing, table.keys, surely, possibly)


def all_of(symbols: Symbols, tables: Sequence[Table]) -> Table:
    """Bounds of a conjunction.

    Source:
        Design, section 4.3: sound, and exact where each unknown occurs once.
    """
    if not tables:
        whole = everywhere(1)
        return constant(symbols, whole, whole)
    if len(tables) == 1:
        return tables[0]
    variables, packing, keys, rows = align(symbols, tables)
    order = sorted(
        range(len(tables)),
        key=lambda at: (-len(tables[at].keys), len(tables[at].possibly)),
    )

    def joined(pick: Callable[[Table], Runs]) -> Runs:
        first = order[0]
        found = pick(tables[first])
        if not _is_of(tables[first], variables, keys):
            found = gather(found, rows[first])
        for at in order[1:]:
            found = intersect(found, pick(tables[at]), rows[at])
        return found

    surely = joined(lambda table: table.surely)
    if all(table.is_known for table in tables):
        return Table(variables, packing, keys, surely, surely)
    possibly = joined(lambda table: table.possibly)
    return of_runs(variables, packing, keys, (surely, possibly))


def any_of(symbols: Symbols, tables: Sequence[Table]) -> Table:
    """Bounds of a disjunction.

    Source:
        Design, section 4.3.
    """
    if not tables:
        return constant(symbols, EMPTY, EMPTY)
    if len(tables) == 1:
        return tables[0]
    variables, packing, keys, rows = align(symbols, tables)

    def joined(pick: Callable[[Table], Runs]) -> Runs:
        return union(
            *(
                pick(table)
                if _is_of(table, variables, keys)
                else gather(pick(table), own)
                for table, own in zip(tables, rows, strict=True)
            )
        )

    surely = joined(lambda table: table.surely)
    if all(table.is_known for table in tables):
        return Table(variables, packing, keys, surely, surely)
    possibly = joined(lambda table: table.possibly)
    return of_runs(variables, packing, keys, (surely, possibly))


def hull(symbols: Symbols, tables: Sequence[Table]) -> Table:
    """Bounds that hold whichever of the tables is the case.

    Source:
        Design, section 3.1, point 11 (variants).
    """
    inner, outer = all_of(symbols, tables), any_of(symbols, tables)
    if not (
        inner.variables == outer.variables and np.array_equal(inner.keys, outer.keys)
    ):
        inner = spread(inner, symbols, outer)
    return of_runs(
        outer.variables, outer.packing, outer.keys, (inner.surely, outer.possibly)
    )


def spread(table: Table, symbols: Symbols, like: Table) -> Table:
    """Give a table the rows of another, whose variables include its own.

    Source:
        Relational algebra, natural join.
    """
    del symbols
    own = [like.variables.index(variable) for variable in table.variables]
    if _is_of(table, like.variables, like.keys):
        surely, possibly = table.surely, table.possibly
    else:
        rows = table.find(lift(table, like.packing, own, like.keys))
        surely = gather(table.surely, rows)
        possibly = surely if table.is_known else gather(table.possibly, rows)
    return Table(like.variables, like.packing, like.keys, surely, possibly)


def of_runs(
    variables: tuple[Variable, ...],
    packing: Packing,
    keys: Ints,
    bounds: tuple[Runs, Runs],
) -> Table:
    """Make a table from where it surely and where it possibly holds.

    Source:
        Design, section 4.6: where both coincide the work is done once.
    """
    surely, possibly = bounds
    if same(surely, possibly):
        possibly = surely
    return Table(variables, packing, keys, surely, possibly)


def renamed(table: Table, names: Mapping[int, Variable]) -> Table:
    """Call the variables of a table otherwise.

    Args:
        table: Any.
        names: Place of a variable to what it is called now.

    Source:
        Relational algebra, rename.
    """
    variables = tuple(
        names.get(at, variable) for at, variable in enumerate(table.variables)
    )
    return Table(variables, table.packing, table.keys, table.surely, table.possibly)
