from __future__ import annotations

import json
from pathlib import Path

import pytest

from vigens.lang import Page, compile_pages, dump_compiled, load_compiled
from vigens.law import law_pages

LAW = [Page(name, text) for name, text in law_pages()]
PARIS = Path(__file__).resolve().parents[3] / "examples" / "paris" / "agreements"


def pages(folder: Path) -> list[Page]:
    return [
        Page(f"agreements/{path.name}", path.read_text("utf-8"))
        for path in sorted(folder.glob("*.md"))
    ]


def test_a_real_case_comes_back_equal() -> None:
    compiled = compile_pages([*LAW, *pages(PARIS)])
    text = dump_compiled(compiled)
    assert text is not None
    again = load_compiled(text)
    assert again == compiled
    assert repr(again) == repr(compiled)  # also the order of what is declared


def test_findings_come_back_with_their_places() -> None:
    wrong = Page("a.md", "```vigens\nvigens 1\npartie FR\nfluent f(x)\n```")
    compiled = compile_pages([wrong])
    assert compiled.findings
    text = dump_compiled(compiled)
    assert text is not None
    again = load_compiled(text)
    assert again == compiled
    assert again.findings[0].severity is compiled.findings[0].severity


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "[[], []]",
        '[["Atom"], [[0]]]',
        '[["Atom"], [[0, "f", [3]]]]',
        '[["()"], [[0, "f"]]]',
        '[["os"], [[0, "f"]]]',
        '[["Compiled"], [[7]]]',
        '[["Constant"], [[0, "f"]]]',
        "[" * 100_000,
    ],
)
def test_what_was_not_written_by_it_is_not_read(text: str) -> None:
    assert load_compiled(text) is None


def test_equal_parts_are_written_once() -> None:
    compiled = compile_pages(LAW)
    text = dump_compiled(compiled)
    assert text is not None
    _, values = json.loads(text)
    assert len({json.dumps(value) for value in values}) == len(values)
