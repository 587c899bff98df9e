"""Bytes to text, or a clear refusal."""

from __future__ import annotations

import codecs

from vigens.intake.errors import (
    BinaryDocumentError,
    EmptyDocumentError,
    EncodingError,
    OversizeDocumentError,
)

MAX_BYTES = 10 * 1024 * 1024

_SIGNATURES = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive (or DOCX, XLSX, ODT)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROL = frozenset(range(9)) | frozenset(range(14, 27))


def decode(data: bytes, name: str) -> str:
    """Decode a report's bytes; a byte order mark stays, as part of the file.

    Raises:
        EmptyDocumentError: No byte, or nothing but blanks.
        OversizeDocumentError: More than `MAX_BYTES`.
        BinaryDocumentError: A known binary form, or control bytes.
        EncodingError: Text, but not UTF-8.
    """
    if len(data) > MAX_BYTES:
        raise OversizeDocumentError(name, len(data), MAX_BYTES)
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        raise EmptyDocumentError(name)
    for signature, form in _SIGNATURES:
        if data.startswith(signature):
            raise BinaryDocumentError(name, form, 0)
    if data.startswith(_WIDE):
        raise EncodingError(name, 0, "UTF-16")
    nul = data.find(b"\x00")
    if nul >= 0:
        raise BinaryDocumentError(name, "binary data (it holds NUL bytes)", nul)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise EncodingError(name, error.start, likely_encoding(data)) from error
    controls = sum(data.count(bytes((c,))) for c in _CONTROL)
    if controls * 50 > len(data):
        raise BinaryDocumentError(name, "binary data (control bytes)", 0)
    if not text.removeprefix("\ufeff").strip():
        raise EmptyDocumentError(name)
    return text


def likely_encoding(data: bytes) -> str | None:
    """Guess the single-byte Cyrillic encoding of bytes that are not UTF-8.

    Small letters outnumber capitals in a text; windows-1251 has the small ones at
    0xE0 and above, KOI8 at 0xC0 to 0xDF, code page 866 at 0xA0 to 0xAF.
    """
    high = [b for b in data[:20_000] if b >= 0x80]
    if not high:
        return None
    share_e0 = sum(b >= 0xE0 for b in high) / len(high)
    share_c0 = sum(0xC0 <= b < 0xE0 for b in high) / len(high)
    share_a0 = sum(0x80 <= b < 0xB0 for b in high) / len(high)
    share, name = max((share_e0, "CP1251"), (share_c0, "KOI8-R"), (share_a0, "CP866"))
    dense = len(high) * 4 > len(data[:20_000])
    return name if dense and share > 0.6 else "CP1252" if not dense else None
