"""Places in agreement pages and on the board, as addresses name them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

if TYPE_CHECKING:
    from vigens.people import Person

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


#: Where who has not signed in is led, and who must first choose a password.
SIGN_IN, OWN = "/sign-in", "/account"

LONGEST_NEXT = 1500


def way_in(person: Person, asked: str) -> str:
    """Give where somebody is led who may not read yet, and afterwards came to see."""
    if person.name:
        return OWN
    if asked == "/" or safe_next(asked) != asked:
        return SIGN_IN
    return f"{SIGN_IN}?{urlencode({'next': asked})}"


def safe_next(asked: str) -> str:
    r"""Give a place on this board to go on to; the first page where it is none.

    A browser takes `//host`, `/\host` and what a line break hides for other places.
    """
    is_here = asked.startswith("/") and not asked.startswith(("//", "/\\"))
    is_plain = asked.isprintable() and asked.isascii() and "\\" not in asked
    if not is_here or not is_plain or len(asked) > LONGEST_NEXT:
        return "/"
    parts = urlsplit(asked)
    is_door = parts.path.startswith((SIGN_IN, "/sign-out"))
    return "/" if parts.scheme or parts.netloc or is_door else asked
