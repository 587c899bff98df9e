"""The file of the queue: lines that are only added, whole or not at all."""

from __future__ import annotations

import fcntl
import json
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO

from vigens.base import InputError
from vigens.desk.files import outside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

FILE_NAME = "queue.jsonl"
DOCUMENTS = "documents"

#: So many bytes before the end of what was read tell that it is the same file.
_TAIL = 200

#: What stays in the place of a suggestion that was taken out.
GONE = b'{"do":"gone"}'

#: What a line of each kind has at least. `read` says that a report was read to its end.
_FIELDS = {
    "add": ("key", "document", "suggestion"),
    "edit": ("key", "set"),
    "read": ("document",),
    "gone": (),
}


@contextmanager
def deciding(folder: Path) -> Iterator[None]:
    """Have a case's queue to oneself, in this and every other process of the machine.

    The lock is on the settings of the case: they are always there, and the folder is
    where those wait who write in its journal.

    Raises:
        OutsideError: The settings cannot be opened.
    """
    path = folder / "case.toml"
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError as error:
        raise outside(error, path) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


class Followed:
    """A file of lines that others add to: each look gives what is new since the last.

    A torn last line was never acknowledged, and is given once it is whole. A file that
    was put in the place of the one looked at is read from its beginning.

    Attributes:
        is_anew: Whether the last look began at the beginning.
    """

    def __init__(self, path: Path) -> None:
        """Begin at the beginning."""
        self._path = path
        self._at = (0, 0, 0)  # bytes and lines read, and of which file
        self._last = b""  # the last bytes that were read
        self.is_anew = True

    def look(self) -> list[tuple[int, bytes]]:
        """Give the new lines with their numbers, from 1.

        Raises:
            InputError: The file cannot be read.
        """
        try:
            with self._path.open("rb") as file:
                found = os.fstat(file.fileno())
                size, number, inode = self._at
                if (
                    inode != found.st_ino
                    or size > found.st_size
                    or self._differs(file, size)
                ):
                    size = number = 0
                file.seek(size)
                data = file.read()
        except FileNotFoundError:
            self._at, self.is_anew = (0, 0, 0), True
            return []
        except OSError as error:
            raise InputError(
                f"this file cannot be read ({error.strerror})",
                str(self._path),
                "check the file",
            ) from error
        whole = data[: data.rfind(b"\n") + 1]
        lines = whole.split(b"\n")[:-1]
        self._at = (size + len(whole), number + len(lines), found.st_ino)
        self.is_anew = not size
        self._last = whole[-_TAIL:] or self._last
        return list(enumerate(lines, number + 1))

    def _differs(self, file: BinaryIO, size: int) -> bool:
        """Say whether other bytes stand where the last ones were that were read.

        A file put in the place of another may have its number once more.
        """
        if not size:
            return False
        file.seek(max(0, size - len(self._last)))
        return file.read(size - file.tell()) != self._last


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Read the lines of the queue.

    Raises:
        InputError: A line is damaged, or the file cannot be read.
    """
    return parse_lines(path, Followed(path).look())


def parse_lines(
    path: Path, lines: Iterable[tuple[int, bytes]]
) -> Iterator[dict[str, Any]]:
    """Read lines of the queue, each with its number.

    Raises:
        InputError: A line is damaged.
    """
    for number, raw in lines:
        if not raw.strip():
            continue
        try:
            line = json.loads(raw)
            is_whole = all(field in line for field in _FIELDS[line["do"]])
        except (ValueError, KeyError, TypeError) as error:
            raise damaged(path, number) from error
        if not is_whole:
            raise damaged(path, number)
        yield line


def damaged(path: Path, number: int) -> InputError:
    """Say that a line of the queue cannot be read."""
    return InputError(
        "this line of the queue is damaged",
        f"{path}:{number}",
        f"delete {path.name}: it is made anew from {DOCUMENTS}/ and the journal",
    )


def append_lines(
    path: Path, lines: list[dict[str, Any]], *, is_kept: bool = True
) -> None:
    """Add lines to a file of lines, on disk before this returns.

    Args:
        path: The file.
        lines: To add.
        is_kept: Whether to wait for the disk; no for what can be made anew.

    Raises:
        OutsideError: It cannot be written.
    """
    if not lines:
        return
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            append_whole(descriptor, bytes_of(lines), is_kept=is_kept)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise outside(error, path) from error


def append_whole(descriptor: int, data: bytes, *, is_kept: bool = True) -> int:
    """Add whole lines to an open and locked file, in the place of a torn last one.

    Args:
        descriptor: Of the file.
        data: The lines.
        is_kept: Whether to wait until they are on disk.

    Returns:
        Where they begin.

    Raises:
        OSError: They cannot be written; then nothing of them is there.
    """
    before = _cut_torn(descriptor)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        if is_kept:
            os.fsync(descriptor)
    except OSError:
        os.ftruncate(descriptor, before)
        raise
    return before


def _cut_torn(descriptor: int) -> int:
    size = os.fstat(descriptor).st_size
    end = size
    while end and os.pread(descriptor, 1, end - 1) != b"\n":
        end -= 1
    if end < size:
        os.ftruncate(descriptor, end)
    return end


def bytes_of(lines: Iterable[Mapping[str, Any]]) -> bytes:
    """Give lines as they stand in the file."""
    return b"".join(
        json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        for line in lines
    )
