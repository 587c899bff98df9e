"""Entries: what a journal holds, and drafts: what a caller hands in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from vigens.journal.errors import EntryError
from vigens.journal.values import format_json, freeze, thaw

#: The entry format that this version writes.
FORMAT = 1

#: What stands in the place of a redacted entry has this format and kind; nothing else.
STUB_FORMAT, REDACTED = 0, "redacted"

_ID = re.compile(r"[0-9a-f]{64}")
_RECORDED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Passage:
    """The exact place in a document that a source rests on.

    Attributes:
        document: Id of the document.
        start: First character, from 0.
        end: Character after the last.
        quote: The text between them, exactly.
        extra: Fields that this version does not know, kept and hashed.
    """

    document: str
    start: int
    end: int
    quote: str
    extra: Mapping[str, Any] = field(default_factory=_nothing)


@dataclass(frozen=True, slots=True)
class Source:
    """Where something was published.

    Attributes:
        address: Web address, archive mark or file.
        title: Its title, if any.
        type: Kind of source as the case's rule for grades names it.
        published: EDTF, if known.
        passage: The place in a document, if one was read.
        extra: Fields that this version does not know, kept and hashed.
    """

    address: str
    title: str | None = None
    type: str | None = None
    published: str | None = None
    passage: Passage | None = None
    extra: Mapping[str, Any] = field(default_factory=_nothing)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a caller wants recorded: no id and no time of recording.

    Attributes:
        kind: Entry kind, as `vigens.journal.KINDS` lists them.
        payload: The fields of the kind: text, whole numbers, bools, null, lists,
            mappings.
        recorded_by: Who records it.
        happened: EDTF, if it has a time of its own.
        known_from: EDTF, when it was published; if unsaid, when recorded. A
            rectification inherits it and states one only to mend the date itself.
        sources: Where it stands.
        marks: Who may see it; `public` in this version.
        about: Ids of entries, or `@handle` of an earlier draft of the same group.
        rectifies: Entry whose clerical fault this mends; id or `@handle`.
        supersedes: Entry that this news replaces; id or `@handle`. Both may be set,
            to settle two rival corrections by one.
        handle: Local name by which later drafts of the group may refer to this one.
    """

    kind: str
    payload: Mapping[str, Any]
    recorded_by: str
    happened: str | None = None
    known_from: str | None = None
    sources: tuple[Source, ...] = ()
    marks: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    rectifies: str | None = None
    supersedes: str | None = None
    handle: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One recorded entry, never changed.

    Attributes:
        id: SHA-256 of the canonical bytes of everything else, 64 hex digits.
        format: Entry format; 1 in this version.
        kind: Entry kind; kinds of newer versions are kept.
        payload: Read-only fields of the kind.
        happened: EDTF or none.
        known_from: EDTF or none: then it was known when recorded.
        recorded_at: UTC with microseconds, set by the journal.
        recorded_by: Who recorded it.
        sources: Where it stands.
        marks: Who may see it.
        about: Ids of entries.
        rectifies: Id of an entry with a clerical fault, or none.
        supersedes: Id of an entry that this replaces, or none.
        extra: Fields that this version does not know, kept and hashed.
    """

    id: str
    format: int
    kind: str
    payload: Mapping[str, Any]
    happened: str | None
    known_from: str | None
    recorded_at: str
    recorded_by: str
    sources: tuple[Source, ...]
    marks: tuple[str, ...]
    about: tuple[str, ...]
    rectifies: str | None
    supersedes: str | None
    extra: Mapping[str, Any] = field(default_factory=_nothing)

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def recorded_instant(self) -> int:
        """The second in which it was recorded, as UTC seconds."""
        return int(datetime.fromisoformat(self.recorded_at).timestamp() // 1)

    @property
    def is_stub(self) -> bool:
        """Say whether it was redacted, and this only stands in its place."""
        return self.format == STUB_FORMAT

    @property
    def title(self) -> str:
        """What to call it in a list: the payload's own words, else its kind."""
        for name in ("title", "statement", "text", "name", "reason", "note"):
            words = self.payload.get(name)
            if isinstance(words, str) and words.strip():
                return words
        return self.kind


def format_recorded(moment: datetime) -> str:
    """Write a moment as `recorded_at` has it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def entry_fields(entry: Entry) -> dict[str, Any]:
    """Give everything but the id, frozen, by field name: what is hashed."""
    return {
        "format": entry.format,
        "kind": entry.kind,
        "payload": entry.payload,
        "happened": entry.happened,
        "known_from": entry.known_from,
        "recorded_at": entry.recorded_at,
        "recorded_by": entry.recorded_by,
        "sources": tuple(_source_fields(source) for source in entry.sources),
        "marks": entry.marks,
        "rectifies": entry.rectifies,
        "supersedes": entry.supersedes,
        "about": entry.about,
        **entry.extra,
    }


def entry_to_json(entry: Entry) -> dict[str, Any]:
    """Give an entry as plain JSON values, fields in the order of the format."""
    fields = _stub_fields(entry) if entry.is_stub else entry_fields(entry)
    return {"id": entry.id, **thaw(fields)}


def format_entry(entry: Entry) -> str:
    """Write an entry as its one line of text, without the line's end."""
    return format_json(entry_to_json(entry))


def stub_of(entry: Entry) -> dict[str, Any]:
    """Give what stays of an entry when it is redacted: kind, moment, marks and links.

    Of a claim it also stays which of its matters it denies: a link, no words.
    """
    kept = {
        "kind": entry.kind,
        "recorded_at": entry.recorded_at,
        "marks": list(entry.marks),
        "about": list(entry.about),
        "rectifies": entry.rectifies,
        "supersedes": entry.supersedes,
    }
    if entry.kind == "claim":
        denied = entry.payload.get("denies")
        if not denied and entry.payload.get("polarity") == "neg":
            denied = entry.about
        kept["denies"] = list(denied or ())
    return kept


def stub_entry(identifier: str, stub: Mapping[str, Any], fact: str) -> Entry:
    """Make what stands in the place of a redacted entry.

    Args:
        identifier: Its id, which can no longer be derived.
        stub: What stays of it, as `stub_of` gave it.
        fact: Id of the entry that says why.
    """
    kind = str(stub["kind"])
    payload = {"kind": kind, "fact": fact, "text": f"redacted {kind}"}
    if "denies" in stub:
        payload["denies"] = stub["denies"]
    return Entry(
        id=identifier,
        format=STUB_FORMAT,
        kind=REDACTED,
        payload=freeze(payload),
        happened=None,
        known_from=None,
        recorded_at=str(stub["recorded_at"]),
        recorded_by="",
        sources=(),
        marks=tuple(stub["marks"]),
        about=tuple(stub["about"]),
        rectifies=stub.get("rectifies"),
        supersedes=stub.get("supersedes"),
    )


def _stub_fields(entry: Entry) -> dict[str, Any]:
    kept = {
        "fact": entry.payload["fact"],
        "kind": entry.payload["kind"],
        "recorded_at": entry.recorded_at,
        "marks": entry.marks,
        "about": entry.about,
        "rectifies": entry.rectifies,
        "supersedes": entry.supersedes,
    }
    if "denies" in entry.payload:
        kept["denies"] = entry.payload["denies"]
    return {"redacted": kept}


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


def _source_fields(source: Source) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "address": source.address,
        "title": source.title,
        "type": source.type,
        "published": source.published,
    }
    if source.passage is not None:
        passage = source.passage
        fields["passage"] = {
            "document": passage.document,
            "start": passage.start,
            "end": passage.end,
            "quote": passage.quote,
            **passage.extra,
        }
    return {**fields, **source.extra}
