"""What becomes of the instances of a duty, as spans of time for each.

Besides what is said of a breach an instance is in exactly one state at a time, see
`states`. Where all is not known each state has a span in which the instance may be in
it, and a shorter one in which it can be in no other.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.axis import flat, repeated
from vigens.engine.batched import (
    EMPTY,
    Runs,
    canonical,
    complement,
    difference,
    gather,
    intersect,
    union,
)
from vigens.engine.instances import spans_as_runs
from vigens.engine.intervals import HIGH
from vigens.engine.keys import distinct
from vigens.engine.phases import Phases
from vigens.engine.states import (
    EXCUSED,
    LASTING,
    NOT_BOUND,
    PAUSES,
    SUSPENDED,
    Bounded,
    precedes,
)

if TYPE_CHECKING:
    from vigens.engine.axis import Ints
    from vigens.engine.phases import Span
    from vigens.engine.tables import Table


class Course(Phases):
    """What becomes of instances under one choice of readings, each state when needed."""

    def alone(self, state: str) -> Span | None:
        """Give the span of a state where nothing can cut it; `None` elsewhere."""
        is_paused = any(pause in self.marks for pause in PAUSES)
        if self._condition is not None or not self.is_known:
            return None
        if state not in self.finders or (is_paused and state not in LASTING):
            return None
        return self.span(state)

    @cached_property
    def _condition(self) -> tuple[Table, Ints] | None:
        condition = self.owed.duty.condition
        if condition is None:
            return None
        table = self.owed.table(condition)
        return table, self.instances.rows_in(table)

    # When each state is sure, if the instance is triggered at all.

    def sure_span(self, state: str) -> Span:
        """Give in which span no other state is possible, if it is triggered at all."""
        if self.is_known:  # then each state is sure where it is possible
            return self.span(state)
        starts = np.maximum(self.instances.starts, self.instances.last)
        ends = self.instances.ends
        names = self.states
        for other in names:
            if other == state:
                continue
            opens, closes = self.span(other)
            is_there = closes > opens
            if precedes(names, other, state):
                starts = np.maximum(starts, np.where(is_there, closes, starts))
            else:
                ends = np.minimum(ends, np.where(is_there, opens, ends))
        opens, closes = self.span(state)
        return np.maximum(starts, opens), np.minimum(ends, closes)

    # States as runs.

    def possibly(self, state: str) -> Runs:
        """Give where each instance may be in a state, if it is triggered at all."""
        if state == NOT_BOUND:
            return self._unbound(surely=False)
        if state in PAUSES:
            runs = self._within(self._paused(state).possibly, surely=False)
            if state == SUSPENDED and EXCUSED in self.marks:
                runs = self._minus(runs, self._paused(EXCUSED).surely)
            return self.while_met(runs, surely=False)
        if state not in self.finders:
            return EMPTY
        runs = spans_as_runs(*self.span(state))
        if state not in LASTING:
            for pause in PAUSES:
                if pause in self.marks:
                    runs = self._minus(runs, self._paused(pause).surely)
            runs = self._unless_done(runs)
        return self.while_met(runs, surely=False)

    def surely(self, state: str) -> Runs:
        """Give where each instance can be in no other state, if it is triggered."""
        if state == NOT_BOUND:
            return self._unbound(surely=True)
        if state in PAUSES:
            runs = self._within(self._paused(state).surely, surely=True)
            if state == SUSPENDED and EXCUSED in self.marks:
                runs = self._minus(runs, self._paused(EXCUSED).possibly)
            return self.while_met(runs, surely=True)
        if state not in self.finders:
            return EMPTY
        runs = spans_as_runs(*self.sure_span(state))
        if state not in LASTING:
            for pause in PAUSES:
                if pause in self.marks:
                    runs = self._minus(runs, self._paused(pause).possibly)
        return self.while_met(runs, surely=True)

    def _minus(self, runs: Runs, other: Runs) -> Runs:
        return difference(runs, other, self.size)

    def _within(self, runs: Runs, *, surely: bool) -> Runs:
        """Cut a pause at the span in which an instance is neither done nor ended."""
        starts, ends = self.instances.starts, self.instances.ends
        if surely:
            starts = np.maximum(starts, self.instances.last)
            for state in self.states:
                if state in LASTING:
                    opens, closes = self.span(state)
                    ends = np.minimum(ends, np.where(closes > opens, opens, ends))
            return intersect(runs, spans_as_runs(starts, ends))
        span = spans_as_runs(starts, np.minimum(ends, self.settled_by))
        return self._unless_done(intersect(runs, span))

    def _paused(self, kind: str) -> Bounded:
        """Give where a mark that lasts holds for each instance."""
        if kind not in self._pauses:
            self._pauses[kind] = self._find_paused(kind)
        return self._pauses[kind]

    @cached_property
    def _pauses(self) -> dict[str, Bounded]:
        return {}

    def _find_paused(self, kind: str) -> Bounded:
        surely, possibly = [], []
        for mark in self.owed.marks(kind, self.chosen):
            if mark.condition is not None:
                table = self.owed.table(mark.condition)
                rows = self.instances.rows_in(table)
                surely.append(gather(table.surely, rows))
                possibly.append(gather(table.possibly, rows))
                continue
            first = self.owed.first(mark, self.instances, *self.window)
            forever = repeated(HIGH, self.size)
            surely.append(spans_as_runs(first.latest, forever))
            possibly.append(spans_as_runs(first.earliest, forever))
        return Bounded(union(*surely), union(*possibly))

    def _unless_done(self, runs: Runs) -> Runs:
        """Leave out where it is surely performed although nobody knows since when."""
        if self.instances.is_exact or not len(runs):
            return runs
        return self._minus(runs, self._done_meanwhile)

    @cached_property
    def _done_meanwhile(self) -> Runs:
        """Give where a performance shows that surely falls upon a trigger's range."""
        how, instances = self.owed.duty.performance, self.instances
        if how is None or how.unstated is not None:
            return EMPTY
        span = spans_as_runs(instances.first, np.minimum(instances.last, HIGH))
        if how.condition is not None:
            table = self.owed.table(how.condition)
            return intersect(span, table.surely, instances.rows_in(table))
        assert how.event is not None
        moves = self.owed.moves(how.event)
        exact = np.flatnonzero(moves.sure & (moves.first == moves.last))
        places = distinct(flat(moves.rows.take(exact), moves.first.take(exact)))
        return intersect(span, canonical(places, places + 1), instances.rows_in(moves))

    def while_met(self, runs: Runs, *, surely: bool) -> Runs:
        """Keep where the condition of the duty is met."""
        if self._condition is None:
            return runs
        table, rows = self._condition
        return intersect(runs, table.surely if surely else table.possibly, rows)

    def _unbound(self, *, surely: bool) -> Runs:
        if self._condition is None:
            return EMPTY
        table, rows = self._condition
        starts = self.instances.starts
        if surely:
            starts = np.maximum(starts, self.instances.last)
        runs = spans_as_runs(starts, self.instances.ends)
        met = table.possibly if surely else table.surely
        return intersect(runs, complement(met, len(table.keys)), rows)
