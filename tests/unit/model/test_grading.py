from __future__ import annotations

import itertools

import pytest

from vigens.base import InputError
from vigens.model import UNGRADED, Grade, parse_grade


@pytest.mark.parametrize(
    "text", ["", "B", "2B", "B0", "B7", "G1", "B2 ", "BB2", "b²", "B٢"]
)
def test_what_is_no_grade_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="is no grade"):
        parse_grade(text)


def test_a_small_letter_is_read() -> None:
    assert parse_grade("b2") == Grade("B", 2)
    assert str(parse_grade("b2")) == "B2"


def test_both_parts_must_meet_the_floor() -> None:
    floor = parse_grade("C3")
    met = {
        f"{reliability}{credibility}"
        for reliability, credibility in itertools.product("ABCDEF", range(1, 7))
        if Grade(reliability, credibility).meets(floor)
    }
    assert met == {"A1", "A2", "A3", "B1", "B2", "B3", "C1", "C2", "C3"}


def test_an_ungraded_claim_meets_only_the_lowest_floor() -> None:
    assert UNGRADED.meets(parse_grade("F6"))
    assert not UNGRADED.meets(parse_grade("F5"))
    assert not UNGRADED.meets(parse_grade("E6"))
