"""The text of a document around a passage, cut at the exact places of its passages."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import VigensError
from vigens.desk.writing import (
    kept_of,
    read_kept,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vigens.board.contexts import Visit
    from vigens.intake import Document

#: Characters that are shown before and after a passage.
AROUND = 3000

#: Kinds of documents whose text has markup in it, which is not shown.
_MARKED_UP = ("text/html", "message/rfc822")


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of a text: plain, of another passage, or of the passage itself."""

    text: str
    kind: str
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text around a passage.

    Attributes:
        cuts: In order; together they are the text that is shown.
        is_cut_before: Whether there is more before it.
        is_cut_after: Whether there is more after it.
        is_prose: Whether line ends say nothing, as in HTML.
        problem: Why there is no text, if there is none.
    """

    cuts: tuple[Cut, ...] = ()
    is_cut_before: bool = False
    is_cut_after: bool = False
    is_prose: bool = False
    problem: str = ""


def show_text(
    visit: Visit, sha256: str, here: tuple[int, int], others: Iterable[tuple[int, int]]
) -> ShownText:
    """Cut the text around a passage; every passage is marked at its exact place.

    Args:
        visit: Who looks.
        sha256: Of the document.
        here: The passage, `[start, end)` in characters.
        others: Passages of other suggestions of the document.
    """
    try:
        document = read_text(visit, sha256)
    except VigensError as error:
        return ShownText(problem=error.what)
    is_prose = document.media_type in _MARKED_UP
    text = document.view if is_prose else document.text
    low = max(0, here[0] - AROUND)
    high = min(len(text), here[1] + AROUND)
    return ShownText(
        tuple(_cuts(text, low, high, here, others)), low > 0, high < len(text), is_prose
    )


def read_text(visit: Visit, sha256: str) -> Document:
    """Read a document that the case keeps; the last ones read are at hand.

    Raises:
        VigensError: No copy is kept, or it cannot be read.
    """
    texts, case = visit.casebook.texts, visit.casebook.case()
    kept = texts.get(sha256)
    if kept is None or not kept_of(case, sha256):
        kept = read_kept(case, sha256)
        texts.put(sha256, kept)
    return kept


def _cuts(
    text: str,
    low: int,
    high: int,
    here: tuple[int, int],
    others: Iterable[tuple[int, int]],
) -> Iterable[Cut]:
    spans = [span for span in others if span != here]
    edges = {low, high}
    for span in (here, *spans):
        edges.update(edge for edge in span if low < edge < high)
    places = sorted(edges)
    is_first = True
    for start, end in itertools.pairwise(places):
        if here[0] <= start < here[1]:
            yield Cut(text[start:end], "here", is_first)
            is_first = False
        elif any(a <= start < b for a, b in spans):
            yield Cut(text[start:end], "other")
        else:
            yield Cut(text[start:end], "plain")
