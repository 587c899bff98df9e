"""What every store of a journal can do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from vigens.base import Finding
from vigens.journal.entry import Draft, Entry


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
