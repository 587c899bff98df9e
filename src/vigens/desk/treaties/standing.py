"""Where every treaty of a case stands on a day: in force, since when, for whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.chrono import format_instant
from vigens.engine import LOW, Bounds, Verdict, verdict_at
from vigens.model import Weight
from vigens.rules import (
    AllOf,
    Atom,
    Condition,
    Constant,
    Quantified,
    Variable,
    substitute,
    substitute_atom,
)

if TYPE_CHECKING:
    from vigens.desk.answers import Session
    from vigens.rules import Instrument, Provision

#: The words of the general law that this page of answers is made of.
IN_FORCE, COMPLETE, PARTY, CONTRACTING, WITHDRAWN = (
    "in_force",
    "instruments_complete",
    "party_to",
    "contracting_state",
    "denounces",
)
INSTRUMENTS = "instruments"
_COMPLETES, _ENTERS = "instruments.complete", "enters.into.force"


@dataclass(frozen=True, slots=True)
class Lacking:
    """What one condition of a treaty still lacks.

    Attributes:
        what: The condition in words: `instruments`, `percent of WEIGHTS`, or the party
            whose instrument is needed.
        needed: How much it asks for.
        surely: How much is there for certain.
        possibly: How much may be there.
        is_party: Whether the instrument of one named party is meant.
    """

    what: str
    needed: int | float
    surely: int | float
    possibly: int | float
    is_party: bool = False

    @property
    def short_by(self) -> int | float:
        """Say how much is lacking of what is there for certain."""
        return max(0, self.needed - self.surely)


@dataclass(frozen=True, slots=True)
class Membership:
    """One stretch of time in which a treaty binds a party.

    Attributes:
        party: Its name in rules.
        title: In words.
        since: First day on which it surely does; `None` where it only may.
        since_possibly: First day on which it may.
        until: First day on which it surely no longer does, if there is one by then.
    """

    party: str
    title: str
    since: str | None
    since_possibly: str
    until: str | None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A withdrawal that takes effect on a day."""

    party: str
    title: str
    effective: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one treaty stands on the day of the lens.

    Attributes:
        instrument: The treaty.
        in_force: Whether it is in force on that day.
        entry_into_force: Day on which it surely entered into force, if it did by then.
        entry_possibly: The same, possibly.
        completed: Day of the instrument that completed it, if there is one by then.
        lacking: What it lacks, where its own page has the rule.
        memberships: Whom it binds or has bound, by then.
        withdrawals: Withdrawals that took effect by then.
        n_parties: How many parties on that day, surely and possibly.
        n_contracting: How many have consented to be bound, whether or not it is in
            force for them: what a depositary prints as the number of parties.
    """

    instrument: Instrument
    in_force: Verdict
    entry_into_force: str | None
    entry_possibly: str | None
    completed: str | None
    lacking: tuple[Lacking, ...]
    memberships: tuple[Membership, ...]
    withdrawals: tuple[Withdrawal, ...]
    n_parties: tuple[int, int]
    n_contracting: tuple[int, int]

    @property
    def short_by(self) -> int | None:
        """Say how many instruments it is short of; `None` where no rule counts them.

        Those of named parties count among the others, so that the larger number is
        what must come.
        """
        if self.completed is not None:
            return 0
        named = [part for part in self.lacking if part.is_party]
        found = [part.short_by for part in self.lacking if part.what == INSTRUMENTS]
        found += [sum(part.short_by for part in named)] if named else []
        return int(max(found)) if found else None


def read_standing(
    session: Session, names: Collection[str] | None = None
) -> tuple[Standing, ...]:
    """Say where the treaties of a case stand on the day of the lens.

    Args:
        session: The case through its lens.
        names: Only these treaties, as the rules name them; by default all.
    """
    reader = _Reader(session)
    return tuple(
        reader.standing(text)
        for text in session.texts()
        if text.family == "treaty" and (names is None or text.name in names)
    )


class _Reader:
    def __init__(self, session: Session) -> None:
        self.session = session
        self.evaluation = session.evaluation
        self.program = session.case.program
        self.as_of = session.lens.as_of
        self.parties = self.program.values_of("party")
        self._known: dict[tuple[str, str], list[tuple[str, Bounds]]] = {}
        self.withdrawals: dict[str, list[Withdrawal]] = {}
        for found in self.evaluation.occurred(WITHDRAWN):
            self._withdraw(found.values, found.first, found.weight)

    def _withdraw(self, values: tuple[str, ...], at: int, weight: Weight) -> None:
        if at > self.as_of or weight not in (Weight.SURE, Weight.POSSIBLE):
            return
        text, party = values
        found = self.withdrawals.setdefault(text, [])
        day = self._day(at)
        for known in found:  # recorded, and brought about by the treaty's own rule
            if (known.party, known.effective) == (party, day):
                return
        found.append(
            Withdrawal(party, self.program.title_of(party), day, weight is Weight.SURE)
        )

    def standing(self, text: Instrument) -> Standing:
        force = self.evaluation.bounds(_atom(IN_FORCE, text.name))
        complete = self.evaluation.bounds(_atom(COMPLETE, text.name))
        memberships = tuple(self._memberships(text.name))
        return Standing(
            text,
            verdict_at(force, self.as_of),
            self._first(force.surely),
            self._first(force.possibly),
            self._first(complete.surely),
            tuple(self._lacking(text.name)),
            memberships,
            tuple(
                sorted(self.withdrawals.get(text.name, ()), key=lambda w: w.effective)
            ),
            self._number(PARTY, text.name),
            self._number(CONTRACTING, text.name),
        )

    def _memberships(self, text: str) -> Iterator[Membership]:
        for party, bounds in self._of_each(PARTY, text):
            for start, end in bounds.possibly:
                if start > self.as_of:
                    continue
                inner = [s for s, _ in bounds.surely if start <= s < end]
                sure = min((s for s in inner if s <= self.as_of), default=None)
                yield Membership(
                    party,
                    self.program.title_of(party),
                    None if sure is None else self._day(sure),
                    self._day(start),
                    self._day(end) if end <= self.as_of else None,
                )

    def _number(self, fluent: str, text: str) -> tuple[int, int]:
        verdicts = [
            verdict_at(bounds, self.as_of) for _, bounds in self._of_each(fluent, text)
        ]
        surely = verdicts.count(Verdict.HOLDS)
        return surely, surely + verdicts.count(Verdict.OPEN)

    def _of_each(self, fluent: str, text: str) -> Iterator[tuple[str, Bounds]]:
        """Give the bounds of a state of one treaty and each party, in one look-up."""
        if (fluent, text) not in self._known:
            rows = [(text, party) for party in self.parties]
            found = self.evaluation.bounds_of(fluent, rows)
            self._known[fluent, text] = list(zip(self.parties, found, strict=True))
        yield from self._known[fluent, text]

    def _lacking(self, text: str) -> Iterator[Lacking]:
        for provision in self.program.provisions.values():
            condition = _asks(provision, text)
            parts = condition.parts if isinstance(condition, AllOf) else (condition,)
            for part in parts:
                if isinstance(part, Quantified):
                    yield from self._quantified(part)
                elif isinstance(part, Atom) and part.name == "consented":
                    n = self._verdict(part)
                    title = self.program.title_of(part.values[1])
                    is_there = int(n is Verdict.HOLDS)
                    may_be = int(n is not Verdict.FAILS)
                    yield Lacking(title, 1, is_there, may_be, is_party=True)

    def _quantified(self, part: Quantified) -> Iterator[Lacking]:
        values = self.evaluation.domain(part)
        verdicts = dict(self._verdicts(part, values))
        if part.weights is not None:
            yield self._weighed(part, verdicts)
        elif part.share is None and part.guard is not None and part.at_least:
            yield from self._guarded(part, verdicts)
        elif part.share is None and part.guard is None:
            surely = sum(v is Verdict.HOLDS for v in verdicts.values())
            possibly = sum(v is not Verdict.FAILS for v in verdicts.values())
            needed = len(values) if part.at_least is None else part.at_least
            yield Lacking(INSTRUMENTS, needed + part.is_more, surely, possibly)

    def _verdicts(
        self, part: Quantified, values: Iterable[str]
    ) -> Iterator[tuple[str, Verdict]]:
        body, name = part.body, part.variable.name
        if (
            isinstance(body, Atom)
            and len(body.terms) == 2
            and isinstance(body.terms[0], Constant)
            and body.terms[1] == part.variable
        ):
            known = dict(self._of_each(body.name, body.terms[0].value))
            for value in values:
                yield value, verdict_at(known[value], self.as_of)
            return
        for value in values:
            yield value, self._verdict(substitute(body, {name: value}))

    def _guarded(
        self, part: Quantified, verdicts: dict[str, Verdict]
    ) -> Iterator[Lacking]:
        """Count those of a list; who is on it does not change."""
        assert part.guard is not None
        assert part.at_least is not None
        name = part.variable.name
        listed = [
            verdict
            for value, verdict in verdicts.items()
            if self._verdict(substitute(part.guard, {name: value})) is Verdict.HOLDS
        ]
        surely = listed.count(Verdict.HOLDS)
        yield Lacking(
            "instruments of those named",
            part.at_least + part.is_more,
            surely,
            surely + listed.count(Verdict.OPEN),
        )

    def _weighed(self, part: Quantified, verdicts: dict[str, Verdict]) -> Lacking:
        weights, share = part.weights or "", part.share
        amounts = self.program.weights[weights].amounts
        total = sum(amounts.get(value, 0) for value in verdicts) or 1
        if share is None:
            scale = self.program.weights[weights].scale

            def weight(words: Collection[Verdict]) -> float:
                found = (amounts.get(v, 0) for v, w in verdicts.items() if w in words)
                return sum(found) / scale

            surely = weight((Verdict.HOLDS,))
            possibly = weight((Verdict.HOLDS, Verdict.OPEN))
            return Lacking(weights, part.at_least or 0, surely, possibly)

        def percent(chosen: Iterable[str]) -> float:
            return round(100 * sum(amounts.get(v, 0) for v in chosen) / total, 2)

        return Lacking(
            f"percent of {weights}",
            round(100 * share[0] / share[1], 2),
            percent(v for v, said in verdicts.items() if said is Verdict.HOLDS),
            percent(v for v, said in verdicts.items() if said is not Verdict.FAILS),
        )

    def _verdict(self, condition: Condition) -> Verdict:
        return verdict_at(self.evaluation.bounds(condition), self.as_of)

    def _first(self, spans: Iterable[tuple[int, int]]) -> str | None:
        first = next((start for start, _ in spans), None)
        if first is None or first > self.as_of:
            return None
        return "" if first <= LOW + 1 else self._day(first)

    def _day(self, instant: int) -> str:
        return format_instant(instant, self.session.lens.zone)


def _asks(provision: Provision, text: str) -> Condition | None:
    """Give what a provision asks for before a treaty is complete."""
    brings = provision.brings
    names = (_COMPLETES, _ENTERS)
    if brings.name not in names or provision.once is None or len(brings.terms) != 1:
        return None
    (term,) = brings.terms
    if isinstance(term, Variable):
        return substitute(provision.once, {term.name: text})
    return provision.once if substitute_atom(brings, {}).values == (text,) else None


def _atom(name: str, *values: str) -> Atom:
    return Atom(name, tuple(Constant(value) for value in values))
