from __future__ import annotations

from decimal import Decimal
from functools import partial

import pytest

from tests.unit.engine.smallworld import DAY, compiled, evaluated, occur
from vigens.engine import TallyRow, review_tally
from vigens.engine.amounts import parse_amount
from vigens.lang import Page
from vigens.model import Happening, Weight

PAGE = """\
```vigens
vigens 1
values ward "a ward" open
event ward.hit(ward, deaths: number) "{ward} is hit, {deaths} dead"
event truce.set(ward) "a truce begins in {ward}"
event truce.off(ward) "a truce ends in {ward}"
fluent calm(ward) "it is calm in {ward}"
  initiated by   truce.set(ward)
  terminated by  truce.off(ward)
tally hits(ward) "hits"
  counts  ward.hit(ward, deaths)
tally dead(ward) "dead"
  counts  ward.hit(ward, deaths)
  sums    deaths
tally early(ward) "hits in the first week of a truce"
  counts  ward.hit(ward, deaths)
  from    truce.set(ward)
  within  7 days
  until   1 day after truce.off(ward)
tally broken(ward) "hits while it is calm"
  counts  ward.hit(ward, deaths) when calm(ward)
values period "a period" open
event period.begins(period) "{period} begins"
tally of_period(ward, period) "hits in {period}"
  counts  ward.hit(ward, deaths)
  from    period.begins(period)
  within  5 days
tally first_two(ward) "the first two hits"
  counts  ward.hit(ward, deaths) when first_two(ward) < 2
```
"""

PROGRAM = compiled(Page("ward.md", PAGE))
evaluation = partial(evaluated, PROGRAM)


def row(name: str, day: int, *found: Happening, until: int = 10**6 * DAY) -> TallyRow:
    tally = PROGRAM.tallies[name]
    (one,) = review_tally(evaluation(*found, until=until), tally, day * DAY, ["N"])
    return one


def hit(day: int, deaths: str = "1", *, last: int | None = None) -> Happening:
    end = day * DAY if last is None else last * DAY
    return occur("ward.hit", day * DAY, end, "N", deaths)


def numbers(one: TallyRow) -> tuple[object, object]:
    return one.at_least, one.at_most


def test_what_is_known_is_one_number() -> None:
    found = row("hits", 5, hit(1), hit(3), hit(9))
    assert numbers(found) == (2, 2)
    assert found.first_sure == "ward.hit(N,1)@86400"


def test_a_rough_date_counts_possibly_until_it_has_passed() -> None:
    rough = hit(2, last=4)
    assert numbers(row("hits", 1, rough)) == (0, 0)
    assert numbers(row("hits", 3, rough)) == (0, 1)
    assert numbers(row("hits", 4, rough)) == (1, 1)


def test_quantities_are_added_exactly() -> None:
    found = row("dead", 9, hit(1, "0.1"), hit(2, "0.2"), hit(3, "4"))
    assert numbers(found) == (Decimal("4.3"), Decimal("4.3"))
    doubt = occur("ward.hit", 4 * DAY, None, "N", "2", weight=Weight.POSSIBLE)
    assert numbers(row("dead", 9, hit(1, "0.5"), doubt)) == (
        Decimal("0.5"),
        Decimal("2.5"),
    )


def test_an_amount_that_is_none_has_no_upper_bound() -> None:
    assert numbers(row("dead", 9, hit(1, "3"), hit(2, "many"))) == (3, None)


def test_where_nobody_looked_there_is_no_upper_bound() -> None:
    assert numbers(row("hits", 9, hit(1), until=5 * DAY)) == (1, None)
    assert numbers(row("hits", 4, hit(1), until=5 * DAY)) == (1, 1)


@pytest.mark.parametrize(("day", "wanted"), [(1, 0), (2, 1), (8, 1), (9, 0)], ids=str)
def test_a_window_has_its_first_instant_and_not_its_end(day: int, wanted: int) -> None:
    begins = occur("truce.set", 2 * DAY, None, "N")
    assert numbers(row("early", 30, begins, hit(day))) == (wanted, wanted)


@pytest.mark.parametrize(("day", "wanted"), [(4, 1), (5, 0)])
def test_a_window_ends_a_day_after_the_truce(day: int, wanted: int) -> None:
    begins = occur("truce.set", 2 * DAY, None, "N")
    ends = occur("truce.off", 4 * DAY, None, "N")
    assert numbers(row("early", 30, begins, ends, hit(day))) == (wanted, wanted)


def test_a_range_that_meets_a_window_counts_possibly() -> None:
    begins = occur("truce.set", 2 * DAY, None, "N")
    assert numbers(row("early", 30, begins, hit(1, last=3))) == (0, 1)
    rough = occur("truce.set", 2 * DAY, 4 * DAY, "N")
    assert numbers(row("early", 30, rough, hit(3))) == (0, 1)
    assert numbers(row("early", 30, rough, hit(5))) == (1, 1)
    assert numbers(row("early", 30, rough, hit(10))) == (0, 1)


def test_an_occurrence_in_two_windows_counts_once() -> None:
    begins = [occur("truce.set", day * DAY, None, "N") for day in (2, 3)]
    assert numbers(row("early", 30, *begins, hit(4))) == (1, 1)


def test_when_is_read_just_before() -> None:
    begins = occur("truce.set", 2 * DAY, None, "N")
    assert numbers(row("broken", 30, begins, hit(2), hit(3))) == (1, 1)


def test_a_tally_that_reads_itself_goes_round() -> None:
    hits = [hit(day) for day in (1, 2, 3, 4)]
    assert numbers(row("first_two", 30, *hits)) == (2, 2)
    assert numbers(row("first_two", 1, *hits)) == (1, 1)


def test_a_tally_of_other_values_is_its_own() -> None:
    other = occur("ward.hit", DAY, None, "S", "1")
    tally = PROGRAM.tallies["hits"]
    found = review_tally(evaluation(hit(1), hit(2), other), tally, 9 * DAY)
    assert {one.values: one.at_least for one in found} == {("N",): 2, ("S",): 1}
    (nobody,) = review_tally(evaluation(other), tally, 9 * DAY, ["X"])
    assert numbers(nobody) == (0, 0)


def test_only_whole_and_small_decimals_are_amounts() -> None:
    assert parse_amount("2.50") == Decimal("2.5")
    for word in ("-1", "NaN", "1e40", "0.0000001", "x"):
        assert parse_amount(word) is None


def test_a_quota_of_each_period_is_a_tally_with_the_period_among_its_arguments() -> (
    None
):
    begins = [
        occur("period.begins", day * DAY, None, name)
        for day, name in ((2, "first"), (7, "second"))
    ]
    told = evaluation(*begins, *map(hit, (1, 2, 6, 7, 11, 12)))
    tally = PROGRAM.tallies["of_period"]
    found = review_tally(told, tally, 30 * DAY)
    assert {one.values: numbers(one) for one in found} == {
        ("N", "first"): (2, 2),
        ("N", "second"): (2, 2),
    }
