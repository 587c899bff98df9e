"""The tables of a program over a body of evidence, each worked out when it is needed.

A plan is lazy and keeps what it has. Circles through time go through an event queue.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vigens.engine.batched import Runs
from vigens.engine.conditions import evaluate_condition, select
from vigens.engine.derived import derived_moves, with_derived_gaps
from vigens.engine.direct import Cells, cells_of
from vigens.engine.edges import edges
from vigens.engine.fluents import inertial_table, state_table
from vigens.engine.kept import Kept
from vigens.engine.late import carried_over, fits, with_more
from vigens.engine.moves import Moves, join_moves, select_moves
from vigens.engine.occurrences import number_values
from vigens.engine.order import Order
from vigens.engine.powers import by_power
from vigens.engine.queue import evaluate_circle
from vigens.engine.readings import may_be_read, readings_of_fluent
from vigens.engine.readings import open_choices as choices_of
from vigens.engine.readings import unread as unread_in
from vigens.engine.rounds import Rounds
from vigens.engine.standing import (
    Standing,
    duty_table,
    open_choices,
    same_standing,
)
from vigens.engine.symbols import Symbols
from vigens.engine.tables import Table
from vigens.engine.tallies import (
    Tallying,
    find_tallying,
    same_tallying,
    tally_number,
    unknown_tallying,
)
from vigens.engine.unseen import (
    counted_spans,
    gap_table,
    presence_of,
    seen_counts,
    unseen_runs,
)
from vigens.rules import Atom, Edge, Quantified, Variable, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vigens.engine.basis import Scope
    from vigens.engine.columns import IntervalColumns
    from vigens.engine.counted import Counted
    from vigens.engine.world import World
    from vigens.model import CountSeen, Happening
    from vigens.rules import (
        Condition,
        Count,
        Fluent,
        Obligation,
        Occurs,
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
        """Begin with nothing worked out, on numbers and an order from another plan.

        Args:
            world: Rules and evidence.
            symbols: Of the same evidence.
            order: Of the same program.
        """
        self.world = world
        self.zone = world.zone
        if symbols is None:
            symbols = Symbols(world.program)
            number_values(symbols, world)
        self.symbols = symbols
        self._order = order
        self.kept = Kept()
        self._rounds = Rounds()
        self._presence: dict[str, Table | None] = {}
        self._under: dict[tuple[tuple[str, str], ...], Plan] = {}

    def condition(self, condition: Condition, scope: Scope = frozenset()) -> Table:
        """Work out a condition for every choice of values of its variables.

        Source:
            Design, sections 4.3 and 4.6.
        """
        found = None if scope else self.kept.closed.get(condition)
        if found is None:
            found = evaluate_condition(self, condition, scope)
            is_said = isinstance(condition, Quantified) and self._rounds.is_idle
            if is_said and not (scope or found.variables):
                self.kept.closed[condition] = found  # a why asks for it again
        return found

    def state(self, name: str) -> Table:
        """Give where a fluent holds, for every choice of its arguments.

        Args:
            name: Of a declared fluent.

        Source:
            Design, section 4.6.
        """
        if name not in self.kept.states:
            self._work_out(name)
        return self.kept.states[name]

    @property
    def order(self) -> Order:
        """Give the order of evaluation."""
        self._order = self._order or Order(self.world.program)
        return self._order

    def _work_out(self, node: str) -> None:
        """Work out a node after all that it rests on, group by group.

        Source:
            Design, section 4.6: strata are vectorised; a circle is one event queue.
        """
        for at in self.order.needed(node, self.kept.done):
            self.kept.done.add(at)
            if self.order.is_circle(at):
                found = evaluate_circle(self, *self.order.circle(at))
                self.kept.states |= found.states
                self.kept.inertial |= found.inertial
                self.kept.moves |= found.moves
                self.kept.duties |= found.duties
                self.kept.tallying |= found.tallying
                continue
            for each in self.order.groups[at]:
                kind, name = kind_of(each)
                if kind == "event":
                    self.kept.moves[name] = self.brought(name)
                elif not kind:
                    fluent = self.world.program.fluents[name]
                    self.kept.states[name] = state_table(self, fluent)

    def given(
        self,
        states: Mapping[str, Table],
        moves: Mapping[str, Moves] | None = None,
        duties: Mapping[tuple[str, str], Table] | None = None,
        counts: Mapping[str, Counted] | None = None,
    ) -> Plan:
        """Give the same evidence where some things are known otherwise.

        Source:
            Design, section 4.6: what lies outside a circle is worked out once.
        """
        plan = Plan(self.world, self.symbols, self.order)
        plan.kept = self.kept.given(states, moves or {}, duties or {}, counts or {})
        plan._presence = self._presence  # the same evidence
        return plan

    def with_happenings(
        self, more: Sequence[Happening], without: Sequence[Happening] = ()
    ) -> Plan:
        """Give a plan over other occurrences that keeps whatever they do not touch.

        Args:
            more: Late or supposed; in the order in which they were recorded.
            without: Occurrences that were recorded and count no more.

        Source:
            Design, section 4.6.
        """
        world = with_more(self.world, more, without)
        if not fits(self.symbols, self.world.program, more):
            return Plan(world, order=self.order)
        plan = Plan(world, self.symbols, self.order)
        plan.kept = carried_over(self.kept, self, plan, more=more, without=without)
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
        if name not in self.kept.inertial:
            self.kept.inertial[name] = inertial_table(self, fluent)
        return self.kept.inertial[name]

    def duty(self, name: str, state: str) -> Table:
        """Give where instances of an obligation are in a state.

        Args:
            name: Of a declared obligation.
            state: As in `vigens.rules.InState`.

        Source:
            Design, section 3.1, point 4.
        """
        if (name, state) not in self.kept.duties:
            self._work_out(f"duty:{name}")
            duty = self.world.program.obligations[name]
            table = duty_table(self, duty, state, self.standing)
            if self._rounds.is_idle:
                self.kept.duties[name, state] = table
            return table
        return self.kept.duties[name, state]

    def duty_columns(
        self, name: str, state: str, until: int | None
    ) -> IntervalColumns | None:
        """Give where instances are in a state, if no table is needed (section 4.6)."""
        self._work_out(f"duty:{name}")
        duty = self.world.program.obligations[name]
        if (name, state) in self.kept.duties or open_choices(self, duty) != ({},):
            return None
        return self.standing(duty).columns(state, until)

    def standing(self, duty: Obligation) -> Standing:
        """Give where the instances of an obligation stand.

        Source:
            Design, section 3.1, point 4.
        """
        if duty not in self.kept.standing:
            found = self._rounds.work_out(
                f"duty:{duty.name}",
                unknown=lambda: Standing(self, duty, is_known=False),
                find=lambda: Standing(self, duty).begun(),
                is_same=same_standing,
            )
            if not self._rounds.is_idle:
                return found
            self.kept.standing[duty] = found
        return self.kept.standing[duty]

    def tally(self, number: Tallied) -> Counted:
        """Give what a tally has come to, as a number in time.

        Source:
            Design, section 3.1, point 6.
        """
        counted = self.kept.counts.get(number.tally)
        counted = counted or self.tallying(number.tally).counted()
        return tally_number(self, counted, number)

    def tallying(self, name: str) -> Tallying:
        """Give what a tally counts (design, section 3.1, point 6)."""
        if name not in self.kept.tallying:
            self._work_out(f"tally:{name}")
            tally = self.world.program.tallies[name]
            found = self._rounds.work_out(
                f"tally:{name}",
                unknown=lambda: unknown_tallying(self, tally),
                find=lambda: find_tallying(self, tally),
                is_same=same_tallying,
            )
            if not self._rounds.is_idle:
                return found
            self.kept.tallying[name] = found
        return self.kept.tallying[name]

    def recorded(self, event: str) -> Moves:
        """Give the recorded occurrences of an event that count.

        Source:
            Design, section 4.6.
        """
        declared = self.world.program.events[event]
        kept = self.kept.powered if declared.powers else self.kept.recorded
        if event not in kept:
            powers = declared.powers or (None,)
            kept[event] = join_moves(
                self.symbols, [by_power(self, declared, power) for power in powers]
            )
        return kept[event]

    def moves(self, event: str) -> Moves:
        """Give every occurrence of an event: recorded, or brought by a provision.

        Source:
            Design, sections 3.1 (point 1) and 4.6.
        """
        if event not in self.kept.moves:
            self._work_out(f"event:{event}")
        if event not in self.kept.moves:
            self.kept.moves[event] = self.recorded(event)
        return self.kept.moves[event]

    def brought(self, event: str) -> Moves:
        """Add what provisions bring about to what is recorded (section 3.1)."""
        brought = [
            derived_moves(self, provision)
            for provision in self.world.program.provisions.values()
            if provision.brings.name == event
            and may_be_read(self.world, provision.reading)
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

    def cells(self, event: Atom, variables: tuple[Variable, ...]) -> Cells | None:
        """Lay what a pattern means into cells, where that can be (section 4.6)."""
        if (event, variables) not in self.kept.cells:
            found = cells_of(self.world, self.symbols, event, variables)
            self.kept.cells[event, variables] = found
        return self.kept.cells[event, variables]

    def is_read(self, reading: Reading | None) -> bool:
        """Say whether a clause counts under the readings that are chosen."""
        read = self.world.readings
        return reading is None or read.get(reading.variant) == reading.name

    def unread_variants(self, fluent: Fluent) -> tuple[str, ...]:
        """List the variants of a fluent's own clauses that the lens leaves open."""
        return unread_in(self.world, readings_of_fluent(fluent))

    def choices(self, fluent: Fluent) -> tuple[dict[str, str], ...]:
        """List every choice of readings of a fluent left open (design, section 3.1)."""
        return choices_of(self.world, readings_of_fluent(fluent))

    def under(self, readings: Mapping[str, str]) -> Plan:
        """Give the same evidence with further readings chosen (design, section 3.1)."""
        key = tuple(sorted(readings.items()))
        if key not in self._under:
            chosen = {**self.world.readings, **readings}
            world = replace(self.world, readings=chosen)
            plan = Plan(world, self.symbols, self.order)
            plan.kept.recorded = self.kept.recorded  # the same evidence
            plan._presence = self._presence  # the same evidence
            self._under[key] = plan
        return self._under[key]

    def gaps(self, event: Atom, variables: Sequence[Variable]) -> Table:
        """Give where an occurrence that matches a pattern may have gone unrecorded.

        Source:
            Design, section 4.3, cause 3.
        """
        own = gap_table(self, event, variables)
        at = self.order.place(f"event:{event.name}")
        if at is not None and self.order.is_circle(at):
            return own  # what follows from gaps is among its moves
        return with_derived_gaps(self, event, variables, own)

    def presence(self, ranging: Quantified | Count) -> Table | None:
        """Say from when a quantifier ranges over each value (design, section 4.3)."""
        if isinstance(ranging.owner, Variable):
            return presence_of(self, ranging)
        sort = ranging.variable.sort
        if sort not in self._presence:
            self._presence[sort] = presence_of(self, ranging)
        found = self._presence[sort]
        if found is None or ranging.owner is not None:
            return None
        return replace(found, variables=(ranging.variable,))

    def unseen(self, ranging: Quantified | Count) -> Runs:
        """Give where a quantifier may range over somebody nobody recorded (4.3)."""
        return unseen_runs(self, ranging)

    def seen_counts(self, condition: Quantified | Count) -> Iterator[CountSeen]:
        """List the anonymous counts of what a quantifier asks (design, section 4.3)."""
        return seen_counts(self, condition)

    def counted(self, condition: Quantified | Count) -> list[tuple[int, int, int]]:
        """List from when to when a count surely holds, and its number (4.3)."""
        return counted_spans(self, condition)
