"""Databases of older versions are brought forward, whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from tests.stores.filled import fill, redact_one
from vigens.base import VigensError
from vigens.journal import (
    Draft,
    Entry,
    EntryError,
    JournalOutsideError,
    format_entry,
    fsck,
    open_journal,
)
from vigens.journal.columns import columns_of
from vigens.journal.proof import root_of
from vigens.journal.stores import sqlite_forward
from vigens.journal.stores.raw import TABLES
from vigens.journal.stores.sqlite_file import statements_of
from vigens.journal.stores.sqlite_rows import SqliteRows

Note = Callable[..., Draft]


def lay_version_1(path: Path, entries: tuple[Entry, ...], zone: str) -> None:
    """Write a database as version 1 of the schema wrote it."""
    schema = files("vigens.journal.stores") / "schema" / "sqlite" / "1.sql"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(schema.read_text("utf-8"))
    connection.execute("INSERT INTO setting VALUES ('zone', ?)", (zone,))
    connection.executemany(
        "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                position,
                entry.id,
                entry.kind,
                *columns_of(entry, zone),
                format_entry(entry),
            )
            for position, entry in enumerate(entries, 1)
        ],
    )
    connection.commit()
    connection.execute("PRAGMA application_id = 0x56494753")
    connection.execute("PRAGMA user_version = 1")
    connection.commit()
    connection.close()


@pytest.fixture
def entries(tmp_path: Path, clock: Any, note: Note) -> tuple[Entry, ...]:
    with open_journal(tmp_path / "made.jsonl", clock, create=True) as text:
        return text.append(
            [note(f"n{n}", marks=("public",) * (n % 2)) for n in range(5)]
        )


@pytest.fixture
def place(tmp_path: Path, entries: tuple[Entry, ...]) -> Path:
    path = tmp_path / "old.db"
    lay_version_1(path, entries, "Europe/Kyiv")
    return path


def test_version_1_is_brought_forward(
    place: Path,
    entries: tuple[Entry, ...],
    clock: Any,
    note: Note,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("vigens.journal.stores.sqlite_forward._PAGE", 2)
    with open_journal(place, clock) as journal:
        assert journal.entries() == entries
        assert journal.logs() == ("all", "public")
        assert (journal.size(), journal.size("public")) == (5, 2)
        for log in journal.logs():
            assert journal.head(log).root == root_of(journal.leaves(log))
        (more,) = journal.append([note("after", marks=("public",))])
        assert journal.head("public").size == 3
    assert fsck(place) == ()
    connection = sqlite3.connect(place)
    names = connection.execute("SELECT name FROM sqlite_schema ORDER BY name")
    found = names.fetchall()
    zone = connection.execute("SELECT value FROM setting").fetchall()
    connection.close()
    fresh = place.with_stem("fresh")
    open_journal(fresh, clock, create=True).close()
    connection = sqlite3.connect(fresh)
    assert (
        connection.execute("SELECT name FROM sqlite_schema ORDER BY name").fetchall()
        == found
    )
    connection.close()
    assert zone == [("Europe/Kyiv",)]
    with open_journal(place, clock) as journal:
        assert journal.entries() == (*entries, more)


def test_an_empty_journal_of_version_1_is_brought_forward(
    tmp_path: Path, clock: Any, note: Note
) -> None:
    lay_version_1(tmp_path / "old.db", (), "UTC")
    with open_journal(tmp_path / "old.db", clock) as journal:
        assert (journal.entries(), journal.heads()) == ((), ())
        journal.append([note("a")])
    assert fsck(tmp_path / "old.db") == ()


def test_a_damaged_journal_of_version_1_stays_as_it_was(
    place: Path, clock: Any
) -> None:
    connection = sqlite3.connect(place)
    connection.execute("DROP TRIGGER entry_is_never_changed")
    connection.execute("UPDATE entry SET body = replace(body, 'n3', 'n9')")
    connection.commit()
    before = "\n".join(connection.iterdump())
    with pytest.raises(EntryError, match="hash") as caught:
        open_journal(place, clock)
    assert "entry 4" in caught.value.where
    assert "\n".join(connection.iterdump()) == before
    connection.close()


def test_a_broken_off_turn_leaves_version_1(
    place: Path,
    entries: tuple[Entry, ...],
    clock: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("vigens.journal.stores.sqlite_rows.SqliteRows.write_heads", fail)
        with pytest.raises(KeyboardInterrupt):
            open_journal(place, clock)
    connection = sqlite3.connect(place)
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    connection.close()
    with open_journal(place, clock) as journal:
        assert journal.entries() == entries


def test_version_1_that_can_only_be_read_is_told(place: Path, clock: Any) -> None:
    connection = sqlite3.connect(f"file:{place}?mode=ro&immutable=1", uri=True)
    with pytest.raises(JournalOutsideError, match="older form") as caught:
        sqlite_forward.bring_forward(connection, "UTC", str(place))
    connection.close()
    assert isinstance(caught.value, VigensError)


def lay_version_2(fresh: Path, path: Path) -> None:
    """Write the rows of a journal as version 2 of the schema laid them."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    for statement in statements_of(2):
        connection.execute(statement)
    connection.execute("ATTACH ? AS fresh", (str(fresh),))
    for table in ("setting", *(name for name in TABLES if name != "setting")):
        connection.execute(f"INSERT INTO main.{table} SELECT * FROM fresh.{table}")
    connection.commit()
    connection.execute("PRAGMA application_id = 0x56494753")
    connection.execute("PRAGMA user_version = 2")
    connection.commit()
    connection.close()


@pytest.fixture
def both(tmp_path: Path, clock: Any, note: Note) -> tuple[Path, Path]:
    """Give a journal, and the same one in version 2, with a redaction and marks."""
    fresh, old = tmp_path / "fresh.db", tmp_path / "old.db"
    with open_journal(fresh, clock, create=True) as journal:
        made = fill(journal, clock, note, 30)
        redact_one(journal, made[3])
        journal.append([note("marked", marks=("public", "cell"))])
    lay_version_2(fresh, old)
    return fresh, old


def told_by(journal: Any) -> dict[str, Any]:
    """Give all that a journal answers of its logs and entries."""
    entries = journal.entries()
    return {
        "entries": entries,
        "redacted": journal.redacted(),
        "heads": {log: journal.heads(log) for log in journal.logs()},
        "leaves": {log: journal.leaves(log) for log in journal.logs()},
        "numbers": [journal.number_in("public", entry.id) for entry in entries],
        "found": [journal.get(entry.id[:13]).id for entry in entries],
        "keys": [journal.key_of(entry.id) for entry in entries],
    }


def test_version_2_is_brought_forward_row_by_row(
    both: tuple[Path, Path], clock: Any, note: Note
) -> None:
    fresh, old = both
    with open_journal(fresh, clock) as journal, open_journal(old, clock) as brought:
        assert told_by(brought) == told_by(journal)
        (more,) = brought.append([note("after", marks=("public",))])
        assert brought.get(more.id) == more
    assert fsck(old) == ()
    found = []
    for place in both:
        connection = sqlite3.connect(place)
        query = "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"
        found.append(connection.execute(query).fetchall())
        connection.close()
    assert found[0] == found[1]


def test_version_2_that_can_only_be_read_is_read_as_it_is(
    both: tuple[Path, Path], clock: Any
) -> None:
    fresh, old = both
    connection = sqlite3.connect(old)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    before = old.read_bytes()
    looked = sqlite3.connect(f"file:{old}?mode=ro&immutable=1", uri=True)
    sqlite_forward.bring_forward(looked, "UTC", str(old))
    with open_journal(fresh, clock) as journal:
        rows = SqliteRows(looked, str(old))
        for position, entry in journal.stream(with_stubs=True):
            assert rows.position_of(entry.id) == position
        assert rows.fitting(entry.id[:13], 3) == ([(entry.id, position)], 1)
    looked.close()
    assert old.read_bytes() == before


def test_a_broken_off_copy_leaves_version_2(
    both: tuple[Path, Path], clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_version: int) -> None:
        raise KeyboardInterrupt

    fresh, old = both
    with monkeypatch.context() as patch:
        patch.setattr(sqlite_forward, "statements_of", fail)
        with pytest.raises(KeyboardInterrupt):
            open_journal(old, clock)
    with open_journal(fresh, clock) as journal, open_journal(old, clock) as brought:
        assert told_by(brought) == told_by(journal)
