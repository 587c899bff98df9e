"""The bounds are reached where each unknown occurs once."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter

from tests.properties.picking import pick
from tests.properties.worlds import tell
from tests.unit.engine.paper import PARTY, atom, change, event, fluent, program
from vigens.engine import Evaluation, Verdict, World, verdict_at
from vigens.engine.oracle import completions, how_many
from vigens.model import Coverage, Happening, Weight
from vigens.rules import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Constant,
    Count,
    Delay,
    EventType,
    Fluent,
    Frequency,
    Negation,
    Power,
    Provision,
    Quantified,
    Tallied,
    Tally,
    Variable,
    Weights,
)

HORIZON, AFTER = 4, 5
MOST_COMPLETIONS = 200
X = Variable("x", "party")
KINDS = ("state", "number", "share", "count", "often", "brought", "powered", "tally")


@dataclass
class Once:
    """Rules in which every event bears on one leaf of one condition."""

    events: list[EventType]
    fluents: list[Fluent]
    provisions: dict[str, Provision]
    tallies: dict[str, Tally]
    unseen: list[tuple[str, tuple[str, ...]]]


def leaf(draw: st.DrawFn, once: Once, at: int) -> Condition:
    """Draw a leaf with events of its own."""
    kind = pick(draw, KINDS)
    begins, ends, state = f"a{at}", f"b{at}", f"f{at}"
    powers = (Power(Constant("A"), None, None, ""),) if kind == "powered" else ()
    once.events += [event(begins, PARTY, powers=powers), event(ends, PARTY)]
    once.unseen += [(begins, (party,)) for party in "ABC"]
    caused = begins
    if kind == "brought":
        caused = f"d{at}"
        once.events.append(event(caused, PARTY))
        once.provisions[caused] = Provision(
            caused,
            caused,
            atom(caused, PARTY),
            atom(begins, PARTY),
            None,
            delay=Delay(draw(st.integers(0, 2)), "second"),
        )
    starts, stops = [change(atom(caused, PARTY))], [change(atom(ends, PARTY))]
    once.fluents.append(fluent(state, PARTY, starts=starts, ends=stops))
    said, number = atom(state, X), draw(st.integers(1, 3))
    is_more = draw(st.booleans())
    if kind == "number":
        least = pick(draw, [None, 1, 2])
        weights = pick(draw, [None, "w"]) if least else None
        return Quantified(
            least, X, None, said, None, None, bool(least) and is_more, weights
        )
    if kind == "share":
        return Quantified(1, X, None, said, None, (1, 2), is_more)
    if kind == "count":
        relation = pick(draw, [">=", ">", "<=", "<"])
        return Comparison(Count(X, None, said), relation, number)
    if kind == "often":
        return Frequency(number, atom(begins, PARTY), 2, "second")
    if kind == "tally":
        once.tallies[f"t{at}"] = Tally(f"t{at}", (), "t", atom(begins, PARTY))
        return Comparison(Tallied(f"t{at}"), pick(draw, [">=", "<"]), number)
    return atom(state, "A")


def tree(draw: st.DrawFn, leaves: list[Condition]) -> Condition:
    """Join leaves, each once."""
    joined = leaves[0]
    for one in leaves[1:]:
        is_all, is_not = draw(st.booleans()), draw(st.booleans())
        joined = AllOf((joined, one)) if is_all else AnyOf((joined, one))
        joined = Negation(joined) if is_not else joined
    return joined


@dataclass(frozen=True)
class Told:
    world: World
    asked: Condition
    ground: tuple[tuple[str, tuple[str, ...]], ...]

    def _repr_pretty_(self, printer: RepresentationPrinter, _cycle: bool) -> None:
        printer.text(f"{self.asked}\n{tell(self.world)}")


@st.composite
def worlds(draw: st.DrawFn) -> Told:
    once = Once([], [], {}, {}, [])
    asked = tree(draw, [leaf(draw, once, at) for at in range(draw(st.integers(1, 3)))])
    rules = program(
        once.events,
        once.fluents,
        provisions=once.provisions,
        tallies=once.tallies,
        weights={"w": Weights("w", "", "party", {"A": 3, "B": 2, "C": 1}, 2)},
    )
    names = [one.name for one in once.events if not one.name.startswith("d")]
    found: dict[str, list[Happening]] = {}
    for at in range(draw(st.integers(1, 4))):
        name = pick(draw, names)
        first = draw(st.integers(0, HORIZON - 1))
        last = min(HORIZON - 1, first + draw(st.integers(0, 2)))
        weight = pick(draw, [Weight.SURE, Weight.SURE, Weight.POSSIBLE])
        values = (pick(draw, "ABC"),)
        by = pick(draw, ["A", None]) if rules.events[name].powers else None
        one = Happening(f"h{at}", name, values, first, last, weight, by=by)
        found.setdefault(name, []).append(one)
    everything = frozenset(rules.events)
    looked = [Coverage(everything, -99, 10**9)]
    ground: list[tuple[str, tuple[str, ...]]] = []
    if pick(draw, [False, False, True]):
        gap, at = (
            pick(draw, once.unseen)[0],
            draw(st.integers(0, HORIZON - 1)),
        )
        looked = [Coverage(everything - {gap}, -99, 10**9)]
        looked += [Coverage(frozenset({gap}), -99, at)]
        looked += [Coverage(frozenset({gap}), at + 1, 10**9)]
        ground = [one for one in once.unseen if one[0] == gap]
    return Told(World(rules, found, {}, looked, -50, "UTC"), asked, tuple(ground))


@settings(
    max_examples=150,
    deadline=None,
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(worlds())
def test_the_bounds_are_reached(told: Told) -> None:
    end = HORIZON + AFTER
    size = how_many(told.world, told.ground, 0, end)
    assume(size <= MOST_COMPLETIONS)
    bounds = Evaluation(told.world).bounds(told.asked)
    seen: list[set[bool]] = [set() for _ in range(end)]
    for one in completions(told.world, told.ground, 0, end, [told.asked]):
        for instant in range(end):
            seen[instant].add(one.holds(told.asked, instant))
    for instant, truths in enumerate(seen):
        wanted = Verdict.OPEN
        if len(truths) == 1:
            wanted = Verdict.HOLDS if True in truths else Verdict.FAILS
        assert verdict_at(bounds, instant) is wanted, (instant, truths)
