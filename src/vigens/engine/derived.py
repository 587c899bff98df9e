"""Events that texts bring about: upon another event, or once a condition holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from vigens.chrono import day_start, edtf_bounds, parse_edtf
from vigens.engine.axis import flat
from vigens.engine.batched import canonical, gather, union
from vigens.engine.calendar import begin_of_day, later
from vigens.engine.edges import edges
from vigens.engine.fluents import moves_in
from vigens.engine.intervals import HIGH
from vigens.engine.keys import close, find
from vigens.engine.moves import (
    Moves,
    filter_moves,
    has_unnamed,
    join_moves,
    keyed_moves,
    no_moves,
    select_moves,
    settle,
)
from vigens.engine.projecting import project_moves
from vigens.engine.readings import may_be_read
from vigens.engine.symbols import Packing
from vigens.engine.tables import Table, negation
from vigens.rules import Atom, Constant, Variable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.engine.axis import Ints
    from vigens.engine.basis import Basis
    from vigens.rules import Delay, Provision


def derived_moves(plan: Basis, provision: Provision) -> Moves:
    """Work out when a provision brings its event about.

    An uncertain beginning moves on at both ends. An act comes about at the beginning
    of the day that is reached.

    Args:
        plan: Gives what the provision rests on.
        provision: Of the plan's program.

    Returns:
        Moves over the parameters of the event that it brings.

    Source:
        VCLT article 24; design, sections 3.1 (point 1) and 4.3.
    """
    return _brought(plan, provision, _beginnings(plan, provision))


def with_derived_gaps(
    plan: Basis, event: Atom, variables: Sequence[Variable], own: Table
) -> Table:
    """Add to the gaps of an event what follows from the gaps of others.

    What nobody recorded may have brought it about, a delay earlier.

    Args:
        plan: Gives what the provisions rest on.
        event: The pattern.
        variables: Of the table, in order.
        own: Where the event itself may have gone unrecorded.

    Source:
        Design, section 4.3, cause 3.
    """
    groups = [
        select_moves(plan.symbols, unseen, event.terms)
        for provision in plan.world.program.provisions.values()
        if provision.brings.name == event.name
        and may_be_read(plan.world, provision.reading)
        if len(unseen := _unseen(plan, provision))
    ]
    if not groups:
        return own
    found = join_moves(
        plan.symbols,
        [project_moves(plan.symbols, one, tuple(variables)) for one in groups],
    )
    keys = close(own.packing, np.concatenate((own.keys, found.keys)))
    found = settle(found, keys)
    more = canonical(flat(found.rows, found.first), flat(found.rows, found.last + 1))
    had = gather(own.possibly, find(own.packing, own.keys, keys))
    possibly = union(had, more)
    return replace(own, keys=keys, possibly=possibly)


def _unseen(plan: Basis, provision: Provision) -> Moves:
    """Work out once for a plan what gaps may bring about: many patterns ask for it."""
    kept = plan.kept.unseen
    if provision.name not in kept:
        kept[provision.name] = derived_from_gaps(plan, provision)
    return kept[provision.name]


def derived_from_gaps(plan: Basis, provision: Provision) -> Moves:
    """Work out what a provision may bring about upon what nobody recorded.

    Source:
        Design, section 4.3, cause 3.
    """
    if not isinstance(provision.upon, Atom):
        event = plan.world.program.events[provision.brings.name]
        return no_moves(plan.symbols, event.params)
    terms = dict.fromkeys(provision.upon.terms)
    variables = [term for term in terms if isinstance(term, Variable)]
    return _brought(plan, provision, moves_in(plan.gaps(provision.upon, variables)))


def _brought(plan: Basis, provision: Provision, moves: Moves) -> Moves:
    """Filter and move what a provision rests on."""
    event = plan.world.program.events[provision.brings.name]
    if provision.when is not None and len(moves):
        table = plan.condition(provision.when, frozenset(moves.variables))
        moves = filter_moves(moves, table, plan.symbols)
    if not len(moves):
        return no_moves(plan.symbols, event.params)
    moves = _moved(plan, provision, moves, is_act=event.is_act)
    if provision.unless is not None and len(moves):
        table = plan.condition(provision.unless, frozenset(moves.variables))
        moves = filter_moves(moves, negation(table), plan.symbols)
    is_open = not plan.is_read(provision.reading)
    if provision.perhaps is not None or is_open:
        moves = moves.doubted(np.zeros(len(moves), dtype=bool))
    return as_brought(plan, provision, moves)


def _beginnings(plan: Basis, provision: Provision) -> Moves:
    if provision.upon is not None:
        return plan.occurs(provision.upon)
    assert provision.once is not None
    variables = frozenset(
        term for term in provision.brings.terms if isinstance(term, Variable)
    )
    return edges(plan.condition(provision.once, variables), is_begin=True)


def _moved(plan: Basis, provision: Provision, moves: Moves, *, is_act: bool) -> Moves:
    def move(instants: Ints) -> Ints:
        found = delayed(instants, provision.delay, plan.zone)
        if is_act:
            found = begin_of_day(found, plan.zone)
        if provision.not_before is not None:
            found = np.maximum(found, floor_of(provision.not_before, plan.zone))
        return found

    first = move(moves.first)
    last = first if moves.is_exact else move(moves.last)
    moved = replace(moves, first=first, last=last, origin=np.full(len(moves), -1))
    inside = first < HIGH
    return moved if inside.all() else moved.take(np.flatnonzero(inside))


def delayed(instants: Ints, delay: Delay | None, zone: str) -> Ints:
    """Move instants on by a delay, if there is one.

    Source:
        VCLT article 24(1).
    """
    if delay is None:
        return instants
    return later(instants, delay.amount, delay.unit, zone, delay.first_of)


def floor_of(date: str, zone: str) -> int:
    """Give the instant before which a provision brings nothing about.

    Source:
        Clauses on entry into force ("but not before").
    """
    edtf = parse_edtf(date)
    if edtf.first_day is not None and edtf.instant is None:
        return day_start(edtf.first_day, zone)
    first = edtf_bounds(edtf, zone)[0]
    return HIGH if first is None else first


def as_brought(plan: Basis, provision: Provision, moves: Moves) -> Moves:
    """Give moves the parameters of the event, from the variables of the provision.

    Source:
        Relational algebra, projection.
    """
    params = plan.world.program.events[provision.brings.name].params
    packing = Packing(plan.symbols, params)
    every = np.zeros(len(moves.keys), dtype=np.int64)
    for at, term in enumerate(provision.brings.terms):
        if isinstance(term, Constant):
            code = plan.symbols.code(params[at].sort, term.value)
            column = np.full(len(moves.keys), code)
        elif term in moves.variables:
            place = moves.variables.index(term)
            column = moves.packing.unpack(moves.keys, place)
        else:
            continue
        every |= column << packing.shifts[at]
    timing = (moves.first, moves.last, moves.sure, moves.origin)
    quiet = every if has_unnamed(moves) else None
    return keyed_moves(params, packing, every.take(moves.rows), timing, quiet)
