"""Lossless text out of any store."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from vigens.journal.entry import Entry, format_entry
from vigens.journal.eyes import EVERYTHING, Clearance
from vigens.journal.store import Store

if TYPE_CHECKING:
    from vigens.journal.stores.ledger import Ledger


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


def stream_lines(ledger: Ledger) -> BinaryIO:
    """Read a database as the text that `export_lines` writes, as it lies there.

    For what derives the ids itself; no more than a page of it is in memory.
    """
    lines = (
        format_entry(line).encode() if isinstance(line, Entry) else line
        for _, line in ledger.lines()
    )
    return io.BufferedReader(_Lines(lines), 1 << 16)


class _Lines(io.RawIOBase):
    """Lines that are made while they are read."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines = lines
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer with what comes next; nothing is the end."""
        if not self._rest:
            line = next(self._lines, None)
            self._rest = b"" if line is None else line + b"\n"
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size
