"""Every agreement file that is shown is laid out as `vigens format` does it."""

from __future__ import annotations

from pathlib import Path

import pytest

from vigens.lang import Page, format_page

ROOT = Path(__file__).resolve().parents[2]
PLACES = (
    *("examples/*/agreements", "src/vigens/law", "benchmarks/engines"),
    *("tests/replays/domains", "tests/replays/rtec"),
)
PAGES = sorted(path for place in PLACES for path in ROOT.glob(f"{place}/*.md"))


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_page_is_laid_out(path: Path) -> None:
    text = path.read_text("utf-8")
    assert format_page(Page(path.name, text)).text == text
