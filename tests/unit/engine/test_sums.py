"""Sums, differences and shares of numbers, each between its bounds."""

from __future__ import annotations

from functools import partial

import pytest

from tests.unit.engine.smallworld import DAY, compiled, evaluated, occur
from vigens.engine import explain, verdict_at
from vigens.lang import Page
from vigens.model import Happening, Weight
from vigens.rules import Atom, Constant

PAGE = """\
```vigens
vigens 1
party FR "France"
event limit.set(party, most: number) "{party} may draw up to {most}"
event drawn(party, sum: number) "{party} draws {sum}"
event repaid(party, sum: number) "{party} repays {sum}"
tally drawn_so_far(party) "what {party} drew"
  counts  drawn(party, sum)
  sums    sum
tally repaid_so_far(party) "what {party} repaid"
  counts  repaid(party, sum)
  sums    sum
tally times_allowed(party) "drawings within the limit"
  counts  drawn(party, sum) when granted(party) + sum <= limit(party) + repaid_so_far(party)
tally granted(party) "what was granted to {party}"
  counts  drawn(party, sum) when granted(party) - repaid_so_far(party) + sum <= limit(party)
  sums    sum
fluent limit(party): number "the limit of {party}"
  becomes  most  upon limit.set(party, most)
fluent owes_much(party) "{party} owes more than 10"
  holds while  drawn_so_far(party) - repaid_so_far(party) > 10
fluent mostly(party) "{party} repaid two thirds, and 0.5"
  holds while  repaid_so_far(party) - 0.5 >= 2/3 of drawn_so_far(party)
fluent near(party) "{party} is within 2.5 of its limit"
  holds while  drawn_so_far(party) + 2.5 >= limit(party)
fluent allowed_once(party) "one drawing was within the limit"
  holds while  times_allowed(party) = 1
```
"""

PROGRAM = compiled(Page("loan.md", PAGE))
evaluation = partial(evaluated, PROGRAM)


def asked(state: str, day: int, *found: Happening, until: int = 10**6 * DAY) -> str:
    bounds = evaluation(*found, until=until).bounds(Atom(state, (Constant("FR"),)))
    return verdict_at(bounds, day * DAY).name


def at(day: int, event: str, number: str, *, last: int | None = None) -> Happening:
    return occur(event, day * DAY, (last or day) * DAY, "FR", number)


@pytest.mark.parametrize(("number", "wanted"), [("14.5", "FAILS"), ("15", "HOLDS")])
def test_a_difference_is_exact(number: str, wanted: str) -> None:
    told = at(1, "drawn", number), at(2, "repaid", "4.5")
    assert asked("owes_much", 3, *told) == wanted


def test_a_difference_lies_between_the_ends_of_both() -> None:
    told = at(1, "drawn", "12"), at(2, "repaid", "4", last=4)
    assert [asked("owes_much", day, *told) for day in (1, 3, 4)] == [
        "HOLDS",
        "OPEN",
        "FAILS",
    ]


def test_a_share_is_exact() -> None:
    drawn = at(1, "drawn", "0.9")
    assert asked("mostly", 3, drawn, at(2, "repaid", "1.1")) == "HOLDS"
    assert asked("mostly", 3, drawn, at(2, "repaid", "1.099999")) == "FAILS"


def test_where_nobody_looked_both_ends_are_open() -> None:
    told = at(1, "drawn", "12"), at(2, "repaid", "1")
    assert asked("owes_much", 3, *told, until=4 * DAY) == "HOLDS"
    assert asked("owes_much", 6, *told, until=4 * DAY) == "OPEN"


def test_a_state_without_a_number_makes_nothing_so() -> None:
    assert asked("near", 3, at(1, "drawn", "99")) == "FAILS"
    told = at(1, "limit.set", "12.5"), at(2, "drawn", "10")
    assert asked("near", 3, *told) == "HOLDS"
    assert asked("near", 1, *told) == "FAILS"


def test_a_word_that_is_no_number_may_be_any() -> None:
    assert asked("near", 3, at(1, "limit.set", "many"), at(2, "drawn", "10")) == "OPEN"


def test_what_is_too_large_to_be_added_up_is_not_known() -> None:
    told = [at(day, "drawn", "999999999999.999999") for day in (1, 2, 3)]
    assert asked("mostly", 4, *told) == "OPEN"


def test_an_event_fits_under_what_was_granted_before_it() -> None:
    told = (
        at(1, "limit.set", "10"),
        *(at(2, "drawn", "6"), at(3, "drawn", "4.5"), at(4, "repaid", "0.5")),
        at(5, "drawn", "4.5"),
    )
    days = [asked("allowed_once", day, *told) for day in (1, 2, 4, 5)]
    assert days == ["FAILS", "HOLDS", "HOLDS", "FAILS"]
    # Nothing is recorded of what is taken away: no circle fails for that.
    assert asked("allowed_once", 3, *told[:2]) == "HOLDS"
    maybe = occur("drawn", 2 * DAY, 2 * DAY, "FR", "6", weight=Weight.POSSIBLE)
    assert asked("allowed_once", 3, told[0], maybe) == "OPEN"


def test_a_why_says_each_number_of_a_sum() -> None:
    told = at(1, "drawn", "12"), at(2, "repaid", "1.5")
    atom = Atom("owes_much", (Constant("FR"),))
    (node,) = explain(evaluation(*told), atom, 3 * DAY).children
    assert node.text == "what France drew - what France repaid > 10"
    assert [child.text for child in node.children] == [
        "what France drew has come to 12",
        "what France repaid has come to 1.5",
    ]
