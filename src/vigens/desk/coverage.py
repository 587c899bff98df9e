"""Where a case says that somebody looked, as far as a lens may lean on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Finding, Severity, Span
from vigens.chrono import edtf_bounds, parse_edtf
from vigens.engine import HIGH, LOW
from vigens.journal import MATTERS, PUBLIC, View
from vigens.model import Coverage

if TYPE_CHECKING:
    from vigens.desk.bulk import Bulk
    from vigens.desk.foureyes import SecondLook
    from vigens.journal import Entry
    from vigens.model import Lens
    from vigens.rules import Program

#: What is said where a case has no coverage entry.
TO_LAST_RECORD = (
    "this case says nothing of coverage: it is taken as covered to its last record"
)

#: What is said where a case has neither a coverage entry nor a record.
NOTHING_RECORDED = "nothing is recorded in this case yet"


@dataclass(frozen=True, slots=True)
class Looked:
    """Coverage through a lens, with what is said of it and what was not used."""

    coverage: list[Coverage]
    note: str
    findings: tuple[Finding, ...]


def read_coverage(
    view: View,
    lens: Lens,
    program: Program,
    *,
    begins: int,
    bulk: Bulk,
    second: SecondLook,
) -> Looked:
    """Read where one looked.

    Coverage reaches at most to what was known and to when it was recorded, since nobody
    looks ahead; it counts for the audience that it names. Where two corrections of it
    disagree, and where its dates are only rough, it counts for nothing.

    Args:
        view: The entries that count.
        lens: Whose reader and `known_at` bound it.
        program: For the names of events.
        begins: Nothing unrecorded happened before this instant, UTC seconds.
        bulk: What the bulk tables say.
        second: What waits for a second person: nobody surely looked there.
    """
    entries = [entry for entry in view.entries if entry.kind == "coverage"]
    if not entries and not bulk.coverage:
        last = _last_record(view, bulk)
        if last is None:
            return Looked([], NOTHING_RECORDED, ())
        end = min(last + 1, lens.known_at + 1)
        return Looked(
            [Coverage(frozenset(), begins, end, TO_LAST_RECORD)], TO_LAST_RECORD, ()
        )
    rivals = {one for group in view.rivals.values() for one in group}
    found = list(bulk.coverage)
    findings: list[Finding] = []
    for entry in entries:
        events = [str(name) for name in entry.payload.get("events", ())]
        findings.extend(
            not_used(entry, f'event "{name}" is not declared', "event")
            for name in events
            if name != "*" and name not in program.events
        )
        audience = str(entry.payload.get("audience") or PUBLIC)
        if entry.id in rivals or not events or not view.clearance.includes(audience):
            continue
        if second.is_waiting(entry.id):
            continue
        span = _span(entry, lens)
        if span is None:
            message = "a rough or missing date says nothing of where one looked"
            findings.append(not_used(entry, message, "span"))
        elif span[0] < span[1]:
            names = frozenset() if "*" in events else frozenset(events)
            keys = frozenset(str(key) for key in entry.payload.get("keys", ()))
            note = str(entry.payload.get("note", ""))
            found.append(Coverage(names, *span, note, keys))
    return Looked(found, "", tuple(findings))


def _span(entry: Entry, lens: Lens) -> tuple[int, int] | None:
    if entry.happened is None:
        return None
    edtf = parse_edtf(entry.happened)
    if edtf.is_approximate:
        return None
    first, last = edtf_bounds(edtf, lens.zone)
    end = HIGH if last is None else last + 1
    limit = min(lens.known_at, entry.recorded_instant) + 1
    return LOW if first is None else first, min(limit, end)


def _last_record(view: View, bulk: Bulk) -> int | None:
    """Give when the last claim or matter became known; a grade is no look."""
    known = [
        view.known_from[entry.id]
        for entry in view.entries
        if entry.kind in MATTERS or entry.kind == "claim"
    ]
    if bulk.last_known is not None:
        known.append(bulk.last_known)
    return max(known, default=None)


def not_used(entry: Entry, message: str, noun: str) -> Finding:
    """Say that an entry, or a part of it, has no effect."""
    text = f"{entry.id[:12]} {entry.kind}: {entry.title[:80]}"
    span = Span("journal", 1, 1, 12, text)
    mend = f"declare the {noun} in an agreement file, or supersede the entry"
    return Finding("D001", Severity.WARNING, f"{message}; not used", (span,), mend)
