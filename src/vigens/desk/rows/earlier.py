"""What earlier imports of a table listed, so that no row is taken twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vigens.journal import Entry


@dataclass(slots=True)
class Earlier:
    """Rows of a table that are in the journal already.

    Attributes:
        digests: Of rows.
        keys: Key of a row to its digest and the first of its entries.
        once: Handle and text of `once` to the entry that stands for it.
    """

    digests: set[str] = field(default_factory=set)
    keys: dict[str, tuple[str, str]] = field(default_factory=dict)
    once: dict[tuple[str, str], str] = field(default_factory=dict)


def read_earlier(entries: Iterable[Entry], name: str) -> Earlier:
    """Read the batches of a table.

    Args:
        entries: The whole journal.
        name: Of the table, as its mapping gives it.
    """
    found = Earlier()
    for entry in entries:
        listed: Any = entry.payload.get("table")
        if entry.kind != "batch" or not hasattr(listed, "get"):
            continue
        if listed.get("name") != name:
            continue
        for row in listed.get("rows", ()):
            digest, key, places = row["digest"], row.get("key"), row["entries"]
            found.digests.add(digest)
            if key is not None:
                first = entry.about[places[0]] if places else ""
                found.keys[key] = (digest, first)
        for each in listed.get("once", ()):
            found.once[each["handle"], each["text"]] = entry.about[each["entry"]]
    return found
