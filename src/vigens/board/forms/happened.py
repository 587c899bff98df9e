"""Forms for what happened, what was seen to hold, and a further claim of either."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import InputError, Message, nearest
from vigens.board.contexts import Page
from vigens.board.forms.arguments import argument_fields, arguments_of, atom
from vigens.board.forms.claims import PLACES, WHAT, claim_fields, said_of
from vigens.board.forms.fields import (
    LINE,
    TEXT,
    Field,
    Filled,
    ours,
)
from vigens.board.forms.form import Form
from vigens.board.forms.sending import way_of
from vigens.board.forms.writing import Writing
from vigens.board.tongues import N_, tell
from vigens.board.ways import Way
from vigens.desk import said_drafts
from vigens.engine import phrase_in_general
from vigens.journal import MATTERS
from vigens.people import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vigens.board.contexts import Visit
    from vigens.journal import Draft
    from vigens.rules import EventType, Fluent


@dataclass(frozen=True, slots=True)
class Choosable:
    """One event or state that can be recorded, with its words."""

    name: str
    phrase: str
    href: str
    is_law: bool


@dataclass(frozen=True, slots=True)
class Choosing:
    """The page where one chooses what happened."""

    what: str
    lead: str
    words: str
    path: str
    found: tuple[Choosable, ...]


def choose_event(visit: Visit) -> Page:
    """Show every event that the agreements know, to choose one."""
    events = visit.case.program.events.values()
    rows = [(e.name, tell(phrase_in_general(e)), e.place) for e in events]
    lead = N_("Choose what happened; the agreements know these events and acts.")
    return _choosing(visit, N_("What happened"), lead, "/record/event", rows)


def choose_state(visit: Visit) -> Page:
    """Show every state that can be seen to hold, to choose one."""
    fluents = visit.case.program.fluents.values()
    rows = [(f.name, tell(phrase_in_general(f)), f.place) for f in fluents]
    lead = N_(
        "Choose what was seen to hold, or not to hold, on a day; nothing need have "
        "happened on it."
    )
    return _choosing(visit, N_("What was seen"), lead, "/record/state", rows)


def _choosing(
    visit: Visit,
    what: str,
    lead: str,
    path: str,
    rows: list[tuple[str, str, str]],
) -> Page:
    words = visit.ask("q")
    folded = words.casefold().split()
    found = tuple(
        Choosable(name, phrase, visit.link(f"{path}/{name}"), place.startswith("law/"))
        for name, phrase, place in rows
        if all(word in f"{name} {phrase}".casefold() for word in folded)
    )
    return Page("forms/choose.html", what, Choosing(what, lead, words, path, found))


_TITLE = Field(
    "title",
    N_("In words"),
    hint=N_("one sentence; empty: as the rules name it"),
    longest=LINE,
    part=WHAT,
)


def _event_fields(writing: Writing) -> tuple[Field, ...]:
    event = _declared(writing, "event")
    return (
        *argument_fields(writing, event.params, WHAT),
        _TITLE,
        *claim_fields(writing),
    )


def _event_drafts(writing: Writing, filled: Filled, by: str) -> Sequence[Draft]:
    event = _declared(writing, "event")
    said = said_of(
        writing,
        filled,
        event=atom(event.name, arguments_of(event.params, filled)),
        title=filled.given("title"),
    )
    return said_drafts(writing.case, said, by=by)


def _state_fields(writing: Writing) -> tuple[Field, ...]:
    fluent = _declared(writing, "state")
    held = Field(
        "holds",
        N_("What was seen"),
        "choice",
        options=(ours("yes", N_("it held")), ours("no", N_("it did not hold"))),
        default=("yes",),
        is_required=True,
        part=WHAT,
    )
    rest = claim_fields(writing)
    return (*argument_fields(writing, fluent.params, WHAT), held, _TITLE, *rest)


def _state_drafts(writing: Writing, filled: Filled, by: str) -> Sequence[Draft]:
    fluent = _declared(writing, "state")
    said = said_of(
        writing,
        filled,
        state=atom(fluent.name, arguments_of(fluent.params, filled)),
        holds=filled.one("holds") != "no",
        title=filled.given("title"),
    )
    return said_drafts(writing.case, said, by=by)


def _declared(writing: Writing, what: str) -> EventType | Fluent:
    name = writing.visit.names[what]
    program = writing.case.program
    table: Mapping[str, EventType | Fluent] = (
        program.events if what == "event" else program.fluents
    )
    if name not in table:
        meant = nearest(name, table)
        raise InputError(
            Message('there is no {what} "{name}"', what=what, name=name[:60]),
            Message("the address"),
            (
                Message('did you mean "{meant}"?', meant=meant)
                if meant
                else Message("choose one from the list")
            ),
        )
    return table[name]


def _claim_about(writing: Writing) -> tuple[Field, ...]:
    words = Field(
        "title",
        N_("What the source says"),
        "text",
        N_("in one or two sentences"),
        default=(writing.target.title,) if writing.target else (),
        is_required=True,
        longest=TEXT,
        part=WHAT,
    )
    return (words, *claim_fields(writing))


def _about_drafts(writing: Writing, filled: Filled, by: str) -> Sequence[Draft]:
    assert writing.target is not None
    said = said_of(
        writing, filled, about=writing.target.id, title=filled.given("title")
    )
    return said_drafts(writing.case, said, by=by)


EVENT = Form(
    "/record/event/{event}",
    N_("Record what a source says happened"),
    N_(
        "This records the event and the claim of its source. A claim has no effect "
        "until somebody grades it."
    ),
    Permission.RECORD,
    _event_fields,
    _event_drafts,
    places=PLACES,
)
STATE = Form(
    "/record/state/{state}",
    N_("Record what a source saw to hold"),
    N_("This records an observation of a state on a day, and the claim of its source."),
    Permission.RECORD,
    _state_fields,
    _state_drafts,
    places=PLACES,
)
CLAIM = Form(
    "/entry/{id}/claim",
    N_("Add a claim to what is recorded"),
    N_(
        "Another source says it too, or denies it. Both stay on record; neither is changed."
    ),
    Permission.RECORD,
    _claim_about,
    _about_drafts,
    kinds=frozenset(MATTERS),
    places=PLACES,
)

HAPPENED: tuple[Way, ...] = (
    Way("/record/event", Permission.RECORD, choose_event),
    Way("/record/state", Permission.RECORD, choose_state),
    way_of(EVENT),
    way_of(STATE),
    way_of(CLAIM),
)
