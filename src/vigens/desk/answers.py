"""Questions and their answers: a verdict with its cause, and what goes with it."""

from __future__ import annotations

import itertools
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

from vigens.base import Dated, Joined, Message, UsageError, has_errors, render_finding
from vigens.chrono import civil_date, format_instant
from vigens.desk.answer import Answer, Evidence
from vigens.desk.assembling import Assembled, assemble
from vigens.desk.holding import held_bytes
from vigens.desk.occurring import values_in
from vigens.desk.regrown import Before, Regrown, regrow
from vigens.desk.usable import require_usable
from vigens.desk.walking import asked_at, first_evidence, walk
from vigens.engine import (
    HIGH,
    LOW,
    Evaluation,
    Node,
    Touched,
    Verdict,
    explain,
    is_steady,
    phrase,
)
from vigens.lang import parse_question
from vigens.model import Weight
from vigens.rules import (
    Atom,
    Constant,
    Fluent,
    Instrument,
    Term,
    as_known,
    depends_on,
    is_known,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping
    from contextlib import AbstractContextManager

    from vigens.desk.case import Case
    from vigens.model import Lens

#: Said beside every answer of a lens that takes silence as quiet.
NO_OTHER_CHANGE = Message("assuming that nothing else changed after the last look")

#: Most atoms that one question with `_` may stand for.
MOST_ANSWERS = 2000


class Session:
    """A case seen through one lens; evaluated once, asked often.

    Attributes:
        whole: The case as loaded.
        case: The same with the edition of its rules that was known by then, without
            duties and steps that were not.
        lens: Through which it is seen.
        assembled: The evidence, weighed and placed in time.
        evaluation: The engine, with what it has worked out so far.
    """

    def __init__(
        self,
        case: Case,
        lens: Lens,
        before: Session | None = None,
        *,
        aside: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        """Assemble the world that the lens shows.

        Args:
            case: As loaded.
            lens: Through which it is seen.
            before: Of the same case with fewer entries; what it worked out is taken
                over where it still holds.
            aside: Entered while evidence is assembled, which touches no other session.

        Raises:
            InputError: The agreement files have errors.
            UsageError: There is no such reader.
        """
        edition = case.known_at(lens.known_at)
        edition = replace(edition, tables=edition.tables.seen(case.clearance(lens)))
        require_usable(edition)
        known = as_known(edition.program, lens.known_at, lens.zone)
        self.whole = case
        compiled = replace(edition.compiled, program=known)
        self.case = replace(edition, compiled=compiled)
        self.lens = lens
        self._answers: dict[Atom, Answer] = {}
        self._carried: dict[Atom, Answer] = {}
        self._values: dict[str, tuple[str, ...]] = {}
        grown = None if before is None else before.grown(self.case, lens)
        if before is None or grown is None:
            with aside():
                self.assembled: Assembled = assemble(self.case, lens)
            self.evaluation = Evaluation(self.assembled.world)
            return
        self.case = replace(self.case, compiled=before.case.compiled)
        self.assembled, self.evaluation = grown.assembled, grown.evaluation
        if grown.changed is not None and before.is_steady_until(lens.as_of):
            touched = Touched(known, grown.changed)
            world = self.assembled.world
            has_looks = world.coverage != before.assembled.world.coverage
            self._carried = before.answers_beside(touched, has_looks=has_looks)

    @property
    def n_answers(self) -> int:
        """Count the answers that it holds, whoever worked them out."""
        return len(self._answers) + len(self._carried)

    @property
    def held(self) -> dict[int, int]:
        """Say about how many bytes it holds, by the identity of what others may share."""
        shared, own = held_bytes(self.assembled, self.n_answers)
        return {**shared, id(self): own}

    def grown(self, case: Case, lens: Lens) -> Regrown | None:
        """Take over what is worked out for a later lens, or a case that grew."""
        known = Before(
            self.whole, self.case, self.lens, self.assembled, self.evaluation
        )
        return regrow(known, case, lens)

    def answers_beside(
        self, touched: Touched, *, has_looks: bool
    ) -> dict[Atom, Answer]:
        """Give the answers given so far, but for those that may change.

        Where somebody looked elsewhere, when somebody last looked may change, too.
        """
        given = {**self._carried, **self._answers}.items()
        kept = {a: it for a, it in given if not (has_looks and it.last_looked)}
        return {a: it for a, it in kept.items() if not touched.touches(a)}

    def is_steady_until(self, as_of: int) -> bool:
        """Say whether the answers given so far are also those as of another instant."""
        if as_of != self.lens.as_of:  # also what was taken over, and not worked out
            given = {**self._carried, **self._answers}
            self.evaluation.work_out({atom.name for atom in given})
        return is_steady(self.evaluation, self.lens.as_of, as_of)

    def texts(self) -> tuple[Instrument, ...]:
        """List the instruments that were known by then, or reported."""
        return tuple(
            text
            for text in self.case.program.instruments.values()
            if is_known(text.known_from, self.lens.known_at, self.lens.zone)
        )

    def atoms(self, text: str) -> tuple[Atom, ...]:
        """Read a question; `_` stands for every value of its sort.

        Raises:
            UsageError: It names nothing that is declared.
        """
        atom, findings = parse_question(text, self.case.program)
        if atom is None or has_errors(findings):
            shown = "\n".join(render_finding(finding) for finding in findings)
            raise UsageError(
                Message("this question cannot be read\n{shown}", shown=shown),
                Message("the question"),
                Message("ask for a fluent, as in endorsed(paris, force, CZ)"),
            )
        found = tuple(itertools.islice(self.expand(atom), MOST_ANSWERS + 1))
        if len(found) > MOST_ANSWERS:
            raise UsageError(
                Message(
                    "this question stands for more than {most_answers} answers",
                    most_answers=MOST_ANSWERS,
                ),
                Message("the question"),
                Message("put a name in place of one _"),
            )
        return found

    def expand(
        self, atom: Atom, only: Mapping[str, Container[str]] | None = None
    ) -> Iterator[Atom]:
        """List the ground atoms that an atom with `_` stands for.

        A component goes with its own instrument only, and words of treaties or of
        political texts with instruments of their kind.

        Args:
            atom: With or without `_`.
            only: For `_` of each sort, the values that it may stand for.
        """
        fluent = self.case.program.fluents[atom.name]
        yield from self._filled(fluent, atom.terms, (), only)

    def _filled(
        self,
        fluent: Fluent,
        terms: tuple[Term, ...],
        values: tuple[str, ...],
        only: Mapping[str, Container[str]] | None,
    ) -> Iterator[Atom]:
        if not terms:
            yield Atom(fluent.name, tuple(Constant(value) for value in values))
            return
        first, *rest = terms
        sort = fluent.params[len(values)].sort
        chosen = (
            (first.value,)
            if isinstance(first, Constant)
            else self._choices(fluent, sort, values)
        )
        for value in chosen:
            if (
                only is None
                or isinstance(first, Constant)
                or value in only.get(sort, ())
            ):
                yield from self._filled(fluent, tuple(rest), (*values, value), only)

    def _choices(
        self, fluent: Fluent, sort: str, values: tuple[str, ...]
    ) -> tuple[str, ...]:
        texts = self.case.program.instruments
        if sort == "instrument" and fluent.applies_to is not None:
            allowed = (fluent.applies_to, "unstated")
            return tuple(n for n, text in texts.items() if text.family in allowed)
        if sort == "component":
            owner = next((texts[value] for value in values if value in texts), None)
            if owner is not None:
                return tuple(part.name for part in owner.components)
        return self.values(sort)

    def answer(self, atom: Atom) -> Answer:
        """Answer one ground atom; what was answered is kept."""
        found = self._answers.get(atom)
        if found is None:
            carried = self._carried.pop(atom, None)
            found = self._answer(atom) if carried is None else self._moved(carried)
            self._answers[atom] = found
        return found

    def _moved(self, carried: Answer) -> Answer:
        """Say an answer of another instant of this one: nothing changed in between."""
        node = asked_at(carried.node, self.lens.as_of)
        return carried if node is carried.node else replace(carried, node=node)

    def _answer(self, atom: Atom) -> Answer:
        lens = self.lens
        node = explain(self.evaluation, atom, lens.as_of)
        bounds = self.evaluation.bounds(atom)
        verdict = node.verdict or Verdict.OPEN
        spans = {
            Verdict.HOLDS: bounds.surely,
            Verdict.OPEN: bounds.open,
            Verdict.FAILS: (),
        }[verdict]
        since = next((s for s, e in spans if LOW + 1 < s <= lens.as_of < e), None)
        gone = self.assembled.gone
        notes = self._notes(node)
        if gone.holes:
            notes += gone.notes(self._events_under(atom.name))
        is_disputed = any(note.startswith("disputed") for note in notes)
        is_uncovered = any(cause.kind == "coverage" for cause in node.causes)
        return Answer(
            str(atom),
            phrase(self.case.program, atom),
            verdict,
            node.causes,
            since,
            notes,
            self.last_looked(atom) if is_uncovered else None,
            self._last_evidence(node),
            bool(lens.hypotheses),
            None if lens.policy == self.case.settings.policy else lens.policy,
            "" if verdict is Verdict.OPEN or is_disputed else first_evidence(node).text,
            node.rule,
            node,
        )

    def ask(self, text: str) -> tuple[Answer, ...]:
        """Answer a question with or without `_`.

        Raises:
            UsageError: It names nothing that is declared.
        """
        return tuple(self.answer(atom) for atom in self.atoms(text))

    def last_looked(self, atom: Atom) -> int | None:
        """Give the end of the last look at what an atom rests on (excluded)."""
        world = self.assembled.world
        names = self._events_under(atom.name)
        ends = [world.last_looked(name, atom.values) for name in names]
        return min((end for end in ends if end is not None), default=None)

    def date(self, instant: int | None) -> str:
        """Write an instant in the case's zone; a day's last second is its end."""
        if instant is None or not LOW + 1 < instant < HIGH - 1:
            return ""
        following = format_instant(instant + 1, self.lens.zone)
        if "T" not in following:
            return Message("the end of {day}", day=civil_date(instant, self.lens.zone))
        return Dated(format_instant(instant, self.lens.zone))

    def day(self, instant: int | None) -> str:
        """Write the civil day on which an instant falls; nothing where there is none."""
        return "" if instant is None else Dated(civil_date(instant, self.lens.zone))

    def values(self, sort: str) -> tuple[str, ...]:
        """List the values of a sort: declared, and of an open one those that occur."""
        if sort not in self._values:
            program = self.case.program
            found = program.values_of(sort)
            if program.sorts[sort].is_open:
                found += tuple(values_in(self.assembled.world, program, sort))
            self._values[sort] = tuple(dict.fromkeys(found))
        return self._values[sort]

    def _events_under(self, name: str) -> tuple[str, ...]:
        program = self.case.program
        waiting, seen, events = [name], {name}, dict[str, None]()
        while waiting:
            fluent = program.fluents.get(waiting.pop())
            if fluent is None:
                continue
            for change in (*fluent.initiated, *fluent.terminated):
                if isinstance(change.event, Atom):
                    events[change.event.name] = None
            for below in depends_on(fluent, through_time=True):
                if below not in seen:
                    seen.add(below)
                    waiting.append(below)
        return tuple(events)

    def _notes(self, node: Node) -> tuple[str, ...]:
        notes: dict[str, None] = {}
        for found in walk(node):
            if found.caveat:
                notes[found.caveat] = None
            if found.kind != "event" or found.ref is None:
                continue
            reason = self._reason(found.ref)
            if found.is_disputed:
                if found.rule:
                    reason = Message(
                        "{text} (rule {rule})", text=reason, rule=found.rule
                    )
                notes[reason] = None
            elif found.weight is Weight.ASIDE and self._is_affirmed(found.ref):
                notes[reason] = None
        if self.assembled.coverage_note:
            notes[self.assembled.coverage_note] = None
        if self.lens.assume_no_other_change:
            notes[NO_OTHER_CHANGE] = None
        return tuple(notes)

    def _is_affirmed(self, ref: str) -> bool:
        weighing = self.assembled.weighings.get(ref)
        return weighing is not None and any(c.affirms for c in weighing.claims)

    def _reason(self, ref: str) -> str:
        weighing = self.assembled.weighings.get(ref)
        return weighing.reason if weighing else ""

    def _last_evidence(self, node: Node) -> Evidence | None:
        """Find the latest evidence; on one day, a dispute goes before the rest."""
        found = [
            each
            for each in walk(node)
            if each.instant is not None
            and each.instant <= self.lens.as_of
            and each.weight in (Weight.SURE, Weight.DENIED)
            and not each.is_hypothesis
        ]
        latest = max(
            found, key=lambda each: (each.instant or 0, each.is_disputed), default=None
        )
        if latest is None or latest.instant is None:
            return None
        return Evidence(latest.text, latest.instant, latest.ref)


def sentence(session: Session, answer: Answer) -> str:
    """Say an answer in one line: what, word, since, cause, notes."""
    because = answer.because
    since = session.date(answer.since) if answer.verdict is Verdict.OPEN else ""
    said = "{text}: {word} since {day}" if since else "{text}: {word}"
    first = Message(said, text=answer.text, word=answer.word, day=since)
    return Joined(" · ", (first, because)) if because else first
