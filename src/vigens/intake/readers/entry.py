"""The one door: bytes and a name in, a `Document` out."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vigens.base import without_collection
from vigens.intake.dates import DateMention, find_dates, grammar
from vigens.intake.document import MAX_CHARACTERS, Document, Region
from vigens.intake.errors import EmptyDocumentError, OversizeDocumentError
from vigens.intake.fold import disguises, fold_blanks
from vigens.intake.language import language_within
from vigens.intake.lexicon import vocabulary
from vigens.intake.mixed import tongues_of
from vigens.intake.offsets import Piece
from vigens.intake.readers.decode import Decoded, decode
from vigens.intake.readers.docx import is_docx, read_docx
from vigens.intake.readers.eml import is_message, read_message
from vigens.intake.readers.html import Page, is_html, read_html
from vigens.intake.readers.layout import lay_out
from vigens.intake.readers.origin import find_author, find_chain
from vigens.intake.readers.pdf import PdfText, is_pdf, join_pages, read_pdf

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The largest PDF, DOCX or message that is opened, in bytes.
MAX_CONTAINER_BYTES = 40 * 1024 * 1024

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_UNKNOWN = "its language is none that has a vocabulary: nothing is suggested"
_FULL = re.compile(r"\d{4}-\d\d-\d\d")
_DATELINE = re.compile(
    r"[^\n]{0,100}?\d{4}[^\n]{0,25}?(?:\s[-\u2013\u2014]\s|\.\s|:\s)"
)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file taken apart: its text, and what it says of itself."""

    text: str
    view: str
    media_type: str
    encoding: str = ""
    is_guessed: bool = False
    page: Page | None = None
    pieces: tuple[Piece, ...] = ()
    headings: tuple[tuple[int, int], ...] = ()
    title: str = ""
    author: str = ""
    published: str | None = None
    address: str = ""
    notes: tuple[str, ...] = ()


@without_collection()
def read_document(data: bytes, name: str, *, pdf: PdfText | None = None) -> Document:
    """Read a report: plain text, HTML, DOCX, PDF or a saved message.

    What it is, is told by its content, never by its name.

    Args:
        data: The file's bytes.
        name: What to call it in messages and rows, mostly its file name.
        pdf: The text of a PDF, where it was drawn out in a process of its own.

    Raises:
        EmptyDocumentError: No byte, nothing but blanks, or pictures of pages.
        OversizeDocumentError: More than a report can hold.
        BinaryDocumentError: A picture, an archive, NUL bytes.
        EncodingError: Text, but in no encoding that can be told.
        ContainerError: A damaged or encrypted DOCX, PDF or message.
        ReaderMissingError: A PDF, and what reads it is not installed.
    """
    if len(data) > MAX_CONTAINER_BYTES:
        raise OversizeDocumentError(name, len(data), MAX_CONTAINER_BYTES)
    opened = _open(data, name, pdf)
    regions = _regions(opened, name)
    view = opened.view
    body = "\n".join(view[r.start : r.end] for r in regions if r.role == "body")
    language = language_within(body or view)
    tongues = tongues_of(view, regions, language)
    page = opened.page
    address = opened.address or (page.address if page else "")
    site = (page.site if page else None) or address or None
    chain = find_chain(view, regions, language, site)
    author = (page.author if page else "") or opened.author
    return Document(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        text=opened.text,
        view=view,
        language=language,
        title=opened.title or _title(view, regions),
        published=opened.published or _published(view, regions, page, language),
        source=(page.site if page else None) or (chain[0] if chain else None),
        media_type=opened.media_type,
        length=len(data),
        regions=regions,
        author=author or find_author(view, regions, language),
        address=address,
        chain=chain,
        encoding=opened.encoding,
        is_guessed=opened.is_guessed,
        pieces=opened.pieces,
        notes=(
            *opened.notes,
            *disguises(opened.text),
            *([] if language != "und" else [_UNKNOWN]),
            *_told(tongues),
        ),
        tongues=tongues,
    )


def _told(tongues: tuple[tuple[int, int, str], ...]) -> tuple[str, ...]:
    codes = ", ".join(dict.fromkeys(code for _, _, code in tongues))
    told = f"parts of it are in another language ({codes}), and read in that one"
    return (told,) if codes else ()


def _open(data: bytes, name: str, pdf: PdfText | None) -> _Opened:
    if is_pdf(data):
        return _open_pdf(pdf or read_pdf(data, name), name)
    if data.startswith(b"PK") and is_docx(data):
        return _open_docx(data, name)
    if is_message(data):
        return _open_message(data, name)
    decoded = decode(data, name)
    return _open_text(decoded, is_page=is_html(decoded.text))


def _open_text(decoded: Decoded, *, is_page: bool) -> _Opened:
    said = (decoded.encoding, decoded.is_guessed)
    notes = (decoded.note,) if decoded.note else ()
    if not is_page:
        view = fold_blanks(decoded.text)
        return _Opened(decoded.text, view, "text/plain", *said, notes=notes)
    page = read_html(decoded.text)
    return _Opened(
        decoded.text,
        page.view,
        "text/html",
        *said,
        page=page,
        headings=page.headings,
        title=page.title,
        notes=notes,
    )


def _open_docx(data: bytes, name: str) -> _Opened:
    found = read_docx(data, name)
    return _Opened(
        found.text,
        fold_blanks(found.text),
        DOCX_TYPE,
        pieces=found.pieces,
        headings=found.headings,
        title=found.title,
        author=found.author,
        notes=found.notes,
    )


def _open_pdf(found: PdfText, name: str) -> _Opened:
    text, pieces = join_pages(found, name)
    n_silent = sum(not page.strip() for page in found.pages)
    note = (
        f"{n_silent} of {len(found.pages)} pages hold no text (pictures are not read)"
    )
    return _Opened(
        text,
        fold_blanks(text),
        "application/pdf",
        pieces=pieces,
        title=" ".join(found.title.split()),
        author=" ".join(found.author.split()),
        notes=(note,) if n_silent else (),
    )


def _open_message(data: bytes, name: str) -> _Opened:
    found = read_message(data, name)
    opened = _open_text(found.body, is_page=found.is_html)
    count = len(found.attachments)
    left_out = (
        (f"{count} attachments are not read: {', '.join(found.attachments[:5])}",)
        if count
        else ()
    )
    text = opened.text
    return replace(
        opened,
        media_type="message/rfc822",
        pieces=(Piece(0, len(text), found.part, 0, len(text)),),
        title=found.subject or opened.title,
        author=found.sender,
        published=found.day,
        address=found.address,
        notes=(*opened.notes, *found.notes, *left_out),
    )


def _regions(opened: _Opened, name: str) -> tuple[Region, ...]:
    """Lay a text out, if it has one that is as long as a report can be."""
    if not opened.view.strip():
        if opened.page is None:
            raise EmptyDocumentError(name, "the document holds no text")
        raise EmptyDocumentError(
            name,
            "the page holds no text (a script may build it)",
            "save the page from a browser as text or PDF, and hand that over",
        )
    regions = lay_out(opened.view, opened.page.article if opened.page else ())
    length = sum(region.end - region.start for region in regions)
    if length > MAX_CHARACTERS:
        raise OversizeDocumentError(name, length, MAX_CHARACTERS, "characters")
    return tuple(_as_headed(region, opened.headings) for region in regions)


def _as_headed(region: Region, headings: Sequence[tuple[int, int]]) -> Region:
    """Give a region inside a heading as a title; headings are in order."""
    at = bisect_right(headings, region.start, key=lambda heading: heading[0])
    if at and region.end <= headings[at - 1][1]:
        return Region(region.start, region.end, "title")
    return region


def _title(view: str, regions: tuple[Region, ...]) -> str:
    titles = (view[r.start : r.end] for r in regions if r.role == "title")
    return " ".join(next(titles, "").split())


def _published(
    view: str, regions: tuple[Region, ...], page: Page | None, language: str
) -> str | None:
    """Find the report's own date: the page's head, else a dateline."""
    if page and page.published and _FULL.fullmatch(page.published):
        return page.published
    if language == "und":
        return None
    rules = grammar(vocabulary(language).dates)
    for role in ("dateline", "chrome"):
        for region in regions:
            if region.role != role:
                continue
            found = find_dates(
                view, region.start, region.end, rules=rules, published=None
            )
            full = [d for d in found if _is_full(d)]
            if full:
                return full[0].edtf
    body = next((r for r in regions if r.role == "body"), None)
    if body:
        head = _DATELINE.match(view, body.start, min(body.end, body.start + 120))
        if head:
            found = find_dates(
                view, body.start, head.end(), rules=rules, published=None
            )
            return next((d.edtf for d in found if _is_full(d)), None)
    return None


def _is_full(found: DateMention) -> bool:
    return _FULL.fullmatch(found.edtf) is not None
