"""Forms for judging what is recorded: grade, review, confirm, join copies, approve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.base import InputError, Message
from vigens.board.forms.claims import PLACES, SOURCE, TIMES, WHAT, grade_fields
from vigens.board.forms.fields import (
    TEXT,
    Field,
    Filled,
    Option,
    coded,
    lines,
    ours,
)
from vigens.board.forms.form import Form
from vigens.board.forms.sending import way_of
from vigens.board.forms.writing import Writing, date_field
from vigens.board.tongues import N_
from vigens.desk import (
    approval_drafts,
    confirmation_draft,
    same_origin_draft,
)
from vigens.desk.writing import (
    actor_draft,
    grade_draft,
    note_draft,
    review_draft,
)
from vigens.journal import KINDS, REDACTION, Source, is_reader_name
from vigens.people import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.board.ways import Way
    from vigens.journal import Draft, Entry

_CLAIM = frozenset({"claim"})
_CONFIRMED = KINDS["confirmation"].about - {REDACTION}

_REASON = Field(
    "reason", N_("Reason"), "text", N_("kept with it"), longest=TEXT, part=WHAT
)


def _target(writing: Writing) -> Entry:
    assert writing.target is not None, "the form is about an entry"
    return writing.target


def _grade_fields(_writing: Writing) -> tuple[Field, ...]:
    since = Field(
        "since",
        N_("From when it counts"),
        "choice",
        N_(
            "a grade set today from what was known then may count as early as the claim"
        ),
        (
            ours("now", N_("from now on")),
            ours("claim", N_("as early as the claim")),
        ),
        ("now",),
        is_required=True,
        part=TIMES,
    )
    rule = Field(
        "rule", N_("Rule or reason"), hint=N_("kept with it"), longest=TEXT, part=WHAT
    )
    return (*grade_fields(), rule, since)


def _grade(writing: Writing, filled: Filled, by: str) -> Sequence[Draft]:
    _, draft = grade_draft(
        writing.case,
        _target(writing).id,
        filled.one("reliability") + filled.one("credibility"),
        by=by,
        known_from="claim" if filled.one("since") == "claim" else None,
        reason=filled.given("rule"),
    )
    return [draft]


def _review_fields(_writing: Writing) -> tuple[Field, ...]:
    verdict = Field(
        "verdict",
        N_("What the review found"),
        "choice",
        options=coded("verdicts"),
        is_required=True,
        part=WHAT,
    )
    return (verdict, _REASON)


def _review(writing: Writing, filled: Filled, by: str) -> Sequence[Draft]:
    verdict, reason = filled.one("verdict"), filled.given("reason")
    target = _target(writing).id
    return [review_draft(writing.case, target, verdict, by=by, reason=reason)]


def _confirm(writing: Writing, _filled: Filled, by: str) -> Sequence[Draft]:
    target = _target(writing)
    if target.recorded_by == by:
        raise InputError(
            Message("{by} recorded it, and only a second person confirms it", by=by),
            "recorded_by",
            Message("let another person confirm it"),
        )
    return [confirmation_draft(writing.case, target.id, by=by)]


def _origin_fields(writing: Writing) -> tuple[Field, ...]:
    target = _target(writing)
    near = [
        entry
        for entry in writing.shown
        if entry.kind == "claim"
        and entry.id != target.id
        and set(entry.about) & set(target.about)
    ]
    options = tuple(Option(entry.id, _claim_words(entry)) for entry in near[-40:])
    beside = Field(
        "claims",
        N_("Claims about the same"),
        "many",
        N_("tick those that copy one story, so that they count once"),
        options,
        part=WHAT,
    )
    others = Field(
        "others",
        N_("Other claims"),
        "text",
        N_("one id a line: its first 6 digits or more, or its row"),
        longest=TEXT,
        part=WHAT,
    )
    return (*((beside,) if options else ()), others, _REASON)


def _claim_words(entry: Entry) -> str:
    source = entry.sources[0] if entry.sources else None
    words = [entry.title, (source.title or source.address) if source else ""]
    return ", ".join(word[:120] for word in words if word)


def _origin(writing: Writing, filled: Filled, by: str) -> Sequence[Draft]:
    named = [writing.entry(line).id for line in lines(filled.one("others"))]
    claims = [_target(writing).id, *filled.all("claims"), *named]
    reason = filled.given("reason")
    return [same_origin_draft(writing.case, claims, by=by, reason=reason)]


def _approve_fields(writing: Writing) -> tuple[Field, ...]:
    offered = {str(name) for name in _target(writing).payload.get("domains", ())}
    address, title, _ = writing.last_source()
    level = Field(
        "level",
        N_("Who approves"),
        "choice",
        options=coded("levels"),
        is_required=True,
        part=WHAT,
    )
    domains = Field(
        "domains",
        N_("Of which domains"),
        "many",
        options=tuple(o for o in coded("domains") if o.value in offered),
        default=tuple(sorted(offered)),
        part=WHAT,
    )
    return (
        level,
        Field("who", N_("By which office"), part=WHAT),
        *((domains,) if offered else ()),
        Field(
            "source",
            N_("Address of the source"),
            "open",
            options=writing.sources(),
            default=(address,) if address else (),
            longest=2000,
            part=SOURCE,
        ),
        Field(
            "source_title",
            N_("Its title"),
            default=(title,) if title else (),
            part=SOURCE,
        ),
        date_field("on", N_("Approved on"), N_("as 2026-01-06"), part=TIMES),
        date_field("known_from", N_("Known from"), N_("empty: now"), part=TIMES),
        *(grade_fields() if writing.may(Permission.REVIEW) else ()),
    )


def _approve(writing: Writing, filled: Filled, by: str) -> Sequence[Draft]:
    address = filled.one("source")
    source = Source(address, filled.given("source_title")) if address else None
    grade = filled.one("reliability") + filled.one("credibility")
    return approval_drafts(
        writing.case,
        _target(writing).id,
        filled.one("level"),
        by=by,
        on=filled.given("on"),
        who=filled.given("who"),
        domains=filled.all("domains"),
        source=source,
        known_from=filled.given("known_from"),
        grade=None if grade in ("", "F6") else grade,
    )


def _note_fields(_writing: Writing) -> tuple[Field, ...]:
    text = Field("text", N_("Note"), "text", is_required=True, longest=TEXT, part=WHAT)
    return (text,)


def _note(writing: Writing, filled: Filled, by: str) -> Sequence[Draft]:
    about = () if writing.target is None else (writing.target.id,)
    return [note_draft(writing.case, filled.one("text"), by=by, about=about)]


def _actor_fields(writing: Writing) -> tuple[Field, ...]:
    sorts = (
        ours("state", N_("a state")),
        ours("organisation", N_("an organisation")),
        ours("body", N_("a body")),
    )
    code = N_("as entries name it, such as org:NATO; a state by its two letters")
    return (
        Field(
            "actor",
            N_("Its code"),
            hint=code,
            is_required=True,
            longest=60,
            check=_code,
            part=WHAT,
        ),
        Field("name", N_("Its name"), is_required=True, part=WHAT),
        Field(
            "type",
            N_("What it is"),
            "choice",
            options=sorts,
            default=("organisation",),
            is_required=True,
            part=WHAT,
        ),
        Field(
            "note",
            N_("Note"),
            "text",
            N_("holders of public office alone, and what is public of them"),
            longest=TEXT,
            part=WHAT,
        ),
        *writing.marked(),
    )


def _code(value: str) -> None:
    if not is_reader_name(value):
        raise InputError(
            f'"{value[:60]}" is no code', "actor", "use letters, digits and _ - . :"
        )


def _actor(writing: Writing, filled: Filled, by: str) -> Sequence[Draft]:
    names = ("name", "type", "note")
    payload = {name: filled.one(name) for name in names if filled.one(name)}
    code = filled.one("actor")
    draft = actor_draft(writing.case, writing.shown, code, payload, by=by)
    return [draft]


_FORMS = (
    Form(
        "/record/actor",
        N_("Who somebody is"),
        N_(
            "A state, an organisation or a body that entries name and no agreement "
            "declares. No rule reads it."
        ),
        Permission.REVIEW,
        _actor_fields,
        _actor,
    ),
    Form(
        "/entry/{id}/grade",
        N_("Grade a claim"),
        N_(
            "Reliability is of the source, credibility of what it says here; judge each "
            "by itself. A later grade takes the place of an earlier one."
        ),
        Permission.REVIEW,
        _grade_fields,
        _grade,
        kinds=_CLAIM,
        places=PLACES,
    ),
    Form(
        "/entry/{id}/review",
        N_("Review a claim"),
        N_("What a second reading of the source finds, apart from the grade."),
        Permission.REVIEW,
        _review_fields,
        _review,
        kinds=_CLAIM,
    ),
    Form(
        "/entry/{id}/confirm",
        N_("Confirm as a second person"),
        N_(
            "You say that you looked at it yourself. A confirmation is of this version "
            "alone, and does not carry to news."
        ),
        Permission.REVIEW,
        lambda _writing: (),
        _confirm,
        kinds=frozenset(_CONFIRMED),
    ),
    Form(
        "/entry/{id}/same-origin",
        N_("Join copies of one story"),
        N_("Claims of one origin count once, however many pages print them."),
        Permission.REVIEW,
        _origin_fields,
        _origin,
        kinds=_CLAIM,
    ),
    Form(
        "/entry/{id}/approve",
        N_("Record that an offer was approved"),
        N_(
            "What a source says of an office. An approval follows from nothing, and no "
            "other rung follows from it."
        ),
        Permission.RECORD,
        _approve_fields,
        _approve,
        kinds=frozenset({"offer"}),
        places=PLACES,
    ),
    Form(
        "/entry/{id}/note",
        N_("Add a note"),
        N_("No rule reads a note; whoever sees what it is about sees it, too."),
        Permission.RECORD,
        _note_fields,
        _note,
    ),
    Form(
        "/record/note",
        N_("A note"),
        N_("No rule reads a note."),
        Permission.RECORD,
        lambda writing: (*_note_fields(writing), *writing.marked()),
        _note,
    ),
)

JUDGING: tuple[Way, ...] = tuple(way_of(form) for form in _FORMS)
