"""Contradictions: what claims say against each other, and what the policy makes of it.

Nothing is settled here. A stated rule of the policy may prefer one side; else the answer
is NOT KNOWN, and both sides stand side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Message
from vigens.desk.reasons import ClaimView, claims_about, view_claim
from vigens.journal import MATTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vigens.desk.answers import Session
    from vigens.journal import Entry, View

DENIED, KEYED, REVIEWED = "denied", "keyed", "reviewed"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One contradiction.

    Attributes:
        how: `denied` (claims for and against one matter), `keyed` (claims that were
            recorded as contradicting each other) or `reviewed` (a review found it).
        title: Of the matter, or what the first claim says.
        kind: Of the matter, or the key under which claims were recorded.
        ref: Entry of the matter; empty for a key.
        affirming: Claims that say so; all claims of a key or review.
        denying: Claims that deny it.
        outcome: What the policy makes of it, in words; empty for a key.
        is_open: Whether it is left NOT KNOWN.
    """

    how: str
    title: str
    kind: str
    ref: str
    affirming: tuple[ClaimView, ...]
    denying: tuple[ClaimView, ...]
    outcome: str
    is_open: bool


def read_contradictions(session: Session) -> tuple[Contradiction, ...]:
    """List the contradictions of a view: those left open first."""
    told: set[str] = set()
    found = [*_denied(session, told), *_keyed(session, told)]
    found += _reviewed(session, told)
    found.sort(key=lambda one: not one.is_open)
    return tuple(found)


def _denied(session: Session, told: set[str]) -> Iterator[Contradiction]:
    for entry in session.assembled.view.entries:
        if entry.kind not in MATTERS:
            continue
        weighing = session.assembled.weighings[entry.id]
        if len({one.affirms for one in weighing.claims}) < 2:
            continue
        claims = claims_about(session, entry.id)
        sides = [[c for c in claims if c.affirms is side] for side in (True, False)]
        if not sides[0] or not sides[1]:
            continue
        told.update(claim.ref for claim in claims)
        reason: str = weighing.reason
        if weighing.rule:
            reason = Message(
                "{reason} (rule {rule})", reason=reason, rule=weighing.rule
            )
        yield Contradiction(
            DENIED,
            entry.title,
            entry.kind,
            entry.id,
            tuple(sides[0]),
            tuple(sides[1]),
            reason,
            weighing.is_disputed and weighing.rule is None,
        )


def _keyed(session: Session, told: set[str]) -> Iterator[Contradiction]:
    grouped: dict[str, list[Entry]] = {}
    for entry in session.assembled.view.entries:
        key = entry.payload.get("contradiction_key") if entry.kind == "claim" else None
        if key:
            grouped.setdefault(str(key), []).append(entry)
    for key, entries in grouped.items():
        if len(entries) < 2:
            continue
        told.update(entry.id for entry in entries)
        shown = [
            (_view(session, entry), entry.payload.get("polarity") == "neg")
            for entry in entries
        ]
        yield Contradiction(
            KEYED,
            shown[0][0].statement,
            key,
            "",
            tuple(claim for claim, denies in shown if not denies),
            tuple(claim for claim, denies in shown if denies),
            "",
            is_open=True,
        )


def _reviewed(session: Session, told: set[str]) -> Iterator[Contradiction]:
    """Give what a review calls contradicted and no other group shows."""
    view = session.assembled.view
    for review in view.entries:
        if review.kind != "review" or review.payload.get("verdict") != "contradicted":
            continue
        claims = [
            claim
            for claim in _claims_under(view, review.about)
            if claim.id not in told and claim.id in session.assembled.grades
        ]
        if not claims:
            continue
        told.update(claim.id for claim in claims)
        reason = str(review.payload.get("reason") or "")
        yield Contradiction(
            REVIEWED,
            claims[0].title,
            "claim",
            claims[0].id,
            tuple(_view(session, claim) for claim in claims),
            (),
            reason,
            is_open=True,
        )


def _claims_under(view: View, names: Iterable[str]) -> Iterator[Entry]:
    for name in names:
        for entry in view.current(name):
            if entry.kind == "claim":
                yield entry
            else:
                yield from (e for e in view.about(entry.id) if e.kind == "claim")


def _view(session: Session, entry: Entry) -> ClaimView:
    affirms = entry.payload.get("polarity") != "neg"
    counts = any(
        one.counts
        for matter in entry.about
        if (weighing := session.assembled.weighings.get(matter))
        for one in weighing.claims
        if one.ref == entry.id
    )
    return view_claim(session, entry, affirms=affirms, counts=counts)
