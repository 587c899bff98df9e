"""For which values the members of a circle may move: the rows that the queue keeps.

The rows are found before anything is worked out: whatever an event, an edge or a
provision may touch has a row of its own, and the row of zeros answers for all others.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.batched import EMPTY
from vigens.engine.counted import Counted, Sum
from vigens.engine.fluents import arranged, blocks_of, outset, seen_moves
from vigens.engine.keys import close
from vigens.engine.moves import Moves, fitted, select_moves, settle
from vigens.engine.owed import Owed
from vigens.engine.queue.amounts import frame_of, numbers_apart
from vigens.engine.queue.bearers import always_owed, keys_of_owers
from vigens.engine.queue.gates import Frame
from vigens.engine.queue.members import DUTY, LATE, TALLY, is_plain
from vigens.engine.queue.outside import keys_recorded
from vigens.engine.queue.places import PIECE, is_piece, pieces_of
from vigens.engine.symbols import OTHER, Packing
from vigens.engine.tables import Table
from vigens.rules import AnyOf, Edge, Held, Variable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from vigens.engine.axis import Ints
    from vigens.engine.basis import Basis
    from vigens.engine.queue.members import Members
    from vigens.rules import Condition, Occurs, Provision, Term

#: How a condition upon whose beginning a provision waits is named among the nodes.
ONCE = "once:"
#: The last of the nodes, without rows: the causes of what comes about later.
LATER = "later:"


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One way in which something moves a member.

    Attributes:
        node: The member that it moves.
        kind: `start`, `stop` or `bring`.
        to_target: Gives moves the parameters of the member.
        moves: What drives it from outside, matched already unless there is a pattern.
        occurs: The pattern: a member's edge or event, or a recorded event whose powers
            read members.
        power: What must hold just before for an act to count, over the event's own
            parameters.
        when: What must hold just before for the rule to count.
        is_doubtful: Whether it only may have an effect.
        is_timed: Whether a start by it sets timers.
        provision: Of what is brought about.
        part: Which trigger or clause of the member it is.
        amounts: Gives what each move adds, before it has the member's parameters.
        named: Parameters for which a driver must name a value.
    """

    node: str
    kind: str
    to_target: Callable[[Moves], Moves]
    moves: Moves | None
    occurs: Occurs | None
    power: Condition | None = None
    when: Condition | None = None
    is_doubtful: bool = False
    is_timed: bool = True
    provision: Provision | None = None
    part: int = 0
    amounts: Callable[[Moves], Ints] | None = None
    named: tuple[Variable, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """A rule laid out for every choice of values that drives it.

    Attributes:
        moves: One for each item, over the parameters of the member; its origin is the
            item.
        drivers: (n,) int64, for each item the key that drives it.
        tests: Condition, frame, and the row of the frame for each item.
        later: Likewise, what must not hold when it comes about.
        amounts: (n,) int64, what each item adds; `None` for one each.
    """

    moves: Moves
    drivers: Ints
    tests: list[tuple[Condition, Frame, Ints]]
    later: tuple[Condition, Frame, Ints] | None
    amounts: Ints | None = None


@dataclass(slots=True, eq=False)
class Layout:
    """The rows of each member.

    Attributes:
        members: The nodes of the circle.
        params: What the keys of each node are made of.
        keys: Increasing and closed.
    """

    members: Members
    params: dict[str, tuple[Variable, ...]]
    keys: dict[str, Ints]
    packing: dict[str, Packing] = field(default_factory=dict)
    _recorded: dict[str, Ints] = field(default_factory=dict)

    @property
    def plan(self) -> Basis:
        """Give everything that lies outside."""
        return self.members.plan

    def add(self, node: str, keys: Ints) -> bool:
        """Give a node further rows; say whether there are more now."""
        known = self.keys[node]
        packing = self.packing[node]
        fluent = self.members.fluents.get(node)
        keys = np.concatenate((known, keys))
        if fluent is not None and fluent.has_values:
            values = [0]
            for limit in fluent.lasting:
                named = (limit.value, limit.becomes)
                sort = fluent.params[-1].sort
                values += [self.plan.symbols.code(sort, each) for each in named if each]
            blocks = blocks_of(packing, keys)
            keys = np.concatenate((keys, *(blocks | value for value in values)))
        wider = close(packing, keys)
        self.keys[node] = wider
        return len(wider) > len(known)

    def sketch(self) -> Basis:
        """Give a plan in which members have their rows and hold nowhere."""
        members = self.members
        tables = {name: self._table(name) for name in members.fluents}
        if is_plain(members):
            return self.plan.given(tables)
        events = sorted(members.events | members.powered)
        moves = {name: self._moves(name) for name in events}
        duties = {
            (name, state): self._table(DUTY + name)
            for name in members.duties
            for state in members.asked_states(name)
        }
        counted = {}
        for name in members.tallies:
            none = np.zeros(0, dtype=np.int64)
            nothing = Sum(none, none, 0)
            counted[name] = Counted(self._table(TALLY + name), nothing, nothing, None)
        return self.plan.given(tables, moves, duties, counted)

    def _table(self, node: str) -> Table:
        params, packing = self.params[node], self.packing[node]
        return Table(params, packing, self.keys[node], EMPTY, EMPTY)

    def _moves(self, event: str) -> Moves:
        """Give an event an occurrence for whatever may occur, at no time that counts."""
        if event not in self._recorded:
            self._recorded[event] = keys_recorded(self.members, event)
        params = self.plan.world.program.events[event].params
        packing, keys = Packing(self.plan.symbols, params), self._recorded[event]
        if event in self.members.events:
            keys = close(packing, np.append(keys, self.keys[f"event:{event}"]))
        rows = np.arange(len(keys), dtype=np.int64)
        for at in range(len(params)):
            rows = rows[packing.unpack(keys.take(rows), at) != OTHER]
        none = np.zeros(len(rows), dtype=np.int64)
        sure = np.ones(len(rows), dtype=bool)
        return Moves(params, packing, keys, rows, none, none, sure, none - 1)

    def flow(self, rule: Rule) -> Flow:
        """Lay a rule out for every key that drives it."""
        symbols, sketch = self.plan.symbols, self.sketch()
        if rule.moves is not None:
            shape = (rule.moves.variables, rule.moves.packing, rule.moves.keys)
        else:
            assert rule.occurs is not None
            node = driver_of(rule.occurs)
            shape = (self.params[node], self.packing[node], self.keys[node])
        moves = one_each(*shape)
        drivers = moves.origin
        tests: list[tuple[Condition, Frame, Ints]] = []

        def test(condition: Condition) -> None:
            nonlocal moves, drivers, tests
            scope = frozenset(moves.variables)
            table = sketch.condition(condition, scope | self._scope(rule))
            moves, rows = fitted(moves, table, symbols)
            drivers = drivers.take(moves.origin)
            tests = [(c, f, own.take(moves.origin)) for c, f, own in tests]
            frame = Frame(table.variables, table.packing, table.keys)
            tests.append((condition, frame, rows))
            moves = _renumbered(moves)

        def test_when(condition: Condition) -> None:
            rest, numbers = numbers_apart(condition)
            if rest is not None:
                test(rest)
            for part in numbers:
                frame = frame_of(symbols, moves, part)
                if frame is None:
                    test(part)
                else:
                    tests.append((part, *frame))

        if rule.power is not None:
            test_when(rule.power)
        if rule.occurs is not None:
            terms = terms_of(rule.occurs)
            if driver_of(rule.occurs).startswith(ONCE):
                terms = moves.variables  # a condition has just its own
            moves = select_moves(symbols, moves, terms)
            drivers = drivers.take(moves.origin)
            tests = [(c, f, own.take(moves.origin)) for c, f, own in tests]
            moves = _renumbered(moves)
        if rule.when is not None:
            test_when(rule.when)
        later = None
        if rule.provision is not None and rule.provision.unless is not None:
            test(rule.provision.unless)
            later = tests.pop()
        amounts = None if rule.amounts is None else rule.amounts(moves)
        return Flow(rule.to_target(moves), drivers, tests, later, amounts)

    def _scope(self, rule: Rule) -> frozenset[Variable]:
        is_event = rule.node.startswith("event:")
        fluent = self.members.fluents.get(rule.node)
        own = self.params[rule.node] if fluent is None else fluent.own
        return frozenset(() if is_event else own)

    def pairs(self, flow: Flow, node: str) -> tuple[Ints, Ints]:
        """Give each row that a flow moves, and the item by which it does.

        A duty has no fixed rows: what moves it is given as its keys.
        """
        if node.startswith(DUTY):
            return flow.moves.keys.take(flow.moves.rows), flow.moves.origin
        settled = settle(flow.moves, self.keys[node])
        return settled.rows, settled.origin

    def size(self, node: str) -> int:
        """Count the rows of a node among those of states and events."""
        return 0 if is_piece(node) else len(self.keys[node])


def driver_of(occurs: Occurs) -> str:
    """Name the node whose edge or event a pattern is about."""
    if isinstance(occurs, Edge):
        return occurs.atom.name
    return f"event:{occurs.name}"


def terms_of(occurs: Occurs) -> Sequence[Term]:
    """Give the terms of a pattern."""
    return occurs.atom.terms if isinstance(occurs, Edge) else occurs.terms


def one_each(variables: tuple[Variable, ...], packing: Packing, keys: Ints) -> Moves:
    """Make one move for each key, to see where moves of that key lead."""
    rows = np.arange(len(keys), dtype=np.int64)
    none = np.zeros(len(keys), dtype=np.int64)
    sure = np.ones(len(keys), dtype=bool)
    return Moves(variables, packing, keys, rows, none, none, sure, rows)


def _renumbered(moves: Moves) -> Moves:
    return replace(moves, origin=np.arange(len(moves), dtype=np.int64))


def lay_out(members: Members, rules: Sequence[Rule]) -> Layout:
    """Find the rows of every member.

    Source:
        Design, section 4.6; the rows grow until nothing leads to another one.
    """
    plan = members.plan
    layout = Layout(members, {}, {})
    for node in sorted(nodes_of(members), key=lambda node: node.startswith(ONCE)):
        params = () if node.startswith((PIECE, LATE)) else _params(layout, node)
        layout.params[node] = params
        layout.packing[node] = Packing(plan.symbols, params)
        is_empty = node == LATER or node.startswith((PIECE, LATE))
        layout.keys[node] = np.zeros(0 if is_empty else 1, dtype=np.int64)
    for name, fluent in members.fluents.items():
        for moves in (
            *outset(plan, fluent),
            seen_moves(plan, fluent, holds=True),
            seen_moves(plan, fluent, holds=False),
        ):
            layout.add(name, moves.keys)
    is_growing = True
    while is_growing:
        is_growing = False
        sketch = layout.sketch()
        for name, condition in _held(members):
            table = sketch.condition(condition, frozenset(layout.params[name]))
            shown = arranged(plan.symbols, table, layout.params[name])
            is_growing |= layout.add(name, shown.keys)
        for rule in rules:
            keys = layout.flow(rule).moves.keys
            if rule.kind == "owe":
                keys = keys_of_owers(layout, sketch, rule.node, keys)
            is_growing |= layout.add(rule.node, keys)
        for name in members.duties:
            is_growing |= layout.add(DUTY + name, always_owed(layout, sketch, name))
    return layout


def nodes_of(members: Members) -> Iterator[str]:
    """List the nodes, and after what it reads each condition that something waits for.

    What comes about later by what happens now is looked at last.
    """
    later = []
    pieces = pieces_of(members)
    for node in members.nodes:
        yield from pieces.before(node)
        if node.startswith("event:"):
            for provision in members.provisions(node.removeprefix("event:")):
                if provision.once is not None and members.mentions(provision.once):
                    if is_at_once(provision):
                        yield ONCE + provision.name
                    else:
                        later.append(ONCE + provision.name)
        yield node
    yield from later
    if members.events:
        yield LATER
    yield from pieces.last


def is_at_once(provision: Provision) -> bool:
    """Say whether what a provision brings comes about at the instant of its cause."""
    delay = provision.delay
    return delay is None or (delay.amount == 0 and delay.first_of is None)


def _params(layout: Layout, node: str) -> tuple[Variable, ...]:
    program = layout.plan.world.program
    if node.startswith(DUTY):
        duty = program.obligations[node.removeprefix(DUTY)]
        return Owed(layout.plan, duty).variables
    if node.startswith(TALLY):
        return program.tallies[node.removeprefix(TALLY)].params
    if node.startswith(ONCE):
        provision = program.provisions[node.removeprefix(ONCE)]
        assert provision.once is not None
        named = frozenset(
            term for term in provision.brings.terms if isinstance(term, Variable)
        )
        return layout.sketch().condition(provision.once, named).variables
    if node == LATER:
        return ()
    if node.startswith("event:"):
        return program.events[node.removeprefix("event:")].params
    return program.fluents[node].params


def _held(members: Members) -> Iterator[tuple[str, Condition]]:
    for node in nodes_of(members):
        condition = held_condition(members, node)
        if condition is not None:
            yield node, condition


def held_condition(members: Members, node: str) -> Condition | None:
    """Give the condition while which a node holds, if there is one."""
    if node.startswith(ONCE):
        name = node.removeprefix(ONCE)
        return members.plan.world.program.provisions[name].once
    fluent = members.fluents.get(node)
    held: Sequence[Held] = () if fluent is None else fluent.held
    parts = [each.condition for each in held if members.plan.is_read(each.reading)]
    if len(parts) < 2:
        return parts[0] if parts else None
    return AnyOf(tuple(parts))
