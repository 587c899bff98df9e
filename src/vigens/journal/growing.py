"""Views that grow: some further entries at the end, without going through all others.

Only plain entries come so, and the first correction of one: where corrections follow one
another, or an entry lacks the shape of its kind, the whole log is gone through again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    if not all(_is_plain(view, entry) for entry in more):
        return None
    mended = corrected(view, more)
    if mended is None:
        return None
    known: dict[str, int] = {}
    for entry in more:
        is_clerical = entry.rectifies is not None and entry.known_from is None
        inherited = view.known_from[entry.rectifies or ""] if is_clerical else None
        known[entry.id] = own_instant(entry, zone) if inherited is None else inherited
        if known[entry.id] > known_at:
            return None
    return _grown(view, more, known, mended) if more else view


def corrected(view: View, more: Sequence[Entry]) -> dict[str, Entry] | None:
    """Give what some further entries correct, by the id of the correction.

    Returns:
        Nothing where it is not so simple: where a chain of corrections, rivals, or what
        is said of what was corrected in the same breath would have to be followed.
    """
    found: dict[str, Entry] = {}
    named = {target for entry in more for target in entry.about}
    for entry in more:
        target = entry.rectifies or entry.supersedes
        if target is None:
            continue
        old = next(iter(view.current(target)), None)
        is_simple = (
            old is not None
            and old.id == target
            and not (entry.rectifies and entry.supersedes)
            and not (old.rectifies or old.supersedes or old.is_stub)
            and old.kind == entry.kind
            and target not in named
            and entry.id not in named
            and not any(one.id == target for one in found.values())
            and not any(each in view.replaced for each in old.about)
        )
        if old is None or not is_simple:
            return None
        found[entry.id] = old
    return found


def _grown(
    view: View,
    more: Sequence[Entry],
    known: Mapping[str, int],
    mended: Mapping[str, Entry],
) -> View:
    """Lay what came, and what it replaces, over a view."""
    gone = {old.id for old in mended.values()}
    about: dict[str, tuple[Entry, ...]] = {}
    for old in mended.values():
        for target in old.about:
            left = about.get(target, view.about(target))
            about[target] = tuple(one for one in left if one.id != old.id)
    for entry in more:
        if entry.rectifies is not None and (said := view.about(entry.rectifies)):
            about[entry.id] = tuple(one for one in said if one.id not in gone)
        for target in dict.fromkeys(entry.about):
            about[target] = (*about.get(target, view.about(target)), entry)
    kinds = {kind: (*view.of_kind(kind), *es) for kind, es in by_kind(more).items()}
    for kind in {old.kind for old in mended.values()}:
        kinds[kind] = tuple(one for one in kinds[kind] if one.id not in gone)
    entries = view.entries
    if gone:
        entries = tuple(one for one in entries if one.id not in gone)
    first = len(view.shown) + 1
    numbers = {entry.id: number for number, entry in enumerate(more, first)}
    fresh = {entry.id: entry for entry in more}
    bare = {target for target, said in about.items() if not said}
    replaced = {old.id: (name,) for name, old in mended.items()}
    return replace(
        view,
        shown=(*view.shown, *more),
        positions=Layered(view.positions).grown(numbers),
        entries=(*entries, *more),
        replaced=Layered(view.replaced).grown(replaced),
        known_from=Layered(view.known_from).less(gone).grown(known),
        _by_id=Layered(view._by_id).less(gone).grown(fresh),  # noqa: SLF001 -- the same, grown
        _about=Layered(view._about).grown(about).less(bare),  # noqa: SLF001 -- as above
        _kinds=Layered(view._kinds).grown(kinds),  # noqa: SLF001 -- as above
    )


def _is_all_known(view: View, known_at: int) -> bool:
    """Say whether nothing waits to become known: entries come in order of recording."""
    return not view.shown or view.shown[-1].recorded_instant <= known_at


def _is_plain(view: View, entry: Entry) -> bool:
    return (
        entry.kind in PLAIN
        and not entry.is_stub
        and not any(target in view.replaced for target in entry.about)
        and not shape_faults(entry)
    )
