"""What a second person, a curator and an approving office do: drafts of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vigens.base import InputError
from vigens.chrono import parse_edtf
from vigens.desk.carrying import named
from vigens.journal import KINDS, REDACTION, Draft, Source
from vigens.model import parse_grade

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vigens.desk.case import Case
    from vigens.journal import Entry

#: Who approves an offer: the rungs of the ladder that are approvals.
LEVELS = ("ministers", "leaders", "parliament")


def confirmation_draft(
    case: Case, reference: str, *, by: str, of_redaction: bool = False
) -> Draft:
    """Draft a second person's confirmation of exactly one version of an entry.

    Args:
        case: Of the entry.
        reference: The entry: id, beginning of it, or row.
        by: Who confirms: not the person who recorded it.
        of_redaction: Whether it is known that the entry wants something destroyed.

    Raises:
        InputError: No such entry, none that can be confirmed, or the same person.
    """
    entry = named(case, reference)
    allowed = KINDS["confirmation"].about
    if entry.kind == REDACTION and not of_redaction:
        raise InputError(
            "this entry wants another one destroyed; to confirm it is to destroy that",
            f"entry {entry.id[:12]}",
            f"`vigens redact CASE --confirm {entry.id[:12]} --by NAME` does both",
        )
    if entry.kind not in allowed:
        raise InputError(
            f"a {entry.kind} counts without confirmation",
            f"entry {entry.id[:12]}",
            f"confirmed are {', '.join(sorted(allowed))}",
        )
    if entry.recorded_by == by:
        raise InputError(
            f"{by} recorded it, and only a second person confirms it",
            f"entry {entry.id[:12]}",
            "the second person writes --by NAME, or sets VIGENS_BY",
        )
    return Draft("confirmation", {"by": by}, by, marks=entry.marks, about=(entry.id,))


def same_origin_draft(
    case: Case,
    references: Sequence[str],
    *,
    by: str,
    reason: str | None = None,
    known_from: str | None = None,
) -> Draft:
    """Draft that claims are copies of one origin, and count once.

    Raises:
        InputError: An entry is no claim, or fewer than two are named.
    """
    claims = [named(case, each) for each in references]
    for entry in claims:
        if entry.kind != "claim":
            raise InputError(
                f"a {entry.kind} has no origin; its claims have",
                f"entry {entry.id[:12]}",
                "`vigens log CASE --kind claim --about ID` lists them",
            )
    ids = tuple(dict.fromkeys(entry.id for entry in claims))
    if len(ids) < 2:
        raise InputError(
            "one claim alone is no copy", f"entry {ids[0][:12]}", "name two or more"
        )
    return Draft(
        "same_origin",
        {"reason": reason} if reason else {},
        by,
        known_from=known_from,
        marks=_shared_marks(claims),
        about=ids,
    )


def review_draft(
    case: Case, reference: str, verdict: str, *, by: str, reason: str | None = None
) -> Draft:
    """Draft what a review of a claim found; it is seen by whoever sees the claim.

    Raises:
        InputError: No such claim.
    """
    claim = named(case, reference)
    if claim.kind != "claim":
        raise InputError(
            f"a {claim.kind} is not reviewed; its claims are",
            f"entry {claim.id[:12]}",
            "name a claim about it",
        )
    payload = {"verdict": verdict, "reason": reason or ""}
    return Draft("review", payload, by, marks=claim.marks, about=(claim.id,))


def note_draft(case: Case, text: str, *, by: str, about: Sequence[str] = ()) -> Draft:
    """Draft a note; about entries, it is seen by those who see all of them.

    Raises:
        InputError: No such entry.
    """
    entries = [named(case, each) for each in about]
    marks = _shared_marks(entries) if entries else case.settings.marks
    ids = tuple(dict.fromkeys(entry.id for entry in entries))
    return Draft("note", {"text": text}, by, marks=marks, about=ids)


def actor_draft(
    case: Case,
    shown: Iterable[Entry],
    code: str,
    payload: Mapping[str, str],
    *,
    by: str,
) -> Draft:
    """Draft who somebody is whom entries name: a state, an organisation or a body.

    Args:
        case: Whose agreements may declare it.
        shown: What the person who records it sees of the journal.
        code: By which entries name it.
        payload: Its `name`, its `type`, and perhaps a `note`.
        by: Who records it.

    Raises:
        InputError: That is on record, or declared in an agreement.
    """
    replaced: set[str | None] = set()
    known = None
    for entry in shown:
        replaced |= {entry.rectifies, entry.supersedes}
        if entry.kind == "actor" and entry.payload.get("actor") == code:
            known = entry
    if known is not None and known.id not in replaced:
        raise InputError(
            f"{code} is on record as {known.payload['name']}",
            "actor",
            f"correct entry {known.id[:12]}, or use another code",
        )
    if code in case.program.actors:
        raise InputError(
            f"{code} is declared as {case.program.title_of(code)}",
            "actor",
            "change it in the agreement file, or use another code",
        )
    return Draft("actor", {"actor": code, **payload}, by, marks=case.settings.marks)


def approval_drafts(
    case: Case,
    reference: str,
    level: str,
    *,
    by: str,
    on: str | None = None,
    who: str | None = None,
    domains: Sequence[str] = (),
    source: Source | None = None,
    title: str | None = None,
    known_from: str | None = None,
    grade: str | None = None,
) -> tuple[Draft, ...]:
    """Draft that an office approved an offer: the matter, a claim of it, its grade.

    An approval follows from nothing and nothing follows from it but its own rung; it
    has no effect until its claim is graded.

    Args:
        case: Of the offer.
        reference: The offer: id, beginning of it, or row.
        level: One of `LEVELS`.
        by: Who records it.
        on: EDTF of the day of approval.
        who: The office that approved, in words or as an id.
        domains: Those of the offer that are approved; by default all of them.
        source: Where it stands.
        title: In words.
        known_from: EDTF; by default now.
        grade: Recorded with the claim, if given.

    Raises:
        InputError: No such offer, no domain to approve, or no date.
    """
    offer = named(case, reference)
    if offer.kind != "offer":
        raise InputError(
            f"a {offer.kind} is no offer; only offers climb the ladder",
            f"entry {offer.id[:12]}",
            "`vigens log CASE --kind offer` lists the offers",
        )
    if on is not None:
        parse_edtf(on)
    party = str(offer.payload["party"])
    approved = _domains(offer, domains)
    said = title or f"{level} approve the offer of {party}: {', '.join(approved)}"
    payload: dict[str, Any] = {
        "level": level,
        "party": party,
        "domains": list(approved),
        "title": said,
    }
    if who:
        payload["by"] = who
    rest: dict[str, Any] = {"known_from": known_from, "marks": offer.marks}
    claim: dict[str, Any] = {"polarity": "pos", "statement": said, "actors": [party]}
    drafts = [
        Draft("approval", payload, by, on, about=(offer.id,), handle="matter", **rest),
        Draft(
            "claim",
            claim,
            by,
            on,
            sources=(source,) if source else (),
            about=("@matter",),
            handle="claim",
            **rest,
        ),
    ]
    if grade is not None:
        parsed = parse_grade(grade)
        graded = {"reliability": parsed.reliability, "credibility": parsed.credibility}
        drafts.append(Draft("grade", graded, by, about=("@claim",), **rest))
    return tuple(drafts)


def _domains(offer: Entry, wanted: Sequence[str]) -> tuple[str, ...]:
    offered = tuple(str(each) for each in offer.payload.get("domains", ()))
    if not offered:
        raise InputError(
            "this offer names no domain, so no rung can be climbed with it",
            f"entry {offer.id[:12]}",
            "supersede the offer by one with its domains, such as "
            "--set 'domains=[\"sea\"]'",
        )
    for domain in wanted:
        if domain not in offered:
            raise InputError(
                f'this offer is not of "{domain[:40]}"',
                f"entry {offer.id[:12]}",
                f"it offers {', '.join(offered)}",
            )
    return tuple(wanted) or offered


def _shared_marks(entries: Sequence[Entry]) -> tuple[str, ...]:
    """Give the marks that all bear: what joins them is for no wider eyes."""
    first, *others = entries
    return tuple(
        mark for mark in first.marks if all(mark in other.marks for other in others)
    )
