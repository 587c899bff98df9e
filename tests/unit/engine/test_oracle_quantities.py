"""Quantities in the slow twin, against answers worked out by hand."""

from __future__ import annotations

from tests.unit.engine.paper import (
    PARTY,
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
from vigens.model import CountSeen, Weight
from vigens.rules import (
    Comparison,
    Component,
    Constant,
    Count,
    Delay,
    Frequency,
    Instrument,
    Linked,
    Measure,
    Negation,
    Persisted,
    Quantified,
    Same,
    Tallied,
    Tally,
    Variable,
    Weights,
)

TOUCH = event("touch", PARTY)
CUT = event("cut", PARTY)
ON = fluent(
    "on",
    PARTY,
    starts=[change(atom("touch", PARTY))],
    ends=[change(atom("cut", PARTY))],
)


def test_quantities_and_windows() -> None:
    pair = Quantified(
        None, PARTY, None, atom("on", PARTY), None, (2, 3), weights="weight"
    )
    heads = Quantified(None, PARTY, None, atom("on", PARTY), None, (2, 3))
    guarded = Quantified(None, PARTY, None, atom("on", "B"), atom("on", PARTY))
    count = Count(PARTY, None, atom("on", PARTY))
    often = Frequency(2, atom("touch", PARTY), 4, "second")
    steady = Persisted(atom("on", "A"), 6, "second")
    rules = program(
        [TOUCH, CUT],
        [ON],
        weights={"weight": Weights("weight", "", "party", {"A": 1, "B": 9}, 10)},
    )
    told = world(
        rules,
        happen(10, "touch", "A"),
        happen(12, "touch", "B"),
        happen(20, "cut", "A"),
    )
    found = only(told, end=50)
    assert spans(found, heads) == [(12, 20)]
    assert spans(found, pair) == [(12, 100)]
    assert spans(found, guarded) == [(0, 10), (12, 100)]
    assert spans(found, Comparison(count, "<", 1)) == [(0, 10)]
    assert spans(found, often) == [(12, 14)]
    assert spans(found, steady) == [(16, 20)]
    assert spans(found, Negation(Same(Constant("A"), Constant("A")))) == []
    nobody = Quantified(None, PARTY, None, atom("on", PARTY), atom("on", "C"), (1, 2))
    assert spans(found, nobody) == []


def test_a_tally_counts_in_its_window() -> None:
    number = Variable("deaths", "number")
    hit = event("hit", PARTY, number)
    tally = Tally(
        "killed",
        (PARTY,),
        "",
        atom("hit", PARTY, number),
        sums="deaths",
        since=atom("touch", PARTY),
        within=Delay(10, "second"),
        until=atom("cut", PARTY),
        until_delay=Delay(2, "second"),
    )
    rules = program([TOUCH, CUT, hit], [], tallies={"killed": tally})
    told = world(
        rules,
        happen(1, "hit", "A", "100"),
        happen(2, "touch", "A"),
        happen(2, "hit", "A", "3"),
        happen(5, "hit", "A", "4"),
        happen(5, "hit", "B", "50"),
        happen(6, "cut", "A"),
        happen(7, "hit", "A", "8"),
        happen(8, "hit", "A", "30"),
    )
    found = only(told)
    for least, since in ((3, 2), (7, 5), (15, 7)):
        sum_ = Comparison(Tallied("killed", (Constant("A"),)), ">=", least)
        assert spans(found, sum_) == [(since, 100)]
    sum_ = Comparison(Tallied("killed", (Constant("A"),)), ">", 15)
    assert spans(found, sum_) == []


def test_an_anonymous_count_is_a_lower_bound_until_somebody_stops() -> None:
    count = Count(PARTY, None, atom("on", PARTY))
    rules = program(
        [TOUCH, CUT], [ON], measures={"ready": Measure("ready", "", "", count)}
    )
    seen = [
        CountSeen("c", "ready", 2, 5, 5, Weight.SURE),
        CountSeen("d", "ready", 3, 12, 12, Weight.SURE),
        CountSeen("e", "ready", 1, 13, 13, Weight.SURE),
    ]
    told = world(
        rules,
        happen(7, "touch", "A"),
        happen(9, "cut", "B"),
        happen(12, "cut", "B"),
        counts={"ready": seen},
    )
    found = only(told)
    two = Quantified(2, PARTY, None, atom("on", PARTY))
    assert spans(found, two) == [(5, 9), (12, 13)]
    assert spans(found, Comparison(count, "=", 1)) == [(9, 12), (13, 100)]


def test_a_link_is_what_a_text_says_of_itself() -> None:
    text = Instrument(
        "t", "T", "treaty", "treaty", "published", {}, {}, (),
        (Component("one", "one"),), None, (("replaces", "u"),),
    )  # fmt: skip
    rules = program([TOUCH, CUT], [ON], instruments={"t": text})
    found = only(world(rules))
    assert found.holds(Linked(Constant("t"), "replaces", Constant("u")), 0)
    assert not found.holds(Linked(Constant("t"), "implements", Constant("u")), 0)
    assert not found.holds(Linked(Constant("u"), "replaces", Constant("t")), 0)
