"""A journal as one SQLite file: write-ahead log, every commit on disk, append-only."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from vigens.base import Tell
from vigens.journal.errors import JournalOutsideError, reason
from vigens.journal.prepare import Clock
from vigens.journal.store import Backup
from vigens.journal.stores.door import next_in
from vigens.journal.stores.ledger import Ledger
from vigens.journal.stores.register import note, noted
from vigens.journal.stores.sqlite_file import (
    SCHEMA_VERSION,
    check_head,
    connect,
    copy_whole,
    guards,
    indexes,
    make,
    resume,
    sweep,
    told,
)
from vigens.journal.stores.sqlite_forward import bring_forward
from vigens.journal.stores.sqlite_rows import SqliteRows

#: Memory for pages while millions of rows are written: the index of ids fits in.
_CACHE_KIB = 256 * 1024

#: The same where the index is made in the end, so that pages are written in their order.
_FRESH_CACHE_KIB = 64 * 1024

#: Otherwise: SQLite's own measure, in pages.
_CACHE_PAGES = 2000


def open_sqlite(path: Path, clock: Clock, *, create: bool, zone: str) -> Ledger:
    """Open a journal in an SQLite file, or make one; see `open_journal`.

    Raises:
        JournalFileError: It lacks its settings.
        JournalOutsideError: Disk, permission, another program's or a newer database.
        EntryError: It is of an older version, and an entry in it is damaged.
    """
    if create:
        make(path, zone)
    return Ledger(SqliteFile(path), clock)


class SqliteFile:
    """One SQLite file; one connection writes and another reads.

    So no reader waits for a writer's disk.
    """

    def __init__(self, path: Path) -> None:
        """Open a file, and bring it forward if it is of an older version."""
        self._path = path
        self._reading = threading.RLock()
        self._writing = threading.RLock()
        self._reader: sqlite3.Connection | None = None
        with told(self.where):
            self._writer = connect(path)
        try:
            self._file_number = path.stat().st_ino
            with told(self.where):
                version, self._zone = check_head(self._writer, self.where)
                resume(self._writer)
                if version < SCHEMA_VERSION:
                    bring_forward(self._writer, self._zone, self.where)
                self._open_reader()
        except BaseException:
            self.close()
            raise
        self._changes = SqliteRows(self._writer, self.where)

    @property
    def where(self) -> str:
        """The path."""
        return str(self._path)

    @property
    def zone(self) -> str:
        """IANA name whose civil days give the bounds of dates."""
        return self._zone

    @contextmanager
    def reading(self) -> Iterator[SqliteRows]:
        """Look at what is committed; see `Database.reading`."""
        with self._reading, told(self.where):
            self._check_place()
            yield self._queries

    @contextmanager
    def writing(self) -> Iterator[SqliteRows]:
        """Change the file in one transaction; see `Database.writing`."""
        with self._writing, told(self.where):
            self._check_place()
            with next_in(self._path):
                self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._changes
                self._writer.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._writer.execute("ROLLBACK")
                raise

    @contextmanager
    def writing_many(self) -> Iterator[SqliteRows]:
        """Change the file by the million; see `Database.writing_many`.

        What guards each new row against other programs is taken down and put up again
        inside the transaction, so that nobody ever finds it missing. Into a journal
        that holds nothing yet, and that nobody else has open, pages go straight, and
        its index is made once all is there.
        """
        with self._writing, ExitStack() as alone:
            alone.enter_context(self._reading)  # which for now has no connection
            is_fresh = self._put_side_file_away()
            if is_fresh:
                alone.callback(self._take_side_file_back)
            else:
                alone.close()
            taken_down = {
                **{f"TRIGGER {name}": text for name, text in guards().items()},
                **{
                    f"INDEX {name}": text
                    for name, text in (indexes() if is_fresh else {}).items()
                },
            }
            cache = _FRESH_CACHE_KIB if is_fresh else _CACHE_KIB
            with self.writing() as rows:
                self._writer.execute(f"PRAGMA cache_size = -{cache}")
                try:
                    for name in taken_down:
                        self._writer.execute(f"DROP {name}")
                    yield rows
                    for statement in reversed(taken_down.values()):
                        self._writer.execute(statement)
                finally:
                    self._writer.execute(f"PRAGMA cache_size = {_CACHE_PAGES}")

    def _put_side_file_away(self) -> bool:
        """Let an empty journal be written without a side file, if nobody looks on.

        Then a page is written once and not twice; until the commit the old pages, of
        which there are few, lie in a file beside it.
        """
        with told(self.where):
            self._check_place()
            one = self._writer.execute("SELECT 1 FROM entry LIMIT 1").fetchone()
            if one is not None or self._reader is None:
                return False
            self._reader.close()
            try:
                self._writer.execute("PRAGMA journal_mode = DELETE")
            except sqlite3.OperationalError:  # another process has it open
                self._open_reader()
                return False
            self._writer.execute("PRAGMA synchronous = EXTRA")  # the folder as well
            return True

    def _take_side_file_back(self) -> None:
        with told(self.where):
            self._writer.execute("PRAGMA synchronous = FULL")
            with suppress(sqlite3.OperationalError):  # whoever opens it next does it
                self._writer.execute("PRAGMA journal_mode = WAL")
            self._open_reader()

    def _open_reader(self) -> None:
        self._reader = connect(self._path)
        self._queries = SqliteRows(self._reader, self.where)

    def sweep(self) -> None:
        """Empty the side file, and take the images away; see `Database.sweep`."""
        from vigens.journal.image import image_paths, wipe

        with self._writing, self._reading, told(self.where):
            for path in image_paths(self._path):
                wipe(path)
            sweep(self._writer, self.where)

    def copy_whole(self, path: Path, progress: Tell | None = None) -> None:
        """Write a whole copy; see `Database.copy_whole`."""
        with self._reading, told(self.where):
            self._check_place()
            assert self._reader is not None, "it is open"
            copy_whole(self._reader, path, progress)

    def note_backup(self, backup: Backup) -> None:
        """Note a backup beside the file; see `Database.note_backup`."""
        note(self._path, backup)

    def backups(self) -> tuple[Backup, ...]:
        """Give the backups that were noted; see `Database.backups`."""
        return noted(self._path)

    def close(self) -> None:
        """Close the database; SQLite then folds its side files into the one file."""
        with self._writing, self._reading, suppress(sqlite3.Error):
            if self._reader is not None:
                self._reader.close()
            self._writer.close()

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
