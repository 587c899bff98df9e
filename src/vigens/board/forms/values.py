"""What an entry says, as fields of a form, and back: what a correction changes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from vigens.base import InputError
from vigens.board.forms.arguments import argument_fields, arguments_of
from vigens.board.forms.fields import TEXT, Field, coded, lines, ours
from vigens.board.forms.rows import named_rows, seat_columns, seats_of, whole_number
from vigens.board.tongues import N_
from vigens.journal import KINDS, thaw
from vigens.lang.weave import unsteered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vigens.board.forms.fields import Filled, Option
    from vigens.board.forms.writing import Writing
    from vigens.journal import Entry
    from vigens.rules import Variable

#: Fields that a program sets, and that no person mends.
_OF_PROGRAMS = frozenset(
    {"suggestion", "proposed_by", "changed_because", "denies", "documents", "stub"}
    | {"leaves_open", "sha256", "length", "media_type", "withdraws"}
)

#: Vocabularies of codes, by field, or by kind and field.
_CODES = {
    "stance": "stances",
    "comparison": "comparisons",
    "format": "formats",
    "level": "levels",
    "reliability": "reliability",
    "credibility": "credibility",
    "funding.stage": "funding_stages",
    "institution.status": "body_status",
    "step.status": "step_status",
    "text.status": "text_status",
}
_POLARITY = (
    ours("pos", N_("it says so")),
    ours("neg", N_("it denies it")),
    ours("mixed", N_("it says both")),
)
_YES, _NO = "true", "false"
_PLAIN = {"number", "unit", "comparison"}

#: Longest line; longer words get a field of several lines.
_LONG = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """One field of a payload as fields of a form.

    Attributes:
        name: In the payload.
        fields: Of the form.
        read: Gives the value as filled in, or `None` where it is left out.
    """

    name: str
    fields: tuple[Field, ...]
    read: Callable[[Filled], Any]


def show_payload(writing: Writing, entry: Entry, part: str) -> Iterator[Shown]:
    """Give each field of a payload that a person may change, and those left out.

    What holds a sign that is not shown as it is would not come back as it is, and is
    no field.
    """
    payload = thaw(entry.payload)
    kind = KINDS.get(entry.kind)
    known = kind.names if kind else ()
    optional = {name[:-1] for name in known if name.endswith("?")}
    ordered = dict.fromkeys((*(name.rstrip("?") for name in known), *payload))
    for name in ordered:
        value = payload.get(name)
        if name in _OF_PROGRAMS or (value is None and name not in optional):
            continue
        if isinstance(value, str) and unsteered(value) != value:
            continue
        yield _shown(writing, entry, name, value, part)


def _shown(writing: Writing, entry: Entry, name: str, value: Any, part: str) -> Shown:
    label, key = name.replace("_", " "), f"p_{name}"
    is_plain = unsteered(_json(value)) == _json(value)
    codes = _codes(entry.kind, name)
    if codes and (value is None or str(value) in {option.value for option in codes}):
        return _choice(name, label, codes, value, part)
    if isinstance(value, bool):
        options = (ours(_YES, N_("yes")), ours(_NO, N_("no")))
        return _choice(name, label, options, value, part)
    if type(value) is int or (value is None and name == "number"):
        start = () if value is None else (str(value),)
        field = Field(key, label, default=start, check=whole_number, part=part)
        return Shown(name, (field,), partial(_read_number, key))
    if isinstance(value, str) or (value is None and name != "quantity"):
        return _words(name, label, value or "", part)
    if name == "args" and is_plain:
        params = _params(writing, entry)
        if params is not None and len(params) == len(value):
            return _arguments(writing, params, value, part)
    if name == "quantity" and set(value or {}) <= _PLAIN and entry.kind == "offer":
        return _quantity(value or {}, part)
    if isinstance(value, list) and is_plain:
        found = _listed(writing, name, label, value, part)
        if found is not None:
            return found
    return _raw(name, label, value, part)


def _codes(kind: str, name: str) -> tuple[Option, ...]:
    if name == "polarity":
        return _POLARITY
    book = _CODES.get(f"{kind}.{name}") or _CODES.get(name)
    return coded(book) if book else ()


def _choice(
    name: str, label: str, options: tuple[Option, ...], value: Any, part: str
) -> Shown:
    start = json.dumps(value) if isinstance(value, bool) else str(value)
    field = Field(
        f"p_{name}",
        label,
        "choice",
        options=options,
        default=() if value is None else (start,),
        is_required=value is not None,
        part=part,
    )
    is_text = value is None or isinstance(value, str)
    return Shown(name, (field,), _read_words(field) if is_text else _read_json(field))


def _words(name: str, label: str, value: str, part: str) -> Shown:
    field = Field(
        f"p_{name}",
        label,
        "text" if len(value) > _LONG or "\n" in value else "line",
        default=(value,) if value else (),
        longest=max(TEXT, len(value) * 2),
        part=part,
    )
    return Shown(name, (field,), _read_words(field))


def _raw(name: str, label: str, value: Any, part: str) -> Shown:
    plain = _json(value)
    plain = plain if unsteered(plain) == plain else json.dumps(value)
    field = Field(
        f"p_{name}",
        label,
        "text" if len(plain) > _LONG else "line",
        N_("as JSON, like what it holds now"),
        default=(plain,),
        longest=max(TEXT, len(plain) * 2),
        part=part,
    )
    return Shown(name, (field,), _read_json(field))


def _arguments(
    writing: Writing, params: tuple[Variable, ...], value: list[Any], part: str
) -> Shown:
    texts = [str(each) for each in value]
    fields = argument_fields(writing, params, part, values=texts, stem="p_args_")

    def read(filled: Filled) -> list[Any]:
        found = arguments_of(params, filled, "p_args_")
        return [
            before if text == str(before) else text
            for text, before in zip(found, value, strict=True)
        ]

    return Shown("args", fields, read)


def _params(writing: Writing, entry: Entry) -> tuple[Variable, ...] | None:
    program, payload = writing.case.program, entry.payload
    declared = program.events.get(str(payload.get("event"))) or program.fluents.get(
        str(payload.get("fluent"))
    )
    return None if declared is None else tuple(declared.params)


def _quantity(value: dict[str, Any], part: str) -> Shown:
    inner = (
        Field("p_quantity_number", N_("How much"), check=whole_number),
        Field(
            "p_quantity_comparison",
            N_("How the number is meant"),
            "choice",
            options=coded("comparisons"),
        ),
        Field("p_quantity_unit", N_("Of what")),
    )

    def start(field: Field) -> tuple[str, ...]:
        held = value.get(field.name.removeprefix("p_quantity_"))
        return () if held is None else (str(held),)

    fields = tuple(
        Field(
            each.name,
            each.label,
            each.kind,
            options=each.options,
            check=each.check,
            default=start(each),
            part=part,
        )
        for each in inner
    )

    def read(filled: Filled) -> dict[str, Any] | None:
        names = (field.name.removeprefix("p_quantity_") for field in inner)
        given = {name: filled.one(f"p_quantity_{name}") for name in names}
        found: dict[str, Any] = {name: text for name, text in given.items() if text}
        if "number" in found:
            found["number"] = int(found["number"])
        return found or None

    return Shown("quantity", fields, read)


def _listed(
    writing: Writing, name: str, label: str, value: list[Any], part: str
) -> Shown | None:
    """Give a list as rows, as choices or line by line; none where it holds more."""
    key = f"p_{name}"
    if name == "attendance":
        columns = seat_columns(writing)
        known = {column.name for column in columns}
        if not all(isinstance(seat, dict) and set(seat) <= known for seat in value):
            return None
        rows = tuple(
            {
                column: str(seat.get(column) or "")
                for column in ("actor", "how", "level")
            }
            for seat in value
        )
        field = Field(key, label, "rows", part=part, columns=columns, rows=rows)
        return Shown(name, (field,), lambda filled: seats_of(filled.rows(key)))
    if not all(isinstance(each, str) and "\n" not in each for each in value):
        return None
    if name == "domains":
        field = Field(
            key,
            label,
            "many",
            options=coded("domains"),
            default=tuple(value),
            part=part,
        )
        return Shown(name, (field,), lambda filled: list(filled.all(key)))
    if name in ("by", "actors"):
        rows = tuple({"actor": each} for each in value)
        field = named_rows(writing, key, label, part, rows=rows, is_required=False)
        return Shown(name, (field,), lambda filled: filled.column(key, "actor"))
    text = "\n".join(value)
    field = Field(
        key,
        label,
        "text",
        N_("one a line"),
        default=(text,) if text else (),
        longest=max(TEXT, len(text) * 2),
        part=part,
    )
    return Shown(name, (field,), lambda filled: lines(filled.one(key)))


def _read_words(field: Field) -> Callable[[Filled], str | None]:
    return lambda filled: filled.given(field.name)


def _read_number(key: str, filled: Filled) -> int | None:
    return int(filled.one(key)) if filled.one(key) else None


def _read_json(field: Field) -> Callable[[Filled], Any]:
    def read(filled: Filled) -> Any:
        text = filled.one(field.name)
        try:
            return json.loads(text) if text else None
        except ValueError as error:
            raise InputError(
                f'"{text[:60]}" is no value for {field.label}',
                field.name,
                "write it as JSON, like what it held before",
            ) from error

    return read


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
