"""The history of an obligation: which states each instance may have been in, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.desk.histories.lanes import Lane, Stretch, edges_of
from vigens.desk.status import read_duty
from vigens.engine import STATE_WORDS, review_obligation
from vigens.rules import Atom, Constant, InState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.desk.answers import Session
    from vigens.engine import DutyReport
    from vigens.rules import Obligation

#: Most instants that are looked at; of more, the latest.
MOST_INSTANTS = 90

_NOT_TRIGGERED = ("not triggered",)


@dataclass(frozen=True, slots=True)
class Turn:
    """From an instant on, the states that an instance may be in.

    Attributes:
        start: UTC seconds; `None` from the beginning of the case.
        end: UTC seconds, excluded; `None` reaches to the day asked about.
        states: One where all is known.
    """

    start: int | None
    end: int | None
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """One instance through time.

    Attributes:
        obligor: Who owes it, or empty.
        about: Values of the trigger's variables, as `name value`.
        reading: The reading under which the trigger counts, or empty.
        turns: Its states, from the beginning to the day asked about.
    """

    obligor: str
    about: tuple[str, ...]
    reading: str
    turns: tuple[Turn, ...]

    @property
    def is_quiet(self) -> bool:
        """Say whether it never was, nor may have been, triggered."""
        return all(turn.states == _NOT_TRIGGERED for turn in self.turns)

    def lanes(self) -> tuple[Lane, ...]:
        """Give a lane for each state that it was or may have been in."""
        states = dict.fromkeys(state for turn in self.turns for state in turn.states)
        return tuple(
            Lane(
                state,
                state,
                "",
                _joined(t for t in self.turns if t.states == (state,)),
                _joined(t for t in self.turns if state in t.states),
            )
            for state in states
            if state not in _NOT_TRIGGERED
        )


@dataclass(frozen=True, slots=True)
class History:
    """An obligation through time.

    Attributes:
        name: Of the obligation.
        title: In words.
        courses: One for each instance; those that moved go first.
        is_cut: Whether there were more instants than are looked at.
    """

    name: str
    title: str
    courses: tuple[Course, ...]
    is_cut: bool


def read_history(session: Session, name: str) -> History:
    """Follow an obligation from the beginning of the case to the day asked about.

    Raises:
        UsageError: No such obligation.
    """
    duty = read_duty(session, name)
    begin, limit = session.case.settings.begins, session.lens.as_of
    every = sorted(
        edge
        for edge in _edges(session, duty.obligation, duty.instances)
        if begin < edge <= limit
    )
    instants = [min(begin, limit), *every[-MOST_INSTANTS:]]
    looks = [
        {
            _key(report): report.states
            for report in review_obligation(session.evaluation, duty.obligation, at)
        }
        for at in instants
    ]
    keys = dict.fromkeys(key for look in (looks[-1], *looks) for key in look)
    courses = [_course(key, instants, looks) for key in keys]
    telling = [course for course in courses if not course.is_quiet]
    quiet = [course for course in courses if course.is_quiet]
    return History(
        name,
        duty.obligation.title,
        (*telling, *quiet),
        len(every) > MOST_INSTANTS,
    )


#: What tells one instance from another: who, about what, under which reading.
_Key = tuple[str, tuple[tuple[str, str], ...], str]


def _key(report: DutyReport) -> _Key:
    return report.obligor, report.binding, report.reading


def _course(
    key: _Key, instants: list[int], looks: list[dict[_Key, tuple[str, ...]]]
) -> Course:
    turns: list[Turn] = []
    for number, at in enumerate(instants):
        states = looks[number].get(key, _NOT_TRIGGERED)
        if turns and turns[-1].states == states:
            continue
        if turns:
            turns[-1] = Turn(turns[-1].start, at, turns[-1].states)
        turns.append(Turn(at if number else None, None, states))
    obligor, binding, reading = key
    about = tuple(f"{name} {value}" for name, value in binding)
    return Course(obligor, about, reading, tuple(turns))


def _edges(
    session: Session, obligation: Obligation, reports: tuple[DutyReport, ...]
) -> Iterator[int]:
    """List the instants at which any instance may change."""
    evaluation = session.evaluation
    for report in reports:
        for condition in (report.trigger_condition, report.while_condition):
            if condition is not None:
                yield from edges_of(evaluation.bounds(condition))
        for deadline in report.deadlines:
            if deadline.earliest is not None and deadline.latest is not None:
                yield from (deadline.earliest + 1, deadline.latest + 1)
        terms = _terms(obligation, report)
        if terms is not None:
            for state in STATE_WORDS:
                asked = InState(state, obligation.name, terms)
                yield from edges_of(evaluation.bounds(asked))
    for name in _events(obligation):
        for done in evaluation.occurred(name):
            yield from (done.first, done.last + 1)


def _terms(obligation: Obligation, report: DutyReport) -> tuple[Constant, ...] | None:
    """Give the values of an instance; none where some are not known."""
    values = dict(report.binding)
    found = []
    for number, param in enumerate(obligation.params):
        value = report.obligor if number == 0 else values.get(param.name)
        if value is None:
            return None
        found.append(Constant(value))
    return tuple(found)


def _events(obligation: Obligation) -> set[str]:
    """Name the events that a duty speaks of."""
    performance = obligation.performance
    found = [
        *(trigger.event for trigger in obligation.triggers),
        *(mark.event for mark in obligation.marks),
        performance.event if performance else None,
        *(deadline.anchor for deadline in obligation.deadlines),
    ]
    return {event.name for event in found if isinstance(event, Atom)}


def _joined(turns: Iterator[Turn]) -> tuple[Stretch, ...]:
    """Join turns that meet."""
    found: list[Stretch] = []
    for turn in turns:
        if found and found[-1][1] is not None and found[-1][1] == turn.start:
            found[-1] = (found[-1][0], turn.end)
        else:
            found.append((turn.start, turn.end))
    return tuple(found)
