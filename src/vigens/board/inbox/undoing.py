"""Taking back what was decided of a suggestion: it waits again, and nothing is deleted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import InputError
from vigens.board.contexts import Elsewhere
from vigens.board.forms import (
    Writing,
    defaults,
    no_entry,
    read_filled,
    signed_by,
)
from vigens.board.inbox.accepting import decide_again, find_item
from vigens.board.tongues import N_
from vigens.desk.writing import take_back

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.datastructures import FormData

    from vigens.board.contexts import Answered, Visit
    from vigens.desk import Suggested

#: The parameters of an address that name the suggestion decided last, and what took a
#: decision back.
LAST, TAKEN = "last", "taken"

_KEY = re.compile(r"[0-9a-f]{6,64}")
_ID = re.compile(r"[0-9a-f]{64}")
_UNSEEN = "unseen"


@dataclass(frozen=True, slots=True)
class LastDecision:
    """What was decided on the page before, while it still is so.

    Attributes:
        number: Of the suggestion.
        words: What became of it.
        undo: Where taking it back is sent.
    """

    number: int
    words: str
    undo: str


def last_decision(visit: Visit, queue: Iterable[Suggested]) -> LastDecision | None:
    """Give what the address names as decided last; none where it is open or hidden."""
    key = visit.ask(LAST)
    if not _KEY.fullmatch(key):
        return None
    for item in queue:
        if item.key.startswith(key) and undo_address(visit, item):
            words = N_("accepted") if item.state == "accepted" else N_("rejected")
            return LastDecision(item.number, words, undo_address(visit, item))
    return None


def undo_address(visit: Visit, item: Suggested) -> str:
    """Give where taking the decision back is sent; empty where these eyes see none.

    A rejection bears no marks, and is known to all who review: it may be taken back.
    """
    is_known = bool(item.decided) or item.state == "rejected"
    return visit.link(f"/inbox/{item.key}/undo") if is_known else ""


def taken_back_by(visit: Visit) -> str | None:
    """Give the page that says what taking a decision back changed, if it was just done.

    Empty where these eyes see no such page.
    """
    asked = visit.ask(TAKEN)
    identifier, _, number = asked.partition(".")
    if _ID.fullmatch(identifier) and number.isdecimal():
        return visit.link(f"/recorded/{identifier}", n=number)
    return "" if asked == _UNSEEN else None


def undo_item(visit: Visit, sent: FormData) -> Answered:
    """Take a decision back, and lead to the suggestion, which waits again."""
    with visit.casebook.lock:
        try:
            writing = Writing(visit)
            item = find_item(writing)
            back = visit.link(f"/inbox/{item.key}")
            if item.state == "waiting":
                return Elsewhere(back)  # sent twice
            is_rejected = item.state == "rejected"
            fields = writing.signed()
            by = signed_by(writing, read_filled(fields, sent))
            done = take_back(
                writing.whole,
                visit.casebook.clock,
                decide_again(writing) if is_rejected else item,
                by=by or signed_by(writing, defaults(fields)),
                reason=str(sent.get("reason") or "").strip()[:2000] or None,
                known=None if is_rejected else writing.case,
            )
        except InputError as error:
            return no_entry(error)
    told = f"{done.entries[0].id}.{len(done.entries)}"
    if not writing.whole.clearance(writing.lens).sees(done.entries[0].marks):
        told = _UNSEEN
    return Elsewhere(visit.link(f"/inbox/{item.key}", **{TAKEN: told}))
