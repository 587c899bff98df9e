"""Laying out the duties and tallies of a circle for its queue."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from vigens.chrono import civil_date, day_start
from vigens.engine.intervals import HIGH, LOW
from vigens.engine.keys import distinct
from vigens.engine.owed import Owed
from vigens.engine.patterns import variables_in
from vigens.engine.queue.adding import Adding
from vigens.engine.queue.bearers import owers_of, state_triggers
from vigens.engine.queue.changes import Changes
from vigens.engine.queue.clock import after
from vigens.engine.queue.gates import YES, Frame, Gate, decided
from vigens.engine.queue.members import DUTY, TALLY
from vigens.engine.queue.owing import Asked, Owing, Shape
from vigens.engine.queue.terms import clauses_of, is_of_obligor, limits_read
from vigens.engine.symbols import Packing
from vigens.rules import Atom

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vigens.engine.axis import Ints
    from vigens.engine.queue.furnish import Furnisher
    from vigens.engine.queue.gates import Site
    from vigens.engine.queue.terms import Clause
    from vigens.rules import Condition, Deadline, Delay, Trigger, Variable


def adding(furnisher: Furnisher, name: str, place: int) -> Adding:
    """Lay a tally out.

    Source:
        Design, section 3.1, point 6.
    """
    plan, node = furnisher.members.plan, TALLY + name
    tally = plan.world.program.tallies[name]
    return Adding(
        place,
        furnisher.rows[node, ""],
        len(furnisher.layout.keys[node]),
        is_open=tally.since is None,
        within=None if tally.within is None else _later(tally.within, plan.zone),
        until=_later(tally.until_delay, plan.zone),
    )


def _later(delay: Delay | None, zone: str) -> Callable[[int], int]:
    if delay is None:
        return lambda at: at
    return after(delay.amount, delay.unit, zone, delay.first_of)


def owing(furnisher: Furnisher, name: str, place: int) -> Owing:
    """Lay a duty out.

    Source:
        Design, section 3.1, point 4.
    """
    plan, layout = furnisher.members.plan, furnisher.layout
    owed = Owed(plan, plan.world.program.obligations[name])
    duty, node = owed.duty, DUTY + name
    laid = _Laid(furnisher, owed, place)
    base = {state: row for (of, state), row in furnisher.rows.items() if of == node}
    condition = None
    if duty.condition is not None:
        shared = laid.shared(duty.condition)
        condition = laid.asked("while", shared, duty.condition)
    obligors, has_role = laid.role()
    shape = Shape(
        name,
        place,
        base,
        {key: row for row, key in enumerate(layout.keys[node].tolist())},
        [laid.clause(clause) for clause in clauses_of(plan, owed)],
        condition,
        {
            part: laid.when(trigger)
            for part, trigger in enumerate(duty.triggers)
            if is_of_obligor(owed, trigger)
        },
        [laid.state(state) for state in state_triggers(plan, owed)],
        [(limit, _due(limit, plan.zone)) for limit in limits_read(plan, owed)],
        obligors,
        has_role,
        layout.packing[node].shifts[0],
        owed.code << layout.packing[node].shifts[0],
    )
    return Owing(shape, {state: Changes() for state in base})


class _Laid:
    """Lays the clauses of one duty out for the instances that there may be."""

    def __init__(self, furnisher: Furnisher, owed: Owed, place: int) -> None:
        self._furnisher, self._owed, self._place = furnisher, owed, place
        node = DUTY + owed.duty.name
        self._packing = furnisher.layout.packing[node]
        self._keys = furnisher.layout.keys[node]

    def shared(self, condition: Condition) -> tuple[Variable, ...]:
        """List the variables of the duty that a condition is about."""
        named = set(variables_in(condition))
        return tuple(v for v in self._owed.variables if v in named)

    def clause(self, clause: Clause) -> Asked:
        """Lay a clause out."""
        found = self.asked(clause.kind, clause.shared, clause.condition)
        found.limit = clause.limit
        return found

    def asked(
        self,
        kind: str,
        shared: Sequence[Variable],
        condition: Condition | None,
        *,
        lag: int = 0,
    ) -> Asked:
        """Lay out what is matched by some variables."""
        packing, places = self._packing, [self._owed.variables.index(v) for v in shared]
        mask = sum(((1 << packing.bits[at]) - 1) << packing.shifts[at] for at in places)
        if condition is None:
            return Asked(kind, mask)
        matched = distinct(np.sort(self._keys & mask))
        own = Packing(self._furnisher.members.plan.symbols, shared)
        columns = [packing.unpack(matched, at) for at in places]
        frame = Frame(tuple(shared), own, own.pack(columns, len(matched)))
        return self._gated(Asked(kind, mask), matched, frame, condition, lag)

    def when(self, trigger: Trigger) -> Asked:
        """Lay out what must hold just before of who owes."""
        assert trigger.when is not None
        return self.asked("when", self.shared(trigger.when), trigger.when, lag=1)

    def state(self, condition: Condition | None) -> Asked:
        """Lay out what makes the duty due as long as it holds."""
        keys = self._keys
        sort = self._owed.variables[0].sort
        is_open = self._owed.plan.world.program.sorts[sort].is_open
        if self._owed.duty.obligor_role is not None and not is_open:
            keys = keys[self._packing.unpack(keys, 0) > 0]
        frame = Frame(self._owed.variables, self._packing, keys)
        return self._gated(Asked("owe", -1), keys, frame, condition, 0)

    def _gated(
        self,
        asked: Asked,
        matched: Ints,
        frame: Frame,
        condition: Condition | None,
        lag: int,
    ) -> Asked:
        furnisher = self._furnisher
        assert furnisher.sites is not None
        gate = _always()
        if condition is not None:
            gate = furnisher.sites[1 - lag].gate(condition, frame)
        asked.gate, asked.keys = gate, matched.tolist()
        asked.rows = {key: row for row, key in enumerate(asked.keys)}
        if not lag:  # what was so just before moves nothing by itself
            asked.base = furnisher.allocate(len(matched))
            furnisher.watch(self._place, asked.base, gate, len(matched))
        return asked

    def role(
        self,
    ) -> tuple[Callable[[int], Sequence[int]] | None, Callable[[int, int], bool]]:
        """Say who had the obligor's role just before an instant."""
        owed, furnisher = self._owed, self._furnisher
        name = owed.duty.obligor_role
        if name is None:
            return None, lambda _key, _instant: True
        assert furnisher.sites is not None
        site, obligor = furnisher.sites[0], owed.variables[0]
        symbols = owed.plan.symbols
        codes = np.arange(len(symbols.words(obligor.sort)), dtype=np.int64)
        frame = Frame((obligor,), Packing(symbols, (obligor,)), codes)
        gate = site.gate(Atom(name, (obligor,)), frame)
        may_owe = owers_of(owed.plan, furnisher.layout.sketch(), owed.duty)
        if not owed.plan.world.program.sorts[obligor.sort].is_open:
            may_owe = may_owe[may_owe > 0]
        shift = self._packing.shifts[0]
        holders = Holders(site, gate, may_owe.tolist())
        return holders.at, lambda key, at: decided(gate.code(key >> shift, at))


class Holders:
    """Whoever has a role just before an instant, kept up to date."""

    def __init__(self, site: Site, gate: Gate, codes: Sequence[int]) -> None:
        """Ask everybody at first.

        Args:
            site: Where the role is read.
            gate: Says whether somebody has it.
            codes: Whoever may.
        """
        self._gate = gate
        self._dirty = set(codes)
        self._holding: set[int] = set()
        self._listed: list[int] = []
        self._times: list[tuple[int, int]] = []
        self._next = 0
        for code in codes:
            for row in gate.rows(code):
                marks = site.marks.setdefault(row, [])
                marks.append(partial(self._dirty.add, code))
            for times in gate.times(code):
                self._times += [(time + site.lag, code) for time in times[1:]]
        self._times.sort()

    def at(self, instant: int) -> Sequence[int]:
        """List them, by their codes; instants never go back."""
        while self._next < len(self._times) and self._times[self._next][0] <= instant:
            self._dirty.add(self._times[self._next][1])
            self._next += 1
        if self._dirty:
            for code in self._dirty:
                if decided(self._gate.code(code, instant)):
                    self._holding.add(code)
                else:
                    self._holding.discard(code)
            self._dirty.clear()
            self._listed = sorted(self._holding)
        return self._listed


def _always() -> Gate:
    return Gate(lambda _at, _instant: YES, lambda _: (), lambda _: ())


def _due(limit: Deadline, zone: str) -> Callable[[int], int]:
    """Give when a time limit is reached, from its anchor.

    Source:
        `vigens.engine.deadlines.due_at`.
    """
    assert limit.amount is not None
    assert limit.unit is not None
    move = after(limit.amount, limit.unit, zone, limit.first_of)
    is_exact = limit.unit in ("second", "minute", "hour") and limit.first_of is None
    if limit.relation != "within" or is_exact:
        return move

    def end_of_day(at: int) -> int:
        reached = move(at)
        if reached <= LOW or reached >= HIGH:
            return reached
        if limit.ends_span:
            return reached - 1
        return day_start(civil_date(reached, zone) + timedelta(days=1), zone) - 1

    return end_of_day
