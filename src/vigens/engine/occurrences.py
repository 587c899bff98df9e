"""Recorded occurrences as moves: entries and whole tables alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.axis import flat
from vigens.engine.batched import canonical
from vigens.engine.moves import Moves, join_moves, make_moves, no_moves
from vigens.engine.tables import Table, of_runs
from vigens.model import POSSIBLE, SURE, Weight
from vigens.rules import Constant, Variable, constants_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.engine.axis import Flags, Ints
    from vigens.engine.symbols import Symbols
    from vigens.engine.world import World
    from vigens.model import EventColumns, Happening
    from vigens.rules import EventType, Power

#: Weights of occurrences that count at all.
COUNTED = (Weight.SURE, Weight.POSSIBLE)


def number_values(symbols: Symbols, world: World) -> None:
    """Give a number to every value that the evidence and the rules name.

    Source:
        Design, section 4.6.
    """
    for sort, value in constants_of(world.program):
        symbols.add(sort, (value,))
    for declared in world.program.events.values():
        _number_rows(
            symbols,
            declared.params,
            [found.values for found in world.happenings.get(declared.name, ())],
        )
        for columns in world.bulk.get(declared.name, ()):
            for param, coded in zip(declared.params, columns.values, strict=True):
                symbols.add(param.sort, coded.words)
                symbols.codes(param.sort, coded.words)  # it is kept
    for fluent in world.program.fluents.values():
        seen = world.sightings.get(fluent.name, ())
        _number_rows(symbols, fluent.params, [one.values for one in seen])
    for part in world.coverage:
        for sort in world.program.sorts:
            if world.program.sorts[sort].is_open:
                symbols.add(sort, sorted(part.keys))


def _number_rows(
    symbols: Symbols, params: Sequence[Variable], rows: Sequence[tuple[str, ...]]
) -> None:
    for at, param in enumerate(params if rows else ()):
        symbols.add(param.sort, (row[at] for row in rows))


def recorded_moves(
    symbols: Symbols, world: World, event: EventType, power: Power | None = None
) -> Moves:
    """List the recorded occurrences of an event that count, of entries and tables.

    Args:
        symbols: That number every value.
        world: The evidence.
        event: Its declaration.
        power: By which it must have come about; acts of somebody else are left out,
            acts of which nobody recorded who did them count possibly.

    Returns:
        Moves over the event's parameters. `origin` is the place among the event's
        happenings, then among the rows of its tables, one table after the other.

    Source:
        Design, sections 3.1 (point 5) and 4.6.
    """
    groups = [_of_entries(symbols, world, event, power)]
    start = len(world.happenings.get(event.name, ()))
    for columns in world.bulk.get(event.name, ()):
        found = _of_table(symbols, event, columns, start)
        if power is not None:
            found = _by_holder(symbols, event, found, (columns, start), power)
        groups.append(found)
        start += len(columns.first)
    return join_moves(symbols, groups)


def _by_holder(
    symbols: Symbols,
    event: EventType,
    found: Moves,
    table: tuple[EventColumns, int],
    power: Power,
) -> Moves:
    """Keep what whoever has a power did, or may have done, of the rows of a table.

    Where a row does not say who did it, it was who the event names; of a holder that it
    does not name nobody can say.
    """
    columns, start = table
    holder = power.holder
    if columns.by is None:
        if isinstance(holder, Variable):
            return found
        return found.doubted(np.zeros(len(found), dtype=bool))
    by = columns.by.codes.take(found.origin - start)
    words = columns.by.words
    is_untold = np.asarray([not word for word in words], dtype=bool).take(by)
    if isinstance(holder, Constant):
        is_holder = np.asarray([w == holder.value for w in words], dtype=bool).take(by)
        sure = is_holder
    else:
        at = [param.name for param in event.params].index(holder.name)
        codes = symbols.codes(event.params[at].sort, list(words))
        is_holder = codes.take(by) == found.column(at)
        sure = is_holder | is_untold
    kept = np.flatnonzero(is_holder | is_untold)
    return found.take(kept).doubted(sure.take(kept))


def holds_power(event: EventType, power: Power, found: Happening) -> bool | None:
    """Say whether who did it holds a power; `None` where nobody recorded who did.

    Source:
        Design, section 3.1, point 5.
    """
    if isinstance(power.holder, Constant):
        if found.by is None:
            return None
        return found.by == power.holder.value
    at = [param.name for param in event.params].index(power.holder.name)
    return found.by in (None, found.values[at])


def _of_entries(
    symbols: Symbols, world: World, event: EventType, power: Power | None
) -> Moves:
    kept: list[tuple[int, Happening, bool]] = []
    for place, found in enumerate(world.happenings.get(event.name, ())):
        holds = True if power is None else holds_power(event, power, found)
        if found.weight in COUNTED and holds is not False:
            is_sure = found.weight is Weight.SURE and holds is True
            kept.append((place, found, is_sure))
    if not kept:
        return no_moves(symbols, event.params)
    columns = [
        symbols.codes(param.sort, [found.values[at] for _, found, _ in kept])
        for at, param in enumerate(event.params)
    ]
    first = np.asarray([found.first for _, found, _ in kept], dtype=np.int64)
    last = np.asarray([found.last for _, found, _ in kept], dtype=np.int64)
    sure = np.asarray([is_sure for _, _, is_sure in kept], dtype=bool)
    origin = np.asarray([place for place, _, _ in kept], dtype=np.int64)
    if np.array_equal(first, last):
        last = first
    return make_moves(symbols, event.params, columns, (first, last, sure, origin))


def _of_table(
    symbols: Symbols, event: EventType, columns: EventColumns, start: int
) -> Moves:
    size = len(columns.first)
    codes = [
        symbols.codes(param.sort, coded.words).take(coded.codes)
        for param, coded in zip(event.params, columns.values, strict=True)
    ]
    first, last = columns.first, columns.last
    origin = np.arange(start, start + size, dtype=np.int64)
    weights = columns.weights
    if isinstance(weights, int):
        if weights not in (SURE, POSSIBLE):
            return no_moves(symbols, event.params)
        sure: Flags = np.full(size, weights == SURE)
    else:
        kept = np.flatnonzero(weights <= POSSIBLE)
        sure = weights == SURE
        if len(kept) < size:
            is_exact = first is last
            codes = [column.take(kept) for column in codes]
            first, sure, origin = first.take(kept), sure.take(kept), origin.take(kept)
            last = first if is_exact else last.take(kept)
    return make_moves(symbols, event.params, codes, (first, last, sure, origin))


def instants_table(moves: Moves) -> Table:
    """Say where an event occurs, as a state that holds just before the instant.

    So a condition that is read just before a change sees what happens with it.

    Source:
        Design, section 4.2: rules read the state just before.
    """
    start, end = flat(moves.rows, moves.first - 1), flat(moves.rows, moves.last)
    possibly = canonical(start, end)
    exact: Flags = moves.sure & (moves.first == moves.last)
    surely = canonical(start[exact], end[exact])
    return of_runs(moves.variables, moves.packing, moves.keys, (surely, possibly))


def window_steps(
    moves: Moves, ends: tuple[Ints, Ints], *, surely: bool
) -> tuple[Ints, Ints]:
    """Let each occurrence count for a while, as steps of a sum.

    Args:
        moves: The occurrences.
        ends: (n,) int64 each: when it stops to count, if it happened at its earliest
            and at its latest.
        surely: What counts surely: only sure ones, from the latest instant to the
            earliest end; else what counts possibly.

    Returns:
        Flat instants and steps of 1.

    Source:
        Design, section 3.1, point 6.
    """
    if surely:
        begins, stops, chosen = moves.last, ends[0], moves.sure & (ends[0] > moves.last)
    else:
        begins, stops, chosen = moves.first, ends[1], ends[1] > moves.first
    rows = moves.rows[chosen]
    places = np.concatenate((flat(rows, begins[chosen]), flat(rows, stops[chosen])))
    ones = np.ones(len(rows), dtype=np.int64)
    return places, np.concatenate((ones, -ones))


def mentions(symbols: Symbols, world: World, sort: str) -> tuple[Ints, Ints]:
    """Say from when each value of an open sort is surely and possibly named.

    Args:
        symbols: That number every value.
        world: The evidence.
        sort: An open sort.

    Returns:
        Two columns by code, UTC seconds: surely and possibly named from then on; the
        largest number where never.

    Source:
        Design, section 4.3: what is learned later does not reach back.
    """
    never = np.iinfo(np.int64).max
    size = len(symbols.words(sort))
    surely, possibly = np.full(size, never), np.full(size, never)
    for event in world.program.events.values():
        places = [at for at, param in enumerate(event.params) if param.sort == sort]
        if not places:
            continue
        moves = recorded_moves(symbols, world, event)
        for at in places:
            codes = moves.column(at)
            np.minimum.at(possibly, codes, moves.first)
            sure = moves.sure
            np.minimum.at(surely, codes[sure], moves.last[sure])
    for fluent in world.program.fluents.values():
        places = [at for at, param in enumerate(fluent.params) if param.sort == sort]
        for seen in world.sightings.get(fluent.name, ()) if places else ():
            for at in places:
                code = symbols.code(sort, seen.values[at])
                if seen.weight in COUNTED:
                    possibly[code] = min(possibly[code], seen.first)
                if seen.weight is Weight.SURE:
                    surely[code] = min(surely[code], seen.last)
    return surely, possibly


def columns_at(
    columns: Sequence[EventColumns], place: int
) -> tuple[EventColumns, int] | None:
    """Find the table and the row of an occurrence by its place in all tables.

    Source:
        Design, section 4.5: every number opens into its source.
    """
    for table in columns:
        if place < len(table.first):
            return table, place
        place -= len(table.first)
    return None


def author_of(table: EventColumns, row: int) -> str | None:
    """Say who did what a row of a table says; `None` where it does not say so.

    Source:
        Design, section 3.1, point 5.
    """
    return None if table.by is None else table.by.words[table.by.codes[row]] or None
