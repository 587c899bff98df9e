"""Quantifiers and counts over what moves in a circle, kept up to date step by step.

Each member of the sort adds its part to a sum, at least and at most. Only a member
whose answer may have changed is asked again, so that a step costs what it touches.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.axis import TooManyRowsError
from vigens.engine.batched import EMPTY, from_spans
from vigens.engine.intervals import HIGH
from vigens.engine.keys import distinct
from vigens.engine.members import domain_codes, weights_of
from vigens.engine.queue.gates import (
    NO,
    OPEN,
    YES,
    Frame,
    Gate,
    greatest,
    least,
    steps_of,
)
from vigens.engine.symbols import OTHER, Packing
from vigens.engine.tables import constant
from vigens.model import Weight
from vigens.rules import AllOf, Negation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from vigens.engine.queue.gates import Site
    from vigens.rules import Condition, Count, Quantified

    Range = tuple[int, int]

#: Most members, for each choice of the rest, that are asked one by one.
MOST_PARTS = 1 << 20
#: More than any sum of weights comes to.
_UNBOUNDED = 1 << 60


def _nothing(_at: int, _instant: int) -> Range:
    """Add nothing."""
    return 0, 0


class Sum:
    """A number for each choice of the other variables: at least and at most."""

    def __init__(self, n_rows: int, owners: list[int]) -> None:
        """Begin at nothing, with everything to be asked.

        Args:
            n_rows: How many choices of the other variables there are.
            owners: For each part the choice to which it adds.
        """
        self.lows = [0] * n_rows
        self.highs = [0] * n_rows
        self._owners = owners
        self._parts: list[Range] = [(0, 0)] * len(owners)
        self._dirty: set[int] = set(range(len(owners)))
        self._times: list[tuple[int, int]] = []
        self._next = 0
        self._gates: Sequence[Gate] = ()
        self.part: Callable[[int, int], Range] = _nothing

    def watch(self, site: Site, gates: Sequence[Gate]) -> None:
        """Ask a part again whenever something that it rests on changes."""
        self._gates = gates
        for at in range(len(self._owners)):
            for gate in gates:
                for row in gate.rows(at):
                    site.marks.setdefault(row, []).append(self._marker(at))
                for times in gate.times(at):
                    self._times += [(time + site.lag, at) for time in times[1:]]
        self._times.sort()

    def rests_on(
        self, places: list[int]
    ) -> tuple[Callable[[int], Iterable[int]], Callable[[int], Iterable[list[int]]]]:
        """Say what the number rests on, for each of some rows with these choices."""
        by_owner: dict[int, list[int]] = {}
        for at, owner in enumerate(self._owners):
            by_owner.setdefault(owner, []).append(at)

        def rows(row: int) -> Iterator[int]:
            for at in by_owner.get(places[row], ()):
                for gate in self._gates:
                    yield from gate.rows(at)

        def times(row: int) -> Iterator[list[int]]:
            for at in by_owner.get(places[row], ()):
                for gate in self._gates:
                    yield from gate.times(at)

        return rows, times

    def _marker(self, at: int) -> Callable[[], None]:
        return lambda: self._dirty.add(at)

    def at(self, row: int, instant: int) -> Range:
        """Give the number for a choice at an instant; instants never go back."""
        while self._next < len(self._times) and self._times[self._next][0] <= instant:
            self._dirty.add(self._times[self._next][1])
            self._next += 1
        if self._dirty:
            dirty, self._dirty = self._dirty, set()
            for at in dirty:
                low, high = self.part(at, instant)
                before = self._parts[at]
                self._parts[at] = (low, high)
                owner = self._owners[at]
                self.lows[owner] += low - before[0]
                self.highs[owner] += high - before[1]
        return self.lows[row], self.highs[row]


class Ranging:
    """Whom a quantifier or a count ranges over, laid out for each choice of the rest.

    Attributes:
        frame: One row for each choice of the other variables and each member.
        places: For each row of the outer frame its choice of the other variables.
        owners: For each row of the frame likewise.
        n_rows: How many choices there are.
        weights: What each member adds.
    """

    def __init__(self, site: Site, ranging: Quantified | Count, frame: Frame) -> None:
        """Lay out one row for each choice and member."""
        self._site, plan = site, site.plan
        variable = ranging.variable
        kept = tuple(v for v in frame.variables if v != variable)
        narrow = Packing(plan.symbols, kept)
        keys = frame.keys_of(kept, kept, (plan.symbols, narrow))
        outer = distinct(keys)
        places = np.searchsorted(outer, keys)
        codes = domain_codes(plan, ranging)
        if len(outer) * len(codes) > MOST_PARTS:
            raise TooManyRowsError(len(outer) * len(codes))
        weights = weights_of(plan, ranging.weights, variable.sort, codes)
        self._unseen = steps_of(constant(plan.symbols, EMPTY, plan.unseen(ranging)), 0)
        if any(self._unseen[1]):
            codes, weights = np.append(codes, OTHER), np.append(weights, 0)
            site.unknown_from = min(site.unknown_from, _first_open(self._unseen))
        self.places: list[int] = places.tolist()
        self.n_rows = len(outer)
        self.owners: list[int] = np.repeat(np.arange(len(outer)), len(codes)).tolist()
        self.weights: list[int] = np.tile(weights, len(outer)).tolist()
        self._is_other: list[bool] = np.tile(codes == OTHER, len(outer)).tolist()
        wide = (*kept, variable)
        packing = Packing(plan.symbols, wide)
        columns = [
            np.repeat(narrow.unpack(outer, at), len(codes)) for at in range(len(kept))
        ]
        columns.append(np.tile(codes, len(outer)))
        self.frame = Frame(wide, packing, packing.pack(columns, len(self.owners)))
        presence = plan.presence(ranging)
        self._there = None if presence is None else site.table(presence, self.frame)

    def asked(self, condition: Condition | None) -> Gate:
        """Lay out what is asked of each member; who is not there does not satisfy it.

        A member that nobody has recorded satisfies it possibly, where one may be unseen.
        """
        gates = [] if condition is None else [self._site.gate(condition, self.frame)]
        there, others, lag = self._there, self._is_other, self._site.lag
        times, codes = self._unseen

        def code(at: int, instant: int) -> int:
            least = YES
            if others[at]:
                least = codes[bisect_right(times, instant - lag) - 1]
            elif there is not None:
                least = there.code(at, instant)
            for gate in gates:
                if least:
                    least = min(least, gate.code(at, instant))
            return least

        def changes(at: int) -> Iterator[list[int]]:
            if others[at]:
                yield times
            for gate in gates if there is None else [there, *gates]:
                yield from gate.times(at)

        def rows(at: int) -> Iterator[int]:
            for gate in gates:
                yield from gate.rows(at)

        return Gate(code, rows, changes)

    def sum(
        self,
        gates: Sequence[Gate],
        part: Callable[[int, int], Range],
        *,
        floor: int = 0,
    ) -> Sum:
        """Add up parts over the members; those who may be unseen may be any number.

        Args:
            gates: What the parts rest on.
            part: What a member adds, at least and at most.
            floor: What members who may be unseen add at the least.
        """
        others = self._is_other

        def bounded(at: int, instant: int) -> Range:
            if not others[at]:
                return part(at, instant)
            if any(gate.code(at, instant) for gate in gates):
                return floor, _UNBOUNDED
            return 0, 0

        found = Sum(self.n_rows, self.owners)
        found.part = bounded
        found.watch(self._site, gates)
        return found

    def count(self, condition: Condition | None) -> Sum:
        """Add up the weights of those who satisfy a condition."""
        gate, weights = self.asked(condition), self.weights

        def part(at: int, instant: int) -> Range:
            code = gate.code(at, instant)
            weight = weights[at]
            return (weight if code == YES else 0), (weight if code else 0)

        return self.sum([gate], part)

    def gate(self, total: Sum, answer: Callable[[int, int], int]) -> Gate:
        """Answer for each row of the outer frame by a sum."""
        places = self.places

        def code(at: int, instant: int) -> int:
            return answer(*total.at(places[at], instant))

        return Gate(code, *total.rests_on(places))


def _first_open(steps: tuple[list[int], list[int]]) -> int:
    return next(time for time, code in zip(*steps, strict=True) if code)


def quantified_gate(site: Site, condition: Quantified, frame: Frame) -> Gate:
    """Lay out a quantifier that reads members.

    Source:
        Design, sections 3.1 (point 7) and 4.3.
    """
    ranging = Ranging(site, condition, frame)
    if condition.share is not None:
        found = _share(ranging, condition)
        return _with_anonymous(site, condition, found, frame, None)
    if condition.at_least is None:
        failing = ranging.count(with_guard(condition.guard, Negation(condition.body)))
        return ranging.gate(
            failing, lambda low, high: NO if low else (OPEN if high else YES)
        )
    need = condition.at_least
    if condition.weights is not None:
        need *= site.plan.world.program.weights[condition.weights].scale
    need += 1 if condition.is_more else 0
    total = ranging.count(with_guard(condition.guard, condition.body))
    found = ranging.gate(total, _reaching(need))
    return _with_anonymous(site, condition, found, frame, need)


def _reaching(need: int) -> Callable[[int, int], int]:
    def answer(low: int, high: int) -> int:
        return YES if low >= need else (OPEN if high >= need else NO)

    return answer


def with_guard(guard: Condition | None, body: Condition) -> Condition:
    """Join what a member must be with what is asked of it.

    Source:
        First-order logic.
    """
    return body if guard is None else AllOf((guard, body))


def _share(ranging: Ranging, condition: Quantified) -> Gate:
    """Who satisfies it adds q - p, who is there and does not takes p away."""
    assert condition.share is not None
    p, q = condition.share
    having = ranging.asked(with_guard(condition.guard, condition.body))
    lacking = ranging.asked(with_guard(condition.guard, Negation(condition.body)))
    weights = ranging.weights

    def part(at: int, instant: int) -> Range:
        has, lacks = having.code(at, instant), lacking.code(at, instant)
        plus, minus = (q - p) * weights[at], p * weights[at]
        low = (plus if has == YES else 0) - (minus if lacks else 0)
        high = (plus if has else 0) - (minus if lacks == YES else 0)
        return low, high

    total = ranging.sum([having, lacking], part, floor=-_UNBOUNDED)
    there = ranging.count(condition.guard)
    reaches = ranging.gate(total, _reaching(1 if condition.is_more else 0))
    return least([reaches, ranging.gate(there, _reaching(1))])


def _with_anonymous(
    site: Site, condition: Quantified, gate: Gate, frame: Frame, need: int | None
) -> Gate:
    """Let an anonymous count reach the number: surely when seen, possibly thereafter.

    Of a share, for which no number is needed, it does so possibly.

    Source:
        Design, section 4.3: combined by maximum, never by sum.
    """
    seen = site.plan.seen_counts(condition)
    enough = [one for one in seen if need is None or one.at_least >= need]
    if not enough:
        return gate
    counted = [one for one in enough if one.weight is Weight.SURE and need is not None]
    surely = [(one.last, one.last + 1) for one in counted]
    possibly = [(min(one.first for one in enough), HIGH)]
    table = constant(site.plan.symbols, from_spans([surely]), from_spans([possibly]))
    return greatest([gate, site.table(table, frame)])
