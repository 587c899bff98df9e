"""The file of a text journal: made, locked, read, and what the disk says."""

from __future__ import annotations

import errno
import fcntl
import os
import time
from collections.abc import Sequence
from pathlib import Path

from vigens.journal.errors import JournalOutsideError, reason
from vigens.journal.lines import BEGINNING, UNFINISHED
from vigens.journal.stores.rewriting import sync_folder

#: How often and how long to wait for another writer, in seconds.
_TRIES, _PAUSE_SECONDS = 5000, 0.002

#: What a system writes in one go, whatever ends the process meanwhile.
_BLOCK_BYTES = 512

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_SHUT = {errno.EROFS, errno.EACCES, errno.EPERM}


def create_file(path: Path) -> None:
    """Make an empty file; another process may be quicker.

    Raises:
        JournalOutsideError: The folder or the disk does not let it.
    """
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
        os.close(descriptor)
        sync_folder(path)
    except FileExistsError:
        return  # another process made it in the meantime
    except OSError as error:
        raise told_outside(error, str(path)) from error


def for_owner(path: str, flags: int) -> int:
    """Open a file that its owner alone may read."""
    return os.open(path, flags, 0o600)


def lock_file(descriptor: int, kind: int, where: str) -> None:
    """Wait for a lock on a file, for ten seconds.

    Raises:
        JournalOutsideError: Another process holds it all that time.
    """
    for _ in range(_TRIES):
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_PAUSE_SECONDS)
        else:
            return
    raise JournalOutsideError(
        "another process has held this journal for ten seconds",
        where,
        "wait until it is done, or end it, and try again; nothing was written",
    )


def read_range(descriptor: int, start: int, end: int) -> bytes:
    """Read the bytes of a file from `start` up to `end`, or to its own end."""
    parts = []
    while start < end:
        part = os.pread(descriptor, end - start, start)
        if not part:
            break
        parts.append(part)
        start += len(part)
    return b"".join(parts)


def padding(place: int) -> bytes:
    """Give empty lines so that the beginning of a line at `place` lies in one block."""
    room = _BLOCK_BYTES - place % _BLOCK_BYTES
    return b"\n" * room if room < len(BEGINNING) else b""


def write_group(
    descriptor: int, place: int, lead: bytes, lines: Sequence[bytes]
) -> None:
    """Write a group of lines so that after a crash all of it is there, or none.

    A process that is killed may leave any part of what it writes. So the first line of
    several lacks its beginning until all of them are on disk; that is then written in
    one block.

    Args:
        descriptor: Open for writing, locked.
        place: Where the file ends.
        lead: Goes before the first line: it may remain after a crash.
        lines: Each with its line feed, the first beginning as an entry does.
    """
    whole = b"".join(lines)
    if len(lines) == 1:
        _write_all(descriptor, place, lead + whole)
        os.fsync(descriptor)
        return
    _write_all(descriptor, place, lead + UNFINISHED + whole[len(UNFINISHED) :])
    os.fsync(descriptor)
    _write_all(descriptor, place + len(lead), BEGINNING)
    os.fsync(descriptor)


def _write_all(descriptor: int, place: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        n_written = os.pwrite(descriptor, rest, place)
        rest, place = rest[n_written:], place + n_written


def told_outside(error: OSError, where: str) -> JournalOutsideError:
    """Say what a disk refused, where, and how to mend it."""
    why = reason(error)
    if error.errno in _FULL:
        return JournalOutsideError(
            f"there is no room for the entry ({why})",
            where,
            "free some space and try again; nothing was written",
        )
    if error.errno in _SHUT:
        return JournalOutsideError(
            f"this journal cannot be opened or written ({why})",
            where,
            "check who may write the file, and whether its disk is read-only",
        )
    return JournalOutsideError(
        f"the journal's file failed ({why})", where, "check the path and the disk"
    )
