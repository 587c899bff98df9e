"""A document as it came: text, where the article stands in it, what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vigens.intake.offsets import Piece, Place, places

#: The longest text that is read, in characters: some six hundred pages. What is found in
#: it is held in memory, about a hundred bytes for each character.
MAX_CHARACTERS = 2_000_000

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
        text: The decoded file, or the text drawn out of it; every offset of this
            package counts its characters.
        view: As long as `text`; white space folded to blanks, markup blanked out.
            Matching reads the view, quoting reads the text.
        language: ISO 639-1 code of a vocabulary, or `und`.
        title: The headline, or an empty string.
        published: EDTF date of the dateline, or None.
        source: The agency or site that the text names as its own, or None.
        media_type: `text/plain`, `text/html`, `message/rfc822`, `application/pdf` or
            the long name of DOCX.
        length: Number of bytes.
        regions: In order and disjoint; what no region covers is blank.
        author: Who wrote it, as it says, or an empty string.
        address: Where it stands on the web, as it says, or an empty string.
        chain: Who passed it on, the nearest first: the site, then whom it cites.
        encoding: How its bytes were read; empty for PDF and DOCX.
        is_guessed: Whether nothing in the file says its encoding.
        pieces: Where each stretch of the text stands in the file; empty where the text
            is the file.
        notes: What was left out, in words for a person.
        tongues: Stretches of the article in another language: start, end, code.
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
    author: str = ""
    address: str = ""
    chain: tuple[str, ...] = ()
    encoding: str = "utf-8"
    is_guessed: bool = False
    pieces: tuple[Piece, ...] = ()
    notes: tuple[str, ...] = ()
    tongues: tuple[tuple[int, int, str], ...] = ()

    @property
    def body(self) -> tuple[Region, ...]:
        """Give the regions that hold the article itself."""
        return tuple(r for r in self.regions if r.role == "body")

    def places(self, start: int, end: int) -> tuple[Place, ...]:
        """Say where a passage stands in the file, part by part.

        Args:
            start: First character of the text.
            end: Character after the last.

        Returns:
            Parts with their own offsets: characters of the decoded file or of a page,
            bytes of a member of an archive.
        """
        if not self.pieces:
            return (Place("", start, end),)
        return places(self.text, self.pieces, start, end)
