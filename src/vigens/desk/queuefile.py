"""The file of the queue: lines that are only added, whole or not at all."""

from __future__ import annotations

import fcntl
import json
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from vigens.base import InputError
from vigens.desk.files import outside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

FILE_NAME = "queue.jsonl"
DOCUMENTS = "documents"

#: What stays in the place of a suggestion that was taken out.
GONE = b'{"do":"gone"}'


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


def read_lines(path: Path) -> Iterable[dict[str, Any]]:
    """Read the lines of the queue; a torn last one was never acknowledged.

    Raises:
        InputError: A line is damaged, or the file cannot be read.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return
    except OSError as error:
        raise InputError(
            f"the queue cannot be read ({error.strerror})", str(path), "check the file"
        ) from error
    whole, _, _torn = data.rpartition(b"\n")  # a torn last line was never acknowledged
    for number, raw in enumerate(whole.split(b"\n"), 1):
        if not raw.strip():
            continue
        try:
            line = json.loads(raw)
            fields = {
                "add": ("key", "document", "suggestion"),
                "edit": ("key", "set"),
                "gone": (),
            }
            is_whole = all(field in line for field in fields[line["do"]])
        except (ValueError, KeyError, TypeError) as error:
            raise _damaged(path, number) from error
        if not is_whole:
            raise _damaged(path, number)
        yield line


def _damaged(path: Path, number: int) -> InputError:
    return InputError(
        "this line of the queue is damaged",
        f"{path}:{number}",
        f"delete {path.name}: it is made anew from {DOCUMENTS}/ and the journal",
    )


def append_lines(path: Path, lines: list[dict[str, Any]]) -> None:
    """Add lines to the queue, on disk before this returns.

    Raises:
        OutsideError: It cannot be written.
    """
    if not lines:
        return
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            before = _cut_torn(descriptor)
            _write_all(descriptor, bytes_of(lines), before)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise outside(error, path) from error


def _cut_torn(descriptor: int) -> int:
    size = os.fstat(descriptor).st_size
    end = size
    while end and os.pread(descriptor, 1, end - 1) != b"\n":
        end -= 1
    if end < size:
        os.ftruncate(descriptor, end)
    return end


def _write_all(descriptor: int, data: bytes, before: int) -> None:
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        os.fsync(descriptor)
    except OSError:
        os.ftruncate(descriptor, before)
        raise


def bytes_of(lines: Iterable[Mapping[str, Any]]) -> bytes:
    """Give lines as they stand in the file."""
    return b"".join(
        json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        for line in lines
    )
