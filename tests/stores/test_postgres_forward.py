"""A server's journal of an earlier version is brought forward by its owner."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.stores.server import Server
from vigens.journal import Draft, JournalOutsideError, fsck, open_journal
from vigens.journal.stores.postgres import making

Note = Callable[..., Draft]

FORMATS = Path(__file__).parent / "formats"

#: What a later version might add.
LATER = "ALTER TABLE vigens.setting ADD COLUMN said_by text;\n"


@pytest.fixture
def old(database: str) -> str:
    """Give a journal as the first version with a server left it."""
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute((FORMATS / "postgres-2.sql").read_bytes())
    return database


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Let this program be of a later version."""
    tables = making._tables
    monkeypatch.setattr(making, "SCHEMA_VERSION", 3)
    monkeypatch.setattr(making, "_tables", lambda n: LATER if n == 3 else tables(n))
    return monkeypatch


def version_of(address: str) -> int:
    with psycopg.connect(address) as connection:
        row = connection.execute(
            "SELECT max(version) FROM vigens.schema_version"
        ).fetchone()
    assert row is not None
    return int(row[0])


def test_the_first_version_is_read(old: str, clock: Any, note: Note) -> None:
    with open_journal(old, clock) as journal:
        first, secret, mended, fact, second = journal.entries()
        assert first.payload["text"] == "Перший"
        assert secret.is_stub
        assert mended.rectifies == first.id
        assert (fact.kind, second.kind) == ("redaction", "confirmation")
        assert journal.redacted() == {secret.id: fact.id}
        assert journal.logs() == ("all", "UA", "public")
        assert [backup.path for backup in journal.backups()] == ["/backups/a.db"]
        clock.on(minutes=1)
        journal.append([note("it goes on", marks=("public",))])
        assert journal.size("public") == 2
    assert fsck(old) == ()


def test_an_owner_brings_it_forward(
    old: str, later: pytest.MonkeyPatch, clock: Any, note: Note
) -> None:
    with open_journal(old, clock) as journal:
        before = journal.entries()
        clock.on(minutes=1)
        made = journal.append([note("more")])
        assert journal.entries() == (*before, *made)
    assert version_of(old) == 3
    later.undo()
    with pytest.raises(JournalOutsideError, match="newer Vigens"):
        open_journal(old, clock)


def test_who_is_not_its_owner_is_told(
    server: Server, old: str, later: pytest.MonkeyPatch, clock: Any
) -> None:
    with psycopg.connect(old, autocommit=True) as connection:
        connection.execute("CREATE ROLE forward_login LOGIN")
        connection.execute("GRANT USAGE ON SCHEMA vigens TO forward_login")
        connection.execute(
            "GRANT SELECT ON ALL TABLES IN SCHEMA vigens TO forward_login"
        )
    name = psycopg.conninfo.conninfo_to_dict(old)["dbname"]
    try:
        with pytest.raises(JournalOutsideError, match="older schema") as caught:
            open_journal(server.address(str(name), "forward_login"), clock)
        assert "owner" in caught.value.mend
        assert version_of(old) == 2
    finally:
        with psycopg.connect(old, autocommit=True) as connection:
            connection.execute("DROP OWNED BY forward_login; DROP ROLE forward_login")


def test_what_cannot_be_brought_forward_stays_as_it_was(
    old: str, later: pytest.MonkeyPatch, clock: Any
) -> None:
    broken = LATER + "SELECT 1/0;\n"
    tables = making._tables
    later.setattr(making, "_tables", lambda n: broken if n == 3 else tables(n))
    with pytest.raises(JournalOutsideError, match="division by zero"):
        open_journal(old, clock)
    assert version_of(old) == 2
    later.undo()
    assert fsck(old) == ()
