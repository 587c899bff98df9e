"""Clocks: the deadlines that run and the dates of planned steps, the soonest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Message
from vigens.chrono import civil_date
from vigens.desk.status import read_duty, read_step
from vigens.engine import Verdict, phrase
from vigens.rules import Atom, Constant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vigens.desk.answers import Session
    from vigens.desk.status import Duty, PlannedStep
    from vigens.engine import DutyDeadline, DutyReport
    from vigens.rules import Program

#: States of a duty, by the word that each begins with, in which somebody has to act.
_LIVE = ("triggered", "due", "overdue", "partly")
_DAY = 86400


@dataclass(frozen=True, slots=True)
class Clock:
    """One deadline under one reading, or the date of one planned step.

    Attributes:
        kind: `deadline` or `step`.
        name: Of the obligation or the step.
        title: In words.
        obligors: Who has to act; empty where the text names nobody.
        obligee: To whom it is owed, or empty.
        unstated: What the text leaves open of who has to act.
        about: Values of the trigger's variables, as `name value`.
        states: Every state that it may be in.
        is_sure: Whether it surely runs; else it only may.
        relation: `within` (not after), `at` (not before), or `step`.
        earliest: UTC seconds; `None` where it cannot be told.
        latest: UTC seconds, included.
        open_because: Why it cannot be told, or is not sure.
        reading: The reading under which it counts, or empty.
        anchor: From what it runs, or empty.
        caveat: What it hangs on, or empty.
        outcome: Whether the step is done; `None` of a deadline.
        is_about: Whether the date of the step is only approximate.
    """

    kind: str
    name: str
    title: str
    obligors: tuple[str, ...]
    obligee: str
    unstated: str
    about: tuple[str, ...]
    states: tuple[str, ...]
    is_sure: bool
    relation: str
    earliest: int | None
    latest: int | None
    open_because: str
    reading: str
    anchor: str
    caveat: str
    outcome: Verdict | None = None
    is_about: bool = False

    def stands(self, instant: int) -> str:
        """Say where it stands: `ahead`, `between`, `passed` or `no date`."""
        if self.earliest is None or self.latest is None:
            return "no date"
        if instant < self.earliest:
            return "ahead"
        return "passed" if instant > self.latest else "between"


def read_clocks(session: Session) -> tuple[Clock, ...]:
    """List the deadlines that run or may run and the steps not known to be done.

    Returns:
        Those that surely run first, each kind with the soonest first; what has no date
        stands last.
    """
    program = session.case.program
    found = [
        *(
            clock
            for name in program.obligations
            for clock in _of_duty(read_duty(session, name))
        ),
        *(
            clock
            for name in program.steps
            for clock in _of_step(read_step(session, name))
        ),
    ]
    return tuple(sorted(found, key=_urgency))


def is_live(report: DutyReport) -> bool:
    """Say whether an instance may be in a state in which somebody has to act."""
    return any(state.startswith(_LIVE) for state in report.states)


def is_surely_live(report: DutyReport) -> bool:
    """Say whether an instance can be in no other state than such a one."""
    has_role = report.obligor_verdict is Verdict.HOLDS
    return has_role and all(state.startswith(_LIVE) for state in report.states)


def _of_duty(duty: Duty) -> Iterator[Clock]:
    """Give one clock for each deadline that several obligors share."""
    shared: dict[tuple[object, ...], list[DutyReport]] = {}
    for report in duty.instances:
        if is_live(report):
            key = (report.states, report.binding, report.deadlines, report.reading)
            shared.setdefault((*key, is_surely_live(report)), []).append(report)
    for same in shared.values():
        for deadline in same[0].deadlines or (None,):
            yield _deadline(duty, same, deadline)


def _deadline(
    duty: Duty, same: list[DutyReport], deadline: DutyDeadline | None
) -> Clock:
    owed, first = duty.obligation, same[0]
    return Clock(
        "deadline",
        owed.name,
        owed.title,
        tuple(report.obligor for report in same if report.obligor),
        owed.obligee or "",
        owed.obligor_unstated or "",
        tuple(f"{name} {value}" for name, value in first.binding),
        first.states,
        is_surely_live(first),
        deadline.relation if deadline else "within",
        deadline.earliest if deadline else None,
        deadline.latest if deadline else None,
        deadline.open_because if deadline else Message("no time limit is stated"),
        (deadline.reading if deadline else "") or first.reading,
        deadline.anchor if deadline else "",
        duty.caveat or "",
    )


def _of_step(found: PlannedStep) -> Iterator[Clock]:
    step, report = found.step, found.report
    if report.outcome is Verdict.HOLDS:
        return
    yield Clock(
        "step",
        step.name,
        step.title,
        (),
        "",
        "",
        (),
        (_outcome(report.outcome),),
        report.outcome is Verdict.FAILS,
        "step",
        report.earliest,
        report.latest,
        report.open_because,
        "",
        "",
        "",
        report.outcome,
        is_about=report.is_about,
    )


def _outcome(outcome: Verdict) -> str:
    if outcome is Verdict.FAILS:
        return Message("not done")
    return Message("outcome not known")


def _urgency(clock: Clock) -> tuple[bool, bool, bool, int, int, str]:
    has_date = clock.latest is not None and clock.earliest is not None
    return (
        clock.kind == "step",
        not clock.is_sure if clock.kind == "deadline" else False,
        not has_date,
        clock.earliest if clock.earliest is not None else 0,
        clock.latest if clock.latest is not None else 0,
        clock.name,
    )


def running(clocks: Iterable[Clock]) -> tuple[Clock, ...]:
    """Keep the deadlines that surely run."""
    return tuple(c for c in clocks if c.kind == "deadline" and c.is_sure)


def clock_words(session: Session, clock: Clock) -> str:
    """Say by when, with both ends where they differ, or why no date can be told."""
    if clock.earliest is None or clock.latest is None:
        return clock.open_because
    if clock.relation == "step":
        first, last = session.day(clock.earliest), session.day(clock.latest)
        when: str = first
        if first != last:
            when = Message("between {first} and {last}", first=first, last=last)
        return Message("about {day}", day=when) if clock.is_about else when
    first, last = session.date(clock.earliest), session.date(clock.latest)
    if clock.relation == "at":
        if first == last:
            return Message("not before {day}", day=first)
        both = "not before {first} at the earliest, {last} at the latest"
        return Message(both, first=first, last=last)
    if first == last:
        return Message("not after {day}", day=first)
    both = "not after {first} at the earliest, {last} at the latest"
    return Message(both, first=first, last=last)


def time_left(session: Session, clock: Clock) -> str:
    """Say how far it is from the day asked about, as a range where it is one."""
    if clock.earliest is None or clock.latest is None:
        return ""
    now, zone = session.lens.as_of, session.lens.zone
    if clock.relation == "step":
        today = civil_date(now, zone)
        days = [
            (civil_date(t, zone) - today).days for t in (clock.earliest, clock.latest)
        ]
        nearest, furthest = days[0] * _DAY, days[1] * _DAY
    else:
        nearest, furthest = clock.earliest - now, clock.latest - now
    if furthest < 0:
        return Message("{span} ago", span=_span(-furthest, -nearest))
    if nearest <= 0:
        if not furthest:
            return Message("now")
        return Message("now, or within {span}", span=_one(furthest))
    return Message("in {span}", span=_span(nearest, furthest))


def anchor_words(program: Program, said: str) -> str:
    """Say from what a deadline runs: the words of its event, where it has some.

    Args:
        program: Where the event is declared.
        said: The event as a rule names it; names of variables stand for any value.
    """
    name, _, rest = said.partition("(")
    event = program.events.get(name)
    if event is None or event.phrase.partition("(")[0] == name:
        return said
    values = [value.strip() for value in rest.removesuffix(")").split(",")]
    free = {param.name for param in event.params} | {
        param.sort for param in event.params
    }
    terms = tuple(Constant("…" if value in free else value) for value in values)
    return phrase(program, Atom(name, terms[: len(event.params)]))


def reading_words(session: Session, reading: str) -> str:
    """Say a reading as its variant words it."""
    variant, _, name = reading.partition(".")
    declared = session.case.program.variants.get(variant)
    return dict(declared.readings).get(name, reading) if declared else reading


#: Units of a span of time, the largest first.
_UNITS = (_DAY, 3600, 60)
_SINGLE = (Message("1 day"), Message("1 hour"), Message("1 minute"))


def _span(short: int, long: int) -> str:
    """Say a span, or a range of spans."""
    if short < 60 <= long:
        return Message("at most {span}", span=_one(long))
    finer = max(_unit(short), _unit(long)) if short else None
    one, two = _one(short, finer if finer == _unit(long) else None), _one(long)
    return one if one == two else Message("{one} to {two}", one=one, two=two)


def _unit(seconds: int) -> int:
    """Choose the largest unit of which there are two, or one to the second."""
    for number, size in enumerate(_UNITS):
        if seconds >= 2 * size or (seconds and seconds % size == 0):
            return number
    return len(_UNITS) - 1


def _one(seconds: int, unit: int | None = None) -> str:
    at = _unit(seconds) if unit is None else unit
    number = seconds // _UNITS[at]
    if not number:
        return Message("less than a minute")
    if number == 1:
        return _SINGLE[at]
    if at == 0:
        return Message("{number} days", number=number)
    if at == 1:
        return Message("{number} hours", number=number)
    return Message("{number} minutes", number=number)
