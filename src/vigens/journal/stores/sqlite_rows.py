"""The statements that read and write a journal's rows in SQLite."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from vigens.journal.proof import (
    ALL_ENTRIES,
    Frontier,
    SignedHead,
    head_from_json,
    head_to_json,
)
from vigens.journal.store import LogHead
from vigens.journal.stores.laying import HeadRow, Rows
from vigens.journal.values import format_json

_INSERT_ENTRY = "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_INSERT_LEAF = "INSERT INTO leaf VALUES (?, ?, ?, ?)"
_INSERT_HEAD = "INSERT INTO head VALUES (?, ?, ?, ?, ?)"
_NO_END = 2**63 - 1

#: The index finds an entry by the beginning of its id. The plus keeps SQLite from
#: putting the whole id in the place of `id` on the left, which no index would fit.
_OF_ID = "FROM entry WHERE substr(id, 1, 12) = substr(?1, 1, 12) AND +id = ?1"


class SqliteRows:
    """The rows of a journal, through one connection; see `Queries` and `Changes`."""

    __slots__ = ("_connection", "_where")

    def __init__(self, connection: sqlite3.Connection, where: str) -> None:
        """Take a connection; `where` names the journal in messages."""
        self._connection = connection
        self._where = where

    def _one(self, query: str, *values: object) -> Any:
        return self._connection.execute(query, values).fetchone()

    def kind_of(self, identifier: str) -> str | None:
        """Give the kind of an entry, or none if it is not here."""
        row = self._one("SELECT kind " + _OF_ID, identifier)
        return None if row is None else str(row[0])

    def kinds_of(self, ids: Sequence[str]) -> dict[str, str]:
        """Tell which of some ids are here, with the kind of each."""
        rows = self._connection.execute(
            "SELECT entry.id, kind FROM json_each(?) AS asked CROSS JOIN entry "
            "ON substr(entry.id, 1, 12) = substr(asked.value, 1, 12) "
            "AND entry.id = asked.value",
            (json.dumps(ids),),
        )
        return dict(rows.fetchall())

    def end(self) -> tuple[int, int | None]:
        """Say how many entries there are, and when the last was recorded, if any."""
        query = "SELECT position, recorded_us FROM entry ORDER BY position DESC LIMIT 1"
        return self._one(query) or (0, None)

    def size_of(self, log: str) -> int:
        """Say how many entries a log holds."""
        if log == ALL_ENTRIES:
            (size,) = self._one("SELECT max(position) FROM entry")
        else:
            (size,) = self._one("SELECT max(number) FROM leaf WHERE log = ?", log)
        return size or 0

    def edge_of(self, log: str) -> Frontier | None:
        """Give the right edge of a log as its last commit left it, if there was one."""
        query = "SELECT frontier FROM head WHERE log = ? ORDER BY size DESC LIMIT 1"
        row = self._one(query, log)
        return None if row is None else Frontier.from_bytes(row[0])

    def bodies(
        self, after: int, limit: int
    ) -> list[tuple[int, bytes | str, bytes | None, bool]]:
        """Give position, id, body, and whether the key is gone, after a position."""
        return self._connection.execute(
            "SELECT position, CAST(id AS BLOB), CAST(body AS BLOB), key IS NULL "
            "FROM entry WHERE position > ? ORDER BY position LIMIT ?",
            (after, limit),
        ).fetchall()

    def body_at(self, position: int) -> tuple[str, bytes | None, str | None]:
        """Give id, body, and the fact of its redaction, of an entry that is here."""
        identifier, body, fact = self._one(
            "SELECT id, CAST(body AS BLOB), fact FROM entry LEFT JOIN redaction "
            "USING (position) WHERE position = ?",
            position,
        )
        return identifier, body, fact

    def position_of(self, identifier: str) -> int | None:
        """Give the position of the entry with exactly this id, or none."""
        row = self._one("SELECT position " + _OF_ID, identifier)
        return None if row is None else row[0]

    def fitting(self, prefix: str, limit: int) -> tuple[list[tuple[str, int]], int]:
        """Give id and position of the first entries with such ids, and how many fit."""
        short = prefix[:12]
        span = (short, short + "g", prefix, prefix + "g")  # no digit comes after it
        within = (
            "FROM entry WHERE substr(id, 1, 12) >= ? AND substr(id, 1, 12) < ? "
            "AND id >= ? AND id < ?"
        )
        found = self._connection.execute(
            f"SELECT id, position {within} ORDER BY id LIMIT ?", (*span, limit)
        ).fetchall()
        if len(found) < limit:
            return found, len(found)
        (n_fitting,) = self._one(f"SELECT count(*) {within}", *span)
        return found, n_fitting

    def heads_of(self, log: str) -> list[LogHead]:
        """Give how a log stood after each commit, the oldest first."""
        rows = self._connection.execute(
            "SELECT log, size, root, recorded_us FROM head WHERE log = ? ORDER BY size",
            (log,),
        )
        return [LogHead(*row) for row in rows]

    def head_of(self, log: str) -> LogHead | None:
        """Give how a log stands now; none where it holds nothing."""
        row = self._one(
            "SELECT log, size, root, recorded_us FROM head WHERE log = ? "
            "ORDER BY size DESC LIMIT 1",
            log,
        )
        return None if row is None else LogHead(*row)

    def head_at(self, log: str, size: int) -> LogHead | None:
        """Give how a log stood when it was so long, if a commit made it so."""
        row = self._one(
            "SELECT log, size, root, recorded_us FROM head WHERE log = ? AND size = ?",
            log,
            size,
        )
        return None if row is None else LogHead(*row)

    def leaves_of(self, log: str, start: int, end: int | None) -> list[bytes]:
        """Give leaf hashes of a log, numbered from 0."""
        span = (start, _NO_END if end is None else end)
        if log == ALL_ENTRIES:
            query = "SELECT leaf FROM entry WHERE position > ? AND position <= ?"
            rows = self._connection.execute(f"{query} ORDER BY position", span)
        else:
            query = "SELECT hash FROM leaf WHERE log = ? AND number > ? AND number <= ?"
            rows = self._connection.execute(f"{query} ORDER BY number", (log, *span))
        return [leaf for (leaf,) in rows]

    def number_in(self, log: str, position: int) -> int | None:
        """Give the number, from 0, of an entry's leaf in the log of a mark."""
        query = "SELECT position FROM leaf WHERE log = ? AND number = ?"
        low, high = 1, self.size_of(log)  # the positions rise
        while low <= high:
            middle = (low + high) // 2
            (found,) = self._one(query, log, middle) or (None,)
            if found == position:
                return middle - 1
            if found is None or found > position:
                high = middle - 1
            else:
                low = middle + 1
        return None

    def log_names(self) -> list[str]:
        """Name the logs of marks that hold anything, each by a step in the index."""
        found: list[str] = []
        (name,) = self._one("SELECT min(log) FROM leaf")
        while name is not None:
            found.append(name)
            (name,) = self._one("SELECT min(log) FROM leaf WHERE log > ?", name)
        return found

    def key_at(self, position: int) -> bytes | None:
        """Give the key of the entry at a position; none once it is redacted."""
        (key,) = self._one("SELECT key FROM entry WHERE position = ?", position)
        return None if key is None else bytes(key)

    def redactions(self) -> dict[str, str]:
        """Give the id of each redacted entry, with the id of the fact."""
        return dict(
            self._connection.execute(
                "SELECT id, fact FROM redaction JOIN entry USING (position) "
                "ORDER BY position"
            )
        )

    def count_redactions(self) -> int:
        """Say how many entries were redacted."""
        (number,) = self._one("SELECT count(*) FROM redaction")
        return int(number)

    def signatures_of(self, log: str) -> list[SignedHead]:
        """Give the signed heads of a log, the smallest size first."""
        rows = self._connection.execute(
            "SELECT body FROM signed_head WHERE log = ? ORDER BY size, key_id", (log,)
        )
        return [head_from_json(json.loads(body), self._where) for (body,) in rows]

    def write_rows(self, rows: Rows) -> None:
        """Insert the rows of some entries."""
        self._connection.executemany(_INSERT_ENTRY, rows.entries)
        self._connection.executemany(_INSERT_LEAF, rows.leaves)

    def write_heads(self, heads: Sequence[HeadRow]) -> None:
        """Insert the heads of the logs that a commit made longer."""
        self._connection.executemany(_INSERT_HEAD, heads)

    def write_signature(self, head: SignedHead) -> None:
        """Insert a signed head, unless the key has signed this one already."""
        place = (head.log, head.size, head.key)
        known = "SELECT 1 FROM signed_head WHERE log = ? AND size = ? AND key_id = ?"
        if self._one(known, *place) is None:
            self._connection.execute(
                "INSERT INTO signed_head VALUES (?, ?, ?, ?)",
                (*place, format_json(head_to_json(head))),
            )

    def write_redaction(self, position: int, fact: str) -> None:
        """Record why a row is emptied, and empty it."""
        self._connection.execute(
            "INSERT INTO redaction VALUES (?, ?)", (position, fact)
        )
        self._connection.execute(
            "UPDATE entry SET body = NULL, key = NULL, happened_first = NULL, "
            "happened_last = NULL, known_first = NULL, known_last = NULL "
            "WHERE position = ?",
            (position,),
        )
