"""What a changed byte, row or line may do."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vigens.base import VigensError
from vigens.journal import (
    Draft,
    EntryError,
    fsck,
    open_journal,
)

Note = Callable[..., Draft]


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
    connection.execute("DROP TRIGGER entry_is_only_redacted")
    connection.execute("UPDATE entry SET happened_first = 0, kind = 'claim'")
    connection.commit()
    connection.close()
    assert [finding.code for finding in fsck(place)] == ["J025", "J010", "J010"]


def test_moved_lines_are_noticed(tmp_path: Path, clock: Any, note: Note) -> None:
    place = tmp_path / "journal.jsonl"
    with open_journal(place, clock, create=True) as journal:
        journal.append([note("a")])
        clock.on(hours=1)
        journal.append([note("b")])
    lines = place.read_bytes().splitlines(keepends=True)
    place.write_bytes(lines[1] + lines[0])
    assert [finding.code for finding in fsck(place)] == ["J005"]
