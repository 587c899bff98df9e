"""What bulk tables hold, before any lens: rows, coverage, findings, each with marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from vigens.base import Finding, Span
    from vigens.journal import Clearance
    from vigens.model import EventColumns, Grade


@dataclass(frozen=True, slots=True)
class TableEvents:
    """Occurrences of one event type in one table, before any lens.

    Attributes:
        columns: The rows, as if they counted surely.
        known_first: From when each was known, UTC seconds; `None` where the table does
            not say, and each is known from its own last instant.
        known_last: When the last was said of it.
        grade: Of what the table says.
        place: Where `case.toml` says so.
        marks: Who may see them.
    """

    columns: EventColumns
    known_first: NDArray[np.int64] | int | None
    known_last: NDArray[np.int64] | int | None
    grade: Grade
    place: Span
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableCoverage:
    """Where a table says that one looked for its events, for those who may see it."""

    events: frozenset[str]
    covers: str
    note: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """The bulk tables of a case as read.

    Attributes:
        events: Their rows.
        coverage: Where they say that one looked.
        findings: What is wrong in them.
        finding_marks: Who may see each finding.
    """

    events: tuple[TableEvents, ...] = ()
    coverage: tuple[TableCoverage, ...] = ()
    findings: tuple[Finding, ...] = ()
    finding_marks: tuple[tuple[str, ...], ...] = ()

    def seen(self, clearance: Clearance) -> Tables:
        """Give what a reader may see of them, and nothing else."""
        if clearance.is_whole:
            return self
        pairs = zip(self.findings, self.finding_marks, strict=True)
        kept = [(one, marks) for one, marks in pairs if clearance.sees(marks)]
        return Tables(
            tuple(found for found in self.events if clearance.sees(found.marks)),
            tuple(found for found in self.coverage if clearance.sees(found.marks)),
            tuple(one for one, _ in kept),
            tuple(marks for _, marks in kept),
        )
