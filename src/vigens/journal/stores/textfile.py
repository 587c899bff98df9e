"""A text journal's file: its bytes, and its errors in our words."""

from __future__ import annotations

import errno
import os

from vigens.journal.errors import JournalOutsideError, reason

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_SHUT = {errno.EROFS, errno.EACCES, errno.EPERM}


def read_span(descriptor: int, start: int, end: int) -> bytes:
    """Read the bytes of a file from a place to before another."""
    parts = []
    while start < end:
        part = os.pread(descriptor, end - start, start)
        if not part:
            break
        parts.append(part)
        start += len(part)
    return b"".join(parts)


def outside(error: OSError, where: str) -> JournalOutsideError:
    """Say an error of the operating system in our words."""
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
