"""Which states move in a circle, what reads them, and what the queue can do itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.engine.owed import Owed
from vigens.engine.readings import open_choices, readings_of_duty, readings_of_fluent
from vigens.rules import (
    AllOf,
    Atom,
    Comparison,
    Frequency,
    Happens,
    InState,
    Persisted,
    Tallied,
    kind_of,
    numbers_in,
    parts_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vigens.engine.basis import Basis
    from vigens.rules import Condition, Fluent, Obligation, Provision, Reading

DUTY, LATE, TALLY = "duty:", "late:", "tally:"


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

    @property
    def duties(self) -> tuple[str, ...]:
        """Name the obligations."""
        return tuple(n.removeprefix(DUTY) for n in self.nodes if n.startswith(DUTY))

    @property
    def tallies(self) -> tuple[str, ...]:
        """Name the tallies."""
        return tuple(n.removeprefix(TALLY) for n in self.nodes if n.startswith(TALLY))

    def asked_states(self, duty: str) -> tuple[str, ...]:
        """List the states of an obligation that the program asks for."""
        asked = (c for _, c in (*asked_at_once(self), *asked_before(self)))
        found = [state for one in asked for state in _states_in(one, duty)]
        return tuple(dict.fromkeys(found))

    def mentions(self, condition: Condition) -> bool:
        """Say whether a condition reads a member."""
        match condition:
            case Atom(name):
                return name in self.fluents
            case InState(duty=duty):
                return f"duty:{duty}" in self.nodes
            case Frequency(event=event) | Happens(event):
                return event.name in self.events or event.name in self.powered
            case Comparison():
                if any(
                    isinstance(side, Tallied) and f"tally:{side.tally}" in self.nodes
                    for side in numbers_in(condition)
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
    fluents = {n: program.fluents[n] for n in nodes if not kind_of(n)[0]}
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
    for name in members.duties:
        readings += readings_of_duty(world.program.obligations[name])
    return open_choices(world, readings)


def is_plain(members: Members) -> bool:
    """Say whether a circle is made of states and events alone.

    Obligations, tallies, windows, durations and what else happens are further pieces.

    Source:
        Design, section 4.6.
    """
    if any(node.startswith((DUTY, TALLY)) for node in members.nodes):
        return False
    asked = [*asked_at_once(members), *asked_before(members)]
    return not any(_ for each in asked for _ in pieces_in(members, each[1]))


def asked_at_once(members: Members) -> Iterator[tuple[str, Condition]]:
    """List each condition that a node reads at the very instant.

    Source:
        `vigens.rules.rests_on`.
    """
    program = members.plan.world.program
    for node in members.nodes:
        kind, name = kind_of(node)
        if not kind:
            for held in members.fluents[name].held:
                yield node, held.condition
        elif kind == "event":
            for provision in members.provisions(name):
                if provision.once is not None:
                    yield node, provision.once
        elif kind in ("duty", "late"):
            owed = Owed(members.plan, program.obligations[name])
            yield from ((node, one) for one in _asked_by(owed.duty))


def asked_before(members: Members) -> Iterator[tuple[str, Condition]]:
    """List each condition that is read just before a node moves.

    Source:
        `vigens.rules.rests_on`.
    """
    program = members.plan.world.program
    for node in members.nodes:
        kind, name = kind_of(node)
        asked: list[Condition | None] = []
        if not kind:
            fluent = members.fluents[name]
            asked = [one.when for one in (*fluent.initiated, *fluent.terminated)]
        elif kind == "event":
            for provision in members.provisions(name):
                asked += [provision.when, provision.unless]
        elif kind == "duty":
            owed = Owed(members.plan, program.obligations[name])
            asked = [one.when for one in owed.duty.triggers]
        elif kind == "tally":
            asked = [program.tallies[name].when]
        yield from ((node, one) for one in asked if one is not None)
    for name in members.powered:
        for power in program.events[name].powers:
            if power.condition is not None:
                yield "", power.condition


def _asked_by(duty: Obligation) -> Iterator[Condition]:
    """List what a duty reads at the very instant."""
    asked = [trigger.condition for trigger in duty.triggers]
    asked += [duty.condition, *(mark.condition for mark in duty.marks)]
    if duty.performance is not None:
        asked.append(duty.performance.condition)
    yield from (one for one in asked if one is not None)


def _states_in(condition: Condition, duty: str) -> Iterator[str]:
    if isinstance(condition, InState) and condition.duty == duty:
        yield condition.state
    for part in parts_of(condition):
        yield from _states_in(part, duty)


def pieces_in(members: Members, condition: Condition) -> Iterator[Condition]:
    """Walk over the parts of a condition that need a piece of their own, inner first.

    Source:
        Design, section 4.6.
    """
    if not members.mentions(condition):
        return
    for part in parts_of(condition):
        yield from pieces_in(members, part)
    if isinstance(condition, Frequency | Happens | Persisted):
        yield condition
