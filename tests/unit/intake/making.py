"""Files of the forms that intake reads, made in memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

_FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /Any /Encoding /Identity-H "
    "/DescendantFonts [4 0 R] /ToUnicode 5 0 R >>"
)
_GLYPHS = (
    "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Any /DW 500 "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
)


def make_docx(body: str, *, core: str = "", head: str = "") -> bytes:
    """Make a DOCX of the inner XML of its body; `core` is the inner XML of its card."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml",
            f'<?xml version="1.0" encoding="UTF-8"?>{head}'
            f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>',
        )
        if core:
            archive.writestr(
                "docProps/core.xml",
                '<cp:coreProperties xmlns:cp="urn:cp" '
                f'xmlns:dc="urn:dc" xmlns:dcterms="urn:t">{core}</cp:coreProperties>',
            )
    return out.getvalue()


def paragraph(*runs: str, style: str = "") -> str:
    """Make a paragraph of runs of text."""
    head = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    words = "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs)
    return f"<w:p>{head}{words}</w:p>"


def make_pdf(pages: Sequence[Sequence[str]], *, title: str = "") -> bytes:
    """Make a PDF with a text layer in any script: one list of lines for each page.

    Characters are numbered as they come, and a ToUnicode map says what each one is.
    """
    letters = sorted({letter for page in pages for line in page for letter in line})
    codes = {letter: number for number, letter in enumerate(letters, 1)}
    chars = "\n".join(
        f"<{code:04x}> <{letter.encode('utf-16-be').hex()}>"
        for letter, code in codes.items()
    )
    mapped = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap "
        "/CMapType 2 def /CMapName /X def\n1 begincodespacerange <0000> <ffff> "
        f"endcodespacerange\n{len(codes)} beginbfchar\n{chars}\nendbfchar\n"
        "endcmap end end"
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids ["
        + " ".join(f"{7 + 2 * n} 0 R" for n in range(len(pages)))
        + "] >>",
        _FONT,
        _GLYPHS,
        _stream(mapped),
        f"<< /Title <feff{title.encode('utf-16-be').hex()}> >>",
    ]
    for number, page in enumerate(pages):
        lines = "\n".join(
            f"1 0 0 1 50 {780 - 14 * n} Tm <"
            + "".join(f"{codes[letter]:04x}" for letter in line)
            + "> Tj"
            for n, line in enumerate(page)
        )
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 842] "
            f"/Resources << /Font << /F 3 0 R >> >> /Contents {8 + 2 * number} 0 R >>"
        )
        objects.append(_stream(f"BT /F 11 Tf\n{lines}\nET"))
    return _assembled(objects)


def _stream(text: str) -> str:
    return f"<< /Length {len(text)} >>\nstream\n{text}\nendstream"


def _assembled(objects: Sequence[str]) -> bytes:
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    at = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += (
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 6 0 R >>\n"
        f"startxref\n{at}\n%%EOF\n"
    ).encode()
    return out
