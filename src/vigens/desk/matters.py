"""One matter with everything that is claimed about it, and what that comes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import InputError
from vigens.desk.log import find_entry
from vigens.desk.reasons import ClaimView, claims_about
from vigens.journal import MATTERS

if TYPE_CHECKING:
    from vigens.desk.answers import Session
    from vigens.model import Weight


@dataclass(frozen=True, slots=True)
class MatterView:
    """What is claimed, how it counts, and who claims it.

    Attributes:
        ref: Entry id.
        kind: Entry kind.
        title: In words.
        happened: EDTF as written, or empty.
        weight: How it counts; `None` where nothing weighs it.
        reason: Why it counts so.
        claims: Every visible claim about it.
    """

    ref: str
    kind: str
    title: str
    happened: str
    weight: Weight | None
    reason: str
    claims: tuple[ClaimView, ...]


def read_matter(session: Session, reference: str) -> MatterView:
    """Show a matter, or the matter that a claim is about.

    Raises:
        InputError: The lens shows no such matter.
    """
    view = session.assembled.view
    where = session.case.journal_path
    entry = find_entry(view.shown, reference, where)
    if entry.kind == "claim" and entry.about:
        entry = find_entry(view.shown, entry.about[0], where)
    current = view.current(entry.id)
    if not current or current[0].kind not in MATTERS:
        raise InputError(
            f"this {entry.kind} is nothing that is claimed, or the lens does not "
            "show it",
            f"entry {entry.id[:12]}",
            "`vigens log CASE ID` shows any entry whole",
        )
    matter = current[0]
    weighing = session.assembled.weighings.get(matter.id)
    return MatterView(
        matter.id,
        matter.kind,
        matter.title,
        matter.happened or "",
        weighing.weight if weighing else None,
        weighing.reason if weighing else "nobody has weighed it",
        claims_about(session, matter.id),
    )
