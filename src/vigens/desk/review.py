"""Accepting, editing and rejecting suggestions: each becomes entries, all or none."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from vigens.base import InputError, UsageError
from vigens.chrono import parse_edtf
from vigens.desk.case import open_store
from vigens.desk.copies import copies_among
from vigens.desk.decided import taken_back
from vigens.desk.drafting import claim_draft, document_draft, matter_of
from vigens.desk.log import find_entry
from vigens.desk.marking import marks_for
from vigens.desk.queue import Suggested, add_edit, read_queue, read_suggested
from vigens.desk.queuefile import DOCUMENTS, deciding
from vigens.desk.records import Records, unfiltered
from vigens.journal import MATTERS, Draft
from vigens.model import parse_grade

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from vigens.desk.case import Case
    from vigens.journal import Entry, Store

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

_SHORTEST_KEY = 6


@dataclass(frozen=True, slots=True)
class Accepted:
    """What accepting a suggestion recorded."""

    item: Suggested
    matter: Entry
    claim: Entry
    grade: Entry | None
    entries: tuple[Entry, ...]


def find_suggested(case: Case, reference: int | str) -> Suggested:
    """Give the suggestion with a number, or with a key.

    Args:
        case: Of the queue.
        reference: The number, or the first 6 digits of the key or more.

    Raises:
        InputError: There is none.
    """
    if isinstance(reference, int):
        found = read_suggested(case, reference)
    else:
        is_long = len(reference) >= _SHORTEST_KEY
        found = read_suggested(case, reference.lower()) if is_long else ()
    if len(found) != 1:
        last = max((item.number for item in read_queue(case)), default=0)
        raise InputError(
            f"there is no suggestion {str(reference)[:64]}",
            str(case.folder / "queue.jsonl"),
            f"the queue holds 1 to {last}; one that was redacted leaves its number empty"
            if last
            else "the queue is empty: `vigens review CASE add FILE` fills it",
        )
    return found[0]


def edit_suggestion(
    case: Case, number: int | str, fields: Mapping[str, Any]
) -> Suggested:
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
    number: int | str,
    *,
    by: str,
    fields: Mapping[str, Any] | None = None,
    about: str | None = None,
    known_from: str | None = None,
    grade: str | None = None,
    marks: Sequence[str] | None = None,
    is_own: bool = False,
    copy_of: str | None = None,
) -> Accepted:
    """Record a suggestion as a claim with its passage, in one commit.

    One that was rejected may be accepted after all; both stand in the journal.

    Args:
        case: Of the queue.
        clock: For the journal.
        number: Of the suggestion, or its key.
        by: Who accepts.
        fields: Set instead of what was proposed.
        about: A matter that is recorded already; by default a new one is.
        known_from: EDTF; by default the report's own date, else now.
        grade: Recorded with it, if given.
        marks: Who may see it; by default those of the matter, or of `case.toml`.
        is_own: Its report is no copy, though it reads like one that is recorded.
        copy_of: A claim that tells the same story: the two count as one origin, and
            are about one matter.

    Raises:
        VigensError: It cannot be accepted or written; then nothing is recorded.
    """
    drafts = accept_drafts(
        case,
        int(clock().timestamp()),
        number,
        by=by,
        fields=fields,
        about=about,
        known_from=known_from,
        grade=grade,
        marks=marks,
        is_own=is_own,
        copy_of=copy_of,
    )
    entries = record_accepted(case, clock, number, drafts)
    item = _with(find_suggested(case, number), fields or {})
    claim = next(entry for entry in entries if entry.kind == "claim")
    matter = next((e for e in entries if e.id == claim.about[0]), None)
    if matter is None:
        matter = find_entry(unfiltered(case.records), claim.about[0], case.journal_path)
    graded = next((entry for entry in entries if entry.kind == "grade"), None)
    return Accepted(item, matter, claim, graded, entries)


def accept_drafts(
    case: Case,
    now: int,
    number: int | str,
    *,
    by: str,
    fields: Mapping[str, Any] | None = None,
    about: str | None = None,
    known_from: str | None = None,
    grade: str | None = None,
    marks: Sequence[str] | None = None,
    is_own: bool = False,
    copy_of: str | None = None,
) -> tuple[Draft, ...]:
    """Draft what accepting a suggestion records; as for `accept_suggestion`.

    Raises:
        VigensError: It cannot be accepted.
    """
    item = _with(_not_accepted(find_suggested(case, number)), fields or {})
    drafts: list[Draft] = []
    known = item.document.get("published") if known_from is None else known_from
    if not _document_entry(case, item):
        drafts.append(document_draft(item, by))
    target = "@matter"
    matters: list[Entry] = []
    origin = None if copy_of is None else _found(case, copy_of, frozenset({"claim"}))
    if about is None and origin is not None:
        about = origin.about[0]
    if about is not None:
        matter = _found(case, about, MATTERS)
        target = matter.id
        matters.append(matter)
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
                handle="matter",
            )
        )
    drafts.append(claim_draft(item, by, known, target))
    if origin is not None:
        drafts.append(_same_origin(origin, "said by who accepted it", by))
    elif not is_own:
        drafts.extend(_joined(case, item, by))
    if grade is not None:
        drafts.append(_graded(grade, by))
    chosen = marks_for(case, now, marks, matters)
    return tuple(_released(draft, chosen) for draft in drafts)


def record_accepted(
    case: Case,
    clock: Callable[[], datetime],
    number: int | str,
    drafts: Sequence[Draft],
) -> tuple[Entry, ...]:
    """Record what accepting a suggestion comes to, unless somebody accepted it since.

    Raises:
        InputError: Somebody did; nothing is recorded.
        OutsideError: The journal cannot be written.
    """
    with (
        deciding(case.folder),
        open_store(case.folder, clock, zone=case.settings.zone) as store,
    ):
        _not_accepted(find_suggested(_as_stored(case, store), number))
        return store.append(drafts)


def _as_stored(case: Case, store: Store) -> Case:
    """Give the case with what others recorded since it was loaded."""
    if store.size() == len(unfiltered(case.records)):
        return case
    return replace(case, records=Records(store.entries()))


def _released(draft: Draft, marks: tuple[str, ...]) -> Draft:
    """Put marks on a draft; what joins two claims is for those who may see both."""
    if draft.kind == "same_origin":
        marks = tuple(mark for mark in marks if mark in draft.marks)
    return replace(draft, marks=marks)


def reject_suggestion(
    case: Case,
    clock: Callable[[], datetime],
    number: int | str,
    *,
    by: str,
    reason: str,
) -> Entry:
    """Record that a suggestion was not taken over, and why.

    Raises:
        VigensError: No such suggestion, it is decided, or the journal cannot be
            written.
    """
    with (
        deciding(case.folder),
        open_store(case.folder, clock, zone=case.settings.zone) as store,
    ):
        item = _waiting(find_suggested(_as_stored(case, store), number))
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
        (entry,) = store.append([draft])
    return entry


def _graded(grade: str, by: str) -> Draft:
    parsed = parse_grade(grade)
    payload = {"reliability": parsed.reliability, "credibility": parsed.credibility}
    return Draft("grade", payload, by, about=("@claim",))


def _joined(case: Case, item: Suggested, by: str) -> Iterator[Draft]:
    """Draft that a copy and the report it copies are one origin, once for the two."""
    told: dict[str, Entry] = {}
    gone = taken_back(unfiltered(case.records))
    for entry in unfiltered(case.records):
        if entry.kind == "claim" and entry.id not in gone:
            for source in entry.sources:
                if source.passage is not None:
                    told.setdefault(source.passage.document, entry)
    sha256 = item.document["sha256"]
    if not told or sha256 in told:
        return
    for copy in copies_among(case.folder / DOCUMENTS, sha256, told):
        words = (
            f"{copy.share} % of the shorter report stands word for word in the other"
        )
        yield _same_origin(told[copy.sha256], words, by)
        return


def _same_origin(claim: Entry, words: str, by: str) -> Draft:
    about = ("@claim", claim.id)
    return Draft("same_origin", {"reason": words}, by, marks=claim.marks, about=about)


def _found(case: Case, reference: str, kinds: Collection[str]) -> Entry:
    """Give an entry of some kinds by its id or the beginning of it."""
    entry = find_entry(unfiltered(case.records), reference, case.journal_path)
    if entry.kind not in kinds:
        raise InputError(
            f"a {entry.kind} is nothing that can be claimed"
            if kinds is MATTERS
            else f"a {entry.kind} is no claim",
            f"entry {entry.id[:12]}",
            f"name one of these kinds: {', '.join(sorted(kinds))}",
        )
    return entry


def _document_entry(case: Case, item: Suggested) -> bool:
    gone = taken_back(unfiltered(case.records))
    return any(
        entry.kind == "document"
        and entry.id not in gone
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
    return replace(item, edits={**item.edits, **fields})
