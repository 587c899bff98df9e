"""Copies of reports that a case keeps, and destroying them."""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING, Any

from vigens.desk.files import outside, write_whole
from vigens.desk.queuefile import DOCUMENTS, FILE_NAME, GONE, deciding

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
    found += (
        sketches
        for sketches in place.glob(".sketches.json*")
        if sha256.encode() in sketches.read_bytes()
    )
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
    return _without(_lines(folder), documents, keys)[1]


def forget_queued(
    folder: Path, documents: Collection[str], keys: Collection[str]
) -> int:
    """Take suggestions of documents, and suggestions by key, out of the queue.

    An empty line stays in the place of each, so that those behind it keep their
    numbers.

    Returns:
        How many lines were taken out.

    Raises:
        OutsideError: The queue cannot be written.
    """
    with deciding(folder):
        lines, number = _without(_lines(folder), documents, keys)
        if not number:
            return 0
        path = folder / FILE_NAME
        old = path.open("r+b", buffering=0)
        with old:
            write_whole(path, [line + b"\n" for line in lines])
            size = os.fstat(old.fileno()).st_size
            old.write(bytes(size))  # the old file has no name any more
            os.fsync(old.fileno())
    return number


def _lines(folder: Path) -> list[bytes]:
    path = folder / FILE_NAME
    if not path.is_file():
        return []
    return [line for line in path.read_bytes().split(b"\n") if line.strip()]


def _without(
    lines: list[bytes], documents: Collection[str], keys: Collection[str]
) -> tuple[list[bytes], int]:
    """Leave suggestions out; an empty line stays where the first line of each was."""
    gone = set(keys)
    for line in lines:
        read = _read(line)
        if "key" in read and _is_of(read, documents):
            gone.add(str(read["key"]))
    kept, number, places = [], 0, set()
    for line in lines:
        read = _read(line)
        key = str(read.get("key", ""))
        if key not in gone and not _is_of(read, documents):
            kept.append(line)
            continue
        number += 1
        if read.get("do") == "add" and key not in places:
            places.add(key)
            kept.append(GONE)
    return kept, number


def _is_of(line: dict[str, Any], documents: Collection[str]) -> bool:
    document = line.get("document")
    return isinstance(document, dict) and document.get("sha256") in documents


def _read(line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
