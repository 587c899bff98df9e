"""Which states move in a circle, what reads them, and what the queue can do itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.engine.readings import open_choices, readings_of_fluent
from vigens.rules import (
    AllOf,
    Atom,
    Comparison,
    Frequency,
    Happens,
    InState,
    Persisted,
    Tallied,
    parts_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vigens.engine.basis import Basis
    from vigens.rules import Condition, Fluent, Provision, Reading

_DAY = 24 * 3600
_LONGEST_DAY = 25 * 3600
_SHORTEST = {"second": 1, "minute": 60, "hour": 3600, "day": _DAY, "week": 7 * _DAY}


@dataclass(frozen=True, slots=True)
class Members:
    """The nodes of one circle.

    Attributes:
        plan: Gives everything else.
        nodes: In the order of what they read of one another at one instant.
        fluents: Those that are states, by name.
        events: Those that are brought about.
        powered: Recorded events whose powers read a member.
    """

    plan: Basis
    nodes: tuple[str, ...]
    fluents: dict[str, Fluent]
    events: frozenset[str]
    powered: frozenset[str]

    def mentions(self, condition: Condition) -> bool:
        """Say whether a condition reads a member."""
        match condition:
            case Atom(name):
                return name in self.fluents
            case InState(duty=duty):
                return f"duty:{duty}" in self.nodes
            case Frequency(event=event) | Happens(event):
                return event.name in self.events or event.name in self.powered
            case Comparison(left, _, right):
                if any(
                    isinstance(side, Tallied) and f"tally:{side.tally}" in self.nodes
                    for side in (left, right)
                ):
                    return True
        return any(self.mentions(part) for part in parts_of(condition))

    def split(
        self, condition: Condition | None
    ) -> tuple[Condition | None, Condition | None]:
        """Part a conjunction into what reads no member and what reads some."""
        if condition is None:
            return None, None
        parts = condition.parts if isinstance(condition, AllOf) else (condition,)
        inside = tuple(part for part in parts if self.mentions(part))
        outside = tuple(part for part in parts if not self.mentions(part))
        return _joined(outside), _joined(inside)

    def provisions(self, event: str) -> Iterator[Provision]:
        """List what brings an event about under the chosen readings."""
        for provision in self.plan.world.program.provisions.values():
            if provision.brings.name == event and self.plan.is_read(provision.reading):
                yield provision

    def reads_members(self, provision: Provision) -> bool:
        """Say whether what a provision brings rests on a member."""
        upon = provision.upon
        if isinstance(upon, Atom) and (
            upon.name in self.events or upon.name in self.powered
        ):
            return True
        if upon is not None and not isinstance(upon, Atom):
            return upon.atom.name in self.fluents or self._any(provision)
        return self._any(provision)

    def _any(self, provision: Provision) -> bool:
        asked = (provision.once, provision.when, provision.unless)
        return any(one is not None and self.mentions(one) for one in asked)


def _joined(parts: Sequence[Condition]) -> Condition | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    return AllOf(tuple(parts))


def members_of(plan: Basis, nodes: Sequence[str]) -> Members:
    """Name the nodes of a circle.

    Source:
        Design, section 4.6.
    """
    program = plan.world.program
    fluents = {n: program.fluents[n] for n in nodes if ":" not in n}
    events = frozenset(
        n.removeprefix("event:") for n in nodes if n.startswith("event:")
    )
    found = Members(plan, tuple(nodes), fluents, events, frozenset())
    powered = frozenset(
        event.name
        for event in program.events.values()
        for power in event.powers
        if power.condition is not None and found.mentions(power.condition)
    )
    return Members(plan, tuple(nodes), fluents, events, powered)


def open_readings(members: Members) -> tuple[dict[str, str], ...]:
    """List every choice of the readings of a circle's clauses that the lens leaves open.

    Source:
        Design, section 3.1, point 11 (variants).
    """
    world = members.plan.world
    readings: list[Reading | None] = []
    for fluent in members.fluents.values():
        readings += readings_of_fluent(fluent)
    readings += [
        provision.reading
        for provision in world.program.provisions.values()
        if provision.brings.name in members.events
    ]
    return open_choices(world, readings)


def is_simple(members: Members) -> bool:
    """Say whether one event queue can work out a circle by itself.

    Obligations, tallies, and windows and durations over what moves in the circle are
    arrays: with them the circle is gone round until nothing more becomes known.

    Source:
        Design, section 4.6.
    """
    if any(node.startswith(("duty:", "tally:")) for node in members.nodes):
        return False
    program = members.plan.world.program
    conditions: list[Condition | None] = []
    for fluent in members.fluents.values():
        conditions += [held.condition for held in fluent.held]
        conditions += [each.when for each in (*fluent.initiated, *fluent.terminated)]
    for event in members.events:
        for provision in members.provisions(event):
            conditions += [provision.once, provision.when, provision.unless]
            if members.reads_members(provision) and _goes_back(members, provision):
                return False
    for name in members.powered:
        conditions += [power.condition for power in program.events[name].powers]
    return all(one is None or _is_simple(members, one) for one in conditions)


def _goes_back(members: Members, provision: Provision) -> bool:
    """Say whether what is brought about may come earlier than its cause."""
    is_act = members.plan.world.program.events[provision.brings.name].is_act
    delay = provision.delay
    if delay is None:
        return is_act
    seconds = delay.amount * _SHORTEST.get(delay.unit, 28 * _DAY)
    if delay.first_of == "month":
        return seconds < 32 * _DAY and delay.unit not in ("month", "year")
    if delay.first_of is not None:
        return False
    is_exact = delay.unit in ("second", "minute", "hour")
    return is_act and seconds < (_LONGEST_DAY if is_exact else 1)


def _is_simple(members: Members, condition: Condition) -> bool:
    if not members.mentions(condition):
        return True
    match condition:
        case InState() | Frequency() | Happens() | Persisted():
            return False
        case Comparison(left, _, right):
            if isinstance(left, Tallied) or isinstance(right, Tallied):
                return False
    return all(_is_simple(members, part) for part in parts_of(condition))
