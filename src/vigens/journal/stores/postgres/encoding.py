"""Rows of entries and leaves as a server's binary COPY has them, quickly.

Source:
    PostgreSQL documentation, COPY, "Binary Format": a signature, then each row as the
    number of its fields and, of each field, its length in bytes and these; then -1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from struct import Struct
from typing import Any

#: What stands before all rows, and behind them.
START, END = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"

_NULL = b"\xff\xff\xff\xff"
_LENGTH = Struct(">i").pack
_LONG = Struct(">iq").pack
_FIRST = Struct(">hiq").pack  # the number of fields, and the first one

#: Bytes that are sent at a time.
_PART = 1 << 17


def encoded(table: str, rows: Iterable[tuple[Any, ...]]) -> Iterator[bytes]:
    """Give some rows of `entry` or `leaf` in parts to be sent.

    Args:
        table: Name of a key of `RECORDS`.
        rows: Fields in the order of its columns.
    """
    record = RECORDS[table]
    parts, size = [START], 0
    for row in rows:
        one = record(row)
        parts.append(one)
        size += len(one)
        if size > _PART:
            yield b"".join(parts)
            parts, size = [], 0
    parts.append(END)
    yield b"".join(parts)


def _text(value: str | None) -> bytes:
    if value is None:
        return _NULL
    raw = value.encode()
    return _LENGTH(len(raw)) + raw


def _bytes(value: bytes | None) -> bytes:
    return _NULL if value is None else _LENGTH(len(value)) + value


def _long(value: int | None) -> bytes:
    return _NULL if value is None else _LONG(8, value)


@lru_cache(maxsize=4096)
def _again(value: str) -> bytes:
    """Write a text that stands in many rows."""
    return _text(value)


@lru_cache(maxsize=4096)
def _span(first: int | None, last: int | None) -> bytes:
    """Write the bounds of a date; few dates stand in many rows."""
    return _long(first) + _long(last)


def _entry(row: tuple[Any, ...]) -> bytes:
    position, name, kind, recorded, h_first, h_last, k_first, k_last, *rest = row
    marks, key, leaf, body = rest
    return b"".join(
        (
            _FIRST(12, 8, position),
            _text(name),
            _again(kind),
            _LONG(8, recorded),
            _span(h_first, h_last),
            _span(k_first, k_last),
            _again(marks),
            _bytes(key),
            _bytes(leaf),
            _text(body),
        )
    )


def _leaf(row: tuple[Any, ...]) -> bytes:
    log, number, position, leaf = row
    return b"".join(
        (b"\0\4", _again(log), _LONG(8, number), _LONG(8, position), _bytes(leaf))
    )


#: How a row of each table is written.
RECORDS: dict[str, Callable[[tuple[Any, ...]], bytes]] = {
    "entry": _entry,
    "leaf": _leaf,
}
