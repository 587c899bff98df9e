"""The slow twin: every completion of the unknowns, evaluated in two values.

For small worlds and short stretches of time only. It shares no code with `evaluate` and
`inertia`; tests hold the two against each other. A *completion* fixes the instant of
each dated occurrence, whether each possible one happened, what happened unseen where
nobody looked, every reading, every `perhaps` and everything unstated.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from vigens.model import Weight
from vigens.rules import (
    AllOf,
    AnyOf,
    Atom,
    Change,
    Condition,
    Constant,
    Negation,
    Quantified,
    Stated,
    Unstated,
    Variable,
    substitute,
    substitute_atom,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from vigens.engine.world import World
    from vigens.model import Happening
    from vigens.rules import Reading

_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Occurred:
    """One concrete occurrence; `ref` is empty for one that nobody recorded."""

    event: str
    values: tuple[str, ...]
    instant: int
    ref: str


@dataclass(frozen=True, slots=True)
class Completion:
    """One way in which everything unknown may have been.

    Attributes:
        world: With every reading chosen.
        occurred: What happened, and when.
        anchors: States seen, as (fluent, values, instant, holds).
        perhaps: Rule place and occurrence to whether the rule took effect.
        unstated: Open text to how it is settled.
    """

    world: World
    occurred: tuple[Occurred, ...]
    anchors: tuple[tuple[str, tuple[str, ...], int, bool], ...]
    perhaps: Mapping[tuple[str, str], bool]
    unstated: Mapping[str, bool]

    def holds(self, condition: Condition, instant: int) -> bool:
        """Evaluate a ground condition at an instant, in two values.

        Source:
            Event calculus, HoldsAt; design, section 4.3.
        """
        match condition:
            case Atom():
                return self._fluent(condition, instant)
            case Negation(inner):
                return not self.holds(inner, instant)
            case AllOf(parts):
                return all(self.holds(part, instant) for part in parts)
            case AnyOf(parts):
                return any(self.holds(part, instant) for part in parts)
            case Unstated(what):
                return self.unstated[what]
            case Stated():
                return self._stated(condition)
            case Quantified(at_least, variable, _, body):
                held = [
                    self.holds(substitute(body, {variable.name: value}), instant)
                    for value in self._domain(condition, instant)
                ]
                wanted = len(held) if at_least is None else at_least
                return sum(held) >= wanted

    def _domain(self, condition: Quantified, instant: int) -> set[str]:
        """A closed sort is what is declared; an open one also what was named by then."""
        program, sort = self.world.program, condition.variable.sort
        owner = getattr(condition.owner, "value", None)
        if sort == "component" and owner is not None:
            return {part.name for part in program.instruments[owner].components}
        found = set(program.values_of(sort))
        if not program.sorts[sort].is_open:
            return found
        for one in self.occurred:
            if one.instant <= instant:
                found |= _of_sort(sort, program.events[one.event].params, one.values)
        for fluent, values, at, _ in self.anchors:
            if at <= instant:
                found |= _of_sort(sort, program.fluents[fluent].params, values)
        return found

    def _stated(self, condition: Stated) -> bool:
        name = getattr(condition.instrument, "value", "")
        text = self.world.program.instruments.get(name)
        if text is None or condition.key in text.unstated:
            return self.unstated[open_key(condition)]
        return condition.value in text.stated.get(condition.key, ())

    def _fluent(self, atom: Atom, instant: int) -> bool:
        fluent = self.world.program.fluents[atom.name]
        names = [param.name for param in fluent.params]
        binding = dict(zip(names, atom.values, strict=True))
        if any(
            self.holds(substitute(held.condition, binding), instant)
            for held in fluent.held
            if self._is_read(held.reading)
        ):
            return True
        times = {found.instant for found in self.occurred if found.instant <= instant}
        times |= {at for _, _, at, _ in self.anchors if at <= instant}
        state = False
        for at in sorted(times):
            begins = self._moved(fluent.initiated, binding, at)
            ends = self._moved(fluent.terminated, binding, at)
            for name, values, seen_at, holds in self.anchors:
                if (name, values, seen_at) == (atom.name, atom.values, at):
                    begins, ends = begins or holds, ends or not holds
            state = (state or begins) and not ends
        return state

    def _moved(
        self, changes: Iterable[Change], binding: Mapping[str, str], at: int
    ) -> bool:
        return any(
            self._took_effect(change, found, binding)
            for change in changes
            if self._is_read(change.reading)
            for found in self.occurred
            if found.instant == at
        )

    def _took_effect(
        self, change: Change, found: Occurred, binding: Mapping[str, str]
    ) -> bool:
        pattern = substitute_atom(change.event, binding)
        if pattern.name != found.event:
            return False
        extra: dict[str, str] = {}
        for term, value in zip(pattern.terms, found.values, strict=True):
            if isinstance(term, Constant) and term.value != value:
                return False
            if (
                isinstance(term, Variable)
                and extra.setdefault(term.name, value) != value
            ):
                return False
        if change.perhaps is not None and not self.perhaps.get(
            (change.place, found.ref), False
        ):
            return False
        if change.when is None:
            return True
        condition = substitute(change.when, {**binding, **extra})
        return self.holds(condition, found.instant - 1)

    def _is_read(self, reading: Reading | None) -> bool:
        return (
            reading is None or self.world.readings.get(reading.variant) == reading.name
        )


def _of_sort(sort: str, params: Sequence[Variable], values: Sequence[str]) -> set[str]:
    pairs = zip(params, values, strict=True)
    return {value for param, value in pairs if param.sort == sort}


def open_key(condition: Stated) -> str:
    """Name what a text leaves open, as one of the unknowns of a completion."""
    return f"{condition.instrument} {condition.key} {condition.value}"


def completions(
    world: World, ground: Sequence[tuple[str, tuple[str, ...]]], start: int, end: int
) -> Iterator[Completion]:
    """Enumerate every completion of a small world.

    Args:
        world: Small: the number of completions is the product of all choices.
        ground: Every event with every tuple of values that may happen unseen; each is
            taken to happen at most once at each instant where nobody looked.
        start: First instant considered.
        end: Instant after the last.

    Yields:
        Completions; together they cover every choice on `[start, end)`.

    Source:
        Design, section 4.3: soundness is the law.
    """
    recorded = [
        _choices(found)
        for group in world.happenings.values()
        for found in group
        if found.weight in (Weight.SURE, Weight.POSSIBLE)
    ]
    anchors = [
        [
            (seen.fluent, seen.values, instant, seen.holds)
            for instant in range(seen.first, seen.last + 1)
        ]
        + ([] if seen.weight is Weight.SURE else [None])
        for group in world.sightings.values()
        for seen in group
        if seen.weight in (Weight.SURE, Weight.POSSIBLE)
    ]
    unseen = [
        [None, Occurred(event, values, instant, "")]
        for event, values in ground
        for left, right in world.gaps(event, values)
        for instant in range(max(left, start), min(right, end))
    ]
    refs = [f.ref for group in world.happenings.values() for f in group] + [""]
    for chosen in _readings(world):
        fixed = replace(world, readings=chosen)
        for settled in _switches(sorted(_texts(world))):
            for effects in _switches([(p, r) for p in _places(world) for r in refs]):
                for picked in itertools.product(*recorded, *unseen):
                    happened = tuple(one for one in picked if one is not None)
                    for seen in itertools.product(*anchors):
                        fixed_seen = tuple(one for one in seen if one is not None)
                        yield Completion(fixed, happened, fixed_seen, effects, settled)


def _choices(found: Happening) -> list[Occurred | None]:
    choices: list[Occurred | None] = [
        Occurred(found.event, found.values, instant, found.ref)
        for instant in range(found.first, found.last + 1)
    ]
    return choices if found.weight is Weight.SURE else [*choices, None]


def _readings(world: World) -> Iterator[dict[str, str]]:
    variants = [
        [(v.name, name) for name, _ in v.readings]
        for v in world.program.variants.values()
        if v.name not in world.readings
    ]
    for choice in itertools.product(*variants):
        yield {**world.readings, **dict(choice)}


def _switches(keys: Sequence[_Key]) -> Iterator[dict[_Key, bool]]:
    for choice in itertools.product((False, True), repeat=len(keys)):
        yield dict(zip(keys, choice, strict=True))


def _places(world: World) -> list[str]:
    return [
        change.place
        for fluent in world.program.fluents.values()
        for change in (*fluent.initiated, *fluent.terminated)
        if change.perhaps is not None
    ]


def _texts(world: World) -> set[str]:
    found: set[str] = set()
    waiting: list[Condition] = []
    for fluent in world.program.fluents.values():
        waiting.extend(held.condition for held in fluent.held)
        waiting.extend(
            change.when
            for change in (*fluent.initiated, *fluent.terminated)
            if change.when is not None
        )
    while waiting:
        match waiting.pop():
            case Unstated(what):
                found.add(what)
            case Stated(term, key) as said:
                text = world.program.instruments.get(getattr(term, "value", ""))
                if text is None or key in text.unstated:
                    found.add(open_key(said))
            case Negation(inner):
                waiting.append(inner)
            case AllOf(parts) | AnyOf(parts):
                waiting.extend(parts)
            case Quantified(_, _, _, body):
                waiting.append(body)
            case _:
                pass
    return found
