"""What only `all` is told: where marks and audiences do not go together.

Each of these compares what one reader may see with what another may, so that nobody but
who sees everything may hear of it.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from vigens.base import Finding, Severity
from vigens.desk.coverage import read_span
from vigens.desk.imagedeyes import Crossing
from vigens.journal import ALL, PUBLIC, entry_span
from vigens.model import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vigens.base import Span
    from vigens.desk.imagedeyes import PlainEyes
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
    plain: PlainEyes | None = None,
) -> tuple[Finding, ...]:
    """Find marks of nobody, entries released too wide, and silence that hides something.

    Args:
        view: What counts; nothing is said unless it is that of `all`.
        lens: Its reader, and what was known by when.
        readers: Who there is, and who may see what.
        happenings: Occurrences by event type.
        plain: What was read as columns, and so is not in the view.
    """
    if not view.clearance.is_whole:
        return ()
    eyes = _Eyes(readers)
    return (
        *_silenced(view, lens, eyes, happenings, plain),
        *_of_nobody(view, readers, plain),
        *_too_wide(view, eyes, plain),
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
    view: View,
    lens: Lens,
    eyes: _Eyes,
    happenings: Mapping[str, Sequence[Happening]],
    plain: PlainEyes | None,
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
        counted = [
            found.ref
            for name in (happenings if "*" in names else names)
            for found in happenings.get(name, ())
            if found.weight in _COUNTED
            and found.first < span[1]
            and span[0] <= found.last
            and (not keys or not keys.isdisjoint(found.values))
        ]
        hidden = [
            view.positions[name]
            for name in counted
            if name in by_id and not clearance.sees(by_id[name].marks)
        ]
        number = 0
        if plain is not None:
            apart = plain.places(name for name in counted if _is_id(name, by_id))
            hidden += [at for at, marks in apart.values() if not clearance.sees(marks)]
            number, first = plain.hidden(clearance, span, names, keys)
            hidden += [] if first is None else [first]
            number -= first is not None
        if hidden:
            at, said = _at(min(hidden), view, plain)
            yield Finding(
                "D010",
                Severity.WARNING,
                f"this coverage says that the record is complete for {audience}, but "
                f"{len(hidden) + number} recorded in its span are kept from {audience}, "
                f"such as {said.kind} {said.id[:12]}; {audience} is told that silence "
                "proves that there was none",
                (_place(view, entry), at),
                "release the occurrence, leave its event out of the coverage, or name "
                "an audience that sees it",
            )


def _is_id(name: str, known: Mapping[str, Entry]) -> bool:
    """Say whether a happening is an entry's that is not in the view."""
    return name not in known and len(name) == 64 and name.isalnum()


def _of_nobody(
    view: View, readers: Readers, plain: PlainEyes | None
) -> Iterator[Finding]:
    """Report marks that are no reader's, each once."""
    first: dict[str, tuple[int, int]] = {}  # position, and place among the marks
    numbers: dict[str, int] = {}
    borne = [(entry.marks, 1, view.positions[entry.id]) for entry in view.entries]
    for marks, number, position in (*borne, *(plain.numbers() if plain else ())):
        for place, mark in enumerate(marks):
            if mark == ALL or not readers.knows(mark):
                there = position, place
                first[mark] = min(first.get(mark, there), there)
                numbers[mark] = numbers.get(mark, 0) + number
    for mark, (position, _) in sorted(first.items(), key=itemgetter(1)):
        more = f" (and {numbers[mark] - 1} more)" if numbers[mark] > 1 else ""
        yield Finding(
            "D011",
            Severity.WARNING,
            f'the mark "{mark}" is no reader\'s, so it releases this to nobody{more}',
            (_at(position, view, plain)[0],),
            f'record the group: `vigens release CASE group {mark} --title "…"`, or '
            "supersede the entry with --mark",
        )


def _too_wide(view: View, eyes: _Eyes, plain: PlainEyes | None) -> Iterator[Finding]:
    """Report the first entry of each kind that tells of one its reader may not see."""
    leaky: dict[str, tuple[int, int, int, str]] = {}  # first, other, how many, to whom
    known: dict[tuple[tuple[str, ...], tuple[str, ...]], str] = {}
    for found in _crossings(view, plain):
        pair = (found.marks, found.other_marks)
        if pair not in known:
            known[pair] = next(
                (
                    mark
                    for mark in found.marks
                    if (seen := eyes.of(mark)) is not None
                    and not seen.sees(found.other_marks)
                ),
                "",
            )
        if known[pair]:
            one = (*found.first, found.number, known[pair])
            other = leaky.get(found.kind)
            if other is not None:
                early = min(one, other, key=itemgetter(0))
                one = (*early[:2], one[2] + other[2], early[3])
            leaky[found.kind] = one
    for kind, (first, about, number, mark) in sorted(leaky.items(), key=itemgetter(1)):
        place, _ = _at(first, view, plain)
        other_place, said = _at(about, view, plain)
        more = f" (and {number - 1} more)" if number > 1 else ""
        yield Finding(
            "D012",
            Severity.WARNING,
            f"this {kind} is released to {mark} and bears the id of {said.kind} "
            f"{said.id[:12]}, which {mark} may not see{more}",
            (place, other_place),
            "supersede it with --mark for those who may see both",
        )


def _crossings(view: View, plain: PlainEyes | None) -> Iterator[Crossing]:
    """Give what bears other marks than what it is about."""
    by_id = {entry.id: entry for entry in view.shown}
    apart: dict[str, tuple[int, tuple[str, ...]]] = {}
    if plain is not None:
        yield from plain.crossings()
        abouts = (name for entry in view.entries for name in entry.about)
        apart = plain.places(name for name in abouts if name not in by_id)
    for entry in view.entries:
        for target in entry.about:
            other = by_id.get(target)
            if other is not None:
                there = view.positions[target], other.marks
            elif target in apart:
                there = apart[target]
            else:
                continue
            if there[1] != entry.marks:
                first = view.positions[entry.id], there[0]
                yield Crossing(entry.kind, entry.marks, there[1], 1, first)


def _at(position: int, view: View, plain: PlainEyes | None) -> tuple[Span, Entry]:
    """Give the entry that the reader numbers so, and its place."""
    for entry in view.shown:
        if view.positions[entry.id] == position:
            return _place(view, entry), entry
    assert plain is not None, "what is not in the view was read as columns"
    entry = plain.entry(position)
    return entry_span("journal", position, entry), entry


def _place(view: View, entry: Entry) -> Span:
    return entry_span("journal", view.positions[entry.id], entry)
