"""Reading reports into suggestions; nothing is recorded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vigens.base import InputError
from vigens.desk.files import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vigens.intake import Document, Suggestion

#: Who proposes what a person quotes; other suggestions name a rule of intake here.
BY_HAND = "quoted-by-hand"


@dataclass(frozen=True, slots=True)
class Report:
    """A document with what it may say."""

    document: Document
    suggestions: tuple[Suggestion, ...]
    data: bytes

    def rows(self) -> list[dict[str, Any]]:
        """Give the suggestions as rows, named after the file."""
        from vigens.intake import suggestion_to_row

        return [
            suggestion_to_row(each, self.document.name) for each in self.suggestions
        ]

    def quote(self, words: str) -> dict[str, Any]:
        """Give a row for a passage that a person quotes; blanks may differ.

        Raises:
            InputError: The words do not stand in the report, or more than once.
        """
        document = self.document
        pattern = r"\s+".join(map(re.escape, words.split()))
        places = (
            [m.span() for m in re.finditer(pattern, document.view)] if pattern else []
        )
        if len(places) != 1:
            raise InputError(
                f"these words stand {len(places)} times in the report"
                if places
                else "these words do not stand in the report",
                document.name,
                "quote more, so that one place is meant"
                if places
                else "copy them from it; only blanks may differ",
            )
        start, end = places[0]
        return {
            "doc": document.name,
            "kind": "statement",
            "start": start,
            "end": end,
            "quote": document.text[start:end],
            "actors": [],
            "modality": "done",
            "polarity": "pos",
            "why": [],
            "rule": BY_HAND,
            "strength": 1.0,
        }


def report_files(paths: Iterable[str]) -> list[str]:
    """Name the files to read: of a folder, all that lie in it, by name.

    What lies in folders of the folder, and hidden files, are left alone.

    Raises:
        InputError: A folder that cannot be looked into, or holds no file.
    """
    found: list[str] = []
    for path in paths:
        folder = Path(path)
        if not folder.is_dir():
            found.append(path)
            continue
        try:
            inside = sorted(p for p in folder.iterdir() if p.is_file())
        except OSError as error:
            raise InputError(
                "this folder cannot be looked into", path, "allow it, or name files"
            ) from error
        files = [str(p) for p in inside if not p.name.startswith(".")]
        if not files:
            raise InputError("this folder holds no file", path, "name reports")
        found += files
    return found


def read_report(path: str | Path, *, is_all: bool = False) -> Report:
    """Read one report and find what it may say.

    Args:
        path: The file.
        is_all: Keep weak suggestions too.

    Raises:
        InputError: Missing, a folder, empty, binary, damaged, or too large.
    """
    from vigens.intake import AT_LEAST, suggest

    data = read_bytes(path, _most_bytes())
    document = read_text_of(data, Path(path).name)
    least = 0.0 if is_all else AT_LEAST
    return Report(document, suggest(document, at_least=least), data)


def _most_bytes() -> int:
    from vigens.intake import MAX_CONTAINER_BYTES

    return MAX_CONTAINER_BYTES


def read_text_of(data: bytes, name: str) -> Document:
    """Draw the text out of a report; a PDF is read in a process of its own.

    Args:
        data: The file's bytes.
        name: What to call it.

    Raises:
        InputError: Empty, binary, damaged, or too large.
    """
    from vigens.intake import MAX_CONTAINER_BYTES, is_pdf, read_document

    pdf = None
    if is_pdf(data) and len(data) <= MAX_CONTAINER_BYTES:
        from vigens.desk.guarded import read_pdf_apart

        pdf = read_pdf_apart(data, name)
    return read_document(data, name, pdf=pdf)
