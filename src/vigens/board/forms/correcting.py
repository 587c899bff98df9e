"""Forms that correct an entry by another: changed, restored, or taken back."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from vigens.base import InputError, Message
from vigens.board.forms.arguments import atom
from vigens.board.forms.claims import SOURCE, TIMES, WHAT
from vigens.board.forms.fields import (
    TEXT,
    Field,
    Filled,
    Option,
    ours,
)
from vigens.board.forms.form import Form
from vigens.board.forms.sending import way_of
from vigens.board.forms.values import show_payload
from vigens.board.forms.writing import NONE, Writing, date_field
from vigens.board.tongues import N_
from vigens.desk import RECTIFY, SUPERSEDE, Correction, correction_draft
from vigens.journal import thaw
from vigens.people import Permission

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vigens.board.ways import Way
    from vigens.journal import Draft, Entry

_EVENT = ("event", "args")
_OF_SOURCE = ("address", "title", "type", "published")

_HOW = Field(
    "how",
    N_("What kind of correction"),
    "choice",
    options=(
        ours(RECTIFY, N_("it was never right: a slip in writing it down")),
        ours(SUPERSEDE, N_("it was right, and is so no longer: news")),
    ),
    default=(RECTIFY,),
    is_required=True,
    part=N_("How"),
)


def _reason(*, is_required: bool) -> Field:
    return Field(
        "reason",
        N_("Why"),
        "text",
        N_("kept with the correction"),
        is_required=is_required,
        longest=TEXT,
        part=N_("How"),
    )


def _target(writing: Writing) -> Entry:
    assert writing.target is not None, "the form is about an entry"
    is_own = writing.target.recorded_by == writing.visit.person.name
    if not is_own and not writing.may(Permission.REVIEW):
        raise InputError(
            Message("somebody else recorded it"),
            Message("entry {id}", id=writing.target.id[:12]),
            Message("ask a reviewer to correct it, or add a note to it"),
        )
    return writing.target


def _change_fields(writing: Writing) -> tuple[Field, ...]:
    entry = _target(writing)
    rivals = _rivals(writing, entry)
    over = Field(
        "over",
        N_("Settle two rival corrections"),
        "choice",
        N_("this entry stands, and the chosen one gives way"),
        tuple(Option(each.id, f"{each.id[:12]} {each.title[:120]}") for each in rivals),
        part=N_("How"),
    )
    return (
        *(
            field
            for shown in show_payload(writing, entry, WHAT)
            for field in shown.fields
        ),
        *_source_fields(entry),
        date_field(
            "happened",
            N_("Happened on"),
            N_("as 2026-01-06, 2026-01 or 2026-01-06/2026-01-09"),
            entry.happened or "",
            TIMES,
        ),
        date_field(
            "known_from",
            N_("Known from"),
            N_("empty: as before for a slip, from now on for news"),
            "",
            TIMES,
        ),
        _HOW,
        *((over,) if rivals else ()),
        _reason(is_required=False),
        _marks(writing, entry),
    )


def _marks(writing: Writing, entry: Entry) -> Field:
    """Ask who may see the correction; at first whoever sees the entry."""
    (field,) = writing.marked()
    held = {option.value for option in field.options}
    bare = tuple(
        Option(mark, writing.title(mark)) for mark in entry.marks if mark not in held
    )
    return replace(
        field,
        hint=N_("who sees the entry and not this goes on seeing the entry as it is"),
        options=(*bare, *field.options),
        default=entry.marks or (NONE,),
    )


def _rivals(writing: Writing, entry: Entry) -> list[Entry]:
    target = entry.rectifies or entry.supersedes
    return [
        other
        for other in writing.shown
        if target is not None
        and other.id != entry.id
        and target in (other.rectifies, other.supersedes)
    ]


def _source_fields(entry: Entry) -> Iterator[Field]:
    for number, source in enumerate(entry.sources[:5], 1):
        for name in _OF_SOURCE:
            value = str(getattr(source, name) or "")
            label = f"source {number}: {name}" if len(entry.sources) > 1 else name
            yield Field(
                f"s_{number}_{name}",
                label,
                default=(value,) if value else (),
                longest=2000,
                part=SOURCE,
            )


def _change(writing: Writing, filled: Filled, by: str) -> Sequence[Draft]:
    entry = _target(writing)
    shown = tuple(show_payload(writing, entry, WHAT))
    read = {one.name: one.read(filled) for one in shown}
    event = _event(entry, read)
    wanted = Correction(
        sets=(
            *_sets(
                entry, {n: v for n, v in read.items() if not event or n not in _EVENT}
            ),
            *_own_sets(entry, filled),
        ),
        drops=tuple(n for n, v in read.items() if v is None and n in entry.payload),
        event=event,
        over=filled.given("over"),
        marks=filled.all("mark"),
        reason=filled.given("reason"),
    )
    return [correction_draft(writing.case, filled.one("how"), entry.id, wanted, by=by)]


def _event(entry: Entry, read: dict[str, Any]) -> str | None:
    """Give what happened as rules write it, where that is changed."""
    before = [thaw(entry.payload.get(name)) for name in _EVENT]
    event, values = (read.get(name) for name in _EVENT)
    is_event = entry.kind == "occurrence" and event and isinstance(values, list)
    if not is_event or before == [event, values]:
        return None
    return atom(str(event), [str(value) for value in values or ()])


def _sets(entry: Entry, read: dict[str, Any]) -> Iterator[str]:
    payload = thaw(entry.payload)
    for name, value in read.items():
        before = payload.get(name)
        if value is None or _is_same(before, value):
            continue
        is_text = isinstance(before, str) and isinstance(value, str)
        yield f"{name}={value if is_text else json.dumps(value)}"


def _own_sets(entry: Entry, filled: Filled) -> Iterator[str]:
    for field in _source_fields(entry):
        value = filled.one(field.name)
        _, number, name = field.name.split("_", 2)
        if value and value != "".join(field.default):
            yield f"source.{number}.{name}={value}"
    if filled.one("happened") != (entry.happened or ""):
        yield f"happened={filled.one('happened')}"
    if filled.one("known_from"):
        yield f"known_from={filled.one('known_from')}"


def _is_same(before: Any, after: Any) -> bool:
    if isinstance(before, str) and isinstance(after, str):
        return " ".join(before.split()) == " ".join(after.split())
    return bool(before == after)


def _withdraw(writing: Writing, filled: Filled, by: str) -> Sequence[Draft]:
    wanted = Correction(is_withdrawal=True, reason=filled.given("reason"))
    how, target = filled.one("how"), _target(writing).id
    return [correction_draft(writing.case, how, target, wanted, by=by)]


def _undo(writing: Writing, filled: Filled, by: str) -> Sequence[Draft]:
    wanted = Correction(is_undo=True, reason=filled.given("reason"))
    how, target = filled.one("how"), _target(writing).id
    return [correction_draft(writing.case, how, target, wanted, by=by)]


def _short_fields(writing: Writing, *, is_required: bool) -> tuple[Field, ...]:
    _target(writing)
    return (_HOW, _reason(is_required=is_required))


_FORMS = (
    Form(
        "/entry/{id}/correct",
        N_("Correct an entry"),
        N_(
            "The entry stays as it is on record; another one takes its place. Change "
            "what is wrong; what you empty is left out."
        ),
        Permission.RECORD,
        _change_fields,
        _change,
        places={"--event": "p_event", "event": "p_event"},
    ),
    Form(
        "/entry/{id}/withdraw",
        N_("Take an entry back"),
        N_("A note takes its place, so that it counts no longer; both stay on record."),
        Permission.RECORD,
        lambda writing: _short_fields(writing, is_required=True),
        _withdraw,
    ),
    Form(
        "/entry/{id}/undo",
        N_("Take a correction back"),
        N_("What the correction replaced is said again, as an entry of its own."),
        Permission.RECORD,
        lambda writing: _short_fields(writing, is_required=False),
        _undo,
    ),
)

CORRECTING: tuple[Way, ...] = tuple(way_of(form) for form in _FORMS)
