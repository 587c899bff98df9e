"""Entries: what a journal holds, and drafts: what a caller hands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from vigens.journal.values import format_json, thaw

#: The entry format that this version writes.
FORMAT = 1

#: What stands in the place of a redacted entry has this format and kind; nothing else.
STUB_FORMAT, REDACTED = 0, "redacted"


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


def named(entry: Entry, identifier: str) -> Entry:
    """Give an entry that was just made, and that nobody holds yet, its id."""
    object.__setattr__(entry, "id", identifier)
    return entry


def format_recorded(moment: datetime) -> str:
    """Write a moment as `recorded_at` has it."""
    return f"{moment.astimezone(UTC).isoformat(timespec='microseconds')[:-6]}Z"


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
        "sources": tuple([_source_fields(source) for source in entry.sources]),
        "marks": entry.marks,
        "rectifies": entry.rectifies,
        "supersedes": entry.supersedes,
        "about": entry.about,
        **entry.extra,
    }


def entry_to_json(entry: Entry) -> dict[str, Any]:
    """Give an entry as plain JSON values, fields in the order of the format."""
    return {"id": entry.id, **thaw(_written_fields(entry))}


def format_entry(entry: Entry) -> str:
    """Write an entry as its one line of text, without the line's end."""
    fields = _written_fields(entry)
    if type(payload := fields.get("payload")) is MappingProxyType:
        fields["payload"] = payload.copy()  # what the writer of JSON knows by itself
    return format_json({"id": entry.id, **fields})


def _written_fields(entry: Entry) -> dict[str, Any]:
    return _stub_fields(entry) if entry.is_stub else entry_fields(entry)


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
