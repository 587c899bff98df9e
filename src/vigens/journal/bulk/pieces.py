"""A stream of lines cut into pieces of whole lines, and processes that examine them."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import BinaryIO, NamedTuple

from vigens.journal.bulk.examine import Examined, examine
from vigens.journal.errors import JournalOutsideError

#: Bytes of a piece, more or less.
PIECE_BYTES = 2_000_000

#: How often a process looks whether the one that it works for is still there.
_LOOK_SECONDS = 0.5

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
        n_processes: How many processes beside this one; by default as many as there
            are cores, and none where another thread runs here, since a process that
            splits off from several threads may stand still for ever.
    """
    waiting = iter(pieces)
    first = next(waiting, None)
    if first is None:
        return
    if n_processes is None:
        is_alone = threading.active_count() == 1
        is_small = len(first.data) < PIECE_BYTES // 2
        n_processes = 0 if is_small or not is_alone else os.cpu_count() or 1
    if n_processes == 0 or "fork" not in multiprocessing.get_all_start_methods():
        for piece in _then(first, waiting):
            yield piece, examine(piece.data, zone)
        return
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(
        n_processes, context, initializer=_begin, initargs=(os.getpid(),)
    ) as pool:
        try:
            yield from _ahead(pool, _then(first, waiting), zone, 2 * n_processes)
        except BrokenProcessPool as error:
            raise JournalOutsideError(
                "a process that examined the lines came to a sudden end",
                "the import",
                "see whether the machine has memory left, and try again; nothing was "
                "written",
            ) from error


def _begin(parent: int) -> None:
    """Leave an interruption to the process that splits, and reckon by counts alone.

    Where that process is killed this one ends too.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
    os._exit(1)


def _then(first: Piece, rest: Iterator[Piece]) -> Iterator[Piece]:
    yield first
    yield from rest


def _ahead(
    pool: Executor, pieces: Iterator[Piece], zone: str, n_ahead: int
) -> Iterator[tuple[Piece, Examined]]:
    """Keep a few pieces in work, and give the results in order."""
    running: deque[tuple[Piece, Future[Examined]]] = deque()
    for piece in pieces:
        running.append((piece, pool.submit(examine, piece.data, zone)))
        if len(running) > n_ahead:
            done, future = running.popleft()
            yield done, future.result()
    while running:
        done, future = running.popleft()
        yield done, future.result()
