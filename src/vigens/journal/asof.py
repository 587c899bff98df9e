"""As-of reads: which entries count for a reader, at a time, as known at a time.

What a reader may not see is left out first, so nothing of it shapes the rest: neither
what replaces what, nor what is known from when, nor a number, nor a finding.

A *rectification* mends a clerical fault: it takes the place of its original as soon
as it is recorded and inherits the moment from which that was known. A *supersession*
is news: it takes the place of its original from the moment it was known itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from vigens.base import Finding, Severity, Span
from vigens.journal.columns import columns_of
from vigens.journal.entry import Entry
from vigens.journal.eyes import Clearance
from vigens.journal.shape import shape_faults


@dataclass(frozen=True, slots=True)
class View:
    """The entries that count for a reader, with nothing of those that he may not see.

    Attributes:
        clearance: Whose eyes.
        shown: All that the reader may see, whether it counts or not, in the order of
            the log.
        positions: The number of each of these among them, from 1.
        entries: Those that count: nothing replaces them.
        replaced: For each replaced entry, what stands in its place: one entry, or
            rivals, or nothing yet (mended, but not known by then).
        rivals: For each entry that two corrections replace without knowing of each
            other, the rivals. What rests on one of them is NOT KNOWN.
        known_from: For each entry that counts, the instant from which it was known,
            UTC seconds.
        findings: A warning for each case of rivals, and for each entry that does not
            count because it lacks the shape of its kind.
    """

    clearance: Clearance
    shown: tuple[Entry, ...]
    positions: Mapping[str, int]
    entries: tuple[Entry, ...]
    replaced: Mapping[str, tuple[str, ...]]
    rivals: Mapping[str, tuple[str, ...]]
    known_from: Mapping[str, int]
    findings: tuple[Finding, ...]
    _by_id: Mapping[str, Entry]
    _about: Mapping[str, tuple[Entry, ...]]
    _kinds: Mapping[str, tuple[Entry, ...]]

    def of_kind(self, kind: str) -> tuple[Entry, ...]:
        """Give the entries of one kind that count, in order."""
        return self._kinds.get(kind, ())

    def about(self, identifier: str) -> tuple[Entry, ...]:
        """Give the current entries about an entry, in order.

        What was said about an entry holds for its rectification, which is the same
        thing rightly written; it does not carry over to news that supersedes it.
        """
        return self._about.get(identifier, ())

    def current(self, identifier: str) -> tuple[Entry, ...]:
        """Give what stands for an entry: itself, its correction, rivals, or nothing."""
        ids = self.replaced.get(identifier, (identifier,))
        return tuple(self._by_id[found] for found in ids if found in self._by_id)


def visible(
    entries: Iterable[Entry],
    *,
    known_at: int | None,
    recorded_at: int | None,
    clearance: Clearance,
    zone: str,
    without: Collection[str] = (),
    shaped: set[str] | None = None,
) -> View:
    """Select the entries that count through a lens.

    A source dated to a month counts from the month's end, but never later than it
    was recorded: who records it knows it.

    Args:
        entries: A whole log, in order.
        known_at: UTC seconds, included; none for no limit.
        recorded_at: UTC seconds, included; none for no limit.
        clearance: What the reader may see.
        zone: IANA name whose civil days count.
        without: Ids that are passed over as if they did not count yet.
        shaped: Ids of entries of this log that are known to have the shape of their
            kind; those that are found to have it are added.

    Returns:
        The view.
    """
    shown = tuple(entry for entry in entries if clearance.sees(entry.marks))
    seen = {
        entry.id: entry
        for entry in shown
        if (recorded_at is None or entry.recorded_instant <= recorded_at)
        and entry.id not in without
    }
    shaped = set() if shaped is None else shaped
    base = {
        name: entry
        for name, entry in seen.items()
        if name in shaped or not shape_faults(entry)
    }
    shaped.update(base)
    known = _known_instants(base, zone)
    counted = {
        identifier: entry
        for identifier, entry in base.items()
        if known_at is None or known[identifier] <= known_at
    }
    followers = _followers(base, counted)
    replaced = {
        identifier: tuple(end for end in ends if end in counted)
        for identifier, ends in _ends(followers).items()
    }
    current = {
        identifier: entry
        for identifier, entry in counted.items()
        if identifier not in replaced
    }
    rivals = {
        identifier: replaced[identifier]
        for identifier in base
        if len(followers.get(identifier, ())) > 1 and len(replaced[identifier]) > 1
    }
    positions = {entry.id: number for number, entry in enumerate(shown, 1)}
    return View(
        clearance=clearance,
        shown=shown,
        positions=MappingProxyType(positions),
        entries=tuple(current.values()),
        replaced=MappingProxyType(replaced),
        rivals=MappingProxyType(rivals),
        known_from=MappingProxyType({name: known[name] for name in current}),
        findings=(
            *(
                _shape_finding(entry, positions)
                for name, entry in seen.items()
                if name not in base
            ),
            *(_rivals_finding(base[name], rivals[name], positions) for name in rivals),
        ),
        _by_id=MappingProxyType(current),
        _about=MappingProxyType(_about(current, base, followers)),
        _kinds=MappingProxyType(by_kind(current.values())),
    )


def by_kind(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    """Sort entries by kind, each in order."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.kind, []).append(entry)
    return {kind: tuple(each) for kind, each in found.items()}


def _known_instants(base: Mapping[str, Entry], zone: str) -> dict[str, int]:
    """Give the instant from which each entry was known, inherited where it is."""
    found: dict[str, int] = {}
    for identifier in base:
        path = [identifier]
        while path[-1] not in found:
            entry = base[path[-1]]
            origin = entry.rectifies if _inherits(entry) else None
            if origin is None or origin not in base:
                found[entry.id] = own_instant(entry, zone)
            else:
                path.append(origin)
        for name in path:
            found[name] = found[path[-1]]
    return found


def _inherits(entry: Entry) -> bool:
    return entry.known_from is None and entry.supersedes is None


def own_instant(entry: Entry, zone: str) -> int:
    """Give the instant from which an entry was known by what it says itself."""
    recorded = entry.recorded_instant
    last = columns_of(entry, zone).known_last
    return recorded if last is None else min(last, recorded)


def _followers(
    base: Mapping[str, Entry], counted: Mapping[str, Entry]
) -> dict[str, list[str]]:
    """Give the corrections of each entry.

    A rectification is one as soon as it is recorded: what it mends was never right.
    News are one only once they are known.
    """
    followers: dict[str, list[str]] = {}
    for entry in base.values():
        if entry.supersedes is not None and entry.id not in counted:
            continue
        for target in (entry.rectifies, entry.supersedes):
            if target is not None and target in base:
                followers.setdefault(target, []).append(entry.id)
    return followers


def _ends(followers: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Follow corrections to their ends; hashes make a circle impossible."""
    found: dict[str, tuple[str, ...]] = {}
    for start in followers:
        stack = [start]
        while stack:
            name = stack[-1]
            waiting = [
                follower
                for follower in followers[name]
                if follower in followers and follower not in found
            ]
            if waiting:
                stack.extend(waiting)
                continue
            stack.pop()
            ends: dict[str, None] = {}
            for follower in followers[name]:
                ends.update(dict.fromkeys(found.get(follower, (follower,))))
            found[name] = tuple(ends)
    return found


def _about(
    current: Mapping[str, Entry],
    base: Mapping[str, Entry],
    followers: Mapping[str, Sequence[str]],
) -> dict[str, tuple[Entry, ...]]:
    """Index entries by what they are about, carried along rectifications."""
    found: dict[str, dict[str, Entry]] = {}
    for entry in current.values():
        reached = list(entry.about)
        for target in reached:  # grows while it is walked
            found.setdefault(target, {})[entry.id] = entry
            reached.extend(
                follower
                for follower in followers.get(target, ())
                if base[follower].rectifies == target and follower not in reached
            )
    return {name: tuple(entries.values()) for name, entries in found.items()}


def _rivals_finding(
    original: Entry, rivals: Sequence[str], positions: Mapping[str, int]
) -> Finding:
    names = ", ".join(name[:12] for name in rivals)
    one, other, *_ = (name[:12] for name in rivals)
    return Finding(
        code="J012",
        severity=Severity.WARNING,
        message=f"{len(rivals)} corrections of one {original.kind} do not know of each "
        f"other: {names}",
        spans=(entry_span("journal", positions[original.id], original),),
        mend=f"`vigens rectify CASE {one} --over {other}` lets the first stand, the "
        "other way round the second; --set changes what it says",
    )


def _shape_finding(entry: Entry, positions: Mapping[str, int]) -> Finding:
    first = shape_faults(entry)[0]
    return Finding(
        code=first.code,
        severity=Severity.WARNING,
        message=f"this {entry.kind} does not count: {first.words}",
        spans=(entry_span("journal", positions[entry.id], entry),),
        mend="record an entry that supersedes this one",
    )


def entry_span(source: str, position: int, entry: Entry) -> Span:
    """Point at an entry: its number as the line, its hash prefix and title as text."""
    text = f"{entry.id[:12]} {entry.kind}: {entry.title[:80]}"
    return Span(source, position, 1, 12, text)
