"""Where two journals say different things: texts, documents, grades, coverage.

Each check looks at pairs of which one entry is new here, and gives code, message,
mend and the entry to point at. Neither side is taken for the right one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from vigens.journal.asof import View
from vigens.journal.columns import columns_of
from vigens.journal.entry import Entry

Conflict = tuple[str, str, str, Entry]

#: Differences that are told of one text, document or claim.
_MOST_PAIRS = 20

#: What happened, as far as coverage speaks of it.
_HAPPENINGS = frozenset({"occurrence", "observation"})


@dataclass(frozen=True, slots=True)
class Sides:
    """Both journals laid together.

    Attributes:
        view: What counts of both.
        new: Ids of what is new here.
        there: Ids of what the bundle holds.
        here: Ids of what was here.
        zone: IANA name whose civil days count.
    """

    view: View
    new: set[str]
    there: set[str]
    here: set[str]
    zone: str

    def pairs(
        self, entries: list[Entry], content: Callable[[Entry], object]
    ) -> Iterator[tuple[Entry, Entry]]:
        """Give pairs that differ, ours and theirs, one for each two contents."""
        ours: dict[object, Entry] = {}
        theirs: dict[object, Entry] = {}
        for entry in entries:
            side = theirs if entry.id in self.new else ours
            side.setdefault(content(entry), entry)
        differing = (
            (mine, other)
            for key, mine in ours.items()
            for another, other in theirs.items()
            if key != another
        )
        yield from islice(differing, _MOST_PAIRS)


def text_conflicts(sides: Sides) -> Iterator[Conflict]:
    """Find texts of one version that are said to be different things."""
    grouped: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in sides.view.entries:
        version = entry.payload.get("version")
        if entry.kind == "text" and isinstance(version, str):
            grouped[str(entry.payload["instrument"]), version].append(entry)
    for (instrument, version), entries in grouped.items():
        for ours, theirs in sides.pairs(entries, _content):
            yield (
                "J043",
                (
                    f"version {version} of {instrument} is one text here "
                    f"({ours.id[:12]}) and another there ({theirs.id[:12]})"
                ),
                "compare the two; supersede the wrong one",
                theirs,
            )


def _content(entry: Entry) -> tuple[object, ...]:
    passages = {
        source.passage.document
        for source in entry.sources
        if source.passage is not None
    }
    status, sha256 = entry.payload.get("status"), entry.payload.get("sha256")
    return str(status), str(sha256), frozenset(passages)


def document_conflicts(sides: Sides) -> Iterator[Conflict]:
    """Find documents of one name that differ."""
    grouped: dict[str, list[Entry]] = defaultdict(list)
    for entry in sides.view.entries:
        if entry.kind == "document":
            grouped[str(entry.payload["name"])].append(entry)
    for name, entries in grouped.items():
        for ours, theirs in sides.pairs(entries, lambda each: each.payload["sha256"]):
            yield (
                "J043",
                (
                    f'the document "{name}" has other content here '
                    f"({str(ours.payload['sha256'])[:12]}) than there "
                    f"({str(theirs.payload['sha256'])[:12]})"
                ),
                "both are kept; see which one a source means",
                theirs,
            )


def grade_conflicts(sides: Sides) -> Iterator[Conflict]:
    """Find claims that the two sides grade differently."""
    grouped: dict[str, list[Entry]] = defaultdict(list)
    for entry in sides.view.entries:
        if entry.kind == "grade":
            for target in entry.about:
                grouped[target].append(entry)
    for claim, entries in grouped.items():
        for ours, theirs in sides.pairs(entries, _grade):
            yield (
                "J044",
                (
                    f"claim {claim[:12]} is graded {_grade(ours)} here by "
                    f"{ours.recorded_by} and {_grade(theirs)} there by "
                    f"{theirs.recorded_by}"
                ),
                "agree on one, and let it supersede the other",
                theirs,
            )


def _grade(entry: Entry) -> str:
    return f"{entry.payload['reliability']}{entry.payload['credibility']}"


def coverage_conflicts(sides: Sides) -> Iterator[Conflict]:
    """Find what one side knows in a time in which the other looked and saw nothing."""
    coverages = [entry for entry in sides.view.entries if entry.kind == "coverage"]
    if not coverages:
        return
    only_there, only_here = _happenings(sides)
    for coverage in coverages:
        in_new = coverage.id in sides.new
        if not in_new and coverage.id in sides.there:
            continue  # both sides looked, or both rely on it
        known = only_here if in_new else only_there
        missed = list(_missed(coverage, known, sides.zone))
        if missed:
            looked, saw = ("there", "here") if in_new else ("here", "there")
            names = ", ".join(identifier[:12] for identifier in missed[:5])
            yield (
                "J045",
                (
                    f"coverage {looked} ({coverage.id[:12]}, {coverage.happened}) takes "
                    f"silence as quiet, and {len(missed)} that fall into it are known only "
                    f"{saw}: {names}"
                ),
                (
                    "see whether it was looked for in the right places; supersede the "
                    "coverage if it said too much"
                ),
                coverage,
            )


class _Happening(NamedTuple):
    """What happened, as far as coverage speaks of it."""

    id: str
    first: int
    last: int
    known: int


_ByEvent = dict[object, list[_Happening]]


def _happenings(sides: Sides) -> tuple[_ByEvent, _ByEvent]:
    """Give what is known there alone and here alone, by event."""
    there: _ByEvent = defaultdict(list)
    here: _ByEvent = defaultdict(list)
    for entry in sides.view.entries:
        if entry.kind not in _HAPPENINGS:
            continue
        if entry.id in sides.new:
            side = there
        elif entry.id not in sides.there:
            side = here
        else:
            continue
        columns = columns_of(entry, sides.zone)
        first, last = columns.happened_first, columns.happened_last
        known = sides.view.known_from.get(entry.id)
        if first is not None and last is not None and known is not None:
            event = entry.payload.get("event", entry.payload.get("fluent"))
            side[event].append(_Happening(entry.id, first, last, known))
    return there, here


def _missed(coverage: Entry, known: _ByEvent, zone: str) -> Iterator[str]:
    """Give what coverage would have had to see, had it been known to who looked."""
    looked = columns_of(coverage, zone)
    start, end = looked.happened_first, looked.happened_last
    if start is None or end is None:
        return
    events = coverage.payload["events"]
    until = coverage.recorded_instant
    for event, found in known.items():
        if "*" in events or event in events:
            for each in found:
                if start <= each.first and each.last <= end and each.known <= until:
                    yield each.id
