"""A journal as one SQLite file: write-ahead log, every commit on disk, append-only."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from vigens.base import Finding
from vigens.journal.adopt import take_over
from vigens.journal.entry import Draft, Entry
from vigens.journal.errors import JournalFileError, JournalOutsideError, reason
from vigens.journal.prepare import Clock, prepare, stamp
from vigens.journal.proof import ALL_ENTRIES
from vigens.journal.store import Adoption, HeadSignature, LogHead, Receipt
from vigens.journal.stores import sqlite_rows as rows
from vigens.journal.stores.laying import Edges, lay
from vigens.journal.stores.sqlite_file import (
    SCHEMA_VERSION,
    check_head,
    connect,
    copy_whole,
    make,
    sweep,
    told,
)
from vigens.journal.stores.sqlite_forward import bring_forward
from vigens.journal.stores.turns import Job, Turns

Answer = TypeVar("Answer")
Asked = ParamSpec("Asked")


class SqliteStore:
    """A journal in one SQLite file. Nothing is held in memory until all is asked for.

    One connection writes and another reads, so that no reader waits for the disk.
    """

    def __init__(self, path: Path, clock: Clock, *, create: bool, zone: str) -> None:
        """Open a file, or make a new one; see `open_journal` for what it raises."""
        self._path = path
        self._clock = clock
        self._turns = Turns(str(path), self._commit)
        self._reading = threading.RLock()
        self._entries: list[Entry] = []
        self._read_to = (0, 0)  # position, and how many were redacted by then
        self._size = 0  # as the open transaction has it
        self._recorded_us = 0
        self._edges: Edges | None = None  # as the last commit left them,
        self._edges_fit = -1  # and how many entries there were then
        if create:
            make(path, zone)
        with told(self.where):
            self._writer = connect(path)
        self._reader: sqlite3.Connection | None = None
        try:
            self._file_number = path.stat().st_ino
            with told(self.where):
                version, self._zone = check_head(self._writer, self.where)
                if version < SCHEMA_VERSION:
                    bring_forward(self._writer, self._zone, self.where)
                self._reader = connect(path)
        except BaseException:
            self.close()
            raise
        self._held = rows.Held(self._writer)

    @property
    def where(self) -> str:
        """The path."""
        return str(self._path)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Nothing: SQLite undoes what a crash cut short."""
        return ()

    def append(self, drafts: Iterable[Draft]) -> tuple[Entry, ...]:
        """Record a group in one transaction; see `Store.append`."""
        group = tuple(drafts)
        if not group:
            return ()

        def act() -> tuple[Entry, ...]:
            moment = stamp(self._clock, self._held.last_recorded, self.where)
            entries = prepare(group, moment, self._held)
            self._lay(entries)
            return entries

        return self._turns.take(act)

    def adopt(
        self, entries: Iterable[Entry], batch_title: str, *, recorded_by: str = "import"
    ) -> Adoption:
        """Take over another journal's entries; see `Store.adopt`."""
        brought = tuple(entries)

        def act() -> Adoption:
            done = take_over(
                brought,
                batch_title,
                recorded_by,
                clock=self._clock,
                held=self._held,
                where=self.where,
            )
            if done.batch is not None:
                self._lay((*done.added, done.batch))
            return done

        return self._turns.take(act)

    def entries(self) -> tuple[Entry, ...]:
        """Give all entries in order, and keep them; see `Store.entries`."""
        with self._reading:
            n_redacted = self._read(rows.count_redactions)
            after, n_before = self._read_to
            if n_redacted != n_before:
                self._entries, after = [], 0
            for position, entry in self.stream(after):
                self._entries.append(entry)
                after = position
            self._read_to = after, n_redacted
            return tuple(self._entries)

    def stream(self, after: int = 0) -> Iterator[tuple[int, Entry]]:
        """Give entries in order, a page at a time; see `Store.stream`."""
        while True:
            page, last = self._read(rows.read_page, after, self.where)
            yield from page
            if last == after:
                return
            after = last

    def get(self, reference: str) -> Entry:
        """Give one entry; see `Store.get`."""
        with self._reading:
            position, _ = self._read(rows.locate, reference, self.where)
            return self._read(rows.read_entry, position, self.where)

    def receipt(self, identifier: str) -> Receipt:
        """Say where an entry lies; see `Store.receipt`."""
        with self._reading:
            position, found = self._read(rows.locate, identifier, self.where)
            return Receipt(found, position, self.size())

    def size(self, log: str = ALL_ENTRIES) -> int:
        """Say how many entries a log holds; see `Store.size`."""
        return self._read(rows.size_of, log)

    def logs(self) -> tuple[str, ...]:
        """Name the logs; see `Store.logs`."""
        return tuple(self._read(rows.log_names))

    def head(self, log: str = ALL_ENTRIES) -> LogHead:
        """Say how a log stands now; see `Store.head`."""
        return self._read(rows.head_of, log)

    def heads(self, log: str = ALL_ENTRIES) -> Iterator[LogHead]:
        """Give how a log stood after each commit; see `Store.heads`."""
        return iter(self._read(rows.heads_of, log))

    def leaves(
        self, log: str = ALL_ENTRIES, start: int = 0, end: int | None = None
    ) -> list[bytes]:
        """Give leaf hashes of a log; see `Store.leaves`."""
        return self._read(rows.leaves_of, log, start, end)

    def number_in(self, log: str, identifier: str) -> int | None:
        """Give the number of an entry's leaf; see `Store.number_in`."""
        with self._reading:
            position, _ = self._read(rows.locate, identifier, self.where)
            return self._read(rows.number_in, log, position)

    def key_of(self, identifier: str) -> bytes | None:
        """Give the key of an entry; see `Store.key_of`."""
        with self._reading:
            position, _ = self._read(rows.locate, identifier, self.where)
            return self._read(rows.key_at, position)

    def keep_signature(self, signature: HeadSignature) -> None:
        """Keep a signature of a head; see `Store.keep_signature`."""
        self._turns.take(lambda: rows.write_signature(self._writer, signature))

    def signatures(self, log: str = ALL_ENTRIES) -> tuple[HeadSignature, ...]:
        """Give the signatures of a log's heads; see `Store.signatures`."""
        return tuple(self._read(rows.signatures_of, log))

    def redact(self, identifier: str, fact: str) -> None:
        """Destroy what an entry says, and its key; see `Store.redact`."""

        def act() -> None:
            position = rows.place_to_redact(
                self._writer, identifier, fact, self.where
            )
            if position is not None:
                rows.write_redaction(self._writer, position, fact)

        with self._turns.mutex, self._reading:
            self._turns.take(act)
            with told(self.where):
                sweep(self._writer, self.where)

    def redacted(self) -> Mapping[str, str]:
        """Give the id of each redacted entry; see `Store.redacted`."""
        return self._read(rows.redactions)

    def backup(self, path: Path) -> None:
        """Write a whole copy of the journal; see `Store.backup`."""
        with self._reading, told(self.where):
            self._check_place()
            copy_whole(self._reader, path)

    def close(self) -> None:
        """Close the database; SQLite then folds its side files into the one file."""
        with self._turns.mutex, self._reading, suppress(sqlite3.Error):
            if self._reader is not None:
                self._reader.close()
            self._writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _commit(self, jobs: Sequence[Job[Any]]) -> None:
        """Run some writers' jobs as one durable transaction, all or none."""
        with told(self.where):
            self._check_place()
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                self._size = rows.size_of(self._writer, ALL_ENTRIES)
                if self._edges is None or self._edges_fit != self._size:
                    self._edges = self._fresh_edges()
                for job in jobs:
                    job.run()
                rows.write_heads(self._writer, self._edges.heads(self._recorded_us))
                self._writer.execute("COMMIT")
                self._edges_fit = self._size
            except BaseException:
                self._edges = None
                with suppress(sqlite3.Error):
                    self._writer.execute("ROLLBACK")
                raise

    def _fresh_edges(self) -> Edges:
        edges = Edges(lambda log: rows.edge_of(self._writer, log))
        if edges.of(ALL_ENTRIES).size != self._size:
            raise JournalFileError(
                f"the journal holds {self._size} entries, but its log of all ends "
                f"with {edges.of(ALL_ENTRIES).size}",
                self.where,
                "`vigens fsck` lists what is wrong; restore the file from a copy",
            )
        return edges

    def _lay(self, entries: Sequence[Entry]) -> None:
        """Write entries inside the open transaction."""
        assert self._edges is not None, "a job runs inside a commit"
        made = lay(entries, self._size + 1, self._edges, self._zone)
        rows.write_rows(self._writer, made)
        self._size += len(entries)
        self._recorded_us = made.entries[-1].recorded_us

    def _read(
        self,
        query: Callable[Concatenate[sqlite3.Connection, Asked], Answer],
        *asked: Asked.args,
        **named: Asked.kwargs,
    ) -> Answer:
        with self._reading, told(self.where):
            self._check_place()
            return query(self._reader, *asked, **named)

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
