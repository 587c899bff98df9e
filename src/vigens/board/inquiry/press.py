"""The journalist's pages: claims by facet, citing, corrections, method."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from vigens.board.contexts import Page
from vigens.board.evidence import ShownClaim, show_claim
from vigens.board.tongues import N_
from vigens.desk.inquiry import (
    CAUSES,
    CREDIBILITY,
    RELIABILITY,
    Wanted,
    cite,
    read_corrections,
    read_method,
    search_claims,
)
from vigens.lang.weave import web_address

if TYPE_CHECKING:
    from vigens.board.contexts import Visit
    from vigens.desk.inquiry import Citation, Corrected, Found, FoundClaim, Method

PAGE_SIZE = 40

#: What a facet is called on the page.
_LABELS = {
    "speaker": N_("Speaker"),
    "party": N_("Party"),
    "kind": N_("Kind"),
    "grade": N_("Grade"),
}


@dataclass(frozen=True, slots=True)
class ShownFound:
    """One claim that fits, with links."""

    claim: ShownClaim
    found: FoundClaim
    matters: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ShownFacet:
    """One facet as a choice: `(value, title, number, is_chosen)`."""

    name: str
    label: str
    choices: tuple[tuple[str, str, int, bool], ...]


@dataclass(frozen=True, slots=True)
class Press:
    """The page of claims."""

    found: Found
    claims: tuple[ShownFound, ...]
    facets: tuple[ShownFacet, ...]
    is_narrowed: bool
    first: int
    earlier: str
    later: str
    plain: str
    corrections: str
    method: str


@dataclass(frozen=True, slots=True)
class Citing:
    """The page of a citation."""

    title: str
    citation: Citation
    href: str
    licence: str
    licence_href: str
    has_address: bool


@dataclass(frozen=True, slots=True)
class ShownCorrection:
    """One correction with links."""

    found: Corrected
    href: str
    was_href: str
    stands: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Corrections:
    """The page of corrections."""

    corrections: tuple[ShownCorrection, ...]
    contact: str


@dataclass(frozen=True, slots=True)
class MethodPage:
    """The page of the method, with the words of the grades."""

    found: Method
    reliability: tuple[tuple[str, str], ...]
    credibility: tuple[tuple[int, str], ...]
    causes: tuple[tuple[str, str], ...]
    licence_href: str
    corrections: str


def show_press(visit: Visit) -> Page:
    """Search claims by words, speaker, party, date, kind and grade."""
    wanted = Wanted(**{each.name: visit.ask(each.name) for each in fields(Wanted)})
    asked = visit.ask("page")
    number = max(1, int(asked) if asked[:6].isdecimal() else 1)
    start = (number - 1) * PAGE_SIZE
    found = search_claims(visit.session, wanted, start=start, most=PAGE_SIZE)
    kept = {e.name: value for e in fields(Wanted) if (value := getattr(wanted, e.name))}

    def page_at(other: int) -> str:
        is_one = 1 <= other <= -(-found.n_found // PAGE_SIZE)
        return visit.link("/press", **kept, page=other) if is_one else ""

    context = Press(
        found,
        tuple(_claim(visit, one) for one in found.claims),
        tuple(
            ShownFacet(
                facet.name,
                _LABELS[facet.name],
                tuple(
                    (value, title, number, value == getattr(wanted, facet.name))
                    for value, title, number in facet.values
                ),
            )
            for facet in found.facets
        ),
        bool(kept),
        start + 1 if found.claims else 0,
        page_at(number + 1),
        page_at(number - 1),
        visit.link("/press"),
        visit.link("/corrections"),
        visit.link("/method"),
    )
    return Page("press.html", "Claims", context)


def _claim(visit: Visit, found: FoundClaim) -> ShownFound:
    return ShownFound(
        show_claim(visit, found.claim),
        found,
        tuple((title, visit.link(f"/entry/{ref}")) for ref, title in found.matters),
    )


def show_citation(visit: Visit) -> Page:
    """Cite a page of this board with the whole lens that it was looked through."""
    path, own = _place(visit.ask("to"))
    title = visit.ask("title") or visit.case.settings.title
    publication = visit.case.settings.publication
    place = publication.address + path + (f"?{own}" if own else "")
    citation = cite(visit.case, visit.lens, title, place, visit.now)
    pinned = urlencode([*parse_qsl(own), *citation.pairs])
    context = Citing(
        title,
        citation,
        f"{path}?{pinned}",
        publication.licence,
        web_address(publication.licence_address),
        bool(publication.address),
    )
    return Page("cite.html", "Cite this view", context)


def _place(to: str) -> tuple[str, str]:
    """Take an address of this board apart; any other one is taken for the first page."""
    path, _, own = to.partition("?")
    is_ours = path.startswith("/") and not path.startswith(("//", "/\\", "/cite"))
    if not is_ours or any(sign in path for sign in "\r\n\\#"):
        return "/", ""
    return path, urlencode(parse_qsl(own, max_num_fields=40))


def show_corrections(visit: Visit) -> Page:
    """Show what was corrected, the newest first."""
    found = read_corrections(visit.session)
    context = Corrections(
        tuple(
            ShownCorrection(
                one,
                visit.link(f"/entry/{one.ref}"),
                visit.link(f"/entry/{one.was}"),
                tuple(
                    (each.title, visit.link(f"/entry/{each.ref}"))
                    for each in one.stands
                ),
            )
            for one in found
        ),
        visit.case.settings.publication.contact,
    )
    return Page("corrections.html", "Corrections", context)


def show_method(visit: Visit) -> Page:
    """Show how this case comes to its answers, and under which licence its data is."""
    found = read_method(visit.session)
    context = MethodPage(
        found,
        RELIABILITY,
        CREDIBILITY,
        CAUSES,
        web_address(found.publication.licence_address),
        visit.link("/corrections"),
    )
    return Page("method.html", "Method", context)
