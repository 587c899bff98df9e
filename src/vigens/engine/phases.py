"""When the instances of a duty may be in each state, as a span of time for each.

See `states` for what the states are, and `courses` for what pauses them and when they
are sure.
"""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.axis import is_repeated, repeated
from vigens.engine.deadlines import limits_of
from vigens.engine.firsts import First, after, earliest_of, least, most, never, only
from vigens.engine.intervals import HIGH
from vigens.engine.states import (
    DUE,
    ENDINGS,
    LATE,
    NO_LIMIT,
    NOT_YET,
    OVERDUE,
    PARTLY,
    PAUSES,
    PERFORMED,
    REMEDIED,
    RUNNING,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vigens.engine.axis import Ints
    from vigens.engine.instances import Instances
    from vigens.engine.owed import Owed
    from vigens.rules import Condition

    #: From when until when, for each instance.
    Span = tuple[Ints, Ints]


class Phases:
    """When instances may be in each state under one choice of readings.

    Attributes:
        instances: Whose states they are.
        owed: The duty.
        chosen: Readings beside those of the lens.
        size: How many instances.
        window: The earliest and the latest instant of each trigger.
        waiting: What it is called to wait: the clock runs, or it is due, or neither.
        done: When each was performed.
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
        self.owed = owed
        self.chosen = chosen
        self.size = len(instances)
        self.window = (instances.first, instances.last)
        within = limits_of(owed, instances, "within", chosen)
        at = limits_of(owed, instances, "at", chosen)
        self._due = least([First(one.earliest, one.latest) for one in within])
        self._not_before = most([First(one.earliest, one.latest) for one in at])
        self.waiting = RUNNING if within else DUE if at else NO_LIMIT
        self.done = self._performed()
        self._spans: dict[str, Span] = {}

    def _performed(self) -> First:
        how = self.owed.duty.performance
        if how is None:
            return never(self.size)
        if how.unstated is not None:
            return First(self.instances.first, np.full(self.size, HIGH))
        return self.owed.first(how, self.instances, *self.window)

    @cached_property
    def marks(self) -> frozenset[str]:
        """List the kinds of marks that the duty has under this choice."""
        return frozenset(
            mark.kind
            for mark in self.owed.duty.marks
            if self.owed.is_read(mark.reading, self.chosen)
        )

    def mark(self, kind: str, since: tuple[Ints, Ints] | None = None) -> First | None:
        """Give when a mark first came, from the trigger on or from another instant."""
        if kind not in self.marks:
            return None
        return self.owed.first_mark(
            kind, self.chosen, self.instances, since or self.window
        )

    @cached_property
    def _ends(self) -> dict[str, First]:
        found = {kind: self.mark(kind) for kind in ENDINGS}
        return {kind: first for kind, first in found.items() if first is not None}

    @cached_property
    def _ended_by(self) -> Ints:
        """By when each has surely ended, unless it was performed."""
        return earliest_of(list(self._ends.values()), self.size).latest

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
    def settled_by(self) -> Ints:
        """By when an instance surely waits no more."""
        found = self.done.latest
        if self._ends:
            found = np.minimum(found, self._ended_by)
        if self._remedied is not None:
            found = np.minimum(found, self._remedied.latest)
        return found

    # When each state is possible, `(start, end)` for each instance.

    @cached_property
    def finders(self) -> dict[str, Callable[[], Span]]:
        """Give what finds the span of each state, in order of time."""
        found: dict[str, Callable[[], Span]] = {self.waiting: self._waits}
        if self._not_before is not None:
            found = {NOT_YET: self._is_not_yet, **found}
        if self._partly is not None:
            partly = self._partly.earliest
            found[PARTLY] = lambda: (partly, self._timely)
        if self._due is not None:
            found[OVERDUE] = lambda: (self._over.earliest, self.settled_by)
        found[PERFORMED] = self._is_performed
        if self._due is not None:
            found[LATE] = self._is_late
        if self._remedied is not None:
            found[REMEDIED] = partial(self._is_remedied, self._remedied)
        return {**found, **{kind: partial(self._is_ended, kind) for kind in self._ends}}

    @property
    def states(self) -> tuple[str, ...]:
        """List the states that instances may be in, but for what pauses them."""
        return tuple(self.finders)

    def span(self, state: str) -> Span:
        """Give in which span a state is possible, whatever pauses it."""
        if state in self._spans:
            return self._spans[state]
        starts, ends = self.finders[state]()
        if starts is not self.instances.starts:
            starts = np.maximum(starts, self.instances.starts)
        if not self._is_endless:
            ends = np.minimum(ends, self.instances.ends)
        if not self.is_known:  # then others are asked what this one leaves
            self._spans[state] = starts, ends
        return starts, ends

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
        ends = self.instances.ends
        seen = ends[:1] if is_repeated(ends) else ends
        return bool((seen == HIGH).all())

    @property
    def _timely(self) -> Ints:
        """By when an instance waits no more, or is overdue."""
        until = self.settled_by
        return until if self._due is None else np.minimum(until, self._over.latest)

    def _waits_until(self) -> Ints:
        waits, partly = self._timely, self._partly
        return waits if partly is None else np.minimum(waits, partly.latest)

    def _waits(self) -> Span:
        opens = self.instances.starts
        if self._not_before is not None:
            opens = self._not_before.earliest
        return opens, self._waits_until()

    def _is_not_yet(self) -> Span:
        assert self._not_before is not None
        ends = np.minimum(self._waits_until(), self._not_before.latest)
        return self.instances.starts, ends

    @cached_property
    def _forever(self) -> Ints:
        return repeated(HIGH, self.size)

    @property
    def _most_early(self) -> Ints:
        return self._ended_by if self._ends else self._forever

    def _is_performed(self) -> Span:
        until = self._most_early
        if self._due is not None:
            until = self._due.latest
            until = np.minimum(until, self._ended_by) if self._ends else until
        return only(self.done.earliest, until), self._forever

    def _is_late(self) -> Span:
        late = np.maximum(self.done.earliest, self._over.earliest)
        return only(late, self.settled_by), self._forever

    def _is_remedied(self, remedied: First) -> Span:
        done, most_early = self.done, self._most_early
        begins = only(remedied.earliest, done.latest - 1)
        begins = only(begins, most_early - 1)
        late = np.maximum(done.earliest, after(remedied.earliest))
        stays = late <= np.minimum(done.latest, most_early)
        stays &= done.earliest < HIGH
        return begins, np.where(stays, self._forever, most_early)

    def _is_ended(self, kind: str) -> Span:
        begins = only(self._ends[kind].earliest, self.done.latest - 1)
        is_before = True
        for rival, first in self._ends.items():
            if rival == kind:
                is_before = False
            else:
                last = first.latest - 1 if is_before else first.latest
                begins = only(begins, last)
        return begins, self._forever

    @cached_property
    def is_known(self) -> bool:
        """Say whether each instance is in exactly one known state, once triggered."""
        firsts = [self.done, self._due, self._not_before, self._remedied, self._partly]
        tables = [self.owed.table(c) for c in self._conditions()]
        if any(kind in self.marks for kind in PAUSES):
            firsts += [
                self.owed.first(mark, self.instances, *self.window)
                for kind in PAUSES
                for mark in self.owed.marks(kind, self.chosen)
                if mark.event is not None
            ]
        return (
            self.instances.is_exact
            and all(first is None or first.is_exact for first in firsts)
            and all(first.is_exact for first in self._ends.values())
            and all(table.is_known for table in tables)
        )

    def _conditions(self) -> Iterator[Condition]:
        if self.owed.duty.condition is not None:
            yield self.owed.duty.condition
        for kind in PAUSES:
            for mark in self.owed.marks(kind, self.chosen):
                if mark.condition is not None:
                    yield mark.condition
