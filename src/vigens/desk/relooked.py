"""Where one looked, before and after: for which events that is otherwise at an instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.engine import union

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vigens.engine import World
    from vigens.model import Coverage

#: Where one looked, by audience and by keys.
_Looks = dict[tuple[str, frozenset[str]], tuple[tuple[int, int], ...]]


def relooked(before: World, after: World, as_of: int) -> frozenset[str]:
    """List the events for which one looked elsewhere, as far as that shows by then.

    What shows of looks at an instant is where they lie before it and, where nobody
    looked at the instant itself, when somebody looks again.

    Args:
        before: A world.
        after: One of the same rules.
        as_of: The instant that is asked about, UTC seconds.
    """
    if after.assume_no_other_change:  # what follows the last look is read as quiet
        as_of = max((one.end for one in (*before.coverage, *after.coverage)), default=0)
    return frozenset(
        event.name
        for event in after.program.events.values()
        if not event.is_secret
        and _shown(before, event.name, as_of) != _shown(after, event.name, as_of)
    )


def _shown(world: World, event: str, as_of: int) -> tuple[_Looks, _Looks]:
    looks = _looks(world.coverage, event)
    merged: dict[frozenset[str], list[tuple[int, int]]] = {}
    for (_, keys), spans in looks.items():
        merged.setdefault(keys, []).extend(spans)
    whole = union(merged.get(frozenset(), ()))
    own = {
        ("", keys): tuple(_until(union(spans), whole, as_of))
        for keys, spans in merged.items()
    }
    return own, _looks(world.for_others, event)


def _until(
    spans: Iterable[tuple[int, int]], whole: Iterable[tuple[int, int]], as_of: int
) -> Iterator[tuple[int, int]]:
    """Give what shows at an instant: nothing later, but for the end of an open gap."""
    is_covered = any(start <= as_of < end for start, end in (*spans, *whole))
    for start, end in spans:
        if start <= as_of:
            yield start, min(end, as_of + 1)
        elif not is_covered:
            yield start, start
            return


def _looks(coverage: Iterable[Coverage], event: str) -> _Looks:
    found: dict[tuple[str, frozenset[str]], list[tuple[int, int]]] = {}
    for one in coverage:
        if not one.events or event in one.events:
            found.setdefault((one.audience, one.keys), []).append((one.start, one.end))
    return {key: union(spans) for key, spans in found.items()}
