"""A journal in a database of a PostgreSQL server: one order of writers, many readers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vigens.base import Tell
from vigens.journal.errors import JournalOutsideError, NotSweptError
from vigens.journal.prepare import Clock
from vigens.journal.store import Backup
from vigens.journal.stores.ledger import Ledger
from vigens.journal.stores.postgres.connecting import driver, shown, told
from vigens.journal.stores.postgres.copying import copy_to_file
from vigens.journal.stores.postgres.making import PUT_UP, TAKE_DOWN, make_on_server
from vigens.journal.stores.postgres.rows import PostgresRows
from vigens.journal.stores.postgres.wire import Wire


def open_postgres(address: str, clock: Clock, *, create: bool, zone: str) -> Ledger:
    """Open a journal on a server, or make one; see `open_journal`.

    Raises:
        InputError: The address cannot be read, or holds a password.
        JournalFileError: There is no journal in the database.
        JournalOutsideError: No server, no driver, no right; a newer schema.
    """
    if create:
        make_on_server(address, zone, None)
    return Ledger(PostgresDatabase(address), clock)


class PostgresDatabase:
    """One database of a server; one connection writes and another reads.

    Either is made anew where it was lost.
    """

    def __init__(self, address: str) -> None:
        """Connect, and bring the journal forward if it is of an older version."""
        self._address = address
        self._where = shown(address)
        self._reading = threading.RLock()
        self._writing = threading.RLock()
        self._reader = Wire(address, self._where)
        self._writer = Wire(address, self._where)
        self._reader.ready()
        self._zone = self._reader.zone

    @property
    def where(self) -> str:
        """The address, without any secret."""
        return self._where

    @property
    def zone(self) -> str:
        """IANA name whose civil days give the bounds of dates."""
        return self._zone

    @contextmanager
    def reading(self) -> Iterator[PostgresRows]:
        """Look at what is committed; see `Database.reading`."""
        with self._reading, told(self.where):
            yield PostgresRows(self._reader.ready(), self.where)

    @contextmanager
    def writing(self) -> Iterator[PostgresRows]:
        """Change the database in one transaction; see `Database.writing`."""
        with self._writing, told(self.where):
            connection, end = self._writer.begin()
            try:
                rows = PostgresRows(connection, self.where, end)
                yield rows
                self._commit(rows)
            except BaseException:
                self._writer.roll_back()
                raise

    @contextmanager
    def writing_many(self) -> Iterator[PostgresRows]:
        """Change the database by the million; see `Database.writing_many`.

        Into a journal that holds nothing yet its owner copies rows without what looks
        at each, and makes the indexes once all is there, in the same transaction.
        Others meanwhile wait.
        """
        with self.writing() as rows:
            is_fresh = rows.end()[0] == 0 and self._writer.is_owner()
            if is_fresh:
                rows.run(TAKE_DOWN)
            yield rows
            if is_fresh:
                rows.run(PUT_UP)

    def sweep(self) -> None:
        """Rewrite the table of entries, if we may; see `Database.sweep`.

        A server keeps the old form of a row beside the new one until then.

        Raises:
            NotSweptError: Only the owner may.
        """
        with self._writing, told(self.where):
            connection = self._writer.ready()
            if not self._writer.is_owner():
                raise NotSweptError(
                    "the entry is redacted, but what it said may still lie in the "
                    "files of the server",
                    self.where,
                    "the journal's owner completes it: `vigens redact CASE --resume` "
                    "with that login (PGUSER), or VACUUM (FULL) vigens.entry in psql",
                )
            connection.execute("VACUUM (FULL) vigens.entry")

    def copy_whole(self, path: Path, progress: Tell | None = None) -> None:
        """Write a whole copy as an SQLite file; see `Database.copy_whole`."""
        copy_to_file(self._address, path, progress)

    def note_backup(self, backup: Backup) -> None:
        """Note a backup in the database; see `Database.note_backup`."""
        with self.writing() as rows:
            rows.write_backup(backup)

    def backups(self) -> tuple[Backup, ...]:
        """Give the backups that were noted; see `Database.backups`."""
        with self.reading() as rows:
            return tuple(rows.backups())

    def close(self) -> None:
        """Let go of both connections; doing it twice does no harm."""
        with self._writing, self._reading:
            self._writer.close()
            self._reader.close()

    def _commit(self, rows: PostgresRows) -> None:
        """Commit; where no answer comes, find out what became of it.

        A server that dies may have kept the entries and say only that it dies.
        """
        lost = driver(self.where).OperationalError
        try:
            rows.commit()
        except lost as error:
            self._writer.close()
            if rows.last_written is None or not self._is_kept(rows.last_written, error):
                raise

    def _is_kept(self, identifier: str, lost: Exception) -> bool:
        """Say whether a commit was done although its answer never came.

        The old connection's transaction has ended, one way or the other, once the
        new one has its turn.
        """
        try:
            connection, _ = self._writer.begin()
            return PostgresRows(connection, self.where).kind_of(identifier) is not None
        except (driver(self.where).Error, JournalOutsideError):
            raise JournalOutsideError(
                "the connection was lost in the middle of a commit, and it is not "
                "known whether the entries were kept",
                self.where,
                "when the server is back, look with `vigens log` before you record "
                "them again",
            ) from lost
        finally:
            self._writer.roll_back()
