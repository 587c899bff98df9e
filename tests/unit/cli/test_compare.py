"""`vigens compare`: two lenses side by side, in text and JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run


def test_two_days_of_one_case(run: Run, case: Path) -> None:
    found = run(
        "compare", case, "--as-of", "2026-01-05..2026-01-15", "--known-at", "2026-02-20"
    )
    assert found.status == 0
    lines = found.out.splitlines()
    assert lines[0].startswith("before  as of 2026-01-05 · known at 2026-02-20")
    assert lines[1].startswith("after   as of 2026-01-15 · known at 2026-02-20")
    assert "they differ in  the day asked about" in found.out
    assert "NO → YES  lock_open" in found.out
    assert "      before  the lock is open: NO · " in found.out
    assert "      after   the lock is open: YES · the lock opens" in found.out
    assert "differs  the river is open" in found.out


def test_sides_that_change_places_change_before_and_after(run: Run, case: Path) -> None:
    known = ("--known-at", "2026-02-20", "--json")
    there = run("compare", case, "--as-of", "2026-01-05..2026-01-15", *known).json
    back = run("compare", case, "--as-of", "2026-01-15..2026-01-05", *known).json
    assert there["states"]
    for one, other in zip(there["states"], back["states"], strict=True):
        assert (one["before"], one["after"]) == (other["after"], other["before"])
    assert there["states"][0]["after"]["since"] == "2026-01-09T23:59:59Z"
    assert there["differ_in"] == ["the day asked about"]


@pytest.mark.parametrize(
    ("words", "differ", "state"),
    [
        (("--policy", "standard..open-ear"), "the evidence policy", "YES → NO"),
        (("--policy", "..open-ear"), "the evidence policy", "YES → NO"),
        (("--policy", "open-ear.."), "the evidence policy", "NO → YES"),
        (("--suppose", "shuts on 2026-02-10"), "the hypothesis", "YES → NO"),
        (("--known-at", "2026-01-09..2026-02-20"), "the day of knowledge", "→ YES"),
    ],
)
def test_each_part_of_the_lens_can_differ(
    run: Run, case: Path, words: tuple[str, ...], differ: str, state: str
) -> None:
    day = ("--as-of", "2026-02-20")
    known = () if words[0] == "--known-at" else ("--known-at", "2026-02-20")
    found = run("compare", case, *day, *known, *words)
    assert f"they differ in  {differ}" in found.out
    (line,) = [each for each in found.out.splitlines() if each.endswith("  lock_open")]
    assert state in line
    assert ("it is what would follow" in found.out) is (words[0] == "--suppose")


def test_duties_steps_and_counts_that_differ(run: Run, case: Path) -> None:
    days = ("--as-of", "2026-01-05..2026-02-20", "--known-at", "2026-01-05..2026-02-20")
    found = run("compare", case, *days, "--json").json
    assert [each["measure"] for each in found["counts"]] == ["boats"]
    assert found["counts"][0]["before"] == []
    assert [each["number"] for each in found["counts"][0]["after"]] == [12, 20]
    assert found["steps"][0]["after"]["earliest"] == "2026-07-09"
    assert found["steps"][0]["before"]["earliest"] is None
    text = run("compare", case, *days).out
    assert "  + eq 12 boats, FR, 2026-01-10: Twelve boats" in text
    assert "PLANNED STEPS THAT DIFFER" in text


def test_tallies_that_differ(run: Run, case: Path) -> None:
    (page,) = (case / "agreements").iterdir()
    with page.open("a", encoding="utf-8") as file:
        file.write('\n```vigens\nvigens 1\ntally openings "openings"\n')
        file.write("  counts  opens\n```\n")
    days = ("--as-of", "2026-01-05..2026-01-15", "--known-at", "2026-02-20")
    found = run("compare", case, *days, "--json").json
    assert found["tallies"] == [
        {
            "tally": "openings",
            "title": "openings",
            "values": [],
            "before": "0",
            "after": "1",
        }
    ]
    text = run("compare", case, *days).out
    assert "TALLIES THAT DIFFER\nopenings  openings\n  0 → 1" in text


def test_questions_are_answered_through_both(run: Run, case: Path) -> None:
    words = ("--as-of", "2026-02-20", "--known-at", "2026-02-20")
    found = run("compare", case, "lock_open", *words, "--reading", "..start.flood")
    assert "same  the lock is open" in found.out
    assert "they differ in  the readings" in found.out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "both sides are the same lens"),
        (("--as-of", "2026-02-20"), "both sides are the same lens"),
        (("--as-of", "2026-02-20..2026-02-20"), "both sides are the same lens"),
        (("--policy", "a..b"), 'there is no policy "a"'),
        (("--as-of", "2026-13..2026-02"), "2026-13"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    run: Run, case: Path, words: tuple[str, ...], message: str
) -> None:
    found = run("compare", case, *words)
    assert found.status in (1, 2)
    assert message in found.err
