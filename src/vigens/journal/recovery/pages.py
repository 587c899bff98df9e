"""The rows of a damaged SQLite file, read page by page without its tree.

SQLite reads a table from its root; one bad page there shuts off all that lies below.
Here each page is taken by itself, and each row in it; what cannot be read is passed
over. A row is believed later, when its content gives its id.

Source:
    "Database File Format", sqlite.org: pages, cells, overflow, records; the
    write-ahead log.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

_TABLE_LEAF, _INDEX_LEAF = 0x0D, 0x0A
_PAGE_TYPES = {0x02, 0x05, _INDEX_LEAF, _TABLE_LEAF}
_SIZES = tuple(2**n for n in range(9, 17))
_DEFAULT_SIZE = 4096
_WAL_HEADER, _FRAME_HEADER = 32, 24
_INT_BYTES = (0, 1, 2, 3, 4, 6, 8)

#: No row of a journal comes near it: a larger number is damage.
_LARGEST_ROW = 2**30

Value = int | bytes | None


class Row(NamedTuple):
    """One row of a table, or of an index (then without a number of its own)."""

    number: int | None
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a database as its last whole commit left them.

    Attributes:
        size: Bytes in a page.
        usable: Bytes of it that SQLite uses.
        pages: Their content, from page 1.
    """

    size: int
    usable: int
    pages: dict[int, bytes]

    def rows(self) -> Iterator[Row]:
        """Give every row that can be read, whichever table it is of."""
        for number, page in self.pages.items():
            start = 100 if number == 1 else 0
            kind = page[start] if len(page) > start else 0
            if kind in (_TABLE_LEAF, _INDEX_LEAF):
                yield from self._rows_of(page, start, is_table=kind == _TABLE_LEAF)

    def strange(self) -> Iterator[bytes]:
        """Give the pages that are no part of a tree: overflow, free, or damaged."""
        for number, page in self.pages.items():
            if number > 1 and page and page[0] not in _PAGE_TYPES:
                yield page

    def _rows_of(self, page: bytes, start: int, *, is_table: bool) -> Iterator[Row]:
        n_cells = int.from_bytes(page[start + 3 : start + 5], "big")
        for cell in range(min(n_cells, self.size // 4)):
            at = start + 8 + 2 * cell
            place = int.from_bytes(page[at : at + 2], "big")
            try:
                yield self._row(page, place, is_table=is_table)
            except (IndexError, ValueError):
                continue

    def _row(self, page: bytes, place: int, *, is_table: bool) -> Row:
        length, place = _varint(page, place)
        number: int | None = None
        if is_table:
            number, place = _varint(page, place)
        if length > _LARGEST_ROW:
            raise ValueError
        n_local = self._local(length, is_table=is_table)
        data = page[place : place + n_local]
        if n_local < length:
            after = page[place + n_local : place + n_local + 4]
            data += self._overflow(int.from_bytes(after, "big"), length - n_local)
        if len(data) != length:
            raise ValueError
        return Row(number, _values(data))

    def _local(self, length: int, *, is_table: bool) -> int:
        """Say how much of a row lies in its page; the rest overflows."""
        most = self.usable - 35
        if not is_table:
            most = (self.usable - 12) * 64 // 255 - 23
        if length <= most:
            return length
        least = (self.usable - 12) * 32 // 255 - 23
        wanted = least + (length - least) % (self.usable - 4)
        return wanted if wanted <= most else least

    def _overflow(self, number: int, length: int) -> bytes:
        parts: list[bytes] = []
        seen: set[int] = set()
        while length > 0:
            if number in seen or number not in self.pages:
                raise ValueError
            seen.add(number)
            page = self.pages[number]
            parts.append(page[4 : min(self.usable, 4 + length)])
            length -= len(parts[-1])
            number = int.from_bytes(page[:4], "big")
        return b"".join(parts)


def read_pages(data: bytes, log: bytes = b"") -> Pages:
    """Split a database file into pages, with the commits beside it laid over.

    Args:
        data: The file, whole or what is left of it.
        log: Its write-ahead log, if there is one.
    """
    size = _page_size(data)
    reserved = data[20] if len(data) > 20 else 0
    pages = {
        number: data[at : at + size]
        for number, at in enumerate(range(0, len(data), size), 1)
    }
    pages.update(_committed(log, size))
    return Pages(size, size - (reserved if reserved < size // 2 else 0), pages)


def _page_size(data: bytes) -> int:
    size = int.from_bytes(data[16:18], "big")
    size = 65536 if size == 1 else size
    return size if size in _SIZES else _DEFAULT_SIZE


def _committed(log: bytes, size: int) -> dict[int, bytes]:
    """Give the pages of a write-ahead log up to its last whole commit."""
    salt = log[16:24]
    found: dict[int, bytes] = {}
    pending: dict[int, bytes] = {}
    for at in range(_WAL_HEADER, len(log), _FRAME_HEADER + size):
        frame = log[at : at + _FRAME_HEADER]
        page = log[at + _FRAME_HEADER : at + _FRAME_HEADER + size]
        if len(page) < size or frame[8:16] != salt:
            break
        pending[int.from_bytes(frame[:4], "big")] = page
        if frame[4:8] != b"\0\0\0\0":  # a commit ends here
            found.update(pending)
            pending = {}
    return found


def _varint(data: bytes, place: int) -> tuple[int, int]:
    value = 0
    for count in range(9):
        byte = data[place + count]
        if count == 8:
            return value << 8 | byte, place + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + count + 1
    raise ValueError


def _values(data: bytes) -> tuple[Value, ...]:
    end, place = _varint(data, 0)
    types: list[int] = []
    while place < end:
        kind, place = _varint(data, place)
        types.append(kind)
    values: list[Value] = []
    place = end
    for kind in types:
        value, place = _value(data, place, kind)
        values.append(value)
    return tuple(values)


def _value(data: bytes, place: int, kind: int) -> tuple[Value, int]:
    if kind == 0:
        return None, place
    if kind in (8, 9):
        return kind - 8, place
    if kind >= 12:
        end = place + (kind - 12) // 2
    elif kind < len(_INT_BYTES):
        end = place + _INT_BYTES[kind]
    else:
        raise ValueError
    if end > len(data):
        raise ValueError
    raw = data[place:end]
    return (raw if kind >= 12 else int.from_bytes(raw, "big", signed=True)), end
