from __future__ import annotations

from tests.unit.engine.smallworld import DAY, Small, occur, see
from vigens.engine import LOW, Evaluation, Verdict, verdict_at
from vigens.model import Coverage, Weight
from vigens.rules import Atom, Constant, Stated, Unstated


def verdict(
    small: Small, evaluation: Evaluation, question: str, instant: int
) -> Verdict:
    return verdict_at(evaluation.bounds(small.atom(question)), instant)


def test_a_value_named_later_does_not_reach_back(small: Small) -> None:
    found = small.evaluation(
        occur("opens", 10, None, "A"), occur("shuts", 20, None, "B")
    )
    assert verdict(small, found, "all_open", 15) is Verdict.HOLDS
    assert verdict(small, found, "all_open", 20) is Verdict.FAILS
    assert verdict(small, found, "all_open", 5) is Verdict.HOLDS  # of none, each


def test_a_value_that_may_be_named_later_leaves_each_open(small: Small) -> None:
    found = small.evaluation(occur("opens", 10, None, "A"), covered=(0, 50))
    assert verdict(small, found, "all_open", 49) is Verdict.HOLDS
    assert verdict(small, found, "all_open", 50) is Verdict.OPEN
    assert verdict(small, found, "two_open", 49) is Verdict.FAILS
    assert verdict(small, found, "two_open", 50) is Verdict.OPEN


def test_a_value_of_an_observation_is_ranged_over(small: Small) -> None:
    seen = see("open_gate", 10, "C", holds=True)
    found = small.evaluation(sightings=[seen])
    assert verdict(small, found, "one_open", 9) is Verdict.FAILS
    assert verdict(small, found, "one_open", 10) is Verdict.HOLDS


def test_a_denied_value_was_never_named(small: Small) -> None:
    denied = occur("shuts", 10, None, "A", weight=Weight.DENIED)
    found = small.evaluation(denied)
    assert verdict(small, found, "all_open", 20) is Verdict.HOLDS


def test_a_possible_value_is_possibly_there(small: Small) -> None:
    doubt = occur("shuts", 10, 20, "A", weight=Weight.POSSIBLE)
    found = small.evaluation(doubt)
    assert verdict(small, found, "all_open", 30) is Verdict.OPEN


def test_a_denial_closes_silence_only_for_its_own_values(small: Small) -> None:
    denied = occur("opens", 10, 20, "A", weight=Weight.DENIED)
    found = small.evaluation(denied, covered=(0, 10))
    assert verdict(small, found, "open_gate(A)", 20) is Verdict.FAILS
    assert verdict(small, found, "open_gate(A)", 21) is Verdict.OPEN
    assert verdict(small, found, "open_gate(B)", 15) is Verdict.OPEN


def test_coverage_of_one_key_closes_nothing_for_another(small: Small) -> None:
    looked = Coverage(frozenset(), 0, 100, "", frozenset({"A"}))
    found = small.evaluation(covered=[looked])
    assert verdict(small, found, "open_gate(A)", 50) is Verdict.FAILS
    assert verdict(small, found, "open_gate(B)", 50) is Verdict.OPEN
    world = found.world
    assert world.last_looked("opens", ("A",)) == 100
    assert world.last_looked("opens", ("B",)) is None


def test_no_assumption_closes_what_is_secret(small: Small) -> None:
    found = small.evaluation(covered=(0, 10), assume=True)
    assert verdict(small, found, "open_gate(A)", 50) is Verdict.FAILS
    assert verdict(small, found, "pact", 50) is Verdict.OPEN
    assert found.world.last_looked("pact.made") is None


def test_the_assumption_closes_no_gap_between_two_looks(small: Small) -> None:
    looked = [Coverage(frozenset(), 0, 10), Coverage(frozenset(), 20, 30)]
    found = small.evaluation(covered=looked, assume=True)
    assert verdict(small, found, "open_gate(A)", 50) is Verdict.OPEN


def test_an_event_before_the_beginning_still_counts(small: Small) -> None:
    found = small.evaluation(occur("opens", -50, -40, "A"))
    assert verdict(small, found, "open_gate(A)", -30) is Verdict.HOLDS
    assert verdict(small, found, "open_gate(A)", 5) is Verdict.HOLDS
    assert verdict(small, found, "open_gate(A)", -60) is Verdict.FAILS


def test_an_undated_event_may_have_been_at_any_time_until_known(small: Small) -> None:
    found = small.evaluation(occur("opens", LOW + 1, 10, "A"))
    assert verdict(small, found, "open_gate(A)", 5) is Verdict.OPEN
    assert verdict(small, found, "open_gate(A)", 10) is Verdict.HOLDS


def test_a_reading_that_does_not_matter_decides_nothing(small: Small) -> None:
    both = small.evaluation(occur("opens", 5, None, "A"), occur("calls", 10))
    assert verdict(small, both, "heard", 20) is Verdict.HOLDS
    one = small.evaluation(occur("calls", 10))
    assert verdict(small, one, "heard", 20) is Verdict.OPEN
    narrow = small.evaluation(occur("calls", 10), readings={"meaning": "narrow"})
    assert verdict(small, narrow, "heard", 20) is Verdict.FAILS


def test_what_starts_at_the_same_instant_was_not_so_just_before(small: Small) -> None:
    found = small.evaluation(
        occur("opens", 10, None, "A"),
        occur("calls", 10),
        readings={"meaning": "narrow"},
    )
    assert verdict(small, found, "heard", 20) is Verdict.FAILS


def test_a_text_that_leaves_something_open_is_not_known(small: Small) -> None:
    found = small.evaluation()
    open_text = Stated(Constant("plan"), "binding", "legally")
    approval = Stated(Constant("plan"), "endorsement", "approval")
    unknown = Stated(Constant("nowhere"), "binding", "legally")
    assert verdict_at(found.bounds(open_text), 5) is Verdict.OPEN
    assert verdict_at(found.bounds(approval), 5) is Verdict.HOLDS
    assert verdict_at(found.bounds(unknown), 5) is Verdict.OPEN
    assert verdict_at(found.bounds(Unstated("who")), 5) is Verdict.OPEN


def test_components_are_those_of_their_instrument(small: Small) -> None:
    found = small.evaluation()
    atom = Atom("takes_part", (Constant("plan"), Constant("FR")))
    assert verdict_at(found.bounds(atom), DAY) is Verdict.FAILS
    approved = occur("approves", 10, None, "plan", "second", "FR")
    after = small.evaluation(approved)
    assert verdict_at(after.bounds(atom), DAY) is Verdict.HOLDS
