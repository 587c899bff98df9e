"""What the policy wants confirmed takes a second person."""

from __future__ import annotations

from pathlib import Path

from tests.unit.cli.conftest import Run
from tests.unit.cli.test_recording import entries

GUARD = '[policies.standard.events."shuts"]\nconfirmed = true\n'


def test_a_second_person_makes_it_sure(run: Run, case: Path, report: Path) -> None:
    settings = case / "case.toml"
    settings.write_text(f"{settings.read_text('utf-8')}\n{GUARD}", "utf-8")
    run("review", case, "add", report, "--passage", "signed an agreement on the river")
    early = run("review", case, "confirm", "1", "--by", "second")
    assert "there is no claim to confirm" in early.err
    event = ("--event", "shuts", "--happened", "2026-02-04", "--graded", "B2")
    accepted = run("review", case, "accept", "1", *event)
    assert "possibly" in accepted.out
    before = len(entries(case))
    alone = run("review", case, "confirm", "1")
    assert alone.status == 1
    assert "only a second person" in alone.err
    assert len(entries(case)) == before
    done = run("review", case, "confirm", "1", "--by", "second")
    assert "now counts surely" in done.out
    assert entries(case)[-1]["kind"] == "confirmation"
    again = run("review", case, "confirm", "1", "--by", "third", "--json").json
    assert again["about"] == entries(case)[-1]["about"]


def test_only_what_happened_is_confirmed(run: Run, case: Path, report: Path) -> None:
    run("review", case, "add", report)
    run("review", case, "accept", "1")
    found = run("review", case, "confirm", "1", "--by", "second")
    assert found.status == 1
    assert "only one thing that happened" in found.err
