"""What goes out says what the case answers, with the lens, and keeps its names."""

from __future__ import annotations

import csv
import io
import json
import warnings
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.tiny import claim, grade, make, present, recording, write_case
from vigens.base import UsageError
from vigens.desk import Looking, Session, make_lens, open_case
from vigens.desk.outgoing import (
    FORMATS,
    SHEETS,
    changes_between,
    read_dates,
    read_news,
    read_standing,
    write_out,
)
from vigens.journal import open_journal

NOW = int(present().timestamp())


def add(folder: Path, *drafts: Any) -> None:
    with open_journal(folder / "journal.jsonl", recording) as store:
        store.append(drafts)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_case(tmp_path_factory.mktemp("outgoing") / "case")
    talks = {"title": "Talks", "format": "online", "attendance": [], "place": "Geneva"}
    money = {"by": ["GB"], "number": 5, "unit": "GBP", "title": "Five pounds"}
    flood = {"event": "flood", "args": ["f-1"], "title": "A flood"}
    add(
        folder,
        make("meeting", talks, happened="2026-02-03~", handle="m"),
        claim("They talk.", "@m", "gazette", "m-1"),
        grade("B", 2, "@m-1"),
        make("funding", money, happened="2026-02-04", handle="g"),
        claim("It pays.", "@g", "gazette", "g-1"),
        grade("B", 2, "@g-1"),
        make("occurrence", flood, happened="2026-02-02", handle="f"),
        claim("It floods.", "@f", "gazette", "f-1"),
        grade("B", 2, "@f-1"),
    )
    return folder


def session(folder: Path, **said: Any) -> Session:
    case = open_case(folder, present)
    return Session(case, make_lens(case, Looking(NOW, **said)))


@pytest.fixture(scope="module")
def seen(folder: Path) -> Session:
    return session(folder)


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "atom"])
def test_every_format_carries_the_lens(seen: Session, name: str) -> None:
    found = write_out(seen, name, table="offers" if name == "parquet" else "states")
    assert b"reader public" in found.body.replace(b"\r\n ", b"")
    assert found.filename.count(".") == 1


@pytest.mark.parametrize("table", SHEETS)
def test_every_table_has_as_many_cells_as_columns(seen: Session, table: str) -> None:
    body = write_out(seen, "csv", table=table).body.decode()
    rows = list(csv.reader(io.StringIO(body)))
    assert rows[0] == [*(column.name for column in SHEETS[table][1]), "lens"]
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(rows) > 1 or table == "offers"


def test_a_table_that_is_none_is_refused_with_the_nearest(seen: Session) -> None:
    with pytest.raises(UsageError) as told:
        write_out(seen, "csv", table="claim")
    assert 'did you mean "claims"' in told.value.mend
    with pytest.raises(UsageError):
        write_out(seen, "xlsx")


def test_a_calendar_holds_deadlines_steps_and_meetings(seen: Session) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from icalendar import Calendar

    calendar: Any = Calendar.from_ical(write_out(seen, "ical").body.decode())
    found = {
        (str(e["CATEGORIES"].to_ical().decode()), e["STATUS"])
        for e in calendar.walk("VEVENT")
    }
    assert (
        "deadline",
        "TENTATIVE",
    ) in found  # the day of the flood is all that is known
    assert ("planned step", "TENTATIVE") in found
    assert ("meeting", "TENTATIVE") in found  # of about a day


def test_a_thing_keeps_its_name_while_its_date_moves(folder: Path) -> None:
    one = {e.uid for e in read_dates(session(folder, as_of="2026-02-20"))}
    other = {e.uid for e in read_dates(session(folder, as_of="2026-03-01"))}
    assert one == other


def test_pledges_are_those_that_name_a_currency(seen: Session) -> None:
    text = write_out(seen, "iati").body.decode()
    assert text.count("<iati-activity ") == 1
    assert '<value currency="GBP"' in text


def test_places_are_coarse_and_say_what_is_endorsed(seen: Session) -> None:
    found = json.loads(
        write_out(seen, "geojson", points={"FR": (2.35222, 48.85661)}).body
    )
    states = {f["properties"].get("party"): f for f in found["features"]}
    assert states["FR"]["geometry"]["coordinates"] == [2.4, 48.9]
    assert states["FR"]["properties"]["endorses_water"] in ("YES", "NO", "NOT KNOWN")
    assert any(f["properties"].get("place") == "Geneva" for f in found["features"])


def test_a_stand_changes_with_what_becomes_known(folder: Path) -> None:
    before, after = (
        read_standing(session(folder, as_of=day, known_at=day))
        for day in ("2026-01-01", "2026-03-10")
    )
    changes = {change.key: change for change in changes_between(before, after)}
    assert changes_between(after, after) == ()
    assert any(key.startswith("obligation:help") for key in changes)
    assert {change.kind for change in changes.values()} <= {
        *("state", "obligation", "step", "measure"),
    }


def test_news_are_entries_and_changes_with_ids_that_stay(folder: Path) -> None:
    case = open_case(folder, present)
    looking = Looking(NOW, as_of="2026-03-05", known_at="2026-03-05")
    news = read_news(case, looking)
    assert news.entries
    lens = make_lens(case, looking)
    feeds = [
        write_out(
            Session(case, lens), "atom", news=read_news(case, looking), link="http://h"
        )
        for _ in range(2)
    ]
    assert feeds[0] == feeds[1]
    assert b"urn:vigens:entry:" in feeds[0].body
    assert b"urn:vigens:change:" in feeds[0].body
    assert b"known_at=" in feeds[0].body
