"""The members of a sort that satisfy something, and sums over them as sweeps.

Each member adds its score while it satisfies something.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.axis import moved, rows_of
from vigens.engine.basis import Basis
from vigens.engine.batched import (
    EMPTY,
    Runs,
    complement,
    gather,
    intersect,
    steps_at_least,
)
from vigens.engine.counted import Sum
from vigens.engine.keys import close, distinct, lift
from vigens.engine.symbols import OTHER, Packing
from vigens.engine.tables import Table, all_of, constant
from vigens.rules import Condition, Constant, Count, Quantified, Variable

if TYPE_CHECKING:
    from collections.abc import Callable

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


def guard_of(ranging: Quantified | Count, inner: Inner) -> list[Table]:
    """List what a member must be for a quantifier to range over it, if anything."""
    if ranging.guard is None:
        return []
    return [inner(ranging.guard, ranging.variable)]


def present(plan: Basis, ranging: Quantified | Count, table: Table) -> Table:
    """Let a table hold only for members that are there."""
    presence = plan.presence(ranging)
    return table if presence is None else all_of(plan.symbols, [table, presence])


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


def reaches(total: Sum, need: int, n_rows: int) -> Runs:
    """Say where a sum, which may be below 0, is at least a number."""
    need -= total.base
    if need > 0:
        return steps_at_least(total.places, total.deltas, need)
    below = steps_at_least(total.places, -total.deltas, 1 - need)
    return complement(below, n_rows)
