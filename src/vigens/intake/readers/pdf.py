"""PDF: the text layer of each page, by PDFium. No picture is read.

PDFium is a large program in C++ that meets hostile files, so the desk runs this in a
process of its own with bounds on memory and time; nothing here knows of that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from vigens.intake.document import MAX_CHARACTERS
from vigens.intake.errors import (
    ContainerError,
    EmptyDocumentError,
    OversizeDocumentError,
    ReaderMissingError,
)
from vigens.intake.offsets import Piece, TextBuilder

#: How PDFium writes a hyphen that only divides a word at the end of a line.
_CUT = "\ufffe"

_BEGINS = re.compile(rb"%PDF-\d\.\d")

#: A line shorter than this share of the usual one ends its paragraph.
_SHORT = 0.75

#: The longest that is read, in pages.
MAX_PAGES = 2000


@dataclass(frozen=True, slots=True)
class PdfText:
    """What a PDF holds as text.

    Attributes:
        pages: The text of each page, as PDFium gives it.
        title: Of the file's own card, or empty.
        author: Of the file's own card, or empty.
    """

    pages: tuple[str, ...]
    title: str = ""
    author: str = ""


def is_pdf(data: bytes) -> bool:
    """Say whether a file is a PDF; some begin with a few bytes of something else."""
    return _BEGINS.search(data[:1024]) is not None


def read_pdf(data: bytes, name: str) -> PdfText:
    """Draw the text out of a PDF.

    Args:
        data: The file's bytes.
        name: What to call it in messages.

    Raises:
        ReaderMissingError: PDFium is not installed.
        ContainerError: Damaged, or shut with a password.
        OversizeDocumentError: More pages or characters than a report can have.
    """
    try:
        import pypdfium2 as pdfium
    except ImportError as error:
        raise ReaderMissingError(name, "PDF", "documents") from error
    try:
        opened = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        why = "it is damaged"
        if "password" in str(error).lower():
            why = "it is shut with a password"
        raise ContainerError(name, why) from error
    pages: list[str] = []
    size = 0
    try:
        if len(opened) > MAX_PAGES:
            raise OversizeDocumentError(name, len(opened), MAX_PAGES, "pages")
        card = opened.get_metadata_dict()
        for number in range(len(opened)):
            text = opened[number].get_textpage().get_text_range()
            size += len(text)
            if size > MAX_CHARACTERS:
                raise OversizeDocumentError(name, size, MAX_CHARACTERS, "characters")
            pages.append(text)
    except pdfium.PdfiumError as error:
        raise ContainerError(name, f"page {len(pages) + 1} is damaged") from error
    finally:
        opened.close()
    return PdfText(tuple(pages), card.get("Title", ""), card.get("Author", ""))


def join_pages(found: PdfText, name: str) -> tuple[str, tuple[Piece, ...]]:
    """Put the pages together, each stretch with its place.

    A PDF has lines and no paragraphs: a line that stops well before the margin ends
    one, and a word cut at the end of a line is put together again.

    Raises:
        EmptyDocumentError: No page has a text layer.
    """
    if not any(text.strip() for text in found.pages):
        raise EmptyDocumentError(
            name, "the PDF holds pictures of pages and no text", "read it by OCR first"
        )
    builder = TextBuilder()
    for number, text in enumerate(found.pages, 1):
        _take_page(builder, text, f"page {number}")
    return builder.built()


def _take_page(builder: TextBuilder, text: str, part: str) -> None:
    lines = text.splitlines(keepends=True)
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    margin = lengths[len(lengths) * 9 // 10] if lengths else 0
    at = 0
    for line in lines:
        words = line.rstrip()
        place = at
        for piece in words.split(_CUT):
            builder.take(piece, part, place, len(piece))
            place += len(piece) + 1
        builder.add("\n")
        if len(words) < margin * _SHORT:
            builder.add("\n")
        at += len(line)
    builder.add("\n")
