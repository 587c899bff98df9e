"""The curator's first page, and the page of contradictions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.board.contexts import Page
from vigens.board.evidence import ShownClaim, show_claim
from vigens.board.tongues import N_
from vigens.board.views import ShownFinding, show_findings
from vigens.desk import read_queue
from vigens.desk.inquiry import read_contradictions, read_in_hand

if TYPE_CHECKING:
    from vigens.board.contexts import Visit
    from vigens.desk.inquiry import Contradiction, InHand

#: Most lines of each list on the first page; the rest is a number.
MOST = 12

_HOW = {
    "denied": N_("some say so, others deny it"),
    "keyed": N_("recorded as contradicting each other"),
    "reviewed": N_("a review calls it contradicted"),
}


@dataclass(frozen=True, slots=True)
class ShownContradiction:
    """One contradiction with its claims laid out."""

    found: Contradiction
    how: str
    href: str
    affirming: tuple[ShownClaim, ...]
    denying: tuple[ShownClaim, ...]


@dataclass(frozen=True, slots=True)
class Contradictions:
    """The page of contradictions."""

    open: tuple[ShownContradiction, ...]
    settled: tuple[ShownContradiction, ...]


@dataclass(frozen=True, slots=True)
class Curator:
    """The curator's first page.

    Attributes:
        found: Of the desk.
        n_waiting: Suggestions in the inbox that wait for a person.
        inbox: Where the inbox stands; empty where nothing can be recorded.
        most: How many lines of each list are shown.
        contradictions: Left open, laid out.
        findings: Laid out.
        links: Addresses of further pages by name.
        visit: For the address of an entry.
    """

    found: InHand
    n_waiting: int
    inbox: str
    most: int
    contradictions: tuple[ShownContradiction, ...]
    findings: tuple[ShownFinding, ...]
    links: dict[str, str]
    visit: Visit

    def entry(self, ref: str) -> str:
        """Give the address of an entry."""
        return self.visit.link(f"/entry/{ref}")


def show_curator(visit: Visit) -> Page:
    """Show what waits for a curator."""
    found = read_in_hand(visit.session)
    waiting = [item for item in read_queue(visit.case) if item.state == "waiting"]
    names = ("press", "contradictions", "corrections", "documents", "journal")
    context = Curator(
        found,
        len(waiting),
        visit.link("/inbox"),
        MOST,
        tuple(_shown(visit, one) for one in found.contradictions[:MOST]),
        show_findings(visit, found.findings[:MOST]),
        {name: visit.link(f"/{name}") for name in names}
        | {"ungraded": visit.link("/press", grade="F6")},
        visit,
    )
    return Page("curator.html", "In hand", context)


def show_contradictions(visit: Visit) -> Page:
    """Show what claims say against each other."""
    shown = [_shown(visit, one) for one in read_contradictions(visit.session)]
    context = Contradictions(
        tuple(one for one in shown if one.found.is_open),
        tuple(one for one in shown if not one.found.is_open),
    )
    return Page("contradictions.html", "Contradictions", context)


def _shown(visit: Visit, found: Contradiction) -> ShownContradiction:
    return ShownContradiction(
        found,
        _HOW[found.how],
        visit.link(f"/entry/{found.ref}") if found.ref else "",
        tuple(show_claim(visit, claim) for claim in found.affirming),
        tuple(show_claim(visit, claim) for claim in found.denying),
    )
