"""From when to when a tally counts, with bounds.

A window opens with an occurrence of `since` and closes after `within`, or with the next
`until` at or after its opening. One that opens later closes later: so the last one that
opened before an occurrence decides whether that lies in any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.axis import flat
from vigens.engine.batched import EMPTY, canonical
from vigens.engine.derived import delayed
from vigens.engine.firsts import first_moves, in_time, latest_before
from vigens.engine.fluents import moves_in
from vigens.engine.intervals import HIGH, LOW
from vigens.engine.keys import find
from vigens.engine.moves import Moves, join_moves
from vigens.engine.projecting import project_moves
from vigens.engine.tables import Table
from vigens.rules import Atom

if TYPE_CHECKING:
    from vigens.engine.axis import Flags, Ints
    from vigens.engine.basis import Basis
    from vigens.rules import Occurs, Tally


class Window:
    """From when to when a tally counts, for every choice of values.

    Attributes:
        begins: What opens a window; `None` where it is always open.
        ends: What closes it; `None` where nothing does.
    """

    def __init__(self, plan: Basis, tally: Tally) -> None:
        self._plan, self._tally = plan, tally
        self.begins = self._moves(tally.since)
        self.ends = self._moves(tally.until)

    def _moves(self, event: Occurs | None) -> Moves | None:
        """List occurrences, and where some may have gone unrecorded."""
        if event is None:
            return None
        plan = self._plan
        found = plan.occurs(event)
        variables = tuple(v for v in self._tally.params if v in found.variables)
        groups = [project_moves(plan.symbols, found, variables)]
        if isinstance(event, Atom):
            groups.append(moves_in(plan.gaps(event, variables)))
        return in_time(join_moves(plan.symbols, groups))

    def holds(self, moves: Moves) -> tuple[Ints, Flags]:
        """Say which moves possibly lie in a window, and which of all surely do."""
        possibly, surely = self._opened(moves)
        opens = np.maximum(moves.first, possibly)
        is_in = (possibly <= moves.last) & (opens < self._closed_by(moves, possibly))
        kept = np.flatnonzero(is_in)
        within = self._closed_from(moves, surely)
        is_sure = (surely < HIGH) & (moves.last < within)
        return kept, is_sure.take(kept)

    def _opened(self, moves: Moves) -> tuple[Ints, Ints]:
        """Give when the last window before each move opened: possibly, and surely.

        A window that opens later closes later, so the last one decides. `HIGH` where
        there is none.
        """
        size = len(moves)
        if self.begins is None:
            always = np.full(size, LOW)
            return always, always
        begins, rows = self.begins, rows_in(moves, self.begins)
        first, last = flat(begins.rows, begins.first), flat(begins.rows, begins.last)
        order = np.argsort(first, kind="stable")
        possibly = latest_before(
            first.take(order), last.take(order), flat(rows, moves.last)
        )
        possibly = np.where(possibly < HIGH, np.minimum(possibly, moves.last), HIGH)
        sure = np.flatnonzero(begins.sure)
        first, last = first.take(sure), last.take(sure)
        order = np.argsort(last, kind="stable")
        surely = latest_before(
            last.take(order), first.take(order), flat(rows, moves.first)
        )
        return possibly, surely

    def _within(self, opened: Ints) -> Ints:
        """Give when windows close by themselves."""
        if self._tally.since is None:
            return np.full(len(opened), HIGH)
        if self._tally.within is None:
            return np.full(len(opened), HIGH)
        return delayed(opened, self._tally.within, self._plan.zone)

    def _closed_by(self, moves: Moves, opened: Ints) -> Ints:
        """Give by when windows have surely closed."""
        found = self._within(opened)
        if self.ends is None:
            return found
        rows = rows_in(moves, self.ends)
        closed = first_moves(self.ends, rows, opened, opened).latest
        return np.minimum(found, self._delayed(closed))

    def _closed_from(self, moves: Moves, opened: Ints) -> Ints:
        """Give from when windows may have closed."""
        found = self._within(opened)
        if self.ends is None:
            return found
        rows = rows_in(moves, self.ends)
        closed = first_moves(self.ends, rows, opened, opened).earliest
        return np.minimum(found, self._delayed(closed))

    def _delayed(self, closed: Ints) -> Ints:
        return delayed(closed, self._tally.until_delay, self._plan.zone)

    def possibly_open(self) -> Table | None:
        """Give where a window may be open; `None` for always."""
        if self.begins is not None:
            begins = self.begins
            closed = self._within(begins.last)
            if self.ends is not None and set(self.ends.variables) <= set(
                begins.variables
            ):
                closed = np.minimum(closed, self._closed_by(begins, begins.last))
            runs = canonical(flat(begins.rows, begins.first), flat(begins.rows, closed))
            return Table(begins.variables, begins.packing, begins.keys, EMPTY, runs)
        if self.ends is None:
            return None
        rows = np.arange(len(self.ends.keys), dtype=np.int64)
        low = np.full(len(rows), LOW)
        closed = self._delayed(first_moves(self.ends, rows, low, low).latest)
        runs = canonical(flat(rows, low), flat(rows, closed))
        ends = self.ends
        return Table(ends.variables, ends.packing, ends.keys, EMPTY, runs)


def rows_in(moves: Moves, keyed: Moves) -> Ints:
    """Give the row of other moves that belongs to each of some moves.

    Source:
        Relational algebra, natural join.
    """
    columns = [
        moves.column(moves.variables.index(variable))
        if variable in moves.variables
        else np.zeros(len(moves), dtype=np.int64)
        for variable in keyed.variables
    ]
    return find(keyed.packing, keyed.keys, keyed.packing.pack(columns, len(moves)))
