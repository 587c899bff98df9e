"""A journal as one SQLite file: write-ahead log, every commit on disk, append-only."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self
from urllib.parse import quote

from vigens.base import Finding
from vigens.chrono import zone_of
from vigens.journal.adopt import batch_draft, news
from vigens.journal.columns import columns_of
from vigens.journal.entry import Draft, Entry, format_entry
from vigens.journal.errors import (
    EntryError,
    JournalFileError,
    JournalOutsideError,
    reason,
)
from vigens.journal.lines import parse_entry
from vigens.journal.log import Log
from vigens.journal.prepare import Clock, prepare, stamp
from vigens.journal.store import Adoption, Receipt

#: Marks a database as ours: "VIGS".
APPLICATION_ID = 0x56494753

#: The schema that this version writes; `schema/<n>.sql` leads there from n - 1.
SCHEMA_VERSION = 1

_WAIT_SECONDS = 10.0
_INSERT = "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_MENDS = {
    "SQLITE_BUSY": (
        "another process has held this journal for ten seconds",
        "wait until it is done, or end it, and try again; nothing was written",
    ),
    "SQLITE_FULL": (
        "there is no room for the entry",
        "free some space and try again; nothing was written",
    ),
    "SQLITE_IOERR": (
        "the disk refused to read or write (it may be full)",
        "check the disk and its room, and try again; nothing was written",
    ),
    "SQLITE_READONLY": (
        "this journal can only be read",
        "check who may write the file and its folder, and if the disk is read-only",
    ),
    "SQLITE_CANTOPEN": (
        "this journal cannot be opened",
        "check who may read the file and write its folder",
    ),
    "SQLITE_CORRUPT": (
        "this database is damaged",
        "`vigens fsck` lists what is lost; restore the file from a copy",
    ),
    "SQLITE_NOTADB": (
        "this file is no SQLite database",
        "restore it from a copy; a text journal ends in .jsonl",
    ),
}


class SqliteStore:
    """A journal in one SQLite file, held in memory once read."""

    def __init__(self, path: Path, clock: Clock, *, create: bool, zone: str) -> None:
        """Open a file, or make a new one; see `open_journal` for what it raises."""
        self._path = path
        self._clock = clock
        self._mutex = threading.RLock()
        self._log = Log(str(path))
        if create:
            _create(path, zone)
        with told(self.where):
            self._connection = connect(path)
        try:
            self._file_number = path.stat().st_ino
            with told(self.where):
                self._zone = check_head(self._connection, self.where)
                self._refresh()
        except BaseException:
            self._connection.close()
            raise

    @property
    def where(self) -> str:
        """The path."""
        return str(self._path)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Nothing: SQLite undoes what a crash cut short."""
        return ()

    def append(self, drafts: Iterable[Draft]) -> tuple[Entry, ...]:
        """Record a group as one transaction; see `Store.append`."""
        group = tuple(drafts)
        if not group:
            return ()
        with self._writing():
            moment = stamp(self._clock, self._log.last, self.where)
            entries = prepare(group, moment, self._log)
            self._insert(entries)
        self._keep(entries)
        return entries

    def adopt(
        self, entries: Iterable[Entry], batch_title: str, *, recorded_by: str = "import"
    ) -> Adoption:
        """Take over another journal's entries; see `Store.adopt`."""
        with self._writing():
            added, n_present = news(entries, self._log)
            if not added:
                return Adoption((), n_present, None)
            moment = stamp(self._clock, self._log.last, self.where)
            later = self._log.copy(added)
            draft = batch_draft(added, batch_title, recorded_by)
            (batch,) = prepare((draft,), moment, later)
            self._insert((*added, batch))
        self._keep((*added, batch))
        return Adoption(added, n_present, batch)

    def entries(self) -> tuple[Entry, ...]:
        """Give all entries in order; see `Store.entries`."""
        with self._mutex, told(self.where):
            self._check_place()
            self._refresh()
            return self._log.entries()

    def get(self, reference: str) -> Entry:
        """Give one entry; see `Store.get`."""
        self.entries()
        return self._log.find(reference)

    def receipt(self, identifier: str) -> Receipt:
        """Say where an entry lies; see `Store.receipt`."""
        entry = self.get(identifier)
        return Receipt(entry.id, self._log.position(entry.id) or 0, len(self._log))

    def close(self) -> None:
        """Close the database; SQLite then folds its side files into the one file."""
        with self._mutex, suppress(sqlite3.Error):
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._mutex, told(self.where):
            self._check_place()
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._refresh()
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                raise

    def _check_place(self) -> None:
        """Refuse to go on in a file that is no longer the one at the path."""
        try:
            if self._path.stat().st_ino == self._file_number:
                return
            why = "another file was laid in its place"
        except OSError as error:
            why = reason(error)
        raise JournalOutsideError(
            f"this journal is no longer where it was opened ({why})",
            self.where,
            "put the file back, or open the journal again; nothing was written",
        )

    def _insert(self, entries: tuple[Entry, ...]) -> None:
        start = len(self._log) + 1
        self._connection.executemany(
            _INSERT,
            (
                (
                    position,
                    entry.id,
                    entry.kind,
                    *columns_of(entry, self._zone),
                    format_entry(entry),
                )
                for position, entry in enumerate(entries, start)
            ),
        )

    def _keep(self, entries: tuple[Entry, ...]) -> None:
        with self._mutex:
            for entry in entries:
                if entry.id not in self._log:  # a reader may have been quicker
                    self._log.add(entry)

    def _refresh(self) -> None:
        rows = self._connection.execute(
            "SELECT position, id, CAST(body AS BLOB) FROM entry WHERE position > ? "
            "ORDER BY position",
            (len(self._log),),
        )
        for position, identifier, body in rows:
            place = f"{self.where}, entry {position}"
            entry = parse_entry(body or b"", place)
            if entry.id != identifier or position != len(self._log) + 1:
                raise EntryError(
                    f"the row of entry {entry.id[:12]} bears another id or place",
                    place,
                    "`vigens fsck` lists what is wrong; restore the file from a copy",
                )
            self._log.add(entry)


def connect(path: Path) -> sqlite3.Connection:
    """Connect to a database, for writing if the file allows it."""
    name = quote(str(path.absolute()))
    writable = all(
        os.access(place, os.W_OK, effective_ids=os.access in os.supports_effective_ids)
        for place in (path, path.parent)
    )
    has_wal = Path(f"{path}-wal").exists()
    mode = "mode=rw" if writable else "mode=ro" if has_wal else "mode=ro&immutable=1"
    connection = sqlite3.connect(
        f"file:{name}?{mode}",
        uri=True,
        timeout=_WAIT_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA trusted_schema = OFF")
    except BaseException:
        connection.close()
        raise
    return connection


def check_head(connection: sqlite3.Connection, where: str) -> str:
    """See that a database is a journal of a version that this program reads.

    Returns:
        The zone of its integer bounds.

    Raises:
        JournalOutsideError: Another program's database, or a newer version's.
        JournalFileError: Ours, but without its settings.
    """
    (owner,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if owner != APPLICATION_ID:
        raise JournalOutsideError(
            f"this database belongs to another program (application id {owner})",
            where,
            "name a journal that Vigens made; this file was not touched",
        )
    if version > SCHEMA_VERSION:
        raise JournalOutsideError(
            f"this journal was written by a newer Vigens (schema {version}, this "
            f"program knows {SCHEMA_VERSION})",
            where,
            "use the newer Vigens; this file was not touched",
        )
    row = connection.execute("SELECT value FROM setting WHERE name = 'zone'").fetchone()
    if row is None:
        raise JournalFileError(
            "this journal lacks its settings", where, "restore it from a copy"
        )
    zone: str = row[0]
    zone_of(zone)
    return zone


def _create(path: Path, zone: str) -> None:
    """Make a database beside its place and move it there whole."""
    zone_of(zone)
    try:
        with TemporaryDirectory(dir=path.parent, prefix=".vigens-") as folder:
            fresh = Path(folder) / "new.db"
            with told(str(path)), closing(sqlite3.connect(fresh)) as connection:
                _lay_schema(connection, zone)
            with suppress(FileExistsError):  # another process made it meanwhile
                os.link(fresh, path)
        descriptor = os.open(path.parent, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
    except OSError as error:
        raise JournalOutsideError(
            f"the journal cannot be made here ({reason(error)})",
            str(path),
            "check that the folder is there and who may write it",
        ) from error


def _lay_schema(connection: sqlite3.Connection, zone: str) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    schema = files("vigens.journal") / "schema"
    for version in range(1, SCHEMA_VERSION + 1):
        connection.executescript((schema / f"{version}.sql").read_text("utf-8"))
    connection.execute("INSERT INTO setting VALUES ('zone', ?)", (zone,))
    connection.commit()
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.commit()


@contextmanager
def told(where: str) -> Iterator[None]:
    """Say SQLite's errors in our words: what, where, how to mend.

    Raises:
        JournalOutsideError: In place of any `sqlite3.Error`.
    """
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", None) or ""
        for known, (what, mend) in _MENDS.items():
            if name == known or name.startswith(f"{known}_"):
                raise JournalOutsideError(f"{what} ({error})", where, mend) from error
        raise JournalOutsideError(
            f"the database refused ({error})", where, "`vigens fsck` says more"
        ) from error
