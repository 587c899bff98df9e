"""Where addresses may lead: sources outside, and places in agreement pages."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_PLACE = re.compile(r"(?P<page>[^:\n]+)\.md:(?P<line>\d+)(?::\d+)?")


def web_address(text: object) -> str:
    """Give an address back if a browser may follow it; else nothing.

    Only `http` and `https` with a host are followed: what a source says of itself is
    written by others, and `javascript:` is an address too.
    """
    address = str(text)
    if any(ord(letter) <= 32 or ord(letter) == 127 for letter in address):
        return ""
    try:
        parts = urlsplit(address)
        followed = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    return address if followed else ""


def short_name(page: str) -> str:
    """Name an agreement page as its address does: `paris`, `law/consent`."""
    return page.removeprefix("agreements/").removesuffix(".md")


def page_place(place: str) -> tuple[str, int] | None:
    """Take `agreements/paris.md:41:3` apart into page and line, if it is one."""
    found = _PLACE.fullmatch(place)
    if found is None:
        return None
    return short_name(found["page"] + ".md"), int(found["line"])
