"""Questions about values that nobody has named, where rules compare values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.unit.engine.paper import (
    PARTY,
    SORTS,
    atom,
    change,
    event,
    fluent,
    happen,
    program,
    world,
)
from vigens.engine import Evaluation, Verdict, explain, verdict_at, verdicts_of
from vigens.model import Happening
from vigens.rules import AllOf, Atom, Constant, Ordered, Program, Same, Sort, Variable

NUMBER = Variable("n", "number")
ONE, OTHER = Variable("one", "place"), Variable("other", "place")
LATER = 200  # nobody looked any more
#: The last number that hit a party, of those that are large enough.
HIT = fluent(
    "b",
    *(PARTY, NUMBER),
    starts=[
        change(
            atom("hit", PARTY, NUMBER), Ordered(NUMBER, ">=", Constant("1.5")), NUMBER
        )
    ],
    has_values=True,
)
RULES = program([event("hit", PARTY, NUMBER)], [HIT])


def evaluated(*found: Happening, rules: Program = RULES) -> Evaluation:
    return Evaluation(world(rules, *found, covered=(-9, 99)))


def by_bounds(evaluation: Evaluation, asked: Atom) -> Verdict:
    return verdict_at(evaluation.bounds(asked), LATER)


def by_inertia(evaluation: Evaluation, asked: Atom) -> Verdict:
    return verdict_at(evaluation.inertial(asked), LATER)


def by_rows(evaluation: Evaluation, asked: Atom) -> Verdict:
    rows = [("B", "2"), asked.values]
    return verdict_at(evaluation.bounds_of(asked.name, rows)[1], LATER)


def by_many(evaluation: Evaluation, asked: Atom) -> Verdict:
    return verdicts_of(evaluation, [atom("b", "B", "2"), asked], LATER)[1]


def by_why(evaluation: Evaluation, asked: Atom) -> Verdict | None:
    return explain(evaluation, asked, LATER).verdict


WAYS = (by_bounds, by_inertia, by_rows, by_many, by_why)


@pytest.mark.parametrize("ask", WAYS)
def test_a_number_that_rules_exclude_is_excluded_though_nobody_named_it(
    ask: Callable[[Evaluation, Atom], Verdict],
) -> None:
    evaluation = evaluated()
    assert ask(evaluation, atom("b", "A", "1")) is Verdict.FAILS
    assert ask(evaluation, atom("b", "A", "7")) is Verdict.OPEN
    assert ask(evaluation, atom("b", "A", "1")) is Verdict.FAILS


def test_that_another_was_hit_and_then_not_changes_no_answer() -> None:
    hit = happen(0, "hit", "B", "1")
    corrected = evaluated(hit).with_happenings([], [hit])
    for number in ("1", "1.5", "7"):
        asked = atom("b", "A", number)
        assert corrected.bounds(asked) == evaluated().bounds(asked)


def test_a_why_of_a_number_that_is_excluded_gives_no_cause() -> None:
    node = explain(evaluated(), atom("b", "A", "1"), LATER)
    assert node.causes == ()


def test_two_numbers_of_one_question_are_told_apart() -> None:
    both = AllOf((atom("b", "A", "7"), atom("b", "B", "1")))
    assert verdict_at(evaluated().bounds(both), LATER) is Verdict.FAILS


def test_two_places_that_nobody_has_named_are_two() -> None:
    alike = fluent("alike", ONE, OTHER, held=[Same(ONE, OTHER)])
    sorts = SORTS | {"place": Sort("place", "place", (), is_open=True)}
    evaluation = evaluated(rules=replace(program([], [alike]), sorts=sorts))
    assert by_bounds(evaluation, atom("alike", "here", "there")) is Verdict.FAILS
    assert by_bounds(evaluation, atom("alike", "here", "here")) is Verdict.HOLDS


def test_a_value_that_no_rule_compares_needs_no_number_of_its_own() -> None:
    plain = fluent("b", PARTY, NUMBER, starts=[change(atom("hit", PARTY, NUMBER))])
    evaluation = evaluated(rules=program([event("hit", PARTY, NUMBER)], [plain]))
    asked = atom("b", "A", "1")
    assert evaluation.about(asked) is evaluation
    assert by_bounds(evaluation, asked) is Verdict.OPEN
