"""Every completion of the unknowns of a small world."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vigens.engine.oracle.course import Course
from vigens.engine.oracle.duties import instances, words_of
from vigens.engine.oracle.story import Occurred, Settled
from vigens.model import Weight
from vigens.rules import Atom, Constant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vigens.engine.world import World
    from vigens.model import CountSeen, Happening, Sighting
    from vigens.rules import Condition, Program

Ground = tuple[str, tuple[str, ...]]
COUNTED = (Weight.SURE, Weight.POSSIBLE)


@dataclass(slots=True)
class Completion:
    """One way in which everything unknown may have been, and what was so in it.

    Attributes:
        settled: What happened, and how every unknown was settled.
        course: What was so when.
        conditions: What is asked besides the rules.
    """

    settled: Settled
    course: Course
    conditions: tuple[Condition, ...]

    @property
    def world(self) -> World:
        """Give the world, with every reading chosen."""
        return self.settled.world

    @property
    def occurred(self) -> tuple[Occurred, ...]:
        """List what happened, and when; not what provisions brought about."""
        return self.settled.occurred

    def holds(self, condition: Condition, instant: int) -> bool:
        """Evaluate a ground condition at an instant, in two values.

        Source:
            Event calculus, HoldsAt; design, section 4.3.
        """
        return self.at(instant).holds(condition, instant)

    def at(self, instant: int) -> Course:
        """Give the course of things, worked out far enough."""
        if instant > self.course.until:
            self.course = Course(self.settled, instant, self.conditions)
        return self.course


def completions(
    world: World,
    ground: Sequence[Ground],
    start: int,
    end: int,
    conditions: Sequence[Condition] = (),
) -> Iterator[Completion]:
    """Enumerate every completion of a small world.

    Args:
        world: Small: the number of completions is the product of all choices.
        ground: Every event with every tuple of values that may happen unseen; each is
            taken to happen at most once at each instant where nobody looked.
        start: First instant considered.
        end: Instant after the last.
        conditions: Ground; what is asked besides the fluents and duties of the rules.

    Yields:
        Completions; together they cover every choice on `[start, end)`.

    Source:
        Design, section 4.3: soundness is the law.
    """
    sets = _sets(world, ground, start, end)
    for readings in _readings(world):
        fixed = replace(world, readings=readings)
        for picked in itertools.product(*sets):
            occurred = tuple(one for one in picked if isinstance(one, Occurred))
            seen = [one for one in picked if isinstance(one, tuple)]
            anchors = tuple(one for one in seen if len(one) == 4)
            counts = tuple(one for one in seen if len(one) == 3)
            waiting: list[dict[tuple[str, str], bool]] = [{}]
            while waiting:
                made = waiting.pop()
                settled = Settled(fixed, occurred, anchors, counts, dict(made))
                course = Course(settled, end - 1, conditions)
                _ask_everything(course, conditions, start, end)
                settled.may_choose = False
                yield Completion(settled, course, tuple(conditions))
                new = list(settled.choices)[len(made) :]
                for index, key in enumerate(new):
                    earlier = dict.fromkeys(new[:index], False)
                    waiting.append({**made, **earlier, key: True})


def how_many(world: World, ground: Sequence[Ground], start: int, end: int) -> int:
    """Count the completions, apart from what is unstated and what may have an effect.

    Source:
        Design, section 4.3.
    """
    sets = _sets(world, ground, start, end)
    return math.prod(map(len, sets)) * sum(1 for _ in _readings(world))


def _sets(
    world: World, ground: Sequence[Ground], start: int, end: int
) -> list[list[object]]:
    """List what is to be chosen from, one list for each unknown."""
    recorded = [
        _recorded(world.program, found)
        for group in world.happenings.values()
        for found in group
        if found.weight in COUNTED
    ]
    anchors = [_seen(s) for group in world.sightings.values() for s in group]
    counts = [_counted(c) for group in world.counts.values() for c in group]
    unseen: list[list[object]] = [
        [
            None,
            *(
                Occurred(event, values, instant, "", by)
                for by in (*_holders(world.program, event), *_nobody(world, event))
            ),
        ]
        for event, values in ground
        for instant in range(start, end)
        if may_be_unseen(world, event, values, instant)
    ]
    return [one for one in (*recorded, *anchors, *counts, *unseen) if one]


def may_be_unseen(
    world: World, event: str, values: tuple[str, ...], instant: int
) -> bool:
    """Say whether an event may have happened at an instant and nobody recorded it.

    Source:
        Design, section 4.3, cause 3.
    """
    if instant < world.origin:
        return False
    if any(
        found.weight is Weight.DENIED
        and found.values == values
        and found.first <= instant <= found.last
        for found in world.happenings.get(event, ())
    ):
        return False
    if world.program.events[event].is_secret:
        return True
    looked = [
        part
        for part in world.coverage
        if (not part.events or event in part.events)
        and (not part.keys or set(values) & part.keys)
        and part.start < part.end
    ]
    if any(part.start <= instant < part.end for part in looked):
        return False
    is_after = bool(looked) and all(part.end <= instant for part in looked)
    return not (world.assume_no_other_change and is_after)


def _recorded(program: Program, found: Happening) -> list[object]:
    """One for each instant, each who may have done it, and none if only possible.

    Where nobody recorded who did it, it may have been each holder of the power, and
    somebody else: whom an argument names, where the power is that one's.
    """
    holders = _holders(program, found.event)
    powers = program.events[found.event].powers
    is_named = any(not isinstance(power.holder, Constant) for power in powers)
    who: list[str | None] = [found.by]
    if found.by is None and holders:
        who = [*holders, None if is_named else ""]
    choices: list[object] = [
        Occurred(found.event, found.values, instant, found.ref, by)
        for instant in range(found.first, found.last + 1)
        for by in who
    ]
    return choices if found.weight is Weight.SURE else [*choices, None]


def _holders(program: Program, event: str) -> list[str]:
    powers = program.events[event].powers
    named = [p.holder.value for p in powers if isinstance(p.holder, Constant)]
    return list(dict.fromkeys(named))


def _nobody(world: World, event: str) -> list[None]:
    """An event that asks for no power needs nobody who did it."""
    return [] if _holders(world.program, event) else [None]


def _seen(seen: Sighting) -> list[object]:
    if seen.weight not in COUNTED:
        return []
    choices: list[object] = [
        (seen.fluent, seen.values, instant, seen.holds)
        for instant in range(seen.first, seen.last + 1)
    ]
    return choices if seen.weight is Weight.SURE else [*choices, None]


def _counted(seen: CountSeen) -> list[object]:
    if seen.weight not in COUNTED:
        return []
    instants = range(seen.first, seen.last + 1)
    choices: list[object] = [(seen.measure, at, seen.at_least) for at in instants]
    return choices if seen.weight is Weight.SURE else [*choices, None]


def _readings(world: World) -> Iterator[Mapping[str, str]]:
    variants = [
        [(v.name, name) for name, _ in v.readings]
        for v in world.program.variants.values()
        if v.name not in world.readings
    ]
    for choice in itertools.product(*variants):
        yield {**world.readings, **dict(choice)}


def _ask_everything(
    course: Course, conditions: Sequence[Condition], start: int, end: int
) -> None:
    """Meet every unknown that any answer on `[start, end)` rests on."""
    program = course.settled.world.program
    for instant in [*course.instants, start]:
        for fluent in program.fluents.values():
            sorts = [course.values(param.sort) for param in fluent.params]
            for values in itertools.product(*sorts):
                course.holds(Atom(fluent.name, tuple(map(Constant, values))), instant)
        for duty in program.obligations.values():
            for one in instances(course, duty, instant):
                words_of(course, one, instant)
    for condition in conditions:
        for instant in range(start, end):
            course.holds(condition, instant)
