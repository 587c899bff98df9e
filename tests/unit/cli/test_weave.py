"""`vigens weave`: one document, or a folder of pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run


def test_a_case_is_one_document_on_stdout(run: Run, case: Path) -> None:
    found = run("weave", case)
    assert found.status == 0
    assert found.out.startswith("<!doctype html>")
    assert "The river pact" in found.out
    assert "<b>fluent</b> lock_open" in found.out


def test_a_folder_gets_an_index_and_every_page(
    run: Run, case: Path, tmp_path: Path
) -> None:
    found = run("weave", case, "-o", tmp_path / "out", "--json")
    files = [Path(name) for name in found.json["files"]]
    assert all(path.is_file() for path in files)
    names = {path.relative_to(tmp_path / "out").as_posix() for path in files}
    assert "index.html" in names
    assert "law/consent.html" in names
    (page,) = (case / "agreements").glob("*.md")
    assert f"agreements/{page.stem}.html" in names
    index = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert f'href="agreements/{page.stem}.html"' in index


def test_a_file_of_a_case_is_woven_with_its_neighbours(
    run: Run, case: Path, tmp_path: Path
) -> None:
    (case / "agreements" / "more.md").write_text(
        "# More\n\n```vigens\nvigens 1\nfluent wet\n  holds while lock_open\n```\n",
        "utf-8",
    )
    target = tmp_path / "more.html"
    found = run("weave", case / "agreements" / "more.md", "-o", target)
    assert (found.status, found.err) == (0, "")
    text = target.read_text("utf-8")
    assert "Declared elsewhere" in text
    assert "the lock is open" in text


def test_errors_are_woven_in_and_end_with_status_1(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "a.md"
    page.write_text("```vigens\nvigens 1\npartie FR\n```\n", "utf-8")
    found = run("weave", page)
    assert found.status == 1
    assert "error P001" in found.err
    assert "error P001" in found.out


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (("nowhere.md",), 1, "no such file"),
        (("{case}", "{case}"), 1, "woven by itself"),
        (("{case}", "--json"), 2, "-o"),
        (("{case}", "-o", "{case}/case.toml"), 1, "a folder is to be written"),
        (("{case}", "-o", "/proc/none/x.html"), 3, "cannot be written"),
        (("{case}", "-o", "{case}/case.toml/x"), 3, "cannot be written"),
    ],
)
def test_what_cannot_be_woven_is_refused(
    run: Run, case: Path, words: tuple[str, ...], status: int, message: str
) -> None:
    found = run("weave", *(word.format(case=case) for word in words))
    assert found.status == status
    assert message in found.err
    assert found.out == ""
