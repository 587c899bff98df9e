"""The statements that read and write a journal's rows in SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from vigens.journal.entry import Entry
from vigens.journal.errors import EntryError, ReferenceRefusedError
from vigens.journal.lines import parse_entry
from vigens.journal.proof import ALL_ENTRIES, EMPTY_ROOT, Frontier
from vigens.journal.store import HeadSignature, LogHead
from vigens.journal.stores.finding import N_SHOWN, prefix_of, redacted, the_one
from vigens.journal.stores.laying import HeadRow, Rows, recorded_at_of

#: How many entries are read at a time.
PAGE = 1000

_INSERT_ENTRY = "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_INSERT_LEAF = "INSERT INTO leaf VALUES (?, ?, ?, ?)"
_INSERT_HEAD = "INSERT INTO head VALUES (?, ?, ?, ?, ?)"


def write_rows(connection: sqlite3.Connection, rows: Rows) -> None:
    """Insert the rows of some entries."""
    connection.executemany(_INSERT_ENTRY, rows.entries)
    connection.executemany(_INSERT_LEAF, rows.leaves)


def write_heads(connection: sqlite3.Connection, heads: Sequence[HeadRow]) -> None:
    """Insert the heads of the logs that a commit made longer."""
    connection.executemany(_INSERT_HEAD, heads)


class Held:
    """What the database holds, asked row by row through its indexes."""

    __slots__ = ("_connection",)

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Ask through a connection; inside a commit it sees what that wrote."""
        self._connection = connection

    def __contains__(self, identifier: object) -> bool:
        return self.kind_of(str(identifier)) is not None

    @property
    def last_recorded(self) -> str | None:
        """When the entry at the end was recorded, if there is one."""
        row = self._connection.execute(
            "SELECT recorded_us FROM entry ORDER BY position DESC LIMIT 1"
        ).fetchone()
        return None if row is None else recorded_at_of(row[0])

    def kind_of(self, identifier: str) -> str | None:
        """Give the kind of an entry, or none if it is not here."""
        row = self._connection.execute(
            "SELECT kind FROM entry WHERE id = ?", (identifier,)
        ).fetchone()
        return None if row is None else str(row[0])


def size_of(connection: sqlite3.Connection, log: str) -> int:
    """Say how many entries a log holds."""
    query, values = "SELECT max(position) FROM entry", ()
    if log != ALL_ENTRIES:
        query, values = "SELECT max(number) FROM leaf WHERE log = ?", (log,)
    (size,) = connection.execute(query, values).fetchone()
    return size or 0


def edge_of(connection: sqlite3.Connection, log: str) -> Frontier | None:
    """Give the right edge of a log as its last commit left it, if there was one."""
    row = connection.execute(
        "SELECT frontier FROM head WHERE log = ? ORDER BY size DESC LIMIT 1", (log,)
    ).fetchone()
    return None if row is None else Frontier.from_bytes(row[0])


def read_page(
    connection: sqlite3.Connection, after: int, where: str
) -> tuple[list[tuple[int, Entry]], int]:
    """Read the entries that follow a position, each id derived again.

    Returns:
        Position and entry of those that are not redacted; and the last position that
        was looked at, which is `after` itself at the end of the journal.

    Raises:
        EntryError: A row is damaged, or lies in another's place.
    """
    rows = connection.execute(
        "SELECT position, CAST(id AS BLOB), CAST(body AS BLOB), key IS NULL FROM entry "
        "WHERE position > ? ORDER BY position LIMIT ?",
        (after, PAGE),
    ).fetchall()
    found: list[tuple[int, Entry]] = []
    for position, identifier, body, is_empty in rows:
        place = f"{where}, entry {position}"
        after += 1
        if position == after and body is None and is_empty:
            continue
        entry = parse_entry(body or b"", place)
        if entry.id.encode() != identifier or position != after:
            raise EntryError(
                f"the row of entry {entry.id[:12]} bears another id or place",
                place,
                "`vigens fsck` lists what is wrong; restore the file from a copy",
            )
        found.append((position, entry))
    return found, after


def locate(
    connection: sqlite3.Connection, reference: str, where: str
) -> tuple[int, str]:
    """Find the position and id of the one entry that an id or its beginning names.

    Raises:
        ReferenceRefusedError: Too short, unknown, or it fits several entries.
    """
    row = connection.execute(
        "SELECT position FROM entry WHERE id = ?", (reference,)
    ).fetchone()
    if row is not None:
        return row[0], reference
    prefix = prefix_of(reference, where)
    span = (prefix, prefix + "g")  # no digit of an id comes after it
    within = "FROM entry WHERE id >= ? AND id < ?"
    fitting = connection.execute(
        f"SELECT id, position {within} ORDER BY id LIMIT {N_SHOWN}", span
    ).fetchall()
    n_fitting = len(fitting)
    if n_fitting == N_SHOWN:
        (n_fitting,) = connection.execute(f"SELECT count(*) {within}", span).fetchone()
    found = the_one(prefix, [name for name, _ in fitting], n_fitting, where)
    return fitting[0][1], found


def read_entry(
    connection: sqlite3.Connection, position: int, where: str
) -> Entry:
    """Read the entry at a position.

    Raises:
        EntryError: The row is damaged.
        ReferenceRefusedError: It was redacted.
    """
    identifier, body, fact = connection.execute(
        "SELECT id, CAST(body AS BLOB), fact FROM entry LEFT JOIN redaction "
        "USING (position) WHERE position = ?",
        (position,),
    ).fetchone()
    if body is None:
        raise redacted(identifier, fact, where)
    return parse_entry(body, f"{where}, entry {position}")


def heads_of(connection: sqlite3.Connection, log: str) -> list[LogHead]:
    """Give how a log stood after each commit, the oldest first."""
    rows = connection.execute(
        "SELECT log, size, root, recorded_us FROM head WHERE log = ? ORDER BY size",
        (log,),
    )
    return [LogHead(*row) for row in rows]


def head_of(connection: sqlite3.Connection, log: str) -> LogHead:
    """Give how a log stands now."""
    row = connection.execute(
        "SELECT log, size, root, recorded_us FROM head WHERE log = ? "
        "ORDER BY size DESC LIMIT 1",
        (log,),
    ).fetchone()
    return LogHead(log, 0, EMPTY_ROOT, 0) if row is None else LogHead(*row)


def leaves_of(
    connection: sqlite3.Connection, log: str, start: int, end: int | None
) -> list[bytes]:
    """Give leaf hashes of a log, numbered from 0."""
    span = (start, 2**63 - 1 if end is None else end)
    if log == ALL_ENTRIES:
        rows = connection.execute(
            "SELECT leaf FROM entry WHERE position > ? AND position <= ? "
            "ORDER BY position",
            span,
        )
    else:
        rows = connection.execute(
            "SELECT hash FROM leaf WHERE log = ? AND number > ? AND number <= ? "
            "ORDER BY number",
            (log, *span),
        )
    return [leaf for (leaf,) in rows]


def number_in(connection: sqlite3.Connection, log: str, position: int) -> int | None:
    """Give the number, from 0, of the leaf that an entry has in a log."""
    if log == ALL_ENTRIES:
        return position - 1
    row = connection.execute(
        "SELECT number FROM leaf WHERE log = ? AND position = ?", (log, position)
    ).fetchone()
    return None if row is None else row[0] - 1


def log_names(connection: sqlite3.Connection) -> list[str]:
    """Name the logs that hold anything, each found by a step in the index."""
    found = [ALL_ENTRIES] if size_of(connection, ALL_ENTRIES) else []
    step = "SELECT min(log) FROM leaf"
    (name,) = connection.execute(step).fetchone()
    while name is not None:
        found.append(name)
        query = f"{step} WHERE log > ?"
        (name,) = connection.execute(query, (name,)).fetchone()
    return found


def signatures_of(connection: sqlite3.Connection, log: str) -> list[HeadSignature]:
    """Give the signatures of a log's heads, the smallest size first."""
    rows = connection.execute(
        "SELECT log, size, key_id, signature, signed_us FROM signed_head "
        "WHERE log = ? ORDER BY size, key_id",
        (log,),
    )
    return [HeadSignature(*row) for row in rows]


def write_signature(connection: sqlite3.Connection, signature: HeadSignature) -> None:
    """Insert a signature, unless the key has signed this head already."""
    connection.execute(
        "INSERT INTO signed_head SELECT ?1, ?2, ?3, ?4, ?5 WHERE NOT EXISTS (SELECT 1 "
        "FROM signed_head WHERE log = ?1 AND size = ?2 AND key_id = ?3)",
        (
            signature.log,
            signature.size,
            signature.key_id,
            signature.signature,
            signature.signed_us,
        ),
    )


def place_to_redact(
    connection: sqlite3.Connection, identifier: str, fact: str, where: str
) -> int | None:
    """Give the position of an entry that is to be redacted; none if it is already.

    Raises:
        ReferenceRefusedError: One of them is not here, or the fact is another kind.
    """
    position, identifier = locate(connection, identifier, where)
    _, fact = locate(connection, fact, where)
    if Held(connection).kind_of(fact) != "redaction":
        raise ReferenceRefusedError(
            f"entry {fact[:12]} is no redaction",
            where,
            "record the redaction with its reason first",
        )
    return None if identifier in redactions(connection) else position


def write_redaction(connection: sqlite3.Connection, position: int, fact: str) -> None:
    """Record why a row is emptied, and empty it."""
    connection.execute("INSERT INTO redaction VALUES (?, ?)", (position, fact))
    connection.execute(
        "UPDATE entry SET body = NULL, key = NULL, happened_first = NULL, "
        "happened_last = NULL, known_first = NULL, known_last = NULL "
        "WHERE position = ?",
        (position,),
    )


def count_redactions(connection: sqlite3.Connection) -> int:
    """Say how many entries were redacted."""
    (number,) = connection.execute("SELECT count(*) FROM redaction").fetchone()
    return int(number)


def key_at(connection: sqlite3.Connection, position: int) -> bytes | None:
    """Give the key of the entry at a position; none once it is redacted."""
    (key,) = connection.execute(
        "SELECT key FROM entry WHERE position = ?", (position,)
    ).fetchone()
    return None if key is None else bytes(key)


def redactions(connection: sqlite3.Connection) -> dict[str, str]:
    """Give the id of each redacted entry, with the id of the fact."""
    rows = connection.execute(
        "SELECT id, fact FROM redaction JOIN entry USING (position) ORDER BY position"
    )
    return dict(rows)
