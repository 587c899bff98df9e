"""Values of a mapping: templates, splits, numbers, flags, dates and nested objects."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from vigens.base import InputError, VigensError, nearest

#: A column inside a text.
_BRACED = re.compile(r"\{([^{}]*)\}")

#: What a value may be written with, besides plain text, numbers, flags and lists.
KEYS = (
    *("column", "text", "split", "each", "map", "number", "scale", "flag"),
    *("format", "year", "month", "day", "default", "fields"),
)
_STARTS = ("column", "text", "year", "fields")

Row = Mapping[str, str]
Maps = Mapping[str, Mapping[str, str]]


class CellError(VigensError):
    """A cell cannot be read as the mapping says; it becomes a finding with its row."""

    exit_status = 1

    def __init__(self, code: str, column: str, what: str, mend: str) -> None:
        """Keep the code of the finding and the column apart."""
        super().__init__(what, column, mend)
        self.code = code
        self.column = column


@dataclass(frozen=True, slots=True)
class Value:
    """One compiled value of a mapping.

    Attributes:
        spec: As written in the mapping.
        columns: The columns that it reads, each once.
    """

    spec: Any
    columns: tuple[str, ...]

    def read(self, row: Row, maps: Maps) -> Any:
        """Give the value for a row; `None` where all that it reads is empty.

        Raises:
            CellError: A cell is not what the mapping says.
        """
        return _read(self.spec, row, maps)

    @property
    def maps(self) -> tuple[str, ...]:
        """List the value maps that it uses."""
        return tuple(_maps(self.spec))


def compile_value(spec: Any, where: str) -> Value:
    """Check a value of a mapping.

    Raises:
        InputError: A key that nothing reads, or one of the wrong kind.
    """
    _check(spec, where)
    return Value(spec, tuple(dict.fromkeys(_columns(spec))))


def _check(spec: Any, where: str) -> None:
    if isinstance(spec, list):
        for number, item in enumerate(spec):
            _check(item, f"{where}[{number}]")
    elif isinstance(spec, dict):
        _check_table(spec, where)
    elif isinstance(spec, float):
        raise InputError(
            f"{spec} is no whole number",
            where,
            "write it as text, or in a smaller unit",
        )
    elif not isinstance(spec, str | int):
        raise InputError("this is no value", where, "write text, a number or a table")


def _check_table(spec: dict[str, Any], where: str) -> None:
    for key in spec:
        if key not in KEYS:
            meant = nearest(key, KEYS)
            raise InputError(
                f'a value has no key "{key[:40]}"',
                where,
                f'did you mean "{meant}"?' if meant else f"use {', '.join(KEYS)}",
            )
    if sum(key in spec for key in _STARTS) != 1:
        raise InputError(
            "a value begins with exactly one of column, text, year and fields",
            where,
            'write { column = "name" }, or { fields = { … } } for an object',
        )
    _check_keys(spec, where)
    if "fields" in spec:
        if not isinstance(spec["fields"], dict):
            raise InputError("`fields` is no table", where, "write fields = { … }")
        for name, item in spec["fields"].items():
            _check(item, f"{where}.{name}")
    if "each" in spec:
        _check(spec["each"], f"{where}.each")


_TEXTS = ("column", "text", "split", "map", "format", "year", "month", "day")


def _check_keys(spec: dict[str, Any], where: str) -> None:
    for key in _TEXTS:
        if not isinstance(spec.get(key, ""), str):
            raise InputError(f"`{key}` is no text", where, f'write {key} = "…"')
    if spec.get("split") == "":
        raise InputError("`split` is empty", where, 'write split = ";"')
    for key in ("number", "flag"):
        if not isinstance(spec.get(key, False), bool):
            raise InputError(f"`{key}` is no flag", where, f"write {key} = true")
    if type(spec.get("scale", 0)) is not int:
        raise InputError("`scale` is no whole number", where, "write scale = 6")


def _columns(spec: Any) -> list[str]:
    if isinstance(spec, str):
        return _BRACED.findall(spec)
    if isinstance(spec, list):
        return [name for item in spec for name in _columns(item)]
    if not isinstance(spec, dict):
        return []
    found = [spec["column"]] if "column" in spec else []
    for key in ("text", "year", "month", "day", "default"):
        found += _columns(spec.get(key))
    for item in spec.get("fields", {}).values():
        found += _columns(item)
    found += [name for name in _columns(spec.get("each")) if name != "item"]
    return found


def _maps(spec: Any) -> list[str]:
    if isinstance(spec, list):
        return [name for item in spec for name in _maps(item)]
    if not isinstance(spec, dict):
        return []
    found = [spec["map"]] if "map" in spec else []
    found += _maps(spec.get("each"))
    for item in spec.get("fields", {}).values():
        found += _maps(item)
    return found


def _read(spec: Any, row: Row, maps: Maps) -> Any:
    if isinstance(spec, str):
        return _filled(spec, row)
    if isinstance(spec, list):
        found = [_read(item, row, maps) for item in spec]
        return [item for item in found if item is not None]
    if not isinstance(spec, dict):
        return spec
    if "fields" in spec:
        pairs = {name: _read(item, row, maps) for name, item in spec["fields"].items()}
        return {name: value for name, value in pairs.items() if value is not None}
    if "year" in spec:
        return _date_of_parts(spec, row)
    column = spec.get("column") or next(iter(_columns(spec)), "")
    text = (
        row[spec["column"]].strip() if "column" in spec else _filled(spec["text"], row)
    )
    if "split" in spec:
        parts = [part.strip() for part in (text or "").split(spec["split"])]
        read = [_one(spec, part, column, row, maps) for part in parts if part]
        return [each for each in read if each is not None]
    return _one(spec, text or "", column, row, maps)


def _one(spec: dict[str, Any], text: str, column: str, row: Row, maps: Maps) -> Any:
    if "map" in spec:
        text = _mapped(text, maps[spec["map"]], spec["map"], column)
    if not text:
        return _read(spec["default"], row, maps) if "default" in spec else None
    if "each" in spec:
        return _read(spec["each"], {**row, "item": text}, maps)
    if spec.get("number") or "scale" in spec:
        return _number(text, spec.get("scale", 0), column)
    if spec.get("flag"):
        return _flag(text, column)
    if "format" in spec:
        return _dated(text, spec["format"], column)
    return text


def _filled(template: str, row: Row) -> str | None:
    """Fill a template; none where it names columns and all of them are empty."""
    names = _BRACED.findall(template)
    if names and not any(row[name].strip() for name in names):
        return None
    return _BRACED.sub(lambda found: row[found[1]].strip(), template).strip() or None


def _mapped(text: str, known: Mapping[str, str], name: str, column: str) -> str:
    found = known.get(text, known.get("*"))
    if found is not None:
        return found
    if not text:
        return ""
    meant = nearest(text, known)
    raise CellError(
        "I002",
        column,
        f'"{text[:60]}" is none of the values of [values.{name}]',
        f'did you mean "{meant}"? ' * bool(meant)
        + f'else add it there, or "*" for all others: "{text[:40]}" = "…"',
    )


def _number(text: str, scale: int, column: str) -> int:
    try:
        exact = Decimal(text.replace("\u00a0", "").replace(" ", ""))
        number = exact.scaleb(scale)
        if number == number.to_integral_value() and abs(number) < 10**18:
            return int(number)
    except (InvalidOperation, OverflowError):
        exact = None
    what = f'"{text[:40]}" is no number'
    if exact is not None:
        what = f'"{text[:40]}" is no whole number of the unit (scale {scale})'
    raise CellError(
        "I001",
        column,
        what,
        "write digits with a point, or raise `scale` in the mapping",
    )


_FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def _flag(text: str, column: str) -> bool:
    found = _FLAGS.get(text.casefold())
    if found is None:
        raise CellError(
            "I001", column, f'"{text[:40]}" is neither yes nor no', "write yes or no"
        )
    return found


def _dated(text: str, form: str, column: str) -> str:
    try:
        return datetime.strptime(text, form).date().isoformat()  # noqa: DTZ007 - a day
    except ValueError as error:
        raise CellError(
            "I001",
            column,
            f'"{text[:40]}" is no date of the form {form}',
            "mend the cell, or the form in the mapping",
        ) from error


def _date_of_parts(spec: dict[str, Any], row: Row) -> str | None:
    """Join year, month and day; what is empty makes the date coarser."""
    parts: list[str] = []
    for key, width in (("year", 4), ("month", 2), ("day", 2)):
        text = _filled(spec[key], row) if key in spec else None
        if text is None:
            break
        if not text.isdigit() or len(text) > width:
            column = next(iter(_BRACED.findall(spec[key])), "")
            raise CellError(
                "I001", column, f'"{text[:40]}" is no {key}', "write it in digits"
            )
        parts.append(text.zfill(width))
    return "-".join(parts) or None
