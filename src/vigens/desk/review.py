"""Accepting, editing and rejecting suggestions: each becomes entries, all or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vigens.base import InputError, UsageError
from vigens.chrono import parse_edtf
from vigens.desk.case import open_store
from vigens.desk.drafting import claim_draft, document_draft, matter_of
from vigens.desk.log import find_entry
from vigens.desk.queue import Suggested, add_edit, read_queue
from vigens.desk.records import unfiltered
from vigens.journal import MATTERS, Draft
from vigens.model import parse_grade

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from vigens.desk.case import Case
    from vigens.journal import Entry

#: Fields of a suggestion that a person may set.
FIELDS = (
    "statement",
    "happened",
    "place",
    "actors",
    "voice",
    "polarity",
    "measure",
    "number",
    "event",
    "body",
)

NO_EFFECT = "no effect until graded"


@dataclass(frozen=True, slots=True)
class Accepted:
    """What accepting a suggestion recorded."""

    item: Suggested
    matter: Entry
    claim: Entry
    grade: Entry | None
    entries: tuple[Entry, ...]


def find_suggested(case: Case, number: int) -> Suggested:
    """Give the suggestion with a number.

    Raises:
        InputError: There is none.
    """
    queue = read_queue(case)
    if not 1 <= number <= len(queue):
        raise InputError(
            f"there is no suggestion {number}",
            str(case.folder / "queue.jsonl"),
            f"the queue holds 1 to {len(queue)}"
            if queue
            else "the queue is empty: `vigens review CASE add FILE` fills it",
        )
    return queue[number - 1]


def edit_suggestion(case: Case, number: int, fields: Mapping[str, Any]) -> Suggested:
    """Set fields of a waiting suggestion.

    Raises:
        InputError: No such suggestion, it is decided, or a date is none.
        UsageError: Nothing to set, or no such field.
    """
    item = _waiting(find_suggested(case, number))
    unknown = set(fields) - set(FIELDS)
    if unknown or not fields:
        raise UsageError(
            "nothing is set" if not fields else f"there is no field {min(unknown)}",
            "vigens review edit",
            f"set one of {', '.join(FIELDS)}",
        )
    if "happened" in fields:
        parse_edtf(str(fields["happened"]))
    matter_of(case, _with(item, fields))  # what cannot be accepted is not set
    add_edit(case, item, fields)
    return find_suggested(case, number)


def accept_suggestion(
    case: Case,
    clock: Callable[[], datetime],
    number: int,
    *,
    by: str,
    fields: Mapping[str, Any] | None = None,
    about: str | None = None,
    known_from: str | None = None,
    grade: str | None = None,
) -> Accepted:
    """Record a suggestion as a claim with its passage, in one commit.

    One that was rejected may be accepted after all; both stand in the journal.

    Args:
        case: Of the queue.
        clock: For the journal.
        number: Of the suggestion.
        by: Who accepts.
        fields: Set instead of what was proposed.
        about: A matter that is recorded already; by default a new one is.
        known_from: EDTF; by default the report's own date, else now.
        grade: Recorded with it, if given.

    Raises:
        VigensError: No such suggestion or matter, a field that does not fit, or the
            journal cannot be written; then nothing is recorded.
    """
    item = _with(_not_accepted(find_suggested(case, number)), fields or {})
    drafts: list[Draft] = []
    known = item.document.get("published") if known_from is None else known_from
    if not _document_entry(case, item):
        drafts.append(document_draft(item, by))
    target = "@matter"
    if about is not None:
        matter = find_entry(unfiltered(case.records), about, case.journal_path)
        if matter.kind not in MATTERS:
            raise InputError(
                f"a {matter.kind} is nothing that can be claimed",
                f"entry {matter.id[:12]}",
                f"name one of these kinds: {', '.join(sorted(MATTERS))}",
            )
        target = matter.id
    else:
        kind, payload = matter_of(case, item)
        happened = item.edits.get("happened") or item.row.get("date")
        drafts.append(
            Draft(
                kind,
                payload,
                by,
                happened=happened,
                known_from=known,
                marks=("public",),
                handle="matter",
            )
        )
    drafts.append(claim_draft(item, by, known, target))
    if grade is not None:
        parsed = parse_grade(grade)
        drafts.append(
            Draft(
                "grade",
                {"reliability": parsed.reliability, "credibility": parsed.credibility},
                by,
                marks=("public",),
                about=("@claim",),
            )
        )
    with open_store(case.folder, clock, zone=case.settings.zone) as store:
        entries = store.append(drafts)
        claim = next(entry for entry in entries if entry.kind == "claim")
        shown = store.get(claim.about[0])
    graded = next((entry for entry in entries if entry.kind == "grade"), None)
    return Accepted(item, shown, claim, graded, entries)


def reject_suggestion(
    case: Case, clock: Callable[[], datetime], number: int, *, by: str, reason: str
) -> Entry:
    """Record that a suggestion was not taken over, and why.

    Raises:
        VigensError: No such suggestion, it is decided, or the journal cannot be
            written.
    """
    item = _waiting(find_suggested(case, number))
    draft = Draft(
        "note",
        {
            "text": f"suggestion rejected: {reason}",
            "suggestion": item.key,
            "document": item.document["sha256"],
            "start": item.row["start"],
            "end": item.row["end"],
        },
        by,
    )
    with open_store(case.folder, clock, zone=case.settings.zone) as store:
        (entry,) = store.append([draft])
    return entry


def _document_entry(case: Case, item: Suggested) -> bool:
    return any(
        entry.kind == "document"
        and entry.payload.get("sha256") == item.document["sha256"]
        for entry in unfiltered(case.records)
    )


def _waiting(item: Suggested) -> Suggested:
    if item.state == "rejected":
        raise InputError(
            f"suggestion {item.number} is rejected already",
            f"entry {item.decided[:12]}",
            f"`vigens review CASE accept {item.number}` takes it over after all",
        )
    return _not_accepted(item)


def _not_accepted(item: Suggested) -> Suggested:
    if item.state == "accepted":
        raise InputError(
            f"suggestion {item.number} is accepted already",
            f"claim {item.decided[:12]}",
            f"`vigens review CASE grade {item.number} F6` sets the claim aside",
        )
    return item


def _with(item: Suggested, fields: Mapping[str, Any]) -> Suggested:
    from dataclasses import replace

    return replace(item, edits={**item.edits, **fields})
