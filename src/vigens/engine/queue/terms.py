"""What moves obligations and tallies of a circle, and the pieces of its conditions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from vigens.engine.owed import Owed
from vigens.engine.patterns import variables_in
from vigens.engine.projecting import project_moves
from vigens.engine.queue.driving import driven, state_rules
from vigens.engine.queue.layout import Rule
from vigens.engine.queue.members import DUTY, TALLY
from vigens.engine.tallies import amounts_of
from vigens.rules import Atom, Edge, Variable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vigens.engine.basis import Basis
    from vigens.engine.moves import Moves
    from vigens.engine.queue.members import Members
    from vigens.rules import (
        Condition,
        Deadline,
        Mark,
        Occurs,
        Performance,
        Tally,
        Trigger,
    )

#: In which order the clauses of a duty are looked at within one instant.
ORDER = (
    "performed",
    "waived",
    "released",
    "lapsed",
    "partly",
    "excused",
    "suspended",
    "found",
    "alleged",
    "remedied",
    "denied",
)
ANCHOR = "anchor"


@dataclass(frozen=True, slots=True, eq=False)
class Clause:
    """What befalls the instances of a duty: an event, or a state.

    Attributes:
        kind: `performed`, the kind of a mark, or `anchor`.
        event: What must occur; `None` for a state.
        condition: What must hold.
        shared: Variables of the duty by which it is matched.
        limit: Whose anchor it is.
    """

    kind: str
    event: Occurs | None
    condition: Condition | None
    shared: tuple[Variable, ...]
    limit: Deadline | None = None


def clauses_of(plan: Basis, owed: Owed) -> list[Clause]:
    """List the clauses of a duty that are read, in the order of `ORDER`.

    Source:
        Design, section 3.1, point 4.
    """
    found = []
    done = owed.duty.performance
    if done is not None and done.unstated is None:
        found.append(_clause(owed, "performed", done))
    found += [
        _clause(owed, mark.kind, mark)
        for mark in owed.duty.marks
        if plan.is_read(mark.reading)
    ]
    found.sort(key=lambda clause: ORDER.index(clause.kind))
    for limit in limits_read(plan, owed):
        if limit.anchor is not None:
            shared = _shared(owed, _variables(limit.anchor))
            found.append(Clause(ANCHOR, limit.anchor, None, shared, limit))
    return found


def limits_read(plan: Basis, owed: Owed) -> list[Deadline]:
    """List the time limits of a duty that are read and stated.

    Source:
        Design, section 3.1, point 4.
    """
    return [
        limit
        for limit in owed.duty.deadlines
        if limit.amount is not None and plan.is_read(limit.reading)
    ]


def _clause(owed: Owed, kind: str, clause: Performance | Mark) -> Clause:
    event, condition = clause.event, clause.condition
    if event is not None:
        return Clause(kind, event, None, _shared(owed, _variables(event)))
    assert condition is not None
    return Clause(kind, None, condition, _shared(owed, variables_in(condition)))


def _shared(owed: Owed, variables: Iterator[Variable]) -> tuple[Variable, ...]:
    named = set(variables)
    return tuple(v for v in owed.bound if v in named)


def _variables(occurs: Occurs) -> Iterator[Variable]:
    terms = occurs.atom.terms if isinstance(occurs, Edge) else occurs.terms
    yield from (term for term in terms if isinstance(term, Variable))


def rules_of(members: Members) -> list[Rule]:
    """List everything that moves a member.

    Source:
        Design, sections 3 and 4.3.
    """
    found = state_rules(members)
    for name in members.duties:
        found += _of_duty(members, name)
    for name in members.tallies:
        found += _of_tally(members, members.plan.world.program.tallies[name])
    return found


def _of_duty(members: Members, name: str) -> Iterator[Rule]:
    plan = members.plan
    owed = Owed(plan, plan.world.program.obligations[name])
    whole = partial(_over, plan, owed.variables, owed.variables)
    for part, trigger in enumerate(owed.duty.triggers):
        if trigger.event is not None and plan.is_read(trigger.reading):
            in_event = set(_variables(trigger.event))
            named = tuple(v for v in owed.variables if v in in_event)
            make = partial(Rule, DUTY + name, "owe", whole, part=part, named=named)
            own = owed.variables if owed.duty.obligor_role else owed.bound
            when = None if is_of_obligor(owed, trigger) else trigger.when
            yield from driven(members, make, trigger.event, when, own)
    for part, clause in enumerate(clauses_of(plan, owed)):
        if clause.event is not None:
            narrow = partial(_over, plan, clause.shared, owed.variables)
            make = partial(
                Rule, DUTY + name, "clause", narrow, part=part, named=clause.shared
            )
            yield from driven(members, make, clause.event, None, clause.shared)


def is_of_obligor(owed: Owed, trigger: Trigger) -> bool:
    """Say whether what is asked just before is about who owes, and the event is not.

    Source:
        Design, section 3.1, point 4.
    """
    if trigger.when is None or trigger.event is None:
        return False
    obligor = owed.variables[0]
    asked = set(variables_in(trigger.when))
    return obligor in asked and obligor not in set(_variables(trigger.event))


def _over(
    plan: Basis, shared: Sequence[Variable], params: tuple[Variable, ...], moves: Moves
) -> Moves:
    """Keep some variables of moves, among parameters that are left unnamed."""
    narrow = tuple(v for v in shared if v in moves.variables)
    moves = project_moves(plan.symbols, moves, narrow)
    return project_moves(plan.symbols, moves, params)


def _of_tally(members: Members, tally: Tally) -> Iterator[Rule]:
    plan, node = members.plan, TALLY + tally.name
    target = partial(_over, plan, tally.params, tally.params)
    amounts = None
    own = [*tally.params]
    if tally.sums is not None:
        amounts = partial(amounts_of, plan, tally)
        own += [v for v in _variables(tally.event) if v.name == tally.sums]
    make = partial(Rule, node, "count", target, amounts=amounts)
    yield from driven(members, make, tally.event, tally.when, own)
    for kind, occurs in (("open", tally.since), ("close", tally.until)):
        if occurs is not None:
            yield from driven(
                members, partial(Rule, node, kind, target), occurs, None, tally.params
            )


def rules_of_event(
    members: Members, node: str, event: Atom, variables: tuple[Variable, ...]
) -> Iterator[Rule]:
    """List what drives a piece that counts occurrences of an event.

    Source:
        Design, section 3.1, point 6.
    """
    target = partial(_over, members.plan, variables, variables)
    yield from driven(
        members, partial(Rule, node, "count", target), event, None, variables
    )
