"""From entries to the rows of a database: what every such store lays down alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from functools import lru_cache
from itertools import count, repeat
from secrets import token_bytes
from typing import NamedTuple

from vigens.journal.columns import EPOCH, columns_of
from vigens.journal.entry import Entry, format_entry, format_recorded
from vigens.journal.proof import (
    ALL_ENTRIES,
    HASH_BYTES,
    Frontier,
    leaf_hashes,
)
from vigens.journal.values import format_json


class EntryRow(NamedTuple):
    """A row of the table `entry`, in the order of its columns."""

    position: int
    id: str
    kind: str
    recorded_us: int
    happened_first: int | None
    happened_last: int | None
    known_first: int | None
    known_last: int | None
    marks: str
    key: bytes
    leaf: bytes
    body: str


class LeafRow(NamedTuple):
    """A row of the table `leaf`: an entry's place in the log of one mark, from 1."""

    log: str
    number: int
    position: int
    hash: bytes


class HeadRow(NamedTuple):
    """A row of the table `head`: how one log stood after a commit."""

    log: str
    size: int
    root: bytes
    frontier: bytes
    recorded_us: int


class Rows(NamedTuple):
    """What some entries come to."""

    entries: list[EntryRow]
    leaves: list[LeafRow]


class Edges:
    """The right edge of each log that a commit touches, as it grows.

    Attributes:
        load: Gives the edge of a log as it was last written, if it was.
    """

    def __init__(self, load: Callable[[str], Frontier | None]) -> None:
        """Know of no log yet."""
        self.load = load
        self._edges: dict[str, Frontier] = {}
        self._grown: dict[str, None] = {}

    def of(self, log: str) -> Frontier:
        """Give the edge of a log, to be asked and not to be grown."""
        edge = self._edges.get(log)
        if edge is None:
            edge = self._edges[log] = self.load(log) or Frontier()
        return edge

    def grow(self, log: str, leaves: Sequence[bytes]) -> int:
        """Add leaves to a log; give how many it had before."""
        edge = self.of(log)
        before = edge.size
        if len(leaves) == 1:
            edge.append(leaves[0])
        else:
            edge.extend(leaves)
        self._grown[log] = None
        return before

    def heads(self, recorded_us: int) -> list[HeadRow]:
        """Give one row for each log that grew since the last call."""
        rows = [
            HeadRow(log, edge.size, edge.root(), edge.to_bytes(), recorded_us)
            for log, edge in ((log, self._edges[log]) for log in self._grown)
        ]
        self._grown = {}
        return rows


@lru_cache(maxsize=4096)
def marks_text(marks: tuple[str, ...]) -> str:
    """Write marks as they stand in their column: a list in JSON."""
    return format_json(marks)


def lay(entries: Sequence[Entry], start: int, edges: Edges, zone: str) -> Rows:
    """Make the rows of entries, each with a new key, and let the logs grow.

    Args:
        entries: In their order.
        start: Position of the first.
        edges: Of this commit.
        zone: IANA name whose civil days give the bounds.
    """
    secrets = token_bytes(HASH_BYTES * len(entries))
    keys = [secrets[at : at + HASH_BYTES] for at in range(0, len(secrets), HASH_BYTES)]
    names = [entry.id for entry in entries]
    leaves = leaf_hashes(zip(keys, names, strict=True), ALL_ENTRIES)
    edges.grow(ALL_ENTRIES, leaves)
    rows = [
        EntryRow(
            position,
            entry.id,
            entry.kind,
            *columns_of(entry, zone),
            marks_text(entry.marks),
            key,
            leaf,
            format_entry(entry),
        )
        for position, (entry, key, leaf) in enumerate(
            zip(entries, keys, leaves, strict=True), start
        )
    ]
    marked = (
        (row.position, row.id, row.key, entry.marks)
        for row, entry in zip(rows, entries, strict=True)
    )
    return Rows(rows, lay_leaves(marked, edges))


def lay_leaves(
    entries: Iterable[tuple[int, str, bytes, Sequence[str]]], edges: Edges
) -> list[LeafRow]:
    """Make the rows of the logs of marks, and let these logs grow.

    Args:
        entries: Position, id, key and marks of each, in their order.
        edges: Of this commit.
    """
    by_log: dict[str, tuple[list[int], list[tuple[bytes, str]]]] = {}
    for position, identifier, key, marks in entries:
        for log in dict.fromkeys(marks):
            if log == ALL_ENTRIES:
                continue  # what bears this mark is in the log of all as it is
            places, pairs = by_log.setdefault(log, ([], []))
            places.append(position)
            pairs.append((key, identifier))
    rows: list[LeafRow] = []
    for log, (places, pairs) in by_log.items():
        leaves = leaf_hashes(pairs, log)
        before = edges.grow(log, leaves)
        rows += map(LeafRow, repeat(log), count(before + 1), places, leaves)
    return rows


def recorded_at_of(recorded_us: int | None) -> str | None:
    """Give UTC microseconds as a moment of recording."""
    if recorded_us is None:
        return None
    return format_recorded(EPOCH + timedelta(microseconds=recorded_us))
