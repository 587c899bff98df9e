"""Bounds of fluents and conditions, worked out when asked and kept.

Goal-directed: a question evaluates only what it rests on. A ground fluent is a pair of
interval sets; negation swaps and complements, the rest works on the bounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.batched import ranges, spans_of
from vigens.engine.bounds import ALWAYS, Bounds, all_of, any_of, negation
from vigens.engine.derived import derived_moves
from vigens.engine.inertia import Move
from vigens.engine.intervals import EVERYWHERE, HIGH, Spans, covers, intersect
from vigens.engine.occurrences import columns_at, holds_power
from vigens.engine.patterns import bind, is_closed, known_values, match_values
from vigens.engine.phrases import phrase
from vigens.engine.plan import Plan
from vigens.engine.quantify import domain_codes
from vigens.engine.verdicts import Verdict
from vigens.model import Happening, Weight
from vigens.rules import (
    AllOf,
    AnyOf,
    Atom,
    Constant,
    Edge,
    Negation,
    Variable,
    substitute,
    substitute_atom,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vigens.engine.nodes import Node
    from vigens.engine.tables import Table
    from vigens.engine.world import World
    from vigens.rules import (
        Change,
        Condition,
        EventType,
        Fluent,
        Power,
        Provision,
        Quantified,
        Reading,
    )


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

    def __init__(self, world: World, plan: Plan | None = None) -> None:
        """Begin with nothing evaluated.

        Args:
            world: Rules and evidence.
            plan: Tables of this world that are worked out already.
        """
        self.world = world
        self.plan = Plan(world) if plan is None else plan
        #: Nodes that `explain` has unfolded, by atom and instant.
        self.unfolded: dict[tuple[Atom, int], Node] = {}
        self._kept: dict[Condition, Bounds] = {}
        self._read: dict[tuple[tuple[str, str], ...], Evaluation] = {}
        self._contributed: dict[tuple[Atom, bool], tuple[Contribution, ...]] = {}
        self._derived: dict[str, list[Happening]] = {}

    def bounds(self, condition: Condition) -> Bounds:
        """Give the bounds of a ground condition.

        Args:
            condition: Without free variables.

        Returns:
            Where it surely and where it possibly holds.

        Source:
            Design, section 4.3.
        """
        if condition not in self._kept:
            self._kept[condition] = self._bounds(condition)
        return self._kept[condition]

    def _bounds(self, condition: Condition) -> Bounds:
        """Read a row off a table; join rows one by one where it takes few."""
        match condition:
            case Atom(name):
                return self._row(self.plan.state(name), condition)
            case Negation(inner):
                return negation(self.bounds(inner))
            case AllOf(parts):
                return all_of([self.bounds(part) for part in parts])
            case AnyOf(parts):
                return any_of([self.bounds(part) for part in parts])
            case _:
                return _first_row(self.plan.condition(condition))

    def bounds_of(self, name: str, rows: Sequence[tuple[str, ...]]) -> list[Bounds]:
        """Give the bounds of one fluent for many rows of values, in one look-up.

        Args:
            name: Of a declared fluent.
            rows: The values of its arguments.

        Source:
            Design, section 4.6.
        """
        table = self.plan.state(name)
        keys = np.zeros(len(rows), dtype=np.int64)
        for at, variable in enumerate(table.variables):
            values = [row[at] for row in rows]
            codes = self.plan.symbols.codes(variable.sort, values)
            keys |= codes << table.packing.shifts[at]
        return [_bounds_at(table, row) for row in table.find(keys).tolist()]

    def inertial(self, atom: Atom) -> Bounds:
        """Give the bounds that changes and observations alone give a ground fluent.

        Source:
            Design, section 4.3.
        """
        return self._row(self.plan.inertial(atom.name), atom)

    def domain(self, condition: Quantified) -> tuple[str, ...]:
        """List the values over which a quantifier ranges."""
        codes = domain_codes(self.plan, condition)
        words = self.plan.symbols.words(condition.variable.sort)
        return tuple(words[code] for code in codes.tolist())

    def presence(self, condition: Quantified, value: str) -> Bounds:
        """Say from when a quantifier ranges over a value.

        A declared value is always there; one of an open sort is there from the first
        time that an occurrence or an observation names it.

        Source:
            Design, section 4.3: what is learned later does not reach back.
        """
        table = self.plan.presence(condition)
        if table is None:
            return ALWAYS
        return self._row(table, Atom("", (Constant(value),)))

    def unseen(self, condition: Quantified) -> Spans:
        """Give where a quantifier may range over a value that nobody has recorded.

        Source:
            Design, section 4.3, cause 3.
        """
        return spans_of(self.plan.unseen(condition), 0)

    def under(self, readings: Mapping[str, str]) -> Evaluation:
        """Give the same world with further readings chosen.

        Source:
            Design, section 3.1, point 11 (variants).
        """
        key = tuple(sorted(readings.items()))
        if key not in self._read:
            plan = self.plan.under(readings)
            self._read[key] = Evaluation(plan.world, plan)
        return self._read[key]

    def choices(self, fluent: Fluent) -> tuple[dict[str, str], ...]:
        """List every choice of the readings of a fluent that the lens leaves open.

        Source:
            Design, section 3.1, point 11 (variants).
        """
        return self.plan.choices(fluent)

    def is_read(self, reading: Reading | None) -> bool:
        """Say whether a clause counts under the readings that are chosen."""
        return self.plan.is_read(reading)

    def unread_variants(self, fluent: Fluent) -> tuple[str, ...]:
        """List the variants of a fluent's own clauses that the lens leaves open."""
        return self.plan.unread_variants(fluent)

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
                if self.is_read(change.reading) and _is_of_value(fluent, change, atom)
                for part in self._of_rule(change, binding)
                if _has_value(fluent, part, atom) is not False
            ) + (() if starts else tuple(self._crowding(fluent, atom)))
        return self._contributed[atom, starts]

    def _crowding(self, fluent: Fluent, atom: Atom) -> Iterator[Contribution]:
        """List the starts of other values, each of which stops this one."""
        if not fluent.has_values:
            return
        binding = bind(fluent, atom)
        del binding[fluent.params[-1].name]
        for change in fluent.initiated:
            if self.is_read(change.reading):
                for part in self._of_rule(change, binding):
                    if _has_value(fluent, part, atom) is not True:
                        yield part

    def occurred(
        self, event: str, values: tuple[str | None, ...] | None = None
    ) -> list[Happening]:
        """List the occurrences of an event that may fit: recorded or brought about.

        Args:
            event: Event type.
            values: Its arguments, `None` where any value is meant; without them all
                occurrences are meant.

        Returns:
            Of whatever weight; rows of tables only where they count.

        Source:
            Design, sections 3.1 (point 1) and 4.6.
        """
        wanted = (None,) if values is None else values
        found = [*self.world.occurred(event, wanted), *self.brought(event)]
        if self.world.bulk.get(event):
            found.extend(self._in_tables(event, values))
        return found

    def _in_tables(
        self, event: str, values: tuple[str | None, ...] | None
    ) -> Iterator[Happening]:
        """List rows of tables as occurrences, found by their key."""
        moves = self.plan.recorded(event)
        mask = wanted = 0
        for at, value in enumerate(values or ()):
            if value is not None:
                bits, shift = moves.packing.bits[at], moves.packing.shifts[at]
                mask |= ((1 << bits) - 1) << shift
                sort = moves.variables[at].sort
                wanted |= self.plan.symbols.code(sort, value) << shift
        rows = np.flatnonzero(moves.keys & mask == wanted)
        low = np.searchsorted(moves.rows, rows, side="left")
        counts = np.searchsorted(moves.rows, rows, side="right") - low
        n_entries = len(self.world.happenings.get(event, ()))
        words = [self.plan.symbols.words(v.sort) for v in moves.variables]
        for place in ranges(low, counts).tolist():
            origin = int(moves.origin[place])
            cited = columns_at(self.world.bulk[event], origin - n_entries)
            if origin < n_entries or cited is None:
                continue
            table, row = cited
            key = moves.keys[moves.rows[place] : moves.rows[place] + 1]
            codes = [int(moves.packing.unpack(key, at)[0]) for at in range(len(words))]
            sure = bool(moves.sure[place])
            yield Happening(
                f"{table.source}:{int(table.rows[row])}",
                event,
                tuple(word[code] for word, code in zip(words, codes, strict=True)),
                int(moves.first[place]),
                int(moves.last[place]),
                Weight.SURE if sure else Weight.POSSIBLE,
                "" if sure else table.reason,
            )

    def brought(self, event: str) -> list[Happening]:
        """List the occurrences of an event that provisions bring about.

        Source:
            VCLT article 24; design, section 3.1, point 1.
        """
        if event not in self._derived:
            self._derived[event] = [
                happening
                for provision in self.world.program.provisions.values()
                if provision.brings.name == event and self.is_read(provision.reading)
                for happening in self._by_provision(provision)
            ]
        return self._derived[event]

    def _by_provision(self, provision: Provision) -> Iterator[Happening]:
        moves = derived_moves(self.plan, provision)
        params = self.world.program.events[provision.brings.name].params
        words = [
            [
                self.plan.symbols.words(p.sort)[code]
                for code in moves.column(at).tolist()
            ]
            for at, p in enumerate(params)
        ]
        for index, values in (
            enumerate(zip(*words, strict=True))
            if words
            else ((index, ()) for index in range(len(moves)))
        ):
            sure = bool(moves.sure[index])
            yield Happening(
                f"provision {provision.name}",
                provision.brings.name,
                tuple(values),
                int(moves.first[index]),
                int(moves.last[index]),
                Weight.SURE if sure else Weight.POSSIBLE,
                ""
                if sure
                else provision.perhaps or f"not sure under {provision.title}",
                rule=provision.title,
            )

    def _row(self, table: Table, atom: Atom) -> Bounds:
        symbols = self.plan.symbols
        key = 0
        for at, value in enumerate(atom.values):
            code = symbols.code(table.variables[at].sort, value)
            key |= code << table.packing.shifts[at]
        row = int(table.find(np.asarray([key], dtype=np.int64))[0])
        return _bounds_at(table, row)

    def _of_rule(
        self, change: Change, binding: Mapping[str, str]
    ) -> Iterator[Contribution]:
        if isinstance(change.event, Edge):
            yield from self._of_edge(change, change.event, binding)
            return
        pattern = substitute_atom(change.event, binding)
        values = known_values(pattern)
        for happening in self.occurred(pattern.name, values):
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

    def _of_edge(
        self, change: Change, edge: Edge, binding: Mapping[str, str]
    ) -> Iterator[Contribution]:
        """List the beginnings or ends of another state that move this one."""
        pattern = substitute_atom(edge.atom, binding)
        moves = self.plan.occurs(Edge(pattern, edge.is_begin))
        words = [self.plan.symbols.words(v.sort) for v in moves.variables]
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
            found = self._weighed(change, happening, {**binding, **extra})
            if found is not None:
                yield found

    def _weighed(
        self, change: Change, happening: Happening, binding: Mapping[str, str]
    ) -> Contribution | None:
        sure = happening.weight is Weight.SURE
        doubt = None if sure else happening.reason
        power = self.powered(happening)
        if power is Verdict.FAILS:
            return None
        if power is Verdict.OPEN:
            sure, doubt = (
                False,
                doubt or "whether its author had the power is not known",
            )
        if change.perhaps is not None:
            sure, doubt = False, change.perhaps
        if change.when is not None:
            found = self._before(substitute(change.when, binding), happening)
            if found is Verdict.FAILS:
                return None
            if found is Verdict.OPEN:
                sure = False
                doubt = doubt or self._unsettled(change.when, binding)
        move = Move(happening.first, happening.last, sure)
        return Contribution(change, move, happening, tuple(binding.items()), doubt)

    def _before(self, condition: Condition, happening: Happening) -> Verdict:
        """Say whether a condition held just before an occurrence."""
        found = self.bounds(condition)
        before = (happening.first - 1, max(happening.last, happening.first))
        if not intersect(found.possibly, [before]):
            return Verdict.FAILS
        return Verdict.HOLDS if covers(found.surely, *before) else Verdict.OPEN

    def powered(self, happening: Happening) -> Verdict:
        """Say whether who brought an occurrence about had the power to.

        Source:
            Design, section 3.1, point 5: an act without power has no effect.
        """
        event = self.world.program.events.get(happening.event)
        if event is None or not event.powers:
            return Verdict.HOLDS
        found = [self._by_power(event, power, happening) for power in event.powers]
        if Verdict.HOLDS in found:
            return Verdict.HOLDS
        return Verdict.OPEN if Verdict.OPEN in found else Verdict.FAILS

    def _by_power(
        self, event: EventType, power: Power, happening: Happening
    ) -> Verdict:
        holds = holds_power(event, power, happening)
        if holds is False:
            return Verdict.FAILS
        found = Verdict.OPEN if holds is None or power.unstated else Verdict.HOLDS
        if power.condition is None:
            return found
        names = [param.name for param in event.params]
        binding = dict(zip(names, happening.values, strict=True))
        before = self._before(substitute(power.condition, binding), happening)
        return before if found is Verdict.HOLDS or before is Verdict.FAILS else found

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


def _is_of_value(fluent: Fluent, change: Change, atom: Atom) -> bool:
    """Say whether a rule can be about the value that an atom names."""
    if not fluent.has_values or not isinstance(change.value, Constant):
        return True
    return change.value == atom.terms[-1]


def _has_value(fluent: Fluent, part: Contribution, atom: Atom) -> bool | None:
    """Say whether a change is about the value that an atom names; `None` for any."""
    value = part.change.value if fluent.has_values else None
    if value is None:
        return None
    if isinstance(value, Variable):
        named = dict(part.binding).get(value.name)
        return None if named is None else Constant(named) == atom.terms[-1]
    return value == atom.terms[-1]


def _bounds_at(table: Table, row: int) -> Bounds:
    surely = spans_of(table.surely, row)
    return Bounds(surely, surely if table.is_known else spans_of(table.possibly, row))


def _first_row(table: Table) -> Bounds:
    surely = spans_of(table.surely, 0)
    return Bounds(surely, surely if table.is_known else spans_of(table.possibly, 0))
