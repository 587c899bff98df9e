"""Entries in their order, found again by id or by the beginning of one."""

from __future__ import annotations

from collections.abc import Sequence

from vigens.journal.entry import Entry
from vigens.journal.stores.finding import prefix_of, the_one


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

    def present(self, identifiers: Sequence[str]) -> set[str]:
        """Tell which of some ids are here."""
        return self._positions.keys() & identifiers

    @property
    def last_recorded(self) -> str | None:
        """When the entry at the end was recorded, if there is one."""
        return self._entries[-1].recorded_at if self._entries else None

    def add(self, entry: Entry) -> None:
        """Put one more entry at the end."""
        self._positions[entry.id] = len(self._entries) + 1
        self._entries.append(entry)

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

    def kind_of(self, identifier: str) -> str | None:
        """Give the kind of an entry, or none if it is not here."""
        found = self.by_id(identifier)
        return None if found is None else found.kind

    def find(self, reference: str) -> Entry:
        """Give the one entry that an id or its beginning names.

        Raises:
            ReferenceRefusedError: Too short, unknown, or it fits several entries.
        """
        exact = self.by_id(reference)
        if exact is not None:
            return exact
        prefix = prefix_of(reference, self._where)
        fitting = [name for name in self._positions if name.startswith(prefix)]
        found = the_one(prefix, fitting, len(fitting), self._where)
        return self._entries[self._positions[found] - 1]
