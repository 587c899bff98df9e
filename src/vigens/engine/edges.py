"""When states begin and end: their bounds as moves that other rules can rest on.

Between two bounds a state may begin and end any number of times. What is sure is that
it begins once between the start of a possible run and the start of the sure run inside
it, and ends once between their ends.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.axis import FIRST, LAST, SHIFT, instants_of, rows_of
from vigens.engine.moves import Moves, keyed_moves

if TYPE_CHECKING:
    from vigens.engine.axis import Flags, Ints
    from vigens.engine.batched import Runs
    from vigens.engine.tables import Table

_WITHIN = (1 << SHIFT) - 1


def edges(table: Table, *, is_begin: bool) -> Moves:
    """List the beginnings, or the ends, of each row of a table.

    What holds from the outset does not begin, and what holds to the end does not end.

    Args:
        table: Any.
        is_begin: Beginnings, or else ends.

    Returns:
        Moves with the table's own variables and keys.

    Source:
        Event calculus, initiated fluents; design, section 4.3.
    """
    if table.is_known:
        places = table.surely.starts if is_begin else table.surely.ends
        within = places & _WITHIN
        inside = within > FIRST if is_begin else within < LAST
        places = places if inside.all() else places[inside]
        # An end lies in the row of its run, also where it is the row's last instant.
        return _moves(table, places, places, np.ones(len(places), dtype=bool))
    first, last, sure = _uncertain(table.surely, table.possibly, is_begin=is_begin)
    return _moves(table, first, last, sure)


def _uncertain(
    surely: Runs, possibly: Runs, *, is_begin: bool
) -> tuple[Ints, Ints, Flags]:
    """Lay the sure runs into the possible ones."""
    outer = np.searchsorted(possibly.starts, surely.starts, side="right") - 1
    is_first = np.append(True, outer[1:] != outer[:-1])[: len(outer)]
    is_last = np.append(outer[1:] != outer[:-1], True)[: len(outer)]
    lonely = np.ones(len(possibly), dtype=bool)
    lonely[outer] = False
    # The one change that must come.
    if is_begin:
        must = (possibly.starts.take(outer[is_first]), surely.starts[is_first])
        inside = (must[0] & _WITHIN) > FIRST
    else:
        must = (surely.ends[is_last], possibly.ends.take(outer[is_last]))
        inside = (must[1] & _WITHIN) < LAST
    # Stretches in which it may come and go.
    heads = (possibly.starts.take(outer[is_first]), surely.starts[is_first])
    tails = (surely.ends[is_last], possibly.ends.take(outer[is_last]))
    middles = (surely.ends[~is_last], surely.starts[~is_first])
    alone = (possibly.starts[lonely], possibly.ends[lonely])
    parts = [heads, tails, middles, alone]
    first = np.concatenate([part[0] for part in parts])
    last = np.concatenate([part[1] for part in parts])
    wide = last > first
    first, last = first[wide], last[wide]
    if is_begin:
        # It cannot begin at the instant from which it does not possibly hold.
        closes = np.isin(last, possibly.ends)
        last = np.where(closes, last - 1, last)
        first = np.where((first & _WITHIN) == FIRST, first + 1, first)
    else:
        opens = np.isin(first, possibly.starts)
        first = np.where(opens, first + 1, first)
        last = np.where((last & _WITHIN) >= LAST, last - 1, last)
    fits = last >= first
    first, last = first[fits], last[fits]
    return (
        np.concatenate((must[0][inside], first)),
        np.concatenate((must[1][inside], last)),
        np.append(np.ones(int(inside.sum()), bool), np.zeros(len(first), bool)),
    )


def _moves(table: Table, first: Ints, last: Ints, sure: Flags) -> Moves:
    keys = table.keys.take(rows_of(first))
    begun = instants_of(first)
    ended = begun if first is last else instants_of(last)
    origin = np.full(len(first), -1, dtype=np.int64)
    found = keyed_moves(
        table.variables, table.packing, keys, (begun, ended, sure, origin)
    )
    return _with_all_keys(found, table)


def _with_all_keys(moves: Moves, table: Table) -> Moves:
    """Keep the rows at which nothing changes: they answer for their own values."""
    places = np.searchsorted(table.keys, moves.keys)
    return replace(moves, keys=table.keys, rows=places.take(moves.rows))
