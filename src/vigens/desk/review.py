"""Accepting, editing and rejecting suggestions: each becomes entries, all or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vigens.base import InputError, UsageError, has_errors, render_finding
from vigens.chrono import parse_edtf
from vigens.desk.case import open_store
from vigens.desk.log import find_entry
from vigens.desk.queue import Suggested, add_edit, read_queue
from vigens.journal import MATTERS, Draft, Passage, Source
from vigens.lang import parse_question
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
    item = _with(_waiting(find_suggested(case, number)), fields or {})
    drafts: list[Draft] = []
    known = item.document.get("published") if known_from is None else known_from
    if not _document_entry(case, item):
        drafts.append(_document(item, by))
    target = "@matter"
    if about is not None:
        matter = find_entry(case, about)
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
    drafts.append(_claim(item, by, known, target))
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


def statement_of(item: Suggested) -> str:
    """Say what a suggestion says: as edited, as reported, or the passage itself."""
    said = item.edits.get("statement") or item.row.get("said") or item.row["quote"]
    return " ".join(str(said).split())


def matter_of(case: Case, item: Suggested) -> tuple[str, dict[str, Any]]:
    """Choose the kind of matter that a suggestion is about, and fill it.

    Raises:
        UsageError: An event or measure that is not declared.
    """
    title = _short(statement_of(item))
    if event := item.edits.get("event"):
        return "occurrence", _occurrence(case, str(event), title)
    if measure := item.edits.get("measure"):
        _need_measure(case, str(measure))
    make = _MATTERS.get(item.row["kind"])
    made = make(item, title) if make else None
    return made or ("statement", {"by": _ids(item), "title": title})


def _meeting(item: Suggested, title: str) -> tuple[str, dict[str, Any]]:
    payload: dict[str, Any] = {
        "title": title,
        "format": "unknown",
        "attendance": [{"actor": name, "how": "unknown"} for name in _ids(item)],
    }
    place = item.edits.get("place") or item.row.get("place")
    if place:
        payload["place"] = place
    return "meeting", payload


def _count(item: Suggested, title: str) -> tuple[str, dict[str, Any]] | None:
    count = item.row.get("count") or {}
    number = item.edits.get("number", count.get("n"))
    comparison = count.get("comparison")
    if type(number) is not int:
        return None
    payload: dict[str, Any] = {
        "measure": item.edits.get("measure") or "unassigned",
        "number": number,
        "comparison": comparison if comparison in _COMPARISONS else "eq",
        "title": title,
    }
    if count.get("unit"):
        payload["unit"] = count["unit"]
    if voice := _voice(item):
        payload["speaker"] = voice
    return "count", payload


def _offer(item: Suggested, title: str) -> tuple[str, dict[str, Any]] | None:
    party = next(iter(_ids(item)), None)
    if party is None:
        return None
    is_refusal = _polarity(item) == "neg"
    firm = item.row.get("modality") in ("pledged", "decided", "done", "ongoing")
    stance = "refusal" if is_refusal else "offer" if firm else "possible"
    condition = item.row.get("condition")
    return "offer", {
        "party": party,
        "title": title,
        "stance": stance,
        "domains": [],
        "conditions": [condition] if condition else [],
        "gates": [],
    }


def _institution(item: Suggested, title: str) -> tuple[str, dict[str, Any]]:
    body = item.row.get("institution") or {}
    status = body.get("status")
    return "institution", {
        "body": item.edits.get("body") or body.get("name") or title,
        "status": status if status in _BODY else "prospective",
        "title": title,
    }


_COMPARISONS = {"eq", "more_than", "less_than", "about", "up_to", "at_least"}
_BODY = {"decided", "existing", "prospective", "planned"}
_MATTERS: dict[str, Callable[[Suggested, str], tuple[str, dict[str, Any]] | None]] = {
    "meeting": _meeting,
    "count": _count,
    "commitment": _offer,
    "institution": _institution,
}


def _occurrence(case: Case, text: str, title: str) -> dict[str, Any]:
    atom, findings = parse_question(text, case.program, is_event=True)
    if atom is None or has_errors(findings) or not atom.is_ground:
        shown = "\n".join(render_finding(finding) for finding in findings)
        raise UsageError(
            f'this event cannot be read: "{text[:80]}"\n{shown}'.rstrip(),
            "--event",
            "name a declared event with all of its arguments, as in signs(paris, FR)",
        )
    return {"event": atom.name, "args": list(atom.values), "title": title}


def _need_measure(case: Case, name: str) -> None:
    if name not in case.program.measures:
        raise UsageError(
            f'there is no measure "{name[:60]}"',
            "--measure",
            f"declared are {', '.join(case.program.measures) or 'none'}",
        )


def _document_entry(case: Case, item: Suggested) -> bool:
    return any(
        entry.kind == "document"
        and entry.payload.get("sha256") == item.document["sha256"]
        for entry in case.entries
    )


def _document(item: Suggested, by: str) -> Draft:
    names = ("sha256", "name", "length", "media_type", "language", "title", "published")
    payload = {
        name: item.document[name]
        for name in names
        if item.document.get(name) is not None
    }
    return Draft("document", payload, by, marks=("public",), handle="document")


def _claim(item: Suggested, by: str, known: str | None, target: str) -> Draft:
    row, document = item.row, item.document
    payload: dict[str, Any] = {
        "polarity": "pos" if row["kind"] == "commitment" else _polarity(item),
        "statement": statement_of(item),
        "modality": row["modality"],
        "kind": row["kind"],
        "actors": _ids(item),
        "suggestion": item.key,
        "proposed_by": row["rule"],
    }
    for name in ("condition",):
        if row.get(name):
            payload[name] = row[name]
    count = row.get("count") or {}
    if type(count.get("n")) is int:
        payload["quantity"] = count["n"]
        if count.get("unit"):
            payload["unit"] = count["unit"]
    if voice := _voice(item):
        payload["voice"] = voice
    source = Source(
        document.get("address") or document["name"],
        document.get("title") or document["name"],
        document.get("type"),
        document.get("published"),
        Passage(document["sha256"], row["start"], row["end"], row["quote"]),
    )
    return Draft(
        "claim",
        payload,
        by,
        happened=item.edits.get("happened") or row.get("date"),
        known_from=known,
        sources=(source,),
        marks=("public",),
        about=(target,),
        handle="claim",
    )


def _ids(item: Suggested) -> list[str]:
    if "actors" in item.edits:
        return list(item.edits["actors"])
    found = [actor["id"] for actor in item.row["actors"] if actor.get("id")]
    return list(dict.fromkeys(found))


def _voice(item: Suggested) -> str | None:
    if "voice" in item.edits:
        return str(item.edits["voice"])
    speakers = {
        actor["id"]
        for actor in item.row["actors"]
        if actor.get("role") == "speaker" and actor.get("id")
    }
    return speakers.pop() if len(speakers) == 1 else None


def _polarity(item: Suggested) -> str:
    return str(item.edits.get("polarity") or item.row["polarity"])


def _short(text: str) -> str:
    return text if len(text) <= 160 else text[:159].rsplit(" ", 1)[0] + "…"


def _waiting(item: Suggested) -> Suggested:
    if item.state != "waiting":
        raise InputError(
            f"suggestion {item.number} is {item.state} already",
            f"entry {item.decided[:12]}",
            "supersede that entry to change your mind; `vigens review CASE list` "
            "shows what waits",
        )
    return item


def _with(item: Suggested, fields: Mapping[str, Any]) -> Suggested:
    from dataclasses import replace

    return replace(item, edits={**item.edits, **fields})
