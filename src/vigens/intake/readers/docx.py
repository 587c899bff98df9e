"""Word's DOCX: the running text, as it stands after tracked changes are accepted.

Each stretch of text points at its bytes in `word/document.xml`. Nothing is fetched,
no entity is expanded, and an archive that grows beyond its bounds is refused.
"""

from __future__ import annotations

import codecs
import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import Protocol
from xml.parsers import expat

from vigens.intake.errors import ContainerError, OversizeDocumentError
from vigens.intake.offsets import Piece, TextBuilder

#: The most that one part of an archive may hold when unpacked, in bytes.
MAX_PART_BYTES = 32 * 1024 * 1024

DOCUMENT = "word/document.xml"
_CORE = "docProps/core.xml"
_BODY = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main "
_TWICE = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_ENDS_LINE = frozenset({"p", "tr"})
_LEFT_OUT = frozenset({"del", "moveFrom", "instrText", "delText", "delInstrText"})
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "tc": "\t"}
_HEADINGS = ("title", "heading1")
_NO_CARD = "its card is damaged: title and author are taken from its text"


@dataclass(frozen=True, slots=True)
class Docx:
    """What a DOCX holds.

    Attributes:
        text: The running text, a line for each paragraph and row of a table.
        pieces: Where each stretch of it stands.
        title: Of the file's own card, or of its first heading, or empty.
        author: Of the file's own card, or empty.
        headings: Stretches of the text that are set as title or first heading.
        notes: What is damaged, in words for a person.
    """

    text: str
    pieces: tuple[Piece, ...]
    title: str
    author: str
    headings: tuple[tuple[int, int], ...]
    notes: tuple[str, ...] = ()


def is_docx(data: bytes) -> bool:
    """Say whether an archive is a DOCX, by its list of members."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return DOCUMENT in archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False


def read_docx(data: bytes, name: str) -> Docx:
    """Draw the text out of a DOCX.

    Args:
        data: The file's bytes.
        name: What to call it in messages.

    Raises:
        ContainerError: Damaged, encrypted, or with a document type of its own.
        OversizeDocumentError: A part is too large when unpacked.
    """
    reader = _Body()
    _parse(_member(data, DOCUMENT, name), reader, f"{name}, {DOCUMENT}")
    text, pieces = reader.builder.built()
    card, notes = _read_card(data, name)
    facts = {key: " ".join("".join(said).split()) for key, said in card.facts.items()}
    heading = next((" ".join(text[a:b].split()) for a, b in reader.headings), "")
    return Docx(
        text,
        pieces,
        facts.get("title") or heading,
        facts.get("creator", ""),
        tuple(reader.headings),
        notes,
    )


def _read_card(data: bytes, name: str) -> tuple[_Card, tuple[str, ...]]:
    """Read the file's card: title and author; the text is there without it."""
    card = _Card()
    try:
        core = _member(data, _CORE, name, is_needed=False)
        if core:
            _parse(core, card, f"{name}, {_CORE}")
    except (ContainerError, OversizeDocumentError):
        return _Card(), (_NO_CARD,)
    return card, ()


def _member(data: bytes, member: str, name: str, *, is_needed: bool = True) -> bytes:
    """Unpack one member, up to its bound."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(member) as file:
            found = file.read(MAX_PART_BYTES + 1)
    except KeyError:
        if is_needed:
            raise ContainerError(name, f"it holds no {member}") from None
        return b""
    except NotImplementedError as error:
        raise ContainerError(
            name, f"{member} is packed in a way that is not known"
        ) from error
    except RuntimeError as error:
        raise ContainerError(name, "it is encrypted") from error
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
    ) as error:
        raise ContainerError(name, f"{member} cannot be unpacked") from error
    if len(found) > MAX_PART_BYTES:
        raise OversizeDocumentError(f"{name}, {member}", len(found), MAX_PART_BYTES)
    return found


class _Reader(Protocol):
    """Takes what a parser meets."""

    def start(self, tag: str, attributes: dict[str, str], /) -> None:
        """Take the beginning of an element."""

    def end(self, tag: str, /) -> None:
        """Take the end of an element."""

    def words(self, text: str, at: int, length: int, /) -> None:
        """Take character data that stands at a byte and takes some bytes."""


class _Body:
    def __init__(self) -> None:
        self.builder = TextBuilder()
        self.headings: list[tuple[int, int]] = []
        self._left_out = 0
        self._depth_of_words = 0
        self._line_at = 0
        self._is_heading = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        local = _local(tag)
        if local in _LEFT_OUT:
            self._left_out += 1
        elif local == "p":
            self._line_at, self._is_heading = self.builder.size, False
        elif local == "pStyle":
            style = next((v for k, v in attributes.items() if _local(k) == "val"), "")
            self._is_heading = style.lower().replace(" ", "") in _HEADINGS
        elif local == "t":
            self._depth_of_words += 1
        elif local in _SIGNS and not self._left_out:
            self.builder.add(_SIGNS[local])

    def end(self, tag: str) -> None:
        local = _local(tag)
        if local in _LEFT_OUT:
            self._left_out -= 1
        elif local == "t":
            self._depth_of_words -= 1
        elif local in _ENDS_LINE:
            if self._is_heading and self.builder.size > self._line_at:
                self.headings.append((self._line_at, self.builder.size))
            self._is_heading = False
            self.builder.add("\n")

    def words(self, text: str, at: int, length: int) -> None:
        if self._depth_of_words and not self._left_out:
            self.builder.take(text, DOCUMENT, at, length)


class _Card:
    def __init__(self) -> None:
        self.facts: dict[str, list[str]] = {}
        self._name = ""

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        self._name = tag.rpartition(" ")[2]

    def end(self, _tag: str) -> None:
        self._name = ""

    def words(self, text: str, _at: int, _length: int) -> None:
        self.facts.setdefault(self._name, []).append(text)


def _local(tag: str) -> str:
    if tag == _TWICE:  # the same words again, for older readers
        return "del"
    for space in (_BODY, _STRICT):
        if tag.startswith(space):
            return tag[len(space) :]
    return ""


def _parse(data: bytes, reader: _Reader, where: str) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = False
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    width = _Width(data)

    def refuse(*_: object) -> None:
        raise ContainerError(where, "it brings a document type of its own")

    def words(text: str) -> None:
        at = parser.CurrentByteIndex
        reader.words(text, at, width(at, text))

    parser.XmlDeclHandler = width.declare
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = words
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise ContainerError(where, f"its XML is damaged ({error})") from error


class _Width:
    """How many bytes character data takes where it stands."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        wide = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
        self._encoding = wide.get(data[:2], "utf-8")

    def declare(self, _version: str, encoding: str | None, _alone: int) -> None:
        """Take the encoding that the XML says it is in; a mark of its bytes tells more."""
        if encoding and self._encoding == "utf-8":
            self._encoding = codecs.lookup(encoding).name

    def __call__(self, at: int, text: str) -> int:
        """Give the bytes of one reference, of the end of a line, or of the text itself."""
        raw = self._encoded(text)
        if text != "&" and self._data.startswith(raw, at):
            return len(raw)
        end = self._encoded(";")
        if self._data.startswith(self._encoded("&"), at):
            return self._data.find(end, at) + len(end) - at
        return 2 * len(raw)  # the end of a line in two signs

    def _encoded(self, text: str) -> bytes:
        return text.encode(self._encoding, errors="surrogatepass")
