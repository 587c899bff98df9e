"""Reading reports into suggestions; nothing is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vigens.desk.files import read_bytes

if TYPE_CHECKING:
    from vigens.intake import Document, Suggestion


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


def read_report(path: str | Path) -> Report:
    """Read one report and find what it may say.

    Raises:
        InputError: Missing, a folder, empty, binary, not UTF-8, or too large.
    """
    from vigens.intake import MAX_BYTES, read_document, suggest

    data = read_bytes(path, MAX_BYTES)
    document = read_document(data, Path(path).name)
    return Report(document, suggest(document), data)
