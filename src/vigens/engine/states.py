"""The states that instances of a duty may be in, as spans of time for each instance.

Besides what is said of a breach an instance is in exactly one state at a time. Where all
is not known each state has a span in which the instance may be in it, and a shorter one
in which it can be in no other. With `T` the trigger, `p` the first performance from `T`
on, `due` the earliest *within* limit, the state at `t` is the first of these:

1. its condition is not met: the `while` of the duty does not hold at `t`;
2. waived, released, lapsed: the mark came at an `m ≤ t` before any performance; the
   earliest wins, at one instant the order here, and nothing later changes it;
3. performed: `p ≤ t` and `p ≤ due`, or no limit runs;
4. remedied: a remedy came at an `r ≤ t` with `due < r` before any performance;
5. performed late: `p ≤ t`;
6. excused, then suspended: while the condition of the mark holds, or since its event;
7. overdue: `due < t`; silence makes a duty overdue, never breached;
8. partly performed: since the mark came;
9. not yet due: an `at` limit lies after `t`, or its anchor has not come;
10. it waits: the clock runs, or it is due, or no time limit is stated.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.axis import flat
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
from vigens.engine.firsts import First, earliest_of, never
from vigens.engine.instances import spans_as_runs
from vigens.engine.intervals import HIGH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vigens.engine.axis import Ints
    from vigens.engine.instances import Instances
    from vigens.engine.owed import Owed
    from vigens.engine.tables import Table
    from vigens.rules import Condition

NOT_TRIGGERED = "not triggered"
RUNNING = "triggered, clock running"
NO_LIMIT = "triggered, no time limit stated"
NOT_YET = "triggered, not yet due"
DUE = "due, no performance recorded"
OVERDUE = "overdue, no performance recorded"
PARTLY = "partly performed"
PERFORMED = "performed"
LATE = "performed late"
WAIVED, RELEASED, LAPSED = "waived", "released", "lapsed"
EXCUSED, SUSPENDED = "excused", "suspended"
ALLEGED, FOUND, DISPUTED = "breach alleged", "breach found", "disputed"
REMEDIED = "remedied"
NOT_BOUND = "its condition is not met"

#: As people meet them; every report lists its states in this order.
ORDER = (
    NOT_TRIGGERED,
    NOT_BOUND,
    WAIVED,
    RELEASED,
    LAPSED,
    PERFORMED,
    LATE,
    REMEDIED,
    EXCUSED,
    SUSPENDED,
    NOT_YET,
    NO_LIMIT,
    RUNNING,
    DUE,
    PARTLY,
    OVERDUE,
    ALLEGED,
    DISPUTED,
    FOUND,
)

#: Marks that end what is not performed by then; the earlier one wins a tie.
ENDINGS = (WAIVED, RELEASED, LAPSED)
PAUSES = (EXCUSED, SUSPENDED)
WAITING = (RUNNING, NO_LIMIT, DUE)
#: States that an instance does not leave by itself.
_LASTING = (PERFORMED, LATE, REMEDIED, *ENDINGS)


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

    # What happened, and when.

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
        opens = np.maximum(after(self._due.earliest), self.instances.first)
        closes = np.maximum(after(self._due.latest), self.instances.last)
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
    def spans(self) -> dict[str, tuple[Ints, Ints]]:
        """Give in which span each state is possible, whatever pauses it."""
        found = {**self._spans_before(), **self._spans_after()}
        starts, ends = self.instances.starts, self.instances.ends
        return {
            state: (np.maximum(span[0], starts), np.minimum(span[1], ends))
            for state, span in found.items()
        }

    def _spans_before(self) -> dict[str, tuple[Ints, Ints]]:
        """Give the spans of what is neither performed nor ended, in order of time."""
        found: dict[str, tuple[Ints, Ints]] = {}
        starts, until = self.instances.starts, self._settled_by
        timely = until
        if self._due is not None:
            timely = np.minimum(until, after(self._due.latest))
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
            found[OVERDUE] = (after(self._due.earliest), until)
        return found

    def _spans_after(self) -> dict[str, tuple[Ints, Ints]]:
        """Give the spans of what is performed, remedied or ended."""
        found: dict[str, tuple[Ints, Ints]] = {}
        done, due, remedied = self.done, self._due, self._remedied
        forever = np.full(self._size, HIGH)
        most_early = self._ended_by if self._ends else forever
        most_late = self._settled_by
        if due is None:
            found[PERFORMED] = (only(done.earliest, most_early), forever)
        else:
            until = np.minimum(due.latest, most_early)
            found[PERFORMED] = (only(done.earliest, until), forever)
            late = np.maximum(done.earliest, after(due.earliest))
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
            return self.spans[state]
        starts = np.maximum(self.instances.starts, self.instances.last)
        ends = self.instances.ends
        names = list(self.spans)
        for other, (opens, closes) in self.spans.items():
            if other == state:
                continue
            is_there = closes > opens
            if self._precedes(names, other, state):
                starts = np.maximum(starts, np.where(is_there, closes, starts))
            else:
                ends = np.minimum(ends, np.where(is_there, opens, ends))
        own = self.spans.get(state)
        if own is not None:
            starts, ends = np.maximum(starts, own[0]), np.minimum(ends, own[1])
        return starts, ends

    def _precedes(self, names: list[str], one: str, two: str) -> bool:
        """Say whether a state comes before another in the course of a duty."""
        if one in _LASTING:
            return one == REMEDIED and two in ENDINGS
        return two in _LASTING or names.index(one) < names.index(two)

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
        if state not in self.spans:
            return EMPTY
        runs = spans_as_runs(*self.spans[state])
        if state not in _LASTING:
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
        if state not in self.spans:
            return EMPTY
        runs = spans_as_runs(*self.sure_span(state))
        if state not in _LASTING:
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
            for state, (opens, closes) in self.spans.items():
                if state in _LASTING:
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
                forever = np.full(self._size, HIGH)
                surely.append(spans_as_runs(first.latest, forever))
                possibly.append(spans_as_runs(first.earliest, forever))
            self._pauses[kind] = Bounded(union(*surely), union(*possibly))
        return self._pauses[kind]

    @cached_property
    def _pauses(self) -> dict[str, Bounded]:
        return {}

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
        places = np.unique(flat(moves.rows.take(exact), moves.first.take(exact)))
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


@dataclass(frozen=True, slots=True, eq=False)
class Bounded:
    """Where something surely and where it possibly holds, for each instance."""

    surely: Runs
    possibly: Runs


def after(instants: Ints) -> Ints:
    """Give the next second; `HIGH` stays.

    Source:
        docs/language.md: a performance exactly at its deadline keeps it.
    """
    return np.minimum(instants + 1, HIGH)


def only(instants: Ints, limits: Ints) -> Ints:
    """Keep instants that are no later than limits; `HIGH` for the others.

    Source:
        Interval arithmetic.
    """
    return np.where(instants <= limits, instants, HIGH)


def least(limits: Sequence[First]) -> First | None:
    """Give the earliest of several limits; `None` where there is none.

    Source:
        Interval arithmetic.
    """
    return earliest_of(limits, 0) if limits else None


def most(limits: Sequence[First]) -> First | None:
    """Give the latest of several limits; `None` where there is none.

    Source:
        Interval arithmetic.
    """
    if not limits:
        return None
    found = limits[0]
    for limit in limits[1:]:
        earliest = np.maximum(found.earliest, limit.earliest)
        is_exact = found.is_exact and limit.is_exact
        latest = earliest if is_exact else np.maximum(found.latest, limit.latest)
        found = First(earliest, latest)
    return found
