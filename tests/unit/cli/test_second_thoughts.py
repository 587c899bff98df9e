"""What a curator does after a wrong decision: nothing is lost, and it can be mended."""

from __future__ import annotations

from pathlib import Path

from tests.unit.cli.conftest import Run
from tests.unit.cli.test_recording import entries


def test_what_was_rejected_may_be_accepted_and_set_aside_again(
    run: Run, case: Path, report: Path
) -> None:
    run("review", case, "add", report)
    run("review", case, "reject", "1", "--reason", "no news")
    before = entries(case)
    assert run("review", case, "accept", "1").status == 0
    assert entries(case)[: len(before)] == before
    again = run("review", case, "accept", "1")
    assert again.status == 1
    assert "is accepted already" in again.err
    assert "grade 1 F6` sets the claim aside" in again.err
    assert "set aside" in run("review", case, "grade", "1", "F6").out
