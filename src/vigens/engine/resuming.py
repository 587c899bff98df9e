"""Duties after a late entry: only the instances that it may touch are worked out again.

What triggers a duty, who owes it and the conditions that it reads must be as before; the
entry fulfils it, or marks it (waived, alleged and so on). Where more than that may have
changed, or many instances, nothing is resumed and the duty is worked out anew.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.columns import columns_of, splice_columns
from vigens.engine.firsts import in_time
from vigens.engine.keys import distinct
from vigens.engine.moves import select_moves
from vigens.engine.occurrences import recorded_moves
from vigens.engine.splicing import rows_alone, splice_table
from vigens.engine.standing import Group, Standing, open_choices
from vigens.engine.symbols import OTHER
from vigens.engine.tables import any_of
from vigens.model import Coded
from vigens.rules import Atom, Constant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vigens.engine.axis import Ints
    from vigens.engine.basis import Basis
    from vigens.engine.columns import IntervalColumns, Shown
    from vigens.engine.instances import Instances
    from vigens.engine.kept import Kept
    from vigens.engine.moves import Moves
    from vigens.engine.owed import Owed
    from vigens.engine.tables import Table
    from vigens.model import EventColumns, Happening
    from vigens.rules import Obligation

#: More values than these, or instances, are worked out anew with all others.
MOST_KEYS, MOST_INSTANCES = 256, 20_000


def deeds(duty: Obligation) -> Iterator[Atom]:
    """List the patterns of what fulfils or marks a duty.

    Source:
        Design, section 3.1, point 4.
    """
    for clause in (duty.performance, *duty.marks):
        if clause is not None and isinstance(clause.event, Atom):
            yield clause.event


def resume(
    earlier: Kept,
    later: Kept,
    plan: Basis,
    duties: Iterable[str],
    changed: Sequence[Happening],
) -> None:
    """Carry over what was worked out of duties, but for what is touched.

    Args:
        earlier: What was worked out.
        later: Where it goes.
        plan: Over the evidence that changed.
        duties: Names of those that only deeds can touch.
        changed: Occurrences that came or went, of events without powers.

    Source:
        Design, section 4.6: late entries re-evaluate what they touch.
    """
    names = set(duties)
    for duty, standing in earlier.standing.items():
        if duty.name not in names or plan_duty(plan, duty.name) != duty:
            continue
        resumed = _Resumed.of(standing, plan, duty, changed)
        if resumed is None:
            continue
        later.standing[duty] = resumed.standing
        for (name, state), table in earlier.duties.items():
            if name == duty.name:
                later.duties[name, state] = resumed.table(state, table)
        for (name, shown_state, shown), columns in earlier.columns.items():
            if name == duty.name and shown_state is not None:
                later.columns[name, shown_state, shown] = resumed.columns(
                    shown_state, columns, shown
                )


def plan_duty(plan: Basis, name: str) -> Obligation | None:
    """Give a declared duty."""
    return plan.world.program.obligations.get(name)


class _Resumed:
    """A duty over changed evidence, with the instances that may be touched apart."""

    def __init__(
        self, earlier: Standing, standing: Standing, keys: Ints, touched: Group
    ) -> None:
        self.standing = standing
        self.keys = keys
        self._earlier = earlier
        self._touched = touched
        self._tables: dict[str, Table] = {}

    @classmethod
    def of(
        cls,
        earlier: Standing,
        plan: Basis,
        duty: Obligation,
        changed: Sequence[Happening],
    ) -> _Resumed | None:
        """Find the instances that are touched; `None` where it may be all of them."""
        if not earlier.is_known or open_choices(plan, duty) != ({},):
            return None
        recorded, unseen = earlier.recorded.instances, earlier.unseen.instances
        if len(unseen):
            since = int(unseen.starts.min())
            if any(found.last >= since for found in changed):
                return None
        owed, events = earlier.owed, {found.event for found in changed}
        if not _are_named(owed, recorded):
            return None
        at = _touched(owed, recorded, changed)
        if len(at) > MOST_INSTANCES:
            return None
        keys = distinct(recorded.keys.take(at))
        if len(keys) > MOST_KEYS:
            return None
        touched = recorded.take(at)
        own = owed.over(plan, duty, events)
        for pattern in deeds(own.duty):
            if pattern.name in events:
                own.take_for(pattern, _narrow(plan, own, pattern, touched))
        standing = Standing(plan, duty, owed=owed.over(plan, duty, events))
        standing.instances = earlier.instances
        return cls(earlier, standing, keys, Group(own, touched))

    def table(self, state: str, known: Table) -> Table:
        """Give where instances are in a state, from where they were before."""
        if not len(self.keys):
            return known
        return splice_table(known, self._fresh(state), self.keys)

    def columns(
        self, state: str, known: IntervalColumns, shown: Shown
    ) -> IntervalColumns:
        """Give where instances are in a state as columns, from what they were."""
        if not len(self.keys):
            return known
        symbols, table = self.standing.owed.plan.symbols, self._fresh(state)
        fresh = columns_of(symbols, rows_alone(table, self.keys), shown)
        return splice_columns(known, fresh, table.packing, self.keys)

    def _fresh(self, state: str) -> Table:
        """Give where the instances that are touched are in a state."""
        if state not in self._tables:
            tables = [self._touched.table(state)]
            if len(self._earlier.unseen.instances):
                tables.append(self._earlier.unseen.table(state))
            symbols = self.standing.owed.plan.symbols
            self._tables[state] = any_of(symbols, tables)
        return self._tables[state]


def _are_named(owed: Owed, instances: Instances) -> bool:
    """Say whether all instances name the values by which clauses are matched."""
    return all(
        bool((instances.column(at) != OTHER).all())
        for at, variable in enumerate(owed.variables)
        if variable in owed.bound
    )


def _touched(owed: Owed, instances: Instances, changed: Sequence[Happening]) -> Ints:
    """Find the instances for which an occurrence may be a deed."""
    found = np.zeros(len(instances), dtype=bool)
    for pattern in deeds(owed.duty):
        for values in {one.values for one in changed if one.event == pattern.name}:
            wanted = _matched(owed, pattern, values)
            if wanted is not None:
                mask, key = wanted
                found |= instances.keys & mask == key
    return np.flatnonzero(found)


def _matched(
    owed: Owed, pattern: Atom, values: tuple[str, ...]
) -> tuple[int, int] | None:
    """Give the part of a key that an occurrence fixes, and its value."""
    seen: dict[object, str] = {}
    mask = key = 0
    for term, value in zip(pattern.terms, values, strict=True):
        wanted = term.value if isinstance(term, Constant) else seen.get(term, value)
        if wanted != value:
            return None
        seen[term] = value
        if term in owed.bound:
            at = owed.variables.index(term)
            shift = owed.packing.shifts[at]
            mask |= ((1 << owed.packing.bits[at]) - 1) << shift
            key |= owed.plan.symbols.code(owed.variables[at].sort, value) << shift
    return mask, key


def _narrow(plan: Basis, owed: Owed, pattern: Atom, instances: Instances) -> Moves:
    """Give the occurrences that a pattern may mean for some instances."""
    declared = plan.world.program.events[pattern.name]
    allowed = {
        place: distinct(instances.column(owed.variables.index(term)))
        for place, term in enumerate(pattern.terms)
        if not isinstance(term, Constant) and term in owed.bound
    }
    words = {
        place: {plan.symbols.word(declared.params[place].sort, int(c)) for c in codes}
        for place, codes in allowed.items()
    }
    found = [
        one
        for one in plan.world.happenings.get(pattern.name, ())
        if all(one.values[place] in known for place, known in words.items())
    ]
    tables = [_rows_of(table, words) for table in plan.world.bulk.get(pattern.name, ())]
    world = replace(
        plan.world, happenings={pattern.name: found}, bulk={pattern.name: tables}
    )
    moves = recorded_moves(plan.symbols, world, declared)
    return in_time(owed.means(select_moves(plan.symbols, moves, pattern.terms)))


def _rows_of(table: EventColumns, words: dict[int, set[str]]) -> EventColumns:
    """Keep the rows of a table that name certain values."""
    places: Ints | None = None
    by_size = sorted(words, key=lambda at: -len(table.values[at].words))
    for at in by_size:
        coded = table.values[at]
        wanted = [n for n, word in enumerate(coded.words) if word in words[at]]
        codes = coded.codes if places is None else coded.codes.take(places)
        if len(wanted) == 1:
            kept = np.flatnonzero(codes == wanted[0])
        else:
            flags = np.zeros(len(coded.words), dtype=bool)
            flags[wanted] = True
            kept = np.flatnonzero(flags.take(codes))
        places = kept if places is None else places.take(kept)
    if places is None:
        return table
    first = table.first.take(places)
    weights = table.weights
    return replace(
        table,
        values=tuple(Coded(v.codes.take(places), v.words) for v in table.values),
        first=first,
        last=first if table.last is table.first else table.last.take(places),
        weights=weights if isinstance(weights, int) else weights.take(places),
        rows=table.rows.take(places),
    )
