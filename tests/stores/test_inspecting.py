"""The rows of a database, as they lie there."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from vigens.journal import Draft, open_journal, redaction_draft
from vigens.journal.stores.inspecting import inspect
from vigens.journal.stores.raw import TABLES

Note = Callable[..., Draft]


@pytest.fixture(params=["db", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Give a journal in a database: text has no rows."""
    if request.param == "postgres":
        address: str = request.getfixturevalue("database")
        return address
    return tmp_path / "journal.db"


def run(place: Path | str, *statements: str) -> None:
    if isinstance(place, str):
        with psycopg.connect(place, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())
        return
    with closing(sqlite3.connect(place)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_every_row_of_every_table_is_given(
    place: Path | str, clock: Any, note: Note
) -> None:
    with open_journal(place, clock, create=True, zone="Europe/Kyiv") as journal:
        first, second = journal.append(
            [note("a", happened="2026-01", marks=("public", "UA")), note("б")]
        )
        key = journal.key_of(first.id)
        (third,) = journal.append([redaction_draft(second, "law", by="c")])
        journal.append([Draft("confirmation", {"by": "d"}, "d", about=(third.id,))])
        journal.redact(second.id, third.id)
    with inspect(place) as found:
        rows = {table: list(found.rows(table)) for table in TABLES}
        assert (list(found.faults()), list(found.schema_faults())) == ([], [])
        assert found.zone == "Europe/Kyiv"
    one, two, three, _ = rows["entry"]
    assert one[:3] == (1, first.id.encode(), b"note")
    assert one[4:6] == (1767218400, 1769896799)
    assert one[9] == key
    assert two[9] is two[11] is None
    assert "law" in three[11].decode()
    assert [row[:3] for row in rows["leaf"]] == [(b"UA", 1, 1), (b"public", 1, 1)]
    assert [row[:2] for row in rows["head"]] == [
        (b"UA", 1),
        (b"all", 2),
        (b"all", 3),
        (b"all", 4),
        (b"public", 1),
    ]
    assert rows["redaction"] == [(2, third.id.encode())]
    assert rows["setting"] == [(b"zone", b"Europe/Kyiv")]
    assert all(
        len(row) == len(TABLES[table]) for table, found in rows.items() for row in found
    )


@pytest.mark.parametrize("name", ["entry_is_never_deleted", "head_is_never_changed"])
def test_a_trigger_taken_away_is_noticed(
    place: Path | str, clock: Any, name: str
) -> None:
    open_journal(place, clock, create=True).close()
    table = name.partition("_")[0]
    run(
        place,
        f"DROP TRIGGER {name} ON vigens.{table}"
        if isinstance(place, str)
        else f"DROP TRIGGER {name}",
    )
    with inspect(place) as found:
        (fault,) = found.schema_faults()
    assert name in fault
    assert "missing" in fault


def test_a_trigger_or_function_that_was_changed_is_noticed(
    place: Path | str, clock: Any
) -> None:
    open_journal(place, clock, create=True).close()
    if isinstance(place, str):
        run(
            place,
            "ALTER TABLE vigens.leaf DISABLE TRIGGER leaf_is_never_changed",
            "CREATE OR REPLACE FUNCTION vigens.never() RETURNS trigger "
            "LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
        )
    else:
        run(
            place,
            "DROP TRIGGER leaf_is_never_changed",
            "CREATE TRIGGER leaf_is_never_changed BEFORE UPDATE ON leaf "
            "BEGIN SELECT 1; END",
            "CREATE TABLE mine (x)",
        )
    with inspect(place) as found:
        faults = sorted(found.schema_faults())
    assert len(faults) == 2
    assert any("leaf_is_never_changed" in fault for fault in faults)
