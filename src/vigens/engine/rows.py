"""What holds when, as columns and as rows: for tables, exports and comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.axis import flat, rows_of
from vigens.engine.batched import holds_at
from vigens.engine.columns import IntervalColumns, Shown, columns_of
from vigens.rules import Constant, Tallied

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.engine.evaluate import Evaluation


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
    plan, shown = evaluation.plan, Shown(is_surely, until)
    found = plan.kept.columns.get((name, state, shown))
    if found is None:
        found = None if state is None else plan.duty_columns(name, state, until)
        if found is None:
            table = plan.state(name) if state is None else plan.duty(name, state)
            found = columns_of(plan.symbols, table, shown)
        plan.kept.columns[name, state, shown] = found
    return found


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
