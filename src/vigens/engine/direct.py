"""The first occurrence for each of many keys by direct address, without sorting.

For whole tables of occurrences whose instants are all known. One cell stands for each
possible key; each occurrence is written into its cell, the earliest last.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.axis import flat, instants_of, rows_of
from vigens.engine.intervals import HIGH
from vigens.engine.keys import distinct
from vigens.model import SURE
from vigens.rules import Variable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vigens.engine.axis import Ints
    from vigens.engine.basis import Basis
    from vigens.engine.symbols import Packing
    from vigens.rules import Atom

#: Bits of a key for which a cell is kept: 64 MiB of cells.
_MOST_BITS = 24
#: With fewer occurrences sorting is as quick.
_LEAST = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Exact and sure occurrences by their keys.

    Attributes:
        keys: (n,) int64, the key of each occurrence, in the order of the table.
        instants: (n,) int64, UTC seconds.
        cells: For each possible key the number of its earliest occurrence, from 1; 0
            for none, so that the room of keys that nobody has is never touched.
    """

    keys: Ints
    instants: Ints
    cells: NDArray[np.int32]

    def first(self, keys: Ints, since: Ints) -> Ints:
        """Give the first occurrence with a key at or after an instant.

        Args:
            keys: (m,) int64.
            since: (m,) int64, UTC seconds.

        Returns:
            (m,) int64, UTC seconds; `HIGH` for none.

        Source:
            Design, section 4.6: no loop over events.
        """
        found = np.append(HIGH, self.instants).take(self.cells.take(keys))
        early = np.flatnonzero(found < since)
        if len(early):
            found[early] = self._later(keys.take(early), since.take(early))
        return found

    def _later(self, keys: Ints, since: Ints) -> Ints:
        """Look further for keys whose earliest occurrence came too early."""
        wanted = distinct(keys)
        if len(wanted) < 16:
            at = np.flatnonzero(np.isin(self.keys, wanted))
        else:
            is_wanted = np.zeros(len(self.cells), dtype=bool)
            is_wanted[wanted] = True
            at = np.flatnonzero(is_wanted.take(self.keys))
        rows = np.searchsorted(wanted, self.keys.take(at))
        places = np.sort(flat(rows, self.instants.take(at)))
        own = np.searchsorted(wanted, keys)
        next_one = np.searchsorted(places, flat(own, since), side="left")
        found = places.take(np.minimum(next_one, len(places) - 1))
        is_there = (next_one < len(places)) & (rows_of(found) == own)
        return np.where(is_there, instants_of(found), HIGH)


def cells_of(
    plan: Basis, event: Atom, variables: Sequence[Variable], packing: Packing
) -> Cells | None:
    """Lay the occurrences that a pattern means into cells, where that can be done.

    Args:
        plan: Gives the evidence.
        event: The pattern.
        variables: What the keys are made of; the pattern must name each of them once.
        packing: How.

    Returns:
        `None` where occurrences are few, not exact, not sure, or come from elsewhere
        than tables, or where there are too many possible keys.

    Source:
        Design, section 4.6.
    """
    world = plan.world
    declared = world.program.events[event.name]
    tables = world.bulk.get(event.name, ())
    size = sum(len(table.first) for table in tables)
    if (
        size < _LEAST
        or sum(packing.bits) > _MOST_BITS
        or len(event.terms) != len(variables)
        or set(event.terms) != set(variables)
        or declared.powers
        or world.happenings.get(event.name)
        or any(p.brings.name == event.name for p in world.program.provisions.values())
        or any(table.first is not table.last for table in tables)
        or any(not _is_sure(table.weights) for table in tables)
    ):
        return None
    keys: Ints = np.zeros(0, dtype=np.int64)
    instants = _joined([table.first for table in tables])
    for at, term in enumerate(event.terms):
        assert isinstance(term, Variable)
        sort = declared.params[at].sort
        shift = packing.shifts[list(variables).index(term)]
        parts = []
        for table in tables:
            coded = table.values[at]
            own = plan.symbols.codes(sort, coded.words) << shift
            parts.append(own.take(coded.codes))
        found = _joined(parts)
        keys = found if at == 0 else np.bitwise_or(keys, found, out=keys)
    cells = np.zeros(1 << sum(packing.bits), dtype=np.int32)
    if (instants[1:] < instants[:-1]).any():
        backwards = np.argsort(instants, kind="stable")[::-1]
        cells[keys.take(backwards)] = backwards + 1
    else:
        cells[keys[::-1]] = np.arange(size, 0, -1, dtype=np.int32)
    return Cells(keys, instants, cells)


def _joined(columns: Sequence[Ints]) -> Ints:
    return columns[0] if len(columns) == 1 else np.concatenate(columns)


def _is_sure(weights: NDArray[np.int8] | int) -> bool:
    return bool(np.all(np.asarray(weights) == SURE))
