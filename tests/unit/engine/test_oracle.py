"""The slow twin itself: each construct against answers worked out by hand."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.unit.engine.paper import (
    PARTY,
    VALUE,
    atom,
    change,
    event,
    fluent,
    happen,
    only,
    program,
    spans,
    world,
)
from tests.unit.engine.smallworld import DAY, Small, occur, see
from vigens.engine.oracle import CircleError, completions
from vigens.model import Weight
from vigens.rules import (
    AllOf,
    AnyOf,
    Constant,
    Delay,
    Edge,
    Happens,
    Initially,
    Lasting,
    Negation,
    Power,
    Provision,
    Quantified,
    Stated,
    Unstated,
    Variable,
)

GATE = Variable("gatekeeper", "gatekeeper")
RTEC = Path(__file__).resolve().parents[4] / "shared" / "rtec"
TOUCH = event("touch", PARTY)
CUT = event("cut", PARTY)
ON = fluent(
    "on",
    PARTY,
    starts=[change(atom("touch", PARTY))],
    ends=[change(atom("cut", PARTY))],
)


def test_the_twin_counts_every_choice(small: Small) -> None:
    told = small.world(
        occur("opens", 1, 2, "A"),
        occur("shuts", 3, None, "A", weight=Weight.POSSIBLE),
        sightings=[see("open_gate", 4, "B", holds=True)],
        covered=(0, 9),
        readings={"meaning": "wide"},
    )
    gate, other = small.atom("open_gate(A)"), small.atom("open_gate(B)")
    each = Quantified(None, GATE, None, atom("open_gate", GATE))
    approval = Stated(Constant("plan"), "endorsement", "approval")
    part = Variable("part", "component")
    parts = Quantified(2, part, Constant("plan"), Negation(gate))
    ask = (AllOf((gate, other)), AnyOf((gate, other)), each, approval, parts)
    ground = [("opens", ("B",))]
    found = list(completions(told, ground, 0, 10, ask))
    assert len(found) >= 8
    truths = {tuple(one.holds(what, 5) for what in ask) for one in found}
    assert {truth[0] for truth in truths} == {True, False}
    assert {truth[4] for truth in truths} == {True, False}
    assert all(truth[1] and truth[3] for truth in truths)


def test_a_stop_wins_and_an_initial_state_does_not_begin() -> None:
    began = fluent("began", starts=[change(Edge(atom("on", "A"), is_begin=True))])
    rules = program([TOUCH, CUT], [ON, began])
    found = only(world(rules, happen(3, "touch", "A"), happen(3, "cut", "A")))
    assert spans(found, atom("on", "A")) == []
    at_first = fluent(
        "at_first",
        ends=[change(atom("cut", PARTY))],
        initially=(Initially(None, ""),),
    )
    began = fluent("began", starts=[change(Edge(atom("at_first"), is_begin=True))])
    ended = fluent("ended", starts=[change(Edge(atom("at_first"), is_begin=False))])
    rules = program([CUT], [at_first, began, ended])
    found = only(world(rules, happen(7, "cut", "B")))
    assert spans(found, atom("at_first"), -5) == [(-5, 7)]
    assert spans(found, atom("began"), -5) == []
    assert spans(found, atom("ended")) == [(7, 100)]


def test_of_two_values_at_one_instant_none_holds() -> None:
    say = event("say", PARTY, VALUE)
    word = fluent(
        "word",
        PARTY,
        VALUE,
        starts=[change(atom("say", PARTY, VALUE), value=VALUE)],
        has_values=True,
        initially=(Initially(Constant("w"), ""),),
    )
    told = world(
        program([say], [word]),
        happen(2, "say", "A", "u"),
        happen(5, "say", "A", "v"),
        happen(8, "say", "A", "u"),
        happen(8, "say", "A", "v"),
    )
    found = only(told)
    assert spans(found, atom("word", "A", "w")) == [(0, 2)]
    assert spans(found, atom("word", "A", "u")) == [(2, 5)]
    assert spans(found, atom("word", "A", "v")) == [(5, 8)]
    assert spans(found, atom("word", "B", "w")) == [(0, 100)]


@pytest.mark.parametrize(
    ("touches", "cuts", "renewable", "wanted"),
    [
        ([0], [], False, [(0, 10)]),
        ([0, 4], [], False, [(0, 10)]),  # the end at 10 stops the second timer
        ([0, 4, 11], [], False, [(0, 10), (11, 21)]),
        ([0, 4], [2], False, [(0, 2), (4, 14)]),  # and so does a cut the first
        ([0, 4], [], True, [(0, 14)]),
        ([0, 10], [], True, [(0, 20)]),
        ([0, 10], [], False, [(0, 10)]),
    ],
)
def test_a_state_that_lasts_ends_by_itself(
    touches: list[int],
    cuts: list[int],
    renewable: bool,
    wanted: list[tuple[int, int]],
) -> None:
    lasting = Lasting(None, 10, "second", None, renewable, None, "")
    state = fluent(
        "state",
        starts=[change(atom("touch", PARTY))],
        ends=[change(atom("cut", PARTY))],
        lasting=(lasting,),
    )
    happenings = [happen(at, "touch", "A") for at in touches]
    happenings += [happen(at, "cut", "A") for at in cuts]
    found = only(world(program([TOUCH, CUT], [state]), *happenings))
    assert spans(found, atom("state")) == wanted


def test_a_start_that_lost_its_tie_still_sets_the_timer() -> None:
    say = event("say", VALUE)
    word = fluent(
        "word",
        VALUE,
        starts=[change(atom("say", VALUE), value=VALUE)],
        has_values=True,
        lasting=(Lasting("u", 5, "second", "w", False, None, ""),),
    )
    told = world(program([say], [word]), happen(2, "say", "u"), happen(2, "say", "v"))
    found = only(told)
    assert spans(found, atom("word", "u")) == []
    assert spans(found, atom("word", "w")) == [(7, 100)]


def test_a_provision_brings_an_event_about() -> None:
    enters = event("enters", is_act=True)
    enough = Quantified(2, PARTY, None, atom("on", PARTY))
    rules = program(
        [TOUCH, CUT, enters],
        [ON, fluent("in_force", starts=[change(atom("enters"))])],
        provisions={
            "p": Provision(
                "p",
                "",
                atom("enters"),
                None,
                enough,
                unless=atom("on", "C"),
                delay=Delay(3, "day"),
            )
        },
    )
    told = [happen(10, "touch", "A"), happen(DAY + 7, "touch", "B")]
    for extra, wanted in (
        ([], [False, True]),
        ([happen(4 * DAY, "touch", "C")], [False, True]),
        ([happen(4 * DAY - 1, "touch", "C")], [False, False]),
    ):
        found = only(world(rules, *told, *extra), end=1)
        so = [found.holds(atom("in_force"), 4 * DAY - 1 + step) for step in (0, 1)]
        assert so == wanted


def test_provisions_may_follow_one_another_in_a_circle_through_time() -> None:
    tick, tock = event("tick"), event("tock")

    def after(name: str, cause: str) -> Provision:
        delay = Delay(3, "second")
        return Provision(name, "", atom(name), atom(cause), None, delay=delay)

    state = fluent("state", starts=[change(atom("tick"))], ends=[change(atom("tock"))])
    rules = program(
        [tick, tock],
        [state],
        provisions={n: after(n, m) for n, m in (("tick", "tock"), ("tock", "tick"))},
    )
    found = only(world(rules, happen(2, "tick")), end=15)
    assert spans(found, atom("state"), 0, 15) == [(2, 5), (8, 11), (14, 15)]


def test_an_act_counts_only_by_whom_has_the_power() -> None:
    named = Power(PARTY, atom("on", PARTY), None, "")
    judge = Power(Constant("C"), None, "by which majority", "")
    for power, by, wanted in (
        (named, None, 1),
        (named, "A", 1),
        (named, "B", 0),
        (judge, "C", 2),
        (judge, "A", 0),
        (judge, None, 2),
    ):
        act = event("act", PARTY, powers=(power,))
        done = fluent("done", starts=[change(atom("act", PARTY))])
        rules = program([TOUCH, CUT, act], [ON, done])
        told = world(rules, happen(2, "touch", "A"), happen(3, "act", "A", by=by))
        truths = {one.holds(atom("done"), 4) for one in completions(told, [], 0, 5)}
        assert truths == [{False}, {True}, {False, True}][wanted]
    rules = program([TOUCH, CUT, event("act", PARTY, powers=(named,))], [ON, done])
    told = world(rules, happen(3, "touch", "A"), happen(3, "act", "A"))
    assert spans(only(told), atom("done")) == []


def test_happens_reads_the_instant_of_the_change() -> None:
    calm = fluent(
        "calm",
        starts=[change(atom("cut", PARTY), Negation(Happens(atom("touch", PARTY))))],
    )
    rules = program([TOUCH, CUT], [calm])
    told = world(rules, happen(3, "cut", "A"), happen(3, "touch", "A"))
    assert spans(only(told), atom("calm")) == []
    told = world(rules, happen(3, "cut", "A"), happen(3, "touch", "B"))
    assert spans(only(told), atom("calm")) == [(3, 100)]


def test_a_circle_without_time_is_refused() -> None:
    one = fluent("one", held=[Negation(atom("two"))])
    two = fluent("two", held=[atom("one")])
    with pytest.raises(CircleError, match="a circle without time"):
        only(world(program([TOUCH], [one, two])))


def test_what_is_open_is_settled_once_in_each_completion() -> None:
    maybe = fluent(
        "maybe",
        starts=[change(atom("touch", PARTY), perhaps="it may", place="x")],
    )
    left = fluent("left", held=[AnyOf((Unstated("a"), Unstated("b")))])
    rules = program([TOUCH], [maybe, left])
    told = world(rules, happen(3, "touch", "A"), happen((5, 6), "touch", "B"))
    found = list(completions(told, [], 0, 9))
    assert len(found) == 2 * 4 * 3  # instants, effects, and `b` only where not `a`
    states = {tuple(spans(one, atom("maybe"), 0, 9)) for one in found}
    assert states == {(), ((3, 9),), ((5, 9),), ((6, 9),)}


def _toy() -> list[tuple[str, list[tuple[int, int]]]]:
    """The first domain of the shared cases, a change showing one tick later."""
    person = Variable("person", "party")
    rules = program(
        [
            event("win_lottery", person),
            event("lose_wallet", person),
            event("go_to", person, Variable("place", "number")),
        ],
        [
            fluent(
                "rich",
                person,
                starts=[change(atom("win_lottery", person))],
                ends=[change(atom("lose_wallet", person))],
            ),
            fluent(
                "location",
                person,
                Variable("place", "number"),
                starts=[
                    change(
                        atom("go_to", person, Variable("place", "number")),
                        value=Variable("place", "number"),
                    )
                ],
                has_values=True,
            ),
            fluent(
                "happy",
                person,
                held=[AnyOf((atom("rich", person), atom("location", person, "pub")))],
            ),
        ],
    )
    happenings = []
    with (RTEC / "toy_shipped_events.csv").open() as lines:
        for row in csv.DictReader(lines):
            values = [row[key] for key in ("arg1", "arg2") if row[key]]
            happenings.append(happen(int(row["time"]) + 1, row["event"], *values))
    found = only(world(rules, *happenings))
    ask = [("happy", "chris", "true"), ("rich", "chris", "true")]
    ask += [("location", "chris", where) for where in ("home", "pub", "work")]
    return [
        (
            ",".join(one),
            spans(found, atom(*[part for part in one if part != "true"]), 0, 51),
        )
        for one in ask
    ]


@pytest.mark.skipif(not RTEC.is_dir(), reason="the shared cases are not here")
def test_the_toy_domain_is_exact() -> None:
    wanted: dict[str, list[tuple[int, int]]] = {}
    with (RTEC / "toy_shipped_expected.csv").open() as lines:
        for row in csv.DictReader(lines):
            key = ",".join(row[name] for name in ("fluent", "args", "value"))
            wanted.setdefault(key, []).append((int(row["start"]), int(row["end"])))
    assert dict(_toy()) == wanted
