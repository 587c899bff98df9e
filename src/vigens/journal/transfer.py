"""Lossless text out of any store, and back in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vigens.journal.entry import Entry, format_entry
from vigens.journal.eyes import EVERYTHING, Clearance
from vigens.journal.lines import parse_entry
from vigens.journal.store import Store


def export_lines(store: Store, clearance: Clearance = EVERYTHING) -> Iterator[str]:
    """Write a journal as lines of text, each with its line feed, in its own order.

    The same entries always give the same bytes, whichever store they come from.

    Args:
        store: The journal.
        clearance: For whom; an entry is written whole or not at all.
    """
    for entry in store.entries():
        if clearance.sees(entry.marks):
            yield format_entry(entry) + "\n"


def read_lines(lines: Iterable[bytes], where: str) -> tuple[Entry, ...]:
    """Read exported lines, each id derived again.

    Args:
        lines: UTF-8, with or without their line feed; blank ones are passed over.
        where: Names the file in messages.

    Raises:
        JournalFileError: Not UTF-8, or binary.
        EntryError: A line is damaged; the message names it.
    """
    return tuple(
        parse_entry(raw, where, line=number)
        for number, raw in enumerate(lines, 1)
        if raw.strip()
    )
