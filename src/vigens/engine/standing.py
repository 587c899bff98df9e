"""Where the instances of a duty stand, as tables that conditions can ask."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.axis import SHIFT, moved, rows_of
from vigens.engine.batched import EMPTY, Runs, canonical, everywhere, union
from vigens.engine.breaches import Breaches
from vigens.engine.columns import columns_of_spans
from vigens.engine.courses import Course
from vigens.engine.instances import spans_as_runs
from vigens.engine.keys import are_named, close
from vigens.engine.owed import Owed
from vigens.engine.readings import open_choices as choices_of
from vigens.engine.readings import readings_of_duty
from vigens.engine.states import (
    ALLEGED,
    DISPUTED,
    EXCUSED,
    FOUND,
    LAPSED,
    LATE,
    NOT_BOUND,
    NOT_YET,
    OVERDUE,
    PARTLY,
    PERFORMED,
    RELEASED,
    REMEDIED,
    SUSPENDED,
    WAIVED,
)
from vigens.engine.tables import Table, any_of, hull, of_runs
from vigens.engine.triggers import find_instances

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from vigens.engine.axis import Ints
    from vigens.engine.basis import Basis
    from vigens.engine.columns import IntervalColumns
    from vigens.engine.instances import Instances
    from vigens.rules import Obligation

#: The words of `vigens.rules.InState` and what they stand for.
_STATES = {
    "performed": PERFORMED,
    "late": LATE,
    "overdue": OVERDUE,
    "partly": PARTLY,
    "waived": WAIVED,
    "released": RELEASED,
    "lapsed": LAPSED,
    "excused": EXCUSED,
    "suspended": SUSPENDED,
    "remedied": REMEDIED,
    "not bound": NOT_BOUND,
    "not yet due": NOT_YET,
}
_BREACHES = {
    "alleged": ALLEGED,
    "found": FOUND,
    "disputed": DISPUTED,
    "remedied": REMEDIED,
}


def word_of(state: str) -> str | None:
    """Give what people call a state of a duty that conditions ask for.

    Source:
        Design, section 3.1, point 4.
    """
    return _STATES.get(state) or _BREACHES.get(state)


def duty_table(
    plan: Basis,
    duty: Obligation,
    state: str,
    standing_of: Callable[[Obligation], Standing],
) -> Table:
    """Give where instances of an obligation are in a state.

    Instances with the same values are one row: it is in a state if one of them is.

    Args:
        plan: Keeps what is worked out.
        duty: Of the plan's program.
        state: As in `vigens.rules.InState`.
        standing_of: Works out where the instances of a duty stand, once.

    Returns:
        A table over the obligor and what else the duty is said of.

    Source:
        Design, section 3.1, point 4.
    """
    choices = open_choices(plan, duty)
    if choices != ({},):
        tables = [plan.under(choice).duty(duty.name, state) for choice in choices]
        return hull(plan.symbols, tables)
    return standing_of(duty).table(state)


def open_choices(plan: Basis, duty: Obligation) -> tuple[dict[str, str], ...]:
    """List every choice of the readings of a duty that the lens leaves open.

    Source:
        Design, section 3.1, point 11 (variants).
    """
    return choices_of(plan.world, readings_of_duty(duty))


class Standing:
    """Where all instances of a duty stand, under the readings of the lens.

    Attributes:
        owed: The duty and what its clauses are matched against.
        is_known: Whether anything is known of it; else it may be in every state.
    """

    def __init__(
        self,
        plan: Basis,
        duty: Obligation,
        *,
        is_known: bool = True,
        owed: Owed | None = None,
    ) -> None:
        """Begin with nothing worked out, or with what is known of the clauses."""
        self.owed = Owed(plan, duty) if owed is None else owed
        self.is_known = is_known

    def begun(self) -> Standing:
        """Find the instances."""
        self.instances  # noqa: B018 -- it is kept
        return self

    @cached_property
    def instances(self) -> tuple[Instances, Instances]:
        """Give the instances of recorded triggers, and of those that nobody saw."""
        return find_instances(self.owed)

    @cached_property
    def recorded(self) -> Group:
        """Give the instances of recorded triggers."""
        return Group(self.owed, self.instances[0])

    @cached_property
    def unseen(self) -> Group:
        """Give the instances of triggers that nobody recorded."""
        return Group(self.owed, self.instances[1])

    def table(self, state: str) -> Table:
        """Give where instances are in a state.

        Source:
            Design, section 3.1, point 4.
        """
        if not self.is_known:
            packing, key = self.owed.packing, np.zeros(1, dtype=np.int64)
            return Table(self.owed.variables, packing, key, EMPTY, everywhere(1))
        tables = [self.recorded.table(state)]
        if len(self.unseen.instances):
            tables.append(self.unseen.table(state))
        return any_of(self.owed.plan.symbols, tables)

    def columns(self, state: str, until: int | None) -> IntervalColumns | None:
        """Give where instances are in a state as columns, with no table in between.

        Args:
            state: As in `vigens.rules.InState`.
            until: Cut everything at this instant, UTC seconds.

        Returns:
            `None` where only a table tells: something is not known, instances have the
            same values, or more than their own course decides.

        Source:
            Design, section 4.6.
        """
        if not self.is_known or len(self.unseen.instances):
            return None
        return self.recorded.columns(state, until)


def same_standing(one: Standing, two: Standing) -> bool:
    """Say whether two have the same instances.

    Source:
        Design, section 4.6: a circle through time.
    """
    if not (one.is_known and two.is_known):
        return False
    pairs = [
        (one.recorded.instances, two.recorded.instances),
        (one.unseen.instances, two.unseen.instances),
    ]
    return all(
        np.array_equal(getattr(left, name), getattr(right, name))
        for left, right in pairs
        for name in ("keys", "first", "last", "starts", "ends", "sure", "is_owed")
    )


class Group:
    """Some instances of a duty, with their course and their rows in a table.

    Attributes:
        owed: The duty.
        instances: Sorted by their keys.
    """

    def __init__(self, owed: Owed, instances: Instances) -> None:
        """Begin with nothing worked out."""
        self.owed = owed
        self.instances = instances

    @cached_property
    def course(self) -> Course:
        """Give the course of the instances."""
        return Course(self.owed, self.instances, {})

    @cached_property
    def breaches(self) -> Breaches:
        """Give what is said of breaches."""
        return Breaches(self.course)

    @cached_property
    def _is_sure(self) -> bool:
        return bool(self.instances.sure.all() and self.instances.is_owed.all())

    @cached_property
    def _is_single(self) -> bool:
        """Say whether no two instances have the same values."""
        keys = self.instances.keys
        return bool((keys[1:] > keys[:-1]).all())

    @cached_property
    def _are_plain(self) -> bool:
        """Say whether each instance has values of its own, all of them named."""
        keys = self.instances.keys
        return self._is_single and are_named(self.owed.packing, keys)

    @cached_property
    def _codes(self) -> list[NDArray[np.int32]]:
        """Give the values of each instance, a column for each variable."""
        keys, packing = self.instances.keys, self.owed.packing
        found = []
        for at, (bits, shift) in enumerate(
            zip(packing.bits, packing.shifts, strict=True)
        ):
            column = np.empty(len(keys), dtype=np.int32)
            np.right_shift(keys, shift, out=column, casting="unsafe")
            if at:  # above the heaviest there is nothing
                column &= (1 << bits) - 1
            found.append(column)
        return found

    def columns(self, state: str, until: int | None) -> IntervalColumns | None:
        """Give where instances are in a state as columns; `None` where a table tells.

        Source:
            Design, section 4.6.
        """
        if not (len(self.instances) and self._is_sure and self._are_plain):
            return None
        word = self.course.waiting if state == "pending" else _STATES.get(state)
        span = None
        if state == "triggered" and self.instances.is_exact:
            span = self.instances.starts, self.instances.ends
        elif word is not None and state not in _BREACHES:
            span = self.course.alone(word)
        if span is None:
            return None
        symbols, variables = self.owed.plan.symbols, self.owed.variables
        return columns_of_spans(symbols, variables, self._codes, span, until)

    @cached_property
    def _rows(self) -> tuple[Ints, Ints | None]:
        """Give the keys of the table, and the row of each instance.

        `None` where that is the row after the instance's own place.
        """
        keys = self.instances.keys
        if not len(keys):
            return np.zeros(1, dtype=np.int64), keys
        is_new = np.append(True, keys[1:] != keys[:-1])
        distinct = keys if self._is_single else keys[is_new]
        packing = self.owed.packing
        if self._are_plain or (not self._is_single and are_named(packing, distinct)):
            rows = None if self._is_single else np.cumsum(is_new)
            return np.append(0, distinct), rows
        closed = close(packing, distinct)
        return closed, np.searchsorted(closed, keys)

    def table(self, state: str) -> Table:
        """Give where instances are in a state, as a table.

        Source:
            Design, section 3.1, point 4.
        """
        shape = (self.owed.variables, self.owed.packing, self._rows[0])
        possibly = self._of_rows(self._possibly(state))
        is_known = self._is_sure and self.course.is_known
        if is_known and (state not in _BREACHES or self.breaches.is_known):
            return Table(*shape, possibly, possibly)
        surely = self._of_rows(self._surely(state))
        return of_runs(*shape, (surely, possibly))

    def _possibly(self, state: str) -> Runs:
        instances = self.instances
        if state == "triggered":
            return spans_as_runs(instances.starts, instances.ends)
        if state == "pending":
            return self.course.possibly(self.course.waiting)
        parts = []
        if state in _STATES:
            parts.append(self.course.possibly(_STATES[state]))
        if state in _BREACHES:
            parts.append(self.breaches.where(_BREACHES[state], surely=False))
        return union(*parts)

    def _surely(self, state: str) -> Runs:
        instances = self.instances
        if state == "triggered":
            starts = np.maximum(instances.starts, instances.last)
            return self._of_sure(spans_as_runs(starts, instances.ends))
        if state == "pending":
            return self._of_sure(self.course.surely(self.course.waiting))
        parts = []
        if state in _STATES:
            parts.append(self.course.surely(_STATES[state]))
        if state in _BREACHES:
            parts.append(self.breaches.where(_BREACHES[state], surely=True))
        return self._of_sure(union(*parts))

    def _of_sure(self, runs: Runs) -> Runs:
        """Keep the runs of instances that are surely triggered, and owed."""
        if self._is_sure or not len(runs):
            return runs
        kept = (self.instances.sure & self.instances.is_owed).take(rows_of(runs.starts))
        return Runs(runs.starts[kept], runs.ends[kept])

    def _of_rows(self, runs: Runs) -> Runs:
        """Give the runs of instances to the rows of their keys."""
        if not len(runs):
            return EMPTY
        rows = self._rows[1]
        if rows is None:
            return Runs(runs.starts + (1 << SHIFT), runs.ends + (1 << SHIFT))
        own = rows.take(rows_of(runs.starts))
        starts, ends = moved(runs.starts, own), moved(runs.ends, own)
        return Runs(starts, ends) if self._is_single else canonical(starts, ends)
