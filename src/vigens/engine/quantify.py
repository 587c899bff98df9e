"""Quantifiers: each, some, at least so many, a share; by sums over members.

A sum has a surely reached and a possibly reached side; each member is one unknown, so
both are reached by some completion. Two counts that are compared are bounded apart,
which is sound.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.basis import Basis
from vigens.engine.batched import (
    EMPTY,
    difference,
    everywhere,
    from_spans,
    intersect,
    steps_at_least,
    union,
)
from vigens.engine.counted import Sum
from vigens.engine.intervals import HIGH
from vigens.engine.members import (
    domain_codes,
    guard_of,
    members_of,
    present,
    reaches,
    steps_of,
    unseen_members,
    weights_of,
)
from vigens.engine.symbols import Packing
from vigens.engine.tables import (
    Table,
    all_of,
    any_of,
    constant,
    negation,
    of_runs,
    spread,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.engine.members import Inner
    from vigens.rules import Quantified, Variable


def quantify(plan: Basis, condition: Quantified, inner: Inner) -> Table:
    """Work out a quantifier for every choice of the other variables.

    Args:
        plan: Gives states, values and where nobody looked.
        condition: The quantifier.
        inner: Works out a condition inside it.

    Source:
        Design, sections 3.1 (point 7) and 4.3: tight, each member being one unknown.
    """
    symbols = plan.symbols
    body = inner(condition.body, condition.variable)
    guard = guard_of(condition, inner)
    if condition.share is not None:
        return _share(plan, condition, guard, body)
    if condition.at_least is None:
        failing = all_of(symbols, [*guard, negation(body)])
        return negation(_some(plan, condition, failing, 1))
    need = condition.at_least
    if condition.weights is not None:
        need *= plan.world.program.weights[condition.weights].scale
    need += 1 if condition.is_more else 0
    found = _some(plan, condition, all_of(symbols, [*guard, body]), need)
    return _with_counts(plan, condition, found, need)


def _some(plan: Basis, condition: Quantified, asked: Table, need: int) -> Table:
    """Say where so many members, or so much weight, satisfy a table."""
    if need <= 0:
        every = everywhere(1)
        return constant(plan.symbols, every, every)
    table = present(plan, condition, asked)
    surely = members_of(plan, condition, table, surely=True)
    total = steps_at_least(*steps_of(surely, 1), need)
    shape = (surely.variables, surely.packing, surely.keys)
    unseen = unseen_members(plan, condition, asked)
    if table.is_known and not len(unseen.possibly):
        return of_runs(*shape, (total, total))
    possibly = members_of(plan, condition, table, surely=False)
    outer = steps_at_least(*steps_of(possibly, 1), need)
    found = of_runs(*shape, (total, outer))
    return any_of(plan.symbols, [found, unseen]) if len(unseen.possibly) else found


def _share(
    plan: Basis, condition: Quantified, guard: Sequence[Table], body: Table
) -> Table:
    """Say where those that satisfy it make up at least p of q parts.

    Who satisfies it adds q - p, who is there and does not takes p away; a sum of at
    least 0 is the share. Whoever is not there adds nothing.
    """
    symbols = plan.symbols
    there = (
        all_of(symbols, guard)
        if guard
        else constant(symbols, everywhere(1), everywhere(1))
    )
    there = _over(plan, there, condition.variable)
    need = None if guard else _share_of_all(plan, condition)
    if need is not None:
        found = _some(plan, condition, body, need)
        return _share_with_counts(plan, condition, found, there)
    having = all_of(symbols, [*guard, body])
    lacking = all_of(symbols, [*guard, negation(body)])
    both = any_of(symbols, [having, lacking])
    having = present(plan, condition, spread(having, symbols, both))
    lacking = present(plan, condition, spread(lacking, symbols, both))
    both = any_of(symbols, [having, lacking])
    having, lacking = spread(having, symbols, both), spread(lacking, symbols, both)
    found = _share_reached(plan, condition, having, lacking)
    unseen = unseen_members(plan, condition, both)
    if len(unseen.possibly):
        unseen = spread(unseen, symbols, found)
        found = replace(
            found,
            surely=difference(found.surely, unseen.possibly, len(found.keys)),
            possibly=union(found.possibly, unseen.possibly),
        )
    found = all_of(symbols, [found, _some(plan, condition, there, 1)])
    return _share_with_counts(plan, condition, found, there)


def _share_of_all(plan: Basis, condition: Quantified) -> int | None:
    """Say how many are a share, where the same members are always there.

    `None` where they are not, or where there are none.
    """
    assert condition.share is not None
    if plan.presence(condition) is not None:
        return None
    name, sort = condition.weights, condition.variable.sort
    weights = weights_of(plan, name, sort, domain_codes(plan, condition))
    if not len(weights) or int(weights.min()) < 0 or not weights.any():
        return None
    p, q = condition.share
    parts = p * int(weights.sum()) + (1 if condition.is_more else 0)
    return -(-parts // q)


def _share_reached(
    plan: Basis, condition: Quantified, having: Table, lacking: Table
) -> Table:
    """Say where who satisfies it outweighs who is there and does not."""
    assert condition.share is not None
    p, q = condition.share
    need = 1 if condition.is_more else 0
    is_known = having.is_known and lacking.is_known
    sides = []
    for is_sure in (True,) if is_known else (True, False):
        more = members_of(plan, condition, having, surely=is_sure)
        less = members_of(plan, condition, lacking, surely=not is_sure)
        plus, minus = steps_of(more, q - p), steps_of(less, -p)
        base = Sum(
            np.concatenate((plus[0], minus[0])), np.concatenate((plus[1], minus[1])), 0
        )
        sides.append(reaches(base, need, len(more.keys)))
    shape = (more.variables, more.packing, more.keys)
    return of_runs(*shape, (sides[0], sides[-1]))


def _over(plan: Basis, table: Table, variable: Variable) -> Table:
    """Give a table a variable that it does not mention."""
    if variable in table.variables:
        return table
    packing = Packing(plan.symbols, (variable,))
    if table.variables:
        return table
    return Table((variable,), packing, table.keys, table.surely, table.possibly)


def _with_counts(plan: Basis, condition: Quantified, found: Table, need: int) -> Table:
    """Let an anonymous count reach a number that no named ones reach.

    Source:
        Design, section 4.3: combined by maximum, never by sum.
    """
    sure = [(s, e) for s, e, least in plan.counted(condition) if least >= need]
    counts = plan.seen_counts(condition)
    maybe = [(one.first, HIGH) for one in counts if one.at_least >= need]
    if not sure and not maybe:
        return found
    # Who was counted may stay, or be joined by others whom nobody names.
    surely, possibly = from_spans([sure]), from_spans([[*sure, *maybe]])
    return any_of(plan.symbols, [found, constant(plan.symbols, surely, possibly)])


def _share_with_counts(
    plan: Basis, condition: Quantified, found: Table, there: Table
) -> Table:
    """Let an anonymous count reach a share of all that may be there.

    Source:
        Design, section 4.3: anonymous counts are observations with a measure.
    """
    counts = list(plan.seen_counts(condition))
    if not counts or condition.weights is not None or condition.share is None:
        return found
    p, q = condition.share
    most = members_of(plan, condition, present(plan, condition, there), surely=False)
    places, deltas = steps_of(most, -p)
    shape = (most.variables, most.packing, most.keys)
    unseen = unseen_members(plan, condition, there)
    tables = [found]
    for start, end, least in plan.counted(condition):
        total = Sum(places, deltas, q * least)
        enough = reaches(total, 1 if condition.is_more else 0, len(most.keys))
        span = from_spans([[(start, end)]])
        runs = intersect(enough, span, np.zeros_like(most.keys))
        table = of_runs(*shape, (runs, runs))
        tables.append(all_of(plan.symbols, [table, negation(unseen)]))
    maybe = from_spans([[(min(one.first for one in counts), HIGH)]])
    tables.append(constant(plan.symbols, EMPTY, maybe))
    return any_of(plan.symbols, tables)
