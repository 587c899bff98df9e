"""Bounds of fluents and conditions, worked out when asked and kept.

Goal-directed: a question evaluates only what it rests on. A ground fluent is a pair of
interval sets; negation swaps and complements, the rest works on the bounds.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vigens.engine.inertia import Move, inertia
from vigens.engine.intervals import (
    EVERYWHERE,
    HIGH,
    Spans,
    at_least,
    complement,
    covers,
    difference,
    intersect,
    union,
)
from vigens.engine.phrases import phrase
from vigens.model import Weight
from vigens.rules import (
    AllOf,
    AnyOf,
    Atom,
    Change,
    Condition,
    Constant,
    Fluent,
    Negation,
    Quantified,
    Reading,
    Stated,
    Unstated,
    Variable,
    atoms_in,
    substitute,
    substitute_atom,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vigens.engine.world import World
    from vigens.model import Happening


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where something surely and where it possibly holds: `surely ⊆ possibly`."""

    surely: Spans
    possibly: Spans

    @property
    def open(self) -> Spans:
        """Give where it is not known."""
        return difference(self.possibly, self.surely)


ALWAYS = Bounds(EVERYWHERE, EVERYWHERE)
NEVER = Bounds((), ())
UNKNOWN = Bounds((), EVERYWHERE)


@dataclass(frozen=True, slots=True)
class Contribution:
    """One way in which a rule may move a fluent, for evaluation and for the why.

    Attributes:
        change: The rule.
        move: Range and sureness.
        happening: The occurrence, or `None` for an unobserved one in a gap.
        binding: Values of the rule's variables.
        doubt: Why it is not sure, if it is not.
    """

    change: Change
    move: Move
    happening: Happening | None
    binding: tuple[tuple[str, str], ...]
    doubt: str | None


class Evaluation:
    """Answers about one world; every answer is kept for the next question."""

    def __init__(self, world: World) -> None:
        """Begin with nothing evaluated."""
        self.world = world
        self._kept: dict[Atom, Bounds] = {}
        self._contributed: dict[tuple[Atom, bool], tuple[Contribution, ...]] = {}

    def bounds(self, condition: Condition) -> Bounds:
        """Give the bounds of a ground condition.

        Args:
            condition: Without free variables.

        Returns:
            Where it surely and where it possibly holds.

        Source:
            Design, section 4.3.
        """
        match condition:
            case Atom():
                if condition not in self._kept:
                    self._kept[condition] = self._fluent(condition)
                return self._kept[condition]
            case Negation(inner):
                found = self.bounds(inner)
                return Bounds(complement(found.possibly), complement(found.surely))
            case AllOf(parts):
                return all_of([self.bounds(part) for part in parts])
            case AnyOf(parts):
                return any_of([self.bounds(part) for part in parts])
            case Stated():
                return self._stated(condition)
            case Unstated():
                return UNKNOWN
            case Quantified():
                return self._quantified(condition)

    def domain(self, condition: Quantified) -> tuple[str, ...]:
        """List the values over which a quantifier ranges."""
        sort, owner = condition.variable.sort, condition.owner
        program = self.world.program
        if sort == "component" and isinstance(owner, Constant):
            text = program.instruments.get(owner.value)
            return tuple(part.name for part in text.components) if text else ()
        values = list(program.values_of(sort))
        if program.sorts[sort].is_open:
            values.extend(self._seen_values(sort))
        return tuple(dict.fromkeys(values))

    def contributions(self, atom: Atom, *, starts: bool) -> tuple[Contribution, ...]:
        """List what may initiate (or terminate) a ground fluent.

        Args:
            atom: Ground, of a declared fluent.
            starts: Initiations, or else terminations.
        """
        if (atom, starts) not in self._contributed:
            fluent = self.world.program.fluents[atom.name]
            binding = bind(fluent, atom)
            self._contributed[atom, starts] = tuple(
                part
                for change in (fluent.initiated if starts else fluent.terminated)
                if self._is_read(change.reading)
                for part in self._of_rule(change, binding)
            )
        return self._contributed[atom, starts]

    def unread_variants(self, fluent: Fluent) -> tuple[str, ...]:
        """List the variants of a fluent's own clauses that the lens leaves open."""
        readings = [
            *(change.reading for change in (*fluent.initiated, *fluent.terminated)),
            *(held.reading for held in fluent.held),
        ]
        named = [reading.variant for reading in readings if reading is not None]
        return tuple(v for v in dict.fromkeys(named) if v not in self.world.readings)

    def _fluent(self, atom: Atom) -> Bounds:
        fluent = self.world.program.fluents[atom.name]
        variants = self.unread_variants(fluent)
        if not variants:
            return self._read_fluent(atom, fluent)
        choices = [
            [name for name, _ in self.world.program.variants[variant].readings]
            for variant in variants
        ]
        found = []
        for choice in itertools.product(*choices):
            readings = {
                **self.world.readings,
                **dict(zip(variants, choice, strict=True)),
            }
            other = Evaluation(replace(self.world, readings=readings))
            found.append(other._read_fluent(atom, fluent))
        return hull(found)

    def _read_fluent(self, atom: Atom, fluent: Fluent) -> Bounds:
        binding = bind(fluent, atom)
        parts = [
            self.bounds(substitute(held.condition, binding))
            for held in fluent.held
            if self._is_read(held.reading)
        ]
        if fluent.initiated or not fluent.held:
            parts.append(self._inertial(atom))
        return any_of(parts)

    def _inertial(self, atom: Atom) -> Bounds:
        starts = [part.move for part in self.contributions(atom, starts=True)]
        ends = [part.move for part in self.contributions(atom, starts=False)]
        for seen in self.world.sightings.get(atom.name, ()):
            if seen.values == atom.values and seen.weight in (
                Weight.SURE,
                Weight.POSSIBLE,
            ):
                move = Move(seen.first, seen.last, sure=seen.weight is Weight.SURE)
                (starts if seen.holds else ends).append(move)
        return Bounds(*inertia(starts, ends))

    def _of_rule(
        self, change: Change, binding: Mapping[str, str]
    ) -> Iterator[Contribution]:
        pattern = substitute_atom(change.event, binding)
        for happening in self.world.happenings.get(pattern.name, ()):
            extra = match_values(pattern, happening.values)
            if extra is None or happening.weight in (Weight.ASIDE, Weight.DENIED):
                continue
            full = {**binding, **extra}
            found = self._weighed(change, happening, full)
            if found is not None:
                yield found
        values = [t.value if isinstance(t, Constant) else None for t in pattern.terms]
        for start, end in self.world.gaps(pattern.name, values):
            for left, right in intersect([(start, end)], self._room(change, binding)):
                move = Move(left, right - 1, sure=False)
                doubt = "an unrecorded occurrence is possible"
                yield Contribution(change, move, None, tuple(binding.items()), doubt)

    def _weighed(
        self, change: Change, happening: Happening, binding: Mapping[str, str]
    ) -> Contribution | None:
        sure = happening.weight is Weight.SURE
        doubt = None if sure else happening.reason
        if change.perhaps is not None:
            sure, doubt = False, change.perhaps
        if change.when is not None:
            found = self.bounds(substitute(change.when, binding))
            before = (happening.first - 1, happening.last)
            if not intersect(found.possibly, [before]):
                return None
            if not covers(found.surely, *before):
                sure = False
                doubt = doubt or self._unsettled(change.when, binding)
        move = Move(happening.first, happening.last, sure)
        return Contribution(change, move, happening, tuple(binding.items()), doubt)

    def _unsettled(self, when: Condition, binding: Mapping[str, str]) -> str:
        condition = substitute(when, binding)
        if isinstance(condition, Atom):
            said = phrase(self.world.program, condition)
            return f"not known just before: {said}"
        return "its condition is not known to have held just before"

    def _room(self, change: Change, binding: Mapping[str, str]) -> Spans:
        """Where the `when` of a rule leaves room for an unrecorded occurrence."""
        if change.when is None:
            return EVERYWHERE
        condition = substitute(change.when, binding)
        if any(not atom.is_ground for atom in atoms_in(condition)):
            return EVERYWHERE
        possibly = self.bounds(condition).possibly
        return tuple((start + 1, min(end + 1, HIGH)) for start, end in possibly)

    def _stated(self, condition: Stated) -> Bounds:
        name = getattr(condition.instrument, "value", "")
        text = self.world.program.instruments.get(name)
        if text is None or condition.key in text.unstated:
            return UNKNOWN
        return (
            ALWAYS if condition.value in text.stated.get(condition.key, ()) else NEVER
        )

    def _quantified(self, condition: Quantified) -> Bounds:
        values = self.domain(condition)
        name = condition.variable.name
        parts = [
            self.bounds(substitute(condition.body, {name: value})) for value in values
        ]
        unseen = self._unseen(condition)
        if condition.at_least is None:
            found = all_of(parts)
            return Bounds(difference(found.surely, unseen), found.possibly)
        surely = at_least(condition.at_least, [part.surely for part in parts])
        possibly = at_least(condition.at_least, [part.possibly for part in parts])
        return Bounds(surely, union(possibly, unseen))

    def _unseen(self, condition: Quantified) -> Spans:
        """Where an open sort may hold a value that nobody has recorded."""
        program = self.world.program
        sort = condition.variable.sort
        if not program.sorts[sort].is_open:
            return ()
        gaps = [
            self.world.gaps(event.name, [None] * len(event.params))
            for event in program.events.values()
            if any(param.sort == sort for param in event.params)
        ]
        first = min((g[0][0] for g in gaps if g), default=HIGH)
        return ((first, HIGH),) if first < HIGH else ()

    def _seen_values(self, sort: str) -> Iterator[str]:
        for event in self.world.program.events.values():
            places = [i for i, p in enumerate(event.params) if p.sort == sort]
            for happening in self.world.happenings.get(event.name, ()):
                if happening.weight is not Weight.ASIDE:
                    yield from (happening.values[i] for i in places)

    def _is_read(self, reading: Reading | None) -> bool:
        if reading is None:
            return True
        return self.world.readings.get(reading.variant) == reading.name


def bind(fluent: Fluent, atom: Atom) -> dict[str, str]:
    """Pair a fluent's parameters with a ground atom's values."""
    return {
        param.name: value
        for param, value in zip(fluent.params, atom.values, strict=True)
    }


def match_values(pattern: Atom, values: tuple[str, ...]) -> dict[str, str] | None:
    """Match an event pattern against an occurrence's values.

    Returns:
        Values of the pattern's variables, or `None` where it does not match.
    """
    if len(pattern.terms) != len(values):
        return None
    found: dict[str, str] = {}
    for term, value in zip(pattern.terms, values, strict=True):
        if isinstance(term, Variable):
            if found.setdefault(term.name, value) != value:
                return None
        elif term.value != value:
            return None
    return found


def all_of(parts: list[Bounds]) -> Bounds:
    """Bounds of a conjunction.

    Source:
        Design, section 4.3: sound, and exact where each unknown occurs once.
    """
    surely, possibly = EVERYWHERE, EVERYWHERE
    for part in parts:
        surely = intersect(surely, part.surely)
        possibly = intersect(possibly, part.possibly)
    return Bounds(surely, possibly)


def any_of(parts: list[Bounds]) -> Bounds:
    """Bounds of a disjunction.

    Source:
        Design, section 4.3.
    """
    return Bounds(
        union(*(part.surely for part in parts)),
        union(*(part.possibly for part in parts)),
    )


def hull(parts: list[Bounds]) -> Bounds:
    """Bounds that hold whichever of the parts is the case.

    Source:
        Design, section 3.1, point 11 (variants).
    """
    return Bounds(all_of(parts).surely, union(*(part.possibly for part in parts)))
