"""Duties of two wordings matched by what they do, and what differs in effect.

Names and titles match nothing: a draft, its final text and a translation name their
duties as they like. What is compared is who owes what to whom, upon what, how strongly
and by when. It is a reading of the rules, not a judgement on the texts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from vigens.rules.conditions import AllOf

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vigens.rules.conditions import Condition
    from vigens.rules.duties import Deadline, Obligation, Trigger


class Effect(StrEnum):
    """What differs between two wordings of a duty; those of effect come first."""

    MODALITY_LOWERED = "modality lowered"
    MODALITY_RAISED = "modality raised"
    MODALITY = "modality differs"
    WHO = "who owes it differs"
    TO_WHOM = "to whom it is owed differs"
    TRIGGER_NARROWED = "trigger narrowed"
    TRIGGER_WIDENED = "trigger widened"
    TRIGGER = "trigger differs"
    CONDITION_ADDED = "condition added"
    CONDITION_DROPPED = "condition dropped"
    CONDITION = "condition differs"
    MEANS_DROPPED = "means dropped"
    MEANS_STATED = "means stated"
    MEANS = "means differ"
    DEADLINE_LONGER = "deadline longer"
    DEADLINE_SHORTER = "deadline shorter"
    DEADLINE_DROPPED = "deadline dropped"
    DEADLINE_ADDED = "deadline added"
    DEADLINE = "deadline differs"
    WAYS_OUT = "ways out differ"
    PART = "component differs"


@dataclass(frozen=True, slots=True)
class MatchedDuty:
    """A duty of one wording, and the one of the other that does the same.

    Attributes:
        before: In the first wording; none where only the second has it.
        after: In the second wording; none where it was removed.
        effects: What differs in effect, where both have it.
        is_reworded: Whether both do the same in other words.
    """

    before: Obligation | None
    after: Obligation | None
    effects: tuple[Effect, ...] = ()
    is_reworded: bool = False

    @property
    def is_of_effect(self) -> bool:
        """Say whether the two wordings part here by more than words."""
        return self.before is None or self.after is None or bool(self.effects)


#: How strongly a text binds; two of one rank, and what is unstated, only differ.
_STRENGTH = {"may": 0, "intends": 1, "ready to": 1, "shall": 2}

#: Units whose lengths are fixed, in hours.
_HOURS = {"hour": 1, "day": 24, "week": 168}

#: From so many points on two duties are taken for one; see `_likeness`.
_ENOUGH = 5


def match_duties(
    before: Sequence[Obligation], after: Sequence[Obligation]
) -> tuple[MatchedDuty, ...]:
    """Match the duties of two wordings by what they do.

    Args:
        before: Duties of the first text, in its order.
        after: Duties of the second.

    Returns:
        Every duty of both once: those that part in effect first, removed before added
        before changed, then those that part in words, then those that are the same.

    Source:
        Design, section 7.
    """
    likeness = {
        (i, j): _likeness(one, other)
        for i, one in enumerate(before)
        for j, other in enumerate(after)
    }
    pairs: dict[int, int] = {}
    for (i, j), points in sorted(
        likeness.items(), key=lambda item: (-item[1], item[0])
    ):
        if points >= _ENOUGH and i not in pairs and j not in pairs.values():
            pairs[i] = j
    found = [MatchedDuty(one, None) for i, one in enumerate(before) if i not in pairs]
    found += [
        MatchedDuty(None, other)
        for j, other in enumerate(after)
        if j not in pairs.values()
    ]
    both = [_compared(before[i], after[j]) for i, j in sorted(pairs.items())]
    both.sort(key=lambda pair: (not pair.effects, not pair.is_reworded))
    return (*found, *both)


def _likeness(one: Obligation, other: Obligation) -> int:
    """Say how much two duties are alike in what they do.

    Something of act or trigger must be the same. One that somebody else owes is the same
    duty only where both are, so that a duty that passes from one to another is told from
    two duties.
    """
    is_same_who = _who(one) == _who(other)
    is_same_act = bool(_act(one)) and _act(one) == _act(other)
    is_same_trigger = bool(one.triggers) and _triggers(one) == _triggers(other)
    is_open = None in (_who(one), _who(other))
    asked = [frozenset[str]().union(*_triggers(duty)) for duty in (one, other)]
    if not (is_same_act or asked[0] & asked[1]):
        return 0
    if not (is_same_who or is_open) and not (is_same_act and is_same_trigger):
        return 0
    part = [duty.under.component if duty.under else None for duty in (one, other)]
    return (
        3 * (is_same_who and not is_open)
        + 4 * is_same_act
        + (3 if is_same_trigger else 2 * bool(asked[0] & asked[1]))
        + (part[0] == part[1])
        + (_deadlines(one) == _deadlines(other))
    )


def _compared(one: Obligation, other: Obligation) -> MatchedDuty:
    effects = (
        *_modality(one, other),
        *(() if _who(one) == _who(other) else (Effect.WHO,)),
        *(() if one.obligee == other.obligee else (Effect.TO_WHOM,)),
        *_narrowed(one, other),
        *_conditions(one, other),
        *_means(one, other),
        *_limits(one, other),
        *(() if _marks(one) == _marks(other) else (Effect.WAYS_OUT,)),
        *(() if _part(one) == _part(other) else (Effect.PART,)),
    )
    return MatchedDuty(one, other, effects, _words(one) != _words(other))


def _modality(one: Obligation, other: Obligation) -> Iterator[Effect]:
    if one.modality == other.modality:
        return
    ranks = [_STRENGTH.get(duty.modality) for duty in (one, other)]
    first, last = ranks
    if first is None or last is None or first == last:
        yield Effect.MODALITY
    else:
        yield Effect.MODALITY_LOWERED if last < first else Effect.MODALITY_RAISED


def _narrowed(one: Obligation, other: Obligation) -> Iterator[Effect]:
    """Compare triggers: more of them widen a duty, more conditions in one narrow it."""
    sides = [_triggers(duty) for duty in (one, other)]
    if sides[0] == sides[1]:
        return
    if sides[0] and sides[1] and sides[0] < sides[1]:
        yield Effect.TRIGGER_WIDENED
    elif sides[0] and sides[1] and sides[1] < sides[0]:
        yield Effect.TRIGGER_NARROWED
    elif len(sides[0]) == len(sides[1]) == 1:
        parts = [next(iter(side)) for side in sides]
        if parts[0] < parts[1]:
            yield Effect.TRIGGER_NARROWED
        elif parts[1] < parts[0]:
            yield Effect.TRIGGER_WIDENED
        else:
            yield Effect.TRIGGER
    else:
        yield Effect.TRIGGER


def _conditions(one: Obligation, other: Obligation) -> Iterator[Effect]:
    first, last = (_parts(duty.condition, duty) for duty in (one, other))
    if first == last:
        return
    if first < last:
        yield Effect.CONDITION_ADDED
    elif last < first:
        yield Effect.CONDITION_DROPPED
    else:
        yield Effect.CONDITION


def _means(one: Obligation, other: Obligation) -> Iterator[Effect]:
    first, last = _act(one), _act(other)
    if first == last:
        return
    if not last:
        yield Effect.MEANS_DROPPED
    elif not first:
        yield Effect.MEANS_STATED
    else:
        yield Effect.MEANS


def _limits(one: Obligation, other: Obligation) -> Iterator[Effect]:
    if _deadlines(one) == _deadlines(other):
        return
    first, last = (
        [each for each in duty.deadlines if each.amount is not None]
        for duty in (one, other)
    )
    if not last:
        yield Effect.DEADLINE_DROPPED
    elif not first:
        yield Effect.DEADLINE_ADDED
    elif len(first) == len(last) == 1:
        lengths = _lengths(first[0], last[0], one, other)
        if lengths is None or lengths[0] == lengths[1]:
            yield Effect.DEADLINE
        else:
            is_longer = lengths[1] > lengths[0]
            yield Effect.DEADLINE_LONGER if is_longer else Effect.DEADLINE_SHORTER
    else:
        yield Effect.DEADLINE


def _lengths(
    first: Deadline, last: Deadline, one: Obligation, other: Obligation
) -> tuple[int, int] | None:
    """Give two lengths that can be compared; none where they cannot."""
    sides = [
        (each.relation, _shape(each.anchor, duty), each.reading, each.first_of)
        for each, duty in ((first, one), (last, other))
    ]
    if sides[0] != sides[1]:
        return None
    amounts = first.amount or 0, last.amount or 0
    if first.unit == last.unit:
        return amounts
    hours = [_HOURS.get((each.unit or "").rstrip("s")) for each in (first, last)]
    if hours[0] is None or hours[1] is None:
        return None
    return amounts[0] * hours[0], amounts[1] * hours[1]


def _who(duty: Obligation) -> str | None:
    """Give who owes it; none where the text leaves that open."""
    return f"each {duty.obligor_role}" if duty.obligor_role else duty.obligor


def _act(duty: Obligation) -> str:
    """Give what fulfils it; nothing where the text names nothing."""
    done = duty.performance
    if done is None or (done.condition is None and done.event is None):
        return ""
    return f"{_shape(done.condition, duty)} {_shape(done.event, duty)}"


def _triggers(duty: Obligation) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(_asked(each, duty)) for each in duty.triggers)


def _asked(trigger: Trigger, duty: Obligation) -> Iterator[str]:
    if trigger.event is not None:
        yield f"upon {_shape(trigger.event, duty)}"
    if trigger.reading is not None:
        yield f"reading {trigger.reading}"
    yield from _parts(trigger.condition, duty)
    yield from _parts(trigger.when, duty)


def _parts(condition: Condition | None, duty: Obligation) -> frozenset[str]:
    """Give the conditions that must all hold."""
    if condition is None:
        return frozenset()
    parts = condition.parts if isinstance(condition, AllOf) else (condition,)
    return frozenset(_shape(part, duty) for part in parts)


def _deadlines(duty: Obligation) -> frozenset[tuple[object, ...]]:
    return frozenset(
        (d.relation, d.amount, d.unit, _shape(d.anchor, duty), d.reading, d.first_of)
        for d in duty.deadlines
        if d.amount is not None
    )


def _marks(duty: Obligation) -> frozenset[tuple[object, ...]]:
    return frozenset(
        (m.kind, _shape(m.event, duty), _shape(m.condition, duty), m.reading)
        for m in duty.marks
    )


def _part(duty: Obligation) -> str | None:
    return None if duty.under is None else duty.under.component


def _words(duty: Obligation) -> tuple[object, ...]:
    """Give what a duty says beside its effect: its title, and how it leaves things open."""
    done = duty.performance
    return (
        duty.title,
        duty.obligor_unstated,
        None if done is None else done.unstated,
        *(each.unstated for each in duty.deadlines),
    )


_VARIABLE = re.compile(r"Variable\(name='([^']*)'")
_LEFT_OPEN = re.compile(r"Unstated\(what=(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")\)")


def _shape(part: object, duty: Obligation) -> str:
    """Write what a rule asks so that the like of two texts is written alike.

    Variables count in the order in which they come, the text itself is "this text", and
    how something is left open is no matter.
    """
    if part is None:
        return ""
    order: dict[str, int] = {}

    def numbered(found: re.Match[str]) -> str:
        return f"Variable({order.setdefault(found[1], len(order))}"

    written = _LEFT_OPEN.sub("Unstated()", _VARIABLE.sub(numbered, repr(part)))
    if duty.under is None:
        return written
    own = f"Constant(value={duty.under.instrument!r})"
    return written.replace(own, "this text")
