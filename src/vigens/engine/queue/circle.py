"""A circle through time, laid out for its queue: rows, effects and what drives them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.fluents import outset
from vigens.engine.intervals import HIGH
from vigens.engine.moves import settle
from vigens.engine.queue.clock import coming
from vigens.engine.queue.compared import sum_gate
from vigens.engine.queue.duties import adding, owing
from vigens.engine.queue.effects import BRING, START, STOP, Effect
from vigens.engine.queue.furnish import Furnisher
from vigens.engine.queue.gates import Frame, Gate, Site
from vigens.engine.queue.layout import (
    LATER,
    driver_of,
    held_condition,
    is_at_once,
    lay_out,
    nodes_of,
)
from vigens.engine.queue.limits import Clause, blocks, clauses
from vigens.engine.queue.members import DUTY, LATE, TALLY
from vigens.engine.queue.owing import Triggering
from vigens.engine.queue.places import is_piece
from vigens.engine.queue.terms import rules_of
from vigens.rules import Edge

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vigens.engine.axis import Flags, Ints
    from vigens.engine.queue.layout import Flow, Layout, Rule
    from vigens.engine.queue.members import Members
    from vigens.engine.queue.pieces import Piece

#: What a piece of its own makes something of.
_OTHER = 4
_KINDS = {"start": START, "stop": STOP, "bring": BRING}
#: Of these one is as good as several at one time.
_AS_ONE = ("start", "stop", "clause", "open", "close")


@dataclass(frozen=True, slots=True, eq=False)
class Drives:
    """What happens outside, in order of its earliest instant.

    Attributes:
        first: (n,) int64, UTC seconds, increasing.
        last: (n,) int64, included.
        sure: (n,) bool.
        effects: (n,) int64, places in `Circle.effects`.
    """

    first: Ints
    last: Ints
    sure: Flags
    effects: Ints


@dataclass(slots=True, eq=False)
class Circle:
    """Everything that the loops need, as rows and functions.

    Attributes:
        members: The nodes.
        layout: The keys of the rows.
        nodes: In the order of what they read of one another at one instant.
        base: Where the rows of each node begin.
        just_before: Where conditions read the state just before an instant.
        at_once: Where they read the state at it.
        rivals: Row to the other rows of the same arguments, of a state with values.
        block: Row to the first row of the same arguments; itself without values.
        clauses: Row to its time limits.
        effects: What the world outside drives.
        on_begin: Row to what its beginning drives.
        on_end: Row to what its end drives.
        on_event: Row of an event to what it drives.
        held: Node to the condition while which its rows hold.
        readers: Row to the rows that hold while a condition about it does, as (place,
            row).
        drives: When.
        looks: When something outside changes that rows are held by, as (instant,
            place, row), increasing.
        initial: Rows that hold from the outset.
        known_until: From when something outside is not known.
        moved_until: The same of what moves it; what it only asks may be open where
            nobody minds.
        pieces: What is worked out in its own way, by its place.
        order: The places in the order in which an instant goes through them.
    """

    members: Members
    layout: Layout
    nodes: list[str]
    base: dict[str, int]
    just_before: Site
    at_once: Site
    block: list[int]
    rivals: dict[int, tuple[int, ...]]
    clauses: dict[int, tuple[Clause, ...]]
    effects: list[Effect] = field(default_factory=list)
    on_begin: dict[int, list[Effect]] = field(default_factory=dict)
    on_end: dict[int, list[Effect]] = field(default_factory=dict)
    on_event: dict[int, list[Effect]] = field(default_factory=dict)
    held: dict[int, Gate] = field(default_factory=dict)
    readers: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    drives: Drives | None = None
    looks: list[tuple[int, int, int]] = field(default_factory=list)
    initial: tuple[int, ...] = ()
    known_until: int = HIGH
    moved_until: int = HIGH
    pieces: dict[int, Piece] = field(default_factory=dict)
    order: list[int] = field(default_factory=list)


def build(members: Members) -> Circle:
    """Lay a circle out.

    Source:
        Design, section 4.6.
    """
    rules = rules_of(members)
    layout = lay_out(members, rules)
    nodes = list(nodes_of(members))
    base: dict[str, int] = {}
    size = 0
    for node in nodes:
        base[node] = size
        size += layout.size(node)
    furnisher = Furnisher(members, layout, nodes, base)
    rows = {
        node: (base[node], layout.packing[node], layout.keys[node])
        for node in nodes
        if not is_piece(node)
    }
    codes = [0] * furnisher.size
    before, now = (
        Site(members, rows, list(codes), lag, sum_gate, furnisher) for lag in (1, 0)
    )
    furnisher.sites = before, now
    block, rivals = blocks(layout, nodes, base)
    circle = Circle(
        members,
        layout,
        nodes,
        base,
        before,
        now,
        block,
        rivals,
        clauses(layout, base),
    )
    _lay(circle, rules, furnisher)
    return circle


def _lay(circle: Circle, rules: Sequence[Rule], furnisher: Furnisher) -> None:
    """Lay out what moves the members, and the pieces that their conditions need."""
    members = circle.members
    outside = [part for rule in rules for part in _drive(circle, rule, furnisher)]
    _hold(circle)
    for name in members.duties:
        place = furnisher.places[DUTY + name]
        early = furnisher.places.get(LATE + name, place)
        furnisher.pieces[early] = piece = owing(furnisher, name, early)
        if early != place:
            furnisher.pieces[place] = Triggering(place, piece)
    for name in members.tallies:
        place = furnisher.places[TALLY + name]
        furnisher.pieces[place] = adding(furnisher, name, place)
    while furnisher.rules:
        more, furnisher.rules = furnisher.rules, []
        outside += [part for rule in more for part in _drive(circle, rule, furnisher)]
    for row, readers in furnisher.readers.items():
        circle.readers.setdefault(row, []).extend(readers)
    circle.looks += furnisher.looks
    circle.looks.sort()
    circle.pieces, circle.order = furnisher.pieces, furnisher.order()
    circle.initial = tuple(_initial(circle))
    _schedule_all(circle, outside)
    circle.moved_until = circle.known_until
    unknown_from = (site.unknown_from for site in (circle.just_before, circle.at_once))
    circle.known_until = min([circle.known_until, *unknown_from])


def _drive(
    circle: Circle, rule: Rule, furnisher: Furnisher
) -> Iterator[tuple[Ints, Ints, Flags, Ints]]:
    """Lay out what drives a member, from outside and one another."""
    flow = circle.layout.flow(rule)
    effects = _effects(circle, rule, flow, furnisher)
    if rule.moves is not None:
        yield _schedule(circle, rule, flow, effects)
        return
    assert rule.occurs is not None
    if rule.is_doubtful:
        circle.known_until = min(circle.known_until, _ALWAYS)
    node = driver_of(rule.occurs)
    for item, effect in effects.items():
        row = circle.base[node] + int(flow.drivers[item])
        _side(circle, rule).setdefault(row, []).append(effect)


def _schedule_all(
    circle: Circle, outside: list[tuple[Ints, Ints, Flags, Ints]]
) -> None:
    """Put all that happens outside in the order of time."""
    none = np.zeros(0, dtype=np.int64)
    outside = [*outside, (none, none, none.astype(bool), none)]
    first = np.concatenate([part[0] for part in outside])
    last = np.concatenate([part[1] for part in outside])
    sure = np.concatenate([part[2] for part in outside])
    places = np.concatenate([part[3] for part in outside])
    order = np.lexsort((places, first))
    circle.drives = _distinct(
        Drives(first[order], last[order], sure[order], places[order]), circle.effects
    )
    unknown = ~circle.drives.sure | (circle.drives.last > circle.drives.first)
    if unknown.any():
        circle.known_until = min(
            circle.known_until, int(circle.drives.first[unknown].min())
        )


_ALWAYS = -(10**15)


def _side(circle: Circle, rule: Rule) -> dict[int, list[Effect]]:
    if isinstance(rule.occurs, Edge):
        return circle.on_begin if rule.occurs.is_begin else circle.on_end
    return circle.on_event


def _effects(
    circle: Circle, rule: Rule, flow: Flow, furnisher: Furnisher
) -> dict[int, Effect]:
    """Make one effect for each item that moves a row."""
    rows, items = circle.layout.pairs(flow, rule.node)
    if not len(items):
        return {}
    order = np.argsort(items, kind="stable")
    rows, items = rows.take(order) + furnisher.base(rule.node), items.take(order)
    amounts = furnisher.amounts(rule, flow)
    cuts = np.flatnonzero(np.append(True, items[1:] != items[:-1]))
    site = circle.just_before
    gates = [(site.gate(c, frame), at.tolist()) for c, frame, at in flow.tests]
    later = None
    comes = None
    if rule.provision is not None:
        plan = circle.members.plan
        event = plan.world.program.events[rule.provision.brings.name]
        comes = coming(rule.provision, plan.zone, is_act=event.is_act)
        if flow.later is not None:
            condition, frame, at = flow.later
            later = site.gate(condition, frame), at.tolist()
    place = lands = furnisher.place_of(rule)
    if rule.provision is not None and not is_at_once(rule.provision):
        place = furnisher.places[LATER]
    all_rows, ends = rows.tolist(), [*cuts[1:].tolist(), len(rows)]
    found: dict[int, Effect] = {}
    for cut, end in zip(cuts.tolist(), ends, strict=True):
        item = int(items[cut])
        found[item] = Effect(
            place,
            _KINDS.get(rule.kind, _OTHER),
            tuple(all_rows[cut:end]),
            tuple((gate, at[item]) for gate, at in gates),
            rule.is_doubtful,
            rule.is_timed,
            lands,
            comes,
            None if later is None else (later[0], later[1][item]),
            rule.kind,
            rule.part,
            1 if amounts is None else amounts[item],
        )
    return found


def _schedule(
    circle: Circle, rule: Rule, flow: Flow, effects: dict[int, Effect]
) -> tuple[Ints, Ints, Flags, Ints]:
    """List when each move of a rule drives which effects."""
    moves = rule.moves
    assert moves is not None
    places = np.full(len(flow.drivers), -1, dtype=np.int64)
    for item, effect in effects.items():
        places[item] = len(circle.effects)
        circle.effects.append(effect)
    used = np.flatnonzero(places >= 0)
    drivers, places = flow.drivers.take(used), places.take(used)
    order = np.argsort(drivers, kind="stable")
    drivers, places = drivers.take(order), places.take(order)
    low = np.searchsorted(drivers, moves.rows, side="left")
    counts = np.searchsorted(drivers, moves.rows, side="right") - low
    at = np.repeat(np.arange(len(moves)), counts)
    within = np.arange(len(at)) - np.repeat(np.cumsum(counts) - counts, counts)
    chosen = places.take(np.repeat(low, counts) + within)
    sure = moves.sure.take(at)
    if rule.is_doubtful:
        sure = np.zeros(len(at), dtype=bool)
    return moves.first.take(at), moves.last.take(at), sure, chosen


def _distinct(drives: Drives, effects: Sequence[Effect]) -> Drives:
    """Keep one of several that happen at one time to one row; events are counted."""
    if len(drives.first) < 2:
        return drives
    moves_rows = np.asarray([effect.word in _AS_ONE for effect in effects], dtype=bool)
    again = np.zeros(len(drives.first), dtype=bool)
    again[1:] = (
        moves_rows.take(drives.effects[1:])
        & (drives.first[1:] == drives.first[:-1])
        & (drives.effects[1:] == drives.effects[:-1])
        & (drives.last[1:] == drives.last[:-1])
        & (drives.sure[1:] == drives.sure[:-1])
    )
    kept = np.flatnonzero(~again)
    return Drives(
        drives.first.take(kept),
        drives.last.take(kept),
        drives.sure.take(kept),
        drives.effects.take(kept),
    )


def _hold(circle: Circle) -> None:
    """Lay out what holds while a condition does."""
    for place, node in enumerate(circle.nodes):
        condition = held_condition(circle.members, node)
        if condition is None:
            continue
        base, keys = circle.base[node], circle.layout.keys[node]
        frame = Frame(circle.layout.params[node], circle.layout.packing[node], keys)
        gate = circle.at_once.gate(condition, frame)
        circle.held[place] = gate
        for at in range(len(keys)):
            for row in set(gate.rows(at)):
                circle.readers.setdefault(row, []).append((place, base + at))
            for times in gate.times(at):
                circle.looks += [(time, place, base + at) for time in times[1:]]


def _initial(circle: Circle) -> set[int]:
    found: set[int] = set()
    for name, fluent in circle.members.fluents.items():
        base, keys = circle.base[name], circle.layout.keys[name]
        for moves in outset(circle.members.plan, fluent):
            found |= {row + base for row in settle(moves, keys).rows.tolist()}
    return {
        row for row in found if not any(r in found for r in circle.rivals.get(row, ()))
    }
