"""What rests on what: circles at one instant, and an order in which to evaluate.

Everything that is evaluated is a *node*: a fluent by its name, an event that a provision
brings about as `event:NAME`, an obligation as `duty:NAME`, a tally as `tally:NAME`. Where
a limit lies between the trigger of an obligation and its being overdue, that is a node of
its own, `late:NAME`.
"""

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
    atoms_in,
    parts_of,
)
from vigens.rules.graph import components, ordered, shortest_circle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vigens.rules.conditions import Condition, Occurs
    from vigens.rules.duties import Obligation
    from vigens.rules.fluents import Change, Fluent
    from vigens.rules.program import Delay, Program, Provision, Tally

#: (node, whether time lies between): what a node reads.
_Reads = tuple[str, bool]
#: An act comes about at the beginning of its day, at most 25 hours earlier.
_LONGEST_DAY = 25 * 3600
_EXACT = {"second": 1, "minute": 60, "hour": 3600}
_KINDS = ("event", "duty", "late", "tally")
#: States of an obligation that come only when a limit from the trigger has passed.
LATE_STATES = ("overdue", "late")


def depends_on(fluent: Fluent, *, through_time: bool) -> tuple[str, ...]:
    """List the fluents that a fluent's rules mention.

    Args:
        fluent: The fluent.
        through_time: Also what is read just before a change (`when`), not only what
            is read at the same instant (`holds while`, `begins`, `ends`).

    Source:
        Stratification of logic programs; design, section 4.6.
    """
    names = [atom.name for held in fluent.held for atom in atoms_in(held.condition)]
    for change in (*fluent.initiated, *fluent.terminated):
        if isinstance(change.event, Edge):
            names.append(change.event.atom.name)
        if through_time and change.when is not None:
            names.extend(atom.name for atom in atoms_in(change.when))
    return tuple(dict.fromkeys(names))


def rests_on(program: Program, *, through_time: bool) -> dict[str, tuple[str, ...]]:
    """List, for each node, the nodes that its evaluation reads.

    Time lies between what `when`, `unless`, the condition of a power and, upon an event,
    the role of who owes a duty read (the state just before) and what a provision with a
    delay reads; a timer (`lasts`) reads only its own state. Everything else is read at the same instant: conditions that
    something holds while, beginnings and ends, events that provisions bring about,
    `happens`, windows and durations that end now, tallies, and all that an obligation
    says, but that being overdue reads what triggers it a while before. An act is moved to the beginning of its day, so that a delay of less than 25
    hours before an act puts no time between.

    Args:
        program: Any program; names that it does not declare are left out.
        through_time: Also what is read with time between.

    Returns:
        Node to nodes, each once, in order of writing; the nodes in order of
        declaration: fluents, events, obligations, tallies.

    Source:
        Stratification of logic programs; design, section 4.6.
    """
    nodes = _Nodes(program)
    reads: dict[str, Iterable[_Reads]] = {
        name: _fluent(nodes, fluent) for name, fluent in program.fluents.items()
    }
    brought: dict[str, list[_Reads]] = {}
    for provision in program.provisions.values():
        event = f"event:{provision.brings.name}"
        brought.setdefault(event, []).extend(_provision(nodes, provision))
    for event, own in brought.items():
        reads[event] = [*own, *nodes.power(event.removeprefix("event:"))]
    for name, duty in program.obligations.items():
        reads[f"duty:{name}"] = list(_duty(nodes, duty))
        if has_late_node(duty):
            reads[f"late:{name}"] = [*_late(nodes, duty), (f"duty:{name}", True)]
    for name, tally in program.tallies.items():
        reads[f"tally:{name}"] = _tally(nodes, tally)
    kept = {
        node: dict.fromkeys(
            target for target, in_time in found if through_time or not in_time
        )
        for node, found in reads.items()
    }
    return {
        node: tuple(target for target in targets if target in kept)
        for node, targets in kept.items()
    }


def kind_of(node: str) -> tuple[str, str]:
    """Part the name of a node into its kind and the name of what is declared.

    Args:
        node: As `rests_on` names it.

    Returns:
        `event`, `duty`, `late` or `tally`, and the name; an empty kind for a fluent.

    Source:
        This module; names of fluents may hold a colon, but do not begin so.

    Example:
        >>> kind_of("duty:help"), kind_of("talks:open")
        (('duty', 'help'), ('', 'talks:open'))
    """
    kind, _, name = node.partition(":")
    return (kind, name) if kind in _KINDS and name else ("", node)


def find_cycles(program: Program) -> Iterator[tuple[str, ...]]:
    """Find nodes that rest on themselves with no time in between.

    Returns:
        One shortest circle for each knot of such nodes, as a path whose first node is
        also its last, beginning with the one that is declared first.

    Source:
        Design, section 4.6: a cycle without time is a finding with its path.
    """
    instant = rests_on(program, through_time=False)
    for knot in components(instant):
        circle = shortest_circle(knot, instant)
        if circle:
            yield circle


def strata(
    program: Program, whole: Mapping[str, tuple[str, ...]] | None = None
) -> tuple[tuple[str, ...], ...]:
    """Group and order all nodes for evaluation.

    Args:
        program: A program without a circle at one instant (`find_cycles`); with one
            the order inside its stratum means nothing.
        whole: What `rests_on` says of it through time, where that is at hand.

    Returns:
        Strata: each node stands in exactly one. A stratum holds the nodes that rest on
        one another over all dependencies, through time included; a node that rests on
        no circle is a stratum of its own (and may still read itself through time: see
        `rests_on`). Whatever a stratum reads outside itself stands in an earlier one.
        Inside a stratum a node comes after every node that it reads at the same
        instant, otherwise in order of declaration.

    Source:
        Tarjan, Depth-first search and linear graph algorithms (1972); design, section
        4.6.
    """
    instant = rests_on(program, through_time=False)
    if whole is None:
        whole = rests_on(program, through_time=True)
    return tuple(ordered(knot, instant) for knot in components(whole))


class _Nodes:
    """The names that stand for nodes, and what an event brings along."""

    def __init__(self, program: Program) -> None:
        self._events, self._duties = program.events, program.obligations
        self._brought = {each.brings.name for each in program.provisions.values()}
        self._powers: dict[str, tuple[_Reads, ...]] = {}

    def is_act(self, event: str) -> bool:
        """Say whether an event takes effect for whole days."""
        return event in self._events and self._events[event].is_act

    def power(self, event: str) -> tuple[_Reads, ...]:
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

    def occurs(self, occurs: Occurs | None, *, in_time: bool = False) -> list[_Reads]:
        """List what an occurrence rests on."""
        if occurs is None:
            return []
        if isinstance(occurs, Edge):
            return [(occurs.atom.name, in_time)]
        if occurs.name in self._brought:
            return [(f"event:{occurs.name}", in_time)]
        return list(self.power(occurs.name))

    def asked(
        self, condition: Condition | None, *, in_time: bool = False
    ) -> Iterator[_Reads]:
        """List what a condition reads; what happens, happens at its very instant."""
        match condition:
            case None:
                return
            case Atom():
                yield condition.name, in_time
            case InState():
                yield self.node_of(condition), in_time
            case Frequency():
                yield from self.occurs(condition.event, in_time=in_time)
            case Happens():
                yield from self.occurs(condition.event)
            case Comparison(left, _, right):
                for number in (left, right):
                    if isinstance(number, Tallied):
                        yield f"tally:{number.tally}", in_time
        for part in parts_of(condition):
            yield from self.asked(part, in_time=in_time)


def _fluent(nodes: _Nodes, fluent: Fluent) -> Iterator[_Reads]:
    for held in fluent.held:
        yield from nodes.asked(held.condition)
    for change in (*fluent.initiated, *fluent.terminated):
        yield from _change(nodes, change)


def _change(nodes: _Nodes, change: Change) -> Iterator[_Reads]:
    yield from nodes.occurs(change.event)
    yield from nodes.asked(change.when, in_time=True)


def _provision(nodes: _Nodes, provision: Provision) -> Iterator[_Reads]:
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


def _duty(nodes: _Nodes, duty: Obligation) -> Iterator[_Reads]:
    if duty.obligor_role is not None:
        # Upon an event the role is read just before it.
        yield duty.obligor_role, _is_upon(duty)
    for trigger in duty.triggers:
        yield from nodes.occurs(trigger.event)
        yield from nodes.asked(trigger.when, in_time=True)
    yield from _meanwhile(nodes, duty)


def _late(nodes: _Nodes, duty: Obligation) -> Iterator[_Reads]:
    """List what being overdue rests on at the instant: all but what triggers it."""
    if duty.obligor_role is not None and not _is_upon(duty):
        yield duty.obligor_role, False
    yield from _meanwhile(nodes, duty)


def _is_upon(duty: Obligation) -> bool:
    return bool(duty.triggers) and all(t.event for t in duty.triggers)


def _meanwhile(nodes: _Nodes, duty: Obligation) -> Iterator[_Reads]:
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


def _tally(nodes: _Nodes, tally: Tally) -> Iterator[_Reads]:
    for occurs in (tally.event, tally.since, tally.until):
        yield from nodes.occurs(occurs)
    yield from nodes.asked(tally.when, in_time=True)
