"""Fragments: the parts of a page by the ids of their elements, told apart by a digest."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_MAIN = re.compile(rb'<main id="(main)"[^>]*>(.*)</main>', re.DOTALL)
_ID = re.compile(rb'<[a-z][^<>]* id="([^"<>]{1,200})"')

#: Most fragments that one event names; where there are more, it says the page.
MOST_NAMED = 200


def fragments(body: bytes) -> dict[str, bytes]:
    """Take the main part of a page apart, from each element with an id to the next.

    The frame around it names the present, which is no change of the page.

    Args:
        body: As rendered, in UTF-8.
    """
    main = _MAIN.search(body)
    if main is None:
        return {"": hashlib.sha256(body).digest()}
    content = main[2]
    found: dict[str, bytes] = {}
    name, start = main[1], 0
    for place in (*_ID.finditer(content), None):
        end = len(content) if place is None else place.start()
        digest = hashlib.sha256(content[start:end]).digest()
        key = name.decode("utf-8", "replace")
        found[key] = digest if key not in found else found[key] + digest
        if place is not None:
            name, start = place[1], place.start()
    return found


def changed(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> tuple[str, ...]:
    """List the fragments that differ, came or went; `main` alone where they are many."""
    found = [name for name in after if before.get(name) != after[name]]
    found += [name for name in before if name not in after]
    return tuple(found) if len(found) <= MOST_NAMED else ("main",)
