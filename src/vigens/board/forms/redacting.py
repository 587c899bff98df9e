"""Forms for redactions: one person wants it, another agrees, and it is carried out.

Both see before what will be unknown once it is gone, and who will see other entries.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vigens.base import InputError, Message
from vigens.board.forms.claims import WHAT
from vigens.board.forms.fields import TEXT, Field, Filled, Option, ours
from vigens.board.forms.form import Form
from vigens.board.forms.sending import way_of
from vigens.board.tongues import N_, _, tell
from vigens.desk import (
    complete,
    confirmation_draft,
    find_redaction,
    foresee,
    versions,
)
from vigens.desk.writing import record_group, stands_for, wanted_draft
from vigens.engine import phrase_in_general
from vigens.journal import REDACTION
from vigens.people import Permission

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vigens.board.forms.writing import Writing
    from vigens.board.ways import Way
    from vigens.desk import Carried, Foreseen
    from vigens.journal import Draft, Entry


def _target(writing: Writing) -> Entry:
    assert writing.target is not None, "the form is about an entry"
    return writing.target


def _redact_fields(writing: Writing) -> tuple[Field, ...]:
    program = writing.case.program
    opened = stands_for(_target(writing), program)
    return (
        Field(
            "reason",
            N_("Why"),
            "text",
            N_("it stays, and so does the fact of redaction"),
            is_required=True,
            longest=TEXT,
            part=WHAT,
        ),
        Field(
            "leaves_open",
            N_("Silence about these says nothing until somebody looks again"),
            "many",
            N_("tick none if the entry was a mistake or a double"),
            tuple(
                Option(name, tell(phrase_in_general(program.events[name])))
                for name in opened
            ),
            opened,
            part=WHAT,
        ),
    )


def _redact(writing: Writing, filled: Filled, by: str) -> Sequence[Draft]:
    draft = wanted_draft(
        writing.case,
        _target(writing).id,
        filled.one("reason"),
        by=by,
        leaves_open=filled.all("leaves_open"),
    )
    return [draft]


def _destroy_fields(writing: Writing) -> tuple[Field, ...]:
    find_redaction(writing.case, _target(writing).id)
    agreed = Field(
        "agreed",
        N_("I have looked at the entry that is to be destroyed, and agree"),
        "flag",
        options=(ours("yes", N_("destroy it for good")),),
        is_required=True,
        part=WHAT,
    )
    return (agreed,)


def _destroy(writing: Writing, _filled: Filled, by: str) -> Sequence[Draft]:
    fact = _target(writing)
    if find_redaction(writing.case, fact.id).second is not None:
        raise InputError(
            Message("a second person has confirmed this already"),
            Message("entry {id}", id=fact.id[:12]),
            Message("whoever keeps the case completes it"),
        )
    return [confirmation_draft(writing.case, fact.id, by=by, of_redaction=True)]


def _destroyed(writing: Writing, _entries: Sequence[Entry]) -> None:
    """Carry the redaction out that was confirmed a moment ago."""
    casebook = writing.visit.casebook
    case = casebook.case()
    complete(case, casebook.clock, find_redaction(case, _target(writing).id))


def _foreseen(
    writing: Writing, drafts: Sequence[Draft]
) -> tuple[Carried, tuple[str, ...]]:
    """Say what is otherwise once it is carried out, and of what to think before."""
    clock = writing.visit.casebook.clock
    entries = record_group(writing.whole, clock, drafts, is_dry=True)
    target = _target(writing)
    fact = target if target.kind == REDACTION else entries[0]
    found = foresee(writing.whole, clock, fact, is_dry=True, looking=writing.looking)
    warnings = (*_of_eyes(writing, found), *_of_versions(writing, fact))
    return replace(found.carried, entries=entries), warnings


def _of_eyes(writing: Writing, found: Foreseen) -> Iterator[str]:
    """Warn of readers who will see other entries."""
    for each in found.eyes:
        reader = writing.title(each.reader)
        if each.gains:
            yield _(
                "Who sees what changes: %(reader)s will see what is released to "
                "%(names)s. To keep it from them, record first that they are no member."
            ) % {"reader": reader, "names": _titles(writing, each.gains)}
        if each.loses:
            yield _(
                "Who sees what changes: %(reader)s will no longer see what is released "
                "to %(names)s."
            ) % {"reader": reader, "names": _titles(writing, each.loses)}


def _titles(writing: Writing, names: Sequence[str]) -> str:
    return ", ".join(writing.title(name) for name in names)


def _of_versions(writing: Writing, fact: Entry) -> Iterator[str]:
    """Warn of other versions of the entry, which say nearly the same."""
    targets = (one for one in writing.shown if one.id == fact.about[0])
    for other in (each for one in targets for each in versions(writing.case, one)):
        yield _("Another version of it stays: %(id)s. Redact it, too.") % {
            "id": other.id[:12]
        }


_FORMS = (
    Form(
        "/entry/{id}/redact",
        N_("Want an entry redacted"),
        N_(
            "You say why; nothing is destroyed by it. A second person agrees, and then "
            "what the entry says is destroyed for good."
        ),
        Permission.COORDINATE,
        _redact_fields,
        _redact,
        foresee=_foreseen,
    ),
    Form(
        "/entry/{id}/destroy",
        N_("Agree to a redaction, and carry it out"),
        N_(
            "What the entry says is destroyed in the journal, in its backups, in kept "
            "documents that it names, and in the queue."
        ),
        Permission.COORDINATE,
        _destroy_fields,
        _destroy,
        kinds=frozenset({REDACTION}),
        warning=N_("This cannot be undone, by anybody."),
        after=_destroyed,
        foresee=_foreseen,
    ),
)

REDACTING: tuple[Way, ...] = tuple(way_of(form) for form in _FORMS)
