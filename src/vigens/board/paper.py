"""A hand-over brief on paper: PDF with its letters embedded, A4, numbered pages."""

from __future__ import annotations

import io
import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from vigens.base import Message, OutsideError
from vigens.board.tongues import spoken, tell

if TYPE_CHECKING:
    from vigens.desk.shifts import Block, Handover

#: Letters that a font must have: Latin with accents, Ukrainian, Kazakh, Turkish.
NEEDED = "éœŠžłÄєїґыӘәҒғҚқҢңӨөҰұҮүҺһğış—…"

#: Where fonts with such letters lie, as (plain, bold), the most usual first.
_PLACES = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans{}.ttf",
    "/usr/share/fonts/TTF/DejaVuSans{}.ttf",
    "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans{}.ttf",
    "/usr/share/fonts/dejavu/DejaVuSans{}.ttf",
    "/usr/share/fonts/truetype/noto/NotoSans{}.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSans{}.ttf",
    "/usr/local/share/fonts/DejaVuSans{}.ttf",
    "/System/Library/Fonts/Supplemental/Arial{}.ttf",
    "C:/Windows/Fonts/arial{}.ttf",
)
_CUTS = (("", "-Bold"), ("-Regular", "-Bold"), ("", " Bold"), ("", "bd"))
_MARGIN = 48


def print_brief(brief: Handover) -> bytes:
    """Lay a brief out as PDF; the same brief gives the same bytes.

    Raises:
        OutsideError: The library or a font with the letters that are needed is not
            there.
    """
    try:
        from reportlab.platypus import SimpleDocTemplate
    except ImportError as error:
        raise OutsideError(
            Message("a PDF needs a library that is not installed"),
            Message("the hand-over brief"),
            Message("pip install 'vigens[paper]', or take HTML or Markdown"),
        ) from error
    plain, bold = _fonts()
    styles = _styles(plain, bold)
    out = io.BytesIO()
    title = tell(Message("Hand-over brief: {title}", title=brief.title))
    document = SimpleDocTemplate(
        out,
        title=title,
        author="Vigens",
        subject=tell(brief.lens),
        lang=spoken().code,
        invariant=1,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN + 8,
    )
    story = [
        _said("title", title, styles),
        _said("small", Message("Lens: {words}", words=brief.lens), styles),
        _said("small", Message("Compared with: {words}", words=brief.since), styles),
        *(part for block in brief.blocks for part in _parts(block, styles)),
        *(_said("small", caveat, styles) for caveat in brief.caveats),
    ]

    def foot(canvas: Any, document: Any) -> None:
        canvas.setFont(plain, 7)
        canvas.drawString(_MARGIN, 30, tell(brief.lens)[:150])
        width = document.pagesize[0]
        canvas.drawRightString(
            width - _MARGIN, 30, tell(Message("page {number}", number=document.page))
        )

    document.build(story, onFirstPage=foot, onLaterPages=foot)
    return out.getvalue()


@lru_cache(maxsize=1)
def _fonts() -> tuple[str, str]:
    """Register the first font that has the letters, plain and bold."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    chosen = os.environ.get("VIGENS_FONT")
    pairs = [(chosen, chosen)] if chosen else []
    pairs += [
        (place.format(plain), place.format(bold))
        for place in _PLACES
        for plain, bold in _CUTS
    ]
    for plain, bold in pairs:
        if not Path(plain).is_file():
            continue
        try:
            fonts = [
                TTFont("Vigens", plain),
                TTFont("VigensBold", bold if Path(bold).is_file() else plain),
            ]
        except (TTFError, OSError):
            continue
        if all(ord(letter) in fonts[0].face.charToGlyph for letter in NEEDED):
            for font in fonts:
                pdfmetrics.registerFont(font)
            return "Vigens", "VigensBold"
    raise OutsideError(
        Message("no font with Latin, Cyrillic and Kazakh letters was found"),
        Message("the hand-over brief as PDF"),
        Message(
            "install the DejaVu fonts (fonts-dejavu-core), or name a TrueType "
            "file in VIGENS_FONT"
        ),
    )


def _styles(plain: str, bold: str) -> dict[str, Any]:
    from reportlab.lib.styles import ParagraphStyle

    def style(name: str, size: float, **more: Any) -> Any:
        more.setdefault("fontName", plain)
        return ParagraphStyle(name, fontSize=size, leading=size * 1.34, **more)

    return {
        "title": style("title", 15, fontName=bold, spaceAfter=6),
        "heading": style(
            "heading", 11, fontName=bold, spaceBefore=11, spaceAfter=4, keepWithNext=1
        ),
        "strong": style("strong", 12, fontName=bold, spaceBefore=8, spaceAfter=3),
        "text": style("text", 9, spaceAfter=3),
        "note": style("note", 8.5, textColor="#444444", spaceAfter=3),
        "small": style("small", 7.5, textColor="#444444", spaceAfter=2),
        "cell": style("cell", 8),
        "head": style("head", 7.5, fontName=bold),
        "list": style("list", 9, leftIndent=12, bulletIndent=2, spaceAfter=1.5),
    }


def _said(kind: str, text: str, styles: dict[str, Any]) -> Any:
    from reportlab.platypus import Paragraph

    bullet = "•" if kind == "list" else None
    return Paragraph(
        escape(" ".join(tell(text).split())), styles[kind], bulletText=bullet
    )


def _parts(block: Block, styles: dict[str, Any]) -> list[Any]:
    if block.kind == "list":
        return [_said("list", row[0], styles) for row in block.rows]
    if block.kind == "table":
        return [_table(block, styles)]
    return [_said(block.kind, block.text, styles)]


def _table(block: Block, styles: dict[str, Any]) -> Any:
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import LongTable, TableStyle

    whole = A4[0] - 2 * _MARGIN - 12
    shares = (0.46, 0.27, 0.27) if len(block.head) == 3 else (0.24, 0.36, 0.18, 0.22)
    rows = [
        [_said("head", cell, styles) for cell in block.head],
        *([_said("cell", cell, styles) for cell in row] for row in block.rows),
    ]
    lines = TableStyle(
        [
            ("LINEBELOW", (0, 0), (-1, 0), 0.7, "#000000"),
            ("LINEBELOW", (0, 1), (-1, -1), 0.3, "#999999"),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (0, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ]
    )
    widths = [whole * share for share in shares]
    return LongTable(rows, colWidths=widths, style=lines, repeatRows=1)
