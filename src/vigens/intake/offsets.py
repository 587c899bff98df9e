"""From a place in the text that was read back to a place in the file.

A text file needs no map: its text is the file. Where a text is drawn out of a
container, each piece of it says from which part it comes and where it stood there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

#: In which bytes a part of an archive may be written.
_UNITS = ("utf-8", "utf-16-le")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text and where it stood; `[start, end)` in characters.

    Attributes:
        start: First character in the text.
        end: Character after the last.
        part: The part of the file: `word/document.xml`, `page 3`, `text/plain 1`.
        at: Where it begins in that part.
        length: How long it is there, in the unit of the part: bytes of a member of an
            archive, characters of a page or of a decoded message.
    """

    start: int
    end: int
    part: str
    at: int
    length: int


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of one part of a file."""

    part: str
    start: int
    end: int


class TextBuilder:
    """Collects a text piece by piece, with its map."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._texts: list[str] = []
        self._pieces: list[Piece] = []
        self._size = 0

    @property
    def size(self) -> int:
        """Give how many characters there are."""
        return self._size

    def take(self, text: str, part: str, at: int, length: int) -> None:
        """Add words that stand in a part of the file."""
        if not text:
            return
        end = self._size + len(text)
        last = self._pieces[-1] if self._pieces else None
        if (
            last is not None
            and (last.part, last.end) == (part, self._size)
            and last.at + last.length == at
            and last.length == last.end - last.start
            and length == len(text)
        ):
            self._pieces[-1] = Piece(
                last.start, end, part, last.at, at + length - last.at
            )
        else:
            self._pieces.append(Piece(self._size, end, part, at, length))
        self._texts.append(text)
        self._size = end

    def add(self, text: str) -> None:
        """Add what stands nowhere: the end of a line, a tab."""
        self._texts.append(text)
        self._size += len(text)

    def built(self) -> tuple[str, tuple[Piece, ...]]:
        """Give the text and its map."""
        return "".join(self._texts), tuple(self._pieces)


def places(
    text: str, pieces: Sequence[Piece], start: int, end: int
) -> tuple[Place, ...]:
    """Say where a stretch of a text stands in the file, part by part.

    A piece that stands in the file sign by sign, or in its usual bytes, is cut exactly;
    another one, such as a character reference, is named whole.
    """
    found: list[Place] = []
    at = bisect_right(pieces, start, key=lambda piece: piece.end)
    while at < len(pieces) and pieces[at].start < end:
        piece = pieces[at]
        first, last = max(start, piece.start), min(end, piece.end)
        low, high = _within(text, piece, first, last)
        if found and found[-1].part == piece.part and found[-1].end == low:
            found[-1] = Place(piece.part, found[-1].start, high)
        else:
            found.append(Place(piece.part, low, high))
        at += 1
    return tuple(found)


def _within(text: str, piece: Piece, first: int, last: int) -> tuple[int, int]:
    """Give where a part of a piece stands; all of it where no unit fits."""
    if piece.length == piece.end - piece.start:
        return piece.at + first - piece.start, piece.at + last - piece.start
    for unit in _UNITS:
        whole = text[piece.start : piece.end].encode(unit, "surrogatepass")
        if len(whole) == piece.length:
            before = text[piece.start : first].encode(unit, "surrogatepass")
            inside = text[first:last].encode(unit, "surrogatepass")
            low = piece.at + len(before)
            return low, low + len(inside)
    return piece.at, piece.at + piece.length
