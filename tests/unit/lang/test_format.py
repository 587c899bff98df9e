from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest

from vigens.lang import Page, compile_pages, format_page
from vigens.law import law_pages

ROOT = Path(__file__).resolve().parents[3]
LAW = tuple(Page(name, text) for name, text in law_pages())
PLACE = re.compile(r"(?:place|digest)='[^']*'")
FILES = sorted(
    path
    for folder in ("src/vigens/law", "examples", "tests/agreements", "docs")
    for path in (ROOT / folder).rglob("*.md")
)


def block(*lines: str) -> str:
    return "\n".join(("```vigens", "vigens 1", *lines, "```", ""))


def laid_out(*lines: str) -> list[str]:
    found = format_page(Page("a.md", block(*lines)))
    assert found.findings == ()
    return found.text.splitlines()[2:-1]


@lru_cache(maxsize=4)  # most pages are laid out already, and so are the very same
def program_of(*pages: Page) -> str:
    """Give everything that pages say, but for lines and digest."""
    return PLACE.sub("", repr(compile_pages(pages).program))


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        (['party   FR    "France"   state'], ['party FR "France" state']),
        (["event x( a ,b : party )"], ["event x(a, b: party)"]),
        (["event x (a)"], ["event x(a)"]),
        (["fluent x ( a ) : b"], ["fluent x(a): b"]),
        (["fluent x", " holds while a"], ["fluent x", "  holds while  a"]),
        (["event x", "\tsecret"], ["event x", "  secret"]),
        (
            ["fluent x", "    initiated by a(b)", "    terminated by c"],
            ["fluent x", "  initiated by   a(b)", "  terminated by  c"],
        ),
        (
            ["fluent x", "  holds while a and(b or not(c))"],
            ["fluent x", "  holds while  a and (b or not (c))"],
        ),
        (
            [
                "fluent x",
                "  holds while at least 2 / 3 of party:(a)>=( number of b :c )",
            ],
            [
                "fluent x",
                "  holds while  at least 2/3 of party: (a) >= (number of b: c)",
            ],
        ),
        (
            ["fluent x", "  holds while a", "        or b", "     and c"],
            ["fluent x", "  holds while  a", " " * 15 + "or b", " " * 15 + "and c"],
        ),
        (
            [
                "fluent x: s",
                "  becomes a upon e when b",
                "  becomes abc upon e   when c",
            ],
            [
                "fluent x: s",
                "  becomes  a    upon e when b",
                "  becomes  abc  upon e  when c",
            ],
        ),
        (
            ["variant v", '  reading a   "A"', '  reading abc  "C"'],
            ["variant v", '  reading  a    "A"', '  reading  abc  "C"'],
        ),
    ],
)
def test_words_get_their_places(written: list[str], canonical: list[str]) -> None:
    assert laid_out(*written) == canonical
    assert laid_out(*canonical) == canonical


def test_blank_lines_are_one_at_most_and_none_at_the_edges() -> None:
    assert laid_out("", "party A", "", " \t", "", "party B", "", "") == [
        "",
        "party A",
        "",
        "party B",
    ]


def test_comments_stay_and_are_lined_up() -> None:
    written = (
        "-- above",
        "party A -- first",
        "party BCD--second",
        "fluent x -- what",
        "     -- inside, alone",
        "  holds while a--why",
        "         -- on the way",
        "      and b",
        "-- at the margin",
        '  source "s" -- whence',
        "-- below",
    )
    assert laid_out(*written) == [
        "-- above",
        "party A  -- first",
        "party BCD  --second",
        "fluent x            -- what",
        "  -- inside, alone",
        "  holds while  a    --why",
        " " * 15 + "-- on the way",
        " " * 15 + "and b",
        "-- at the margin",
        '  source       "s"  -- whence',
        "-- below",
    ]


def test_a_page_that_cannot_be_read_is_left_alone() -> None:
    for lines in (["partie   FR"], ["party   FR", "  also ;"], ['party  FR "x']):
        text = block(*lines)
        found = format_page(Page("a.md", text))
        assert found.text == text
        assert found.findings
    open_page = "```vigens\nvigens 1\nparty   FR\n"
    assert format_page(Page("a.md", open_page)).text == open_page


def test_prose_other_code_line_ends_and_indents_stay() -> None:
    text = (
        "# T  \r\n\r\n```python\r\nparty   FR\r\n```\r\n  ```vigens\r\n  vigens 1\r\n"
        "  party   FR\r\n      also  X\r\n  ```\r\nprose\x0b  \r\n"
    )
    found = format_page(Page("a.md", text))
    assert found.text == text.replace(
        "  party   FR\r\n      also", "  party FR\r\n    also"
    )


def test_an_empty_block_stays() -> None:
    for text in ("```vigens\n```\n", "```vigens\nvigens 1\n```", "", "no block\n"):
        assert format_page(Page("a.md", text)).text == text


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_agreement_file_keeps_its_meaning(path: Path) -> None:
    page = Page("a.md", path.read_bytes().decode())
    found = format_page(page)
    again = format_page(Page("a.md", found.text))
    assert again.text == found.text
    assert again.findings == () or found.text == page.text
    law = () if "law" in path.parts else LAW
    assert program_of(*law, Page("a.md", found.text)) == program_of(*law, page)
    kept = [comment.rstrip() for comment in re.findall("--.*", page.text)]
    assert [comment.rstrip() for comment in re.findall("--.*", found.text)] == kept
