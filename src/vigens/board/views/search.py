"""Search over statements, titles and sources of what the lens shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Message
from vigens.board.contexts import Page
from vigens.board.tongues import tell
from vigens.board.views.journal import ShownEntry, holds, show_entries

if TYPE_CHECKING:
    from vigens.board.contexts import Visit

MOST_FOUND = 200


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page of the case whose name or title holds the words."""

    kind: str
    title: str
    href: str


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
        tuple(_pages(visit, folded)),
        show_entries(visit, found[:MOST_FOUND]),
        len(found),
    )
    return Page("search.html", tell(Message("Search: {words}", words=words)), context)


def _pages(visit: Visit, folded: list[str]) -> list[FoundPage]:
    program = visit.case.program
    named = [
        *(
            (
                "obligation",
                duty.name,
                duty.title,
                visit.link(f"/obligation/{duty.name}"),
            )
            for duty in program.obligations.values()
        ),
        *(
            ("measure", one.name, one.title, visit.link(f"/counts/{one.name}"))
            for one in program.measures.values()
        ),
        *(
            ("state", actor.name, actor.title, visit.link("/search", q=actor.title))
            for actor in program.actors.values()
            if actor.title.casefold() != " ".join(folded)
        ),
    ]
    return [
        FoundPage(kind, title, href)
        for kind, name, title, href in named
        if all(word in f"{name} {title}".casefold() for word in folded)
    ]
