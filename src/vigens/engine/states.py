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
from typing import TYPE_CHECKING

from vigens.base import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.engine.batched import Runs

NOT_TRIGGERED = Message("not triggered")
RUNNING = Message("triggered, clock running")
NO_LIMIT = Message("triggered, no time limit stated")
NOT_YET = Message("triggered, not yet due")
DUE = Message("due, no performance recorded")
OVERDUE = Message("overdue, no performance recorded")
PARTLY = Message("partly performed")
PERFORMED = Message("performed")
LATE = Message("performed late")
WAIVED, RELEASED, LAPSED = Message("waived"), Message("released"), Message("lapsed")
EXCUSED, SUSPENDED = Message("excused"), Message("suspended")
ALLEGED, FOUND, DISPUTED = (
    Message("breach alleged"),
    Message("breach found"),
    Message("disputed"),
)
REMEDIED = Message("remedied")
NOT_BOUND = Message("its condition is not met")

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
#: States that an instance does not leave by itself.
LASTING = (PERFORMED, LATE, REMEDIED, *ENDINGS)


@dataclass(frozen=True, slots=True, eq=False)
class Bounded:
    """Where something surely and where it possibly holds, for each instance."""

    surely: Runs
    possibly: Runs


def precedes(names: Sequence[str], one: str, two: str) -> bool:
    """Say whether a state comes before another in the course of a duty.

    Args:
        names: States in the order of a course.
        one: The state asked about.
        two: The other one.

    Source:
        Design, section 3.1, point 4.
    """
    if one in LASTING:
        return one == REMEDIED and two in ENDINGS
    return two in LASTING or names.index(one) < names.index(two)
