"""A journal in a database: what each such store does alike, whatever the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self, TypeVar

from vigens.base import Finding, Tell
from vigens.journal.adopt import links, take_over
from vigens.journal.entry import Draft, Entry
from vigens.journal.errors import JournalFileError
from vigens.journal.prepare import Clock, prepare, stamp, targets_of
from vigens.journal.proof import ALL_ENTRIES, EMPTY_ROOT, SignedHead
from vigens.journal.store import Adoption, Backup, Brought, LogHead, Receipt
from vigens.journal.stores.database import Changes, Database, Queries
from vigens.journal.stores.laying import Edges, lay, recorded_at_of
from vigens.journal.stores.reading import (
    Held,
    locate,
    place_to_redact,
    read_entry,
    read_page,
)
from vigens.journal.stores.register import made_now, refuse_taken
from vigens.journal.stores.turns import Job, Turns

Outcome = TypeVar("Outcome")

#: How many stored lines are read at a time.
LINES = 10_000


class Ledger:
    """A journal in a database. Nothing is held in memory until all is asked for."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Take an open database, and close it in the end."""
        self._database = database
        self._clock = clock
        self._turns = Turns(database.where, self._commit)
        self._entries: list[Entry] = []
        self._read_to = (0, 0)  # position, and how many were redacted by then
        self._open: _Commit | None = None  # while a commit runs
        self._edges: Edges | None = None  # as the last commit left them,
        self._edges_fit = -1  # and how many entries there were then

    @property
    def where(self) -> str:
        """The journal's name in messages."""
        return self._database.where

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Nothing: a database undoes what a crash cut short."""
        return ()

    def append(self, drafts: Iterable[Draft]) -> tuple[Entry, ...]:
        """Record a group in one transaction; see `Store.append`."""
        group = tuple(drafts)
        if not group:
            return ()

        def act(commit: _Commit) -> tuple[Entry, ...]:
            last = commit.last_recorded
            moment = stamp(self._clock, last, self.where)
            held = Held(commit.rows, last, targets_of(group))
            entries = prepare(group, moment, held, may_repeat=moment == last)
            commit.lay(entries)
            return entries

        return self._take(act)

    def adopt(
        self,
        entries: Iterable[Entry],
        batch_title: str,
        *,
        recorded_by: str = "import",
        missing: frozenset[str] = frozenset(),
        is_dry: bool = False,
    ) -> Adoption:
        """Take over another journal's entries; see `Store.adopt`."""
        brought = tuple(entries)
        asked = [entry.id for entry in brought]
        asked += (target for entry in brought for _, target in links(entry))

        def brings(rows: Queries, last: str | None) -> Adoption:
            return take_over(
                brought,
                batch_title,
                recorded_by,
                clock=self._clock,
                held=Held(rows, last, asked),
                where=self.where,
                missing=missing,
            )

        def act(commit: _Commit) -> Adoption:
            done = brings(commit.rows, commit.last_recorded)
            if done.batch is not None:
                commit.lay((*done.added, done.batch))
            return done

        if is_dry:
            with self._database.reading() as rows:
                return brings(rows, recorded_at_of(rows.end()[1]))
        return self._take(act)

    def adopt_lines(
        self,
        stream: BinaryIO,
        batch_title: str,
        *,
        recorded_by: str = "import",
        where: str = "the import",
        is_dry: bool = False,
    ) -> Brought:
        """Take over a journal written as lines; see `Store.adopt_lines`."""
        from vigens.journal.bulk.importing import Bulk, Target, Unwritten

        def bulk(rows: Target, edges: Edges, end: tuple[int, int | None]) -> Bulk:
            moment = partial(stamp, self._clock, recorded_at_of(end[1]), self.where)
            made = Bulk(rows, edges, end[0], self._database.zone, moment)
            made.run(stream, batch_title, recorded_by, where)
            return made

        if is_dry:
            with self._database.reading() as rows:
                return bulk(Unwritten(rows), Edges(lambda _: None), rows.end()).brought
        with self._turns.mutex, self._transaction(is_many=True) as commit:
            end = commit.size, commit.recorded_us
            done = bulk(commit.rows, commit.edges, end)
            commit.size, commit.recorded_us = done.size, done.recorded_us
        return done.brought

    def entries(self) -> tuple[Entry, ...]:
        """Give all entries in order, and keep them; see `Store.entries`."""
        with self._turns.mutex:
            with self._database.reading() as rows:
                n_redacted = rows.count_redactions()
            after, n_before = self._read_to
            if n_redacted != n_before:
                self._entries, after = [], 0
            for position, entry in self._pages(after):
                self._entries.append(entry)
                after = position
            self._read_to = after, n_redacted
            return tuple(self._entries)

    def stream(
        self, after: int = 0, *, with_stubs: bool = False
    ) -> Iterator[tuple[int, Entry]]:
        """Give entries in order, a page at a time; see `Store.stream`."""
        for position, entry in self._pages(after):
            if with_stubs or not entry.is_stub:
                yield position, entry

    def _pages(self, after: int) -> Iterator[tuple[int, Entry]]:
        """Give entries in order, with stubs for redacted ones."""
        while True:
            with self._database.reading() as rows:
                page, last = read_page(rows, after, self.where)
            yield from page
            if last == after:
                return
            after = last

    @property
    def zone(self) -> str:
        """IANA name whose civil days give the bounds of dates."""
        return self._database.zone

    def lines(self, after: int = 0) -> Iterator[tuple[int, bytes | Entry]]:
        """Give position and stored line of each entry; a stub where it is redacted.

        For what derives the ids itself.
        """
        while True:
            with self._database.reading() as rows:
                page = [
                    (at, read_entry(rows, at, self.where) if body is None else body)
                    for at, _, body, _ in rows.bodies(after, LINES)
                ]
            if not page:
                return
            yield from page
            after = page[-1][0]

    def some(self, positions: Iterable[int]) -> tuple[Entry, ...]:
        """Give the entries at some positions that are taken.

        Raises:
            EntryError: A row is damaged.
            ReferenceRefusedError: One of them was redacted.
        """
        with self._database.reading() as rows:
            return tuple(read_entry(rows, at, self.where) for at in positions)

    def count_redacted(self) -> int:
        """Say how many entries were redacted."""
        with self._database.reading() as rows:
            return rows.count_redactions()

    def get(self, reference: str) -> Entry:
        """Give one entry; see `Store.get`."""
        with self._database.reading() as rows:
            position, _ = locate(rows, reference, self.where)
            return read_entry(rows, position, self.where)

    def receipt(self, identifier: str) -> Receipt:
        """Say where an entry lies; see `Store.receipt`."""
        with self._database.reading() as rows:
            position, found = locate(rows, identifier, self.where)
            return Receipt(found, position, rows.size_of(ALL_ENTRIES))

    def size(self, log: str = ALL_ENTRIES) -> int:
        """Say how many entries a log holds; see `Store.size`."""
        with self._database.reading() as rows:
            return rows.size_of(log)

    def logs(self) -> tuple[str, ...]:
        """Name the logs; see `Store.logs`."""
        with self._database.reading() as rows:
            whole = (ALL_ENTRIES,) if rows.size_of(ALL_ENTRIES) else ()
            return (*whole, *rows.log_names())

    def head(self, log: str = ALL_ENTRIES) -> LogHead:
        """Say how a log stands now; see `Store.head`."""
        with self._database.reading() as rows:
            return rows.head_of(log) or LogHead(log, 0, EMPTY_ROOT, 0)

    def head_at(self, size: int) -> LogHead | None:
        """Say how the log of all stood when a commit made it so long, if one did."""
        with self._database.reading() as rows:
            return rows.head_at(ALL_ENTRIES, size)

    def heads(self, log: str = ALL_ENTRIES) -> tuple[LogHead, ...]:
        """Give how a log stood after each commit; see `Store.heads`."""
        with self._database.reading() as rows:
            return tuple(rows.heads_of(log))

    def leaves(
        self, log: str = ALL_ENTRIES, start: int = 0, end: int | None = None
    ) -> list[bytes]:
        """Give leaf hashes of a log; see `Store.leaves`."""
        with self._database.reading() as rows:
            return rows.leaves_of(log, start, end)

    def number_in(self, log: str, identifier: str) -> int | None:
        """Give the number of an entry's leaf; see `Store.number_in`."""
        with self._database.reading() as rows:
            position, _ = locate(rows, identifier, self.where)
            if log == ALL_ENTRIES:
                return position - 1
            return rows.number_in(log, position)

    def key_of(self, identifier: str) -> bytes | None:
        """Give the key of an entry; see `Store.key_of`."""
        with self._database.reading() as rows:
            position, _ = locate(rows, identifier, self.where)
            return rows.key_at(position)

    def keep_signed(self, head: SignedHead) -> None:
        """Keep a signed head; see `Store.keep_signed`."""
        self._take(lambda commit: commit.rows.write_signature(head))

    def signed(self, log: str = ALL_ENTRIES) -> tuple[SignedHead, ...]:
        """Give the signed heads of a log; see `Store.signed`."""
        with self._database.reading() as rows:
            return tuple(rows.signatures_of(log))

    def redact(self, identifier: str, fact: str) -> None:
        """Destroy what an entry says, and its key; see `Store.redact`."""

        def act(commit: _Commit) -> None:
            position = place_to_redact(commit.rows, identifier, fact, self.where)
            if position is not None:
                commit.rows.write_redaction(position, fact)

        self._take(act)
        with self._turns.mutex:
            self._database.sweep()

    def redacted(self) -> Mapping[str, str]:
        """Give the id of each redacted entry; see `Store.redacted`."""
        with self._database.reading() as rows:
            return rows.redactions()

    def backup(self, path: Path, progress: Tell | None = None) -> None:
        """Write a whole copy of the journal; see `Store.backup`."""
        refuse_taken(path)
        made = made_now(path, self._clock(), self.size())
        self._database.note_backup(made)
        self._database.copy_whole(path, progress)

    def backups(self) -> tuple[Backup, ...]:
        """Give the backups that were made; see `Store.backups`."""
        return self._database.backups()

    def close(self) -> None:
        """Close the database."""
        with self._turns.mutex:
            self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _take(self, act: Callable[[_Commit], Outcome]) -> Outcome:
        def run() -> Outcome:
            assert self._open is not None, "a job runs inside a commit"
            return act(self._open)

        return self._turns.take(run)

    def _commit(self, jobs: Sequence[Job[Any]]) -> None:
        """Run some writers' jobs as one durable transaction, all or none."""
        try:
            with self._transaction() as commit:
                self._open = commit
                for job in jobs:
                    job.run()
        finally:
            self._open = None

    @contextmanager
    def _transaction(self, *, is_many: bool = False) -> Iterator[_Commit]:
        edges, self._edges = self._edges, None
        database = self._database
        with database.writing_many() if is_many else database.writing() as rows:
            size, recorded_us = rows.end()
            if edges is None or self._edges_fit != size:
                edges = self._fresh_edges(rows, size)
            edges.load = rows.edge_of
            commit = _Commit(rows, edges, (size, recorded_us), self._database.zone)
            yield commit
            commit.end()
        self._edges, self._edges_fit = edges, commit.size

    def _fresh_edges(self, rows: Changes, size: int) -> Edges:
        edges = Edges(rows.edge_of)
        if edges.of(ALL_ENTRIES).size != size:
            raise JournalFileError(
                f"the journal holds {size} entries, but its log of all ends with "
                f"{edges.of(ALL_ENTRIES).size}",
                self.where,
                "`vigens fsck` lists what is wrong; restore the journal from a copy",
            )
        return edges


class _Commit:
    """One open transaction: what it writes, and how the logs grow by it."""

    def __init__(
        self, rows: Changes, edges: Edges, end: tuple[int, int | None], zone: str
    ) -> None:
        self.rows = rows
        self.size, self.recorded_us = end
        self.edges = edges
        self._zone = zone

    @property
    def last_recorded(self) -> str | None:
        """When the entry at the end was recorded, if there is one."""
        return recorded_at_of(self.recorded_us)

    def lay(self, entries: Sequence[Entry]) -> None:
        """Write entries at the end."""
        made = lay(entries, self.size + 1, self.edges, self._zone)
        self.rows.write_rows(made)
        self.size += len(entries)
        self.recorded_us = made.entries[-1].recorded_us

    def end(self) -> None:
        """Write how the logs stand that grew."""
        self.rows.write_heads(self.edges.heads(self.recorded_us or 0))
