"""Quantifiers, counts and comparisons: sums over the members of a sort, as sweeps.

Each member adds its score while it satisfies something. A sum has a surely reached and
a possibly reached side; each member is one unknown, so both are reached by some
completion. Two counts that are compared are bounded apart, which is sound.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.axis import moved, rows_of
from vigens.engine.basis import Basis, Sum
from vigens.engine.batched import (
    EMPTY,
    Runs,
    complement,
    difference,
    everywhere,
    from_spans,
    gather,
    intersect,
    steps_at_least,
    union,
)
from vigens.engine.intervals import HIGH
from vigens.engine.keys import close, distinct, lift
from vigens.engine.symbols import OTHER, Packing
from vigens.engine.tables import (
    Table,
    all_of,
    any_of,
    constant,
    negation,
    of_runs,
    spread,
)
from vigens.rules import (
    Condition,
    Constant,
    Count,
    Quantified,
    Variable,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vigens.engine.axis import Ints

    Inner = Callable[[Condition, Variable | None], Table]


@dataclass(frozen=True, slots=True, eq=False)
class Members:
    """What the members of a sort satisfy, gathered by the other variables.

    Attributes:
        variables: The other variables.
        packing: Of their keys.
        keys: (k,) int64, increasing and closed.
        runs: Where members satisfy it; rows are those of `keys`, a row for each member.
        weights: (n,) int64, weight of the member of each run.
    """

    variables: tuple[Variable, ...]
    packing: Packing
    keys: Ints
    runs: Runs
    weights: Ints


def domain_codes(plan: Basis, ranging: Quantified | Count) -> Ints:
    """List the codes of the declared or named members that a quantifier ranges over.

    Source:
        Design, section 3.1, point 7.
    """
    sort, owner = ranging.variable.sort, ranging.owner
    program, symbols = plan.world.program, plan.symbols
    if isinstance(owner, Constant):
        text = program.instruments.get(owner.value)
        names = [part.name for part in text.components] if text else []
        return symbols.codes("component", names)
    if owner is not None or not program.sorts[sort].is_open:
        return symbols.declared(sort)
    return np.arange(1, len(symbols.words(sort)), dtype=np.int64)


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


def guard_of(ranging: Quantified | Count, inner: Inner) -> list[Table]:
    """List what a member must be for a quantifier to range over it, if anything."""
    if ranging.guard is None:
        return []
    return [inner(ranging.guard, ranging.variable)]


def present(plan: Basis, ranging: Quantified | Count, table: Table) -> Table:
    """Let a table hold only for members that are there."""
    presence = plan.presence(ranging)
    return table if presence is None else all_of(plan.symbols, [table, presence])


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


def unseen_members(plan: Basis, ranging: Quantified | Count, table: Table) -> Table:
    """Say where members that nobody has recorded may satisfy a table, any number."""
    runs = plan.unseen(ranging)
    keys = np.zeros(1, dtype=np.int64)
    if not len(runs):
        return constant(plan.symbols, EMPTY, EMPTY)
    others = tuple(v for v in table.variables if v != ranging.variable)
    packing = Packing(plan.symbols, others)
    keys = close(packing, _without(table, ranging.variable, packing))
    rows = table.find(_keys_with(table, ranging.variable, packing, keys, OTHER))
    possibly = intersect(gather(table.possibly, rows), runs, np.zeros_like(keys))
    return Table(others, packing, keys, EMPTY, possibly)


def members_of(
    plan: Basis, ranging: Quantified | Count, table: Table, *, surely: bool
) -> Members:
    """Gather the runs of every member by the other variables.

    Args:
        plan: Gives the members and their weights.
        ranging: What ranges.
        table: What is asked of each.
        surely: Its surely side, or its possibly side.

    Source:
        Design, section 4.6.
    """
    runs = table.surely if surely else table.possibly
    variable = ranging.variable
    others = tuple(v for v in table.variables if v != variable)
    packing = Packing(plan.symbols, others)
    keys = close(packing, _without(table, variable, packing))
    codes = domain_codes(plan, ranging)
    weights = weights_of(plan, ranging.weights, variable.sort, codes)
    if variable not in table.variables:
        rows = table.find(lift(table, packing, range(len(others)), keys))
        narrow = gather(runs, rows)
        total = np.full(len(narrow), int(weights.sum()))
        return Members(others, packing, keys, narrow, total)
    at = rows_of(runs.starts)
    if is_named(table, at):
        own = np.searchsorted(keys, _project(table, variable, packing))
        scale = np.zeros(len(plan.symbols.words(variable.sort)), dtype=np.int64)
        scale[codes] = weights
        score = scale.take(table.column(table.variables.index(variable)).take(at))
        found, own = runs, own.take(at)
    else:
        wide = np.repeat(np.arange(len(keys), dtype=np.int64), len(codes))
        member = np.tile(codes, len(keys))
        named = _keys_with(table, variable, packing, keys.take(wide), member)
        found = gather(runs, table.find(named))
        at = rows_of(found.starts)
        own, score = wide.take(at), np.tile(weights, len(keys)).take(at)
    own_runs = Runs(moved(found.starts, own), moved(found.ends, own))
    return Members(others, packing, keys, own_runs, score)


def is_named(table: Table, rows: Ints) -> bool:
    """Say whether each of some rows names a value for every variable."""
    keys = table.keys.take(distinct(rows))
    return all(
        bool((table.packing.unpack(keys, at) != OTHER).all())
        for at in range(len(table.variables))
    )


def _without(table: Table, variable: Variable, packing: Packing) -> Ints:
    """List the keys of the other variables of a table."""
    return distinct(_project(table, variable, packing))


def _project(table: Table, variable: Variable, packing: Packing) -> Ints:
    """Read the keys of the other variables off a table, for each row."""
    keys = np.zeros(len(table.keys), dtype=np.int64)
    others = [at for at, v in enumerate(table.variables) if v != variable]
    for shift, at in zip(packing.shifts, others, strict=True):
        keys |= table.column(at) << shift
    return keys


def _keys_with(
    table: Table,
    variable: Variable,
    packing: Packing,
    keys: Ints,
    codes: Ints | int,
) -> Ints:
    """Join keys of the other variables with codes of the one that ranges."""
    found = np.zeros(len(keys), dtype=np.int64)
    place = 0
    for at, own in enumerate(table.variables):
        if own == variable:
            found |= np.asarray(codes, dtype=np.int64) << table.packing.shifts[at]
        else:
            found |= packing.unpack(keys, place) << table.packing.shifts[at]
            place += 1
    return found


def weights_of(plan: Basis, name: str | None, sort: str, codes: Ints) -> Ints:
    """Give what each member adds: 1, or its declared weight.

    Source:
        Design, section 3.1, points 1 and 7.
    """
    if name is None:
        return np.ones(len(codes), dtype=np.int64)
    amounts = plan.world.program.weights[name].amounts
    words = plan.symbols.words(sort)
    found = [amounts.get(words[code], 0) for code in codes.tolist()]
    return np.asarray(found, dtype=np.int64)


def steps_of(members: Members, factor: int) -> tuple[Ints, Ints]:
    """Let each run of a member add its weight, so many times, as steps of a sum.

    Source:
        Sweep line; design, section 4.6.
    """
    weights = members.weights * factor
    return (
        np.concatenate((members.runs.starts, members.runs.ends)),
        np.concatenate((weights, -weights)),
    )


def _share(
    plan: Basis, condition: Quantified, guard: Sequence[Table], body: Table
) -> Table:
    """Say where those that satisfy it make up at least p of q parts.

    Who satisfies it adds q - p, who is there and does not takes p away; a sum of at
    least 0 is the share. Whoever is not there adds nothing.
    """
    assert condition.share is not None
    p, q = condition.share
    symbols = plan.symbols
    having = all_of(symbols, [*guard, body])
    lacking = all_of(symbols, [*guard, negation(body)])
    both = any_of(symbols, [having, lacking])
    having = present(plan, condition, spread(having, symbols, both))
    lacking = present(plan, condition, spread(lacking, symbols, both))
    both = any_of(symbols, [having, lacking])
    having, lacking = spread(having, symbols, both), spread(lacking, symbols, both)
    need = 1 if condition.is_more else 0
    sides = []
    for is_sure in (True, False):
        more = members_of(plan, condition, having, surely=is_sure)
        less = members_of(plan, condition, lacking, surely=not is_sure)
        plus, minus = steps_of(more, q - p), steps_of(less, -p)
        base = Sum(
            np.concatenate((plus[0], minus[0])), np.concatenate((plus[1], minus[1])), 0
        )
        sides.append(reaches(base, need, len(more.keys)))
    shape = (more.variables, more.packing, more.keys)
    found = of_runs(*shape, (sides[0], sides[1]))
    there = (
        all_of(symbols, guard)
        if guard
        else constant(symbols, everywhere(1), everywhere(1))
    )
    unseen = unseen_members(plan, condition, both)
    if len(unseen.possibly):
        found = Table(
            *shape,
            difference(
                found.surely, spread(unseen, symbols, found).possibly, len(found.keys)
            ),
            union(found.possibly, spread(unseen, symbols, found).possibly),
        )
    there = _over(plan, there, condition.variable)
    there_is = _some(plan, condition, there, 1)
    found = all_of(symbols, [found, there_is])
    return _share_with_counts(plan, condition, found, there)


def _over(plan: Basis, table: Table, variable: Variable) -> Table:
    """Give a table a variable that it does not mention."""
    if variable in table.variables:
        return table
    packing = Packing(plan.symbols, (variable,))
    if table.variables:
        return table
    return Table((variable,), packing, table.keys, table.surely, table.possibly)


def reaches(total: Sum, need: int, n_rows: int) -> Runs:
    """Say where a sum, which may be below 0, is at least a number."""
    need -= total.base
    if need > 0:
        return steps_at_least(total.places, total.deltas, need)
    below = steps_at_least(total.places, -total.deltas, 1 - need)
    return complement(below, n_rows)


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
