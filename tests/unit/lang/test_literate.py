from __future__ import annotations

import pytest

from vigens.lang.literate import find_blocks, split_lines

RULES = "vigens 1\nparty FR"


def found(text: str) -> tuple[list[tuple[int, tuple[str, ...]]], list[str]]:
    blocks, findings = find_blocks("a.md", text)
    return [(b.first_line, b.lines) for b in blocks], [f.code for f in findings]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("```vigens", "```"),
        ("``` vigens", "```"),
        ("```vigens with more words", "```"),
        ("````vigens", "````"),
        ("```vigens", "``````"),
        ("~~~vigens", "~~~"),
        ("~~~~ vigens", "~~~~~"),
        ("```vigens   ", "```   "),
        ("```\tvigens", "```\t"),
        ("   ```vigens", "```"),
        ("```vigens", "   ```"),
    ],
)
def test_a_block_is_found_with_its_lines(opening: str, closing: str) -> None:
    blocks, codes = found(f"# T\n\n{opening}\n{RULES}\n{closing}\nprose")
    assert blocks == [(4, ("vigens 1", "party FR"))]
    assert codes == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "prose",
        "```python\nvigens 1\n```",
        "```vigensish\nvigens 1\n```",
        "```\n```vigens\nvigens 1\n```",
        "````\n```vigens\nvigens 1\n```\n````",
        "~~~\n```vigens\nvigens 1\n```\n~~~",
        "``vigens\nvigens 1\n``",
        "`` `vigens\n",
        "```vigens `x`\nvigens 1\n",
        "text ```vigens\n",
    ],
)
def test_what_is_no_rule_block_is_prose(text: str) -> None:
    assert found(text) == ([], [])


@pytest.mark.parametrize("inner", ["~~~", "``", "```vigens", "```x", "text ```"])
def test_only_a_fence_of_the_same_marks_closes(inner: str) -> None:
    blocks, codes = found(f"```vigens\n{inner}\nparty FR\n```\n")
    assert blocks == [(2, (inner, "party FR"))]
    assert codes == []


def test_a_shorter_fence_does_not_close() -> None:
    assert found("````vigens\nparty FR\n```\n") == ([], ["L002"])


def test_a_block_that_never_closes_is_told_and_not_read() -> None:
    assert found(f"# T\n```vigens\n{RULES}\n") == ([], ["L002"])


def test_other_code_that_never_closes_is_no_finding() -> None:
    assert found("```python\nx = 1\n") == ([], [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- ", "  "),
        ("* ", "  "),
        ("1. ", "   "),
        ("12) ", "    "),
        ("> ", "> "),
        ("  - - ", "    "),
        ("    ", "    "),
        ("\t", "\t"),
        (" > - ", " >   "),
    ],
)
def test_a_block_in_a_list_or_quotation_is_told_and_swallows_nothing(
    before: str, after: str
) -> None:
    inside = f"{before}```vigens\n{after}vigens 1\n{after}```\n"
    blocks, codes = found(f"{inside}\n```vigens\n{RULES}\n```\n")
    assert codes == ["L006"]
    assert [lines for _, lines in blocks] == [("vigens 1", "party FR")]


def test_blocks_know_their_heading() -> None:
    text = f"```vigens\n```\n## One ##x\n```vigens\n{RULES}\n```\n```sh\n# no heading\n```\n"
    blocks, _ = find_blocks("a.md", f"{text}```vigens\n```\n")
    assert [block.heading for block in blocks] == ["", "One ##x", "One ##x"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("a", ["a"]),
        ("a\n", ["a"]),
        ("a\r\nb\rc\n\n", ["a", "b", "c", ""]),
        ("a\x0b\x0c\x1c\x85\u2028\u2029b\n", ["a\x0b\x0c\x1c\x85\u2028\u2029b"]),
    ],
)
def test_lines_are_counted_as_editors_count_them(text: str, lines: list[str]) -> None:
    assert split_lines(text) == lines


@pytest.mark.parametrize("sign", [" ", "`", "~", ">", "- ", "\t", "1. ", "#", "x"])
@pytest.mark.parametrize("end", ["", "`", "vigens", "```vigens `"])
def test_a_very_long_line_is_read_at_once(sign: str, end: str) -> None:
    blocks, _ = find_blocks("a.md", f"```{sign * 60_000}{end}\n{sign * 60_000}{end}\n")
    assert blocks == ()
