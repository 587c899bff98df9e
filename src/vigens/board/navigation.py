"""The navigation: rooms, their pages, and the page that one is on."""

from __future__ import annotations

from dataclasses import dataclass

from vigens.people import Role

#: Where each role begins; the status page, neutral, where none is named.
_FIRST = {
    Role.COORDINATOR: "/officer",
    Role.REVIEWER: "/curator",
    Role.AUDITOR: "/journal",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A link that moves the lens by one click."""

    label: str
    address: str
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """One room of the board: pages that belong together, as `(path, title)`."""

    title: str
    pages: tuple[tuple[str, str], ...]

    def has(self, path: str) -> bool:
        """Say whether a path is in this room."""
        return any(is_on(path, page) for page, _ in self.pages)


def is_on(path: str, page: str) -> bool:
    """Say whether a path belongs to a page of the navigation."""
    first = "/" + path.strip("/").partition("/")[0]
    return _PARTS.get(first, first) == page


#: Pages that belong to another page of the navigation.
_PARTS = {
    "/obligation": "/obligations",
    "/agreement": "/agreements",
    "/entry": "/journal",
    "/document": "/documents",
    "/recorded": "/record",
    "/brief": "/officer",
    "/party": "/matrix",
    "/wordings": "/agreements",
}


def first_page(role: Role | None, delegation: str | None) -> str:
    """Give the page with which somebody begins who signs in and asked for none."""
    if delegation is not None:
        return "/delegation"
    return _FIRST.get(role, "/") if role is not None else "/"
