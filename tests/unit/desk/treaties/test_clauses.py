"""Clauses are read leniently; what is not understood is said and left open."""

from __future__ import annotations

from typing import Any

import pytest

from vigens.desk.treaties.clauses import Clauses, Rule, Wait

DEPOSIT = {"kind": "after_deposit"}


def rule(**given: Any) -> tuple[Rule, Clauses]:
    clauses = Clauses()
    return clauses.rule({"article": "9", "rule": given}), clauses


@pytest.mark.parametrize(
    ("delay", "wait"),
    [
        (DEPOSIT | {"add_days": 90}, Wait(90, "days")),
        (DEPOSIT | {"add_days": 0}, Wait()),
        (DEPOSIT, Wait()),
        ({"kind": "upon_deposit"}, Wait()),
        (DEPOSIT | {"add_months": 3}, Wait(3, "months")),
        (DEPOSIT | {"add_years": 1}, Wait(1, "years")),
        (DEPOSIT | {"add_years": 1, "add_months": 6}, Wait(18, "months")),
        (DEPOSIT | {"add_weeks": 2, "add_days": 0}, Wait(2, "weeks")),
        (
            DEPOSIT | {"add_days": 60, "then": "first_day_of_following_month"},
            Wait(60, "days", "following month"),
        ),
        (
            {"kind": "first_day_of_nth_month_after_month_of_deposit", "n": 6},
            Wait(6, "months", "month"),
        ),
        (
            {"add_months": 12, "then": "first_day_of_following_year"},
            Wait(12, "months", "following year"),
        ),
        ({"add_months": 6, "then": "end_of_year"}, Wait(6, "months", "following year")),
        (None, Wait()),
    ],
)
def test_delays_are_read(delay: object, wait: Wait) -> None:
    assert Clauses().wait(delay, "delay") == wait


@pytest.mark.parametrize(
    "delay",
    [
        DEPOSIT | {"add_days": 30, "add_months": 1},
        DEPOSIT | {"then": "at dawn"},
        DEPOSIT | {"add_moons": 3},
        DEPOSIT | {"add_days": -3},
        DEPOSIT | {"add_days": "thirty"},
        DEPOSIT | {"add_months": 1.5},
        {"kind": "at some time"},
        {"kind": "first_day_of_nth_month_after_month_of_deposit"},
        "ninety days",
    ],
)
def test_a_delay_that_is_not_understood_is_open(delay: object) -> None:
    found = Clauses().wait(delay, "delay")
    assert found.unread
    assert found.amount == 0


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ("states only", False),
        ("states only; an instrument of a regional organisation is not counted", False),
        ("States", False),
        ("states and regional economic integration organisations", True),
        ("states and organizations", True),
        ("any instrument", True),
        ("all parties", True),
    ],
)
def test_who_counts_is_read(said: str, *, counts: bool) -> None:
    found, clauses = rule(kind="count", instruments=2, who_counts=said)
    assert found.has_organisations is counts
    assert not clauses.doubts
    assert not clauses.assumed


def test_silence_on_who_counts_means_states_and_is_noted() -> None:
    found, clauses = rule(kind="count", instruments=2)
    assert not found.has_organisations
    assert clauses.assumed == ["it does not say who counts; taken as states only"]


def test_a_rule_has_everything_that_it_names() -> None:
    found, _ = rule(
        kind="count_and_weight",
        instruments=55,
        weight_at_least_percent=66.67,
        weights_file="w.csv",
        named=["France"],
        not_before="1992-01-01",
        requires_in_force=["other"],
    )
    assert (found.count, found.share) == (55, (6667, 10000))
    assert (found.weights, found.listed) == ("w.csv", ("France",))
    assert (found.not_before, found.requires) == ("1992-01-01", ("other",))


def test_a_kind_of_rule_may_join_a_list_and_a_number() -> None:
    found, clauses = rule(kind="list_and_count", instruments=43, depositaries=["FR"])
    assert (found.count, found.listed, found.unread) == (43, ("FR",), ())
    assert not clauses.doubts


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "lottery", "instruments": 3},
        {"kind": "list_and_count", "instruments": 3},
        {"kind": "count"},
        {"kind": "count", "instruments": 2, "not_before": "2000-13-01"},
        {"kind": "count", "instruments": "many"},
        {"kind": "count", "instruments": 0},
        {"kind": "count", "instruments": True},
        {"kind": "all_of_list"},
        {"kind": "all_of_list", "states": ["France", None]},
        {"kind": "count_and_weight", "instruments": 2, "weight_at_least_percent": 101},
    ],
)
def test_a_rule_that_is_not_understood_is_open(given: dict[str, Any]) -> None:
    found, clauses = rule(**given)
    assert found.unread
    assert clauses.doubts


def test_some_of_a_list_is_not_all_of_it() -> None:
    found, clauses = rule(kind="count_of_list", instruments=2, states=["A", "B", "C"])
    assert (found.count, found.of_listed, clauses.doubts) == (None, 2, [])
    found, clauses = rule(
        kind="count_and_list", instruments=9, at_least_of_list=1, states=["A", "B"]
    )
    assert (found.count, found.of_listed, clauses.doubts) == (9, 1, [])


def test_a_weight_need_not_be_a_share() -> None:
    given = {"kind": "count_and_weight", "instruments": 9, "weight_at_least": 25000000}
    found, clauses = rule(**given, weights_file="w.csv")
    assert (found.amount, found.share, clauses.doubts) == ("25000000", None, [])
    _, clauses = rule(**given)
    assert clauses.doubts == ["it asks for a weight and names no `weights_file`"]


def test_a_number_that_nobody_knows_leaves_the_rule_open() -> None:
    found, _ = rule(kind="count", instruments=9, from_each_region=2)
    assert found.unread == ("from_each_region: 2",)


@pytest.mark.parametrize("part", [None, {}, [], "soon", {"rule": "soon"}])
def test_no_rule_at_all_is_said(part: object) -> None:
    clauses = Clauses()
    assert clauses.rule(part).unread
    assert clauses.doubts


def test_the_first_day_of_the_next_month_may_be_called_so() -> None:
    delay = {"add_days": 60, "then": "first_day_of_next_month"}
    assert Clauses().wait(delay, "delay") == Wait(60, "days", "following month")


def test_a_withdrawal_may_have_a_condition_in_words() -> None:
    clauses = Clauses()
    found = clauses.notice({"add_months": 6, "article": "20(3)", "unless": "at war"})
    assert found is not None
    assert (found.wait, found.unless) == (Wait(6, "months"), "at war")
    assert not clauses.doubts
