"""What every store of a journal can do, and opening one."""

from __future__ import annotations

import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from vigens.base import Finding
from vigens.journal.entry import Draft, Entry
from vigens.journal.errors import JournalFileError, JournalOutsideError
from vigens.journal.prepare import Clock

#: How every SQLite file begins.
SQLITE_MAGIC = b"SQLite format 3\0"

_TEXT_ENDINGS = (".jsonl", ".ndjson")
_DATABASE_ENDINGS = (".db", ".sqlite")


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where an entry lies in one log; its id knows nothing of it.

    Attributes:
        id: Id of the entry.
        position: Place in the log, from 1.
        size: How many entries the log held when the receipt was given.
    """

    id: str
    position: int
    size: int


@dataclass(frozen=True, slots=True)
class Adoption:
    """What an import brought.

    Attributes:
        added: Entries that were new here, in their order.
        n_present: How many were here already.
        batch: The entry that lists the new ones; none where nothing was new.
    """

    added: tuple[Entry, ...]
    n_present: int
    batch: Entry | None


class Store(Protocol):
    """An append-only journal on some medium. Safe to share between threads."""

    @property
    def where(self) -> str:
        """The journal's name in messages: its path."""
        ...

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was odd on opening, such as a torn last line."""
        ...

    def append(self, drafts: Iterable[Draft]) -> tuple[Entry, ...]:
        """Record a group of drafts as one durable commit, all or none.

        Raises:
            DraftError: A draft is not fit; nothing was written.
            ValueRefusedError: A payload holds what no hash can cover.
            ClockError: The clock went back more than five minutes.
            JournalOutsideError: Disk, permission or another writer.
        """
        ...

    def adopt(
        self, entries: Iterable[Entry], batch_title: str, *, recorded_by: str = "import"
    ) -> Adoption:
        """Take over entries of another journal with their ids and times.

        Those already here are skipped; one `batch` entry lists the rest. Doing it
        twice changes nothing.

        Raises:
            EntryError: An id does not fit its entry, or a link leads nowhere.
            ClockError: The clock went back more than five minutes.
            JournalOutsideError: Disk, permission or another writer.
        """
        ...

    def entries(self) -> tuple[Entry, ...]:
        """Give all entries in the order of the log, other writers' included."""
        ...

    def get(self, reference: str) -> Entry:
        """Give one entry by its id or the first six digits or more.

        Raises:
            ReferenceRefusedError: Too short, unknown, or it fits several entries.
        """
        ...

    def receipt(self, identifier: str) -> Receipt:
        """Say where an entry lies in this log.

        Raises:
            ReferenceRefusedError: No such entry.
        """
        ...

    def close(self) -> None:
        """Let go of the file; doing it twice does no harm."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


def open_journal(
    path: str | Path, clock: Clock, *, create: bool = False, zone: str = "UTC"
) -> Store:
    """Open a journal: `.jsonl` is text, `.db` is SQLite; content decides first.

    Args:
        path: The file.
        clock: Gives the present moment; asked only when something is recorded.
        create: Make an empty journal where there is no file.
        zone: IANA name of the case, kept in a new database for the integer bounds
            of dates.

    Returns:
        A store; close it, or use it in a `with`.

    Raises:
        JournalFileError: Missing, a folder, binary, not UTF-8, not a journal.
        EntryError: A line or row is damaged; the message names it.
        JournalOutsideError: No permission, disk, another program's database.
    """
    path = Path(path)
    head = _head(path)
    if head is None and not create:
        raise JournalFileError(
            "there is no such journal",
            str(path),
            "check the path, or import into a new one",
        )
    if head is None:
        is_database = _ending_says_database(path)
    elif head:
        is_database = head == SQLITE_MAGIC
        _refuse_strange_content(path, head)
    else:
        is_database = _ending_says_database(path)
        if is_database:
            raise JournalFileError(
                "this database is empty: not even the head of a file is there",
                str(path),
                "delete it and import again, or restore it from a copy",
            )
    if is_database:
        from vigens.journal.sqlite import SqliteStore

        return SqliteStore(path, clock, create=head is None, zone=zone)
    from vigens.journal.text import TextStore

    return TextStore(path, clock, create=head is None)


def _head(path: Path) -> bytes | None:
    """Give the first bytes of a file, or none where there is no file."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise JournalFileError(
                "this is a folder, not a journal",
                str(path),
                "name the file in it, such as journal.jsonl",
            )
        if not stat.S_ISREG(mode):
            raise JournalFileError(
                "this is no ordinary file", str(path), "name a file on disk"
            )
        with path.open("rb") as file:
            return file.read(len(SQLITE_MAGIC))
    except FileNotFoundError:
        return None
    except NotADirectoryError as error:
        raise JournalFileError(
            "a part of this path is a file, not a folder", str(path), "check the path"
        ) from error
    except (OSError, ValueError) as error:
        raise JournalOutsideError(
            f"this journal cannot be read ({reason(error)})",
            str(path),
            "check the path and who may read it",
        ) from error


def _ending_says_database(path: Path) -> bool:
    ending = path.suffix.lower()
    if ending in _DATABASE_ENDINGS:
        return True
    if ending in _TEXT_ENDINGS:
        return False
    raise JournalFileError(
        f'the ending "{ending}" does not say what kind of journal this is',
        str(path),
        "use .jsonl for text or .db for a database",
    )


def _refuse_strange_content(path: Path, head: bytes) -> None:
    if head == SQLITE_MAGIC:
        return
    if path.suffix.lower() in _DATABASE_ENDINGS:
        raise JournalFileError(
            "this file is no SQLite database",
            str(path),
            "restore it from a copy; a text journal ends in .jsonl",
        )
    if b"\0" in head:
        raise JournalFileError(
            "this is a binary file, not a journal",
            str(path),
            "name a .jsonl file or a Vigens database",
        )


def reason(error: BaseException) -> str:
    """Give the operating system's own short word for an error."""
    words = getattr(error, "strerror", None)
    return str(words) if words else str(error)
