"""The route table: every way into the board, with the rule that guards it.

A page is added by a line here, and nowhere else: the navigation, the check of
permissions and the tests that go through all pages are made from this table.
"""

from __future__ import annotations

from vigens.board.api.page import show_api
from vigens.board.forms import FORMS
from vigens.board.hooks import HOOKS
from vigens.board.inbox import INBOX
from vigens.board.inquiry import INQUIRY, show_meetings, show_money, show_needs
from vigens.board.ladder import LADDER
from vigens.board.navigation import Room
from vigens.board.offices import OFFICES, SHEETS, WHO
from vigens.board.outgoing import OUTGOING
from vigens.board.personal import PERSONAL
from vigens.board.views import (
    read_first,
    show_agreements,
    show_counts,
    show_entry,
    show_journal,
    show_measure,
    show_obligations,
    show_search,
    show_why,
)
from vigens.board.ways import Way
from vigens.people import Permission, Person

READ = Permission.READ

#: The rooms of the navigation, in their order: the pages of each follow the table.
ROOMS = ("Now", "Law", "Facts", "Record", "Desk")

READING = (
    Way("/", READ, read_first, room="Now", title="Status"),
    Way("/why", READ, show_why, room="Now", title="Why"),
    Way("/agreements", READ, show_agreements, room="Law", title="Agreements"),
    Way("/obligations", READ, show_obligations, room="Law", title="Obligations"),
    Way("/offers", READ, show_needs, room="Facts", title="Offers"),
    Way("/money", READ, show_money, room="Facts", title="Money"),
    Way("/meetings", READ, show_meetings, room="Facts", title="Meetings"),
    Way("/counts", READ, show_counts, room="Facts", title="Counts"),
    Way("/counts/{measure}", READ, show_measure),
    Way("/journal", READ, show_journal, room="Record", title="Journal"),
    Way("/entry/{id}", READ, show_entry),
    Way("/search", READ, show_search, room="Record", title="Search"),
    Way("/api", READ, show_api, room="Record", title="API"),
)

WAYS: tuple[Way, ...] = (
    READING[0],
    *OFFICES,
    *READING[1:],
    *INQUIRY,
    *SHEETS,
    *OUTGOING,
    *FORMS,
    *INBOX,
    *LADDER,
    *HOOKS,
    *PERSONAL,
)

#: What a page asks for that leads to nothing but recording.
_WRITING = (Permission.RECORD, Permission.REVIEW, Permission.COORDINATE)


def rooms_for(person: Person, *, can_write: bool) -> tuple[Room, ...]:
    """Lay out the navigation: the pages that a person may open, room by room.

    Args:
        person: Who asks.
        can_write: Whether the board records; pages that lead to forms go otherwise.
    """
    found = []
    for title in ROOMS:
        pages = tuple(
            (way.path, way.title)
            for way in WAYS
            if way.room == title
            and person.may(way.needs)
            and (can_write or way.is_apart or _only_reads(way))
        )
        if pages:
            found.append(Room(title, pages))
    return tuple(found)


def first_pages_for(
    person: Person, *, can_write: bool
) -> tuple[tuple[str, str, str], ...]:
    """List the first pages that a person may open: path, for whom, what it answers."""
    open_to = {
        way.path
        for way in WAYS
        if person.may(way.needs) and (can_write or way.needs not in _WRITING)
    }
    return tuple((path, *asked) for path, asked in WHO.items() if path in open_to)


def _only_reads(way: Way) -> bool:
    return way.act is None and way.needs not in _WRITING
