"""A stream of lines cut into pieces of whole lines, and processes that examine them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from typing import BinaryIO, NamedTuple

from vigens.journal.bulk.examine import Examined, examine
from vigens.journal.spreading import n_helpers, spread

#: Bytes of a piece, more or less.
PIECE_BYTES = 2_000_000

_BOM = b"\xef\xbb\xbf"


class Piece(NamedTuple):
    """Some whole lines.

    Attributes:
        data: Their bytes.
        first_line: Number of the first in the stream, from 1.
    """

    data: bytes
    first_line: int


def cut(stream: BinaryIO) -> Iterator[Piece]:
    """Cut a stream into pieces that end with a line feed, but for the last."""
    line, rest = 1, b""
    while data := stream.read(PIECE_BYTES):
        if line == 1 and not rest:
            data = data.removeprefix(_BOM)
        end = data.rfind(b"\n") + 1
        if not end:
            rest += data
            continue
        whole = rest + data[:end]
        yield Piece(whole, line)
        line += whole.count(b"\n")
        rest = data[end:]
    if rest:
        yield Piece(rest, line)


def examined(
    pieces: Iterable[Piece], zone: str, n_processes: int | None = None
) -> Iterator[tuple[Piece, Examined]]:
    """Examine pieces, several at a time where that is worth it, in their order.

    Args:
        pieces: As `cut` gives them; no more are taken than are being worked on.
        zone: IANA name whose civil days give the bounds of dates.
        n_processes: How many processes beside this one; by default as many as can
            help, and none where there is little to do.
    """
    waiting = iter(pieces)
    first = next(waiting, None)
    if first is None:
        return
    if n_processes is None:
        n_processes = 0 if len(first.data) < PIECE_BYTES // 2 else n_helpers()
    act = partial(_examine, zone=zone)
    yield from spread(act, chain((first,), waiting), n_processes, "the import")


def _examine(piece: Piece, *, zone: str) -> Examined:
    return examine(piece.data, zone)
