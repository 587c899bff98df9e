"""Agreement pages as HTML: prose woven with rule blocks, every line an anchor.

HTML in the page is shown as text, pictures are not fetched, and links lead to http and
https or to another agreement page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup, escape

from vigens.board.links import web_address

_RULE_LINE = re.compile(
    r"(?P<indent>\s*)(?P<word>[a-z][\w.]*)?(?P<rest>.*?)(?P<comment>--.*)?"
)
_PAGE_LINK = re.compile(r"(?:\./)?(?P<name>[\w.-]+)\.md(?P<line>#L\d+)?")
_HEADING = re.compile(r"(?P<marks>#{1,6})\s")

#: From the name of an agreement page to its address under the lens.
PageLink = Callable[[str], str]


def weave(
    text: str,
    page_link: PageLink,
    *,
    first_line: int = 1,
    marked: range = range(0),
) -> Markup:
    """Turn an agreement page, or a part of it, into HTML.

    Args:
        text: Markdown.
        page_link: Where another page of the case is.
        first_line: Number of the text's first line in its file, from 1.
        marked: Line numbers to point out.

    Returns:
        Safe HTML; each line of a rule block and each block of prose has the id `L…`.
    """
    reader = _reader()
    env: dict[str, Any] = {"first": first_line, "marked": marked, "link": page_link}
    tokens = reader.parse(text, env)
    _anchor(tokens, first_line)
    return Markup(reader.renderer.render(tokens, reader.options, env))  # noqa: S704 -- the reader escapes: html is off


def section_around(text: str, line: int) -> tuple[int, str]:
    """Give the section in which a line stands: its first line number, and its text."""
    lines = text.splitlines()
    fenced, start, depth = False, 1, 0
    end = len(lines) + 1
    for number, content in enumerate(lines, start=1):
        if content.lstrip().startswith("```"):
            fenced = not fenced
        heading = None if fenced else _HEADING.match(content)
        if heading is None:
            continue
        if number <= line:
            start, depth = number, len(heading["marks"])
        elif len(heading["marks"]) <= max(depth, 2):
            end = number
            break
    return start, "\n".join(lines[start - 1 : end - 1])


def declaration_lines(text: str, line: int) -> range:
    """Give the lines of the declaration that begins on a line of a rule block."""
    lines = text.splitlines()
    end = line
    while end < len(lines) and lines[end].strip() and lines[end][:1] in " \t":
        end += 1
    return range(line, end + 1)


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "linkify": False})
    reader.enable("table").disable(["image", "html_block", "html_inline"])
    reader.add_render_rule("fence", _fence)
    reader.add_render_rule("link_open", _link_open)
    return reader


def _anchor(tokens: Sequence[Token], first: int) -> None:
    taken: set[int] = set()
    for token in tokens:
        if token.map is None or token.hidden or token.nesting < 0:
            continue
        number = token.map[0] + first
        if token.type in ("fence", "inline") or number in taken:
            continue
        taken.add(number)
        token.attrSet("id", f"L{number}")


def _link_open(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any
) -> str:
    token = tokens[index]
    target = str(token.attrGet("href") or "")
    page = _PAGE_LINK.fullmatch(target)
    if page is not None:
        token.attrSet("href", env["link"](page["name"]) + (page["line"] or ""))
    elif web_address(target):
        token.attrSet("rel", "noopener noreferrer nofollow")
        token.attrSet("class", "out")
    elif not re.fullmatch(r"#L\d+", target):
        token.attrs.pop("href", None)
    return renderer.renderToken(tokens, index, options, env)


def _fence(
    _renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    _options: Any,
    env: Any,
) -> str:
    token = tokens[index]
    start = (token.map[0] if token.map else 0) + env["first"] + 1
    is_rules = token.info.split()[:1] == ["vigens"]
    lines = []
    for number, content in enumerate(token.content.splitlines(), start=start):
        shown = _rule_line(content) if is_rules else escape(content)
        style = "line here" if number in env["marked"] else "line"
        lines.append(
            Markup('<span class="{}" id="L{}"><a class="no" href="#L{}">{}</a>').format(
                style, number, number, number
            )
            + Markup("<code>{}</code></span>").format(shown)
        )
    style = "rules" if is_rules else "text"
    label = Markup('<p class="rules-label">Rules</p>') if is_rules else ""
    body = Markup("\n").join(lines)
    return str(
        Markup('<div class="{}">{}<pre>{}</pre></div>').format(style, label, body)
    )


def _rule_line(content: str) -> Markup:
    found = _RULE_LINE.fullmatch(content)
    if found is None:
        return escape(content)
    word = Markup("<b>{}</b>").format(found["word"]) if found["word"] else ""
    comment = Markup("<i>{}</i>").format(found["comment"]) if found["comment"] else ""
    return escape(found["indent"]) + word + escape(found["rest"]) + comment
