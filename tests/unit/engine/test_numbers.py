"""Numbers that are compared: an anonymous count stands beside those known by name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.engine.paper import (
    PARTY,
    atom,
    change,
    event,
    fluent,
    happen,
    program,
    world,
)
from vigens.engine import Evaluation, verdict_at
from vigens.engine.verdicts import Verdict
from vigens.model import CountSeen, Weight
from vigens.rules import Comparison, Count, Measure, Variable

X = Variable("x", "party")
READY = Count(X, None, atom("f", X))


def said_of(relation: str, number: int, *, weight: Weight = Weight.SURE) -> str:
    """Compare how many are ready, where one is by name and three were counted."""
    own = fluent(
        "f", PARTY, starts=[change(atom("e", PARTY))], ends=[change(atom("k", PARTY))]
    )
    rules = program(
        [event("e", PARTY), event("k", PARTY)],
        [own],
        measures={"ready": Measure("ready", "", "", READY)},
    )
    told = world(rules, happen(0, "e", "A"), happen(50, "k", "A"), covered=(-9, 99))
    seen = CountSeen("c", "ready", 3, 10, 12, weight)
    told = replace(told, counts={"ready": [seen]})
    evaluation = Evaluation(told)
    bounds = evaluation.bounds(Comparison(READY, relation, number))
    letters = {Verdict.HOLDS: "Y", Verdict.FAILS: "N", Verdict.OPEN: "?"}
    return "".join(letters[verdict_at(bounds, at)] for at in (5, 11, 20, 60))


@pytest.mark.parametrize(
    ("relation", "number", "answers"),
    [
        (">=", 3, "N?Y?"),
        (">=", 1, "YYY?"),
        (">=", 4, "NNNN"),
        ("<=", 2, "Y?N?"),
        ("<", 4, "YYYY"),
        ("=", 1, "Y?N?"),
        ("=", 3, "N?Y?"),
        ("=", 5, "NNNN"),
    ],
)
def test_the_larger_number_counts(relation: str, number: int, answers: str) -> None:
    assert said_of(relation, number) == answers


def test_a_count_that_is_doubted_leaves_the_number_open() -> None:
    assert said_of("<=", 2, weight=Weight.POSSIBLE) == "Y???"
