from __future__ import annotations

from collections.abc import Callable

from vigens.lang import Compiled
from vigens.rules import (
    Atom,
    Constant,
    Count,
    Delay,
    Edge,
    Power,
    Quantified,
    Tally,
    Variable,
    Weights,
)

Read = Callable[..., Compiled]

PARTY = Variable("party", "party")
CALM = Atom("ceasefire", (Constant("general"),))


def test_a_tally_says_what_counts_and_for_how_long(read: Read) -> None:
    compiled = read(
        "event shot(party, dead: number)",
        'tally dead_of(party) "dead"',
        "  counts shot(party, dead) when ceasefire(general)",
        "  sums dead",
        "  from begins ceasefire(general)",
        "  within 7 days",
        "  until 1 day after ends ceasefire(general)",
        '  source "S"',
    )
    assert compiled.findings == ()
    found = compiled.program.tallies["dead_of"]
    assert found == Tally(
        "dead_of",
        (PARTY,),
        "dead",
        Atom("shot", (PARTY, Variable("dead", "number"))),
        CALM,
        "dead",
        Edge(CALM, is_begin=True),
        Delay(7, "day"),
        Edge(CALM, is_begin=False),
        Delay(1, "day"),
        None,
        "S",
        "a.md:4",
    )


def test_weights_are_whole_multiples_of_the_smallest_part(read: Read) -> None:
    compiled = read(
        "party FR", "party DE", 'weights w "W" of party', "  of FR 288965, DE 59200.50"
    )
    assert compiled.findings == ()
    amounts = {"FR": 28896500, "DE": 5920050}
    assert compiled.program.weights["w"] == Weights(
        "w", "W", "party", amounts, 100, "a.md:5"
    )


def test_a_measure_may_say_what_it_counts(read: Read) -> None:
    compiled = read(
        "group g",
        "measure ready",
        "  counts party in member(g): deployed(party)",
        "measure seated",
    )
    member = Atom("member", (Constant("g"), PARTY))
    counted = Count(PARTY, None, Atom("deployed", (PARTY,)), member)
    assert compiled.findings == ()
    assert compiled.program.measures["ready"].counts == counted
    assert compiled.program.measures["seated"].counts is None


def test_powers_name_their_holder_condition_and_what_is_open(read: Read) -> None:
    compiled = read(
        "body cell",
        "act decides(by: party, body)",
        "  power cell",
        '  power by by unstated "how"',
        "  power body when at least half of party: deployed(party)",
    )
    assert compiled.findings == ()
    first, second, third = compiled.program.events["decides"].powers
    assert first == Power(Constant("cell"), None, None, "a.md:5")
    assert (second.holder, second.unstated) == (Variable("by", "party"), "how")
    assert third.holder == Variable("body", "body")
    assert isinstance(third.condition, Quantified)
