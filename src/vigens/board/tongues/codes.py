"""Codes that entries and rules carry, in words: kinds, types of sources, states."""

from __future__ import annotations

from functools import cache

from vigens.base import Message
from vigens.board.tongues.catalogues import N_, _
from vigens.board.tongues.dates import tell
from vigens.model import read_codes

#: Codes that no vocabulary of the codebook explains.
_WORDS = {
    # Kinds of what a search finds beside entries.
    "state of affairs": N_("state of affairs"),
    # Kinds of entries.
    "actor": N_("actor"),
    "approval": N_("approval"),
    "batch": N_("batch"),
    "claim": N_("claim"),
    "confirmation": N_("confirmation"),
    "count": N_("count"),
    "coverage": N_("coverage"),
    "document": N_("document"),
    "funding": N_("funding"),
    "grade": N_("grade"),
    "institution": N_("body"),
    "meeting": N_("meeting"),
    "membership": N_("membership"),
    "note": N_("note"),
    "observation": N_("observation"),
    "occurrence": N_("event"),
    "offer": N_("offer"),
    "opened_offer": N_("opened offer"),
    "position": N_("position"),
    "redaction": N_("redaction"),
    "release_group": N_("release group"),
    "released_total": N_("released total"),
    "review": N_("review"),
    "rule": N_("rule"),
    "same_origin": N_("same origin"),
    "sealed_offer": N_("sealed offer"),
    "statement": N_("statement"),
    "step": N_("step"),
    "text": N_("text"),
    "witness": N_("witness"),
    # Types of sources.
    "issuer": N_("issuer"),
    "party_media": N_("media of a party"),
    "press": N_("press"),
    "secondary": N_("secondary source"),
    "untraceable": N_("untraceable"),
    # Kinds of texts, and how they oblige.
    "declaration": N_("declaration"),
    "statement of intent": N_("statement of intent"),
    "treaty": N_("treaty"),
    "political": N_("political text"),
    "agreement": N_("agreement"),
    "declaration of intent": N_("declaration of intent"),
    "politically": N_("politically"),
    "legally": N_("legally"),
    "signature": N_("signature"),
    "plan": N_("plan"),
    "shall": N_("shall"),
    "should": N_("should"),
    "may": N_("may"),
    "intends": N_("intends"),
    "ready to": N_("ready to"),
    "unstated": N_("unstated"),
    # Actors.
    "state": N_("state"),
    "organisation": N_("organisation"),
    "body": N_("body"),
    "group": N_("group"),
    "party": N_("party"),
    # What else is found by a search, and how grave a finding is.
    "obligation": N_("obligation"),
    "event": N_("event"),
    "measure": N_("measure"),
    "error": N_("error"),
    "warning": N_("warning"),
    # Verdicts of reviews beside those of the codebook.
    "announced": N_("announced"),
    "derived-unverified": N_("derived, not verified"),
    "party-claim": N_("claim of a party"),
    "planned-not-held": N_("planned, not held"),
    "unfulfilled-as-stated": N_("not fulfilled as stated"),
    # What a text says of itself.
    "kind": N_("kind"),
    "endorsement": N_("endorsement"),
    "binding": N_("binding"),
    "authentic": N_("authentic"),
    "adoption": N_("adoption"),
    # What values are of, in sentences.
    "component": N_("component"),
    "instrument": N_("instrument"),
    "incident": N_("incident"),
    "gate": N_("gate"),
    "scope": N_("scope"),
    "value": N_("value"),
    # Fields of a lens and of forms, where a fault is told.
    "as of": N_("as of"),
    "known at": N_("known at"),
    "recorded at": N_("recorded at"),
    "reader": N_("reader"),
    "policy": N_("policy"),
    "suppose": N_("suppose"),
    "password": N_("password"),
    "role": N_("role"),
    "name": N_("name"),
    "title": N_("title"),
    "status": N_("status"),
    "delegation": N_("delegation"),
    "levels": N_("levels"),
    # How evidence counts, in brief.
    "sure": N_("sure"),
    "possible": N_("possible"),
    "aside": N_("aside"),
    # Permissions.
    "enter": N_("enter"),
    "read": N_("read"),
    "record": N_("record"),
    "coordinate": N_("coordinate"),
    "administer": N_("administer"),
    "audit": N_("audit"),
    # What the access log tells.
    "signed in": N_("signed in"),
    "wrong password": N_("wrong password"),
    "too many attempts": N_("too many attempts"),
    "refused": N_("refused"),
    "signed out": N_("signed out"),
    "recorded": N_("recorded"),
    "account": N_("account"),
    "token": N_("token"),
    # Eyes.
    "public": N_("public"),
    "all": N_("all"),
}

#: Vocabularies of the codebook whose codes are shown by their labels.
_BOOKS = (
    "domains",
    "stances",
    "levels",
    "formats",
    "text_status",
    "step_status",
    "body_status",
    "verdicts",
)


@cache
def _labels() -> dict[str, str]:
    found = dict(_WORDS)
    for book in _BOOKS:
        for code, term in read_codes(book).items():
            found.setdefault(code, term.label)
    return found


def code_words(code: str) -> str:
    """Say a code in the language that speaks now; what is no code stays as it is."""
    if isinstance(code, Message):
        return tell(code)
    label = _labels().get(code)
    return _(label) if label else code
