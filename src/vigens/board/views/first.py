"""The first page: the case in one line with its reason, and what stands behind it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vigens.base import Message
from vigens.board.contexts import Page
from vigens.board.evidence import ShownPlace, show_place
from vigens.board.signs import Sign, legend, sign_of
from vigens.board.views.counts import Measured, show_measured
from vigens.board.views.obligations import DutyGroup, group_duties
from vigens.board.views.overview import ShownOverview, last_looked, show_overview
from vigens.board.views.problems import ShownFinding, show_findings
from vigens.desk import (
    LeftOpen,
    range_words,
    read_left_open,
    read_status,
    read_tallied,
    walk,
)
from vigens.engine import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.board.contexts import Visit
    from vigens.board.onlookers import Onlooker
    from vigens.desk import Answer, Matrix, PlannedStep, Session, Status


#: Most causes of not knowing that the first page lists.
MOST_UNKNOWNS = 12

#: Most rows of a tally that it lists.
MOST_TALLIED = 8


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """One answer as a line: sign, words, and everything that goes beside it.

    Attributes:
        text: What was asked, in words.
        sign: Word, shape, colour.
        is_supposed: Whether a hypothesis is laid over the journal.
        reasons: Causes and reasons, the weightiest first.
        rule: The rule in words.
        place: Where the rule is written.
        since: From when it is not known.
        last_looked: The last day on which somebody looked.
        as_looked: The same page as of that day.
        evidence: The latest direct evidence, in words.
        evidence_day: Its day.
        evidence_href: Its entry.
        notes: Disputes, evidence set aside, caveats.
        policy: Named where it is not the case's own.
        href: The why.
    """

    text: str
    sign: Sign | None
    is_supposed: bool
    reasons: tuple[str, ...]
    rule: str
    place: ShownPlace | None
    since: str
    last_looked: str
    as_looked: str
    evidence: str
    evidence_day: str
    evidence_href: str
    notes: tuple[str, ...]
    policy: str
    href: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the matrix."""

    sign: Sign | None
    href: str
    label: str
    is_disputed: bool
    is_member: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One party's cells, membership first."""

    party: str
    title: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ShownMatrix:
    """Parties by components; rows of which nothing is known stand apart."""

    title: str
    place: ShownPlace | None
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    unknown: tuple[Row, ...]
    n_cells: int
    n_unknown: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """One cause of not knowing, with how many answers hang on it."""

    kind: str
    text: str
    n_answers: int
    example: str
    href: str


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A planned step."""

    title: str
    words: str
    sign: Sign | None
    is_passed: bool
    place: ShownPlace | None


@dataclass(frozen=True, slots=True)
class ShownTally:
    """A declared tally with what it has come to, at most so many of its rows."""

    title: str
    rows: tuple[tuple[str, str], ...]
    n_more: int


@dataclass(frozen=True, slots=True)
class First:
    """The first page."""

    headline: ShownAnswer | None
    overview: ShownOverview | None
    unknowns: tuple[Unknown, ...]
    left_open: tuple[LeftOpen, ...]
    matrix: ShownMatrix | None
    legend: tuple[Sign, ...]
    duties: tuple[DutyGroup, ...]
    steps: tuple[ShownStep, ...]
    counts: tuple[Measured, ...]
    uncounted: tuple[str, ...]
    tallies: tuple[ShownTally, ...]
    findings: tuple[ShownFinding, ...]
    is_supposed: bool


def read_first(visit: Visit) -> Page:
    """Show the first page."""
    session = visit.session
    status = read_status(session)
    measured = [show_measured(visit, found) for found in status.counts]
    context = First(
        show_answer(visit, status.headline) if status.headline else None,
        None if status.headline else show_overview(visit),
        tuple(_unknowns(visit, status)),
        tuple(_left_open(session)),
        _matrix(visit, status.matrix) if status.matrix else None,
        legend(),
        group_duties(visit, status.duties),
        tuple(_step(visit, step) for step in status.steps),
        tuple(found for found in measured if found.counts),
        tuple(found.title for found in measured if not found.counts),
        tuple(_tally(session, name) for name in session.case.program.tallies),
        show_findings(visit, (*session.case.compiled.findings, *status.findings)),
        bool(session.lens.hypotheses),
    )
    looked = None if status.headline else last_looked(visit)
    return Page("first.html", "Status", context, looked=looked)


def _tally(session: Session, name: str) -> ShownTally:
    found = read_tallied(session, name)
    rows = tuple((", ".join(row.values), range_words(row)) for row in found.rows)
    shown = rows[:MOST_TALLIED]
    return ShownTally(found.tally.title, shown, len(rows) - len(shown))


def show_answer(visit: Onlooker, answer: Answer) -> ShownAnswer:
    """Lay an answer out with its cause, its age and its latest evidence."""
    session = visit.session
    evidence = answer.last_evidence
    looked = visit.day(answer.last_looked - 1) if answer.last_looked else ""
    reasons = [cause.text for cause in answer.causes[:3]]
    if answer.reason:
        reasons.append(answer.reason)
    ref = evidence.ref if evidence and evidence.ref else ""
    is_entry = bool(ref) and not ref.startswith("hypothesis")
    is_open = answer.verdict is Verdict.OPEN
    return ShownAnswer(
        answer.text,
        sign_of(answer.verdict),
        answer.is_supposed,
        tuple(dict.fromkeys(reasons)),
        answer.rule or "",
        show_place(visit, answer.node.place),
        session.date(answer.since) if answer.since and is_open else "",
        looked,
        visit.here(as_of=looked) if looked else "",
        evidence.text if evidence else "",
        visit.day(evidence.instant) if evidence else "",
        visit.link(f"/entry/{ref}") if is_entry else "",
        tuple(n for n in answer.notes if not any(n in reason for reason in reasons)),
        answer.policy or "",
        visit.link("/why", q=answer.question),
    )


def _matrix(visit: Visit, matrix: Matrix) -> ShownMatrix:
    rows: list[Row] = []
    unknown: list[Row] = []
    for row in matrix.rows:
        cells = (
            _cell(visit, row.membership, is_member=True),
            *(_cell(visit, answer, is_member=False) for answer in row.cells),
        )
        answers = (row.membership, *row.cells)
        known = any(answer.verdict is not Verdict.OPEN for answer in answers)
        disputed = any(cell.is_disputed for cell in cells)
        (rows if known or disputed else unknown).append(
            Row(row.party, row.title, cells)
        )
    answers_in = [answer for row in matrix.rows for answer in row.cells]
    return ShownMatrix(
        matrix.instrument.title,
        show_place(visit, matrix.instrument.place),
        tuple(part.title for part in matrix.instrument.components),
        tuple(rows),
        tuple(unknown),
        len(answers_in),
        sum(answer.verdict is Verdict.OPEN for answer in answers_in),
    )


def _cell(visit: Visit, answer: Answer, *, is_member: bool) -> Cell:
    disputed = any(
        node.is_disputed or str(node.weight) == "aside" for node in walk(answer.node)
    )
    return Cell(
        sign_of(answer.verdict),
        visit.link("/why", q=answer.question),
        Message("{text}: {word}", text=answer.text, word=answer.word),
        disputed,
        is_member,
    )


def _unknowns(visit: Visit, status: Status) -> Iterator[Unknown]:
    """Count the answers that hang on each cause; what is said of each state is one."""
    answers = [(status.headline, "")] if status.headline else []
    if status.matrix is not None:
        for row in status.matrix.rows:
            answers += [(each, row.title) for each in (row.membership, *row.cells)]
    counted: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], Answer] = {}
    for answer, title in answers:
        causes = [(cause.kind, _of_any(cause.text, title)) for cause in answer.causes]
        for cause in dict.fromkeys(causes):
            counted[cause] += 1
            examples.setdefault(cause, answer)
    for (kind, text), number in counted.most_common(MOST_UNKNOWNS):
        example = examples[kind, text]
        href = visit.link("/why", q=example.question)
        yield Unknown(kind, text, number, example.text, href)


def _of_any(text: str, title: str) -> str:
    """Say of any state what is said of one."""
    if not title:
        return text
    any_state = Message("a state")
    if isinstance(text, Message):
        return text.swapped(title, any_state)
    return text.replace(title, any_state)


def _left_open(session: Session) -> Iterator[LeftOpen]:
    """List what texts leave open; one that nobody saw is open itself."""
    found = {each.name: each for each in read_left_open(session)}
    for text in session.texts():
        if text.text_status in ("reported", "not seen"):
            name, title = text.name, text.short or text.title
            each = found.get(name, LeftOpen(name, title, ()))
            status = Message(text.text_status)
            itself = (
                Message("the text itself"),
                Message("text {status}", status=status),
            )
            found[name] = replace(each, points=(itself, *each.points))
    yield from found.values()


def _step(visit: Visit, found: PlannedStep) -> ShownStep:
    return ShownStep(
        found.step.title,
        found.words,
        sign_of(found.report.outcome),
        found.report.is_passed,
        show_place(visit, found.step.place),
    )
