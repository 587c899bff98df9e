"""A door before a journal's file: whoever waits to write goes in before who was in last.

The locks of files and of SQLite are for whoever asks in the right moment. Who writes
without a pause would nearly always have them; here others wait, and one at a time.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

#: How often and how long to wait at the door, in seconds; then one goes in without it.
_TRIES, _PAUSE_SECONDS = 5000, 0.002


@contextmanager
def next_in(path: Path) -> Iterator[None]:
    """Be the one who goes in next, until the block ends: there one waits for the lock.

    The door is the folder of the file, which nothing else locks. Where it has no lock,
    or whoever stands in it stands too long, there is no order and no harm.
    """
    try:
        descriptor = os.open(path.parent, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        yield
        return
    try:
        with suppress(OSError):
            _wait(descriptor)
        yield
    finally:
        os.close(descriptor)


def _wait(descriptor: int) -> None:
    for _ in range(_TRIES):
        with suppress(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        time.sleep(_PAUSE_SECONDS)
