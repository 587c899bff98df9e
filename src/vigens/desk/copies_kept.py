"""Copies of reports that a case keeps, and destroying them."""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING, Any

from vigens.desk.files import outside, write_whole
from vigens.desk.queue import DOCUMENTS, FILE_NAME

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

_ZEROS = bytes(1 << 16)


def documents_kept(folder: Path, sha256: str) -> tuple[Path, ...]:
    """List the files in `documents/` that hold a document, whatever they are called."""
    place = folder / DOCUMENTS
    if not place.is_dir():
        return ()
    found = []
    for path in sorted(place.rglob("*")):
        if path.name.startswith(".") or not path.is_file() or path.is_symlink():
            continue
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() == sha256:
                found.append(path)
    return tuple(found)


def answers_kept(folder: Path, sha256: str) -> tuple[Path, ...]:
    """List what was kept of a document's contents besides the document itself.

    All of it can be made again from the documents that remain.
    """
    place = folder / DOCUMENTS
    found = sorted((place / ".answers").glob(f"{sha256[:12]}-*"))
    sketches = place / ".sketches.json"
    if sketches.is_file() and sha256.encode() in sketches.read_bytes():
        found.append(sketches)
    return tuple(found)


def forget_document(path: Path) -> None:
    """Overwrite a file and delete it.

    Raises:
        OutsideError: It cannot be written.
    """
    try:
        size = path.stat().st_size
        with path.open("r+b", buffering=0) as file:
            for start in range(0, size, len(_ZEROS)):
                file.write(_ZEROS[: min(len(_ZEROS), size - start)])
            os.fsync(file.fileno())
        path.unlink()
    except OSError as error:
        raise outside(error, path) from error


def queued(folder: Path, documents: Collection[str], keys: Collection[str]) -> int:
    """Count the lines of the queue that hold suggestions of documents, or by key."""
    return len(_lines(folder)) - len(_kept(_lines(folder), documents, keys))


def forget_queued(
    folder: Path, documents: Collection[str], keys: Collection[str]
) -> int:
    """Take suggestions of documents, and suggestions by key, out of the queue.

    Suggestions behind them get lower numbers.

    Returns:
        How many lines were taken out.

    Raises:
        OutsideError: The queue cannot be written.
    """
    lines = _lines(folder)
    kept = _kept(lines, documents, keys)
    if len(kept) == len(lines):
        return 0
    path = folder / FILE_NAME
    old = path.open("r+b", buffering=0)
    with old:
        write_whole(path, [line + b"\n" for line in kept])
        size = os.fstat(old.fileno()).st_size
        old.write(bytes(size))  # the old file has no name any more
        os.fsync(old.fileno())
    return len(lines) - len(kept)


def _lines(folder: Path) -> list[bytes]:
    path = folder / FILE_NAME
    if not path.is_file():
        return []
    return [line for line in path.read_bytes().split(b"\n") if line.strip()]


def _kept(
    lines: list[bytes], documents: Collection[str], keys: Collection[str]
) -> list[bytes]:
    gone = set(keys)
    for line in lines:
        read = _read(line)
        document = read.get("document")
        if isinstance(document, dict) and document.get("sha256") in documents:
            gone.add(str(read.get("key")))
    return [line for line in lines if str(_read(line).get("key")) not in gone]


def _read(line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
