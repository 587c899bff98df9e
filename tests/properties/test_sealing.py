"""Laws of sealed offers: they bind, they hide, and no total gives one away."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigens.journal import (
    Opening,
    Release,
    SealError,
    batches_of,
    opening_bytes,
    opening_from_bytes,
    refuse_differencing,
    seal,
    total_of,
)

PARTIES = [f"P{n}" for n in range(12)]
texts = st.text(max_size=30)
offers = st.fixed_dictionaries(
    {
        "party": st.sampled_from(PARTIES),
        "title": texts.filter(str.strip),
        "stance": st.sampled_from(["offer", "possible", "refusal"]),
        "domains": st.lists(st.sampled_from(["land", "sea"]), max_size=2),
        "conditions": st.lists(texts.filter(str.strip), max_size=2),
        "gates": st.just([]),
        "quantity": st.fixed_dictionaries(
            {"number": st.integers(0, 10**6), "unit": st.just("personnel")}
        ),
    }
)


def give(party: str, amount: int, **quantity: Any) -> Opening:
    offer = {
        "party": party,
        "title": "A contribution",
        "stance": "offer",
        "domains": ["land"],
        "conditions": [],
        "gates": [],
        "quantity": {"number": amount, "unit": "personnel", **quantity},
    }
    return seal(offer, "a test")


@given(offers)
def test_an_opening_comes_back_and_opens_its_own_commitment_alone(
    offer: dict[str, Any],
) -> None:
    one, two = seal(offer, "x"), seal(offer, "x")
    data = opening_bytes(one)
    assert len(data) % 4096 == 0
    assert opening_from_bytes(data, "x") == one
    assert one.commitment != two.commitment, "one offer sealed twice looks unrelated"


@given(offers, offers)
def test_another_offer_does_not_open_it(
    offer: dict[str, Any], other: dict[str, Any]
) -> None:
    sealed = seal(offer, "x")
    forged = Opening(sealed.nonce, seal(other, "x").offer)
    assert (forged.commitment == sealed.commitment) == (forged.offer == sealed.offer)


@given(offers, st.data())
@settings(max_examples=60)
def test_a_changed_opening_is_refused_or_the_same(
    offer: dict[str, Any], draw: st.DataObject
) -> None:
    sealed = seal(offer, "x")
    data = bytearray(opening_bytes(sealed))
    data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    with contextlib.suppress(SealError):
        assert opening_from_bytes(bytes(data), "x") == sealed


def rank(rows: Sequence[Sequence[int]]) -> int:
    """Give the rank of a matrix, in fractions, so that nothing is rounded."""
    left = [[Fraction(cell) for cell in row] for row in rows]
    found = 0
    for column in range(len(left[0]) if left else 0):
        pivot = next((row for row in left[found:] if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        left.insert(found, pivot)
        for number, row in enumerate(left):
            if number != found and row[column]:
                factor = row[column] / pivot[column]
                left[number] = [a - factor * b for a, b in zip(row, pivot, strict=True)]
        found += 1
    return found


names = [f"c{n}" for n in range(9)]
asked = st.lists(st.sets(st.sampled_from(names), min_size=1), max_size=12)


@given(asked, st.integers(2, 4))
def test_no_sum_or_difference_of_totals_is_about_less_than_the_smallest_group(
    wishes: list[set[str]], minimum: int
) -> None:
    past: list[Release] = []
    for members in wishes:
        try:
            refuse_differencing(past, members, minimum)
        except SealError:
            continue
        past.append(Release("personnel", frozenset(members)))
    rows = [[int(name in release.members) for name in names] for release in past]
    before = rank(rows)
    for size in range(1, minimum):
        for group in combinations(names, size):
            row = [int(name in group) for name in names]
            assert rank([*rows, row]) == before + 1, f"{group} can be reckoned"


@given(asked, st.integers(2, 4))
def test_what_is_refused_would_cut_a_batch_or_make_one_too_small(
    wishes: list[set[str]], minimum: int
) -> None:
    past: list[Release] = []
    for members in wishes:
        batches = batches_of(past)
        fresh = members.difference(*batches)
        cuts = any(batch & members and not batch <= members for batch in batches)
        is_small = 0 < len(fresh) < minimum
        try:
            parts = refuse_differencing(past, members, minimum)
        except SealError:
            assert cuts or is_small
            continue
        assert not cuts
        assert not is_small
        assert frozenset().union(*parts) == members
        past.append(Release("personnel", frozenset(members)))


@given(st.lists(st.integers(0, 2000), min_size=1, max_size=12))
def test_a_total_is_the_sum_over_enough_that_give_and_none_that_stands_out(
    numbers: list[int],
) -> None:
    openings = [give(party, n) for party, n in zip(PARTIES, numbers, strict=False)]
    given_ = sorted((n for n in numbers if n), reverse=True)
    fits = len(given_) >= 5 and sum(given_[2:]) * 100 >= given_[0] * 15
    try:
        assert total_of(openings, "personnel", (), 5) == sum(numbers)
    except SealError:
        assert not fits
    else:
        assert fits


def test_zeros_do_not_make_a_group_and_small_minima_are_raised() -> None:
    openings = [give(party, 100) for party in PARTIES[:4]]
    openings += [give(party, 0) for party in PARTIES[4:]]
    with pytest.raises(SealError, match="it takes 5"):
        total_of(openings, "personnel", (), 1)
    with pytest.raises(SealError, match="it takes 5"):
        total_of([give(party, 100) for party in PARTIES], "tanks", (), 5)


def test_each_batch_of_a_total_stands_for_itself() -> None:
    first = [give(party, 100) for party in PARTIES[:5]]
    second = [give(party, 0) for party in PARTIES[5:11]]
    past = [Release("personnel", frozenset(each.commitment for each in first))]
    with pytest.raises(SealError, match="0 offers"):
        total_of([*first, *second], "personnel", past, 5)
    with pytest.raises(SealError, match="4 of 5 offers that were released together"):
        total_of([*first[:4], *second], "personnel", past, 5)


def test_two_offers_of_one_party_and_inexact_numbers_are_refused() -> None:
    openings = [give(party, 100) for party in PARTIES[:5]]
    with pytest.raises(SealError, match="of one party"):
        total_of([*openings, give("P0", 7)], "personnel", (), 5)
    inexact: list[dict[str, Any]] = [
        {"comparison": "up_to"},
        {"number": None},
        {"number": -1},
    ]
    for quantity in inexact:
        wrong = give("P9", 5, **quantity)
        with pytest.raises(SealError, match="exact number"):
            total_of([*openings, wrong], "personnel", (), 5)


@pytest.mark.parametrize(
    "offer",
    [{}, {"party": "FR"}, {"party": 1.5}, {"party": "FR", "title": "T", "stance": "x"}],
)
def test_what_is_no_offer_is_not_sealed(offer: dict[str, Any]) -> None:
    with pytest.raises(SealError, match="no offer"):
        seal(offer, "x")
