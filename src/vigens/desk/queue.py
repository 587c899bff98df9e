"""The queue of suggestions that wait for a person: a file that only grows.

Each line adds a suggestion or an edit of one; one that was redacted leaves an empty
line, so that those behind it keep their numbers. What became of a suggestion stands in the
journal. Without the file, it is made anew from the reports in `documents/`: what a
person set or quoted and has not accepted yet is all that it alone holds.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vigens.base import InputError
from vigens.desk.copies import Copy, find_copies
from vigens.desk.files import outside, write_whole
from vigens.desk.queuefile import (
    DOCUMENTS,
    FILE_NAME,
    append_lines,
    bytes_of,
    read_lines,
)
from vigens.desk.records import unfiltered
from vigens.desk.reports import Report, read_report
from vigens.journal import canonical_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vigens.desk.case import Case
    from vigens.intake import Suggestion
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


@dataclass(frozen=True, slots=True)
class Queued:
    """What putting a report into the queue came to."""

    name: str
    n_new: int
    n_known: int
    copies: tuple[Copy, ...] = ()


def read_queue(case: Case) -> tuple[Suggested, ...]:
    """List every suggestion of a case in its order, decided or not.

    Raises:
        InputError: A line of the queue is damaged.
        OutsideError: The queue cannot be made anew.
    """
    path = case.folder / FILE_NAME
    if not path.exists():
        _rebuild(case.folder)
    decided = _decided(case)
    found: dict[str, dict[str, Any]] = {}
    number = 0
    for line in read_lines(path):
        if line["do"] == "gone":
            number += 1
        elif line["do"] == "add":
            if line["key"] not in found:
                number += 1
                found[line["key"]] = {**line, "number": number, "edits": {}}
        elif line["key"] in found:
            found[line["key"]]["edits"].update(line["set"])
    return tuple(
        Suggested(
            line["number"],
            key,
            line["document"],
            line["suggestion"],
            line["edits"],
            *decided.get(key, ("waiting", "")),
        )
        for key, line in found.items()
    )


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
    seen = {entry.id for entry in case.seen(lens).shown}
    hidden = hidden_documents(case, lens)
    return tuple(
        item if item.decided in seen else replace(item, decided="")
        for item in read_queue(case)
        if item.document["sha256"] not in hidden
    )


def hidden_documents(case: Case, lens: Lens) -> frozenset[str]:
    """Name the documents that are on record, and not for this reader."""
    seen = {entry.id for entry in case.seen(lens).shown}
    told: dict[str, bool] = {}
    for entry in unfiltered(case.records):
        if entry.kind == "document":
            sha256 = str(entry.payload.get("sha256"))
            told[sha256] = told.get(sha256, False) or entry.id in seen
    return frozenset(sha256 for sha256, is_seen in told.items() if not is_seen)


def add_report(
    case: Case,
    path: str | Path,
    *,
    address: str | None = None,
    source_type: str | None = None,
) -> Queued:
    """Put a report's suggestions into the queue; those already there stay as they are.

    The report itself is kept in `documents/`, so that each passage can be checked.

    Args:
        case: The queue's case.
        path: The report.
        address: Where it was published; by default the copy in the case.
        source_type: What kind of source it is, in the words of the case's grades.

    Raises:
        InputError: The report cannot be read.
        OutsideError: The case cannot be written.
    """
    report = read_report(path)
    return add_rows(
        case, report, report.suggestions, address=address, source_type=source_type
    )


def add_rows(
    case: Case,
    report: Report,
    suggestions: Iterable[Suggestion],
    *,
    address: str | None = None,
    source_type: str | None = None,
) -> Queued:
    """Put suggestions of a report into the queue, whoever proposed them.

    Args:
        case: The queue's case.
        report: It is kept in `documents/`.
        suggestions: Of it.
        address: Where it was published; by default what it says, else the copy.
        source_type: What kind of source it is, in the words of the case's grades.

    Raises:
        OutsideError: The case cannot be written.
    """
    from vigens.intake import suggestion_to_row

    rows = [suggestion_to_row(each, report.document.name) for each in suggestions]
    known = {item.key for item in read_queue(case)}
    copies = find_copies(case.folder / DOCUMENTS, report)
    copy = _keep(case.folder, report)
    place = address or report.document.address or copy
    lines = [
        line
        for line in _additions(report, rows, place, source_type, copies)
        if line["key"] not in known
    ]
    append_lines(case.folder / FILE_NAME, lines)
    return Queued(report.document.name, len(lines), len(rows) - len(lines), copies)


def add_passage(
    case: Case,
    path: str | Path,
    words: str,
    *,
    address: str | None = None,
    source_type: str | None = None,
) -> Suggested:
    """Put one passage of a report into the queue, as a person quotes it.

    Args:
        case: The queue's case.
        path: The report; it is kept in `documents/`.
        words: The passage; blanks may differ.
        address: Where it was published; by default the copy in the case.
        source_type: What kind of source it is, in the words of the case's grades.

    Returns:
        The suggestion, also where the queue held it already.

    Raises:
        InputError: The report cannot be read, or does not say that once.
        OutsideError: The case cannot be written.
    """
    report = read_report(path)
    row = report.quote(words)
    known = {item.key for item in read_queue(case)}
    copies = find_copies(case.folder / DOCUMENTS, report)
    copy = _keep(case.folder, report)
    place = address or report.document.address or copy
    (line,) = _additions(report, [row], place, source_type, copies)
    if line["key"] not in known:
        append_lines(case.folder / FILE_NAME, [line])
    return next(item for item in read_queue(case) if item.key == line["key"])


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


def _additions(
    report: Report,
    rows: Iterable[dict[str, Any]],
    address: str,
    source_type: str | None,
    copies: tuple[Copy, ...] = (),
) -> list[dict[str, Any]]:
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


def _keep(folder: Path, report: Report) -> str:
    name = f"{report.document.sha256[:12]}-{report.document.name}"
    place = folder / DOCUMENTS / name
    if not place.exists():
        try:
            place.parent.mkdir(exist_ok=True)
        except OSError as error:
            raise outside(error, place) from error
        write_whole(place, [report.data])
    return f"{DOCUMENTS}/{name}"


def _rebuild(folder: Path) -> None:
    """Make the queue anew from the reports that the case keeps."""
    documents = folder / DOCUMENTS
    if not documents.is_dir():
        return
    lines: list[dict[str, Any]] = []
    for path in sorted(documents.iterdir()):
        if path.name.startswith(".") or not path.is_file():
            continue
        try:
            report = read_report(path)
        except InputError:
            continue  # another document that the case keeps, such as a PDF
        lines.extend(
            _additions(report, report.rows(), f"{DOCUMENTS}/{path.name}", None)
        )
    if lines:
        write_whole(folder / FILE_NAME, [bytes_of(lines)])


def _decided(case: Case) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for entry in unfiltered(case.records):
        key = entry.payload.get("suggestion")
        if isinstance(key, str):
            state = "accepted" if entry.kind == "claim" else "rejected"
            found[key] = (state, entry.id)
    return found
