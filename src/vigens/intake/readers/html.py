"""HTML read in place: markup is blanked out, nothing moves.

The view of a page is as long as its source. Tags, comments, scripts and the
page's own frame (navigation, header, footer) become blanks; a character
reference becomes its character followed by blanks, or within a word by signs
that words are read without. So an offset in the view is an offset in the file,
without a map.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vigens.intake.fold import FILLER, fold_blanks, lower
from vigens.intake.readers.elements import (
    INLINE,
    Element,
    Tag,
    article,
    elements,
    frames,
)
from vigens.intake.readers.head import attributes, read_head, words_of

_OPENING = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});")
_RAW = frozenset({"script", "style", "noscript", "template", "svg", "textarea"})
_LEAVES = frozenset({"p", "li", "h2", "h3", "h4", "div", "td", "dd"})
_SHORTEST_LABELLED = 9  # <p id=ad>
_SOME_LINKS = 15  # characters
_LINKED = 1.4  # a block whose links, times this, are more than its words is links
_SNIFF = re.compile(
    r"<(?:!doctype\s+html|html|head|body|article|div|p|meta)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Page:
    """What an HTML page says of itself, its view, and where its article stands."""

    view: str
    title: str
    headings: tuple[tuple[int, int], ...]
    published: str | None
    site: str | None
    author: str = ""
    address: str = ""
    article: tuple[tuple[int, int], ...] = ()


def is_html(text: str) -> bool:
    """Say whether a text is an HTML page rather than plain text."""
    return _SNIFF.search(text[:2000]) is not None


def read_html(text: str) -> Page:
    """Blank out the markup of a page and collect what its head says."""
    small = lower(text)
    tags, holes = _scan(text, small)
    chars = list(fold_blanks(text).replace("\n", " "))
    for match in _REFERENCE.finditer(text):
        plain = fold_blanks(html.unescape(match.group()))
        if len(plain) <= match.end() - match.start() and "&" not in plain:
            width = match.end() - match.start()
            inside = text[match.end() : match.end() + 1].isalpha()
            filler = FILLER if inside and not plain.isspace() else " "
            chars[match.start() : match.end()] = plain.ljust(width, filler)
    _blank(chars, holes)
    for tag in tags:
        blank = " " * (tag.end - tag.start)
        chars[tag.start : tag.end] = blank if tag.name in INLINE else "\n" + blank[1:]
    view = "".join(chars)
    found = elements(tags, view)
    labels = [_label(text, e.tag) for e in found]
    around = frames(found, labels)
    own = article(found, labels, around, view)
    titles = _spans(tags, "title")
    headings = tuple(_spans(tags, "h1"))
    title = _first(text, headings) or _first(text, titles)
    _blank(chars, titles)
    whole = "".join(chars)
    _blank(chars, [*around, *_links(found)])
    view = "".join(chars)
    if not view.strip():  # a page that is all frame hides its article there
        view, own = whole, []
    head = read_head(text, tags)
    return Page(
        view,
        title or head.title,
        headings,
        head.published,
        head.site,
        head.author,
        head.address,
        tuple(own),
    )


def _blank(chars: list[str], spans: Iterable[tuple[int, int]]) -> None:
    for start, end in spans:
        chars[start:end] = " " * (end - start)


def _label(text: str, tag: Tag) -> str:
    """Give what an element calls itself: its class, id, role and property."""
    if tag.end - tag.start < _SHORTEST_LABELLED:
        return ""
    pairs = attributes(text, tag)
    said = (pairs.get(key, "") for key in ("class", "id", "role", "itemprop"))
    return " ".join(said).lower().strip()


def _links(found: Sequence[Element]) -> list[tuple[int, int]]:
    """Give the blocks that are links and little else: teasers, "read also"."""
    return [
        (e.start, e.end)
        for e in found
        if e.name in _LEAVES
        and e.linked > _SOME_LINKS
        and e.linked * _LINKED > e.prose + e.linked
    ]


def _scan(text: str, small: str) -> tuple[list[Tag], list[tuple[int, int]]]:
    """Find tags and the stretches that no reader of the page sees, in one pass."""
    tags: list[Tag] = []
    holes: list[tuple[int, int]] = []
    at = text.find("<")
    while at >= 0:
        end = at + 1
        if text.startswith("<!--", at):
            close = text.find("-->", at)
            end = close + 3 if close >= 0 else len(text)
            holes.append((at, end))
        elif text.startswith(("<!", "<?"), at):
            close = text.find(">", at)
            end = close + 1 if close >= 0 else len(text)
            holes.append((at, end))
        elif found := _OPENING.match(text, at):
            close = text.find(">", at)
            end = close + 1 if close >= 0 else len(text)
            name = found.group(2).lower()
            tags.append(Tag(at, end, name, bool(found.group(1))))
            if name in _RAW and not found.group(1):
                close = small.find(f"</{name}", end)
                stop = close if close >= 0 else len(text)
                holes.append((end, stop))
                end = stop
        at = text.find("<", end)
    return tags, holes


def _spans(tags: list[Tag], name: str) -> list[tuple[int, int]]:
    """Pair the outermost opening and closing tags of one name."""
    spans: list[tuple[int, int]] = []
    depth, start = 0, 0
    for tag in tags:
        if tag.name != name:
            continue
        if not tag.closing:
            if depth == 0:
                start = tag.end
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                spans.append((start, tag.start))
    return spans


def _first(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Give the words of the first stretch that has some."""
    return next(filter(None, (words_of(text, a, b) for a, b in spans)), "")
