"""A condition for every choice of values at once: one row for each, with its bounds.

A row's key holds the codes of the table's variables. A code of 0 stands for *any value
that has no row of its own*: the row of zeros answers for everybody whom nobody has
named, and the row (FR, 0) for whatever else is said of FR. The rows of a table are
closed: for each choice of values exactly one row fits best.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Protocol

import numpy as np

from vigens.engine.batched import (
    EMPTY,
    Runs,
    complement,
    everywhere,
    gather,
    intersect,
    ranges,
    same,
    union,
)
from vigens.engine.symbols import OTHER, Packing
from vigens.rules import Constant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from vigens.engine.axis import Flags, Ints
    from vigens.engine.symbols import Symbols
    from vigens.rules import Term, Variable


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


def find(packing: Packing, known: Ints, keys: Ints) -> Ints:
    """Find the key that fits each of some keys best.

    Args:
        packing: Of the keys.
        known: (n,) int64, increasing and closed, the first 0.
        keys: (m,) int64.

    Returns:
        (m,) int64, places in `known`.

    Source:
        Design, section 4.6.
    """
    if len(known) == 1:
        return np.zeros(len(keys), dtype=np.int64)
    rows, found = _exactly(known, keys)
    if found.all():
        return rows
    n_patterns = 1 << len(packing.bits)
    few = len(keys) * n_patterns < len(known)
    for pattern in _all_patterns(packing) if few else _patterns(packing, known):
        missing = np.flatnonzero(~found)
        if not len(missing):
            break
        more, is_there = _exactly(known, keys.take(missing) & pattern)
        hit = missing[is_there]
        rows[hit] = more[is_there]
        found[hit] = True
    return rows


def _exactly(known: Ints, keys: Ints) -> tuple[Ints, Flags]:
    rows = np.searchsorted(known, keys)
    np.minimum(rows, len(known) - 1, out=rows)
    return rows, known.take(rows) == keys


def _masks(packing: Packing) -> tuple[int, ...]:
    """Give, for each variable, the bits of its code in a key."""
    return tuple(
        ((1 << bits) - 1) << shift
        for bits, shift in zip(packing.bits, packing.shifts, strict=True)
    )


def _signatures(packing: Packing, keys: Ints) -> Ints:
    """Say which variables each key names, as one bit for each variable."""
    found = np.zeros(len(keys), dtype=np.int64)
    for at, mask in enumerate(_masks(packing)):
        found |= ((keys & mask) != 0).astype(np.int64) << at
    return found


def _patterns(packing: Packing, keys: Ints) -> list[int]:
    """List the masks of keys by which rows are named, the most particular first."""
    masks = _masks(packing)
    there = np.bincount(_signatures(packing, keys), minlength=1 << len(masks))
    signs = [sign for sign in _by_number(len(masks)) if there[sign]]
    return [_mask_of(masks, sign) for sign in signs]


def _all_patterns(packing: Packing) -> list[int]:
    """List every mask but the whole: for few keys that is less than to look."""
    masks = _masks(packing)
    return [_mask_of(masks, sign) for sign in _by_number(len(masks))]


def _by_number(size: int) -> list[int]:
    """List every choice of some places but all, the largest first."""
    signs = range((1 << size) - 1)
    return sorted(signs, key=lambda sign: -sign.bit_count())


def _mask_of(masks: Sequence[int], sign: int) -> int:
    return reduce(
        int.__or__, (mask for at, mask in enumerate(masks) if sign >> at & 1), 0
    )


class Keyed(Protocol):
    """Something with closed keys over variables: a table, or moves."""

    @property
    def variables(self) -> tuple[Variable, ...]:
        """Give what the keys are made of."""

    @property
    def packing(self) -> Packing:
        """Give how."""

    @property
    def keys(self) -> Ints:
        """Give the keys, increasing, the first 0."""


def selection(
    symbols: Symbols, keyed: Keyed, terms: Sequence[Term]
) -> tuple[tuple[tuple[Variable, ...], Packing, Ints], Ints]:
    """Match keys against terms: values select, variables give their names.

    Args:
        symbols: Of the codes.
        keyed: With as many variables as there are terms.
        terms: The same variable twice stands for the same value.

    Returns:
        Variables, packing and keys of what matches, and the old row of each new key.
        The very same keys where every term is another variable.

    Source:
        Relational algebra, selection and rename.
    """
    wide, old = keyed.packing, keyed.keys
    fixed, chosen = 0, np.ones(len(old), dtype=bool)
    kept: dict[Variable, int] = {}
    twins: list[tuple[int, int]] = []
    for at, term in enumerate(terms):
        column = wide.unpack(old, at)
        if isinstance(term, Constant):
            code = symbols.code(keyed.variables[at].sort, term.value)
            fixed |= code << wide.shifts[at]
            chosen &= (column == code) | (column == OTHER)
        elif term in kept:
            twins.append((kept[term], at))
            first = wide.unpack(old, kept[term])
            chosen &= (column == first) | (column == OTHER) | (first == OTHER)
        else:
            kept[term] = at
    variables = tuple(kept)
    if len(variables) == len(terms):
        return (variables, wide, old), np.arange(len(old), dtype=np.int64)
    packing = Packing(symbols, variables)
    candidates = old[chosen]
    narrow = np.zeros(len(candidates), dtype=np.int64)
    for at, place in enumerate(kept.values()):
        same_value = [place, *(two for one, two in twins if one == place)]
        columns = [wide.unpack(candidates, where) for where in same_value]
        narrow |= reduce(np.maximum, columns) << packing.shifts[at]
    keys = close(packing, narrow)
    whole = np.full(len(keys), fixed, dtype=np.int64)
    for at, place in enumerate(kept.values()):
        for where in (place, *(two for one, two in twins if one == place)):
            whole |= packing.unpack(keys, at) << wide.shifts[where]
    return (variables, packing, keys), find(wide, old, whole)


def distinct(keys: Ints) -> Ints:
    """Sort numbers and leave each once; quick where they are so already.

    Source:
        Design, section 4.6; `numpy.unique` hashes first, which costs more here.
    """
    if len(keys) < 2:
        return keys
    step = keys[1:] > keys[:-1]
    if step.all():
        return keys
    if not (keys[1:] >= keys[:-1]).all():
        keys = np.sort(keys)
        step = keys[1:] > keys[:-1]
    found: Ints = keys[np.append(True, step)]
    return found


def constant(symbols: Symbols, surely: Runs, possibly: Runs) -> Table:
    """Make a table without variables: one row.

    Source:
        Design, section 4.3.
    """
    key = np.zeros(1, dtype=np.int64)
    if surely is not possibly and same(surely, possibly):
        possibly = surely
    return Table((), Packing(symbols, ()), key, surely, possibly)


def close(packing: Packing, keys: Ints) -> Ints:
    """Add what is needed for each choice of values to fit one key best.

    Two keys that name different variables meet in a key that names both.

    Args:
        packing: Of the keys.
        keys: (n,) int64, in any order.

    Returns:
        Increasing keys, the first 0.

    Source:
        Design, section 4.6.
    """
    keys = distinct(keys if len(keys) and keys[0] == 0 else np.append(0, keys))
    if len(packing.bits) < 2:
        return keys
    masks = _masks(packing)
    while True:
        signs = _signatures(packing, keys)
        kinds = np.flatnonzero(np.bincount(signs)).tolist()
        more = [
            _meet(keys[signs == one], keys[signs == two], _mask_of(masks, one & two))
            for one, two in itertools.combinations(kinds, 2)
            if one & two not in (one, two)
        ]
        if not more:
            return keys
        wider = distinct(np.concatenate((keys, *more)))
        if len(wider) == len(keys):
            return keys
        keys = wider


def _meet(left: Ints, right: Ints, shared: int) -> Ints:
    """Join keys that agree on the variables that both name."""
    order = np.argsort(right & shared, kind="stable")
    right = right.take(order)
    common = right & shared
    wanted = left & shared
    low = np.searchsorted(common, wanted, side="left")
    counts = np.searchsorted(common, wanted, side="right") - low
    found: Ints = np.repeat(left, counts) | right.take(ranges(low, counts))
    return found


def lift(table: Table, packing: Packing, places: Sequence[int], keys: Ints) -> Ints:
    """Read the keys of a table off keys with more variables.

    Args:
        table: Whose variables are among the others.
        packing: Of the keys.
        places: For each variable of the table its place among the others.
        keys: (m,) int64.

    Returns:
        (m,) int64 keys of the table.

    Source:
        Relational algebra, projection.
    """
    if packing is table.packing or (
        packing.bits == table.packing.bits
        and tuple(places) == tuple(range(len(packing.bits)))
    ):
        return keys
    return table.packing.pack([packing.unpack(keys, at) for at in places], len(keys))


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
        if len(table.keys) == 1 or table.packing is packing:
            raised.append(table.keys if table.packing is packing else table.keys[:1])
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
        if table.keys is keys
        else table.find(lift(table, packing, own, keys))
        for table, own in zip(tables, places, strict=True)
    ]
    return variables, packing, keys, rows


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
        found = _spread(pick(tables[first]), rows[first], tables[first], keys)
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
                _spread(pick(table), own, table, keys)
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
    rows = table.find(lift(table, like.packing, own, like.keys))
    surely = _spread(table.surely, rows, table, like.keys)
    possibly = (
        surely if table.is_known else _spread(table.possibly, rows, table, like.keys)
    )
    return Table(like.variables, like.packing, like.keys, surely, possibly)


def _spread(runs: Runs, rows: Ints, table: Table, keys: Ints) -> Runs:
    """Give the runs of a table to the rows of more keys."""
    return runs if table.keys is keys else gather(runs, rows)


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
