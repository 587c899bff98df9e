"""A new case works from the first minute, and recording says what a source says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run
from tests.unit.cli.test_recording import entries


@pytest.mark.parametrize("options", [(), ("--database",)])
def test_a_new_case_is_sound_and_answers(
    run: Run, tmp_path: Path, options: tuple[str, ...]
) -> None:
    place = tmp_path / "mine"
    title = 'The "pact" \\ of two'
    done = run("new", place, "--zone", "Europe/Paris", "--title", title, *options)
    assert done.status == 0, done.err
    checked = run("check", place)
    assert checked.status == 0, checked.err
    assert checked.err == ""
    assert run("fsck", place).status == 0
    before = run("status", place)
    assert title in before.out
    said = ("--event", "pact.made", "--on", "2026-03-10", "--graded", "B2")
    recorded = run("record", place, *said, "--source", "https://example.org/1")
    assert recorded.status == 0, recorded.err
    assert "pact_kept" in recorded.out
    after = run("status", place, "pact_kept", "--json")
    assert after.json["results"][0]["answers"][0]["answer"] == "YES"


def test_a_folder_with_something_in_it_is_left_alone(
    run: Run, tmp_path: Path, case: Path
) -> None:
    before = {p: p.read_bytes() for p in case.rglob("*") if p.is_file()}
    assert run("new", case).status == 1
    assert before == {p: p.read_bytes() for p in case.rglob("*") if p.is_file()}
    file = tmp_path / "file"
    file.write_text("mine", "utf-8")
    assert run("new", file).status == 1
    assert run("new", tmp_path / "x", "--zone", "Mars/Base").status in (1, 2)
    assert run("new", tmp_path / "x", "--title", " ").status == 2
    assert not (tmp_path / "x").exists()
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run("new", empty, "--json").json["files"] == [
        ".gitignore",
        "README.md",
        "agreements/first.md",
        "case.toml",
        "journal.jsonl",
    ]


def test_what_a_source_says_is_recorded_with_its_clocks(run: Run, case: Path) -> None:
    words = ("record", case, "--event", "flood(f-1)", "--on", "2026-02-03")
    source = ("--source", "https://a.example/", "--source-type", "press")
    done = run(*words, *source, "--published", "2026-02-04", "--voice", "FR")
    assert done.status == 0, done.err
    matter, claim = entries(case)[-2:]
    assert matter["payload"]["args"] == ["f-1"]
    assert claim["known_from"] == "2026-02-04"
    assert claim["about"] == [matter["id"]]
    assert claim["sources"][0]["type"] == "press"
    denied = run("record", case, "--about", matter["id"], "--denies", "--graded", "B2")
    assert denied.status == 0, denied.err
    claim = entries(case)[-2]
    assert claim["payload"]["denies"] == [matter["id"]]
    assert claim["payload"]["polarity"] == "neg"


def test_a_state_that_did_not_hold_is_an_observation(run: Run, case: Path) -> None:
    words = ("record", case, "--state", "lock_open", "--not", "--on", "2026-02-20")
    done = run(*words, "--graded", "B2")
    assert done.status == 0, done.err
    assert "YES → NO" in done.out
    seen = entries(case)[-3]
    assert (seen["kind"], seen["payload"]["holds"]) == ("observation", False)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ((), 2),
        (("--event", "flood"), 2),
        (("--event", "flod(f-1)"), 2),
        (("--state", "nothing"), 2),
        (("--event", "opens", "--not"), 2),
        (("--event", "opens", "--state", "lock_open"), 2),
        (("--event", "opens", "--on", "soon"), 1),
        (("--event", "opens", "--graded", "Z9"), 1),
        (("--about", "feedfeed"), 1),
    ],
)
def test_what_cannot_be_recorded_is_refused(
    run: Run, case: Path, words: tuple[str, ...], status: int
) -> None:
    before = entries(case)
    found = run("record", case, *words)
    assert found.status == status, found.err
    assert "mend:" in found.err
    assert entries(case) == before
