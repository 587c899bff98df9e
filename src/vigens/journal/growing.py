"""Views that grow: some further entries at the end, without going through all others.

Only plain entries come so: what corrects another, or lacks the shape of its kind, may
change what counts of older entries, and then the whole log is gone through again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from vigens.journal.asof import View, own_instant
from vigens.journal.entry import Entry
from vigens.journal.shape import shape_faults

Value = TypeVar("Value")

#: Kinds of which a further one touches nothing but what it is about.
PLAIN = frozenset({"occurrence", "claim", "grade", "review", "coverage", "note"})


def grow(
    view: View, more: Sequence[Entry], *, known_before: int, known_at: int, zone: str
) -> View | None:
    """Give the view of a log that has some more entries.

    Args:
        view: Of the log before, through a lens that all records count for.
        more: What came, in order, as far as the reader may see it.
        known_before: The lens's `known_at` before, UTC seconds.
        known_at: The same now.
        zone: IANA name whose civil days count.

    Returns:
        What `visible` gives of the whole log; nothing where it is not so simple.
    """
    if known_at < known_before:
        return None
    if known_at > known_before and not _is_all_known(view, known_before):
        return None
    known: dict[str, int] = {}
    for entry in more:
        instant = own_instant(entry, zone)
        if instant > known_at or not _is_plain(view, entry):
            return None
        known[entry.id] = instant
    if not more:
        return view
    fresh = {entry.id: entry for entry in more}
    about = _copied(view._about)  # noqa: SLF001 -- the same value, grown
    for entry in more:
        for target in dict.fromkeys(entry.about):
            about[target] = (*about.get(target, ()), entry)
    first = len(view.shown) + 1
    numbers = {entry.id: number for number, entry in enumerate(more, first)}
    return replace(
        view,
        shown=(*view.shown, *more),
        positions=_with(view.positions, numbers),
        entries=(*view.entries, *more),
        known_from=_with(view.known_from, known),
        _by_id=_with(view._by_id, fresh),  # noqa: SLF001 -- as above
        _about=MappingProxyType(about),
    )


def _copied(known: Mapping[str, Value]) -> dict[str, Value]:
    """Copy a mapping; what stands behind a read-only one is copied as a whole."""
    return known.copy() if isinstance(known, MappingProxyType) else dict(known)


def _with(known: Mapping[str, Value], more: Mapping[str, Value]) -> Mapping[str, Value]:
    return MappingProxyType(_copied(known) | dict(more))


def _is_all_known(view: View, known_at: int) -> bool:
    """Say whether nothing waits to become known: entries come in order of recording."""
    return not view.shown or view.shown[-1].recorded_instant <= known_at


def _is_plain(view: View, entry: Entry) -> bool:
    return (
        entry.kind in PLAIN
        and entry.rectifies is None
        and entry.supersedes is None
        and not entry.is_stub
        and not any(target in view.replaced for target in entry.about)
        and not shape_faults(entry)
    )
