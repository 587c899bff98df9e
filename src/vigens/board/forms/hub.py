"""The page that leads to every form that a person may fill in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.board.contexts import Page
from vigens.desk.writing import (
    list_waiting,
)
from vigens.journal import REDACTION

if TYPE_CHECKING:
    from vigens.board.contexts import Visit
    from vigens.people import Permission


@dataclass(frozen=True, slots=True)
class Line:
    """One form, with what it is for."""

    title: str
    lead: str
    href: str


@dataclass(frozen=True, slots=True)
class Group:
    """Forms that belong together."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Hub:
    """Every form that a person may fill in."""

    groups: tuple[Group, ...]


#: One line of the hub: path, title, what it is for, and what it asks for.
Offered = tuple[str, str, str, "Permission"]


def show_hub(visit: Visit, offered: dict[str, tuple[Offered, ...]]) -> Page:
    """Show the forms that this person may fill in, group by group."""
    groups = []
    for title, rows in offered.items():
        lines = tuple(
            Line(name, lead, visit.link(path))
            for path, name, lead, needs in rows
            if visit.person.may(needs)
        )
        if lines:
            groups.append(Group(title, lines))
    return Page("forms/record.html", "New entry", Hub(tuple(groups)))


@dataclass(frozen=True, slots=True)
class Waiting:
    """One entry that waits for a second person."""

    kind: str
    title: str
    by: str
    href: str
    confirm: str


def show_waiting(visit: Visit) -> Page:
    """List what counts only possibly until a second person confirms it."""
    session = visit.session
    found = list_waiting(session.case, session.lens, session.assembled.view)
    rows = tuple(
        Waiting(
            entry.kind,
            entry.title,
            entry.recorded_by,
            visit.link(f"/entry/{entry.id}"),
            visit.link(
                f"/entry/{entry.id}/"
                + ("destroy" if entry.kind == REDACTION else "confirm")
            ),
        )
        for entry in found
    )
    return Page("forms/waiting.html", "Waits for a second person", rows)
