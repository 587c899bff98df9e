"""Saying where one looked: from then on silence counts, and not before."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run
from tests.unit.cli.test_recording import entries

LOOKED = ("looked", "2026-03-01/2026-03-09", "--reason", "two papers were read")


def test_a_look_makes_silence_count(run: Run, case: Path) -> None:
    day = ("lock_open", "--as-of", "2026-03-05")
    assert "NOT KNOWN" in run("status", case, *day).out
    assert run("review", case, *LOOKED).status == 0
    assert entries(case)[-1]["kind"] == "coverage"
    assert "YES  the lock is open" in run("status", case, *day).out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("looked", "2026-03-01"), "takes one span and a reason"),
        (("looked", "2026-02-30", "--reason", "x"), "impossible date"),
        (("looked", "2026-03~", "--reason", "x"), "a rough date"),
        ((*LOOKED, "--event", "shutz"), 'did you mean "shuts"'),
    ],
)
def test_a_look_that_says_nothing_is_refused(
    run: Run, case: Path, words: tuple[str, ...], message: str
) -> None:
    before = len(entries(case))
    found = run("review", case, *words)
    assert found.status in (1, 2)
    assert message in found.err
    assert len(entries(case)) == before
