"""Lossless text out of any store."""

from __future__ import annotations

from collections.abc import Iterator

from vigens.journal.entry import format_entry
from vigens.journal.eyes import EVERYTHING, Clearance
from vigens.journal.store import Store


def export_lines(store: Store, clearance: Clearance = EVERYTHING) -> Iterator[str]:
    """Write a journal as lines of text, each with its line feed, in its own order.

    The same entries always give the same bytes, whichever store they come from.

    Args:
        store: The journal.
        clearance: For whom; an entry is written whole or not at all.
    """
    for _, entry in store.stream(with_stubs=True):
        if clearance.sees(entry.marks):
            yield format_entry(entry) + "\n"
