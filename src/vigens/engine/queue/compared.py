"""Comparisons of numbers in a circle: counts, tallies, what events carry, and sums."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from vigens.engine.amounts import amounts_in
from vigens.engine.intervals import LOW
from vigens.engine.numbers import amount_words, scale_of
from vigens.engine.queue.amounts import Present, amount_gate
from vigens.engine.queue.gates import NO, OPEN, YES, Frame, Gate, Numbered, least
from vigens.engine.queue.sums import Ranging, quantified_gate, with_guard
from vigens.model import Weight
from vigens.rules import (
    Added,
    Amount,
    Comparison,
    Constant,
    Count,
    Quantified,
    Tallied,
    compared_amounts,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.engine.queue.gates import Site
    from vigens.rules import Atom, Condition, Number, Term

    Range = tuple[int, int]

#: More than any number comes to, on either side.
_ENDLESS = 1 << 90


def sum_gate(site: Site, condition: Condition, frame: Frame) -> Gate:
    """Lay out a quantifier or a comparison that reads members.

    Source:
        Design, sections 3.1 (point 7) and 4.3.
    """
    if isinstance(condition, Comparison):
        return _Comparing(site, frame).gate(condition)
    assert isinstance(condition, Quantified)
    found = amount_gate(site, condition, frame) or _of_states(site, condition, frame)
    return found or quantified_gate(site, condition, frame)


def _of_states(site: Site, condition: Quantified, frame: Frame) -> Gate | None:
    """Lay out a comparison with numbers that states have; `None` for anything else.

    Only the numbers that the states may have now are asked.
    """
    states, last = compared_amounts(condition)
    if not states or not isinstance(last, Comparison):
        return None
    own = {state.terms[-1]: state for state in states}
    if any(state.name not in site.members.fluents for state in states):
        return None
    if any(not own.keys().isdisjoint(state.terms[:-1]) for state in states):
        return None
    comparing = _Comparing(site, frame, dict.fromkeys(own, 0))
    gate = comparing.gate(last)
    presents = [_present(site, state, frame) for state in states]
    codes, now = site.codes, comparing.now

    def code(at: int, instant: int) -> int:
        greatest = NO
        for chosen in product(*(list(each.at(at).items()) for each in presents)):
            for term, (_, number) in zip(own, chosen, strict=True):
                now[term] = number
            asked = gate.code(at, instant)
            greatest = max(greatest, min(asked, *(codes[row] for row, _ in chosen)))
        return greatest

    def rows(at: int) -> Iterator[int]:
        for each in presents:
            yield from each.rows[each.places[at]]
        yield from gate.rows(at)

    return Gate(code, rows, gate.times)


def _present(site: Site, state: Atom, frame: Frame) -> Present:
    words = site.plan.symbols.words("number")
    return Present(site, state, frame, list(range(len(words))))


@dataclass
class _Comparing:
    """Lays out numbers for a frame.

    Attributes:
        site: Where they are read.
        frame: Its rows.
        now: The number, by its code, that each variable of a state stands for.
    """

    site: Site
    frame: Frame
    now: dict[Term, int] = field(default_factory=dict)

    def gate(self, condition: Comparison) -> Gate:
        """Lay out a comparison."""
        left, right, relation = condition.left, condition.right, condition.relation
        if relation == "=":
            both = Comparison(left, ">=", right), Comparison(right, ">=", left)
            return least([self.gate(each) for each in both])
        if relation in ("<=", "<"):
            left, right = right, left
        more = 0 if relation.endswith("=") else 1
        scale = math.lcm(self.scale(left), self.scale(right))
        one, two = self.number(left, scale), self.number(right, scale)

        def code(at: int, instant: int) -> int:
            low, high = one.at(at, instant)
            other_low, other_high = two.at(at, instant)
            if low - other_high >= more:
                return YES
            return OPEN if high - other_low >= more else NO

        return Gate(
            code,
            lambda at: (*one.rows(at), *two.rows(at)),
            lambda at: (*one.times(at), *two.times(at)),
        )

    def scale(self, number: Number) -> int:
        """Say how many units make one of a number."""
        match number:
            case Tallied():
                return self.site.pieces.scale(number)
            case Amount(term):
                return amounts_in(amount_words(self.site.plan.symbols, term))[1]
            case Added(parts):
                return math.lcm(*(below * self.scale(one) for _, below, one in parts))
            case _:
                return scale_of(self.site.plan, number)

    def number(self, number: Number, scale: int, share: int | None = None) -> Numbered:
        """Lay out a number in units of a scale, so many of them for each of its own."""
        if isinstance(number, Added):
            return self._added(number, scale)
        found = self._plain(number)
        factor = scale // self.scale(number) if share is None else share
        if factor == 1:
            return found

        def at(row: int, instant: int) -> Range:
            low, high = found.at(row, instant)
            sides = low * factor, high * factor
            return (min(sides), max(sides))

        return Numbered(at, found.rows, found.times)

    def _added(self, added: Added, scale: int) -> Numbered:
        parts = [
            self.number(one, scale, above * (scale // (below * self.scale(one))))
            for above, below, one in added.parts
        ]

        def at(row: int, instant: int) -> Range:
            found = [part.at(row, instant) for part in parts]
            return sum(low for low, _ in found), sum(high for _, high in found)

        return Numbered(
            at,
            lambda row: [each for part in parts for each in part.rows(row)],
            lambda row: [each for part in parts for each in part.times(row)],
        )

    def _plain(self, number: Number) -> Numbered:
        if isinstance(number, int):
            fixed = (number, number)
            return Numbered(lambda _at, _instant: fixed, lambda _: (), lambda _: ())
        if isinstance(number, Tallied):
            return self.site.pieces.number(self.site, number, self.frame)
        if isinstance(number, Amount):
            return self._amount(number.term)
        assert isinstance(number, Count)
        return _count(self.site, number, self.frame)

    def _amount(self, term: Term) -> Numbered:
        """Give what a word is as a number; one that is none may be any."""
        units, _ = amounts_in(amount_words(self.site.plan.symbols, term))
        ranges = [(-_ENDLESS, _ENDLESS) if u is None else (u, u) for u in units]
        now = self.now
        if term in now:
            return Numbered(lambda _at, _: ranges[now[term]], _nothing, _nothing)
        if isinstance(term, Constant):
            return Numbered(lambda _at, _: ranges[0], _nothing, _nothing)
        codes = self.frame.column(term).tolist()
        return Numbered(lambda at, _: ranges[codes[at]], _nothing, _nothing)


def _nothing(_: int) -> tuple[()]:
    return ()


def _count(site: Site, number: Count, frame: Frame) -> Numbered:
    """Lay out how many satisfy a condition; an anonymous count stands beside them."""
    ranging = Ranging(site, number, frame)
    total = ranging.count(with_guard(number.guard, number.body))
    places = ranging.places
    rows, times = total.rests_on(places)
    seen = list(site.plan.seen_counts(number))
    if not seen:
        return Numbered(lambda at, now: total.at(places[at], now), rows, times)
    scale, lag = scale_of(site.plan, number), site.lag
    site.unknown_from = min(site.unknown_from, *(one.first for one in seen))
    moments = sorted({at for one in seen for at in (one.first, one.last, one.last + 1)})

    def number_at(at: int, instant: int) -> Range:
        """Give the larger of those known by name and those counted without names."""
        low, high = total.at(places[at], instant)
        for one in seen:
            if one.first <= instant - lag:
                high = max(high, one.at_least * scale)
            if one.last == instant - lag and one.weight is Weight.SURE:
                low = max(low, one.at_least * scale)
        return low, max(low, high)

    return Numbered(number_at, rows, lambda at: (*times(at), [LOW, *moments]))
