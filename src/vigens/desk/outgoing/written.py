"""One case written in one format, with its lens in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from vigens.base import Message, UsageError
from vigens.desk.forms import lens_form
from vigens.desk.outgoing.dates import read_dates
from vigens.desk.outgoing.records import read_places, read_pledges, read_records
from vigens.desk.outgoing.sheets import SHEETS, make_sheet
from vigens.formats import (
    Feed,
    Item,
    Sheet,
    write_activities,
    write_calendar,
    write_csv,
    write_csvw,
    write_feed,
    write_parquet,
    write_places,
    write_provenance,
)
from vigens.model import describe_lens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vigens.desk.answers import Session
    from vigens.desk.outgoing.news import News

#: Each format: its ending, its media type, what it is.
FORMATS = {
    "ical": (
        "ics",
        "text/calendar; charset=utf-8",
        Message("deadlines, meetings, planned steps"),
    ),
    "atom": ("atom", "application/atom+xml; charset=utf-8", Message("what is new")),
    "csv": ("csv", "text/csv; charset=utf-8; header=present", Message("one table")),
    "csvw": (
        "json",
        "application/csvm+json",
        Message("the data dictionary of the tables"),
    ),
    "parquet": (
        "parquet",
        "application/vnd.apache.parquet",
        Message("one table, typed"),
    ),
    "geojson": (
        "geojson",
        "application/geo+json",
        Message("states and meetings, coarsely"),
    ),
    "prov": (
        "json",
        "application/json",
        Message("where each entry comes from (W3C PROV)"),
    ),
    "iati": (
        "xml",
        "application/xml; charset=utf-8",
        Message("pledges of money (IATI 2.03)"),
    ),
}


@dataclass(frozen=True, slots=True)
class Written:
    """A file as it goes out.

    Attributes:
        body: The bytes.
        media_type: Of them.
        filename: As somebody would keep it.
    """

    body: bytes
    media_type: str
    filename: str


def write_out(
    session: Session,
    name: str,
    *,
    table: str = "",
    link: str = "",
    points: Mapping[str, tuple[float, float]] | None = None,
    notes: tuple[str, ...] = (),
    news: News | None = None,
    reporter: str = "vigens",
) -> Written:
    """Write a case in one format, through the session's lens.

    Args:
        session: The case through its lens.
        name: Of the format.
        table: Of CSV and Parquet: which table.
        link: Where a board shows the case; empty where none does.
        points: Where states are on a map, by name in rules.
        notes: What must be said with places.
        news: Of a feed: what is new.
        reporter: Of pledges: identifier of who reports.

    Raises:
        UsageError: There is no such format or table.
    """
    if name not in FORMATS:
        raise UsageError(
            f'there is no format "{name[:40]}"',
            "the format",
            f"use one of {', '.join(FORMATS)}",
        )
    ending, media_type, _ = FORMATS[name]
    lens, title = session.lens, session.case.settings.title
    words, form = describe_lens(lens), lens_form(lens)
    filename = table if name in ("csv", "parquet") else name
    if name == "ical":
        dates = read_dates(session, link)
        text = write_calendar(
            title, dates, zone=lens.zone, at=lens.known_at, lens=words
        )
    elif name == "csv":
        text = write_csv(make_sheet(session, table), lens=words)
    elif name == "csvw":
        sheets = [
            Sheet(one, what, columns, ()) for one, (what, columns) in SHEETS.items()
        ]
        text = write_csvw(sheets, title=title, lens=form)
    elif name == "parquet":
        body = write_parquet(make_sheet(session, table), lens=form)
        return Written(body, media_type, f"{filename}.{ending}")
    elif name == "geojson":
        places = read_places(session, points or {})
        text = write_places(title, places, lens=form, notes=notes)
    elif name == "prov":
        text = write_provenance(read_records(session), lens=form)
    elif name == "iati":
        pledges = read_pledges(session)
        text = write_activities(
            pledges,
            reporter=reporter,
            reporter_title=title,
            at=lens.known_at,
            lens=words,
        )
    else:
        assert news is not None, "a feed is of what is new"
        text = _feed(session, news, link)
    return Written(text.encode(), media_type, f"{filename}.{ending}")


def _feed(session: Session, news: News, link: str) -> str:
    """Write what is new; every address carries the day as of which it is said."""
    lens, title = session.lens, session.case.settings.title
    who = f"reader={lens.reader}&policy={lens.policy}"
    items = [
        Item(
            f"urn:vigens:entry:{entry.id}",
            f"{entry.kind}: {entry.title}",
            known,
            f"{link}/entry/{entry.id}?{_at(known)}&{who}",
            entry.title,
            entry.recorded_by,
            entry.kind,
        )
        for entry, known in news.entries
    ]
    items += [
        Item(
            f"urn:vigens:change:{_at(at)}:{_plain(change.key)}",
            f"{change.name}: {change.before or 'nothing'} → {change.after or 'nothing'}",
            at,
            f"{link}{_page(change.kind, change.name)}{_at(at)}&{who}",
            f"before: {change.before or 'nothing'}\nafter: {change.after or 'nothing'}",
            kind=f"changed {change.kind}",
        )
        for at, changes in news.changes
        for change in changes
    ]
    items.sort(key=lambda item: (-item.updated, item.id))
    newest = max((item.updated for item in items), default=lens.known_at)
    feed = Feed(
        f"urn:vigens:feed:{_plain(title)}:{lens.reader}",
        title,
        newest,
        f"{link}/api/v1/files/changes.atom?{who}",
        f"{link}/?{who}",
        title,
        describe_lens(lens),
    )
    return write_feed(feed, items)


def _page(kind: str, name: str) -> str:
    bare = name.partition("(")[0].partition("/")[0]
    if kind == "state":
        return f"/why?q={quote(name)}&"
    paths = {"obligation": f"/obligation/{bare}?", "measure": f"/counts/{bare}?"}
    return paths.get(kind, "/?")


def _at(instant: int) -> str:
    moment = datetime.fromtimestamp(instant, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"as_of={moment}&known_at={moment}"


def _plain(text: str) -> str:
    return quote(text, safe="")
