"""The page of offers: need, offer and gap by domain, then every offer as reported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Dated, Joined
from vigens.board.contexts import Page
from vigens.board.inquiry.bars import Bars, draw_bars
from vigens.board.tongues import N_, code_words, tell
from vigens.board.views import show_offers
from vigens.desk.inquiry import read_needs

if TYPE_CHECKING:
    from vigens.board.contexts import Visit
    from vigens.desk.inquiry import DomainOffers, Needs, OneOffer

#: What the domains of offers are called.
_DOMAINS = {
    "land": N_("Land"),
    "sea": N_("Sea"),
    "air": N_("Air"),
    "logistics": N_("Logistics"),
    "training": N_("Training"),
    "monitoring": N_("Monitoring"),
    "command": N_("Command"),
    "funds": N_("Funds"),
    "": N_("No domain named"),
}


@dataclass(frozen=True, slots=True)
class ShownDomain:
    """One domain: its pictures, and who is in it.

    Attributes:
        title: To be translated.
        found: Of the desk.
        bars: One picture for each unit.
        needs: Counts that say how much is needed, as `(words, title, href)`.
        amounts: Offers with an amount, as `(party, words, state, href, shared)`.
    """

    title: str
    found: DomainOffers
    bars: tuple[Bars, ...]
    needs: tuple[tuple[str, str, str], ...]
    amounts: tuple[tuple[str, str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class NeedsPage:
    """The page."""

    found: Needs
    domains: tuple[ShownDomain, ...]
    anonymous: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]
    totals: tuple[tuple[str, str], ...]
    listed: object


def show_needs(visit: Visit) -> Page:
    """Show need, offer and gap of each domain, and every offer."""
    found = read_needs(visit.session)
    asked = visit.ask("domain")
    context = NeedsPage(
        found,
        tuple(
            _domain(visit, one)
            for one in found.domains
            if not asked or one.domain == asked
        ),
        tuple(
            (
                title,
                tuple(
                    (
                        f"{count.number:,}".replace(",", " "),
                        Joined(
                            ", ",
                            (
                                visit.case.program.title_of(count.speaker),
                                Dated(count.happened),
                            ),
                        ),
                        visit.link(f"/entry/{count.ref}"),
                    )
                    for count in counts
                ),
            )
            for title, counts in found.anonymous
        ),
        tuple((words, visit.link(f"/entry/{ref}")) for words, ref in found.totals),
        show_offers(visit).context,
    )
    return Page("needs.html", "Offers", context)


def _domain(visit: Visit, found: DomainOffers) -> ShownDomain:
    n_silent = len(found.undisclosed) + len(found.undisclosed_possibly)
    return ShownDomain(
        _DOMAINS.get(found.domain, found.domain),
        found,
        tuple(
            draw_bars(f"bars-{found.domain or 'none'}-{number}", one, n_silent)
            for number, one in enumerate(found.capabilities)
        ),
        tuple(
            (
                f"{count.number:,} {one.unit}".replace(",", " "),
                count.title,
                visit.link(f"/entry/{count.ref}"),
            )
            for one in found.capabilities
            for count in one.needs
        ),
        tuple(
            _amount(visit, offer) for one in found.capabilities for offer in one.offers
        ),
    )


def _amount(visit: Visit, offer: OneOffer) -> tuple[str, str, str, str, str]:
    words = ""
    if offer.amount:
        words = f"{tell(offer.amount.words)} {offer.unit}"
    return (
        offer.party_title,
        words,
        offer.state,
        visit.link(f"/entry/{offer.ref}"),
        ", ".join(code_words(domain) for domain in offer.shared),
    )
