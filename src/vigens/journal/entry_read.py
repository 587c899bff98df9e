"""Reading entries out of JSON values; each fault names its field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from vigens.journal.entry import REDACTED, Entry, Passage, Source
from vigens.journal.errors import EntryError
from vigens.journal.stubs import stub_entry
from vigens.journal.values import freeze

_ID = re.compile(r"[0-9a-f]{64}")
_RECORDED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


def entry_from_json(value: object, where: str = "an entry") -> Entry:
    """Read an entry; its id is taken as it stands and not derived.

    Raises:
        EntryError: The envelope lacks a field or holds one of the wrong type.
        ValueRefusedError: A value is nested too deep.
    """
    if not isinstance(value, Mapping):
        raise EntryError("this is no JSON object", where, "write one object a line")
    if REDACTED in value and "format" not in value:
        return _stub_from_json(value, where)
    rest = dict(value)
    reader = _Fields(rest, where)
    payload = reader.take("payload", dict, None)
    sources = reader.take("sources", list, [])
    entry = Entry(
        id=reader.identifier("id", required=True) or "",
        format=reader.take("format", int, None),
        kind=reader.take("kind", str, None),
        payload=freeze(payload),
        happened=reader.optional("happened"),
        known_from=reader.optional("known_from"),
        recorded_at=reader.recorded_at(),
        recorded_by=reader.take("recorded_by", str, None),
        sources=tuple(
            _source(item, f"{where}, source {n}") for n, item in enumerate(sources, 1)
        ),
        marks=reader.texts("marks"),
        rectifies=reader.identifier("rectifies", required=False),
        supersedes=reader.identifier("supersedes", required=False),
        about=reader.texts("about"),
        extra=reader.rest(),
    )
    for target in entry.about:
        if not _ID.fullmatch(target):
            raise reader.fault("about", "a list of ids of 64 hex digits")
    if entry.is_stub:
        raise reader.fault("format", "1 or more")
    return entry


class _Fields:
    """Takes known fields out of an object; what remains is unknown and kept."""

    def __init__(self, rest: dict[str, Any], where: str) -> None:
        self._rest = rest
        self._where = where

    def fault(self, name: str, wanted: str) -> EntryError:
        mend = f'write "{name}" as {wanted}, or restore the entry from another copy'
        return EntryError(f'the field "{name}" is not {wanted}', self._where, mend)

    def take(self, name: str, kind: type, default: Any) -> Any:
        value = self._rest.pop(name, default)
        if type(value) is kind or (kind is dict and isinstance(value, Mapping)):
            return value
        if kind is list and isinstance(value, tuple):
            return value
        if value is None:
            mend = "add the field, or restore the entry from another copy"
            raise EntryError(f'the field "{name}" is missing', self._where, mend)
        raise self.fault(name, _WORDS[kind])

    def optional(self, name: str) -> str | None:
        value = self._rest.pop(name, None)
        if value is not None and type(value) is not str:
            raise self.fault(name, "text or null")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        values = self.take(name, list, [])
        if not all(type(item) is str for item in values):
            raise self.fault(name, "a list of texts")
        return tuple(values)

    def identifier(self, name: str, *, required: bool) -> str | None:
        value = self.take(name, str, None) if required else self.optional(name)
        if value is not None and not _ID.fullmatch(value):
            raise self.fault(name, "an id of 64 hex digits")
        return value

    def recorded_at(self) -> str:
        value: str = self.take("recorded_at", str, None)
        try:
            if _RECORDED.fullmatch(value):
                datetime.fromisoformat(value)
                return value
        except ValueError:
            pass
        raise self.fault("recorded_at", "a moment such as 2026-11-22T03:04:05.678901Z")

    def rest(self) -> Mapping[str, Any]:
        frozen: Mapping[str, Any] = freeze(self._rest)
        return frozen


_WORDS = {str: "text", int: "a whole number", dict: "an object", list: "a list"}


def _source(value: object, where: str) -> Source:
    if not isinstance(value, Mapping):
        raise EntryError("this source is no JSON object", where, "write an object")
    rest = dict(value)
    reader = _Fields(rest, where)
    passage = rest.pop("passage", None)
    return Source(
        address=reader.take("address", str, None),
        title=reader.optional("title"),
        type=reader.optional("type"),
        published=reader.optional("published"),
        passage=None if passage is None else _passage(passage, where),
        extra=reader.rest(),
    )


def _passage(value: object, where: str) -> Passage:
    if not isinstance(value, Mapping):
        raise EntryError("this passage is no JSON object", where, "write an object")
    reader = _Fields(dict(value), f"{where}, passage")
    return Passage(
        document=reader.take("document", str, None),
        start=reader.take("start", int, None),
        end=reader.take("end", int, None),
        quote=reader.take("quote", str, None),
        extra=reader.rest(),
    )


def _stub_from_json(value: Mapping[str, Any], where: str) -> Entry:
    fields = value["redacted"]
    if not isinstance(fields, Mapping) or len(value) != 2:
        mend = "restore the line from another copy"
        raise EntryError("this is no redacted entry", where, mend)
    rest = dict(fields)
    outer, reader = _Fields(dict(value), where), _Fields(rest, where)
    kept: dict[str, Any] = {
        "kind": reader.take("kind", str, None),
        "recorded_at": reader.recorded_at(),
        "marks": reader.texts("marks"),
        "about": reader.texts("about"),
        "rectifies": reader.identifier("rectifies", required=False),
        "supersedes": reader.identifier("supersedes", required=False),
    }
    fact = reader.identifier("fact", required=True) or ""
    if "denies" in rest:
        kept["denies"] = reader.texts("denies")
    identifier = outer.identifier("id", required=True) or ""
    return stub_entry(identifier, kept, fact)
