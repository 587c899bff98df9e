"""What can be saved of a damaged journal."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.stores.filled import LONG, Note, errors_in, fill, redact_one
from tests.stores.server import Server
from vigens.journal import (
    Entry,
    JournalFileError,
    Remains,
    open_journal,
    read_remains,
)


def saved_into(remains: Remains, place: Path, clock: Any) -> None:
    """Put what was saved into a new journal, as a person would."""
    with open_journal(place, clock, create=True) as journal:
        done = journal.adopt(remains.entries, "saved", missing=remains.missing)
        assert done.added == remains.entries
    assert not errors_in(place)


@pytest.fixture(params=["jsonl", "db"])
def whole(
    request: pytest.FixtureRequest, tmp_path: Path, clock: Any, note: Note
) -> tuple[Path, tuple[Entry, ...]]:
    place = tmp_path / f"journal.{request.param}"
    with open_journal(place, clock, create=True) as journal:
        made = fill(journal, clock, note)
    return place, made


def test_of_a_sound_journal_all_is_saved(
    whole: tuple[Path, tuple[Entry, ...]], tmp_path: Path, clock: Any
) -> None:
    place, made = whole
    remains = read_remains(place)
    assert remains == Remains(made, (), frozenset())
    saved_into(remains, tmp_path / "new.db", clock)


@pytest.mark.parametrize("part", [0.1, 0.35, 0.6, 0.85, 0.99])
def test_of_a_truncated_journal_the_rest_is_saved_and_told(
    whole: tuple[Path, tuple[Entry, ...]], tmp_path: Path, clock: Any, part: float
) -> None:
    place, made = whole
    data = place.read_bytes()
    place.write_bytes(data[: int(len(data) * part)])
    try:
        remains = read_remains(place)
    except JournalFileError:
        assert part == 0.1  # nothing but the tables' definitions
        return
    ids = {entry.id for entry in made}
    saved = {entry.id for entry in remains.entries}
    assert saved <= ids
    for lost in remains.lost:
        assert lost.position is not None
        if lost.identifier is not None:
            assert made[lost.position - 1].id.startswith(lost.identifier)
            assert lost.identifier not in saved
    if place.suffix == ".jsonl":
        assert saved == {entry.id for entry in made[: len(saved)]}
        assert data.count(b"\n", 0, int(len(data) * part)) == len(saved)
    elif remains.lost:
        places = [n for n, entry in enumerate(made, 1) if entry.id in saved]
        assert len(saved) + len(remains.lost) >= max(places, default=0)
    if saved:
        saved_into(remains, tmp_path / "new.db", clock)


def test_of_a_journal_with_damaged_parts_the_others_are_saved(
    whole: tuple[Path, tuple[Entry, ...]], tmp_path: Path, clock: Any
) -> None:
    """Overwrite stretches of the file: what did not lie there is saved."""
    place, made = whole
    data = bytearray(place.read_bytes())
    chance = random.Random(3)
    ids = [entry.id for entry in made]
    for trial in range(30):
        hurt = bytearray(data)
        for _ in range(chance.randrange(1, 4)):
            at = chance.randrange(len(data))
            end = min(len(data), at + chance.randrange(1, 9000))
            hurt[at:end] = chance.randbytes(end - at)
        place.write_bytes(hurt)
        remains = read_remains(place)
        saved = [entry.id for entry in remains.entries]
        assert set(saved) <= set(ids)
        untouched = [
            entry.id
            for entry in made
            if b'"text":"%s' % str(entry.payload["text"]).encode() in bytes(hurt)
            and b'{"id":"%s"' % entry.id.encode() in bytes(hurt)
        ]
        assert len(set(saved) | set(untouched)) - len(saved) <= 2, trial
        known = {lost.identifier for lost in remains.lost} - {None}
        assert not known & set(saved)
        assert len(saved) + len(remains.lost) >= len(ids) - 1
        if trial % 10 == 0:
            saved_into(remains, tmp_path / f"new{trial}.db", clock)


def test_a_lost_row_is_named_by_the_index(
    tmp_path: Path, clock: Any, note: Note
) -> None:
    place = tmp_path / "journal.db"
    with open_journal(place, clock, create=True) as journal:
        made = fill(journal, clock, note)
    data = place.read_bytes()
    spot = data.index(b'"text":"20 short')
    start = spot // 4096 * 4096
    place.write_bytes(data[:start] + bytes(4096) + data[start + 4096 :])
    remains = read_remains(place)
    assert remains.lost
    for lost in remains.lost:
        assert lost.identifier == made[lost.position - 1].id[:12]  # type: ignore[operator]  # it has one
    assert len(remains.entries) + len(remains.lost) == len(made)
    assert made[20].id[:12] in {lost.identifier for lost in remains.lost}


def test_commits_beside_a_damaged_file_are_saved_too(
    tmp_path: Path, clock: Any, note: Note
) -> None:
    place = tmp_path / "journal.db"
    with open_journal(place, clock, create=True) as journal:
        made = fill(journal, clock, note, 10)
        copy = tmp_path / "copy.db"
        copy.write_bytes(place.read_bytes())
        log = (tmp_path / "journal.db-wal").read_bytes()
    (tmp_path / "copy.db-wal").write_bytes(log)
    assert read_remains(copy).entries == made
    (tmp_path / "copy.db-wal").write_bytes(log[: len(log) // 2])
    some = read_remains(copy).entries
    assert 0 < len(some) < len(made)
    assert some == made[: len(some)]


def test_nothing_redacted_comes_back(tmp_path: Path, clock: Any, note: Note) -> None:
    place = tmp_path / "journal.db"
    with open_journal(place, clock, create=True) as journal:
        made = fill(journal, clock, note, 12)
        redact_one(journal, made[3])
    assert b"3 " + LONG.encode()[:60] not in place.read_bytes()
    remains = read_remains(place)
    (lost,) = remains.lost
    assert (lost.position, lost.identifier) == (4, made[3].id)
    assert "redacted" in lost.why
    assert made[3].id not in {entry.id for entry in remains.entries}
    assert len(remains.entries) == len(made) + 1


def test_two_lines_that_ran_together_are_both_saved(
    tmp_path: Path, clock: Any, note: Note
) -> None:
    place = tmp_path / "journal.jsonl"
    with open_journal(place, clock, create=True) as journal:
        made = fill(journal, clock, note, 4)
    lines = place.read_bytes().split(b"\n")
    place.write_bytes(lines[0] + b"\0" + lines[1] + b"\n" + lines[2][:80] + b"\n\n")
    remains = read_remains(place)
    assert remains.entries == made[:2]
    (lost,) = remains.lost
    assert (lost.position, lost.identifier) == (2, made[2].id)


def test_of_a_damaged_server_the_rest_is_saved(
    server: Server, database: str, clock: Any, note: Note
) -> None:
    with open_journal(database, clock, create=True) as journal:
        made = fill(journal, clock, note, 60)
        redact_one(journal, made[5])
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        row = connection.execute(
            "SELECT pg_relation_filepath('vigens.entry'), min(position), "
            "max(position) FROM vigens.entry WHERE (ctid::text::point)[0]::int = 1"
        ).fetchone()
    assert row is not None
    server.stop()
    name, first, last = row
    with (server.data / name).open("r+b") as file:
        file.seek(8192)
        file.write(b"\xa5" * 8192)
    server.start()
    remains = read_remains(database)
    assert {lost.position for lost in remains.lost} == {6, *range(first, last + 1)}
    assert [entry.id for entry in remains.entries[:3]] == [e.id for e in made[:3]]
    assert len(remains.entries) + len(remains.lost) == len(made) + 2


@pytest.mark.parametrize("data", [b"", b"hello\n", b"\0" * 5000, b"SQLite format 3\0"])
def test_where_there_is_no_journal_nothing_is_saved(
    tmp_path: Path, data: bytes
) -> None:
    place = tmp_path / "journal.db"
    place.write_bytes(data)
    with pytest.raises(JournalFileError, match="nothing of a journal"):
        read_remains(place)
    with pytest.raises(JournalFileError, match="no such file"):
        read_remains(tmp_path / "none.db")


def test_a_journal_of_version_1_is_saved(
    tmp_path: Path, clock: Any, note: Note
) -> None:
    place = tmp_path / "journal.db"
    with open_journal(place, clock, create=True) as journal:
        made = fill(journal, clock, note, 20)
    old = tmp_path / "old.db"
    with closing(sqlite3.connect(old)) as connection:
        from vigens.journal.stores.sqlite_file import statements_of

        for statement in statements_of(1):
            connection.execute(statement)
        connection.execute(f"ATTACH '{place}' AS new")
        connection.execute(
            "INSERT INTO main.entry SELECT position, id, kind, recorded_us, "
            "happened_first, happened_last, known_first, known_last, body "
            "FROM new.entry"
        )
        connection.commit()
    assert read_remains(old) == Remains(made, (), frozenset())
