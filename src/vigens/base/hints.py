"""Words of messages: nearest names that propose a mend, things with their number."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """Propose the candidate closest to a name, or none if all are far.

    Args:
        name: What was written.
        candidates: What could have been meant.

    Returns:
        One candidate, or `None` where nothing is near enough to propose.
    """
    by_folded = {candidate.casefold(): candidate for candidate in candidates}
    found = difflib.get_close_matches(name.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else None


def counted(number: int, noun: str) -> str:
    """Say a number of things: "1 argument", "2 arguments".

    Args:
        number: How many.
        noun: One of them; its plural ends with s.
    """
    return f"{number} {noun}{'s' * (number != 1)}"
