"""Reading entries for an image: quickly where they are plain text, else as ever."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from vigens.journal.adopt import links
from vigens.journal.bulk.quick import quick_bytes, quick_fields
from vigens.journal.columns import EPOCH, columns_of
from vigens.journal.dates import bounds_of
from vigens.journal.entry import Entry
from vigens.journal.kinds import payload_faults
from vigens.journal.lines import parse_entry

#: The kinds whose payload an image reads.
_READ = frozenset({"occurrence", "claim", "grade"})


class Read(NamedTuple):
    """What an image needs of one entry.

    Attributes:
        id: Derived again.
        kind: Its kind.
        payload: Of a kind that may be plain, and sound; else none.
        marks: Its marks.
        recorded: When it was recorded, UTC seconds.
        known: Since when it is known by itself, UTC seconds.
        happened: Its date as written.
        first: Earliest instant of that, UTC seconds.
        last: Latest instant of it.
        links: Ids that it points at, by whatever field.
        addresses: Of its sources.
    """

    id: str
    kind: str
    payload: dict[str, Any] | None
    marks: tuple[str, ...]
    recorded: int
    known: int
    happened: str | None
    first: int | None
    last: int | None
    links: tuple[str, ...]
    addresses: tuple[str, ...]


def read_all(
    bodies: Iterable[tuple[int, bytes | Entry]], zone: str, where: str
) -> Iterator[Read]:
    """Read stored entries, each id derived again.

    Args:
        bodies: Position and stored line, in order; a stub for a redacted one.
        zone: IANA name whose civil days give the bounds of dates.
        where: Names the journal.

    Raises:
        EntryError: A row is damaged.
        JournalFileError: A row is no text.
    """
    for position, body in bodies:
        if isinstance(body, Entry):
            yield _as_entry(body, zone)
            continue
        found = _quick(body, zone)
        if found is None:
            found = _as_entry(parse_entry(body, f"{where}, entry {position}"), zone)
        yield found


def _quick(body: bytes, zone: str) -> Read | None:
    """Read a plain line that is sound, else nothing."""
    fields = quick_fields(body)
    data = None if fields is None else quick_bytes(fields)
    if fields is None or data is None:
        return None
    if sha256(data).hexdigest() != fields["id"]:
        return None
    kind, payload = fields["kind"], fields["payload"]
    is_read = kind in _READ and fields["rectifies"] is fields["supersedes"] is None
    if is_read and payload_faults(kind, payload):
        return None
    happened = bounds_of(fields["happened"], zone)
    known = bounds_of(fields["known_from"], zone)
    sources = fields["sources"]
    if (
        happened is None
        or known is None
        or any(bounds_of(source["published"], zone) is None for source in sources)
    ):
        return None
    recorded = int(
        (datetime.fromisoformat(fields["recorded_at"]) - EPOCH).total_seconds() // 1
    )
    others = (fields["rectifies"], fields["supersedes"])
    return Read(
        fields["id"],
        kind,
        payload if is_read else None,
        tuple(fields["marks"]),
        recorded,
        recorded if known[1] is None else min(known[1], recorded),
        fields["happened"],
        *happened,
        (*fields["about"], *(name for name in others if name is not None)),
        tuple(source["address"] for source in sources),
    )


def _as_entry(entry: Entry, zone: str) -> Read:
    """Read whatever it is; it is left to those who read entries."""
    columns = columns_of(entry, zone)
    recorded = entry.recorded_instant
    last = columns.known_last
    return Read(
        entry.id,
        entry.kind,
        None,
        entry.marks,
        recorded,
        recorded if last is None else min(last, recorded),
        entry.happened,
        columns.happened_first,
        columns.happened_last,
        tuple(target for _, target in links(entry)),
        tuple(source.address for source in entry.sources),
    )
