"""Entries in their order, found again by id or by the beginning of one."""

from __future__ import annotations

from vigens.journal.entry import Entry
from vigens.journal.errors import ReferenceRefusedError

#: The shortest beginning of an id that may stand for the whole.
MIN_PREFIX = 6


class Log:
    """The entries read so far, in the order of the journal."""

    __slots__ = ("_entries", "_positions", "_where")

    def __init__(self, where: str) -> None:
        """Start an empty log; `where` names the journal in messages."""
        self._entries: list[Entry] = []
        self._positions: dict[str, int] = {}
        self._where = where

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._positions

    @property
    def last(self) -> Entry | None:
        """The entry recorded last, if there is one."""
        return self._entries[-1] if self._entries else None

    def add(self, entry: Entry) -> None:
        """Put one more entry at the end."""
        self._positions[entry.id] = len(self._entries) + 1
        self._entries.append(entry)

    def copy(self, more: tuple[Entry, ...]) -> Log:
        """Give a log of its own that holds some more entries."""
        twin = Log(self._where)
        twin._entries = [*self._entries, *more]
        twin._positions = {
            entry.id: number for number, entry in enumerate(twin._entries, 1)
        }
        return twin

    def entries(self) -> tuple[Entry, ...]:
        """Give all entries in order."""
        return tuple(self._entries)

    def position(self, identifier: str) -> int | None:
        """Give the place of an entry, from 1, or none if it is not here."""
        return self._positions.get(identifier)

    def by_id(self, identifier: str) -> Entry | None:
        """Give the entry with exactly this id, or none."""
        position = self._positions.get(identifier)
        return None if position is None else self._entries[position - 1]

    def find(self, reference: str) -> Entry:
        """Give the one entry that an id or its beginning names.

        Raises:
            ReferenceRefusedError: Too short, unknown, or it fits several entries.
        """
        exact = self.by_id(reference)
        if exact is not None:
            return exact
        prefix = reference.strip().lower()
        if len(prefix) < MIN_PREFIX:
            raise ReferenceRefusedError(
                f'"{prefix}" is too short for an entry id',
                self._where,
                f"write at least the first {MIN_PREFIX} digits",
            )
        fitting = [entry for entry in self._entries if entry.id.startswith(prefix)]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            some = ", ".join(entry.id[: len(prefix) + 4] for entry in fitting[:5])
            raise ReferenceRefusedError(
                f'"{prefix}" fits {len(fitting)} entries',
                self._where,
                f"write more digits: {some}",
            )
        raise ReferenceRefusedError(
            f'no entry has an id that begins with "{prefix[:64]}"',
            self._where,
            "`vigens log` lists the entries with their ids",
        )
