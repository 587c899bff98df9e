from __future__ import annotations

from vigens.base import Span


def test_place_counts_from_one() -> None:
    assert Span("a.md", 3, 5, 2, "abcdef").where == "a.md:3:5"
