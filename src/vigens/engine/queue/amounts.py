"""Numbers that states of a circle have, compared: only what they are now is asked.

`some number: best(lot) is number and price > number` would ask every number there is.
A state has one number at a time, so the few that it may have are kept at hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.keys import distinct, find
from vigens.engine.patterns import variables_in
from vigens.engine.queue.gates import NO, OPEN, YES, Frame, Gate
from vigens.engine.symbols import Packing
from vigens.engine.terms import RELATIONS, ranks_of
from vigens.rules import (
    AllOf,
    Amount,
    Comparison,
    Ordered,
    Variable,
    compared_amounts,
    compares_amounts,
    numbers_in,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from vigens.engine.axis import Ints
    from vigens.engine.moves import Moves
    from vigens.engine.queue.gates import Site
    from vigens.engine.symbols import Symbols
    from vigens.rules import Atom, Condition, Quantified, Term

#: In place of the place of a number that nobody can tell.
_ANY = -1


class Present:
    """What number a state may have, for each choice of its other arguments.

    Attributes:
        rows: For each choice the rows of its numbers.
        now: For each choice the rows that are not `NO`, with the place of their number.
    """

    def __init__(self, site: Site, atom: Atom, frame: Frame, ranks: list[int]) -> None:
        """Lay out the choices that a frame asks of."""
        base, packing, known = site.rows[atom.name]
        params = site.members.fluents[atom.name].params
        symbols = site.plan.symbols
        keys = frame.keys_of(atom.terms[:-1], params[:-1], (symbols, packing))
        choices = distinct(keys)
        self.places: list[int] = np.searchsorted(choices, keys).tolist()
        codes = np.arange(len(symbols.words(params[-1].sort)), dtype=np.int64)
        column = packing.unpack(known, len(params) - 1)
        self.rows: list[list[int]] = []
        self._number: dict[int, int] = {}
        self._owners: dict[int, list[int]] = {}
        for place, choice in enumerate(choices):
            found = distinct(find(packing, known, choice + codes)).tolist()
            self.rows.append([base + row for row in found])
            for row in found:
                self._number[base + row] = ranks[int(column[row])]
                self._owners.setdefault(base + row, []).append(place)
        self.now: list[dict[int, int]] = [{} for _ in choices]
        self._codes, self._dirty = site.codes, set(self._owners)
        for row in self._owners:
            site.marks.setdefault(row, []).append(self._marker(row))

    def _marker(self, row: int) -> Callable[[], None]:
        return lambda: self._dirty.add(row)

    def at(self, row: int) -> dict[int, int]:
        """Give the numbers that may be there for a row of the frame."""
        if self._dirty:
            for each in sorted(self._dirty):
                for place in self._owners[each]:
                    if self._codes[each]:
                        self.now[place][each] = self._number[each]
                    else:
                        self.now[place].pop(each, None)
            self._dirty.clear()
        return self.now[self.places[row]]


def amount_gate(site: Site, condition: Quantified, frame: Frame) -> Gate | None:
    """Lay out a comparison of the numbers that states have; `None` for anything else.

    Source:
        Design, section 4.3: the greatest of the answers for each number.
    """
    states, last = compared_amounts(condition)
    if not states or not isinstance(last, Ordered):
        return None
    own = {state.terms[-1]: at for at, state in enumerate(states)}
    if not own.keys() <= {last.left, last.right} or len(own) != len(states):
        return None
    if any(state.name not in site.members.fluents for state in states):
        return None
    left, right = last.left, last.right
    sides = [
        _side(site, frame, term, ranks, states[own[term]] if term in own else None)
        for term, ranks in zip(
            (left, right), ranks_of(site.plan.symbols, left, right), strict=True
        )
    ]
    one, two = (side.at for side in sides)
    is_so, codes = RELATIONS[last.relation], site.codes

    def code(at: int, _: int) -> int:
        greatest = NO
        for row, amount in one(at):
            for other, second in two(at):
                asked = OPEN
                if _ANY not in (amount, second):
                    asked = YES if is_so(amount, second) else NO
                greatest = max(
                    greatest,
                    min(asked, *(codes[each] for each in (row, other) if each >= 0)),
                )
        return greatest

    def rows(at: int) -> Iterator[int]:
        for side in sides:
            yield from side.rows(at)

    return Gate(code, rows, lambda _: ())


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a comparison: pairs of row (-1: none) and place in the order."""

    at: Callable[[int], Iterable[tuple[int, int]]]
    rows: Callable[[int], Iterable[int]]


def _side(
    site: Site, frame: Frame, term: Term, ranks: Ints, state: Atom | None
) -> _Side:
    if state is not None:
        present = Present(site, state, frame, ranks.tolist())
        return _Side(
            lambda at: present.at(at).items(),
            lambda at: present.rows[present.places[at]],
        )
    if isinstance(term, Variable):
        ranks = ranks[frame.column(term)]
    else:
        ranks = np.repeat(ranks, len(frame.keys))
    fixed: list[list[tuple[int, int]]] = [[(-1, rank)] for rank in ranks.tolist()]
    return _Side(fixed.__getitem__, lambda _: ())


def numbers_apart(
    condition: Condition,
) -> tuple[Condition | None, tuple[Condition, ...]]:
    """Take what compares numbers of states out of a conjunction.

    It is asked of those choices alone that there are, and not of all numbers.

    Source:
        First-order logic.
    """
    parts = condition.parts if isinstance(condition, AllOf) else (condition,)
    numbers = tuple(part for part in parts if _compares(part))
    rest = tuple(part for part in parts if part not in numbers)
    if len(rest) > 1:
        return AllOf(rest), numbers
    return (rest[0] if rest else None), numbers


def _compares(condition: Condition) -> bool:
    """Say whether a number that an event carries or a state has is compared."""
    return compares_amounts(condition) or (
        isinstance(condition, Comparison)
        and any(isinstance(each, Amount) for each in numbers_in(condition))
    )


def frame_of(
    symbols: Symbols, moves: Moves, condition: Condition
) -> tuple[Frame, Ints] | None:
    """Lay a condition out for the choices of some moves; `None` if these lack some.

    Source:
        Design, section 4.6.
    """
    asked = set(variables_in(condition))
    kept = tuple(v for v in moves.variables if v in asked)
    if len(kept) < len(asked):
        return None
    packing = Packing(symbols, kept)
    columns = [moves.column(moves.variables.index(v)) for v in kept]
    keys = packing.pack(columns, len(moves))
    outer = distinct(keys)
    return Frame(kept, packing, outer), np.searchsorted(outer, keys)
