"""What waits for a curator: ungraded claims, contradictions, findings, second persons."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from vigens.base import Message
from vigens.desk.foureyes import list_waiting
from vigens.desk.inquiry.contradictions import Contradiction, read_contradictions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.base import Finding
    from vigens.desk.answers import Session
    from vigens.journal import Entry

_WORD = re.compile(r"\w+")

#: From this share of their words on, two statements tell one story in one wording.
_ALIKE = 0.7


@dataclass(frozen=True, slots=True)
class Waiting:
    """One entry that waits for somebody.

    Attributes:
        ref: Entry id.
        kind: Of the entry.
        title: In words.
        recorded_by: Who recorded it.
        recorded_at: When, as the journal writes it.
        note: What is told beside it.
    """

    ref: str
    kind: str
    title: str
    recorded_by: str
    recorded_at: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rivals:
    """Corrections of one entry that do not know of each other."""

    ref: str
    kind: str
    title: str
    rivals: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """Two claims on one matter that may have one origin.

    Attributes:
        one: The first.
        other: The second.
        matter: What both are about.
        because: What the two share.
    """

    one: Waiting
    other: Waiting
    matter: Waiting
    because: str


@dataclass(frozen=True, slots=True)
class InHand:
    """Everything that waits for a curator in one view.

    Attributes:
        ungraded: Claims without a grade: they count as F6.
        second: Entries that count possibly until a second person confirms them.
        contradictions: Left open.
        rivals: Of corrections.
        alike: Candidates for one origin.
        findings: Of rules and record.
        n_claims: Claims in the view.
    """

    ungraded: tuple[Waiting, ...]
    second: tuple[Waiting, ...]
    contradictions: tuple[Contradiction, ...]
    rivals: tuple[Rivals, ...]
    alike: tuple[Alike, ...]
    findings: tuple[Finding, ...]
    n_claims: int


def read_in_hand(session: Session) -> InHand:
    """List what waits for a curator, as far as this reader may see it."""
    case, view = session.case, session.assembled.view
    claims = [entry for entry in view.entries if entry.kind == "claim"]
    graded = {
        target
        for entry in view.entries
        if entry.kind == "grade"
        for target in entry.about
    }
    ungraded = [
        entry
        for entry in claims
        if entry.id not in graded
        and not any(other.kind == "grade" for other in view.about(entry.id))
    ]
    ungraded.sort(key=lambda entry: entry.recorded_at, reverse=True)
    return InHand(
        tuple(_waiting(entry) for entry in ungraded),
        tuple(
            _waiting(entry) for entry in list_waiting(session.whole, session.lens, view)
        ),
        tuple(one for one in read_contradictions(session) if one.is_open),
        tuple(_rivals(session)),
        tuple(_alike(session, claims)),
        (
            *case.compiled.findings,
            *case.journal_findings(session.lens),
            *view.findings,
            *session.assembled.findings,
        ),
        len(claims),
    )


def _waiting(entry: Entry, note: str = "") -> Waiting:
    return Waiting(
        entry.id, entry.kind, entry.title, entry.recorded_by, entry.recorded_at, note
    )


def _rivals(session: Session) -> Iterator[Rivals]:
    view = session.assembled.view
    by_id = {entry.id: entry for entry in view.shown}
    for original, rivals in view.rivals.items():
        entry = by_id[original]
        yield Rivals(
            entry.id,
            entry.kind,
            entry.title,
            tuple(_waiting(by_id[name]) for name in rivals),
        )


def _alike(session: Session, claims: list[Entry]) -> Iterator[Alike]:
    """Find pairs of claims on one matter that are told apart and look like one story."""
    origins, view = session.assembled.origins, session.assembled.view
    by_matter: dict[str, list[Entry]] = {}
    for claim in claims:
        for matter in claim.about:
            by_matter.setdefault(matter, []).append(claim)
    told: set[tuple[str, str]] = set()
    for matter, group in by_matter.items():
        for one, other in combinations(group, 2):
            if origins.get(one.id) == origins.get(other.id):
                continue
            because = _shared(one, other)
            if because and (one.id, other.id) not in told:
                told.add((one.id, other.id))
                about = next(iter(view.current(matter)), one)
                yield Alike(_waiting(one), _waiting(other), _waiting(about), because)


def _shared(one: Entry, other: Entry) -> str:
    """Say what makes two claims look like one story; nothing where nothing does."""
    quotes = [
        {source.passage.quote for source in entry.sources if source.passage}
        for entry in (one, other)
    ]
    if quotes[0] & quotes[1]:
        return Message("they quote the same words")
    words = [
        set(_WORD.findall(str(entry.payload.get("statement") or "").casefold()))
        for entry in (one, other)
    ]
    smaller = min(len(words[0]), len(words[1]))
    if smaller >= 5 and len(words[0] & words[1]) / smaller >= _ALIKE:
        return Message("their wording is nearly the same")
    return ""
