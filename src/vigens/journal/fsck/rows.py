"""The rows of entries: each body against its columns, its key and its leaf."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vigens.journal.columns import Columns, columns_of
from vigens.journal.entry import Entry
from vigens.journal.fsck.check import (
    RESTORE,
    Check,
    as_bytes,
    as_number,
    as_text,
)
from vigens.journal.proof import ALL_ENTRIES, HASH_BYTES, leaf_hash, salt
from vigens.journal.stores.laying import marks_text
from vigens.journal.stores.raw import Inspection


@dataclass(frozen=True, slots=True)
class Row:
    """What the logs need of an entry.

    Attributes:
        position: Where it lies, from 1.
        id: As the entry says, or the column of a redacted one.
        marks: As the entry says, or the column of a redacted one.
        recorded_us: When it was recorded.
        key: 32 bytes, or none.
        leaf: In the log of all, as it is stored.
    """

    position: int
    id: str
    marks: tuple[str, ...]
    recorded_us: int
    key: bytes | None
    leaf: bytes


def read_rows(found: Inspection, check: Check) -> list[Row]:
    """Read every entry, compare its columns, and give what the logs need.

    Args:
        found: The database.
        check: Takes entries and findings.
    """
    facts = dict(found.rows("redaction")) if found.version > 1 else {}
    emptied: list[tuple[Row, bytes]] = []
    rows: list[Row] = []
    for number, raw in enumerate(found.rows("entry"), 1):
        place, identifier, kind, *columns, marks, key, leaf, body = raw
        place = as_number(place)
        if place != number and not any(row.position >= number for row in rows[-1:]):
            message = f"position {number} is empty; the next entry is at {place}"
            check.report("J020", number, message, RESTORE)
        if body is None and key is None and place in facts:
            row = Row(
                place,
                as_text(identifier),
                _marks(marks),
                as_number(columns[0]),
                None,
                as_bytes(leaf),
            )
            rows.append(row)
            emptied.append((row, kind))
            check.redacted[row.id] = place
            if any(column is not None for column in columns[1:]):
                check.report("J024", place, "a redacted entry has dates left", RESTORE)
            continue
        entry = _take(place, body, (identifier, kind, *columns), found.zone, check)
        if entry is not None and found.version > 1:
            rows.append(_checked(place, entry, columns[0], (marks, key, leaf), check))
    seconds = _seconds(check) if emptied else {}
    for row, kind in emptied:
        fact = as_text(facts.pop(row.position))
        _check_redaction(row, as_text(kind), fact, seconds.get(fact, set()), check)
    for place in facts:
        message = "a redaction is recorded of an entry that is whole"
        check.report("J024", place, message, RESTORE)
    return rows


def _take(
    place: int, body: Any, columns: Sequence[Any], zone: str, check: Check
) -> Entry | None:
    if not isinstance(body, bytes):
        check.report("J011", place, "the row holds no entry", RESTORE)
        return None
    entry = check.take(body, place)
    if entry is None:
        return None
    identifier, kind, *stored = columns
    if identifier != entry.id.encode() or kind != entry.kind.encode():
        check.about_entry(
            "J010", entry, "the row's id or kind is not the entry's", RESTORE
        )
    derived = columns_of(entry, zone)
    for name, kept, right in zip(Columns._fields, stored, derived, strict=True):
        if kept != right or type(kept) is not type(right):
            message = f"the column {name} holds {kept}, the entry says {right}"
            check.about_entry("J010", entry, message, RESTORE)
    return entry


def _checked(
    place: int,
    entry: Entry,
    recorded_us: int,
    proof: tuple[Any, Any, Any],
    check: Check,
) -> Row:
    marks, key, leaf = proof
    if marks != marks_text(entry.marks).encode():
        message = (
            f"the column marks holds {as_text(marks)[:60]}, the entry another list"
        )
        check.about_entry("J010", entry, message, RESTORE)
    if not isinstance(key, bytes) or len(key) != HASH_BYTES:
        check.about_entry("J020", entry, "the entry's key is missing", RESTORE)
        key = None
    elif leaf != leaf_hash(salt(key, ALL_ENTRIES), entry.id):
        message = "its leaf in the log of all does not come from its key and id"
        check.about_entry("J020", entry, message, RESTORE)
    return Row(
        place, entry.id, entry.marks, as_number(recorded_us), key, as_bytes(leaf)
    )


def _seconds(check: Check) -> dict[str, set[str]]:
    """Give who confirmed what."""
    found: dict[str, set[str]] = {}
    for entry in check.entries.values():
        if entry.kind == "confirmation":
            for target in entry.about:
                found.setdefault(target, set()).add(entry.recorded_by)
    return found


def _check_redaction(
    row: Row, kind: str, fact: str, seconds: set[str], check: Check
) -> None:
    """See that a fact tells of the redaction, and that two persons stand for it."""
    entry = check.entries.get(fact)
    if entry is None or entry.kind != "redaction" or row.id not in entry.about:
        message = (
            f"the entry {row.id[:12]} is emptied, and {fact[:12]} does not tell why"
        )
        check.report("J024", row.position, message, RESTORE)
        return
    stub = entry.payload.get("stub")
    told = stub if isinstance(stub, Mapping) else {}
    if (told.get("kind"), told.get("marks")) != (kind, row.marks):
        message = f"what is left of the entry {row.id[:12]} is not what its fact says"
        check.report("J024", row.position, message, RESTORE)
    if not seconds - {entry.recorded_by}:
        check.about_entry(
            "J024",
            entry,
            "this redaction was carried out without a second person",
            "have another person confirm it",
        )


def _marks(raw: Any) -> tuple[str, ...]:
    try:
        read = json.loads(as_text(raw))
    except ValueError:
        return ()
    return tuple(str(mark) for mark in read) if isinstance(read, list) else ()
