"""Every step of a why follows from what stands below it."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from tests.proofs.checker import Report, check
from tests.properties.drawing import FAMILIES
from tests.properties.worlds import HORIZON, SHORT, Drawn, certain, uncertain
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
from vigens.desk import Looking, Session, make_lens, open_case
from vigens.engine import Evaluation, Node, Verdict, World, explain
from vigens.rules import AllOf, Atom, Condition, Constant, Negation

PARIS = Path(__file__).parents[2] / "examples" / "paris"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
#: Without what a tree shows only in part.
SHOWN = frozenset({"happens", "quantifiers", "same", "initially", "cycles"})


def checked(evaluation: Evaluation, asked: tuple[Condition, ...], end: int) -> Report:
    report = Report()
    for one, instant in itertools.product(asked, range(-1, end)):
        check(explain(evaluation, one, instant), evaluation.world, report)
    return report


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(certain(SHOWN) | uncertain(SHOWN))
def test_every_step_of_a_why_follows(drawn: Drawn) -> None:
    report = checked(Evaluation(drawn.world), drawn.asked, HORIZON + 1)
    assert report.problems == []


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(uncertain(FAMILIES))
def test_every_step_follows_among_all_constructs(drawn: Drawn) -> None:
    report = checked(Evaluation(drawn.world), drawn.asked, SHORT + 1)
    assert report.problems == []


def paris(as_of: str, *supposed: str) -> Evaluation:
    case = open_case(PARIS, lambda: NOW)
    looking = Looking(now=int(NOW.timestamp()), as_of=as_of, suppose=supposed)
    return Session(case, make_lens(case, looking)).evaluation


def questions(evaluation: Evaluation) -> list[Atom]:
    """List every state without arguments, and each of some parties where it has one."""
    rules = evaluation.world.program
    found: list[Atom] = []
    for one in rules.fluents.values():
        sorts = [param.sort for param in one.params]
        choices = [
            ("FR", "UA", "US")
            if rules.root_of(sort) == "party"
            else rules.values_of(sort)
            for sort in sorts
            if rules.root_of(sort) == "party" or not rules.sorts[sort].is_open
        ]
        if len(choices) == len(sorts):
            named = itertools.islice(itertools.product(*choices), 6)
            found += [Atom(one.name, tuple(map(Constant, values))) for values in named]
    return found


def test_every_step_follows_in_the_paris_case() -> None:
    begins = "ceasefire.begins(general) on 2026-12-01"
    total = Report()
    for evaluation, day in (
        (paris("2026-01-10"), datetime(2026, 1, 10, 12, tzinfo=UTC)),
        (paris("2026-06-01"), datetime(2026, 6, 1, 12, tzinfo=UTC)),
        (paris("2026-12-02", begins), datetime(2026, 12, 2, 12, tzinfo=UTC)),
    ):
        for one in questions(evaluation):
            node = explain(evaluation, one, int(day.timestamp()))
            check(node, evaluation.world, total)
    assert total.problems == []
    assert total.checked > 1000
    assert total.skipped < total.checked


def small() -> tuple[World, Atom, Node]:
    """Make a state that begins and does not end, above two others."""
    f = fluent(
        "f",
        PARTY,
        starts=[change(atom("e", PARTY))],
        ends=[change(atom("k", PARTY), Negation(atom("f", "B")))],
    )
    both = fluent("both", held=[AllOf((atom("f", "A"), Negation(atom("f", "B"))))])
    rules = program([event("e", PARTY), event("k", PARTY)], [f, both])
    told = world(rules, happen(2, "e", "A"), happen(5, "k", "B"))
    return told, atom("both"), explain(Evaluation(told), atom("both"), 7)


def problems(node: Node, told: World) -> list[str]:
    report = Report()
    check(node, told, report)
    return report.problems


def test_a_wrong_verdict_is_found() -> None:
    told, _, node = small()
    assert node.verdict is Verdict.HOLDS
    assert problems(node, told) == []
    assert problems(replace(node, verdict=Verdict.FAILS), told)
    joined = node.children[0]
    fewer = replace(joined, children=joined.children[:1])
    assert problems(replace(node, children=(fewer,)), told)
    state = joined.children[0]
    silent = replace(state, children=())
    lacking = replace(joined, children=(silent, *joined.children[1:]))
    assert problems(replace(node, children=(lacking,)), told)


def test_evidence_that_is_nowhere_recorded_is_found() -> None:
    told, _, node = small()
    joined = node.children[0]
    state = joined.children[0]
    cited = replace(state.children[0], ref="made up")
    forged = replace(state, children=(cited, *state.children[1:]))
    wrong = replace(joined, children=(forged, *joined.children[1:]))
    found = problems(replace(node, children=(wrong,)), told)
    assert any("nowhere recorded" in one for one in found)
