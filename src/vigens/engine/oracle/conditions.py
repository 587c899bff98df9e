"""Two-valued conditions that are more than a fluent: quantities, windows, texts."""

from __future__ import annotations

import operator
from fractions import Fraction
from typing import TYPE_CHECKING

from vigens.chrono import add_delay, add_duration
from vigens.engine.oracle.story import bindings, open_key
from vigens.rules import (
    Added,
    AllOf,
    Amount,
    AnyOf,
    Atom,
    Comparison,
    Constant,
    Count,
    Frequency,
    Happens,
    InState,
    Linked,
    Negation,
    Ordered,
    Persisted,
    Quantified,
    Same,
    Stated,
    Tallied,
    Unstated,
    Variable,
    numbers_in,
    parts_of,
    substitute,
    terms_of_number,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.engine.oracle.story import Story
    from vigens.rules import Condition, Number, Occurs, Term

RELATIONS = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
    "=": operator.eq,
}


def asked(story: Story, condition: Condition, instant: int, now: int | None) -> bool:
    """Evaluate a condition that is neither a fluent nor the state of a duty.

    Args:
        story: The course of one completion.
        condition: Ground.
        instant: UTC seconds.
        now: The place whose occurrences `happens` reads.

    Source:
        Design, section 4.3; the docstrings of `vigens.rules.conditions`.
    """
    match condition:
        case Negation(inner):
            return not story.holds(inner, instant, now)
        case AllOf(parts):
            return all(story.holds(part, instant, now) for part in parts)
        case AnyOf(parts):
            return any(story.holds(part, instant, now) for part in parts)
        case Quantified():
            return _quantified(story, condition, instant, now)
        case Comparison(left, relation, right):
            unknown = [word for word in _amounts_in(condition) if not _is_number(word)]
            if unknown:
                return story.settled.settle("unstated", " or ".join(unknown))
            sides = [number(story, side, instant, now) for side in (left, right)]
            return bool(RELATIONS[relation](*sides))
        case Frequency():
            return _frequent(story, condition, instant)
        case Persisted():
            return _persisted(story, condition, instant)
        case Happens(event):
            assert now is not None, "`happens` stands only in `when`"
            return any(True for _ in story.matches(event, {}, now))
        case _:
            return _of_texts(story, condition)


def _of_texts(story: Story, condition: Condition) -> bool:
    match condition:
        case Same(left, right):
            return _value(left) == _value(right)
        case Ordered(left, relation, right):
            words = [_value(term) for term in (left, right)]
            if not all(map(_is_number, words)):
                return story.settled.settle("unstated", " or ".join(words))
            return bool(RELATIONS[relation](*map(Fraction, words)))
        case Linked(left, relation, right):
            text = story.settled.world.program.instruments.get(_value(left))
            return text is not None and (relation, _value(right)) in text.links
        case Stated(instrument, key, value):
            text = story.settled.world.program.instruments.get(_value(instrument))
            if text is None or key not in text.stated:
                return story.settled.settle("unstated", open_key(condition))
            return value in text.stated[key]
        case Unstated(what):
            return story.settled.settle("unstated", what)
    raise AssertionError(condition)


def _is_number(word: str) -> bool:
    return word.replace(".", "", 1).isdecimal()


def _amounts_in(condition: Comparison) -> list[str]:
    """List the words that are to be numbers."""
    found = numbers_in(condition)
    return [_value(each.term) for each in found if isinstance(each, Amount)]


def _value(term: Term) -> str:
    assert isinstance(term, Constant), f"{term} is bound nowhere"
    return term.value


def _members(
    story: Story, ranging: Quantified | Count, instant: int, now: int | None
) -> tuple[list[str], list[str]]:
    """List whom a quantifier ranges over, and those of them who satisfy its body."""
    program, name = story.settled.world.program, ranging.variable.name
    found = story.named_by(ranging.variable.sort, instant)
    if ranging.variable.sort == "component" and ranging.owner is not None:
        text = program.instruments.get(_value(ranging.owner))
        found = tuple(part.name for part in text.components) if text else ()
    there = [
        value
        for value in found
        if ranging.guard is None
        or story.holds(substitute(ranging.guard, {name: value}), instant, now)
    ]
    so = [
        value
        for value in there
        if story.holds(substitute(ranging.body, {name: value}), instant, now)
    ]
    return there, so


def _weigh(story: Story, values: list[str], weights: str | None) -> Fraction:
    if weights is None:
        return Fraction(len(values))
    declared = story.settled.world.program.weights[weights]
    total = sum(declared.amounts.get(value, 0) for value in values)
    return Fraction(total, declared.scale)


def _quantified(
    story: Story, condition: Quantified, instant: int, now: int | None
) -> bool:
    there, so = _members(story, condition, instant, now)
    weights = condition.weights
    got = _weigh(story, so, weights)
    if condition.share is not None:
        part, whole = condition.share
        total = _weigh(story, there, weights)
        if total == 0:
            return False
        left, right = got * whole, total * part
    elif condition.at_least is None:
        return len(so) == len(there)
    else:
        seen = _anonymous(story, _as_count(condition), instant)
        left, right = max(got, seen), Fraction(condition.at_least)
    return left > right if condition.is_more else left >= right


def _as_count(condition: Quantified) -> Count:
    return Count(
        condition.variable,
        condition.owner,
        condition.body,
        condition.guard,
        condition.weights,
    )


def _anonymous(story: Story, count: Count, instant: int) -> Fraction:
    """Give the largest anonymous count of the same that stands at an instant.

    It stands from when it was seen until something stops the state that it counts, for
    anybody; what no events move stands at that instant only.
    """
    program = story.settled.world.program
    most = 0
    for measure, at, at_least in story.settled.counts:
        if program.measures[measure].counts != count or at > instant:
            continue
        places = range(story.place_of(at), story.place_of(instant) + 1)
        if at == instant or (
            isinstance(count.body, Atom)
            and not any(story.stops(count.body.name, place) for place in places)
        ):
            most = max(most, at_least)
    return Fraction(most)


def number(story: Story, what: Number, instant: int, now: int | None) -> Fraction:
    """Work out a number at an instant.

    Source:
        Design, section 3.1, points 6 and 7.
    """
    if isinstance(what, Count):
        _, so = _members(story, what, instant, now)
        named = _weigh(story, so, what.weights)
        return max(named, _anonymous(story, what, instant))
    if isinstance(what, Tallied):
        return _tallied(story, what, instant)
    if isinstance(what, Added):
        parts = [
            Fraction(above, below) * number(story, part, instant, now)
            for above, below, part in what.parts
        ]
        return sum(parts, Fraction(0))
    return Fraction(_value(what.term) if isinstance(what, Amount) else what)


def _tallied(story: Story, what: Tallied, instant: int) -> Fraction:
    tally = story.settled.world.program.tallies[what.tally]
    values = [_value(term) for term in what.terms]
    names = [param.name for param in tally.params]
    binding = dict(zip(names, values, strict=True))
    windows = list(_windows(story, what.tally, binding))
    total = Fraction(0)
    for place in range(1, story.place_of(instant) + 1):
        at = story.instants[place]
        if not any(start <= at < end for start, end in windows):
            continue
        for _, found in story.matches(tally.event, binding, place):
            when = None if tally.when is None else substitute(tally.when, found)
            if when is None or story.holds(when, at - 1, place):
                total += 1 if tally.sums is None else Fraction(found[tally.sums])
    return total


def _windows(
    story: Story, name: str, binding: dict[str, str]
) -> Iterator[tuple[float, float]]:
    """Say where a tally counts: from each `since` on, up to the next `until`."""
    tally = story.settled.world.program.tallies[name]
    zone = story.settled.world.zone
    every = range(1, len(story.instants))

    def occurs(event: Occurs, place: int) -> bool:
        return any(True for _ in story.matches(event, binding, place))

    starts: list[float] = [-float("inf")]
    if tally.since is not None:
        starts = [story.instants[p] for p in every if occurs(tally.since, p)]
    stops = [
        story.instants[p]
        for p in every
        if tally.until is not None and occurs(tally.until, p)
    ]
    for start in starts:
        ends = [float("inf")]
        if tally.within is not None and start != -float("inf"):
            within = tally.within
            ends.append(
                add_delay(int(start), within.amount, within.unit, within.first_of, zone)
            )
        delay = tally.until_delay
        for stop in [at for at in stops if at >= start][:1]:
            end = stop
            if delay is not None:
                end = add_delay(stop, delay.amount, delay.unit, delay.first_of, zone)
            ends.append(end)
        yield start, min(ends)


def _frequent(story: Story, condition: Frequency, instant: int) -> bool:
    zone = story.settled.world.zone
    count = 0
    for place in range(1, story.place_of(instant) + 1):
        at = story.instants[place]
        if instant < add_duration(at, condition.amount, condition.unit, zone):
            count += sum(1 for _ in story.matches(condition.event, {}, place))
    return count >= condition.at_least


def _persisted(story: Story, condition: Persisted, instant: int) -> bool:
    if not story.holds(condition.body, instant):
        return False
    place = story.place_of(instant)
    since = instant
    while story.holds(condition.body, story.instants[place]):
        since = story.instants[place]
        if place == 0:
            return True
        place -= 1
    zone = story.settled.world.zone
    return add_duration(since, condition.amount, condition.unit, zone) <= instant


def free_variables(condition: Condition) -> list[Variable]:
    """List the variables that no quantifier binds; those of a frequency stay free.

    Source:
        First-order logic.
    """
    found: list[Variable] = []
    match condition:
        case Atom(_, terms) | InState(_, _, terms):
            found = [term for term in terms if isinstance(term, Variable)]
        case Quantified(variable=own, owner=owner):
            found = [owner] if isinstance(owner, Variable) else []
            below = [v for part in parts_of(condition) for v in free_variables(part)]
            return found + [one for one in below if one.name != own.name]
        case Comparison():
            return [v for side in numbers_in(condition) for v in _free_in(side)]
        case Same(left, right) | Ordered(left, _, right) | Linked(left, _, right):
            found = [term for term in (left, right) if isinstance(term, Variable)]
        case Stated(term):
            found = [term] if isinstance(term, Variable) else []
    below = [v for part in parts_of(condition) for v in free_variables(part)]
    return found + below


def _free_in(side: Number) -> list[Variable]:
    if isinstance(side, Count):
        as_condition = Quantified(1, side.variable, side.owner, side.body, side.guard)
        return free_variables(as_condition)
    return [term for term in terms_of_number(side) if isinstance(term, Variable)]


def somehow(story: Story, condition: Condition, instant: int) -> bool:
    """Say whether a condition holds for some values of its free variables."""
    return any(
        story.holds(substitute(condition, binding), instant)
        for binding, _ in bindings(story, free_variables(condition))
    )
