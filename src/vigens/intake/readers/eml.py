"""A message as saved by a mail program: its head, and the part that a person reads."""

from __future__ import annotations

import email
import re
from base64 import b64decode
from contextlib import suppress
from dataclasses import dataclass
from email.errors import HeaderParseError, InvalidBase64LengthDefect
from email.header import decode_header, make_header
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from vigens.intake.errors import ContainerError, EmptyDocumentError
from vigens.intake.readers.decode import Decoded, decode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message as Part

_FIELD = re.compile(rb"[!-9;-~]{1,60}:[ \t]?[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*")
_TELLING = (b"from:", b"subject:", b"date:", b"message-id:", b"mime-version:")
_BOUNDARY = re.compile(rb"boundary[*0-9]{0,4}=\s?\"?([^\";\s]{1,200})", re.IGNORECASE)
_OF_PART = re.compile(
    rb"^content-(?:type|disposition):[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*",
    re.IGNORECASE | re.MULTILINE,
)
_NO_LETTER = re.compile(rb"[^A-Za-z0-9+/]")
_MOST_PARTS = 200
_LONGEST_FIELD = 4000  # characters of a field of the head that are looked at
_ADDRESSES = ("Archived-At", "X-Original-URL", "List-Post")
_CUT = "the message breaks off: what came after is missing"
_DAMAGED = "the message is damaged: some of its words may be missing"
_UNPACKED = "its text is said to be packed as base64 and is not: read as it stands"
_HEADLESS = "a part's head is damaged: what it says of the part's name is left out"
_NO_BASE64 = 0.05  # the share of signs beside base64 from which on it is none
#: What a head that contradicts itself makes the standard library raise.
_BAD_HEAD = (TypeError, ValueError, LookupError, AttributeError)


@dataclass(frozen=True, slots=True)
class Message:
    """What a message holds.

    Attributes:
        body: The part that is read, as text.
        part: Which one: `text/plain 1`, the number counting all parts from 1.
        is_html: Whether the part is a page.
        subject: Its subject, or empty.
        sender: Who sent it, as the message says, or empty.
        day: The day of its date, in the sender's zone, or none.
        address: Where it is archived, if it says so, or empty.
        attachments: Names of files that came with it; they are not read.
        notes: What is damaged, in words for a person.
    """

    body: Decoded
    part: str
    is_html: bool
    subject: str
    sender: str
    day: str | None
    address: str
    attachments: tuple[str, ...]
    notes: tuple[str, ...] = ()


def is_message(data: bytes) -> bool:
    """Say whether a text begins with the head of a message."""
    at, told = 0, 0
    if data.startswith(b"From ") and b"\n" in data[:200]:  # a mailbox of one
        at = data.index(b"\n") + 1
    while field := _FIELD.match(data, at):
        told += field.group().lower().startswith(_TELLING)
        at = field.end()
    return told >= 3 and data[at : at + 2].startswith((b"\n", b"\r\n"))


def read_message(data: bytes, name: str) -> Message:
    """Take a message apart.

    Plain text goes before HTML where both say the same.

    Args:
        data: The file's bytes.
        name: What to call it in messages.

    Raises:
        ContainerError: More parts than a person would send, or too deep ones.
        EmptyDocumentError: No part of it is text.
        DocumentError: The part cannot be decoded.
    """
    if data.startswith(b"From "):
        data = data[data.index(b"\n") + 1 :]
    message = _parsed(data, name)
    readable: dict[str, tuple[int, Part]] = {}
    attachments = []
    for number, part in enumerate(_walk(message, name), 1):
        filename = _filename(part)
        kind = part.get_content_type()
        is_inner = kind == "message/rfc822"
        if filename or is_inner or part.get_content_disposition() == "attachment":
            what = "a forwarded message, part" if is_inner else "part"
            attachments.append(filename or f"{what} {number}")
            continue
        if kind in ("text/plain", "text/html"):
            readable.setdefault(kind, (number, part))
    for kind in ("text/plain", "text/html"):
        if kind in readable:
            number, part = readable[kind]
            raw = _payload(part)
            if raw.strip():
                return _message(
                    message, part, raw, f"{kind} {number}", name, attachments
                )
    if attachments:
        raise EmptyDocumentError(
            name,
            f"the message holds no text, only attachments: {', '.join(attachments[:5])}",
            "save the attachment that is the report, and hand that over",
        )
    raise EmptyDocumentError(name, "the message holds no text")


def _parsed(data: bytes, name: str) -> Part:
    """Take the parts apart, where they are as a person would send them."""
    if any(m.end() - m.start() > _LONGEST_FIELD for m in _OF_PART.finditer(data)):
        raise ContainerError(
            name, f"a part's head is longer than {_LONGEST_FIELD} bytes"
        )
    for boundary in set(_BOUNDARY.findall(data)):
        if data.count(b"\n--" + boundary) > 2 * _MOST_PARTS:
            raise ContainerError(name, f"it has more than {_MOST_PARTS} parts")
    try:
        return email.message_from_bytes(data)
    except RecursionError as error:
        raise ContainerError(name, "its parts lie too deep in one another") from error
    except _BAD_HEAD as error:
        raise ContainerError(name, "the head of a part contradicts itself") from error


def _message(
    message: Part,
    part: Part,
    raw: bytes,
    place: str,
    name: str,
    attachments: list[str],
) -> Message:
    body = decode(raw, f"{name}, {place}", named=_charset(part))
    return Message(
        body,
        place,
        place.startswith("text/html"),
        _head(message, "Subject"),
        _head(message, "From"),
        _day(message),
        next((found for n in _ADDRESSES if (found := _head(message, n))), "").strip(
            "<>"
        ),
        tuple(attachments),
        tuple(_notes(message, part)),
    )


def _payload(part: Part) -> bytes:
    """Give the bytes of a part; of letters that break off, those that are whole."""
    if _is_wrongly_packed(part):
        return _as_it_stands(part)
    found = part.get_payload(decode=True)
    raw = found if isinstance(found, bytes) else b""
    if any(isinstance(each, InvalidBase64LengthDefect) for each in part.defects):
        letters = _NO_LETTER.sub(b"", raw)
        return b64decode(letters[: len(letters) // 4 * 4])
    return raw


def _filename(part: Part) -> str:
    """Give the name of a part as a file; a damaged one is none."""
    try:
        return _words(part.get_filename() or "")
    except _BAD_HEAD:
        return ""


def _charset(part: Part) -> str | None:
    """Give the encoding that a part's head names, if it can be read."""
    try:
        found = part.get_param("charset")
    except _BAD_HEAD:
        return None
    return found if isinstance(found, str) else None


def _as_it_stands(part: Part) -> bytes:
    said = part.get_payload()
    return said.encode("utf-8", "surrogateescape") if isinstance(said, str) else b""


def _is_wrongly_packed(part: Part) -> bool:
    """Say whether a part is said to be base64, and holds signs that base64 has not."""
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() != "base64":
        return False
    lines = _as_it_stands(part).strip().splitlines()
    signs = b"".join(lines)
    odd = _NO_LETTER.findall(signs.rstrip(b"= \t"))
    return len(odd) > _NO_BASE64 * len(signs)


def _walk(message: Part, name: str) -> Iterator[Part]:
    """Go through the parts that are no containers, never more than `_MOST_PARTS`."""
    waiting, n_parts = [message], 0
    while waiting:
        part = waiting.pop(0)
        n_parts += 1
        if n_parts > _MOST_PARTS:
            raise ContainerError(name, f"it has more than {_MOST_PARTS} parts")
        inner = part.get_payload()
        if isinstance(inner, list) and part.get_content_type() != "message/rfc822":
            waiting[:0] = [each for each in inner if not isinstance(each, str)]
        else:
            yield part


def _notes(message: Part, part: Part) -> Iterator[str]:
    """Say where a message breaks off or cannot be decoded as it says."""
    if any("Boundary" in type(each).__name__ for each in message.defects):
        yield _CUT
    if _is_wrongly_packed(part):
        yield _UNPACKED
    elif any("Base64" in type(each).__name__ for each in part.defects):
        yield _DAMAGED
    try:
        part.get_filename()
    except _BAD_HEAD:
        yield _HEADLESS


def _head(message: Part, name: str) -> str:
    """Give a field of the head in one line; a damaged one says nothing."""
    raw = next((v for n, v in message.raw_items() if n.lower() == name.lower()), "")
    return _words(raw)


def _words(raw: str) -> str:
    """Give a field in words: those that are written in signs of ASCII are read."""
    data = raw[:_LONGEST_FIELD].encode("utf-8", "surrogateescape")
    said = data.decode("utf-8", "replace")
    with suppress(HeaderParseError, LookupError, ValueError):
        said = str(make_header(decode_header(said)))
    return " ".join(said.split())[:500]


def _day(message: Part) -> str | None:
    try:
        return parsedate_to_datetime(_head(message, "Date")[:200]).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
