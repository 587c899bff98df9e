"""Verdicts of many ground states of one name at one instant, in one pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.batched import spans_of
from vigens.engine.intervals import span_at
from vigens.engine.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.engine.evaluate import Evaluation
    from vigens.rules import Atom


def verdicts_of(
    evaluation: Evaluation, atoms: Sequence[Atom], instant: int
) -> list[Verdict]:
    """Say of each of many ground states of one name whether it holds.

    Args:
        evaluation: Whose answers are asked for.
        atoms: Ground, all of one declared fluent.
        instant: UTC seconds.

    Returns:
        A verdict for each, as `verdict_at` of its bounds would be.

    Source:
        Design, section 4.6: states that share a row are looked at once.
    """
    if not atoms:
        return []
    table = evaluation.plan.state(atoms[0].name)
    columns = zip(*(atom.values for atom in atoms), strict=True)
    codes = [
        evaluation.plan.symbols.codes(variable.sort, values)
        for variable, values in zip(table.variables, columns, strict=True)
    ]
    rows = table.find(table.packing.pack(codes, len(atoms)))
    distinct, places = np.unique(rows, return_inverse=True)
    found = []
    for row in distinct.tolist():
        if span_at(spans_of(table.surely, row), instant):
            found.append(Verdict.HOLDS)
        elif not table.is_known and span_at(spans_of(table.possibly, row), instant):
            found.append(Verdict.OPEN)
        else:
            found.append(Verdict.FAILS)
    return [found[place] for place in places.tolist()]
