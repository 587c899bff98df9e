"""The page of sealed offers: which there are, and the forms for what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.board.contexts import Page
from vigens.board.forms.fields import Fault, Field, Filled, defaults
from vigens.board.forms.matters import offer_fields
from vigens.board.forms.writing import Writing
from vigens.board.tongues import _
from vigens.journal import MINIMUM
from vigens.people import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.base import VigensError
    from vigens.board.contexts import Visit
    from vigens.journal import Entry


@dataclass(frozen=True, slots=True)
class ShownSeal:
    """One sealed offer, as far as this reader sees it."""

    short: str
    id: str
    href: str
    when: str
    by: str
    marks: str
    state: str
    receipt: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Seals:
    """The page of sealed offers.

    Attributes:
        fields: Of an offer, to make an opening of it.
        readers: Who may see what is recorded.
        filled: What was filled in.
        faults: What is wrong with it.
        seals: Newest first.
        totals: Released so far, as `(title, address, day)`.
        problem: What was not done, and why.
        can_total: Whether this person adds up.
        minimum: Smallest group of a total.
        done: Address of what was recorded just now; empty otherwise.
        has_logs: Whether the journal proves with receipts that a seal is in it.
    """

    fields: tuple[Field, ...]
    readers: Field
    filled: Filled
    faults: tuple[Fault, ...]
    seals: tuple[ShownSeal, ...]
    totals: tuple[tuple[str, str, str], ...]
    problem: VigensError | None
    can_total: bool
    minimum: int
    done: str
    has_logs: bool

    def faults_of(self, name: str) -> tuple[Fault, ...]:
        """Give what is wrong with one field."""
        return tuple(fault for fault in self.faults if fault.name == name)


def seals_page(
    visit: Visit,
    *,
    filled: Filled | None = None,
    faults: tuple[Fault, ...] = (),
    problem: VigensError | None = None,
) -> Page:
    """Show the sealed offers of a view, and the forms for what can be done."""
    writing = Writing(visit)
    fields = offer_fields(writing)
    (readers,) = writing.marked()
    entries = visit.session.assembled.view.shown
    context = Seals(
        (*fields, *writing.signed()),
        readers,
        filled or defaults((*fields, *writing.signed())),
        faults,
        tuple(_seal_lines(visit, entries)),
        tuple(
            (entry.title, visit.link(f"/entry/{entry.id}"), entry.recorded_at[:10])
            for entry in reversed(entries)
            if entry.kind == "released_total"
        ),
        problem,
        visit.person.may(Permission.COORDINATE),
        MINIMUM,
        _done(visit, entries),
        str(visit.case.journal_path).endswith(".db"),
    )
    status = 422 if faults or problem else 200
    return Page("seals.html", _("Sealed offers"), context, status)


def _seal_lines(visit: Visit, entries: Sequence[Entry]) -> list[ShownSeal]:
    opened = {at: e for e in entries if e.kind == "opened_offer" for at in e.about}
    renewed = {e.supersedes: e for e in entries if e.supersedes}
    lines = []
    for entry in reversed(entries):
        if entry.kind != "sealed_offer":
            continue
        if entry.id in opened:
            state, href = _("open"), f"/entry/{opened[entry.id].id}"
        elif entry.id in renewed:
            state, href = _("renewed by another"), f"/entry/{renewed[entry.id].id}"
        else:
            state, href = _("sealed"), f"/entry/{entry.id}"
        lines.append(
            ShownSeal(
                entry.id[:12],
                entry.id,
                visit.link(href),
                entry.recorded_at[:10],
                entry.recorded_by,
                ", ".join(entry.marks),
                state,
                visit.link(f"/seal/{entry.id}/receipt"),
                entry.id not in opened and entry.id not in renewed,
            )
        )
    return lines


def _done(visit: Visit, entries: Sequence[Entry]) -> str:
    """Lead to what was recorded just now, if this person sees it."""
    wanted = visit.ask("done")
    seen = any(entry.id == wanted for entry in entries)
    return visit.link(f"/entry/{wanted}") if seen else ""
