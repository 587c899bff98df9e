"""What each declaration of a program reads, and whether time lies between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.rules.conditions import (
    Atom,
    Comparison,
    Edge,
    Frequency,
    Happens,
    InState,
    Tallied,
    numbers_in,
    parts_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.rules.conditions import Condition, Occurs
    from vigens.rules.duties import Obligation
    from vigens.rules.fluents import Change, Fluent
    from vigens.rules.program import Delay, Program, Provision, Tally

#: (node, whether time lies between): what a node reads.
Reads = tuple[str, bool]
#: An act comes about at the beginning of its day, at most 25 hours earlier.
_LONGEST_DAY = 25 * 3600
_EXACT = {"second": 1, "minute": 60, "hour": 3600}
#: States of an obligation that come only when a limit from the trigger has passed.
LATE_STATES = ("overdue", "late")


class Nodes:
    """The names that stand for nodes, and what an event brings along."""

    def __init__(self, program: Program) -> None:
        """Take the names of a program."""
        self._events, self._duties = program.events, program.obligations
        self._brought = {each.brings.name for each in program.provisions.values()}
        self._powers: dict[str, tuple[Reads, ...]] = {}

    def is_act(self, event: str) -> bool:
        """Say whether an event takes effect for whole days."""
        return event in self._events and self._events[event].is_act

    def power(self, event: str) -> tuple[Reads, ...]:
        """List what the powers over an event read just before it."""
        if event not in self._powers:
            powers = self._events[event].powers if event in self._events else ()
            conditions = [
                each.condition for each in powers if each.condition is not None
            ]
            self._powers[event] = tuple(
                read for each in conditions for read in self.asked(each, in_time=True)
            )
        return self._powers[event]

    def node_of(self, asked: InState) -> str:
        """Name the node that a question about an obligation reads."""
        duty = self._duties.get(asked.duty)
        is_late = duty is not None and asked.state in LATE_STATES
        if is_late and duty is not None and has_late_node(duty):
            return f"late:{asked.duty}"
        return f"duty:{asked.duty}"

    def named(self, atom: Atom) -> str:
        """Name what an atom is about."""
        return atom.name

    def occurs(self, occurs: Occurs | None, *, in_time: bool = False) -> list[Reads]:
        """List what an occurrence rests on."""
        if occurs is None:
            return []
        if isinstance(occurs, Edge):
            return [(self.named(occurs.atom), in_time)]
        if occurs.name in self._brought:
            return [(f"event:{self.named(occurs)}", in_time)]
        return list(self.power(occurs.name))

    def asked(
        self, condition: Condition | None, *, in_time: bool = False
    ) -> Iterator[Reads]:
        """List what a condition reads; what happens, happens at its very instant."""
        match condition:
            case None:
                return
            case Atom():
                yield self.named(condition), in_time
            case InState():
                yield self.node_of(condition), in_time
            case Frequency():
                yield from self.occurs(condition.event, in_time=in_time)
            case Happens():
                yield from self.occurs(condition.event)
            case Comparison():
                for number in numbers_in(condition):
                    if isinstance(number, Tallied):
                        yield f"tally:{number.tally}", in_time
        for part in parts_of(condition):
            yield from self.asked(part, in_time=in_time)


def fluent_reads(nodes: Nodes, fluent: Fluent) -> Iterator[Reads]:
    """List what a fluent reads.

    Source:
        `vigens.rules.rests_on`.
    """
    for held in fluent.held:
        yield from nodes.asked(held.condition)
    for change in (*fluent.initiated, *fluent.terminated):
        yield from _change(nodes, change)


def _change(nodes: Nodes, change: Change) -> Iterator[Reads]:
    yield from nodes.occurs(change.event)
    yield from nodes.asked(change.when, in_time=True)


def provision_reads(nodes: Nodes, provision: Provision) -> Iterator[Reads]:
    """List what the event that a provision brings reads.

    Source:
        `vigens.rules.rests_on`.
    """
    is_later = _takes_time(provision.delay, nodes.is_act(provision.brings.name))
    yield from nodes.occurs(provision.upon, in_time=is_later)
    yield from nodes.asked(provision.once, in_time=is_later)
    for node, in_time in nodes.asked(provision.when, in_time=True):
        yield node, in_time or is_later
    yield from nodes.asked(provision.unless, in_time=True)


def _takes_time(delay: Delay | None, is_act: bool) -> bool:  # noqa: FBT001 - of two
    if delay is None:
        return False
    if delay.first_of is not None:
        return True
    if delay.unit in _EXACT:
        seconds = delay.amount * _EXACT[delay.unit]
        return seconds >= _LONGEST_DAY if is_act else seconds > 0
    return delay.amount > 0


def has_late_node(duty: Obligation) -> bool:
    """Say whether time lies between what triggers a duty and its being overdue.

    So it is where an event triggers it, and each limit runs from the trigger for some
    time.

    Args:
        duty: Any.

    Source:
        Design, section 4.6: a circle with time in it is none at one instant.
    """
    within = [limit for limit in duty.deadlines if limit.relation == "within"]
    stated = [limit for limit in within if limit.amount is not None]
    return bool(stated) and all(
        limit.anchor is None and limit.amount for limit in stated
    )


def duty_reads(nodes: Nodes, duty: Obligation) -> Iterator[Reads]:
    """List what an obligation reads.

    Source:
        `vigens.rules.rests_on`.
    """
    if duty.obligor_role is not None:
        # Upon an event the role is read just before it.
        yield duty.obligor_role, _is_upon(duty)
    for trigger in duty.triggers:
        yield from nodes.occurs(trigger.event)
        yield from nodes.asked(trigger.when, in_time=True)
    yield from _meanwhile(nodes, duty)


def late_reads(nodes: Nodes, duty: Obligation) -> Iterator[Reads]:
    """List what being overdue rests on at the instant: all but what triggers it.

    Source:
        `vigens.rules.rests_on`.
    """
    if duty.obligor_role is not None and not _is_upon(duty):
        yield duty.obligor_role, False
    yield from _meanwhile(nodes, duty)


def _is_upon(duty: Obligation) -> bool:
    return bool(duty.triggers) and all(t.event for t in duty.triggers)


def _meanwhile(nodes: Nodes, duty: Obligation) -> Iterator[Reads]:
    """List what an instance of a duty rests on as long as it is there."""
    yield from nodes.asked(duty.condition)
    for trigger in duty.triggers:
        yield from nodes.asked(trigger.condition)
    for mark in duty.marks:
        yield from nodes.occurs(mark.event)
        yield from nodes.asked(mark.condition)
    if duty.performance is not None:
        yield from nodes.occurs(duty.performance.event)
        yield from nodes.asked(duty.performance.condition)
    for deadline in duty.deadlines:
        yield from nodes.occurs(deadline.anchor)


def tally_reads(nodes: Nodes, tally: Tally) -> Iterator[Reads]:
    """List what a tally reads.

    Source:
        `vigens.rules.rests_on`.
    """
    for occurs in (tally.event, tally.since, tally.until):
        yield from nodes.occurs(occurs)
    yield from nodes.asked(tally.when, in_time=True)
