"""What a page says of itself: title, day, author, site and address.

`meta` and `time` tell, and the JSON-LD that a page brings for machines; nothing in it is
followed or fetched.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from vigens.intake.readers.elements import Tag

_ATTRIBUTE = re.compile(r"""([a-zA-Z:_-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_ANY_TAG = re.compile(r"<[^>]*>")
_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
_DATES = (
    *("article:published_time", "datepublished", "parsely-pub-date", "sailthru.date"),
    *("dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created"),
    *("pubdate", "publish-date", "date"),
)
_AUTHORS = (
    *("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author"),
    *("sailthru.author", "mediator_author"),
)
_SITES = ("og:site_name", "publisher", "application-name")
_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title")
_ARTICLE = re.compile(r"Article|Posting|Report")
_MOST_DATA = 400_000  # characters of JSON-LD
_DEEPEST = 6
_MOST_NODES = 500
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself; empty where it says nothing."""

    title: str
    published: str | None
    site: str | None
    author: str
    address: str


def read_head(text: str, tags: Sequence[Tag]) -> Head:
    """Read what a page says of itself."""
    meta = _meta(text, tags)
    data = _data(text, tags)
    days = [data.get("datePublished", ""), *(meta.get(key, "") for key in _DATES)]
    said = (match.group() for day in days if (match := _DAY.match(day)))
    authors = (meta.get(key, "") for key in _AUTHORS)
    author = next((a for a in authors if a and not _web(a)), "")
    return Head(
        next((meta[k] for k in _TITLES if k in meta), data.get("headline", "")),
        next(said, None),
        next((meta[k] for k in _SITES if k in meta), data.get("publisher")),
        author or data.get("author", "") or _property(text, tags, "author"),
        _address(text, tags, meta),
    )


def attributes(text: str, tag: Tag) -> dict[str, str]:
    """Give the attributes of a tag, their names small."""
    return {
        m.group(1).lower(): html.unescape(m.group(2) or m.group(3) or m.group(4) or "")
        for m in _ATTRIBUTE.finditer(text, tag.start, tag.end)
    }


def words_of(text: str, start: int, end: int) -> str:
    """Give the words of a stretch of source, without tags."""
    return " ".join(html.unescape(_ANY_TAG.sub(" ", text[start:end])).split())


def _meta(text: str, tags: Iterable[Tag]) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in tags:
        if tag.name not in {"meta", "time"} or tag.closing:
            continue
        pairs = attributes(text, tag)
        key = pairs.get("property") or pairs.get("name") or pairs.get("itemprop")
        value = pairs.get("content", "")
        if tag.name == "time" and "datetime" in pairs:
            key, value = key or "date", pairs["datetime"]
        if key and value:
            found.setdefault(key.lower(), value.strip())
    return found


def _property(text: str, tags: Sequence[Tag], name: str) -> str:
    """Give the words of the first element that is marked as a property."""
    for at, tag in enumerate(tags):
        if tag.closing or tag.name in ("meta", "link", "time"):
            continue
        if attributes(text, tag).get("itemprop", "").lower() == name:
            closing = (t.start for t in tags[at + 1 : at + 20] if t.closing)
            said = words_of(text, tag.end, next(closing, tag.end))
            return said if len(said) <= _LONGEST else ""
    return ""


def _data(text: str, tags: Sequence[Tag]) -> dict[str, str]:
    """Read the first article that the page's JSON-LD tells of."""
    for at, tag in enumerate(tags):
        if tag.name != "script" or tag.closing:
            continue
        if attributes(text, tag).get("type", "").lower() != "application/ld+json":
            continue
        end = tags[at + 1].start if at + 1 < len(tags) else len(text)
        if end - tag.end > _MOST_DATA:
            continue
        try:
            told = json.loads(text[tag.end : end])
        except (ValueError, RecursionError):
            continue
        for node in _nodes(told, _DEEPEST, [_MOST_NODES]):
            if _ARTICLE.search(str(node.get("@type", ""))[:_LONGEST]):
                return _facts(node)
    return {}


def _nodes(told: Any, depth: int, left: list[int]) -> Iterator[dict[str, Any]]:
    """Walk the objects of JSON, the outer ones first, up to a bound."""
    left[0] -= 1
    if depth == 0 or left[0] < 0:
        return
    if isinstance(told, dict):
        yield told
        told = list(told.values())
    if isinstance(told, list):
        for each in told:
            yield from _nodes(each, depth - 1, left)


def _facts(node: dict[str, Any]) -> dict[str, str]:
    keys = ("headline", "datePublished", "publisher", "author")
    facts = {key: _named(node.get(key)) for key in keys}
    return {k: v for k, v in facts.items() if v}


def _named(said: Any) -> str:
    """Give a text, or the names of what has one."""
    if isinstance(said, dict):
        said = said.get("name")
    if isinstance(said, list):
        names = [_named(each) for each in said[:10] if not isinstance(each, list)]
        said = ", ".join(filter(None, names))
    return (
        " ".join(html.unescape(said).split())[:_LONGEST]
        if isinstance(said, str)
        else ""
    )


def _address(text: str, tags: Iterable[Tag], meta: dict[str, str]) -> str:
    """Give the address that a page names as its own."""
    for tag in tags:
        if tag.name == "link" and not tag.closing:
            pairs = attributes(text, tag)
            if pairs.get("rel", "").lower() == "canonical":
                return _web(pairs.get("href", "")) or _web(meta.get("og:url", ""))
    return _web(meta.get("og:url", ""))


def _web(address: str) -> str:
    is_web = address.startswith(("https://", "http://"))
    return address.strip() if is_web and len(address) <= 2000 else ""
