"""Where two journals say different things: texts, documents, grades, coverage.

Each check looks at pairs of which one entry is new here, and gives code, message,
mend and the entry to point at. Neither side is taken for the right one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from vigens.journal.asof import View
from vigens.journal.columns import columns_of
from vigens.journal.entry import Entry

Conflict = tuple[str, str, str, Entry]

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

    def pairs(self, entries: list[Entry]) -> Iterator[tuple[Entry, Entry]]:
        """Give pairs of which one is new here: ours, then theirs."""
        for one, two in combinations(entries, 2):
            if (one.id in self.new) != (two.id in self.new):
                yield (two, one) if one.id in self.new else (one, two)


def text_conflicts(sides: Sides) -> Iterator[Conflict]:
    """Find texts of one version that are said to be different things."""
    grouped: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in sides.view.entries:
        version = entry.payload.get("version")
        if entry.kind == "text" and isinstance(version, str):
            grouped[str(entry.payload["instrument"]), version].append(entry)
    for (instrument, version), entries in grouped.items():
        for ours, theirs in sides.pairs(entries):
            if _content(ours) != _content(theirs):
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
    return entry.payload.get("status"), entry.payload.get("sha256"), frozenset(passages)


def document_conflicts(sides: Sides) -> Iterator[Conflict]:
    """Find documents of one name that differ."""
    grouped: dict[str, list[Entry]] = defaultdict(list)
    for entry in sides.view.entries:
        if entry.kind == "document":
            grouped[str(entry.payload["name"])].append(entry)
    for name, entries in grouped.items():
        for ours, theirs in sides.pairs(entries):
            if ours.payload["sha256"] != theirs.payload["sha256"]:
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
        for ours, theirs in sides.pairs(entries):
            if _grade(ours) != _grade(theirs):
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
    happened = [entry for entry in sides.view.entries if entry.kind in _HAPPENINGS]
    for coverage in sides.view.entries:
        if coverage.kind != "coverage":
            continue
        in_new = coverage.id in sides.new
        of_one_side = in_new or coverage.id not in sides.there
        missed = [
            entry
            for entry in happened
            if of_one_side
            and (entry.id in sides.new) != in_new
            and entry.id not in (sides.there if in_new else sides.here)
            and _covers(coverage, entry, sides)
        ]
        if missed:
            looked, saw = ("there", "here") if in_new else ("here", "there")
            names = ", ".join(entry.id[:12] for entry in missed[:5])
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


def _covers(coverage: Entry, entry: Entry, sides: Sides) -> bool:
    """Say whether coverage would have had to see something."""
    events = coverage.payload["events"]
    name = entry.payload.get("event", entry.payload.get("fluent"))
    if "*" not in events and name not in events:
        return False
    looked, found = columns_of(coverage, sides.zone), columns_of(entry, sides.zone)
    known = sides.view.known_from.get(entry.id)
    if known is None or known > coverage.recorded_instant:
        return False
    first, last = found.happened_first, found.happened_last
    start, end = looked.happened_first, looked.happened_last
    if first is None or last is None or start is None or end is None:
        return False
    return start <= first and last <= end
