"""Bytes to hash: one value, one byte string, and no two values alike.

====== =====================================================
value  bytes
====== =====================================================
null   ``n``
true   ``t``
false  ``f``
number ``i`` length ``:`` decimal digits
text   ``s`` length ``:`` UTF-8, exactly as given
list   ``l`` count ``:`` its items
object ``m`` count ``:`` key and value in turn, by UTF-8 key
====== =====================================================

Lengths and counts are decimal; each value is tagged and says how long it is, so no
joining of fields can make two entries look the same. Fractions have no place here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from vigens.journal.entry import Entry, Source, entry_fields
from vigens.journal.errors import ValueRefusedError
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
from vigens.journal.values import MAX_DEPTH

#: What the hash of an entry begins with, so that it is no other hash.
_DOMAIN = b"vigens entry 1\n"


#: The kinds of map that are common; to ask for any `Mapping` takes far longer.
_MAPS = (dict, MappingProxyType)


def canonical_bytes(value: object) -> bytes:
    """Give the bytes that stand for a value in a hash.

    Args:
        value: Text, whole number, bool, null, list or tuple, mapping with text keys.

    Raises:
        ValueRefusedError: A fraction, a lone surrogate, another type, too deep.
    """
    out: list[bytes] = []
    _write(value, out, 0)
    return b"".join(out)


def entry_bytes(entry: Entry, payload: bytes | None = None) -> bytes:
    """Give the canonical bytes of everything in an entry except its id.

    Args:
        entry: Any entry.
        payload: The canonical bytes of its payload, where they are known.

    Raises:
        ValueRefusedError: The entry holds a value that has no canonical bytes.
    """
    try:
        return _plain_bytes(entry, payload)
    except (Unlike, TypeError):  # a list or an object where a text should be
        return _DOMAIN + canonical_bytes(entry_fields(entry))


def entry_id(entry: Entry, payload: bytes | None = None) -> str:
    """Derive the id of an entry: SHA-256 of its content, wherever it lies.

    Args:
        entry: Any entry.
        payload: The canonical bytes of its payload, where they are known.

    Raises:
        ValueRefusedError: The entry holds a value that has no canonical bytes.
    """
    return hashlib.sha256(entry_bytes(entry, payload)).hexdigest()


def _plain_bytes(entry: Entry, payload: bytes | None) -> bytes:
    """Write an entry that has the fields of this version alone, from patterns.

    Raises:
        Unlike: Something in it is for the general way.
    """
    if entry.extra or entry.format != 1 or type(entry.format) is not int:
        raise Unlike
    about, marks, sources = entry.about, entry.marks, entry.sources
    return ENTRY % (
        len(about),
        _identifiers(about) if about else b"",
        known_word(happened := entry.happened) or optional(happened),
        known_word(kind := entry.kind) or word(kind),
        known_word(known_from := entry.known_from) or optional(known_from),
        len(marks),
        b"".join([known_word(mark) or word(mark) for mark in marks]),
        mapping(entry.payload) if payload is None else payload,
        known_word(recorded_at := entry.recorded_at) or word(recorded_at),
        known_word(author := entry.recorded_by) or word(author),
        b"n" if entry.rectifies is None else text(entry.rectifies),
        len(sources),
        b"".join([_plain_source(source) for source in sources]) if sources else b"",
        b"n" if entry.supersedes is None else text(entry.supersedes),
    )


def _identifiers(about: tuple[str, ...]) -> bytes:
    """Write the ids that an entry is about; a batch is about thousands."""
    if len(about) < _MANY or set(map(len, about)) != {64}:
        return b"".join([text(target) for target in about])
    joined = "s64:".join(about)
    if set(map(type, about)) != {str} or not joined.isascii():
        raise Unlike
    return b"s64:%b" % joined.encode()


#: So many ids are written more quickly together.
_MANY = 8


def _plain_source(source: Source) -> bytes:
    passage = source.passage
    if source.extra or (passage is not None and passage.extra):
        raise Unlike
    written = b""
    if passage is not None:
        written = PASSAGE % (
            text(passage.document),
            number(passage.end),
            text(passage.quote),
            number(passage.start),
        )
    return SOURCE % (
        4 if passage is None else 5,
        text(source.address),
        written,
        optional(source.published),
        optional(source.title),
        optional(source.type),
    )


def _write(value: Any, out: list[bytes], depth: int) -> None:
    kind = type(value)
    if kind is str:
        _write_text(value, out)
    elif value is None:
        out.append(b"n")
    elif kind is bool:
        out.append(b"t" if value else b"f")
    elif kind is int:
        out.append(_number(value))
    elif depth > MAX_DEPTH:
        what = f"lists and objects are nested deeper than {MAX_DEPTH}"
        raise ValueRefusedError(what, "a value to hash")
    elif kind is tuple or kind is list:
        out.append(b"l%d:" % len(value))
        for item in value:
            _write(item, out, depth + 1)
    elif isinstance(value, _MAPS) or isinstance(value, Mapping):  # noqa: SIM101 # quicker
        out.append(b"m%d:" % len(value))
        for key in sorted(value):  # by code point, which is the order of UTF-8 bytes
            raw = _KEYS.get(key)
            out.append(_key_bytes(key) if raw is None else raw)
            item = value[key]
            if type(item) is str:
                _write_text(item, out)
            else:
                _write(item, out, depth + 1)
    else:
        what = f"{value!r:.60} is a {kind.__name__}, which has no canonical bytes"
        raise ValueRefusedError(what, "a value to hash")


#: The bytes of keys that were met; more than these are written anew each time.
_KEYS: dict[str, bytes] = {}
_MOST_KEYS = 4096


def _key_bytes(key: str) -> bytes:
    out: list[bytes] = []
    _write_text(key, out)
    if len(_KEYS) < _MOST_KEYS and len(key) < 64:
        _KEYS[key] = out[0]
    return out[0]


def _write_text(value: str, out: list[bytes]) -> None:
    try:
        raw = value.encode()
    except UnicodeEncodeError as error:
        what = f"the text {value!r:.60} holds half of a surrogate pair"
        raise ValueRefusedError(what, "a text to hash") from error
    out.append(b"s%d:%b" % (len(raw), raw))


def _number(value: int) -> bytes:
    try:
        digits = b"%d" % value
    except ValueError as error:  # more than 4,300 digits
        raise ValueRefusedError("a number has too many digits", "a number") from error
    return b"i%d:%b" % (len(digits), digits)
