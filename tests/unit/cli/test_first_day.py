"""A case on its first day: the journal is empty, and nobody has looked yet."""

from __future__ import annotations

from pathlib import Path

from tests.unit.cli.conftest import Run


def test_an_empty_journal_claims_no_look(run: Run, case: Path) -> None:
    (case / "journal.jsonl").write_bytes(b"")
    found = run("status", case, "--as-of", "2026-02-20")
    assert found.status == 0
    assert "NOT KNOWN  the river is open" in found.out
    assert "this view holds no record yet" in found.out
    assert "last looked" not in found.out
    assert "its last record" not in found.out
