"""What occurs without a member's doing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.derived import derived_from_gaps, derived_moves
from vigens.engine.keys import close
from vigens.engine.moves import Moves, join_moves
from vigens.engine.occurrences import recorded_moves
from vigens.engine.symbols import Packing

if TYPE_CHECKING:
    from vigens.engine.axis import Ints
    from vigens.engine.queue.members import Members


def outside_moves(members: Members, event: str) -> Moves:
    """List the occurrences of an event that do not rest on a member.

    Source:
        Design, section 3.1, point 1.
    """
    plan = members.plan
    if event not in members.events:
        return plan.moves(event)
    brought = [
        find(plan, provision)
        for provision in members.provisions(event)
        if not members.reads_members(provision)
        for find in (derived_moves, derived_from_gaps)
    ]
    return join_moves(plan.symbols, [plan.recorded(event), *brought])


def keys_recorded(members: Members, event: str) -> Ints:
    """List the keys of what occurs without a member's doing, whoever had the power.

    Source:
        Design, section 4.6.
    """
    plan = members.plan
    declared = plan.world.program.events[event]
    keys = recorded_moves(plan.symbols, plan.world, declared).keys
    if event in members.events and event not in members.powered:
        packing = Packing(plan.symbols, declared.params)
        keys = close(packing, np.append(keys, outside_moves(members, event).keys))
    return keys
