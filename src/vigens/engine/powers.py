"""Acts that count only where whoever did them had the power to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.moves import Moves, filter_moves
from vigens.engine.occurrences import recorded_moves
from vigens.rules import Unstated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.engine.basis import Basis
    from vigens.rules import Condition, EventType, Power


def by_power(plan: Basis, event: EventType, power: Power | None) -> Moves:
    """List the recorded occurrences of an event that one power lets come about.

    Args:
        plan: Gives what the power's condition rests on.
        event: Its declaration.
        power: `None` where everybody's act counts.

    Source:
        Design, section 3.1, point 5: an act without power has no effect.
    """
    found = recorded_moves(plan.symbols, plan.world, event, power)
    if power is None or not len(found):
        return found
    if power.condition is not None:
        table = plan.condition(power.condition, frozenset(event.params))
        found = filter_moves(found, table, plan.symbols)
    if power.unstated is not None:
        found = found.doubted(np.zeros(len(found), dtype=bool))
    return found


def asked_of(power: Power) -> Iterator[Condition]:
    """Give what must be so for an act of whoever holds a power to count.

    Source:
        Design, section 3.1, point 5.
    """
    if power.condition is not None:
        yield power.condition
    if power.unstated is not None:
        yield Unstated(power.unstated)
