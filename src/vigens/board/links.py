"""Places in agreement pages, as addresses of the board name them."""

from __future__ import annotations

import re

_PLACE = re.compile(r"(?P<page>[^:\n]+)\.md:(?P<line>\d+)(?::\d+)?")


def short_name(page: str) -> str:
    """Name an agreement page as its address does: `paris`, `law/consent`."""
    return page.removeprefix("agreements/").removesuffix(".md")


def page_place(place: str) -> tuple[str, int] | None:
    """Take `agreements/paris.md:41:3` apart into page and line, if it is one."""
    found = _PLACE.fullmatch(place)
    if found is None:
        return None
    return short_name(found["page"] + ".md"), int(found["line"])
