"""The hand-over brief: one page that a shift leaves to the next, in plain blocks.

The blocks are the brief; Markdown, HTML and paper are three ways to write them down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.desk.answers import sentence
from vigens.desk.shifts.changed import tell_changes
from vigens.desk.shifts.clocks import clock_words, read_clocks, reading_words, time_left
from vigens.desk.shifts.shift import read_first_missing, read_next_acts
from vigens.desk.status import read_status
from vigens.desk.unknowns import read_unknowns
from vigens.model import describe_lens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.desk.answers import Answer, Session
    from vigens.desk.shifts.changed import ChangedLine
    from vigens.desk.shifts.clocks import Clock
    from vigens.desk.shifts.shift import Shift

#: Most lines of one part; the rest is counted.
MOST_LINES = 20

CAVEATS = (
    "A tracker, not a court: this is not legal advice.",
    "Claims of parties, on every side, are claims and are shown as such.",
    "A report of an incident is no finding, and silence is never a breach.",
    "Promise, approval, signature, ratification and delivery are five different acts.",
    "Unclassified and exercise use.",
)


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
    supposed = [f"Hypothesis, not known: {each}." for each in session.lens.hypotheses]
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
        yield Block("text", "This case names no headline.")
        return
    answer = session.ask(question)[0]
    yield Block("strong", f"{answer.word}: {answer.text}")
    yield Block("text", sentence(session, answer))
    if answer.last_looked is not None:
        day = session.day(answer.last_looked - 1)
        yield Block("text", f"Last looked: {day}.")
    if answer.last_evidence is not None:
        found = answer.last_evidence
        words = f"{session.day(found.instant)}, {found.text}"
        yield Block("text", f"Last direct evidence: {words}.")
    yield from _lacking(session, answer)


def _lacking(session: Session, answer: Answer) -> Iterator[Block]:
    lacking = read_first_missing(session)
    if lacking is None or answer.verdict.word == "YES":
        return
    rows = [
        ("; and ".join(need.text for need in needs),)
        for needs in lacking.missing.alternatives
        if needs
    ]
    if rows:
        yield Block("text", "What would change it:")
        yield _listed(rows[:6])
        if not lacking.missing.is_exhaustive:
            yield Block("note", "Not exhaustive.")


def _clocks(session: Session, clocks: tuple[Clock, ...]) -> Iterator[Block]:
    deadlines = [c for c in clocks if c.kind == "deadline"]
    sure = [c for c in deadlines if c.is_sure]
    yield Block("heading", "Running clocks")
    if sure:
        head = ("By when", "What", "Who", "State")
        rows = tuple(_clock(session, clock) for clock in sure[:MOST_LINES])
        yield Block("table", "Deadlines that surely run, the soonest first", head, rows)
        yield from _rest(len(sure) - len(rows), "running clocks")
    else:
        yield Block("text", "No deadline surely runs.")
    possible = len({(c.name, c.obligors, c.about) for c in deadlines if not c.is_sure})
    if possible:
        yield Block("note", f"{possible} more may be running; it is not known.")


def _clock(session: Session, clock: Clock) -> tuple[str, ...]:
    title = session.case.program.title_of
    left = time_left(session, clock)
    when = clock_words(session, clock)
    notes = [*clock.about]
    if clock.reading:
        notes.append(f"reading: {reading_words(session, clock.reading)}")
    if clock.anchor:
        notes.append(f"from {clock.anchor}")
    if clock.caveat:
        notes.append(clock.caveat)
    what = f"{clock.title} ({'; '.join(notes)})" if notes else clock.title
    who = ", ".join(title(name) for name in clock.obligors)
    return (
        f"{left}: {when}" if left else f"no date: {when}",
        what,
        who or f"unstated: {clock.unstated or 'nobody is named'}",
        " or ".join(clock.states),
    )


def _acts(session: Session) -> Iterator[Block]:
    yield Block("heading", "Who acts next")
    title = session.case.program.title_of
    rows = []
    for act in read_next_acts(session):
        who = ", ".join(title(name) for name in act.actors)
        when = f", {clock_words(session, act.clock)}" if act.clock else ""
        rows.append((f"{who or act.unstated or 'nobody is named'}: {act.what}{when}",))
    if rows:
        yield _listed(rows[:MOST_LINES])
        yield from _rest(len(rows) - MOST_LINES, "acts")
    else:
        yield Block("text", "Nobody has to act.")


def _changes(shift: Shift) -> Iterator[Block]:
    since = shift.since.date(shift.since.lens.as_of)
    yield Block("heading", f"Changes since {since}")
    rows = _together(tell_changes(shift.changes))
    if rows:
        head = ("What", "Before", "Now")
        yield Block("table", "What differs", head, tuple(rows[:MOST_LINES]))
        yield from _rest(len(rows) - MOST_LINES, "changes")
    else:
        yield Block("text", "No answer, obligation, step, count or tally differs.")


def _together(lines: tuple[ChangedLine, ...]) -> list[tuple[str, ...]]:
    """Tell what changed in the same way under one name in one row."""
    alike: dict[tuple[str, str, str, str], list[ChangedLine]] = {}
    for line in lines:
        name = line.asked.partition("(")[0]
        alike.setdefault((line.kind, name, line.before, line.after), []).append(line)
    rows: list[tuple[str, ...]] = []
    for same in alike.values():
        first, rest = same[0], same[1:]
        more = f", and {len(rest)} more alike" if rest else ""
        rows.append((f"{first.what}{more}", first.before, first.after))
    return rows


def _news(shift: Shift) -> Iterator[Block]:
    if not shift.news:
        return
    yield Block("heading", "New on record")
    rows = [
        (
            f"{entry.kind}: {entry.title}"
            + f" ({entry.happened})" * bool(entry.happened),
        )
        for entry in shift.news
    ]
    yield _listed(rows[:MOST_LINES])
    yield from _rest(len(rows) - MOST_LINES, "entries")


def _steps(session: Session, clocks: tuple[Clock, ...]) -> Iterator[Block]:
    steps = [c for c in clocks if c.kind == "step"]
    if not steps:
        return
    yield Block("heading", "Planned steps not known to be done")
    rows = tuple(
        (
            time_left(session, step) or "no date",
            step.title,
            clock_words(session, step),
            step.outcome.word if step.outcome else "",
        )
        for step in steps[:MOST_LINES]
    )
    yield Block("table", "Planned steps", ("When", "Step", "Date", "Done"), rows)
    yield from _rest(len(steps) - len(rows), "steps")


def _unknowns(session: Session) -> Iterator[Block]:
    every = read_unknowns(session, read_status(session))
    found = [one for one in every if one.kind != "unstated"]
    if not found:
        return
    yield Block("heading", "What nobody knows")
    rows = [
        (f"{one.text} ({len(one.questions)} answers)" if one.questions else one.text,)
        for one in found
    ]
    yield _listed(rows[:MOST_LINES])
    yield from _rest(len(rows) - MOST_LINES, "points")


def _listed(rows: list[tuple[str]]) -> Block:
    return Block("list", rows=tuple(rows))


def _rest(number: int, what: str) -> Iterator[Block]:
    if number > 0:
        yield Block("note", f"And {number} more {what}.")
