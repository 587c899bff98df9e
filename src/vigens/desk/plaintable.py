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
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Places = NDArray[np.int32]
    Words = NDArray[np.uint64]

#: Largest table that is read here, in bytes; a larger one is read faster by two threads.
LARGEST = 4_000_000
#: Signs, and rows, that are worked out together: what comes of them fits a cache.
_PIECE, _ROWS = 1 << 16, 1 << 13
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
    numbers: dict[str, NDArray[np.int64]]


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
    numbers: dict[str, NDArray[np.int64]] = {}
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
        self._begin = begin
        self._marks = marks
        self._n_cells = n_cells
        self.n_rows = len(marks) // n_cells
        n_eights = max(0, len(text) - 7)
        self._eights = np.ndarray((n_eights,), "<u8", text, strides=(1,))

    @classmethod
    def of(cls, data: bytes, begin: int, n_cells: int, delimiter: int) -> _Page | None:
        """Find the cells; `None` where a row has more or fewer."""
        if delimiter == _NEWLINE:
            return None
        signs = np.frombuffer(data, np.uint8)
        pieces, n_rows = [], 0
        for low in range(begin, len(data), _PIECE):
            piece = signs[low : low + _PIECE]
            found = piece == _NEWLINE
            n_rows += int(np.count_nonzero(found))
            found |= piece == delimiter
            pieces.append((found.nonzero()[0] + low).astype(np.int32))
        if not data.endswith(b"\n"):
            n_rows += 1
            pieces.append(np.array([len(data)], dtype=np.int32))
        marks = np.concatenate(pieces)
        if len(marks) != n_rows * n_cells:
            return None
        ends = marks[n_cells - 1 :: n_cells]
        inside = ends[:-1] if ends[-1] == len(data) else ends
        if not (signs.take(inside) == _NEWLINE).all():
            return None
        return cls(data, begin, marks, n_cells)

    def _spans(self, at: int) -> tuple[Places, Places]:
        """Give where the cells of a column begin, and how long they are."""
        ends = self._marks[at :: self._n_cells]
        if at:
            starts = self._marks[at - 1 :: self._n_cells] + np.int32(1)
        else:
            lasts = self._marks[self._n_cells - 1 :: self._n_cells]
            begin = np.array([self._begin], dtype=np.int32)
            starts = np.concatenate((begin, lasts[:-1] + np.int32(1)))
        return starts, ends - starts

    def numbers(self, at: int) -> NDArray[np.int64] | None:
        """Read a column of digits; `None` where some cell is anything else."""
        starts, lengths = self._spans(at)
        if int(lengths.min()) < 1 or int(lengths.max()) > _DIGITS:
            return None
        found = np.empty(self.n_rows, dtype=np.int64)
        for part in _parts(self.n_rows):
            words = self._word(starts[part], lengths[part])
            whole = _whole(words, lengths[part])
            if whole is None:
                return None
            found[part] = whole
        return found

    def text(self, at: int) -> Coded | None:
        """Read a column of text; `None` where a cell is too long."""
        starts, lengths = self._spans(at)
        longest = int(lengths.max())
        if longest > _LONGEST:
            return None
        words = [
            self._words(starts, lengths, place) for place in range(0, longest or 1, 8)
        ]
        firsts = _first_alike(words)
        if firsts is None:
            return None
        every = np.arange(self.n_rows, dtype=np.int32)
        spans = np.flatnonzero(firsts == every)
        numbers = every[: len(spans)]
        if len(spans) < self.n_rows:
            numbers = np.zeros(self.n_rows, dtype=np.int32)
            numbers[spans] = every[: len(spans)]
            numbers = numbers.take(firsts)
        begins, sizes = starts.take(spans).tolist(), lengths.take(spans).tolist()
        shown = [
            self._text[begin : begin + size].decode()
            for begin, size in zip(begins, sizes, strict=True)
        ]
        return Coded(numbers, shown)

    def _words(self, starts: Places, lengths: Places, place: int) -> Words:
        """Read eight signs of each cell of a column, from a place in it on."""
        found = np.empty(self.n_rows, dtype=np.uint64)
        for part in _parts(self.n_rows):
            found[part] = self._word(starts[part] + place, lengths[part] - place)
        return found

    def _word(self, starts: Places, lengths: Places) -> Words:
        """Read eight signs from each place on; those after the cell are nothing."""
        low, high = int(starts[0]), int(starts[-1])
        if high < len(self._eights):
            found: Words = self._eights[starts]
        else:  # room behind the last cells, from which eight signs are read as well
            text = self._text[low:] + bytes(_LONGEST + 8)
            eights = np.ndarray((len(text) - 7,), "<u8", text, strides=(1,))
            found = eights[starts - low]
        kept = np.minimum(np.maximum(lengths, 0), 8)
        found &= _MASKS.take(kept)
        return found


def _parts(size: int) -> Iterator[slice]:
    """Part rows so that what is worked out of a part stays near the processor."""
    for low in range(0, size, _ROWS):
        yield slice(low, min(low + _ROWS, size))


def _whole(words: Words, lengths: Places) -> NDArray[np.int64] | None:
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
    found = np.arange(len(words[0]), dtype=np.int32)
    left, parts = found, list(words)
    for turn in range(_ROUNDS):
        alike, is_same = _alike(parts, turn)
        if turn:
            found[left] = left.take(alike)
        else:
            found = alike
        if is_same.all():
            return found
        again = np.flatnonzero(~is_same)
        left, parts = left.take(again), [part.take(again) for part in parts]
    return None


def _alike(words: Sequence[Words], turn: int) -> tuple[Places, NDArray[np.bool_]]:
    """Give for each cell the first cell with its hash, and whether it is the same."""
    size = len(words[0])
    places = np.empty(size, dtype=np.int32)
    for part in _parts(size):
        mixed = words[0][part] * np.uint64(_ODD + 2 * turn)
        for word in words[1:]:
            mixed ^= mixed >> np.uint64(29)
            mixed = (mixed ^ word[part]) * np.uint64(_ODD + 2 * turn)
        places[part] = mixed >> np.uint64(64 - _BITS)
    table = np.zeros(1 << _BITS, dtype=np.int32)
    table[places[::-1]] = np.arange(size - 1, -1, -1, dtype=np.int32)
    alike, is_same = np.empty(size, dtype=np.int32), np.empty(size, dtype=bool)
    for part in _parts(size):
        own = table.take(places[part])
        alike[part] = own
        same = words[0].take(own) == words[0][part]
        for word in words[1:]:
            same &= word.take(own) == word[part]
        is_same[part] = same
    return alike, is_same
