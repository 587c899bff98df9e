"""Reading the body of a call: JSON of the described shape, and nothing else."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from vigens.board.api.problems import ApiError, FaultForm
from vigens.board.api.schema import schema_name, schemas_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: Most bytes of a body.
LARGEST_BODY = 2_000_000

#: Most faults that are told at once.
MOST_FAULTS = 20

_KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
    "array": (list,),
    "object": (dict,),
}
_JSON = re.compile(r"application/(?:[\w.-]+\+)?json\s*(;.*)?", re.IGNORECASE)


def read_body(raw: bytes, content_type: str, shape: type) -> dict[str, Any]:
    """Read a body.

    Args:
        raw: As it came.
        content_type: As the header says.
        shape: What it must be.

    Raises:
        ApiError: Too large, no JSON, or of another shape; with every fault.
    """
    if not _JSON.fullmatch(content_type.strip()):
        raise ApiError(
            415, "this body is no JSON", "Content-Type", "send application/json"
        )
    if len(raw) > LARGEST_BODY:
        what = f"this body is larger than {LARGEST_BODY} bytes"
        raise ApiError(413, what, "the body", "send fewer drafts at once")
    try:
        value = json.loads(raw, parse_constant=_refuse)
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        what = f"this is no JSON: {str(error)[:100]}"
        raise ApiError(400, what, "the body", "send a JSON object") from error
    schemas = schemas_of([shape])
    faults = []
    for fault in _faults(value, schemas[schema_name(shape)], schemas, ""):
        faults.append(fault)
        if len(faults) == MOST_FAULTS:
            break
    if faults:
        first = faults[0]
        raise ApiError(400, first["what"], first["name"], first["mend"], faults=faults)
    found: dict[str, Any] = value
    return found


def _refuse(name: str) -> None:
    message = f"{name} is no number of JSON"
    raise ValueError(message)


def _faults(
    value: object, schema: Mapping[str, Any], schemas: Mapping[str, Any], at: str
) -> Iterator[FaultForm]:
    """List where a value is not as a schema of ours says."""
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        found = [list(_faults(value, one, schemas, at)) for one in schema["anyOf"]]
        if all(found):
            yield from min(found, key=len) if value is not None else found[0]
        return
    wanted = schema.get("type", ())
    names = [wanted] if isinstance(wanted, str) else list(wanted)
    if names and not any(_is(value, name) for name in names):
        words = " or ".join(names)
        yield _fault(at, value, f"this is no {words}", f"send a {words}")
        return
    if isinstance(value, dict) and ("properties" in schema or "required" in schema):
        yield from _of_object(value, schema, schemas, at)
    elif isinstance(value, list) and "items" in schema:
        for number, each in enumerate(value):
            yield from _faults(each, schema["items"], schemas, f"{at}[{number}]")


def _of_object(
    value: Mapping[str, Any],
    schema: Mapping[str, Any],
    schemas: Mapping[str, Any],
    at: str,
) -> Iterator[FaultForm]:
    known = schema["properties"]
    for name in schema["required"]:
        if name not in value:
            yield _fault(_at(at, name), None, "this is needed", f"send {name}")
    for name, each in value.items():
        if name in known:
            yield from _faults(each, known[name], schemas, _at(at, name))
        else:
            mend = f"send only {', '.join(known)}"
            yield _fault(_at(at, name), each, "there is no such field", mend)


def _is(value: object, name: str) -> bool:
    if isinstance(value, bool):
        return name == "boolean"
    if name == "integer" and isinstance(value, float):
        return value.is_integer()
    return isinstance(value, _KINDS[name])


def _at(at: str, name: str) -> str:
    return f"{at}.{name[:60]}" if at else name[:60]


def _fault(at: str, value: object, what: str, mend: str) -> FaultForm:
    shown = json.dumps(value, ensure_ascii=False)[:60] if value is not None else ""
    return {"name": at or "the body", "value": shown, "what": what, "mend": mend}
