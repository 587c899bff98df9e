"""Putting reports into the queue, one or thousands, stopped and taken up at any time.

A report is kept in `documents/`, so that each passage can be checked; then its
suggestions are added to the queue in one piece, with a line that says that it was read.
So a run that ends midway loses at most the report it was at, and the next one passes
over what was read before.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vigens.desk.copies import Copy, Sketches
from vigens.desk.files import outside, write_whole
from vigens.desk.queue import Suggested, ensure_queue, lines_of, read_line, read_queue
from vigens.desk.queuefile import (
    DOCUMENTS,
    FILE_NAME,
    Followed,
    append_lines,
    parse_lines,
)
from vigens.desk.reports import read_report, read_report_bytes, report_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from vigens.desk.case import Case
    from vigens.desk.reports import Report
    from vigens.intake import Suggestion

#: The longest name of a kept file, in bytes, behind the beginning of its hash.
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Queued:
    """What putting a report into the queue came to.

    Attributes:
        name: Of the report.
        n_new: Suggestions that were added.
        n_known: Suggestions that the queue held before.
        copies: Kept reports that it is a copy of.
        is_known: Whether it was read before, and not read again.
        notes: What is odd about it, in words for a person.
    """

    name: str
    n_new: int
    n_known: int
    copies: tuple[Copy, ...] = ()
    is_known: bool = False
    notes: tuple[str, ...] = ()


class Filling:
    """Puts report after report into the queue of a case.

    What the queue holds is read once, then only what is added; also by others.
    """

    def __init__(self, case: Case) -> None:
        """Look at what the case holds.

        Raises:
            InputError: A line of the queue is damaged.
            OutsideError: The case cannot be written.
        """
        ensure_queue(case.folder)
        self._folder = case.folder
        self._queue = Followed(case.folder / FILE_NAME)
        self._keys: set[str] = set()
        self._read: set[str] = set()
        self._counts: Counter[str] = Counter()
        self._sketches = Sketches(case.folder / DOCUMENTS)

    def add(
        self,
        path: str | Path,
        *,
        address: str | None = None,
        source_type: str | None = None,
        is_again: bool = False,
    ) -> Queued:
        """Read a report and queue what it may say, unless that was done before.

        Args:
            path: The report.
            address: Where it was published; by default what it says, else the copy.
            source_type: What kind of source it is, in the words of the case's grades.
            is_again: Read it also if it was read before.

        Raises:
            InputError: The report cannot be read.
            OutsideError: The case cannot be written.
        """
        name, data = read_report_bytes(path)
        sha256 = hashlib.sha256(data).hexdigest()
        self._catch_up()
        if sha256 in self._read and not is_again:
            return Queued(name, 0, self._counts[sha256], is_known=True)
        report = report_of(name, data)
        rows = report.rows()
        return self.put(
            report, rows, address=address, source_type=source_type, is_read=True
        )

    def put(
        self,
        report: Report,
        rows: Iterable[dict[str, Any]],
        *,
        address: str | None = None,
        source_type: str | None = None,
        is_read: bool = False,
    ) -> Queued:
        """Queue rows of a report; those that are there already stay as they are.

        Args:
            report: It is kept in `documents/`.
            rows: Suggestions.
            address: Where it was published; by default what it says, else the copy.
            source_type: What kind of source it is, in the words of the case's grades.
            is_read: Whether these are all that reading it gives.

        Raises:
            OutsideError: The case cannot be written.
        """
        self._catch_up()
        document = report.document
        copies = self._sketches.copies_of(document)
        name = _keep(self._folder, report)
        self._sketches.keep(name, document)
        place = address or document.address or f"{DOCUMENTS}/{name}"
        every = lines_of(report, rows, place, source_type, copies)
        lines = [line for line in every if line["key"] not in self._keys]
        told = (
            [read_line(document)]
            if is_read and document.sha256 not in self._read
            else []
        )
        append_lines(self._folder / FILE_NAME, [*lines, *told])
        return Queued(
            document.name,
            len(lines),
            len(every) - len(lines),
            copies,
            notes=document.notes,
        )

    def _catch_up(self) -> None:
        for line in parse_lines(self._folder / FILE_NAME, self._queue.look()):
            if line["do"] == "read":
                self._read.add(line["document"]["sha256"])
            elif line["do"] == "add" and line["key"] not in self._keys:
                self._keys.add(line["key"])
                self._counts[line["document"]["sha256"]] += 1


def add_report(
    case: Case,
    path: str | Path,
    *,
    address: str | None = None,
    source_type: str | None = None,
) -> Queued:
    """Put a report's suggestions into the queue; those already there stay as they are.

    Args:
        case: The queue's case.
        path: The report.
        address: Where it was published; by default what it says, else the copy.
        source_type: What kind of source it is, in the words of the case's grades.

    Raises:
        InputError: The report cannot be read.
        OutsideError: The case cannot be written.
    """
    return Filling(case).add(path, address=address, source_type=source_type)


def add_rows(case: Case, report: Report, suggestions: Iterable[Suggestion]) -> Queued:
    """Put suggestions of a report into the queue, whoever proposed them.

    Raises:
        OutsideError: The case cannot be written.
    """
    return Filling(case).put(report, report.rows(suggestions))


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
        address: Where it was published; by default what it says, else the copy.
        source_type: What kind of source it is, in the words of the case's grades.

    Returns:
        The suggestion, also where the queue held it already.

    Raises:
        InputError: The report cannot be read, or does not say that once.
        OutsideError: The case cannot be written.
    """
    report = read_report(path)
    row = report.quote(words)
    Filling(case).put(report, [row], address=address, source_type=source_type)
    (line,) = lines_of(report, [row], "", None)
    return next(item for item in read_queue(case) if item.key == line["key"])


def _keep(folder: Path, report: Report) -> str:
    """Keep a report in `documents/`, and name its file there."""
    name = f"{report.document.sha256[:12]}-{_short(report.document.name)}"
    place = folder / DOCUMENTS / name
    if not place.exists():
        try:
            place.parent.mkdir(exist_ok=True)
        except OSError as error:
            raise outside(error, place) from error
        write_whole(place, [report.data])
    return name


def _short(name: str) -> str:
    """Shorten a name in the middle so that a folder takes it; its ending stays."""
    raw = name.encode()
    if len(raw) <= _LONGEST_NAME:
        return name
    half = _LONGEST_NAME // 2
    return raw[:half].decode(errors="ignore") + raw[-half:].decode(errors="ignore")
