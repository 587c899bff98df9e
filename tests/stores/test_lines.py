"""Imports by lines: what they bring, in how many batches, and what they refuse."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vigens.base import VigensError
from vigens.journal import (
    ClockError,
    Draft,
    EntryError,
    JournalFileError,
    JournalOutsideError,
    Store,
    export_lines,
    fsck,
    open_journal,
    redaction_draft,
)
from vigens.journal.proof import root_of

Note = Callable[..., Draft]


@pytest.fixture
def lines(tmp_path: Path, clock: Any, note: Note) -> list[bytes]:
    with open_journal(tmp_path / "made.jsonl", clock, create=True) as made:
        made.append([note(f"n{n}", marks=("public",) * (n % 2)) for n in range(9)])
        made.append([note("last", about=(made.entries()[0].id,), marks=("UA",))])
        return [line.encode() for line in export_lines(made)]


def test_lines_are_taken_over_once(
    journal: Store, place: Path | str, lines: list[bytes]
) -> None:
    came = journal.adopt_lines(io.BytesIO(b"".join(lines)), "rows", recorded_by="me")
    assert (came.n_added, came.n_present, len(came.batches)) == (10, 0, 1)
    *_, batch = journal.entries()
    assert (batch.id, batch.recorded_by) == (came.batches[0], "me")
    assert (batch.payload["count"], len(batch.about)) == (10, 10)
    assert batch.marks == ()
    again = journal.adopt_lines(io.BytesIO(b"".join(lines)), "rows")
    assert (again.n_added, again.n_present, again.batches) == (0, 10, [])
    assert fsck(place) == ()


def test_what_is_before_a_torn_line_is_taken(
    journal: Store, lines: list[bytes]
) -> None:
    came = journal.adopt_lines(io.BytesIO(b"".join(lines)[:-30]), "rows")
    assert came.n_added == 9
    assert journal.adopt_lines(io.BytesIO(b""), "nothing").batches == []


def test_blank_lines_other_forms_and_a_byte_order_mark_are_read(
    journal: Store, place: Path | str, lines: list[bytes]
) -> None:
    spaced = [line.replace(b'":', b'" : ') for line in lines]
    odd = b"\xef\xbb\xbf" + b"\n\n".join(spaced[:4]) + b"\n" + b"".join(lines[4:])
    came = journal.adopt_lines(io.BytesIO(odd), "rows")
    assert came.n_added == 10
    assert [line.encode() for line in export_lines(journal)][:10] == lines
    assert fsck(place) == ()


def test_a_fault_names_its_line_and_nothing_is_written(
    journal: Store, lines: list[bytes], clock: Any, note: Note
) -> None:
    (kept,) = journal.append([note("kept")])
    cases: list[tuple[bytes, type[VigensError], str]] = [
        (b"".join(lines).replace(b'"n5"', b'"m5"'), EntryError, "x:6"),
        (b"".join(lines[:7]) + b"\xff\n", JournalFileError, "x:8"),
        (b"".join(lines[:7]) + b"{}x\n", EntryError, "x:8"),
        (b"".join(lines[:2]) + b"\0\n", JournalFileError, "x:3"),
        (b"".join(lines[1:]), EntryError, "imported entry"),
    ]
    for data, error, where in cases:
        with pytest.raises(error) as caught:
            journal.adopt_lines(io.BytesIO(data), "rows", where="x")
        assert caught.value.where.startswith(where)
        assert journal.entries() == (kept,)
    clock.on(hours=-1)
    with pytest.raises(ClockError):
        journal.adopt_lines(io.BytesIO(b"".join(lines)), "rows")
    assert journal.entries() == (kept,)


@pytest.mark.parametrize("n_processes", [0, 2])
def test_pieces_batches_and_processes_change_nothing(
    tmp_path: Path,
    lines: list[bytes],
    clock: Any,
    monkeypatch: pytest.MonkeyPatch,
    n_processes: int,
    note: Note,
) -> None:
    from vigens.journal.bulk import pieces

    real = pieces.examined
    monkeypatch.setattr(
        "vigens.journal.bulk.importing.examined",
        lambda cut, zone: real(cut, zone, n_processes),
    )
    monkeypatch.setattr("vigens.journal.bulk.pieces.PIECE_BYTES", 700)
    monkeypatch.setattr("vigens.journal.bulk.importing.BATCH", 4)
    place = tmp_path / "journal.db"
    with open_journal(place, clock, create=True) as journal:
        data = io.BytesIO(b"".join((*lines, *lines[:3])))
        came = journal.adopt_lines(data, "rows")
        batches = [journal.get(name) for name in came.batches]
        assert [batch.title for batch in batches] == [
            "rows, part 1",
            "rows, part 2",
            "rows, part 3",
        ]
        listed = [name for batch in batches for name in batch.about]
        assert len(listed) == len(set(listed)) == came.n_added == 10
        for log in journal.logs():
            assert journal.head(log).root == root_of(journal.leaves(log))
            assert len(journal.heads(log)) == 1
        journal.append([note("after")])
    assert fsck(place) == ()


def test_what_was_redacted_is_passed_over_and_told_to_be_missing(
    tmp_path: Path, clock: Any, note: Note, path: Path
) -> None:
    with open_journal(tmp_path / "made.db", clock, create=True) as made:
        (secret,) = made.append([note("secret")])
        made.append([note("about it", about=(secret.id,))])
        (fact,) = made.append([redaction_draft(secret, "law", by="c")])
        made.append([Draft("confirmation", {"by": "d"}, "d", about=(fact.id,))])
        made.redact(secret.id, fact.id)
        lines = io.BytesIO("".join(export_lines(made)).encode())
    with open_journal(path, clock, create=True) as journal:
        came = journal.adopt_lines(lines, "rows")
        assert came.n_added == 3
        assert journal.get(came.batches[0]).payload["missing"] == (secret.id,)


def die(_data: bytes, _zone: str) -> None:
    os._exit(9)


def test_a_process_that_dies_is_told(
    tmp_path: Path, lines: list[bytes], clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vigens.journal.bulk import pieces

    real = pieces.examined
    monkeypatch.setattr(
        "vigens.journal.bulk.importing.examined",
        lambda cut, zone: real(cut, zone, 1),
    )
    monkeypatch.setattr("vigens.journal.bulk.pieces.examine", die)
    with open_journal(tmp_path / "journal.db", clock, create=True) as journal:
        with pytest.raises(JournalOutsideError, match="process"):
            journal.adopt_lines(io.BytesIO(b"".join(lines)), "rows")
        assert journal.entries() == ()


def test_the_guards_stand_again_after_an_import(
    tmp_path: Path, lines: list[bytes], clock: Any
) -> None:
    import sqlite3

    def triggers() -> list[tuple[str, str]]:
        connection = sqlite3.connect(place)
        found = connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name"
        ).fetchall()
        connection.close()
        return found

    place = tmp_path / "journal.db"
    with open_journal(place, clock, create=True) as journal:
        before = triggers()
        journal.adopt_lines(io.BytesIO(b"".join(lines)), "rows")
        assert triggers() == before
        with pytest.raises(EntryError):
            journal.adopt_lines(io.BytesIO(b"{}\n"), "rows")
        assert triggers() == before
