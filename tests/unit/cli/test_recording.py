"""Read, review, grade, import, export, log, check and fsck."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.conftest import Run
from tests.unit.cli.tiny import write_case


def entries(case: Path) -> list[dict[str, Any]]:
    text = (case / "journal.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_read_prints_suggestions_with_their_places(run: Run, report: Path) -> None:
    found = run("read", report)
    assert found.status == 0
    assert "Two shores meet in Geneva" in found.out
    assert "instrument: 2" in found.out
    assert "Nothing is recorded" in found.out


def test_read_rows_slice_the_file_exactly(run: Run, report: Path) -> None:
    text = report.read_text("utf-8")
    rows = [
        json.loads(line) for line in run("read", "--jsonl", report).out.splitlines()
    ]
    assert rows
    assert all(text[row["start"] : row["end"]] == row["quote"] for row in rows)
    assert {row["doc"] for row in rows} == {"report.txt"}


def test_read_goes_on_past_a_bad_file(run: Run, report: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    found = run("read", empty, report, tmp_path / "none.txt", "--json")
    assert found.status == 1
    assert len(found.json["documents"]) == 1
    assert "the document is empty" in found.err
    assert "there is no such file" in found.err


def test_read_writes_rows_to_a_new_file(run: Run, report: Path, tmp_path: Path) -> None:
    out = tmp_path / "rows.jsonl"
    assert run("read", report, "--out", out).status == 0
    assert json.loads(out.read_text("utf-8").splitlines()[0])["doc"] == "report.txt"
    again = run("read", report, "--out", out)
    assert again.status == 1
    assert "exists already" in again.err
    assert run("read", report, "--json", "--jsonl").status == 2


def test_a_suggestion_becomes_a_claim_without_effect_until_graded(
    run: Run, case: Path, report: Path
) -> None:
    queued = run("review", case, "add", report, "--address", "https://a.example/1")
    assert "suggestions queued" in queued.out
    listed = run("review", case, "list", "--json").json
    number = next(
        item["number"] for item in listed if item["suggestion"]["kind"] == "instrument"
    )
    before = len(entries(case))
    done = run("review", case, "accept", number, "--event", "shuts", "--json").json
    assert done["effect"] == "no effect until graded"
    assert done["kind"] == "occurrence"
    document, matter, claim = entries(case)[before:]
    assert [document["kind"], matter["kind"], claim["kind"]] == [
        "document",
        "occurrence",
        "claim",
    ]
    (source,) = claim["sources"]
    assert source["address"] == "https://a.example/1"
    text = report.read_text("utf-8")
    passage = source["passage"]
    assert text[passage["start"] : passage["end"]] == passage["quote"]
    assert passage["document"] == document["payload"]["sha256"]

    why = run("why", case, "lock_open", "--as-of", "2026-02-20")
    assert "set aside (grade F6, not graded" in why.out
    graded = run("grade", case, done["claim"][:12], "B2")
    assert graded.status == 0
    assert "now counts surely" in graded.out
    after = run("why", case, "lock_open", "--as-of", "2026-02-20")
    assert "claim " + done["claim"][:12] + " says so (grade B2" in after.out
    assert (
        "NO  the lock is open"
        in run("status", case, "lock_open", "--as-of", "2026-02-20").out
    )


def test_accepting_with_a_grade_says_what_it_comes_to(
    run: Run, case: Path, report: Path
) -> None:
    run("review", case, "add", report)
    found = run("review", case, "accept", "1", "--graded", "B2", "--statement", "So.")
    assert found.status == 0
    assert "graded B2" in found.out
    assert "no effect until graded" not in found.out


def test_a_claim_may_be_about_a_matter_recorded_already(
    run: Run, case: Path, report: Path
) -> None:
    matter = next(e for e in entries(case) if e["kind"] == "count")
    run("review", case, "add", report)
    done = run("review", case, "accept", "1", "--about", matter["id"], "--json").json
    assert done["matter"] == matter["id"]
    refused = run("review", case, "accept", "2", "--about", entries(case)[0]["id"])
    assert refused.status == 1
    assert "a coverage is nothing that can be claimed" in refused.err


def test_a_decided_suggestion_is_not_decided_twice(
    run: Run, case: Path, report: Path
) -> None:
    run("review", case, "add", report)
    assert run("review", case, "reject", "1", "--reason", "no news").status == 0
    again = run("review", case, "reject", "1", "--reason", "no news")
    assert again.status == 1
    assert "is rejected already" in again.err
    states = run("review", case, "list", "--all", "--json").json
    assert states[0]["state"] == "rejected"
    assert run("review", case, "list", "--json").json[0]["number"] == 2


def test_adding_twice_changes_nothing(run: Run, case: Path, report: Path) -> None:
    run("review", case, "add", report)
    before = (case / "queue.jsonl").read_bytes()
    found = run("review", case, "add", report)
    assert "0 suggestions queued" in found.out
    assert (case / "queue.jsonl").read_bytes() == before


def test_an_edit_is_what_is_accepted(run: Run, case: Path, report: Path) -> None:
    run("review", case, "add", report)
    edited = run(
        "review", case, "edit", "1", "--statement", "Two states sign.", "--actors", "FR"
    )
    assert "Two states sign." in edited.out
    assert "edited        actors, statement" in edited.out
    run("review", case, "accept", "1")
    claim = entries(case)[-1]["payload"]
    assert claim["statement"] == "Two states sign."
    assert claim["actors"] == ["FR"]


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (("reject", "1"), 2, "a rejection needs a reason"),
        (("accept", "99"), 1, "there is no suggestion 99"),
        (("accept", "one"), 2, "is no number of a suggestion"),
        (("accept",), 2, "accept needs a number"),
        (("acept", "1"), 2, 'did you mean "accept"?'),
        (("edit", "1"), 2, "nothing is set"),
        (("edit", "1", "--happened", "2026-02-30"), 1, "impossible date"),
        (("accept", "1", "--event", "opns"), 2, "this event cannot be read"),
        (("accept", "1", "--graded", "Z9"), 1, "is no grade"),
        (("accept", "1", "--measure", "ships"), 2, "there is no measure"),
        (("accept", "1", "--known-from", "2030-01-01"), 1, "after the recording"),
        (("add",), 2, "no report is named"),
    ],
)
def test_a_wrong_word_in_review_records_nothing(
    run: Run,
    case: Path,
    report: Path,
    words: tuple[str, ...],
    status: int,
    message: str,
) -> None:
    run("review", case, "add", report)
    before = entries(case)
    found = run("review", case, *words)
    assert found.status == status
    assert message in found.err
    assert entries(case) == before


def test_decisions_can_be_read_by_programs(run: Run, case: Path, report: Path) -> None:
    queued = run("review", case, "add", report, "--json").json
    assert queued[0]["new"] > 3
    assert run("review", case, "show", "1", "--json").json["state"] == "waiting"
    edited = run("review", case, "edit", "1", "--place", "Bern", "--json").json
    assert edited["edits"] == {"place": "Bern"}
    assert "passage" in run("review", case, "show", "1").out
    note = run("review", case, "reject", "1", "--reason", "no", "--json").json["note"]
    assert note == entries(case)[-1]["id"]
    graded = run("grade", case, "r-2", "B2", "--reason", "press", "--json").json
    assert graded["effect"][0]["weight"] == "sure"
    assert entries(case)[-1]["payload"]["rule"] == "press"


def test_a_report_may_be_named_alone_and_its_claims_graded_by_number(
    run: Run, case: Path, report: Path
) -> None:
    assert "suggestions queued" in run("review", case, report).out
    early = run("review", case, "grade", "1", "B2")
    assert early.status == 1
    assert "accept it first" in early.err
    run("review", case, "accept", "1")
    done = run("review", case, "grade", "1", "B2")
    assert "now counts surely" in done.out
    assert run("review", case, "grade", "1").status == 2
    assert run("review", case, "grade", "1", "C3", "--json").json["number"] == 1


def test_review_by_key_records_each_decision_at_once(
    run: Run, case: Path, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("review", case, "add", report)
    keys = iter(
        ["x", "e", "statement=Said so.", "a", "g", "C3", "r", "", "r", "old", "q"]
    )
    monkeypatch.setattr("builtins.input", lambda _prompt: next(keys))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    found = run("review", case)
    assert found.status == 0
    assert "accepted 1 as claim" in found.out
    assert "a rejection needs a reason" in found.err
    states = [
        item["state"] for item in run("review", case, "list", "--all", "--json").json
    ]
    assert states[:3] == ["accepted", "accepted", "rejected"]
    assert "the same command goes on from here" in found.out


def test_grade_of_the_time_of_the_claim_counts_back_then(run: Run, case: Path) -> None:
    then = ("--as-of", "2026-02-20", "--known-at", "2026-02-20")
    assert run("grade", case, "r-2", "B2", "--known-from", "claim").status == 0
    assert "NO  the lock is open" in run("status", case, *then, "lock_open").out


def test_a_grade_of_today_does_not_reach_back(run: Run, case: Path) -> None:
    then = ("--as-of", "2026-02-20", "--known-at", "2026-02-20")
    assert run("grade", case, "r-2", "B2").status == 0
    assert "YES  the lock is open" in run("status", case, *then, "lock_open").out
    now = run("status", case, "--as-of", "2026-02-20", "lock_open")
    assert "NO  the lock is open" in now.out


def test_only_claims_are_graded(run: Run, case: Path) -> None:
    count = next(e for e in entries(case) if e["kind"] == "count")
    found = run("grade", case, str(count["id"])[:12], "B2")
    assert found.status == 1
    assert "this is a count, not a claim" in found.err
    assert "grade a claim about it" in found.err
    assert run("grade", case, "r-2", "B9").status == 1
    assert run("grade", case, "r-9", "B2").status == 1


def test_log_lists_through_the_lens(run: Run, case: Path) -> None:
    assert "11 of 11" not in run("log", case, "--known-at", "2026-01-05").out
    found = run("log", case, "--kind", "count", "--last", "1")
    assert "More than twenty boats" in found.out
    assert "Twelve boats" not in found.out
    about = run("log", case, "--about", entries(case)[1]["id"], "--json").json
    assert [each["entry"]["kind"] for each in about["entries"]] == ["claim"]
    wrong = run("log", case, "--kind", "clam")
    assert wrong.status == 2
    assert 'did you mean "claim"?' in wrong.err


def test_log_shows_one_entry_whole(run: Run, case: Path) -> None:
    found = run("log", case, "r-1")
    assert "recorded at" in found.out
    assert "https://gazette.example/page" in found.out
    assert "about: 2" in found.out
    assert "about it: 4" in found.out
    form = run("log", case, "r-1", "--json").json
    assert form["entry"]["payload"]["row"] == "r-1"
    assert run("log", case, "zzz").status == 1


def test_export_is_byte_for_byte_and_stable(
    run: Run, case: Path, tmp_path: Path
) -> None:
    journal = (case / "journal.jsonl").read_text("utf-8")
    assert run("export", case).out == journal
    out = tmp_path / "out.jsonl"
    assert run("export", case, out).status == 0
    assert out.read_text("utf-8") == journal
    refused = run("export", case, out)
    assert refused.status == 1
    assert "exists already" in refused.err
    assert run("export", case, out, "--force", "--json").json["entries"] == 11
    assert run("export", case, tmp_path).status == 1
    assert run("export", case, tmp_path / "no" / "out.jsonl").status == 3
    assert run("export", case, "--json").status == 2


def test_import_is_done_once_however_often(
    run: Run, case: Path, tmp_path: Path
) -> None:
    other = write_case(tmp_path / "other", journal="journal.db")
    empty = tmp_path / "empty"
    (empty / "agreements").mkdir(parents=True)
    (empty / "case.toml").write_text((case / "case.toml").read_text("utf-8"), "utf-8")
    dry = run("import", empty, other / "journal.db", "--dry-run", "--json").json
    assert (dry["new"], dry["batch"]) == (11, None)
    assert not (empty / "journal.db").exists()
    done = run("import", empty, other / "journal.db", "--json").json
    assert done["new"] == 11
    again = run("import", empty, other / "journal.db", "--json").json
    assert (again["new"], again["present"]) == (0, 11)
    lines = run("export", empty).out.splitlines()
    assert lines[:11] == run("export", other).out.splitlines()
    assert json.loads(lines[11])["kind"] == "batch"
    text = run("import", case, other / "journal.db")
    assert "0 new recorded, 11 present already" in text.out


def test_a_damaged_import_leaves_nothing_behind(
    run: Run, case: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    (empty / "agreements").mkdir(parents=True)
    (empty / "case.toml").write_text((case / "case.toml").read_text("utf-8"), "utf-8")
    lines = (case / "journal.jsonl").read_text("utf-8").splitlines(keepends=True)
    loose = tmp_path / "loose.jsonl"
    loose.write_text("".join(lines[2:]), encoding="utf-8")  # a claim without its matter
    found = run("import", empty, loose)
    assert found.status == 1
    assert "neither here nor among what is imported" in found.err
    assert sorted(path.name for path in empty.iterdir()) == ["agreements", "case.toml"]


def test_check_counts_what_is_sound(run: Run, case: Path) -> None:
    found = run("check", case)
    assert found.status == 0
    assert found.out.startswith("no errors in 1 agreement file, 11 entries")
    page = case / "agreements" / "pact.md"
    assert run("check", page).status == 0


def test_check_shows_place_and_mend(run: Run, case: Path) -> None:
    page = case / "agreements" / "pact.md"
    page.write_text(
        page.read_text("utf-8").replace("obligor      FR", "obligor      FRR"), "utf-8"
    )
    found = run("check", case)
    assert found.status == 1
    assert "agreements/pact.md:" in found.err
    assert "error N003" in found.err
    assert "mend:" in found.err
    assert found.out.startswith("1 error in 1 agreement file")
    form = run("check", page, "--json")
    assert form.status == 1
    assert form.json["findings"][0]["code"] == "N003"
    refused = run("status", case)
    assert refused.status == 1
    assert "error N003" in refused.err


def test_check_names_what_the_journal_uses_undeclared(run: Run, case: Path) -> None:
    page = case / "agreements" / "pact.md"
    text = page.read_text("utf-8")
    text = text.replace("event shuts", "event closes").replace(
        "by  shuts", "by  closes"
    )
    page.write_text(text, "utf-8")
    found = run("check", case)
    assert found.status == 0
    assert "warning D001" in found.err
    assert 'event "shuts" is not declared' in found.err
    assert "1 warning" in found.out
    assert "D001" in run("status", case).out


def test_check_of_a_loose_file_and_of_too_much(
    run: Run, case: Path, tmp_path: Path
) -> None:
    loose = tmp_path / "loose.md"
    loose.write_text("# Notes\n\n```vigens\nvigens 1\npartie FR\n```\n", "utf-8")
    found = run("check", loose)
    assert found.status == 1
    assert "error P001" in found.err
    assert run("check", loose, case).status == 2
    assert run("check", tmp_path / "none.md").status == 1


def test_fsck_finds_a_changed_entry(run: Run, case: Path) -> None:
    assert run("fsck", case).out.endswith("journal.jsonl: sound\n")
    journal = case / "journal.jsonl"
    text = journal.read_text("utf-8").replace("Twelve boats", "Twelve ships", 1)
    journal.write_text(text, "utf-8")
    found = run("fsck", case, "--json")
    assert found.status == 1
    assert found.json["findings"][0]["code"] == "J002"
    refused = run("status", case)
    assert refused.status == 1
    assert "does not fit its hash" in refused.err
