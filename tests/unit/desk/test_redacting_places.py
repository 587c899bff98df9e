"""Redaction reaches every place, and what a crash cut short is completed."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.desk.redacted import SECRET, agree, redact, want
from tests.unit.desk.smallcase import NOW, Writer
from vigens.base import InputError
from vigens.desk import (
    check_journal,
    complete,
    find_redaction,
    redacting,
)
from vigens.desk.transfer import import_journal
from vigens.journal import fsck, open_journal

DAY = "2026-03-01"


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    writer = Writer(tmp_path / "case")
    settings = (writer.folder / "case.toml").read_text("utf-8")
    settings = settings.replace("origins = 2\nconfirmed = true\n", "")
    (writer.folder / "case.toml").write_text(settings, "utf-8")
    writer.looked("2026-01-01/2026-03-20")
    return writer


def keep_report(writer: Writer) -> tuple[Path, str]:
    place = writer.folder / "documents"
    place.mkdir()
    report = place / "abc-report.txt"
    report.write_text(f"In it: {SECRET}.", "utf-8")
    digest = hashlib.sha256(report.read_bytes()).hexdigest()
    lines = [
        {"do": "add", "key": "k1", "document": {"sha256": digest}, "suggestion": {}},
        {"do": "edit", "key": "k1", "set": {"statement": SECRET}},
        {"do": "add", "key": "k2", "document": {"sha256": "0"}, "suggestion": {}},
    ]
    text = "".join(json.dumps(line) + "\n" for line in lines)
    (writer.folder / "queue.jsonl").write_text(text, "utf-8")
    return report, digest


def test_a_document_goes_with_its_copies_and_its_suggestions(writer: Writer) -> None:
    report, digest = keep_report(writer)
    twin = report.with_name("another-name.txt")
    twin.write_bytes(report.read_bytes())
    payload = {
        "sha256": digest,
        "name": "report.txt",
        "length": 5,
        "media_type": "text/plain",
    }
    redact(writer, writer.record("document", payload))
    assert not report.exists()
    assert not twin.exists()
    queue = (writer.folder / "queue.jsonl").read_text("utf-8")
    assert SECRET not in queue
    assert '"k2"' in queue


def test_what_was_worked_out_of_a_document_goes_too(writer: Writer) -> None:
    report, digest = keep_report(writer)
    answers = report.parent / ".answers"
    answers.mkdir()
    (answers / f"{digest[:12]}-model.json").write_text(SECRET, "utf-8")
    (answers / "000000000000-model.json").write_text("other", "utf-8")
    sketches = report.parent / ".sketches.json"
    sketches.write_text(json.dumps({digest: [1]}), "utf-8")
    payload = {
        "sha256": digest,
        "name": "report.txt",
        "length": 5,
        "media_type": "text/plain",
    }
    redact(writer, writer.record("document", payload))
    left = [path.name for path in report.parent.rglob("*") if path.is_file()]
    assert left == ["000000000000-model.json"]
    assert check_journal(writer.folder)[1] == ()
    sketches.write_text(json.dumps({"another": [1]}), "utf-8")
    assert check_journal(writer.folder)[1] == ()


def test_a_claim_may_take_the_report_with_it(writer: Writer) -> None:
    report, digest = keep_report(writer)
    payload = {
        "sha256": digest,
        "name": "report.txt",
        "length": 5,
        "media_type": "text/plain",
    }
    writer.record("document", payload)
    name = writer.event("floods", "2026-01-10")
    claim = writer.claim(name, "2026-01-11")
    with pytest.raises(InputError, match="documents have a SHA-256"):
        want(writer, claim, documents=("ffffff",))
    redact(writer, claim, documents=(digest[:8],))
    assert not report.exists()


def test_what_a_crash_left_of_an_earlier_redaction_goes(writer: Writer) -> None:
    name = writer.event("floods", "2026-01-10")
    claim = writer.claim(name, "2026-01-11", voice=SECRET)
    left = writer.folder / ".journal.jsonl-abc"
    left.write_bytes((writer.folder / "journal.jsonl").read_bytes())
    held = left.open("rb")
    redact(writer, claim)
    assert not left.exists()
    assert SECRET.encode() not in held.read()
    held.close()


@pytest.mark.parametrize("journal", ["journal.jsonl", "journal.db"])
def test_backups_are_emptied_too(writer: Writer, tmp_path: Path, journal: str) -> None:
    early = writer.event("floods", "2026-01-10")
    claim = writer.claim(early, "2026-01-11", voice=SECRET)
    text = writer.folder / "journal.jsonl"
    ending = Path(journal).suffix
    if journal == "journal.db":
        moved = tmp_path / "old.jsonl"
        text.rename(moved)
        import_journal(writer.folder, moved, writer.clock, by="import")
    place = writer.folder / journal
    copies = [tmp_path / f"copy{number}{ending}" for number in range(3)]
    with open_journal(place, writer.clock) as store:
        for copy in copies:
            store.backup(copy)
    copies[2].unlink()
    fact = want(writer, claim)
    agree(writer, fact)
    with open_journal(place, writer.clock) as store:
        store.redact(claim, fact)
    codes = [finding.code for finding in check_journal(writer.folder)[1]]
    assert codes == ["J016", "J016"]  # one for each backup that is there
    case = writer.case()
    places = complete(case, writer.clock, find_redaction(case, fact))
    outcomes = {Path(each.name).name: each.outcome for each in places}
    assert outcomes[copies[0].name] == "payload and key destroyed"
    assert "not there any more" in outcomes[copies[2].name]
    for path in (*tmp_path.glob("copy*"), *writer.folder.glob("journal*")):
        assert SECRET.encode() not in path.read_bytes(), path
    for copy in copies[:2]:
        assert not [f for f in fsck(copy) if f.severity == "error"]
        with open_journal(copy, writer.clock) as store:
            assert store.get(claim).is_stub
    assert check_journal(writer.folder)[1] == ()
    again = complete(case, writer.clock, find_redaction(case, fact))
    assert {each.outcome for each in again if "copy2" not in each.name} == {
        "already done"
    }


def test_a_backup_elsewhere_or_later_is_named_or_left(
    writer: Writer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    early, late = tmp_path / "early.jsonl", tmp_path / "late.jsonl"
    place = writer.folder / "journal.jsonl"
    with open_journal(place, writer.clock) as store:
        store.backup(early)
    name = writer.event("floods", "2026-01-10")
    with open_journal(place, writer.clock) as store:
        store.backup(late)
    before = early.read_bytes()
    fact = want(writer, name)
    agree(writer, fact)
    monkeypatch.setattr("platform.node", lambda: "elsewhere")
    case = writer.case()
    places = complete(case, writer.clock, find_redaction(case, fact))
    assert [each.is_whole for each in places] == [True, False, False]
    assert "redact it too" in places[1].outcome
    monkeypatch.undo()
    places = complete(case, writer.clock, find_redaction(case, fact))
    assert [Path(each.name).name for each in places] == ["journal.jsonl", "late.jsonl"]
    assert early.read_bytes() == before
    late.write_bytes(b"damaged\n")
    places = complete(case, writer.clock, find_redaction(case, fact))
    assert not places[1].is_whole


CRASH = """
import os, sys
from vigens.desk import redacting
from tests.unit.desk.smallcase import NOW
from vigens.desk import complete, find_redaction, open_case
step = sys.argv[3]
def stop(*_, **__): os._exit(9)
setattr(redacting, step, stop)
clock = lambda: NOW.replace(minute=59)
case = open_case(sys.argv[1], clock)
complete(case, clock, find_redaction(case, sys.argv[2]))
"""


@pytest.mark.parametrize("step", ["open_store", "forget_document", "forget_queued"])
def test_a_crash_midway_is_told_and_completed(writer: Writer, step: str) -> None:
    report, digest = keep_report(writer)
    payload = {
        "sha256": digest,
        "name": "report.txt",
        "length": 5,
        "media_type": "text/plain",
    }
    entry = writer.record("document", payload)
    fact = want(writer, entry)
    agree(writer, fact)
    words = [sys.executable, "-c", CRASH, str(writer.folder), fact, step]
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        words, check=False, cwd=root, env={**os.environ, "PYTHONPATH": str(root)}
    )
    assert done.returncode == 9
    _, findings = check_journal(writer.folder)
    codes = {finding.code for finding in findings}
    assert codes == {"J014", "J016"} if step == "open_store" else {"J016"}
    assert fact[:12] in findings[0].mend
    case = writer.case()
    complete(case, writer.clock, find_redaction(case, fact))
    assert check_journal(writer.folder)[1] == ()
    assert not report.exists()
    again = complete(case, writer.clock, find_redaction(case, fact))
    assert [place.outcome for place in again] == ["already done"]


def test_the_module_is_what_the_crash_test_patches() -> None:
    for name in ("open_store", "forget_document", "forget_queued"):
        assert callable(getattr(redacting, name))
    assert NOW.year == 2026
