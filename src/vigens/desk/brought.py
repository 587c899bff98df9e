"""Events that nobody records, since only rules bring them about.

Nobody looks for them, and nobody need: where one looked for all that they rest on, their
silence is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.engine import events_under, intersect, union
from vigens.model import Coverage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vigens.journal import View
    from vigens.rules import Program

#: What the look says of itself.
NOTE = "only rules bring it about; one looked for what it rests on"
_LAW = "law/"


def only_brought(program: Program, view: View, looked_for: Iterable[str]) -> set[str]:
    """Name the events of the case's own pages that only provisions bring about.

    Args:
        program: The rules.
        view: Entries; what one of them names may be recorded.
        looked_for: What tables and coverage name.
    """
    found = {
        provision.brings.name
        for provision in program.provisions.values()
        if not program.events[provision.brings.name].place.startswith(_LAW)
    }
    recorded = {str(entry.payload.get("event")) for entry in view.of_kind("occurrence")}
    return found - recorded - set(looked_for)


def looks_that_follow(
    program: Program, view: View, looks: Iterable[Coverage]
) -> Iterator[Coverage]:
    """Say where the silence of what only rules bring about is known.

    Args:
        program: The rules.
        view: Entries that count.
        looks: Where one looked for what is recorded.
    """
    whole = [look for look in looks if look.events and not look.keys]
    if not whole or not program.provisions:
        return
    own = only_brought(program, view, {name for look in looks for name in look.events})
    for event in sorted(own):
        roots = events_under(program, f"event:{event}") - own
        spans = [
            union([(one.start, one.end) for one in whole if root in one.events])
            for root in roots
        ]
        if not spans:
            continue
        common = spans[0]
        for each in spans[1:]:
            common = intersect(common, each)
        for start, end in common:
            yield Coverage(frozenset((event,)), start, end, NOTE)
