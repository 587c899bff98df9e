"""Woven pages as whole documents: outline, findings, style, and nothing from elsewhere.

A document needs no script and fetches nothing; its content security policy says so, and
names its one style sheet by hash.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from vigens.lang.literate import Block, find_blocks, split_lines
from vigens.lang.weave.index import Declared, Index, index_names
from vigens.lang.weave.rules import names_used, rule_lines
from vigens.lang.weave.safety import unsteered
from vigens.lang.weave.woven import Address, Setting, outline, tell, weave

if TYPE_CHECKING:
    from vigens.base import Finding
    from vigens.lang.compile import Compiled, Page

#: Depth of the headings that an outline lists.
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Matter:
    """What is woven.

    Attributes:
        title: Of the case, or of the file.
        pages: Shown whole, in this order.
        others: Neighbours and the general law, whose names the pages use.
        compiled: All of them together: the digest and the findings.
    """

    title: str
    pages: tuple[Page, ...]
    others: tuple[Page, ...]
    compiled: Compiled

    @property
    def index(self) -> Index:
        """List every name that may be used."""
        return index_names((*self.pages, *self.others))


def weave_document(matter: Matter) -> str:
    """Weave pages into one HTML document that needs no other.

    Names that are declared elsewhere lead to an appendix, where their declarations
    stand as written.
    """
    many = len(matter.pages) > 1
    prefixes = {p.name: f"p{n}-" * many for n, p in enumerate(matter.pages, start=1)}
    appendix = _appended(matter)
    address = partial(_within, prefixes, {(d.page, d.line): d for d in appendix})
    parts = [_findings(matter.compiled.findings, matter.pages, address)]
    for page in matter.pages:
        prefix = prefixes[page.name]
        setting = Setting(
            page.name,
            address,
            matter.index,
            findings=matter.compiled.findings,
            prefix=prefix,
        )
        parts.append(_article(page, weave(page.text, setting), f"{prefix}top"))
    parts.append(_appendix(matter, appendix, address))
    return _document(matter, matter.title, _outline(matter, prefixes), parts)


def weave_folder(matter: Matter) -> Iterator[tuple[str, str]]:
    """Weave each page, those of the general law too, into a document of its own.

    Returns:
        The name of each file with its text, the index first.
    """
    every = (*matter.pages, *matter.others)
    names = {page.name: _file_name(page.name) for page in every}
    yield "index.html", _contents(matter, names)
    for page in every:
        up = "../" * names[page.name].count("/")
        address = partial(_between, names, page.name, up)
        setting = Setting(
            page.name, address, matter.index, findings=matter.compiled.findings
        )
        parts = [
            _findings(matter.compiled.findings, (page,), address),
            _article(page, weave(page.text, setting), "top"),
        ]
        crumb = Markup('<p class="crumb"><a href="{}index.html">{}</a></p>')
        nav = crumb.format(up, matter.title) + _list(_headings(page, "", ""))
        yield names[page.name], _document(matter, title_of(page), nav, parts)


def title_of(page: Page) -> str:
    """Give the first heading of a page, or its name."""
    headings = outline(page.text)
    return headings[0].words if headings else page.name


@lru_cache(maxsize=4)
def style_sheet(*names: str) -> str:
    """Give the style of woven text, or with the frame of a whole page around it."""
    folder = Path(__file__).parent
    return "".join((folder / f"{name}.css").read_text("utf-8") for name in names)


def _file_name(page: str) -> str:
    return page.removesuffix(".md") + ".html"


def _within(
    prefixes: Mapping[str, str],
    appendix: Mapping[tuple[str, int], Declared],
    page: str,
    line: int | None,
) -> str:
    if page in prefixes:
        return f"#{prefixes[page]}L{line}" if line else f"#{prefixes[page]}top"
    declared = appendix.get((page, line or 0))
    return f"#{_appendix_id(declared)}" if declared else ""


def _between(
    names: Mapping[str, str], here: str, up: str, page: str, line: int | None
) -> str:
    if page not in names:
        return ""
    place = f"#L{line}" if line else ""
    if page == here:
        return place or "#top"
    return f"{up}{names[page]}{place}"


def _article(page: Page, text: Markup, name: str) -> Markup:
    return Markup(
        '<article class="woven" id="{}" aria-label="{}">\n'
        '<p class="file">{}</p>\n{}\n</article>'
    ).format(name, title_of(page), page.name, text)


def _findings(
    findings: Sequence[Finding], pages: Sequence[Page], address: Address
) -> Markup:
    """Sum up what was found on some pages, the worst first."""
    shown = {page.name for page in pages}
    found = [f for f in findings if f.spans and f.spans[0].source in shown]
    if not found:
        return Markup("")
    order = {"error": 0, "warning": 1, "note": 2}
    rows = Markup("").join(
        Markup('<li><a href="{}">{}:{}</a> {}</li>').format(
            address(one.spans[0].source, one.spans[0].line),
            one.spans[0].source,
            one.spans[0].line,
            tell(one, address),
        )
        for one in sorted(found, key=lambda one: order[one.severity])
    )
    return Markup(
        '<section class="found" aria-label="Findings"><h2>Findings ({})</h2>'
        "<ul>{}</ul></section>"
    ).format(len(found), rows)


def _outline(matter: Matter, prefixes: Mapping[str, str]) -> Markup:
    return Markup("").join(
        _list(_headings(page, "", prefixes[page.name])) for page in matter.pages
    )


def _headings(page: Page, file: str, prefix: str) -> list[tuple[int, str, str]]:
    return [
        (heading.depth, f"{file}#{prefix}L{heading.line}", heading.words)
        for heading in outline(page.text)
        if heading.depth <= _DEEPEST
    ]


def _list(entries: Sequence[tuple[int, str, str]]) -> Markup:
    rows = Markup("").join(
        Markup('<li class="d{}"><a href="{}">{}</a></li>').format(*entry)
        for entry in entries
    )
    return Markup("<ul>{}</ul>").format(rows) if entries else Markup("")


def _contents(matter: Matter, names: Mapping[str, str]) -> str:
    """Write the index of a folder: pages, what was found on each, the general law."""
    address = partial(_between, names, "", "")
    parts = [Markup("<h1>{}</h1>").format(matter.title)]
    for title, pages in (
        ("Agreement files", matter.pages),
        ("The general law", matter.others),
    ):
        rows = Markup("").join(
            Markup(
                '<li><a href="{}">{}</a> <span class="file">{}, {} lines</span>{}</li>'
            ).format(
                names[page.name],
                title_of(page),
                page.name,
                len(split_lines(page.text)),
                _number(matter.compiled.findings, page),
            )
            for page in pages
        )
        if pages:
            parts.append(Markup("<h2>{}</h2><ul>{}</ul>").format(title, rows))
    every = (*matter.pages, *matter.others)
    parts.append(_findings(matter.compiled.findings, every, address))
    body = Markup('<div class="contents">{}</div>').format(Markup("").join(parts))
    return _document(matter, matter.title, Markup(""), [body])


def _number(findings: Sequence[Finding], page: Page) -> Markup:
    n = sum(bool(f.spans) and f.spans[0].source == page.name for f in findings)
    words = f"{n} finding{'s' * (n != 1)}"
    return Markup(' <b class="n">{}</b>').format(words) if n else Markup("")


def _appended(matter: Matter) -> tuple[Declared, ...]:
    """List the declarations of other pages that the pages shown rest on directly."""
    shown = {page.name for page in matter.pages}
    used = {
        (declared.page, declared.line): declared
        for page in matter.pages
        for block in find_blocks(page.name, page.text)[0]
        for declared in names_used(block, matter.index)
        if declared.page not in shown
    }
    return tuple(used[place] for place in sorted(used))


def _appendix_id(declared: Declared) -> str:
    stem = declared.page.removesuffix(".md").replace("/", "-")
    safe = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in stem)
    return f"from-{safe}-L{declared.first}"


def _appendix(matter: Matter, declared: Sequence[Declared], address: Address) -> Markup:
    if not declared:
        return Markup("")
    parts = []
    for each in {(one.page, one.first): one for one in declared}.values():
        block = Block(each.page, each.first, each.lines, "")
        lines = rule_lines(block, matter.index, lambda one: address(one.page, one.line))
        body = Markup("\n").join(
            Markup(
                '<span class="line"><span class="no">{}</span><code>{}</code></span>'
            ).format(number, line)
            for number, line in enumerate(lines, start=each.first)
        )
        parts.append(
            Markup(
                '<div class="rules" id="{}"><p class="rules-label">{}:{}</p>'
                "<pre>{}</pre></div>"
            ).format(_appendix_id(each), each.page, each.first, body)
        )
    return Markup(
        '<section class="appendix woven" aria-label="Declared elsewhere">'
        "<h2>Declared elsewhere</h2><p>Names that the rules above use, as other pages "
        "and the general law declare them.</p>{}</section>"
    ).format(Markup("").join(parts))


_FRAME = Markup(
    """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
{nav}<main id="main">
{body}
</main>
<footer><p>Woven from {names}. Prose and rules are those of the files; a finding says what is wrong
with them. This is not legal advice.</p><p>rules {digest}</p></footer>
</body>
</html>
"""
)


def _document(matter: Matter, title: str, nav: Markup, parts: Sequence[Markup]) -> str:
    style = style_sheet("frame", "woven")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    outline_of = Markup('<nav class="outline" aria-label="On this page">{}</nav>\n')
    n_pages = len(matter.pages)
    names = matter.pages[0].name if n_pages == 1 else f"{n_pages} agreement files"
    text = _FRAME.format(
        hash=digest,
        title=title,
        style=Markup(style),  # noqa: S704 -- our own file
        nav=outline_of.format(nav) if nav else "",
        body=Markup("\n").join(part for part in parts if part),
        names=names,
        digest=matter.compiled.program.digest[:16],
    )
    return str(unsteered(text))
