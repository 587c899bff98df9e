"""The journal through the lens, and each entry whole."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Dated, Joined, Message
from vigens.board.contexts import Page
from vigens.board.evidence import (
    ShownClaim,
    ShownSource,
    passage_words,
    show_claims,
    weight_words,
)
from vigens.board.tasks import Task, entry_tasks
from vigens.board.tongues import N_, _, code_words, tell
from vigens.board.views.problems import absent
from vigens.chrono import format_instant
from vigens.journal import MATTERS, entry_to_json, thaw
from vigens.lang.weave import web_address

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from vigens.board.contexts import Visit
    from vigens.journal import Entry, Source

PAGE_SIZE = 50
SHORTEST_PREFIX = 6

#: Fields of a payload that the head of a page already says.
_SAID = ("title", "statement")


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """One line of the journal."""

    number: int
    href: str
    short: str
    kind: str
    title: str
    happened: str
    known: str
    recorded: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One choice of the filter."""

    name: str
    number: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Journal:
    """One page of the journal."""

    entries: tuple[ShownEntry, ...]
    kinds: tuple[Kind, ...]
    kind: str
    text: str
    n_found: int
    n_seen: int
    first: int
    earlier: str
    later: str


@dataclass(frozen=True, slots=True)
class EntryPage:
    """One entry whole.

    Attributes:
        entry: Its line.
        id: Whole.
        clocks: The three clocks, each as written and as understood.
        facts: Who recorded it, and what it replaces.
        payload: Its fields, by name.
        sources: Where it stands.
        grade: What a claim's grade comes to, or empty.
        weight: How a matter counts under the policy, and why.
        claims: What is claimed about a matter.
        about: What it is about.
        below: What is about it.
        raw: The whole entry as JSON.
        tasks: What this person may do with it.
    """

    entry: ShownEntry
    id: str
    clocks: tuple[tuple[str, str, str], ...]
    facts: tuple[tuple[str, str, str], ...]
    payload: tuple[tuple[str, str], ...]
    sources: tuple[ShownSource, ...]
    grade: str
    weight: str
    claims: tuple[ShownClaim, ...]
    about: tuple[ShownEntry, ...]
    below: tuple[ShownEntry, ...]
    raw: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Replaced:
    """An entry in whose place others stand in this view."""

    short: str
    current: tuple[ShownEntry, ...]


def show_journal(visit: Visit) -> Page:
    """Show the entries that count through the lens, the newest first."""
    view = visit.session.assembled.view
    kind, text = visit.ask("kind"), visit.ask("text")
    folded = text.casefold()
    numbers: dict[str, int] = {}
    for entry in view.entries:
        numbers[entry.kind] = numbers.get(entry.kind, 0) + 1
    found = [
        entry
        for entry in reversed(view.entries)
        if (not kind or entry.kind == kind) and (not folded or holds(entry, folded))
    ]
    pages = max(1, -(-len(found) // PAGE_SIZE))
    asked = visit.ask("page")
    number = min(pages, max(1, int(asked) if asked[:6].isdecimal() else 1))
    start = (number - 1) * PAGE_SIZE
    kept = {"kind": kind, "text": text}

    def page_at(other: int) -> str:
        inside = 1 <= other <= pages
        return visit.link("/journal", **kept, page=other) if inside else ""

    context = Journal(
        show_entries(visit, found[start : start + PAGE_SIZE]),
        tuple(Kind(name, numbers[name], name == kind) for name in sorted(numbers)),
        kind,
        text,
        len(found),
        len(view.entries),
        start + 1 if found else 0,
        page_at(number + 1),
        page_at(number - 1),
    )
    return Page("journal.html", "Journal", context)


def show_entry(visit: Visit) -> Page:
    """Show one entry, by its id or the beginning of it."""
    view = visit.session.assembled.view
    asked = visit.names["id"].strip().lower()
    found = [e for e in view.entries if e.id.startswith(asked)]
    if len(asked) < SHORTEST_PREFIX or len(found) != 1:
        replaced = [name for name in view.replaced if name.startswith(asked)]
        if len(asked) >= SHORTEST_PREFIX and not found and len(replaced) == 1:
            current = show_entries(visit, view.current(replaced[0]))
            if current:
                context = Replaced(replaced[0][:12], current)
                return Page("replaced.html", "Replaced entry", context)
        said = 'no single entry of this view begins with "{reference}"'
        what = Message(said, reference=asked[:64])
        mend = Message(
            "an entry may be known or recorded later than this view; try today"
        )
        return absent(what, Message("the address"), mend)
    return Page("entry.html", found[0].title[:120], _whole(visit, found[0]))


def show_entries(visit: Visit, entries: Iterable[Entry]) -> tuple[ShownEntry, ...]:
    """Lay entries out as lines."""
    return tuple(_line(visit, entry) for entry in entries)


def holds(entry: Entry, folded: str) -> bool:
    """Say whether an entry's words or sources hold a text, case folded."""
    payload = entry.payload
    words = [entry.title, str(payload.get("statement") or ""), entry.kind]
    words += [str(payload.get(name) or "") for name in ("row", "text", "reason")]
    for source in entry.sources:
        words += [source.title or "", source.address]
        words += [source.passage.quote] if source.passage else []
    return any(folded in part.casefold() for part in words)


def _line(visit: Visit, entry: Entry) -> ShownEntry:
    known = visit.session.assembled.view.known_from.get(entry.id)
    title = entry.title
    if entry.kind == "grade":
        payload = entry.payload
        grade = f"{payload.get('reliability')}{payload.get('credibility')}"
        rule, said = payload.get("rule"), "graded {grade}"
        title = tell(
            Message("graded {grade} by the rule {rule}", grade=grade, rule=rule)
            if rule
            else Message(said, grade=grade)
        )
    elif entry.kind == "review":
        verdict = code_words(str(entry.payload.get("verdict")))
        title = f"{verdict}: {entry.payload.get('reason') or ''}"
    return ShownEntry(
        visit.session.assembled.view.positions[entry.id],
        visit.link(f"/entry/{entry.id}"),
        entry.id[:12],
        entry.kind,
        title[:400],
        entry.happened or "",
        visit.day(known) if known is not None else "",
        f"{entry.recorded_at[:16]}Z",
    )


def _whole(visit: Visit, entry: Entry) -> EntryPage:
    session = visit.session
    assembled = session.assembled
    view = assembled.view
    weighing = assembled.weighings.get(entry.id)
    is_matter = entry.kind in MATTERS
    below = [
        other
        for other in view.about(entry.id)
        if not (is_matter and other.kind == "claim")
    ]
    about = [found for name in entry.about for found in view.current(name)]
    weight: str = ""
    if is_matter and weighing is not None:
        weight = Joined(": ", (weight_words(weighing.weight), weighing.reason))
    grade = str(assembled.grades.get(entry.id, "F6")) if entry.kind == "claim" else ""
    raw = json.dumps(entry_to_json(entry), ensure_ascii=False, indent=2)
    return EntryPage(
        _line(visit, entry),
        entry.id,
        _clocks(visit, entry),
        tuple(_facts(visit, entry)),
        tuple(_payload(entry)),
        tuple(_source(source) for source in entry.sources),
        grade,
        weight,
        show_claims(visit, entry.id) if is_matter else (),
        show_entries(visit, about),
        show_entries(visit, below),
        raw,
        entry_tasks(visit, entry),
    )


def _clocks(visit: Visit, entry: Entry) -> tuple[tuple[str, str, str], ...]:
    known = visit.session.assembled.view.known_from.get(entry.id)
    zone = visit.session.lens.zone
    understood: str = ""
    if known is not None:
        day = Dated(format_instant(known, zone))
        understood = Message("counts from {day}", day=day)
    return (
        (_("happened"), entry.happened or _("no date given"), ""),
        (_("known from"), entry.known_from or _("when recorded"), understood),
        (
            _("recorded at"),
            f"{entry.recorded_at[:19]}Z",
            _("set by the journal, never by a person"),
        ),
    )


def _facts(visit: Visit, entry: Entry) -> Iterable[tuple[str, str, str]]:
    yield _("recorded by"), entry.recorded_by, ""
    marks = ", ".join(code_words(mark) for mark in entry.marks)
    yield _("marks"), marks or _("none"), ""
    for name in (N_("rectifies"), N_("supersedes")):
        other = getattr(entry, name)
        if other:
            yield _(name), other[:12], visit.link(f"/entry/{other}")
    documents = [s.passage.document for s in entry.sources if s.passage is not None]
    if entry.kind == "document":
        documents.append(str(entry.payload.get("sha256")))
    for sha256 in dict.fromkeys(documents):
        yield _("document"), sha256[:12], visit.link(f"/document/{sha256[:16]}")
    yield _("proof"), _("that it is in the log"), visit.link(f"/entry/{entry.id}/proof")


def _payload(entry: Entry) -> Iterable[tuple[str, str]]:
    fields: dict[str, Any] = thaw(entry.payload)
    for name, value in fields.items():
        if value in (None, "", [], {}) or name in _SAID:
            continue
        yield name, _words(value)


def _words(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "; ".join(_words(item) for item in value)
    if isinstance(value, dict):
        inside = (f"{k} {_words(v)}" for k, v in value.items() if v is not None)
        return ", ".join(inside)
    return str(value)


def _source(source: Source) -> ShownSource:
    passage = source.passage
    place = passage_words(passage.start, passage.end) if passage else ""
    return ShownSource(
        source.title or source.address,
        source.address,
        web_address(source.address),
        source.type or "",
        source.published or "",
        passage.quote if passage else "",
        place,
    )
