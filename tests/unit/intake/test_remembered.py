"""Answers that are kept: worked out once, never too many, no long ones."""

from __future__ import annotations

from vigens.intake.remembered import Remembered


def test_an_answer_is_worked_out_once_and_the_store_stays_small() -> None:
    asked: list[str] = []

    def work(text: str) -> int:
        asked.append(text)
        return len(text)

    known = Remembered(work, most=2)
    assert [known[w] for w in ("tea", "tea", "salt", "rice", "x" * 101)] == [
        3,
        3,
        4,
        4,
        101,
    ]
    assert asked == ["tea", "salt", "rice", "x" * 101]
    assert list(known) == ["rice"]
