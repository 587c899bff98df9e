"""A duty with what its clauses are matched against, each worked out when needed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.batched import EMPTY, Runs, everywhere, gather
from vigens.engine.conditions import select
from vigens.engine.firsts import (
    First,
    earliest_of,
    first_ever,
    first_holding,
    first_moves,
    in_time,
    never,
    next_in,
    settled,
)
from vigens.engine.instances import with_values
from vigens.engine.intervals import HIGH
from vigens.engine.keys import distinct
from vigens.engine.projecting import project_moves
from vigens.engine.symbols import Packing
from vigens.engine.tables import Table, constant
from vigens.rules import Atom, Variable, substitute_occurs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from vigens.engine.axis import Flags, Ints
    from vigens.engine.basis import Basis
    from vigens.engine.direct import Cells
    from vigens.engine.instances import Instances
    from vigens.engine.keys import Keyed
    from vigens.engine.moves import Moves
    from vigens.rules import Condition, Mark, Obligation, Occurs, Performance, Reading


class Owed:
    """One obligation over one body of evidence.

    Attributes:
        plan: Gives what it rests on.
        duty: The obligation; a named obligor stands in its clauses in place of the word.
        variables: The obligor, then what else the duty is said of.
        bound: Those by which clauses are matched; without the obligor where one is
            named, or where the text does not say who it is.
        code: The code of a named obligor.
    """

    def __init__(self, plan: Basis, duty: Obligation) -> None:
        """Fill the obligor in.

        Args:
            plan: Gives what the duty rests on.
            duty: As declared.
        """
        self.plan = plan
        named = [param for param in duty.params if param.name == "obligor"]
        obligor = named[0] if named else Variable("obligor", "party")
        own = tuple(param for param in duty.params if param.name != "obligor")
        self.variables = (obligor, *own)
        self.bound = own if duty.obligor_role is None else self.variables
        self.code = 0
        if duty.obligor_role is None and duty.obligor:
            self.code = plan.symbols.code(obligor.sort, duty.obligor)
            duty = with_values(duty, {"obligor": duty.obligor})
        self.duty = duty
        self._moves: dict[Occurs, Moves] = {}
        self._cells: dict[Occurs, Cells | None] = {}
        self._tables: dict[Condition, Table | None] = {}

    @cached_property
    def packing(self) -> Packing:
        """Give how the variables make a key."""
        return Packing(self.plan.symbols, self.variables)

    @cached_property
    def role(self) -> Table | None:
        """Give where each party has the obligor's role; `None` where there is none.

        Everybody has a row, so that nobody stands for others.
        """
        name = self.duty.obligor_role
        if name is None:
            return None
        symbols = self.plan.symbols
        table = select(symbols, self.plan.state(name), self.variables[:1])
        size = len(symbols.words(self.variables[0].sort))
        keys = np.arange(size, dtype=np.int64)
        is_open = self.plan.world.program.sorts[self.variables[0].sort].is_open
        rows = table.find(keys)

        def spread(runs: Runs) -> Runs:
            found = gather(runs, rows)
            return found if is_open else _without_row_0(found)

        surely = spread(table.surely)
        possibly = surely if table.is_known else spread(table.possibly)
        return Table(table.variables, table.packing, keys, surely, possibly)

    def moves(self, event: Occurs) -> Moves:
        """Give the occurrences that a clause means, each row in the order of time."""
        if event not in self._moves:
            self._moves[event] = in_time(self.means(self.plan.occurs(event)))
        return self._moves[event]

    def means(self, found: Moves) -> Moves:
        """Give occurrences the variables by which clauses are matched."""
        shared = tuple(v for v in self.bound if v in found.variables)
        return project_moves(self.plan.symbols, found, shared)

    def over(self, plan: Basis, duty: Obligation, events: Collection[str]) -> Owed:
        """Give the same duty over other occurrences of some events.

        Args:
            plan: Over the evidence that changed.
            duty: As declared.
            events: Of which there are other occurrences; what does not rest on them is
                kept.

        Source:
            Design, section 4.6: late entries re-evaluate what they touch.
        """
        found = Owed(plan, duty)
        found._tables = dict(self._tables)
        for event, moves in self._moves.items():
            if not (isinstance(event, Atom) and event.name in events):
                found._moves[event] = moves
        for event, cells in self._cells.items():
            if not (isinstance(event, Atom) and event.name in events):
                found._cells[event] = cells
        if "role" in self.__dict__:
            found.role = self.role
        return found

    def take_for(self, event: Occurs, moves: Moves) -> None:
        """Take occurrences for all that a clause means."""
        self._moves[event], self._cells[event] = moves, None

    def gaps(self, event: Occurs) -> Table:
        """Give where what a clause means may have gone unrecorded."""
        if not isinstance(event, Atom):
            return constant(self.plan.symbols, EMPTY, EMPTY)
        terms = set(event.terms)
        return self.plan.gaps(event, [v for v in self.bound if v in terms])

    def table(self, condition: Condition) -> Table:
        """Give where a condition of a clause holds; not known where a word is free."""
        if condition not in self._tables:
            table = self.plan.condition(condition, frozenset(self.variables))
            if not set(table.variables) <= set(self.bound):
                table = constant(self.plan.symbols, EMPTY, everywhere(1))
            self._tables[condition] = table
        found = self._tables[condition]
        assert found is not None
        return found

    def first(
        self, clause: Performance | Mark, instances: Instances, low: Ints, high: Ints
    ) -> First:
        """Give when what a clause means first came at or after an instant.

        Args:
            clause: With an event or a condition.
            instances: For each of which the instant is given.
            low: (n,) int64, the earliest that it may be, UTC seconds.
            high: (n,) int64, the latest; the same array where it is exact.

        Source:
            Design, sections 3.1 (point 4) and 4.3.
        """
        if clause.event is not None:
            found = self._first_event(clause.event, instances, low, high)
            gaps = self.gaps(clause.event)
            if len(gaps.possibly):
                unseen = next_in(gaps.possibly, instances.rows_in(gaps), low)
                found = First(np.minimum(found.earliest, unseen), found.latest)
            return settled(found)
        if clause.condition is not None:
            table = self.table(clause.condition)
            return settled(first_holding(table, instances.rows_in(table), low, high))
        return never(len(instances))

    def _first_event(
        self, event: Occurs, instances: Instances, low: Ints, high: Ints
    ) -> First:
        cells = self._cells_of(event) if low is high else None
        if cells is not None:
            found = cells.first(instances.keys, low)
            return First(found, found)
        moves = self.moves(event)
        return first_moves(moves, instances.rows_in(moves), low, high)

    def _cells_of(self, event: Occurs) -> Cells | None:
        """Lay the occurrences of a clause into cells, where they need no sorting."""
        if event not in self._cells:
            found = None
            if isinstance(event, Atom) and self.bound == self.variables:
                found = self.plan.cells(event, self.variables)
            self._cells[event] = found
        return self._cells[event]

    def first_mark(
        self,
        kind: str,
        chosen: dict[str, str],
        instances: Instances,
        instant: tuple[Ints, Ints],
    ) -> First:
        """Give when a kind of mark first came at or after an instant."""
        parts = [
            self.first(mark, instances, *instant) for mark in self.marks(kind, chosen)
        ]
        return earliest_of(parts, len(instances))

    def marks(self, kind: str, chosen: dict[str, str]) -> list[Mark]:
        """List the marks of a kind that are read under some choice of readings."""
        return [
            mark
            for mark in self.duty.marks
            if mark.kind == kind and self.is_read(mark.reading, chosen)
        ]

    def anchored(self, anchor: Occurs, instances: Instances) -> First:
        """Give the first occurrence of an anchor, recorded ones before unseen ones.

        Source:
            Design, section 4.3: trigger and deadline of one occurrence move together.
        """
        moves = self.moves(anchor)
        found = first_ever(moves, instances.rows_in(moves))
        gaps = self.gaps(anchor)
        if not len(gaps.possibly):
            return settled(found)
        rows = instances.rows_in(gaps)
        unseen = next_in(gaps.possibly, rows, np.full(len(rows), -HIGH))
        unseen = np.where(found.latest < HIGH, HIGH, unseen)
        return settled(First(np.minimum(found.earliest, unseen), found.latest))

    def is_read(self, reading: Reading | None, chosen: dict[str, str]) -> bool:
        """Say whether a clause counts under the lens and a choice of readings."""
        if reading is None:
            return True
        name = self.plan.world.readings.get(reading.variant)
        name = chosen.get(reading.variant, name)
        return name is None or name == reading.name

    def bindings(self, instances: Instances) -> list[dict[str, str]]:
        """Give the values of each instance, by the names of the duty's variables."""
        names = [variable.name for variable in self.variables]
        columns = []
        for at, variable in enumerate(self.variables):
            words = self.plan.symbols.words(variable.sort)
            columns.append([words[code] for code in instances.column(at).tolist()])
        return [
            {name: value for name, value in zip(names, row, strict=True) if value}
            for row in zip(*columns, strict=True)
        ]

    def say(self, event: Occurs, instances: Instances) -> list[str]:
        """Spell what a clause means out for each instance."""
        return [
            str(substitute_occurs(event, binding))
            for binding in self.bindings(instances)
        ]

    def shown(self, anchor: Occurs, instances: Instances) -> tuple[Ints, Ints, Flags]:
        """Give the recorded anchor of each instance as it is shown.

        Returns:
            The earliest instant, `HIGH` where none is recorded; the latest of a sure
            one, or of any; and whether one is sure.
        """
        moves = self.moves(anchor)
        rows = instances.rows_in(moves)
        first = first_ever(moves, rows)
        last = np.full(len(moves.keys), -HIGH)
        np.maximum.at(last, moves.rows, moves.last)
        is_sure = first.latest < HIGH
        return first.earliest, np.where(is_sure, first.latest, last.take(rows)), is_sure

    def keyed(self, since: int = -HIGH) -> Iterator[Keyed]:
        """List whatever the clauses are matched against.

        Args:
            since: Of performances and marks only what may come at or after this.
        """
        duty = self.duty
        clauses: list[Performance | Mark] = [*duty.marks]
        if duty.performance is not None:
            clauses.append(duty.performance)
        for clause in clauses:
            if clause.event is not None:
                yield _late_keys(self.moves(clause.event), since)
                yield self.gaps(clause.event)
        for deadline in duty.deadlines:
            if deadline.anchor is not None:
                yield self.moves(deadline.anchor)
                yield self.gaps(deadline.anchor)
        for condition in (*(clause.condition for clause in clauses), duty.condition):
            if condition is not None:
                yield self.table(condition)


@dataclass(frozen=True, slots=True, eq=False)
class Keys:
    """Keys of values alone.

    Attributes:
        variables: What the keys are made of, in order.
        packing: How.
        keys: (n,) int64, increasing.
    """

    variables: tuple[Variable, ...]
    packing: Packing
    keys: Ints


def _late_keys(moves: Moves, since: int) -> Keyed:
    """List the keys of the moves that may come at or after an instant."""
    late = moves.last >= since
    if late.all():
        return moves
    keys = moves.keys.take(np.append(0, moves.rows[late]))
    return Keys(moves.variables, moves.packing, distinct(keys))


def _without_row_0(runs: Runs) -> Runs:
    """Leave out who is nobody in particular: every value of a closed sort has a row."""
    at = int(np.searchsorted(runs.starts, 1 << 39))
    return Runs(runs.starts[at:], runs.ends[at:])
