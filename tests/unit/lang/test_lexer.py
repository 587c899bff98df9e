from __future__ import annotations

import pytest

from vigens.lang.lexer import read_lines
from vigens.lang.literate import Block


def tokens(text: str) -> tuple[list[tuple[str, str]], list[str]]:
    lines, findings = read_lines(Block("a.md", 1, (text,), ""))
    read = [(token.kind, token.text) for line in lines for token in line.tokens]
    return read, [finding.code for finding in findings]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("party FR", [("name", "party"), ("name", "FR")]),
        ("ceasefire.begins", [("name", "ceasefire.begins")]),
        ("body:MNF-U", [("name", "body:MNF-U")]),
        ("a_b1", [("name", "a_b1")]),
        ("a: party", [("name", "a"), ("mark", ":"), ("name", "party")]),
        ('"a -- b"', [("string", "a -- b")]),
        ('""', [("string", "")]),
        ("24 hours", [("number", "24"), ("name", "hours")]),
        ("2026", [("number", "2026")]),
        ("59200.5", [("number", "59200.5")]),
        ("2/3", [("number", "2"), ("mark", "/"), ("number", "3")]),
        ("55%", [("number", "55"), ("mark", "%")]),
        ("6th", [("ordinal", "6th")]),
        ("a>=b", [("name", "a"), ("mark", ">="), ("name", "b")]),
        ("a = b", [("name", "a"), ("mark", "="), ("name", "b")]),
        ("2026-01", [("date", "2026-01")]),
        ("2026-01-06~", [("date", "2026-01-06~")]),
        ("2026-01-06T10:00Z", [("date", "2026-01-06T10:00Z")]),
        ("x -- comment (", [("name", "x")]),
        ("x--comment", [("name", "x")]),
        ("-- only a comment", []),
        ("\t \t", []),
        ("(_,)", [("mark", "("), ("mark", "_"), ("mark", ","), ("mark", ")")]),
    ],
)
def test_signs_become_words(text: str, read: list[tuple[str, str]]) -> None:
    assert tokens(text) == (read, [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('party FR "France', "P004"),
        ('"', "P004"),
        ("party «FR»", "L005"),
        ("party FR “France”", "L005"),
        ("a – b", "L005"),
        ("a ; b", "L005"),
        ("a ! b", "L005"),
        ("2.", "L005"),
        ("2.5x", "L005"),
        ("6thx", "L005"),
        ("party\u00a0FR", "L005"),
        ("Франция", "L005"),
        ("２０２６", "L005"),
        ("٣ days", "L005"),
        ("12x", "L005"),
        ("a\x00b", "L005"),
        ("\ufeffparty FR", "L005"),
        ("e\u0301tat", "L005"),
        ("\U0001f54a", "L005"),
    ],
)
def test_a_sign_that_means_nothing_is_told(text: str, code: str) -> None:
    assert tokens(text)[1] == [code]


def test_a_typographic_mark_is_told_with_the_straight_one() -> None:
    _, findings = read_lines(Block("a.md", 1, ("party FR ’x’",), ""))
    assert findings[0].mend == 'write straight double quotation marks: "…"'
    assert findings[0].spans[0].where == "a.md:1:10"


def test_places_are_those_of_the_file() -> None:
    block = Block("a.md", 41, ("", "  obligor FR", "-- x"), "")
    (line,), findings = read_lines(block)
    assert findings == []
    assert line.indent == 2
    assert [token.span.where for token in line.tokens] == ["a.md:42:3", "a.md:42:11"]
    assert (line.span.column, line.span.length) == (3, 10)


def test_the_indent_of_a_fence_is_no_indent_of_its_lines() -> None:
    block = Block("a.md", 1, ("  party FR", "    also X", "party DE"), "", indent=2)
    lines, _ = read_lines(block)
    assert [line.indent for line in lines] == [0, 2, 0]
    assert lines[0].tokens[0].span.column == 3
