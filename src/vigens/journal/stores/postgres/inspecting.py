"""A server's rows as they lie there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from vigens.journal.stores.postgres.connecting import connect, driver, shown, told
from vigens.journal.stores.postgres.making import check_head, statements
from vigens.journal.stores.postgres.rows import TYPES
from vigens.journal.stores.raw import ORDER, TABLES

if TYPE_CHECKING:
    import psycopg

#: How many rows of a damaged server are asked for at a time.
_PAGE = 5000

_FUNCTION = re.compile(r"CREATE FUNCTION vigens\.(\w+)\(.*?AS \$\$(.*?)\$\$", re.DOTALL)
_TRIGGER = re.compile(r"CREATE TRIGGER (\w+)\s.*?ON vigens\.(\w+)", re.DOTALL)

_READABLE = """
SELECT position, id, convert_to(body, 'UTF8'), fact IS NOT NULL FROM vigens.entry
LEFT JOIN vigens.redaction USING (position)
WHERE position BETWEEN %s AND %s ORDER BY position
"""


class PostgresInspection:
    """The rows of a journal on a server; see `Inspection`.

    Attributes:
        zone: As the journal has it.
        version: Of its schema.
    """

    version = 2

    def __init__(
        self, connection: psycopg.Connection[Any], zone: str, where: str
    ) -> None:
        """Read through a connection inside one transaction."""
        self.zone = zone
        self._connection = connection
        self._damaged = driver(where).InternalError
        self._broken: list[str] = []

    def size(self) -> int:
        """Say how many entries there are, as the head of the log has it."""
        query = "SELECT max(size) FROM vigens.head WHERE log = 'all'"
        row = self._connection.execute(query).fetchone()
        return (row[0] if row else None) or 0

    def rows(self, table: str) -> Iterator[tuple[Any, ...]]:
        """Give a table's rows in order; see `Inspection.rows`."""
        columns = ", ".join(
            f"convert_to({name}, 'UTF8')" if is_text else name
            for name, is_text in TABLES[table].items()
        )
        order = ", ".join(list(TABLES[table])[: ORDER[table]])
        query = (
            f"COPY (SELECT {columns} FROM vigens.{table} ORDER BY {order}) "  # noqa: S608 # ours
            "TO STDOUT WITH (FORMAT BINARY)"
        )
        types = [
            "bytea" if is_text else kind
            for is_text, kind in zip(TABLES[table].values(), TYPES[table], strict=True)
        ]
        self._connection.execute("SAVEPOINT before_rows")
        try:
            with self._connection.cursor().copy(query.encode()) as copy:
                copy.set_types(types)
                yield from copy.rows()
        except self._damaged as error:
            self._connection.execute("ROLLBACK TO before_rows")
            self._broken.append(f"the table {table} cannot be read on: {error}")

    def faults(self) -> Iterator[str]:
        """Say where rows could not be read; see `Inspection.faults`."""
        yield from self._broken

    def schema_faults(self) -> Iterator[str]:
        """Say what is not as the schema has it; see `Inspection.schema_faults`."""
        right = statements()
        bodies = dict(_FUNCTION.findall(right))
        triggers = {(table, name) for name, table in _TRIGGER.findall(right)}
        functions = self._connection.execute(
            "SELECT proname, prosrc FROM pg_catalog.pg_proc "
            "WHERE pronamespace = 'vigens'::regnamespace"
        )
        found = dict(functions.fetchall())
        for name in sorted(bodies):
            if found.get(name) != bodies[name]:
                yield f"the function {name} is missing or not as the schema has it"
        rows = self._connection.execute(
            "SELECT relname, tgname, tgenabled FROM pg_catalog.pg_trigger "
            "JOIN pg_catalog.pg_class AS owner ON tgrelid = owner.oid "
            "WHERE relnamespace = 'vigens'::regnamespace AND NOT tgisinternal"
        )
        enabled = {(table, name) for table, name, state in rows if state in (b"O", "O")}
        for table, name in sorted(triggers - enabled):
            yield f"the trigger {name} of {table} is missing or switched off"


@contextmanager
def inspect_postgres(address: str) -> Iterator[PostgresInspection]:
    """Look at all rows as they stand at one moment; see `inspect`.

    Raises:
        VigensError: As `inspect` raises it.
    """
    where = shown(address)
    with told(where), connect(address, where) as connection:
        zone = check_head(connection, where)
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield PostgresInspection(connection, zone, where)


def readable(address: str) -> Iterator[tuple[int, str | None, bytes | None, bool]]:
    """Give the entries that a damaged server can still read, page by page, then row.

    Yields:
        Position, id, body, and whether it was redacted; of a row that cannot be read
        the position alone.

    Raises:
        VigensError: As `inspect` raises it.
    """
    where = shown(address)
    damaged = driver(where).InternalError
    with told(where), connect(address, where) as connection:
        check_head(connection, where)
        for plan in ("enable_seqscan", "enable_bitmapscan", "enable_hashjoin"):
            connection.execute(f"SET {plan} = off".encode())  # go by position alone
        last = _last_position(connection, damaged)
        waiting = [(start, start + _PAGE - 1) for start in range(1, last + 1, _PAGE)]
        waiting.reverse()
        while waiting:
            start, end = waiting.pop()
            try:
                rows = connection.execute(_READABLE, (start, end)).fetchall()
            except damaged:
                if start == end:
                    yield start, None, None, False
                    continue
                middle = (start + end) // 2
                waiting += [(middle + 1, end), (start, middle)]
            else:
                yield from rows


def _last_position(
    connection: psycopg.Connection[Any], damaged: type[Exception]
) -> int:
    """Give the largest position that the table or the heads of the log know."""
    last = 0
    for query in (
        "SELECT max(position) FROM vigens.entry",
        "SELECT max(size) FROM vigens.head WHERE log = 'all'",
    ):
        try:
            row = connection.execute(query.encode()).fetchone()
        except damaged:
            continue
        last = max(last, (row[0] if row else None) or 0)
    return last
