"""Values that occur: of an open sort, those that some evidence names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.engine import World
    from vigens.rules import Program


def values_in(world: World, program: Program, sort: str) -> Iterator[str]:
    """List the values of a sort that occurrences name, as often as they do."""
    for event in program.events.values():
        places = [i for i, param in enumerate(event.params) if param.sort == sort]
        if not places:
            continue
        for found in world.happenings.get(event.name, ()):
            yield from (found.values[i] for i in places)
        for columns in world.bulk.get(event.name, ()):
            yield from (word for i in places for word in columns.values[i].words)


def named_values(world: World) -> dict[str, set[str]]:
    """List by sort the values that some evidence names."""
    program = world.program
    named: dict[str, set[str]] = {sort: set() for sort in program.sorts}
    found = [
        (program.events[name].params, each.values)
        for name, happenings in world.happenings.items()
        for each in happenings
    ]
    found += [
        (program.fluents[name].params, each.values)
        for name, sightings in world.sightings.items()
        for each in sightings
    ]
    for params, values in found:
        for param, value in zip(params, values, strict=True):
            named.setdefault(param.sort, set()).add(value)
    return named
