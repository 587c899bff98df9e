"""Which circles an event queue can work out, and which are gone round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.engine.owed import Owed
from vigens.engine.patterns import variables_in
from vigens.engine.queue.members import asked_before, is_plain, pieces_in
from vigens.engine.queue.terms import clauses_of, is_of_obligor
from vigens.rules import Atom, Happens, Variable

if TYPE_CHECKING:
    from vigens.engine.queue.members import Members
    from vigens.rules import Obligation, Occurs, Provision, Trigger

_DAY = 24 * 3600
_LONGEST_DAY = 25 * 3600
_SHORTEST = {"second": 1, "minute": 60, "hour": 3600, "day": _DAY, "week": 7 * _DAY}


def is_simple(members: Members) -> bool:
    """Say whether one queue can work out a circle, known or not.

    Source:
        Design, section 4.6.
    """
    provisions = [p for event in members.events for p in members.provisions(event)]
    if any(members.reads_members(p) and _goes_back(members, p) for p in provisions):
        return False
    return is_plain(members) and is_queued(members)


def is_queued(members: Members) -> bool:
    """Say whether an event queue can work out a circle as long as all is known.

    A duty may be about more than it says: then the circle is gone round until nothing
    more becomes known.

    Source:
        Design, section 4.6.
    """
    program = members.plan.world.program
    for node, condition in asked_before(members):
        is_late = not node or node.startswith("event:")
        if is_late and any(
            isinstance(part, Happens) for part in pieces_in(members, condition)
        ):
            return False
    return all(
        _is_whole(members, program.obligations[name]) for name in members.duties
    ) and all(
        tally.sums is None or tally.sums in {v.name for v in _named(tally.event)}
        for tally in (program.tallies[name] for name in members.tallies)
    )


def _is_whole(members: Members, duty: Obligation) -> bool:
    """Say whether all that a duty asks is about its own variables."""
    plan = members.plan
    if duty.performance is not None and duty.performance.unstated is not None:
        return False
    owed = Owed(plan, duty)
    asked = [c.condition for c in clauses_of(plan, owed) if c.condition is not None]
    if owed.duty.condition is not None:
        asked.append(owed.duty.condition)
    if any(not set(variables_in(one)) <= set(owed.bound) for one in asked):
        return False
    return all(_is_named(owed, trigger) for trigger in owed.duty.triggers)


def _is_named(owed: Owed, trigger: Trigger) -> bool:
    """Say whether a trigger names whatever is asked just before it."""
    own = set(owed.variables)
    if trigger.condition is not None:
        return set(variables_in(trigger.condition)) <= own
    if trigger.when is None or trigger.event is None:
        return True
    named = _named(trigger.event)
    if is_of_obligor(owed, trigger):
        named = (named & own) | {owed.variables[0]}
    return set(variables_in(trigger.when)) <= named


def _named(occurs: Occurs) -> set[Variable]:
    atom = occurs if isinstance(occurs, Atom) else occurs.atom
    return {term for term in atom.terms if isinstance(term, Variable)}


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
