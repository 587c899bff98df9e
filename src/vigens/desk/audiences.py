"""What only `all` is told: where marks and audiences do not go together.

Each of these compares what one reader may see with what another may, so that nobody but
who sees everything may hear of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.base import Finding, Severity
from vigens.desk.coverage import read_span
from vigens.journal import ALL, PUBLIC, entry_span
from vigens.model import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vigens.base import Span
    from vigens.journal import Clearance, Entry, Readers, View
    from vigens.model import Happening, Lens

#: The codes of what is found here.
EYES = frozenset({"D010", "D011", "D012"})

_COUNTED = (Weight.SURE, Weight.POSSIBLE)


def compare_eyes(
    view: View,
    lens: Lens,
    readers: Readers,
    happenings: Mapping[str, Sequence[Happening]],
) -> tuple[Finding, ...]:
    """Find marks of nobody, entries released too wide, and silence that hides something.

    Args:
        view: What counts; nothing is said unless it is that of `all`.
        lens: Its reader, and what was known by when.
        readers: Who there is, and who may see what.
        happenings: Occurrences by event type.
    """
    if not view.clearance.is_whole:
        return ()
    eyes = _Eyes(readers)
    return (
        *_silenced(view, lens, eyes, happenings),
        *_of_nobody(view, readers),
        *_too_wide(view, eyes),
    )


class _Eyes:
    """The clearance of each mark, found once."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self._found: dict[str, Clearance | None] = {}

    def of(self, mark: str) -> Clearance | None:
        """Give what those see who are cleared for a mark; none where nobody is."""
        if mark not in self._found:
            is_known = mark != ALL and self._readers.knows(mark)
            self._found[mark] = self._readers.clearance(mark) if is_known else None
        return self._found[mark]


def _silenced(
    view: View, lens: Lens, eyes: _Eyes, happenings: Mapping[str, Sequence[Happening]]
) -> Iterator[Finding]:
    """Report coverage for an audience from which an occurrence of it is kept."""
    by_id = {entry.id: entry for entry in view.shown}
    for entry in view.entries:
        if entry.kind != "coverage":
            continue
        audience = str(entry.payload.get("audience") or PUBLIC)
        clearance, span = eyes.of(audience), read_span(entry, lens)
        if clearance is None or span is None:
            continue
        names = [str(name) for name in entry.payload.get("events", ())]
        keys = {str(key) for key in entry.payload.get("keys", ())}
        hidden = [
            found
            for name in (happenings if "*" in names else names)
            for found in happenings.get(name, ())
            if found.weight in _COUNTED
            and found.first < span[1]
            and span[0] <= found.last
            and (not keys or not keys.isdisjoint(found.values))
            and found.ref in by_id
            and not clearance.sees(by_id[found.ref].marks)
        ]
        if hidden:
            first = by_id[hidden[0].ref]
            yield Finding(
                "D010",
                Severity.WARNING,
                f"this coverage says that the record is complete for {audience}, but "
                f"{len(hidden)} recorded in its span are kept from {audience}, such as "
                f"{first.kind} {first.id[:12]}; {audience} is told that silence proves "
                "that there was none",
                (_place(view, entry), _place(view, first)),
                "release the occurrence, leave its event out of the coverage, or name "
                "an audience that sees it",
            )


def _of_nobody(view: View, readers: Readers) -> Iterator[Finding]:
    """Report marks that are no reader's, each once."""
    first: dict[str, Entry] = {}
    numbers: dict[str, int] = {}
    for entry in view.entries:
        for mark in entry.marks:
            if mark == ALL or not readers.knows(mark):
                first.setdefault(mark, entry)
                numbers[mark] = numbers.get(mark, 0) + 1
    for mark, entry in first.items():
        more = f" (and {numbers[mark] - 1} more)" if numbers[mark] > 1 else ""
        yield Finding(
            "D011",
            Severity.WARNING,
            f'the mark "{mark}" is no reader\'s, so it releases this to nobody{more}',
            (_place(view, entry),),
            f'record the group: `vigens release CASE group {mark} --title "…"`, or '
            "supersede the entry with --mark",
        )


def _too_wide(view: View, eyes: _Eyes) -> Iterator[Finding]:
    """Report the first entry of each kind that tells of one its reader may not see."""
    by_id = {entry.id: entry for entry in view.shown}
    leaky: dict[str, list[tuple[Entry, Entry, str]]] = {}
    known: dict[tuple[tuple[str, ...], tuple[str, ...]], str] = {}
    for entry in view.entries:
        for target in entry.about:
            other = by_id.get(target)
            if other is None or other.marks == entry.marks:
                continue
            pair = (entry.marks, other.marks)
            if pair not in known:
                known[pair] = next(
                    (
                        mark
                        for mark in entry.marks
                        if (seen := eyes.of(mark)) is not None
                        and not seen.sees(other.marks)
                    ),
                    "",
                )
            if known[pair]:
                leaky.setdefault(entry.kind, []).append((entry, other, known[pair]))
    for kind, found in leaky.items():
        entry, other, mark = found[0]
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        yield Finding(
            "D012",
            Severity.WARNING,
            f"this {kind} is released to {mark} and bears the id of {other.kind} "
            f"{other.id[:12]}, which {mark} may not see{more}",
            (_place(view, entry), _place(view, other)),
            "supersede it with --mark for those who may see both",
        )


def _place(view: View, entry: Entry) -> Span:
    return entry_span("journal", view.positions[entry.id], entry)
