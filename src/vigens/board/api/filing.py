"""Files: what the API gives in other programs' formats, with the lens in each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from vigens.board.api.endpoints import Endpoint, Taken
from vigens.board.api.problems import absent
from vigens.board.atlas import DISCLAIMER, read_states
from vigens.board.lensform import make_looking
from vigens.desk.outgoing import FORMATS, SHEETS, read_news, write_out
from vigens.people import Permission

if TYPE_CHECKING:
    from vigens.board.api.asking import Query
    from vigens.board.contexts import Visit

#: Name of each file that is not a table, and the format that it is in.
FILES = {
    "calendar.ics": "ical",
    "changes.atom": "atom",
    "dictionary.json": "csvw",
    "places.geojson": "geojson",
    "provenance.json": "prov",
    "pledges.xml": "iati",
}


def give_file(name: str, query: Query) -> Taken:
    """Give one file."""
    return write_file(query.visit, FILES[name], filename=name)


def give_table(ending: str, query: Query) -> Taken:
    """Give one table."""
    table = query.name("table")
    if table not in SHEETS:
        what = f'there is no table "{table[:60]}"'
        raise absent(what, "the path", f"use one of {', '.join(SHEETS)}")
    return write_file(query.visit, ending, table=table)


def write_file(
    visit: Visit, name: str, *, table: str = "", filename: str = ""
) -> Taken:
    """Write one file through the lens of a visit.

    Raises:
        VigensError: The agreement files have errors.
    """
    session = visit.session
    points = {}
    if name == "geojson":
        points = {code: state.label for code, state in read_states().items()}
    news = None
    if name == "atom":
        looking = make_looking(visit.asked, visit.now)
        news = read_news(visit.casebook.case(), looking)
    found = write_out(
        session,
        name,
        table=table,
        link=visit.door.origin,
        points=points,
        notes=DISCLAIMER,
        news=news,
    )
    return Taken(found.body, found.media_type, filename or found.filename)


def _plain(media_type: str) -> str:
    return media_type.partition(";")[0]


FILING = (
    *(
        Endpoint(
            f"/files/{name}",
            Permission.READ,
            f"A file: {FORMATS[form][2]}",
            reads=partial(give_file, name),
            media_type=_plain(FORMATS[form][1]),
        )
        for name, form in FILES.items()
    ),
    *(
        Endpoint(
            f"/files/{{table}}.{form}",
            Permission.READ,
            f"A table as {form}: {', '.join(SHEETS)}",
            reads=partial(give_table, form),
            media_type=_plain(FORMATS[form][1]),
        )
        for form in ("csv", "parquet")
    ),
)
