"""A passage that the reader did not find: quoted by hand, then accepted like others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run
from tests.unit.cli.test_recording import entries

LATE = "The keeper shut the\u00a0lock at noon on 20 February 2026."


@pytest.fixture
def news(tmp_path: Path) -> Path:
    path = tmp_path / "news.txt"
    path.write_text(f"21 February 2026\n\n{LATE}\nOne more. One more.\n", "utf-8")
    return path


def test_a_quoted_passage_becomes_an_event_with_its_source(
    run: Run, case: Path, news: Path
) -> None:
    words = "The keeper shut the lock at noon"
    add = ("review", case, "add", news, "--passage", words, "--address", "https://n.x/")
    item = run(*add, "--json").json
    assert item["suggestion"]["rule"] == "quoted-by-hand"
    found = run(
        *("review", case, "accept", item["number"], "--event", "shuts"),
        *("--happened", "2026-02-20", "--graded", "B2"),
    )
    assert "now counts surely" in found.out
    claim = next(e for e in reversed(entries(case)) if e["kind"] == "claim")
    (source,) = claim["sources"]
    passage = source["passage"]
    text = news.read_text("utf-8")
    assert text[passage["start"] : passage["end"]] == passage["quote"]
    assert "the\u00a0lock" in passage["quote"]
    assert (
        "NO  the lock" in run("status", case, "lock_open", "--as-of", "2026-02-21").out
    )


def test_quoting_twice_queues_once(run: Run, case: Path, news: Path) -> None:
    add = ("review", case, "add", news, "--passage", "keeper shut the lock", "--json")
    assert run(*add).json == run(*add).json
    assert len((case / "queue.jsonl").read_text("utf-8").splitlines()) == 1


def test_nothing_but_the_passage_is_queued(run: Run, case: Path, report: Path) -> None:
    run("review", case, "add", report, "--passage", "agreement on the river")
    (item,) = run("review", case, "list", "--json").json
    assert item["suggestion"]["quote"] == "agreement on the river"


def test_a_quoted_number_becomes_a_count(run: Run, case: Path, news: Path) -> None:
    run("review", case, "add", news, "--passage", "keeper shut the lock")
    count = ("review", case, "accept", "1", "--measure", "locks")
    refused = run(*count)
    assert refused.status == 2
    assert "a count needs a number" in refused.err
    assert run(*count, "--number", "1", "--json").json["kind"] == "count"


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (("--passage", "The keeper opened"), 1, "do not stand in the report"),
        (("--passage", " "), 1, "do not stand in the report"),
        (("--passage", "One more."), 1, "stand 2 times in the report"),
        (("other.txt", "--passage", "One"), 2, "a passage stands in one report"),
    ],
)
def test_what_is_not_said_once_is_not_queued(
    run: Run, case: Path, news: Path, words: tuple[str, ...], status: int, message: str
) -> None:
    found = run("review", case, "add", news, *words)
    assert found.status == status
    assert message in found.err
    assert not (case / "queue.jsonl").exists()
    assert not (case / "documents").exists()


def test_an_act_taken_over_as_words_says_that_nothing_follows(
    run: Run, case: Path, report: Path
) -> None:
    run("review", case, "add", report)
    listed = run("review", case, "list", "--json").json
    number = next(
        item["number"] for item in listed if item["suggestion"]["kind"] == "instrument"
    )
    assert "no rule reads it" in run("review", case, "show", number).out
    assert "no rule reads a statement" in run("review", case, "accept", number).out


def test_an_event_without_a_date_is_said_to_have_none(
    run: Run, case: Path, news: Path
) -> None:
    run("review", case, "add", news, "--passage", "keeper shut the lock")
    accepted = run("review", case, "accept", "1", "--event", "shuts")
    assert "it has no date" in accepted.out
