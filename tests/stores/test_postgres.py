"""What is PostgreSQL's alone: roles, addresses, schemas, lost connections."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.stores.server import Server
from vigens.base import InputError
from vigens.journal import (
    Draft,
    JournalFileError,
    JournalOutsideError,
    export_lines,
    fsck,
    open_journal,
    redaction_draft,
)
from vigens.journal.stores.postgres import making
from vigens.journal.stores.postgres.connecting import connect, shown
from vigens.journal.stores.postgres.making import Roles

Note = Callable[..., Draft]

#: What a writer might try.
CHANGES = (
    "UPDATE vigens.entry SET kind = 'x'",
    "UPDATE vigens.entry SET body = NULL, key = NULL",
    "DELETE FROM vigens.entry",
    "TRUNCATE vigens.entry CASCADE",
    "DELETE FROM vigens.leaf",
    "UPDATE vigens.head SET root = leaf FROM vigens.entry",
    "DELETE FROM vigens.head",
    "UPDATE vigens.setting SET value = 'UTC'",
    "INSERT INTO vigens.setting VALUES ('zone2', 'UTC')",
    "DELETE FROM vigens.schema_version",
    "INSERT INTO vigens.redaction SELECT position, id FROM vigens.entry",
    "ALTER TABLE vigens.entry DISABLE TRIGGER ALL",
    "ALTER TABLE vigens.entry DROP CONSTRAINT entry_id_key",
    "DROP TRIGGER entry_is_never_changed ON vigens.entry",
    "SET session_replication_role = replica",
    "DROP TABLE vigens.entry",
    "DROP SCHEMA vigens CASCADE",
    "CREATE TABLE vigens.mine (x int)",
    "DROP FUNCTION vigens.never() CASCADE",
)


@pytest.fixture
def roles(database: str) -> Iterator[Roles]:
    """Give a journal's roles: they are the server's, so each test has its own."""
    name = psycopg.conninfo.conninfo_to_dict(database)["dbname"]
    named = Roles(f"{name}_writer", f"{name}_reader")
    with connect(database, "here") as connection:
        assert making.make(connection, "here", "Europe/Kyiv", named)
    yield named
    with connect(database, "here") as connection:
        for role in (named.writer, named.reader):
            connection.execute(f"DROP OWNED BY {role}; DROP ROLE {role}".encode())


@pytest.fixture
def login(server: Server, database: str, roles: Roles) -> Iterator[Callable[..., str]]:
    """Give what makes a login with a role, and gives its address."""
    made: list[str] = []
    name = psycopg.conninfo.conninfo_to_dict(database)["dbname"]

    def make(role: str) -> str:
        user = f"{role}_login"
        with connect(database, "here") as connection:
            connection.execute(f"CREATE ROLE {user} LOGIN IN ROLE {role}".encode())
        made.append(user)
        return server.address(str(name), user)

    yield make
    with connect(database, "here") as connection:
        for user in made:
            connection.execute(f"DROP ROLE {user}".encode())


@contextmanager
def as_user(address: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(address, autocommit=True) as connection:
        yield connection


def test_a_writer_writes_and_changes_nothing(
    login: Callable[..., str], roles: Roles, clock: Any, note: Note
) -> None:
    address = login(roles.writer)
    with open_journal(address, clock) as journal:
        made = journal.append([note("a", marks=("public",)), note("b")])
        assert journal.entries() == made
    with as_user(address) as connection:
        for change in CHANGES:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(change.encode())
    assert fsck(address) == ()


def test_even_the_owner_changes_no_row(
    database: str, roles: Roles, clock: Any, note: Note
) -> None:
    with open_journal(database, clock) as journal:
        journal.append([note("a", marks=("public",)), note("b")])
    with as_user(database) as connection:
        for change in CHANGES[:8]:
            with pytest.raises(psycopg.Error) as caught:
                connection.execute(change.encode())
            assert caught.value.sqlstate == "VG001"


def test_a_writer_that_owns_nothing_imports_as_well(
    login: Callable[..., str], roles: Roles, clock: Any, note: Note, tmp_path: Path
) -> None:
    with open_journal(tmp_path / "made.jsonl", clock, create=True) as made:
        made.append([note(f"n{n}", marks=("public",)) for n in range(50)])
        lines = "".join(export_lines(made)).encode()
    address = login(roles.writer)
    with open_journal(address, clock) as journal:
        assert journal.adopt_lines(io.BytesIO(lines), "rows").n_added == 50
    assert fsck(address) == ()


def test_a_reader_reads_all_but_the_keys(
    login: Callable[..., str], roles: Roles, database: str, clock: Any, note: Note
) -> None:
    with open_journal(database, clock) as journal:
        made = journal.append([note("a", marks=("public",)), note("b")])
    address = login(roles.reader)
    with open_journal(address, clock) as journal:
        assert journal.entries() == made
        assert journal.size("public") == 1
        assert journal.get(made[0].id[:8]) == made[0]
        with pytest.raises(JournalOutsideError, match="may not"):
            journal.append([note("c")])
        with pytest.raises(JournalOutsideError, match="may not"):
            journal.key_of(made[0].id)


def test_a_stranger_sees_nothing(
    login: Callable[..., str], roles: Roles, database: str, clock: Any
) -> None:
    address = login(roles.reader)
    with as_user(database) as connection:
        user = psycopg.conninfo.conninfo_to_dict(address)["user"]
        connection.execute(f"REVOKE {roles.reader} FROM {user}".encode())
    with pytest.raises(JournalOutsideError, match="may not"):
        open_journal(address, clock)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("(3, repeat('a', 64), 'note', 0, 0, 0, 0, 0, '[]')", "at the end"),
        ("(1, repeat('a', 64), 'note', 0, 0, 0, 0, 0, '[]')", "duplicate"),
        ("(0, repeat('a', 64), 'note', 0, 0, 0, 0, 0, '[]')", "check"),
        (
            "(2, repeat('a', 64), '', 0, 0, 0, 0, 0, ''), "  # noqa: ISC004 # one text
            "(4, repeat('b', 64), '', 0, 0, 0, 0, 0, '')",
            "at the end",
        ),
    ],
)
def test_rows_by_hand_go_to_the_end_alone(
    database: str, roles: Roles, clock: Any, note: Note, rows: str, words: str
) -> None:
    with open_journal(database, clock) as journal:
        journal.append([note("a")])
    with as_user(database) as connection, pytest.raises(psycopg.Error, match=words):
        connection.execute(
            "INSERT INTO vigens.entry SELECT v.*, sha256('k'), sha256('l'), 'body' "
            f"FROM (VALUES {rows}) AS v".encode()
        )


@pytest.mark.parametrize(
    "rows",
    [
        "('UA', 2, 1)",
        "('UA', 1, 9)",
        "('UA', 1, 2), ('UA', 2, 1)",
        "('UA', 1, 1), ('UA', 3, 2)",
        "('public', 1, 2)",
        "('public', 2, 1)",
    ],
)
def test_a_log_goes_on_where_it_ended(
    database: str, roles: Roles, clock: Any, note: Note, rows: str
) -> None:
    with open_journal(database, clock) as journal:
        journal.append([note("a", marks=("public",)), note("b")])
    with as_user(database) as connection, pytest.raises(psycopg.Error):
        connection.execute(
            "INSERT INTO vigens.leaf SELECT v.*, sha256('l') "
            f"FROM (VALUES {rows}) AS v".encode()
        )


def test_redaction_rests_on_a_fact_that_a_second_person_confirmed(
    login: Callable[..., str], roles: Roles, clock: Any, note: Note
) -> None:
    address = login(roles.writer)
    with open_journal(address, clock) as journal:
        said, other = journal.append([note("a secret", happened="2026-01"), note("b")])
        fact, strange = journal.append(
            [redaction_draft(said, "law", by="c"), note("c", about=(said.id,))]
        )
        own = Draft("confirmation", {"by": "c"}, "c", about=(fact.id,))
        journal.append([own])
    refused = [(2, fact.id), (1, strange.id), (1, "0" * 64), (9, fact.id), (1, fact.id)]
    with as_user(address) as connection:
        for target, by in refused:
            with pytest.raises(psycopg.Error) as caught:
                connection.execute("SELECT vigens.redact(%s, %s)", (target, by))
            assert caught.value.sqlstate == "VG002"
    with open_journal(address, clock) as journal:
        journal.append([Draft("confirmation", {"by": "d"}, "d", about=(fact.id,))])
    with as_user(address) as connection:
        connection.execute("SELECT vigens.redact(1, %s)", (fact.id,))
        connection.execute("SELECT vigens.redact(1, %s)", (fact.id,))
        row = connection.execute(
            "SELECT key, body, happened_first, length(leaf), id FROM vigens.entry "
            "WHERE position = 1"
        ).fetchone()
    assert row == (None, None, None, 32, said.id)
    with open_journal(address, clock) as journal:
        assert journal.redacted() == {said.id: fact.id}
        assert journal.get(other.id) == other
        with pytest.raises(JournalOutsideError, match="owner completes it"):
            journal.redact(said.id, fact.id)


def test_an_address_shows_no_secret_and_may_hold_none() -> None:
    assert shown("postgresql://me@db:5433/case") == "postgresql://me@db:5433/case"
    assert shown("postgres:///case") == "postgresql:///case"
    assert shown("postgresql://me@/case?host=/run") == "postgresql://me@/case?host=/run"
    for address in (
        "postgresql://me:hunter2@db/case",
        "postgresql://me@db/case?password=hunter2",
    ):
        with pytest.raises(InputError, match="password") as caught:
            shown(address)
        assert "hunter2" not in str(caught.value)
    for address in ("postgresql://me@db/case?nonsense=1", "postgresql://[x/y"):
        with pytest.raises(InputError, match="cannot be read"):
            shown(address)


def test_a_password_comes_from_the_environment(
    server: Server,
    database: str,
    roles: Roles,
    clock: Any,
    note: Note,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = psycopg.conninfo.conninfo_to_dict(database)["dbname"]
    with as_user(database) as connection:
        connection.execute("CREATE ROLE asked LOGIN PASSWORD 'hunter2'")
        connection.execute(f"GRANT {roles.writer} TO asked".encode())
    address = server.address(str(name), "asked")
    try:
        for password in (None, "wrong"):
            if password is not None:
                monkeypatch.setenv("PGPASSWORD", password)
            with pytest.raises(JournalOutsideError, match="does not let us in"):
                open_journal(address, clock)
        monkeypatch.setenv("PGPASSWORD", "hunter2")
        with open_journal(address, clock) as journal:
            journal.append([note("a")])
            assert "hunter2" not in journal.where
    finally:
        with as_user(database) as connection:
            connection.execute("DROP ROLE asked")


def test_what_is_no_journal_is_told(
    server: Server, database: str, clock: Any, tmp_path: Any
) -> None:
    with pytest.raises(JournalFileError, match="no journal in this database") as caught:
        open_journal(database, clock)
    assert "vigens journal init" in caught.value.mend
    with pytest.raises(JournalOutsideError, match="no such database"):
        open_journal(server.address("none"), clock)
    with pytest.raises(JournalOutsideError, match="does not let us in"):
        open_journal(server.address("postgres", "nobody_here"), clock)
    with pytest.raises(JournalOutsideError, match="cannot be reached"):
        open_journal(f"postgresql://x@/y?host={tmp_path}", clock)


def test_a_newer_schema_is_not_touched(database: str, roles: Roles, clock: Any) -> None:
    with as_user(database) as connection:
        connection.execute("INSERT INTO vigens.schema_version VALUES (99)")
    with pytest.raises(JournalOutsideError, match="newer Vigens"):
        open_journal(database, clock)


def test_a_lost_connection_is_told_and_made_anew(
    server: Server, database: str, clock: Any, note: Note
) -> None:
    with open_journal(database, clock, create=True) as journal:
        first = journal.append([note("a")])
        server.stop()
        for ask in (journal.entries, journal.size, lambda: journal.append([note("b")])):
            with pytest.raises(JournalOutsideError, match=r"lost|cannot be reached"):
                ask()
        server.start()
        assert journal.entries() == first
        second = journal.append([note("c")])
        server.crash()
        server.start()
        third = journal.append([note("d")])
        assert journal.entries() == (*first, *second, *third)
    assert fsck(database) == ()


@pytest.mark.parametrize("is_done", [True, False])
def test_an_answer_that_never_came_is_looked_for(
    database: str,
    clock: Any,
    note: Note,
    monkeypatch: pytest.MonkeyPatch,
    is_done: bool,
) -> None:
    """The connection breaks around the commit: was it done or not?"""
    execute = psycopg.Connection.execute

    def broken(connection: Any, query: Any, *more: Any, **named: Any) -> Any:
        if query != b"COMMIT":
            return execute(connection, query, *more, **named)
        if is_done:
            with connection.pipeline():  # whose end waits for the answers
                execute(connection, query)
        connection.close()
        raise psycopg.OperationalError("the network is down")

    with open_journal(database, clock, create=True) as journal:
        journal.append([note("a")])
        monkeypatch.setattr(psycopg.Connection, "execute", broken)
        if is_done:
            assert len(journal.append([note("b")])) == 1
        else:
            with pytest.raises(JournalOutsideError, match="nothing was written"):
                journal.append([note("b")])
        monkeypatch.undo()
        assert journal.size() == 1 + is_done
        journal.append([note("c")])
    assert fsck(database) == ()


def test_what_became_of_a_commit_may_stay_unknown(
    server: Server,
    database: str,
    clock: Any,
    note: Note,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    execute = psycopg.Connection.execute

    def broken(connection: Any, query: Any, *more: Any, **named: Any) -> Any:
        if query == b"COMMIT":
            server.kill()
        return execute(connection, query, *more, **named)

    with open_journal(database, clock, create=True) as journal:
        monkeypatch.setattr(psycopg.Connection, "execute", broken)
        with pytest.raises(JournalOutsideError, match="not known") as caught:
            journal.append([note("b")])
        assert "vigens log" in caught.value.mend
        monkeypatch.undo()
        server.start()
        assert journal.size() in (0, 1)
    assert fsck(database) == ()
