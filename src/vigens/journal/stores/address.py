"""Telling the address of a server from a path, without any driver."""

from __future__ import annotations

from pathlib import Path

#: How an address of a PostgreSQL server begins; its own library knows both.
SCHEMES = ("postgresql://", "postgres://")


def is_address(place: object) -> bool:
    """Say whether a place is the address of a server and no path."""
    return isinstance(place, str) and place.startswith(SCHEMES)


def shown_place(place: str | Path) -> str:
    """Give a place as messages show it: a path, or an address without any secret.

    Raises:
        InputError: An address cannot be read, or holds a password.
    """
    if not is_address(place):
        return str(place)
    from vigens.journal.stores.postgres.connecting import shown

    return shown(str(place))
