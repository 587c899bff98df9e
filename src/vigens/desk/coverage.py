"""Where a case says that somebody looked, as far as a lens may lean on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Finding, Message, Severity, Span
from vigens.chrono import edtf_bounds, parse_edtf
from vigens.desk.brought import looks_that_follow
from vigens.engine import HIGH, LOW
from vigens.journal import MATTERS, PUBLIC, View
from vigens.model import Coverage

if TYPE_CHECKING:
    from vigens.desk.bulk import Bulk
    from vigens.desk.foureyes import SecondLook
    from vigens.desk.gone import Gone
    from vigens.journal import Entry
    from vigens.model import Lens
    from vigens.rules import Program

#: What is said where a reader sees no coverage entry.
TO_LAST_RECORD = Message(
    "this view holds no coverage: it is taken as covered to its last record"
)

#: What is said where a reader sees neither a coverage entry nor a record.
NOTHING_RECORDED = Message("this view holds no record yet")


@dataclass(frozen=True, slots=True)
class Looked:
    """Coverage through a lens, with what is said of it and what was not used.

    Attributes:
        coverage: Where one looked for the reader.
        note: What is said where nobody says where.
        findings: Entries that could not be used.
        for_others: Where one looked for an audience without the reader.
    """

    coverage: list[Coverage]
    note: str
    findings: tuple[Finding, ...]
    for_others: tuple[Coverage, ...] = ()


def read_coverage(
    view: View,
    lens: Lens,
    program: Program,
    *,
    begins: int,
    bulk: Bulk,
    second: SecondLook,
    gone: Gone,
) -> Looked:
    """Read where one looked.

    Coverage reaches at most to what was known and to when it was recorded, since nobody
    looks ahead. It closes silence for a reader whom its audience includes: one who is
    cleared for all that the audience sees. Where two corrections of it
    disagree, and where its dates are only rough, it counts for nothing.

    Args:
        view: The entries that count.
        lens: Whose reader and `known_at` bound it.
        program: For the names of events.
        begins: Nothing unrecorded happened before this instant, UTC seconds.
        bulk: What the bulk tables say.
        second: What waits for a second person: nobody surely looked there.
        gone: What was redacted: silence about it says nothing, until a later look.
    """
    entries = view.of_kind("coverage")
    if not entries and not bulk.coverage and not gone.looks:
        last = _last_record(view, bulk)
        if last is None:
            return Looked([], NOTHING_RECORDED, ())
        end = min(last + 1, lens.known_at + 1)
        covered = gone.covered(frozenset(), None, program)
        whole = (
            [] if covered is None else [Coverage(covered, begins, end, TO_LAST_RECORD)]
        )
        return Looked(whole, TO_LAST_RECORD, ())
    rivals = {one for group in view.rivals.values() for one in group}
    found = list(bulk.coverage)
    others: list[Coverage] = []
    findings: list[Finding] = []
    for entry in entries:
        events = [str(name) for name in entry.payload.get("events", ())]
        findings.extend(
            not_used(entry, f'event "{name}" is not declared', "event")
            for name in events
            if name != "*" and name not in program.events
        )
        audience = str(entry.payload.get("audience") or PUBLIC)
        if entry.id in rivals or not events:
            continue
        if second.is_waiting(entry.id):
            continue
        span = read_span(entry, lens)
        if span is None:
            message = "a rough or missing date says nothing of where one looked"
            findings.append(not_used(entry, message, "span"))
        elif span[0] < span[1]:
            looked_for = frozenset() if "*" in events else frozenset(events)
            names = gone.covered(looked_for, entry, program)
            if names is None:
                continue
            keys = frozenset(str(key) for key in entry.payload.get("keys", ()))
            note = str(entry.payload.get("note", ""))
            look = Coverage(names, *span, note, keys, audience)
            (found if view.clearance.includes(audience) else others).append(look)
    found += looks_that_follow(program, view, found)
    return Looked(found, "", tuple(findings), tuple(others))


def read_span(entry: Entry, lens: Lens) -> tuple[int, int] | None:
    """Say from when until when a coverage entry reaches; a rough date says nothing."""
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
