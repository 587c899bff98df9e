"""The instances of a duty as columns: who owes it, from which trigger, since when.

An event triggers one instance for each occurrence and each obligor who had the role just
before it; the instance stays. A state triggers one for each span in which it holds and
the obligor has the role; the instance lasts as long as the span.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.axis import flat, taken
from vigens.engine.batched import (
    Runs,
)
from vigens.engine.keys import find
from vigens.rules import Variable, substitute, substitute_occurs

if TYPE_CHECKING:
    from vigens.engine.axis import Flags, Ints
    from vigens.engine.keys import Keyed
    from vigens.engine.symbols import Packing
    from vigens.rules import Condition, Obligation, Occurs

#: In place of a trigger's number: a duty without triggers, and a trigger nobody saw.
OUTSET, UNSEEN = -1, -2


@dataclass(frozen=True, slots=True, eq=False)
class Instances:
    """Instances of one duty.

    Attributes:
        variables: The obligor, then what else the duty is said of.
        packing: How the variables make a key.
        keys: (n,) int64, increasing; two triggers may give the same values.
        first: (n,) int64, earliest instant of the trigger, UTC seconds.
        last: (n,) int64, latest instant, included; the same array where all are exact.
        starts: (n,) int64, from when it is there at the earliest.
        ends: (n,) int64, from when it is there no more.
        sure: (n,) bool, whether it is surely triggered by `last`.
        is_owed: (n,) bool, whether the obligor surely had the role.
        trigger: (n,) int64, place among the triggers, or `OUTSET`, or `UNSEEN`.
        origin: (n,) int64, place in the log of the event; -1 for none.
    """

    variables: tuple[Variable, ...]
    packing: Packing
    keys: Ints
    first: Ints
    last: Ints
    starts: Ints
    ends: Ints
    sure: Flags
    is_owed: Flags
    trigger: Ints
    origin: Ints

    def __len__(self) -> int:
        """Count the instances."""
        return len(self.keys)

    @property
    def is_exact(self) -> bool:
        """Say whether every instant of a trigger is known."""
        return self.first is self.last

    def column(self, at: int) -> Ints:
        """Give the codes of one variable."""
        return self.packing.unpack(self.keys, at)

    def rows_in(self, keyed: Keyed) -> Ints:
        """Give the row of a table, or of moves, that belongs to each instance."""
        if len(keyed.keys) == 1:
            return np.zeros(len(self), dtype=np.int64)
        keys = self.keys
        if keyed.variables != self.variables:
            places = [self.variables.index(variable) for variable in keyed.variables]
            keys = keyed.packing.pack([self.column(at) for at in places], len(self))
        return find(keyed.packing, keyed.keys, keys)

    def take(self, at: Ints) -> Instances:
        """Keep some instances, in order."""
        first = self.first.take(at)
        return replace(
            self,
            keys=self.keys.take(at),
            first=first,
            last=first if self.is_exact else self.last.take(at),
            starts=first if self.starts is self.first else self.starts.take(at),
            ends=taken(self.ends, at),
            sure=self.sure.take(at),
            is_owed=self.is_owed.take(at),
            trigger=taken(self.trigger, at),
            origin=self.origin.take(at),
        )


def with_values(duty: Obligation, binding: dict[str, str]) -> Obligation:
    """Fill values into every clause of a duty.

    Source:
        First-order logic.
    """

    def occurs(event: Occurs | None) -> Occurs | None:
        return None if event is None else substitute_occurs(event, binding)

    def holds(condition: Condition | None) -> Condition | None:
        return None if condition is None else substitute(condition, binding)

    done = duty.performance
    return replace(
        duty,
        triggers=tuple(
            replace(
                one,
                event=occurs(one.event),
                condition=holds(one.condition),
                when=holds(one.when),
            )
            for one in duty.triggers
        ),
        condition=holds(duty.condition),
        performance=done
        and replace(done, event=occurs(done.event), condition=holds(done.condition)),
        deadlines=tuple(
            replace(one, anchor=occurs(one.anchor)) for one in duty.deadlines
        ),
        marks=tuple(
            replace(one, event=occurs(one.event), condition=holds(one.condition))
            for one in duty.marks
        ),
    )


def spans_as_runs(starts: Ints, ends: Ints) -> Runs:
    """Make one run of each instance's span; an empty one is dropped.

    Args:
        starts: (n,) int64, UTC seconds, for each instance.
        ends: (n,) int64, excluded.

    Source:
        Interval algebra, design section 4.6.
    """
    at = np.flatnonzero(ends > starts)
    if len(at) < len(starts):
        starts = starts.take(at)
        ends = taken(ends, at)
    return Runs(flat(at, starts), flat(at, ends))
