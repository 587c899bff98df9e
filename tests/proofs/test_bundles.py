"""What docs/proofs.md says is enough to check every file that is handed out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.proofs.bundle_checker import check_bundle, check_opening, check_receipt
from tests.unit.desk.test_bundles import CLOCK, Side, document, note
from tests.unit.desk.test_sealing import Delegation
from tests.unit.journal.bundle.conftest import redact
from vigens.desk import make_receipt
from vigens.journal import open_journal


@pytest.fixture
def side(tmp_path: Path) -> Side:
    made = Delegation(tmp_path / "fr")
    made.record(note("Перше", "public", "FR"), note("deux", "FR"), note("hidden"))
    made.record(document(b"x"), *(note(f"n{n}", "public") for n in range(20)))
    return made


def test_a_bundle_can_be_checked_by_the_page_alone(side: Side) -> None:
    with open_journal(side.journal, CLOCK) as store:
        target = store.entries()[7]
        redact(store, target)
    entries = side.entries()
    for audience, logs in (
        ("all", ["all"]),
        ("public", ["public"]),
        ("FR", ["FR", "public"]),
    ):
        found = check_bundle(side.bundle(f"{audience}.bundle", audience))
        assert list(found) == logs
        for log in logs:
            seen = [
                "" if entry.id == target.id or entry.kind == "redacted" else entry.id
                for entry in entries
                if log == "all" or log in entry.marks
            ]
            assert [name for name in found[log] if name] == [i for i in seen if i]
            assert found[log].count("") == 1 - (log == "FR")


def test_a_changed_bundle_fails_there_too(side: Side) -> None:
    path = side.bundle()
    text = path.read_text("utf-8")
    assert "deux" in text
    path.write_text(text.replace("deux", "zwei"), "utf-8")
    with pytest.raises(AssertionError):
        check_bundle(path)


def test_each_receipt_and_opening_can_be_checked_by_the_page_alone(
    side: Delegation, tmp_path: Path
) -> None:
    sealed = side.seal("FR", 500)
    for entry in side.entries()[::4]:
        _, line = make_receipt(side.folder, CLOCK, entry.id, None)
        path = tmp_path / "receipt"
        path.write_bytes(line)
        assert check_receipt(path) == entry.id
    assert sealed.receipt is not None
    told = json.loads(sealed.receipt.read_text("utf-8"))["entry"]["payload"]
    assert check_opening(sealed.opening) == told["commitment"]
