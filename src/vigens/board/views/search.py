"""Search over statements, titles, sources and names of what the lens shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Message
from vigens.board.contexts import Page
from vigens.board.links import page_place
from vigens.board.signs import Sign, sign_of
from vigens.board.tongues import tell
from vigens.board.views.journal import ShownEntry, holds, show_entries
from vigens.desk.inquiry import find_named

if TYPE_CHECKING:
    from vigens.board.contexts import Visit
    from vigens.desk.inquiry import Named

MOST_FOUND = 200


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page of the case whose name or title holds the words, and how that stands."""

    kind: str
    title: str
    href: str
    sign: Sign | None
    standing: str


@dataclass(frozen=True, slots=True)
class Search:
    """What was found."""

    words: str
    pages: tuple[FoundPage, ...]
    entries: tuple[ShownEntry, ...]
    n_found: int


def show_search(visit: Visit) -> Page:
    """Search, word by word; every word must be there."""
    words = visit.ask("q")
    folded = words.casefold().split()
    if not folded:
        return Page("search.html", "Search", Search("", (), (), 0))
    view = visit.session.assembled.view
    found = [
        entry
        for entry in reversed(view.entries)
        if all(holds(entry, word) for word in folded)
    ]
    context = Search(
        words,
        tuple(_page(visit, each) for each in find_named(visit.session, folded)),
        show_entries(visit, found[:MOST_FOUND]),
        len(found),
    )
    return Page("search.html", tell(Message("Search: {words}", words=words)), context)


def _page(visit: Visit, found: Named) -> FoundPage:
    """Lead from something named to its page."""
    name = found.name
    place = page_place(name) if found.kind == "agreement" else None
    href = {
        "state of affairs": visit.link("/why", q=name),
        "obligation": visit.link(f"/obligation/{name}"),
        "party": visit.link(f"/party/{name}"),
        "body": visit.link("/bodies"),
        "group": visit.link("/search", q=found.title),
        "agreement": visit.link(f"/agreement/{place[0]}" if place else "/agreements"),
        "document": visit.link(f"/document/{name}"),
        "measure": visit.link(f"/counts/{name}"),
    }.get(found.kind, visit.link("/search", q=found.title))
    return FoundPage(
        found.kind, found.title, href, sign_of(found.verdict), found.standing
    )
