"""Exceptions: a broken contract or a failed outside world.

::

    VigensError            what, where, how to mend
    ├── UsageError         the command's words are off            exit 2
    ├── InputError         something handed in cannot be used      exit 1
    └── OutsideError       disk, port, another program's file      exit 3

What a person *wrote* wrongly inside a readable file is no exception but a
`Finding`.
"""

from __future__ import annotations

from typing import ClassVar


class VigensError(Exception):
    """Say what went wrong, where, and how to mend it."""

    exit_status: ClassVar[int] = 3

    def __init__(self, what: str, where: str, mend: str) -> None:
        """Keep the three facts apart, so that every surface can lay them out.

        Args:
            what: One sentence, no full stop needed.
            where: File, entry, table cell or address.
            mend: What the reader can do about it.
        """
        super().__init__(what, where, mend)
        self.what = what
        self.where = where
        self.mend = mend

    def __str__(self) -> str:
        return f"{self.what}\n  where: {self.where}\n  mend: {self.mend}"


class UsageError(VigensError):
    """The words of a command do not fit together."""

    exit_status = 2


class InputError(VigensError):
    """Something that a person handed in cannot be used as it is."""

    exit_status = 1


class OutsideError(VigensError):
    """The world outside failed: disk, port, permission, another's file."""

    exit_status = 3
