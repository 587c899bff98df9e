"""Whatever a page holds, compiling it gives findings and never an exception."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from vigens.base import render_finding
from vigens.lang import Compiled, Page, compile_pages, format_page, parse_question
from vigens.lang.grammar import CLAUSES
from vigens.lang.literate import find_blocks, split_lines
from vigens.law import law_pages

LAW = tuple(Page(name, text) for name, text in law_pages())
PROGRAM = compile_pages(LAW).program

#: Words that the grammar knows, and some that it does not.
WORDS = sorted(
    {
        *CLAUSES,
        *(clause for clauses in CLAUSES.values() for clause in clauses),
        *PROGRAM.fluents,
        *PROGRAM.events,
        *PROGRAM.sorts,
        *("general", "UA", "nobody", "and", "or", "not", "some", "each", "at least"),
        *("of", "on", "when", "because", "in reading", "stated", "unstated", "open"),
        *("(", ")", ",", ":", "_", '"', '"words"', "--", "2", "2026-02-30", "days"),
        *("\n", "\n  ", "\n    ", "\t", "```", "```vigens", "vigens 1", "\u00a0", "“"),
    }
)
sentences = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)
strange = st.text(max_size=200) | sentences


def compiled(*pages: Page) -> Compiled:
    """Compile, and hold every finding to its shape."""
    found = compile_pages(pages)
    texts = {page.name: split_lines(page.text) for page in pages}
    for finding in found.findings:
        assert finding.message
        assert finding.mend
        assert render_finding(finding).isprintable() or "\n" in render_finding(finding)
        for span in finding.spans:
            lines = texts[span.source]
            assert span.line == 1 or lines[span.line - 1] == span.text
            assert 1 <= span.column <= len(span.text) + 1
            assert span.length >= 1
    return found


@given(strange)
def test_any_text_is_a_page(text: str) -> None:
    compiled(Page("a.md", text))


@given(strange)
def test_any_text_is_a_block(text: str) -> None:
    compiled(*LAW, Page("a.md", f"```vigens\nvigens 1\n{text}\n```\n"))


@given(st.sampled_from(sorted(CLAUSES)), sentences)
def test_any_words_may_follow_a_declaration(keyword: str, words: str) -> None:
    text = f"```vigens\nvigens 1\n{keyword} x {words}\n```\n"
    compiled(*LAW, Page("a.md", text))


@given(
    st.sampled_from([(k, c) for k, clauses in CLAUSES.items() for c in clauses]),
    sentences,
)
def test_any_words_may_follow_a_clause(clause: tuple[str, str], words: str) -> None:
    line = words.replace("\n", " ").replace("```", "")
    text = f"```vigens\nvigens 1\n{clause[0]} x\n  {clause[1]} {line}\n```\n"
    compiled(*LAW, Page("a.md", text))


@st.composite
def mutations(draw: st.DrawFn) -> tuple[Page, ...]:
    """The law with a few cuts, copies and strange pieces in one of its pages."""
    number = draw(st.integers(0, len(LAW) - 1))
    text = LAW[number].text
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 60)))
        piece = draw(
            st.sampled_from(["", text[start:end] * 2]) | st.sampled_from(WORDS)
        )
        piece = draw(st.just(piece) | st.text(max_size=4))
        text = text[:start] + piece + text[end:]
    return (*LAW[:number], Page(LAW[number].name, text), *LAW[number + 1 :])


@settings(max_examples=200)
@given(mutations())
def test_a_damaged_law_gives_findings_only(pages: tuple[Page, ...]) -> None:
    compiled(*pages)


PLACE = re.compile(r"(?:place|digest)='[^']*'")
BLOCK = re.compile(r"^```vigens$.*?^```$", re.DOTALL | re.MULTILINE)


def said(pages: tuple[Page, ...]) -> str:
    """Give everything that pages say, but for lines and digest."""
    return PLACE.sub("", repr(compile_pages(pages).program))


@st.composite
def ragged(draw: st.DrawFn) -> tuple[int, str]:
    """A page of the law with other spaces, blank lines and comments in its rules."""
    number = draw(st.integers(0, len(LAW) - 1))
    gaps = draw(st.lists(st.sampled_from([" ", "   ", "\t"]), min_size=1, max_size=9))
    ends = st.sampled_from(["", "", "  ", " -- why", "\n", "\n-- a", "\n    -- b"])
    tails = draw(st.lists(ends, min_size=1, max_size=9))

    def rewritten(match: re.Match[str]) -> str:
        first, version, *lines, last = match[0].split("\n")
        for at, line in enumerate(lines):
            margin = line[: len(line) - len(line.lstrip())]
            words = re.findall(r'"[^"]*"|\S+', line)
            joined = gaps[at % len(gaps)].join(words)
            lines[at] = (
                f"{margin * (1 + len(gaps) % 2)}{joined}{tails[at % len(tails)]}"
            )
        return "\n".join([first, version, *lines, last])

    return number, BLOCK.sub(rewritten, LAW[number].text)


@given(ragged())
def test_layout_is_stable_and_loses_nothing(page: tuple[int, str]) -> None:
    number, text = page
    found = format_page(Page("a.md", text))
    assert found.findings == ()
    assert format_page(Page("a.md", found.text)) == found
    others = (*LAW[:number], *LAW[number + 1 :])
    assert said((*others, Page("a.md", found.text))) == said(
        (*others, Page("a.md", text))
    )
    assert BLOCK.sub("", found.text) == BLOCK.sub("", text)
    comments = [each.strip() for each in re.findall("--.*", text)]
    assert [each.strip() for each in re.findall("--.*", found.text)] == comments


@given(strange)
def test_layout_of_any_block_is_stable(text: str) -> None:
    page = Page("a.md", f"```vigens\nvigens 1\n{text}\n```\n")
    found = format_page(page)
    assert format_page(Page("a.md", found.text)) == found
    assert said((*LAW, Page("a.md", found.text))) == said((*LAW, page))


@given(strange, st.booleans())
def test_any_text_is_a_question(text: str, is_event: bool) -> None:
    atom, findings = parse_question(text, PROGRAM, is_event=is_event)
    assert (atom is None) is bool(findings)
    if atom is not None:
        again, _ = parse_question(str(atom), PROGRAM, is_event=is_event)
        assert again == atom


@given(st.text("`~ vigens\n>-#1.x", max_size=80))
def test_blocks_are_cut_out_of_the_page_as_they_stand(text: str) -> None:
    lines = split_lines(text)
    blocks, _ = find_blocks("a.md", text)
    for block in blocks:
        start = block.first_line - 1
        assert tuple(lines[start : start + len(block.lines)]) == block.lines
