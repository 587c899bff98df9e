"""What became of suggestions, as the journal tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vigens.journal import Entry


def taken_back(entries: Iterable[Entry]) -> frozenset[str]:
    """Name the entries that a note takes back as if they never had been right.

    What is said to be so no longer (a supersession) is not among them, nor what was
    said again after the note.
    """
    every = tuple(entries)
    notes = [e for e in every if e.rectifies and "withdraws" in e.payload]
    if not notes:
        return frozenset()
    replaced = {e.rectifies for e in every} | {e.supersedes for e in every}
    return frozenset(e.rectifies for e in notes if e.rectifies and e.id not in replaced)


def decided_in(entries: Iterable[Entry]) -> dict[str, tuple[str, str]]:
    """Say by key what was decided of suggestions, and by which entry.

    A decision that was taken back is none; the one before it, if there was one, stands.
    """
    every = tuple(entries)
    deciding_entries = [
        e for e in every if isinstance(e.payload.get("suggestion"), str)
    ]
    gone = taken_back(every)
    followed = {e.rectifies for e in deciding_entries} | {
        e.supersedes for e in deciding_entries
    }
    return {
        str(entry.payload["suggestion"]): (
            "accepted" if entry.kind == "claim" else "rejected",
            entry.id,
        )
        for entry in deciding_entries
        if entry.id not in gone and entry.id not in followed
    }
