"""A document as it came: text, where the article stands in it, what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

RegionRole = Literal["title", "dateline", "body", "chrome"]


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of a document with one role; `[start, end)` in characters."""

    start: int
    end: int
    role: RegionRole


@dataclass(frozen=True, slots=True)
class Document:
    """One report, decoded and otherwise untouched.

    Attributes:
        name: What the person called it, mostly a file name.
        sha256: Of the bytes, 64 hexadecimal digits.
        text: The decoded file; every offset of this package counts its characters.
        view: As long as `text`; white space folded to blanks, markup blanked out.
            Matching reads the view, quoting reads the text.
        language: ISO 639-1 code of a vocabulary, or `und`.
        title: The headline, or an empty string.
        published: EDTF date of the dateline, or None.
        source: The agency or site that the text names as its own, or None.
        media_type: `text/plain` or `text/html`.
        length: Number of bytes.
        regions: In order and disjoint; what no region covers is blank.
    """

    name: str
    sha256: str
    text: str
    view: str
    language: str
    title: str
    published: str | None
    source: str | None
    media_type: str
    length: int
    regions: tuple[Region, ...]

    @property
    def body(self) -> tuple[Region, ...]:
        """Give the regions that hold the article itself."""
        return tuple(r for r in self.regions if r.role == "body")
