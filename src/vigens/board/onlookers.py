"""Who looks at a case, as what lays answers out knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from vigens.desk import Case, Session
    from vigens.people import Permission


class Onlooker(Protocol):
    """Who looks at a case: a visit to the board, or the reader of a printed sheet."""

    @property
    def case(self) -> Case:
        """Give the case."""

    @property
    def session(self) -> Session:
        """Give the case through the lens."""

    def link(self, path: str, **own: str | int) -> str:
        """Write the address of a page; empty where none can be led to."""

    def here(self, *, as_of: str | None = None, known_at: str | None = None) -> str:
        """Write the address of this page on another day; empty as in `link`."""

    def day(self, instant: int) -> str:
        """Write the civil day of an instant."""

    def may(self, permission: Permission) -> bool:
        """Say whether who looks may do this here, on this board."""
