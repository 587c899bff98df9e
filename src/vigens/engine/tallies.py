"""Tallies: occurrences in a window that are counted, or a quantity of them added up.

An occurrence counts from its instant on, if it lies in a window: from an occurrence of
`since`, that instant included, for `within`, and up to the next `until` at or after the
beginning, with its delay, the end excluded. Windows may overlap; an occurrence counts
once. It counts *surely* if its whole range lies in a window and all about it is sure,
*possibly* if the ranges meet.

Quantities are added up as whole multiples of the smallest decimal that any has.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.axis import flat, moved, rows_of
from vigens.engine.batched import EMPTY, canonical, holds_at, ranges
from vigens.engine.conditions import select
from vigens.engine.derived import delayed
from vigens.engine.firsts import first_moves, in_time, latest_before
from vigens.engine.fluents import moves_in, shown_after
from vigens.engine.intervals import HIGH, LOW
from vigens.engine.moves import (
    Moves,
    filter_moves,
    join_moves,
    particular,
    project_moves,
)
from vigens.engine.occurrences import columns_at
from vigens.engine.quantify import Counted, Sum
from vigens.engine.symbols import OTHER
from vigens.engine.tables import Table, all_of, any_of, find
from vigens.rules import Atom, Variable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.engine.axis import Flags, Ints
    from vigens.engine.plan import Plan
    from vigens.rules import Occurs, Tallied, Tally

#: Most decimals of a quantity that are told apart, and its largest amount.
_DEEPEST, _LARGEST = 6, 10**12
#: In place of an amount that nobody can tell.
_UNKNOWN = -1


@dataclass(frozen=True, slots=True, eq=False)
class Tallying:
    """What a tally counts, for every choice of its arguments.

    Attributes:
        moves: The occurrences that may count, over the tally's arguments.
        weights: (n,) int64, what each adds, in multiples of one part of `scale`.
        is_sure: (n,) bool, whether it counts in every completion.
        scale: How many multiples make one.
        unbounded: From where on any number may have gone unrecorded.
    """

    moves: Moves
    weights: Ints
    is_sure: Flags
    scale: int
    unbounded: Table

    def counted(self) -> Counted:
        """Give the number in time, between a surely and a possibly reached side.

        Source:
            Design, section 3.1, point 6.
        """
        moves, weights = self.moves, self.weights
        first = flat(moves.rows, moves.first)
        last = first if moves.is_exact else flat(moves.rows, moves.last)
        sure = np.where(self.is_sure, weights, 0)
        low = Sum(*_closed(moves.rows, last, sure), 0)
        high = Sum(*_closed(moves.rows, first, weights), 0)
        shape = Table(moves.variables, moves.packing, moves.keys, EMPTY, EMPTY)
        unbounded = self.unbounded if len(self.unbounded.possibly) else None
        return Counted(shape, low, high, unbounded, self.scale)


def tally_number(plan: Plan, number: Tallied) -> Counted:
    """Give what a tally has come to, as a number in time.

    Args:
        plan: Keeps what the tally counts.
        number: The tally with values or variables.

    Source:
        Design, section 3.1, point 6.
    """
    tallying = plan.tallying(number.tally)
    found = tallying.counted()
    shape = select(plan.symbols, found.shape, number.terms)
    rows = None
    if shape.keys is not found.shape.keys:
        rows = _rows_of(plan, found.shape, shape, number)
    unbounded = found.unbounded
    if unbounded is not None:
        unbounded = select(plan.symbols, unbounded, number.terms)
    return Counted(
        shape,
        _at_rows(found.low, rows),
        _at_rows(found.high, rows),
        unbounded,
        found.scale,
    )


def _rows_of(plan: Plan, whole: Table, shape: Table, number: Tallied) -> Ints:
    """Give the row of a tally that belongs to each choice of the variables asked for."""
    keys = np.zeros(len(shape.keys), dtype=np.int64)
    for at, term in enumerate(number.terms):
        shift = whole.packing.shifts[at]
        if isinstance(term, Variable):
            keys |= shape.column(shape.variables.index(term)) << shift
        else:
            keys |= plan.symbols.code(whole.variables[at].sort, term.value) << shift
    return find(whole.packing, whole.keys, keys)


def _at_rows(total: Sum, rows: Ints | None) -> Sum:
    """Give the steps of a sum to other rows, by the old row of each."""
    if rows is None:
        return total
    order = np.argsort(total.places, kind="stable")
    places, deltas = total.places.take(order), total.deltas.take(order)
    own = rows_of(places)
    low = np.searchsorted(own, rows, side="left")
    counts = np.searchsorted(own, rows, side="right") - low
    where = ranges(low, counts)
    fresh = np.repeat(np.arange(len(rows), dtype=np.int64), counts)
    return Sum(moved(places.take(where), fresh), deltas.take(where), total.base)


def _closed(rows: Ints, places: Ints, deltas: Ints) -> tuple[Ints, Ints]:
    """Let the steps of each row add up to 0 at its end."""
    if not len(places):
        return places, deltas
    ends = flat(rows, np.full(len(rows), HIGH))
    return np.concatenate((places, ends)), np.concatenate((deltas, -deltas))


def find_tallying(plan: Plan, tally: Tally) -> Tallying:
    """Work out which occurrences a tally counts, surely or possibly.

    Source:
        Design, sections 3.1 (point 6) and 4.3.
    """
    window = _Window(plan, tally)
    moves, weights, scale = _candidates(plan, tally, window)
    kept, sure = window.holds(moves)
    moves, weights = moves.take(kept), weights.take(kept)
    return Tallying(
        moves,
        np.maximum(weights, 0),
        moves.sure & sure,
        scale,
        _unbounded(plan, tally, window, _many(moves, weights)),
    )


def _candidates(plan: Plan, tally: Tally, window: _Window) -> tuple[Moves, Ints, int]:
    """List what may count if it lies in the window, over the tally's arguments."""
    moves = plan.occurs(tally.event)
    if tally.when is not None and len(moves):
        scope = frozenset((*tally.params, *moves.variables))
        moves = filter_moves(moves, plan.condition(tally.when, scope), plan.symbols)
    weights, scale = _weights(plan, tally, moves)
    # Each move remembers its place until all are sorted anew.
    origin = moves.origin
    moves = replace(moves, origin=np.arange(len(moves), dtype=np.int64))
    moves = project_moves(plan.symbols, moves, tally.params)
    for keyed in (window.begins, window.ends):
        if keyed is not None:
            moves = particular(moves, keyed)
    place = moves.origin
    return replace(moves, origin=origin.take(place)), weights.take(place), scale


def _weights(plan: Plan, tally: Tally, moves: Moves) -> tuple[Ints, int]:
    """Give what each occurrence adds, as multiples of one part of a scale."""
    if tally.sums is None:
        return np.ones(len(moves), dtype=np.int64), 1
    names = [variable.name for variable in moves.variables]
    if tally.sums not in names:
        return np.full(len(moves), _UNKNOWN), 1
    at = names.index(tally.sums)
    numbers = [parse_amount(w) for w in plan.symbols.words(moves.variables[at].sort)]
    deepest = max((_decimals(each) for each in numbers if each is not None), default=0)
    amounts = [
        _UNKNOWN if each is None else int(each.scaleb(deepest)) for each in numbers
    ]
    codes = np.asarray(amounts, dtype=np.int64)
    return codes.take(moves.column(at)), 10**deepest


def parse_amount(word: str) -> Decimal | None:
    """Read a quantity; `None` where it is none, or too large or fine to add up.

    Source:
        Design, section 3.1, point 3: quantities exact.
    """
    try:
        number = Decimal(word)
    except InvalidOperation:
        return None
    if not number.is_finite() or not 0 <= number <= _LARGEST:
        return None
    return number if _decimals(number) <= _DEEPEST else None


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _many(moves: Moves, weights: Ints) -> Moves:
    """List what stands for any number, or for an amount that nobody can tell."""
    many = ~moves.sure & (moves.origin < 0) & (moves.last > moves.first)
    return moves.take(np.flatnonzero(many | (weights == _UNKNOWN)))


class _Window:
    """From when to when a tally counts, for every choice of values.

    Attributes:
        begins: What opens a window; `None` where it is always open.
        ends: What closes it; `None` where nothing does.
    """

    def __init__(self, plan: Plan, tally: Tally) -> None:
        self._plan, self._tally = plan, tally
        self.begins = self._moves(tally.since)
        self.ends = self._moves(tally.until)

    def _moves(self, event: Occurs | None) -> Moves | None:
        """List occurrences, and where some may have gone unrecorded."""
        if event is None:
            return None
        plan = self._plan
        found = plan.occurs(event)
        variables = tuple(v for v in self._tally.params if v in found.variables)
        groups = [project_moves(plan.symbols, found, variables)]
        if isinstance(event, Atom):
            groups.append(moves_in(plan.gaps(event, variables)))
        return in_time(join_moves(plan.symbols, groups))

    def holds(self, moves: Moves) -> tuple[Ints, Flags]:
        """Say which moves possibly lie in a window, and which of all surely do."""
        possibly, surely = self._opened(moves)
        opens = np.maximum(moves.first, possibly)
        is_in = (possibly <= moves.last) & (opens < self._closed_by(moves, possibly))
        kept = np.flatnonzero(is_in)
        within = self._closed_from(moves, surely)
        is_sure = (surely < HIGH) & (moves.last < within)
        return kept, is_sure.take(kept)

    def _opened(self, moves: Moves) -> tuple[Ints, Ints]:
        """Give when the last window before each move opened: possibly, and surely.

        A window that opens later closes later, so the last one decides. `HIGH` where
        there is none.
        """
        size = len(moves)
        if self.begins is None:
            always = np.full(size, LOW)
            return always, always
        begins, rows = self.begins, rows_in(moves, self.begins)
        first, last = flat(begins.rows, begins.first), flat(begins.rows, begins.last)
        order = np.argsort(first, kind="stable")
        possibly = latest_before(
            first.take(order), last.take(order), flat(rows, moves.last)
        )
        possibly = np.where(possibly < HIGH, np.minimum(possibly, moves.last), HIGH)
        sure = np.flatnonzero(begins.sure)
        first, last = first.take(sure), last.take(sure)
        order = np.argsort(last, kind="stable")
        surely = latest_before(
            last.take(order), first.take(order), flat(rows, moves.first)
        )
        return possibly, surely

    def _within(self, opened: Ints) -> Ints:
        """Give when windows close by themselves."""
        if self._tally.since is None:
            return np.full(len(opened), HIGH)
        if self._tally.within is None:
            return np.full(len(opened), HIGH)
        return delayed(opened, self._tally.within, self._plan.zone)

    def _closed_by(self, moves: Moves, opened: Ints) -> Ints:
        """Give by when windows have surely closed."""
        found = self._within(opened)
        if self.ends is None:
            return found
        rows = rows_in(moves, self.ends)
        closed = first_moves(self.ends, rows, opened, opened).latest
        return np.minimum(found, self._delayed(closed))

    def _closed_from(self, moves: Moves, opened: Ints) -> Ints:
        """Give from when windows may have closed."""
        found = self._within(opened)
        if self.ends is None:
            return found
        rows = rows_in(moves, self.ends)
        closed = first_moves(self.ends, rows, opened, opened).earliest
        return np.minimum(found, self._delayed(closed))

    def _delayed(self, closed: Ints) -> Ints:
        return delayed(closed, self._tally.until_delay, self._plan.zone)

    def possibly_open(self) -> Table | None:
        """Give where a window may be open; `None` for always."""
        if self.begins is not None:
            begins = self.begins
            closed = self._within(begins.last)
            if self.ends is not None and set(self.ends.variables) <= set(
                begins.variables
            ):
                closed = np.minimum(closed, self._closed_by(begins, begins.last))
            runs = canonical(flat(begins.rows, begins.first), flat(begins.rows, closed))
            return Table(begins.variables, begins.packing, begins.keys, EMPTY, runs)
        if self.ends is None:
            return None
        rows = np.arange(len(self.ends.keys), dtype=np.int64)
        low = np.full(len(rows), LOW)
        closed = self._delayed(first_moves(self.ends, rows, low, low).latest)
        runs = canonical(flat(rows, low), flat(rows, closed))
        ends = self.ends
        return Table(ends.variables, ends.packing, ends.keys, EMPTY, runs)


def rows_in(moves: Moves, keyed: Moves) -> Ints:
    """Give the row of other moves that belongs to each of some moves.

    Source:
        Relational algebra, natural join.
    """
    columns = [
        moves.column(moves.variables.index(variable))
        if variable in moves.variables
        else np.zeros(len(moves), dtype=np.int64)
        for variable in keyed.variables
    ]
    return find(keyed.packing, keyed.keys, keyed.packing.pack(columns, len(moves)))


def _unbounded(plan: Plan, tally: Tally, window: _Window, many: Moves) -> Table:
    """Give from where on any number may have gone unrecorded."""
    variables = [v for v in tally.params if v in tally.event.terms]
    tables = [plan.gaps(tally.event, variables)]
    if tally.when is not None:
        scope = frozenset((*tally.params, *_variables(tally.event)))
        room = plan.condition(tally.when, scope)
        if set(room.variables) <= set(tally.params):
            after = shown_after(room.possibly)
            tables.append(replace(room, surely=EMPTY, possibly=after))
    room_of = window.possibly_open()
    if room_of is not None:
        tables.append(room_of)
    found = all_of(plan.symbols, tables)
    rows = rows_of(found.possibly.starts)
    ends = flat(rows, np.full(len(rows), HIGH))
    gaps = replace(found, surely=EMPTY, possibly=canonical(found.possibly.starts, ends))
    if not len(many):
        return gaps
    ends = flat(many.rows, np.full(len(many), HIGH))
    runs = canonical(flat(many.rows, many.first), ends)
    more = Table(many.variables, many.packing, many.keys, EMPTY, runs)
    return any_of(plan.symbols, [gaps, more])


def _variables(event: Atom) -> tuple[Variable, ...]:
    return tuple(term for term in event.terms if isinstance(term, Variable))


@dataclass(frozen=True, slots=True)
class TallyRow:
    """What a tally has come to for some values.

    Attributes:
        values: Its arguments.
        at_least: What has surely been counted or added up.
        at_most: What possibly has; `None` where nobody looked, or nobody can tell.
        first_possible: Reference of the first occurrence that possibly counts.
        first_sure: Reference of the first that surely does.
    """

    values: tuple[str, ...]
    at_least: Decimal
    at_most: Decimal | None
    first_possible: str
    first_sure: str


def review_tally(
    plan: Plan, tally: Tally, instant: int, values: Sequence[str | None] = ()
) -> tuple[TallyRow, ...]:
    """Report what a tally has come to at an instant.

    Args:
        plan: Keeps what the tally counts.
        tally: Of the plan's program.
        instant: UTC seconds.
        values: Its arguments, `None` for every value that is named; none at all for
            every value of every argument.

    Returns:
        A row for each choice of values; exactly one where all are given.

    Source:
        Design, section 3.1, point 6.
    """
    tallying = plan.tallying(tally.name)
    moves = tallying.moves
    wanted = list(values) or [None] * len(tally.params)
    keys = moves.keys
    codes = [moves.packing.unpack(keys, at) for at in range(len(tally.params))]
    if None in wanted:
        chosen = np.ones(len(keys), dtype=bool)
        for at, value in enumerate(wanted):
            sort = tally.params[at].sort
            if value is None:
                chosen &= codes[at] != OTHER
            else:
                chosen &= codes[at] == plan.symbols.code(sort, value)
        rows = np.flatnonzero(chosen)
        words = [plan.symbols.words(param.sort) for param in tally.params]
        named = [
            tuple(words[at][int(codes[at][row])] for at in range(len(words)))
            for row in rows.tolist()
        ]
    else:
        named = [tuple(value or "" for value in wanted)]
        one = np.zeros(1, dtype=np.int64)
        for at, value in enumerate(named[0]):
            code = plan.symbols.code(tally.params[at].sort, value)
            one |= code << moves.packing.shifts[at]
        rows = find(moves.packing, keys, one)
    return tuple(
        _row(plan, tally, row, own, instant)
        for row, own in zip(rows.tolist(), named, strict=True)
    )


def _row(
    plan: Plan, tally: Tally, row: int, values: tuple[str, ...], instant: int
) -> TallyRow:
    tallying = plan.tallying(tally.name)
    moves = tallying.moves
    low, high = np.searchsorted(moves.rows, (row, row + 1))
    first, last = moves.first[low:high], moves.last[low:high]
    weights, sure = tallying.weights[low:high], tallying.is_sure[low:high]
    begun = first <= instant
    done = sure & (last <= instant)
    most: Decimal | None = Decimal(int(weights[begun].sum())) / tallying.scale
    key = np.zeros(1, dtype=np.int64)
    unbounded = tallying.unbounded
    for at, variable in enumerate(unbounded.variables):
        code = plan.symbols.code(variable.sort, values[tally.params.index(variable)])
        key |= code << unbounded.packing.shifts[at]
    place = flat(unbounded.find(key), np.asarray([instant], dtype=np.int64))
    if holds_at(unbounded.possibly, place)[0]:
        most = None
    return TallyRow(
        values,
        Decimal(int(weights[done].sum())) / tallying.scale,
        most,
        _ref(plan, tally, moves.origin[low:high], first, begun),
        _ref(plan, tally, moves.origin[low:high], last, done),
    )


def _ref(plan: Plan, tally: Tally, origin: Ints, when: Ints, among: Flags) -> str:
    """Cite the earliest of some occurrences; empty for none."""
    at = np.flatnonzero(among)
    if not len(at):
        return ""
    place = int(origin[at[np.argmin(when[at])]])
    happenings = plan.world.happenings.get(tally.event.name, ())
    if place < 0:
        return "a provision"
    if place < len(happenings):
        return happenings[place].ref
    tables = plan.world.bulk.get(tally.event.name, ())
    found = columns_at(tables, place - len(happenings))
    return "" if found is None else f"{found[0].source}:{int(found[0].rows[found[1]])}"
