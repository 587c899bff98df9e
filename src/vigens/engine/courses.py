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
from vigens.engine.deadlines import limits_of
from vigens.engine.firsts import First, after, earliest_of, least, most, never, only
from vigens.engine.instances import spans_as_runs
from vigens.engine.intervals import HIGH
from vigens.engine.keys import distinct
from vigens.engine.states import (
    DUE,
    ENDINGS,
    EXCUSED,
    LASTING,
    LATE,
    NO_LIMIT,
    NOT_BOUND,
    NOT_YET,
    OVERDUE,
    PARTLY,
    PAUSES,
    PERFORMED,
    REMEDIED,
    RUNNING,
    SUSPENDED,
    Bounded,
    precedes,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.engine.axis import Ints
    from vigens.engine.instances import Instances
    from vigens.engine.owed import Owed
    from vigens.engine.tables import Table
    from vigens.rules import Condition


class Course:
    """What becomes of instances under one choice of readings, each state when needed.

    Attributes:
        instances: Whose course it is.
        waiting: What it is called to wait: the clock runs, or it is due, or neither.
    """

    def __init__(
        self, owed: Owed, instances: Instances, chosen: dict[str, str]
    ) -> None:
        """Find out when each was performed, due and ended.

        Args:
            owed: The duty.
            instances: Some or all of its instances.
            chosen: Readings beside those of the lens.
        """
        self.instances = instances
        self._owed = owed
        self._chosen = chosen
        self._size = len(instances)
        self._window = (instances.first, instances.last)
        within = limits_of(owed, instances, "within", chosen)
        at = limits_of(owed, instances, "at", chosen)
        self._due = least([First(one.earliest, one.latest) for one in within])
        self._not_before = most([First(one.earliest, one.latest) for one in at])
        self.waiting = RUNNING if within else DUE if at else NO_LIMIT
        self.done = self._performed()
        self._pauses: dict[str, Bounded] = {}

    def _performed(self) -> First:
        how = self._owed.duty.performance
        if how is None:
            return never(self._size)
        if how.unstated is not None:
            return First(self.instances.first, np.full(self._size, HIGH))
        return self._owed.first(how, self.instances, *self._window)

    @cached_property
    def marks(self) -> frozenset[str]:
        """List the kinds of marks that the duty has under this choice."""
        return frozenset(
            mark.kind
            for mark in self._owed.duty.marks
            if self._owed.is_read(mark.reading, self._chosen)
        )

    def mark(self, kind: str, since: tuple[Ints, Ints] | None = None) -> First | None:
        """Give when a mark first came, from the trigger on or from another instant."""
        if kind not in self.marks:
            return None
        return self._owed.first_mark(
            kind, self._chosen, self.instances, since or self._window
        )

    @cached_property
    def _ends(self) -> dict[str, First]:
        found = {kind: self.mark(kind) for kind in ENDINGS}
        return {kind: first for kind, first in found.items() if first is not None}

    @cached_property
    def _ended_by(self) -> Ints:
        """By when each has surely ended, unless it was performed."""
        return earliest_of(list(self._ends.values()), self._size).latest

    @cached_property
    def _remedied(self) -> First | None:
        """When a remedy first came while overdue, unless it was performed before."""
        if self._due is None or REMEDIED not in self.marks:
            return None
        opens = np.maximum(self._over.earliest, self.instances.first)
        closes = np.maximum(self._over.latest, self.instances.last)
        return self.mark(REMEDIED, (opens, closes))

    @cached_property
    def _partly(self) -> First | None:
        return self.mark("partly")

    @cached_property
    def _settled_by(self) -> Ints:
        """By when an instance surely waits no more."""
        found = self.done.latest
        if self._ends:
            found = np.minimum(found, self._ended_by)
        if self._remedied is not None:
            found = np.minimum(found, self._remedied.latest)
        return found

    # When each state is possible, `(start, end)` for each instance.

    @cached_property
    def _spans(self) -> dict[str, tuple[Ints, Ints]]:
        return {**self._spans_before(), **self._spans_after()}

    @property
    def states(self) -> tuple[str, ...]:
        """List the states that instances may be in, but for what pauses them."""
        return tuple(self._spans)

    def span(self, state: str) -> tuple[Ints, Ints]:
        """Give in which span a state is possible, whatever pauses it."""
        starts, ends = self._spans[state]
        if starts is not self.instances.starts:
            starts = np.maximum(starts, self.instances.starts)
        return starts, ends if self._is_endless else np.minimum(
            ends, self.instances.ends
        )

    @cached_property
    def _over(self) -> First:
        """Give from when a duty with a limit is overdue."""
        assert self._due is not None
        earliest = after(self._due.earliest)
        latest = earliest if self._due.is_exact else after(self._due.latest)
        return First(earliest, latest)

    @cached_property
    def _is_endless(self) -> bool:
        """Say whether every instance stays once it is there."""
        return bool((self.instances.ends == HIGH).all())

    def _spans_before(self) -> dict[str, tuple[Ints, Ints]]:
        """Give the spans of what is neither performed nor ended, in order of time."""
        found: dict[str, tuple[Ints, Ints]] = {}
        starts, until = self.instances.starts, self._settled_by
        timely = until
        if self._due is not None:
            timely = np.minimum(until, self._over.latest)
        waits, opens = timely, starts
        if self._partly is not None:
            waits = np.minimum(timely, self._partly.latest)
        if self._not_before is not None:
            opens = self._not_before.earliest
            found[NOT_YET] = (starts, np.minimum(waits, self._not_before.latest))
        found[self.waiting] = (opens, waits)
        if self._partly is not None:
            found[PARTLY] = (self._partly.earliest, timely)
        if self._due is not None:
            found[OVERDUE] = (self._over.earliest, until)
        return found

    def _spans_after(self) -> dict[str, tuple[Ints, Ints]]:
        """Give the spans of what is performed, remedied or ended."""
        found: dict[str, tuple[Ints, Ints]] = {}
        done, due, remedied = self.done, self._due, self._remedied
        forever = repeated(HIGH, self._size)
        most_early = self._ended_by if self._ends else forever
        most_late = self._settled_by
        if due is None:
            found[PERFORMED] = (only(done.earliest, most_early), forever)
        else:
            until = np.minimum(due.latest, most_early)
            found[PERFORMED] = (only(done.earliest, until), forever)
            late = np.maximum(done.earliest, self._over.earliest)
            found[LATE] = (only(late, most_late), forever)
        if remedied is not None:
            begins = only(remedied.earliest, done.latest - 1)
            begins = only(begins, most_early - 1)
            late = np.maximum(done.earliest, after(remedied.earliest))
            stays = late <= np.minimum(done.latest, most_early)
            stays &= done.earliest < HIGH
            found[REMEDIED] = (begins, np.where(stays, forever, most_early))
        for place, (kind, mark) in enumerate(self._ends.items()):
            begins = only(mark.earliest, done.latest - 1)
            for other, (rival, first) in enumerate(self._ends.items()):
                if rival != kind:
                    last = first.latest - 1 if other < place else first.latest
                    begins = only(begins, last)
            found[kind] = (begins, forever)
        return found

    # When each state is sure, if the instance is triggered at all.

    def sure_span(self, state: str) -> tuple[Ints, Ints]:
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

    @cached_property
    def is_known(self) -> bool:
        """Say whether each instance is in exactly one known state, once triggered."""
        firsts = [self.done, self._due, self._not_before, self._remedied, self._partly]
        tables = [self._owed.table(c) for c in self._conditions()]
        if any(kind in self.marks for kind in PAUSES):
            firsts += [
                self._owed.first(mark, self.instances, *self._window)
                for kind in PAUSES
                for mark in self._owed.marks(kind, self._chosen)
                if mark.event is not None
            ]
        return (
            self.instances.is_exact
            and all(first is None or first.is_exact for first in firsts)
            and all(first.is_exact for first in self._ends.values())
            and all(table.is_known for table in tables)
        )

    def _conditions(self) -> Iterator[Condition]:
        if self._owed.duty.condition is not None:
            yield self._owed.duty.condition
        for kind in PAUSES:
            for mark in self._owed.marks(kind, self._chosen):
                if mark.condition is not None:
                    yield mark.condition

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
        if state not in self._spans:
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
        if state not in self._spans:
            return EMPTY
        runs = spans_as_runs(*self.sure_span(state))
        if state not in LASTING:
            for pause in PAUSES:
                if pause in self.marks:
                    runs = self._minus(runs, self._paused(pause).possibly)
        return self.while_met(runs, surely=True)

    def _minus(self, runs: Runs, other: Runs) -> Runs:
        return difference(runs, other, self._size)

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
        span = spans_as_runs(starts, np.minimum(ends, self._settled_by))
        return self._unless_done(intersect(runs, span))

    def _paused(self, kind: str) -> Bounded:
        """Give where a mark that lasts holds for each instance."""
        if kind not in self._pauses:
            surely, possibly = [], []
            for mark in self._owed.marks(kind, self._chosen):
                if mark.condition is not None:
                    table = self._owed.table(mark.condition)
                    rows = self.instances.rows_in(table)
                    surely.append(gather(table.surely, rows))
                    possibly.append(gather(table.possibly, rows))
                    continue
                first = self._owed.first(mark, self.instances, *self._window)
                forever = repeated(HIGH, self._size)
                surely.append(spans_as_runs(first.latest, forever))
                possibly.append(spans_as_runs(first.earliest, forever))
            self._pauses[kind] = Bounded(union(*surely), union(*possibly))
        return self._pauses[kind]

    def _unless_done(self, runs: Runs) -> Runs:
        """Leave out where it is surely performed although nobody knows since when."""
        if self.instances.is_exact or not len(runs):
            return runs
        return self._minus(runs, self._done_meanwhile)

    @cached_property
    def _done_meanwhile(self) -> Runs:
        """Give where a performance shows that surely falls upon a trigger's range."""
        how, instances = self._owed.duty.performance, self.instances
        if how is None or how.unstated is not None:
            return EMPTY
        span = spans_as_runs(instances.first, np.minimum(instances.last, HIGH))
        if how.condition is not None:
            table = self._owed.table(how.condition)
            return intersect(span, table.surely, instances.rows_in(table))
        assert how.event is not None
        moves = self._owed.moves(how.event)
        exact = np.flatnonzero(moves.sure & (moves.first == moves.last))
        places = distinct(flat(moves.rows.take(exact), moves.first.take(exact)))
        return intersect(span, canonical(places, places + 1), instances.rows_in(moves))

    @cached_property
    def _condition(self) -> tuple[Table, Ints] | None:
        condition = self._owed.duty.condition
        if condition is None:
            return None
        table = self._owed.table(condition)
        return table, self.instances.rows_in(table)

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
