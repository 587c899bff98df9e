"""The values that the rules of a program name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.rules.conditions import (
    Comparison,
    Constant,
    Edge,
    InState,
    Same,
    Tallied,
    Variable,
    atoms_in,
    events_in,
    numbers_in,
    parts_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vigens.rules.conditions import Condition, Occurs, Term
    from vigens.rules.program import Program

Named = tuple[str, str]


def constants_of(program: Program) -> Iterator[Named]:
    """List every value that a rule names, with its sort; some come more than once.

    Args:
        program: Whose rules are read.

    Source:
        Design, section 4.6: values are numbered before anything is evaluated.
    """
    yield from _of_fluents(program)
    for provision in program.provisions.values():
        yield from _of_occurs(program, provision.brings)
        yield from _of_occurs(program, provision.upon)
        conditions = (provision.once, provision.when, provision.unless)
        yield from _of_conditions(program, *conditions)
    for event in program.events.values():
        for power in event.powers:
            yield from _of_conditions(program, power.condition)
    yield from _of_duties(program)
    for tally in program.tallies.values():
        for occurs in (tally.event, tally.since, tally.until):
            yield from _of_occurs(program, occurs)
        yield from _of_conditions(program, tally.when)


def constants_in(program: Program, condition: Condition) -> Iterator[Named]:
    """List every value that a condition names, with its sort.

    Args:
        program: Which declares what the condition is about.
        condition: A question, or a rule's.

    Source:
        Design, section 4.6: values are numbered before anything is evaluated.
    """
    yield from _of_conditions(program, condition)


def _of_fluents(program: Program) -> Iterator[Named]:
    for fluent in program.fluents.values():
        value = fluent.params[-1].sort if fluent.has_values else ""
        for change in (*fluent.initiated, *fluent.terminated):
            yield from _of_occurs(program, change.event)
            yield from _of_conditions(program, change.when)
            if isinstance(change.value, Constant):
                yield value, change.value.value
        for held in fluent.held:
            yield from _of_conditions(program, held.condition)
        for initial in fluent.initially:
            if isinstance(initial.value, Constant):
                yield value, initial.value.value
        for limit in fluent.lasting:
            yield from ((value, v) for v in (limit.value, limit.becomes) if v)


def _of_duties(program: Program) -> Iterator[Named]:
    for duty in program.obligations.values():
        if duty.obligor is not None:
            yield "party", duty.obligor
        yield from _of_conditions(program, duty.condition)
        if duty.performance is not None:
            yield from _of_occurs(program, duty.performance.event)
            yield from _of_conditions(program, duty.performance.condition)
        for trigger in duty.triggers:
            yield from _of_occurs(program, trigger.event)
            yield from _of_conditions(program, trigger.condition, trigger.when)
        for deadline in duty.deadlines:
            yield from _of_occurs(program, deadline.anchor)
        for mark in duty.marks:
            yield from _of_occurs(program, mark.event)
            yield from _of_conditions(program, mark.condition)


def _of_occurs(program: Program, occurs: Occurs | None) -> Iterator[Named]:
    if occurs is None:
        return
    atom = occurs.atom if isinstance(occurs, Edge) else occurs
    declared = program.events.get(atom.name) or program.fluents.get(atom.name)
    if declared is not None:
        yield from _of_terms(declared.params, atom.terms)


def _of_conditions(program: Program, *conditions: Condition | None) -> Iterator[Named]:
    for condition in conditions:
        if condition is None:
            continue
        for atom in (*atoms_in(condition), *events_in(condition)):
            yield from _of_occurs(program, atom)
        yield from _of_leaves(program, condition)


def _of_leaves(program: Program, condition: Condition) -> Iterator[Named]:
    if isinstance(condition, InState):
        yield from _of_terms(
            program.obligations[condition.duty].params, condition.terms
        )
    if isinstance(condition, Comparison):
        for number in numbers_in(condition):
            if isinstance(number, Tallied):
                params = program.tallies[number.tally].params
                yield from _of_terms(params, number.terms)
    if isinstance(condition, Same):
        pair = (condition.left, condition.right)
        sorts = [term.sort for term in pair if isinstance(term, Variable)]
        for term in pair:
            if sorts and isinstance(term, Constant):
                yield sorts[0], term.value
    for part in parts_of(condition):
        yield from _of_leaves(program, part)


def _of_terms(params: Sequence[Variable], terms: Sequence[Term]) -> Iterator[Named]:
    for param, term in zip(params, terms, strict=False):
        if isinstance(term, Constant):
            yield param.sort, term.value
