from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from vigens.engine.shortfall import Shortfall, least_of
from vigens.rules import Constant, Quantified, Stated, Variable

PARTY = Variable("party", "party")
BODY = Stated(Constant("pact"), "binding", "legal")


@given(st.integers(1, 60), st.integers(1, 9), st.integers(1, 9), st.booleans())
def test_the_least_that_reaches_a_share(
    total: int, part: int, whole: int, is_more: bool
) -> None:
    share = Fraction(min(part, whole), whole)
    asked = Quantified(
        None, PARTY, None, BODY, share=share.as_integer_ratio(), is_more=is_more
    )
    least = least_of(asked, total, 1)
    reaching = (
        n
        for n in range(total + 2)
        if (Fraction(n, total) > share if is_more else Fraction(n, total) >= share)
    )
    assert least == next(reaching)


def test_a_number_of_a_weight_is_in_its_unit() -> None:
    assert least_of(Quantified(7, PARTY, None, BODY), 99, 10) == 70
    assert least_of(Quantified(7, PARTY, None, BODY, is_more=True), 99, 10) == 71
    assert least_of(Quantified(None, PARTY, None, BODY), 99, 10) is None


@given(st.lists(st.integers(1, 9), min_size=1, max_size=5), st.integers(1, 40))
def test_who_can_be_spared(parts: list[int], wanted: int) -> None:
    found = Shortfall(wanted, wanted, {str(n): part for n, part in enumerate(parts)})
    subsets = [c for n in range(len(parts) + 1) for c in combinations(parts, n)]
    enough = [chosen for chosen in subsets if sum(chosen) >= wanted]
    assert found.is_out_of_reach == (not enough)
    if enough:
        assert found.needs_each == all(len(chosen) == len(parts) for chosen in enough)
        assert found.needs_one == all((part,) in enough for part in parts)
