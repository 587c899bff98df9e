"""Corrections: a clerical fault mended, news recorded, either taken back.

Nothing that is recorded is changed. A correction is an entry of its own; what is taken
back is taken back by a later one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from vigens.base import InputError, UsageError, nearest
from vigens.desk.carrying import corrections_of, named
from vigens.desk.drafting import event_of
from vigens.desk.marking import NONE
from vigens.journal import Draft, thaw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.desk.case import Case
    from vigens.journal import Entry, Source

#: The ways of replacing an entry: what never was right, and what is so no longer.
RECTIFY, SUPERSEDE = "rectify", "supersede"

_OF_ENTRY = ("happened", "known_from")
_OF_SOURCE = ("address", "title", "type", "published")


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person wants changed in an entry.

    Attributes:
        sets: Each `NAME=VALUE`: a field of the payload, `happened`, `known_from`, or
            `source.address` and its like (`source.2.title` for the second source).
        drops: Names of payload fields to leave out.
        event: What happened, as `signs(paris, FR)`.
        about: References to put in place of what it is about.
        over: A rival correction that this one settles, too.
        marks: Who may see the correction, as `mark_drafts` takes them; by default who
            sees the entry.
        is_undo: Restore what the entry replaced.
        is_withdrawal: Put a note in its place: it counts no longer.
        reason: Why, kept with the correction.
    """

    sets: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    event: str | None = None
    about: tuple[str, ...] = ()
    over: str | None = None
    marks: tuple[str, ...] = ()
    is_undo: bool = False
    is_withdrawal: bool = False
    reason: str | None = None


def correction_draft(
    case: Case, how: str, reference: str, wanted: Correction, *, by: str
) -> Draft:
    """Draft the entry that corrects another.

    Args:
        case: Of the entry.
        how: `RECTIFY` or `SUPERSEDE`.
        reference: The entry: id, beginning of it, or row.
        wanted: What is to change.
        by: Who corrects.

    Raises:
        InputError: No such entry, it is replaced already, or nothing would change.
        UsageError: The words of the correction do not fit together.
    """
    entry = named(case, reference)
    _check(wanted, how)
    _refuse_replaced(case, entry)
    if wanted.is_withdrawal:
        draft = _withdrawal(entry, wanted, by)
    elif wanted.is_undo:
        draft = _copy(_replaced_by(case, entry), by)
    else:
        draft = _changed(case, _copy(entry, by), wanted)
        if wanted.marks:
            draft = replace(draft, marks=tuple(sorted({*wanted.marks} - {NONE})))
        if wanted.over is None and _same(draft, _copy(entry, by)):
            raise InputError(
                "nothing would change",
                f"entry {entry.id[:12]}",
                "say what is to change: --set NAME=VALUE, --drop NAME, --event E, "
                "--about ID, --mark NAME; or --withdraw it",
            )
    if wanted.reason and not wanted.is_withdrawal:
        payload = {**draft.payload, "changed_because": wanted.reason}
        draft = replace(draft, payload=payload)
    if how == SUPERSEDE:
        return replace(draft, supersedes=entry.id)
    over = named(case, wanted.over).id if wanted.over else None
    return replace(draft, rectifies=entry.id, supersedes=over)


def _check(wanted: Correction, how: str) -> None:
    changes = bool(wanted.sets or wanted.drops or wanted.event or wanted.about)
    if wanted.is_undo + wanted.is_withdrawal + changes > 1:
        raise UsageError(
            "an entry is changed, taken back or withdrawn, one at a time",
            f"vigens {how}",
            "choose --undo, --withdraw, or what to set",
        )
    if wanted.is_withdrawal and not wanted.reason:
        raise UsageError(
            "a withdrawal needs a reason", f"vigens {how}", "add --reason TEXT"
        )


def _refuse_replaced(case: Case, entry: Entry) -> None:
    """Refuse a second correction of one entry: it would be a rival of the first."""
    followers = corrections_of(case, entry)
    if followers:
        raise InputError(
            f"this {entry.kind} is corrected already",
            f"entry {entry.id[:12]}",
            f"correct what stands in its place, {followers[-1].id[:12]}, or take that "
            "back with --undo",
        )


def _replaced_by(case: Case, entry: Entry) -> Entry:
    target = entry.rectifies or entry.supersedes
    if target is None:
        raise InputError(
            f"this {entry.kind} replaces nothing, so there is nothing to restore",
            f"entry {entry.id[:12]}",
            "--withdraw takes an entry back that stands by itself",
        )
    return named(case, target)


def _copy(entry: Entry, by: str) -> Draft:
    return Draft(
        entry.kind,
        {name: thaw(value) for name, value in entry.payload.items()},
        by,
        happened=entry.happened,
        sources=entry.sources,
        marks=entry.marks,
        about=entry.about,
    )


def _withdrawal(entry: Entry, wanted: Correction, by: str) -> Draft:
    payload = {"text": f"withdrawn: {wanted.reason}", "withdraws": entry.kind}
    return Draft("note", payload, by, marks=entry.marks)


def _same(one: Draft, other: Draft) -> bool:
    plain = (
        replace(each, recorded_by="", marks=tuple(sorted(each.marks)))
        for each in (one, other)
    )
    return next(plain) == next(plain)


def _changed(case: Case, draft: Draft, wanted: Correction) -> Draft:
    for name in wanted.drops:
        if name not in draft.payload:
            raise _no_field(name, draft, "--drop")
        kept = {k: v for k, v in draft.payload.items() if k != name}
        draft = replace(draft, payload=kept)
    if wanted.event:
        name, values = event_of(case, wanted.event)
        draft = replace(draft, payload={**draft.payload, "event": name, "args": values})
    if wanted.about:
        found = tuple(named(case, each).id for each in wanted.about)
        draft = replace(draft, about=found)
    for text in wanted.sets:
        name, separator, value = text.partition("=")
        if not separator or not name.strip():
            raise UsageError(
                f'"{text[:60]}" sets nothing',
                "--set",
                "write NAME=VALUE, as in title=Bridge opens",
            )
        draft = _set(draft, name.strip(), value.strip())
    return draft


def _set(draft: Draft, name: str, value: str) -> Draft:
    if name in _OF_ENTRY:
        field: dict[str, Any] = {name: value or None}
        return replace(draft, **field)
    if name.partition(".")[0] == "source":
        return replace(draft, sources=_with_source(draft, name, value))
    return replace(draft, payload={**draft.payload, name: _value(draft, name, value)})


def _value(draft: Draft, name: str, text: str) -> Any:
    """Read a value as what the field held; a new field as JSON, or else as text."""
    before = draft.payload.get(name)
    if isinstance(before, str):
        return text
    try:
        return json.loads(text)
    except ValueError as error:
        if before is None:
            return text
        raise UsageError(
            f'"{text[:60]}" is no value for {name}',
            "--set",
            f"write it as JSON, like what it holds now: {json.dumps(before)[:80]}",
        ) from error


def _with_source(draft: Draft, name: str, value: str) -> tuple[Source, ...]:
    _, *rest = name.split(".")
    number = int(rest.pop(0)) if rest and rest[0].isdigit() else 1
    if rest and rest[0] in _OF_SOURCE and 1 <= number <= len(draft.sources):
        sources = list(draft.sources)
        field: dict[str, Any] = {rest[0]: value}
        sources[number - 1] = replace(sources[number - 1], **field)
        return tuple(sources)
    if number > len(draft.sources):
        raise InputError(
            f"this entry has {len(draft.sources)} sources", f"--set {name}", "name one"
        )
    raise UsageError(
        f'"{name[:40]}" is no field of a source',
        "--set",
        f"write source.{_OF_SOURCE[0]}, or one of {', '.join(_OF_SOURCE)}",
    )


def _no_field(name: str, draft: Draft, option: str) -> UsageError:
    meant = nearest(name, draft.payload)
    fields: Sequence[str] = sorted(draft.payload)
    return UsageError(
        f'this {draft.kind} has no field "{name[:40]}"',
        option,
        f'did you mean "{meant}"?' if meant else f"it has {', '.join(fields)}",
    )
