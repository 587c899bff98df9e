"""The queue of suggestions that wait for a person: a file that only grows.

Each line adds a suggestion or an edit of one, or says that a report was read; a
suggestion that was redacted leaves an empty line, so that those behind it keep their
numbers. What became of a suggestion stands in the
journal. Without the file, it is made anew from the reports in `documents/`: what a
person set or quoted and has not accepted yet is all that it alone holds.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from vigens.base import InputError
from vigens.desk.decided import decided_in, taken_back
from vigens.desk.files import write_whole
from vigens.desk.queuefile import (
    DOCUMENTS,
    FILE_NAME,
    append_lines,
    bytes_of,
)
from vigens.desk.queuelines import QueueLine, queue_lines
from vigens.desk.records import unfiltered
from vigens.desk.reports import read_report
from vigens.journal import canonical_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from vigens.desk.case import Case
    from vigens.desk.copies import Copy
    from vigens.desk.reports import Report
    from vigens.intake import Document
    from vigens.model import Lens


@dataclass(frozen=True, slots=True)
class Suggested:
    """One suggestion in the queue and what became of it.

    Attributes:
        number: Place in the queue, from 1; it never changes while the file is there.
        key: Hash of the document and the place in it; it never changes at all.
        document: Name, hash, title and date of the report.
        row: What intake proposed.
        edits: What a person set instead, by field.
        state: `waiting`, `accepted` or `rejected`.
        decided: Id of the entry that decided it, or empty.
    """

    number: int
    key: str
    document: Mapping[str, Any]
    row: Mapping[str, Any]
    edits: Mapping[str, Any]
    state: str
    decided: str


def read_queue(case: Case) -> tuple[Suggested, ...]:
    """List every suggestion of a case in its order, decided or not.

    Raises:
        InputError: A line of the queue is damaged.
        OutsideError: The queue cannot be made anew.
    """
    ensure_queue(case.folder)
    return tuple(_suggested(case, queue_lines(case.folder / FILE_NAME)))


def read_suggested(case: Case, reference: int | str) -> tuple[Suggested, ...]:
    """List the suggestions with a number, or whose key begins so.

    Raises:
        InputError: A line of the queue is damaged.
        OutsideError: The queue cannot be made anew.
    """
    ensure_queue(case.folder)
    lines = queue_lines(case.folder / FILE_NAME)
    meant = {
        key: line
        for key, line in lines.items()
        if (
            line.number == reference
            if isinstance(reference, int)
            else key.startswith(reference)
        )
    }
    return tuple(_suggested(case, meant))


def _suggested(case: Case, lines: Mapping[str, QueueLine]) -> Iterator[Suggested]:
    decided = decided_in(unfiltered(case.records))
    for key, line in lines.items():
        state = decided.get(key, ("waiting", ""))
        yield Suggested(line.number, key, line.document, line.row, line.edits, *state)


def read_queue_as(case: Case, lens: Lens) -> tuple[Suggested, ...]:
    """List the suggestions that a reader may see; what decided them, if they see that.

    A report bears no marks before it is on record; from then on its suggestions are
    for those who see the entry of the document.

    Args:
        case: Of the queue.
        lens: Whose eyes.

    Raises:
        InputError: A line of the queue is damaged.
        OutsideError: The queue cannot be made anew.
    """
    return _as_seen(case, lens, read_queue(case))


def read_suggested_as(case: Case, lens: Lens, key: str) -> tuple[Suggested, ...]:
    """List the suggestions whose key begins so, as far as a reader may see them.

    Raises:
        InputError: A line of the queue is damaged.
        OutsideError: The queue cannot be made anew.
    """
    return _as_seen(case, lens, read_suggested(case, key))


def _as_seen(
    case: Case, lens: Lens, found: tuple[Suggested, ...]
) -> tuple[Suggested, ...]:
    seen = {entry.id for entry in case.seen(lens).shown}
    hidden = hidden_documents(case, lens)
    return tuple(
        item if not item.decided or item.decided in seen else replace(item, decided="")
        for item in found
        if not hidden or item.document["sha256"] not in hidden
    )


def hidden_documents(case: Case, lens: Lens) -> frozenset[str]:
    """Name the documents that are on record, and not for this reader."""
    seen = {entry.id for entry in case.seen(lens).shown}
    told: dict[str, bool] = {}
    gone = taken_back(unfiltered(case.records))
    for entry in unfiltered(case.records):
        if entry.kind == "document" and entry.id not in gone:
            sha256 = str(entry.payload.get("sha256"))
            told[sha256] = told.get(sha256, False) or entry.id in seen
    return frozenset(sha256 for sha256, is_seen in told.items() if not is_seen)


def add_edit(case: Case, item: Suggested, fields: Mapping[str, Any]) -> None:
    """Set fields of a suggestion instead of what was proposed.

    Raises:
        OutsideError: The queue cannot be written.
    """
    line = {"do": "edit", "key": item.key, "set": dict(fields)}
    append_lines(case.folder / FILE_NAME, [line])


def key_of(sha256: str, row: Mapping[str, Any]) -> str:
    """Derive the key of a suggestion from its document and its place there."""
    institution = row.get("institution") or {}
    place = [
        sha256,
        row["kind"],
        row["start"],
        row["end"],
        str(institution.get("name", "")),
    ]
    return hashlib.sha256(canonical_bytes(place)).hexdigest()


def lines_of(
    report: Report,
    rows: Iterable[dict[str, Any]],
    address: str,
    source_type: str | None,
    copies: Iterable[Copy] = (),
) -> list[dict[str, Any]]:
    """Give the lines that add suggestions of a report.

    Args:
        report: The report.
        rows: Suggestions of it.
        address: Where it was published.
        source_type: What kind of source it is, in the words of the case's grades.
        copies: Kept reports that it is a copy of.
    """
    document = report.document
    facts = {
        "sha256": document.sha256,
        "name": document.name,
        "length": document.length,
        "media_type": document.media_type,
        "language": document.language,
        "title": document.title,
        "published": document.published,
        "source": document.source,
        "author": document.author or None,
        "chain": list(document.chain),
        "encoding": document.encoding or None,
        "copy_of": [[copy.sha256, copy.share] for copy in copies],
        "address": address,
        "type": source_type,
    }
    return [
        {
            "do": "add",
            "key": key_of(document.sha256, row),
            "document": facts,
            "suggestion": row,
        }
        for row in rows
    ]


def read_line(document: Document) -> dict[str, Any]:
    """Give the line that says that a report was read to its end."""
    return {
        "do": "read",
        "document": {"sha256": document.sha256, "name": document.name},
    }


def ensure_queue(folder: Path) -> None:
    """Make the queue anew from the reports that the case keeps, if it is not there.

    Raises:
        OutsideError: It cannot be written.
    """
    documents = folder / DOCUMENTS
    if (folder / FILE_NAME).exists() or not documents.is_dir():
        return
    lines: list[dict[str, Any]] = []
    for path in sorted(documents.iterdir()):
        if path.name.startswith(".") or not path.is_file():
            continue
        try:
            report = read_report(path)
        except InputError:
            continue  # another document that the case keeps, such as a PDF
        lines += lines_of(report, report.rows(), f"{DOCUMENTS}/{path.name}", None)
        lines.append(read_line(report.document))
    if lines:
        write_whole(folder / FILE_NAME, [bytes_of(lines)])
