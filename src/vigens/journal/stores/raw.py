"""A database's rows as they lie there, none of them checked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

#: The tables of schemas 2 and 3, in the order in which they may be filled; of each column
#: whether it is text, which is given as bytes.
TABLES = {
    "entry": {
        "position": False,
        "id": True,
        "kind": True,
        "recorded_us": False,
        "happened_first": False,
        "happened_last": False,
        "known_first": False,
        "known_last": False,
        "marks": True,
        "key": False,
        "leaf": False,
        "body": True,
    },
    "leaf": {"log": True, "number": False, "position": False, "hash": False},
    "head": {
        "log": True,
        "size": False,
        "root": False,
        "frontier": False,
        "recorded_us": False,
    },
    "signed_head": {"log": True, "size": False, "key_id": True, "body": True},
    "redaction": {"position": False, "fact": True},
    "setting": {"name": True, "value": True},
}

#: Columns of `entry` that version 1 does not have; they are given as none.
LATER = frozenset({"marks", "key", "leaf"})

#: How many of a table's first columns give the order of its rows.
ORDER = {
    "entry": 1,
    "leaf": 2,
    "head": 2,
    "signed_head": 3,
    "redaction": 1,
    "setting": 1,
}


class Inspection(Protocol):
    """The rows of a journal, all from one moment."""

    @property
    def zone(self) -> str:
        """IANA name whose civil days give the bounds of dates."""
        ...

    @property
    def version(self) -> int:
        """Of the schema; version 1 has entries alone, without marks, key and leaf."""
        ...

    def rows(self, table: str) -> Iterator[tuple[Any, ...]]:
        """Give a table's rows in order, columns as in `TABLES`, text as bytes.

        Where the rest of a table cannot be read the rows end there, and `faults`
        says why.
        """
        ...

    def faults(self) -> Iterator[str]:
        """Say what is damaged in the files, and where `rows` could not go on."""
        ...

    def schema_faults(self) -> Iterator[str]:
        """Say which tables, triggers and functions are not as the schema has them."""
        ...
