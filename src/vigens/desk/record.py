"""Recording what a person decides: grades now, and what a decision came to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import InputError, nearest
from vigens.chrono import parse_edtf
from vigens.desk.answers import Session
from vigens.desk.case import open_store
from vigens.desk.log import find_entry
from vigens.desk.looking import Looking, make_lens
from vigens.desk.marking import marks_for
from vigens.desk.matters import MatterView, read_matter
from vigens.desk.records import unfiltered
from vigens.journal import ALL, PUBLIC, Draft
from vigens.model import parse_grade

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from vigens.desk.case import Case
    from vigens.journal import Entry


@dataclass(frozen=True, slots=True)
class Graded:
    """A grade as recorded, with the claim that it is about."""

    claim: Entry
    grade: Entry


def grade_claim(
    case: Case,
    clock: Callable[[], datetime],
    reference: str,
    grade: str,
    *,
    by: str,
    known_from: str | None = None,
    reason: str | None = None,
) -> Graded:
    """Record how far to trust a claim.

    Args:
        case: The claim's case.
        clock: For the journal.
        reference: The claim: id, beginning of it, or row.
        grade: Such as `B2`.
        by: Who grades.
        known_from: EDTF from which the grade counts; `claim` means as early as the
            claim itself, judged on what was known then; by default from now.
        reason: The rule or reason, if it is to be kept.

    Raises:
        InputError: No such claim, no such grade or date.
        OutsideError: The journal cannot be written.
    """
    claim, draft = grade_draft(
        case, reference, grade, by=by, known_from=known_from, reason=reason
    )
    with open_store(case.folder, clock, zone=case.settings.zone) as store:
        (entry,) = store.append([draft])
    return Graded(claim, entry)


def grade_draft(
    case: Case,
    reference: str,
    grade: str,
    *,
    by: str,
    known_from: str | None = None,
    reason: str | None = None,
) -> tuple[Entry, Draft]:
    """Draft how far to trust a claim; the arguments are those of `grade_claim`.

    Raises:
        InputError: No such claim, no such grade or date.
    """
    claim = find_entry(unfiltered(case.records), reference, case.journal_path)
    if claim.kind != "claim":
        raise _no_claim(case, claim)
    parsed = parse_grade(grade)
    since = known_from
    if known_from == "claim":
        since = claim.known_from or claim.recorded_at[:19] + "Z"
    payload: dict[str, object] = {
        "reliability": parsed.reliability,
        "credibility": parsed.credibility,
    }
    if reason:
        payload["rule"] = reason
    draft = Draft(
        "grade", payload, by, known_from=since, marks=claim.marks, about=(claim.id,)
    )
    return claim, draft


def confirm_occurrence(
    case: Case, clock: Callable[[], datetime], reference: str, *, by: str
) -> Entry:
    """Record that a second person confirms what happened.

    Args:
        case: Of the occurrence.
        clock: For the journal.
        reference: The occurrence, or one claim about it: id, beginning of it, or row.
        by: Who confirms: not the person who recorded it.

    Raises:
        InputError: No such entry, nothing that happened, or the same person.
        OutsideError: The journal cannot be written.
    """
    named = find_entry(unfiltered(case.records), reference, case.journal_path)
    ids = {named.id, *named.about} if named.kind == "claim" else {named.id}
    found = [
        entry
        for entry in unfiltered(case.records)
        if entry.id in ids and entry.kind == "occurrence"
    ]
    if len(found) != 1:
        raise InputError(
            "only one thing that happened can be confirmed",
            f"entry {named.id[:12]} ({named.kind})",
            "name an occurrence; a suggestion becomes one by accept --event",
        )
    (matter,) = found
    if matter.recorded_by == by:
        raise InputError(
            f"{by} recorded it, and only a second person confirms it",
            f"entry {matter.id[:12]}",
            "the second person writes --by NAME, or sets VIGENS_BY",
        )
    draft = Draft(
        "confirmation", {"by": by}, by, marks=matter.marks, about=(matter.id,)
    )
    with open_store(case.folder, clock, zone=case.settings.zone) as store:
        (entry,) = store.append([draft])
    return entry


def record_look(
    case: Case,
    clock: Callable[[], datetime],
    span: str,
    note: str,
    *,
    by: str,
    event: str | None = None,
    audience: str = PUBLIC,
    marks: Sequence[str] | None = None,
) -> Entry:
    """Record that somebody looked, so that silence in that time says something.

    Args:
        case: That was looked at.
        clock: For the journal.
        span: EDTF: a day, or an interval such as `2026-03-08/2026-03-12`.
        note: What was searched, and what was not.
        by: Who looked.
        event: The one event that was looked for; by default every event.
        audience: For whom the record is complete: who may see all that was found.
        marks: Who may see that one looked; by default the audience.

    Raises:
        InputError: No such date or event.
        UsageError: There is no such reader.
        OutsideError: The journal cannot be written.
    """
    draft = look_draft(
        case,
        int(clock().timestamp()),
        span,
        note,
        by=by,
        event=event,
        audience=audience,
        marks=marks,
    )
    with open_store(case.folder, clock, zone=case.settings.zone) as store:
        (entry,) = store.append([draft])
    return entry


def look_draft(
    case: Case,
    now: int,
    span: str,
    note: str,
    *,
    by: str,
    event: str | None = None,
    audience: str = PUBLIC,
    marks: Sequence[str] | None = None,
) -> Draft:
    """Draft that somebody looked; the arguments are those of `record_look`.

    Raises:
        InputError: No such date or event.
        UsageError: There is no such reader.
    """
    if parse_edtf(span).is_approximate:
        raise InputError(
            "a rough date says nothing of where one looked",
            f'"{span[:40]}"',
            "write whole days, as in 2026-03-08/2026-03-12",
        )
    if event is not None and event not in case.program.events:
        meant = nearest(event, case.program.events)
        raise InputError(
            f'there is no event "{event[:60]}"',
            "--event",
            f'did you mean "{meant}"?' if meant else "name a declared event",
        )
    chosen = marks_for(case, now, [audience] if marks is None else marks)
    case.readers(now, None).clearance(audience)
    payload = {"events": [event or "*"], "audience": audience, "note": note}
    return Draft("coverage", payload, by, happened=span, marks=chosen)


def read_effect(case: Case, now: int, targets: Iterable[str]) -> tuple[MatterView, ...]:
    """Say what some matters come to under the case's policy, to whoever records.

    Args:
        case: As it is after something was recorded.
        now: The present, UTC seconds; what was recorded a moment ago counts too.
        targets: Ids of the matters.

    Raises:
        InputError: One of them does not count.
    """
    last = max(
        (entry.recorded_instant for entry in unfiltered(case.records)), default=now
    )
    session = Session(case, make_lens(case, Looking(max(now, last), reader=ALL)))
    return tuple(read_matter(session, target) for target in targets)


def _no_claim(case: Case, entry: Entry) -> InputError:
    claims = [
        other.id[:12]
        for other in unfiltered(case.records)
        if other.kind == "claim" and entry.id in other.about
    ]
    mend = "only claims are graded; `vigens log CASE --kind claim` lists them"
    if claims:
        mend = f"grade a claim about it: {', '.join(claims[:5])}"
    return InputError(
        f"this is a {entry.kind}, not a claim", f"entry {entry.id[:12]}", mend
    )
