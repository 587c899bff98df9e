"""What every store of a journal can do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol, Self

from vigens.base import Finding, Tell
from vigens.journal.entry import Draft, Entry
from vigens.journal.proof import ALL_ENTRIES, SignedHead


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


@dataclass(slots=True)
class Brought:
    """What an import by lines brought.

    Attributes:
        n_added: How many entries were new here.
        n_present: How many were here already.
        n_governing: How many of the new ones are release groups and memberships.
        batches: Ids of the entries that list the new ones.
        findings: A torn last line, which was passed over.
    """

    n_added: int = 0
    n_present: int = 0
    n_governing: int = 0
    batches: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LogHead:
    """How one log stood after a commit.

    Attributes:
        log: `all`, or the mark whose entries the log holds.
        size: How many leaves it had.
        root: Root of the Merkle tree over them, 32 bytes.
        recorded_us: When that commit was recorded, UTC microseconds; 0 for a log
            that holds nothing.
    """

    log: str
    size: int
    root: bytes
    recorded_us: int


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made of a journal. It holds what the journal held then.

    Attributes:
        path: Where it was written, from the root.
        host: Name of the machine on which that was.
        made_at: When, as `recorded_at` is written.
        size: How many entries the journal held.
    """

    path: str
    host: str
    made_at: str
    size: int


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
        self,
        entries: Iterable[Entry],
        batch_title: str,
        *,
        recorded_by: str = "import",
        missing: frozenset[str] = frozenset(),
        is_dry: bool = False,
    ) -> Adoption:
        """Take over entries of another journal with their ids and times.

        Those already here are skipped; one `batch` entry lists the rest. Doing it
        twice changes nothing.

        Args:
            entries: In the order of the journal they come from.
            batch_title: Title of the batch.
            recorded_by: Who imports.
            missing: Ids that links may point at although they are nowhere, since an
                extract for an audience leaves out what that may not see; the batch
                lists those that are nowhere.
            is_dry: Go through everything and record nothing.

        Raises:
            EntryError: An id does not fit its entry, or a link leads nowhere.
            ClockError: The clock went back more than five minutes.
            JournalOutsideError: Disk, permission or another writer.
        """
        ...

    def adopt_lines(
        self,
        stream: BinaryIO,
        batch_title: str,
        *,
        recorded_by: str = "import",
        where: str = "the import",
        is_dry: bool = False,
    ) -> Brought:
        """Take over a journal written as lines, as `export_lines` writes them.

        As `adopt` does it, in one commit, and made for millions: the lines are
        examined by several processes, and several `batch` entries list the new rows,
        some ten thousand each.

        Args:
            stream: The lines, UTF-8; a torn last one is passed over.
            batch_title: Title of the batches.
            recorded_by: Who imports.
            where: Names the stream in messages.
            is_dry: Go through everything and record nothing.

        Raises:
            JournalFileError: Not UTF-8, or binary.
            EntryError: A line is damaged or out of shape, or a link leads nowhere.
            ClockError: The clock went back more than five minutes.
            JournalOutsideError: Disk, permission or another writer.
        """
        ...

    def entries(self) -> tuple[Entry, ...]:
        """Give all entries in the order of the log, other writers' included.

        What was redacted stands in its place as a stub (`Entry.is_stub`).
        """
        ...

    def get(self, reference: str) -> Entry:
        """Give one entry, or its stub, by its id or the first six digits or more.

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

    def stream(
        self, after: int = 0, *, with_stubs: bool = False
    ) -> Iterator[tuple[int, Entry]]:
        """Give entries in the order of the log, a page at a time.

        Args:
            after: Position after which to begin.
            with_stubs: Whether to give the stub of what was redacted, too.

        Yields:
            Position and entry; else what was redacted is passed over.
        """
        ...

    def size(self, log: str = ALL_ENTRIES) -> int:
        """Say how many entries a log holds: all of them, or those with a mark.

        Raises:
            NoLogError: A text journal was asked for the log of a mark.
        """
        ...

    def logs(self) -> tuple[str, ...]:
        """Name the logs that hold anything, `all` first.

        Raises:
            NoLogError: This journal is text.
        """
        ...

    def head(self, log: str = ALL_ENTRIES) -> LogHead:
        """Say how a log stands now.

        Raises:
            NoLogError: This journal is text.
        """
        ...

    def heads(self, log: str = ALL_ENTRIES) -> tuple[LogHead, ...]:
        """Give how a log stood after each commit, the oldest first.

        Raises:
            NoLogError: This journal is text.
        """
        ...

    def leaves(
        self, log: str = ALL_ENTRIES, start: int = 0, end: int | None = None
    ) -> list[bytes]:
        """Give leaf hashes of a log, numbered from 0, `start` to before `end`.

        Raises:
            NoLogError: This journal is text.
        """
        ...

    def number_in(self, log: str, identifier: str) -> int | None:
        """Give the number of an entry's leaf in a log, from 0, or none.

        Raises:
            NoLogError: This journal is text.
            ReferenceRefusedError: No such entry.
        """
        ...

    def key_of(self, identifier: str) -> bytes | None:
        """Give the key from which an entry's salts come; none once it is redacted.

        For proofs and bundles alone: who has it can guess what a leaf stands for.

        Raises:
            NoLogError: This journal is text.
            ReferenceRefusedError: No such entry.
        """
        ...

    def keep_signed(self, head: SignedHead) -> None:
        """Keep a signed head of a log; keeping it twice does no harm.

        Raises:
            NoLogError: This journal is text.
            JournalOutsideError: The log never stood so at the end of a commit; disk,
                permission or another writer.
        """
        ...

    def signed(self, log: str = ALL_ENTRIES) -> tuple[SignedHead, ...]:
        """Give the signed heads of a log, the smallest size first.

        Raises:
            NoLogError: This journal is text.
        """
        ...

    def redact(self, identifier: str, fact: str) -> None:
        """Destroy what an entry says, and its key. Its hashes and place remain.

        Whether the fact may do that is the caller's to check.

        Args:
            identifier: Whole id of the entry.
            fact: Whole id of the recorded entry of kind `redaction` that says why.

        Raises:
            ReferenceRefusedError: One of them is not here, or the fact is another
                kind.
            JournalOutsideError: Disk, permission or another writer.
        """
        ...

    def redacted(self) -> Mapping[str, str]:
        """Give the id of each redacted entry, with the id of the fact."""
        ...

    def backup(self, path: Path, progress: Tell | None = None) -> None:
        """Write a whole copy of the journal, and note that there is one.

        It is a journal itself, as it stands between two commits: text of text, else
        SQLite. Only its owner may read it.

        Args:
            path: Where no file is yet.
            progress: Told how many hundredths are copied.

        Raises:
            JournalOutsideError: The place is taken, or cannot be written.
        """
        ...

    def backups(self) -> tuple[Backup, ...]:
        """Give the backups that were made of this journal, the oldest first.

        They may be moved or gone since; what is redacted here must go there too.
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
