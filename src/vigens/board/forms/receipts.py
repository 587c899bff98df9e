"""After recording: what was recorded, what it changed, and how it is corrected."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import VigensError
from vigens.board.contexts import Page
from vigens.board.forms.effects import ShownEffect, show_effect
from vigens.board.forms.sending import no_entry
from vigens.board.forms.writing import Writing
from vigens.board.ways import Way
from vigens.desk.writing import (
    look_back,
)
from vigens.people import Permission

if TYPE_CHECKING:
    from vigens.board.contexts import Visit

#: Most entries that one receipt tells of.
MOST_ENTRIES = 20

_KEY = re.compile(r"[0-9a-f]{6,64}")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was recorded, with what it changed and where it is corrected.

    Attributes:
        effect: What was recorded and what it changed.
        moment: When, as the journal wrote it.
        corrections: For each entry: its words and the pages that correct it.
        n_unseen: How many entries these eyes do not see.
        again: The hub of the forms.
        queue: The next suggestion in the inbox, where one came from there.
        undo: Where taking back the decision of the inbox is sent.
    """

    effect: ShownEffect | None
    moment: str
    corrections: tuple[tuple[str, str, str], ...]
    n_unseen: int
    again: str
    queue: str = ""
    undo: str = ""


def show_receipt(visit: Visit) -> Page:
    """Show what was recorded, and what it changed when it was."""
    writing = Writing(visit)
    asked = visit.ask("n")
    number = int(asked) if asked.isdecimal() and len(asked) < 4 else 1
    number = max(1, min(number, MOST_ENTRIES))
    again = visit.link("/record")
    if "id" not in visit.names:
        page = Receipt(None, "", (), number, again, _queue(visit), _undo(visit))
        return Page("forms/receipt.html", "Recorded", page)
    try:
        done = look_back(writing.whole, writing.looking, visit.names["id"], number)
    except VigensError as error:
        return no_entry(error)
    may = visit.person.may(Permission.REVIEW)
    corrections = tuple(
        (
            f"{entry.kind}: {entry.title}",
            visit.link(f"/entry/{entry.id}/correct"),
            visit.link(f"/entry/{entry.id}/withdraw"),
        )
        for entry in done.entries
        if may or entry.recorded_by == visit.person.name
    )
    page = Receipt(
        show_effect(visit, done),
        done.entries[0].recorded_at,
        corrections,
        0,
        again,
        _queue(visit),
        _undo(visit),
    )
    return Page("forms/receipt.html", "Recorded", page)


def _queue(visit: Visit) -> str:
    key, decided = visit.ask("queue"), _decided(visit)
    last = {"last": decided} if decided else {}
    if _KEY.fullmatch(key):
        return visit.link(f"/inbox/{key}", **last)
    return visit.link("/inbox", **last) if key else ""


def _undo(visit: Visit) -> str:
    key = _decided(visit)
    return visit.link(f"/inbox/{key}/undo") if key else ""


def _decided(visit: Visit) -> str:
    """Give the key of the suggestion whose decision this is the receipt of."""
    key = visit.ask("decided")
    return key if _KEY.fullmatch(key) else ""


RECEIPTS: tuple[Way, ...] = (
    Way("/recorded", Permission.RECORD, show_receipt, is_kept=False),
    Way("/recorded/{id}", Permission.RECORD, show_receipt, is_kept=False),
)
