"""Obligations as reports: one for each instance, with all that is known of it.

Silence makes a duty overdue, never breached. Where something is not known, an instance
reports every state that it may be in.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.axis import flat
from vigens.engine.batched import holds_at, ranges
from vigens.engine.bounds import UNKNOWN
from vigens.engine.breaches import Breaches
from vigens.engine.deadlines import (
    DutyDeadline,
    show_deadline,
    untriggered_deadline,
)
from vigens.engine.evaluate import Evaluation
from vigens.engine.instances import OUTSET, UNSEEN, may_be_read
from vigens.engine.patterns import is_closed
from vigens.engine.standing import Standing, open_choices
from vigens.engine.states import (
    ALLEGED,
    DISPUTED,
    FOUND,
    NOT_BOUND,
    NOT_TRIGGERED,
    ORDER,
    PAUSES,
    REMEDIED,
    Course,
)
from vigens.engine.verdicts import Verdict, verdict_at
from vigens.rules import Condition, Edge, depends_on, substitute, substitute_occurs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from vigens.engine.axis import Flags, Ints
    from vigens.engine.bounds import Bounds
    from vigens.engine.instances import Instances
    from vigens.engine.owed import Owed
    from vigens.rules import Obligation, Reading, Trigger


@dataclass(frozen=True, slots=True)
class DutyReport:
    """One instance of an obligation at an instant.

    Attributes:
        obligation: Name.
        obligor: Who owes it, or empty where the text does not say.
        binding: Values of the trigger's variables.
        states: Every state that it may be in; exactly one where all is known.
        trigger: Verdict on the trigger.
        trigger_condition: The ground trigger, for a why; `None` for an event.
        condition: Verdict on `while`; `None` where there is none.
        while_condition: The ground `while`, for a why.
        obligor_verdict: Whether the obligor is known to have the role.
        deadlines: One for each reading.
        reading: The reading under which the trigger counts, or empty.
    """

    obligation: str
    obligor: str
    binding: tuple[tuple[str, str], ...]
    states: tuple[str, ...]
    trigger: Verdict
    trigger_condition: Condition | None
    condition: Verdict | None
    while_condition: Condition | None
    obligor_verdict: Verdict
    deadlines: tuple[DutyDeadline, ...]
    reading: str = ""


def review_obligation(
    evaluation: Evaluation,
    obligation: Obligation,
    instant: int,
    *,
    obligor: str | None = None,
    binding: Mapping[str, str] | None = None,
) -> tuple[DutyReport, ...]:
    """Report the instances of an obligation at an instant.

    Args:
        evaluation: What is known.
        obligation: Of the same program.
        instant: UTC seconds.
        obligor: Only what this one owes; `None` for everybody.
        binding: Only instances with these values, by names of variables.

    Returns:
        One report for each obligor and trigger; at least one, unless values are asked
        for that no instance has.

    Source:
        Design, section 3.1, point 4.
    """
    review = _Review(evaluation, obligation, instant, binding or {})
    return tuple(review.reports(obligor))


class _Review:
    """The reports of one obligation at one instant."""

    def __init__(
        self,
        evaluation: Evaluation,
        duty: Obligation,
        instant: int,
        binding: Mapping[str, str],
    ) -> None:
        self.evaluation, self.duty, self.instant = evaluation, duty, instant
        self.binding = binding
        self.standing: Standing = evaluation.plan.standing(duty)
        self.owed: Owed = self.standing.owed

    def reports(self, only: str | None) -> Iterator[DutyReport]:
        """List the reports: by obligor, then by trigger, then as recorded."""
        owers = self._obligors(only)
        if not owers and only is None:
            nobody = replace(self.duty, obligor_role=None)
            review = _Review(self.evaluation, nobody, self.instant, self.binding)
            for report in review.reports(None):
                yield replace(report, obligor_verdict=Verdict.OPEN)
            return
        found = self._of_recorded(owers)
        for code, (name, role) in owers.items():
            own = found.get(code, [])
            yield from own
            if not own and not self.binding and role is not Verdict.FAILS:
                yield self._of_silence(code, name, role)

    # Who owes it.

    def _obligors(self, only: str | None) -> dict[int, tuple[str, Verdict]]:
        """Give who may owe it: by code the name and whether it has the role now."""
        duty, symbols = self.duty, self.evaluation.plan.symbols
        table = self.owed.role
        if table is None:
            name = duty.obligor or ""
            return (
                {self.owed.code: (name, Verdict.HOLDS)} if only in (None, name) else {}
            )
        program = self.evaluation.world.program
        names = program.values_of("party") if only is None else (only,)
        codes = symbols.codes(self.owed.variables[0].sort, names)
        places = flat(codes, np.full(len(codes), self.instant))
        surely = holds_at(table.surely, places)
        possibly = holds_at(table.possibly, places)
        had = set(self._there(self.standing.recorded.instances, names, codes))
        found: dict[int, tuple[str, Verdict]] = {}
        named: set[int] | None = None
        for at, (name, code) in enumerate(zip(names, codes.tolist(), strict=True)):
            verdict = Verdict.FAILS
            if surely[at]:
                verdict = Verdict.HOLDS
            elif possibly[at]:
                named = self._named() if named is None else named
                verdict = Verdict.OPEN if code in named else Verdict.FAILS
            if verdict is not Verdict.FAILS or code in had:
                found[code] = (name, verdict)
        return found

    def _there(
        self, instances: Instances, names: Sequence[str], codes: Ints
    ) -> list[int]:
        """List the obligors of instances of events that may be there."""
        if len(names) == 1:
            at = self._of_keys(instances, codes)
        else:
            at = np.arange(len(instances), dtype=np.int64)
        if not len(at):
            return []
        there = instances.starts.take(at) <= self.instant
        there &= instances.origin.take(at) >= 0
        surely = there & instances.is_owed.take(at)
        found = set(np.unique(instances.column(0).take(at[surely])).tolist())
        rest = instances.column(0).take(at[there & ~surely])
        if len(rest):
            found |= set(np.unique(rest).tolist()) & self._named()
        return sorted(found)

    def _named(self) -> set[int]:
        """List whom any counted occurrence behind a role names, by code."""
        plan, program = self.evaluation.plan, self.evaluation.world.program
        root = program.root_of(self.owed.variables[0].sort)
        size = len(plan.symbols.words(root))
        role = self.duty.obligor_role
        names, seen = [role] if role else [], {role}
        found = np.zeros(size, dtype=bool)
        while names:
            fluent = program.fluents[names.pop()]
            below = list(depends_on(fluent, through_time=True))
            for change in fluent.initiated:
                if isinstance(change.event, Edge):
                    below.append(change.event.atom.name)
                    continue
                moves = plan.moves(change.event.name)
                for at, param in enumerate(moves.variables):
                    if program.root_of(param.sort) == root and len(moves):
                        found |= np.bincount(moves.column(at), minlength=size) > 0
            for name in below:
                if name in program.fluents and name not in seen:
                    seen.add(name)
                    names.append(name)
        return set(np.flatnonzero(found).tolist())

    # Which instances there are.

    def _of_keys(self, instances: Instances, obligors: Iterable[int]) -> Ints:
        """Find the instances of some obligors, and of the values asked for."""
        owed, symbols = self.owed, self.evaluation.plan.symbols
        low, fixed = 0, owed.packing.shifts[0]
        for place, variable in enumerate(owed.variables[1:], 1):
            if variable.name not in self.binding:
                break
            fixed = owed.packing.shifts[place]
            low |= symbols.code(variable.sort, self.binding[variable.name]) << fixed
        starts = np.asarray(sorted(obligors), dtype=np.int64)
        starts = (starts << owed.packing.shifts[0]) | low
        first = np.searchsorted(instances.keys, starts)
        counts = np.searchsorted(instances.keys, starts + (1 << fixed)) - first
        found = ranges(first, counts)
        for place, variable in enumerate(owed.variables[1:], 1):
            if variable.name in self.binding:
                code = symbols.code(variable.sort, self.binding[variable.name])
                column = owed.packing.unpack(instances.keys.take(found), place)
                found = found[column == code]
        return found

    def _of_recorded(
        self, owers: Mapping[int, tuple[str, Verdict]]
    ) -> dict[int, list[DutyReport]]:
        """Report the instances of recorded triggers, by the code of the obligor."""
        instances = self.standing.recorded.instances
        at = self._of_keys(instances, owers)
        there = instances.starts.take(at) <= self.instant
        there &= instances.ends.take(at) > self.instant
        chosen = instances.take(at[there])
        order = np.lexsort((chosen.origin, chosen.trigger))
        found: dict[int, list[DutyReport]] = {}
        chosen = chosen.take(order)
        named: set[int] | None = None
        for place in dict.fromkeys(chosen.trigger.tolist()):
            group = chosen.take(np.flatnonzero(chosen.trigger == place))
            obligors = group.column(0).tolist()
            for at_row, report in enumerate(self._report(group, place, owers)):
                code = obligors[at_row]
                if report.obligor_verdict is Verdict.OPEN:
                    named = self._named() if named is None else named
                    if code not in named:
                        continue
                found.setdefault(code, []).append(report)
        return found

    # What is reported of them.

    def _report(
        self,
        instances: Instances,
        place: int,
        owers: Mapping[int, tuple[str, Verdict]],
    ) -> Iterator[DutyReport]:
        """Report instances of one trigger."""
        trigger = None if place in (OUTSET, UNSEEN) else self.duty.triggers[place]
        reading = None if trigger is None else self._open(trigger.reading)
        states = self._states(instances, reading)
        deadlines = self._deadlines(instances, reading)
        conditions = self._while(instances)
        sure = instances.sure & (instances.last <= self.instant)
        bindings = self.owed.bindings(instances)
        for at, binding in enumerate(bindings):
            code = int(instances.column(0)[at])
            name, role = owers[code]
            verdict = Verdict.HOLDS if sure[at] else Verdict.OPEN
            ground = None
            if trigger is not None and trigger.event is not None:
                if self.duty.obligor_role is not None:
                    role = Verdict.HOLDS if instances.is_owed[at] else Verdict.OPEN
            elif trigger is not None and trigger.condition is not None:
                ground = substitute(trigger.condition, self._full(binding, name))
                verdict = verdict_at(self._bounds(ground), self.instant)
            elif place == OUTSET:
                verdict = Verdict.HOLDS
            own = {k: v for k, v in binding.items() if k != "obligor"}
            condition, needed = conditions[at]
            words = states[at]
            if verdict is not Verdict.HOLDS:
                words.add(NOT_TRIGGERED)
            yield DutyReport(
                self.duty.name,
                name,
                tuple(sorted(own.items())),
                tuple(state for state in ORDER if state in words),
                verdict,
                ground,
                condition,
                needed,
                role,
                tuple(row[at] for row in deadlines),
                str(reading) if reading else "",
            )

    def _full(self, binding: Mapping[str, str], name: str) -> dict[str, str]:
        return {**binding, "obligor": name} if name else dict(binding)

    def _open(self, reading: Reading | None) -> Reading | None:
        """Give a reading where the lens chooses none of its variant."""
        if reading is None or reading.variant in self.evaluation.world.readings:
            return None
        return reading

    def _bounds(self, condition: Condition) -> Bounds:
        """Give the bounds of a condition; not known where a variable is left."""
        if not is_closed(condition):
            return UNKNOWN
        return self.evaluation.bounds(condition)

    def _while(
        self, instances: Instances
    ) -> list[tuple[Verdict | None, Condition | None]]:
        condition = self.owed.duty.condition
        if condition is None:
            return [(None, None)] * len(instances)
        table = self.owed.table(condition)
        places = flat(instances.rows_in(table), np.full(len(instances), self.instant))
        surely = holds_at(table.surely, places)
        possibly = holds_at(table.possibly, places)
        found: list[tuple[Verdict | None, Condition | None]] = []
        for at, binding in enumerate(self.owed.bindings(instances)):
            needed = substitute(condition, binding)
            verdict = Verdict.OPEN if possibly[at] else Verdict.FAILS
            if not is_closed(needed):
                verdict = Verdict.OPEN
            elif surely[at]:
                verdict = Verdict.HOLDS
            found.append((verdict, needed))
        return found

    def _states(self, instances: Instances, reading: Reading | None) -> list[set[str]]:
        """List the states of each instance, under every choice of readings."""
        fixed = {reading.variant: reading.name} if reading else {}
        found: list[set[str]] = [set() for _ in range(len(instances))]
        now = flat(
            np.arange(len(instances), dtype=np.int64),
            np.full(len(instances), self.instant),
        )
        for choice in open_choices(self.evaluation.plan, self.duty):
            if any(choice.get(v, name) != name for v, name in fixed.items()):
                continue
            course = Course(self.owed, instances, {**choice, **fixed})
            for state, flags in _states_at(course, now):
                for at in np.flatnonzero(flags).tolist():
                    found[at].add(state)
        return found

    def _deadlines(
        self, instances: Instances, reading: Reading | None
    ) -> list[list[DutyDeadline]]:
        return [
            show_deadline(self.owed, deadline, instances, self.instant)
            for deadline in self.owed.duty.deadlines
            if self._is_shown(deadline.reading, reading)
        ]

    def _is_shown(self, reading: Reading | None, own: Reading | None) -> bool:
        """Say whether a deadline's reading does not contradict the trigger's."""
        if not may_be_read(self.evaluation.plan, reading):
            return False
        if reading is None or own is None or own.variant != reading.variant:
            return True
        return own == reading

    # What is reported where no trigger is recorded.

    def _of_silence(self, code: int, name: str, role: Verdict) -> DutyReport:
        """Report that a duty is not triggered, or that nobody can say so."""
        unseen = self.standing.unseen.instances
        at = self._of_keys(unseen, [code])
        own = (1 << self.owed.packing.shifts[0]) - 1
        keys, starts = unseen.keys.take(at), unseen.starts.take(at)
        at = at[((keys & own) == 0) & (starts <= self.instant)]
        if len(at):
            first = at[np.argmin(unseen.starts.take(at))]
            (report,) = self._report(
                unseen.take(first.reshape(1)), UNSEEN, {code: (name, role)}
            )
            return replace(report, obligor_verdict=role)
        return self._untriggered(name, role)

    def _untriggered(self, name: str, role: Verdict) -> DutyReport:
        binding = {"obligor": name} if name else {}
        trigger = self._failing()
        reading, ground = None, None
        if trigger is not None and trigger.condition is not None:
            reading = self._open(trigger.reading)
            ground = substitute(trigger.condition, binding)
        condition, needed = None, None
        if self.duty.condition is not None:
            needed = substitute(self.duty.condition, binding)
            condition = verdict_at(self._bounds(needed), self.instant)
        deadlines = []
        for deadline in self.duty.deadlines:
            if self._is_shown(deadline.reading, reading):
                words = "the trigger"
                if deadline.anchor is not None:
                    words = str(substitute_occurs(deadline.anchor, binding))
                deadlines.append(untriggered_deadline(deadline, words))
        return DutyReport(
            self.duty.name,
            name,
            (),
            (NOT_TRIGGERED,),
            Verdict.FAILS,
            ground,
            condition,
            needed,
            role,
            tuple(deadlines),
            str(reading) if reading else "",
        )

    def _failing(self) -> Trigger | None:
        """Give the first state that would trigger it, for a why."""
        for trigger in self.duty.triggers:
            is_read = may_be_read(self.evaluation.plan, trigger.reading)
            if is_read and trigger.condition is not None:
                return trigger
        return None


def _states_at(course: Course, now: Ints) -> Iterator[tuple[str, Flags]]:
    """Say for each state which instances may be in it; what is said of a breach first.

    A breach that is surely said hides the state beside it.
    """
    breaches = Breaches(course)

    def said(word: str, *, surely: bool) -> Flags:
        return holds_at(breaches.where(word, surely=surely), now)

    hidden = np.zeros(len(now), dtype=bool)
    if "found" in course.marks:
        yield FOUND, said(FOUND, surely=False)
        hidden |= said(FOUND, surely=True)
        mended = said(REMEDIED, surely=False)
        yield REMEDIED, mended
        hidden |= said(REMEDIED, surely=True)
    if "alleged" in course.marks:
        yield ALLEGED, said(ALLEGED, surely=False) & ~said(DISPUTED, surely=True)
        yield DISPUTED, said(DISPUTED, surely=False)
        hidden |= said(ALLEGED, surely=True)
    yield NOT_BOUND, holds_at(course.possibly(NOT_BOUND), now)
    pauses = [pause for pause in PAUSES if pause in course.marks]
    for state in itertools.chain(course.spans, pauses):
        yield state, holds_at(course.possibly(state), now) & ~hidden
