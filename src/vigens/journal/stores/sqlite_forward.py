"""Bringing an older database forward to the schema that this version writes."""

from __future__ import annotations

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

_OLD_TRIGGERS = (
    "entry_is_added_at_the_end",
    "entry_is_never_changed",
    "entry_is_never_deleted",
    "setting_is_never_changed",
    "setting_is_never_deleted",
)


def bring_forward(connection: sqlite3.Connection, zone: str, where: str) -> None:
    """Turn a database of version 1 into one of version 2, in one transaction.

    Each entry gets a key and its leaves; each log gets one head, as if all had been
    recorded in one commit. Another process that has done it meanwhile is no error.

    Args:
        connection: For writing.
        zone: Of the integer bounds.
        where: Names the file.

    Raises:
        EntryError: An entry is damaged; the database stays as it was.
        JournalOutsideError: The database can only be read.
        sqlite3.Error: Disk, room, another writer; it stays as it was.
    """
    with _unless_read_only(where):
        _bring_forward(connection, zone, where)


def _bring_forward(connection: sqlite3.Connection, zone: str, where: str) -> None:
    try:
        connection.execute("BEGIN IMMEDIATE")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version < SCHEMA_VERSION:
            _turn(connection, zone, where)
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


@contextmanager
def _unless_read_only(where: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        name = getattr(error, "sqlite_errorname", "")
        if not name.startswith("SQLITE_READONLY"):
            raise
        raise JournalOutsideError(
            "this journal is of an older form (schema 1) and can only be read here, so "
            "it cannot be brought forward",
            where,
            "open a copy of it where it may be written; this file was not touched",
        ) from error


def _turn(connection: sqlite3.Connection, zone: str, where: str) -> None:
    for name in _OLD_TRIGGERS:
        connection.execute(f"DROP TRIGGER IF EXISTS {name}")
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
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
