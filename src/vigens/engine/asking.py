"""Values that only a question names: where rules compare values, each counts as itself.

Whatever nobody has named stands together in one row, which may be any value. Of one value
among them more is known wherever rules compare it: 1 is below 1.5, whoever named it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.engine.occurrences import number_values
from vigens.engine.symbols import OTHER, Symbols
from vigens.rules import constants_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vigens.engine.order import Order
    from vigens.engine.world import World
    from vigens.rules import Condition

#: Sorts and values.
Strange = frozenset[tuple[str, str]]


def strange_values(
    symbols: Symbols, order: Order, conditions: Iterable[Condition]
) -> Strange:
    """List the values that only questions name and that rules would compare.

    Args:
        symbols: Of the values that the evidence and the rules name.
        order: Of the rules.
        conditions: The questions; they are not read where no rule compares values.

    Source:
        Design, section 4.3: tight wherever each unknown occurs once.
    """
    if not order.compared:
        return frozenset()
    return frozenset(
        (sort, value)
        for condition in conditions
        for sort, value in constants_in(order.program, condition)
        if sort in order.compared and symbols.code(sort, value) == OTHER
    )


def numbered(world: World, strange: Strange) -> Symbols:
    """Give a number to every value of a world, and to some that only questions name.

    Source:
        Design, section 4.6.
    """
    symbols = Symbols(world.program)
    number_values(symbols, world)
    for sort, value in sorted(strange):
        symbols.add(sort, (value,))
    return symbols
