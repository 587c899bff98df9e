"""Offers with stance, domains, conditions and gates; meetings with who was there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vigens.board.contexts import Page
from vigens.board.evidence import ShownClaim, show_claims, weight_words
from vigens.journal import thaw

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vigens.board.contexts import Visit
    from vigens.journal import Entry
    from vigens.rules import Program

_STANCES = {
    "offer": ("●", "offer", "offered"),
    "possible": ("○", "possible", "possible"),
    "refusal": ("✕", "refusal", "refused"),
}

_HOW = {
    "in_person": "in the room",
    "online": "by video",
    "unknown": "in the room or by video is not said",
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


@dataclass(frozen=True, slots=True)
class ShownMeeting:
    """One meeting."""

    title: str
    href: str
    day: str
    place: str
    format: str
    attendance: tuple[tuple[str, tuple[str, ...]], ...]
    weight: str


@dataclass(frozen=True, slots=True)
class Meetings:
    """The page of meetings, the latest first."""

    meetings: tuple[ShownMeeting, ...]


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


def show_meetings(visit: Visit) -> Page:
    """Show meetings with attendance as reported."""
    view = visit.session.assembled.view
    found = [entry for entry in view.entries if entry.kind == "meeting"]
    found.sort(key=lambda entry: entry.happened or "", reverse=True)
    context = Meetings(tuple(_meeting(visit, entry) for entry in found))
    return Page("meetings.html", "Meetings", context)


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
        _quantity(payload.get("quantity")),
        tuple(map(str, payload.get("conditions") or ())),
        tuple(map(str, payload.get("gates") or ())),
        _weight(visit, entry),
        show_claims(visit, entry.id),
    )


def _quantity(quantity: object) -> str:
    if not isinstance(quantity, dict) or quantity.get("number") is None:
        return ""
    compared = str(quantity.get("comparison") or "eq").replace("_", " ")
    words = "" if compared == "eq" else f"{compared} "
    return f"{words}{quantity['number']} {quantity.get('unit') or ''}".strip()


def _meeting(visit: Visit, entry: Entry) -> ShownMeeting:
    payload: Mapping[str, Any] = thaw(entry.payload)
    seats: dict[str, list[str]] = {}
    for seat in payload.get("attendance") or ():
        how = _HOW.get(str(seat.get("how")), str(seat.get("how")))
        seats.setdefault(how, []).append(_named(visit.case.program, seat))
    return ShownMeeting(
        entry.title,
        visit.link(f"/entry/{entry.id}"),
        entry.happened or "",
        str(payload.get("place") or ""),
        str(payload.get("format") or "unknown").replace("_", " "),
        tuple((how, tuple(names)) for how, names in seats.items()),
        _weight(visit, entry),
    )


def _named(program: Program, seat: Mapping[str, Any]) -> str:
    name = program.title_of(str(seat.get("actor")))
    return f"{name} ({seat['level']})" if seat.get("level") else name


def _weight(visit: Visit, entry: Entry) -> str:
    weighing = visit.session.assembled.weighings.get(entry.id)
    return weight_words(weighing.weight) if weighing else ""
