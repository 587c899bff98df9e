"""The tables of a program over a body of evidence, each worked out when it is needed.

A plan is lazy and keeps what it has: a question evaluates only what it rests on. What
moves in a circle through time goes through one event queue; all else is arrays.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.axis import flat
from vigens.engine.batched import EMPTY, Runs, canonical, everywhere, from_spans
from vigens.engine.conditions import evaluate_condition, select
from vigens.engine.derived import derived_moves, with_derived_gaps
from vigens.engine.edges import edges
from vigens.engine.fluents import inertial_table, state_table, stops
from vigens.engine.intervals import HIGH, LOW
from vigens.engine.keys import close
from vigens.engine.moves import Moves, filter_moves, join_moves, select_moves
from vigens.engine.occurrences import COUNTED, mentions, number_values, recorded_moves
from vigens.engine.order import Order
from vigens.engine.queue import evaluate_circle
from vigens.engine.standing import Standing, duty_table
from vigens.engine.symbols import OTHER, Packing, Symbols
from vigens.engine.tables import Table, of_runs
from vigens.engine.tallies import Tallying, find_tallying, tally_number
from vigens.model import Weight
from vigens.rules import Atom, Constant, Edge, Quantified, Variable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vigens.engine.basis import Counted, Scope
    from vigens.engine.world import World
    from vigens.model import CountSeen
    from vigens.rules import (
        Condition,
        Count,
        EventType,
        Fluent,
        Obligation,
        Occurs,
        Power,
        Reading,
        Tallied,
    )


class Plan:
    """What a program comes to over one body of evidence."""

    def __init__(
        self,
        world: World,
        symbols: Symbols | None = None,
        order: Order | None = None,
    ) -> None:
        """Begin with nothing worked out.

        Args:
            world: Rules and evidence.
            symbols: Numbers of values from another plan over the same evidence.
            order: Of evaluation, from another plan over the same program.
        """
        self.world = world
        self.zone = world.zone
        if symbols is None:
            symbols = Symbols(world.program)
            number_values(symbols, world)
        self.symbols = symbols
        self._order = order
        self._done: set[int] = set()
        self._states: dict[str, Table] = {}
        self._inertial: dict[str, Table] = {}
        self._recorded: dict[str, Moves] = {}
        self._powered: dict[str, Moves] = {}
        self._moves: dict[str, Moves] = {}
        self._duties: dict[tuple[str, str], Table] = {}
        self._tallying: dict[str, Tallying] = {}
        self._standing: dict[Obligation, Standing] = {}
        self._presence: dict[str, Table | None] = {}
        self._under: dict[tuple[tuple[str, str], ...], Plan] = {}

    def condition(self, condition: Condition, scope: Scope = frozenset()) -> Table:
        """Work out a condition for every choice of values of its variables.

        Source:
            Design, sections 4.3 and 4.6.
        """
        return evaluate_condition(self, condition, scope)

    def state(self, name: str) -> Table:
        """Give where a fluent holds, for every choice of its arguments.

        Args:
            name: Of a declared fluent.

        Source:
            Design, section 4.6.
        """
        if name not in self._states:
            self._work_out(name)
        return self._states[name]

    @property
    def order(self) -> Order:
        """Give the order of evaluation."""
        if self._order is None:
            self._order = Order(self.world.program)
        return self._order

    def _work_out(self, node: str) -> None:
        """Work out a node after all that it rests on, group by group.

        Source:
            Design, section 4.6: strata are vectorised; a circle is one event queue.
        """
        for at in self.order.needed(node, self._done):
            self._done.add(at)
            if self.order.is_circle(at):
                found = evaluate_circle(self, self.order.groups[at])
                self._states |= found.states
                self._inertial |= found.inertial
                self._moves |= found.moves
                continue
            for each in self.order.groups[at]:
                kind, _, name = each.rpartition(":")
                if kind == "event":
                    self._moves[name] = self._brought(name)
                elif not kind:
                    fluent = self.world.program.fluents[name]
                    self._states[name] = state_table(self, fluent)

    def given(
        self, states: Mapping[str, Table], moves: Mapping[str, Moves] | None = None
    ) -> Plan:
        """Give the same evidence where some states and events are known otherwise.

        Args:
            states: Fluent to its table.
            moves: Event to its occurrences.

        Source:
            Design, section 4.6: what lies outside a circle is worked out once.
        """
        plan = Plan(self.world, self.symbols, self.order)
        plan._done = set(self._done)
        plan._states = {**self._states, **states}
        plan._moves = {**self._moves, **(moves or {})}
        plan._recorded = self._recorded  # the same evidence
        plan._presence = self._presence  # the same evidence
        return plan

    def inertial(self, name: str) -> Table:
        """Give where changes and observations alone let a fluent hold.

        Source:
            Design, section 4.3.
        """
        fluent = self.world.program.fluents[name]
        if not fluent.held and not self.unread_variants(fluent):
            return self.state(name)
        self.state(name)
        if name not in self._inertial:
            self._inertial[name] = inertial_table(self, fluent)
        return self._inertial[name]

    def duty(self, name: str, state: str) -> Table:
        """Give where instances of an obligation are in a state.

        Args:
            name: Of a declared obligation.
            state: As in `vigens.rules.InState`.

        Source:
            Design, section 3.1, point 4.
        """
        if (name, state) not in self._duties:
            duty = self.world.program.obligations[name]
            self._duties[name, state] = duty_table(self, duty, state, self.standing)
        return self._duties[name, state]

    def standing(self, duty: Obligation) -> Standing:
        """Give where the instances of an obligation stand.

        Source:
            Design, section 3.1, point 4.
        """
        if duty not in self._standing:
            self._standing[duty] = Standing(self, duty)
        return self._standing[duty]

    def tally(self, number: Tallied) -> Counted:
        """Give what a tally has come to, as a number in time.

        Source:
            Design, section 3.1, point 6.
        """
        return tally_number(self, self.tallying(number.tally), number)

    def tallying(self, name: str) -> Tallying:
        """Give what a tally counts.

        Source:
            Design, section 3.1, point 6.
        """
        if name not in self._tallying:
            tally = self.world.program.tallies[name]
            self._tallying[name] = find_tallying(self, tally)
        return self._tallying[name]

    def recorded(self, event: str) -> Moves:
        """Give the recorded occurrences of an event that count.

        Source:
            Design, section 4.6.
        """
        declared = self.world.program.events[event]
        kept = self._powered if declared.powers else self._recorded
        if event not in kept:
            powers = declared.powers or (None,)
            kept[event] = join_moves(
                self.symbols, [self.by_power(declared, power) for power in powers]
            )
        return kept[event]

    def by_power(self, event: EventType, power: Power | None) -> Moves:
        """List the occurrences that one power lets come about.

        Source:
            Design, section 3.1, point 5.
        """
        found = recorded_moves(self.symbols, self.world, event, power)
        if power is None or not len(found):
            return found
        if power.condition is not None:
            table = self.condition(power.condition, frozenset(event.params))
            found = filter_moves(found, table, self.symbols)
        if power.unstated is not None:
            found = found.doubted(np.zeros(len(found), dtype=bool))
        return found

    def moves(self, event: str) -> Moves:
        """Give every occurrence of an event: recorded, or brought by a provision.

        Source:
            Design, sections 3.1 (point 1) and 4.6.
        """
        if event not in self._moves:
            self._work_out(f"event:{event}")
        if event not in self._moves:
            self._moves[event] = self.recorded(event)
        return self._moves[event]

    def _brought(self, event: str) -> Moves:
        """Add what provisions bring about to what is recorded."""
        brought = [
            derived_moves(self, provision)
            for provision in self.world.program.provisions.values()
            if provision.brings.name == event and self.is_read(provision.reading)
        ]
        return join_moves(self.symbols, [self.recorded(event), *brought])

    def occurs(self, occurs: Occurs) -> Moves:
        """Match occurrences, beginnings or ends against a pattern.

        Returns:
            Moves whose variables are those of the pattern.

        Source:
            Event calculus.
        """
        if isinstance(occurs, Edge):
            table = select(
                self.symbols, self.state(occurs.atom.name), occurs.atom.terms
            )
            return edges(table, is_begin=occurs.is_begin)
        return select_moves(self.symbols, self.moves(occurs.name), occurs.terms)

    def is_read(self, reading: Reading | None) -> bool:
        """Say whether a clause counts under the readings that are chosen."""
        if reading is None:
            return True
        return self.world.readings.get(reading.variant) == reading.name

    def unread_variants(self, fluent: Fluent) -> tuple[str, ...]:
        """List the variants of a fluent's own clauses that the lens leaves open."""
        readings = [
            *(change.reading for change in (*fluent.initiated, *fluent.terminated)),
            *(held.reading for held in fluent.held),
            *(limit.reading for limit in fluent.lasting),
        ]
        named = [reading.variant for reading in readings if reading is not None]
        return tuple(v for v in dict.fromkeys(named) if v not in self.world.readings)

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

    def under(self, readings: Mapping[str, str]) -> Plan:
        """Give the same evidence with further readings chosen.

        Source:
            Design, section 3.1, point 11 (variants).
        """
        key = tuple(sorted(readings.items()))
        if key not in self._under:
            chosen = {**self.world.readings, **readings}
            world = replace(self.world, readings=chosen)
            plan = Plan(world, self.symbols, self.order)
            plan._recorded = self._recorded  # the same evidence
            plan._presence = self._presence  # the same evidence
            self._under[key] = plan
        return self._under[key]

    def gaps(self, event: Atom, variables: Sequence[Variable]) -> Table:
        """Give where an occurrence that matches a pattern may have gone unrecorded.

        Args:
            event: The pattern.
            variables: Those of its variables that matter, in the order wanted; the
                others stand for whatever occurs.

        Returns:
            A table of what is possible; nothing in it is sure.

        Source:
            Design, section 4.3, cause 3.
        """
        packing = Packing(self.symbols, variables)
        keys = close(packing, self._gap_keys(event, variables, packing))
        rows = []
        for key in keys:
            values = {
                variable: self.symbols.words(variable.sort)[code] or None
                for at, variable in enumerate(variables)
                for code in [int(packing.unpack(key, at))]
            }
            asked = [
                term.value if isinstance(term, Constant) else values.get(term)
                for term in event.terms
            ]
            rows.append(self.world.gaps(event.name, asked))
        own = Table(tuple(variables), packing, keys, EMPTY, from_spans(rows))
        at = self.order.place(f"event:{event.name}")
        if at is not None and self.order.is_circle(at):
            return own  # what follows from gaps is among its moves
        return with_derived_gaps(self, event, variables, own)

    def _gap_keys(
        self, event: Atom, variables: Sequence[Variable], packing: Packing
    ) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """List the values for which somebody looked apart, or denied something."""
        found = {0}
        for part in self.world.coverage:
            for value in part.keys:
                for at, variable in enumerate(variables):
                    code = self.symbols.code(variable.sort, value)
                    found.add(code << packing.shifts[at])
        for happening in self.world.happenings.get(event.name, ()):
            if happening.weight is not Weight.DENIED:
                continue
            key = 0
            for term, value in zip(event.terms, happening.values, strict=True):
                if isinstance(term, Variable) and term in variables:
                    at = list(variables).index(term)
                    key |= self.symbols.code(term.sort, value) << packing.shifts[at]
            found.add(key)
        return np.asarray(sorted(found), dtype=np.int64)

    def presence(self, ranging: Quantified | Count) -> Table | None:
        """Say from when a quantifier ranges over each value; `None` for always.

        A declared value is always there; one of an open sort is there from the first
        time that an occurrence or an observation names it.

        Source:
            Design, section 4.3: what is learned later does not reach back.
        """
        variable = ranging.variable
        if isinstance(ranging.owner, Variable):
            return self._owned(ranging.owner, variable)
        if ranging.owner is not None or not self._is_open(variable.sort):
            return None
        if variable.sort not in self._presence:
            self._presence[variable.sort] = self._named(variable)
        found = self._presence[variable.sort]
        return None if found is None else replace(found, variables=(variable,))

    def _owned(self, owner: Variable, part: Variable) -> Table:
        """Say which components each instrument has."""
        packing = Packing(self.symbols, (owner, part))
        pairs = [
            self.symbols.code("instrument", name) << packing.shifts[0]
            | self.symbols.code("component", component.name)
            for name, text in self.world.program.instruments.items()
            for component in text.components
        ]
        keys = close(packing, np.asarray(pairs, dtype=np.int64))
        every = everywhere(len(keys))
        at = np.flatnonzero(np.isin(keys, pairs))
        runs = Runs(every.starts.take(at), every.ends.take(at))
        return Table((owner, part), packing, keys, runs, runs)

    def _is_open(self, sort: str) -> bool:
        return self.world.program.sorts[sort].is_open

    def _named(self, variable: Variable) -> Table:
        surely, possibly = mentions(self.symbols, self.world, variable.sort)
        for value in self.world.program.values_of(variable.sort):
            code = self.symbols.code(variable.sort, value)
            surely[code] = possibly[code] = LOW
        surely[OTHER] = possibly[OTHER] = HIGH
        keys = np.arange(len(surely), dtype=np.int64)
        ends = flat(keys, np.full(len(keys), HIGH))
        sides = [canonical(flat(keys, side), ends) for side in (surely, possibly)]
        packing = Packing(self.symbols, (variable,))
        return of_runs((variable,), packing, keys, (sides[0], sides[1]))

    def unseen(self, ranging: Quantified | Count) -> Runs:
        """Give where a quantifier may range over a value that nobody has recorded.

        Source:
            Design, section 4.3, cause 3.
        """
        sort = ranging.variable.sort
        if ranging.owner is not None or not self._is_open(sort):
            return EMPTY
        gaps = [
            self.world.gaps(event.name, [None] * len(event.params))
            for event in self.world.program.events.values()
            if any(param.sort == sort for param in event.params)
        ]
        first = min((found[0][0] for found in gaps if found), default=HIGH)
        return from_spans([[(first, HIGH)]]) if first < HIGH else EMPTY

    def seen_counts(self, condition: Quantified) -> Iterator[CountSeen]:
        """List the anonymous counts of what a quantifier asks, of whatever time.

        Source:
            Design, section 4.3: anonymous counts are observations with a measure.
        """
        for name, measure in self.world.program.measures.items():
            if measure.counts is not None and _counts_the_same(
                measure.counts, condition
            ):
                seen = self.world.counts.get(name, ())
                yield from (one for one in seen if one.weight in COUNTED)

    def counted(self, condition: Quantified) -> list[tuple[int, int, int]]:
        """List from when to when an anonymous count surely holds, and how many it has.

        It holds on as long as nothing may have ended the state that it counts.

        Source:
            Design, section 4.3: anonymous counts are observations with a measure.
        """
        found = []
        for name, measure in self.world.program.measures.items():
            counts = measure.counts
            if counts is None or not _counts_the_same(counts, condition):
                continue
            ends = self._may_end(counts.body)
            for seen in self.world.counts.get(name, ()):
                if seen.weight is Weight.SURE:
                    end = min((e for e in ends if e >= seen.first), default=HIGH)
                    found.append((seen.last, max(end, seen.last + 1), seen.at_least))
        return found

    def _may_end(self, body: Condition) -> list[int]:
        """List the earliest instants at which a counted state may end for somebody."""
        if not isinstance(body, Atom):
            return [-(10**15), 10**15]
        fluent = self.world.program.fluents[body.name]
        if fluent.held or not fluent.initiated:
            return [-(10**15), 10**15]
        return sorted({int(at) for group in stops(self, fluent) for at in group.first})


def _counts_the_same(counts: Count, condition: Quantified) -> bool:
    return (
        counts.variable.sort == condition.variable.sort
        and counts.body == condition.body
        and counts.guard == condition.guard
        and counts.owner == condition.owner
        and condition.share is None
        and counts.weights == condition.weights
    )
