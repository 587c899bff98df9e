"""Bounds of fluents and conditions, worked out when asked and kept.

Goal-directed: a question evaluates only what it rests on. A ground fluent is a pair of
interval sets; negation swaps and complements, the rest works on the bounds.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from vigens.base import Message
from vigens.engine.asking import Strange, numbered, strange_values
from vigens.engine.batched import ranges, spans_of
from vigens.engine.bounds import ALWAYS, Bounds, all_of, any_of, negation
from vigens.engine.derived import derived_moves
from vigens.engine.intervals import Spans
from vigens.engine.members import domain_codes
from vigens.engine.occurrences import author_of, columns_at
from vigens.engine.plan import Plan
from vigens.engine.readings import may_be_read
from vigens.model import Happening, Weight
from vigens.rules import (
    AllOf,
    AnyOf,
    Atom,
    Constant,
    Negation,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from vigens.engine.inertia import Contribution
    from vigens.engine.nodes import Node
    from vigens.engine.tables import Table
    from vigens.engine.world import World
    from vigens.rules import (
        Condition,
        Fluent,
        Provision,
        Quantified,
        Reading,
    )


#: Begins the reference of what a provision brings about.
_BROUGHT = "provision "


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
        #: What moves each state, by atom, for starts and for ends.
        self.contributed: dict[tuple[Atom, bool], tuple[Contribution, ...]] = {}
        self._derived: dict[str, list[Happening]] = {}
        #: What values the last question alone named, and the answers about them.
        self._about: tuple[Strange, Evaluation] | None = None

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

    def about(self, *conditions: Condition) -> Evaluation:
        """Give answers in which each value that questions name counts as itself.

        Args:
            conditions: The questions, ground.

        Returns:
            The very same, unless a question names a value that nobody has named and
            that rules compare with others.

        Source:
            Design, section 4.3: tight wherever each unknown occurs once.
        """
        strange = strange_values(self.plan.symbols, self.plan.order, conditions)
        if not strange:
            return self
        if self._about is None or self._about[0] != strange:
            symbols = numbered(self.world, strange)
            plan = Plan(self.world, symbols, self.plan.order)
            self._about = strange, Evaluation(self.world, plan)
        return self._about[1]

    def _bounds(self, condition: Condition) -> Bounds:
        """Read a row off a table; join rows one by one where it takes few."""
        told = self.about(condition)
        if told is not self:
            return told.bounds(condition)
        match condition:
            case Atom(name):
                return _row(self.plan, self.plan.state(name), condition)
            case Negation(inner):
                return negation(self.bounds(inner))
            case AllOf(parts):
                return all_of([self.bounds(part) for part in parts])
            case AnyOf(parts):
                return any_of([self.bounds(part) for part in parts])
            case _:
                return self.plan.condition(condition).bounds_at(0)

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
            if variable.sort in self.plan.order.compared and not codes.all():
                return [self.bounds(Atom(name, (*map(Constant, r),))) for r in rows]
            keys |= codes << table.packing.shifts[at]
        return [table.bounds_at(row) for row in table.find(keys).tolist()]

    def inertial(self, atom: Atom) -> Bounds:
        """Give the bounds that changes and observations alone give a ground fluent.

        Source:
            Design, section 4.3.
        """
        plan = self.about(atom).plan
        return _row(plan, plan.inertial(atom.name), atom)

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
        return _row(self.plan, table, Atom("", (Constant(value),)))

    def unseen(self, condition: Quantified) -> Spans:
        """Give where a quantifier may range over a value that nobody has recorded.

        Source:
            Design, section 4.3, cause 3.
        """
        return spans_of(self.plan.unseen(condition), 0)

    def with_happenings(
        self, more: Sequence[Happening], without: Sequence[Happening] = ()
    ) -> Evaluation:
        """Give answers about the same world with other occurrences.

        What the occurrences do not touch is not evaluated again.

        Args:
            more: Late or supposed occurrences, or those that correct others.
            without: Entries of the world that count no more.

        Source:
            Design, sections 4.5 and 4.6.
        """
        plan = self.plan.with_happenings(more, without)
        return Evaluation(plan.world, plan)

    def afresh(self) -> Evaluation:
        """Give the same answers with nothing unfolded, to be asked of another instant.

        Source:
            Design, section 4.6.
        """
        again = Evaluation(self.world, self.plan)
        again._kept, again._derived = self._kept, self._derived
        again._about = self._about and (self._about[0], self._about[1].afresh())
        again.contributed = self.contributed
        again._read = {key: one.afresh() for key, one in self._read.items()}
        return again

    def work_out(self, names: Iterable[str]) -> None:
        """Work out some states for all their values, and all that they rest on.

        Source:
            Design, section 4.6.
        """
        for name in names:
            self.plan.inertial(name)

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

    @property
    def is_divided(self) -> bool:
        """Say whether some readings were looked into one by one."""
        return bool(self._read) or bool(self.world.bulk)

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

    def occurred(
        self,
        event: str,
        values: tuple[str | None, ...] | None = None,
        since: int | None = None,
    ) -> list[Happening]:
        """List the occurrences of an event that may fit: recorded or brought about.

        Args:
            event: Event type.
            values: Its arguments, `None` where any value is meant; without them all
                occurrences are meant.
            since: Rows of tables that end before this instant are left out.

        Returns:
            Of whatever weight; rows of tables only where they count.

        Source:
            Design, sections 3.1 (point 1) and 4.6.
        """
        wanted = (None,) if values is None else values
        found = [*self.world.occurred(event, wanted), *self.brought(event)]
        if self.world.bulk.get(event):
            found.extend(self._in_tables(event, values, since))
        return found

    def _in_tables(
        self, event: str, values: tuple[str | None, ...] | None, since: int | None
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
        found = moves.take(ranges(low, counts))
        if since is not None:
            found = found.take(np.flatnonzero(found.last >= since))
        columns = []
        for at, variable in enumerate(found.variables):
            words = self.plan.symbols.words(variable.sort)
            columns.append([words[code] for code in found.column(at).tolist()])
        lines = zip(*columns, strict=True) if columns else itertools.repeat(())
        for origin, first, last, sure, own in zip(
            found.origin.tolist(),
            found.first.tolist(),
            found.last.tolist(),
            found.sure.tolist(),
            lines,
            strict=False,
        ):
            cited = columns_at(self.world.bulk[event], origin - n_entries)
            if origin < n_entries or cited is None:
                continue
            table, row = cited
            yield Happening(
                f"{table.source}:{int(table.rows[row])}",
                event,
                tuple(own),
                first,
                last,
                Weight.SURE if sure else Weight.POSSIBLE,
                "" if sure else table.reason,
                by=author_of(table, row),
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
                if provision.brings.name == event
                and may_be_read(self.world, provision.reading)
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
                f"{_BROUGHT}{provision.name}",
                provision.brings.name,
                tuple(values),
                int(moves.first[index]),
                int(moves.last[index]),
                Weight.SURE if sure else Weight.POSSIBLE,
                "" if sure else self._doubt(provision),
                rule=provision.title,
            )

    def _doubt(self, provision: Provision) -> str:
        """Say why what a provision brings about counts only possibly."""
        reading = provision.reading
        if reading is not None and not self.is_read(reading):
            variant = reading.variant
            return Message("it depends on the reading of {variant}", variant=variant)
        sure = Message("not sure under {title}", title=provision.title)
        return provision.perhaps or sure

    def kind_of_doubt(self, happening: Happening) -> str:
        """Say why an occurrence counts only possibly: a cause of NOT KNOWN.

        Source:
            Design, section 4.3: the causes of NOT KNOWN.
        """
        name = happening.ref.removeprefix(_BROUGHT)
        provision = self.world.program.provisions.get(name)
        if name == happening.ref or provision is None:
            return "evidence"
        if provision.reading is not None and not self.is_read(provision.reading):
            return "reading"
        return "unstated" if provision.perhaps is not None else "evidence"


def _row(plan: Plan, table: Table, atom: Atom) -> Bounds:
    return table.bounds_at(table.row_of(plan.symbols, atom.values))
