"""For whom the duties of a circle may come about: the keys of their instances."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from vigens.engine.axis import MOST_ROWS, TooManyRowsError
from vigens.engine.batched import gather
from vigens.engine.fluents import arranged
from vigens.engine.owed import Owed
from vigens.engine.queue.members import DUTY
from vigens.rules import AllOf, Atom

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.engine.axis import Ints
    from vigens.engine.basis import Basis
    from vigens.engine.symbols import Packing
    from vigens.rules import Condition, Obligation, Variable


class Layout(Protocol):
    """The rows of each member, as far as they matter here."""

    params: dict[str, tuple[Variable, ...]]
    packing: dict[str, Packing]

    @property
    def plan(self) -> Basis:
        """Give everything that lies outside."""


def keys_of_owers(layout: Layout, sketch: Basis, node: str, keys: Ints) -> Ints:
    """Give keys that name no obligor one of their own for each who may owe.

    Source:
        Design, section 3.1, point 4.
    """
    duty = layout.plan.world.program.obligations[node.removeprefix(DUTY)]
    packing = layout.packing[node]
    if duty.obligor_role is None:
        return keys | (Owed(layout.plan, duty).code << packing.shifts[0])
    open_keys = keys[packing.unpack(keys, 0) == 0]
    codes = owers_of(layout.plan, sketch, duty) << packing.shifts[0]
    if len(open_keys) * len(codes) > MOST_ROWS:
        raise TooManyRowsError(len(open_keys) * len(codes))
    pairs = np.repeat(open_keys, len(codes)) | np.tile(codes, len(open_keys))
    return np.concatenate((keys, pairs))


def owers_of(plan: Basis, sketch: Basis, duty: Obligation) -> Ints:
    """List the codes of whoever may have the obligor's role.

    Source:
        Design, section 3.1, point 4.
    """
    assert duty.obligor_role is not None
    sort = plan.world.program.fluents[duty.obligor_role].params[0].sort
    table = sketch.state(duty.obligor_role)
    is_for_all = bool(plan.world.program.fluents[duty.obligor_role].initially)
    if is_for_all or len(gather(table.possibly, np.zeros(1, dtype=np.int64))):
        return np.arange(len(plan.symbols.words(sort)), dtype=np.int64)
    return table.column(0)


def state_triggers(plan: Basis, owed: Owed) -> Iterator[Condition | None]:
    """List the states that make a duty due, of whoever has the role; `None` for always.

    Source:
        Design, section 3.1, point 4.
    """
    role = owed.duty.obligor_role
    has_role = () if role is None else (Atom(role, owed.variables[:1]),)
    held = [
        trigger.condition
        for trigger in owed.duty.triggers
        if trigger.condition is not None and plan.is_read(trigger.reading)
    ]
    for condition in held:
        yield AllOf((*has_role, condition))
    if not owed.duty.triggers:
        yield AllOf(has_role) if has_role else None


def always_owed(layout: Layout, sketch: Basis, name: str) -> Ints:
    """Give the keys for which a state, or nothing at all, makes a duty due.

    Source:
        Design, section 3.1, point 4.
    """
    plan, node = layout.plan, DUTY + name
    owed = Owed(plan, plan.world.program.obligations[name])
    params, packing = layout.params[node], layout.packing[node]
    found = [np.zeros(1, dtype=np.int64)]
    for condition in state_triggers(plan, owed):
        if condition is None:
            continue
        table = sketch.condition(condition, frozenset(params))
        found.append(arranged(plan.symbols, table, params).keys)
    keys = np.concatenate(found)
    if owed.duty.obligor_role is None:
        keys |= owed.code << packing.shifts[0]
    return keys
