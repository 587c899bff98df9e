"""The description of the API (OpenAPI 3.1), made from its table and its shapes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from vigens.board.api.asking import MOST_VALUES, USUAL_LIMIT
from vigens.board.api.endpoints import Endpoint
from vigens.board.api.params import LENS, LONGEST_VALUE, PAGING, ROOT, Param
from vigens.board.api.problems import MEDIA_TYPE, TITLES, ProblemForm
from vigens.board.api.schema import every_shape, object_schema, schema_name, schemas_of
from vigens.board.api.shapes import AnsweredForm, ListedForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

VERSION = "1.0"

_NAMED = re.compile(r"\{(\w+)(?::path)?\}")

#: Text without the sign that ends it elsewhere.
_TEXT = {"type": "string", "minLength": 1, "pattern": "^[^\\u0000]*$"}

#: What is refused before anything is looked at, in plain words.
_PLAIN = {411, 413, 414}

#: Headers that a call with a body may carry.
_HEADERS = tuple(
    {
        "name": name,
        "in": "header",
        "description": words,
        "required": False,
        "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
    }
    for name, words in (
        ("Idempotency-Key", "Names this call: sent twice, it records once."),
        ("If-Match", "`head.lock` of what was looked at."),
        ("X-Form-Token", "`form_token`, where a session sends this."),
    )
)

#: How each endpoint may be refused.
_REFUSALS = (400, 401, 403, 404, 414, 422, 429, 500, 503)
_REFUSALS_OF_POST = (*_REFUSALS, 409, 411, 412, 413, 415)

_WORDS = """\
Answers of a case, as of a day and as known on a day, for one reader. Every answer
carries its lens, the digest of its rules and the head of the journal that it rests on.
What a reader may not see shapes no answer. A day that nobody names is taken from the
clock, and the answer says so in `taken`; `permanent` is its address for good.

What goes wrong is told as a problem document (RFC 9457): `detail`, `where`, `mend`.
A parameter that is none of those described here is refused with 400; one that is
described, and names nothing in this case, with 422.
"""


def describe(
    title: str,
    endpoints: Iterable[Endpoint],
    examples: Mapping[tuple[str, str], str] | None = None,
) -> dict[str, Any]:
    """Write the description.

    Args:
        title: Of the case.
        endpoints: The table.
        examples: What a parameter of a path may be in this case.
    """
    given = examples or {}
    table = tuple(endpoints)
    schemas = schemas_of(shapes_of(table))
    schemas.update(
        (_whole_name(one), _whole(one)) for one in table if one.answers is not None
    )
    paths: dict[str, dict[str, Any]] = {}
    for endpoint in table:
        path = _NAMED.sub(r"{\1}", endpoint.address)
        methods = paths.setdefault(path, {})
        if endpoint.reads is not None:
            methods["get"] = _operation(endpoint, "get", given)
        if endpoint.acts is not None:
            methods["post"] = _operation(endpoint, "post", given)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"Vigens: {title}",
            "version": VERSION,
            "description": _WORDS,
        },
        "servers": [{"url": "/"}],
        "security": [{}, {"bearer": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "parameters": {param.name: _parameter(param) for param in (*LENS, *PAGING)},
            "responses": {f"Problem{code}": _problem(code) for code in TITLES},
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    }


def shapes_of(endpoints: Iterable[Endpoint]) -> list[type]:
    """List every shape that the API answers or takes, and all that these hold."""
    shapes: list[type] = [AnsweredForm, ListedForm, ProblemForm]
    for endpoint in endpoints:
        shapes += [one for one in (endpoint.answers, endpoint.takes) if one is not None]
    return every_shape(shapes)


def _whole_name(endpoint: Endpoint) -> str:
    assert endpoint.answers is not None, "a file has no shape"
    return f"{schema_name(endpoint.answers)}{'Page' if endpoint.is_list else 'Answer'}"


def _whole(endpoint: Endpoint) -> dict[str, Any]:
    """Give the schema of an answer with the lens and the head beside it."""
    assert endpoint.answers is not None, "a file has no shape"
    beside = [AnsweredForm] if endpoint.has_lens else []
    listed = [ListedForm] if endpoint.is_list else []
    return object_schema([*beside, *listed, endpoint.answers])


def _operation(
    endpoint: Endpoint, method: str, examples: Mapping[tuple[str, str], str]
) -> dict[str, Any]:
    is_sent = method == "post"
    found: dict[str, Any] = {
        "operationId": _operation_id(endpoint, method),
        "summary": endpoint.title,
        "tags": [endpoint.path.strip("/").partition("/")[0] or "service"],
        "parameters": [
            *(
                _in_path(name, examples.get((endpoint.path, name)))
                for name in _NAMED.findall(endpoint.path)
            ),
            *(
                _parameter(param, examples.get((endpoint.path, param.name)))
                for param in endpoint.params
            ),
            *_shared(endpoint),
            *(_HEADERS if is_sent else ()),
        ],
        "responses": _responses(endpoint, is_sent=is_sent),
        "x-permission": str(endpoint.asks(method.upper())),
    }
    if endpoint.words:
        found["description"] = endpoint.words
    if is_sent and endpoint.takes is not None:
        schema = {"$ref": f"#/components/schemas/{schema_name(endpoint.takes)}"}
        found["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": schema}},
        }
    return found


def _shared(endpoint: Endpoint) -> list[dict[str, str]]:
    params = (
        *(LENS if endpoint.has_lens else ()),
        *(PAGING if endpoint.is_list else ()),
    )
    return [{"$ref": f"#/components/parameters/{param.name}"} for param in params]


def _operation_id(endpoint: Endpoint, method: str) -> str:
    words = re.findall(r"\w+", endpoint.path.replace(":path", ""))
    return "_".join([method, *(word.strip("_") for word in words)])


def _in_path(name: str, example: str | None) -> dict[str, Any]:
    schema = {**_TEXT, "maxLength": LONGEST_VALUE}
    found = {"name": name, "in": "path", "required": True, "schema": schema}
    return found if example is None else {**found, "example": example}


def _parameter(param: Param, example: str | None = None) -> dict[str, Any]:
    schema: dict[str, Any]
    if param.kind == "whole":
        schema = {"type": "integer", "minimum": param.least, "maximum": param.most}
        if param.name == "limit":
            schema["default"] = USUAL_LIMIT
    else:
        longest = 4000 if param.name == "cursor" else LONGEST_VALUE
        schema = {**_TEXT, "maxLength": longest}
        if param.choices:
            schema = {"type": "string", "enum": list(param.choices)}
    if param.is_many:
        most = param.most or MOST_VALUES
        schema = {"type": "array", "items": schema, "minItems": 1, "maxItems": most}
    found: dict[str, Any] = {
        "name": param.name,
        "in": "query",
        "description": param.words,
        "required": param.is_needed,
        "schema": schema,
    }
    example = example or param.example
    if example:
        found["example"] = [example] if param.is_many else example
    return found


def _responses(endpoint: Endpoint, *, is_sent: bool) -> dict[str, Any]:
    is_json = endpoint.media_type.endswith("json")
    schema = {"type": "object"} if is_json else {}
    content: dict[str, Any] = {endpoint.media_type: {"schema": schema}}
    if endpoint.answers is not None:
        ref = {"$ref": f"#/components/schemas/{_whole_name(endpoint)}"}
        content = {"application/json": {"schema": ref}}
    etag = {"ETag": {"schema": {"type": "string"}, "description": "Of this answer."}}
    found: dict[str, Any] = {
        "200": {"description": endpoint.title, "content": content, "headers": etag}
    }
    if is_sent:
        found["201"] = {"description": "Recorded.", "content": content}
    else:
        found["304"] = {"description": "What `If-None-Match` names is still so."}
    for code in _REFUSALS_OF_POST if is_sent else _REFUSALS:
        found[str(code)] = {"$ref": f"#/components/responses/Problem{code}"}
    return found


def _problem(code: int) -> dict[str, Any]:
    schema: dict[str, Any] = {"$ref": "#/components/schemas/Problem"}
    words, kind = TITLES[code], MEDIA_TYPE
    if code in _PLAIN:
        schema, kind = {"type": "string"}, "text/plain"
    found: dict[str, Any] = {
        "description": words[0].upper() + words[1:] + ".",
        "content": {kind: {"schema": schema}},
    }
    if code == 429:
        when = {"schema": {"type": "integer"}, "description": "Seconds to wait."}
        found["headers"] = {"Retry-After": when}
    return found


def address() -> str:
    """Give where the description stands."""
    return f"{ROOT}/openapi.json"
