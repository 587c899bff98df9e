"""States of duties and tallies against the slow twin, every word asked."""

from __future__ import annotations

import itertools
from dataclasses import replace

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.properties.drawing import NAMES, STATES
from tests.properties.worlds import HORIZON, SHORT, Drawn, certain, uncertain
from vigens.engine import Evaluation, verdict_at
from vigens.engine.oracle import completions, how_many
from vigens.engine.verdicts import Verdict
from vigens.rules import Comparison, Condition, Constant, InState, Tallied

DUTIES = frozenset({"duties", "edges", "initially", "same", "values"})
TALLIES = frozenset({"tallies", "edges", "initially", "same", "values"})
MOST_COMPLETIONS = 300
AFTER = 6
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

STATES_ASKED: tuple[Condition, ...] = tuple(
    InState(state, "o", (Constant(name),)) for state in STATES for name in NAMES
)
NUMBERS_ASKED: tuple[Condition, ...] = tuple(
    Comparison(Tallied("t", (Constant(name),)), relation, number)
    for name in NAMES
    for relation in (">=", "=")
    for number in (1, 2, 3)
)


def is_fair(drawn: Drawn) -> bool:
    """Leave out a remedy that lasts: the twin looks only where something happens."""
    duties = drawn.world.program.obligations.values()
    return not any(
        mark.kind == "remedied" and mark.condition is not None
        for duty in duties
        for mark in duty.marks
    )


@st.composite
def known(draw: st.DrawFn) -> Drawn:
    if draw(st.booleans()):
        return replace(draw(certain(DUTIES)), asked=STATES_ASKED)
    return replace(draw(certain(TALLIES)), asked=NUMBERS_ASKED)


@st.composite
def unknown(draw: st.DrawFn) -> Drawn:
    if draw(st.booleans()):
        return replace(draw(uncertain(DUTIES)), asked=STATES_ASKED)
    return replace(draw(uncertain(TALLIES)), asked=NUMBERS_ASKED)


@settings(
    max_examples=50,
    deadline=None,
    report_multiple_bugs=False,
    suppress_health_check=SLOW,
)
@given(known())
def test_where_all_is_known_each_word_equals_the_oracle(drawn: Drawn) -> None:
    assume(is_fair(drawn))
    end = HORIZON + AFTER
    (truth,) = completions(drawn.world, [], 0, end, drawn.asked)
    evaluation = Evaluation(drawn.world)
    for one in drawn.asked:
        bounds = evaluation.bounds(one)
        for instant in range(-2, end):
            wanted = Verdict.HOLDS if truth.holds(one, instant) else Verdict.FAILS
            found = verdict_at(bounds, instant)
            assert found is wanted, (one, instant, found)


@settings(
    max_examples=50,
    deadline=None,
    report_multiple_bugs=False,
    suppress_health_check=SLOW,
)
@given(unknown())
def test_every_completion_lies_within_the_bounds_of_each_word(drawn: Drawn) -> None:
    assume(is_fair(drawn))
    end = SHORT + AFTER
    assume(how_many(drawn.world, drawn.ground, 0, SHORT) <= MOST_COMPLETIONS)
    evaluation = Evaluation(drawn.world)
    bounds = [(one, evaluation.bounds(one)) for one in drawn.asked]
    found = completions(drawn.world, drawn.ground, 0, end, drawn.asked)
    for completion in itertools.islice(found, MOST_COMPLETIONS):
        for one, bound in bounds:
            for instant in range(-2, end):
                verdict = verdict_at(bound, instant)
                is_so = (
                    Verdict.HOLDS if completion.holds(one, instant) else (Verdict.FAILS)
                )
                assert verdict in (is_so, Verdict.OPEN), (one, instant, verdict)
