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
from vigens.engine.batched import holds_at
from vigens.engine.bounds import UNKNOWN
from vigens.engine.breaches import Breaches
from vigens.engine.courses import Course
from vigens.engine.deadlines import (
    DutyDeadline,
    show_deadline,
    untriggered_deadline,
)
from vigens.engine.evaluate import Evaluation
from vigens.engine.instances import OUTSET, UNSEEN
from vigens.engine.owers import Ower, Owers
from vigens.engine.patterns import is_closed
from vigens.engine.readings import may_be_read
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
)
from vigens.engine.verdicts import Verdict, verdict_at
from vigens.rules import Condition, substitute, substitute_occurs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
        self.owers = Owers(self.owed, instant, binding)

    def reports(self, only: str | None) -> Iterator[DutyReport]:
        """List the reports: by obligor, then by trigger, then as recorded."""
        owers = self.owers.find(self.standing.recorded.instances, only)
        if not owers and only is None:
            nobody = replace(self.duty, obligor_role=None)
            review = _Review(self.evaluation, nobody, self.instant, self.binding)
            for report in review.reports(None):
                yield replace(report, obligor_verdict=Verdict.OPEN)
            return
        found = self._of_recorded(owers)
        for code, ower in owers.items():
            own = found.get(code, [])
            yield from own
            if not own and not self.binding and ower.role is not Verdict.FAILS:
                yield self._of_silence(ower)

    # Which instances there are.

    def _of_recorded(self, owers: Mapping[int, Ower]) -> dict[int, list[DutyReport]]:
        """Report the instances of recorded triggers, by the code of the obligor."""
        instances = self.standing.recorded.instances
        at = self.owers.instances_of(instances, owers)
        there = instances.starts.take(at) <= self.instant
        there &= instances.ends.take(at) > self.instant
        chosen = instances.take(at[there])
        order = np.lexsort((chosen.origin, chosen.trigger))
        found: dict[int, list[DutyReport]] = {}
        chosen = chosen.take(order)
        for place in dict.fromkeys(chosen.trigger.tolist()):
            group = chosen.take(np.flatnonzero(chosen.trigger == place))
            obligors = group.column(0).tolist()
            for at_row, report in enumerate(self._report(group, place, owers)):
                code = obligors[at_row]
                is_open = report.obligor_verdict is Verdict.OPEN
                if is_open and code not in self.owers.named:
                    continue
                found.setdefault(code, []).append(report)
        return found

    # What is reported of them.

    def _report(
        self,
        instances: Instances,
        place: int,
        owers: Mapping[int, Ower],
    ) -> Iterator[DutyReport]:
        """Report instances of one trigger."""
        trigger = None if place in (OUTSET, UNSEEN) else self.duty.triggers[place]
        reading = None if trigger is None else self._open(trigger.reading)
        states = self._states(instances, reading)
        deadlines = self._deadlines(instances, reading)
        conditions = self._while(instances)
        sure = instances.sure & (instances.last <= self.instant)
        obligors = instances.column(0).tolist()
        for at, binding in enumerate(self.owed.bindings(instances)):
            ower = owers[obligors[at]]
            name, role = ower.name, ower.role
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
        if not may_be_read(self.evaluation.plan.world, reading):
            return False
        if reading is None or own is None or own.variant != reading.variant:
            return True
        return own == reading

    # What is reported where no trigger is recorded.

    def _of_silence(self, ower: Ower) -> DutyReport:
        """Report that a duty is not triggered, or that nobody can say so."""
        unseen = self.standing.unseen.instances
        at = self.owers.instances_of(unseen, [ower.code])
        own = (1 << self.owed.packing.shifts[0]) - 1
        keys, starts = unseen.keys.take(at), unseen.starts.take(at)
        at = at[((keys & own) == 0) & (starts <= self.instant)]
        if not len(at):
            return self._untriggered(ower.name, ower.role)
        first = at[np.argmin(unseen.starts.take(at))]
        instances = unseen.take(first.reshape(1))
        (report,) = self._report(instances, UNSEEN, {ower.code: ower})
        return report

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
            is_read = may_be_read(self.evaluation.plan.world, trigger.reading)
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
    for state in itertools.chain(course.states, pauses):
        yield state, holds_at(course.possibly(state), now) & ~hidden
