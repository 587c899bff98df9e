"""A first import goes straight into the file: whole or not at all, as any other."""

from __future__ import annotations

import io
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vigens.journal import Draft, export_lines, fsck, open_journal
from vigens.journal.stores import sqlite
from vigens.journal.stores.laying import EntryRow, LeafRow, Rows
from vigens.journal.stores.sqlite_rows import SqliteRows

Note = Callable[..., Draft]

#: Enough to fill more pages than the little memory that a test leaves for them.
N = 400


@pytest.fixture
def lines(tmp_path: Path, clock: Any, note: Note) -> bytes:
    with open_journal(tmp_path / "made.jsonl", clock, create=True) as made:
        made.append(
            [note(f"n{n} " + "word " * 90, marks=("public",)) for n in range(N)]
        )
        return "".join(export_lines(made)).encode()


@pytest.fixture
def place(tmp_path: Path, clock: Any) -> Path:
    place = tmp_path / "journal.db"
    open_journal(place, clock, create=True).close()
    return place


def mode_of(place: Path) -> str:
    connection = sqlite3.connect(place)
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    connection.close()
    return str(mode)


def schema_of(place: Path) -> list[tuple[str, str]]:
    connection = sqlite3.connect(place)
    query = "SELECT name, sql FROM sqlite_schema ORDER BY name"
    found = connection.execute(query).fetchall()
    connection.close()
    return found


def test_a_first_import_leaves_the_file_as_any_other_commit_does(
    place: Path, lines: bytes, clock: Any, note: Note
) -> None:
    before = schema_of(place)
    with open_journal(place, clock) as journal:
        assert journal.adopt_lines(io.BytesIO(lines), "rows").n_added == N
        assert not Path(f"{place}-journal").exists()
        assert mode_of(place) == "wal"
        assert journal.size() == N + 1
        (more,) = journal.append([note("after", marks=("public",))])
        assert journal.get(more.id) == more
        assert journal.adopt_lines(io.BytesIO(lines), "rows").n_present == N
    assert schema_of(place) == before
    assert fsck(place) == ()


def test_a_first_import_beside_another_reader_uses_the_side_file(
    place: Path, lines: bytes, clock: Any
) -> None:
    with open_journal(place, clock) as other, open_journal(place, clock) as journal:
        assert other.entries() == ()
        journal.adopt_lines(io.BytesIO(lines), "rows")
        assert mode_of(place) == "wal"
        assert other.size() == journal.size() == N + 1
    assert fsck(place) == ()


def test_a_first_import_that_is_refused_leaves_nothing(
    place: Path, lines: bytes, clock: Any, note: Note, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "_FRESH_CACHE_KIB", 64)
    monkeypatch.setattr("vigens.journal.bulk.pieces.PIECE_BYTES", 20_000)
    before = schema_of(place)
    with open_journal(place, clock) as journal:
        with pytest.raises(Exception, match="no JSON"):
            journal.adopt_lines(io.BytesIO(lines + b"{]\n"), "rows")
        assert (journal.entries(), journal.logs()) == ((), ())
        assert mode_of(place) == "wal"
        journal.append([note("after")])
    assert schema_of(place) == before
    assert fsck(place) == ()


@pytest.mark.parametrize("at", [2, 5])
def test_a_first_import_that_is_killed_leaves_nothing(
    place: Path, lines: bytes, clock: Any, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """Pages were in the file already; whoever opens it next takes them out again."""
    monkeypatch.setattr(sqlite, "_FRESH_CACHE_KIB", 64)
    monkeypatch.setattr("vigens.journal.bulk.pieces.PIECE_BYTES", 20_000)
    right, calls = SqliteRows.write_rows, []

    def write_rows(self: SqliteRows, rows: Any) -> None:
        right(self, rows)
        calls.append(len(rows.entries))
        if len(calls) == at:
            os._exit(9)

    empty = place.stat().st_size
    child = os.fork()
    if child == 0:
        monkeypatch.setattr(SqliteRows, "write_rows", write_rows)
        with open_journal(place, clock) as journal:
            journal.adopt_lines(io.BytesIO(lines), "rows")
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert Path(f"{place}-journal").exists()
    assert place.stat().st_size > empty
    with open_journal(place, clock) as journal:
        assert (journal.entries(), journal.logs()) == ((), ())
        assert mode_of(place) == "wal"
        assert journal.adopt_lines(io.BytesIO(lines), "rows").n_added == N
    assert fsck(place) == ()


def test_whoever_asks_for_an_entry_is_led_by_the_index(
    place: Path, clock: Any, note: Note
) -> None:
    """No question goes through the whole table, neither ours nor the trigger's."""
    with open_journal(place, clock) as journal:
        made = journal.append([note(f"n{n}", marks=("public",)) for n in range(500)])
    connection = sqlite3.connect(place, isolation_level=None)
    steps: list[None] = []
    connection.set_progress_handler(lambda: steps.append(None), 10)
    rows = SqliteRows(connection, "here")
    name = made[250].id
    connection.execute("BEGIN")
    for ask in (
        lambda: rows.kind_of(name),
        lambda: rows.position_of("0" * 64),
        lambda: rows.kinds_of([name, "0" * 64]),
        lambda: rows.fitting(name[:13], 3),
        lambda: rows.number_in("public", 77),
        lambda: rows.write_rows(Rows([_row(501)], [LeafRow("public", 501, 501, KEY)])),
    ):
        steps.clear()
        ask()
        assert len(steps) < 50, "ten steps of SQLite's machine each"
    connection.execute("ROLLBACK")
    connection.close()


KEY = b"k" * 32


def _row(position: int) -> EntryRow:
    bounds = (None, None, None, None)
    return EntryRow(position, "f" * 64, "note", 0, *bounds, "[]", KEY, KEY, "{}")
