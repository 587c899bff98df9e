"""Corrections: what was wrong, why, what stands now, for whom and since when."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.desk.smallcase import Writer
from vigens.desk.inquiry import Corrected, read_corrections

BOATS = {"measure": "boats", "number": 3, "comparison": "eq", "title": "3 boats"}


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    return Writer(tmp_path / "case")


def boats(writer: Writer, number: int, **fields: Any) -> str:
    payload = {**BOATS, "number": number, "title": f"{number} boats"}
    payload.update(fields.pop("more", {}))
    return writer.record("count", payload, happened="2026-01-10", **fields)


def read(writer: Writer, as_of: str = "2026-03-31", **rest: Any) -> list[Corrected]:
    return list(read_corrections(writer.session(as_of, **rest)))


def test_a_rectification_tells_field_by_field_what_was_wrong(writer: Writer) -> None:
    was = boats(writer, 3, known_from="2026-01-11")
    now = boats(writer, 4, rectifies=was, more={"changed_because": "misread"})
    (found,) = read(writer)
    assert (found.how, found.reason, found.was) == ("rectified", "misread", was)
    assert ("number", "3", "4") in found.changed
    assert [one.ref for one in found.stands] == [now]


def test_news_are_told_once_they_are_known(writer: Writer) -> None:
    was = boats(writer, 3, known_from="2026-01-11")
    news = boats(writer, 9, known_from="2026-02-20", supersedes=was)
    assert read(writer, "2026-02-10") == []
    (found,) = read(writer, "2026-02-21")
    assert found.how == "superseded"
    boats(writer, 10, rectifies=news)
    assert read(writer, "2026-02-10") == []
    assert len(read(writer, "2026-02-21")) == 2


def test_a_withdrawal_leaves_nothing_in_its_place(writer: Writer) -> None:
    was = boats(writer, 3)
    payload = {"text": "withdrawn: no such page", "withdraws": "count"}
    writer.record("note", payload, supersedes=was)
    (found,) = read(writer)
    assert (found.how, found.reason, found.stands) == ("withdrawn", "no such page", ())


def test_rivals_both_stand_and_neither_is_preferred(writer: Writer) -> None:
    was = boats(writer, 3)
    for number in (4, 5):
        boats(writer, number, rectifies=was)
    found = read(writer)
    assert {one.how for one in found} == {"rivals"}
    assert all(len(one.stands) == 2 for one in found)


def test_a_reader_sees_no_correction_of_what_is_hidden(writer: Writer) -> None:
    was = boats(writer, 3, marks=("FR",))
    boats(writer, 4, rectifies=was, marks=("FR",))
    assert read(writer) == []
    assert len(read(writer, reader="FR")) == 1
