"""Redacting: wanted by one person, agreed to by another, carried out place by place.

Every step may be done again, so that what a crash cut short is completed by the same
command. What is left to do is seen in the places themselves, not in a note about them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.base import Finding, InputError, Severity, Span
from vigens.desk.backups import Place, backups_emptied, backups_whole, emptied
from vigens.desk.carrying import named, record_group
from vigens.desk.case import open_store
from vigens.desk.copies_kept import (
    answers_kept,
    documents_kept,
    forget_document,
    forget_queued,
)
from vigens.desk.copies_kept import queued as queue_lines
from vigens.desk.foreseeing import Foreseen, foresee
from vigens.desk.largejournal import columns_beside
from vigens.desk.lifting import lift
from vigens.desk.records import unfiltered
from vigens.journal import (
    MATTERS,
    REDACTION,
    Redaction,
    read_redactions,
    redaction_draft,
)
from vigens.journal.image import image_paths, wipe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from vigens.desk.case import Case
    from vigens.journal import Draft, Entry, Store
    from vigens.rules import Program


def want_redaction(
    case: Case,
    clock: Callable[[], datetime],
    reference: str,
    reason: str,
    *,
    by: str,
    leaves_open: Sequence[str] | None = None,
    documents: Sequence[str] = (),
    is_dry: bool = False,
) -> Foreseen:
    """Record that a person wants an entry redacted; nothing is destroyed by it.

    What it will change once it is carried out is said now.

    Args:
        case: Of the entry.
        clock: For the journal.
        reference: The entry: id, beginning of it, or row.
        reason: Why.
        by: Who wants it.
        leaves_open: Events of which silence says nothing until somebody looks again;
            by default those that the entry stands for.
        documents: SHA-256 of documents, or the beginning, whose copies go too; that of
            a `document` entry always does.
        is_dry: Record nothing.

    Raises:
        InputError: No such entry, or nothing that may be redacted.
    """
    draft = wanted_draft(
        case, reference, reason, by=by, leaves_open=leaves_open, documents=documents
    )
    (fact,) = record_group(case, clock, [draft], is_dry=is_dry)
    return foresee(case, clock, fact, is_dry=is_dry)


def wanted_draft(
    case: Case,
    reference: str,
    reason: str,
    *,
    by: str,
    leaves_open: Sequence[str] | None = None,
    documents: Sequence[str] = (),
) -> Draft:
    """Draft that a person wants an entry redacted; as for `want_redaction`.

    Raises:
        InputError: No such entry, or nothing that may be redacted.
    """
    entry = named(case, reference)
    if entry.is_stub or entry.kind == REDACTION:
        what = "redacted already" if entry.is_stub else "what explains a redaction"
        raise InputError(
            f"this entry is {what}",
            f"entry {entry.id[:12]}",
            "`vigens redact CASE` lists redactions",
        )
    wanted = next(
        (
            each
            for each in redactions(case)
            if each.target.id == entry.id and not each.is_done
        ),
        None,
    )
    if wanted is not None:
        raise InputError(
            f"{wanted.fact.recorded_by} wants it redacted already",
            f"entry {wanted.fact.id[:12]}",
            f"another person writes `vigens redact CASE --confirm {wanted.fact.id[:12]}`",
        )
    opened = leaves_open
    if opened is None:
        opened = stands_for(entry, case.program)
    for name in opened:
        if name not in case.program.events:
            raise InputError(
                f'there is no event "{name[:60]}"',
                "--leaves-open",
                "name a declared one",
            )
    named_ones = tuple(_document(case, each) for each in documents)
    if entry.kind == "document":
        named_ones += (str(entry.payload["sha256"]),)
    return redaction_draft(
        entry,
        reason,
        by=by,
        leaves_open=tuple(opened),
        documents=tuple(dict.fromkeys(named_ones)),
        suggestion=str(entry.payload.get("suggestion") or ""),
    )


def stands_for(entry: Entry, program: Program) -> tuple[str, ...]:
    """List the events of which silence says nothing any more without an entry.

    Of a state that was seen, these are the events that begin or end it.
    """
    if entry.kind not in MATTERS:
        return ()
    found: dict[str, None] = {}
    for lifted in lift(entry, program):
        if lifted.holds is None:
            found[lifted.name] = None
        elif (fluent := program.fluents.get(lifted.name)) is not None:
            for change in (*fluent.initiated, *fluent.terminated):
                name = getattr(change.event, "name", None)
                if name in program.events:
                    found[str(name)] = None
    return tuple(name for name in found if name in program.events)


def redactions(case: Case) -> tuple[Redaction, ...]:
    """List every redaction of a case: wanted, confirmed, done."""
    return read_redactions(unfiltered(case.records))


def find_redaction(case: Case, reference: str) -> Redaction:
    """Find a redaction by the entry that wants it, or by what it is about.

    Raises:
        InputError: There is none.
    """
    entry = named(case, reference)
    for each in redactions(case):
        if entry.id in (each.fact.id, each.target.id):
            return each
    raise InputError(
        f"this {entry.kind} wants nothing redacted",
        f"entry {entry.id[:12]}",
        "`vigens redact CASE` lists what waits for a second person",
    )


def complete(
    case: Case, clock: Callable[[], datetime], redaction: Redaction
) -> tuple[Place, ...]:
    """Carry a confirmed redaction out in every place; doing it twice does no harm.

    Raises:
        InputError: No second person has confirmed it.
        OutsideError: A place cannot be written; what is done stays done.
    """
    if redaction.second is None:
        raise InputError(
            "nobody but the person who wants it has confirmed this redaction",
            f"entry {redaction.fact.id[:12]}",
            f"another person writes `vigens redact CASE --confirm "
            f"{redaction.fact.id[:12]} --by NAME`",
        )
    done = []
    with open_store(case.folder, clock, zone=case.settings.zone) as store:
        done.append(emptied(store, redaction))
        done += backups_emptied(store, redaction, clock)
    for path in image_paths(columns_beside(case.journal_path, case.folder)):
        wipe(path)
    fact = redaction.fact
    for sha256 in fact.payload.get("documents") or ():
        for path in _copies(case.folder, str(sha256)):
            forget_document(path)
            done.append(Place(str(path), "overwritten and deleted"))
    number = forget_queued(case.folder, *_queued_by(fact))
    if number:
        done.append(
            Place(str(case.folder / "queue.jsonl"), f"{number} lines taken out")
        )
    return tuple(done)


def _copies(folder: Path, sha256: str) -> tuple[Path, ...]:
    """List what is kept of a document, the document itself last: it names the rest."""
    return (*answers_kept(folder, sha256), *documents_kept(folder, sha256))


def versions(case: Case, entry: Entry) -> tuple[Entry, ...]:
    """List the other versions of an entry that are whole: they say nearly the same."""
    near: dict[str, set[str]] = {}
    by_id = {each.id: each for each in unfiltered(case.records)}
    for each in by_id.values():
        for other in (each.rectifies, each.supersedes):
            if other is not None:
                near.setdefault(each.id, set()).add(other)
                near.setdefault(other, set()).add(each.id)
    reached, waiting = {entry.id}, [entry.id]
    while waiting:
        more = near.get(waiting.pop(), set()) - reached
        reached |= more
        waiting += more
    return tuple(
        each
        for each in by_id.values()
        if each.id in reached and each.id != entry.id and not each.is_stub
    )


def _queued_by(fact: Entry) -> tuple[frozenset[str], frozenset[str]]:
    documents = frozenset(str(each) for each in fact.payload.get("documents") or ())
    key = fact.payload.get("suggestion")
    return documents, frozenset([str(key)]) if key else frozenset()


def redaction_remains(
    folder: Path, store: Store, clock: Callable[[], datetime]
) -> Iterator[Finding]:
    """Find copies that a confirmed redaction is about and that are there, whole.

    Args:
        folder: The case.
        store: Its journal.
        clock: For opening backups; nothing is recorded.
    """
    for each in read_redactions(store.entries()):
        if each.second is None:
            continue
        documents, keys = _queued_by(each.fact)
        remains = [
            str(path.relative_to(folder))
            for sha256 in sorted(documents)
            for path in _copies(folder, sha256)
        ]
        if queue_lines(folder, documents, keys):
            remains.append("queue.jsonl")
        remains += backups_whole(store, each, clock)
        for name in remains:
            yield Finding(
                "J016",
                Severity.ERROR,
                f"{each.persons} want what this holds destroyed, and it is here",
                (Span(name, 1, 1, 12, f"{each.fact.id[:12]} {each.fact.title[:80]}"),),
                f"`vigens redact CASE --resume {each.fact.id[:12]}` carries it out",
            )


def _document(case: Case, reference: str) -> str:
    found = {
        str(entry.payload["sha256"])
        for entry in unfiltered(case.records)
        if entry.kind == "document"
        and len(reference) >= 6
        and str(entry.payload["sha256"]).startswith(reference.lower())
    }
    if len(found) == 1:
        return found.pop()
    raise InputError(
        f'{len(found)} documents have a SHA-256 that begins with "{reference[:64]}"',
        "--document",
        "`vigens log CASE --kind document` lists them",
    )
