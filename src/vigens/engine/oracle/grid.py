"""At which instants anything may change in one completion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.chrono import (
    add_delay,
    add_duration,
    civil_date,
    day_start,
    edtf_bounds,
    parse_edtf,
)
from vigens.engine.oracle.limits import due_at
from vigens.rules import Frequency, Persisted, parts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from vigens.engine.oracle.story import Settled
    from vigens.rules import Condition, Program, Provision

    Move = Callable[[int], int]

#: A world with more instants than these is not small.
MOST_INSTANTS = 4000


def instants_of(
    settled: Settled, conditions: Iterable[Condition], until: int
) -> list[int]:
    """List the outset and every instant up to one at which a state may change.

    Whatever is recorded, and from there whatever a length of time in the program leads
    to, again and again.

    Args:
        settled: What happened.
        conditions: Further conditions that will be asked.
        until: Last instant of interest; the days of acts are finished.

    Source:
        Event calculus: between two events nothing changes by itself.
    """
    program, zone = settled.world.program, settled.world.zone
    until = (
        day_start(civil_date(until, zone), zone) + 90_000 if _acts(program) else until
    )
    base = {one.instant for one in settled.occurred}
    base |= {at for _, _, at, _ in settled.anchors} | {
        at for _, at, _ in settled.counts
    }
    base |= {at for p in program.provisions.values() for at in _earliest(p, zone)}
    moves = list(_moves(program, zone)) + [
        move for one in conditions for move in _in_condition(one, zone)
    ]
    found: set[int] = set()
    waiting = {at for at in base if at <= until}
    while waiting:
        found |= waiting
        assert len(found) < MOST_INSTANTS, "this world is not small"
        waiting = {move(at) for at in waiting for move in moves}
        waiting = {at for at in waiting if at <= until} - found
    outset = min([settled.world.origin, *found]) - 1
    return [outset, *sorted(found)]


def moved(provision: Provision, instant: int, program: Program, zone: str) -> int:
    """Say when what a provision brings comes about, from the instant of its cause.

    Source:
        `vigens.rules.Provision`; an act takes effect for whole civil days.
    """
    delay = provision.delay
    if delay is not None:
        instant = add_delay(instant, delay.amount, delay.unit, delay.first_of, zone)
    if program.events[provision.brings.name].is_act:
        instant = day_start(civil_date(instant, zone), zone)
    return max([instant, *_earliest(provision, zone)])


def _acts(program: Program) -> bool:
    brought = [one.brings.name for one in program.provisions.values()]
    return any(program.events[name].is_act for name in brought)


def _earliest(provision: Provision, zone: str) -> list[int]:
    if provision.not_before is None:
        return []
    first = edtf_bounds(parse_edtf(provision.not_before), zone)[0]
    return [] if first is None else [first]


def _moves(program: Program, zone: str) -> Iterator[Move]:
    for fluent in program.fluents.values():
        for one in fluent.lasting:
            yield _by(one.amount, one.unit, zone)
    for provision in program.provisions.values():
        yield lambda at, own=provision: moved(own, at, program, zone)  # type: ignore[misc] # a default binds the loop's value
    for tally in program.tallies.values():
        for delay in (tally.within, tally.until_delay):
            if delay is not None:
                yield lambda at, own=delay: add_delay(  # type: ignore[misc] # as above
                    at, own.amount, own.unit, own.first_of, zone
                )
    for duty in program.obligations.values():
        for limit in duty.deadlines:
            if limit.amount is not None:
                yield lambda at, own=limit: due_at(own, at, zone)  # type: ignore[misc] # as above
                yield lambda at, own=limit: due_at(own, at, zone) + 1  # type: ignore[misc] # as above
    for condition in conditions_of(program):
        yield from _in_condition(condition, zone)


def _by(amount: int, unit: str, zone: str) -> Move:
    return lambda at: add_duration(at, amount, unit, zone)


def _in_condition(condition: Condition, zone: str) -> Iterator[Move]:
    if isinstance(condition, Frequency | Persisted):
        yield _by(condition.amount, condition.unit, zone)
    for part in parts_of(condition):
        yield from _in_condition(part, zone)


def conditions_of(program: Program) -> Iterator[Condition]:
    """Walk over every condition that the program writes down.

    Source:
        `vigens.rules.program`.
    """
    found: list[Condition | None] = []
    for fluent in program.fluents.values():
        found += [held.condition for held in fluent.held]
        found += [change.when for change in (*fluent.initiated, *fluent.terminated)]
    for one in program.provisions.values():
        found += [one.once, one.when, one.unless]
    found += [tally.when for tally in program.tallies.values()]
    for event in program.events.values():
        found += [power.condition for power in event.powers]
    for duty in program.obligations.values():
        found += [duty.condition, *(mark.condition for mark in duty.marks)]
        found += [
            part
            for trigger in duty.triggers
            for part in (trigger.condition, trigger.when)
        ]
        found.append(duty.performance.condition if duty.performance else None)
    yield from (one for one in found if one is not None)
