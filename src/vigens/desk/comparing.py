"""What differs between two lenses on one case, as one function that all use.

Two days, two days of knowledge, two policies, two readers, with and without a
hypothesis: each is a pair of lenses. What is compared is what the rules say of it, each
change with both sides: verdict, since when, and one sentence.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vigens.base import UsageError
from vigens.desk.answer import Answer
from vigens.desk.answers import Session, sentence
from vigens.desk.idle import idle_on_both, own_first
from vigens.desk.occurring import named_values
from vigens.desk.status import (
    Count,
    Counts,
    Duty,
    PlannedStep,
    read_counts,
    read_duty,
    read_step,
)
from vigens.desk.tallied import ChangedTally, changed_tallies
from vigens.engine import HIGH, LOW, DutyReport, Verdict, verdicts_of
from vigens.rules import Atom, Variable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from vigens.desk.case import Case
    from vigens.model import Lens

#: Most ground states of one name that are looked at; the rest is counted.
MOST_LOOKED_AT = 20_000
#: Most changed states that are told one by one; the rest is counted by kind.
MOST_TOLD = 400


@dataclass(frozen=True, slots=True)
class Side:
    """What one lens shows of a state.

    Attributes:
        verdict: HOLDS, FAILS or OPEN; `None` where its rules do not know the state.
        since: From when it has been so, UTC seconds; `None` where ever since.
        atom: The state.
        session: The case through this lens.
    """

    verdict: Verdict | None
    since: int | None
    atom: Atom
    session: Session = field(compare=False, repr=False)

    @property
    def sentence(self) -> str:
        """Say why, in one line; worked out when it is asked for."""
        if self.verdict is None:
            return "the rules of this lens do not know it"
        return sentence(self.session, self.session.answer(self.atom))

    @property
    def word(self) -> str:
        """Give YES, NO, NOT KNOWN, or what stands for no such state."""
        return _word(self.verdict)


def _word(verdict: Verdict | None) -> str:
    return verdict.word if verdict is not None else "not declared"


@dataclass(frozen=True, slots=True)
class ChangedState:
    """A ground state whose verdict differs."""

    atom: Atom
    before: Side
    after: Side


@dataclass(frozen=True, slots=True)
class Further:
    """Changed states of one name that are counted and not told one by one."""

    fluent: str
    before: str
    after: str
    number: int


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """One question with its answer through either lens."""

    before: Answer
    after: Answer


@dataclass(frozen=True, slots=True)
class ChangedDuty:
    """One instance of a duty that differs; a side without it has `None`."""

    duty: Duty
    before: DutyReport | None
    after: DutyReport | None


@dataclass(frozen=True, slots=True)
class ChangedStep:
    """A planned step that differs; a side that does not know it has `None`."""

    before: PlannedStep | None
    after: PlannedStep | None


@dataclass(frozen=True, slots=True)
class ChangedCounts:
    """A measure whose visible counts differ, or how they count."""

    measure: str
    title: str
    before: tuple[Count, ...]
    after: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """All that differs, and the answers asked for, whether they differ or not.

    Attributes:
        before: The case through the lens that is compared against.
        after: The case through the other lens.
        headline: What the case's first line answers, through both.
        answers: The questions that were asked, through both.
        states: Ground states whose verdict differs, at most `MOST_TOLD`.
        further: The rest of them, counted.
        idle: Names of states of the general law that were left out, since neither side
            has anything to do with them.
        not_looked_at: Names of states of which there are too many, with how many were
            passed over: those that no evidence names.
        duties: Instances of duties whose states or deadlines differ.
        steps: Planned steps whose date or outcome differs.
        counts: Measures whose counts differ.
        tallies: Rows of declared tallies that come to something else.
    """

    before: Session
    after: Session
    headline: ChangedAnswer | None
    answers: tuple[ChangedAnswer, ...]
    states: tuple[ChangedState, ...]
    further: tuple[Further, ...]
    idle: frozenset[str]
    not_looked_at: tuple[tuple[str, int], ...]
    duties: tuple[ChangedDuty, ...]
    steps: tuple[ChangedStep, ...]
    counts: tuple[ChangedCounts, ...]
    tallies: tuple[ChangedTally, ...]

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was found to differ."""
        found = (self.states, self.further, self.duties, self.steps)
        return not any((*found, self.counts, self.tallies))


def compare_lenses(
    case: Case, left: Lens, right: Lens, questions: Sequence[str] = ()
) -> Changes:
    """Compare a case through two lenses.

    Args:
        case: The case as loaded.
        left: The lens that is compared against.
        right: The other one.
        questions: Atoms to answer through both, with or without `_`.

    Returns:
        What differs at the instants that the lenses ask about; nothing where they are
        the same, and the same with its sides changed where they change places.

    Raises:
        VigensError: The agreement files have errors, or a question names nothing.
    """
    before = Session(case, left)
    after = before if left == right else Session(case, right)
    return compare(before, after, questions)


def compare(
    before: Session,
    after: Session,
    questions: Sequence[str] = (),
    *,
    is_whole: bool = False,
) -> Changes:
    """Compare a case through two lenses, each with its session.

    Args:
        before: The case through the lens that is compared against.
        after: Through the other one.
        questions: Atoms to answer through both, with or without `_`.
        is_whole: Whether idle states of the general law are compared, too.

    Raises:
        UsageError: A question names nothing that is declared.
    """
    headline = after.case.settings.headline
    asked = [pair for text in questions for pair in _answers(before, after, text)]
    first = None
    if headline and all(_knows(side, headline) for side in (before, after)):
        first = next(_answers(before, after, headline), None)
    idle = frozenset() if is_whole else idle_on_both(before, after)
    states, further, passed = _states(before, after, idle)
    return Changes(
        before,
        after,
        first,
        tuple(asked),
        states,
        further,
        idle,
        passed,
        tuple(_duties(before, after)),
        tuple(_steps(before, after)),
        tuple(_counts(before, after)),
        tuple(changed_tallies(before, after)),
    )


def _knows(session: Session, question: str) -> bool:
    try:
        return bool(session.atoms(question))
    except UsageError:
        return False


def _answers(before: Session, after: Session, text: str) -> Iterator[ChangedAnswer]:
    sides = [{str(atom): atom for atom in side.atoms(text)} for side in (before, after)]
    for name, atom in sides[1].items():
        if name in sides[0]:
            yield ChangedAnswer(before.answer(sides[0][name]), after.answer(atom))


def _states(
    before: Session, after: Session, idle: frozenset[str]
) -> tuple[tuple[ChangedState, ...], tuple[Further, ...], tuple[tuple[str, int], ...]]:
    told: list[ChangedState] = []
    rest: dict[tuple[str, str, str], int] = {}
    passed: list[tuple[str, int]] = []
    programs = before.case.program, after.case.program
    every = (*programs[0].fluents, *programs[1].fluents)
    for name in own_first(programs[1], dict.fromkeys(every)):
        if name in idle:
            continue
        atoms, n_passed = _atoms(before, after, name)
        if n_passed:
            passed.append((name, n_passed))
        verdicts = _verdicts(before, name, atoms), _verdicts(after, name, atoms)
        for atom, old, new in zip(atoms, *verdicts, strict=True):
            if old is new:
                continue
            if len(told) < MOST_TOLD:
                sides = _side(before, atom, old), _side(after, atom, new)
                told.append(ChangedState(atom, *sides))
            else:
                words = _word(old), _word(new)
                rest[name, *words] = rest.get((name, *words), 0) + 1
    further = tuple(Further(*key, number) for key, number in rest.items())
    return tuple(told), further, tuple(passed)


def _atoms(before: Session, after: Session, name: str) -> tuple[list[Atom], int]:
    """List the ground states of a name that either side knows, and how many are not.

    Of a name with too many, those are looked at first that evidence names.
    """
    found: dict[Atom, None] = {}
    total = 0
    for session in (before, after):
        fluent = session.case.program.fluents.get(name)
        if fluent is None:
            continue
        wild = Atom(name, tuple(Variable("_", "_") for _ in fluent.params))
        size = math.prod(max(1, len(session.values(p.sort))) for p in fluent.params)
        total = max(total, size)
        if size <= MOST_LOOKED_AT:
            atoms: Iterable[Atom] = session.expand(wild)
        else:
            atoms = session.expand(wild, named_values(session.assembled.world))
        found.update(dict.fromkeys(itertools.islice(atoms, MOST_LOOKED_AT)))
    return list(found), total - len(found) if total > MOST_LOOKED_AT else 0


def _verdicts(
    session: Session, name: str, atoms: Sequence[Atom]
) -> Sequence[Verdict | None]:
    fluent = session.case.program.fluents.get(name)
    if fluent is None or any(len(a.terms) != len(fluent.params) for a in atoms):
        return [None] * len(atoms)
    return verdicts_of(session.evaluation, atoms, session.lens.as_of)


def _side(session: Session, atom: Atom, verdict: Verdict | None) -> Side:
    if verdict is None:
        return Side(None, None, atom, session)
    bounds = session.evaluation.bounds(atom)
    edges = {
        edge for spans in (bounds.surely, bounds.possibly) for s in spans for edge in s
    }
    since = max(
        (
            edge
            for edge in edges
            if LOW + 1 < edge <= session.lens.as_of and edge < HIGH - 1
        ),
        default=None,
    )
    return Side(verdict, since, atom, session)


def _duties(before: Session, after: Session) -> Iterator[ChangedDuty]:
    for name in _both(before, after, lambda session: session.case.program.obligations):
        old, new = (
            read_duty(side, name) if name in side.case.program.obligations else None
            for side in (before, after)
        )
        duty = new or old
        assert duty is not None
        sides = [
            {_key(report): report for report in side.instances} if side else {}
            for side in (old, new)
        ]
        for key in dict.fromkeys((*sides[1], *sides[0])):
            one, other = sides[0].get(key), sides[1].get(key)
            if one is None and other is not None:
                is_changed = not _stands_for_none(other, sides[0].values())
            elif other is None and one is not None:
                is_changed = not _stands_for_none(one, sides[1].values())
            else:
                is_changed = _facts(one) != _facts(other)
            if is_changed:
                yield ChangedDuty(duty, one, other)


def _stands_for_none(report: DutyReport, others: Iterable[DutyReport]) -> bool:
    """Say whether a report only says that there is no instance, and now there are."""
    if report.binding or report.states != ("not triggered",):
        return False
    return any(other.binding and other.obligor == report.obligor for other in others)


def _key(report: DutyReport) -> tuple[object, ...]:
    return report.obligor, report.binding, report.reading


def _facts(report: DutyReport | None) -> tuple[object, ...]:
    assert report is not None
    return report.states, report.deadlines, report.obligor_verdict


def _steps(before: Session, after: Session) -> Iterator[ChangedStep]:
    for name in _both(before, after, lambda session: session.case.program.steps):
        old, new = (
            read_step(side, name) if name in side.case.program.steps else None
            for side in (before, after)
        )
        if old is None or new is None or _of(old) != _of(new):
            yield ChangedStep(old, new)


def _of(step: PlannedStep) -> tuple[object, ...]:
    found = step.report
    return found.outcome, found.earliest, found.latest, found.is_passed


def _counts(before: Session, after: Session) -> Iterator[ChangedCounts]:
    for name in _both(before, after, lambda session: session.case.program.measures):
        sides: list[Counts | None] = [
            read_counts(side, name) if name in side.case.program.measures else None
            for side in (before, after)
        ]
        old, new = (side.counts if side else () for side in sides)
        title = next(side.title for side in reversed(sides) if side)
        weights = [{(c.ref, c.weight) for c in side} for side in (old, new)]
        if weights[0] != weights[1]:
            yield ChangedCounts(name, title, old, new)


def _both(
    before: Session, after: Session, names: Callable[[Session], Iterable[str]]
) -> Iterable[str]:
    """List the names that either side knows, those of the right side first."""
    return dict.fromkeys((*names(after), *names(before)))
