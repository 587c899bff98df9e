"""The rows of an SQLite file as they lie there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from vigens.journal.stores.raw import LATER, ORDER, TABLES
from vigens.journal.stores.sqlite_file import check_head, connect, statements_of, told


class SqliteInspection:
    """The rows of an SQLite file; see `Inspection`.

    Attributes:
        zone: As the journal has it.
        version: Of its schema.
    """

    def __init__(self, connection: sqlite3.Connection, version: int, zone: str) -> None:
        """Read through a connection."""
        self.zone = zone
        self.version = version
        self._connection = connection
        self._broken: list[str] = []

    def rows(self, table: str) -> Iterator[tuple[Any, ...]]:
        """Give a table's rows in order; see `Inspection.rows`."""
        lacking = LATER if self.version == 1 else frozenset[str]()
        columns = ", ".join(
            "NULL" if name in lacking else f"CAST({name} AS BLOB)" if is_text else name
            for name, is_text in TABLES[table].items()
        )
        order = ", ".join(list(TABLES[table])[: ORDER[table]])
        query = f"SELECT {columns} FROM {table} ORDER BY {order}"  # noqa: S608 # ours
        try:
            yield from self._connection.execute(query)
        except (sqlite3.Error, UnicodeDecodeError) as error:
            self._broken.append(f"the table {table} cannot be read on: {error}")

    def faults(self) -> Iterator[str]:
        """Say what is damaged in the file; see `Inspection.faults`."""
        yield from self._broken
        try:
            for (message,) in self._connection.execute("PRAGMA integrity_check"):
                if message != "ok":
                    yield str(message)
        except (sqlite3.Error, UnicodeDecodeError) as error:
            yield str(error)

    def schema_faults(self) -> Iterator[str]:
        """Say what is not as the schema has it; see `Inspection.schema_faults`."""
        with closing(sqlite3.connect(":memory:")) as fresh:
            for statement in statements_of(self.version):
                fresh.execute(statement)
            right = _objects(fresh)
        try:
            found = _objects(self._connection)
        except (sqlite3.Error, UnicodeDecodeError) as error:
            yield str(error)
            return
        yield from (
            f"the {name} is missing" for name in sorted(right.keys() - found.keys())
        )
        yield from (
            f"the {name} is not ours" for name in sorted(found.keys() - right.keys())
        )
        for name in sorted(right.keys() & found.keys()):
            if right[name] != found[name]:
                yield f"the {name} is not as the schema has it"


@contextmanager
def inspect_sqlite(path: Path) -> Iterator[SqliteInspection]:
    """Look at all rows as they stand at one moment; see `inspect`.

    Raises:
        VigensError: As `inspect` raises it.
    """
    where = str(path)
    with told(where):
        connection = connect(path)
    with closing(connection):
        with told(where):
            version, zone = check_head(connection, where)
            connection.execute("BEGIN")
        yield SqliteInspection(connection, version, zone)


def _objects(connection: sqlite3.Connection) -> dict[str, str]:
    rows = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
    )
    return {f"{kind} {name}": sql for kind, name, sql in rows}
