"""What holds when, as columns and as rows: for tables, exports and comparison."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from vigens.engine.axis import flat, instants_of, rows_of
from vigens.engine.batched import holds_at
from vigens.engine.keys import are_named
from vigens.engine.symbols import OTHER
from vigens.model import Coded
from vigens.rules import Constant, Tallied

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from vigens.engine.evaluate import Evaluation


@dataclass(frozen=True, slots=True)
class IntervalColumns:
    """Maximal intervals of a state, for all values at once.

    Attributes:
        names: Its arguments.
        values: One column for each argument.
        starts: (n,) int64, UTC seconds; the outermost instant where it held ever since.
        ends: (n,) int64, UTC seconds, excluded.
    """

    names: tuple[str, ...]
    values: tuple[Coded, ...]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Give each interval as its arguments, start and end."""
        columns = [spell(column) for column in self.values]
        starts, ends = spell_numbers(self.starts), spell_numbers(self.ends)
        return zip(*columns, starts, ends, strict=True)


def spell(column: Coded, words: Sequence[object] | None = None) -> list[Any]:
    """Give a column as a list; each value is one object, however often it stands there.

    Args:
        column: As codes.
        words: What to give in place of its words.

    Source:
        Design, section 4.6.
    """
    known = np.empty(len(column.words), dtype=object)
    known[:] = column.words if words is None else words
    found: list[Any] = known.take(column.codes).tolist()
    return found


def spell_numbers(numbers: NDArray[np.int64]) -> list[int]:
    """Give whole numbers as a list; where they lie close together, each is one object.

    Source:
        Design, section 4.6.
    """
    if not len(numbers):
        return []
    low, high = int(numbers.min()), int(numbers.max())
    found: list[int] = (
        np.arange(low, high + 1).astype(object).take(numbers - low).tolist()
        if high - low < len(numbers)
        else numbers.tolist()
    )
    return found


def interval_columns(
    evaluation: Evaluation,
    name: str,
    *,
    state: str | None = None,
    is_surely: bool = True,
    until: int | None = None,
) -> IntervalColumns:
    """Give where a fluent, or a state of a duty, holds: every named value at once.

    Args:
        evaluation: What is known.
        name: A fluent, or an obligation.
        state: Of the obligation, as in `vigens.rules.InState`.
        is_surely: Where it surely holds, or else where it possibly does.
        until: Cut everything at this instant, UTC seconds.

    Source:
        Design, section 4.6.
    """
    plan = evaluation.plan
    table = plan.state(name) if state is None else plan.duty(name, state)
    runs = table.surely if is_surely else table.possibly
    rows = rows_of(runs.starts)
    keys = table.keys.take(rows)
    starts, ends = instants_of(runs.starts), instants_of(runs.ends)
    keep = np.ones(len(keys), bool)
    if not are_named(table.packing, keys):
        for at in range(len(table.variables)):
            keep &= table.packing.unpack(keys, at) != OTHER
    if until is not None:
        ends = np.minimum(ends, until)
        keep &= starts < ends
    if not keep.all():
        places = np.flatnonzero(keep)
        keys, starts, ends = keys[places], starts[places], ends[places]
    values = tuple(
        Coded(table.packing.unpack(keys, at), plan.symbols.words(variable.sort))
        for at, variable in enumerate(table.variables)
    )
    names = tuple(variable.name for variable in table.variables)
    return IntervalColumns(names, values, starts, ends)


def tally_bounds(
    evaluation: Evaluation, name: str, values: Sequence[str], instant: int
) -> tuple[int, int | None]:
    """Give what a tally has surely and at most come to at an instant.

    Args:
        evaluation: What is known.
        name: Of a declared tally.
        values: Its arguments.
        instant: UTC seconds.

    Returns:
        Both numbers, in multiples of the smallest decimal of a quantity; the second is
        `None` where there is no upper bound.

    Source:
        Design, section 4.3: outside coverage counts have no upper bound.
    """
    number = Tallied(name, tuple(map(Constant, values)))
    counted = evaluation.plan.tally(number)
    row = counted.shape.find(np.zeros(1, dtype=np.int64))
    at = flat(row, np.array([instant], dtype=np.int64))
    least, most = (
        int(side.deltas[(rows_of(side.places) == row) & (side.places <= at)].sum())
        + side.base
        for side in (counted.low, counted.high)
    )
    endless = counted.unbounded
    if endless is not None:
        row = endless.find(np.zeros(1, dtype=np.int64))
        at = flat(row, np.array([instant], dtype=np.int64))
        if holds_at(endless.possibly, at)[0]:
            return least, None
    return least, most
