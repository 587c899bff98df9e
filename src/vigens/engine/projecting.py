"""Moves with other variables: those left out range over whatever there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.keys import distinct, find
from vigens.engine.moves import Moves, gathered, keyed_moves
from vigens.engine.symbols import OTHER, Packing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.engine.axis import Ints
    from vigens.engine.symbols import Symbols
    from vigens.rules import Variable


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
    every = np.zeros(len(moves.keys), dtype=np.int64)
    for at, variable in enumerate(variables):
        if variable in moves.variables:
            column = moves.packing.unpack(moves.keys, moves.variables.index(variable))
            every |= column << packing.shifts[at]
    timing = (moves.first, moves.last, moves.sure, moves.origin)
    quiet = None if is_named.all() else every
    return keyed_moves(variables, packing, every.take(moves.rows), timing, quiet)


def _explicit(moves: Moves, gone: Sequence[int]) -> Moves:
    """Give every key the moves of whatever values the variables that go may have."""
    mask = 0
    for at in gone:
        mask |= ((1 << moves.packing.bits[at]) - 1) << moves.packing.shifts[at]
    kept = distinct(moves.keys & ~mask)
    dropped = distinct(moves.keys & mask)
    keys: Ints = np.sort(np.repeat(kept, len(dropped)) | np.tile(dropped, len(kept)))
    return gathered(moves, keys, find(moves.packing, moves.keys, keys))
