"""Writing a case of treaties: pages, bulk tables, settings and where one looked."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path

from vigens.base import OutsideError
from vigens.chrono import parse_edtf
from vigens.desk.treaties.acts import Act
from vigens.desk.treaties.making import Made
from vigens.desk.treaties.reading import Folder
from vigens.desk.treaties.wording import quoted
from vigens.journal import PUBLIC, Draft, open_journal
from vigens.lang import Page, format_page

#: Grades of what a depositary's table says, and of what others added to it.
GRADE, GRADE_ADDED = "A2", "C3"
_EARLIEST = "1900-01-01"
_COLUMNS = (
    "treaty",
    "party",
    "act",
    "date",
    "known_from",
    "printed",
    "row",
    "provenance",
)


def write_case(place: Path, made: Made, clock: Callable[[], datetime], by: str) -> None:
    """Write a case, beside its place first: it is there whole or not at all.

    Args:
        place: The folder of the case; it does not exist, or is empty.
        made: What it will hold.
        clock: For the journal.
        by: Who records.

    Raises:
        OutsideError: The disk does not let it be written.
    """
    part = place.with_name(f".{place.name}.part")
    try:
        if part.exists():
            shutil.rmtree(part)
        (part / "agreements").mkdir(parents=True)
        for name, text in made.pages():
            laid_out = format_page(Page(name, text)).text
            (part / "agreements" / name).write_text(laid_out, encoding="utf-8")
        tables = _tables(part, made)
        begins = _begins(made)
        (part / "case.toml").write_text(
            _settings(made.folder, tables, begins), encoding="utf-8"
        )
        with open_journal(part / "journal.jsonl", clock, create=True) as store:
            drafts = list(_coverage(made, begins, by))
            if drafts:
                store.append(drafts)
        if place.exists():
            place.rmdir()
        part.rename(place)
    except OSError as error:
        raise OutsideError(
            f"the case could not be written ({error.strerror or error})",
            str(error.filename or place),
            "look at the disk and who may write there; nothing is half written",
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _tables(part: Path, made: Made) -> list[str]:
    """Write the bulk tables, and give what case.toml says of them."""
    found: list[str] = []
    sides = (
        ("acts.csv", GRADE, [act for act in made.acts if not act.is_added]),
        ("acts_added.csv", GRADE_ADDED, [act for act in made.acts if act.is_added]),
    )
    for file, grade, acts in sides:
        if not acts:
            continue
        rows = [
            [
                act.treaty,
                act.party,
                act.act,
                act.date,
                act.known_from,
                act.printed,
                str(act.row),
                act.provenance,
            ]
            for act in acts
        ]
        (part / file).write_text(_csv(_COLUMNS, rows), encoding="utf-8")
        found.append(_mapping(file, grade, acts))
    if made.ended:
        rows = [
            [e.party, e.first, e.last, e.known_from, e.provenance] for e in made.ended
        ]
        columns = ("party", "first", "last", "known_from", "provenance")
        (part / "states.csv").write_text(_csv(columns, rows), encoding="utf-8")
        found.append(_ENDED)
    rows = [[p.id, name] for p in made.names.parties.values() for name in p.printed]
    (part / "parties.csv").write_text(
        _csv(("party", "printed"), rows), encoding="utf-8"
    )
    return found


_ENDED = f"""\
# States that ceased to exist, each between two days.
[[tables]]
file = "states.csv"
source = "States that ceased to exist"
grade = "{GRADE_ADDED}"
happened = "first"
until = "last"
known_from = "known_from"
[tables.events."state.ends"]
values = ["party"]
"""


def _mapping(file: str, grade: str, acts: Iterable[Act]) -> str:
    lines = [
        "[[tables]]",
        f'file = "{file}"',
        'source = "Table of acts"',
        f'grade = "{grade}"',
        'happened = "date"',
        'known_from = "known_from"',
    ]
    for act in dict.fromkeys(act.act for act in acts):
        lines += [
            f'[tables.events."{act}"]',
            'values = ["treaty", "party"]',
            f'where = {{ act = "{act}" }}',
        ]
    return "\n".join(lines) + "\n"


def _csv(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def _begins(made: Made) -> str:
    """Give the first day of all: nothing unrecorded happened before."""
    dates = [treaty.adopted for treaty in made.folder.treaties if treaty.adopted]
    dates += [act.date for act in made.acts]
    days = [day for text in dates if (day := parse_edtf(text).first_day) is not None]
    return min(days).isoformat() if days else _EARLIEST


def _settings(folder: Folder, tables: list[str], begins: str) -> str:
    title = quoted(f"Treaties of {folder.path.resolve().name}").replace("\\", "/")
    head = [
        f'title = "{title}"',
        'zone = "UTC"',
        f'begins = "{begins}"',
        "",
        "# The grades of these tables are a first judgement; set them as you see fit.",
    ]
    return "\n".join(head) + "\n" + "\n".join(tables)


def _coverage(made: Made, begins: str, by: str) -> Iterator[Draft]:
    """Say where the tables looked: each treaty up to the day of its source.

    Where that is not given, up to its last act.
    """
    days: dict[str, list[str]] = {}
    latest: dict[str, str] = {}
    for act in made.acts:
        latest[act.treaty] = max(act.date[:10], latest.get(act.treaty, ""))
    for treaty in made.folder.treaties:
        name = made.treaty_names[treaty.id]
        as_of = treaty.as_of or latest.get(name)
        if as_of is not None:
            days.setdefault(as_of, []).append(name)
    for as_of, treaties in sorted(days.items()):
        payload = {
            "audience": PUBLIC,
            "events": ["*"],
            "keys": treaties,
            "note": f"Acts on the treaties of the tables, as of {as_of}",
        }
        yield Draft(
            "coverage", payload, by, f"{begins}/{as_of}", as_of, marks=(PUBLIC,)
        )
    if days:
        last = max(days)
        payload = {
            "audience": PUBLIC,
            "events": ["state.ends"],
            "note": "States that ceased to exist, as the tables mark them",
        }
        yield Draft("coverage", payload, by, f"{begins}/{last}", last, marks=(PUBLIC,))
