"""A first import on a server: quick for the owner, and it leaves all as it was."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from vigens.journal import Draft, EntryError, export_lines, fsck, open_journal

Note = Callable[..., Draft]


def schema_of(address: str) -> list[Any]:
    with psycopg.connect(address) as connection:
        return connection.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE connamespace = 'vigens'::regnamespace UNION ALL "
            "SELECT tgname, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal "
            "UNION ALL SELECT indexname, indexdef FROM pg_indexes "
            "WHERE schemaname = 'vigens' ORDER BY 1, 2"
        ).fetchall()


@pytest.mark.parametrize("is_sound", [True, False])
def test_a_first_import_leaves_indexes_and_guards_as_they_were(
    database: str, clock: Any, note: Note, tmp_path: Path, is_sound: bool
) -> None:
    """The owner copies rows without them, and puts them up in the same transaction."""
    with open_journal(tmp_path / "made.jsonl", clock, create=True) as made:
        made.append([note(f"n{n}", marks=("public",)) for n in range(50)])
        lines = "".join(export_lines(made)).encode()
    with open_journal(database, clock, create=True) as journal:
        before = schema_of(database)
        if not is_sound:
            with pytest.raises(EntryError):
                journal.adopt_lines(io.BytesIO(lines + b"{}\n"), "rows")
            assert journal.size() == 0
        assert journal.adopt_lines(io.BytesIO(lines), "rows").n_added == 50
        assert journal.adopt_lines(io.BytesIO(lines), "rows").n_present == 50
    assert schema_of(database) == before
    assert fsck(database) == ()
