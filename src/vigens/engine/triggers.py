"""What makes a duty due: each occurrence of an event, or a state; for whoever owes it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.axis import flat, instants_of, repeated, rows_of
from vigens.engine.batched import (
    EMPTY,
    covers,
    difference,
    everywhere,
    gather,
    holds_at,
    meets,
    ranges,
)
from vigens.engine.fluents import shown_after
from vigens.engine.instances import OUTSET, UNSEEN, Instances
from vigens.engine.intervals import HIGH
from vigens.engine.keys import close
from vigens.engine.moves import Moves, filter_moves, particular
from vigens.engine.readings import may_be_read
from vigens.engine.sorting import stable_order
from vigens.engine.symbols import OTHER
from vigens.engine.tables import Table, all_of, constant
from vigens.rules import Atom, Variable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from vigens.engine.axis import Flags, Ints
    from vigens.engine.keys import Keyed
    from vigens.engine.owed import Owed
    from vigens.rules import Trigger


def find_instances(owed: Owed) -> tuple[Instances, Instances]:
    """List every instance of a duty, also those that only silence lets be.

    Args:
        owed: The duty.

    Returns:
        Those of recorded triggers, and those of triggers that nobody recorded. Each by
        their keys, of the same key in the order of triggers and log.

    Source:
        Design, section 3.1, point 4.
    """
    plan = owed.plan
    found: list[Instances] = []
    unseen: list[Instances] = []
    for place, trigger in enumerate(owed.duty.triggers):
        if not may_be_read(plan.world, trigger.reading):
            continue
        if trigger.event is not None:
            found.append(_upon(owed, trigger, place))
            if isinstance(trigger.event, Atom):
                unseen.append(_unseen(owed, trigger, trigger.event))
        elif trigger.condition is not None:
            scope = frozenset(owed.variables)
            held = plan.condition(trigger.condition, scope)
            found.append(_held(owed, held, place))
    if not owed.duty.triggers:
        always = everywhere(1)
        found.append(_held(owed, constant(plan.symbols, always, always), OUTSET))
    return _joined(owed, found), _joined(owed, unseen)


def _keys(owed: Owed, keyed: Keyed, column: Callable[[int], Ints], size: int) -> Ints:
    """Pack the keys of instances from the columns of something keyed."""
    keys: Ints = np.zeros(size, dtype=np.int64)
    for at, variable in enumerate(owed.variables):
        if at == 0 and owed.role is None:
            keys |= owed.code << owed.packing.shifts[0]
        elif variable in keyed.variables:
            place = keyed.variables.index(variable)
            keys |= column(place) << owed.packing.shifts[at]
    return keys


def _upon(owed: Owed, trigger: Trigger, place: int) -> Instances:
    """List an instance for each occurrence, and for each who had the role before."""
    assert trigger.event is not None
    plan, obligor = owed.plan, owed.variables[0]
    moves = plan.occurs(trigger.event)
    table = None
    if trigger.when is not None:
        scope = frozenset((*owed.variables, *moves.variables))
        table = plan.condition(trigger.when, scope)
        if owed.role is None or obligor not in table.variables:
            moves = filter_moves(moves, table, plan.symbols)
            table = None
    moves = _named(owed, moves)
    is_owed = np.ones(len(moves), dtype=bool)
    keys = _keys(owed, moves, moves.column, len(moves))
    if owed.role is not None:
        at, obligors, is_owed = _with_role(owed.role, moves, obligor)
        moves, keys = moves.take(at), keys.take(at)
        if obligor not in moves.variables:
            keys |= obligors << owed.packing.shifts[0]
    found = Instances(
        owed.variables,
        owed.packing,
        keys,
        moves.first,
        moves.last,
        moves.first,
        repeated(HIGH, len(moves)),
        moves.sure,
        is_owed,
        repeated(place, len(moves)),
        moves.origin,
    )
    return found if table is None else _filtered(found, table)


def _named(owed: Owed, moves: Moves) -> Moves:
    """Let occurrences that name no value for a variable stand for each that matters."""
    used = [at for at, v in enumerate(moves.variables) if v in owed.variables]
    if all(bool((moves.column(at) != OTHER).all()) for at in used):
        return moves
    if owed.role is not None:
        moves = particular(moves, owed.role)
    for keyed in owed.keyed():
        moves = particular(moves, keyed)
    return moves


def _filtered(found: Instances, table: Table) -> Instances:
    """Keep the instances before whose trigger a condition possibly held."""
    if not set(table.variables) <= set(found.variables):
        return replace(found, sure=np.zeros(len(found), dtype=bool))
    rows = found.rows_in(table)
    before = flat(rows, found.first - 1)
    until = np.maximum(flat(rows, found.last), before + 1)
    surely = covers(table.surely, before, until)
    at = np.flatnonzero(meets(table.possibly, before, until))
    found = replace(found, sure=found.sure & surely)
    return found.take(at)


def _with_role(
    role: Table, moves: Moves, obligor: Variable
) -> tuple[Ints, Ints, Flags]:
    """Pair each occurrence with everybody who possibly had a role just before it.

    Returns:
        The move and the obligor's code of each pair, and whether it surely had the role.
    """
    codes = role.column(0)
    if obligor in moves.variables:
        at = np.arange(len(moves), dtype=np.int64)
        rows = role.find(moves.column(moves.variables.index(obligor)))
    elif moves.is_exact:
        return _by_runs(role, moves)
    else:
        at = np.tile(np.arange(len(moves), dtype=np.int64), len(codes))
        rows = np.repeat(np.arange(len(codes), dtype=np.int64), len(moves))
    before = flat(rows, moves.first.take(at) - 1)
    until = np.maximum(flat(rows, moves.last.take(at)), before + 1)
    kept = np.flatnonzero(meets(role.possibly, before, until))
    sure = covers(role.surely, before.take(kept), until.take(kept))
    at = at.take(kept)
    return at, codes.take(rows.take(kept)), sure


def _by_runs(role: Table, moves: Moves) -> tuple[Ints, Ints, Flags]:
    """Lay exact occurrences into the runs of a role; the cost follows the outcome."""
    order, before = None, moves.first - 1
    if (before[1:] < before[:-1]).any():
        order = np.argsort(moves.first, kind="stable")
        before = before.take(order)
    runs = role.possibly
    low = np.searchsorted(before, instants_of(runs.starts), side="left")
    high = np.searchsorted(before, instants_of(runs.ends), side="left")
    counts = np.maximum(high - low, 0)
    place, own = ranges(low, counts), rows_of(runs.starts)
    if role.is_known:
        sure = np.ones(len(place), dtype=bool)
    else:
        rows = np.repeat(own, counts)
        sure = holds_at(role.surely, flat(rows, before.take(place)))
    codes = np.repeat(role.column(0).take(own), counts)
    return place if order is None else order.take(place), codes, sure


def _held(owed: Owed, table: Table, place: int) -> Instances:
    """List an instance for each span in which a state holds for who has the role."""
    if owed.role is not None:
        table = all_of(owed.plan.symbols, [owed.role, table])
    table = _with_particular_keys(table, owed, -HIGH)
    sure_runs, open_runs = table.surely, EMPTY
    if not table.is_known:
        open_runs = difference(table.possibly, table.surely, len(table.keys))
    starts = np.concatenate((sure_runs.starts, open_runs.starts))
    ends = np.concatenate((sure_runs.ends, open_runs.ends))
    sure = np.arange(len(starts)) < len(sure_runs)
    outer = np.searchsorted(table.possibly.starts, starts, side="right") - 1
    begun = instants_of(starts)
    first = instants_of(table.possibly.starts.take(outer))
    last = np.where(sure, begun, HIGH)
    rows = rows_of(starts)
    keys = _keys(owed, table, lambda at: table.column(at).take(rows), len(rows))
    return Instances(
        owed.variables,
        owed.packing,
        keys,
        first,
        first if np.array_equal(first, last) else last,
        begun,
        instants_of(ends),
        sure,
        np.ones(len(rows), dtype=bool),
        np.full(len(rows), place),
        np.full(len(rows), -1),
    )


def _unseen(owed: Owed, trigger: Trigger, event: Atom) -> Instances:
    """List what a trigger that nobody recorded may have made due, once for each key."""
    plan = owed.plan
    variables = _variables(event)
    bound = [v for v in dict.fromkeys(variables) if v in owed.variables]
    tables = [plan.gaps(event, bound)]
    if not len(tables[0].possibly):
        return _joined(owed, [])
    rooms = [] if owed.role is None else [owed.role]
    if trigger.when is not None:
        scope = frozenset((*owed.variables, *variables))
        room = plan.condition(trigger.when, scope)
        if set(room.variables) <= set(owed.variables):
            rooms.append(room)
    tables += [
        replace(room, surely=EMPTY, possibly=shown_after(room.possibly))
        for room in rooms
    ]
    table = all_of(plan.symbols, tables)
    if not len(table.possibly):
        return _joined(owed, [])
    since = int(instants_of(table.possibly.starts).min())
    table = _with_particular_keys(table, owed, since)
    runs = table.possibly
    rows = rows_of(runs.starts)
    at = np.flatnonzero(np.append(True, rows[1:] != rows[:-1]))
    begun, rows = instants_of(runs.starts.take(at)), rows.take(at)
    keys = _keys(owed, table, lambda at: table.column(at).take(rows), len(rows))
    never = np.full(len(rows), HIGH)
    none = np.zeros(len(rows), dtype=bool)
    return Instances(
        owed.variables,
        owed.packing,
        keys,
        begun,
        never,
        begun,
        never,
        none,
        ~none,
        np.full(len(rows), UNSEEN),
        np.full(len(rows), -1),
    )


def _with_particular_keys(table: Table, owed: Owed, since: int) -> Table:
    """Give rows of unnamed values one of their own for each value that matters."""
    used = [at for at, v in enumerate(table.variables) if v in owed.variables[1:]]
    rows = rows_of(table.possibly.starts)
    if all(bool((table.column(at).take(rows) != OTHER).all()) for at in used):
        return table
    keys = particular_keys(table, owed.keyed(since))
    rows = table.find(keys)
    surely = gather(table.surely, rows)
    possibly = surely if table.is_known else gather(table.possibly, rows)
    return replace(table, keys=keys, surely=surely, possibly=possibly)


def _variables(event: Atom) -> tuple[Variable, ...]:
    return tuple(term for term in event.terms if isinstance(term, Variable))


def _joined(owed: Owed, groups: Sequence[Instances]) -> Instances:
    """Put instances together, in the order of their keys."""
    full = [group for group in groups if len(group)]
    if not full:
        none = np.zeros(0, dtype=np.int64)
        flags = none.astype(bool)
        return Instances(
            owed.variables,
            owed.packing,
            *(none, none, none, none, none),
            *(flags, flags),
            *(none, none),
        )
    found = full[0] if len(full) == 1 else _concatenated(full)
    if (found.keys[1:] >= found.keys[:-1]).all():
        return found
    return found.take(stable_order(found.keys))


def _concatenated(groups: Sequence[Instances]) -> Instances:
    def column(name: str) -> Ints:
        return np.concatenate([getattr(group, name) for group in groups])

    first = column("first")
    is_exact = all(group.is_exact for group in groups)
    begins = all(group.starts is group.first for group in groups)
    return replace(
        groups[0],
        keys=column("keys"),
        first=first,
        last=first if is_exact else column("last"),
        starts=first if begins else column("starts"),
        ends=column("ends"),
        sure=column("sure").astype(bool),
        is_owed=column("is_owed").astype(bool),
        trigger=column("trigger"),
        origin=column("origin"),
    )


def particular_keys(own: Keyed, others: Iterable[Keyed]) -> Ints:
    """Add to keys what other things have rows of their own for.

    Args:
        own: With increasing and closed keys.
        others: Whatever the keys are matched against.

    Source:
        Design, section 4.6.
    """
    more = [own.keys]
    for keyed in others:
        if len(keyed.keys) == 1:
            continue
        lifted = np.zeros(len(keyed.keys), dtype=np.int64)
        for at, variable in enumerate(keyed.variables):
            if variable in own.variables:
                shift = own.packing.shifts[own.variables.index(variable)]
                lifted |= keyed.packing.unpack(keyed.keys, at) << shift
        more.append(lifted)
    return own.keys if len(more) == 1 else close(own.packing, np.concatenate(more))
