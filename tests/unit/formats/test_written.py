"""Feeds, places, tables, provenance and pledges are what their standards say."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import Any

import pytest

from vigens.formats import (
    Account,
    Column,
    Feed,
    Item,
    Place,
    Pledge,
    Record,
    Sheet,
    pledge_faults,
    write_activities,
    write_csv,
    write_csvw,
    write_feed,
    write_parquet,
    write_places,
    write_provenance,
)

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "</title><script>alert(1)</script>&\x00\x0b\ufffe\"'"


def feed(*items: Item) -> ET.Element:
    head = Feed("urn:f", HOSTILE, 0, "http://h/f?a=1&b=2", "http://h/", "Case", HOSTILE)
    return ET.fromstring(write_feed(head, items).encode())


def test_a_feed_has_what_the_standard_asks_for() -> None:
    root = feed(
        Item("urn:1", HOSTILE, 86400, "http://h/1?a=b&c=d", HOSTILE, HOSTILE, "k")
    )
    assert root.tag == f"{ATOM}feed"
    for needed in ("id", "title", "updated", "author"):
        assert root.find(f"{ATOM}{needed}") is not None
    (entry,) = root.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}updated") == "1970-01-02T00:00:00Z"
    assert "<script>" in (entry.findtext(f"{ATOM}title") or "")
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == "http://h/1?a=b&c=d"


def test_no_place_is_finer_than_the_grid() -> None:
    place = Place("a", {"name": "Kyiv"}, (30.523333, 50.450001))
    found = json.loads(write_places("Case", [place], lens={"words": "w"}))
    assert found["features"][0]["geometry"]["coordinates"] == [30.5, 50.5]
    assert found["lens"] == {"words": "w"}


def test_what_has_no_known_place_has_no_geometry() -> None:
    found = json.loads(write_places("Case", [Place("a")], lens={}))
    assert found["features"][0]["geometry"] is None


@pytest.mark.parametrize("at", [(181.0, 0.0), (0.0, 91.0)])
def test_a_place_on_no_globe_is_refused(at: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="no place on a globe"):
        write_places("Case", [Place("a", {}, at)], lens={})


SHEET = Sheet(
    "rows",
    "One row.",
    (
        Column("name", "What it is called."),
        Column("number", "How many.", "whole"),
        Column("so", "Whether.", "flag"),
    ),
    (('a, "b"\nc', 3, True), ("=1+1", None, False), ("-x", 0, None), (None, 1, True)),
)


def test_a_table_is_csv_with_its_lens_in_every_row() -> None:
    rows = list(csv.reader(io.StringIO(write_csv(SHEET, lens="as of, today"))))
    assert rows[0] == ["name", "number", "so", "lens"]
    assert {row[-1] for row in rows[1:]} == {"as of, today"}
    assert rows[1][:3] == ['a, "b"\nc', "3", "true"]


def test_no_cell_is_a_formula() -> None:
    rows = list(csv.reader(io.StringIO(write_csv(SHEET, lens=""))))
    assert rows[2][0] == "'=1+1"
    assert rows[3][0] == "'-x"


def test_a_dictionary_names_every_column_of_a_table() -> None:
    found = json.loads(write_csvw([SHEET], title="Case", lens={"words": "w"}))
    columns = found["tables"][0]["tableSchema"]["columns"]
    header = next(csv.reader(io.StringIO(write_csv(SHEET, lens=""))))
    assert [column["name"] for column in columns] == header
    assert columns[1]["datatype"] == "integer"


def test_parquet_keeps_types_and_the_lens() -> None:
    import pyarrow.parquet as pq

    table = pq.read_table(io.BytesIO(write_parquet(SHEET, lens={"words": "w"})))
    assert table.column("number").to_pylist() == [3, None, 0, 1]
    assert table.column("so").to_pylist() == [True, False, None, True]
    assert table.column("name").to_pylist()[1] == "=1+1"
    assert json.loads(table.schema.metadata[b"lens"]) == {"words": "w"}


def provenance() -> dict[str, Any]:
    records = (
        Record(
            "1", "claim", "It is so", "2026-03-01T09:00:00Z", "olena", (Account("s"),)
        ),
        Record(
            "2", "claim", "No", "2026-03-02T09:00:00Z", "olena", (Account("s"),), ("1",)
        ),
        Record(
            "3", "grade", "B2", "2026-03-02T09:00:00Z", "jan", (), ("1",), ("2", "9")
        ),
    )
    found: dict[str, Any] = json.loads(write_provenance(records, lens={"reader": "UA"}))
    return found


def test_provenance_points_at_what_is_declared_alone() -> None:
    found = provenance()
    declared = {*found["entity"], *found["activity"], *found["agent"]}
    kinds = {
        *("wasGeneratedBy", "wasAssociatedWith", "wasAttributedTo", "wasDerivedFrom"),
        *("wasInfluencedBy", "hadMember"),
    }
    assert kinds <= set(found)
    for kind in kinds:
        for link in found[kind].values():
            ends = {value for name, value in link.items() if name != "prov:type"}
            assert ends <= declared, link


def test_provenance_names_each_source_and_person_once() -> None:
    found = provenance()
    assert len(found["agent"]) == 2
    assert sum("source" in name for name in found["entity"]) == 1
    revisions = [
        link
        for link in found["wasDerivedFrom"].values()
        if "Revision" in link["prov:type"]
    ]
    assert [link["prov:usedEntity"] for link in revisions] == ["vigens:2"]


PLEDGE = Pledge(
    "p1",
    "Help & more",
    "it is claimed",
    "GB",
    "United Kingdom",
    "UA",
    5,
    "GBP",
    "2026-01-09",
    "more_than",
)

#: What the activity standard asks for in every activity, in its order.
NEEDED = [
    *("iati-identifier", "reporting-org", "title", "description"),
    *("participating-org", "activity-status", "activity-date"),
]


def activities(*pledges: Pledge) -> ET.Element:
    text = write_activities(
        pledges, reporter="XX-1", reporter_title="Case", at=0, lens="as -- of"
    )
    return ET.fromstring(text.encode())


#: The rest of what an activity here has, and a transaction, each in its order.
AFTER = ["recipient-country", "transaction"]
TRANSACTION = ["transaction-type", "transaction-date", "value"]
TRANSACTION += ["description", "provider-org"]

#: Attributes by element: those that it must have, with what they may be.
DAY, CODE = r"\d{4}-\d{2}-\d{2}", r"\d{1,2}"
ATTRIBUTES = {
    "iati-activities": {"version": r"2\.03", "generated-datetime": DAY + ".*"},
    "iati-activity": {"default-currency": "[A-Z]{3}"},
    "reporting-org": {"ref": r"[^\s/&|?]+", "type": CODE, "secondary-reporter": "1"},
    "participating-org": {"role": "[1-4]"},
    "description": {},
    "activity-status": {"code": "[1-6]"},
    "activity-date": {"type": "[1-4]", "iso-date": DAY},
    "recipient-country": {"code": "[A-Z]{2}", "percentage": "100"},
    "transaction-type": {"code": r"\d{1,2}"},
    "transaction-date": {"iso-date": DAY},
    "value": {"currency": "[A-Z]{3}", "value-date": DAY},
}


@pytest.mark.parametrize("country", ["UA", ""])
def test_activities_keep_the_order_and_codes_of_the_standard(country: str) -> None:
    pledge = replace(PLEDGE, country=country, words="")
    root = activities(pledge, replace(pledge, id="p2", comparison="eq"))
    for activity in root:
        after = AFTER if country else AFTER[1:]
        assert [child.tag for child in activity] == [*NEEDED, *after]
        money = activity.find("transaction")
        assert money is not None
        assert [child.tag for child in money] == TRANSACTION
        assert re.fullmatch(r"[^/&|?]+", activity.findtext("iati-identifier") or "")
    for element in root.iter():
        for name, shape in ATTRIBUTES.get(element.tag, {}).items():
            assert re.fullmatch(shape, element.get(name, "")), (element.tag, name)
        if element.tag.endswith("-org") or element.tag in ("title", "description"):
            assert [child.tag for child in element] == ["narrative"]
            assert (element.findtext("narrative") or "").strip()


def test_a_promise_is_no_activity_under_way() -> None:
    (activity,) = activities(PLEDGE)
    (status,) = activity.findall("activity-status")
    (start,) = activity.findall("activity-date")
    assert (status.get("code"), start.get("type")) == ("1", "1")
    assert "not known" in (start.findtext("narrative") or "")


def test_a_pledge_has_what_the_activity_standard_asks_for() -> None:
    root = activities(PLEDGE)
    assert root.get("version") == "2.03"
    (activity,) = root.findall("iati-activity")
    names = [child.tag for child in activity]
    assert names[: len(NEEDED)] == NEEDED
    assert activity.findtext("iati-identifier") == "XX-1-p1"
    for name in ("title", "description", "reporting-org", "participating-org"):
        assert activity.findtext(f"{name}/narrative")
    value = activity.find("transaction/value")
    assert value is not None
    assert (value.text, value.get("currency")) == ("5", "GBP")
    assert "more than" in (activity.findtext("title/narrative") or "")


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"amount": None}, "no amount"),
        ({"currency": "ships"}, "no currency"),
        ({"day": "2026-01"}, "no exact day"),
    ],
)
def test_what_lacks_a_field_is_left_out(fields: dict[str, Any], fault: str) -> None:
    lacking = replace(PLEDGE, **fields)
    assert pledge_faults(lacking) == (fault,)
    assert activities(lacking).findall("iati-activity") == []
