"""Forms for looks and groups: what decides what others can know.

Who keeps the groups works on all of them: a name that is taken is taken, and a member
leaves by the record that let it in, whether or not the keeper's eyes see it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.board.forms.claims import TIMES, WHAT
from vigens.board.forms.fields import (
    TEXT,
    Field,
    Filled,
    Option,
    ours,
)
from vigens.board.forms.form import Form
from vigens.board.forms.sending import way_of
from vigens.board.forms.writing import NONE, Writing, date_field
from vigens.board.tongues import N_, tell
from vigens.desk import group_draft, membership_draft
from vigens.desk.writing import look_draft
from vigens.engine import phrase_in_general
from vigens.journal import ALL, PUBLIC
from vigens.people import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.board.ways import Way
    from vigens.journal import Draft


def _look_fields(writing: Writing) -> tuple[Field, ...]:
    program = writing.case.program
    names = list(writing.case.readers(writing.now, None).named)
    if writing.visit.person.reader not in (None, ALL):
        cleared = writing.case.clearance(writing.lens)
        names = [name for name in names if cleared.includes(name) and name != ALL]
    return (
        Field(
            "span",
            N_("Which days"),
            hint=N_("a day, or from when to when: 2026-03-08/2026-03-12"),
            default=(writing.today,),
            is_required=True,
            part=WHAT,
        ),
        Field(
            "event",
            N_("Looked for one event alone"),
            "open",
            N_("empty: for every event that the agreements know"),
            tuple(
                Option(event.name, tell(phrase_in_general(event)))
                for event in program.events.values()
            ),
            part=WHAT,
        ),
        Field(
            "note",
            N_("What was searched, and what was not"),
            "text",
            is_required=True,
            longest=TEXT,
            part=WHAT,
        ),
        Field(
            "audience",
            N_("For whom the record is complete"),
            "choice",
            N_("who may see all that was found; for others silence stays NOT KNOWN"),
            tuple(Option(name, writing.title(name)) for name in names),
            (PUBLIC,),
            is_required=True,
            part=WHAT,
        ),
    )


def _look(writing: Writing, filled: Filled, by: str) -> Sequence[Draft]:
    draft = look_draft(
        writing.case,
        writing.now,
        filled.one("span"),
        filled.one("note"),
        by=by,
        event=filled.given("event"),
        audience=filled.one("audience"),
    )
    return [draft]


def _groups(writing: Writing) -> tuple[Option, ...]:
    groups = writing.case.readers(writing.now, None).groups
    return tuple(Option(name, title) for name, title in groups.items())


def _marks(writing: Writing, hint: str) -> Field:
    names = writing.case.readers(writing.now, None).named
    options = [Option(name, writing.title(name)) for name in names if name != ALL]
    options += [each for each in _groups(writing) if each.value not in names]
    none = ours(NONE, N_("nobody but who sees everything"))
    part = N_("Who may see it")
    return Field("seen_by", part, "many", hint, (*options, none), part=part)


def _group_fields(writing: Writing) -> tuple[Field, ...]:
    return (
        Field(
            "group",
            N_("Its name in marks"),
            hint=N_("letters, digits and _ - . :"),
            is_required=True,
            longest=60,
            part=WHAT,
        ),
        Field(
            "title", N_("What people call it"), is_required=True, longest=200, part=WHAT
        ),
        Field(
            "to_members",
            N_("Its members may know that there is such a group"),
            "flag",
            options=(ours("yes", N_("they may")),),
            default=("yes",),
            part=N_("Who may see it"),
        ),
        _marks(writing, N_("who else may know that there is such a group")),
    )


def _group(writing: Writing, filled: Filled, by: str) -> Sequence[Draft]:
    name = filled.one("group")
    marks = list(filled.all("seen_by")) or [NONE]
    if filled.one("to_members"):
        marks.append(name)
    draft = group_draft(
        writing.whole, writing.now, name, title=filled.one("title"), by=by, marks=marks
    )
    return [draft]


def _member_fields(writing: Writing) -> tuple[Field, ...]:
    delegations = sorted(writing.case.delegations)
    return (
        Field(
            "group",
            N_("Which group"),
            "choice",
            options=_groups(writing),
            is_required=True,
            part=WHAT,
        ),
        Field(
            "member",
            N_("Who"),
            "open",
            options=tuple(Option(name, writing.title(name)) for name in delegations),
            is_required=True,
            part=WHAT,
        ),
        Field(
            "is_member",
            N_("Joins or leaves"),
            "choice",
            options=(ours("join", N_("joins")), ours("leave", N_("leaves"))),
            default=("join",),
            is_required=True,
            part=WHAT,
        ),
        date_field(
            "span",
            N_("From when until when"),
            N_("as 2026-01-06/2026-06-30; empty: until they leave"),
            part=TIMES,
        ),
        date_field("known_from", N_("Cleared from"), N_("empty: now"), part=TIMES),
        _marks(writing, N_("none ticked: the members of the group")),
    )


def _member(writing: Writing, filled: Filled, by: str) -> Sequence[Draft]:
    draft = membership_draft(
        writing.whole,
        writing.now,
        filled.one("group"),
        filled.one("member"),
        is_member=filled.one("is_member") == "join",
        by=by,
        span=filled.given("span"),
        known_from=filled.given("known_from"),
        marks=filled.all("seen_by") or None,
    )
    return [draft]


_FORMS = (
    Form(
        "/record/look",
        N_("Where one looked"),
        N_(
            "Silence says something only where somebody looked. This says where, for "
            "what, and for whom the record is complete."
        ),
        Permission.RECORD,
        lambda writing: (*_look_fields(writing), *writing.marked()),
        _look,
    ),
    Form(
        "/record/group",
        N_("A release group"),
        N_("Readers to whom things are released together; its name becomes a mark."),
        Permission.COORDINATE,
        _group_fields,
        _group,
        places={"the group": "group"},
    ),
    Form(
        "/record/membership",
        N_("Who is in a release group"),
        N_("A member sees what bears the mark of the group, while the record stands."),
        Permission.COORDINATE,
        _member_fields,
        _member,
        places={"the group": "group", "the member": "member", "--reader": "member"},
    ),
)

COORDINATING: tuple[Way, ...] = tuple(way_of(form) for form in _FORMS)
