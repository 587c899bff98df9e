"""What a suggestion would record: the kind of matter, and the claim with its passage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vigens.base import Message, UsageError, has_errors, render_finding
from vigens.journal import Draft, Passage, Source
from vigens.lang import parse_question

if TYPE_CHECKING:
    from collections.abc import Callable

    from vigens.desk.case import Case
    from vigens.desk.queue import Suggested


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
        if (count := _count(item, title)) is None:
            raise UsageError(
                Message("a count needs a number"),
                "--measure",
                Message("add --number with the number"),
            )
        return count
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
    event, values = event_of(case, text)
    return {"event": event, "args": values, "title": title}


def event_of(case: Case, text: str) -> tuple[str, list[str]]:
    """Read an event with all of its arguments.

    Raises:
        UsageError: It is not declared, or an argument is missing.
    """
    atom, findings = parse_question(text, case.program, is_event=True)
    if atom is None or has_errors(findings) or not atom.is_ground:
        shown = "\n".join(render_finding(finding) for finding in findings)
        raise UsageError(
            f'this event cannot be read: "{text[:80]}"\n{shown}'.rstrip(),
            "--event",
            Message(
                "name a declared event with all of its arguments, as in "
                "signs(paris, FR)"
            ),
        )
    return atom.name, list(atom.values)


def _need_measure(case: Case, name: str) -> None:
    if name not in case.program.measures:
        raise UsageError(
            Message('there is no measure "{name}"', name=name[:60]),
            "--measure",
            Message(
                "declared are {value}", value=", ".join(case.program.measures) or "none"
            ),
        )


def document_draft(item: Suggested, by: str) -> Draft:
    """Draft the entry of the report that a suggestion stands in, without marks."""
    names = ("sha256", "name", "length", "media_type", "language", "title", "published")
    more = ("author", "chain", "encoding")
    payload = {
        name: item.document[name]
        for name in (*names, *more)
        if item.document.get(name) not in (None, [])
    }
    return Draft("document", payload, by, handle="document")


def claim_draft(item: Suggested, by: str, known: str | None, target: str) -> Draft:
    """Draft the claim, with its passage as source and without marks.

    Args:
        item: The suggestion as a person left it.
        by: Who accepts.
        known: EDTF from which it was known; none means now.
        target: The matter: id, or handle of an earlier draft.
    """
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
