"""`vigens brief` writes one brief in three forms, with its lens and its caveats."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run

LENS = ("--as-of", "2026-02-01", "--known-at", "2026-02-01", "--since", "2026-01-05")


def test_markdown_goes_to_the_terminal(run: Run, case: Path) -> None:
    done = run("brief", case, *LENS)
    assert done.out.startswith("# Hand-over brief: ")
    assert "Lens: as of 1 February 2026" in done.out
    assert "Compared with: as of 5 January 2026" in done.out
    assert "Unclassified and exercise use." in done.out


@pytest.mark.parametrize(
    ("ending", "start"), [("md", b"# Hand-over"), ("html", b"<!doctype html>")]
)
def test_a_file_has_the_form_of_its_ending(
    run: Run, case: Path, tmp_path: Path, ending: str, start: bytes
) -> None:
    place = tmp_path / f"handover.{ending}"
    done = run("brief", case, *LENS, "--output", place)
    assert done.out.strip() == str(place)
    assert place.read_bytes().lstrip().startswith(start)


def test_paper_embeds_its_letters(run: Run, case: Path, tmp_path: Path) -> None:
    pytest.importorskip("reportlab")
    place = tmp_path / "handover.pdf"
    run("brief", case, *LENS, "--output", place)
    body = place.read_bytes()
    assert body.startswith(b"%PDF")
    assert b"/FontFile2" in body


def test_paper_needs_a_file(run: Run, case: Path) -> None:
    done = run("brief", case, "--format", "pdf")
    assert done.status == 2
    assert "name a file" in done.err


def test_json_holds_the_blocks(run: Run, case: Path) -> None:
    found = json.loads(run("brief", case, *LENS, "--json").out)
    assert found["schema"] == "vigens.brief/1"
    assert {block["kind"] for block in found["blocks"]} >= {"strong", "heading"}


def test_a_shift_that_cannot_be_looked_back_on_is_named(run: Run, case: Path) -> None:
    done = run("brief", case, "--since", "0h")
    assert done.status == 2
    assert "cannot be looked back on" in done.err
