"""The mapping file: how the columns of a table become entries."""

from __future__ import annotations

import csv
import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vigens.base import InputError, nearest
from vigens.desk.files import read_text
from vigens.desk.keys import only, read_marks, subtable, word
from vigens.desk.rows.values import Maps, Value, compile_value
from vigens.journal import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Kinds that rows may become; the rest is for commands of their own.
IMPORTED = frozenset(KINDS) - {"batch", "confirmation", "document", "redaction"}

_KEYS = ("name", "table", "values", "entries")
_TABLE = ("delimiter", "encoding", "key", "marks")
_VALUES = ("file", "from", "to")
_ENTRY = (
    *("kind", "handle", "where", "unless", "once", "happened", "known_from", "marks"),
    *("about", "source", "grade", "payload"),
)
_SOURCE = ("address", "title", "type", "published")

#: Column, and the values meant.
Chosen = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class EntryMap:
    """How one entry is made of a row.

    Attributes:
        kind: Entry kind.
        handle: Name by which later entries of the row point at it.
        where: Only rows in which a column has one of these values.
        unless: No rows in which it has.
        once: Rows for which this is the same share one entry.
        fields: `happened` and `known_from`, where given.
        payload: Each field of the payload.
        about: Handles of earlier entries of the row.
        source: Fields of its source; empty for none.
        marks: Who may see it; `None` takes those of the table.
    """

    kind: str
    handle: str
    where: Chosen
    unless: Chosen
    once: Value | None
    fields: dict[str, Value]
    payload: dict[str, Value]
    about: tuple[str, ...]
    source: dict[str, Value]
    marks: tuple[str, ...] | None

    def takes(self, row: dict[str, str]) -> bool:
        """Say whether a row becomes this entry."""
        return all(row[name].strip() in values for name, values in self.where) and (
            not any(row[name].strip() in values for name, values in self.unless)
        )

    @property
    def values(self) -> Iterator[Value]:
        """Go through every value."""
        yield from self.fields.values()
        yield from self.payload.values()
        yield from self.source.values()
        if self.once is not None:
            yield self.once

    @property
    def columns(self) -> tuple[str, ...]:
        """List the columns that it reads, each once."""
        names = [name for name, _ in (*self.where, *self.unless)]
        names += [name for value in self.values for name in value.columns]
        return tuple(dict.fromkeys(names))


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping file as read.

    Attributes:
        name: Of the table, by which a later import knows its rows again.
        digest: SHA-256 of the file.
        path: Of the file.
        delimiter: Between cells.
        encoding: Of the table.
        key: What names a row, if something does.
        marks: Of all entries; `None` takes those of the case.
        maps: Value maps by name.
        entries: What a row becomes, in order.
    """

    name: str
    digest: str
    path: str
    delimiter: str
    encoding: str
    key: Value | None
    marks: tuple[str, ...] | None
    maps: Maps
    entries: tuple[EntryMap, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """List every column that is read, each once."""
        names = list(self.key.columns) if self.key else []
        names += [name for entry in self.entries for name in entry.columns]
        return tuple(dict.fromkeys(names))


def read_mapping(path: str | Path) -> Mapping:
    """Read and check a mapping file.

    Raises:
        InputError: Unreadable, or something in it does not fit; it names the place.
    """
    place = Path(path)
    text = read_text(place, 1_000_000)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            f"the mapping cannot be read: {error}", str(place), "mend that line"
        ) from error
    where = str(place)
    only(table, _KEYS, where)
    part = subtable(table, "table", where)
    only(part, _TABLE, f"{where}, table")
    maps = {
        name: _value_map(name, values, place)
        for name, values in subtable(table, "values", where).items()
    }
    entries = _entries(table.get("entries"), where)
    mapping = Mapping(
        word(table, "name", where, place.stem),
        hashlib.sha256(text.encode()).hexdigest(),
        where,
        _delimiter(part, where),
        _encoding(part, where),
        compile_value(part["key"], f"{where}, table.key") if "key" in part else None,
        read_marks(part, f"{where}, table", ()) if "marks" in part else None,
        maps,
        entries,
    )
    _check_maps(mapping)
    return mapping


def _check_maps(mapping: Mapping) -> None:
    for entry in mapping.entries:
        for value in entry.values:
            for name in value.maps:
                if name not in mapping.maps:
                    raise InputError(
                        f'there is no [values.{name}], which "{entry.handle}" uses',
                        mapping.path,
                        f"declared are {', '.join(mapping.maps) or 'none'}",
                    )


def _delimiter(part: dict[str, Any], where: str) -> str:
    found = word(part, "delimiter", where, ",")
    if len(found) != 1:
        raise InputError(
            "a delimiter is one character", f"{where}, table", r'such as ";" or "\t"'
        )
    return found


def _encoding(part: dict[str, Any], where: str) -> str:
    found = word(part, "encoding", where, "utf-8")
    try:
        "".encode(found)
    except (LookupError, ValueError) as error:
        raise InputError(
            f'there is no encoding "{found[:40]}"',
            f"{where}, table",
            'write encoding = "utf-8", "windows-1251" or "latin-1"',
        ) from error
    return (
        "utf-8-sig" if found.lower().replace("_", "-") in ("utf-8", "utf8") else found
    )


def _value_map(name: str, values: object, place: Path) -> dict[str, str]:
    where = f"{place}, values.{name}"
    if not isinstance(values, dict):
        raise InputError("a value map is a table", where, f"write [values.{name}]")
    if set(values) == set(_VALUES):
        return _map_of_file(values, where, place)
    for key, value in values.items():
        if not isinstance(value, str):
            raise InputError(
                f'"{key[:40]}" leads to no text', where, 'write "cell" = "value"'
            )
    return dict(values)


def _map_of_file(values: dict[str, Any], where: str, place: Path) -> dict[str, str]:
    """Read a map from two columns of a further table, beside the mapping."""
    path = place.parent / word(values, "file", where, "")
    rows = csv.DictReader(read_text(path, 64_000_000).splitlines(), strict=True)
    ends = word(values, "from", where, ""), word(values, "to", where, "")
    for column in ends:
        if column not in (rows.fieldnames or ()):
            raise InputError(
                f'there is no column "{column[:40]}"',
                str(path),
                f"it has {', '.join(rows.fieldnames or ())[:200]}",
            )
    try:
        return {row[ends[0]] or "": row[ends[1]] or "" for row in rows}
    except csv.Error as error:
        raise InputError(
            f"this table cannot be read ({error})", str(path), "mend the line"
        ) from error


def _entries(parts: object, where: str) -> tuple[EntryMap, ...]:
    if not isinstance(parts, list) or not parts:
        raise InputError(
            "the mapping makes no entries", where, "write one [[entries]] or more"
        )
    found: dict[str, EntryMap] = {}
    for number, part in enumerate(parts, 1):
        at = f"{where}, entries {number}"
        if not isinstance(part, dict):
            raise InputError("an entry is a table", at, "write [[entries]]")
        entry = _entry(part, at, found)
        if entry.handle in found:
            raise InputError(
                f'two entries have the handle "{entry.handle}"',
                at,
                'give one another name: handle = "other"',
            )
        found[entry.handle] = entry
    return tuple(found.values())


def _entry(part: dict[str, Any], at: str, earlier: dict[str, EntryMap]) -> EntryMap:
    only(part, _ENTRY, at)
    kind = word(part, "kind", at, "")
    if kind not in IMPORTED:
        meant = nearest(kind, IMPORTED)
        raise InputError(
            f'"{kind[:40]}" is no kind that rows become',
            at,
            f'did you mean "{meant}"?'
            if meant
            else f"use {', '.join(sorted(IMPORTED))}",
        )
    payload = {
        name: compile_value(spec, f"{at}, payload.{name}")
        for name, spec in subtable(part, "payload", at).items()
    }
    if "grade" in part:
        payload["grade"] = compile_value(part["grade"], f"{at}, grade")
    if ("grade" in part) != (kind == "grade"):
        raise InputError(
            "`grade` is for entries of kind grade, and they need it",
            at,
            'write grade = "B2", or a value that gives one',
        )
    source = subtable(part, "source", at)
    only(source, _SOURCE, f"{at}, source")
    if source and "address" not in source:
        raise InputError("a source needs an address", f"{at}, source", "add address")
    return EntryMap(
        kind,
        word(part, "handle", at, kind),
        _chosen(part, "where", at),
        _chosen(part, "unless", at),
        compile_value(part["once"], f"{at}, once") if "once" in part else None,
        {
            name: compile_value(part[name], f"{at}, {name}")
            for name in ("happened", "known_from")
            if name in part
        },
        payload,
        _about(part, kind, at, earlier),
        {n: compile_value(spec, f"{at}, source.{n}") for n, spec in source.items()},
        read_marks(part, at, ()) if "marks" in part else None,
    )


def _about(
    part: dict[str, Any], kind: str, at: str, earlier: dict[str, EntryMap]
) -> tuple[str, ...]:
    about = part.get("about", [])
    if not isinstance(about, list) or not all(isinstance(x, str) for x in about):
        raise InputError("`about` is a list of handles", at, 'write about = ["matter"]')
    allowed = KINDS[kind].about
    for handle in about:
        target = earlier.get(handle.removeprefix("@"))
        if target is None:
            raise InputError(
                f'no earlier entry of the row has the handle "{handle[:40]}"',
                at,
                f"put it before this one; so far {', '.join(earlier) or 'there is none'}",
            )
        if allowed and target.kind not in allowed:
            raise InputError(
                f"a {kind} is not about a {target.kind}",
                at,
                f"it is about {', '.join(sorted(allowed))}",
            )
    return tuple(handle.removeprefix("@") for handle in about)


def _chosen(part: dict[str, Any], key: str, at: str) -> Chosen:
    found: list[tuple[str, tuple[str, ...]]] = []
    for column, values in subtable(part, key, at).items():
        listed = [values] if isinstance(values, str) else values
        if not isinstance(listed, list) or not all(isinstance(v, str) for v in listed):
            raise InputError(
                f"`{key}` gives each column a text or a list of texts",
                at,
                f'write {key} = {{ {column} = ["a", "b"] }}',
            )
        found.append((column, tuple(listed)))
    return tuple(found)
