"""Bringing an older database forward to the schema that this version writes."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from typing import TYPE_CHECKING

from vigens.journal.errors import JournalOutsideError
from vigens.journal.lines import parse_entry
from vigens.journal.stores.laying import Edges, lay
from vigens.journal.stores.reading import misplaced
from vigens.journal.stores.sqlite_file import SCHEMA_VERSION, statements_of
from vigens.journal.stores.sqlite_rows import SqliteRows

if TYPE_CHECKING:
    from vigens.journal.entry import Entry

#: How many entries are turned at a time.
_PAGE = 2000

#: What version 3 lays otherwise than version 2; the other tables stay as they are.
_CHANGED = ("redaction", "leaf", "entry")
_CREATED = re.compile(r"CREATE TABLE (\w+)")


def bring_forward(connection: sqlite3.Connection, zone: str, where: str) -> None:
    """Turn a database of an older version into one of this, in one transaction.

    From version 1 each entry gets a key and its leaves; each log gets one head, as if
    all had been recorded in one commit. From version 2 the rows are copied as they are.
    Another process that has done it meanwhile is no error.

    Args:
        connection: For writing.
        zone: Of the integer bounds.
        where: Names the file.

    Raises:
        EntryError: An entry is damaged; the database stays as it was.
        JournalOutsideError: The database can only be read, and is of version 1.
        sqlite3.Error: Disk, room, another writer; it stays as it was.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    with _unless_read_only(version, where):
        _bring_forward(connection, zone, where)


def _bring_forward(connection: sqlite3.Connection, zone: str, where: str) -> None:
    try:
        connection.execute("BEGIN IMMEDIATE")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version < SCHEMA_VERSION:
            _drop_triggers(connection)
            if version == 1:
                _turn(connection, zone, where)
            else:
                _copy(connection)
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


@contextmanager
def _unless_read_only(version: int, where: str) -> Iterator[None]:
    """Leave one that can only be read as it is, if it can be read in that form."""
    try:
        yield
    except sqlite3.OperationalError as error:
        name = getattr(error, "sqlite_errorname", "")
        if not name.startswith("SQLITE_READONLY"):
            raise
        if version > 1:  # its rows are the same; to find one by its id takes longer
            return
        raise JournalOutsideError(
            "this journal is of an older form (schema 1) and can only be read here, so "
            "it cannot be brought forward",
            where,
            "open a copy of it where it may be written; this file was not touched",
        ) from error


def _drop_triggers(connection: sqlite3.Connection) -> None:
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    for (name,) in connection.execute(query).fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')


def _copy(connection: sqlite3.Connection) -> None:
    """Copy the rows of the tables that are laid otherwise now."""
    for table in _CHANGED:
        connection.execute(f"ALTER TABLE {table} RENAME TO old_{table}")
    later: list[str] = []
    for statement in statements_of(SCHEMA_VERSION):
        created = _CREATED.search(statement)
        if created is None:
            later.append(statement)
        elif created[1] in _CHANGED:
            connection.execute(statement)
    for table in reversed(_CHANGED):
        connection.execute(f"INSERT INTO {table} SELECT * FROM old_{table}")  # noqa: S608 # ours
    for table in _CHANGED:
        connection.execute(f"DROP TABLE old_{table}")
    for statement in later:
        connection.execute(statement)


def _turn(connection: sqlite3.Connection, zone: str, where: str) -> None:
    for table in ("entry", "setting"):
        connection.execute(f"ALTER TABLE {table} RENAME TO old_{table}")
    for statement in statements_of(SCHEMA_VERSION):
        connection.execute(statement)
    connection.execute("INSERT INTO setting SELECT name, value FROM old_setting")
    turned = SqliteRows(connection, where)
    edges = Edges(lambda _log: None)
    rows = connection.execute(
        "SELECT position, id, CAST(body AS BLOB), recorded_us FROM old_entry "
        "ORDER BY position"
    )
    n_turned, recorded_us = 0, 0
    while page := list(islice(rows, _PAGE)):
        entries: list[Entry] = []
        recorded_us = page[-1][-1]
        for position, identifier, body, _ in page:
            n_turned += 1
            place = f"{where}, entry {position}"
            entry = parse_entry(body or b"", place)
            if entry.id != identifier or position != n_turned:
                raise misplaced(entry, place)
            entries.append(entry)
        start = n_turned - len(entries) + 1
        turned.write_rows(lay(entries, start, edges, zone))
    turned.write_heads(edges.heads(recorded_us))
    for table in ("entry", "setting"):
        connection.execute(f"DROP TABLE old_{table}")
