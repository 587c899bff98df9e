"""A server's journal into a file and back, row by row: keys, logs and all."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import Any

from vigens.base import Tell, Tenths
from vigens.journal.errors import JournalOutsideError
from vigens.journal.stores.postgres.connecting import shown, told
from vigens.journal.stores.postgres.inspecting import inspect_postgres
from vigens.journal.stores.postgres.making import owns
from vigens.journal.stores.postgres.rows import pour
from vigens.journal.stores.postgres.wire import Wire
from vigens.journal.stores.raw import TABLES, Inspection
from vigens.journal.stores.sqlite_file import lay_schema, write_copy

#: What is copied; the zone goes apart, since it may be there already.
_COPIED = tuple(table for table in TABLES if table != "setting")


def copy_to_file(address: str, path: Path, progress: Tell | None = None) -> None:
    """Write a server's journal as an SQLite file, as it stands at one moment.

    Args:
        address: Of the server.
        path: Where no file is yet.
        progress: Told how many hundredths are copied.

    Raises:
        JournalOutsideError: The server or the disk; a row that cannot be read; a user
            who may not read the keys.
    """
    where = shown(address)

    def fill(file: sqlite3.Connection) -> None:
        lay_schema(file, found.zone)
        done = Tenths(found.size(), progress)
        for table in _COPIED:
            marks = ", ".join("?" * len(TABLES[table]))
            query = f"INSERT INTO {table} VALUES ({marks})"  # noqa: S608 # ours
            # Whoever is stopped in the midst leaves the server's answer unread.
            with told(where), closing(_as_text(found, table)) as rows:
                file.executemany(query, done.along(rows) if table == "entry" else rows)
        file.commit()
        for fault in found.faults():
            raise JournalOutsideError(
                fault, where, "`vigens salvage` saves what can be read"
            )

    with inspect_postgres(address) as found:
        write_copy(path, fill)


def copy_to_server(found: Inspection, address: str) -> int:
    """Write a file's journal into an empty one on a server, all or nothing.

    Args:
        found: The file.
        address: Where `vigens journal init` has made the journal.

    Returns:
        How many entries were written.

    Raises:
        JournalFileError: There is no journal in the database.
        JournalOutsideError: It is not empty, of another zone, or the user is not its
            owner.
    """
    where = shown(address)
    wire = Wire(address, where)
    try:
        with told(where):
            connection, _ = wire.begin()
            _refuse_unfit(wire, found.zone, where)
            for table in _COPIED:
                pour(connection, table, _as_text(found, table))
            for fault in found.faults():
                raise JournalOutsideError(
                    fault, where, "`vigens salvage` saves what can be read"
                )
            row = connection.execute("SELECT count(*) FROM vigens.entry").fetchone()
            connection.execute("COMMIT")
    finally:
        wire.close()
    return 0 if row is None else int(row[0])


def _refuse_unfit(wire: Wire, zone: str, where: str) -> None:
    connection = wire.ready()
    if not owns(connection):
        raise JournalOutsideError(
            "only the owner of a journal may restore it",
            where,
            "connect as the role that made it; nothing was written",
        )
    if connection.execute("SELECT FROM vigens.entry LIMIT 1").fetchone() is not None:
        raise JournalOutsideError(
            "there are entries in this journal already",
            where,
            "restore into an empty one, or take them over with `vigens import`",
        )
    if wire.zone != zone:
        raise JournalOutsideError(
            f"the backup counts the civil days of {zone}, this journal those of "
            f"{wire.zone}",
            where,
            f"make the journal anew with `vigens journal init --zone {zone}`",
        )


def _as_text(found: Inspection, table: str) -> Generator[tuple[Any, ...], None, None]:
    is_text = tuple(TABLES[table].values())
    for row in found.rows(table):
        yield tuple(
            value.decode() if text and value is not None else value
            for value, text in zip(row, is_text, strict=True)
        )
