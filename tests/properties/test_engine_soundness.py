"""Soundness is the law: the bounds hold for every completion of the unknowns."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.properties.picking import pick
from vigens.engine import Evaluation, Move, World, inertia, verdict_at
from vigens.engine.oracle import completions
from vigens.engine.verdicts import Verdict
from vigens.model import Coverage, Happening, Sighting, Weight
from vigens.rules import (
    AllOf,
    AnyOf,
    Atom,
    Change,
    Condition,
    EventType,
    Fluent,
    Held,
    Negation,
    Program,
    Reading,
    Unstated,
    Variant,
)

HORIZON = 4
EVENTS = ("e0", "e1", "e2")
MOST_COMPLETIONS = 600


@dataclass(frozen=True)
class Small:
    """A small program with its evidence."""

    program: Program
    world: World


@st.composite
def conditions(draw: st.DrawFn, fluents: tuple[str, ...]) -> Condition:
    """Draw a condition over earlier fluents and what a text leaves open."""
    leaves: list[st.SearchStrategy[Condition]] = [st.just(Unstated("the rule"))]
    leaves += [st.just(Atom(name)) for name in fluents]
    leaf = st.one_of(leaves)
    return draw(
        st.recursive(
            leaf,
            lambda inner: st.one_of(
                inner.map(Negation),
                st.tuples(inner, inner).map(AllOf),
                st.tuples(inner, inner).map(AnyOf),
            ),
            max_leaves=3,
        )
    )


@st.composite
def changes(draw: st.DrawFn, earlier: tuple[str, ...], place: str) -> Change:
    """Draw a rule that starts or stops a fluent."""
    when = draw(st.none() | conditions(earlier)) if earlier else None
    perhaps = pick(draw, [None, None, None, "it may"])
    reading = pick(draw, [None, None, None, Reading("v", "a")])
    event = Atom(pick(draw, EVENTS))
    return Change(event, when, perhaps, reading, place)


@st.composite
def fluents(draw: st.DrawFn, name: str, earlier: tuple[str, ...]) -> Fluent:
    """Draw a fluent that rests on earlier ones only."""
    if earlier and draw(st.integers(0, 1)) == 1:
        reading = pick(draw, [None, None, Reading("v", "b")])
        held = (Held(draw(conditions(earlier)), reading, f"{name}:h"),)
        return Fluent(name, (), name, (), (), held)
    starts = (draw(changes(earlier, f"{name}:s")),)
    ends = tuple(draw(st.lists(changes(earlier, f"{name}:e"), max_size=1)))
    return Fluent(name, (), name, starts, ends, ())


@st.composite
def happenings(draw: st.DrawFn, index: int) -> Happening:
    """Draw one weighed occurrence."""
    first = draw(st.integers(0, HORIZON - 1))
    last = min(HORIZON - 1, first + draw(st.integers(0, 2)))
    weight = pick(draw, tuple(Weight))
    event = pick(draw, EVENTS)
    return Happening(f"h{index}", event, (), first, last, weight)


@st.composite
def smalls(draw: st.DrawFn) -> Small:
    """Draw a program of up to four fluents with evidence and coverage."""
    found: dict[str, Fluent] = {}
    for index in range(draw(st.integers(1, 4))):
        name = f"f{index}"
        found[name] = draw(fluents(name, tuple(found)))
    events = {name: EventType(name, (), name, False, None) for name in EVENTS}
    variant = Variant("v", "v", (("a", "a"), ("b", "b")), "")
    program = Program("digest", {}, {}, {}, events, found, {}, {}, {}, {"v": variant})
    occurred: dict[str, list[Happening]] = {}
    for index in range(draw(st.integers(0, 3))):
        happening = draw(happenings(index))
        occurred.setdefault(happening.event, []).append(happening)
    sightings: dict[str, list[Sighting]] = {}
    if draw(st.booleans()):
        at = draw(st.integers(0, HORIZON - 1))
        name = pick(draw, sorted(found))
        weight = pick(draw, [Weight.SURE, Weight.POSSIBLE])
        holds = draw(st.booleans())
        if found[name].initiated:
            sightings[name] = [Sighting("s", name, (), at, at, holds, weight)]
    coverage = [
        Coverage(frozenset({name}), 0, draw(st.integers(HORIZON - 1, HORIZON)))
        for name in EVENTS
    ]
    readings = pick(draw, [{}, {"v": "a"}, {"v": "b"}])
    world = World(program, occurred, sightings, coverage, 0, "UTC", readings)
    return Small(program, world)


@settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(smalls())
def test_every_completion_lies_within_the_bounds(small: Small) -> None:
    evaluation = Evaluation(small.world)
    ground = [(name, ()) for name in EVENTS]
    for count, completion in enumerate(completions(small.world, ground, 0, HORIZON)):
        assume(count < MOST_COMPLETIONS)
        for name in small.program.fluents:
            bounds = evaluation.bounds(Atom(name))
            for instant in range(HORIZON):
                verdict = verdict_at(bounds, instant)
                truth = completion.holds(Atom(name), instant)
                assert verdict is Verdict.OPEN or (verdict is Verdict.HOLDS) is truth, (
                    name,
                    instant,
                    verdict,
                    truth,
                )


@settings(max_examples=400, deadline=None)
@given(smalls())
def test_surely_lies_within_possibly(small: Small) -> None:
    evaluation = Evaluation(small.world)
    for name in small.program.fluents:
        bounds = evaluation.bounds(Atom(name))
        for start, end in bounds.surely:
            assert any(s <= start and end <= e for s, e in bounds.possibly)


moves = st.builds(
    lambda first, length, sure: Move(first, min(HORIZON, first + length), sure),
    st.integers(0, HORIZON),
    st.integers(0, 3),
    st.booleans(),
)


@settings(max_examples=600, deadline=None)
@given(st.lists(moves, max_size=3), st.lists(moves, max_size=3))
def test_inertia_is_exact_where_each_unknown_occurs_once(
    starts: list[Move], ends: list[Move]
) -> None:
    happened: dict[str, list[Happening]] = {name: [] for name in ("begins", "ends")}
    for event, group in (("begins", starts), ("ends", ends)):
        for index, move in enumerate(group):
            weight = Weight.SURE if move.sure else Weight.POSSIBLE
            happened[event].append(
                Happening(f"{event}{index}", event, (), move.first, move.last, weight)
            )
    change = Change(Atom("begins"), None, None, None, "s")
    other = Change(Atom("ends"), None, None, None, "e")
    events = {name: EventType(name, (), name, False, None) for name in happened}
    fluent = Fluent("f", (), "f", (change,), (other,), ())
    program = Program("d", {}, {}, {}, events, {"f": fluent}, {}, {}, {}, {})
    everything = [Coverage(frozenset(), -10, 100)]
    world = World(program, happened, {}, everything, -10, "UTC")
    truths: list[set[bool]] = [set() for _ in range(HORIZON + 1)]
    for completion in completions(world, [], 0, HORIZON + 1):
        for instant in range(HORIZON + 1):
            truths[instant].add(completion.holds(Atom("f"), instant))
    surely, possibly = inertia(starts, ends)
    for instant, seen in enumerate(truths):
        assert any(s <= instant < e for s, e in possibly) is (True in seen)
        assert any(s <= instant < e for s, e in surely) is (False not in seen)


@settings(max_examples=300, deadline=None)
@given(smalls(), st.integers(0, HORIZON - 1))
def test_assuming_no_other_change_only_narrows(small: Small, instant: int) -> None:
    open_world = Evaluation(small.world)
    closed = Evaluation(replace(small.world, assume_no_other_change=True))
    for name in small.program.fluents:
        before = verdict_at(open_world.bounds(Atom(name)), instant)
        after = verdict_at(closed.bounds(Atom(name)), instant)
        assert before is Verdict.OPEN or before is after
