"""Where a person finds a passage in the file: its page, its paragraph, its part."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vigens.intake.document import Document

_PAGE = re.compile(r"page (\d+)")
_LINE = re.compile(r"[^\n]*\S[^\n]*")


class Whereabouts:
    """Says of many passages of one document where they stand in its file."""

    def __init__(self, document: Document) -> None:
        """Take the document; of one whose text is the file there is nothing to say."""
        self._document = document
        self._starts: list[int] | None = None

    def of(self, start: int, end: int) -> dict[str, Any] | None:
        """Say where a passage stands, as a row has it; none where the text is the file.

        A PDF gives a `page`, a DOCX a `paragraph` (rows of tables counted as well), a
        message the `part` that is read. `to` is the last one, where there are several.
        `places` are the exact stretches: characters of a page or message, bytes of the
        member of a DOCX.

        Args:
            start: First character of the text.
            end: Character after the last.
        """
        places = self._document.places(start, end) if self._document.pieces else ()
        if not places:
            return None
        exact = [{"part": p.part, "start": p.start, "end": p.end} for p in places]
        first, last = _PAGE.fullmatch(places[0].part), _PAGE.fullmatch(places[-1].part)
        if first and last:
            return {**_from("page", int(first[1]), int(last[1])), "places": exact}
        if self._document.media_type == "message/rfc822":
            return {"part": places[0].part, "places": exact}
        found = self._paragraph(start), self._paragraph(max(start, end - 1))
        return {**_from("paragraph", *found), "places": exact}

    def _paragraph(self, at: int) -> int:
        if self._starts is None:
            self._starts = [m.start() for m in _LINE.finditer(self._document.text)]
        return max(1, bisect_right(self._starts, at))


def _from(unit: str, first: int, last: int) -> dict[str, Any]:
    return {unit: first} | ({"to": last} if last != first else {})
