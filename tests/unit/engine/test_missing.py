from __future__ import annotations

from dataclasses import replace

from tests.unit.engine import paper
from tests.unit.engine.paper import change, happen, world
from tests.unit.engine.smallworld import DAY, Small, occur
from vigens.engine import Evaluation, what_is_missing
from vigens.engine.shortfall import MOST_ALTERNATIVES
from vigens.model import Coverage
from vigens.rules import (
    AllOf,
    AnyOf,
    Condition,
    Constant,
    Lasting,
    Negation,
    Quantified,
    Stated,
    Unstated,
    Variable,
    substitute_atom,
)

PARTY = Variable("party", "party")


def needs(
    evaluation: Evaluation, condition: Condition, at: int = DAY
) -> list[list[str]]:
    missing = what_is_missing(evaluation, condition, at)
    return [[need.text for need in group] for group in missing.alternatives]


def test_nothing_is_missing_where_it_holds(small: Small) -> None:
    found = small.evaluation(occur("opens", 10, None, "A"))
    assert needs(found, small.atom("open_gate(A)")) == [[]]


def test_a_clause_of_another_reading_is_no_way(small: Small) -> None:
    narrow = small.evaluation(readings={"meaning": "narrow"})
    assert needs(narrow, small.atom("heard")) == [
        ["some new gatekeeper opens", "somebody calls"]
    ]
    wide = small.evaluation(readings={"meaning": "wide"})
    assert needs(wide, small.atom("heard")) == [["somebody calls"]]


def test_a_reading_nobody_chose_is_itself_missing(small: Small) -> None:
    found = needs(small.evaluation(), small.atom("heard"))
    assert [
        "somebody calls",
        "the reading meaning.wide would have to be meant",
    ] in found


def test_what_would_undo_itself_is_not_proposed(small: Small) -> None:
    gate = small.atom("open_gate(A)")
    impossible = AllOf((gate, Negation(small.atom("one_open"))))
    missing = what_is_missing(small.evaluation(), impossible, DAY)
    assert missing.alternatives == ()


def test_a_new_value_is_a_way_where_the_sort_is_open(small: Small) -> None:
    assert needs(small.evaluation(), small.atom("two_open")) == [
        ["some new gatekeeper (2) opens", "some new gatekeeper opens"]
    ]


def test_each_of_an_open_sort_needs_somebody_to_look(small: Small) -> None:
    found = small.evaluation(occur("opens", 10, None, "A"), covered=(0, 50))
    look = "somebody would have to look for a gatekeeper that nobody recorded"
    again = "somebody would have to look, and see that it is still so: the gate of A is open"
    assert needs(found, small.atom("all_open")) == [[look, again], ["A opens", look]]


def test_many_ways_stay_one_line(small: Small) -> None:
    named = [occur("shuts", 5, None, name) for name in "ABC"]
    found = small.evaluation(*named)
    ((group,),) = needs(found, small.atom("two_open"))
    gates = ", ".join(f"the gate of {name} is open" for name in "ABC")
    assert group == f"any 2 of these 3 (gatekeeper): {gates}"
    one = needs(found, small.atom("one_open"))
    assert one == [["A opens"], ["B opens"], ["C opens"]]


def test_too_many_ways_are_cut_and_said_to_be(small: Small) -> None:
    named = [occur("shuts", 5, None, f"N{n}") for n in range(MOST_ALTERNATIVES + 1)]
    found = small.evaluation(*named)
    ((group,),) = what_is_missing(found, small.atom("one_open"), DAY).alternatives
    assert group.kind == "group"
    either = AnyOf(tuple(small.atom(f"open_gate(N{n})") for n in range(30)))
    missing = what_is_missing(found, either, DAY)
    assert len(missing.alternatives) == MOST_ALTERNATIVES
    assert not missing.is_exhaustive


def test_a_closed_sort_cannot_give_more_than_it_has(small: Small) -> None:
    asked = substitute_atom(small.atom("requested(FR)"), {})
    body = replace(asked, terms=(PARTY,))
    found = small.evaluation()
    assert needs(found, Quantified(3, PARTY, None, body)) == []
    both = [["France asks for help", "Germany asks for help"]]
    assert needs(found, Quantified(2, PARTY, None, body)) == both
    assert needs(found, Quantified(None, PARTY, None, body)) == both


def test_failing_needs_every_standing_part_to_fall(small: Small) -> None:
    opened = [occur("opens", 5, None, name) for name in "AB"]
    found = small.evaluation(*opened)
    assert needs(found, Negation(small.atom("one_open"))) == [["A shuts", "B shuts"]]
    assert needs(found, Negation(small.atom("all_open"))) == [["A shuts"], ["B shuts"]]
    missing = what_is_missing(found, Negation(small.atom("two_open")), DAY)
    assert not missing.is_exhaustive
    both = AllOf((small.atom("open_gate(A)"), small.atom("open_gate(B)")))
    assert needs(found, Negation(both)) == [["A shuts"], ["B shuts"]]
    either = AnyOf(both.parts)
    assert needs(found, Negation(either)) == [["A shuts", "B shuts"]]
    assert needs(found, Negation(Negation(small.atom("open_gate(C)")))) == [["C opens"]]


def test_what_a_text_leaves_open_needs_words_not_events(small: Small) -> None:
    found = small.evaluation()
    text = Stated(Constant("plan"), "binding", "legally")
    assert needs(found, text) == [["The plan would have to say legally of its binding"]]
    other = needs(found, Negation(text))
    assert other == [
        ["The plan would have to say something else of its binding than legally"]
    ]
    assert needs(found, Unstated("who")) == [["somebody would have to settle who"]]
    assert needs(found, Negation(Unstated("who"))) == [
        ["somebody would have to settle who otherwise"]
    ]


def test_an_event_that_only_may_bring_it_about_is_no_way(small: Small) -> None:
    found = needs(small.evaluation(), small.atom("member(coalition, FR)"))
    assert found == [["France joins the Coalition"]]


def test_what_a_rule_asks_of_the_values_of_its_event_is_missing_too(
    small: Small,
) -> None:
    atom = small.atom("approved_collectively(plan, FR)")
    (group,) = needs(small.evaluation(), atom)
    approves = "the Coalition approves The plan as a whole"
    assert group == ["France joins the Coalition", approves]


def test_deep_conditions_are_given_up_and_said_to_be(small: Small) -> None:
    deep: Condition = small.atom("open_gate(A)")
    for _ in range(20):
        deep = Negation(deep)
    missing = what_is_missing(small.evaluation(), deep, DAY)
    assert missing.alternatives == ()
    assert not missing.is_exhaustive


def test_where_a_look_settles_it_no_event_is_asked_for() -> None:
    again = change(paper.atom("k", PARTY), Negation(paper.atom("f", PARTY)))
    state = paper.fluent(
        "f", PARTY, starts=[again], ends=[change(paper.atom("e", PARTY))]
    )
    events = [paper.event("e", PARTY), paper.event("k", PARTY)]
    known = world(paper.program(events, [state]), happen(1, "k", "A"))
    looked = [
        Coverage(frozenset({"k"}), -100, 10**9),
        Coverage(frozenset({"e"}), -100, 3),
        Coverage(frozenset({"e"}), 4, 10**9),
    ]
    evaluation = Evaluation(replace(known, coverage=looked))
    assert needs(evaluation, paper.atom("f", "A"), 4) == [
        ["somebody would have to look, and see that it is still so: f"]
    ]


def test_what_must_hold_just_before_may_have_ended_since() -> None:
    on = paper.fluent(
        "on", starts=[change(paper.atom("k"))], ends=[change(paper.atom("e"))]
    )
    done = paper.fluent("done", starts=[change(paper.atom("s"), paper.atom("on"))])
    events = [paper.event(name) for name in "eks"]
    rules = paper.program(events, [on, done])
    known = world(rules, happen(1, "k"), happen(4, "e"), covered=(-9, 99))
    assert needs(Evaluation(known), paper.atom("done"), 4) == [["s"]]
    assert needs(Evaluation(known), paper.atom("done"), 5) == [["k", "s"]]


def test_a_state_that_renews_itself_is_kept_by_what_renews_it() -> None:
    until = Lasting(None, 2, "second", None, is_renewable=True, reading=None, place="")
    on = paper.fluent(
        "on",
        starts=[change(paper.atom("k")), change(paper.atom("e"), paper.atom("on"))],
        lasting=(until,),
    )
    rules = paper.program([paper.event("e"), paper.event("k")], [on])
    known = world(rules, happen(1, "k"), covered=(-9, 99))
    assert needs(Evaluation(known), paper.atom("on"), 3) == [["e"], ["k"]]
    assert needs(Evaluation(known), paper.atom("on"), 4) == [["k"]]
    again = what_is_missing(Evaluation(known), paper.atom("on"), 4)
    assert not again.is_exhaustive  # a second earlier something else would have done
