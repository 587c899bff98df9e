"""Which events each node of a program reads, and the values of which sorts it counts.

Also those of which sorts it compares with one another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.rules import (
    Amount,
    Atom,
    Comparison,
    Count,
    Ordered,
    Quantified,
    Same,
    Variable,
    events_in,
    kind_of,
    numbers_in,
    parts_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.rules import Condition, Obligation, Occurs, Program, Term


class Read:
    """The events that a node reads, and the sorts that it counts or compares."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self.events: set[str] = set()
        self.sorts: set[str] = set()
        self.compared: set[str] = set()

    def occurs(self, *occurs: Occurs | None) -> None:
        """Add events that a clause means."""
        self.events |= {one.name for one in occurs if isinstance(one, Atom)}

    def conditions(self, *conditions: Condition | None) -> None:
        """Add the events and the sorts of conditions."""
        for condition in conditions:
            if condition is None:
                continue
            self.events |= {atom.name for atom in events_in(condition)}
            self.sorts |= set(_sorts_in(condition))
            self.compared |= {term.sort for term in _compared_in(condition)}

    def duty(self, duty: Obligation) -> None:
        """Add whatever a duty reads."""
        self.grounds(duty)
        if duty.performance is not None:
            self.occurs(duty.performance.event)
        self.occurs(*(mark.event for mark in duty.marks))

    def grounds(self, duty: Obligation) -> None:
        """Add what a duty reads but for what fulfils or marks it by happening."""
        self.conditions(duty.condition)
        for trigger in duty.triggers:
            self.occurs(trigger.event)
            self.conditions(trigger.condition, trigger.when)
        if duty.performance is not None:
            self.conditions(duty.performance.condition)
        self.occurs(*(deadline.anchor for deadline in duty.deadlines))
        self.conditions(*(mark.condition for mark in duty.marks))


def read_by(program: Program, node: str) -> Read:
    """Give what a node reads.

    Args:
        program: The rules.
        node: As `vigens.rules.rests_on` names it.

    Source:
        Design, section 4.6: late entries re-evaluate what they touch.
    """
    read = Read()
    kind, name = kind_of(node)
    if kind == "event":
        read.events.add(name)
        for provision in program.provisions.values():
            if provision.brings.name == name:
                read.occurs(provision.upon)
                read.conditions(provision.once, provision.when, provision.unless)
    elif kind in ("duty", "late"):
        read.duty(program.obligations[name])
    elif kind == "tally":
        tally = program.tallies[name]
        read.occurs(tally.event, tally.since, tally.until)
        read.conditions(tally.when)
    else:
        fluent = program.fluents[name]
        for change in (*fluent.initiated, *fluent.terminated):
            read.occurs(change.event)
            read.conditions(change.when)
        read.conditions(*(held.condition for held in fluent.held))
    for event in tuple(read.events):
        for power in program.events[event].powers:
            read.conditions(power.condition)
    return read


def _sorts_in(condition: Condition) -> Iterator[str]:
    if isinstance(condition, Quantified):
        yield condition.variable.sort
    if isinstance(condition, Comparison):
        for number in numbers_in(condition):
            if isinstance(number, Count):
                yield number.variable.sort
    for part in parts_of(condition):
        yield from _sorts_in(part)


def _compared_in(condition: Condition) -> Iterator[Variable]:
    """List the variables whose values a condition compares with others."""
    terms: list[Term] = []
    match condition:
        case Ordered(left, _, right) | Same(Variable() as left, Variable() as right):
            terms = [left, right]
        case Comparison():
            found = numbers_in(condition)
            terms = [number.term for number in found if isinstance(number, Amount)]
    yield from (term for term in terms if isinstance(term, Variable))
    for part in parts_of(condition):
        yield from _compared_in(part)
