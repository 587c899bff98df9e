"""What a database must do so that a ledger can lie in it. SQL stays behind this."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from vigens.base import Tell
from vigens.journal.proof import Frontier, SignedHead
from vigens.journal.store import Backup, LogHead
from vigens.journal.stores.laying import HeadRow, Rows


class Queries(Protocol):
    """Questions to the rows, as one transaction sees them."""

    def kind_of(self, identifier: str) -> str | None:
        """Give the kind of an entry, or none if it is not here."""
        ...

    def kinds_of(self, ids: Sequence[str]) -> dict[str, str]:
        """Tell which of some ids are here, with the kind of each."""
        ...

    def end(self) -> tuple[int, int | None]:
        """Say how many entries there are, and when the last was recorded, if any."""
        ...

    def size_of(self, log: str) -> int:
        """Say how many entries a log holds."""
        ...

    def edge_of(self, log: str) -> Frontier | None:
        """Give the right edge of a log as its last commit left it, if there was one."""
        ...

    def bodies(
        self, after: int, limit: int
    ) -> list[tuple[int, bytes | str, bytes | None, bool]]:
        """Give position, id, body, and whether the key is gone, after a position.

        In the order of positions; a body is UTF-8 as stored.
        """
        ...

    def body_at(self, position: int) -> tuple[str, bytes | None, str | None]:
        """Give id, body, and the fact of its redaction, of an entry that is here."""
        ...

    def position_of(self, identifier: str) -> int | None:
        """Give the position of the entry with exactly this id, or none."""
        ...

    def fitting(self, prefix: str, limit: int) -> tuple[list[tuple[str, int]], int]:
        """Give id and position of the first entries with such ids, and how many fit."""
        ...

    def heads_of(self, log: str) -> list[LogHead]:
        """Give how a log stood after each commit, the oldest first."""
        ...

    def head_at(self, log: str, size: int) -> LogHead | None:
        """Give how a log stood when it was so long, if a commit made it so."""
        ...

    def head_of(self, log: str) -> LogHead | None:
        """Give how a log stands now; none where it holds nothing."""
        ...

    def leaves_of(self, log: str, start: int, end: int | None) -> list[bytes]:
        """Give leaf hashes of a log, numbered from 0."""
        ...

    def number_in(self, log: str, position: int) -> int | None:
        """Give the number, from 0, of an entry's leaf in the log of a mark."""
        ...

    def log_names(self) -> list[str]:
        """Name the logs of marks that hold anything, in order."""
        ...

    def key_at(self, position: int) -> bytes | None:
        """Give the key of the entry at a position; none once it is redacted."""
        ...

    def redactions(self) -> dict[str, str]:
        """Give the id of each redacted entry, with the id of the fact."""
        ...

    def count_redactions(self) -> int:
        """Say how many entries were redacted."""
        ...

    def signatures_of(self, log: str) -> list[SignedHead]:
        """Give the signed heads of a log, the smallest size first."""
        ...


class Changes(Queries, Protocol):
    """Questions and the few changes that a journal allows, inside a transaction."""

    def write_rows(self, rows: Rows) -> None:
        """Insert the rows of some entries."""
        ...

    def write_heads(self, heads: Sequence[HeadRow]) -> None:
        """Insert the heads of the logs that a commit made longer."""
        ...

    def write_signature(self, head: SignedHead) -> None:
        """Insert a signed head, unless the key has signed this one already."""
        ...

    def write_redaction(self, position: int, fact: str) -> None:
        """Record why a row is emptied, and empty it."""
        ...


class Database(Protocol):
    """One journal's database. Safe to share between threads."""

    @property
    def where(self) -> str:
        """The journal's name in messages."""
        ...

    @property
    def zone(self) -> str:
        """IANA name whose civil days give the bounds of dates."""
        ...

    def reading(self) -> AbstractContextManager[Queries]:
        """Look at what is committed; no look sees half of a commit.

        Raises:
            JournalOutsideError: In place of the driver's own errors.
        """
        ...

    def writing(self) -> AbstractContextManager[Changes]:
        """Hold the only writer's place; what was changed is durable at the end.

        Where the block raises, nothing of it was written.

        Raises:
            JournalOutsideError: In place of the driver's own errors.
        """
        ...

    def writing_many(self) -> AbstractContextManager[Changes]:
        """Hold the writer's place as `writing` does, for rows by the million.

        The database may do what pays off only there, such as taking guards against
        other programs down until the end of the transaction.
        """
        ...

    def sweep(self) -> None:
        """Let nothing that a redaction destroyed lie on in files.

        Raises:
            JournalOutsideError: Somebody still reads it.
        """
        ...

    def copy_whole(self, path: Path, progress: Tell | None = None) -> None:
        """Write a whole copy, as it stands between two commits, as an SQLite file.

        Args:
            path: Where no file is yet.
            progress: Told how many hundredths are copied.

        Raises:
            JournalOutsideError: The place is taken, or cannot be written.
        """
        ...

    def note_backup(self, backup: Backup) -> None:
        """Note that a backup is about to be made."""
        ...

    def backups(self) -> tuple[Backup, ...]:
        """Give the backups that were noted, the oldest first."""
        ...

    def close(self) -> None:
        """Let go of it; doing it twice does no harm."""
        ...
