"""Views that grow: some further entries at the end, without going through all others.

Only plain entries come so: what corrects another, or lacks the shape of its kind, may
change what counts of older entries, and then the whole log is gone through again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vigens.base import Layered
from vigens.journal.asof import View, by_kind, own_instant
from vigens.journal.entry import Entry
from vigens.journal.kinds import MATTERS
from vigens.journal.shape import shape_faults

#: Kinds of which a further one touches nothing but what it is about.
PLAIN = MATTERS | {"claim", "grade", "review", "confirmation", "coverage", "note"}


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
    about: dict[str, tuple[Entry, ...]] = {}
    for entry in more:
        for target in dict.fromkeys(entry.about):
            about[target] = (*about.get(target, view.about(target)), entry)
    kinds = {kind: (*view.of_kind(kind), *es) for kind, es in by_kind(more).items()}
    first = len(view.shown) + 1
    numbers = {entry.id: number for number, entry in enumerate(more, first)}
    return replace(
        view,
        shown=(*view.shown, *more),
        positions=Layered(view.positions).grown(numbers),
        entries=(*view.entries, *more),
        known_from=Layered(view.known_from).grown(known),
        _by_id=Layered(view._by_id).grown(fresh),  # noqa: SLF001 -- the same, grown
        _about=Layered(view._about).grown(about),  # noqa: SLF001 -- as above
        _kinds=Layered(view._kinds).grown(kinds),  # noqa: SLF001 -- as above
    )


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
