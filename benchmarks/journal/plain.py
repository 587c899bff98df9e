"""The database alone: the same rows, without what makes them a journal."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from operator import itemgetter
from pathlib import Path

_TABLES = {
    "entry": """
        position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT,
        recorded_us INTEGER, happened_first INTEGER, happened_last INTEGER,
        known_first INTEGER, known_last INTEGER, marks TEXT, key BLOB, leaf BLOB,
        body TEXT
    """,
    "leaf": "log TEXT, number INTEGER, position INTEGER, hash BLOB, "
    "PRIMARY KEY (log, number)",
    "head": "log TEXT, size INTEGER, root BLOB, frontier BLOB, recorded_us INTEGER, "
    "PRIMARY KEY (log, size)",
}


def _empty(place: Path) -> sqlite3.Connection:
    """Make a database with tables for the same rows, by the same keys."""
    connection = sqlite3.connect(place, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA cache_size = -262144")
    for name, columns in _TABLES.items():
        rowid = "" if name == "entry" else " WITHOUT ROWID"
        connection.execute(f"CREATE TABLE {name} ({columns}){rowid}")
    return connection


def _rows(journal: Path, table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(journal)) as connection:
        return connection.execute(f"SELECT * FROM {table}").fetchall()


def _statement(table: str, row: tuple[object, ...]) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})"


def insert_all(journal: Path, place: Path) -> tuple[float, float]:
    """Insert the rows of a journal into another database in one transaction.

    Returns:
        Wall seconds and CPU seconds, without reading the rows.
    """
    tables = {table: _rows(journal, table) for table in _TABLES}
    with closing(_empty(place)) as connection:
        wall, cpu = time.perf_counter(), time.process_time()
        connection.execute("BEGIN IMMEDIATE")
        for table, rows in tables.items():
            if rows:
                connection.executemany(_statement(table, rows[0]), rows)
        connection.execute("COMMIT")
        return time.perf_counter() - wall, time.process_time() - cpu


def commit_again(journal: Path, place: Path) -> float:
    """Insert the rows of a journal into another database, commit by commit as there.

    Returns:
        Wall seconds, without reading the rows.
    """
    commits = list(_commits(journal))
    with closing(_empty(place)) as connection:
        wall = time.perf_counter()
        for tables in commits:
            connection.execute("BEGIN IMMEDIATE")
            for table, rows in tables.items():
                connection.executemany(_statement(table, rows[0]), rows)
            connection.execute("COMMIT")
        return time.perf_counter() - wall


def _commits(journal: Path) -> Iterator[dict[str, list[tuple[object, ...]]]]:
    """Give the rows that each commit wrote, by table."""
    heads: dict[object, list[tuple[object, ...]]] = {}
    for row in _rows(journal, "head"):
        heads.setdefault(row[-1], []).append(row)
    entries, leaves = _rows(journal, "entry"), _rows(journal, "leaf")
    leaves.sort(key=itemgetter(2))
    for moment, of_commit in heads.items():
        tables = {
            "entry": [row for row in entries if row[3] == moment],
            "head": of_commit,
        }
        first, last = (tables["entry"][at][0] for at in (0, -1))
        marked = [row for row in leaves if first <= row[2] <= last]  # type: ignore[operator] # positions
        yield {**tables, "leaf": marked} if marked else tables
