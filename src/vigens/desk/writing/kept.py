"""The documents that a case keeps: their text, and exact passages of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import InputError
from vigens.desk.copies_kept import documents_kept
from vigens.desk.files import read_bytes
from vigens.desk.queuefile import DOCUMENTS
from vigens.desk.reports import read_text_of
from vigens.journal import Passage

if TYPE_CHECKING:
    from pathlib import Path

    from vigens.desk.case import Case
    from vigens.intake import Document

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file in `documents/`: its name as it was handed in, and its path."""

    name: str
    prefix: str
    path: Path


def kept_of(case: Case, sha256: str) -> tuple[KeptFile, ...]:
    """List the files that a case keeps of a document, by name.

    Args:
        case: That keeps it.
        sha256: Of its bytes, or the first 12 digits of that or more.
    """
    folder, prefix = case.folder / DOCUMENTS, sha256[:12]
    if not re.fullmatch(r"[0-9a-f]{12}", prefix) or not folder.is_dir():
        return ()
    return tuple(
        KeptFile(path.name.partition("-")[2], prefix, path)
        for path in sorted(folder.glob(f"{prefix}-?*"))
        if path.is_file()
    )


def read_kept(case: Case, sha256: str) -> Document:
    """Read the text of a document that a case keeps.

    Args:
        case: That keeps it.
        sha256: Of its bytes, whole.

    Raises:
        InputError: There is no copy, or it cannot be read.
    """
    paths: tuple[Path, ...] = ()
    if _HASH.fullmatch(sha256):
        near = tuple(one.path for one in kept_of(case, sha256))
        paths = near or documents_kept(case.folder, sha256)
    for path in paths:
        document = read_text_of(_bytes(path), path.name.partition("-")[2])
        if document.sha256 == sha256:
            return document
    raise InputError(
        "this case keeps no copy of the document",
        f"document {sha256[:12]}",
        "hand the report in; then its passages can be shown",
    )


def _bytes(path: Path) -> bytes:
    from vigens.intake import MAX_CONTAINER_BYTES

    return read_bytes(path, MAX_CONTAINER_BYTES)


def passage_of(case: Case, sha256: str, words: str) -> Passage:
    """Find the one place in a kept document where some words stand; blanks may differ.

    Raises:
        InputError: No copy is kept, or the words do not stand there once.
    """
    document = read_kept(case, sha256)
    pattern = r"\s+".join(map(re.escape, words.split()))
    places = [m.span() for m in re.finditer(pattern, document.view)] if pattern else []
    if len(places) != 1:
        raise InputError(
            f"these words stand {len(places)} times in the document"
            if places
            else "these words do not stand in the document",
            "the passage",
            "quote more, so that one place is meant"
            if places
            else "copy them from it; only blanks may differ",
        )
    start, end = places[0]
    return Passage(sha256, start, end, document.text[start:end])
