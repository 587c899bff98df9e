"""Conditions for single choices of values, worked out instant by instant.

A condition is laid out for each row of a *frame*: a choice of values of its variables.
Its answer at an instant is a code: `NO`, `OPEN` or `YES`. So one form serves where all
is known and where it is not: a conjunction is the least of its parts, a disjunction the
greatest.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import numpy as np

from vigens.engine.axis import instants_of, rows_of
from vigens.engine.batched import difference, spans_of
from vigens.engine.intervals import HIGH, LOW
from vigens.engine.keys import find
from vigens.rules import (
    AllOf,
    AnyOf,
    Atom,
    Comparison,
    Constant,
    Negation,
    Quantified,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vigens.engine.axis import Ints
    from vigens.engine.basis import Basis
    from vigens.engine.queue.members import Members
    from vigens.engine.symbols import Packing
    from vigens.engine.tables import Table
    from vigens.rules import Condition, Tallied, Term, Variable

NO, OPEN, YES = 0, 1, 2


class UndecidedError(Exception):
    """Something is asked where all is to be known, and it is not."""


def decided(code: int) -> bool:
    """Say whether a code is `YES`.

    Raises:
        UndecidedError: It is `OPEN`.
    """
    if code == OPEN:
        raise UndecidedError
    return code == YES


#: What a condition comes to for a row of its frame, at an instant.
Code = Callable[[int, int], int]


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """Choices of values for some variables, one a row, in any order.

    Attributes:
        variables: What the keys are made of.
        packing: How.
        keys: (n,) int64.
    """

    variables: tuple[Variable, ...]
    packing: Packing
    keys: Ints

    def column(self, variable: Variable) -> Ints:
        """Give the codes of one variable."""
        return self.packing.unpack(self.keys, self.variables.index(variable))

    def keys_of(
        self, terms: Sequence[Term], variables: Sequence[Variable], over: Over
    ) -> Ints:
        """Give the key that terms come to in each row, over other variables."""
        symbols, packing = over
        keys = np.zeros(len(self.keys), dtype=np.int64)
        for at, (term, variable) in enumerate(zip(terms, variables, strict=True)):
            if isinstance(term, Constant):
                keys |= symbols.code(variable.sort, term.value) << packing.shifts[at]
            else:
                keys |= self.column(term) << packing.shifts[at]
        return keys


if TYPE_CHECKING:
    from vigens.engine.symbols import Symbols

    Over = tuple[Symbols, Packing]


@dataclass(frozen=True, slots=True, eq=False)
class Gate:
    """A condition that is laid out for a frame.

    Attributes:
        code: Answers for a row at an instant.
        rows: Lists the rows of members that the answer for a row rests on.
        times: Lists the instants, each list increasing, at which what lies outside
            changes for a row.
    """

    code: Code
    rows: Callable[[int], Iterable[int]]
    times: Callable[[int], Iterable[list[int]]]


@dataclass(frozen=True, slots=True, eq=False)
class Numbered:
    """A number that is laid out for a frame: at least and at most."""

    at: Callable[[int, int], tuple[int, int]]
    rows: Callable[[int], Iterable[int]]
    times: Callable[[int], Iterable[list[int]]]


class Furnish(Protocol):
    """Lays out what needs a piece of its own in a circle."""

    def gate(self, site: Site, condition: Condition, frame: Frame) -> Gate:
        """Lay out a window, a duration, what happens now, or how a duty stands."""

    def number(self, site: Site, number: Tallied, frame: Frame) -> Numbered:
        """Lay out what a tally has come to."""

    def scale(self, number: Tallied) -> int:
        """Say how many multiples make one of a tally."""


@dataclass(slots=True, eq=False)
class Site:
    """Where conditions read members: their codes just before an instant, or at it.

    Attributes:
        members: The nodes of the circle.
        rows: Where the rows of each member begin, and their packing and keys.
        codes: One for each row of any member; the loops keep them up to date.
        lag: 1 where the state just before is read, 0 where the state at the instant.
        sums: Lays out quantifiers and comparisons.
        pieces: Lays out what needs a piece of its own.
        marks: Row of a member to what has to be worked out again when it changes.
        unknown_from: From when something outside is not known.
    """

    members: Members
    rows: dict[str, tuple[int, Packing, Ints]]
    codes: list[int]
    lag: int
    sums: Callable[[Site, Condition, Frame], Gate]
    pieces: Furnish
    marks: dict[int, list[Callable[[], None]]] = field(default_factory=dict)
    unknown_from: int = HIGH

    @property
    def plan(self) -> Basis:
        """Give everything that lies outside."""
        return self.members.plan

    def gate(self, condition: Condition, frame: Frame) -> Gate:
        """Lay a condition out.

        Source:
            Design, section 4.6.
        """
        if not self.members.mentions(condition):
            return self._outside(condition, frame)
        match condition:
            case Atom():
                return self._atom(condition, frame)
            case Negation(inner):
                return negation_of(self.gate(inner, frame))
            case AllOf():
                outside, inside = self.members.split(condition)
                parts = inside.parts if isinstance(inside, AllOf) else (inside,)
                gates = [self.gate(part, frame) for part in parts if part is not None]
                if outside is not None:
                    gates.append(self._outside(outside, frame))
                return least(gates)
            case AnyOf(parts):
                return greatest([self.gate(part, frame) for part in parts])
            case Quantified() | Comparison():
                return self.sums(self, condition, frame)
            case _:
                return self.pieces.gate(self, condition, frame)

    def _atom(self, atom: Atom, frame: Frame) -> Gate:
        base, packing, known = self.rows[atom.name]
        params = self.members.fluents[atom.name].params
        keys = frame.keys_of(atom.terms, params, (self.plan.symbols, packing))
        rows = (find(packing, known, keys) + base).tolist()
        codes = self.codes
        return Gate(lambda at, _: codes[rows[at]], lambda at: (rows[at],), _never)

    def _outside(self, condition: Condition, frame: Frame) -> Gate:
        table = self.plan.condition(condition, frozenset(frame.variables))
        return self.table(table, frame)

    def table(self, table: Table, frame: Frame) -> Gate:
        """Read a finished table."""
        symbols = self.plan.symbols
        over = (symbols, table.packing)
        keys = frame.keys_of(table.variables, table.variables, over)
        rows = table.find(keys)
        self.unknown_from = min(self.unknown_from, unknown_from(table, rows))
        return _of_steps(table, rows.tolist(), self.lag)


def unknown_from(table: Table, rows: Ints) -> int:
    """Say from when some rows of a table are not known; `HIGH` where they always are.

    Source:
        Design, section 4.3.
    """
    if table.is_known:
        return HIGH
    open_runs = difference(table.possibly, table.surely, len(table.keys))
    at = rows_of(open_runs.starts)
    found = instants_of(open_runs.starts[np.isin(at, rows)])
    return int(found.min()) if len(found) else HIGH


def _of_steps(table: Table, rows: list[int], lag: int) -> Gate:
    kept: dict[int, tuple[list[int], list[int]]] = {}

    def steps(at: int) -> tuple[list[int], list[int]]:
        row = rows[at]
        if row not in kept:
            kept[row] = steps_of(table, row)
        return kept[row]

    def code(at: int, instant: int) -> int:
        times, codes = steps(at)
        if len(codes) == 1:
            return codes[0]
        return codes[bisect_right(times, instant - lag) - 1]

    return Gate(code, _nobody, lambda at: (steps(at)[0],))


def steps_of(table: Table, row: int) -> tuple[list[int], list[int]]:
    """Give one row of a table as codes, each from an instant on.

    Source:
        Design, section 4.3.
    """
    deltas: dict[int, int] = {}
    for runs in (table.surely, table.possibly):
        for start, end in spans_of(runs, row):
            deltas[start] = deltas.get(start, 0) + 1
            deltas[end] = deltas.get(end, 0) - 1
    times, codes = [LOW], [deltas.pop(LOW, 0)]
    for time in sorted(deltas):
        if deltas[time] and time < HIGH:
            times.append(time)
            codes.append(codes[-1] + deltas[time])
    return times, codes


def _nobody(_: int) -> Iterable[int]:
    return ()


def _never(_: int) -> Iterable[list[int]]:
    return ()


def negation_of(gate: Gate) -> Gate:
    """Answer a negation.

    Source:
        Design, section 4.3.
    """
    code = gate.code
    return Gate(lambda at, instant: YES - code(at, instant), gate.rows, gate.times)


def least(gates: Sequence[Gate]) -> Gate:
    """Answer a conjunction.

    Source:
        Design, section 4.3.
    """
    codes = [gate.code for gate in gates]
    if len(gates) == 1:
        return gates[0]

    def code(at: int, instant: int) -> int:
        least = YES
        for part in codes:
            found = part(at, instant)
            if found < least:
                least = found
                if not found:
                    break
        return least

    return Gate(code, *_of_all(gates))


def greatest(gates: Sequence[Gate]) -> Gate:
    """Answer a disjunction.

    Source:
        Design, section 4.3.
    """
    codes = [gate.code for gate in gates]

    def code(at: int, instant: int) -> int:
        greatest = NO
        for part in codes:
            found = part(at, instant)
            if found > greatest:
                greatest = found
                if found == YES:
                    break
        return greatest

    return Gate(code, *_of_all(gates))


def _of_all(
    gates: Sequence[Gate],
) -> tuple[Callable[[int], Iterator[int]], Callable[[int], Iterator[list[int]]]]:
    def rows(at: int) -> Iterator[int]:
        for gate in gates:
            yield from gate.rows(at)

    def times(at: int) -> Iterator[list[int]]:
        for gate in gates:
            yield from gate.times(at)

    return rows, times
