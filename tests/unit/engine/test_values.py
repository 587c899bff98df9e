"""States with values: another variable of a rule may bear the name of the value."""

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
    only,
    program,
    world,
)
from vigens.engine import Evaluation, Node, World, explain, what_is_missing
from vigens.engine.verdicts import Verdict, verdict_at
from vigens.model import Coverage, Happening
from vigens.rules import (
    AllOf,
    Atom,
    Change,
    Condition,
    Constant,
    Frequency,
    Happens,
    Negation,
    Variable,
)

NEXT = Variable("next", "value")
WHO = Variable("who", "party")
SAYS = atom("say", PARTY, VALUE)
#: Reads what it moves itself, so that it is worked out in order of time.
ITSELF = Negation(atom("g", PARTY, "w"))


def told(rule: Change, *found: Happening, is_circle: bool = False) -> World:
    """Give a world in which one rule gives a party a value."""
    if is_circle:
        parts = (ITSELF,) if rule.when is None else (rule.when, ITSELF)
        rule = change(rule.event, AllOf(parts), rule.value)
    state = fluent("g", PARTY, VALUE, starts=[rule], has_values=True)
    events = [
        event("say", PARTY, VALUE),
        event("turn", PARTY, VALUE, NEXT),
        event("ask", PARTY),
    ]
    return world(program(events, [state]), *found)


def values_at(found: World, party: str, instant: int) -> list[str]:
    """List the values that a party has, by the engine; the slow twin must agree."""
    evaluation, twin = Evaluation(found), only(found)
    values = []
    for value in ("u", "v", "w"):
        asked = atom("g", party, value)
        verdict = verdict_at(evaluation.bounds(asked), instant)
        assert (verdict is Verdict.HOLDS) is twin.holds(asked, instant)
        assert verdict is not Verdict.OPEN
        assert explain(evaluation, asked, instant).verdict is verdict
        values += [value] if verdict is Verdict.HOLDS else []
    return values


def why(found: World, value: str, instant: int) -> list[Node]:
    return list(explain(Evaluation(found), atom("g", "A", value), instant).children)


IN_BOTH = pytest.mark.parametrize("is_circle", [False, True])


@IN_BOTH
def test_of_two_values_that_an_event_names_the_one_said_counts(
    *, is_circle: bool
) -> None:
    rule = change(atom("turn", PARTY, VALUE, NEXT), None, NEXT)
    turned = happen(5, "turn", "A", "u", "v")
    assert values_at(told(rule, turned, is_circle=is_circle), "A", 9) == ["v"]


@IN_BOTH
@pytest.mark.parametrize(
    "asked", [Happens(SAYS), Frequency(1, SAYS, 4, "second")], ids=["happens", "window"]
)
def test_what_a_when_leaves_open_is_whatever_occurs_and_not_the_value(
    asked: Condition, *, is_circle: bool
) -> None:
    rule = change(atom("ask", PARTY), Negation(asked), "u")
    found = told(
        rule,
        happen(5, "say", "A", "v"),
        happen(5 if isinstance(asked, Happens) else 6, "ask", "A"),
        happen(6, "ask", "B"),
        is_circle=is_circle,
    )
    assert values_at(found, "A", 9) == []
    assert values_at(found, "B", 9) == ["u"]


@IN_BOTH
def test_what_a_when_excludes_is_excluded_where_nobody_looked(
    *, is_circle: bool
) -> None:
    never = Negation(Frequency(1, SAYS, 4, "second"))
    found = told(
        change(atom("ask", PARTY), never, "u"),
        happen(5, "say", "A", "v"),
        is_circle=is_circle,
    )
    looked = [
        Coverage(frozenset({"say", "turn"}), -1000, 10**9),
        Coverage(frozenset({"ask"}), -1000, 6),
        Coverage(frozenset({"ask"}), 7, 10**9),
    ]
    evaluation = Evaluation(replace(found, coverage=looked))
    for party, wanted in (("A", Verdict.FAILS), ("B", Verdict.OPEN)):
        bounds = evaluation.bounds(atom("g", party, "u"))
        assert verdict_at(bounds, 9) is wanted


@IN_BOTH
def test_the_value_may_be_an_argument_as_well(*, is_circle: bool) -> None:
    state = fluent(
        "g",
        *(PARTY, WHO),
        starts=[
            change(
                atom("ask", PARTY),
                Negation(atom("g", PARTY, "C")) if is_circle else None,
                PARTY,
            )
        ],
        has_values=True,
    )
    found = world(program([event("ask", PARTY)], [state]), happen(5, "ask", "A"))
    evaluation, twin = Evaluation(found), only(found)
    for party, who in (("A", "A"), ("A", "B"), ("B", "A"), ("B", "B")):
        asked = atom("g", party, who)
        verdict = verdict_at(evaluation.bounds(asked), 9)
        assert verdict is (
            Verdict.HOLDS if (party, who) == ("A", "A") else Verdict.FAILS
        )
        assert (verdict is Verdict.HOLDS) is twin.holds(asked, 9)


def test_a_why_shows_the_event_whatever_else_it_names() -> None:
    rule = change(SAYS, None, "w")
    (node,) = why(told(rule, happen(5, "say", "A", "u")), "w", 9)
    assert (node.ref, node.begins) == ("say(A,u)@5", True)
    (node,) = why(told(rule, happen(5, "say", "A", "u")), "u", 9)
    assert (node.ref, node.begins) == ("say(A,u)@5", False)


def test_a_why_reads_a_when_as_the_verdict_does() -> None:
    rule = change(atom("ask", PARTY), Negation(Frequency(1, SAYS, 4, "second")), "u")
    found = told(rule, happen(5, "say", "A", "v"), happen(6, "ask", "A"))
    (node,) = why(found, "u", 9)
    assert (node.ref, node.begins) == ("ask(A)@6", None)


def test_what_is_missing_is_said_with_the_value_in_its_place() -> None:
    rule = change(atom("turn", PARTY, VALUE, NEXT), None, NEXT)
    found = what_is_missing(Evaluation(told(rule)), atom("g", "A", "v"), 9)
    ((need,),) = found.alternatives
    assert need.atom == Atom("turn", (Constant("A"), VALUE, Constant("v")))
    rule = change(SAYS, None, "w")
    assert not what_is_missing(
        Evaluation(told(rule)), atom("g", "A", "u"), 9
    ).alternatives
