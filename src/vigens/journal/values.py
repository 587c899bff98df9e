"""JSON values that cannot be changed, and reading them without loss."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NoReturn, cast

import orjson

from vigens.journal.errors import ValueRefusedError

#: Lists and objects may lie this deep in each other.
MAX_DEPTH = 64


#: The kinds of map that are common; to ask for any `Mapping` takes far longer.
_MAPS = (dict, MappingProxyType)


def freeze(value: object, depth: int = 0) -> Any:
    """Turn lists into tuples and objects into read-only maps with sorted keys.

    Raises:
        ValueRefusedError: Nested deeper than `MAX_DEPTH`, or a key is no text.
    """
    kind = type(value)
    if kind is str or kind is int or value is None or kind is bool:
        return value
    if depth > MAX_DEPTH:
        what = f"lists and objects are nested deeper than {MAX_DEPTH}"
        raise ValueRefusedError(what, "the entry's fields")
    if type(value) in _MAPS or isinstance(value, Mapping):
        fields = cast("Mapping[str, object]", value)
        for key in fields:
            if type(key) is not str and not isinstance(key, str):
                raise ValueRefusedError(f"the key {key!r} is no text", "an object")
        return MappingProxyType(
            {
                key: item
                if type(item := fields[key]) is str
                else freeze(item, depth + 1)
                for key in sorted(fields)
            }
        )
    if isinstance(value, list | tuple):
        return tuple(
            [item if type(item) is str else freeze(item, depth + 1) for item in value]
        )
    return value


def thaw(value: object) -> Any:
    """Turn a frozen value back into plain lists and dicts, as `json` wants them."""
    kind = type(value)
    if kind is str or kind is int or value is None or kind is bool:
        return value
    if kind is tuple or kind is list:
        return [item if type(item) is str else thaw(item) for item in value]  # type: ignore[attr-defined] # a list
    if isinstance(value, _MAPS):
        return {
            key: item if type(item) is str else thaw(item)
            for key, item in value.items()
        }
    if isinstance(value, Mapping):
        return {key: thaw(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [thaw(item) for item in value]
    return value


def _refuse_fraction(text: str) -> NoReturn:
    raise ValueRefusedError(f"the number {text[:40]} is no whole number", "a number")


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueRefusedError(f'the key "{twice[:60]}" stands twice', "an object")
    return found


_DECODER = json.JSONDecoder(
    object_pairs_hook=_without_duplicates,
    parse_float=_refuse_fraction,
    parse_constant=_refuse_fraction,
)


def parse_json(text: str) -> Any:
    """Read JSON strictly: no fractions, no key twice, nothing after the value.

    Raises:
        json.JSONDecodeError: No JSON; it knows the column.
        ValueRefusedError: JSON that a journal cannot hold.
    """
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError:
        raise
    except RecursionError as error:
        raise ValueRefusedError("lists and objects are nested too deep", "") from error
    except ValueError as error:  # a number of more than 4,300 digits
        raise ValueRefusedError("a number has too many digits", "a number") from error


def format_json(value: object) -> str:
    """Write JSON on one line, as UTF-8 text without blanks between the parts."""
    try:
        text = orjson.dumps(value, _map_of, _AS_IT_IS).decode()
    except TypeError:  # a number of more than 64 bits, half of a surrogate pair
        text = json.dumps(
            thaw(value), ensure_ascii=False, allow_nan=False, separators=(",", ":")
        )
    if not text.isascii():
        for mark, escape in _LINE_BREAKS:
            text = text.replace(mark, escape)
    return text


#: What only looks like a plain value is left to the slower way, and to its errors.
_AS_IT_IS = (
    orjson.OPT_PASSTHROUGH_DATACLASS
    | orjson.OPT_PASSTHROUGH_DATETIME
    | orjson.OPT_PASSTHROUGH_SUBCLASS
)


def _map_of(value: Any) -> dict[str, Any]:
    """Give the dict that a read-only view shows."""
    if type(value) is MappingProxyType:
        return dict(value)
    raise TypeError


#: Valid in JSON strings, but other tools break lines there.
_LINE_BREAKS = (("\u2028", "\\u2028"), ("\u2029", "\\u2029"), ("\x85", "\\u0085"))
