"""Deciding on an offer, and confirming what another person decided."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vigens.base import InputError, Message
from vigens.board.forms.claims import grade_fields, grade_of
from vigens.board.forms.fields import LINE, Field, Option
from vigens.board.forms.form import Form
from vigens.board.forms.writing import date_field
from vigens.board.personal import level_words
from vigens.board.tongues import N_
from vigens.desk import approval_drafts, confirmation_draft, rung_of
from vigens.journal import Source
from vigens.people import LEVELS, Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.board.forms.fields import Filled
    from vigens.board.forms.writing import Writing
    from vigens.journal import Draft, Entry
    from vigens.people import Person

WHAT, WHERE = N_("The decision"), N_("Where it is published")


def levels_of(person: Person, party: str) -> tuple[str, ...]:
    """List the levels on which a person decides for a party, from below."""
    return tuple(level for level in LEVELS if person.may_decide(level, party))


def _target(writing: Writing) -> Entry:
    assert writing.target is not None, "the path names it"
    return writing.target


def _own_levels(writing: Writing, party: str) -> tuple[str, ...]:
    levels = levels_of(writing.visit.person, party)
    if not levels:
        raise InputError(
            Message(
                "your account decides on no level of the ladder of {title}",
                title=writing.title(party),
            ),
            Message("your account"),
            Message(
                "a coordinator says on the page of your account on which level you "
                "decide"
            ),
        )
    return levels


def _decide_fields(writing: Writing) -> tuple[Field, ...]:
    offer = _target(writing)
    party = str(offer.payload["party"])
    levels = _own_levels(writing, party)
    domains = tuple(str(name) for name in offer.payload.get("domains", ()))
    fields = [
        Field(
            "level",
            N_("On which level"),
            "choice",
            N_("no level follows from another"),
            tuple(Option(level, level_words(level)) for level in levels),
            (levels[0],),
            is_required=True,
            part=WHAT,
        ),
        Field(
            "domains",
            N_("What is approved"),
            "many",
            N_("of what the offer names"),
            tuple(Option(name, name) for name in domains),
            domains,
            is_required=bool(domains),
            part=WHAT,
        ),
        date_field("on", N_("On which day"), N_("EDTF"), writing.today, WHAT),
        Field(
            "who",
            N_("The office"),
            hint=N_("which office decided; an office, no private person"),
            part=WHAT,
        ),
        Field("address", N_("Address"), longest=LINE, part=WHERE),
        Field("source_title", N_("What that is called"), part=WHERE),
    ]
    if writing.may(Permission.REVIEW):
        fields += grade_fields()
    return (*fields, *_marked(writing, offer, party, levels))


def _marked(
    writing: Writing, offer: Entry, party: str, levels: Sequence[str]
) -> tuple[Field, ...]:
    """Ask who may see it: of what is secret by nature, at first the party alone."""
    fields = writing.marked((offer,))
    events = writing.case.program.events
    is_secret = any(
        events[rung].is_secret for level in levels if (rung := rung_of(level)) in events
    )
    if not is_secret:
        return fields
    return tuple(
        replace(
            field,
            default=(party,)
            if any(option.value == party for option in field.options)
            else (),
            hint=N_(
                "a level that decides in secret is seen by its party alone at first"
            ),
        )
        for field in fields
    )


def _decide_drafts(writing: Writing, filled: Filled, by: str) -> Sequence[Draft]:
    offer = _target(writing)
    level = filled.one("level")
    if level not in _own_levels(writing, str(offer.payload["party"])):
        raise InputError(
            Message("you do not decide on this level"),
            "level",
            Message("choose another"),
        )
    address = filled.given("address")
    return approval_drafts(
        writing.case,
        offer.id,
        level,
        by=by,
        on=filled.given("on"),
        who=filled.given("who"),
        domains=filled.all("domains"),
        source=Source(address, filled.given("source_title")) if address else None,
        grade=grade_of(filled),
    )


def _confirm_fields(writing: Writing) -> tuple[Field, ...]:
    approval = _target(writing)
    level = str(approval.payload["level"])
    if level not in _own_levels(writing, str(approval.payload["party"])):
        raise InputError(
            Message(
                "your account does not decide on the level of {level_words}",
                level_words=level_words(level),
            ),
            Message("your account"),
            Message("somebody who decides on it confirms"),
        )
    return ()


def _confirm_drafts(writing: Writing, _filled: Filled, by: str) -> Sequence[Draft]:
    return (confirmation_draft(writing.case, _target(writing).id, by=by),)


DECIDE = Form(
    "/approvals/{id}",
    N_("Approve an offer"),
    N_(
        "You record that an office on your level approved this offer. Like whatever is "
        "claimed it has no effect until graded, and where the case asks for it, not "
        "before a second person has confirmed it."
    ),
    Permission.RECORD,
    _decide_fields,
    _decide_drafts,
    kinds=frozenset({"offer"}),
)

CONFIRM = Form(
    "/approvals/{id}/confirm",
    N_("Confirm an approval"),
    N_("You confirm what another person recorded: this version, and no other."),
    Permission.RECORD,
    _confirm_fields,
    _confirm_drafts,
    kinds=frozenset({"approval"}),
)
