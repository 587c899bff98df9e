"""Hostile documents of several parts: DOCX, saved messages and PDF."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence

from tests.unit.intake.hostile import (
    CALM,
    PAGES,
    SAID,
    SENTENCE,
    TEXTS,
    TOLD,
    Hostile,
    article,
)
from tests.unit.intake.making import make_docx, make_pdf, paragraph

HEAD = (
    "From: desk@news.example\r\nSubject: Water\r\n"
    "Date: Fri, 06 Mar 2026 10:00:00 +0200\r\nMIME-Version: 1.0\r\n"
)
_PART = "Content-Type: text/plain\r\n\r\n"
_FILE = "word/document.xml"

# -- DOCX --------------------------------------------------------------------------


def rezipped(data: bytes, **more: bytes) -> bytes:
    """Pack a DOCX anew with further members; `__` in a name stands for a slash."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.namelist():
            new.writestr(member, old.read(member))
        for name, raw in more.items():
            new.writestr(name.replace("__", "/"), raw)
    return out.getvalue()


def _docx(body: str = "") -> bytes:
    return make_docx(body + paragraph(SENTENCE))


def _many_members() -> bytes:
    out = io.BytesIO(_docx())
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(30_000):
            archive.writestr(f"word/media/{number}", b"")
    return out.getvalue()


def _twice() -> bytes:
    """Hold the text twice under one name: the last one counts, as for Word."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for words in ("Nothing happened.", SENTENCE):
            with zipfile.ZipFile(io.BytesIO(make_docx(paragraph(words)))) as made:
                raw = made.read(_FILE)
            info = zipfile.ZipInfo(_FILE if words == SENTENCE else "word/documenT.xml")
            archive.writestr(info, raw)
    return out.getvalue().replace(b"word/documenT.xml", _FILE.encode())


def _patched(data: bytes, marks: Sequence[tuple[bytes, int]], value: bytes) -> bytes:
    """Write over bytes behind every beginning of an entry of the archive."""
    found = bytearray(data)
    for mark, offset in marks:
        at = found.find(mark)
        while at >= 0:
            found[at + offset : at + offset + len(value)] = value
            at = found.find(mark, at + 4)
    return bytes(found)


_LOCAL, _CENTRAL = b"PK\x03\x04", b"PK\x01\x02"

_DOCX = [
    Hostile("thirty-thousand-members.docx", _many_members, SAID),
    Hostile("the-text-twice.docx", _twice, CALM),
    Hostile(
        "paragraphs-in-paragraphs.docx",
        lambda: make_docx(
            "<w:p>" * 50_000 + f"<w:r><w:t>{SENTENCE}</w:t></w:r>" + "</w:p>" * 50_000
        ),
        CALM,
    ),
    Hostile(
        "breaks-without-end.docx",
        lambda: _docx("<w:p><w:r><w:br/></w:r></w:p>" * 60_000),
        SAID,
    ),
    Hostile(
        "a-run-for-every-letter.docx",
        lambda: make_docx(paragraph(*(SENTENCE + " ") * 300)),
        SAID,
    ),
    Hostile(
        "said-to-be-encrypted.docx",
        lambda: _patched(_docx(), ((_LOCAL, 6), (_CENTRAL, 8)), b"\x01\x00"),
        TOLD,
    ),
    Hostile(
        "packed-in-an-unknown-way.docx",
        lambda: _patched(_docx(), ((_LOCAL, 8), (_CENTRAL, 10)), b"\x63\x00"),
        TOLD,
    ),
    Hostile(
        "said-to-be-small.docx",
        lambda: _patched(_docx(), ((_LOCAL, 22), (_CENTRAL, 24)), b"\x05\x00\x00\x00"),
        TOLD,
    ),
    Hostile(
        "names-that-climb.docx",
        lambda: rezipped(_docx(), **{"..__..__..__etc__passwd": b"root"}),
        SAID,
    ),
    Hostile(
        "a-damaged-card.docx",
        lambda: rezipped(
            _docx(), docProps__core=b"", **{"docProps__core.xml": b"<a><b>"}
        ),
        SAID,
    ),
    Hostile(
        "letters-of-no-alphabet.docx",
        lambda: rezipped(
            b"PK\x05\x06" + bytes(18),
            **{_FILE: b'<?xml version="1.0" encoding="x-nobody"?><w>x</w>'},
        ),
        TOLD,
    ),
    Hostile(
        "an-order-to-load.docx",
        lambda: make_docx(
            "<w:p><w:r><w:instrText>DDEAUTO c:\\\\cmd.exe</w:instrText></w:r></w:p>"
            '<w:p><w:r><w:instrText>INCLUDETEXT "/etc/passwd"</w:instrText></w:r></w:p>'
            + paragraph(SENTENCE)
        ),
        SAID,
    ),
]


# -- messages ----------------------------------------------------------------------


def message(head: str, body: str = SENTENCE + "\r\n") -> bytes:
    """Make a message of further lines of its head and a body."""
    return f"{HEAD}{head}\r\n{body}".encode("utf-8", "surrogateescape")


_MESSAGES = [
    Hostile(
        "a-charset-that-nobody-knows.eml",
        lambda: message("Content-Type: text/plain; charset=x-nobody\r\n"),
        SAID,
    ),
    Hostile(
        "a-charset-in-pieces.eml",
        lambda: message(
            "Content-Type: text/plain; charset*0*=utf-8''ut; charset*1=f-8\r\n"
        ),
        SAID,
    ),
    Hostile(
        "a-subject-that-nobody-reads.eml",
        lambda: message("").replace(
            b"Water", b"=?x-nobody?b?////?= =?utf-8?q?=ff=fe?="
        ),
        SAID,
    ),
    Hostile(
        "letters-said-to-be-packed.eml",
        lambda: message(
            "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n"
        ),
        SAID,
    ),
    Hostile(
        "broken-signs.eml",
        lambda: message(
            "Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n",
            f"=ZZ =\r\n=3 ={SENTENCE}=\r\n=",
        ),
        CALM,
    ),
    Hostile(
        "packed-as-of-old.eml",
        lambda: message(
            "Content-Type: text/plain\r\nContent-Transfer-Encoding: x-uuencode\r\n",
            f"begin 644 x\r\n{'M' * 60_000}\r\n`\r\nend\r\n",
        ),
        TOLD,
    ),
    Hostile(
        "a-boundary-of-nothing.eml",
        lambda: message(
            'Content-Type: multipart/mixed; boundary=""\r\n',
            f"--\r\n{_PART}{SENTENCE}\r\n----\r\n",
        ),
        CALM,
    ),
    Hostile(
        "a-boundary-in-every-line.eml",
        lambda: message(
            "Content-Type: multipart/mixed; boundary=x\r\n",
            f"--x\r\n{_PART}{SENTENCE}\r\n" + "--x\r\n" * 390 + "--x--\r\n",
        ),
        CALM,
    ),
    Hostile(
        "a-day-that-is-none.eml",
        lambda: message("").replace(
            b"Fri, 06 Mar 2026 10:00:00 +0200", b"Fri, 99 Mar 999999 99:99:99 +99999999"
        ),
        SAID,
    ),
    Hostile(
        "a-name-in-numbered-pieces.eml",
        lambda: message(
            "Content-Type: text/plain; name*99999999999=a; name*1*=%; name*0*=x'y'%F"
            "\r\nContent-Disposition: inline; filename*2=c; filename*=''%\r\n"
        ),
        SAID,
    ),
    Hostile(
        "a-boundary-in-numbered-pieces.eml",
        lambda: message(
            "Content-Type: multipart/mixed; boundary*0*=x'y'%F; boundary*=b\r\n"
        ),
        TOLD,
    ),
    Hostile(
        "a-page-in-a-page-in-a-message.eml",
        lambda: message(
            "Content-Type: text/html\r\n",
            f"<html><body><iframe srcdoc='{article()}'></iframe>{article()}</body></html>",
        ),
        SAID,
    ),
    Hostile(
        "a-body-elsewhere.eml",
        lambda: message(
            "Content-Type: message/external-body; access-type=URL;\r\n"
            ' URL="http://127.0.0.1:9/body"\r\n',
            "Content-Type: text/plain\r\n\r\n",
        ),
        TOLD,
    ),
]


# -- PDF ---------------------------------------------------------------------------


def pdf(objects: Sequence[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """Make a PDF of numbered objects as they stand, with a right table of them."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer << /Size %d %b >>\n" % (len(objects) + 1, trailer)
    return out + start + table + end + b"startxref\n%d\n%%%%EOF\n" % len(out)


def stream(data: bytes, more: bytes = b"") -> bytes:
    """Make a stream."""
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(data), more, data)


_PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 842] /Contents 4 0 R "
    b"/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
    b">> >> >> >>"
)
_PAGES_OF = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
_SHOWN = b"BT /F 11 Tf 50 780 Td (" + SENTENCE.encode() + b") Tj ET"


def one_page(
    content: bytes = stream(_SHOWN),
    *,
    root: bytes = b"",
    page_more: bytes = b"",
    pages: bytes = _PAGES_OF,
) -> bytes:
    """Make a PDF of one page with the sentence, and what else it is to hold."""
    leaf = _PAGE.replace(b"/Parent", page_more + b" /Parent", 1)
    catalogue = b"<< /Type /Catalog /Pages 2 0 R %b >>" % root
    return pdf([catalogue, pages, leaf, content])


def _bomb() -> bytes:
    shown = zlib.compress(_SHOWN + b"\n" + b" " * 300_000_000, 9)
    return one_page(stream(shown, b"/Filter /FlateDecode"))


_PDFS = [
    Hostile("a-page.pdf", one_page, SAID),
    Hostile(
        "pages-in-a-circle.pdf",
        lambda: one_page(pages=b"<< /Type /Pages /Count 2 /Kids [2 0 R 3 0 R] >>"),
        CALM,
    ),
    Hostile(
        "a-thousand-million-pages.pdf",
        lambda: one_page(pages=b"<< /Type /Pages /Count 1000000000 /Kids [3 0 R] >>"),
        CALM,
    ),
    Hostile("a-page-that-swells.pdf", _bomb, CALM),
    Hostile(
        "filters-upon-filters.pdf",
        lambda: one_page(
            stream(
                b"".join((_SHOWN,)), b"/Filter [" + b"/ASCIIHexDecode " * 5_000 + b"]"
            )
        ),
        CALM,
    ),
    Hostile(
        "brackets-in-the-page.pdf",
        lambda: one_page(stream(_SHOWN + b"[" * 500_000)),
        SAID,
    ),
    Hostile(
        "tables-in-a-circle.pdf",
        lambda: one_page().replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev 15"),
        CALM,
    ),
    Hostile(
        "orders-and-programs.pdf",
        lambda: one_page(
            root=b"/OpenAction << /S /JavaScript /JS (app.launchURL('http://127.0.0.1:9/'))"
            b" >> /AA << /WC << /S /Launch /F (/bin/sh) >> >>"
        ),
        SAID,
    ),
    Hostile(
        "rubbish-before-and-behind.pdf",
        lambda: b"\x00\xff" * 400 + one_page() + b"\x00" * 100_000,
        SAID,
    ),
    Hostile("cut-in-the-middle.pdf", lambda: make_pdf([[SENTENCE]] * 20)[:4000], CALM),
    Hostile(
        "letters-without-names.pdf",
        lambda: make_pdf([[SENTENCE]]).replace(b"/ToUnicode", b"/ToUnicoda"),
        TOLD,
    ),
    Hostile("an-archive-too.pdf", lambda: one_page() + _docx(), SAID),
]

#: Every hostile document.
ALL = (*PAGES, *TEXTS, *_DOCX, *_MESSAGES, *_PDFS)
