"""What a journal holds already, as far as a writer must know it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from vigens.journal.entry import Entry


class Holdings(Protocol):
    """What checks before a write ask of the journal that is written to."""

    def __contains__(self, identifier: object) -> bool: ...

    def present(self, identifiers: Sequence[str]) -> set[str]:
        """Tell which of some ids are here."""
        ...

    @property
    def last_recorded(self) -> str | None:
        """When the entry at the end was recorded, if there is one."""
        ...

    def kind_of(self, identifier: str) -> str | None:
        """Give the kind of an entry, or none if it is not here."""
        ...


class WithMore:
    """Holdings with some more entries that are about to be written after them."""

    __slots__ = ("_below", "_more")

    def __init__(self, below: Holdings, more: Mapping[str, Entry]) -> None:
        """Lay entries, by id, over what is there."""
        self._below = below
        self._more = more

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._more or identifier in self._below

    def present(self, identifiers: Sequence[str]) -> set[str]:
        """Tell which of some ids are here or to come."""
        return self._below.present(identifiers) | (self._more.keys() & identifiers)

    @property
    def last_recorded(self) -> str | None:
        """As the journal has it: those to come say nothing of its clock."""
        return self._below.last_recorded

    def kind_of(self, identifier: str) -> str | None:
        """Give the kind of an entry, or none if it is neither here nor to come."""
        found = self._more.get(identifier)
        return self._below.kind_of(identifier) if found is None else found.kind
