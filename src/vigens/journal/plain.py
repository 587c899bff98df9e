"""Canonical bytes of what is plain, in one pass; `canonical` writes whatever is not.

Almost every entry has the fields of this version and no others, in objects whose keys
stand sorted. The bytes between such values are always the same: here they are written
from patterns. Whatever is unlike that, however slightly, raises `Unlike`, and the general
way looks at it. Both give the same bytes; a test holds them to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from vigens.journal.values import freeze

#: The canonical bytes of an entry with the fields of this version, in their order.
ENTRY = (
    b"vigens entry 1\nm12:"
    b"s5:aboutl%d:%b"
    b"s6:formati1:1"
    b"s8:happened%b"
    b"s4:kind%b"
    b"s10:known_from%b"
    b"s5:marksl%d:%b"
    b"s7:payload%b"
    b"s11:recorded_at%b"
    b"s11:recorded_by%b"
    b"s9:rectifies%b"
    b"s7:sourcesl%d:%b"
    b"s10:supersedes%b"
)
#: Of a source, with its passage or nothing between address and date.
SOURCE = b"m%d:s7:address%b%bs9:published%bs5:title%bs4:type%b"
#: Of a passage, with the name of its field in a source.
PASSAGE = b"s7:passagem4:s8:document%bs3:end%bs5:quote%bs5:start%b"

#: Nested deeper, the general way reads it.
_DEEPEST = 12

#: Canonical bytes of texts that come again and again, and how many are remembered.
_WORDS: dict[Any, bytes] = {}

#: The same, to be asked before `word` and `optional` are called.
known_word = _WORDS.get

_MOST_WORDS = 20_000

#: Longer texts are not likely to come again.
_LONGEST_WORD = 24

#: Canonical bytes of the keys of objects that were met, by their keys in order.
_HEADS: dict[tuple[str, ...], tuple[bytes, ...]] = {}

#: The keys of objects that were met, sorted, by these keys in the order they came in.
_ORDERS: dict[tuple[str, ...], tuple[str, ...]] = {}

#: More kinds of objects than that are not remembered.
_MOST_HEADS = 4096


class Unlike(Exception):  # noqa: N818 # it is no error: another way is taken
    """A value that the general way must look at."""


def word(value: Any) -> bytes:
    """Write a text that is likely to come again.

    Raises:
        Unlike: It is no text, or not surely one that can be hashed.
    """
    if type(value) is not str:
        raise Unlike
    found = _WORDS.get(value)
    if found is None:
        found = text(value)
        if len(value) <= _LONGEST_WORD and len(_WORDS) < _MOST_WORDS:
            _WORDS[value] = found
    return found


def optional(value: Any) -> bytes:
    """Write a text that is likely to come again, or none.

    Raises:
        Unlike: It is neither.
    """
    return b"n" if value is None else word(value)


def text(value: Any) -> bytes:
    """Write a text.

    Raises:
        Unlike: It is no text, or holds half of a surrogate pair.
    """
    if type(value) is not str:
        raise Unlike
    try:
        raw = value.encode()
    except UnicodeEncodeError as error:
        raise Unlike from error
    return b"s%d:%b" % (len(raw), raw)


def number(value: Any) -> bytes:
    """Write a whole number.

    Raises:
        Unlike: It is none, or has too many digits.
    """
    if type(value) is not int or not -_LARGE < value < _LARGE:
        raise Unlike
    digits = b"%d" % value
    return b"i%d:%b" % (len(digits), digits)


_LARGE = 10**30


def mapping(value: Any, depth: int = 0) -> bytes:
    """Write an object whose keys stand sorted.

    Args:
        value: A dict, or a read-only view of one.
        depth: How deep it lies in others.

    Raises:
        Unlike: It is another kind of object, or something in it is not plain.
    """
    if type(value) is not dict and type(value) is not MappingProxyType:
        raise Unlike
    heads = _HEADS.get(keys := tuple(value))
    if heads is None:
        heads = _heads_of(keys)
    out = [b"m%d:" % len(keys)]
    for head, item in zip(heads, value.values(), strict=True):
        if type(item) is str:
            try:
                raw = item.encode()
            except UnicodeEncodeError as error:
                raise Unlike from error
            out.append(b"%bs%d:%b" % (head, len(raw), raw))
        else:
            out += (head, _value(item, depth))
    return b"".join(out)


def frozen(value: Any) -> tuple[Mapping[str, Any], bytes]:
    """Freeze the object of an entry, and write it.

    Args:
        value: A dict, or a read-only view of one; its keys in any order.

    Returns:
        What `freeze` gives, and what `mapping` gives of that.

    Raises:
        Unlike: It is another kind of object, or something in it is not plain.
        ValueRefusedError: As `freeze` raises it.
    """
    if type(value) is not dict and type(value) is not MappingProxyType:
        raise Unlike
    order = _ORDERS.get(keys := tuple(value))
    if order is None:
        order = _order_of(keys)
    fields = {
        key: item if type(item := value[key]) is str else freeze(item, 1)
        for key in order
    }
    return MappingProxyType(fields), mapping(fields)


def _value(value: Any, depth: int) -> bytes:
    kind = type(value)
    if kind is str:
        return word(value)
    if value is None:
        return b"n"
    if kind is bool:
        return b"t" if value else b"f"
    if kind is int:
        return number(value)
    if depth > _DEEPEST:
        raise Unlike
    if kind is list or kind is tuple:
        items = [_value(item, depth + 1) for item in value]
        return b"l%d:%b" % (len(items), b"".join(items))
    return mapping(value, depth + 1)


def _order_of(keys: tuple[str, ...]) -> tuple[str, ...]:
    if any(type(key) is not str for key in keys):
        raise Unlike
    order = tuple(sorted(keys))
    if len(_ORDERS) < _MOST_HEADS:
        _ORDERS[keys] = order
    return order


def _heads_of(keys: tuple[str, ...]) -> tuple[bytes, ...]:
    if any(type(key) is not str for key in keys) or list(keys) != sorted(keys):
        raise Unlike
    heads = tuple(text(key) for key in keys)
    if len(_HEADS) < _MOST_HEADS:
        _HEADS[keys] = heads
    return heads
