"""Verdicts of many ground states of one name at one instant, in one pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.axis import flat, flat_one
from vigens.engine.batched import holds_at, holds_once
from vigens.engine.verdicts import Verdict, verdict_at
from vigens.rules import AllOf, AnyOf, Atom, Negation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.engine.evaluate import Evaluation
    from vigens.rules import Condition


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
    for variable, column in zip(table.variables, codes, strict=True):
        if variable.sort in evaluation.plan.order.compared and not column.all():
            return [_verdict(evaluation, atom, instant) for atom in atoms]
    rows = table.find(table.packing.pack(codes, len(atoms)))
    now = flat(rows, np.full(len(rows), instant, dtype=np.int64))
    surely = holds_at(table.surely, now).tolist()
    possibly = surely if table.is_known else holds_at(table.possibly, now).tolist()
    return [
        Verdict.HOLDS if is_sure else Verdict.OPEN if may_be else Verdict.FAILS
        for is_sure, may_be in zip(surely, possibly, strict=True)
    ]


def verdict_of(evaluation: Evaluation, condition: Condition, instant: int) -> Verdict:
    """Say of a ground condition whether it holds, from its parts at that instant.

    Args:
        evaluation: Whose answers are asked for.
        condition: Ground.
        instant: UTC seconds.

    Returns:
        As `verdict_at` of its bounds would be.

    Source:
        Design, section 4.3: the logic of three values.
    """
    match condition:
        case Atom():
            return _verdict(evaluation, condition, instant)
        case Negation(inner):
            return _OPPOSITE[verdict_of(evaluation, inner, instant)]
        case AllOf(parts):
            found = {verdict_of(evaluation, part, instant) for part in parts}
            if Verdict.FAILS in found:
                return Verdict.FAILS
            return Verdict.OPEN if Verdict.OPEN in found else Verdict.HOLDS
        case AnyOf(parts):
            found = {verdict_of(evaluation, part, instant) for part in parts}
            if Verdict.HOLDS in found:
                return Verdict.HOLDS
            return Verdict.OPEN if Verdict.OPEN in found else Verdict.FAILS
        case _:
            return verdict_at(evaluation.bounds(condition), instant)


def _verdict(evaluation: Evaluation, atom: Atom, instant: int) -> Verdict:
    """Say of one ground state whether it holds, without laying arrays out for it."""
    plan = evaluation.about(atom).plan
    table = plan.state(atom.name)
    row = table.row_of(plan.symbols, atom.values)
    now = flat_one(row, instant)
    if holds_once(table.surely, now):
        return Verdict.HOLDS
    is_open = not table.is_known and holds_once(table.possibly, now)
    return Verdict.OPEN if is_open else Verdict.FAILS


_OPPOSITE = {
    Verdict.HOLDS: Verdict.FAILS,
    Verdict.FAILS: Verdict.HOLDS,
    Verdict.OPEN: Verdict.OPEN,
}
