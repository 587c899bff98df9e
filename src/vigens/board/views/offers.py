"""Offers as reported: stance, domains, conditions and gates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vigens.board.contexts import Page
from vigens.board.evidence import ShownClaim, show_claims, weight_words
from vigens.journal import thaw
from vigens.model import read_quantity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vigens.board.contexts import Visit
    from vigens.journal import Entry

_STANCES = {
    "offer": ("●", "offer", "offered"),
    "possible": ("○", "possible", "possible"),
    "refusal": ("✕", "refusal", "refused"),
}


@dataclass(frozen=True, slots=True)
class ShownOffer:
    """One offer, as a claim of somebody."""

    title: str
    href: str
    shape: str
    stance: str
    style: str
    day: str
    domains: tuple[str, ...]
    quantity: str
    conditions: tuple[str, ...]
    gates: tuple[str, ...]
    weight: str
    claims: tuple[ShownClaim, ...]


@dataclass(frozen=True, slots=True)
class PartyOffers:
    """The offers of one party."""

    party: str
    offers: tuple[ShownOffer, ...]


@dataclass(frozen=True, slots=True)
class Offers:
    """The page of offers."""

    parties: tuple[PartyOffers, ...]
    domains: tuple[str, ...]
    domain: str
    n_offers: int


def show_offers(visit: Visit) -> Page:
    """Show offers by party; a refusal is one of them, and none is a deployment."""
    view = visit.session.assembled.view
    program = visit.case.program
    domain = visit.ask("domain")
    offers: dict[str, list[Entry]] = {}
    domains: dict[str, None] = {}
    for entry in view.entries:
        if entry.kind != "offer":
            continue
        own = [str(name) for name in entry.payload.get("domains", ())]
        domains.update(dict.fromkeys(own))
        if not domain or domain in own:
            offers.setdefault(str(entry.payload["party"]), []).append(entry)
    by_title = sorted(offers, key=lambda party: program.title_of(party).casefold())
    context = Offers(
        tuple(
            PartyOffers(
                program.title_of(party),
                tuple(_offer(visit, entry) for entry in offers[party]),
            )
            for party in by_title
        ),
        tuple(sorted(domains)),
        domain,
        sum(len(found) for found in offers.values()),
    )
    return Page("offers.html", "Offers", context)


def _offer(visit: Visit, entry: Entry) -> ShownOffer:
    payload: Mapping[str, Any] = thaw(entry.payload)
    stance = str(payload.get("stance"))
    shape, words, style = _STANCES.get(stance, ("·", stance, "possible"))
    return ShownOffer(
        entry.title,
        visit.link(f"/entry/{entry.id}"),
        shape,
        words,
        style,
        entry.happened or "",
        tuple(map(str, payload.get("domains") or ())),
        read_quantity(payload.get("quantity")),
        tuple(map(str, payload.get("conditions") or ())),
        tuple(map(str, payload.get("gates") or ())),
        _weight(visit, entry),
        show_claims(visit, entry.id),
    )


def _weight(visit: Visit, entry: Entry) -> str:
    weighing = visit.session.assembled.weighings.get(entry.id)
    return weight_words(weighing.weight) if weighing else ""
