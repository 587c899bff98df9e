"""Bulk tables through a lens: what was known, and how it counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from vigens.base import Finding, Severity
from vigens.chrono import edtf_bounds, parse_edtf
from vigens.desk.tablevalues import used
from vigens.engine import HIGH, LOW
from vigens.model import (
    ASIDE,
    DENIED,
    POSSIBLE,
    SURE,
    UNGRADED,
    Coded,
    Coverage,
    EventColumns,
    WeighedClaim,
    Weight,
    weigh,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vigens.desk.tableparts import TableEvents, Tables
    from vigens.model import EvidencePolicy, Lens

#: What is said of an occurrence dated after everything that is said of it.
AHEAD = "announced, and nobody says that it came about"

CODES = {
    Weight.SURE: SURE,
    Weight.POSSIBLE: POSSIBLE,
    Weight.DENIED: DENIED,
    Weight.ASIDE: ASIDE,
}


@dataclass(frozen=True, slots=True)
class Bulk:
    """The rows of bulk tables that a lens shows, weighed.

    Attributes:
        events: Occurrences by event type.
        coverage: Where the tables say that one looked.
        last_known: When the last row became known; `None` where there is none.
        findings: Tables that count for nothing.
    """

    events: dict[str, list[EventColumns]]
    coverage: list[Coverage]
    last_known: int | None
    findings: tuple[Finding, ...]


def see_tables(tables: Tables, lens: Lens, policy: EvidencePolicy) -> Bulk:
    """Give what a lens shows of the bulk tables.

    A table is one source: each row is weighed like a claim of it. A row that was known
    only later does not count. Where a table does not say from when a row was known, it
    was so from the row's own last instant on.

    Args:
        tables: What the reader may see of them.
        lens: For what was known.
        policy: For what counts.
    """
    events: dict[str, list[EventColumns]] = {}
    findings: list[Finding] = []
    known: list[int] = []
    for found in tables.events:
        name = found.columns.event
        claim = WeighedClaim(
            found.columns.source, True, found.grade, found.columns.source, None
        )
        weighing = weigh([claim], policy.floor_for(name))
        if weighing.weight is Weight.ASIDE and found.grade == UNGRADED:
            findings.append(_ungraded(found))
        seen = _seen(found, lens.known_at, known)
        reason = "" if weighing.weight is Weight.SURE else weighing.reason
        code = CODES[weighing.weight]
        for columns, is_ahead in seen:
            if is_ahead and code == SURE:
                shown = replace(columns, weights=POSSIBLE, reason=AHEAD)
            else:
                shown = replace(columns, weights=code, reason=reason)
            events.setdefault(name, []).append(shown)
    return Bulk(
        events,
        _coverage(tables, lens),
        max(known, default=None),
        tuple(findings),
    )


def _seen(
    found: TableEvents, known_at: int, known: list[int]
) -> list[tuple[EventColumns, bool]]:
    """Give the rows known by then, those announced ahead apart."""
    columns = found.columns
    if not len(columns.first):
        return []
    since = found.known_first
    if since is None:
        since, until = columns.last, None
    else:
        until = found.known_last
        if isinstance(since, np.ndarray) and isinstance(until, np.ndarray):
            # An empty cell says nothing: known from its own last instant.
            is_said = since <= until
            since = np.where(is_said, since, columns.last)
            until = np.where(is_said, until, HIGH)
    if int(np.max(since)) > known_at:
        mask = np.broadcast_to(np.asarray(since) <= known_at, columns.first.shape)
        keep = np.flatnonzero(mask)
        columns = _take(columns, keep)
        since = since[keep] if isinstance(since, np.ndarray) else since
        until = until[keep] if isinstance(until, np.ndarray) else until
    if not len(columns.first):
        return []
    known.append(int(np.max(since)))
    if until is None:
        return [(columns, False)]
    is_ahead = columns.first > np.minimum(until, known_at)
    if not is_ahead.any():
        return [(columns, False)]
    parts = [(_take(columns, np.flatnonzero(is_ahead)), True)]
    if not is_ahead.all():
        parts.append((_take(columns, np.flatnonzero(~is_ahead)), False))
    return parts


def _take(columns: EventColumns, rows: NDArray[np.intp]) -> EventColumns:
    first = columns.first[rows]
    is_exact = columns.last is columns.first
    return replace(
        columns,
        values=tuple(used(Coded(v.codes[rows], v.words)) for v in columns.values),
        first=first,
        last=first if is_exact else columns.last[rows],
        rows=columns.rows[rows],
        by=columns.by and Coded(columns.by.codes[rows], columns.by.words),
    )


def _coverage(tables: Tables, lens: Lens) -> list[Coverage]:
    """Give where the tables say that one looked, at most to what was known."""
    found = []
    for part in tables.coverage:
        first, last = edtf_bounds(parse_edtf(part.covers), lens.zone)
        start = LOW if first is None else first
        end = min(lens.known_at + 1, HIGH if last is None else last + 1)
        if start < end:
            found.append(Coverage(part.events, start, end, part.note))
    return found


def _ungraded(found: TableEvents) -> Finding:
    return Finding(
        "B006",
        Severity.NOTE,
        f'nobody has graded what {found.columns.source} says of "{found.columns.event}"'
        f" ({UNGRADED}), so it counts for nothing",
        (found.place,),
        'write grade = "B2", or what you make of the source and of what it says',
    )
