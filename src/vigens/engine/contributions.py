"""What may move one state: each rule with each occurrence, for a why and for missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.base import Message
from vigens.engine.inertia import Contribution, Move
from vigens.engine.intervals import EVERYWHERE, HIGH, Spans, covers, intersect
from vigens.engine.occurrences import holds_power
from vigens.engine.patterns import (
    bind_change,
    bind_own,
    is_closed,
    known_values,
    match_values,
)
from vigens.engine.phrases import phrase
from vigens.engine.verdicts import Verdict
from vigens.model import Happening, Weight
from vigens.rules import Atom, Constant, Edge, Variable, substitute, substitute_atom

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vigens.engine.evaluate import Evaluation
    from vigens.rules import Change, Condition, EventType, Fluent, Power


def _has_value(fluent: Fluent, part: Contribution, atom: Atom) -> bool | None:
    """Say whether a change is about the value that an atom names; `None` for any."""
    value = part.change.value if fluent.has_values else None
    if value is None:
        return None
    if isinstance(value, Variable):
        named = dict(part.binding).get(value.name)
        return None if named is None else Constant(named) == atom.terms[-1]
    return value == atom.terms[-1]


def contributions(
    evaluation: Evaluation, atom: Atom, *, starts: bool
) -> tuple[Contribution, ...]:
    """List what may initiate (or terminate) a ground fluent.

    Args:
        evaluation: What is known.
        atom: Ground, of a declared fluent.
        starts: Initiations, or else terminations.
    """
    if (atom, starts) not in evaluation.contributed:
        found = tuple(_contributions(evaluation, atom, None, starts=starts))
        evaluation.contributed[atom, starts] = found
    return evaluation.contributed[atom, starts]


def _contributions(
    evaluation: Evaluation, atom: Atom, since: int | None, *, starts: bool
) -> Iterator[Contribution]:
    """List what may have moved a fluent; of tables only rows that reach an instant."""
    fluent = evaluation.world.program.fluents[atom.name]
    for change in fluent.initiated if starts else fluent.terminated:
        binding = bind_change(fluent, change, atom)
        if evaluation.is_read(change.reading) and binding is not None:
            yield from _of_rule(evaluation, change, binding, since)
    if not starts:
        yield from _crowding(evaluation, fluent, atom, since)


def latest_moves(
    evaluation: Evaluation, atom: Atom, instant: int
) -> tuple[int, list[tuple[bool, Contribution]]]:
    """List what may have moved a ground fluent last.

    Args:
        evaluation: What is known.
        atom: Ground, of a declared fluent.
        instant: UTC seconds.

    Returns:
        When the latest sure change or observation began (very long ago for none), and
        whatever reaches it and begins by the instant, with whether it starts.

    Source:
        Design, section 4.6: a why looks up only the occurrences of its own key.
    """
    seen = [
        one.first
        for one in evaluation.world.sightings.get(atom.name, ())
        if one.values == atom.values
        and one.weight is Weight.SURE
        and one.last <= instant
    ]
    for since in _looks_back(evaluation, atom, instant):
        parts = [
            (starts, part)
            for starts in (True, False)
            for part in (
                contributions(evaluation, atom, starts=starts)
                if since is None
                else _contributions(evaluation, atom, since, starts=starts)
            )
        ]
        sure = [
            p.move.first for _, p in parts if p.move.sure and p.move.last <= instant
        ]
        latest = max((*sure, *seen), default=-(10**15))
        # What ends before `since` is not listed, and cannot be later than this.
        if since is None or latest >= since:
            break
    return latest, [
        (starts, part)
        for starts, part in parts
        if part.move.first <= instant and part.move.last >= latest
    ]


def _looks_back(
    evaluation: Evaluation, atom: Atom, instant: int
) -> tuple[int | None, ...]:
    """Say how far back to look, one after the other; at once where all are entries."""
    fluent, bulk = evaluation.world.program.fluents[atom.name], evaluation.world.bulk
    changes = (*fluent.initiated, *fluent.terminated)
    names = {each.event.name for each in changes if isinstance(each.event, Atom)}
    if not any(bulk.get(name) for name in names):
        return (None,)
    return (*(instant - days * 86_400 for days in (20, 200, 2000)), None)


def _crowding(
    evaluation: Evaluation, fluent: Fluent, atom: Atom, since: int | None
) -> Iterator[Contribution]:
    """List the starts of other values, each of which stops this one."""
    if not fluent.has_values:
        return
    binding = bind_own(fluent, atom)
    for change in fluent.initiated:
        if evaluation.is_read(change.reading):
            for part in _of_rule(evaluation, change, binding, since):
                if _has_value(fluent, part, atom) is not True:
                    yield part


def _of_rule(
    evaluation: Evaluation,
    change: Change,
    binding: Mapping[str, str],
    since: int | None,
) -> Iterator[Contribution]:
    if isinstance(change.event, Edge):
        yield from _of_edge(evaluation, change, change.event, binding)
        return
    pattern = substitute_atom(change.event, binding)
    values = known_values(pattern)
    for happening in evaluation.occurred(pattern.name, values, since):
        extra = match_values(pattern, happening.values)
        if extra is None or happening.weight in (Weight.ASIDE, Weight.DENIED):
            continue
        full = {**binding, **extra}
        found = _weighed(evaluation, change, happening, full)
        if found is not None:
            yield found
    for gap in evaluation.world.gaps(pattern.name, values):
        for left, right in intersect([gap], _room(evaluation, change, binding)):
            move = Move(left, right - 1, sure=False)
            doubt = "an unrecorded occurrence is possible"
            yield Contribution(change, move, None, tuple(binding.items()), doubt)


def _of_edge(
    evaluation: Evaluation, change: Change, edge: Edge, binding: Mapping[str, str]
) -> Iterator[Contribution]:
    """List the beginnings or ends of another state that move this one."""
    pattern = substitute_atom(edge.atom, binding)
    moves = evaluation.plan.occurs(Edge(pattern, edge.is_begin))
    words = [evaluation.plan.symbols.words(v.sort) for v in moves.variables]
    for index in range(len(moves)):
        extra = {
            variable.name: words[at][int(moves.column(at)[index])]
            for at, variable in enumerate(moves.variables)
        }
        values = substitute_atom(pattern, extra).values
        happening = Happening(
            str(edge),
            pattern.name,
            values,
            int(moves.first[index]),
            int(moves.last[index]),
            Weight.SURE if moves.sure[index] else Weight.POSSIBLE,
            "begins" if edge.is_begin else "ends",
        )
        found = _weighed(evaluation, change, happening, {**binding, **extra})
        if found is not None:
            yield found


def _weighed(
    evaluation: Evaluation,
    change: Change,
    happening: Happening,
    binding: Mapping[str, str],
) -> Contribution | None:
    sure = happening.weight is Weight.SURE
    doubt = None if sure else happening.reason
    power = powered(evaluation, happening)
    if power is Verdict.FAILS:
        return None
    if power is Verdict.OPEN:
        sure, doubt = (
            False,
            doubt or "whether its author had the power is not known",
        )
    if change.perhaps is not None:
        sure, doubt = False, Message(change.perhaps)
    if change.when is not None:
        found = _before(evaluation, substitute(change.when, binding), happening)
        if found is Verdict.FAILS:
            return None
        if found is Verdict.OPEN:
            sure = False
            doubt = doubt or _unsettled(evaluation, change.when, binding)
    move = Move(happening.first, happening.last, sure)
    return Contribution(change, move, happening, tuple(binding.items()), doubt)


def _before(
    evaluation: Evaluation, condition: Condition, happening: Happening
) -> Verdict:
    """Say whether a condition held just before an occurrence."""
    found = evaluation.bounds(condition)
    before = (happening.first - 1, max(happening.last, happening.first))
    if not intersect(found.possibly, [before]):
        return Verdict.FAILS
    return Verdict.HOLDS if covers(found.surely, *before) else Verdict.OPEN


def powered(evaluation: Evaluation, happening: Happening) -> Verdict:
    """Say whether who brought an occurrence about had the power to.

    Source:
        Design, section 3.1, point 5: an act without power has no effect.
    """
    event = evaluation.world.program.events.get(happening.event)
    if event is None or not event.powers:
        return Verdict.HOLDS
    found = [_by_power(evaluation, event, power, happening) for power in event.powers]
    if Verdict.HOLDS in found:
        return Verdict.HOLDS
    return Verdict.OPEN if Verdict.OPEN in found else Verdict.FAILS


def _by_power(
    evaluation: Evaluation, event: EventType, power: Power, happening: Happening
) -> Verdict:
    holds = holds_power(event, power, happening)
    if holds is False:
        return Verdict.FAILS
    found = Verdict.OPEN if holds is None or power.unstated else Verdict.HOLDS
    if power.condition is None:
        return found
    names = [param.name for param in event.params]
    binding = dict(zip(names, happening.values, strict=True))
    before = _before(evaluation, substitute(power.condition, binding), happening)
    return before if found is Verdict.HOLDS or before is Verdict.FAILS else found


def _unsettled(
    evaluation: Evaluation, when: Condition, binding: Mapping[str, str]
) -> str:
    condition = substitute(when, binding)
    if isinstance(condition, Atom):
        said = phrase(evaluation.world.program, condition)
        return Message("not known just before: {said}", said=said)
    return Message("its condition is not known to have held just before")


def _room(evaluation: Evaluation, change: Change, binding: Mapping[str, str]) -> Spans:
    """Where the `when` of a rule leaves room for an unrecorded occurrence."""
    if change.when is None:
        return EVERYWHERE
    condition = substitute(change.when, binding)
    if not is_closed(condition):
        return EVERYWHERE
    possibly = evaluation.bounds(condition).possibly
    return tuple((start + 1, min(end + 1, HIGH)) for start, end in possibly)
