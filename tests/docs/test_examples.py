"""Examples in docstrings and in the documentation run and print what they say."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"


def module_names() -> list[str]:
    """Give the modules whose text holds an example."""
    names = []
    for path in sorted((SOURCE / "vigens").rglob("*.py")):
        if ">>> " in path.read_text("utf-8"):
            parts = path.relative_to(SOURCE).with_suffix("").parts
            names.append(".".join(part for part in parts if part != "__init__"))
    return names


def page_names() -> list[str]:
    """Give the pages of the documentation that hold an example in Python."""
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return [
        page.relative_to(ROOT).as_posix()
        for page in pages
        if ">>> " in page.read_text("utf-8")
    ]


@pytest.mark.parametrize("name", module_names())
def test_docstring_examples(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0


def test_page_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for name in page_names():
        result = doctest.testfile(str(ROOT / name), module_relative=False)
        assert result.failed == 0, name
