"""Reading reports into suggestions; nothing is recorded."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vigens.base import InputError, Message
from vigens.desk.files import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vigens.intake import Document, Suggestion, Whereabouts

#: Who proposes what a person quotes; other suggestions name a rule of intake here.
BY_HAND = "quoted-by-hand"

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Report:
    """A document with what it may say."""

    document: Document
    suggestions: tuple[Suggestion, ...]
    data: bytes

    def rows(
        self, suggestions: Iterable[Suggestion] | None = None
    ) -> list[dict[str, Any]]:
        """Give suggestions as rows, named after the file.

        A row of a PDF, DOCX or message says with `at` where the passage stands in it.

        Args:
            suggestions: Others than those that reading it gave.
        """
        from vigens.intake import Whereabouts, suggestion_to_row

        each_of = self.suggestions if suggestions is None else suggestions
        whereabouts = Whereabouts(self.document)
        rows = [suggestion_to_row(each, self.document.name) for each in each_of]
        return [_with_place(row, whereabouts) for row in rows]

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
        from vigens.intake import Whereabouts

        start, end = places[0]
        row: dict[str, Any] = {
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
        return _with_place(row, Whereabouts(document))


@dataclass(frozen=True, slots=True)
class Named:
    """Which files a person names as reports.

    Attributes:
        files: To read, in order.
        folders: Folders that lie in a named folder, and are left alone.
    """

    files: tuple[str, ...]
    folders: tuple[str, ...]


def report_files(paths: Iterable[str]) -> Named:
    """Name the files to read: of a folder, all that lie in it, by name.

    Hidden files are left alone. What is no file, such as a link that leads nowhere, is
    among them, so that reading it says so.

    Raises:
        InputError: A folder that cannot be looked into, or holds no file.
    """
    files: list[str] = []
    folders: list[str] = []
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112 -- takes also a name that is none
            files.append(path)
            continue
        try:
            found = sorted(Path(path).iterdir())
        except OSError as error:
            raise InputError(
                "this folder cannot be looked into", path, "allow it, or name files"
            ) from error
        seen = [each for each in found if not each.name.startswith(".")]
        folders += [str(each) for each in seen if each.is_dir()]
        own = [str(each) for each in seen if not each.is_dir()]
        if not own:
            raise InputError(
                "this folder holds no file", path, "name reports, or another folder"
            )
        files += own
    return Named(tuple(files), tuple(folders))


def read_report(path: str | Path, *, is_all: bool = False) -> Report:
    """Read one report and find what it may say.

    Args:
        path: The file.
        is_all: Keep weak suggestions too.

    Raises:
        InputError: Missing, a folder, empty, binary, damaged, or too large.
    """
    return report_of(*read_report_bytes(path), is_all=is_all)


def read_report_bytes(path: str | Path) -> tuple[str, bytes]:
    """Give what to call a report, and its bytes.

    Signs of the file's name that are no letters of any alphabet are marked in it.

    Raises:
        InputError: Missing, a folder, no file, or it cannot be read.
    """
    data = read_bytes(path, _most_bytes())
    name = os.fsencode(Path(path).name).decode("utf-8", "replace")
    return _CONTROL.sub("\ufffd", name), data


def place_words(row: Mapping[str, Any]) -> str:
    """Say where the passage of a row stands in its file; empty where nothing is said.

    Args:
        row: As `Report.rows` gives it; `at` says where.
    """
    at = row.get("at") or {}
    if "page" in at:
        if "to" in at:
            return Message("pages {first} to {last}", first=at["page"], last=at["to"])
        return Message("page {number}", number=at["page"])
    if "paragraph" in at:
        if "to" in at:
            return Message(
                "paragraphs {first} to {last}", first=at["paragraph"], last=at["to"]
            )
        return Message("paragraph {number}", number=at["paragraph"])
    return Message("part {name}", name=at["part"]) if "part" in at else ""


def report_of(name: str, data: bytes, *, is_all: bool = False) -> Report:
    """Find what a report may say.

    Args:
        name: What to call it.
        data: Its bytes.
        is_all: Keep weak suggestions too.

    Raises:
        InputError: Empty, binary, damaged, or too large.
    """
    from vigens.intake import AT_LEAST, by_language, suggest

    document = read_text_of(data, name)
    least = 0.0 if is_all else AT_LEAST
    found = [
        each for part in by_language(document) for each in suggest(part, at_least=least)
    ]
    if document.tongues:
        found.sort(key=lambda each: each.start)
    return Report(document, tuple(found), data)


def _with_place(row: dict[str, Any], whereabouts: Whereabouts) -> dict[str, Any]:
    found = whereabouts.of(row["start"], row["end"])
    return row if found is None else {**row, "at": found}


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
