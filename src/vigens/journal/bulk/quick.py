"""Entries by the million: from a line of text to what is hashed, without an object.

A line that `format_entry` would write byte for byte is read as plain JSON and its
canonical bytes are written straight from it. Whatever is unlike that, however
slightly, is left to the general way (`parse_entry`), which also says what is wrong.
Both give the same bytes; a test holds them to it.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import orjson

from vigens.journal.plain import (
    ENTRY,
    PASSAGE,
    SOURCE,
    Unlike,
    known_word,
    mapping,
    number,
    optional,
    text,
    word,
)

#: The fields of an entry, in the order of its line.
LINE_FIELDS = (
    "id",
    "format",
    "kind",
    "payload",
    "happened",
    "known_from",
    "recorded_at",
    "recorded_by",
    "sources",
    "marks",
    "rectifies",
    "supersedes",
    "about",
)

_ID = re.compile(r"[0-9a-f]{64}")
_RECORDED = re.compile(
    r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    r"T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{6}Z",
    re.ASCII,
)
_SOURCE_FIELDS = ("address", "title", "type", "published")
_PASSAGE_FIELDS = ("document", "start", "end", "quote")

#: Valid in JSON strings, but `format_entry` escapes them.
_LINE_BREAKS = ("\u2028".encode(), "\u2029".encode(), "\x85".encode())


def quick_fields(raw: bytes) -> dict[str, Any] | None:
    """Read a line as plain JSON if it is exactly what `format_entry` writes.

    Args:
        raw: The line, without its line feed.

    Returns:
        Its fields, or none where it is not surely an entry in that form.
    """
    try:
        fields = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return None
    if (
        type(fields) is not dict
        or tuple(fields) != LINE_FIELDS
        or orjson.dumps(fields) != raw
        or fields["format"] != 1
        or not (raw.isascii() or all(mark not in raw for mark in _LINE_BREAKS))
    ):
        return None
    return fields


def quick_bytes(fields: dict[str, Any]) -> bytes | None:
    """Give the canonical bytes of an entry's fields, as `entry_bytes` does.

    Args:
        fields: As `quick_fields` gave them.

    Returns:
        The bytes, whatever the id; or none where a field is not surely of the right type and order.
    """
    try:
        return _entry(fields)
    except (Unlike, TypeError):  # a list or an object where a text should be
        return None


def _entry(fields: dict[str, Any]) -> bytes:
    about, marks, sources = fields["about"], fields["marks"], fields["sources"]
    recorded_at, payload = fields["recorded_at"], fields["payload"]
    if (
        type(recorded_at) is not str
        or not _RECORDED.fullmatch(recorded_at)
        or not (recorded_at[8:10] <= "28" or _is_day(recorded_at))
        or type(payload) is not dict
        or type(about) is not list
        or type(marks) is not list
        or type(sources) is not list
        or type(fields["format"]) is not int
    ):
        raise Unlike
    return ENTRY % (
        len(about),
        b"".join([_identifier(target) for target in about]) if about else b"",
        known_word(happened := fields["happened"]) or optional(happened),
        known_word(kind := fields["kind"]) or word(kind),
        known_word(known_from := fields["known_from"]) or optional(known_from),
        len(marks),
        b"".join([known_word(mark) or word(mark) for mark in marks]),
        mapping(payload),
        b"s27:%b" % recorded_at.encode(),
        known_word(author := fields["recorded_by"]) or word(author),
        b"n" if (first := fields["rectifies"]) is None else _identifier(first),
        len(sources),
        b"".join([_source(source) for source in sources]) if sources else b"",
        b"n" if (first := fields["supersedes"]) is None else _identifier(first),
    )


def _is_day(recorded_at: str) -> bool:
    try:
        datetime.fromisoformat(recorded_at)
    except ValueError:
        return False
    return True


def _identifier(value: Any) -> bytes:
    if type(value) is not str or not _ID.fullmatch(value):
        raise Unlike
    return b"s64:%b" % value.encode()


def _source(source: Any) -> bytes:
    """Write a source with no fields but the known ones."""
    if type(source) is not dict:
        raise Unlike
    keys = tuple(source)
    if keys == _SOURCE_FIELDS:
        n_fields, passage = 4, b""
    elif keys == (*_SOURCE_FIELDS, "passage"):
        n_fields, passage = 5, _passage(source["passage"])
    else:
        raise Unlike
    return SOURCE % (
        n_fields,
        text(source["address"]),
        passage,
        known_word(published := source["published"]) or optional(published),
        optional(source["title"]),
        known_word(kind := source["type"]) or optional(kind),
    )


def _passage(passage: Any) -> bytes:
    if type(passage) is not dict or tuple(passage) != _PASSAGE_FIELDS:
        raise Unlike
    return PASSAGE % (
        text(passage["document"]),
        number(passage["end"]),
        text(passage["quote"]),
        number(passage["start"]),
    )
