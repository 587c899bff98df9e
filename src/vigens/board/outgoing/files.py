"""The page of files to take away, and what a secret address opens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vigens.board.api.filing import FILES, write_file
from vigens.board.api.params import ROOT
from vigens.board.contexts import Download, Page
from vigens.board.tongues import _
from vigens.board.views import Problem
from vigens.desk.outgoing import FORMATS, SHEETS
from vigens.journal import PUBLIC
from vigens.people import Purpose, find_token

if TYPE_CHECKING:
    from vigens.board.contexts import Answered, Visit


@dataclass(frozen=True, slots=True)
class ShownTable:
    """One table: what a row is, and its columns."""

    name: str
    words: str
    columns: tuple[tuple[str, str], ...]
    csv: str
    parquet: str


@dataclass(frozen=True, slots=True)
class FilesPage:
    """The page.

    Attributes:
        files: Each as `(name, what it is, address)`.
        tables: Each table with its columns.
        has_accounts: Whether calendars of one's own can be made.
    """

    files: tuple[tuple[str, str, str], ...]
    tables: tuple[ShownTable, ...]
    has_accounts: bool


def show_files(visit: Visit) -> Page:
    """Show what can be taken away, under the lens of the page."""
    files = tuple(
        (name, FORMATS[form][2], visit.link(f"{ROOT}/files/{name}"))
        for name, form in FILES.items()
    )
    tables = tuple(
        ShownTable(
            name,
            words,
            tuple((column.name, column.words) for column in columns),
            visit.link(f"{ROOT}/files/{name}.csv"),
            visit.link(f"{ROOT}/files/{name}.parquet"),
        )
        for name, (words, columns) in SHEETS.items()
    )
    has_accounts = visit.door.entrance.people is not None
    return Page("files.html", _("Files"), FilesPage(files, tables, has_accounts))


def give_behind(form: str, visit: Visit) -> Answered:
    """Give the calendar or the feed of whoever made the address.

    A token that has ended opens nothing.
    """
    people = visit.door.entrance.people
    person = None
    if people is not None:
        now = int(visit.casebook.clock().timestamp())
        person = find_token(
            people,
            visit.names["secret"],
            now,
            purpose=Purpose.CALENDAR,
            address=visit.door.address,
        )
    if person is None or visit.asked.reader not in ("", person.reader or PUBLIC):
        problem = Problem(
            _("this address opens no calendar")
            if form == "ical"
            else _("this address opens no feed"),
            _("the address"),
            _("make a calendar token on the page of your account"),
        )
        return Page("problem.html", _("Not found"), problem, 404)
    reader = person.reader or PUBLIC
    seen = replace(
        visit,
        person=person,
        asked=replace(visit.asked, reader=reader),
        now=visit.casebook.now(reader),
    )
    found = write_file(seen, form)
    return Download(found.body, found.media_type)
