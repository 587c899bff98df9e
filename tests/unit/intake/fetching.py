"""Documents of every form that ask whoever reads them to fetch something."""

from __future__ import annotations

import io
import zipfile

from tests.unit.intake.hostile import SENTENCE
from tests.unit.intake.hostile_containers import HEAD, one_page, rezipped, stream
from tests.unit.intake.making import make_docx, paragraph

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def asking(base: str) -> dict[str, bytes]:
    """Make a document of each form; all that they ask for lies below one address."""
    return {
        "page.html": _page(base).encode(),
        "page-of-xml.html": _xhtml(base).encode(),
        "template.docx": _docx(base),
        "entity.docx": _docx_with_entity(base),
        "message.eml": _message(base),
        "elsewhere.eml": _elsewhere(base),
        "report.pdf": _pdf(base),
        "plain.txt": f"{SENTENCE}\n\nMore: {base}/more <{base}/x> file:///etc/passwd\n".encode(),
    }


def _page(base: str) -> str:
    return f"""<!DOCTYPE html SYSTEM "{base}/dtd"><html manifest="{base}/manifest"><head>
<base href="{base}/"><meta http-equiv="refresh" content="0;url={base}/refresh">
<meta charset="utf-8"><meta property="og:image" content="{base}/og.png">
<link rel="stylesheet" href="{base}/style.css"><link rel="preload" href="{base}/pre">
<link rel="dns-prefetch" href="{base}"><link rel="canonical" href="{base}/canonical">
<link rel="amphtml" href="{base}/amp"><link rel="alternate" href="{base}/feed">
<script src="{base}/script.js"></script><style>@import url({base}/import.css);</style>
<script type="application/ld+json">{{"@context": "{base}/context"}}</script></head>
<body background="{base}/back.png"><article><p>{SENTENCE}</p>
<img src="{base}/pixel.gif" srcset="{base}/2x.gif 2x"><iframe src="{base}/frame"></iframe>
<object data="{base}/object"></object><embed src="{base}/embed">
<video poster="{base}/poster"><source src="{base}/film"><track src="{base}/track"></video>
<svg><image href="{base}/svg"/><use xlink:href="{base}/use#a"/></svg>
<form action="{base}/form"><input type="image" src="{base}/input"></form>
<a href="{base}/link" ping="{base}/ping">more</a></article></body></html>"""


def _xhtml(base: str) -> str:
    return (
        f'<?xml version="1.0"?><?xml-stylesheet href="{base}/style.xsl"?>'
        f'<!DOCTYPE html [<!ENTITY % far SYSTEM "{base}/far.dtd"> %far;'
        f'<!ENTITY near SYSTEM "file:///etc/passwd">]>'
        f'<html xmlns:xi="http://www.w3.org/2001/XInclude"><body><p>{SENTENCE} &near;</p>'
        f'<xi:include href="{base}/include"/></body></html>'
    )


def _related(base: str, *names: str) -> bytes:
    rows = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{name}" Target="{base}/{name}" '
        'TargetMode="External"/>'
        for n, name in enumerate(names)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{rows}</Relationships>'.encode()


def _docx(base: str) -> bytes:
    body = (
        "<w:p><w:r><w:instrText>INCLUDEPICTURE "
        f'"{base}/picture"</w:instrText></w:r></w:p>'
        f'<w:p><w:r><w:instrText>INCLUDETEXT "{base}/text"</w:instrText></w:r></w:p>'
        '<w:altChunk xmlns:r="x" r:id="r2"/><w:subDoc xmlns:r="x" r:id="r3"/>'
    )
    return rezipped(
        make_docx(body + paragraph(SENTENCE)),
        **{
            "word___rels__document.xml.rels": _related(
                base,
                "image",
                "hyperlink",
                "aFChunk",
                "subDocument",
                "oleObject",
                "frame",
            ),
            "word___rels__settings.xml.rels": _related(base, "attachedTemplate"),
            "_rels__.rels": _related(base, "officeDocument", "extended-properties"),
        },
    )


def _docx_with_entity(base: str) -> bytes:
    head = f'<!DOCTYPE w [<!ENTITY a SYSTEM "{base}/entity">]>'
    return make_docx(paragraph("&a;", SENTENCE), head=head)


def _message(base: str) -> bytes:
    return (
        f"{HEAD}Content-Base: {base}/\r\nContent-Location: {base}/location\r\n"
        f"List-Unsubscribe: <{base}/unsubscribe>\r\nList-Post: <{base}/post>\r\n"
        f"Disposition-Notification-To: <a@127.0.0.1>\r\nX-Image-URL: {base}/face\r\n"
        'Content-Type: multipart/mixed; boundary="x"\r\n\r\n'
        "--x\r\nContent-Type: message/external-body; access-type=URL; "
        f'URL="{base}/body"\r\n\r\nContent-Type: text/plain\r\n\r\n\r\n'
        "--x\r\nContent-Type: message/external-body; access-type=anon-ftp; "
        'site="127.0.0.1"; name="body"\r\n\r\nContent-Type: text/plain\r\n\r\n\r\n'
        f"--x\r\nContent-Type: text/html\r\n\r\n{_page(base)}\r\n--x--\r\n"
    ).encode()


def _elsewhere(base: str) -> bytes:
    return (
        f'{HEAD}Content-Type: message/external-body; access-type=URL; URL="{base}/body"'
        "\r\n\r\nContent-Type: text/plain\r\n\r\n"
    ).encode()


def _pdf(base: str) -> bytes:
    at = base.encode()
    shown = f"BT /F 11 Tf 50 780 Td ({SENTENCE}) Tj ET /Far Do".encode()
    link = b"<< /S /URI /URI (%b/uri) >>" % at
    return one_page(
        stream(shown),
        root=(
            b"/OpenAction %b /URI << /Base (%b/) >> /AA << /WC << /S /SubmitForm /F << /FS "
            b"/URL /F (%b/form) >> >> >> /AcroForm << /XFA (%b/xfa) /Fields [] >> "
            b"/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS "
            b"(this.getURL('%b/js')) >>] >> >>"
        )
        % (link, at, at, at, at),
        page_more=(
            b"/AA << /O << /S /GoToR /F << /FS /URL /F (%b/other.pdf) >> /D [0 /Fit] >> >> "
            b"/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 600 800] /A %b >> "
            b"<< /Type /Annot /Subtype /Movie /Rect [0 0 9 9] /Movie << /F (%b/film) >> >>]"
        )
        % (at, link, at),
    )


def members_of(data: bytes) -> list[str]:
    """List the members of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()
