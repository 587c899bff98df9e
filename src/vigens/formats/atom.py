"""Feeds (RFC 4287): each item with an id that stays, and a link with its lens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is new.

    Attributes:
        id: An IRI that stays the same for the same thing.
        title: In one line.
        updated: UTC seconds.
        link: Where it stands.
        words: More about it.
        author: Who recorded it.
        kind: Category.
    """

    id: str
    title: str
    updated: int
    link: str
    words: str = ""
    author: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed.

    Attributes:
        id: An IRI that stays the same.
        title: Of the feed.
        updated: UTC seconds.
        link: Its own address.
        page: The page that it is a feed of.
        author: Of the feed, where an item names none.
        lens: What it depends on, in words.
    """

    id: str
    title: str
    updated: int
    link: str
    page: str
    author: str
    lens: str


def write_feed(feed: Feed, items: Iterable[Item]) -> str:
    """Write a feed, its items in the order given."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<id>{_xml(feed.id)}</id>",
        f"<title>{_xml(feed.title)}</title>",
        f"<subtitle>{_xml(feed.lens)}</subtitle>",
        f"<updated>{_moment(feed.updated)}</updated>",
        f"<author><name>{_xml(feed.author)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href="{_xml(feed.link)}"/>',
        f'<link rel="alternate" type="text/html" href="{_xml(feed.page)}"/>',
        "<generator>Vigens</generator>",
        *(line for item in items for line in _entry(item)),
        "</feed>",
    ]
    return "\n".join(lines) + "\n"


def _entry(item: Item) -> list[str]:
    return [
        "<entry>",
        f"<id>{_xml(item.id)}</id>",
        f"<title>{_xml(item.title)}</title>",
        f"<updated>{_moment(item.updated)}</updated>",
        f'<link rel="alternate" href="{_xml(item.link)}"/>',
        *(
            [f"<author><name>{_xml(item.author)}</name></author>"]
            if item.author
            else []
        ),
        *([f'<category term="{_xml(item.kind)}"/>'] if item.kind else []),
        f'<content type="text">{_xml(item.words or item.title)}</content>',
        "</entry>",
    ]


def _moment(instant: int) -> str:
    return datetime.fromtimestamp(instant, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _xml(text: str) -> str:
    """Escape text; signs that XML has no place for are left out (XML 1.0, 2.2)."""
    kept = (
        sign
        for sign in text
        if sign in "\t\n"
        or "\x20" <= sign <= "\ud7ff"
        or "\ue000" <= sign <= "\ufffd"
        or sign >= "\U00010000"
    )
    return escape("".join(kept), quote=True)
