from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from vigens.journal import (
    Entry,
    JournalFileError,
    JournalOutsideError,
    Source,
    format_entry,
    fsck,
    open_journal,
)

Make = Callable[..., Entry]


def lay(place: Path, *entries: Entry) -> Path:
    """Write entries past every check, as another program might."""
    place.write_text("".join(format_entry(entry) + "\n" for entry in entries), "utf-8")
    return place


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "journal.jsonl"


def codes(place: Path) -> list[str]:
    return [finding.code for finding in fsck(place)]


def test_a_sound_journal_has_no_findings(place: Path, make: Make) -> None:
    assert codes(lay(place)) == []
    assert codes(lay(place, make("a", known_from="2026-01"), make("b"))) == []


def test_a_link_that_leads_nowhere(place: Path, make: Make) -> None:
    assert codes(lay(place, make("a", about=("0" * 64,), supersedes="1" * 64))) == [
        "J004",
        "J004",
    ]


def test_an_entry_twice(place: Path, make: Make) -> None:
    (finding,) = fsck(lay(place, make("a"), make("b"), make("a")))
    assert (finding.code, finding.spans[0].line) == ("J003", 3)


def test_an_unreadable_line_does_not_end_the_check(place: Path, make: Make) -> None:
    lay(place, make("a"), make("b"))
    place.write_bytes(b"\xff\n" + place.read_bytes() + b"{}\n")
    assert [(found.code, found.spans[0].line) for found in fsck(place)] == [
        ("J006", 1),
        ("J006", 4),
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"happened": "2026-02-30"},
        {"known_from": "yesterday"},
        {"sources": (Source("a", published="2026-13"),)},
    ],
)
def test_an_impossible_date(place: Path, make: Make, fields: dict[str, Any]) -> None:
    assert codes(lay(place, make("a", **fields))) == ["J009"]


def test_known_after_it_was_recorded(place: Path, make: Make) -> None:
    assert codes(lay(place, make("a", known_from="2026-03"))) == ["J013"]
    assert codes(lay(place, make("a", known_from="2026-02-11"))) == []
    assert codes(lay(place, make("a", known_from="2026-02-10T12:30:00Z"))) == ["J013"]


def test_a_payload_and_links_out_of_shape(place: Path, make: Make) -> None:
    note = make("a")
    grade = make("", kind="grade", payload={"reliability": "B"}, about=(note.id,))
    claim = make(
        "",
        kind="claim",
        payload={"polarity": "pos", "statement": "s", "actors": (), "denies": 5},
    )
    assert codes(lay(place, note, grade, claim)) == ["J008"] * 3


def test_rivals_are_told_once(place: Path, make: Make) -> None:
    old = make("a")
    one, two = make("b", rectifies=old.id), make("c", rectifies=old.id)
    (finding,) = fsck(lay(place, old, one, two))
    assert (finding.code, finding.severity) == ("J012", "warning")


def test_an_import_may_be_older_than_what_stands_above(place: Path, make: Make) -> None:
    early = make("early", recorded_at="2026-01-01T00:00:00.000000Z")
    payload = {"title": "rows", "count": 1}
    batch = make("", kind="batch", payload=payload, about=(early.id,))
    assert codes(lay(place, make("a"), early, batch)) == []
    assert codes(lay(place, make("a"), early)) == ["J005"]


def test_a_kind_unlike_any_is_a_note(place: Path, make: Make) -> None:
    (finding,) = fsck(lay(place, make("", kind="zzz", payload={})))
    assert (finding.code, finding.mend) == ("J007", "use a newer version to read it")


def test_what_is_no_journal_is_refused(tmp_path: Path) -> None:
    with pytest.raises(JournalFileError):
        fsck(tmp_path / "none.jsonl")
    with pytest.raises(JournalOutsideError):
        fsck(tmp_path)
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE x (y)")
    connection.commit()
    connection.close()
    with pytest.raises(JournalOutsideError, match="another program"):
        fsck(other)


def test_a_truncated_database_is_told(tmp_path: Path) -> None:
    place = tmp_path / "journal.db"
    open_journal(place, lambda: datetime.now(UTC), create=True).close()
    data = place.read_bytes()
    place.write_bytes(data[: len(data) // 2])
    assert "J011" in codes(place)
