"""Bytes to text, or a clear refusal: which encoding it is, is told apart."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from vigens.intake.errors import (
    BinaryDocumentError,
    EmptyDocumentError,
    EncodingError,
    OversizeDocumentError,
)
from vigens.intake.language import likeliest

MAX_BYTES = 10 * 1024 * 1024

_SIGNATURES = (
    (b"PK\x03\x04", "a ZIP archive (or XLSX, ODT)"),
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
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = frozenset(range(9)) | frozenset(range(14, 27))
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})"
)
_XML = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})")

#: What old files of the languages that intake reads were written in.
_CANDIDATES = [
    "cp1251",
    "koi8_r",
    "koi8_u",
    "cp866",
    "kz1048",
    "iso8859_5",
    "mac_cyrillic",
    "cp1252",
    "cp1250",
    "cp1254",
    "iso8859_2",
    "iso8859_15",
    "utf_16_le",
    "utf_16_be",
]
_FAMILIES = (
    ("cp1251", "kz1048"),
    ("koi8_r", "koi8_u"),
    ("cp1252", "cp1254", "iso8859_15"),
    ("cp1250", "iso8859_2"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how its bytes were read.

    Attributes:
        text: The text; a byte order mark of UTF-8 stays, as part of the file.
        encoding: Name of the encoding.
        is_guessed: Whether nothing in the file says so.
    """

    text: str
    encoding: str
    is_guessed: bool = False


def decode(data: bytes, name: str, *, named: str | None = None) -> Decoded:
    """Decode a report's bytes.

    UTF-8 goes first, since nothing else is valid UTF-8 by chance; then what the file
    says of itself; then what its letters look like.

    Args:
        data: The bytes.
        name: What to call them in messages.
        named: The encoding that a message's head names.

    Raises:
        EmptyDocumentError: No byte, or nothing but blanks.
        OversizeDocumentError: More than `MAX_BYTES`.
        BinaryDocumentError: A known binary form, or control bytes.
        EncodingError: Text, but in no encoding that can be told.
    """
    if len(data) > MAX_BYTES:
        raise OversizeDocumentError(name, len(data), MAX_BYTES)
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        raise EmptyDocumentError(name)
    for signature, form in _SIGNATURES:
        if data.startswith(signature):
            raise BinaryDocumentError(name, form, 0)
    decoded = _decode(data, name, named)
    text = decoded.text.removeprefix("\ufeff")
    if not text.strip():
        raise EmptyDocumentError(name)
    controls = sum(text.count(chr(c)) for c in _CONTROL)
    if controls * 50 > len(text):
        raise BinaryDocumentError(name, "binary data (control characters)", 0)
    return decoded


def _decode(data: bytes, name: str, named: str | None) -> Decoded:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data.decode(encoding), encoding)
            except UnicodeDecodeError as error:
                raise EncodingError(name, error.start, encoding) from error
    said = named or _said(data)
    nul = data.find(b"\x00")
    if nul >= 0 and not _is_wide(data):
        raise BinaryDocumentError(name, "binary data (it holds NUL bytes)", nul)
    if nul < 0:
        try:
            return Decoded(data.decode("utf-8"), "utf-8")
        except UnicodeDecodeError as error:
            first = error.start
    else:
        first = nul
    if said is not None and nul < 0:
        try:
            text = data.decode(said)
        except (UnicodeDecodeError, LookupError, ValueError):
            pass
        else:
            return Decoded(text, codecs.lookup(said).name)
    guessed = _guess(data)
    if guessed is None:
        raise EncodingError(name, first, said)
    return Decoded(data.decode(guessed), guessed, is_guessed=True)


def _said(data: bytes) -> str | None:
    """Give the encoding that a page names in its head."""
    found = _XML.match(data[:200]) or _CHARSET.search(data[:4096])
    if found is None:
        return None
    said = found.group(1).decode("ascii")
    try:
        return said if codecs.lookup(said)._is_text_encoding else None  # noqa: SLF001 -- the only sign that a codec gives text
    except LookupError:
        return None


def _is_wide(data: bytes) -> bool:
    """Say whether every other byte is a zero or a Cyrillic page: UTF-16 unmarked."""
    head = data[:4000]
    return len(data) % 2 == 0 and any(
        sum(b in (0x00, 0x04) for b in head[side::2]) * 10 > len(head) // 2 * 9
        for side in (0, 1)
    )


def _guess(data: bytes) -> str | None:
    """Tell an encoding by the letters that it would give, and by their words.

    Pages of one family differ in a few letters; frequent words decide between them.
    """
    from charset_normalizer import from_bytes

    found = from_bytes(data[:50_000], cp_isolation=_CANDIDATES).best()
    if found is None or found.encoding is None:
        return None
    first = str(found.encoding)
    family = next((f for f in _FAMILIES if first in f), (first,))
    best: str | None = None
    best_score = -1.0
    for encoding in (first, *family):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        score = likeliest(text)[1]
        if _is_text(text) and score > best_score:
            best, best_score = encoding, score
    return best


def _is_text(text: str) -> bool:
    """Say whether a text is mostly letters, figures and blanks."""
    head = text[:50_000]
    plain = sum(c.isalnum() or c.isspace() for c in head)
    return plain * 10 > len(head) * 7
