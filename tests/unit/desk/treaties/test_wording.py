"""Clauses in the words of rules and of people."""

from __future__ import annotations

import pytest

from vigens.desk.treaties.clauses import Late, Notice, Rule, Wait
from vigens.desk.treaties.wording import (
    Wording,
    date_in_words,
    late_in_words,
    notice_in_words,
    ordinal,
    quoted,
    rule_in_words,
    wait_in_rules,
)

WORDING = Wording(
    "pact",
    {"France": "FR", "Germany": "DE"}.__getitem__,
    {"other": "other_one"}.get,
    {"w.csv": ("tonnes", "state")}.get,
)


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (6, "6th"), (11, "11th"), (22, "22nd")],
)
def test_ordinals(number: int, words: str) -> None:
    assert ordinal(number) == words


@pytest.mark.parametrize(
    ("rule", "condition"),
    [
        (Rule("1", count=3), "at least 3 of state: consented(pact, state)"),
        (
            Rule("1", count=3, has_organisations=True),
            "at least 3 of party: consented(pact, party)",
        ),
        (Rule("1", listed=("France",)), "consented(pact, FR)"),
        (
            Rule("1", share=(11, 20), weights="w.csv"),
            "at least 55% of tonnes of state: consented(pact, state)",
        ),
        (
            Rule("1", share=(2, 3), weights="w.csv"),
            "at least 2/3 of tonnes of state: consented(pact, state)",
        ),
        (
            Rule("1", share=(1, 2), weights="none.csv"),
            'unstated "which weight each party has"',
        ),
        (Rule("1", unread=('say "when"',)), 'unstated "say ”when”"'),
    ],
)
def test_what_a_treaty_needs(rule: Rule, condition: str) -> None:
    assert WORDING.needed(rule) == condition


def test_several_needs_must_come_together() -> None:
    rule = Rule("1", count=3, listed=("France", "Germany"))
    parts = [part.strip() for part in WORDING.needed(rule).split("\n")]
    assert parts == [
        "consented(pact, FR)",
        "and consented(pact, DE)",
        "and (at least 3 of state: consented(pact, state))",
    ]


def test_a_treaty_that_is_not_here_is_left_open() -> None:
    assert WORDING.others(["other", "gone"]) == [
        "entry_due(other_one)",
        'unstated "whether gone is in force"',
    ]


@pytest.mark.parametrize(
    ("wait", "clauses"),
    [
        (Wait(), []),
        (Wait(1, "months"), ["  after       1 month"]),
        (
            Wait(60, "days", "following month"),
            ["  after       60 days, on the first day of the following month"],
        ),
        (
            Wait(6, "months", "month"),
            ["  on          the first day of the 6th month after the month"],
        ),
        (Wait(unread="dawn"), []),
    ],
)
def test_delays_in_rules(wait: Wait, clauses: list[str]) -> None:
    assert wait_in_rules(wait) == clauses


def test_rules_in_plain_words() -> None:
    rule = Rule("1", count=3, share=(1, 2), listed=("France",), not_before="1992-01-01")
    assert rule_in_words(rule, ["Charter"]) == (
        "It has what it needs on the day on which 3 states have consented and those "
        "that have consented hold at least 50 percent of the weight and France has "
        "consented. It enters into force on that day, but not before "
        "1 January 1992, and not before Charter is in force. Instruments of "
        "organisations are not counted."
    )


def test_late_comers_and_withdrawals_in_plain_words() -> None:
    assert late_in_words(Late(after_entry=True, wait=Wait(30, "days"))).endswith(
        "A later one takes effect 30 days after its own deposit, and not before the "
        "treaty itself."
    )
    said = notice_in_words(Notice("2", Wait(1, "years"), "at war"))
    assert said == "A withdrawal takes effect 1 year after the notice, unless: at war."


def test_dates_and_quotations() -> None:
    assert date_in_words("2001-02-03") == "3 February 2001"
    assert date_in_words("2001-02") == "2001-02"
    assert quoted('a "b"\nc') == "a ”b” c"
    assert quoted("a\u202eb\x07") == "a b"
