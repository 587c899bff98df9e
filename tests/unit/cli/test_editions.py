"""Rules in time: known_at selects the edition of a page, and its digest is printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run
from tests.unit.cli.tiny import PAGE

SECOND = PAGE.replace("the river is open while its lock is", "by the second edition")
SECOND = SECOND.replace(
    "  holds while  lock_open\n", "  holds while  lock_open and not closed\n"
)
SECOND = SECOND.replace(
    'variant start "When',
    """fluent closed "the river is closed by decision"
  initiated by   shut_down
event shut_down "the river is shut down"
step ferry "A ferry is set up"
  due  2026-04-01

variant start "When""",
)
BEFORE = ("--as-of", "2026-02-20", "--known-at", "2026-02-03")
AFTER = ("--as-of", "2026-02-20", "--known-at", "2026-02-04")


@pytest.fixture
def edited(case: Path) -> Path:
    """Give the tiny case with a second edition of its page."""
    (case / "agreements" / "pact@2026-02-04.md").write_text(SECOND, "utf-8")
    return case


def digest(text: str) -> str:
    return text.split("rules ")[1].split(" ", maxsplit=1)[0]


def test_each_lens_reads_its_edition_and_prints_its_digest(
    run: Run, case: Path, edited: Path, tmp_path: Path
) -> None:
    before, after = (
        run("status", edited, "open_river", *w).out for w in (BEFORE, AFTER)
    )
    assert "the river is open while its lock is" in before
    assert "by the second edition" in after
    assert digest(before) != digest(after)
    (edited / "agreements" / "pact@2026-02-04.md").unlink()
    alone = run("status", edited, "open_river", *BEFORE).out
    assert digest(alone) == digest(before)


def test_what_a_later_edition_declares_was_not_known_before(
    run: Run, edited: Path
) -> None:
    assert run("status", edited, "closed", *AFTER).status == 0
    found = run("status", edited, "ferry", *BEFORE)
    assert found.status == 2
    assert "was not known by 2026-02-03" in found.err
    supposed = ("--suppose", "shut_down on 2026-02-10")
    assert run("status", edited, "open_river", *AFTER, *supposed).status == 0
    early = run("status", edited, "open_river", *BEFORE, *supposed)
    assert early.status == 2
    assert 'unknown event "shut_down"' in early.err


def test_check_reads_every_edition_and_says_in_which_a_finding_stands(
    run: Run, edited: Path
) -> None:
    assert run("check", edited).status == 0
    more = edited / "agreements" / "more.md"
    text = "# More\n\n```vigens\nvigens 1\nfluent x\n  holds while {}\n```\n"
    more.write_text(text.format("closed"), "utf-8")
    found = run("check", edited)
    assert found.status == 1
    assert 'unknown fluent "closed" (as known until 2026-02-04)' in found.err
    assert found.err.count("N002") == 1
    by_file = run("check", more)
    assert "(as known until 2026-02-04)" in by_file.err
    assert run("status", edited, "open_river", *AFTER).status == 0
    refused = run("status", edited, "open_river", *BEFORE)
    assert "so no answer is given" in refused.err
    more.write_text(text.format("nothing"), "utf-8")
    everywhere = run("check", edited)
    assert "as known" not in everywhere.err
    assert everywhere.err.count("N002") == 1


def test_the_comparison_of_two_editions_names_what_is_new(
    run: Run, edited: Path
) -> None:
    days = ("--as-of", "2026-02-20", "--known-at", "2026-02-03..2026-02-04")
    found = run("compare", edited, *days, "--json").json
    assert found["differ_in"] == ["rules", "the day of knowledge"]
    states = {each["state"]: each for each in found["states"]}
    assert states["closed"]["before"]["answer"] == "not declared"
    assert states["closed"]["after"]["answer"] in ("NO", "NOT KNOWN")
    (step,) = [s for s in found["steps"] if s["after"]["name"] == "ferry"]
    assert step["before"] is None
    assert "not declared →" in run("compare", edited, *days).out


def test_weave_shows_the_edition_that_was_known(
    run: Run, edited: Path, tmp_path: Path
) -> None:
    assert "by the second edition" in run("weave", edited).out
    early = run("weave", edited, "--known-at", "2026-02-03").out
    assert "by the second edition" not in early
    assert "agreements/pact.md" in early
    first = run("weave", edited / "agreements" / "pact.md").out
    assert "the river is open while its lock is" in first


def test_a_headline_of_a_later_edition_is_left_out_before(
    run: Run, edited: Path
) -> None:
    settings = edited / "case.toml"
    text = settings.read_text("utf-8").replace('"open_river"', '"closed"')
    settings.write_text(text, "utf-8")
    assert run("status", edited, *AFTER, "--json").json["headline"] is not None
    assert run("status", edited, *BEFORE, "--json").json["headline"] is None
    settings.write_text(text.replace('"closed"', '"clozed"'), "utf-8")
    assert run("status", edited, *BEFORE).status == 2


def test_a_floor_for_an_event_of_another_edition_is_no_fault(
    run: Run, edited: Path
) -> None:
    settings = edited / "case.toml"
    floor = '\n[policies.standard.events."shut_down"]\norigins = 2\n'
    settings.write_text(settings.read_text("utf-8") + floor, "utf-8")
    for words in (BEFORE, AFTER):
        assert run("status", edited, "open_river", *words).status == 0
