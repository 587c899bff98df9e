"""Conditions on values alone, which do not change in time: the same, or in an order.

What nobody has named may be any value; what should be a number and is none, any number.
"""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING

import numpy as np

from vigens.base import VigensError
from vigens.engine.amounts import parse_amount
from vigens.engine.batched import EMPTY, Runs, everywhere
from vigens.engine.keys import close, distinct
from vigens.engine.symbols import OTHER, Packing
from vigens.engine.tables import Table, constant, of_runs
from vigens.rules import Constant, Variable

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from numpy.typing import NDArray

    from vigens.engine.axis import Ints
    from vigens.engine.symbols import Symbols
    from vigens.rules import Term

    Flags = NDArray[np.bool_]

#: Relations of numbers, as written.
RELATIONS: dict[str, Callable[[Any, Any], Any]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
    "=": operator.eq,
}
#: Most pairs of numbers that are laid out.
MOST_PAIRS = 4_000_000


class TooManyNumbersError(VigensError):
    """Two arguments are compared that have too many numbers."""

    def __init__(self, n_numbers: int) -> None:
        """Say how many there are."""
        super().__init__(
            f"{n_numbers} numbers that occur are compared with one another, too many",
            "the engine",
            "compare them with a number of the text, or load fewer records at once",
        )


def is_related(left: str, relation: str, right: str) -> bool | None:
    """Say whether two words stand in a relation as numbers; `None` if one is none.

    Source:
        The order of rational numbers.
    """
    amounts = parse_amount(left), parse_amount(right)
    return None if None in amounts else bool(RELATIONS[relation](*amounts))


def same(symbols: Symbols, left: Term, right: Term) -> Table:
    """Say for every choice of values whether two terms are one.

    Source:
        First-order logic with equality.
    """
    always = everywhere(1)
    if left == right:
        return constant(symbols, always, always)
    if isinstance(left, Constant) and isinstance(right, Constant):
        return constant(symbols, EMPTY, EMPTY)
    if isinstance(left, Constant):
        left, right = right, left
    assert isinstance(left, Variable)
    variables = (left,) if isinstance(right, Constant) else (left, right)
    packing = Packing(symbols, variables)
    if isinstance(right, Constant):
        code = symbols.code(left.sort, right.value)
        keys = distinct(np.asarray([0, code], dtype=np.int64))
        equal = keys == code
        is_open = keys == (OTHER if code == OTHER else -1)
    else:
        codes = np.arange(len(symbols.words(left.sort)), dtype=np.int64)
        keys = close(packing, packing.pack([codes, codes], len(codes)))
        singles = [codes << packing.shifts[0], codes << packing.shifts[1]]
        keys = distinct(np.concatenate((keys, *singles)))
        equal = packing.unpack(keys, 0) == packing.unpack(keys, 1)
        is_open = keys == OTHER
    return of_runs(variables, packing, keys, always_where(equal & ~is_open, equal))


def ordered(symbols: Symbols, left: Term, relation: str, right: Term) -> Table:
    """Say for every choice of values whether two terms are in an order, as numbers.

    Raises:
        TooManyNumbersError: Two variables have too many numbers.

    Source:
        The order of rational numbers.
    """
    if isinstance(left, Constant) and isinstance(right, Constant):
        verdict = is_related(left.value, relation, right.value)
        surely, possibly = always_where(
            np.asarray([verdict is True]), np.asarray([verdict is not False])
        )
        return constant(symbols, surely, possibly)
    ranks = ranks_of(symbols, left, right)
    n_pairs = ranks[0].size * ranks[1].size
    if n_pairs > MOST_PAIRS:
        raise TooManyNumbersError(max(side.size for side in ranks))
    below, above = np.repeat(ranks[0], ranks[1].size), np.tile(ranks[1], ranks[0].size)
    is_open = (below < 0) | (above < 0)
    related = RELATIONS[relation](below, above) & ~is_open
    at = np.arange(n_pairs)
    columns = {left: at // ranks[1].size, right: at % ranks[1].size}
    if left == right:  # one and the same number
        at = np.flatnonzero(columns[right] == at // ranks[1].size)
        related, is_open = related[at], is_open[at]
        columns = {left: columns[left][at]}
    variables = tuple(term for term in columns if isinstance(term, Variable))
    packing = Packing(symbols, variables)
    keys = packing.pack([columns[v] for v in variables], len(at))
    order = np.argsort(keys)
    found = always_where(related[order], (related | is_open)[order])
    return of_runs(variables, packing, keys[order], found)


def ranks_of(symbols: Symbols, left: Term, right: Term) -> list[Ints]:
    """Give the places of two terms' numbers in their order, by code.

    Returns:
        For each term (n,) int64; a constant has one place. -1 where it is not known.

    Source:
        The order of rational numbers.
    """
    words = [
        [term.value] if isinstance(term, Constant) else symbols.words(term.sort)
        for term in (left, right)
    ]
    amounts = [[parse_amount(word) for word in side] for side in words]
    known = {one for side in amounts for one in side if one is not None}
    place = {amount: rank for rank, amount in enumerate(sorted(known))}
    return [
        np.asarray([-1 if a is None else place[a] for a in side], dtype=np.int64)
        for side in amounts
    ]


def always_where(surely: Flags, possibly: Flags) -> tuple[Runs, Runs]:
    """Give runs that hold at all times in the rows where they hold at all."""
    every = everywhere(len(surely))
    at, also = np.flatnonzero(surely), np.flatnonzero(possibly)
    return (
        Runs(every.starts.take(at), every.ends.take(at)),
        Runs(every.starts.take(also), every.ends.take(also)),
    )
