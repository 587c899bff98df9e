"""The hand-over brief: one page that a shift leaves to the next, in plain blocks.

The blocks are the brief; Markdown, HTML and paper are three ways to write them down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Dated, Joined, Message
from vigens.desk.shifts.changed import tell_changes
from vigens.desk.shifts.clocks import (
    anchor_words,
    clock_words,
    read_clocks,
    reading_words,
    time_left,
)
from vigens.desk.shifts.shift import read_first_missing, read_next_acts
from vigens.desk.status import read_status
from vigens.desk.unknowns import read_unknowns
from vigens.model import describe_lens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vigens.desk.answer import Answer
    from vigens.desk.answers import Session
    from vigens.desk.shifts.changed import ChangedLine
    from vigens.desk.shifts.clocks import Clock
    from vigens.desk.shifts.shift import Shift
    from vigens.desk.unknowns import Unknown
    from vigens.journal import Entry

#: Most lines of one part; the rest is counted.
MOST_LINES = 20

CAVEATS = (
    Message("A tracker, not a court: this is not legal advice."),
    Message("Claims of parties, on every side, are claims and are shown as such."),
    Message("A report of an incident is no finding, and silence is never a breach."),
    Message(
        "Promise, approval, signature, ratification and delivery are five different acts."
    ),
    Message("Unclassified and exercise use."),
)


#: Stands where no text names anybody.
NOBODY = Message("nobody is named")


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a brief.

    Attributes:
        kind: `heading`, `text`, `strong`, `list`, `table` or `note`.
        text: Of a heading, text, strong or note; of a table, what it is.
        head: The headings of a table.
        rows: The items of a list, one cell each, or the rows of a table.
    """

    kind: str
    text: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Handover:
    """A hand-over brief.

    Attributes:
        title: Of the case.
        lens: Of the present look, in words.
        since: Of the beginning of the shift, in words.
        blocks: The brief, from top to bottom.
        caveats: What stands under every brief.
    """

    title: str
    lens: str
    since: str
    blocks: tuple[Block, ...]
    caveats: tuple[str, ...]


def read_handover(shift: Shift) -> Handover:
    """Write the brief of a shift.

    Args:
        shift: With what changed since it began.
    """
    session = shift.session
    clocks = read_clocks(session)
    supposed = [
        Message("Hypothesis, not known: {event}.", event=str(each))
        for each in session.lens.hypotheses
    ]
    return Handover(
        session.case.settings.title,
        describe_lens(session.lens),
        describe_lens(shift.since.lens),
        (
            *_first(session),
            *_clocks(session, clocks),
            *_acts(session),
            *_changes(shift),
            *_news(shift),
            *_steps(session, clocks),
            *_unknowns(session),
        ),
        (*supposed, *CAVEATS),
    )


def _first(session: Session) -> Iterator[Block]:
    question = session.case.settings.headline
    name = (question or "").partition("(")[0]
    if question is None or name not in session.case.program.fluents:
        yield Block("text", Message("This case names no headline."))
        return
    answer = session.ask(question)[0]
    since = session.date(answer.since) if answer.verdict.word == "NOT KNOWN" else ""
    said = "{word} since {day}: {text}" if since else "{word}: {text}"
    yield Block("strong", Message(said, word=answer.word, day=since, text=answer.text))
    because = answer.because
    if because:
        yield Block("text", because)
    if answer.last_looked is not None:
        day = session.day(answer.last_looked - 1)
        yield Block("text", Message("Last looked: {day}.", day=day))
    if answer.last_evidence is not None:
        found = answer.last_evidence
        day = session.day(found.instant)
        said = "Last direct evidence: {day}, {evidence}."
        yield Block("text", Message(said, day=day, evidence=found.text))
    yield from _lacking(session, answer)


def _lacking(session: Session, answer: Answer) -> Iterator[Block]:
    lacking = read_first_missing(session)
    if lacking is None or answer.verdict.word == "YES":
        return
    rows = [
        (Joined("; ", (need.text for need in needs)),)
        for needs in lacking.missing.alternatives
        if needs
    ]
    if rows:
        yield Block("text", Message("What would change it:"))
        yield _listed(rows[:6])
        if not lacking.missing.is_exhaustive:
            yield Block("note", Message("Not exhaustive."))


def _clocks(session: Session, clocks: tuple[Clock, ...]) -> Iterator[Block]:
    deadlines = [c for c in clocks if c.kind == "deadline"]
    sure = [c for c in deadlines if c.is_sure]
    yield Block("heading", Message("Running clocks"))
    if sure:
        head = (Message("By when"), Message("What"), Message("Who"), Message("State"))
        rows = tuple(_clock(session, clock) for clock in sure[:MOST_LINES])
        yield Block("table", Message("Deadlines that surely run"), head, rows)
        yield from _rest(len(sure) - len(rows))
    else:
        yield Block("text", Message("No deadline surely runs."))
    possible = len({(c.name, c.obligors, c.about) for c in deadlines if not c.is_sure})
    if possible:
        more = "{number} more may be running; it is not known."
        yield Block("note", Message(more, number=possible))


def _clock(session: Session, clock: Clock) -> tuple[str, ...]:
    title = session.case.program.title_of
    left = time_left(session, clock)
    when = clock_words(session, clock)
    notes = [*clock.about]
    if clock.reading:
        words = reading_words(session, clock.reading)
        notes.append(Message("reading: {words}", words=words))
    if clock.anchor:
        anchor = anchor_words(session.case.program, clock.anchor)
        notes.append(Message("counted from: {anchor}", anchor=anchor))
    if clock.caveat:
        notes.append(clock.caveat)
    what: str = clock.title
    if notes:
        what = Message("{what} ({notes})", what=what, notes=Joined("; ", notes))
    who = ", ".join(title(name) for name in clock.obligors)
    return (
        Message("{left}: {when}", left=left or Message("no date"), when=when),
        what,
        who or Message("unstated: {what}", what=clock.unstated or NOBODY),
        Joined(" / ", clock.states),
    )


def _acts(session: Session) -> Iterator[Block]:
    yield Block("heading", Message("Who acts next"))
    title = session.case.program.title_of
    rows = []
    for act in read_next_acts(session):
        who = ", ".join(title(name) for name in act.actors)
        parts = [act.what, *([clock_words(session, act.clock)] if act.clock else [])]
        by = who or act.unstated or NOBODY
        rows.append((Message("{who}: {what}", who=by, what=Joined(", ", parts)),))
    if rows:
        yield _listed(rows[:MOST_LINES])
        yield from _rest(len(rows) - MOST_LINES)
    else:
        yield Block("text", Message("Nobody has to act."))


def _changes(shift: Shift) -> Iterator[Block]:
    since = shift.since.date(shift.since.lens.as_of)
    yield Block("heading", Message("Changes since {when}", when=since))
    rows = _together(tell_changes(shift.changes))
    if rows:
        head = (Message("What"), Message("Before"), Message("Now"))
        yield Block("table", Message("What differs"), head, tuple(rows[:MOST_LINES]))
        yield from _rest(len(rows) - MOST_LINES)
    else:
        yield Block(
            "text", Message("No answer, obligation, step, count or tally differs.")
        )


def _together(lines: tuple[ChangedLine, ...]) -> list[tuple[str, ...]]:
    """Tell what changed in the same way under one name in one row."""
    alike: dict[tuple[str, str, str, str], list[ChangedLine]] = {}
    for line in lines:
        name = line.asked.partition("(")[0]
        alike.setdefault((line.kind, name, line.before, line.after), []).append(line)
    rows: list[tuple[str, ...]] = []
    for same in alike.values():
        first, rest = same[0], same[1:]
        what = first.what
        if rest:
            alike_too = "{what}, and {number} more alike"
            what = Message(alike_too, what=what, number=len(rest))
        rows.append((what, first.before, first.after))
    return rows


def _news(shift: Shift) -> Iterator[Block]:
    if not shift.news:
        return
    yield Block("heading", Message("New on record"))
    rows = [(_entry(entry),) for entry in shift.news]
    yield _listed(rows[:MOST_LINES])
    yield from _rest(len(rows) - MOST_LINES)


def _entry(entry: Entry) -> str:
    kind = Message(entry.kind)
    if not entry.happened:
        return Joined(": ", (kind, entry.title))
    said = "{kind}: {title} ({day})"
    return Message(said, kind=kind, title=entry.title, day=Dated(entry.happened))


def _steps(session: Session, clocks: tuple[Clock, ...]) -> Iterator[Block]:
    steps = [c for c in clocks if c.kind == "step"]
    if not steps:
        return
    yield Block("heading", Message("Planned steps not known to be done"))
    rows = tuple(
        (
            time_left(session, step) or Message("no date"),
            step.title,
            clock_words(session, step),
            step.outcome.word if step.outcome else "",
        )
        for step in steps[:MOST_LINES]
    )
    head = (Message("When"), Message("Step"), Message("Date"), Message("Done"))
    yield Block("table", Message("Planned steps"), head, rows)
    yield from _rest(len(steps) - len(rows))


def _unknowns(session: Session) -> Iterator[Block]:
    every = read_unknowns(session, read_status(session))
    found = [one for one in every if one.kind != "unstated"]
    if not found:
        return
    yield Block("heading", Message("What nobody knows"))
    rows = [(_unknown(one),) for one in found]
    yield _listed(rows[:MOST_LINES])
    yield from _rest(len(rows) - MOST_LINES)


def _unknown(one: Unknown) -> str:
    if not one.questions:
        return one.text
    said = "{what} (answers: {number})"
    return Message(said, what=one.text, number=len(one.questions))


def _listed(rows: Sequence[tuple[str]]) -> Block:
    return Block("list", rows=tuple(rows))


def _rest(number: int) -> Iterator[Block]:
    if number > 0:
        yield Block("note", Message("And {number} more.", number=number))
