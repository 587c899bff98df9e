"""Numbers in time: what a count, a tally or a sum comes to, surely and possibly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vigens.engine.axis import Ints
    from vigens.engine.tables import Table


@dataclass(frozen=True, slots=True, eq=False)
class Sum:
    """A number in time for each row: steps at flat instants, from a constant.

    Attributes:
        places: (n,) int64 flat instants.
        deltas: (n,) int64 steps; each row's steps add up to 0 at its end.
        base: What is added throughout.
    """

    places: Ints
    deltas: Ints
    base: int


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """A number in time between a surely and a possibly reached side.

    Attributes:
        shape: Whose rows the sums have.
        low: What is surely reached.
        high: What is possibly reached.
        unbounded: Where nobody can say how many more there are; `None` for nowhere.
        scale: How many units of the sums make one.
        bottomless: Where nobody can say how many fewer there are; `None` for nowhere.
    """

    shape: Table
    low: Sum
    high: Sum
    unbounded: Table | None
    scale: int = 1
    bottomless: Table | None = None
