"""Schemas from shapes: what the type checker holds answers to, as JSON Schema."""

from __future__ import annotations

import inspect
import re
import types
from collections.abc import Mapping
from typing import (
    Any,
    Literal,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

_PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
    Any: {},
}
#: Shapes that may carry fields of newer versions.
_OPEN = frozenset({"Entry"})

_FIELD = re.compile(r"^(\w+): (.*)$")


def schema_name(shape: type) -> str:
    """Give the name of a shape in descriptions: `LensForm` is `Lens`."""
    return shape.__name__.removesuffix("Form")


def schemas_of(shapes: list[type]) -> dict[str, dict[str, Any]]:
    """Give the schema of each shape and of all that they hold, by name.

    Args:
        shapes: Typed dictionaries.
    """
    return {schema_name(one): object_schema([one]) for one in every_shape(shapes)}


def every_shape(shapes: list[type]) -> list[type]:
    """List some shapes and all that they hold, each once, by name."""
    found: dict[str, type] = {}
    waiting = list(shapes)
    while waiting:
        shape = waiting.pop(0)
        if schema_name(shape) not in found:
            found[schema_name(shape)] = shape
            waiting += inner_shapes(shape)
    return [found[name] for name in sorted(found)]


def object_schema(shapes: list[type]) -> dict[str, Any]:
    """Give the schema of an object that has the fields of all of some shapes."""
    properties: dict[str, Any] = {}
    required: list[str] = []
    for shape in shapes:
        words = field_words(shape)
        for name, kind in get_type_hints(shape, include_extras=True).items():
            is_optional = get_origin(kind) is NotRequired
            (inner,) = get_args(kind) if is_optional else (kind,)
            schema = type_schema(inner)
            properties[name] = {**schema, "description": words.get(name, "")}
            if not is_optional:
                required.append(name)
    first = shapes[-1]
    found: dict[str, Any] = {
        "type": "object",
        "description": (inspect.getdoc(first) or "").partition("\n")[0],
        "properties": properties,
        "required": required,
    }
    if not any(schema_name(shape) in _OPEN for shape in shapes):
        found["additionalProperties"] = False
    return found


def type_schema(kind: Any) -> dict[str, Any]:
    """Give the schema of one type."""
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    if is_typeddict(kind):
        return {"$ref": f"#/components/schemas/{schema_name(kind)}"}
    origin, inner = get_origin(kind), get_args(kind)
    if origin is list:
        return {"type": "array", "items": type_schema(inner[0])}
    if origin in (dict, Mapping):
        return {"type": "object", "additionalProperties": type_schema(inner[1])}
    if origin is Literal:
        return {"enum": list(inner)}
    if origin in (Union, types.UnionType):
        return _either([type_schema(one) for one in inner])
    message = f"no schema for {kind!r}"
    raise TypeError(message)


def field_words(shape: type) -> dict[str, str]:
    """Read what each field means out of the docstrings of a shape and its bases."""
    words: dict[str, str] = {}
    for base in reversed((shape, *getattr(shape, "__orig_bases__", ()))):
        text = inspect.getdoc(base) if is_typeddict(base) else None
        if base is not shape and is_typeddict(base):
            words.update(field_words(base))
        words.update(_attributes(text or ""))
    return words


def inner_shapes(kind: Any) -> list[type]:
    """List the shapes that a type holds, itself left out if it is one."""
    if is_typeddict(kind):
        hints = get_type_hints(kind, include_extras=True).values()
        return [shape for hint in hints for shape in _shapes(hint)]
    return [shape for part in get_args(kind) for shape in _shapes(part)]


def _shapes(kind: Any) -> list[type]:
    return [kind] if is_typeddict(kind) else inner_shapes(kind)


def _either(schemas: list[dict[str, Any]]) -> dict[str, Any]:
    kinds = [schema.get("type") for schema in schemas]
    if all(
        len(schema) == 1 and isinstance(schema.get("type"), str) for schema in schemas
    ):
        return {"type": kinds}
    return {"anyOf": schemas}


def _attributes(text: str) -> dict[str, str]:
    _, _, section = text.partition("Attributes:\n")
    words: dict[str, str] = {}
    name = ""
    for line in section.splitlines():
        if not line.startswith("    "):
            break
        found = _FIELD.match(line.strip())
        if found and not line.startswith("     "):
            name = found[1]
            words[name] = found[2]
        elif name:
            words[name] += " " + line.strip()
    return words
