"""What a crash or a second writer may do."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vigens.journal import (
    Draft,
    EntryError,
    JournalOutsideError,
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


def start_writer(name: str, place: Path | str, n: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, name, str(place), str(n)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_processes_do_not_mix(place: Path | str, clock: Any) -> None:
    open_journal(place, clock, create=True).close()
    writers = [start_writer(name, place, 40) for name in ("one", "two")]
    printed: list[str] = []
    for writer in writers:
        out, errors = writer.communicate(timeout=60)
        assert (writer.returncode, errors) == (0, "")
        printed += out.split()
    with open_journal(place, clock) as journal:
        entries = journal.entries()
    assert sorted(entry.id for entry in entries) == sorted(printed)
    groups = [entries[start : start + 3] for start in range(0, len(entries), 3)]
    assert all(len({entry.recorded_by for entry in group}) == 1 for group in groups)
    assert fsck(place) == ()


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
