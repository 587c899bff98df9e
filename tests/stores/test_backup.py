"""Backups of a journal, and putting one back."""

from __future__ import annotations

import platform
from pathlib import Path
from typing import Any

import pytest

from tests.stores.filled import Note, errors_in, fill, redact_one, state_of
from tests.stores.server import Server
from vigens.journal import (
    JournalFileError,
    JournalOutsideError,
    Store,
    open_journal,
    restore,
)


@pytest.fixture(params=["db", "postgres"])
def database_place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    if request.param == "postgres":
        address: str = request.getfixturevalue("database")
        return address
    return tmp_path / "journal.db"


@pytest.mark.parametrize("target", ["db", "postgres"])
def test_a_backup_comes_back_with_keys_and_logs(
    database_place: Path | str,
    target: str,
    server: Server,
    tmp_path: Path,
    clock: Any,
    note: Note,
) -> None:
    copy = tmp_path / "copy.db"
    with open_journal(
        database_place, clock, create=True, zone="Europe/Kyiv"
    ) as journal:
        made = fill(journal, clock, note)
        redact_one(journal, made[5])
        before = state_of(journal)
        journal.backup(copy)
        journal.append([note("after the backup")])
        (listed,) = journal.backups()
    assert (listed.path, listed.host) == (str(copy), platform.node())
    assert listed.size == len(made) + 2
    assert copy.stat().st_mode & 0o777 == 0o600
    assert not errors_in(copy)
    assert not errors_in(database_place)
    with open_journal(copy, clock) as journal:
        assert state_of(journal) == before
    place: Path | str = tmp_path / "back.db"
    if target == "postgres":
        place = server.address(server.database())
        open_journal(place, clock, create=True, zone="Europe/Kyiv").close()
    assert restore(copy, place, clock) == len(made) + 2
    with open_journal(place, clock) as journal:
        assert state_of(journal) == before
        assert [backup.path for backup in journal.backups()] == [str(copy)]
        journal.append([note("life goes on")])
    assert not errors_in(place)
    with pytest.raises(JournalOutsideError, match="already"):
        restore(copy, place, clock)


def test_a_text_comes_back_as_text(tmp_path: Path, clock: Any, note: Note) -> None:
    place, copy = tmp_path / "journal.jsonl", tmp_path / "copy.jsonl"
    with open_journal(place, clock, create=True) as journal:
        fill(journal, clock, note, 5)
        journal.backup(copy)
        assert [backup.size for backup in journal.backups()] == [5]
    assert copy.read_bytes() == place.read_bytes()
    assert copy.stat().st_mode & 0o777 == 0o600
    assert restore(copy, tmp_path / "back.jsonl", clock) == 5
    assert (tmp_path / "back.jsonl").read_bytes() == place.read_bytes()
    with pytest.raises(JournalFileError, match="no keys"):
        restore(copy, tmp_path / "back.db", clock)


def test_a_backup_writes_over_nothing(
    journal: Store, tmp_path: Path, note: Note
) -> None:
    journal.append([note()])
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(JournalOutsideError, match="already"):
        journal.backup(tmp_path / "taken")
    assert (tmp_path / "taken").read_text() == "mine"
    assert journal.backups() == ()
    with pytest.raises(JournalOutsideError):
        journal.backup(tmp_path / "no" / "folder.db")


def test_a_backup_that_cannot_lie_there_is_not_noted(
    journal: Store, tmp_path: Path
) -> None:
    with pytest.raises(JournalOutsideError, match="no such folder"):
        journal.backup(tmp_path / "none" / "copy.db")
    assert journal.backups() == ()


def test_a_damaged_list_of_backups_is_told(
    tmp_path: Path, clock: Any, note: Note
) -> None:
    with open_journal(tmp_path / "journal.db", clock, create=True) as journal:
        journal.backup(tmp_path / "copy.db")
        side = tmp_path / "journal.db.backups"
        side.write_text(side.read_text() + "{}\n")
        with pytest.raises(JournalFileError, match="list of this journal's backups"):
            journal.backups()


def test_a_damaged_backup_is_not_restored(
    tmp_path: Path, clock: Any, note: Note
) -> None:
    place, copy = tmp_path / "journal.db", tmp_path / "copy.db"
    with open_journal(place, clock, create=True) as journal:
        fill(journal, clock, note, 20)
        journal.backup(copy)
    data = copy.read_bytes()
    copy.write_bytes(data.replace(b"7 short", b"7 shirt"))
    with pytest.raises(JournalFileError, match="damaged") as caught:
        restore(copy, tmp_path / "back.db", clock)
    assert "vigens salvage" in caught.value.mend
    assert not (tmp_path / "back.db").exists()


def test_a_restored_zone_must_fit(
    database: str, tmp_path: Path, clock: Any, note: Note
) -> None:
    with open_journal(tmp_path / "journal.db", clock, create=True) as journal:
        fill(journal, clock, note, 3)
    open_journal(database, clock, create=True, zone="Europe/Kyiv").close()
    with pytest.raises(JournalOutsideError, match="civil days of UTC"):
        restore(tmp_path / "journal.db", database, clock)


def test_a_backup_tells_how_far_it_is_and_is_of_one_moment(
    tmp_path: Path, clock: Any, note: Note, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vigens.journal.stores.sqlite_file._PAGES_A_STEP", 1)
    copy, told = tmp_path / "copy.db", []
    with open_journal(tmp_path / "journal.db", clock, create=True) as journal:
        fill(journal, clock, note)
        before = state_of(journal)

        def meanwhile(part: int) -> None:
            told.append(part)
            journal.append([note(f"at {part}")])

        journal.backup(copy, meanwhile)
        assert len(told) > 5
        assert told == sorted(set(told))
        assert told[-1] == 100
        assert state_of(journal) != before
    with open_journal(copy, clock) as journal:
        assert state_of(journal) == before


def test_a_backup_that_is_stopped_leaves_nothing(
    database_place: Path | str, tmp_path: Path, clock: Any, note: Note
) -> None:
    def stop(part: int) -> None:
        raise KeyboardInterrupt

    folder = tmp_path / "copies"
    folder.mkdir()
    with open_journal(database_place, clock, create=True) as journal:
        fill(journal, clock, note)
        with pytest.raises(KeyboardInterrupt):
            journal.backup(folder / "copy.db", stop)
        assert not list(folder.iterdir())
        journal.append([note("life goes on")])
        journal.backup(folder / "copy.db")
    assert not errors_in(folder / "copy.db")
