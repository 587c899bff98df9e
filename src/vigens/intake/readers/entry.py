"""The one door: bytes and a name in, a `Document` out."""

from __future__ import annotations

import hashlib
import re

from vigens.intake.dates import DateMention, find_dates, grammar
from vigens.intake.document import Document, Region
from vigens.intake.fold import fold_blanks
from vigens.intake.language import language_of
from vigens.intake.lexicon import vocabulary
from vigens.intake.readers.decode import MAX_BYTES, decode
from vigens.intake.readers.html import Page, is_html, read_html
from vigens.intake.readers.layout import lay_out

__all__ = ["MAX_BYTES", "read_document"]

_FULL = re.compile(r"\d{4}-\d\d-\d\d")
_DATELINE = re.compile(
    r"[^\n]{0,100}?\d{4}[^\n]{0,25}?(?:\s[-\u2013\u2014]\s|\.\s|:\s)"
)
_AGENCY = re.compile(
    r"\b(Reuters|Kazinform|KAZINFORM|AFP|Bloomberg|Associated Press|Интерфакс|ТАСС"
    r"|Укринформ|Укрінформ|РБК-Украина|РБК-Україна|Anadolu|Xinhua|DW|BBC|CNN)\b"
)


def read_document(data: bytes, name: str) -> Document:
    """Read a report: plain text or HTML, in UTF-8, at most 10 MiB.

    Args:
        data: The file's bytes.
        name: What to call it in messages and rows, mostly its file name.

    Raises:
        EmptyDocumentError: No byte, or nothing but blanks.
        OversizeDocumentError: More than `MAX_BYTES`.
        BinaryDocumentError: A picture, an archive, NUL bytes.
        EncodingError: Text, but not UTF-8.
    """
    text = decode(data, name)
    page = read_html(text) if is_html(text) else None
    view = page.view if page else fold_blanks(text)
    regions = lay_out(view)
    if page:
        regions = tuple(_as_title(r, page) for r in regions)
    body = "\n".join(view[r.start : r.end] for r in regions if r.role == "body")
    language = language_of(body or view)
    title = page.title if page and page.title else _title(view, regions)
    agency = _AGENCY.search(text)
    return Document(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        text=text,
        view=view,
        language=language,
        title=title,
        published=_published(view, regions, page, language),
        source=(page.site if page else None) or (agency.group(1) if agency else None),
        media_type="text/html" if page else "text/plain",
        length=len(data),
        regions=regions,
    )


def _as_title(region: Region, page: Page) -> Region:
    for start, end in page.headings:
        if start <= region.start and region.end <= end:
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
