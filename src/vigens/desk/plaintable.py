"""Small plain tables without Arrow, which takes longer to load than they take to read.

Plain is a table without quotation marks, each of whose lines has as many cells as the
first. It is taken apart by column: no loop over rows or cells. Whatever is not plain is
left to Arrow; what is read here is what Arrow would read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vigens.model import Coded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Places = NDArray[np.int64]
    Words = NDArray[np.uint64]

#: Largest table that is read here, in bytes; a larger one is read faster by two threads.
LARGEST = 4_000_000
#: Longest cell of text and of digits.
_LONGEST, _DIGITS = 64, 8
#: Bits of a cell's hash, and how often those that fall together are told apart anew.
_BITS, _ROUNDS = 17, 8
_ODD = 0x9E3779B97F4A7C15
_NEWLINE, _MARK = 10, b"\xef\xbb\xbf"
#: Eight zeros as signs; what carries into the highest bit whatever lies above a nine.
_ZERO, _ABOVE, _HIGH = 0x3030303030303030, 0x4646464646464646, 0x8080808080808080
#: How pairs of digits are added up.
_PAIRS, _BY_LOW, _BY_HIGH = 0x000000FF000000FF, 0x000F424000000064, 0x0000271000000001
_MASKS = np.array([(1 << 8 * n) - 1 for n in range(9)], dtype=np.uint64)
_ZEROS = np.array([_ZERO & ((1 << 8 * (8 - n)) - 1) for n in range(9)], dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class PlainCells:
    """The columns of a plain table.

    Attributes:
        n_rows: How many rows.
        coded: Columns of text; words in order of first appearance.
        numbers: Columns of whole numbers, every cell of them one.
    """

    n_rows: int
    coded: dict[str, Coded]
    numbers: dict[str, Places]


def read_plain(
    data: bytes, delimiter: str, *, names: Sequence[str], numeric: Sequence[str]
) -> PlainCells | None:
    """Read some columns of a plain table.

    Args:
        data: The whole file, UTF-8.
        delimiter: What parts cells.
        names: Columns that are read; the first line has each of them once.
        numeric: Those of them that are whole numbers if every cell is one.

    Returns:
        `None` where the table is not plain, or too large, or where a cell that should
        be a whole number is none.
    """
    if len(data) > LARGEST or len(delimiter) != 1 or not delimiter.isascii():
        return None
    if any(sign in data for sign in (b'"', b"\r", b"\0")):
        return None
    begin = len(_MARK) if data.startswith(_MARK) else 0
    end = data.find(b"\n")
    header = data[begin:end].decode().split(delimiter)
    if end < 0 or len(header) < 2 or len(data) == end + 1:
        return None
    page = _Page.of(data, end + 1, len(header), ord(delimiter))
    if page is None:
        return None
    coded: dict[str, Coded] = {}
    numbers: dict[str, Places] = {}
    for name in names:
        at = header.index(name)
        if name in numeric:
            whole = page.numbers(at)
            if whole is None:
                return None
            numbers[name] = whole
        else:
            column = page.text(at)
            if column is None:
                return None
            coded[name] = column
    return PlainCells(page.n_rows, coded, numbers)


class _Page:
    """Cells by their places in a text, whose rows all have the same number of them."""

    def __init__(self, text: bytes, begin: int, marks: Places, n_cells: int) -> None:
        self._text = text
        self._eights = np.ndarray((len(text) - 7,), "<u8", text, strides=(1,))
        self._begin = begin
        self._marks = marks
        self._n_cells = n_cells
        self.n_rows = len(marks) // n_cells

    @classmethod
    def of(cls, data: bytes, begin: int, n_cells: int, delimiter: int) -> _Page | None:
        """Find the cells; `None` where a row has more or fewer."""
        is_whole = data.endswith(b"\n")
        # Room behind the last cell, so that eight signs can be read from each place.
        text = data + (b"" if is_whole else b"\n") + bytes(_LONGEST)
        signs = np.frombuffer(text, np.uint8, len(data) + (not is_whole) - begin, begin)
        found = signs == _NEWLINE
        found |= signs == delimiter
        marks = np.flatnonzero(found)
        is_end = signs.take(marks) == _NEWLINE
        n_rows = int(np.count_nonzero(is_end))
        if len(marks) != n_rows * n_cells or delimiter == _NEWLINE:
            return None
        if not is_end[n_cells - 1 :: n_cells].all():
            return None
        marks += begin
        return cls(text, begin, marks, n_cells)

    def _spans(self, at: int) -> tuple[Places, Places]:
        """Give where the cells of a column begin, and how long they are."""
        ends = self._marks[at :: self._n_cells]
        if at:
            starts = self._marks[at - 1 :: self._n_cells] + 1
        else:
            lasts = self._marks[self._n_cells - 1 :: self._n_cells]
            starts = np.append(self._begin, lasts[:-1] + 1)
        return starts, ends - starts

    def numbers(self, at: int) -> Places | None:
        """Read a column of digits; `None` where some cell is anything else."""
        starts, lengths = self._spans(at)
        if int(lengths.min()) < 1 or int(lengths.max()) > _DIGITS:
            return None
        return _whole(self._word(starts, lengths), lengths)

    def text(self, at: int) -> Coded | None:
        """Read a column of text; `None` where a cell is too long."""
        starts, lengths = self._spans(at)
        longest = int(lengths.max())
        if longest > _LONGEST:
            return None
        words = [
            self._word(starts + place, lengths - place)
            for place in range(0, max(longest, 1), 8)
        ]
        firsts = _first_alike(words)
        if firsts is None:
            return None
        is_first = firsts == np.arange(self.n_rows)
        numbers = np.cumsum(is_first, dtype=np.int32) - np.int32(1)
        spans = np.flatnonzero(is_first)
        begins, sizes = starts.take(spans).tolist(), lengths.take(spans).tolist()
        shown = [
            self._text[begin : begin + size].decode()
            for begin, size in zip(begins, sizes, strict=True)
        ]
        return Coded(numbers.take(firsts), shown)

    def _word(self, starts: Places, lengths: Places) -> Words:
        """Read eight signs from each place on; those after the cell are nothing."""
        kept = np.clip(lengths, 0, 8)
        found: Words = self._eights[starts]
        found &= _MASKS.take(kept)
        return found


def _whole(words: Words, lengths: Places) -> Places | None:
    """Read up to eight digits each, all at once; `None` where a sign is no digit.

    Digits are moved to the end of their eight places, zeros before them; then ones are
    added up to pairs, and pairs to the whole.
    """
    places = words << ((8 - lengths) * 8).astype(np.uint64)
    places |= _ZEROS.take(lengths)
    wrong = (places + np.uint64(_ABOVE)) | (places - np.uint64(_ZERO))
    if int(np.bitwise_or.reduce(wrong)) & _HIGH:
        return None
    places -= np.uint64(_ZERO)
    places = places * np.uint64(10) + (places >> np.uint64(8))
    low = (places & np.uint64(_PAIRS)) * np.uint64(_BY_LOW)
    high = ((places >> np.uint64(16)) & np.uint64(_PAIRS)) * np.uint64(_BY_HIGH)
    return ((low + high) >> np.uint64(32)).astype(np.int64)


def _first_alike(words: Sequence[Words]) -> Places | None:
    """Give for each cell the first cell that is the same; `None` where it takes long.

    Cells whose hash is that of another text are told apart by another hash.
    """
    size = len(words[0])
    found: Places | None = None
    left, parts = np.arange(size, dtype=np.int64), list(words)
    for turn in range(_ROUNDS):
        mixed = parts[0] * np.uint64(_ODD + 2 * turn)
        for part in parts[1:]:
            mixed ^= mixed >> np.uint64(29)
            mixed = (mixed ^ part) * np.uint64(_ODD + 2 * turn)
        places = (mixed >> np.uint64(64 - _BITS)).astype(np.int64)
        table = np.zeros(1 << _BITS, dtype=np.int32)
        table[places[::-1]] = np.arange(len(left) - 1, -1, -1, dtype=np.int32)
        alike = table.take(places)
        is_same = parts[0].take(alike) == parts[0]
        for part in parts[1:]:
            is_same &= part.take(alike) == part
        if found is None:
            found = alike.astype(np.int64)
        else:
            found[left] = left.take(alike)
        if is_same.all():
            return found
        again = np.flatnonzero(~is_same)
        left, parts = left.take(again), [part.take(again) for part in parts]
    return None
