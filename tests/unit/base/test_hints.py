from __future__ import annotations

import pytest

from vigens.base import nearest


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Freedonya", "Freedonia"),
        ("FREEDONIA", "Freedonia"),
        ("initated by", "initiated by"),
        ("Украина", "Україна"),
    ],
)
def test_a_slip_finds_the_name_that_was_meant(written: str, meant: str) -> None:
    assert nearest(written, ["Freedonia", "initiated by", "Україна", "XY"]) == meant


def test_nothing_far_off_is_proposed() -> None:
    assert nearest("Ruritania", ["Freedonia", "party"]) is None


def test_no_candidates_give_no_proposal() -> None:
    assert nearest("party", []) is None


def test_the_empty_name_proposes_nothing() -> None:
    assert nearest("", ["party"]) is None
