"""The integers that a database keeps beside an entry, so that reads need no parsing."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from vigens.chrono import EdtfError, edtf_bounds, parse_edtf
from vigens.journal.entry import Entry

#: What stands for an open end.
OPEN_START, OPEN_END = -(2**63), 2**63 - 1

#: Where UTC seconds begin.
EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


class Columns(NamedTuple):
    """Bounds of the clocks of one entry.

    Attributes:
        recorded_us: UTC microseconds.
        happened_first: UTC seconds; none where no date is given.
        happened_last: UTC seconds, included.
        known_first: UTC seconds; none where it was known when recorded.
        known_last: UTC seconds, included.
    """

    recorded_us: int
    happened_first: int | None
    happened_last: int | None
    known_first: int | None
    known_last: int | None


def columns_of(entry: Entry, zone: str) -> Columns:
    """Derive the columns of an entry.

    Args:
        entry: Any entry; a date that cannot be read gives none.
        zone: IANA name whose civil days count.
    """
    return Columns(
        _microseconds(entry.recorded_at),
        *_bounds(entry.happened, zone),
        *_bounds(entry.known_from, zone),
    )


@lru_cache(maxsize=16)  # a group has one moment
def _microseconds(recorded_at: str) -> int:
    return (datetime.fromisoformat(recorded_at) - EPOCH) // timedelta(microseconds=1)


@lru_cache(maxsize=4096)
def _bounds(text: str | None, zone: str) -> tuple[int | None, int | None]:
    if text is None:
        return None, None
    try:
        first, last = edtf_bounds(parse_edtf(text), zone)
    except EdtfError:
        return None, None
    return (
        OPEN_START if first is None else first,
        OPEN_END if last is None else last,
    )
