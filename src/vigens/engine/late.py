"""Late entries: a plan over a little more evidence, which re-evaluates what it touches."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from vigens.engine.keys import close
from vigens.engine.moves import Moves, settle
from vigens.engine.occurrences import recorded_moves
from vigens.engine.reads import Read, read_by
from vigens.engine.resuming import deeds, plan_duty, resume
from vigens.engine.splicing import Cut, cut_in
from vigens.rules import (
    rests_on,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from vigens.engine.basis import Basis
    from vigens.engine.kept import Kept
    from vigens.engine.order import Order
    from vigens.engine.symbols import Symbols
    from vigens.engine.world import World
    from vigens.model import Happening
    from vigens.rules import Obligation, Program


class _Ordered(Protocol):
    """What knows in which order a program is worked out."""

    world: World

    @property
    def order(self) -> Order:
        """Give the order."""


def carried_over(
    known: Kept,
    before: _Ordered,
    plan: Basis,
    *,
    more: Sequence[Happening],
    without: Sequence[Happening],
) -> Kept:
    """Give what of the work on some evidence serves for other evidence.

    Args:
        known: What was worked out.
        before: Over what evidence.
        plan: Over the evidence that changed; with a number for each value in it.
        more: Occurrences that came.
        without: Occurrences that went.

    Source:
        Design, section 4.6: late entries re-evaluate what they touch.
    """
    program = before.world.program
    changed = [*more, *without]
    events = {one.event for one in changed}
    touched = touched_nodes(before.order, events)
    found = known.untouched(before.order, program, events, touched)
    left = {one.event for one in without}
    recorded = {
        name: moves
        for name, moves in known.recorded.items()
        if not (name in left or (name in events and program.events[name].powers))
    }
    found.recorded = inserted(plan.symbols, before.world, recorded, more)
    duties = [
        duty.name
        for duty in known.standing
        if f"duty:{duty.name}" in touched
        and plan_duty(plan, duty.name) is not None
        and _by_deeds_alone(before.order, duty, events, touched)
    ]
    if duties:
        resume(known, found, plan, duties, changed)
    return found


def _by_deeds_alone(
    order: Order,
    duty: Obligation,
    events: Collection[str],
    touched: frozenset[str],
) -> bool:
    """Say whether events can touch a duty only by fulfilling or marking it."""
    program = order.program
    own = {deed.name for deed in deeds(duty)} & set(events)
    if any(program.events[event].powers for event in own):
        return False
    read = Read()
    read.duty(duty)
    read.events -= own
    for event in tuple(read.events):
        for power in program.events[event].powers:
            read.conditions(power.condition)
    read.grounds(duty)  # also where one of them is among the deeds
    below = order.rests[f"duty:{duty.name}"]
    return not (
        read.events & set(events)
        or read.sorts & _open_sorts(program, events)
        or touched & set(below)
    )


def _open_sorts(program: Program, events: Collection[str]) -> set[str]:
    """List the open sorts of which events may name a further value."""
    return {
        param.sort
        for event in events
        for param in program.events[event].params
        if program.sorts[param.sort].is_open
    }


def touched_nodes(
    order: Order,
    events: Collection[str],
    *,
    states: Collection[str] = (),
    is_counted: bool = False,
) -> frozenset[str]:
    """List the nodes that may change where further occurrences of events are known.

    Args:
        order: Of the rules.
        events: Event types.
        states: Fluents that were observed otherwise.
        is_counted: Whether anonymous counts are otherwise.

    Returns:
        Nodes as `vigens.rules.rests_on` names them: what reads one of the events, what
        counts values of an open sort that one of them names, and all that rests on it.

    Source:
        Design, section 4.6: late entries re-evaluate what they touch.
    """
    program = order.program
    sorts = _open_sorts(program, events) | {
        param.sort
        for name in states
        for param in program.fluents[name].params
        if program.sorts[param.sort].is_open
    }
    rests = order.rests
    found = {
        node
        for node in rests
        for read in [order.read(node)]
        if any(name in events for name in read.events)
        or read.sorts & sorts
        or (is_counted and read.sorts)
        or node in states
    }
    above: dict[str, list[str]] = {}
    for node, below in rests.items():
        for each in below:
            above.setdefault(each, []).append(node)
    waiting = list(found)
    while waiting:
        for node in above.get(waiting.pop(), ()):
            if node not in found:
                found.add(node)
                waiting.append(node)
    return frozenset(found)


def events_under(program: Program, node: str) -> frozenset[str]:
    """List the events that a node rests on, however far below.

    Args:
        program: The rules.
        node: As `vigens.rules.rests_on` names it.

    Returns:
        Event types, those among them that provisions bring about.

    Source:
        Design, section 4.6.
    """
    rests = rests_on(program, through_time=True)
    seen, waiting = {node}, [node]
    events: set[str] = set()
    while waiting:
        at = waiting.pop()
        events |= read_by(program, at).events
        for below in rests.get(at, ()):
            if below not in seen:
                seen.add(below)
                waiting.append(below)
    return frozenset(events)


def with_more(
    world: World, more: Sequence[Happening], without: Sequence[Happening] = ()
) -> World:
    """Give a world that knows of further occurrences, and of some no more.

    Source:
        Design, section 4.6.
    """
    touched = {
        one.event: list(world.happenings.get(one.event, ()))
        for one in (*more, *without)
    }
    for one in without:
        touched[one.event].remove(one)
    for one in more:
        touched[one.event].append(one)
    return replace(world, happenings={**world.happenings, **touched})


def fits(symbols: Symbols, program: Program, more: Sequence[Happening]) -> bool:
    """Say whether every value of further occurrences has a number already.

    Source:
        Design, section 4.6.
    """
    return all(
        symbols.code(param.sort, value)
        for one in more
        for param, value in zip(
            program.events[one.event].params, one.values, strict=True
        )
    )


def inserted(
    symbols: Symbols,
    world: World,
    known: Mapping[str, Moves],
    more: Sequence[Happening],
) -> dict[str, Moves]:
    """Put further occurrences among the recorded ones of their events.

    Args:
        symbols: That have a number for every value.
        world: Before; its tables keep their rows behind the entries.
        known: Recorded occurrences by event, as far as they are worked out.
        more: Occurrences of events without powers.

    Source:
        Design, section 4.6.
    """
    found = dict(known)
    for event in dict.fromkeys(one.event for one in more):
        if event not in known:
            continue
        own = [one for one in more if one.event == event]
        declared = world.program.events[event]
        only = replace(world, happenings={event: own}, bulk={})
        extra = recorded_moves(symbols, only, declared)
        n_entries = len(world.happenings.get(event, ()))
        found[event] = _joined(known[event], extra, n_entries, len(own))
    return found


def _joined(known: Moves, extra: Moves, n_entries: int, n_more: int) -> Moves:
    """Insert a few moves among many; the many are copied once, and not sorted."""
    origin = known.origin + n_more * (known.origin >= n_entries)
    keys = known.keys
    place = np.searchsorted(keys, extra.keys)
    if not (keys.take(np.minimum(place, len(keys) - 1)) == extra.keys).all():
        keys = close(known.packing, np.concatenate((keys, extra.keys)))
        known = settle(replace(known, origin=origin), keys)
        origin = known.origin
    own = np.searchsorted(keys, extra.keys).take(extra.rows)
    order = np.argsort(own, kind="stable")
    extra, own = extra.take(order), own.take(order)
    at = np.searchsorted(known.rows, own, side="right").tolist()
    cuts = [Cut(place, place, n, n + 1) for n, place in enumerate(at)]
    first = cut_in(known.first, cuts, extra.first)
    is_exact = known.is_exact and extra.is_exact
    return replace(
        known,
        keys=keys,
        rows=cut_in(known.rows, cuts, own),
        first=first,
        last=first if is_exact else cut_in(known.last, cuts, extra.last),
        sure=cut_in(known.sure, cuts, extra.sure),
        origin=cut_in(origin, cuts, extra.origin + n_entries),
    )
