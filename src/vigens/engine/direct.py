"""The first occurrence for each of many keys by direct address, without sorting.

For whole tables of occurrences whose instants are all known. One cell stands for each
possible key; each occurrence is written into its cell, the earliest last.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
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

#: Cells, at most so many for each occurrence; more would not stay near the processor.
_MOST_ROOM = 16
#: With fewer occurrences sorting is as quick.
_LEAST = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Exact and sure occurrences by their values.

    Attributes:
        packing: How values make the keys for which cells are asked.
        strides: For each variable how far the cells of its next value lie.
        places: (n,) int64, the cell of each occurrence, in the order of the table.
        instants: (n,) int64, UTC seconds.
        cells: For each choice of values the instant of its earliest occurrence; `HIGH`
            for none.
    """

    packing: Packing
    strides: tuple[int, ...]
    places: Ints
    instants: Ints
    cells: Ints

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
        places = self._places_of(keys)
        found = self.cells.take(places)
        early = np.flatnonzero(found < since)
        if len(early):
            found[early] = self._later(places.take(early), since.take(early))
        return found

    def _places_of(self, keys: Ints) -> Ints:
        """Give the cell of each key: codes far apart in a key lie close in cells."""
        places = np.zeros(len(keys), dtype=np.int64)
        for at, (shift, stride) in enumerate(
            zip(self.packing.shifts, self.strides, strict=True)
        ):
            if at == 0:
                np.right_shift(keys, shift, out=places)
                places *= stride - (1 << shift)
                places += keys
            elif stride != 1 << shift:
                places += self.packing.unpack(keys, at) * (stride - (1 << shift))
        return places

    def _later(self, places: Ints, since: Ints) -> Ints:
        """Look further in cells whose earliest occurrence came too early."""
        wanted = distinct(places)
        if len(wanted) < 16:
            at = np.flatnonzero(np.isin(self.places, wanted))
        else:
            is_wanted = np.zeros(len(self.cells), dtype=bool)
            is_wanted[wanted] = True
            at = np.flatnonzero(is_wanted.take(self.places))
        rows = np.searchsorted(wanted, self.places.take(at))
        known = np.sort(flat(rows, self.instants.take(at)))
        own = np.searchsorted(wanted, places)
        next_one = np.searchsorted(known, flat(own, since), side="left")
        found = known.take(np.minimum(next_one, len(known) - 1))
        is_there = (next_one < len(known)) & (rows_of(found) == own)
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
    sizes = [len(plan.symbols.words(variable.sort)) for variable in variables]
    if (
        size < _LEAST
        or prod(sizes) > _MOST_ROOM * size
        or len(event.terms) != len(variables)
        or set(event.terms) != set(variables)
        or declared.powers
        or world.happenings.get(event.name)
        or any(p.brings.name == event.name for p in world.program.provisions.values())
        or any(table.first is not table.last for table in tables)
        or any(not _is_sure(table.weights) for table in tables)
    ):
        return None
    strides = tuple(prod(sizes[at + 1 :]) for at in range(len(sizes)))
    places: Ints = np.zeros(0, dtype=np.int64)
    instants = _joined([table.first for table in tables])
    for at, term in enumerate(event.terms):
        assert isinstance(term, Variable)
        sort = declared.params[at].sort
        stride = strides[list(variables).index(term)]
        parts = []
        for table in tables:
            coded = table.values[at]
            own = plan.symbols.codes(sort, coded.words) * stride
            parts.append(own.take(coded.codes))
        found = _joined(parts)
        places = found if at == 0 else np.add(places, found, out=places)
    cells = np.full(prod(sizes), HIGH)
    backwards = slice(None, None, -1)
    if (instants[1:] < instants[:-1]).any():
        order = np.argsort(instants, kind="stable")[backwards]
        cells[places.take(order)] = instants.take(order)
    else:
        cells[places[backwards]] = instants[backwards]
    return Cells(packing, strides, places, instants, cells)


def _joined(columns: Sequence[Ints]) -> Ints:
    return columns[0] if len(columns) == 1 else np.concatenate(columns)


def _is_sure(weights: NDArray[np.int8] | int) -> bool:
    return bool(np.all(np.asarray(weights) == SURE))
