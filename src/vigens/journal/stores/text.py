"""A journal as JSON Lines: one file that git, diff and eyes can read."""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NoReturn, Self

from vigens.base import Finding, Tell, Tenths
from vigens.journal.adopt import take_over
from vigens.journal.entry import Draft, Entry, format_entry
from vigens.journal.errors import (
    EntryError,
    JournalOutsideError,
    NoLogError,
    ReferenceRefusedError,
)
from vigens.journal.lines import (
    COPY_AGAIN,
    is_torn,
    parse_entry,
    read_lines,
    split_lines,
    torn,
)
from vigens.journal.prepare import Clock, prepare, stamp
from vigens.journal.proof import ALL_ENTRIES
from vigens.journal.readers import GOVERNING
from vigens.journal.store import Adoption, Backup, Brought, Receipt
from vigens.journal.stores.door import next_in
from vigens.journal.stores.log import Log
from vigens.journal.stores.register import (
    made_now,
    note,
    noted,
    refuse_taken,
    taken,
)
from vigens.journal.stores.rewriting import overwrite, sync_folder, write_in_place
from vigens.journal.stores.text_file import (
    create_file,
    for_owner,
    lock_file,
    padding,
    read_range,
    told_outside,
    write_group,
)
from vigens.journal.stubs import stub_entry, stub_of


class TextStore:
    """A journal in one text file, held in memory once read.

    Whoever writes holds a lock on the file, adds the whole group and waits until it is
    on disk. The first line of a group gets its beginning last, so that half a group is
    told from a whole one. What a crash tore is reported and cut off by the next writer;
    it was never acknowledged.
    """

    def __init__(self, path: Path, clock: Clock, *, create: bool) -> None:
        """Open a file, or make an empty one; see `open_journal` for what it raises."""
        self._path = path
        self._clock = clock
        self._mutex = threading.RLock()
        self._reset()
        if create:
            create_file(path)
        with self._file(os.O_RDONLY) as descriptor:
            self._refresh(descriptor)

    def _reset(self) -> None:
        self._log = Log(str(self._path))
        self._file_number: int | None = None
        self._end = 0  # where the whole lines that were read end
        self._line = 0
        self._tail = b""  # a torn last line
        self._line_is_open = False  # the last line is whole but lacks its line feed
        self._finding: Finding | None = None

    @property
    def where(self) -> str:
        """The path."""
        return str(self._path)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """A torn last line, if there is one."""
        return (self._finding,) if self._finding else ()

    def append(self, drafts: Iterable[Draft]) -> tuple[Entry, ...]:
        """Record a group as one durable commit; see `Store.append`."""
        group = tuple(drafts)
        if not group:
            return ()
        with self._mutex, self._file(os.O_RDWR) as descriptor:
            self._refresh(descriptor)
            moment = stamp(self._clock, self._log.last_recorded, self.where)
            entries = prepare(group, moment, self._log)
            self._write(descriptor, entries)
            return entries

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
        how = os.O_RDONLY if is_dry else os.O_RDWR
        with self._mutex, self._file(how) as descriptor:
            self._refresh(descriptor)
            done = take_over(
                entries,
                batch_title,
                recorded_by,
                clock=self._clock,
                held=self._log,
                where=self.where,
                missing=missing,
            )
            if done.batch is not None and not is_dry:
                self._write(descriptor, (*done.added, done.batch))
            return done

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
        lines, tail = split_lines(stream.read())
        last = () if is_torn(tail) else (tail,)
        entries = read_lines((*lines, *last), where)
        done = self.adopt(entries, batch_title, recorded_by=recorded_by, is_dry=is_dry)
        batches = [] if done.batch is None else [done.batch.id]
        n_governing = sum(each.kind in GOVERNING for each in done.added)
        found = []
        if not last and tail:
            found = [replace(torn(where, len(lines) + 1, tail), mend=COPY_AGAIN)]
        return Brought(len(done.added), done.n_present, n_governing, batches, found)

    def entries(self) -> tuple[Entry, ...]:
        """Give all entries in order; see `Store.entries`."""
        with self._mutex, self._file(os.O_RDONLY) as descriptor:
            self._refresh(descriptor)
            return self._log.entries()

    def get(self, reference: str) -> Entry:
        """Give one entry; see `Store.get`."""
        self.entries()
        return self._log.find(reference)

    def receipt(self, identifier: str) -> Receipt:
        """Say where an entry lies; see `Store.receipt`."""
        entry = self.get(identifier)
        return Receipt(entry.id, self._log.position(entry.id) or 0, len(self._log))

    def stream(
        self, after: int = 0, *, with_stubs: bool = False
    ) -> Iterator[tuple[int, Entry]]:
        """Give entries in order; see `Store.stream`."""
        for position, entry in enumerate(self.entries()[after:], after + 1):
            if with_stubs or not entry.is_stub:
                yield position, entry

    def size(self, log: str = ALL_ENTRIES) -> int:
        """Say how many entries there are; see `Store.size`."""
        if log != ALL_ENTRIES:
            raise NoLogError(self.where)
        return len(self.entries())

    def _refuse(self, *_asked: object, **_named: object) -> NoReturn:
        """Refuse: text has no keys, so it has no logs; see `Store` for each."""
        raise NoLogError(self.where)

    logs = head = heads = leaves = number_in = key_of = keep_signed = signed = _refuse

    def redact(self, identifier: str, fact: str) -> None:
        """Put a stub in the place of an entry's line; see `Store.redact`.

        A new file with the stub is laid in the place of the old one, whose bytes are
        overwritten then: a crash leaves one of the two, whole.
        """
        with self._mutex, self._file(os.O_RDWR) as descriptor:
            self._refresh(descriptor)
            entry, why = self._log.find(identifier), self._log.find(fact)
            if why.kind != "redaction":
                raise ReferenceRefusedError(
                    f"entry {why.id[:12]} is no redaction",
                    self.where,
                    "record the redaction with its reason first",
                )
            if entry.is_stub:
                return
            stub = stub_entry(entry.id, stub_of(entry), why.id)
            size = os.fstat(descriptor).st_size
            lines = [
                format_entry(stub if each.id == entry.id else each).encode() + b"\n"
                for each in self._log.entries()
            ]
            write_in_place(self._path, lines)
            overwrite(descriptor, size)
            self._reset()

    def redacted(self) -> Mapping[str, str]:
        """Give what was redacted; see `Store.redacted`."""
        return {
            entry.id: str(entry.payload["fact"])
            for entry in self.entries()
            if entry.is_stub
        }

    def backup(self, path: Path, progress: Tell | None = None) -> None:
        """Write a whole copy of the journal; see `Store.backup`."""
        refuse_taken(path)
        note(self._path, made_now(path, self._clock(), self.size()))
        self.write_copy(path)
        Tenths(1, progress).reach(1)

    def write_copy(self, path: Path) -> None:
        """Write a whole copy that only its owner may read.

        Raises:
            JournalOutsideError: There is a file at that place, or none can be made.
        """
        with self._mutex, self._file(os.O_RDONLY) as descriptor:
            self._refresh(descriptor)
            data = read_range(descriptor, 0, self._end)
        try:
            with open(path, "xb", opener=for_owner) as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            sync_folder(path)
        except FileExistsError as error:
            raise taken(path) from error
        except OSError as error:
            raise told_outside(error, str(path)) from error

    def backups(self) -> tuple[Backup, ...]:
        """Give the backups that were made; see `Store.backups`."""
        return noted(self._path)

    def close(self) -> None:
        """Nothing is held open between calls."""

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
    def _file(self, flags: int) -> Iterator[int]:
        lock = fcntl.LOCK_EX if flags & os.O_RDWR else fcntl.LOCK_SH
        try:
            descriptor = self._locked(flags, lock)
        except OSError as error:
            raise told_outside(error, self.where) from error
        try:
            yield descriptor
        except OSError as error:
            raise told_outside(error, self.where) from error
        finally:
            os.close(descriptor)  # and with it the lock

    def _locked(self, flags: int, lock: int) -> int:
        """Open the file and lock it; anew where another was laid in its place."""
        while True:
            descriptor = os.open(self._path, flags | os.O_CLOEXEC)
            try:
                if lock == fcntl.LOCK_EX:
                    with next_in(self._path):
                        lock_file(descriptor, lock, self.where)
                else:
                    lock_file(descriptor, lock, self.where)
                if os.fstat(descriptor).st_ino == self._path.stat().st_ino:
                    return descriptor
            except BaseException:
                os.close(descriptor)
                raise
            os.close(descriptor)

    def _refresh(self, descriptor: int) -> None:
        """Read what was added since the last look; a lock is held."""
        facts = os.fstat(descriptor)
        if self._file_number not in (None, facts.st_ino):
            self._reset()  # another file was laid in its place: read it anew
        self._file_number = facts.st_ino
        if facts.st_size < self._end:
            raise JournalOutsideError(
                "this journal became shorter while it was open",
                self.where,
                "something other than Vigens wrote to it: restore it from a copy",
            )
        if facts.st_size == self._end and not self._tail:
            return
        data = read_range(descriptor, self._end, facts.st_size)
        if self._line_is_open and data.startswith(b"\n"):
            data, self._end, self._line_is_open = data[1:], self._end + 1, False
        lines, tail = split_lines(data)
        for raw in lines:
            self._take(raw)
            self._end += 1
        self._take_tail(tail)

    def _take(self, raw: bytes) -> None:
        number = self._line + 1
        if raw.strip():
            entry = parse_entry(raw, self.where, line=number)
            if entry.id in self._log:
                raise EntryError(
                    f"the entry {entry.id[:12]} stands here a second time (first as "
                    f"entry {self._log.position(entry.id)})",
                    f"{self.where}:{number}",
                    "delete this line; nothing is lost",
                )
            self._log.add(entry)
        self._line = number
        self._end += len(raw)

    def _take_tail(self, tail: bytes) -> None:
        """Keep a last line without a line feed if it is whole; else report it."""
        self._tail, self._finding = b"", None
        if not tail:
            return
        if is_torn(tail):
            self._tail = tail
            self._finding = torn(self.where, self._line + 1, tail)
            return
        self._take(tail)
        self._line_is_open = True

    def _write(self, descriptor: int, entries: tuple[Entry, ...]) -> None:
        before = self._end
        if self._tail:
            os.ftruncate(descriptor, before)
            self._tail, self._finding = b"", None
        lead = b"\n" if self._line_is_open else b""
        lines = [format_entry(entry).encode() + b"\n" for entry in entries]
        pad = padding(before + len(lead)) if len(lines) > 1 else b""
        try:
            write_group(descriptor, before, lead + pad, lines)
        except BaseException:
            with suppress(OSError):  # what remains is torn, and told as such
                os.ftruncate(descriptor, before)
                os.fsync(descriptor)
            raise
        self._line_is_open = False
        self._end = before + len(lead) + len(pad) + sum(map(len, lines))
        self._line += len(lines) + len(pad)
        for entry in entries:
            self._log.add(entry)
