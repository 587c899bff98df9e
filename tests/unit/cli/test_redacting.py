"""`vigens redact`: two persons, a list, a way back in, and words that say what is so."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run
from tests.unit.cli.test_recording import entries
from tests.unit.cli.tiny import present
from vigens.journal import Draft, open_journal

#: A party of the agreements.
READER = "FR"


def claim_of(case: Path) -> str:
    rows = [e["id"] for e in entries(case) if e["payload"].get("row") == "r-1"]
    return str(rows[0])


def test_from_wish_to_deed(run: Run, case: Path) -> None:
    claim = claim_of(case)
    dry = run("redact", case, "r-1", "--reason", "a source", "--dry-run")
    assert "would record redaction" in dry.out
    before = len(entries(case))
    wished = run("redact", case, "r-1", "--reason", "a source", "--by", "one")
    assert wished.status == 0, wished.err
    assert "nothing is destroyed yet" in wished.out
    fact = entries(case)[-1]["id"]
    assert len(entries(case)) == before + 1
    assert "waits for a second person" in run("redact", case).out
    alone = run("redact", case, "--confirm", fact[:12], "--by", "one")
    assert alone.status == 1
    assert "second person" in alone.err
    aside = run("confirm", case, fact[:12], "--by", "two")
    assert aside.status == 1
    assert f"vigens redact CASE --confirm {fact[:12]}" in aside.err
    early = run("redact", case, "--resume", fact[:12])
    assert early.status == 1
    assert "nobody but the person" in early.err
    done = run("redact", case, "--confirm", fact[:12], "--by", "two")
    assert done.status == 0, done.err
    assert "payload and key destroyed" in done.out
    assert b"The lock opened on Friday" not in (case / "journal.jsonl").read_bytes()
    (listed,) = run("redact", case, "--json").json["redactions"]
    assert (listed["by"], listed["second"], listed["done"]) == ("one", "two", True)
    shown = run("log", case, claim[:12], "--reader", "all")
    assert shown.status == 0, shown.err
    assert "redacted claim" in shown.out
    why = run("why", case, "lock_open", "--as-of", "2026-02-20")
    assert "redacted on 2026-03-10 by one and two" in why.out
    assert run("fsck", case).status == 0
    again = run("redact", case, "--resume", "--json").json["redacted"]
    assert again[0]["places"][0]["outcome"] == "already done"


def test_a_terminal_is_asked_before_anything_is_destroyed(
    run: Run, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("redact", case, "r-1", "--reason", "law", "--by", "one")
    fact = entries(case)[-1]["id"]
    monkeypatch.setattr("vigens.cli.cmd_redact.is_terminal", lambda: True)
    before = entries(case)
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    refused = run("redact", case, "--confirm", fact, "--by", "two")
    assert "nothing is destroyed" in refused.out
    assert entries(case) == before
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    agreed = run("redact", case, "--confirm", fact, "--by", "two")
    assert "destroyed" in agreed.out


def test_what_stays_open_is_said(run: Run, case: Path) -> None:
    opening = next(e["id"] for e in entries(case) if e["kind"] == "occurrence")
    wished = run("redact", case, opening, "--reason", "law", "--by", "one")
    assert "silence about opens will say nothing" in wished.out
    dry = run("redact", case, "--confirm", opening, "--by", "two", "--dry-run")
    assert "dry run" in dry.out
    assert run("fsck", case).status == 0


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("r-1",), 2),
        (("r-1", "--reason", "x", "--confirm", "abcdef"), 2),
        (("r-1", "--reason", "x", "--leaves-nothing-open", "--leaves-open", "x"), 2),
        (("r-1", "--reason", "x", "--leaves-open", "rains"), 1),
        (("r-1", "--reason", "x", "--document", "abcdef"), 1),
        (("r-99", "--reason", "x"), 1),
        (("--confirm", "feedfeed"), 1),
        (("--resume", "r-1"), 1),
    ],
)
def test_what_does_not_fit_is_refused(
    run: Run, case: Path, words: tuple[str, ...], status: int
) -> None:
    before = entries(case)
    found = run("redact", case, *words)
    assert found.status == status, found.err
    assert "mend:" in found.err
    assert entries(case) == before


def test_nothing_to_do_is_said(run: Run, case: Path) -> None:
    assert "none" in run("redact", case).out
    assert "nothing is left to do" in run("redact", case, "--resume").out


def test_a_redaction_says_who_will_see_what_was_kept_from_them(
    run: Run, case: Path
) -> None:
    """What shuts a reader out by disagreeing alone lets him in once it is destroyed."""
    assert run("release", case, "group", "cell", "--title", "The cell").status == 0
    assert run("release", case, "join", "cell", READER).status == 0
    said = {"group": "cell", "member": READER, "is_member": False}
    with open_journal(case / "journal.jsonl", present) as journal:
        (out,) = journal.append([Draft("membership", said, "import")])
    dry = run("redact", case, out.id, "--reason", "law", "--dry-run")
    assert dry.status == 0, dry.err
    assert f"{READER} will see what is released to cell" in dry.err
    assert f"release CASE leave cell {READER}" in dry.err
    assert "once it is carried out" in dry.out
    run("redact", case, out.id, "--reason", "law", "--by", "one")
    fact = entries(case)[-1]["id"]
    form = run("redact", case, "--confirm", fact, "--by", "two", "--dry-run", "--json")
    assert form.json["eyes"] == [{"reader": READER, "gains": ["cell"], "loses": []}]
    assert "will see" in form.err
    assert run("release", case, "leave", "cell", READER).status == 0
    again = run("redact", case, "--confirm", fact, "--by", "two", "--dry-run", "--json")
    assert again.json["eyes"] == []


def test_a_redaction_says_which_answers_it_will_change(run: Run, case: Path) -> None:
    changed = run("redact", case, "r-1", "--reason", "a source", "--dry-run")
    assert "no answer changes" not in changed.out
    assert "lock_open" in changed.out
