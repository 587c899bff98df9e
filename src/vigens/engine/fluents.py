"""States from what starts and stops them, and from conditions under which they hold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.axis import LAST, SHIFT, instants_of, rows_of
from vigens.engine.batched import EMPTY, Runs, canonical, gather, ranges
from vigens.engine.inertia import Changes, inertia_runs
from vigens.engine.intervals import LOW
from vigens.engine.keys import close, distinct
from vigens.engine.moves import (
    Moves,
    filter_moves,
    make_moves,
    no_moves,
    rename_moves,
    settle,
)
from vigens.engine.occurrences import COUNTED
from vigens.engine.projecting import project_moves
from vigens.engine.symbols import OTHER, Packing
from vigens.engine.tables import Table, all_of, any_of, hull, of_runs
from vigens.model import Weight
from vigens.rules import Atom, Constant, Variable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from vigens.engine.axis import Ints
    from vigens.engine.basis import Basis
    from vigens.engine.symbols import Symbols
    from vigens.rules import Change, Condition, Fluent


def state_table(plan: Basis, fluent: Fluent) -> Table:
    """Work out where a fluent holds, for every choice of its arguments.

    Args:
        plan: Gives what it rests on.
        fluent: Of the plan's program.

    Returns:
        A table over the fluent's parameters.

    Source:
        Design, sections 4.3 and 4.6.
    """
    choices = plan.choices(fluent)
    if choices != ({},):
        return hull(
            plan.symbols, [plan.under(choice).state(fluent.name) for choice in choices]
        )
    scope = frozenset(fluent.params)
    parts = [
        arranged(plan.symbols, plan.condition(held.condition, scope), fluent.params)
        for held in fluent.held
        if plan.is_read(held.reading)
    ]
    if fluent.initiated or fluent.initially or not fluent.held:
        parts.append(inertial_table(plan, fluent))
    if not parts:
        none = no_moves(plan.symbols, fluent.params)
        return of_runs(none.variables, none.packing, none.keys, (EMPTY, EMPTY))
    return any_of(plan.symbols, parts)


def arranged(symbols: Symbols, table: Table, params: tuple[Variable, ...]) -> Table:
    """Give a table exactly some variables in order; it has no others.

    Source:
        Relational algebra, projection.
    """
    if table.variables == params:
        return table
    packing = Packing(symbols, params)
    keys = np.zeros(len(table.keys), dtype=np.int64)
    for at, variable in enumerate(table.variables):
        keys |= table.column(at) << packing.shifts[params.index(variable)]
    order = np.argsort(keys, kind="stable")
    if (order[1:] > order[:-1]).all():
        return Table(params, packing, keys, table.surely, table.possibly)
    surely = gather(table.surely, order)
    possibly = surely if table.is_known else gather(table.possibly, order)
    return Table(params, packing, keys.take(order), surely, possibly)


def inertial_table(plan: Basis, fluent: Fluent) -> Table:
    """Work out what changes and observations alone make of a fluent.

    Source:
        Design, section 4.3.
    """
    begins, ends = starts(plan, fluent), stops(plan, fluent)
    groups = [*begins, *ends]
    packing = Packing(plan.symbols, fluent.params)
    keys = np.zeros(1, dtype=np.int64)
    several = {id(group.keys): group.keys for group in groups}
    if len(several) == 1:
        keys = next(iter(several.values()))
    elif several:
        named = list(several.values())
        if fluent.has_values:
            named += [blocks_of(packing, found) for found in several.values()]
        keys = close(packing, np.concatenate(named))
    started = [settle(group, keys) for group in begins]
    stopped = [settle(group, keys) for group in ends]
    if fluent.has_values:
        stopped.extend(_crowded_out(group, packing) for group in started)
    surely, possibly = inertia_runs(len(keys), _changes(started), _changes(stopped))
    return of_runs(fluent.params, packing, keys, (surely, possibly))


def starts(plan: Basis, fluent: Fluent) -> list[Moves]:
    """List what starts a fluent, as groups of moves over its parameters.

    Source:
        Design, section 4.3.
    """
    found = [*_by_rules(plan, fluent, fluent.initiated), *outset(plan, fluent)]
    found.append(seen_moves(plan, fluent, holds=True))
    return [group for group in found if len(group)]


def stops(plan: Basis, fluent: Fluent) -> list[Moves]:
    """List what stops a fluent, as groups of moves over its parameters.

    Source:
        Design, section 4.3.
    """
    found = [*_by_rules(plan, fluent, fluent.terminated)]
    found.append(seen_moves(plan, fluent, holds=False))
    return [group for group in found if len(group)]


def _by_rules(
    plan: Basis, fluent: Fluent, changes: Sequence[Change]
) -> Iterator[Moves]:
    for change in changes:
        if plan.is_read(change.reading):
            yield _of_rule(plan, fluent, change)
            if isinstance(change.event, Atom):
                yield _of_gaps(plan, fluent, change, change.event)


def _of_rule(plan: Basis, fluent: Fluent, change: Change) -> Moves:
    moves = plan.occurs(change.event)
    if change.when is not None and len(moves):
        scope = frozenset((*fluent.own, *moves.variables))
        moves = filter_moves(moves, plan.condition(change.when, scope), plan.symbols)
    if change.perhaps is not None:
        moves = moves.doubted(np.zeros(len(moves), dtype=bool))
    return to_params(plan.symbols, fluent, change, moves)


def to_params(symbols: Symbols, fluent: Fluent, change: Change, moves: Moves) -> Moves:
    """Give moves the parameters of a fluent, its value among them.

    Source:
        Relational algebra, projection.
    """
    value = change.value if fluent.has_values else None
    if value is None:
        if fluent.has_values:  # a value that the event names is not meant
            moves = project_moves(symbols, moves, fluent.own)
        return project_moves(symbols, moves, fluent.params)
    last = fluent.params[-1]
    if isinstance(value, Variable) and value not in fluent.own:
        # What else the event names goes first: it may bear the name of the value.
        named = project_moves(symbols, moves, (*fluent.own, value))
        return rename_moves(named, {value: last})
    narrow = project_moves(symbols, moves, fluent.own)
    if isinstance(value, Variable):
        code = narrow.packing.unpack(narrow.keys, fluent.own.index(value))
        return with_value(symbols, narrow, last, code)
    return with_value(symbols, narrow, last, symbols.code(last.sort, value.value))


def with_value(
    symbols: Symbols, moves: Moves, variable: Variable, code: Ints | int
) -> Moves:
    """Add a last variable to moves, with one value or one for each key.

    Source:
        Relational algebra, product.
    """
    variables = (*moves.variables, variable)
    packing = Packing(symbols, variables)
    wide = (moves.keys << packing.bits[-1]) | code
    keys = close(packing, wide)
    rows = np.searchsorted(keys, wide).take(moves.rows)
    return replace(moves, variables=variables, packing=packing, keys=keys, rows=rows)


def _of_gaps(plan: Basis, fluent: Fluent, change: Change, event: Atom) -> Moves:
    """Let an unrecorded occurrence come about wherever nobody looked."""
    value = change.value if fluent.has_values else None
    owned = {*fluent.own, value} if isinstance(value, Variable) else {*fluent.own}
    moves = unseen_moves(plan, event, change.when, owned)
    return to_params(plan.symbols, fluent, change, moves)


def unseen_moves(
    plan: Basis, event: Atom, when: Condition | None, owned: Collection[Variable]
) -> Moves:
    """List where an unrecorded occurrence is possible, as moves that are not sure.

    Args:
        plan: Says where nobody looked.
        event: The pattern.
        when: What must hold just before; it is not read where it is about more than
            the variables that matter.
        owned: The variables that matter.

    Source:
        Design, section 4.3, cause 3.
    """
    bound = tuple(
        term
        for term in dict.fromkeys(event.terms)
        if isinstance(term, Variable) and term in owned
    )
    table = plan.gaps(event, bound)
    if when is not None and len(table.possibly):
        room = plan.condition(when, frozenset((*owned, *_variables(event))))
        if all(variable in owned for variable in room.variables):
            after = replace(room, surely=EMPTY, possibly=shown_after(room.possibly))
            table = all_of(plan.symbols, [table, after])
    return moves_in(table)


def _variables(event: Atom) -> tuple[Variable, ...]:
    return tuple(term for term in event.terms if isinstance(term, Variable))


def shown_after(runs: Runs) -> Runs:
    """Move runs on by a second: a rule reads the state just before."""
    ends = np.minimum(runs.ends + 1, (runs.ends >> SHIFT << SHIFT) + LAST)
    return canonical(runs.starts + 1, ends)


def moves_in(table: Table) -> Moves:
    """Read the possible runs of a table as unsure moves.

    Source:
        Design, section 4.3, cause 3.
    """
    runs = table.possibly
    none = np.zeros(len(runs), dtype=bool)
    origin = np.full(len(runs), -1, dtype=np.int64)
    first, last = instants_of(runs.starts), instants_of(runs.ends - 1)
    return Moves(
        table.variables,
        table.packing,
        table.keys,
        rows_of(runs.starts),
        first,
        last,
        none,
        origin,
    )


def outset(plan: Basis, fluent: Fluent) -> Iterator[Moves]:
    """List what holds from the beginning.

    Source:
        Design, section 3.
    """
    at = np.asarray([LOW], dtype=np.int64)
    timing = (at, at, np.ones(1, dtype=bool), np.full(1, -1, dtype=np.int64))
    zero = np.zeros(1, dtype=np.int64)
    for initial in fluent.initially:
        columns = [zero for _ in fluent.params]
        if fluent.has_values and isinstance(initial.value, Constant):
            last = fluent.params[-1]
            columns[-1] = zero + plan.symbols.code(last.sort, initial.value.value)
        yield make_moves(plan.symbols, fluent.params, columns, timing)


def seen_moves(plan: Basis, fluent: Fluent, *, holds: bool) -> Moves:
    """List the observations that a fluent holds, or that it does not.

    Source:
        Design, section 4.3: observations anchor a state again.
    """
    seen = [
        one
        for one in plan.world.sightings.get(fluent.name, ())
        if one.holds is holds and one.weight in COUNTED
    ]
    if not seen:
        return no_moves(plan.symbols, fluent.params)
    columns = [
        plan.symbols.codes(param.sort, [one.values[at] for one in seen])
        for at, param in enumerate(fluent.params)
    ]
    first = np.asarray([one.first for one in seen], dtype=np.int64)
    last = np.asarray([one.last for one in seen], dtype=np.int64)
    sure = np.asarray([one.weight is Weight.SURE for one in seen], dtype=bool)
    origin = np.full(len(seen), -1, dtype=np.int64)
    if np.array_equal(first, last):
        last = first
    return make_moves(plan.symbols, fluent.params, columns, (first, last, sure, origin))


def _crowded_out(started: Moves, packing: Packing) -> Moves:
    """Let the start of one value stop every other value of the same fluent."""
    bits = packing.bits[-1]
    block = started.keys >> bits
    value = started.keys & ((1 << bits) - 1)
    mine = block.take(started.rows)
    low = np.searchsorted(block, mine, side="left")
    counts = np.searchsorted(block, mine, side="right") - low
    rows: Ints = ranges(low, counts)
    at = np.repeat(np.arange(len(started), dtype=np.int64), counts)
    own = value.take(started.rows).take(at)
    others = np.flatnonzero((value.take(rows) != own) | (own == OTHER))
    found = started.take(at.take(others))
    return replace(found, rows=rows.take(others))


def blocks_of(packing: Packing, keys: Ints) -> Ints:
    """Name whose values are meant: a value that holds of everybody is theirs too.

    Source:
        Design, section 4.6.
    """
    bits = packing.bits[-1]
    return distinct(keys >> bits) << bits


def _changes(groups: Sequence[Moves]) -> Changes:
    if not groups:
        none = np.zeros(0, dtype=np.int64)
        return Changes(none, none, none, none.astype(bool))
    if len(groups) == 1:
        one = groups[0]
        return Changes(one.rows, one.first, one.last, one.sure)
    first = np.concatenate([group.first for group in groups])
    is_exact = all(group.is_exact for group in groups)
    last = first if is_exact else np.concatenate([group.last for group in groups])
    rows = np.concatenate([group.rows for group in groups])
    return Changes(rows, first, last, np.concatenate([g.sure for g in groups]))
