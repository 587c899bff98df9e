"""A database's rows as they lie there, for whoever checks, copies or saves them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

from vigens.journal.stores.address import is_address

#: The tables of schema 2 that hold the journal, in the order in which they may be
#: filled; of each column whether it is text, which is given as bytes.
TABLES = {
    "entry": {
        "position": False,
        "id": True,
        "kind": True,
        "recorded_us": False,
        "happened_first": False,
        "happened_last": False,
        "known_first": False,
        "known_last": False,
        "marks": True,
        "key": False,
        "leaf": False,
        "body": True,
    },
    "leaf": {"log": True, "number": False, "position": False, "hash": False},
    "head": {
        "log": True,
        "size": False,
        "root": False,
        "frontier": False,
        "recorded_us": False,
    },
    "signed_head": {"log": True, "size": False, "key_id": True, "body": True},
    "redaction": {"position": False, "fact": True},
}

#: Columns of `entry` that version 1 does not have.
_LATER = frozenset({"marks", "key", "leaf"})

#: What gives the order of a table's rows: its first columns.
ORDER = {"entry": 1, "leaf": 2, "head": 2, "signed_head": 3, "redaction": 1}


class Inspection(Protocol):
    """The rows of a journal, all from one moment, none of them checked."""

    @property
    def zone(self) -> str:
        """IANA name whose civil days give the bounds of dates."""
        ...

    @property
    def version(self) -> int:
        """Of the schema; version 1 has entries alone, without marks, key and leaf."""
        ...

    def faults(self) -> Iterator[str]:
        """Say what the database itself finds damaged in its files."""
        ...

    def schema_faults(self) -> Iterator[str]:
        """Say which tables, guards and indexes are not as this version makes them."""
        ...

    def rows(self, table: str) -> Iterator[tuple[Any, ...]]:
        """Give a table's rows in order, columns as in `TABLES`, text as bytes."""
        ...


@contextmanager
def inspect(place: str | Path) -> Iterator[Inspection]:
    """Look at a journal's database without changing it.

    Raises:
        JournalFileError: There is no journal, or it lacks its settings.
        JournalOutsideError: It cannot be read, or is of a newer version.
    """
    with _opened(place) as inspection:
        yield inspection


def _opened(place: str | Path) -> AbstractContextManager[Inspection]:
    if is_address(place):
        from vigens.journal.stores.postgres.inspecting import inspect_postgres

        return inspect_postgres(str(place))
    return _inspect_sqlite(Path(place))


@contextmanager
def _inspect_sqlite(path: Path) -> Iterator[SqliteInspection]:
    from vigens.journal.stores.sqlite_file import check_head, connect, told

    with told(str(path)):
        connection = connect(path)
    with closing(connection):
        with told(str(path)):
            version, zone = check_head(connection, str(path))
            connection.execute("BEGIN")
        yield SqliteInspection(connection, version, zone)


class SqliteInspection:
    """The rows of an SQLite file; see `Inspection`."""

    def __init__(self, connection: sqlite3.Connection, version: int, zone: str) -> None:
        """Read through a connection; its errors come as `sqlite3.Error`."""
        self.zone = zone
        self.version = version
        self._connection = connection

    def faults(self) -> Iterator[str]:
        """Say what SQLite finds damaged; see `Inspection.faults`."""
        for (message,) in self._connection.execute("PRAGMA integrity_check"):
            if message != "ok":
                yield str(message)

    def schema_faults(self) -> Iterator[str]:
        """Say what of the schema is not as it was made; see `Inspection`."""
        if self.version > 1:
            yield from _schema_faults(self._connection)

    def rows(self, table: str) -> Iterator[tuple[Any, ...]]:
        """Give a table's rows in order; see `Inspection.rows`."""
        lacking = _LATER if self.version == 1 else frozenset[str]()
        columns = ", ".join(
            "NULL" if name in lacking else f"CAST({name} AS BLOB)" if is_text else name
            for name, is_text in TABLES[table].items()
        )
        order = ", ".join(list(TABLES[table])[: ORDER[table]])
        yield from self._connection.execute(
            f"SELECT {columns} FROM {table} ORDER BY {order}"  # noqa: S608 # ours alone
        )


def _schema_faults(connection: sqlite3.Connection) -> Iterator[str]:
    from vigens.journal.stores.sqlite_file import SCHEMA_VERSION, statements_of

    with closing(sqlite3.connect(":memory:")) as fresh:
        for statement in statements_of(SCHEMA_VERSION):
            fresh.execute(statement)
        right = _made(fresh)
    found = _made(connection)
    for name in sorted(right.keys() | found.keys()):
        if right.get(name) != found.get(name):
            how = "is missing" if name not in found else "is not as it was made"
            yield f"the table, guard or index {name} {how}"


def _made(connection: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    rows = connection.execute(
        "SELECT CAST(name AS BLOB), type, tbl_name, CAST(sql AS BLOB) FROM sqlite_master"
    )
    return {
        name.decode(errors="replace"): (
            kind,
            table,
            " ".join((sql or b"").decode(errors="replace").replace('"', "").split()),
        )
        for name, kind, table, sql in rows
    }
