"""Keys of values: which fits best, which must be there, and what a pattern selects.

A key holds the codes of some variables. A code of 0 stands for any value that has no key
of its own. Keys are *closed* where for each choice of values exactly one fits best.
"""

from __future__ import annotations

import itertools
from functools import lru_cache, reduce
from typing import TYPE_CHECKING, Protocol

import numpy as np

from vigens.engine.batched import ranges
from vigens.engine.symbols import OTHER, Packing
from vigens.rules import Constant, Variable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.engine.axis import Flags, Ints
    from vigens.engine.symbols import Symbols
    from vigens.rules import Term


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
        if not pattern:
            rows[missing] = 0
            break
        more, is_there = _exactly(known, keys.take(missing) & pattern)
        hit = missing[is_there]
        rows[hit] = more[is_there]
        found[hit] = True
    return rows


def find_one(packing: Packing, known: Ints, key: int) -> int:
    """Find the key that fits one key best, as `find` does many.

    Source:
        Design, section 4.6.
    """
    if len(known) == 1:
        return 0
    for mask in (-1, *_all_patterns(packing)):
        wanted = key & mask
        row = int(known.searchsorted(wanted))
        if row < len(known) and known[row] == wanted:
            return row
    return 0


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


def are_named(packing: Packing, keys: Ints) -> bool:
    """Say whether every key names every variable.

    Source:
        Design, section 4.6.
    """
    if not len(keys) or not packing.bits:
        return True
    # Keys are never negative: the heaviest code is 0 where the least key has none.
    if not int(keys.min()) >> packing.shifts[0]:
        return False
    return all(bool((keys & mask).all()) for mask in _masks(packing)[1:])


def _patterns(packing: Packing, keys: Ints) -> list[int]:
    """List the masks of keys by which rows are named, the most particular first."""
    masks = _masks(packing)
    if are_named(packing, keys[1:]):
        return [0]
    there = np.bincount(_signatures(packing, keys), minlength=1 << len(masks))
    signs = [sign for sign in _by_number(len(masks)) if there[sign]]
    return [_mask_of(masks, sign) for sign in signs]


def _all_patterns(packing: Packing) -> list[int]:
    """List every mask but the whole: for few keys that is less than to look."""
    return _masks_of(_masks(packing))


@lru_cache(maxsize=256)
def _masks_of(masks: tuple[int, ...]) -> list[int]:
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
    named = tuple(dict.fromkeys(term for term in terms if isinstance(term, Variable)))
    if len(named) == len(terms):
        return (named, wide, old), np.arange(len(old), dtype=np.int64)
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
    if len(packing.bits) < 2 or are_named(packing, keys[1:]):
        return keys
    masks = _masks(packing)
    while True:
        signs = _signatures(packing, keys)
        kinds = [int(sign) for sign in distinct(signs)]
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


def lift(table: Keyed, packing: Packing, places: Sequence[int], keys: Ints) -> Ints:
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
    in_order = tuple(places) == tuple(range(len(packing.bits)))
    if in_order and packing.bits == table.packing.bits:
        return keys
    return table.packing.pack([packing.unpack(keys, at) for at in places], len(keys))
