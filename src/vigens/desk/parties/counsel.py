"""One state before every text: acts, stages, what "bound" means, what is missing.

It says what the general law and the text's own clauses come to, with their articles. It
gives no legal opinion.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Joined, Message
from vigens.desk.answer import Answer
from vigens.desk.missing import MissingFor, read_missing
from vigens.desk.parties.acts import ActDone, read_acts
from vigens.desk.parties.stages import StageRow, StageTable, read_stages
from vigens.engine import Verdict, text_caveat
from vigens.rules import Atom, Constant, Under, Variable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.desk.answers import Session
    from vigens.rules import Component, Instrument


@dataclass(frozen=True, slots=True)
class PartCounsel:
    """One component, or the whole of a text that has none.

    Attributes:
        component: Which one; `None` for the whole text.
        bound: What "bound" comes to here: a word, and a sentence with its article.
        target: The state asked for: party to a treaty, endorsement of a component, or
            signature of a political text that has none.
        missing: What is missing for it to be YES; `None` where it is.
    """

    component: Component | None
    bound: tuple[str, str]
    target: Answer | None
    missing: MissingFor | None


@dataclass(frozen=True, slots=True)
class TextCounsel:
    """One text as one state stands before it."""

    instrument: Instrument
    caveat: str
    binding: Answer | None
    table: StageTable
    row: StageRow
    acts: tuple[ActDone, ...]
    parts: tuple[PartCounsel, ...]
    reservations: tuple[Answer, ...]

    @property
    def is_telling(self) -> bool:
        """Say whether this state did anything about it, or stands anywhere in it."""
        return bool(self.acts or self.reservations) or self.row.is_telling


#: Stands where a state's standing cannot be told.
NOT_KNOWN = Message("not known")

#: States about reservations that a legal adviser wants to see.
_RESERVATIONS = ("reserved", "objected", "reservation_accepted", "taken_as_accepted")


def read_counsel(session: Session, party: str) -> tuple[TextCounsel, ...]:
    """Lay out how a state stands before every text that was known by then.

    Returns:
        Texts on which the state acted go first.
    """
    found = [_text(session, party, text) for text in session.texts()]
    return tuple(sorted(found, key=lambda text: not text.is_telling))


def _text(session: Session, party: str, text: Instrument) -> TextCounsel:
    table = read_stages(session, text.name, (party,))
    parts = text.components or (None,)
    return TextCounsel(
        text,
        text_caveat(session.case.program, Under(text.name)) or "",
        _one(session, "legally_binding", text.name),
        table,
        table.rows[0],
        read_acts(session, party, text.name),
        tuple(_part(session, party, text, part) for part in parts),
        tuple(_reservations(session, party, text)),
    )


def _part(
    session: Session, party: str, text: Instrument, part: Component | None
) -> PartCounsel:
    family = "treaty" if text.family == "treaty" else "political"
    values = [text.name, party]
    name = "party_to"
    if family == "political":
        name = "endorsed" if part else "signed"
        values = [text.name, part.name, party] if part else values
    target = _one(session, name, *values)
    missing = None
    if target is not None and target.verdict is not Verdict.HOLDS:
        missing = read_missing(session, target.question)[0]
    says = _treaty if family == "treaty" else _political
    return PartCounsel(part, says(session, party, text, target, part), target, missing)


def _one(session: Session, name: str, *values: str) -> Answer | None:
    """Answer one state of the general law; none where the rules do not know it."""
    fluent = session.case.program.fluents.get(name)
    if fluent is None or len(fluent.params) != len(values):
        return None
    return session.answer(Atom(name, tuple(Constant(value) for value in values)))


def _treaty(
    session: Session,
    party: str,
    text: Instrument,
    target: Answer | None,
    _part: Component | None,
) -> tuple[str, str]:
    def verdict(name: str) -> Verdict:
        found = _one(session, name, text.name, party)
        return found.verdict if found else Verdict.FAILS

    if target is not None and target.verdict is Verdict.HOLDS:
        said = (
            "the treaty is in force for it and must be performed in good faith "
            "(VCLT articles 2(1)(g) and 26)"
        )
        return Message("bound"), Message(said)
    if verdict("consented") is Verdict.HOLDS:
        waits = (
            "it has consented and is bound once the treaty is in force for it "
            "(VCLT articles 2(1)(f) and 24)"
        )
        return Message("not yet bound"), Message(waits)
    if verdict("applied_provisionally") is Verdict.HOLDS:
        declared = Message("as far as it declared (VCLT article 25)")
        return Message("applies provisionally"), declared
    if target is not None and target.verdict is Verdict.OPEN:
        return NOT_KNOWN, _cause(target)
    not_bound = Message("not bound")
    if verdict("consented") is Verdict.OPEN:
        unsure = (
            "the treaty is not in force for it; whether it has consented is not known"
        )
        return not_bound, Message(unsure)
    if verdict("interim_good_faith") is Verdict.HOLDS:
        signed = (
            "signed, not bound; it must not defeat the treaty's object and purpose "
            "(VCLT article 18)"
        )
        return not_bound, Message(signed)
    third = "a treaty creates no obligation without consent (VCLT article 34)"
    return not_bound, Message(third)


def _political(
    session: Session,
    party: str,
    text: Instrument,
    target: Answer | None,
    part: Component | None,
) -> tuple[str, str]:
    binding = _one(session, "legally_binding", text.name)
    in_law = Message("a political text binds nobody in law")
    if binding is not None and binding.verdict is Verdict.OPEN:
        unsure = "whether this text binds in law is not known: {cause}"
        in_law = Message(unsure, cause=_cause(binding))
    done = _one(session, "concluded", text.name, part.name, party) if part else None
    if done is not None and done.verdict is Verdict.HOLDS:
        own = Message("by an act of its own")
        return Message("commitment concluded"), Joined("; ", (own, in_law))
    if part is None:
        return _signed(target, in_law)
    if target is None:
        none = Message("these rules know no endorsement")
        return NOT_KNOWN, Joined("; ", (none, in_law))
    if target.verdict is Verdict.HOLDS:
        return Message("endorses"), in_law
    if target.verdict is Verdict.OPEN:
        return NOT_KNOWN, Joined("; ", (_cause(target), in_law))
    return Message("does not endorse"), in_law


def _signed(signed: Answer | None, in_law: str) -> tuple[str, str]:
    """Say how a state stands before a political text without components."""
    if signed is None:
        return NOT_KNOWN, in_law
    if signed.verdict is Verdict.OPEN:
        cause = Message("whether it signed: {cause}", cause=_cause(signed))
        return NOT_KNOWN, Joined("; ", (cause, in_law))
    word = Message("signed")
    if signed.verdict is Verdict.FAILS:
        word = Message("has not signed")
    none = Message("the text names no components to endorse")
    return word, Joined("; ", (none, in_law))


def _cause(answer: Answer) -> str:
    return answer.causes[0].text if answer.causes else answer.reason


def _reservations(session: Session, party: str, text: Instrument) -> Iterator[Answer]:
    """Answer what is or may be so of reservations by this state, and to them."""
    program = session.case.program
    if text.family != "treaty":
        return
    for name in _RESERVATIONS:
        fluent = program.fluents.get(name)
        if fluent is None or len(fluent.params) != 3:
            continue
        wild = Atom(name, (Constant(text.name), Constant(party), Variable("_", "_")))
        for atom in session.expand(wild):
            answer = session.answer(atom)
            if answer.verdict is not Verdict.FAILS:
                yield answer
