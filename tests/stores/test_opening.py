"""What opens as a journal, and what does not."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vigens.base import OutsideError, VigensError
from vigens.journal import (
    Draft,
    JournalFileError,
    JournalOutsideError,
    Store,
    fsck,
    open_journal,
)

Note = Callable[..., Draft]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.db", b"", "empty"),
        ("text.db", b"hello, this is no database", "no SQLite"),
        ("picture.jsonl", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        ("latin.jsonl", '{"id": "é"}\n'.encode("latin-1"), "UTF-8"),
        ("broken.jsonl", b"{}x\n", "JSON"),
        ("list.jsonl", b"[]\n", "no JSON object"),
        ("lacking.jsonl", b"{}\n", "missing"),
        ("deep.jsonl", b"[" * 100_000 + b"\n", "deep"),
        ("digits.jsonl", b'{"a":' + b"9" * 5000 + b"}\n", "digits"),
        ("fraction.jsonl", b'{"a":1.5}\n', "whole number"),
        ("twice.jsonl", b'{"a":1,"a":2}\n', "twice"),
    ],
)
def test_a_file_that_is_no_journal_is_told_clearly(
    tmp_path: Path, clock: Any, name: str, data: bytes, words: str
) -> None:
    place = tmp_path / name
    place.write_bytes(data)
    with pytest.raises(VigensError, match=words) as caught:
        open_journal(place, clock)
    assert str(place) in caught.value.where
    assert place.read_bytes() == data


def test_a_missing_journal_a_folder_and_an_unknown_ending(
    tmp_path: Path, clock: Any
) -> None:
    with pytest.raises(JournalFileError, match="no such journal"):
        open_journal(tmp_path / "none.jsonl", clock)
    with pytest.raises(JournalFileError, match="folder"):
        open_journal(tmp_path, clock)
    with pytest.raises(JournalFileError, match="ending"):
        open_journal(tmp_path / "journal.xls", clock, create=True)
    with pytest.raises(OutsideError):
        open_journal(tmp_path / "no" / "folder.db", clock, create=True)
    with pytest.raises(OutsideError):
        open_journal(tmp_path / "no" / "folder.jsonl", clock, create=True)


def test_a_pipe_does_not_hang(tmp_path: Path, clock: Any) -> None:
    os.mkfifo(tmp_path / "pipe.jsonl")
    with pytest.raises(JournalFileError, match="ordinary"):
        open_journal(tmp_path / "pipe.jsonl", clock)


def test_another_programs_database_is_not_touched(tmp_path: Path, clock: Any) -> None:
    place = tmp_path / "other.db"
    connection = sqlite3.connect(place)
    connection.execute("CREATE TABLE entry (x)")
    connection.commit()
    connection.close()
    before = place.read_bytes()
    with pytest.raises(JournalOutsideError, match="another program") as caught:
        open_journal(place, clock)
    assert str(place) in str(caught.value)
    assert place.read_bytes() == before


def test_a_newer_schema_is_not_touched(tmp_path: Path, clock: Any) -> None:
    place = tmp_path / "journal.db"
    open_journal(place, clock, create=True).close()
    connection = sqlite3.connect(place)
    connection.execute("PRAGMA user_version = 9")
    connection.close()
    with pytest.raises(JournalOutsideError, match="newer Vigens"):
        open_journal(place, clock)


def test_nobody_changes_a_row(tmp_path: Path, clock: Any, note: Note) -> None:
    place = tmp_path / "journal.db"
    with open_journal(place, clock, create=True) as journal:
        journal.append([note("a"), note("b")])
    connection = sqlite3.connect(place)
    row = connection.execute("SELECT * FROM entry WHERE position = 1").fetchone()
    marks = ",".join("?" * len(row))
    for statement, values in (
        ("UPDATE entry SET kind = 'x'", ()),
        ("DELETE FROM entry", ()),
        ("DELETE FROM setting", ()),
        ("UPDATE setting SET value = 'x'", ()),
        (f"INSERT OR REPLACE INTO entry VALUES ({marks})", row),
        (f"INSERT OR REPLACE INTO entry VALUES ({marks})", (9, *row[1:])),
    ):
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement, values)
    connection.close()
    assert fsck(place) == ()


def test_opening_to_create_keeps_what_is_there(
    journal: Store, place: Path | str, clock: Any, note: Note
) -> None:
    made = journal.append([note()])
    with open_journal(place, clock, create=True) as again:
        assert again.entries() == made
