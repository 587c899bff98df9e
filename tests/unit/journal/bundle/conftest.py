"""A journal with several logs, a key, and bundles of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from vigens.journal import Draft, Entry, Store, entry_id, open_journal
from vigens.journal.bundle import Document, bundle_lines, logs_for, sign_logs
from vigens.journal.proof import Signer, leaf_hashes, new_key

MOMENT = "2026-03-09T10:00:00.000000Z"
REPORT = b"A report.\n"


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 8, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def note(text: str, *marks: str, **fields: Any) -> Draft:
    return Draft("note", {"text": text}, "curator", marks=marks, **fields)


def told_of(content: bytes, name: str) -> Draft:
    payload = {
        "sha256": sha256(content).hexdigest(),
        "name": name,
        "length": len(content),
        "media_type": "text/plain",
    }
    return Draft("document", payload, "curator", marks=("public",))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def signer() -> Signer:
    return Signer.new()


@pytest.fixture
def journal(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    with open_journal(tmp_path / "journal.db", clock, create=True) as store:
        store.append([note("one", "public"), note("two", "public", "UA")])
        store.append([note("three", "UA"), note("four"), told_of(REPORT, "r.txt")])
        yield store


Bundle = Callable[..., Path]


@pytest.fixture
def bundle(journal: Store, signer: Signer, tmp_path: Path) -> Bundle:
    """Write a bundle of the journal for some marks, and give its path."""

    def write(
        name: str = "a.bundle",
        marks: Sequence[str] | None = ("public",),
        documents: Sequence[Document] = (),
        by: Signer | None = None,
        store: Store | None = None,
        **fields: Any,
    ) -> Path:
        held = store or journal
        states = sign_logs(held, logs_for(held, marks), by or signer, MOMENT)
        lines = bundle_lines(
            held, states, reader="x", made=MOMENT, documents=documents, **fields
        )
        path = tmp_path / name
        path.write_bytes(b"".join(lines))
        return path

    return write


def redact(
    store: Store, target: Entry, second: str = "chair", *, is_done: bool = True
) -> Entry:
    """Record a redaction past every use case, and carry it out."""

    def made(kind: str, payload: dict[str, Any], by: str, about: str) -> Entry:
        entry = replace(
            target,
            kind=kind,
            payload=payload,
            recorded_by=by,
            about=(about,),
            sources=(),
        )
        return replace(entry, id=entry_id(entry))

    stub = {
        "kind": target.kind,
        "recorded_at": target.recorded_at,
        "marks": target.marks,
        "about": target.about,
        "rectifies": target.rectifies,
        "supersedes": target.supersedes,
    }
    payload = {"reason": "a name", "stub": stub, "leaves_open": (), "places": ()}
    fact = made("redaction", payload, "curator", target.id)
    store.adopt([fact, made("confirmation", {"by": second}, second, fact.id)], "r")
    if is_done:
        store.redact(target.id, fact.id)
    return fact


class Paper:
    """A journal that somebody made up: whatever entries, with keys and logs."""

    where = "a hostile journal"

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = list(entries)
        self.keys = {entry.id: new_key() for entry in entries}

    def logs(self) -> tuple[str, ...]:
        return tuple({mark: None for entry in self.entries for mark in entry.marks})

    def held(self, log: str) -> list[Entry]:
        return [each for each in self.entries if log == "all" or log in each.marks]

    def size(self, log: str = "all") -> int:
        return len(self.held(log))

    def leaves(
        self, log: str = "all", start: int = 0, end: int | None = None
    ) -> list[bytes]:
        pairs = [(self.keys[entry.id], entry.id) for entry in self.held(log)]
        return leaf_hashes(pairs[start:end], log)

    def number_in(self, log: str, identifier: str) -> int | None:
        return [entry.id for entry in self.held(log)].index(identifier)

    def key_of(self, identifier: str) -> bytes | None:
        return self.keys[identifier]

    def stream(self, after: int = 0) -> Iterator[tuple[int, Entry]]:
        yield from enumerate(self.entries[after:], after + 1)

    def redacted(self) -> dict[str, str]:
        return {}

    def write(self, path: Path) -> Path:
        """Write what is public as a bundle, signed by a key of its own."""
        states = sign_logs(self, ["public"], Signer.new(), MOMENT)
        path.write_bytes(b"".join(bundle_lines(self, states, reader="x", made=MOMENT)))
        return path
