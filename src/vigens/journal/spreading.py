"""Work on pieces by several processes, whose results come in the order of the pieces."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from vigens.journal.errors import JournalOutsideError

Piece = TypeVar("Piece")
Outcome = TypeVar("Outcome")

#: How often a process looks whether the one that it works for is still there.
_LOOK_SECONDS = 0.5


def n_helpers() -> int:
    """Say how many processes may help this one: as many as there are cores.

    None where another thread runs here, since a process that splits off from several
    threads may stand still for ever.
    """
    can_split = "fork" in multiprocessing.get_all_start_methods()
    is_alone = threading.active_count() == 1
    return os.cpu_count() or 1 if can_split and is_alone else 0


def spread(
    act: Callable[[Piece], Outcome],
    pieces: Iterable[Piece],
    n_processes: int,
    where: str,
) -> Iterator[tuple[Piece, Outcome]]:
    """Do something with each piece, several at a time, and give the results in order.

    Args:
        act: What a process does; it raises nothing, and what it takes and gives can be
            handed between processes.
        pieces: No more are taken than are being worked on.
        n_processes: How many beside this one; with none it does all itself.
        where: Names the work in messages.

    Raises:
        JournalOutsideError: A process came to a sudden end.
    """
    if n_processes == 0:
        for piece in pieces:
            yield piece, act(piece)
        return
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(
        n_processes, context, initializer=_begin, initargs=(os.getpid(),)
    ) as pool:
        try:
            yield from _ahead(pool, act, pieces, 2 * n_processes)
        except BrokenProcessPool as error:
            raise JournalOutsideError(
                "a process that examined the lines came to a sudden end",
                where,
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


def _ahead(
    pool: Executor,
    act: Callable[[Piece], Outcome],
    pieces: Iterable[Piece],
    n_ahead: int,
) -> Iterator[tuple[Piece, Outcome]]:
    """Keep a few pieces in work, and give the results in order."""
    running: deque[tuple[Piece, Future[Outcome]]] = deque()
    for piece in pieces:
        running.append((piece, pool.submit(act, piece)))
        if len(running) > n_ahead:
            done, future = running.popleft()
            yield done, future.result()
    while running:
        done, future = running.popleft()
        yield done, future.result()
