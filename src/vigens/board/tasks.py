"""What a person may do with an entry, as links to the forms that do it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.board.tongues import N_
from vigens.journal import KINDS, MATTERS, REDACTION
from vigens.people import Permission

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.board.contexts import Visit
    from vigens.board.onlookers import Onlooker
    from vigens.journal import Entry


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that can be done, and the form that does it."""

    label: str
    href: str


def entry_tasks(visit: Visit, entry: Entry) -> tuple[Task, ...]:
    """List what this person may do with an entry; nothing on a board that only reads."""
    if not visit.may(Permission.RECORD) or entry.is_stub:
        return ()
    return tuple(
        Task(label, visit.link(f"/entry/{entry.id}/{name}"))
        for name, label in _tasks(visit, entry)
    )


def claim_tasks(visit: Onlooker, ref: str) -> tuple[Task, ...]:
    """List what whoever looks may do with a claim in a list."""
    if not visit.may(Permission.REVIEW):
        return ()
    return (
        Task(N_("grade"), visit.link(f"/entry/{ref}/grade")),
        Task(N_("same origin"), visit.link(f"/entry/{ref}/same-origin")),
        Task(N_("correct"), visit.link(f"/entry/{ref}/correct")),
    )


def _tasks(visit: Visit, entry: Entry) -> Iterator[tuple[str, str]]:
    reviews = visit.may(Permission.REVIEW)
    is_own = entry.recorded_by == visit.person.name
    if entry.kind == REDACTION:
        if visit.may(Permission.COORDINATE) and not is_own:
            yield "destroy", N_("Agree and destroy")
        return
    if entry.kind in MATTERS:
        yield "claim", N_("Add a claim")
    if entry.kind == "offer":
        yield "approve", N_("Record an approval")
    if entry.kind == "claim" and reviews:
        yield "grade", N_("Grade")
        yield "review", N_("Review")
        yield "same-origin", N_("Same origin")
    if entry.kind in KINDS["confirmation"].about and reviews and not is_own:
        yield "confirm", N_("Confirm")
    if reviews or is_own:
        yield "correct", N_("Correct")
        if entry.rectifies or entry.supersedes:
            yield "undo", N_("Take the correction back")
        yield "withdraw", N_("Take back")
    yield "note", N_("Add a note")
    if visit.may(Permission.COORDINATE):
        yield "redact", N_("Redact")
