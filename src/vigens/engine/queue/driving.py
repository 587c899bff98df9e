"""What drives the members of a circle: changes, provisions, observations and gaps."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.derived import as_brought
from vigens.engine.edges import edges
from vigens.engine.fluents import seen_moves, to_params, unseen_moves
from vigens.engine.moves import (
    Moves,
    filter_moves,
    select_moves,
)
from vigens.engine.occurrences import recorded_moves
from vigens.engine.patterns import variables_in, variables_of
from vigens.engine.powers import by_power
from vigens.engine.projecting import project_moves
from vigens.engine.queue.layout import ONCE, Rule, terms_of
from vigens.engine.queue.outside import outside_moves
from vigens.rules import (
    AllOf,
    Atom,
    Edge,
    Variable,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from vigens.engine.queue.members import Members
    from vigens.rules import Change, Condition, Fluent, Occurs, Provision, Term


def state_rules(members: Members) -> list[Rule]:
    """List everything that moves a state, or brings an event about.

    Source:
        Design, sections 3 and 4.3.
    """
    found: list[Rule] = []
    for fluent in members.fluents.values():
        for kind, changes in (("start", fluent.initiated), ("stop", fluent.terminated)):
            for change in changes:
                if members.plan.is_read(change.reading):
                    found += _of_change(members, fluent, kind, change)
        for kind, holds in (("start", True), ("stop", False)):
            moves = seen_moves(members.plan, fluent, holds=holds)
            rule = Rule(fluent.name, kind, _same, moves, None, is_timed=False)
            found += [rule] if len(moves) else []
    for event in sorted(members.events):
        for provision in members.provisions(event):
            if members.reads_members(provision):
                found += _of_provision(members, provision)
    return found


def _same(moves: Moves) -> Moves:
    return moves


def _of_change(
    members: Members, fluent: Fluent, kind: str, change: Change
) -> Iterator[Rule]:
    value = change.value if fluent.has_values else None
    owned = [*fluent.own, *([value] if isinstance(value, Variable) else [])]
    make = partial(
        Rule,
        fluent.name,
        kind,
        partial(to_params, members.plan.symbols, fluent, change),
        is_doubtful=change.perhaps is not None,
    )
    yield from driven(members, make, change.event, change.when, owned)


def _of_provision(members: Members, provision: Provision) -> Iterator[Rule]:
    plan = members.plan
    make = partial(
        Rule,
        f"event:{provision.brings.name}",
        "bring",
        partial(as_brought, plan, provision),
        is_doubtful=provision.perhaps is not None,
        provision=provision,
    )
    owned = variables_of(provision.brings.terms)
    if provision.upon is not None:
        named = variables_of(terms_of(provision.upon))
        unless = [] if provision.unless is None else variables_in(provision.unless)
        owned += [v for v in unless if v in named]  # others stand for whatever occurs
        yield from driven(members, make, provision.upon, provision.when, owned)
        return
    once = provision.once
    assert once is not None
    if not members.mentions(once):
        moves = edges(plan.condition(once, frozenset(owned)), is_begin=True)
        yield from _outside(members, make, moves, provision.when, owned)
        return
    edge = Edge(Atom(ONCE + provision.name, ()), is_begin=True)
    yield make(None, edge, when=provision.when)


def driven(
    members: Members,
    make: Callable[..., Rule],
    occurs: Occurs,
    when: Condition | None,
    owned: Sequence[Variable],
) -> Iterator[Rule]:
    """List what drives a member upon something, from outside and from inside.

    Args:
        members: The circle.
        make: Makes a rule of moves, a pattern, and what must hold just before.
        occurs: Upon what.
        when: What must hold just before.
        owned: The variables that matter to the member.

    Source:
        Design, sections 3 and 4.3.
    """
    plan = members.plan
    if isinstance(occurs, Edge):
        if occurs.atom.name in members.fluents:
            yield make(None, occurs, when=when)
        else:
            yield from _outside(members, make, plan.occurs(occurs), when, owned)
        return
    name = occurs.name
    if name in members.events:
        yield make(None, occurs, when=when)
    if name in members.powered:
        yield from _by_powers(members, make, occurs, when, owned)
    else:
        moves = outside_moves(members, name)
        matched = select_moves(plan.symbols, moves, occurs.terms)
        yield from _outside(members, make, matched, when, owned)
    outside, inside = members.split(_about(when, occurs, owned))
    gaps = unseen_moves(plan, occurs, outside, owned)
    if len(gaps):
        yield make(gaps, None, when=inside)


def _by_powers(
    members: Members,
    make: Callable[..., Rule],
    event: Atom,
    when: Condition | None,
    owned: Sequence[Variable],
) -> Iterator[Rule]:
    plan = members.plan
    declared = plan.world.program.events[event.name]
    for power in declared.powers:
        condition = power.condition
        if condition is None or not members.mentions(condition):
            moves = by_power(plan, declared, power)
            matched = select_moves(plan.symbols, moves, event.terms)
            yield from _outside(members, make, matched, when, owned)
            continue
        moves = recorded_moves(plan.symbols, plan.world, declared, power)
        if power.unstated is not None:
            moves = moves.doubted(np.zeros(len(moves), dtype=bool))
        if len(moves):
            yield make(moves, event, power=condition, when=when)


def _outside(
    members: Members,
    make: Callable[..., Rule],
    moves: Moves,
    when: Condition | None,
    owned: Sequence[Variable],
) -> Iterator[Rule]:
    """Let what lies outside drive a member; what can be settled at once is."""
    symbols = members.plan.symbols
    used = {*owned, *(variables_in(when) if when is not None else ())}
    kept = tuple(v for v in moves.variables if v in used)
    moves = project_moves(symbols, moves, kept)
    is_exact = moves.first == moves.last
    if not is_exact.all():
        yield make(moves.take(np.flatnonzero(~is_exact)), None, when=when)
        moves = moves.take(np.flatnonzero(is_exact))
    outside, inside = members.split(when)
    if outside is not None and len(moves):
        scope = frozenset((*owned, *moves.variables))
        table = members.plan.condition(outside, scope)
        moves = filter_moves(moves, table, symbols)
    if len(moves):
        yield make(moves, None, when=inside)


def _about(
    when: Condition | None, event: Atom, owned: Collection[Term]
) -> Condition | None:
    """Keep the parts of a conjunction that are about no other variables of an event.

    What a pattern inside a part leaves open stands for whatever occurs.
    """
    if when is None:
        return None
    parts = when.parts if isinstance(when, AllOf) else (when,)
    others = [v for v in variables_of(event.terms) if v not in owned]
    kept = tuple(p for p in parts if not any(v in others for v in variables_in(p)))
    return AllOf(kept) if kept else None
