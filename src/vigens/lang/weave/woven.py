"""An agreement page as HTML: prose at the left, the rules beside it.

HTML in the page is shown as text, pictures are not fetched, and links lead to http and
https or to another agreement page. Every line of a rule block and every block of prose
has an anchor, so that a place such as `paris.md:41` can be led to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup, escape

from vigens.lang.literate import find_blocks, split_lines
from vigens.lang.weave.index import Index
from vigens.lang.weave.rules import rule_lines
from vigens.lang.weave.safety import unsteered, web_address

if TYPE_CHECKING:
    from vigens.base import Finding
    from vigens.lang.literate import Block

_PAGE_LINK = re.compile(r"(?:\./)?(?P<name>[\w.-]+)\.md(?:#L(?P<line>\d+))?")
_LINE_LINK = re.compile(r"#L(?P<line>\d+)")

#: From the name of a page, and a line of it, to an address; empty where it is not
#: shown. A line of `None` is the page itself.
Address = Callable[[str, int | None], str]


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a page, or a part of it, is woven.

    Attributes:
        page: Its name, as places are written: `agreements/paris.md`.
        address: Where pages and their lines are.
        index: Names that are led to their declaration.
        first_line: Number of the text's first line in its file, from 1.
        marked: Line numbers to point out.
        findings: Shown at their lines; those of other pages are passed over.
        prefix: Begins each id, where several pages stand in one document.
    """

    page: str
    address: Address
    index: Index
    first_line: int = 1
    marked: range = range(0)
    findings: tuple[Finding, ...] = ()
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading of a page: its depth from 1, words and line."""

    depth: int
    words: str
    line: int


def weave(text: str, setting: Setting) -> Markup:
    """Turn an agreement page, or a part of it, into HTML.

    Args:
        text: Markdown.
        setting: Where it is woven.

    Returns:
        Safe HTML: a `div` of the class `row` for each provision, in it its prose and
        its rules.
    """
    weaver = _Weaver(text, setting)
    return Markup("\n").join(weaver.rows())


def outline(text: str, first_line: int = 1) -> tuple[Heading, ...]:
    """List the headings of a page in order."""
    tokens = _reader().parse(text, {})
    return tuple(
        Heading(
            int(token.tag[1:]), _words(tokens[number + 1]), token.map[0] + first_line
        )
        for number, token in enumerate(tokens)
        if token.type == "heading_open" and token.map is not None
    )


def section_around(text: str, line: int) -> tuple[int, str]:
    """Give the section in which a line stands: its first line number, and its text."""
    start, depth = 1, 0
    lines = split_lines(text)
    end = len(lines) + 1
    for heading in outline(text):
        if heading.line <= line:
            start, depth = heading.line, heading.depth
        elif heading.depth <= max(depth, 2):
            end = heading.line
            break
    return start, "\n".join(lines[start - 1 : end - 1])


def declaration_lines(text: str, line: int) -> range:
    """Give the lines of the declaration that begins on a line of a rule block."""
    lines = split_lines(text)
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


def _words(inline: Token) -> str:
    parts = inline.children or ()
    return "".join(part.content or " " * (part.type == "softbreak") for part in parts)


class _Weaver:
    """One page while it is woven: its blocks by line, and what was found on it."""

    def __init__(self, text: str, setting: Setting) -> None:
        self.setting = setting
        blocks = find_blocks(setting.page, text)[0]
        self.blocks = {
            block.first_line + setting.first_line - 1: block for block in blocks
        }
        self.notes: dict[int, list[Finding]] = {}
        for finding in setting.findings:
            if finding.spans and finding.spans[0].source == setting.page:
                self.notes.setdefault(finding.spans[0].line, []).append(finding)
        self.env: dict[str, Any] = {"weaver": self}
        self.tokens = _reader().parse(text, self.env)
        self._anchor()

    def rows(self) -> Iterator[Markup]:
        """Give each provision: prose, then the rules that stand after it."""
        prose: list[Markup] = []
        rules: list[Markup] = []
        for unit in _units(self.tokens):
            is_rules = self.block_of(unit[0]) is not None
            starts = unit[0].type == "heading_open" or bool(rules)
            if not is_rules and starts and (prose or rules):
                yield _row(prose, rules)
                prose, rules = [], []
            (rules if is_rules else prose).extend(
                (self._shown(unit), *self._told(unit))
            )
        if prose or rules:
            yield _row(prose, rules)
        left = [note for line in sorted(self.notes) for note in self.notes[line]]
        if left:
            yield _row([self._note(note) for note in left], [])

    def block_of(self, token: Token) -> Block | None:
        """Give the rule block that a fence is, if it is one."""
        if token.type != "fence" or token.map is None:
            return None
        return self.blocks.get(token.map[0] + self.setting.first_line + 1)

    def lead_to(self, page: str, line: int | None) -> str:
        """Give the address of a page or line."""
        return self.setting.address(page, line)

    def _shown(self, unit: Sequence[Token]) -> Markup:
        reader = _reader()
        shown = reader.renderer.render(list(unit), reader.options, self.env)
        return Markup(unsteered(shown))  # noqa: S704 -- the reader escapes: html is off

    def _told(self, unit: Sequence[Token]) -> list[Markup]:
        """Say what was found on the lines of a unit that are no lines of rules."""
        span = unit[0].map
        if span is None:
            return []
        lines = range(
            span[0] + self.setting.first_line, span[1] + self.setting.first_line
        )
        found = [note for line in lines for note in self.notes.pop(line, ())]
        return [self._note(note) for note in found]

    def _note(self, finding: Finding) -> Markup:
        told = tell(finding, self.setting.address)
        return Markup('<p class="noted">{}</p>').format(told)

    def _anchor(self) -> None:
        taken: set[int] = set()
        for token in self.tokens:
            if token.map is None or token.hidden or token.nesting < 0:
                continue
            number = token.map[0] + self.setting.first_line
            if token.type in ("fence", "inline") or number in taken:
                continue
            taken.add(number)
            token.attrSet("id", f"{self.setting.prefix}L{number}")


def _units(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Cut the tokens of a page into its outermost blocks."""
    start, depth = 0, 0
    for number, token in enumerate(tokens):
        depth += token.nesting
        if depth == 0:
            yield tokens[start : number + 1]
            start = number + 1


def _row(prose: Sequence[Markup], rules: Sequence[Markup]) -> Markup:
    beside = Markup('<div class="beside">{}</div>').format(Markup("").join(rules))
    return Markup('<div class="row">\n<div class="prose">{}</div>{}</div>').format(
        Markup("").join(prose), beside if rules else ""
    )


def tell(finding: Finding, address: Address) -> Markup:
    """Say what is wrong and how to mend it, with links to the further places."""
    others = Markup("").join(
        Markup(' <a href="{}">{}:{}</a>').format(
            address(span.source, span.line), span.source, span.line
        )
        for span in finding.spans[1:]
        if address(span.source, span.line)
    )
    said = Markup('<span class="finding {0}"><b>{0} {1}</b> {2}{3}. {4}</span>').format(
        finding.severity,
        finding.code,
        finding.message,
        others,
        Markup('<span class="mend">mend: {}</span>').format(finding.mend),
    )
    return Markup(unsteered(said))  # noqa: S704 -- it was safe before


def _link_open(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any
) -> str:
    token, weaver = tokens[index], env["weaver"]
    target = str(token.attrGet("href") or "")
    token.attrs.pop("href", None)
    here: str = weaver.setting.page
    address = ""
    if page := _PAGE_LINK.fullmatch(target):
        folder = here.rpartition("/")[0]
        name = f"{folder}/{page['name']}.md" if folder else f"{page['name']}.md"
        name = weaver.setting.index.pages.get(name, name)
        address = weaver.lead_to(name, int(page["line"]) if page["line"] else None)
    elif line := _LINE_LINK.fullmatch(target):
        address = weaver.lead_to(here, int(line["line"]))
    elif web_address(target):
        address = target
        token.attrSet("rel", "noopener noreferrer nofollow")
        token.attrSet("class", "out")
    if address:
        token.attrSet("href", address)
    return renderer.renderToken(tokens, index, options, env)


def _fence(
    _renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    _options: Any,
    env: Any,
) -> str:
    token, weaver = tokens[index], env["weaver"]
    setting: Setting = weaver.setting
    block = weaver.block_of(token)
    start = (token.map[0] if token.map else 0) + setting.first_line + 1
    if block is None:
        contents = [escape(line) for line in split_lines(token.content)]
    else:
        contents = rule_lines(
            block, setting.index, lambda name: weaver.lead_to(name.page, name.line)
        )
    lines = []
    for number, shown in enumerate(contents, start=start):
        style = "line here" if number in setting.marked else "line"
        lines.append(
            Markup(
                '<span class="{0}" id="{1}"><a class="no" href="#{1}">{2}</a>'
            ).format(style, f"{setting.prefix}L{number}", number)
            + Markup("<code>{}</code></span>").format(shown)
        )
        lines.extend(
            Markup('<span class="line"><span class="no"></span>{}</span>').format(
                tell(note, setting.address)
            )
            for note in weaver.notes.pop(number, ())
        )
    body = Markup("\n").join(lines)
    if block is None:
        return str(Markup('<div class="text"><pre>{}</pre></div>').format(body))
    return str(
        Markup(
            '<div class="rules" role="group" aria-label="Rules, lines {} to {}">'
            '<p class="rules-label" aria-hidden="true">Rules</p><pre>{}</pre></div>'
        ).format(start, start + max(0, len(contents) - 1), body)
    )
