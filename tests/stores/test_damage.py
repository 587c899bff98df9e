"""What a crash, a full disk, a second writer or a flipped byte may do."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from vigens.base import VigensError
from vigens.journal import (
    Draft,
    EntryError,
    JournalOutsideError,
    Store,
    fsck,
    open_journal,
)

Note = Callable[..., Draft]

WRITER = """
import datetime, sys
from vigens.journal import Draft, open_journal

clock = lambda: datetime.datetime.now(datetime.timezone.utc)
name, path, n = sys.argv[1], sys.argv[2], int(sys.argv[3])
with open_journal(path, clock) as journal:
    for number in range(n):
        made = journal.append(
            [Draft("note", {"text": f"{name} {number} {i}"}, name) for i in range(3)]
        )
        print(*(entry.id for entry in made), flush=True)
"""


def start_writer(name: str, path: Path, n: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, name, str(path), str(n)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_what_was_acknowledged_outlives_kill_9(path: Path, clock: Any) -> None:
    chance = random.Random(6)
    open_journal(path, clock, create=True).close()
    acknowledged: list[str] = []
    for round_number in range(20):
        writer = start_writer(f"w{round_number}", path, 100_000)
        assert writer.stdout is not None
        for _ in range(chance.randrange(1, 12)):
            acknowledged += writer.stdout.readline().split()
        writer.send_signal(signal.SIGKILL)
        rest, errors = writer.communicate()
        assert errors == ""
        whole = rest[: rest.rfind("\n") + 1]
        acknowledged += whole.split()
    with open_journal(path, clock) as journal:
        found = [entry.id for entry in journal.entries()]
    assert len(set(found)) == len(found)
    assert set(acknowledged) <= set(found)
    assert [finding for finding in fsck(path) if finding.code != "J001"] == []


def test_two_processes_do_not_mix(path: Path, clock: Any) -> None:
    open_journal(path, clock, create=True).close()
    writers = [start_writer(name, path, 40) for name in ("one", "two")]
    printed: list[str] = []
    for writer in writers:
        out, errors = writer.communicate(timeout=60)
        assert (writer.returncode, errors) == (0, "")
        printed += out.split()
    with open_journal(path, clock) as journal:
        entries = journal.entries()
    assert sorted(entry.id for entry in entries) == sorted(printed)
    groups = [entries[start : start + 3] for start in range(0, len(entries), 3)]
    assert all(len({entry.recorded_by for entry in group}) == 1 for group in groups)
    assert fsck(path) == ()


def test_a_torn_last_line_is_told_and_replaced(
    tmp_path: Path, clock: Any, note: Note
) -> None:
    place = tmp_path / "journal.jsonl"
    with open_journal(place, clock, create=True) as journal:
        first, second = journal.append([note("a"), note("b")])
    data = place.read_bytes()
    for cut in (1, 20, 200):
        place.write_bytes(data[:-cut])
        whole = (first, second) if cut == 1 else (first,)
        with open_journal(place, clock) as journal:
            assert journal.entries() == whole
            codes = [finding.code for finding in journal.findings]
            assert codes == [finding.code for finding in fsck(place)]
            assert codes == ([] if cut == 1 else ["J001"])
            (third,) = journal.append([note("c")])
            assert journal.entries() == (*whole, third)
            assert journal.findings == ()
        with open_journal(place, clock) as journal:
            assert journal.entries() == (*whole, third)
        assert fsck(place) == ()


def test_a_torn_line_in_the_middle_is_no_torn_tail(
    tmp_path: Path, clock: Any, note: Note
) -> None:
    place = tmp_path / "journal.jsonl"
    with open_journal(place, clock, create=True) as journal:
        journal.append([note("a"), note("b")])
    lines = place.read_bytes().splitlines(keepends=True)
    place.write_bytes(lines[0][:50] + b"\n" + lines[1])
    with pytest.raises(EntryError, match="JSON") as caught:
        open_journal(place, clock)
    assert caught.value.where.startswith(f"{place}:1:")
    assert [finding.code for finding in fsck(place)] == ["J006"]


def test_a_wrong_hash_and_a_second_copy_name_their_line(
    tmp_path: Path, clock: Any, note: Note
) -> None:
    place = tmp_path / "journal.jsonl"
    with open_journal(place, clock, create=True) as journal:
        journal.append([note("a"), note("b")])
    data = place.read_bytes()
    place.write_bytes(data.replace(b'"b"', b'"c"'))
    with pytest.raises(EntryError, match="hash") as caught:
        open_journal(place, clock)
    assert caught.value.where == f"{place}:2"
    place.write_bytes(data + data.splitlines(keepends=True)[0])
    with pytest.raises(EntryError, match="second time") as caught:
        open_journal(place, clock)
    assert caught.value.where == f"{place}:3"


def test_a_flipped_byte_is_found_or_changes_nothing(
    path: Path, clock: Any, note: Note, tmp_path: Path
) -> None:
    with open_journal(path, clock, create=True) as journal:
        for number in range(8):
            journal.append([note(f"n{number} " + "text " * 20, known_from="2026-01")])
        entries = journal.entries()
    data = path.read_bytes()
    chance = random.Random(7)
    n_found = 0
    for _ in range(150):
        spot, bit = chance.randrange(len(data)), 1 << chance.randrange(8)
        place = tmp_path / f"flipped{path.suffix}"
        place.write_bytes(data[:spot] + bytes([data[spot] ^ bit]) + data[spot + 1 :])
        try:
            found = bool(fsck(place))
        except VigensError:
            found = True
        n_found += found
        if not found:
            with open_journal(place, clock) as journal:
                assert journal.entries() == entries
        for side in ("-wal", "-shm"):
            Path(f"{place}{side}").unlink(missing_ok=True)
    assert n_found > 0


def test_the_integers_beside_an_entry_are_checked(
    tmp_path: Path, clock: Any, note: Note
) -> None:
    place = tmp_path / "journal.db"
    with open_journal(place, clock, create=True, zone="Europe/Kyiv") as journal:
        journal.append([note(happened="2026-01", known_from="2026-02-01")])
    connection = sqlite3.connect(place)
    columns = connection.execute(
        "SELECT happened_first, happened_last, known_first, known_last FROM entry"
    ).fetchone()
    assert columns == (1767218400, 1769896799, 1769896800, 1769983199)
    connection.execute("DROP TRIGGER entry_is_never_changed")
    connection.execute("UPDATE entry SET happened_first = 0, kind = 'claim'")
    connection.commit()
    connection.close()
    assert [finding.code for finding in fsck(place)] == ["J010", "J010"]


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


def test_a_shortened_file_is_noticed(tmp_path: Path, clock: Any, note: Note) -> None:
    place = tmp_path / "journal.jsonl"
    with open_journal(place, clock, create=True) as journal:
        journal.append([note()])
        place.write_bytes(b"")
        with pytest.raises(JournalOutsideError, match="shorter"):
            journal.entries()


def test_moved_lines_are_noticed(tmp_path: Path, clock: Any, note: Note) -> None:
    place = tmp_path / "journal.jsonl"
    with open_journal(place, clock, create=True) as journal:
        journal.append([note("a")])
        clock.on(hours=1)
        journal.append([note("b")])
    lines = place.read_bytes().splitlines(keepends=True)
    place.write_bytes(lines[1] + lines[0])
    assert [finding.code for finding in fsck(place)] == ["J005"]


@pytest.mark.parametrize(
    "data", [b"hello", b'{"name": "x"}', b"[1, 2", b'{"id":"a","format":1}']
)
def test_what_is_no_torn_entry_is_never_cut_off(
    tmp_path: Path, clock: Any, data: bytes
) -> None:
    place = tmp_path / "journal.jsonl"
    place.write_bytes(data)
    with pytest.raises(EntryError):
        open_journal(place, clock, create=True)
    assert place.read_bytes() == data
    assert [finding.code for finding in fsck(place)] == ["J006"]


@pytest.mark.parametrize("tail", [b"{", b'{"id":"ab', b"\0" * 99, b'{"id":"ab\0\0\0'])
def test_whatever_a_power_cut_leaves_is_torn(
    tmp_path: Path, clock: Any, note: Note, tail: bytes
) -> None:
    place = tmp_path / "journal.jsonl"
    with open_journal(place, clock, create=True) as journal:
        (first,) = journal.append([note("a")])
    with place.open("ab") as file:
        file.write(tail)
    assert [finding.code for finding in fsck(place)] == ["J001"]
    with open_journal(place, clock) as journal:
        assert journal.entries() == (first,)
        (second,) = journal.append([note("b")])
        assert journal.entries() == (first, second)
    assert fsck(place) == ()


def test_a_writer_waits_for_no_torn_line_of_another(
    tmp_path: Path, clock: Any, note: Note
) -> None:
    place = tmp_path / "journal.jsonl"
    with open_journal(place, clock, create=True) as one:
        one.append([note("a")])
        with place.open("ab") as file:
            file.write(b'{"id":"' + b"0" * 5000)
        with open_journal(place, clock) as two:
            assert [found.code for found in two.findings] == ["J001"]
            one.append([note("b")])
            assert two.entries() == one.entries()
            assert two.findings == ()


def test_a_whole_line_without_its_end_is_kept(
    tmp_path: Path, clock: Any, note: Note
) -> None:
    place = tmp_path / "journal.jsonl"
    with open_journal(place, clock, create=True) as journal:
        (first,) = journal.append([note("a")])
    place.write_bytes(place.read_bytes().rstrip())
    with open_journal(place, clock) as one, open_journal(place, clock) as two:
        assert one.entries() == (first,)
        (second,) = one.append([note("b")])
        assert two.entries() == (first, second)
        (third,) = two.append([note("c")])
        assert one.entries() == (first, second, third)
    place.write_bytes(place.read_bytes() + b"x\n")
    with pytest.raises(EntryError) as caught:
        open_journal(place, clock)
    assert caught.value.where.startswith(f"{place}:4:")


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


@pytest.mark.parametrize(
    "error", [OSError(5, "Input/output error"), KeyboardInterrupt()]
)
def test_a_write_that_is_broken_off_leaves_nothing(
    tmp_path: Path,
    clock: Any,
    note: Note,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
) -> None:
    def fail(_descriptor: int) -> None:
        raise error

    place = tmp_path / "journal.jsonl"
    with open_journal(place, clock, create=True) as journal:
        kept = journal.append([note("a")])
        data = place.read_bytes()
        monkeypatch.setattr(os, "fsync", fail)
        with pytest.raises((JournalOutsideError, KeyboardInterrupt)):
            journal.append([note("b")])
        monkeypatch.undo()
        assert place.read_bytes() == data
        assert journal.entries() == kept
        journal.append([note("b")])
    assert fsck(place) == ()


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


@pytest.mark.parametrize(
    "tail", [b'{"id":"a","n":' + b"[" * 100_000, b'{"id":"a","n":' + b"9" * 5000 + b"}"]
)
def test_strange_json_at_the_end_is_not_cut_off(
    tmp_path: Path, clock: Any, tail: bytes
) -> None:
    place = tmp_path / "journal.jsonl"
    place.write_bytes(tail)
    with pytest.raises(EntryError):
        open_journal(place, clock)
    assert place.read_bytes() == tail
