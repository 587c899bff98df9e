"""What one process does with a piece of an import: read, check, hash, measure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_bytes
from typing import Any, NamedTuple

from vigens.base import VigensError
from vigens.journal.adopt import check_shape, links
from vigens.journal.bulk.quick import quick_bytes, quick_fields
from vigens.journal.columns import EPOCH, columns_of
from vigens.journal.dates import bounds_of
from vigens.journal.entry import Entry, format_entry
from vigens.journal.kinds import payload_faults
from vigens.journal.lines import parse_entry
from vigens.journal.proof import ALL_ENTRIES, HASH_BYTES, leaf_hashes
from vigens.journal.stores.laying import marks_text

_MICROSECOND = timedelta(microseconds=1)

#: The columns of an entry as `columns_of` gives them.
_Columns = tuple[int | None, int | None, int | None, int | None, int | None]

#: Line of an entry, its body where that is another, id, kind, marks, and its columns.
_Row = tuple[int, str, str, str, tuple[str, ...], *_Columns]
_N_COLUMNS = 10


class Link(NamedTuple):
    """A link that leads out of the piece: whose, by which field, to what."""

    entry: str
    kind: str
    field: str
    target: str


class Examined(NamedTuple):
    """The entries of a piece as columns, in order.

    Attributes:
        ids: Derived again.
        kinds: Kind of each.
        columns: Recorded microseconds, then first and last of happened and known.
        marks: Marks of each, as in their column.
        keys: New keys, 32 bytes each, end to end.
        leaves: Their leaves in the log of all, likewise.
        marked: For the log of each mark, places in the piece and leaves end to end.
        links: Those that do not lead to an entry of the piece.
        bodies: What to store for each, where a line is not as it came; an empty text
            where it is. None where all lines are as they came, and none is blank.
        lines: Number of the line of each in the piece, from 0; as `bodies`.
        gone: Ids of redacted entries, of which nothing is left to take over.
        bad_line: Number of the first line that cannot be taken, from 0; the rest of
            the piece was not looked at.
    """

    ids: list[str]
    kinds: list[str]
    columns: tuple[list[int | None], ...]
    marks: list[str]
    keys: bytes
    leaves: bytes
    marked: dict[str, tuple[list[int], bytes]]
    links: list[Link]
    bodies: list[str] | None
    lines: list[int] | None
    gone: list[str]
    bad_line: int | None


def examine(data: bytes, zone: str) -> Examined:
    """Read and check the lines of a piece.

    Args:
        data: Whole lines, UTF-8.
        zone: IANA name whose civil days give the bounds of dates.
    """
    piece = _Piece(zone)
    for number, raw in enumerate(data.split(b"\n")):
        try:
            piece.take(raw, number)
        except VigensError:
            return piece.examined(number)
    return piece.examined(None)


def examine_line(raw: bytes, where: str, line: int) -> Entry | None:
    """Read and check one line the general way; none for a blank one.

    Args:
        raw: The line, without its line feed.
        where: The file.
        line: Its number, from 1.

    Raises:
        JournalFileError: Not UTF-8, or binary.
        EntryError: It is no sound entry.
    """
    if not raw.strip():
        return None
    entry = parse_entry(raw, where, line=line)
    if not entry.is_stub:
        check_shape(entry)
    return entry


class _Piece:
    """Collects the columns of a piece, line by line."""

    def __init__(self, zone: str) -> None:
        self._zone = zone
        self._rows: list[_Row] = []
        self._links: list[tuple[str, str, str, str]] = []
        self._gone: list[str] = []
        self._is_plain = True

    def take(self, raw: bytes, number: int) -> None:
        """Take one line.

        Raises:
            VigensError: It is no sound entry.
        """
        fields = quick_fields(raw)
        row = None if fields is None else self._quick(fields)
        if fields is not None and row is not None:
            name, kind, marks = fields["id"], fields["kind"], tuple(fields["marks"])
            self._rows.append((number, "", name, kind, marks, *row))
            for target in fields["about"]:
                self._links.append((name, kind, "about", target))
            for field in ("rectifies", "supersedes"):
                if fields[field] is not None:
                    self._links.append((name, kind, field, fields[field]))
            return
        self._is_plain = False
        entry = examine_line(raw, "", 0)
        if entry is None:
            return
        if entry.is_stub:
            self._gone.append(entry.id)
            return
        row = columns_of(entry, self._zone)
        name, kind = entry.id, entry.kind
        self._rows.append((number, format_entry(entry), name, kind, entry.marks, *row))
        self._links += [(name, kind, *link) for link in links(entry)]

    def _quick(self, fields: dict[str, Any]) -> _Columns | None:
        """Give the columns of a plain entry that is sound, else nothing."""
        data = quick_bytes(fields)
        if data is None or sha256(data).hexdigest() != fields["id"]:
            return None
        if payload_faults(fields["kind"], fields["payload"]):
            return None
        happened = bounds_of(fields["happened"], self._zone)
        known = bounds_of(fields["known_from"], self._zone)
        if happened is None or known is None:
            return None
        for source in fields["sources"]:
            if bounds_of(source["published"], self._zone) is None:
                return None
        recorded = datetime.fromisoformat(fields["recorded_at"]) - EPOCH
        return recorded // _MICROSECOND, *happened, *known

    def examined(self, bad_line: int | None) -> Examined:
        """Give what was collected, with new keys and their leaves."""
        lines, bodies, ids, kinds, marks, *columns = (
            map(list, zip(*self._rows, strict=True))
            if self._rows
            else ([] for _ in range(_N_COLUMNS))
        )
        secrets = token_bytes(HASH_BYTES * len(ids))
        keys = list(slices(secrets))
        inside = set(ids)
        return Examined(
            ids,
            kinds,
            tuple(columns),
            [marks_text(each) for each in marks],
            secrets,
            b"".join(leaf_hashes(zip(keys, ids, strict=True), ALL_ENTRIES)),
            _marked(marks, keys, ids),
            [Link(*link) for link in self._links if link[-1] not in inside],
            None if self._is_plain else bodies,
            None if self._is_plain else lines,
            self._gone,
            bad_line,
        )


def _marked(
    marks: list[tuple[str, ...]], keys: list[bytes], ids: list[str]
) -> dict[str, tuple[list[int], bytes]]:
    """Give, for the log of each mark, places and leaves end to end."""
    places: dict[str, list[int]] = {}
    for place, logs in enumerate(marks):
        for log in dict.fromkeys(logs) if len(logs) > 1 else logs:
            if log != ALL_ENTRIES:
                places.setdefault(log, []).append(place)
    return {
        log: (
            found,
            b"".join(leaf_hashes([(keys[at], ids[at]) for at in found], log)),
        )
        for log, found in places.items()
    }


def slices(data: bytes) -> Iterator[bytes]:
    """Cut hashes or keys that lie end to end."""
    return (data[at : at + HASH_BYTES] for at in range(0, len(data), HASH_BYTES))
