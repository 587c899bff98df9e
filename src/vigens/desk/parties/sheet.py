"""The sheet of one party: what it signed, owes, is owed, offered, and where that stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vigens.base import UsageError, nearest
from vigens.desk.parties.acts import ActDone, read_acts
from vigens.desk.parties.ladder import Ladder, read_ladders
from vigens.desk.parties.stages import StageRow, StageTable, read_stages
from vigens.desk.status import read_duty
from vigens.engine import Verdict
from vigens.journal import thaw
from vigens.model import read_quantity
from vigens.rules import Atom, Constant, Variable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.desk.answer import Answer
    from vigens.desk.answers import Session
    from vigens.engine import DutyReport
    from vigens.journal import Entry
    from vigens.model import Weight
    from vigens.rules import Instrument, Obligation


@dataclass(frozen=True, slots=True)
class TextLine:
    """One text with the acts of the party on it."""

    instrument: Instrument
    table: StageTable
    row: StageRow
    acts: tuple[ActDone, ...]


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One instance of an obligation that the party owes or is owed."""

    obligation: Obligation
    report: DutyReport
    caveat: str


@dataclass(frozen=True, slots=True)
class OfferLine:
    """One offer, possible offer or refusal, as somebody claims it."""

    ref: str
    title: str
    happened: str
    stance: str
    domains: tuple[str, ...]
    quantity: str
    conditions: tuple[str, ...]
    gates: tuple[str, ...]
    weight: Weight | None


@dataclass(frozen=True, slots=True)
class SaidLine:
    """A position, a statement, a meeting or money, as it is recorded."""

    ref: str
    kind: str
    title: str
    happened: str
    note: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything of one party that one reader may see.

    Attributes:
        party: Name in rules.
        title: In words.
        kind: State, organisation, group or body.
        groups: Memberships that hold or may hold.
        texts: Texts on which it acted, or in which it stands anywhere.
        owes: What it owes or may owe.
        owed: What is owed to it.
        offers: What it offered, held possible or refused, as claimed.
        ladders: Where its offers stand, domain by domain.
        gates: National gates that it named or passed.
        said: Positions, statements, meetings and money, the latest first.
    """

    party: str
    title: str
    kind: str
    groups: tuple[Answer, ...]
    texts: tuple[TextLine, ...]
    owes: tuple[DutyLine, ...]
    owed: tuple[DutyLine, ...]
    offers: tuple[OfferLine, ...]
    ladders: tuple[Ladder, ...]
    gates: tuple[Answer, ...]
    said: tuple[SaidLine, ...]


#: Entry kinds that a sheet lists, with the field that names who.
_SAID = {"position": "party", "statement": "by", "funding": "by"}

#: States of national gates.
_GATES = ("gate_required", "gate_passed", "mandate")


def read_sheet(session: Session, party: str) -> Sheet:
    """Lay out the sheet of one party, as the reader of the lens may see it.

    Raises:
        UsageError: No such party.
    """
    program = session.case.program
    actor = program.actors.get(party)
    if actor is None:
        meant = nearest(party, program.actors)
        mend = f'did you mean "{meant}"? ' if meant else ""
        raise UsageError(
            f'there is no party "{party[:60]}"',
            "the address",
            f"{mend}choose one on the page Who is bound",
        )
    owes, owed = _duties(session, party)
    is_party = actor.sort == "party"
    return Sheet(
        party,
        actor.title,
        actor.type,
        tuple(_groups(session, party)) if is_party else (),
        tuple(_texts(session, party)) if is_party else (),
        owes,
        owed,
        tuple(_offers(session, party)),
        read_ladders(session, party) if is_party else (),
        tuple(_gates(session, party)) if is_party else (),
        tuple(_said(session, party)),
    )


def _groups(session: Session, party: str) -> Iterator[Answer]:
    program = session.case.program
    if "member" not in program.fluents:
        return
    for group in program.values_of("group") if "group" in program.sorts else ():
        answer = session.answer(Atom("member", (Constant(group), Constant(party))))
        if answer.verdict is not Verdict.FAILS or answer.notes:
            yield answer


def _texts(session: Session, party: str) -> Iterator[TextLine]:
    for text in session.texts():
        table = read_stages(session, text.name, (party,))
        acts = read_acts(session, party, text.name)
        if acts or table.rows[0].is_telling:
            yield TextLine(text, table, table.rows[0], acts)


def _duties(
    session: Session, party: str
) -> tuple[tuple[DutyLine, ...], tuple[DutyLine, ...]]:
    owes, owed = [], []
    for name, obligation in session.case.program.obligations.items():
        duty = read_duty(session, name)
        caveat = duty.caveat or ""
        for report in duty.instances:
            if report.obligor == party and report.obligor_verdict is not Verdict.FAILS:
                owes.append(DutyLine(obligation, report, caveat))
            if obligation.obligee == party:
                owed.append(DutyLine(obligation, report, caveat))
    return tuple(owes), tuple(owed)


def _offers(session: Session, party: str) -> Iterator[OfferLine]:
    for entry in session.assembled.view.entries:
        payload: dict[str, Any] = thaw(entry.payload) if entry.kind == "offer" else {}
        if payload.get("party") != party:
            continue
        weighing = session.assembled.weighings.get(entry.id)
        yield OfferLine(
            entry.id,
            entry.title,
            entry.happened or "",
            str(payload.get("stance") or ""),
            tuple(map(str, payload.get("domains") or ())),
            read_quantity(payload.get("quantity")),
            tuple(map(str, payload.get("conditions") or ())),
            tuple(map(str, payload.get("gates") or ())),
            weighing.weight if weighing else None,
        )


def _gates(session: Session, party: str) -> Iterator[Answer]:
    fluents = session.case.program.fluents
    for name in _GATES:
        fluent = fluents.get(name)
        if fluent is None:
            continue
        others = tuple(Variable("_", "_") for _ in fluent.params[1:])
        for atom in session.expand(Atom(name, (Constant(party), *others))):
            answer = session.answer(atom)
            if name == "mandate" or _is_of_its_own(answer):
                yield answer


def _is_of_its_own(answer: Answer) -> bool:
    """Say whether more is behind an answer than that nobody looked."""
    if answer.verdict is Verdict.OPEN:
        return any(cause.kind != "coverage" for cause in answer.causes)
    return answer.verdict is Verdict.HOLDS


def _said(session: Session, party: str) -> Iterator[SaidLine]:
    found = [
        line
        for entry in session.assembled.view.entries
        if (line := _line(entry, party)) is not None
    ]
    yield from sorted(found, key=lambda line: line.happened, reverse=True)


def _line(entry: Entry, party: str) -> SaidLine | None:
    note = ""
    if entry.kind == "meeting":
        payload: dict[str, Any] = thaw(entry.payload)
        seats = [
            seat
            for seat in payload.get("attendance") or ()
            if seat.get("actor") == party
        ]
        if not seats:
            return None
        note = str(seats[0].get("how") or "unknown")
    elif entry.kind in _SAID:
        who = entry.payload.get(_SAID[entry.kind])
        if party not in ((who,) if isinstance(who, str) else tuple(who or ())):
            return None
        note = str(entry.payload.get("point") or "")
    else:
        return None
    return SaidLine(entry.id, entry.kind, entry.title, entry.happened or "", note)
