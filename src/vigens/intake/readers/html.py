"""HTML read in place: markup is blanked out, nothing moves.

The view of a page is as long as its source. Tags, comments, scripts and the
page's own frame (navigation, header, footer) become blanks; a character
reference becomes its character followed by blanks. So an offset in the view
is an offset in the file, without a map.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from vigens.intake.fold import fold_blanks, lower

_OPENING = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});")
_ATTRIBUTE = re.compile(r"""([a-zA-Z:_-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_RAW = frozenset({"script", "style", "noscript", "template", "svg", "textarea"})
_FRAME = frozenset({"nav", "footer", "aside", "form", "button", "select", "figure"})
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "wbr",
    ]
)
_SNIFF = re.compile(
    r"<(?:!doctype\s+html|html|head|body|article|div|p|meta)\b", re.IGNORECASE
)
_DATES = ("article:published_time", "datepublished", "date", "dc.date", "pubdate")
_AUTHORS = ("author", "article:author", "dc.creator", "parsely-author")
_SITES = ("og:site_name", "publisher", "application-name")


@dataclass(frozen=True, slots=True)
class Page:
    """What an HTML page says of itself, and its view."""

    view: str
    title: str
    headings: tuple[tuple[int, int], ...]
    published: str | None
    site: str | None
    author: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class _Tag:
    start: int
    end: int
    name: str
    closing: bool


def is_html(text: str) -> bool:
    """Say whether a text is an HTML page rather than plain text."""
    return _SNIFF.search(text[:2000]) is not None


def read_html(text: str) -> Page:
    """Blank out the markup of a page and collect what its head says."""
    small = lower(text)
    tags, holes = _scan(text, small)
    holes += _frames(tags)
    chars = list(fold_blanks(text).replace("\n", " "))
    for match in _REFERENCE.finditer(text):
        plain = fold_blanks(html.unescape(match.group()))
        if len(plain) <= match.end() - match.start() and "&" not in plain:
            width = match.end() - match.start()
            chars[match.start() : match.end()] = plain.ljust(width)
    for start, end in holes:
        chars[start:end] = " " * (end - start)
    for tag in tags:
        blank = " " * (tag.end - tag.start)
        chars[tag.start : tag.end] = blank if tag.name in _INLINE else "\n" + blank[1:]
    view = "".join(chars)
    meta = _meta(text, tags)
    headings = tuple(_spans(tags, "h1"))
    title = _first(view, headings) or _first(view, _spans(tags, "title"))
    published = next((meta[k][:10] for k in _DATES if k in meta), None)
    site = next((meta[k] for k in _SITES if k in meta), None)
    for start, end in _spans(tags, "title"):
        view = view[:start] + " " * (end - start) + view[end:]
    author = next((meta[k] for k in _AUTHORS if k in meta), "")
    return Page(
        view, title, headings, published, site, author, _address(text, tags, meta)
    )


def _scan(text: str, small: str) -> tuple[list[_Tag], list[tuple[int, int]]]:
    """Find tags and the stretches that no reader of the page sees, in one pass."""
    tags: list[_Tag] = []
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
            tags.append(_Tag(at, end, name, bool(found.group(1))))
            if name in _RAW and not found.group(1):
                close = small.find(f"</{name}", end)
                stop = close if close >= 0 else len(text)
                holes.append((end, stop))
                end = stop
        at = text.find("<", end)
    return tags, holes


def _frames(tags: list[_Tag]) -> list[tuple[int, int]]:
    return [span for name in sorted(_FRAME) for span in _spans(tags, name)]


def _spans(tags: list[_Tag], name: str) -> list[tuple[int, int]]:
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


def _first(
    view: str, spans: tuple[tuple[int, int], ...] | list[tuple[int, int]]
) -> str:
    return next(
        (" ".join(view[a:b].split()) for a, b in spans if view[a:b].split()), ""
    )


def _address(text: str, tags: list[_Tag], meta: dict[str, str]) -> str:
    """Give the address that a page names as its own."""
    for tag in tags:
        if tag.name == "link" and not tag.closing:
            pairs = _attributes(text, tag)
            if pairs.get("rel", "").lower() == "canonical":
                return _web(pairs.get("href", "")) or _web(meta.get("og:url", ""))
    return _web(meta.get("og:url", ""))


def _web(address: str) -> str:
    is_web = address.startswith(("https://", "http://"))
    return address.strip() if is_web and len(address) <= 2000 else ""


def _attributes(text: str, tag: _Tag) -> dict[str, str]:
    return {
        m.group(1).lower(): html.unescape(m.group(2) or m.group(3) or m.group(4) or "")
        for m in _ATTRIBUTE.finditer(text, tag.start, tag.end)
    }


def _meta(text: str, tags: list[_Tag]) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in tags:
        if tag.name not in {"meta", "time"} or tag.closing:
            continue
        pairs = _attributes(text, tag)
        key = pairs.get("property") or pairs.get("name") or pairs.get("itemprop")
        value = pairs.get("content", "")
        if tag.name == "time" and "datetime" in pairs:
            key, value = "date", pairs["datetime"]
        if key and value:
            found.setdefault(key.lower(), value.strip())
    return found
