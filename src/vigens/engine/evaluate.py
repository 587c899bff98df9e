"""Bounds of fluents and conditions, worked out when asked and kept.

Goal-directed: a question evaluates only what it rests on. A ground fluent is a pair of
interval sets; negation swaps and complements, the rest works on the bounds.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vigens.engine.bounds import (
    ALWAYS,
    NEVER,
    UNKNOWN,
    Bounds,
    all_of,
    any_of,
    hull,
    negation,
)
from vigens.engine.inertia import Move, inertia
from vigens.engine.intervals import (
    EVERYWHERE,
    HIGH,
    Spans,
    at_least,
    covers,
    difference,
    intersect,
    union,
)
from vigens.engine.patterns import bind, is_closed, known_values, match_values
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
    substitute,
    substitute_atom,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vigens.engine.nodes import Node
    from vigens.engine.world import World
    from vigens.model import Happening


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
        #: Nodes that `explain` has unfolded, by atom and instant.
        self.unfolded: dict[tuple[Atom, int], Node] = {}
        self._kept: dict[Atom, Bounds] = {}
        self._inertial: dict[Atom, Bounds] = {}
        self._read: dict[tuple[tuple[str, str], ...], Evaluation] = {}
        self._seen: dict[str, dict[str, Bounds]] = {}
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
                return negation(self.bounds(inner))
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

    def presence(self, condition: Quantified, value: str) -> Bounds:
        """Say from when a quantifier ranges over a value.

        A declared value is always there; one of an open sort is there from the first
        time that an occurrence or an observation names it.

        Source:
            Design, section 4.3: what is learned later does not reach back.
        """
        sort = condition.variable.sort
        if sort == "component" or value in self.world.program.values_of(sort):
            return ALWAYS
        return self._seen_values(sort).get(value, NEVER)

    def unseen(self, condition: Quantified) -> Spans:
        """Give where a quantifier may range over a value that nobody has recorded.

        Source:
            Design, section 4.3, cause 3.
        """
        program = self.world.program
        sort = condition.variable.sort
        if sort == "component" or not program.sorts[sort].is_open:
            return ()
        gaps = [
            self.world.gaps(event.name, [None] * len(event.params))
            for event in program.events.values()
            if any(param.sort == sort for param in event.params)
        ]
        first = min((found[0][0] for found in gaps if found), default=HIGH)
        return ((first, HIGH),) if first < HIGH else ()

    def under(self, readings: Mapping[str, str]) -> Evaluation:
        """Give the same world with further readings chosen.

        Source:
            Design, section 3.1, point 11 (variants).
        """
        key = tuple(sorted(readings.items()))
        if key not in self._read:
            chosen = {**self.world.readings, **readings}
            self._read[key] = Evaluation(replace(self.world, readings=chosen))
        return self._read[key]

    def choices(self, fluent: Fluent) -> tuple[dict[str, str], ...]:
        """List every choice of the readings of a fluent that the lens leaves open.

        Source:
            Design, section 3.1, point 11 (variants).
        """
        variants = self.unread_variants(fluent)
        names = [
            [name for name, _ in self.world.program.variants[variant].readings]
            for variant in variants
        ]
        return tuple(
            dict(zip(variants, choice, strict=True))
            for choice in itertools.product(*names)
        )

    def is_read(self, reading: Reading | None) -> bool:
        """Say whether a clause counts under the readings that are chosen."""
        if reading is None:
            return True
        return self.world.readings.get(reading.variant) == reading.name

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
                if self.is_read(change.reading)
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
        if not self.unread_variants(fluent):
            return self._read_fluent(atom, fluent)
        return hull(
            [self.under(choice).bounds(atom) for choice in self.choices(fluent)]
        )

    def _read_fluent(self, atom: Atom, fluent: Fluent) -> Bounds:
        binding = bind(fluent, atom)
        parts = [
            self.bounds(substitute(held.condition, binding))
            for held in fluent.held
            if self.is_read(held.reading)
        ]
        if fluent.initiated or not fluent.held:
            parts.append(self.inertial(atom))
        return any_of(parts)

    def inertial(self, atom: Atom) -> Bounds:
        """Give the bounds that changes and observations alone give a ground fluent.

        Source:
            Design, section 4.3.
        """
        if atom in self._inertial:
            return self._inertial[atom]
        starts = [part.move for part in self.contributions(atom, starts=True)]
        ends = [part.move for part in self.contributions(atom, starts=False)]
        for seen in self.world.sightings.get(atom.name, ()):
            if seen.values == atom.values and seen.weight in (
                Weight.SURE,
                Weight.POSSIBLE,
            ):
                move = Move(seen.first, seen.last, sure=seen.weight is Weight.SURE)
                (starts if seen.holds else ends).append(move)
        self._inertial[atom] = Bounds(*inertia(starts, ends))
        return self._inertial[atom]

    def _of_rule(
        self, change: Change, binding: Mapping[str, str]
    ) -> Iterator[Contribution]:
        pattern = substitute_atom(change.event, binding)
        values = known_values(pattern)
        for happening in self.world.occurred(pattern.name, values):
            extra = match_values(pattern, happening.values)
            if extra is None or happening.weight in (Weight.ASIDE, Weight.DENIED):
                continue
            full = {**binding, **extra}
            found = self._weighed(change, happening, full)
            if found is not None:
                yield found
        for gap in self.world.gaps(pattern.name, values):
            for left, right in intersect([gap], self._room(change, binding)):
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
        if not is_closed(condition):
            return EVERYWHERE
        possibly = self.bounds(condition).possibly
        return tuple((start + 1, min(end + 1, HIGH)) for start, end in possibly)

    def _stated(self, condition: Stated) -> Bounds:
        name = getattr(condition.instrument, "value", "")
        text = self.world.program.instruments.get(name)
        if text is None or condition.key not in text.stated:
            return UNKNOWN
        return ALWAYS if condition.value in text.stated[condition.key] else NEVER

    def _quantified(self, condition: Quantified) -> Bounds:
        name, unseen = condition.variable.name, self.unseen(condition)
        there, bodies = [], []
        for value in self.domain(condition):
            there.append(self.presence(condition, value))
            bodies.append(self.bounds(substitute(condition.body, {name: value})))
        pairs = list(zip(there, bodies, strict=True))
        if condition.at_least is None:
            found = all_of([any_of([negation(at), body]) for at, body in pairs])
            return Bounds(difference(found.surely, unseen), found.possibly)
        parts = [all_of([at, body]) for at, body in pairs]
        surely = at_least(condition.at_least, [part.surely for part in parts])
        possibly = at_least(condition.at_least, [part.possibly for part in parts])
        return Bounds(surely, union(possibly, unseen))

    def _seen_values(self, sort: str) -> Mapping[str, Bounds]:
        """Say from when each value of an open sort is named; kept for each sort."""
        if sort in self._seen:
            return self._seen[sort]
        surely: dict[str, int] = {}
        possibly: dict[str, int] = {}
        for value, first, last, weight in self._mentions(sort):
            if weight in (Weight.SURE, Weight.POSSIBLE):
                possibly[value] = min(possibly.get(value, HIGH), first)
            if weight is Weight.SURE:
                surely[value] = min(surely.get(value, HIGH), last)
        self._seen[sort] = {
            value: Bounds(
                ((surely[value], HIGH),) if value in surely else (), ((first, HIGH),)
            )
            for value, first in possibly.items()
        }
        return self._seen[sort]

    def _mentions(self, sort: str) -> Iterator[tuple[str, int, int, Weight]]:
        program = self.world.program
        for event in program.events.values():
            places = [i for i, p in enumerate(event.params) if p.sort == sort]
            for found in self.world.happenings.get(event.name, ()) if places else ():
                for i in places:
                    yield found.values[i], found.first, found.last, found.weight
        for fluent in program.fluents.values():
            places = [i for i, p in enumerate(fluent.params) if p.sort == sort]
            for seen in self.world.sightings.get(fluent.name, ()) if places else ():
                for i in places:
                    yield seen.values[i], seen.first, seen.last, seen.weight
