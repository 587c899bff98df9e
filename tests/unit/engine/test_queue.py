"""The event queue: each tie by hand, and the known path against the bounded one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.engine.paper import (
    PARTY,
    VALUE,
    atom,
    change,
    event,
    fluent,
    happen,
    program,
    world,
)
from vigens.engine import Evaluation, World
from vigens.engine.intervals import HIGH, LOW, Spans
from vigens.engine.queue import evaluating, sums
from vigens.engine.queue.circle import Circle, build
from vigens.engine.queue.members import Members
from vigens.model import Happening, Weight
from vigens.rules import (
    Atom,
    Change,
    Condition,
    Constant,
    Delay,
    Edge,
    Fluent,
    Frequency,
    Initially,
    InState,
    Lasting,
    Negation,
    Obligation,
    Performance,
    Program,
    Provision,
    Quantified,
    Trigger,
    Variable,
)

END = 10**9
E, K, SAY = event("e", PARTY), event("k", PARTY), event("say", PARTY, VALUE)
F = atom("f", PARTY)


def limit(
    amount: int,
    value: str | None = None,
    then: str | None = None,
    *,
    renew: bool = False,
) -> Lasting:
    return Lasting(value, amount, "second", then, renew, None, "")


def timed(*lasting: Lasting) -> Program:
    """A stage that `say` starts and `k` stops."""
    stage = fluent(
        "g",
        PARTY,
        VALUE,
        starts=[change(atom("say", PARTY, VALUE), value=VALUE)],
        ends=[change(atom("k", PARTY))],
        has_values=True,
        lasting=lasting,
    )
    return program([E, K, SAY], [stage])


def surely(rules: Program, asked: Condition, *found: Happening) -> Spans:
    """Where it holds up to the end of the look; all is known there."""
    bounds = Evaluation(world(rules, *found, covered=(-1000, END))).bounds(asked)
    cut = [
        tuple((a, min(b, END)) for a, b in side if a < END)
        for side in (bounds.surely, bounds.possibly)
    ]
    assert cut[0] == cut[1]
    return cut[0]


def said(at: int, value: str) -> Happening:
    return happen(at, "say", "A", value)


@pytest.mark.parametrize(
    ("lasting", "found", "value", "wanted"),
    [
        ([limit(10, "u", "v")], [said(0, "u")], "u", ((0, 10),)),
        ([limit(10, "u", "v")], [said(0, "u")], "v", ((10, END),)),
        # A further start sets its own timer, and the first one still runs out.
        ([limit(10, "u", "v")], [said(0, "u"), said(4, "u")], "u", ((0, 10),)),
        ([limit(10, "u", "v", renew=True)], [said(0, "u"), said(4, "u")], "u", ((0, 14),)),
        # Begun anew exactly at the end: still renewed.
        (
            [limit(10, "u", "v", renew=True)],
            [said(0, "u"), said(10, "u")],
            "u",
            ((0, 20),),
        ),
        # A start exactly at the end: two starts cancel each other.
        ([limit(10, "u", "v")], [said(0, "u"), said(10, "u")], "u", ((0, 10),)),
        ([limit(10, "u", "v")], [said(0, "u"), said(10, "u")], "v", ((20, END),)),
        # A stop strictly between cancels, one exactly at the end does not; it wins.
        ([limit(10, "u", "v")], [said(0, "u"), happen(5, "k", "A")], "v", ()),
        ([limit(10, "u", "v")], [said(0, "u"), happen(10, "k", "A")], "v", ()),
        # Another value strictly between stops it too.
        ([limit(10, "u", "v")], [said(0, "u"), said(5, "w"), said(6, "u")], "u",
         ((0, 5), (6, 16))),
        # A start that lost a tie sets a timer all the same.
        ([limit(10, "u", "v")], [said(0, "u"), said(0, "w")], "v", ((10, END),)),
        # What follows has its own time.
        ([limit(10, "u", "v"), limit(3, "v")], [said(0, "u")], "v", ((10, 13),)),
    ],
)  # fmt: skip
def test_timers_and_their_ties(
    lasting: list[Lasting], found: list[Happening], value: str, wanted: Spans
) -> None:
    assert surely(timed(*lasting), atom("g", "A", value), *found) == wanted


def test_what_holds_from_the_outset_sets_no_timer() -> None:
    own = fluent("f", PARTY, starts=[change(atom("e", PARTY))], lasting=(limit(5),),
                 initially=(Initially(None, ""),))  # fmt: skip
    rules = program([E], [own])
    assert surely(rules, atom("f", "A"))[0][0] == LOW
    assert surely(rules, atom("f", "A"), happen(0, "e", "A")) == ((LOW, 5),)
    assert surely(rules, atom("f", "B"), happen(0, "e", "A")) == ((LOW, END),)


def flip() -> Program:
    """`say` and `e` move a stage on, step by step; whoever waits is set back."""
    on = atom("f", PARTY)
    own = fluent(
        "f",
        PARTY,
        starts=[change(atom("e", PARTY), Negation(on))],
        ends=[change(atom("e", PARTY), on)],
    )
    return program([E], [own])


def test_a_rule_reads_the_state_just_before() -> None:
    found = [happen(at, "e", "A") for at in (0, 3, 3, 7)]
    assert surely(flip(), atom("f", "A"), *found) == ((0, 3), (7, END))


def suspended() -> Program:
    """A lapsed contract suspends a party, a suspended party makes none."""
    contract = fluent(
        "f",
        PARTY,
        starts=[change(atom("e", PARTY), Negation(atom("s", PARTY)))],
        ends=[change(atom("k", PARTY))],
        lasting=(limit(10),),
    )
    suspension = fluent(
        "s",
        PARTY,
        starts=[change(Edge(atom("f", PARTY), is_begin=False))],
        lasting=(limit(5),),
    )
    return program([E, K], [contract, suspension])


def test_states_suspend_one_another_through_time() -> None:
    found = [happen(at, "e", "A") for at in (0, 12, 16)]
    assert surely(suspended(), atom("f", "A"), *found) == ((0, 10), (16, 26))
    assert surely(suspended(), atom("s", "A"), *found) == ((10, 15), (26, 31))


def test_an_event_comes_back_after_a_delay() -> None:
    """Who holds the office calls the next meeting; two of them, then it is over."""
    own = fluent("f", PARTY, starts=[change(atom("e", PARTY))],
                 ends=[change(atom("d", PARTY), F)])  # fmt: skip
    back = Provision("p", "", atom("d", PARTY), Edge(F, is_begin=True), None,
                     unless=Negation(F), delay=Delay(4, "second"))  # fmt: skip
    rules = program([E, event("d", PARTY)], [own], provisions={"p": back})
    assert surely(rules, atom("f", "A"), happen(0, "e", "A")) == ((0, 4),)


def test_a_count_of_members_is_kept_step_by_step() -> None:
    """At most one party at a time is in office."""
    other = Variable("other", "party")
    nobody = Negation(Quantified(1, other, None, atom("f", other)))
    own = fluent("f", PARTY, starts=[change(atom("e", PARTY), nobody)],
                 ends=[change(atom("k", PARTY))])  # fmt: skip
    rules = program([E, K], [own])
    found = [happen(0, "e", "A"), happen(2, "e", "B"), happen(4, "k", "A"),
             happen(4, "e", "B"), happen(5, "e", "B")]  # fmt: skip
    assert surely(rules, atom("f", "A"), *found) == ((0, 4),)
    assert surely(rules, atom("f", "B"), *found) == ((5, END),)


def test_what_asks_too_many_one_by_one_is_gone_round(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sums, "MOST_PARTS", 1)
    test_a_count_of_members_is_kept_step_by_step()


def test_what_may_have_happened_leaves_open_only_what_rests_on_it() -> None:
    found = [
        happen(0, "e", "A", weight=Weight.POSSIBLE),
        happen(20, "e", "B"),
        happen((30, 31), "e", "B"),
    ]
    evaluation = Evaluation(world(suspended(), *found, covered=(-1000, END)))
    mine, theirs = (evaluation.bounds(atom("f", name)) for name in "AB")
    assert (mine.surely, mine.possibly[0]) == ((), (0, 10))
    assert theirs.surely[0] == (20, 30)
    assert theirs.possibly[0] == (20, 30)  # suspended from 30 to 35


@pytest.mark.parametrize("weight", [Weight.SURE, Weight.POSSIBLE])
def test_what_moves_by_itself_ends_long_before_the_last_look(weight: Weight) -> None:
    """Something outside comes in thirty years: until then it moves every second."""
    to_and_fro = timed(limit(1, "u", "v"), limit(1, "v", "u"))
    first = replace(said(0, "u"), weight=weight)
    told = world(to_and_fro, first, said(10**9 - 5, "u"), covered=(-1000, 10**9))
    bounds = Evaluation(told).bounds(atom("g", "A", "u"))
    assert bounds.possibly[0][0] == 0
    assert bounds.possibly[-1][1] == HIGH
    if weight is Weight.SURE:
        assert bounds.surely[:2] == ((0, 1), (2, 3))


def test_what_moves_by_itself_for_ever_is_open_in_the_end() -> None:
    to_and_fro = timed(limit(1, "u", "v"), limit(1, "v", "u"))
    told = world(to_and_fro, said(0, "u"), covered=(-1000, HIGH))
    bounds = Evaluation(told).bounds(atom("g", "A", "u"))
    assert bounds.surely[:2] == ((0, 1), (2, 3))
    assert bounds.surely[-1][1] < bounds.possibly[-1][1] == HIGH


def everything(rules: Program, *found: Happening) -> list[tuple[Spans, Spans]]:
    evaluation = Evaluation(world(rules, *found, covered=(-1000, END)))
    asked: list[Atom] = [atom("f", name) for name in "AB"]
    if "s" in rules.fluents:
        asked += [atom("s", name) for name in "AB"]
    bounds = [evaluation.bounds(one) for one in asked]
    return [(one.surely, one.possibly) for one in bounds]


@pytest.mark.parametrize("rules", [flip(), suspended()])
def test_the_known_path_finds_what_the_bounded_one_does(
    rules: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [happen(at, "e", name) for at in (0, 3, 9, 17, 18, 40) for name in "AB"]
    if "k" in rules.events:
        found += [happen(20, "k", "A"), happen(41, "k", "B")]
    wanted = everything(rules, *found)

    def never_known(members: Members) -> Circle:
        circle = build(members)
        circle.known_until = LOW
        return circle

    monkeypatch.setattr(evaluating, "build", never_known)
    assert everything(rules, *found) == wanted


def test_a_duty_in_a_circle_is_gone_round() -> None:
    """Who is late with a report is barred, and who is barred need not report."""
    obligor = Variable("obligor", "party")
    duty = Obligation(
        "o", "o", (), "A", None, None, None, "shall",
        (Trigger(None, atom("e", obligor), None, "", Negation(atom("f", obligor))),),
        None, Performance(None, atom("k", obligor), None, ""), (), None, None, "",
    )  # fmt: skip
    own = fluent(
        "f",
        PARTY,
        starts=[change(atom("say", PARTY, VALUE), InState("triggered", "o", (PARTY,)))],
    )
    rules = program([E, K, SAY], [own], obligations={"o": duty})
    found = [said(0, "u"), happen(2, "e", "A"), said(4, "u"), happen(6, "e", "A")]
    assert surely(rules, atom("f", "A"), *found) == ((4, END),)


def test_a_provision_may_count_whatever_occurs_and_bring_it_about_for_one() -> None:
    """The party of what is counted is not the one that the provision names."""
    twice = Frequency(2, atom("k", PARTY), 4, "second")
    third = Provision(
        "p", "p", atom("k", "A"), None, twice, None, None,
        Delay(2, "second", None), None, None, None, None, None, "",
    )  # fmt: skip
    own = fluent("f", PARTY, starts=[change(atom("k", PARTY))])
    rules = program([E, K, SAY], [own], provisions={"p": third})
    found = [happen(1, "k", "B"), happen(2, "k", "C")]
    assert surely(rules, atom("f", "A"), *found) == ((4, END),)


def test_a_long_chain_of_states_is_no_deep_recursion() -> None:
    first = fluent("f0", PARTY, starts=[change(atom("e", PARTY))])
    chain: list[Fluent] = [first]
    for at in range(1, 3000):
        begins: Change = change(Edge(atom(f"f{at - 1}", PARTY), is_begin=True))
        chain.append(fluent(f"f{at}", PARTY, starts=[begins]))
    told: World = world(program([E], chain), happen(5, "e", "A"))
    bounds = Evaluation(told).bounds(atom("f2999", "A"))
    assert bounds.surely[0][0] == 5
    assert Evaluation(told).bounds(Atom("f2999", (Constant("B"),))).surely == ()
