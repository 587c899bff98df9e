"""The approval ladder of one party: domain by domain, each rung by its own act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Message
from vigens.desk.parties.stages import since_of
from vigens.engine import Verdict, verdict_at
from vigens.rules import Atom, Constant, Variable

if TYPE_CHECKING:
    from vigens.desk.answers import Session

#: The rungs, as states of the general law, from the lowest up; then what stands beside.
RUNGS = (
    ("offered", Message("announced")),
    ("offer_documented", Message("documented")),
    ("offer_approved", Message("approved by ministers")),
    ("offer_endorsed", Message("endorsed by leaders")),
    ("offer_mandated", Message("mandated by parliament")),
    ("offer_ready", Message("ready")),
    ("offer_delivered", Message("delivered")),
)
BESIDE = (
    ("offer_current", Message("has not run out")),
    ("refused", Message("declined")),
)


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung: whether the offer stands on it, and since when."""

    fluent: str
    title: str
    verdict: Verdict
    since: int | None
    question: str


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs of one domain, what stands beside them, and limits that are set."""

    domain: str
    rungs: tuple[Rung, ...]
    beside: tuple[Rung, ...]
    caveats: tuple[Rung, ...]

    @property
    def is_telling(self) -> bool:
        """Say whether anything surely holds here."""
        every = (*self.rungs, *self.beside, *self.caveats)
        return any(rung.verdict is Verdict.HOLDS for rung in every)


def read_ladders(session: Session, party: str) -> tuple[Ladder, ...]:
    """Work out where the offers of a party stand.

    Returns:
        The domains in which anything surely holds or is on record.
    """
    if "domain" not in session.case.program.sorts:
        return ()
    found = []
    for domain in session.values("domain"):
        rungs = _rungs(session, RUNGS, party, domain)
        beside = _rungs(session, BESIDE, party, domain)
        ladder = Ladder(domain, rungs, beside, _caveats(session, party, domain))
        if ladder.is_telling or _is_recorded(session, party, domain):
            found.append(ladder)
    return tuple(found)


def _is_recorded(session: Session, party: str, domain: str) -> bool:
    """Say whether an act of this party in this domain is on record, however graded."""
    for event in session.case.program.events.values():
        sorts = [param.sort for param in event.params]
        if sorts[:2] != ["party", "domain"]:
            continue
        asked = (party, domain, *(None for _ in sorts[2:]))
        found = session.evaluation.occurred(event.name, asked)
        if any(done.values[:2] == (party, domain) for done in found):
            return True
    return False


def _rungs(
    session: Session, names: tuple[tuple[str, str], ...], party: str, domain: str
) -> tuple[Rung, ...]:
    fluents = session.case.program.fluents
    return tuple(
        _rung(session, Atom(name, (Constant(party), Constant(domain))), title)
        for name, title in names
        if name in fluents and len(fluents[name].params) == 2
    )


def _caveats(session: Session, party: str, domain: str) -> tuple[Rung, ...]:
    fluent = session.case.program.fluents.get("caveat_stands")
    if fluent is None or len(fluent.params) != 3:
        return ()
    terms = (Constant(party), Constant(domain), Variable("_", "_"))
    found = [
        _rung(session, atom, str(atom.values[-1]))
        for atom in session.expand(Atom(fluent.name, terms))
    ]
    return tuple(rung for rung in found if rung.verdict is not Verdict.FAILS)


def _rung(session: Session, atom: Atom, title: str) -> Rung:
    bounds = session.evaluation.bounds(atom)
    verdict = verdict_at(bounds, session.lens.as_of)
    since = since_of(bounds, verdict, session.lens.as_of)
    return Rung(atom.name, title, verdict, since, str(atom))
