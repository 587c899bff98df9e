from __future__ import annotations

from dataclasses import replace

from tests.unit.engine.smallworld import DAY, Small, occur, see
from vigens.engine import Evaluation, Node, Verdict, explain
from vigens.model import Coverage, Weight
from vigens.rules import (
    AllOf,
    AnyOf,
    Atom,
    Constant,
    Frequency,
    Negation,
    Stated,
    Unstated,
)


def why(small: Small, evaluation: Evaluation, question: str, instant: int) -> Node:
    return explain(evaluation, small.atom(question), instant)


def texts(node: Node) -> list[str]:
    return [node.text, *(text for child in node.children for text in texts(child))]


def test_what_decided_goes_first(small: Small) -> None:
    found = small.evaluation(
        occur("opens", 10, None, "A"),
        occur("shuts", 20, None, "A"),
        occur("opens", 30, None, "A"),
    )
    ended = why(small, found, "open_gate(A)", 25)
    assert "ends it" in ended.children[0].text
    begun = why(small, found, "open_gate(A)", 35)
    assert begun.children[0].instant == 30


def test_an_act_without_effect_is_shown_with_its_condition(small: Small) -> None:
    found = small.evaluation(occur("calls", 10), readings={"meaning": "narrow"})
    node = why(small, found, "heard", 20)
    assert node.verdict is Verdict.FAILS
    assert "without effect" in node.children[0].text
    assert node.children[0].children[0].text == "a gate is open"


def test_what_had_to_hold_before_is_unfolded(small: Small) -> None:
    found = small.evaluation(
        occur("opens", 5, 15, "A"), occur("calls", 10), readings={"meaning": "narrow"}
    )
    node = why(small, found, "heard", 30)
    assert node.verdict is Verdict.OPEN
    assert [cause.kind for cause in node.causes][:2] == ["evidence", "imprecise date"]
    assert "a gate is open" in texts(node)


def test_each_reading_is_unfolded_by_its_own_name(small: Small) -> None:
    found = small.evaluation(occur("calls", 10))
    node = why(small, found, "heard", 20)
    assert [child.text for child in node.children] == [
        "in the reading meaning.wide: the call is heard",
        "in the reading meaning.narrow: the call is heard",
    ]
    assert node.causes[0].text == "it depends on the reading of meaning"
    both = small.evaluation(occur("opens", 5, None, "A"), occur("calls", 10))
    assert why(small, both, "heard", 20).causes == ()


def test_a_clause_of_another_reading_explains_nothing(small: Small) -> None:
    found = small.evaluation(occur("calls", 10), readings={"meaning": "wide"})
    node = why(small, found, "heard", 20)
    assert all("without effect" not in text for text in texts(node))


def test_the_gap_that_matters_is_named_by_its_own_dates(small: Small) -> None:
    looked = [
        Coverage(frozenset(), 10 * DAY, 20 * DAY),
        Coverage(frozenset(), 30 * DAY, 40 * DAY),
    ]
    found = small.evaluation(covered=looked)
    causes = {
        day: [
            cause.text for cause in why(small, found, "open_gate(A)", day * DAY).causes
        ]
        for day in (5, 15, 25, 35, 45)
    }
    assert causes[5] == ["nobody has looked whether some gatekeeper opens"]
    assert causes[15] == ["nobody looked before 1970-01-11"]
    assert causes[25] == [
        "nobody looked before 1970-01-11",
        "nobody has looked since 1970-01-20",
    ]
    assert "nobody looked from 1970-01-21 to 1970-01-30" in causes[35]
    assert "nobody has looked since 1970-02-09" in causes[45]


def test_a_gap_that_changes_nothing_is_no_cause(small: Small) -> None:
    doubt = occur("shuts", 20, None, "A", weight=Weight.POSSIBLE, reason="graded D4")
    looked = [Coverage(frozenset({"shuts"}), 0, 100)]
    found = small.evaluation(occur("opens", 10, None, "A"), doubt, covered=looked)
    node = why(small, found, "open_gate(A)", 15)
    assert node.verdict is Verdict.HOLDS
    assert node.causes == ()


def test_a_secret_act_is_no_matter_of_looking(small: Small) -> None:
    node = why(small, small.evaluation(), "pact", 50)
    (cause,) = node.causes
    assert "secret by nature" in cause.text


def test_doubtful_evidence_goes_before_a_gap_that_is_not_needed(small: Small) -> None:
    doubt = occur("opens", 10, None, "A", weight=Weight.POSSIBLE, reason="graded D4")
    found = small.evaluation(doubt, covered=(0, 50))
    kinds = [c.kind for c in why(small, found, "open_gate(A)", 60).causes]
    assert kinds == ["evidence", "coverage"]


def test_an_order_that_nobody_knows_is_a_cause(small: Small) -> None:
    found = small.evaluation(occur("opens", 10, 30, "A"), occur("shuts", 15, 25, "A"))
    (cause,) = why(small, found, "open_gate(A)", 40).causes
    assert cause.text == "in which order it began and ended is not known"


def test_a_rough_date_is_a_cause_with_its_words(small: Small) -> None:
    rough = replace(occur("opens", 10, 30, "A"), when_text="1970-01")
    undated = replace(occur("opens", 10, 30, "A"), when_text="no date given")
    for found, text in ((rough, "dated only 1970-01"), (undated, "is not known")):
        (cause,) = why(small, small.evaluation(found), "open_gate(A)", 20).causes
        assert text in cause.text


def test_a_doubtful_observation_is_a_cause(small: Small) -> None:
    seen = replace(
        see("open_gate", 10, "A", holds=True, last=30),
        weight=Weight.POSSIBLE,
        reason="graded D4",
    )
    found = small.evaluation(sightings=[seen])
    kinds = [c.kind for c in why(small, found, "open_gate(A)", 20).causes]
    assert kinds == ["evidence", "imprecise date"]


def test_what_is_set_aside_or_denied_is_still_shown(small: Small) -> None:
    found = small.evaluation(
        occur("opens", 10, None, "A", weight=Weight.ASIDE, reason="graded F6"),
        occur("opens", 12, None, "A", weight=Weight.DENIED, reason="it is denied"),
        occur("opens", 12, None, "B", weight=Weight.ASIDE, reason="graded F6"),
    )
    shown = [child.text for child in why(small, found, "open_gate(A)", 20).children]
    assert len(shown) == 2
    assert "does not count; graded F6" in shown[0]


def test_silence_says_what_nobody_reports(small: Small) -> None:
    (child,) = why(small, small.evaluation(), "open_gate(A)", 20).children
    assert child.text == "where one looked, nothing says that A opens"


def test_a_supposed_event_says_so(small: Small) -> None:
    supposed = replace(occur("opens", 10, None, "A"), is_hypothesis=True)
    (child,) = why(small, small.evaluation(supposed), "open_gate(A)", 20).children
    assert child.text.startswith("supposed: ")
    assert child.is_hypothesis


def test_a_quantifier_shows_members_and_doubts_of_its_range(small: Small) -> None:
    doubt = occur("shuts", 10, None, "B", weight=Weight.POSSIBLE)
    found = small.evaluation(occur("opens", 5, None, "A"), doubt, covered=(0, 50))
    node = why(small, found, "all_open", 60).children[0]
    assert "each gatekeeper: 0 of 2 known surely do" in node.text
    said = " · ".join(cause.text for cause in node.causes)
    assert "a gatekeeper that nobody recorded is possible" in said
    assert "that B was named as a gatekeeper by then is not sure" in said


def test_conditions_show_the_parts_that_decided(small: Small) -> None:
    found = small.evaluation(occur("opens", 5, None, "A"))
    gate, other = small.atom("open_gate(A)"), small.atom("open_gate(B)")
    both = explain(found, AllOf((gate, other)), 10)
    assert both.verdict is Verdict.FAILS
    assert len(both.children) == 1
    one = explain(found, AnyOf((gate, other)), 10)
    assert one.verdict is Verdict.HOLDS
    assert len(one.children) == 1
    none = explain(found, AnyOf((other, other)), 10)
    assert none.verdict is Verdict.FAILS
    assert explain(found, AllOf((gate, gate)), 10).verdict is Verdict.HOLDS
    negated = explain(found, Negation(gate), 10)
    assert negated.verdict is Verdict.FAILS
    assert negated.text.startswith("not: ")
    left = explain(found, AllOf((gate, Unstated("who decides"))), 10)
    assert left.causes[0].text == "not stated: who decides"


def test_a_text_is_quoted_with_what_it_leaves_open(small: Small) -> None:
    found = small.evaluation()
    open_text = explain(found, Stated(Constant("plan"), "binding", "legally"), 10)
    assert open_text.causes[0].text == "text not seen, nobody has seen it"
    said = explain(found, Stated(Constant("plan"), "endorsement", "approval"), 10)
    assert "approval" in said.text
    nowhere = explain(found, Stated(Constant("nowhere"), "binding", "legally"), 10)
    assert nowhere.causes[0].text.startswith("no such text")


def test_every_occurrence_that_is_counted_is_shown(small: Small) -> None:
    found = small.evaluation(*(occur("calls", at) for at in range(10, 30)))
    asked = Frequency(15, Atom("calls", ()), 1, "hour")
    node = explain(found, asked, 40)
    *first, rest = node.children
    shown = [child.instant or 0 for child in (*first, *rest.children)]
    assert len(first) == 12
    assert rest.text == "8 more that count"
    assert sorted(shown) == list(range(10, 30))
    assert shown == sorted(shown, reverse=True)
