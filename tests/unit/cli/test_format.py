"""`vigens format` lays out what is sound, writes it whole, and leaves the rest alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Ran

Run = Callable[..., Ran]

CROOKED = '# T\n\n```vigens\nvigens 1\nparty   XX   "X"   -- who\n```\n\nprose   here\n'
STRAIGHT = CROOKED.replace('party   XX   "X"   --', 'party XX "X"  --')
BROKEN = "```vigens\nvigens 1\npartie   XX\n```\n"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "agreements"
    folder.mkdir()
    (folder / "a.md").write_text(CROOKED, encoding="utf-8")
    (folder / "b.md").write_text(STRAIGHT, encoding="utf-8")
    return folder


def test_a_case_is_laid_out_in_place_and_then_stays(run: Run, pages: Path) -> None:
    ran = run("format", pages.parent)
    assert (ran.status, ran.err) == (0, "")
    assert f"laid out: {pages / 'a.md'}" in ran.out
    assert "1 of 2 agreement files changed" in ran.out
    assert {path.read_text("utf-8") for path in pages.iterdir()} == {STRAIGHT}
    assert "none of 2 agreement files changed" in run("format", pages.parent).out


def test_check_writes_nothing_and_says_which_would_change(
    run: Run, pages: Path
) -> None:
    ran = run("format", "--check", pages.parent)
    assert ran.status == 1
    assert f"would change: {pages / 'a.md'}" in ran.out
    assert (pages / "a.md").read_text("utf-8") == CROOKED
    assert run("format", "--check", pages / "b.md").status == 0


def test_diff_shows_the_lines_and_writes_nothing(run: Run, pages: Path) -> None:
    ran = run("format", "--diff", pages / "a.md")
    assert ran.status == 0
    assert '-party   XX   "X"   -- who\n+party XX "X"  -- who\n' in ran.out
    assert "1 of 1 agreement file would change" in ran.out
    assert (pages / "a.md").read_text("utf-8") == CROOKED


def test_a_broken_file_is_left_alone_and_the_others_are_not(
    run: Run, pages: Path
) -> None:
    (pages / "c.md").write_text(BROKEN, encoding="utf-8")
    ran = run("format", pages.parent)
    assert ran.status == 1
    assert "P001" in ran.err
    assert f"left alone: {pages / 'c.md'}" in ran.out
    assert (pages / "c.md").read_text("utf-8") == BROKEN
    assert (pages / "a.md").read_text("utf-8") == STRAIGHT


def test_json_names_the_same(run: Run, pages: Path) -> None:
    (pages / "c.md").write_text(BROKEN, encoding="utf-8")
    found = run("format", "--check", "--json", pages.parent).json
    assert found["pages"] == 3
    assert found["changed"] == [str(pages / "a.md")]
    assert found["left_alone"] == [str(pages / "c.md")]
    assert [each["code"] for each in found["findings"]] == ["P001"]


def test_a_link_stays_a_link(run: Run, pages: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.md"
    link.symlink_to(pages / "a.md")
    assert run("format", link).status == 0
    assert link.is_symlink()
    assert (pages / "a.md").read_text("utf-8") == STRAIGHT


def test_what_is_no_case_or_file_is_told(run: Run, tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "none.md"):
        ran = run("format", place)
        assert ran.status == 1
        assert "mend" in ran.err or "vigens:" in ran.err
