"""Conditions as tables: each is worked out for every choice of values at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.axis import FIRST, SHIFT, flat, instants_of, rows_of
from vigens.engine.batched import (
    EMPTY,
    Runs,
    canonical,
    everywhere,
    gather,
    steps_at_least,
    union,
)
from vigens.engine.calendar import later
from vigens.engine.keys import close, find, selection
from vigens.engine.moves import Moves, select_moves
from vigens.engine.numbers import compare
from vigens.engine.occurrences import instants_table, window_steps
from vigens.engine.projecting import project_moves
from vigens.engine.quantify import quantify
from vigens.engine.symbols import Packing
from vigens.engine.tables import Table, all_of, any_of, constant, negation, of_runs
from vigens.engine.terms import always_where, ordered, same
from vigens.rules import (
    AllOf,
    AnyOf,
    Atom,
    Comparison,
    Condition,
    Frequency,
    Happens,
    InState,
    Linked,
    Negation,
    Ordered,
    Persisted,
    Quantified,
    Same,
    Stated,
    Term,
    Variable,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vigens.engine.axis import Ints
    from vigens.engine.basis import Basis, Scope
    from vigens.engine.symbols import Symbols


def evaluate_condition(plan: Basis, condition: Condition, scope: Scope) -> Table:
    """Work out a condition for every choice of values of its variables.

    Args:
        plan: Gives the tables of states, duties and tallies, and the moves of events.
        condition: Its variables stand in the scope, or are bound by its quantifiers.
        scope: Variables that have a value where the condition stands; in an event that
            is counted or asked for, other variables stand for whatever occurs.

    Returns:
        A table over the variables of the condition.

    Source:
        Design, sections 4.3 and 4.6.
    """

    def inner(part: Condition, more: Variable | None = None) -> Table:
        return evaluate_condition(plan, part, scope | {more} if more else scope)

    symbols = plan.symbols
    match condition:
        case Atom(name, terms):
            return select(symbols, plan.state(name), terms)
        case InState(state, duty, terms):
            return select(symbols, plan.duty(duty, state), terms)
        case Negation(part):
            return negation(inner(part))
        case AllOf(parts):
            return all_of(symbols, [inner(part) for part in parts])
        case AnyOf(parts):
            return any_of(symbols, [inner(part) for part in parts])
        case Quantified():
            return quantify(plan, condition, inner)
        case Comparison():
            return compare(plan, condition, inner)
        case Persisted(body, amount, unit):
            return persisted(inner(body), amount, unit, plan.zone)
        case _:
            return _leaf(plan, condition, scope)


def _leaf(plan: Basis, condition: Condition, scope: Scope) -> Table:
    """Work out a condition that has no condition inside."""
    match condition:
        case Frequency():
            return _frequency(plan, condition, scope)
        case Happens(event):
            return _happens(plan, event, scope)
        case Same(left, right):
            return same(plan.symbols, left, right)
        case Ordered(left, relation, right):
            return ordered(plan.symbols, left, relation, right)
        case Stated() | Linked():
            return _said(plan, condition)
        case _:
            return constant(plan.symbols, EMPTY, everywhere(1))


def select(symbols: Symbols, table: Table, terms: Sequence[Term]) -> Table:
    """Match a table against terms: values select, variables give their names.

    Args:
        symbols: Of the codes.
        table: With as many variables as there are terms.
        terms: The same variable twice stands for the same value.

    Source:
        Relational algebra, selection and rename.
    """
    if all(isinstance(term, Variable) for term in terms) and len(set(terms)) == len(
        terms
    ):
        return Table(
            tuple(term for term in terms if isinstance(term, Variable)),
            table.packing,
            table.keys,
            table.surely,
            table.possibly,
        )
    narrow, rows = selection(symbols, table, terms)
    surely = gather(table.surely, rows)
    possibly = surely if table.is_known else gather(table.possibly, rows)
    return of_runs(*narrow, (surely, possibly))


def persisted(table: Table, amount: int, unit: str, zone: str) -> Table:
    """Say where a condition has held without a break for so long.

    Source:
        docs/language.md; what holds from the outset has held for long.
    """

    def held(runs: Runs) -> Runs:
        begun = later(instants_of(runs.starts), amount, unit, zone)
        starts = flat(rows_of(runs.starts), begun)
        starts = np.where(
            runs.starts & ((1 << SHIFT) - 1) <= FIRST, runs.starts, starts
        )
        kept = np.flatnonzero(starts < runs.ends)
        return Runs(starts.take(kept), runs.ends.take(kept))

    surely = held(table.surely)
    possibly = surely if table.is_known else held(table.possibly)
    return of_runs(table.variables, table.packing, table.keys, (surely, possibly))


def _in_scope(plan: Basis, moves: Moves, scope: Scope) -> Moves:
    """Let variables that are bound nowhere stand for whatever occurs."""
    kept = tuple(v for v in moves.variables if v in scope)
    return project_moves(plan.symbols, moves, kept)


def _happens(plan: Basis, event: Atom, scope: Scope) -> Table:
    matched = select_moves(plan.symbols, plan.moves(event.name), event.terms)
    moves = _in_scope(plan, matched, scope)
    found = instants_table(moves)
    gaps = _in_gaps(plan, event, moves, _earlier)
    return any_of(plan.symbols, [found, gaps])


def _earlier(runs: Runs) -> Runs:
    """Move the beginning of each run a second back: what comes next shows before."""
    starts = runs.starts - 1
    outside = (starts & ((1 << SHIFT) - 1)) < FIRST
    return canonical(np.where(outside, runs.starts, starts), runs.ends)


def _frequency(plan: Basis, condition: Frequency, scope: Scope) -> Table:
    event, amount, unit = condition.event, condition.amount, condition.unit
    matched = select_moves(plan.symbols, plan.moves(event.name), event.terms)
    moves = _in_scope(plan, matched, scope)
    first_end = later(moves.first, amount, unit, plan.zone)
    last_end = (
        first_end if moves.is_exact else later(moves.last, amount, unit, plan.zone)
    )
    need = condition.at_least
    if need <= 0:
        return constant(plan.symbols, everywhere(1), everywhere(1))
    surely = steps_at_least(
        *window_steps(moves, (first_end, last_end), surely=True), need
    )
    possibly = surely
    if not (moves.is_exact and moves.sure.all()):
        possibly = steps_at_least(
            *window_steps(moves, (first_end, last_end), surely=False), need
        )
        many = _unsure_runs(moves, last_end)
        possibly = union(possibly, many)
    found = of_runs(moves.variables, moves.packing, moves.keys, (surely, possibly))

    def lasting(runs: Runs) -> Runs:
        ends = later(instants_of(runs.ends - 1), amount, unit, plan.zone)
        return canonical(runs.starts, flat(rows_of(runs.starts), ends))

    return any_of(plan.symbols, [found, _in_gaps(plan, event, moves, lasting)])


def _unsure_runs(moves: Moves, last_end: Ints) -> Runs:
    """Say where moves that stand for any number of occurrences count.

    A recorded occurrence is one, however unsure; what brings no entry stands for many.
    """
    many = ~moves.sure & (moves.origin < 0) & (moves.last > moves.first)
    at = np.flatnonzero(many)
    rows = moves.rows.take(at)
    return canonical(flat(rows, moves.first.take(at)), flat(rows, last_end.take(at)))


def _in_gaps(
    plan: Basis, event: Atom, moves: Moves, reach: Callable[[Runs], Runs]
) -> Table:
    """Say where an unrecorded occurrence would make a condition about it hold."""
    gaps = plan.gaps(event, moves.variables)
    possibly = reach(gaps.possibly)
    return Table(gaps.variables, gaps.packing, gaps.keys, EMPTY, possibly)


def _said(plan: Basis, condition: Stated | Linked) -> Table:
    """Work out what texts say of themselves, for every text."""
    symbols, program = plan.symbols, plan.world.program
    terms = (
        (condition.instrument,)
        if isinstance(condition, Stated)
        else (condition.left, condition.right)
    )
    names_of = ("left", "right")[: len(terms)]
    variables = tuple(Variable(name, "instrument") for name in names_of)
    packing = Packing(symbols, variables)
    names = list(program.instruments)
    codes = symbols.codes("instrument", names)
    if isinstance(condition, Stated):
        keys = np.append(0, codes)
        answers = [None, *(_states(program.instruments[n], condition) for n in names)]
    else:
        pairs = [
            (symbols.code("instrument", left), symbols.code("instrument", right))
            for left in names
            for relation, right in program.instruments[left].links
            if relation == condition.relation
        ]
        columns = [np.asarray([p[at] for p in pairs], dtype=np.int64) for at in (0, 1)]
        keys = np.append(0, packing.pack(columns, len(pairs)))
        answers = [False, *(True for _ in pairs)]
    order = close(packing, keys)
    rows = find(packing, np.sort(keys), order)
    said = [answers[int(np.argsort(keys)[row])] for row in rows]
    surely = np.asarray([answer is True for answer in said], dtype=bool)
    possibly = np.asarray([answer is not False for answer in said], dtype=bool)
    table = of_runs(variables, packing, order, always_where(surely, possibly))
    return select(symbols, table, terms)


def _states(text: object, condition: Stated) -> bool | None:
    stated = getattr(text, "stated", {})
    if condition.key not in stated:
        return None
    return condition.value in stated[condition.key]
