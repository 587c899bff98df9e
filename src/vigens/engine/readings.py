"""Which readings a lens leaves open, and every way to choose them."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vigens.engine.world import World
    from vigens.rules import Fluent, Obligation, Reading


def readings_of_fluent(fluent: Fluent) -> Iterator[Reading | None]:
    """List the readings under which the clauses of a state count.

    Source:
        Design, section 3.1, point 11 (variants).
    """
    yield from (change.reading for change in (*fluent.initiated, *fluent.terminated))
    yield from (held.reading for held in fluent.held)
    yield from (limit.reading for limit in fluent.lasting)


def readings_of_duty(duty: Obligation) -> tuple[Reading, ...]:
    """List the readings under which clauses of a duty count.

    Source:
        Design, section 3.1, point 11 (variants).
    """
    readings = [trigger.reading for trigger in duty.triggers]
    readings += [deadline.reading for deadline in duty.deadlines]
    readings += [mark.reading for mark in duty.marks]
    return tuple(reading for reading in readings if reading is not None)


def may_be_read(world: World, reading: Reading | None) -> bool:
    """Say whether a clause counts under some reading that the lens allows.

    Source:
        Design, section 3.1, point 11 (variants).
    """
    if reading is None:
        return True
    return world.readings.get(reading.variant, reading.name) == reading.name


def unread(world: World, readings: Iterable[Reading | None]) -> tuple[str, ...]:
    """List the variants of some readings of which the lens chooses none.

    Source:
        Design, section 3.1, point 11 (variants).
    """
    named = [reading.variant for reading in readings if reading is not None]
    return tuple(v for v in dict.fromkeys(named) if v not in world.readings)


def open_choices(
    world: World, readings: Iterable[Reading | None]
) -> tuple[dict[str, str], ...]:
    """List every choice of the readings that the lens leaves open.

    Returns:
        Variant to reading; one empty choice where none is open.

    Source:
        Design, section 3.1, point 11 (variants).
    """
    variants = unread(world, readings)
    names = [
        [name for name, _ in world.program.variants[variant].readings]
        for variant in variants
    ]
    return tuple(
        dict(zip(variants, choice, strict=True)) for choice in itertools.product(*names)
    )
