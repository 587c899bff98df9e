"""Soundness with arguments: parties, open sorts, quantifiers, denials, keys."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.properties.picking import pick
from vigens.engine import Evaluation, World, explain, verdict_at, what_is_missing
from vigens.engine.oracle import completions
from vigens.engine.supposing import suppose
from vigens.engine.verdicts import Verdict
from vigens.model import Coverage, Happening, Sighting, Weight
from vigens.rules import (
    Actor,
    AllOf,
    AnyOf,
    Atom,
    Change,
    Component,
    Condition,
    Constant,
    EventType,
    Fluent,
    Held,
    Instrument,
    Negation,
    Program,
    Quantified,
    Reading,
    Sort,
    Stated,
    Unstated,
    Variable,
    Variant,
)

HORIZON = 3
MOST_COMPLETIONS = 400
PARTIES = ("A", "B")
GATES = ("g", "h")
PARTY = Variable("party", "party")
GATE = Variable("gate", "gate")
COMPONENT = Variable("part", "component")
SORTS = {
    "party": Sort("party", "party", (), is_open=False),
    "gate": Sort("gate", "gate", (), is_open=True),
    "component": Sort("component", "component", (), is_open=False),
    "instrument": Sort("instrument", "instrument", (), is_open=False),
}
ACTORS = {name: Actor(name, name, "party", "state") for name in PARTIES}
EVENTS = {
    "e": EventType("e", (PARTY,), "e", is_act=False, applies_to=None),
    "n": EventType("n", (GATE,), "n", is_act=False, applies_to=None),
    "m": EventType("m", (PARTY, GATE), "m", is_act=False, applies_to=None),
    "s": EventType("s", (), "s", is_act=False, applies_to=None, is_secret=True),
}
TEXT = Instrument(
    "t",
    "T",
    "treaty",
    "treaty",
    "published",
    {"binding": ("legally",)},
    {"endorsement": "nobody says"},
    (),
    (Component("one", "one"), Component("two", "two")),
    None,
    (),
)


@dataclass(frozen=True)
class Small:
    """A small program with its evidence, and the atoms to ask."""

    world: World
    atoms: tuple[Atom, ...]


def atom(name: str, *terms: str | Variable) -> Atom:
    return Atom(name, tuple(Constant(t) if isinstance(t, str) else t for t in terms))


def leaves(party: str | Variable) -> st.SearchStrategy[Condition]:
    """Give what can be asked of one party, or of all gates and parties."""
    own = [atom("f", party), atom("k", party)]
    gate_bodies: list[Condition] = [
        atom("g", GATE),
        Negation(atom("g", GATE)),
        AnyOf((Negation(atom("j", party, GATE)), atom("g", GATE))),
        atom("j", party, GATE),
    ]
    party_bodies: list[Condition] = [atom("f", PARTY), Negation(atom("f", PARTY))]
    amounts = st.sampled_from([None, 1, 2])
    return st.one_of(
        st.sampled_from(own),
        st.just(Unstated("the rule")),
        st.sampled_from(
            [
                Stated(Constant("t"), "binding", "legally"),
                Stated(Constant("t"), "endorsement", "approval"),
            ]
        ),
        st.builds(
            Quantified,
            amounts,
            st.just(GATE),
            st.none(),
            st.sampled_from(gate_bodies),
        ),
        st.builds(
            Quantified,
            amounts,
            st.just(PARTY),
            st.none(),
            st.sampled_from(party_bodies),
        ),
        st.builds(
            Quantified,
            amounts,
            st.just(COMPONENT),
            st.just(Constant("t")),
            st.just(atom("f", party)),
        ),
    )


def conditions(party: str | Variable) -> st.SearchStrategy[Condition]:
    return st.recursive(
        leaves(party),
        lambda inner: st.one_of(
            inner.map(Negation),
            st.tuples(inner, inner).map(AllOf),
            st.tuples(inner, inner).map(AnyOf),
        ),
        max_leaves=2,
    )


def befores(other: Variable) -> list[Condition | None]:
    """List what may have to hold just before a change."""
    return [
        None,
        atom("f", PARTY),
        Negation(atom("f", PARTY)),
        atom("j", PARTY, other),
        Quantified(1, GATE, None, atom("g", GATE)),
    ]


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """Draw rules over one party: inertial ones below, conditions above."""
    reading = st.sampled_from([None, None, None, Reading("v", "a")])
    perhaps = st.sampled_from([None, None, None, "it may"])
    starts = (Change(atom("e", PARTY), None, draw(perhaps), draw(reading), "f:s"),)
    other = Variable("other", "gate")
    ends = draw(
        st.sampled_from(
            [
                (),
                (Change(atom("m", PARTY, other), None, None, None, "f:e"),),
                (Change(atom("s"), None, None, None, "f:e"),),
            ]
        )
    )
    below = {
        "f": Fluent("f", (PARTY,), "f", starts, ends, ()),
        "g": Fluent(
            "g",
            (GATE,),
            "g",
            (Change(atom("n", GATE), None, None, None, "g:s"),),
            (),
            (),
        ),
        "j": Fluent(
            "j",
            (PARTY, GATE),
            "j",
            (Change(atom("m", PARTY, GATE), None, None, None, "j:s"),),
            (),
            (),
        ),
    }
    when = pick(draw, befores(other))
    change = Change(atom("m", PARTY, other), when, None, draw(reading), "k:s")
    below["k"] = Fluent("k", (PARTY,), "k", (change,), (), ())
    held = tuple(
        Held(draw(conditions(PARTY)), draw(reading), f"q:{n}")
        for n in range(draw(st.integers(1, 2)))
    )
    below["q"] = Fluent("q", (PARTY,), "q", (), (), held)
    variant = Variant("v", "v", (("a", "a"), ("b", "b")), "")
    return Program(
        "d",
        SORTS,
        ACTORS,
        {"t": TEXT},
        EVENTS,
        below,
        variants={"v": variant},
    )


@st.composite
def happenings(draw: st.DrawFn, index: int) -> Happening:
    name = pick(draw, ["e", "e", "n", "m"])
    values = tuple(
        pick(draw, PARTIES if param.sort == "party" else GATES)
        for param in EVENTS[name].params
    )
    first = draw(st.integers(0, HORIZON - 1))
    last = min(HORIZON - 1, first + draw(st.integers(0, 1)))
    weight = pick(draw, tuple(Weight))
    return Happening(f"h{index}", name, values, first, last, weight, "it is so")


@st.composite
def smalls(draw: st.DrawFn) -> Small:
    program = draw(programs())
    occurred: dict[str, list[Happening]] = {}
    for index in range(draw(st.integers(0, 3))):
        found = draw(happenings(index))
        occurred.setdefault(found.event, []).append(found)
    sightings: dict[str, list[Sighting]] = {}
    if draw(st.booleans()):
        at = draw(st.integers(0, HORIZON - 1))
        weight = pick(draw, [Weight.SURE, Weight.POSSIBLE])
        seen = Sighting("s", "g", (pick(draw, GATES),), at, at, True, weight)
        sightings["g"] = [seen]
    coverage = [
        Coverage(frozenset({name}), 0, HORIZON - pick(draw, [0, 0, 0, 1]), "")
        for name in EVENTS
    ]
    if draw(st.booleans()):  # for one party only
        coverage[0] = Coverage(frozenset({"e"}), 0, HORIZON, "", frozenset({"A"}))
    readings = pick(draw, [{}, {"v": "a"}, {"v": "b"}])
    world = World(program, occurred, sightings, coverage, 0, "UTC", readings)
    atoms = [
        *(atom(name, party) for name in ("f", "k", "q") for party in PARTIES),
        *(atom("g", gate) for gate in GATES),
    ]
    return Small(world, tuple(atoms))


GROUND = (
    *(("e", (party,)) for party in PARTIES),
    ("n", ("new",)),
    ("m", ("A", "g")),
    ("s", ()),
)


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(smalls())
def test_every_completion_lies_within_the_bounds(small: Small) -> None:
    evaluation = Evaluation(small.world)
    found = completions(small.world, GROUND, 0, HORIZON)
    for completion in itertools.islice(found, MOST_COMPLETIONS):
        for one in small.atoms:
            for instant in range(HORIZON):
                verdict = verdict_at(evaluation.bounds(one), instant)
                truth = completion.holds(one, instant)
                assert verdict is Verdict.OPEN or (verdict is Verdict.HOLDS) is truth, (
                    one,
                    instant,
                    verdict,
                    truth,
                    completion,
                )


@settings(max_examples=250, deadline=None)
@given(smalls())
def test_what_is_not_known_has_a_cause(small: Small) -> None:
    evaluation = Evaluation(small.world)
    for one in small.atoms:
        for instant in range(HORIZON + 1):
            node = explain(evaluation, one, instant)
            assert node.verdict is verdict_at(evaluation.bounds(one), instant)
            assert bool(node.causes) is (node.verdict is Verdict.OPEN), (one, node)


@settings(max_examples=250, deadline=None)
@given(smalls())
def test_what_is_missing_would_make_it_hold_or_leave_it_open(small: Small) -> None:
    evaluation = Evaluation(small.world)
    instant = HORIZON + 1
    for one in small.atoms:
        is_so = verdict_at(evaluation.bounds(one), instant) is Verdict.HOLDS
        missing = what_is_missing(evaluation, one, instant)
        assert (() in missing.alternatives) is is_so
        for needs in missing.alternatives:
            events = [need.atom for need in needs if need.atom is not None]
            if len(events) < len(needs) or not all(e.is_ground for e in events):
                continue
            after = [
                verdict_at(suppose(evaluation, acts, instant).bounds(one), instant)
                for acts in itertools.permutations((e, None) for e in events)
            ]
            assert set(after) != {Verdict.FAILS}, (one, needs)
