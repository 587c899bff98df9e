"""The logs: every leaf, every head and every signature, derived again."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from vigens.base import VigensError
from vigens.journal.fsck.check import (
    RESTORE,
    Check,
    as_bytes,
    as_number,
    as_text,
)
from vigens.journal.fsck.rows import Row
from vigens.journal.proof import (
    ALL_ENTRIES,
    Frontier,
    head_from_json,
    leaf_hash,
    salt,
)
from vigens.journal.stores.raw import Inspection
from vigens.journal.values import parse_json

_Leaf = tuple[int, bytes]  # position of the entry, hash


def check_logs(found: Inspection, rows: list[Row], check: Check) -> None:
    """Derive each log from its entries, and compare leaves, heads and signatures.

    Args:
        found: The database.
        rows: Its entries, as far as they can be read.
        check: Takes the findings.
    """
    due = _due(rows)
    kept: dict[str, list[_Leaf]] = {
        ALL_ENTRIES: [(row.position, row.leaf) for row in rows]
    }
    for log, group in groupby(found.rows("leaf"), key=lambda row: row[0]):
        name = as_text(log)
        kept[name] = list(_checked_leaves(name, group, due.pop(name, []), check))
    for name, missing in due.items():
        message = f'the log "{name}" is gone; {len(missing)} entries bear its mark'
        check.report("J020", missing[0][0], message, RESTORE)
    times = {row.position: row.recorded_us for row in rows}
    heads = _check_heads(found, kept, times, check)
    _check_signatures(found, kept, heads, check)


def _due(rows: list[Row]) -> dict[str, list[tuple[int, bytes | None]]]:
    """Give what should lie in the log of each mark; none where the key is gone."""
    due: dict[str, list[tuple[int, bytes | None]]] = {}
    for row in rows:
        for log in dict.fromkeys(row.marks):
            if log == ALL_ENTRIES:
                continue
            leaf = None if row.key is None else leaf_hash(salt(row.key, log), row.id)
            due.setdefault(log, []).append((row.position, leaf))
    return due


def _checked_leaves(
    log: str,
    stored: Iterator[tuple[Any, ...]],
    due: list[tuple[int, bytes | None]],
    check: Check,
) -> Iterator[_Leaf]:
    expected = iter(due)
    for right, (_, number, position, leaf) in enumerate(stored, 1):
        place, derived = next(expected, (None, None))
        fits = number == right and position == place
        if not fits or (derived is not None and leaf != derived):
            message = f'leaf {number} of the log "{log}" is not that of its entry'
            check.report("J020", _place(position), message, RESTORE)
        yield _place(position), as_bytes(leaf)
    rest = list(expected)
    if rest:
        message = f'the log "{log}" lacks {len(rest)} entries that bear its mark'
        check.report("J020", rest[0][0], message, RESTORE)


def _check_heads(
    found: Inspection,
    kept: dict[str, list[_Leaf]],
    times: dict[int, int],
    check: Check,
) -> dict[tuple[str, int], bytes]:
    """Compare how each log stood with its leaves; give the root of each head."""
    roots: dict[tuple[str, int], bytes] = {}
    ends: dict[str, int] = {}
    commits: list[tuple[int, int]] = []  # last position, moment
    by_log = {
        as_text(log): list(group)
        for log, group in groupby(found.rows("head"), key=lambda row: row[0])
    }
    for log in sorted(by_log, key=lambda name: name != ALL_ENTRIES):
        edge = Frontier()
        leaves = kept.get(log, [])
        for _, raw_size, root, frontier, recorded_us in by_log[log]:
            size = as_number(raw_size)
            edge.extend(leaf for _, leaf in leaves[edge.size : size])
            place = leaves[size - 1][0] if 0 < size <= len(leaves) else 1
            moment = _moment(log, place, commits, times)
            if log == ALL_ENTRIES:
                commits.append((place, recorded_us))
            if (root, frontier) != (edge.root(), edge.to_bytes()) or edge.size != size:
                message = f'the head of the log "{log}" at {size} is not of its leaves'
                check.report("J021", place, message, RESTORE)
            elif moment is not None and recorded_us != moment:
                message = f'the head of the log "{log}" at {size} bears another moment'
                check.report("J021", place, message, RESTORE)
            roots[log, size] = edge.root()
            ends[log] = size
    for log, leaves in kept.items():
        if leaves and ends.get(log) != len(leaves):
            message = (
                f'the log "{log}" has {len(leaves)} leaves, its last head says '
                f"{ends.get(log, 0)}"
            )
            check.report("J022", leaves[-1][0], message, RESTORE)
    return roots


def _moment(
    log: str, place: int, commits: list[tuple[int, int]], times: dict[int, int]
) -> int | None:
    """Give when the commit was recorded that ends with, or holds, a position."""
    if log == ALL_ENTRIES:
        return times.get(place)
    at = bisect_left(commits, place, key=itemgetter(0))
    return commits[at][1] if at < len(commits) else None


def _check_signatures(
    found: Inspection,
    kept: dict[str, list[_Leaf]],
    roots: dict[tuple[str, int], bytes],
    check: Check,
) -> None:
    for log, size, key, body in found.rows("signed_head"):
        name = as_text(log)
        place = 1
        try:
            head = head_from_json(parse_json(as_bytes(body).decode()), check.where)
        except (VigensError, json.JSONDecodeError, UnicodeDecodeError):
            check.report("J023", place, "a signed head cannot be read", RESTORE)
            continue
        leaves = kept.get(name, [])
        fits = (
            head.is_sound
            and (head.log, head.size, head.key.encode()) == (name, size, key)
            and roots.get((name, size), b"").hex() == head.root
            and bool(leaves)
            and leaves[0][1].hex() == head.origin
        )
        if not fits:
            message = f'the signed head of the log "{name}" at {size} does not fit it'
            check.report("J023", place, message, RESTORE)


def _place(position: Any) -> int:
    return as_number(position) or 1
