"""Laying out the pieces of a circle: windows, durations, tallies, how duties stand."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.axis import SHIFT, instants_of
from vigens.engine.intervals import HIGH, LOW
from vigens.engine.keys import close, find
from vigens.engine.queue.clock import after
from vigens.engine.queue.gates import NO, Frame, Gate, Numbered
from vigens.engine.queue.members import DUTY, LATE, TALLY
from vigens.engine.queue.pieces import Counting, Momentary, Persisting
from vigens.engine.queue.places import Pieces, pieces_of
from vigens.engine.queue.terms import rules_of_event
from vigens.engine.symbols import OTHER, Packing
from vigens.engine.tallies import scale_of_tally
from vigens.rules import Frequency, Happens, InState, Persisted, Variable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vigens.engine.axis import Ints
    from vigens.engine.counted import Counted, Sum
    from vigens.engine.queue.gates import Site
    from vigens.engine.queue.layout import Flow, Layout, Rule
    from vigens.engine.queue.members import Members
    from vigens.engine.queue.pieces import Piece
    from vigens.rules import Condition, Tallied, Term

#: More than any tally comes to.
_UNBOUNDED = 1 << 60


class Furnisher:
    """Gives the pieces of a circle their places and rows.

    Attributes:
        sites: Where conditions read members: just before an instant, and at it.
        rules: What drives the pieces.
        rows: Node, and state of a duty, to where its rows begin.
        places: Node to its place in the order of each instant.
        pieces: By their place.
        readers: Row to the rows of pieces that rest on it, as (place, row).
        looks: When something outside changes that pieces rest on.
    """

    def __init__(
        self,
        members: Members,
        layout: Layout,
        nodes: Sequence[str],
        base: dict[str, int],
    ) -> None:
        """Give duties and tallies their rows, after those of states and events.

        Args:
            members: The nodes.
            layout: The keys of the rows.
            nodes: In order.
            base: Where the rows of each node begin.
        """
        self.members, self.layout = members, layout
        self.sites: tuple[Site, Site] | None = None
        self.rules: list[Rule] = []
        self.places = {node: at for at, node in enumerate(nodes)}
        self.pieces: dict[int, Piece] = {}
        self.readers: dict[int, list[tuple[int, int]]] = {}
        self.looks: list[tuple[int, int, int]] = []
        self.rows: dict[tuple[str, str], int] = {}
        self.size = sum(layout.size(node) for node in nodes)
        self._nodes, self._base = nodes, base
        self._named: Pieces = pieces_of(members)
        self._own: dict[str, list[int]] = {}
        for name in members.duties:
            for state in members.asked_states(name):
                self.rows[DUTY + name, state] = self.size
                self.size += len(layout.keys[DUTY + name])
        for name in members.tallies:
            self.rows[TALLY + name, ""] = self.size
            self.size += len(layout.keys[TALLY + name])

    def order(self) -> list[int]:
        """List the places in the order in which an instant goes through them."""
        found: list[int] = []
        for at, node in enumerate(self._nodes):
            found += self._own.get(node, [at])
        return found

    def base(self, node: str) -> int:
        """Say where the rows begin that a rule for a node moves.

        What moves a duty is given as its keys, not as rows.
        """
        if node.startswith(DUTY):
            return 0
        return self.rows[node, ""] if (node, "") in self.rows else self._base[node]

    def place_of(self, rule: Rule) -> int:
        """Give the place of what a rule moves.

        What befalls a duty is looked at where it is told to be overdue.
        """
        late = rule.node.replace(DUTY, LATE, 1)
        if rule.kind == "clause" and late in self.places:
            return self.places[late]
        return self.places[rule.node]

    def amounts(self, rule: Rule, flow: Flow) -> list[int] | None:
        """Give what each item of a rule adds; -1 where it names nobody in particular."""
        if flow.amounts is not None:
            amounts: list[int] = flow.amounts.tolist()
            return amounts
        if not rule.named:
            return None
        params = self.layout.params[rule.node]
        is_named = np.ones(len(flow.moves), dtype=bool)
        for variable in rule.named:
            is_named &= flow.moves.column(params.index(variable)) != OTHER
        found = np.ones(len(flow.drivers), dtype=np.int64)
        found[flow.moves.origin[~is_named]] = -1
        given: list[int] = found.tolist()
        return given

    def watch(self, place: int, base: int, gate: Gate, size: int) -> None:
        """Look at the rows of a piece again whenever what they rest on changes."""
        for at in range(size):
            for row in set(gate.rows(at)):
                self.readers.setdefault(row, []).append((place, base + at))
            for times in gate.times(at):
                self.looks += [(time, place, base + at) for time in times[1:]]

    def allocate(self, size: int) -> int:
        """Give a piece rows; say where they begin."""
        assert self.sites is not None
        base = len(self.sites[0].codes)
        for site in self.sites:
            site.codes.extend([NO] * size)
        return base

    def gate(self, site: Site, condition: Condition, frame: Frame) -> Gate:
        """Lay out a window, a duration, what happens now, or how a duty stands.

        Source:
            Design, sections 3.1 and 4.6.
        """
        if isinstance(condition, InState):
            node = DUTY + condition.duty
            rows = self._rows_of(node, condition.terms, frame)
            return _reading(site.codes, rows + self.rows[node, condition.state])
        assert isinstance(condition, Persisted | Frequency | Happens)
        assert self.sites is not None
        name = self._named.names[condition, bool(site.lag)]
        place = len(self._nodes) + sum(map(len, self._own.values()))
        self._own.setdefault(name, [])
        if isinstance(condition, Persisted):
            return self._persisted(site, condition, frame, (name, place))
        return self._counted(site, condition, frame, (name, place))

    def _persisted(
        self, site: Site, condition: Persisted, frame: Frame, named: tuple[str, int]
    ) -> Gate:
        assert self.sites is not None
        inner = self.sites[1].gate(condition.body, frame)
        name, place = named[0], len(self._nodes) + sum(map(len, self._own.values()))
        size = len(frame.keys)
        base = self.allocate(size)
        ends = after(condition.amount, condition.unit, self.members.plan.zone)
        self._own[name].append(place)
        self.pieces[place] = Persisting(place, inner, base, ends, size)
        self.watch(place, base, inner, size)
        return _reading(site.codes, np.arange(base, base + size))

    def _counted(
        self,
        site: Site,
        condition: Frequency | Happens,
        frame: Frame,
        named: tuple[str, int],
    ) -> Gate:
        assert self.sites is not None
        name, place = named
        plan, event = self.members.plan, condition.event
        terms = dict.fromkeys(t for t in event.terms if isinstance(t, Variable))
        variables = tuple(v for v in terms if v in frame.variables)
        node = f"{name}/{place}"
        packing = Packing(plan.symbols, variables)
        wanted = frame.keys_of(variables, variables, (plan.symbols, packing))
        rules = list(rules_of_event(self.members, node, event, variables))
        self.layout.params[node], self.layout.packing[node] = variables, packing
        self.layout.keys[node] = close(packing, wanted)
        for rule in rules:
            self.layout.add(node, self.layout.flow(rule).moves.keys)
        keys = self.layout.keys[node]
        base = self.allocate(len(keys))
        self.rows[node, ""] = base
        self.places[node] = place
        self._own[name].append(place)
        self.rules += rules
        rows = find(packing, keys, wanted) + base
        if isinstance(condition, Happens):
            self.pieces[place] = Momentary(place, [one.marks for one in self.sites])
            return _reading(self.sites[1].codes, rows)
        ends = after(condition.amount, condition.unit, plan.zone)
        piece = Counting(place, condition.at_least, base, len(keys))
        piece.ends = ends
        self.pieces[place] = piece
        return _reading(site.codes, rows)

    def number(self, site: Site, number: Tallied, frame: Frame) -> Numbered:
        """Lay out what a tally has come to, inside the circle or outside.

        Source:
            Design, section 3.1, point 6.
        """
        node = TALLY + number.tally
        if (node, "") not in self.rows:
            return _outside(site, self.members.plan.tally(number), frame)
        rows = self._rows_of(node, number.terms, frame) + self.rows[node, ""]
        found, codes = rows.tolist(), site.codes
        return Numbered(
            lambda at, _: (codes[found[at]], codes[found[at]]),
            lambda at: (found[at],),
            _never,
        )

    def scale(self, number: Tallied) -> int:
        """Say how many multiples make one of a tally.

        Source:
            Design, section 3.1, point 6.
        """
        plan = self.members.plan
        if (TALLY + number.tally, "") in self.rows:
            return scale_of_tally(plan, plan.world.program.tallies[number.tally])
        return plan.tally(number).scale

    def _rows_of(self, node: str, terms: Sequence[Term], frame: Frame) -> Ints:
        params, packing = self.layout.params[node], self.layout.packing[node]
        over = (self.members.plan.symbols, packing)
        return find(packing, self.layout.keys[node], frame.keys_of(terms, params, over))


def _reading(codes: list[int], rows: Ints) -> Gate:
    found = rows.tolist()
    return Gate(lambda at, _: codes[found[at]], lambda at: (found[at],), _never)


def _never(_: int) -> Iterable[list[int]]:
    return ()


def _outside(site: Site, counted: Counted, frame: Frame) -> Numbered:
    """Read a finished number."""
    shape = counted.shape
    over = (site.plan.symbols, shape.packing)
    rows = shape.find(frame.keys_of(shape.variables, shape.variables, over)).tolist()
    low, high = (_by_row(side) for side in (counted.low, counted.high))
    is_open = None
    if counted.unbounded is not None:
        is_open = site.table(counted.unbounded, frame)
    lag = site.lag
    if not _are_same(counted.low, counted.high):
        site.unknown_from = min(site.unknown_from, _first(counted.high))

    def at(place: int, instant: int) -> tuple[int, int]:
        row = rows[place]
        least = _read(low.get(row), counted.low.base, instant - lag)
        most = _read(high.get(row), counted.high.base, instant - lag)
        if is_open is not None and is_open.code(place, instant):
            most = _UNBOUNDED
        return least, most

    def times(place: int) -> Iterable[list[int]]:
        for side in (low, high):
            if rows[place] in side:
                yield [LOW, *(t for t in side[rows[place]][0] if LOW < t < HIGH)]
        if is_open is not None:
            yield from is_open.times(place)

    return Numbered(at, lambda _: (), times)


def _by_row(total: Sum) -> dict[int, tuple[list[int], list[int]]]:
    """Lay a number out as the instants at which it changes, and what it is then."""
    if not len(total.places):
        return {}
    order = np.argsort(total.places, kind="stable")
    places, deltas = total.places.take(order), total.deltas.take(order)
    rows = places >> SHIFT
    cuts = np.flatnonzero(np.append(True, rows[1:] != rows[:-1])[: len(rows)])
    found = {}
    for low, high in zip(cuts.tolist(), [*cuts[1:].tolist(), len(rows)], strict=True):
        times = instants_of(places[low:high]).tolist()
        sums = (np.cumsum(deltas[low:high]) + total.base).tolist()
        found[int(rows[low])] = (times, sums)
    return found


def _read(steps: tuple[list[int], list[int]] | None, base: int, instant: int) -> int:
    if steps is None:
        return base
    at = bisect_right(steps[0], instant) - 1
    return steps[1][at] if at >= 0 else base


def _are_same(one: Sum, two: Sum) -> bool:
    if one.base != two.base or len(one.places) != len(two.places):
        return False
    left, right = (np.lexsort((side.deltas, side.places)) for side in (one, two))
    return bool(
        np.array_equal(one.places.take(left), two.places.take(right))
        and np.array_equal(one.deltas.take(left), two.deltas.take(right))
    )


def _first(total: Sum) -> int:
    return int(instants_of(total.places).min()) if len(total.places) else HIGH
