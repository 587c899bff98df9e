"""The statements that read and write a journal's rows in PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from vigens.journal.proof import (
    ALL_ENTRIES,
    Frontier,
    SignedHead,
    head_from_json,
    head_to_json,
)
from vigens.journal.store import Backup, LogHead
from vigens.journal.stores.laying import HeadRow, Rows
from vigens.journal.stores.postgres.encoding import RECORDS, encoded
from vigens.journal.values import format_json

if TYPE_CHECKING:
    import psycopg

    Connection = psycopg.Connection[Any]

#: Types of the columns of each table.
TYPES = {
    "entry": ("int8", "text", "text", *("int8",) * 5, "text", "bytea", "bytea", "text"),
    "leaf": ("text", "int8", "int8", "bytea"),
    "head": ("text", "int8", "bytea", "bytea", "int8"),
    "signed_head": ("text", "int8", "text", "text"),
    "redaction": ("int8", "text"),
    "setting": ("text", "text"),
}

#: Up to so many rows, one statement is quicker than a bulk copy, and can wait until the
#: commit to be sent together with it.
_FEW = {"entry": 3, "leaf": 3, "head": 16}

_NO_END = 2**63 - 1


class PostgresRows:
    """The rows of a journal, through one connection; see `Queries` and `Changes`."""

    __slots__ = ("_connection", "_end", "_waiting", "_where", "last_written")

    def __init__(
        self,
        connection: Connection,
        where: str,
        end: tuple[int, int | None] | None = None,
    ) -> None:
        """Take a connection.

        Args:
            connection: To the server.
            where: Names the journal in messages.
            end: How many entries there are and when the last was recorded, if nobody
                else can add any while this lives.
        """
        self._connection = connection
        self._where = where
        self._end = end
        self._waiting: list[tuple[bytes, Sequence[object]]] = []
        self.last_written: str | None = None

    def _execute(self, query: str, values: Sequence[object]) -> Any:
        self.send()
        return self._connection.execute(query.encode(), values)

    def _one(self, query: str, *values: object) -> Any:
        return self._execute(query, values).fetchone()

    def _all(self, query: str, *values: object) -> list[Any]:
        found: list[Any] = self._execute(query, values).fetchall()
        return found

    def run(self, statements: str) -> None:
        """Run statements that give nothing back."""
        self.send()
        self._connection.execute(statements.encode())

    def commit(self) -> None:
        """Send what waits to be written together with the end of the transaction."""
        self._waiting.append((b"COMMIT", ()))
        self.send()

    def send(self) -> None:
        """Send what waits to be written, in one go."""
        waiting, self._waiting = self._waiting, []
        if len(waiting) > 1 and _can_pipeline():
            with self._connection.pipeline():
                for query, values in waiting:
                    self._connection.execute(query, values)
        else:
            for query, values in waiting:
                self._connection.execute(query, values)

    def kind_of(self, identifier: str) -> str | None:
        """Give the kind of an entry, or none if it is not here."""
        row = self._one("SELECT kind FROM vigens.entry WHERE id = %s", identifier)
        return None if row is None else str(row[0])

    def kinds_of(self, ids: Sequence[str]) -> dict[str, str]:
        """Tell which of some ids are here, with the kind of each."""
        # One step in the index for each: else a young table is read through.
        query = (
            "SELECT name, kind FROM unnest(%s::text[]) AS name, LATERAL (SELECT kind "
            'FROM vigens.entry WHERE id = name COLLATE "C" LIMIT 1) AS found'
        )
        return dict(self._all(query, list(ids)))

    def end(self) -> tuple[int, int | None]:
        """Say how many entries there are, and when the last was recorded, if any."""
        if self._end is not None:
            return self._end
        row = self._one(
            "SELECT position, recorded_us FROM vigens.entry "
            "ORDER BY position DESC LIMIT 1"
        )
        return row or (0, None)

    def size_of(self, log: str) -> int:
        """Say how many entries a log holds."""
        if log == ALL_ENTRIES:
            return self.end()[0]
        (size,) = self._one("SELECT max(number) FROM vigens.leaf WHERE log = %s", log)
        return size or 0

    def edge_of(self, log: str) -> Frontier | None:
        """Give the right edge of a log as its last commit left it, if there was one."""
        row = self._one(
            "SELECT frontier FROM vigens.head WHERE log = %s "
            "ORDER BY size DESC LIMIT 1",
            log,
        )
        return None if row is None else Frontier.from_bytes(row[0])

    def bodies(
        self, after: int, limit: int
    ) -> list[tuple[int, bytes | str, bytes | None, bool]]:
        """Give position, id, body, and whether the key is gone, after a position."""
        return self._all(
            "SELECT position, id, convert_to(body, 'UTF8'), leaf IS NULL OR body "
            "IS NULL FROM vigens.entry WHERE position > %s ORDER BY position LIMIT %s",
            after,
            limit,
        )

    def body_at(self, position: int) -> tuple[str, bytes | None, str | None]:
        """Give id, body, and the fact of its redaction, of an entry that is here."""
        found: tuple[str, bytes | None, str | None] = self._one(
            "SELECT id, convert_to(body, 'UTF8'), fact FROM vigens.entry "
            "LEFT JOIN vigens.redaction USING (position) WHERE position = %s",
            position,
        )
        return found

    def position_of(self, identifier: str) -> int | None:
        """Give the position of the entry with exactly this id, or none."""
        row = self._one("SELECT position FROM vigens.entry WHERE id = %s", identifier)
        return None if row is None else int(row[0])

    def fitting(self, prefix: str, limit: int) -> tuple[list[tuple[str, int]], int]:
        """Give id and position of the first entries with such ids, and how many fit."""
        found = self._all(
            "SELECT id, position, count(*) OVER () FROM vigens.entry "
            "WHERE id >= %s AND id < %s ORDER BY id LIMIT %s",
            prefix,
            prefix + "g",  # no digit of an id comes after it
            limit,
        )
        return [row[:2] for row in found], found[0][2] if found else 0

    def heads_of(self, log: str) -> list[LogHead]:
        """Give how a log stood after each commit, the oldest first."""
        found = self._all(
            "SELECT log, size, root, recorded_us FROM vigens.head WHERE log = %s "
            "ORDER BY size",
            log,
        )
        return [LogHead(*row) for row in found]

    def head_of(self, log: str) -> LogHead | None:
        """Give how a log stands now; none where it holds nothing."""
        row = self._one(
            "SELECT log, size, root, recorded_us FROM vigens.head WHERE log = %s "
            "ORDER BY size DESC LIMIT 1",
            log,
        )
        return None if row is None else LogHead(*row)

    def head_at(self, log: str, size: int) -> LogHead | None:
        """Give how a log stood when it was so long, if a commit made it so."""
        row = self._one(
            "SELECT log, size, root, recorded_us FROM vigens.head "
            "WHERE log = %s AND size = %s",
            log,
            size,
        )
        return None if row is None else LogHead(*row)

    def leaves_of(self, log: str, start: int, end: int | None) -> list[bytes]:
        """Give leaf hashes of a log, numbered from 0."""
        span = (start, _NO_END if end is None else end)
        if log == ALL_ENTRIES:
            found = self._all(
                "SELECT leaf FROM vigens.entry WHERE position > %s AND position <= %s "
                "ORDER BY position",
                *span,
            )
        else:
            found = self._all(
                "SELECT hash FROM vigens.leaf WHERE log = %s AND number > %s "
                "AND number <= %s ORDER BY number",
                log,
                *span,
            )
        return [leaf for (leaf,) in found]

    def number_in(self, log: str, position: int) -> int | None:
        """Give the number, from 0, of an entry's leaf in the log of a mark."""
        query = "SELECT number FROM vigens.leaf WHERE log = %s AND position = %s"
        row = self._one(query, log, position)
        return None if row is None else int(row[0]) - 1

    def log_names(self) -> list[str]:
        """Name the logs of marks that hold anything, each by a step in the index."""
        found = self._all(
            "WITH RECURSIVE step AS (SELECT min(log) AS log FROM vigens.leaf UNION ALL "
            "SELECT (SELECT min(log) FROM vigens.leaf WHERE log > step.log) FROM step "
            "WHERE log IS NOT NULL) SELECT log FROM step WHERE log IS NOT NULL"
        )
        return [name for (name,) in found]

    def key_at(self, position: int) -> bytes | None:
        """Give the key of the entry at a position; none once it is redacted."""
        row = self._one("SELECT key FROM vigens.entry WHERE position = %s", position)
        return None if row is None else row[0]

    def redactions(self) -> dict[str, str]:
        """Give the id of each redacted entry, with the id of the fact."""
        return dict(
            self._all(
                "SELECT id, fact FROM vigens.redaction "
                "JOIN vigens.entry USING (position) ORDER BY position"
            )
        )

    def count_redactions(self) -> int:
        """Say how many entries were redacted."""
        (number,) = self._one("SELECT count(*) FROM vigens.redaction")
        return int(number)

    def signatures_of(self, log: str) -> list[SignedHead]:
        """Give the signed heads of a log, the smallest size first."""
        found = self._all(
            "SELECT body FROM vigens.signed_head WHERE log = %s ORDER BY size, key_id",
            log,
        )
        return [head_from_json(json.loads(body), self._where) for (body,) in found]

    def write_rows(self, rows: Rows) -> None:
        """Insert the rows of some entries."""
        self._fill("entry", rows.entries)
        self._fill("leaf", rows.leaves)
        position, self.last_written, _, recorded_us, *_ = rows.entries[-1]
        if self._end is not None:
            self._end = position, recorded_us

    def write_heads(self, heads: Sequence[HeadRow]) -> None:
        """Insert the heads of the logs that a commit made longer."""
        self._fill("head", heads)

    def write_signature(self, head: SignedHead) -> None:
        """Insert a signed head, unless the key has signed this one already."""
        self._execute(
            "INSERT INTO vigens.signed_head VALUES (%s, %s, %s, %s) "
            "ON CONFLICT DO NOTHING",
            (head.log, head.size, head.key, format_json(head_to_json(head))),
        )

    def write_redaction(self, position: int, fact: str) -> None:
        """Record why a row is emptied, and empty it."""
        self._execute("SELECT vigens.redact(%s, %s)", (position, fact))

    def write_backup(self, backup: Backup) -> None:
        """Insert a line on a backup."""
        self._execute(
            "INSERT INTO vigens.backup (path, host, made_at, size) "
            "VALUES (%s, %s, %s, %s)",
            (backup.path, backup.host, backup.made_at, backup.size),
        )

    def backups(self) -> list[Backup]:
        """Give the backups that were noted, the oldest first."""
        found = self._all(
            "SELECT path, host, made_at, size FROM vigens.backup ORDER BY number"
        )
        return [Backup(*row) for row in found]

    def _fill(self, table: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Add rows at the end of a table; many of them as a binary copy."""
        if len(rows) > _FEW[table]:
            self.send()
            pour(self._connection, table, rows)
        elif rows:
            marks = ", ".join(["%s"] * len(TYPES[table]))
            places = ", ".join([f"({marks})"] * len(rows))
            query = f"INSERT INTO vigens.{table} VALUES {places}"  # noqa: S608 # ours
            values = [value for row in rows for value in row]
            self._waiting.append((query.encode(), values))


def _can_pipeline() -> bool:
    """Say whether the client's library can send several statements at once."""
    from psycopg import Pipeline

    return Pipeline.is_supported()


def pour(
    connection: Connection, table: str, rows: Iterable[tuple[object, ...]]
) -> None:
    """Copy rows into a table, in binary."""
    from psycopg.types.string import BytesBinaryDumper

    statement = f"COPY vigens.{table} FROM STDIN WITH (FORMAT BINARY)"
    if table in RECORDS:
        with connection.cursor().copy(statement.encode()) as copy:
            for part in encoded(table, rows):
                copy.write(part)
        return
    # The driver's own way for bytes, in place of the slower one of DB-API's `Binary`.
    cursor = connection.cursor()
    cursor.adapters.register_dumper(bytes, BytesBinaryDumper)
    with cursor.copy(statement.encode()) as copy:
        copy.set_types(TYPES[table])
        for row in rows:
            copy.write_row(row)
