"""Laying a new file in the place of an old one, and leaving no byte of that."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_ZEROS = bytes(1 << 16)


def sync_folder(path: Path) -> None:
    """Make sure that a new name in a folder is on disk."""
    descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_in_place(path: Path, parts: Iterable[bytes]) -> None:
    """Write a file anew, whole or not at all, with the rights of the old one.

    Only one writer may do this at a time: whoever holds the lock on the old file.

    Raises:
        OSError: The disk or a right stood in the way; the old file is as it was.
    """
    mode = path.stat().st_mode & 0o777
    for left in path.parent.glob(f".{path.name}-*"):  # of a crash: it holds old entries
        _destroy(left)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(file.fileno(), mode)
            for part in parts:
                file.write(part)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    sync_folder(path)


def _destroy(path: Path) -> None:
    with path.open("r+b", buffering=0) as file:
        overwrite(file.fileno(), path.stat().st_size)
    path.unlink()


def overwrite(descriptor: int, size: int) -> None:
    """Write zeros over an open file that has no name any more.

    What a disk moved or a file system keeps of it elsewhere is beyond any program.

    Raises:
        OSError: The disk stood in the way.
    """
    start = 0
    while start < size:
        start += os.pwrite(descriptor, _ZEROS[: size - start], start)
    os.fsync(descriptor)
