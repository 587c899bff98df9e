"""`vigens read --all`: what is weak, apart from what is shown."""

from __future__ import annotations

import json
from pathlib import Path

from tests.unit.cli.conftest import Run


def test_weak_rows_are_there_when_asked_for(run: Run, report: Path) -> None:
    shown = run("read", "--jsonl", report).out.splitlines()
    every = run("read", "--jsonl", "--all", report).out.splitlines()
    rows = [json.loads(line) for line in every]
    assert [line for line in every if json.loads(line)["top"]] == shown
    assert any(row["rule"].startswith("hint-") and not row["top"] for row in rows)
