"""What differs between two lenses, told line by line: what, as it was, as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Dated, Joined, Message
from vigens.desk.shifts.clocks import reading_words
from vigens.desk.status import Count
from vigens.engine import phrase
from vigens.model import quantity_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.desk.answers import Session
    from vigens.desk.comparing import (
        ChangedCounts,
        ChangedDuty,
        ChangedState,
        Changes,
        Side,
    )
    from vigens.desk.tallied import ChangedTally
    from vigens.engine import DutyDeadline, DutyReport

#: Stands for a side that does not know it.
NONE = Message("none")

#: Stands for a time limit, or a day, that nobody gives.
NO_DATE = Message("no date")


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """One thing that differs.

    Attributes:
        kind: `headline`, `state`, `further`, `duty`, `deadline`, `step`, `count` or
            `tally`.
        what: In words.
        before: As the first lens shows it.
        after: As the other lens shows it.
        asked: The question, or the name of the duty, step, measure or tally.
        state: Both sides of a state, for its reasons; of no other kind.
    """

    kind: str
    what: str
    before: str
    after: str
    asked: str
    state: ChangedState | None = None


def tell_changes(changes: Changes) -> tuple[ChangedLine, ...]:
    """Tell everything that differs; the case's first line goes first."""
    headline = changes.headline
    first = []
    if headline is not None and headline.before.word != headline.after.word:
        first.append(
            ChangedLine(
                "headline",
                headline.after.text,
                headline.before.word,
                headline.after.word,
                headline.after.question,
            )
        )
    is_told = {line.asked for line in first}
    states = [line for line in _states(changes) if line.asked not in is_told]
    # What began or ended to hold tells more than what drifted out of sight.
    states.sort(key=lambda line: "YES" not in line.before + line.after)
    return (
        *first,
        *(line for changed in changes.duties for line in _duty(changes, changed)),
        *states,
        *_steps(changes),
        *(line for changed in changes.counts for line in _counts(changed)),
        *(_tally(changed) for changed in changes.tallies),
    )


def _tally(changed: ChangedTally) -> ChangedLine:
    title, values = changed.tally.title, ", ".join(changed.values)
    what = Message("{title} ({terms})", title=title, terms=values) if values else title
    before, after = (side or NONE for side in (changed.before, changed.after))
    return ChangedLine("tally", what, before, after, changed.tally.name)


def _states(changes: Changes) -> Iterator[ChangedLine]:
    for state in changes.states:
        session = changes.after if state.after.verdict else changes.before
        yield ChangedLine(
            "state",
            phrase(session.case.program, state.atom),
            _said(changes.before, state.before),
            _said(changes.after, state.after),
            str(state.atom),
            state,
        )
    for more in changes.further:
        said = "{number} more states of {name}"
        words = Message(said, number=more.number, name=more.fluent)
        yield ChangedLine("further", words, more.before, more.after, more.fluent)


def _said(session: Session, side: Side) -> str:
    since = session.date(side.since) if side.since is not None else ""
    return (
        Message("{word} since {day}", word=side.word, day=since) if since else side.word
    )


def _duty(changes: Changes, changed: ChangedDuty) -> Iterator[ChangedLine]:
    report = changed.after or changed.before
    assert report is not None
    session = changes.after if changed.after else changes.before
    duty = changed.duty.obligation
    what = Joined(": ", (duty.title, instance_of(session, report)))
    old, new = (
        state_of(side) if side else Message("no such instance")
        for side in (changed.before, changed.after)
    )
    roles = {side.obligor_verdict for side in (changed.before, changed.after) if side}
    if len(roles) > 1 and changed.before and changed.after:
        said = "{state} (has the role: {word})"
        old = Message(said, state=old, word=changed.before.obligor_verdict.word)
        new = Message(said, state=new, word=changed.after.obligor_verdict.word)
    if old != new:
        yield ChangedLine("duty", what, old, new, duty.name)
    limits = [
        Joined("; ", limit_words(side, each.deadlines)) if each else ""
        for side, each in (
            (changes.before, changed.before),
            (changes.after, changed.after),
        )
    ]
    if limits[0] != limits[1]:
        yield ChangedLine(
            "deadline", what, limits[0] or NO_DATE, limits[1] or NO_DATE, duty.name
        )


def instance_of(session: Session, report: DutyReport) -> str:
    """Name an instance: who owes, about what, under which reading."""
    title = session.case.program.title_of
    words = [title(report.obligor) if report.obligor else Message("nobody named")]
    words.extend(value for _, value in report.binding)
    if report.reading:
        reading = reading_words(session, report.reading)
        words.append(Message("reading: {words}", words=reading))
    return Joined(", ", words)


def state_of(report: DutyReport) -> str:
    """Say the state of an instance; several mean that it is not known which."""
    said, *rest = report.states
    for state in rest:
        said = Message("{a} or {b}", a=said, b=state)
    return Message("NOT KNOWN which: {states}", states=said) if rest else said


def limit_words(session: Session, deadlines: tuple[DutyDeadline, ...]) -> list[Message]:
    """Say each deadline that has a date, by reading."""
    lines = []
    for found in deadlines:
        if found.earliest is None or found.latest is None:
            continue
        first, last = session.date(found.earliest), session.date(found.latest)
        if first == last:
            said = "not before {day}" if found.relation == "at" else "not after {day}"
            line = Message(said, day=first)
        else:
            said = "not after {first} at the earliest, {last} at the latest"
            if found.relation == "at":
                said = "not before {first} at the earliest, {last} at the latest"
            line = Message(said, first=first, last=last)
        if found.reading:
            reading = reading_words(session, found.reading)
            line = Message("{limit} (reading: {words})", limit=line, words=reading)
        lines.append(line)
    return lines


def _steps(changes: Changes) -> Iterator[ChangedLine]:
    for changed in changes.steps:
        step = changed.after or changed.before
        assert step is not None
        old, new = (
            side.words if side else Message("not known")
            for side in (changed.before, changed.after)
        )
        yield ChangedLine("step", step.step.title, old, new, step.step.name)


def _counts(changed: ChangedCounts) -> Iterator[ChangedLine]:
    sides = [
        {count.ref: count for count in side} for side in (changed.before, changed.after)
    ]
    for ref in dict.fromkeys((*sides[0], *sides[1])):
        old, new = sides[0].get(ref), sides[1].get(ref)
        if old is not None and new is not None and old.weight is new.weight:
            continue
        count = new or old
        assert count is not None
        when = Dated(count.happened) if count.happened else NO_DATE
        what = Message(
            "{title}: {speaker}, {when}",
            title=changed.title,
            speaker=count.speaker,
            when=when,
        )
        before, after = (_number(side) if side else NONE for side in (old, new))
        yield ChangedLine("count", what, before, after, changed.measure)


def _number(count: Count) -> str:
    said = quantity_words(count.number, count.comparison, count.unit)
    weight = str(count.weight)
    return (
        said
        if weight == "sure"
        else Message("{text} ({why})", text=said, why=Message(weight))
    )
