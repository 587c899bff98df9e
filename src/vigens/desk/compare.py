"""What changes between two lenses on one case: the headline, cells, duties, steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.desk.answers import Answer, Session
from vigens.desk.status import Duty, PlannedStep, read_duty, read_step
from vigens.engine import DutyReport, Verdict, verdict_at
from vigens.rules import Atom, Variable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """One question with its answer through either lens."""

    before: Answer
    after: Answer


@dataclass(frozen=True, slots=True)
class ChangedState:
    """A state whose verdict differs."""

    atom: Atom
    before: Verdict
    after: Verdict


@dataclass(frozen=True, slots=True)
class ChangedDuty:
    """One instance of a duty that differs; `before` is `None` where it is new."""

    duty: Duty
    before: DutyReport | None
    after: DutyReport


@dataclass(frozen=True, slots=True)
class ChangedStep:
    """A planned step that differs."""

    before: PlannedStep
    after: PlannedStep


@dataclass(frozen=True, slots=True)
class Changes:
    """All that differs, and the answers asked for, whether they differ or not."""

    headline: ChangedAnswer | None
    answers: tuple[ChangedAnswer, ...]
    states: tuple[ChangedState, ...]
    duties: tuple[ChangedDuty, ...]
    steps: tuple[ChangedStep, ...]


def compare(before: Session, after: Session, questions: Sequence[str] = ()) -> Changes:
    """Compare a case through two lenses that ask about the same instant.

    Args:
        before: Through the lens that is compared against.
        after: Through the other one.
        questions: Atoms to answer through both, with or without `_`.

    Returns:
        What differs at the instant asked about.

    Raises:
        UsageError: A question names nothing that is declared.
    """
    headline = after.case.settings.headline
    program = after.case.program
    steps = [(read_step(before, n), read_step(after, n)) for n in program.steps]
    return Changes(
        next(_answers(before, after, headline), None) if headline else None,
        tuple(pair for text in questions for pair in _answers(before, after, text)),
        tuple(_states(before, after)),
        tuple(
            changed
            for name in program.obligations
            for changed in _duty(read_duty(before, name), read_duty(after, name))
        ),
        tuple(ChangedStep(old, new) for old, new in steps if _of(old) != _of(new)),
    )


def _answers(before: Session, after: Session, text: str) -> Iterator[ChangedAnswer]:
    for atom in after.atoms(text):
        yield ChangedAnswer(before.answer(atom), after.answer(atom))


def _states(before: Session, after: Session) -> Iterator[ChangedState]:
    for fluent in after.case.program.fluents.values():
        wild = Atom(fluent.name, tuple(Variable("_", "_") for _ in fluent.params))
        for atom in after.expand(wild):
            old = verdict_at(before.evaluation.bounds(atom), before.lens.as_of)
            new = verdict_at(after.evaluation.bounds(atom), after.lens.as_of)
            if old is not new:
                yield ChangedState(atom, old, new)


def _duty(before: Duty, after: Duty) -> Iterator[ChangedDuty]:
    known = {_key(report): report for report in before.instances}
    for report in after.instances:
        old = known.get(_key(report))
        if old is None or (old.states, old.deadlines) != (
            report.states,
            report.deadlines,
        ):
            yield ChangedDuty(after, old, report)


def _key(report: DutyReport) -> tuple[object, ...]:
    return report.obligor, report.binding, report.reading


def _of(step: PlannedStep) -> tuple[object, ...]:
    found = step.report
    return found.outcome, found.earliest, found.latest, found.is_passed
