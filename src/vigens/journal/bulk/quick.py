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

#: The canonical bytes of objects whose keys are known: keys stand sorted.
_ENTRY = (
    b"vigens entry 1\nm12:"
    b"s5:aboutl%d:%b"
    b"s6:formati1:1"
    b"s8:happened%b"
    b"s4:kind%b"
    b"s10:known_from%b"
    b"s5:marksl%d:%b"
    b"s7:payload%b"
    b"s11:recorded_ats27:%b"
    b"s11:recorded_by%b"
    b"s9:rectifies%b"
    b"s7:sourcesl%d:%b"
    b"s10:supersedes%b"
)
_SOURCE = b"m%d:s7:address%b%bs9:published%bs5:title%bs4:type%b"
_PASSAGE = b"s7:passagem4:s8:document%bs3:end%bs5:quote%bs5:start%b"

#: Nested deeper, the general way reads it.
_DEEPEST = 12
#: Valid in JSON strings, but `format_entry` escapes them.
_LINE_BREAKS = ("\u2028".encode(), "\u2029".encode(), "\x85".encode())


class _Unlike(Exception):  # noqa: N818 # it is no error: another way is taken
    """A value that the general way must look at."""


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
    except _Unlike:
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
        raise _Unlike
    out: list[bytes] = []
    _write_map(payload, out, 0)
    return _ENTRY % (
        len(about),
        b"".join([_identifier(target) for target in about]),
        _optional(fields["happened"]),
        _word(fields["kind"]),
        _optional(fields["known_from"]),
        len(marks),
        b"".join([_word(mark) for mark in marks]),
        b"".join(out),
        recorded_at.encode(),
        _word(fields["recorded_by"]),
        _optional_id(fields["rectifies"]),
        len(sources),
        b"".join([_source(source) for source in sources]),
        _optional_id(fields["supersedes"]),
    )


def _is_day(recorded_at: str) -> bool:
    try:
        datetime.fromisoformat(recorded_at)
    except ValueError:
        return False
    return True


def _identifier(value: Any) -> bytes:
    if type(value) is not str or not _ID.fullmatch(value):
        raise _Unlike
    return b"s64:%b" % value.encode()


def _optional_id(value: Any) -> bytes:
    return b"n" if value is None else _identifier(value)


def _word(value: Any) -> bytes:
    """Write a text that is likely to come again."""
    if type(value) is not str:
        raise _Unlike
    found = _WORDS.get(value)
    if found is None:
        found = _text(value)
        if len(_WORDS) < _MOST_WORDS:
            _WORDS[value] = found
    return found


def _optional(value: Any) -> bytes:
    return b"n" if value is None else _word(value)


def _text(value: Any) -> bytes:
    if type(value) is not str:
        raise _Unlike
    raw = value.encode()
    return b"s%d:%b" % (len(raw), raw)


def _source(source: Any) -> bytes:
    """Write a source with no fields but the known ones."""
    if type(source) is not dict:
        raise _Unlike
    keys = tuple(source)
    if keys == _SOURCE_FIELDS:
        n_fields, passage = 4, b""
    elif keys == (*_SOURCE_FIELDS, "passage"):
        n_fields, passage = 5, _passage(source["passage"])
    else:
        raise _Unlike
    return _SOURCE % (
        n_fields,
        _text(source["address"]),
        passage,
        _optional(source["published"]),
        _optional(source["title"]),
        _optional(source["type"]),
    )


def _passage(passage: Any) -> bytes:
    if type(passage) is not dict or tuple(passage) != _PASSAGE_FIELDS:
        raise _Unlike
    return _PASSAGE % (
        _text(passage["document"]),
        _number(passage["end"]),
        _text(passage["quote"]),
        _number(passage["start"]),
    )


def _number(value: Any) -> bytes:
    if type(value) is not int:
        raise _Unlike
    digits = b"%d" % value
    return b"i%d:%b" % (len(digits), digits)


def _write_map(value: dict[str, Any], out: list[bytes], depth: int) -> None:
    heads = _HEADS.get(keys := tuple(value))
    if heads is None:
        heads = _heads_of(keys)
    out.append(b"m%d:" % len(keys))
    for head, item in zip(heads, value.values(), strict=True):
        if type(item) is str:
            raw = item.encode()
            out.append(b"%bs%d:%b" % (head, len(raw), raw))
        else:
            out.append(head)
            _write(item, out, depth)


def _write(value: Any, out: list[bytes], depth: int) -> None:
    kind = type(value)
    if kind is str:
        raw = value.encode()
        out.append(b"s%d:%b" % (len(raw), raw))
    elif value is None:
        out.append(b"n")
    elif kind is bool:
        out.append(b"t" if value else b"f")
    elif kind is int:
        out.append(_number(value))
    elif depth > _DEEPEST:
        raise _Unlike
    elif kind is list:
        out.append(b"l%d:" % len(value))
        for item in value:
            _write(item, out, depth + 1)
    elif kind is dict:
        _write_map(value, out, depth + 1)
    else:  # a fraction
        raise _Unlike


#: Canonical bytes of texts that come again and again, and how many are remembered.
_WORDS: dict[str, bytes] = {}
_MOST_WORDS = 20_000

#: Canonical bytes of the keys of objects that were met, by their keys in order.
_HEADS: dict[tuple[str, ...], tuple[bytes, ...]] = {}

#: More kinds of objects than that are not remembered.
_MOST_HEADS = 4096


def _heads_of(keys: tuple[str, ...]) -> tuple[bytes, ...]:
    if list(keys) != sorted(keys):
        raise _Unlike
    heads = tuple(_text(key) for key in keys)
    if len(_HEADS) < _MOST_HEADS:
        _HEADS[keys] = heads
    return heads
