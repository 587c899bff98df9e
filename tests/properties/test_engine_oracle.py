"""The engine against its slow twin, over every construct of the rules."""

from __future__ import annotations

import itertools

from hypothesis import HealthCheck, assume, given, settings

from tests.properties.drawing import FAMILIES
from tests.properties.worlds import (
    EVE,
    HORIZON,
    SHORT,
    Drawn,
    before_midnight,
    certain,
    uncertain,
)
from vigens.engine import Evaluation, verdict_at
from vigens.engine.oracle import completions, how_many
from vigens.engine.verdicts import Verdict

#: Who was counted without names may stay or go: then all is not known.
COUNTS = {"counts", "counts compared", "counts possible"}
STRAIGHT = FAMILIES - {"cycles"}
MOST_COMPLETIONS = 300
AFTER = 6  # windows and timers run on behind the last occurrence
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


@settings(
    max_examples=100,
    deadline=None,
    report_multiple_bugs=False,
    suppress_health_check=SLOW,
)
@given(certain(STRAIGHT - COUNTS) | certain(FAMILIES - COUNTS))
def test_where_all_is_known_the_engine_equals_the_oracle(drawn: Drawn) -> None:
    compare_all(drawn, 0)


@settings(
    max_examples=60,
    deadline=None,
    report_multiple_bugs=False,
    suppress_health_check=SLOW,
)
@given(certain(STRAIGHT - COUNTS) | certain(FAMILIES - COUNTS))
def test_a_time_runs_on_to_the_end_of_its_day(drawn: Drawn) -> None:
    compare_all(before_midnight(drawn), EVE)


def compare_all(drawn: Drawn, start: int) -> None:
    """Compare every instant of a world in which all is known."""
    end = start + HORIZON + AFTER
    found = list(completions(drawn.world, [], start, end, drawn.asked))
    assert len(found) == 1
    evaluation = Evaluation(drawn.world)
    for one in drawn.asked:
        bounds = evaluation.bounds(one)
        for instant in range(start - 2, end):
            verdict = verdict_at(bounds, instant)
            truth = found[0].holds(one, instant)
            wanted = Verdict.HOLDS if truth else Verdict.FAILS
            assert verdict is wanted, (one, instant, verdict, truth)


@settings(
    max_examples=60,
    deadline=None,
    report_multiple_bugs=False,
    suppress_health_check=SLOW,
)
@given(uncertain(STRAIGHT) | uncertain(FAMILIES))
def test_every_completion_lies_within_the_bounds(drawn: Drawn) -> None:
    compare_bounds(drawn, 0)


@settings(
    max_examples=40,
    deadline=None,
    report_multiple_bugs=False,
    suppress_health_check=SLOW,
)
@given(uncertain(STRAIGHT) | uncertain(FAMILIES))
def test_every_completion_around_a_midnight_lies_within_the_bounds(
    drawn: Drawn,
) -> None:
    compare_bounds(before_midnight(drawn), EVE)


def compare_bounds(drawn: Drawn, start: int) -> None:
    """Compare every completion of a world with what the engine bounds it by."""
    end = start + SHORT + AFTER
    n_completions = how_many(drawn.world, drawn.ground, start, start + SHORT)
    assume(n_completions <= MOST_COMPLETIONS)
    evaluation = Evaluation(drawn.world)
    bounds = [(one, evaluation.bounds(one)) for one in drawn.asked]
    found = completions(drawn.world, drawn.ground, start, end, drawn.asked)
    for completion in itertools.islice(found, MOST_COMPLETIONS):
        for one, bound in bounds:
            for instant in range(start - 2, end):
                verdict = verdict_at(bound, instant)
                truth = completion.holds(one, instant)
                assert verdict is Verdict.OPEN or (verdict is Verdict.HOLDS) is truth, (
                    one,
                    instant,
                    verdict,
                    truth,
                )
