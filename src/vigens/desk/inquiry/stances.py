"""Who stands where on one question: the answer for each state, on a chosen day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Message, UsageError
from vigens.desk.idle import own_first
from vigens.engine import phrase
from vigens.rules import Atom, Constant, Variable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.desk.answer import Answer
    from vigens.desk.answers import Session


@dataclass(frozen=True, slots=True)
class Stance:
    """One state's answer."""

    party: str
    title: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Stances:
    """The answers of all states to one question.

    Attributes:
        question: With `_` in the state's place.
        title: In words.
        stances: In the order of the states' names.
        others: Parties that are no states, and their answers.
    """

    question: str
    title: str
    stances: tuple[Stance, ...]
    others: tuple[Stance, ...]


def list_stances(session: Session) -> tuple[tuple[str, str], ...]:
    """List questions that can be asked of every state, as `(question, words)`."""
    return tuple(dict(_questions(session)).items())


def read_stances(session: Session, question: str) -> Stances:
    """Answer a question for every party.

    Args:
        session: The case through its lens.
        question: With `_` in the place of one party, and nothing else open.

    Raises:
        UsageError: It cannot be read, or asks of no party or of several at once.
    """
    atoms = session.atoms(question)
    if not atoms:
        raise UsageError(
            Message("this case names no party"),
            Message("the question"),
            Message('a line `party FR "France"` in an agreement file names one'),
        )
    fluent = session.case.program.fluents[atoms[0].name]
    places = [
        place
        for place, param in enumerate(fluent.params)
        if param.sort in ("party", "state")
    ]
    open_places = [
        place
        for place in range(len(fluent.params))
        if len({atom.values[place] for atom in atoms}) > 1
    ]
    if len(open_places) != 1 or open_places[0] not in places:
        raise UsageError(
            Message("a map asks one question of every state"),
            Message("the question"),
            Message(
                "put _ in the place of one party and name the rest, as in "
                "endorsed(paris, force, _)"
            ),
        )
    place = open_places[0]
    actors = session.case.program.actors
    found = sorted(
        (
            Stance(
                atom.values[place],
                session.case.program.title_of(atom.values[place]),
                session.answer(atom),
            )
            for atom in atoms
        ),
        key=lambda stance: stance.title.casefold(),
    )
    states = {name for name, actor in actors.items() if actor.type == "state"}
    words = _words(session, atoms[0], place)
    return Stances(
        question,
        words,
        tuple(stance for stance in found if stance.party in states),
        tuple(stance for stance in found if stance.party not in states),
    )


def _words(session: Session, atom: Atom, place: int) -> str:
    """Say a question without its party: `… endorses the Force`."""
    terms = [*atom.terms[:place], Constant("…"), *atom.terms[place + 1 :]]
    return phrase(session.case.program, Atom(atom.name, tuple(terms)))


def _questions(session: Session) -> Iterator[tuple[str, str]]:
    settings, program = session.case.settings, session.case.program
    if not session.values("party"):
        return
    any_party = Variable("_", "party")
    name, group = settings.matrix_instrument, settings.matrix_group
    text = program.instruments.get(name or "")
    if text is not None and text.family != "treaty" and "endorsed" in program.fluents:
        for part in text.components:
            values = (Constant(text.name), Constant(part.name))
            atom = Atom("endorsed", (*values, any_party))
            yield _asked(atom, f"{text.short or text.title}: {part.title}")
    if "party_to" in program.fluents:
        for text in program.instruments.values():
            if text.family == "treaty":
                atom = Atom("party_to", (Constant(text.name), any_party))
                yield _asked(atom, _words(session, atom, 1))
    if group is not None and "member" in program.fluents:
        atom = Atom("member", (Constant(group), any_party))
        yield _asked(atom, program.title_of(group))
    for name in own_first(program, program.fluents):
        fluent = program.fluents[name]
        if len(fluent.params) == 1 and fluent.params[0].sort == "party":
            atom = Atom(fluent.name, (any_party,))
            yield _asked(atom, _words(session, Atom(fluent.name, ()), 0))


def _asked(atom: Atom, words: str) -> tuple[str, str]:
    terms = ", ".join(
        term.value if isinstance(term, Constant) else "_" for term in atom.terms
    )
    return f"{atom.name}({terms})", words
