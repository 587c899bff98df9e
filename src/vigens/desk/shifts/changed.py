"""What differs between two lenses, told line by line: what, as it was, as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.desk.shifts.clocks import reading_words
from vigens.desk.status import Count
from vigens.desk.tallied import read_tallied
from vigens.engine import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.desk.answers import Session
    from vigens.desk.compare import (
        ChangedCounts,
        ChangedDuty,
        ChangedState,
        Changes,
        Side,
    )
    from vigens.engine import DutyDeadline, DutyReport

#: Stands for a side that does not know it.
NONE = "none"


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
        *tell_tallies(changes.before, changes.after),
    )


def tell_tallies(before: Session, after: Session) -> Iterator[ChangedLine]:
    """Tell the rows of declared tallies that come to something else."""
    names = dict.fromkeys((*before.case.program.tallies, *after.case.program.tallies))
    for name in names:
        sides = []
        for session in (before, after):
            known = name in session.case.program.tallies
            found = read_tallied(session, name) if known else None
            sides.append(
                {
                    row.values: words.rpartition(": ")[2]
                    for row, words in zip(found.rows, found.sentences, strict=True)
                }
                if found
                else {}
            )
        session = after if name in after.case.program.tallies else before
        title = session.case.program.tallies[name].title
        for values in dict.fromkeys((*sides[0], *sides[1])):
            old, new = (side.get(values, NONE) for side in sides)
            if old != new:
                what = f"{title} ({', '.join(values)})" if values else title
                yield ChangedLine("tally", what, old, new, name)


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
        words = f"{more.number} more states of {more.fluent}"
        yield ChangedLine("further", words, more.before, more.after, more.fluent)


def _said(session: Session, side: Side) -> str:
    since = session.date(side.since) if side.since is not None else ""
    return f"{side.word} since {since}" if since else side.word


def _duty(changes: Changes, changed: ChangedDuty) -> Iterator[ChangedLine]:
    report = changed.after or changed.before
    assert report is not None
    session = changes.after if changed.after else changes.before
    duty = changed.duty.obligation
    what = f"{duty.title}: {instance_of(session, report)}"
    old, new = (
        state_of(side) if side else "no such instance"
        for side in (changed.before, changed.after)
    )
    roles = {side.obligor_verdict for side in (changed.before, changed.after) if side}
    if len(roles) > 1 and changed.before and changed.after:
        old += f" (has the role: {changed.before.obligor_verdict.word})"
        new += f" (has the role: {changed.after.obligor_verdict.word})"
    if old != new:
        yield ChangedLine("duty", what, old, new, duty.name)
    limits = [
        "; ".join(limit_words(side, each.deadlines)) if each else ""
        for side, each in (
            (changes.before, changed.before),
            (changes.after, changed.after),
        )
    ]
    if limits[0] != limits[1]:
        yield ChangedLine(
            "deadline", what, limits[0] or "no date", limits[1] or "no date", duty.name
        )


def instance_of(session: Session, report: DutyReport) -> str:
    """Name an instance: who owes, about what, under which reading."""
    title = session.case.program.title_of
    words = title(report.obligor) if report.obligor else "nobody named"
    about = ", ".join(value for _, value in report.binding)
    words += f", {about}" * bool(about)
    if report.reading:
        words += f", reading: {reading_words(session, report.reading)}"
    return words


def state_of(report: DutyReport) -> str:
    """Say the state of an instance; several mean that it is not known which."""
    said = " or ".join(report.states)
    return said if len(report.states) == 1 else f"NOT KNOWN which: {said}"


def limit_words(session: Session, deadlines: tuple[DutyDeadline, ...]) -> list[str]:
    """Say each deadline that has a date, by reading."""
    lines = []
    for found in deadlines:
        if found.earliest is None or found.latest is None:
            continue
        first, last = session.date(found.earliest), session.date(found.latest)
        limit = "not before" if found.relation == "at" else "not after"
        when = first if first == last else f"{first} at the earliest, {last} at most"
        reading = ""
        if found.reading:
            reading = f" (reading: {reading_words(session, found.reading)})"
        lines.append(f"{limit} {when}{reading}")
    return lines


def _steps(changes: Changes) -> Iterator[ChangedLine]:
    for changed in changes.steps:
        step = changed.after or changed.before
        assert step is not None
        old, new = (
            side.sentence.removeprefix("planned step: ").partition("; ")[2]
            if side
            else "not known"
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
        what = f"{changed.title}: {count.speaker}, {count.happened or 'no date'}"
        before, after = (_number(side) if side else NONE for side in (old, new))
        yield ChangedLine("count", what, before, after, changed.measure)


def _number(count: Count) -> str:
    compared = "" if count.comparison == "eq" else count.comparison.replace("_", " ")
    said = f"{compared} {count.number} {count.unit}".strip()
    weight = str(count.weight)
    return said if weight == "sure" else f"{said} ({weight})"
