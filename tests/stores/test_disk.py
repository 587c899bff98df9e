"""What a full, shut or swapped disk may do."""

from __future__ import annotations

import os
import random
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.stores.server import Server
from vigens.journal import (
    Draft,
    Entry,
    JournalOutsideError,
    Store,
    fsck,
    open_journal,
)

Note = Callable[..., Draft]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    made = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)],
        check=False,
        capture_output=True,
    )
    if made.returncode != 0:
        pytest.skip("no small disk can be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.parametrize("ending", ["jsonl", "db"])
def test_a_full_disk_loses_nothing(
    small_disk: Path, clock: Any, note: Note, ending: str
) -> None:
    place = small_disk / f"journal.{ending}"
    with open_journal(place, clock, create=True) as journal:
        fill_until_refused(journal, clock, note)
        kept = journal.entries()
        with pytest.raises(JournalOutsideError):
            journal.append([note("x" * 300_000)])
        assert journal.entries() == kept
    with open_journal(place, clock) as journal:
        assert journal.entries() == kept
    assert fsck(place) == ()


def fill_until_refused(journal: Store, clock: Any, note: Note) -> None:
    def fill() -> None:
        for number in range(1000):
            clock.on(seconds=1)
            journal.append([note(f"{number} " + "text " * 200)])

    with pytest.raises(JournalOutsideError, match=r"room|refused") as caught:
        fill()
    assert "nothing was written" in caught.value.mend


def test_a_file_size_limit_loses_nothing(path: Path, clock: Any, note: Note) -> None:
    with open_journal(path, clock, create=True) as journal:
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (90_000, before[1]))
        try:
            fill_until_refused(journal, clock, note)
            kept = journal.entries()
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert journal.entries() == kept
        clock.on(seconds=1)
        (last,) = journal.append([note("room again")])
    with open_journal(path, clock) as journal:
        assert journal.entries() == (*kept, last)
    assert fsck(path) == ()


@pytest.mark.parametrize("ending", ["jsonl", "db"])
def test_a_read_only_disk_reads_and_refuses_to_write(
    small_disk: Path, clock: Any, note: Note, ending: str
) -> None:
    place = small_disk / f"journal.{ending}"
    with open_journal(place, clock, create=True) as journal:
        kept = journal.append([note()])
    remounted = subprocess.run(
        ["mount", "-o", "remount,ro", str(small_disk)], check=False, capture_output=True
    )
    if remounted.returncode != 0:
        pytest.skip("the small disk cannot be made read-only here")
    with open_journal(place, clock) as journal:
        assert journal.entries() == kept
        with pytest.raises(JournalOutsideError, match="read"):
            journal.append([note("more")])
        assert journal.entries() == kept
    assert fsck(place) == ()


@pytest.fixture
def nobody() -> Iterator[Callable[[], None]]:
    """Become a user without rights, until the test ends."""
    if os.geteuid() != 0:
        pytest.skip("only root can become somebody else")
    yield lambda: os.seteuid(65534)
    os.seteuid(0)


def open_up(folder: Path) -> None:
    """Let everybody walk to a test's folder."""
    top = Path(tempfile.gettempdir())
    for place in (folder, *folder.parents):
        if place == top or not place.is_relative_to(top):
            break
        place.chmod(0o755)


def test_who_may_not_read_is_told(
    path: Path, tmp_path: Path, clock: Any, note: Note, nobody: Callable[[], None]
) -> None:
    with open_journal(path, clock, create=True) as journal:
        journal.append([note()])
    open_up(tmp_path)
    path.chmod(0o600)
    nobody()
    with pytest.raises(JournalOutsideError, match="Permission denied"):
        open_journal(path, clock)
    with pytest.raises(JournalOutsideError):
        fsck(path)
    with pytest.raises(JournalOutsideError):
        open_journal(path.with_stem("new"), clock, create=True)


def test_who_may_not_write_can_read(
    path: Path, tmp_path: Path, clock: Any, note: Note, nobody: Callable[[], None]
) -> None:
    with open_journal(path, clock, create=True) as journal:
        kept = journal.append([note()])
    open_up(tmp_path)
    path.chmod(0o444)
    nobody()
    with open_journal(path, clock) as journal:
        assert journal.entries() == kept
        with pytest.raises(JournalOutsideError, match="who may write"):
            journal.append([note("more")])
        assert journal.entries() == kept
    assert fsck(path) == ()


def test_a_journal_taken_away_is_told(path: Path, clock: Any, note: Note) -> None:
    with open_journal(path, clock, create=True) as journal:
        journal.append([note("a")])
        path.rename(path.with_stem("away"))
        with pytest.raises(JournalOutsideError):
            journal.append([note("b")])
        with pytest.raises(JournalOutsideError):
            journal.entries()
        assert not path.exists()


def test_another_database_in_its_place_is_not_written(
    tmp_path: Path, clock: Any, note: Note
) -> None:
    place, other = tmp_path / "journal.db", tmp_path / "other.db"
    open_journal(other, clock, create=True).close()
    with open_journal(place, clock, create=True) as journal:
        other.replace(place)
        with pytest.raises(JournalOutsideError, match="laid in its place"):
            journal.append([note("a")])


def test_making_a_database_leaves_nothing_beside_it(
    tmp_path: Path, clock: Any, note: Note
) -> None:
    with open_journal(tmp_path / "journal.db", clock, create=True) as journal:
        journal.append([note("a")])
    assert [place.name for place in tmp_path.iterdir()] == ["journal.db"]


def test_a_file_laid_in_its_place_is_read_anew(
    tmp_path: Path, clock: Any, note: Note
) -> None:
    place, other = tmp_path / "journal.jsonl", tmp_path / "other.jsonl"
    with open_journal(other, clock, create=True) as journal:
        theirs = journal.append([note("theirs")])
    with open_journal(place, clock, create=True) as journal:
        journal.append([note("ours"), note("and more")])
        other.replace(place)
        assert journal.entries() == theirs


def test_a_shortened_file_is_noticed(tmp_path: Path, clock: Any, note: Note) -> None:
    place = tmp_path / "journal.jsonl"
    with open_journal(place, clock, create=True) as journal:
        journal.append([note()])
        place.write_bytes(b"")
        with pytest.raises(JournalOutsideError, match="shorter"):
            journal.entries()


@pytest.fixture
def small_database(server: Server, small_disk: Path, tmp_path: Path) -> Iterator[str]:
    """Give a database of which the tables lie on a disk of some megabytes."""
    open_up(tmp_path)
    subprocess.run(
        ["mount", "-o", "remount,size=24m", str(small_disk)],
        check=True,
        capture_output=True,
    )
    if server.user is not None:
        shutil.chown(small_disk, server.user.pw_uid, server.user.pw_gid)
    with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE TABLESPACE small LOCATION '{small_disk}'".encode())
        connection.execute("CREATE DATABASE small TABLESPACE small")
    yield server.address("small")
    server.drop("small")
    with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
        connection.execute("DROP TABLESPACE small")


def test_a_server_with_a_full_disk_loses_nothing(
    small_database: str, clock: Any, note: Note
) -> None:
    with open_journal(small_database, clock, create=True) as journal:
        kept: list[Entry] = []

        def fill() -> None:
            for number in range(1000):
                clock.on(seconds=1)
                text = random.Random(number).randbytes(100_000).hex()
                kept.extend(journal.append([note(text)]))

        with pytest.raises(JournalOutsideError, match="no room") as caught:
            fill()
        assert "nothing was written" in caught.value.mend
        assert list(journal.entries()) == kept
        assert kept
    with open_journal(small_database, clock) as journal:
        assert list(journal.entries()) == kept
    assert fsck(small_database) == ()


def test_a_server_that_only_reads_refuses_to_write(
    database: str, clock: Any, note: Note
) -> None:
    with open_journal(database, clock, create=True) as journal:
        kept = journal.append([note()])
    name = psycopg.conninfo.conninfo_to_dict(database)["dbname"]
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(
            f"ALTER DATABASE {name} SET default_transaction_read_only = on".encode()
        )
    with open_journal(database, clock) as journal:
        assert journal.entries() == kept
        with pytest.raises(JournalOutsideError, match="only be read") as caught:
            journal.append([note("more")])
        assert "takes writes" in caught.value.mend
        assert journal.entries() == kept
    assert fsck(database) == ()
