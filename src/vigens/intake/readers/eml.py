"""A message as saved by a mail program: its head, and the part that a person reads."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import TYPE_CHECKING

from vigens.intake.errors import ContainerError, EmptyDocumentError
from vigens.intake.readers.decode import Decoded, decode

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIELD = re.compile(rb"[!-9;-~]{1,60}:[ \t]?[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*")
_TELLING = (b"from:", b"subject:", b"date:", b"message-id:", b"mime-version:")
_MOST_PARTS = 200
_ADDRESSES = ("Archived-At", "X-Original-URL", "List-Post")


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
    """

    body: Decoded
    part: str
    is_html: bool
    subject: str
    sender: str
    day: str | None
    address: str
    attachments: tuple[str, ...]


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
        ContainerError: More parts than a person would send.
        EmptyDocumentError: No part of it is text.
        DocumentError: The part cannot be decoded.
    """
    if data.startswith(b"From "):
        data = data[data.index(b"\n") + 1 :]
    message = email.message_from_bytes(data, policy=email.policy.default)
    readable: dict[str, tuple[int, EmailMessage]] = {}
    attachments = []
    for number, part in enumerate(_walk(message, name), 1):
        filename = _said(part, "filename")
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
            raw = part.get_payload(decode=True)
            if isinstance(raw, bytes) and raw.strip():
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


def _message(
    message: EmailMessage,
    part: EmailMessage,
    raw: bytes,
    place: str,
    name: str,
    attachments: list[str],
) -> Message:
    charset = part.get_param("charset")
    body = decode(
        raw, f"{name}, {place}", named=charset if isinstance(charset, str) else None
    )
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
    )


def _walk(message: EmailMessage, name: str) -> Iterator[EmailMessage]:
    """Go through the parts that are no containers, never more than `_MOST_PARTS`."""
    waiting, n_parts = [message], 0
    while waiting:
        part = waiting.pop(0)
        n_parts += 1
        if n_parts > _MOST_PARTS:
            raise ContainerError(name, f"it has more than {_MOST_PARTS} parts")
        inner = part.get_payload()
        if isinstance(inner, list) and part.get_content_type() != "message/rfc822":
            waiting[:0] = [each for each in inner if isinstance(each, EmailMessage)]
        else:
            yield part


def _head(message: EmailMessage, name: str) -> str:
    """Give a field of the head in one line; a damaged one says nothing."""
    try:
        return " ".join(str(message.get(name) or "").split())[:500]
    except (ValueError, LookupError, IndexError, AttributeError, TypeError):
        return ""


def _said(part: EmailMessage, what: str) -> str:
    try:
        return str(getattr(part, f"get_{what}")() or "")
    except (ValueError, LookupError, IndexError, AttributeError, TypeError):
        return ""


def _day(message: EmailMessage) -> str | None:
    try:
        moment = getattr(message["Date"], "datetime", None)
    except (ValueError, LookupError, IndexError, AttributeError, TypeError):
        return None
    return moment.date().isoformat() if isinstance(moment, datetime) else None
