"""Random small worlds: all is known in some, a little is unknown in others."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter

from tests.properties.drawing import AMOUNTS, FAMILIES, NAMES, PARAMS, WORDS
from tests.properties.picking import pick
from tests.properties.programs import Maker
from tests.unit.engine.paper import atom
from vigens.engine import World
from vigens.model import CountSeen, Coverage, Happening, Sighting, Weight
from vigens.rules import Atom, Condition, Constant, Edge, Program, Variable

HORIZON = 7
SHORT = 4
#: Three seconds before a midnight.
EVE = 86_400 - 3
_Dated = TypeVar("_Dated", Happening, Sighting, CountSeen)


@dataclass(frozen=True, repr=False)
class Drawn:
    """A world, what to ask, and what may have happened unseen."""

    world: World
    asked: tuple[Condition, ...]
    ground: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def __repr__(self) -> str:
        return tell(self.world)

    def _repr_pretty_(self, printer: RepresentationPrinter, _cycle: bool) -> None:
        printer.text(tell(self.world))


def parties(draw: st.DrawFn) -> str:
    return pick(draw, NAMES)


def arguments(draw: st.DrawFn, name: str) -> tuple[str, ...]:
    """Draw arguments of an event."""
    if name == "s":
        return ()
    party = pick(draw, NAMES)
    if name == "say":
        return (party, pick(draw, WORDS))
    if name == "hit":
        return (party, pick(draw, AMOUNTS))
    return (party,)


@st.composite
def happenings(
    draw: st.DrawFn, rules: Program, most: int, horizon: int, *, certain: bool
) -> dict[str, list[Happening]]:
    """Draw weighed occurrences of events that nothing else brings about."""
    found: dict[str, list[Happening]] = {}
    left = 3
    for at in range(draw(st.integers(0, most))):
        name = pick(draw, ["e", "e", "k", "s", "say", "hit"])
        values = arguments(draw, name)
        first = last = draw(st.integers(0, horizon - 1))
        weight, by = Weight.SURE, None
        if rules.events[name].powers:
            by = pick(draw, ["A", "A", "B"])
        if not certain and left and draw(st.booleans()):
            left -= 1
            how = pick(draw, ["range", "possible", "denied", "by"])
            last = min(horizon - 1, first + (how == "range"))
            weight = {"possible": Weight.POSSIBLE, "denied": Weight.DENIED}.get(
                how, Weight.SURE
            )
            by = None if how == "by" else by
        one = Happening(f"h{at}", name, values, first, last, weight, by=by)
        found.setdefault(name, []).append(one)
    return found


def atoms(rules: Program) -> tuple[Condition, ...]:
    """List what can be asked: every state of two parties and both words."""
    found: list[Condition] = []
    for name in rules.fluents:
        drawn = {"party": NAMES, "value": WORDS, "number": AMOUNTS}
        choices = [drawn[param.sort] for param in PARAMS[name]]
        found += [atom(name, *values) for values in itertools.product(*choices)]
    return tuple(found)


@st.composite
def certain(draw: st.DrawFn, families: frozenset[str] = FAMILIES) -> Drawn:
    """Draw a world in which all is known."""
    maker = Maker(draw, families, certain=True)
    rules = maker.program()
    found = draw(happenings(rules, 6, HORIZON, certain=True))
    readings = {"r": pick(draw, "ab")}
    looked = [Coverage(frozenset(), -100, 10**9)]
    counts = {}
    if rules.measures:
        at = draw(st.integers(0, HORIZON - 1))
        number = draw(st.integers(1, 3))
        counts = {"m": [CountSeen("c", "m", number, at, at, Weight.SURE)]}
    world = World(rules, found, {}, looked, -50, "UTC", readings, counts=counts)
    return Drawn(world, (*atoms(rules), maker.condition(tuple(rules.fluents), [])))


@st.composite
def uncertain(draw: st.DrawFn, families: frozenset[str] = FAMILIES) -> Drawn:
    """Draw a world in which a little is unknown."""
    maker = Maker(draw, families, certain=False)
    rules = maker.program()
    found = draw(happenings(rules, 4, SHORT, certain=False))
    readings = pick(draw, [{}, {"r": "a"}, {"r": "b"}])
    unseen = pick(draw, ["", "", "e", "k", "s"])
    looked = [Coverage(frozenset(rules.events) - {unseen}, -100, 10**9)]
    ground: tuple[tuple[str, tuple[str, ...]], ...] = ()
    if unseen:
        at = draw(st.integers(0, SHORT - 1))
        looked.append(Coverage(frozenset({unseen}), -100, at))
        looked.append(Coverage(frozenset({unseen}), at + 1, 10**9))
        ground = tuple(
            (unseen, values)
            for values in ([()] if unseen == "s" else [(name,) for name in "ABC"])
        )
    sightings = {}
    if pick(draw, [False, False, True]):
        at = draw(st.integers(0, SHORT - 1))
        holds, weight = (
            draw(st.booleans()),
            pick(draw, [Weight.SURE, Weight.POSSIBLE]),
        )
        sightings = {"f": [Sighting("s", "f", ("A",), at, at, holds, weight)]}
    counts = {}
    if rules.measures:
        at = draw(st.integers(0, SHORT - 1))
        weights = [Weight.SURE]
        if "counts possible" in families:
            weights.append(Weight.POSSIBLE)
        weight = pick(draw, weights)
        counts = {"m": [CountSeen("c", "m", draw(st.integers(1, 3)), at, at, weight)]}
    world = World(rules, found, sightings, looked, -50, "UTC", readings, counts=counts)
    return Drawn(
        world, (*atoms(rules), maker.condition(tuple(rules.fluents), [])), ground
    )


def before_midnight(drawn: Drawn) -> Drawn:
    """Give the same world where the civil day ends three seconds after its first one."""

    def later(one: _Dated) -> _Dated:
        return replace(one, first=one.first + EVE, last=one.last + EVE)

    world = drawn.world
    looked = [replace(c, start=c.start + EVE, end=c.end + EVE) for c in world.coverage]
    rules = world.program
    provisions = {
        name: replace(one, not_before=one.not_before and "1970-01-02T00:00Z")
        for name, one in rules.provisions.items()
    }
    moved = replace(
        world,
        program=replace(rules, provisions=provisions),
        happenings={k: list(map(later, v)) for k, v in world.happenings.items()},
        sightings={k: list(map(later, v)) for k, v in world.sightings.items()},
        counts={k: list(map(later, v)) for k, v in world.counts.items()},
        coverage=looked,
        origin=world.origin + EVE,
    )
    return replace(drawn, world=moved)


def tell(world: World) -> str:
    """Write a world down, so that a failure can be read."""
    rules = world.program
    lines = [f"readings {world.readings}"]
    for one in rules.fluents.values():
        lines.append(f"fluent {one.name}{list(map(str, one.params))}")
        for part in ("initially", "initiated", "terminated", "held", "lasting"):
            lines += [f"  {part}: {_short(found)}" for found in getattr(one, part)]
    lines += [_short(event) for event in rules.events.values() if event.powers]
    for group in (rules.provisions, rules.obligations, rules.tallies, rules.measures):
        lines += map(_short, group.values())
    for evidence in (world.happenings, world.sightings, world.counts):
        lines += [_short(one) for found in evidence.values() for one in found]
    lines += [f"looked {list(c.events)} {c.start}..{c.end}" for c in world.coverage]
    return "\n".join(lines)


def _short(what: object) -> str:
    """Write a value without what says nothing."""
    if isinstance(what, tuple):
        return f"({', '.join(map(_short, what))})"
    if isinstance(what, Atom | Edge | Constant | Variable) or not is_dataclass(what):
        return str(what)
    said = [
        f"{part.name}={_short(found)}"
        for part in fields(what)
        if (found := getattr(what, part.name)) not in (None, "", (), False)
        and part.name not in ("title", "place", "phrase", "name")
    ]
    return f"{type(what).__name__}({', '.join(said)})"
