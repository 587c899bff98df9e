"""About how much memory a session holds, so that whoever keeps several can bound them.

The numbers are measured, not exact: of a case with 100,000 entries, with `tracemalloc`.
They count objects of Python, of which there are as many as entries and answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.base import Layered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vigens.desk.assembling import Assembled

#: Bytes for each entry that is shown: its places in a view, and what it was weighed as.
OF_SHOWN, OF_WEIGHED = 300, 900

#: Bytes for each entry in lists of its own, and for each answer with its why.
OF_LISTED, OF_ANSWER = 20, 9_600


def held_bytes(assembled: Assembled, n_answers: int) -> tuple[dict[int, int], int]:
    """Say what a session holds: by the identity of what it may share, and its own."""
    view, weighings = assembled.view, assembled.weighings
    shared = {
        _root(view.positions): len(view.shown) * OF_SHOWN,
        _root(weighings): len(weighings) * OF_WEIGHED,
    }
    return shared, len(view.shown) * OF_LISTED + n_answers * OF_ANSWER


def _root(known: Mapping[str, object]) -> int:
    return id(known.base if isinstance(known, Layered) else known)
