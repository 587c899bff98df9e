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
_PLAIN = 0.25  # the share of frequent words and letters that tells a language surely
_MUCH_BETTER = 1.5
_SOME_WORDS = 0.05
_HEAD = 20_000  # characters
_ANY_TAG = re.compile(r"<[^>]*>")
_FEW = 20  # bytes; fewer before a broken character are no text cut off
_ENDS_WITHIN = ("unexpected end of data", "truncated data")
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
        note: What was done otherwise than the file says, for a person.
    """

    text: str
    encoding: str
    is_guessed: bool = False
    note: str = ""


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
                cut = _cut_off(data, error, encoding)
                if cut is not None:
                    return cut
                raise EncodingError(name, error.start, encoding) from error
    said = named or _said(data)
    nul = data.find(b"\x00")
    if nul >= 0:
        if not _is_wide(data):
            raise BinaryDocumentError(name, "binary data (it holds NUL bytes)", nul)
        return _guessed(data, name, nul, said)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        cut = _cut_off(data, error, "utf-8")
        if cut is not None:
            return cut
        first = error.start
    try:
        text = data.decode(said or "")
    except (UnicodeDecodeError, LookupError, ValueError):
        return _guessed(data, name, first, said)
    found = codecs.lookup(said or "").name
    score = 0.0 if _is_accented(text) else likeliest(text)[1]
    better = _guess(data) if score < _PLAIN else None
    if better is None or codecs.lookup(better).name == found:
        return Decoded(text, found)
    guessed = data.decode(better)
    if likeliest(guessed)[1] < _MUCH_BETTER * score + _SOME_WORDS:
        return Decoded(text, found)
    note = f"the file says {said}, its letters say {better}: read as {better}"
    return Decoded(guessed, better, is_guessed=True, note=note)


def _is_accented(text: str) -> bool:
    """Say whether most letters are accented Latin ones, as in no language."""
    letters = [c for c in text[:_HEAD] if c.isalpha() and c > "\x7f"]
    latin = sum("\xc0" <= c <= "\xff" for c in letters)
    return latin * 2 > sum(map(str.isalpha, _ANY_TAG.sub("", text[:_HEAD])))


def _cut_off(data: bytes, error: UnicodeDecodeError, encoding: str) -> Decoded | None:
    """Read a text that ends within a character without that character."""
    if error.reason not in _ENDS_WITHIN or error.start < _FEW:
        return None
    left = len(data) - error.start
    what = "last byte is" if left == 1 else f"last {left} bytes are"
    note = f"the file ends within a character: its {what} left out"
    return Decoded(data[: error.start].decode(encoding), encoding, note=note)


def _guessed(data: bytes, name: str, first: int, said: str | None) -> Decoded:
    is_wide = b"\x00" in data and len(data) > _FEW
    whole = data[: len(data) // 2 * 2] if is_wide else data
    encoding = _guess(whole)
    if encoding is None:
        raise EncodingError(name, first, said)
    note = "" if whole == data else "the file ends within a character: its last byte"
    text = whole.decode(encoding)
    return Decoded(text, encoding, is_guessed=True, note=note and f"{note} is left out")


def _said(data: bytes) -> str | None:
    """Give the encoding that a page names in its head."""
    found = _XML.match(data[:200]) or _CHARSET.search(data[:4096])
    if found is None:
        return None
    said = found.group(1).decode("ascii")
    if said.lower().startswith(("utf-16", "utf-32", "utf16", "utf32")):
        return None  # a label that can be read byte by byte is of no such file
    try:
        return said if codecs.lookup(said)._is_text_encoding else None  # noqa: SLF001 -- the only sign that a codec gives text
    except LookupError:
        return None


def _is_wide(data: bytes) -> bool:
    """Say whether every other byte is a zero or a Cyrillic page: UTF-16 unmarked."""
    head = data[:4000]
    return any(
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
