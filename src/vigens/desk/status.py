"""The status of a case: headline, matrix, duties, steps, counts, what nobody knows."""

from __future__ import annotations

import fnmatch
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Dated, Finding, Joined, Message, UsageError, nearest
from vigens.desk.answer import Answer
from vigens.desk.answers import Session, sentence
from vigens.engine import (
    DutyReport,
    StepReport,
    Verdict,
    review_obligation,
    review_step,
    text_caveat,
)
from vigens.model import Weight, describe_lens
from vigens.rules import Atom, Constant

if TYPE_CHECKING:
    from vigens.model import Lens
    from vigens.rules import Instrument, Obligation, Step, Variant


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One party's cells, a component each."""

    party: str
    title: str
    membership: Answer
    cells: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Parties by components of one instrument: who endorses what."""

    instrument: Instrument
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """An obligation with its instances."""

    obligation: Obligation
    instances: tuple[DutyReport, ...]
    caveat: str | None
    variants: tuple[Variant, ...]


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A planned step with what is known of it."""

    step: Step
    report: StepReport
    sentence: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """One count as somebody gave it."""

    ref: str
    number: int
    comparison: str
    unit: str
    title: str
    speaker: str
    happened: str
    weight: Weight
    source: str
    address: str


@dataclass(frozen=True, slots=True)
class Counts:
    """All counts with one measure; never summed, never merged."""

    measure: str
    title: str
    counts: tuple[Count, ...]
    sentence: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of all measures that one name stands for, side by side."""

    pattern: str
    groups: tuple[Counts, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Status:
    """Everything that the first page of a case shows."""

    title: str
    lens: Lens
    lens_words: str
    headline: Answer | None
    headline_sentence: str
    matrix: Matrix | None
    duties: tuple[Duty, ...]
    steps: tuple[PlannedStep, ...]
    counts: tuple[Counts, ...]
    findings: tuple[Finding, ...]


def read_status(session: Session) -> Status:
    """Work out the status of a case.

    Returns:
        The status with its lens; sections that a case does not have are empty.

    Raises:
        UsageError: `case.toml` names a headline that is not declared.
    """
    case = session.case
    headline = None
    if case.settings.headline is not None and not _is_of_others(
        session, case.settings.headline.partition("(")[0]
    ):
        headline = session.ask(case.settings.headline)[0]
    return Status(
        case.settings.title,
        session.lens,
        describe_lens(session.lens),
        headline,
        sentence(session, headline) if headline else "",
        read_matrix(session),
        tuple(read_duty(session, name) for name in case.program.obligations),
        tuple(read_step(session, name) for name in case.program.steps),
        tuple(read_counts(session, name) for name in case.program.measures),
        (
            *case.journal_findings(session.lens),
            *session.assembled.view.findings,
            *session.assembled.findings,
        ),
    )


def read_matrix(session: Session) -> Matrix | None:
    """Work out who endorses which component; `None` where the case names no matrix.

    Raises:
        UsageError: No such instrument or group, or a treaty: none is endorsed.
    """
    case = session.case
    name, group = case.settings.matrix_instrument, case.settings.matrix_group
    if name is None or _is_of_others(session, name):
        return None
    if group is not None and _is_of_others(session, group):
        return None
    if name not in case.program.instruments:
        raise _unknown("instrument", name, case.program.instruments, "[matrix]")
    if group is not None and group not in case.program.values_of("group"):
        groups = dict.fromkeys(case.program.values_of("group"))
        raise _unknown("group", group, groups, "[matrix]")
    text = case.program.instruments[name]
    if text.family == "treaty":
        raise UsageError(
            Message(
                'the matrix shows who endorses a political text; "{name}" is a treaty',
                name=name,
            ),
            "[matrix]",
            Message(
                "leave `matrix` out of case.toml and ask 'consented({name}, _)'",
                name=name,
            ),
        )
    rows = []
    for party in case.program.values_of("party"):
        actor = case.program.actors[party]
        if actor.type != "state":
            continue
        terms = (Constant(group or ""), Constant(party))
        membership = session.answer(Atom("member", terms))
        cells = tuple(
            session.answer(
                Atom("endorsed", (Constant(name), Constant(part.name), Constant(party)))
            )
            for part in text.components
        )
        answers = (membership, *cells)
        if any(a.verdict is not Verdict.FAILS or a.notes for a in answers):
            rows.append(MatrixRow(party, actor.title, membership, cells))
    return Matrix(text, tuple(rows))


def matrix_atoms(session: Session) -> tuple[Atom, ...]:
    """List what the matrix asks of every state, without answering it; may be nothing."""
    program, settings = session.case.program, session.case.settings
    text = program.instruments.get(settings.matrix_instrument or "")
    if text is None or text.family == "treaty":
        return ()
    states = [
        name
        for name in program.values_of("party")
        if program.actors[name].type == "state"
    ]
    return tuple(
        Atom("endorsed", (Constant(text.name), Constant(part.name), Constant(name)))
        for name in states
        for part in text.components
    )


def _is_of_others(session: Session, name: str) -> bool:
    """Say whether only other editions of the rules declare a name."""
    program = session.case.program
    tables = (program.fluents, program.instruments, program.actors)
    if any(name in table for table in tables):
        return False
    return session.whole.rules.declare(name)


def read_duty(session: Session, name: str) -> Duty:
    """Work out one obligation.

    Raises:
        UsageError: No such obligation.
    """
    program = session.case.program
    obligation = program.obligations.get(name)
    if obligation is None:
        raise _unknown("obligation", name, program.obligations)
    reports = review_obligation(session.evaluation, obligation, session.lens.as_of)
    readings = [
        *(deadline.reading for deadline in obligation.deadlines),
        *(trigger.reading for trigger in obligation.triggers),
    ]
    named = {reading.variant for reading in readings if reading is not None}
    variants = tuple(program.variants[v] for v in program.variants if v in named)
    return Duty(obligation, reports, text_caveat(program, obligation.under), variants)


def read_step(session: Session, name: str) -> PlannedStep:
    """Work out one planned step.

    Raises:
        UsageError: No such step.
    """
    program = session.case.program
    step = program.steps.get(name)
    if step is None:
        raise _unknown("step", name, program.steps)
    report = review_step(session.evaluation, step, session.lens.as_of)
    when = _step_date(session, step, report)
    outcome = _OUTCOMES[report.outcome]
    if report.outcome is Verdict.OPEN and report.last_looked is not None:
        day = session.day(report.last_looked - 1)
        looked = "outcome NOT KNOWN (last looked {day})"
        outcome = Message(looked, day=day)
    if session.lens.hypotheses:
        outcome = Message("{outcome} (hypothesis)", outcome=outcome)
    said = Message("planned step: {title}", title=step.title)
    words = Joined("; ", (when, outcome))
    return PlannedStep(step, report, Joined("; ", (said, words)), words)


_OUTCOMES = {
    Verdict.HOLDS: Message("done"),
    Verdict.FAILS: Message("not done"),
    Verdict.OPEN: Message("outcome NOT KNOWN"),
}


def _step_date(session: Session, step: Step, report: StepReport) -> str:
    if report.earliest is None or report.latest is None:
        return Message("no date ({why})", why=report.open_because)
    first, last = session.day(report.earliest), session.day(report.latest)
    if step.date is None or last == first:
        span: str = Message("between {first} and {last}", first=first, last=last)
        span = first if last == first else span
    else:
        span = Dated(step.date)
    if report.is_about:
        span = Message("about {span}", span=span)
    if step.date is None:
        span = Message("derived date {span}", span=span)
    else:
        span = Message("date {span}", span=span)
    if report.is_passed:
        said = Message("{date} passed", date=span)
    elif session.lens.as_of < report.earliest:
        said = Message("{date} not yet reached", date=span)
    elif last != first:
        said = Message("{date} may have passed", date=span)
    else:
        said = Message("{date} is today", date=span)
    if report.open_because:
        return Message("{text} ({why})", text=said, why=report.open_because)
    return said


def read_counts(session: Session, name: str) -> Counts:
    """List every visible count with one measure, each with its source.

    Raises:
        UsageError: No such measure.
    """
    program = session.case.program
    measure = program.measures.get(name)
    if measure is None:
        raise _unknown("measure", name, program.measures)
    found = [
        _count(session, entry.id)
        for entry in session.assembled.view.entries
        if entry.kind == "count" and entry.payload.get("measure") == name
    ]
    counts = tuple(count for count in found if count is not None)
    if not counts:
        words: Message = Message("no count is known")
    elif len(counts) == 1:
        speaker = program.title_of(counts[0].speaker)
        words = Message("one count, a claim of {speaker}", speaker=speaker)
    else:
        many = "no single number; {n} counts, {different} different"
        words = Message(many, n=len(counts), different=len({c.number for c in counts}))
    sentence = Joined(": ", (measure.title, words))
    return Counts(name, measure.title, counts, sentence, words)


def find_measures(session: Session, pattern: str) -> tuple[str, ...]:
    """List the measures that a name, its first words, or a `*` pattern names."""
    measures = session.case.program.measures
    if "*" in pattern:
        return tuple(fnmatch.filter(measures, pattern))
    return tuple(
        name for name in measures if name == pattern or name.startswith(f"{pattern}_")
    )


def read_tally(session: Session, pattern: str) -> Tally:
    """List the counts of every measure that a name or pattern names.

    Raises:
        UsageError: It names no measure.
    """
    names = find_measures(session, pattern)
    if not names:
        raise _unknown("measure", pattern, session.case.program.measures)
    groups = tuple(read_counts(session, name) for name in names)
    return Tally(pattern, groups, count_sentence(groups))


def count_sentence(counts: tuple[Counts, ...]) -> str:
    """Say what the counts of one or several measures come to: never a sum."""
    found = [count for group in counts for count in group.counts]
    if len(counts) == 1:
        return counts[0].sentence
    measures = sum(bool(group.counts) for group in counts)
    many = "no single number; {n} counts with {measures} measures"
    return Message(many, n=len(found), measures=measures)


def _count(session: Session, ref: str) -> Count | None:
    entry = next(e for e in session.assembled.view.entries if e.id == ref)
    weighing = session.assembled.weighings.get(ref)
    claims = [e for e in session.assembled.view.about(ref) if e.kind == "claim"]
    if not claims:
        return None
    source = claims[0].sources[0] if claims[0].sources else None
    return Count(
        ref,
        int(entry.payload["number"]),
        str(entry.payload.get("comparison") or "eq"),
        str(entry.payload.get("unit") or ""),
        entry.title,
        str(entry.payload.get("speaker") or "") or Message("the source"),
        entry.happened or "",
        weighing.weight if weighing else Weight.ASIDE,
        str(source.title or "") if source else "",
        source.address if source else "",
    )


def _unknown(
    what: str, name: str, known: object, where: str = "the question"
) -> UsageError:
    names = list(known) if isinstance(known, dict) else []
    meant = nearest(name, names)
    mend = f'did you mean "{meant}"? ' if meant else ""
    return UsageError(
        Message('there is no {what} "{name}"', what=what, name=name[:60]),
        where,
        Message(
            "{mend}this case has {value}", mend=mend, value=", ".join(names) or "none"
        ),
    )
