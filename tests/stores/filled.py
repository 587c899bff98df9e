"""A journal with entries short and long, linked, marked, one of them redacted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from vigens.base import Finding
from vigens.journal import Draft, Entry, Store, export_lines, fsck

Note = Callable[..., Draft]

#: Longer than a page of SQLite, so that it overflows into others.
LONG = "А long report. " * 900


def fill(journal: Store, clock: Any, note: Note, n: int = 40) -> tuple[Entry, ...]:
    """Record entries short and long, linked, marked, one of them redacted."""
    made: list[Entry] = []
    for number in range(n):
        clock.on(seconds=1)
        text = f"{number} " + (LONG if number % 10 == 3 else "short")
        links = {"supersedes": made[-2].id} if number % 7 == 6 else {}
        made += journal.append([note(text, marks=("public",), **links)])
    return tuple(made)


def redact_one(journal: Store, target: Entry) -> None:
    stub = {
        "kind": target.kind,
        "recorded_at": target.recorded_at,
        "marks": list(target.marks),
        "about": list(target.about),
        "rectifies": target.rectifies,
        "supersedes": target.supersedes,
    }
    payload = {"reason": "law", "stub": stub, "leaves_open": [], "places": []}
    (fact,) = journal.append([Draft("redaction", payload, "first", about=(target.id,))])
    journal.append(
        [Draft("confirmation", {"by": "second"}, "second", about=(fact.id,))]
    )
    journal.redact(target.id, fact.id)


def state_of(journal: Store) -> dict[str, object]:
    """Give everything that a copy must have, too."""
    entries = journal.entries()
    return {
        "lines": list(export_lines(journal)),
        "keys": [journal.key_of(entry.id) for entry in entries],
        "heads": {log: list(journal.heads(log)) for log in journal.logs()},
        "leaves": {log: journal.leaves(log) for log in journal.logs()},
        "redacted": dict(journal.redacted()),
    }


def errors_in(place: Path | str) -> list[Finding]:
    """Give what fsck finds wrong."""
    return [finding for finding in fsck(place) if finding.severity == "error"]
