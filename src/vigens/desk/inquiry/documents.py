"""Documents that a case keeps: which there are, and one with its passages marked.

A reader sees the text of a document whose entry that reader sees; of any other one only
the passages that claims quote, which stand in the claims themselves.
"""

from __future__ import annotations

import hashlib
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import InputError, Message
from vigens.desk.files import read_bytes
from vigens.desk.queuefile import DOCUMENTS
from vigens.desk.reasons import ClaimView, view_claim
from vigens.desk.reports import read_text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vigens.desk.answers import Session
    from vigens.journal import Entry

#: Most characters of a text that are shown.
MOST_SHOWN = 400_000

#: Fewest digits of a SHA-256 by which a document is named.
SHORTEST = 6

ONLY_QUOTES: str = Message(
    "this reader may read the quoted passages, not the whole text"
)
CHANGED = Message("the kept file is not the document that was recorded: it was changed")


@dataclass(frozen=True, slots=True)
class Quoted:
    """One passage of a document that a claim rests on.

    Attributes:
        start: First character of it, from 0.
        end: Character after the last.
        quote: As the claim has it.
        claim: The claim.
        is_there: Whether the text has these words at that place; so where no text is
            kept.
    """

    start: int
    end: int
    quote: str
    claim: ClaimView
    is_there: bool = True


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document in a list.

    Attributes:
        sha256: Of its bytes.
        ref: Its entry; empty where only claims name it.
        name: Of its file.
        title: Its headline, or empty.
        published: EDTF, or empty.
        language: ISO 639-1, or empty.
        media_type: Of its file, or empty.
        n_quotes: Passages of it that claims in this view rest on.
        is_kept: Whether the case keeps its text and this reader may read it.
    """

    sha256: str
    ref: str
    name: str
    title: str
    published: str
    language: str
    media_type: str
    n_quotes: int
    is_kept: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a text.

    Attributes:
        text: Its words.
        quotes: Numbers of the quotes that it is part of; none where it is plain.
        ends: Numbers of the quotes that end with it.
    """

    text: str
    quotes: tuple[int, ...]
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DocumentRead:
    """One document to be read.

    Attributes:
        line: As in the list.
        text: Stretch by stretch; empty where no text may be read.
        quotes: In the order of the text; stretches name them by number, from 0.
        n_cut: Characters at the end that are not shown.
        note: Why no text is shown, or that the file is another one now.
    """

    line: DocumentLine
    text: tuple[Stretch, ...]
    quotes: tuple[Quoted, ...]
    n_cut: int
    note: str


def list_documents(session: Session) -> tuple[DocumentLine, ...]:
    """List the documents that a reader may know of, the latest published first."""
    entries = _entries(session)
    quotes: dict[str, list[Entry]] = {}
    for claim, sha256, _, _, _ in _passages(session):
        quotes.setdefault(sha256, []).append(claim)
    lines = [
        _line(session, sha256, entries.get(sha256), len(quotes.get(sha256, ())))
        for sha256 in dict.fromkeys((*entries, *quotes))
    ]
    lines.sort(key=lambda line: line.published, reverse=True)
    return tuple(lines)


def read_document(
    session: Session, reference: str, *, may_read_all: bool = False
) -> DocumentRead:
    """Read one document with the passages that claims of this view rest on.

    Args:
        session: The case through its lens.
        reference: Its SHA-256, or the beginning of it.
        may_read_all: Whether who asks may read what the case keeps and no entry
            shows yet: reports that wait in the inbox.

    Raises:
        InputError: No one document is meant, or its file cannot be read.
    """
    entries = _entries(session)
    quoted = [one for one in _passages(session) if one[1].startswith(reference)]
    known = {*entries, *(one[1] for one in quoted)}
    if may_read_all:
        known |= _kept_hashes(session.case.folder, reference)
    found = [name for name in known if name.startswith(reference)]
    if len(reference) < SHORTEST or len(found) != 1:
        raise InputError(
            Message(
                'no single document of this view begins with "{reference}"',
                reference=reference[:64],
            ),
            Message("the address"),
            Message("choose one on the page Documents"),
        )
    (sha256,) = found
    line = _line(session, sha256, entries.get(sha256), len(quoted))
    text, note = "", ONLY_QUOTES
    if line.ref or may_read_all:
        text, note = _text(session.case.folder, sha256)
    quotes = sorted(
        (
            Quoted(
                start,
                end,
                quote,
                _claim(session, claim),
                not text or text[start:end] == quote,
            )
            for claim, _, start, end, quote in quoted
        ),
        key=lambda one: (one.start, one.end),
    )
    shown = text[:MOST_SHOWN]
    return DocumentRead(
        line,
        tuple(_stretches(shown, quotes)),
        tuple(quotes),
        len(text) - len(shown),
        note,
    )


def _entries(session: Session) -> dict[str, Entry]:
    return {
        str(entry.payload["sha256"]): entry
        for entry in session.assembled.view.entries
        if entry.kind == "document"
    }


def _passages(session: Session) -> Iterator[tuple[Entry, str, int, int, str]]:
    """Give claim, document, start, end and words of every passage in a view."""
    for entry in session.assembled.view.entries:
        if entry.kind != "claim":
            continue
        for source in entry.sources:
            passage = source.passage
            if passage is not None:
                yield (
                    entry,
                    passage.document,
                    passage.start,
                    passage.end,
                    passage.quote,
                )


def _claim(session: Session, entry: Entry) -> ClaimView:
    affirms = entry.payload.get("polarity") != "neg"
    counts = any(
        one.ref == entry.id and one.counts
        for matter in entry.about
        if (weighing := session.assembled.weighings.get(matter))
        for one in weighing.claims
    )
    return view_claim(session, entry, affirms=affirms, counts=counts)


def _line(
    session: Session, sha256: str, entry: Entry | None, n_quotes: int
) -> DocumentLine:
    fields = entry.payload if entry else {}
    return DocumentLine(
        sha256,
        entry.id if entry else "",
        str(fields.get("name") or ""),
        str(fields.get("title") or ""),
        str(fields.get("published") or ""),
        str(fields.get("language") or ""),
        str(fields.get("media_type") or ""),
        n_quotes,
        entry is not None and _place(session.case.folder, sha256) is not None,
    )


def _place(folder: Path, sha256: str) -> Path | None:
    """Find the kept file of a document by the beginning of its name."""
    if not all(sign in "0123456789abcdef" for sign in sha256):
        return None
    found = sorted((folder / DOCUMENTS).glob(f"{sha256[:12]}-*"))
    return found[0] if found else None


def _kept_hashes(folder: Path, reference: str) -> set[str]:
    """Give the hashes of kept files whose name begins as a reference does."""
    place = _place(folder, reference) if len(reference) >= 12 else None
    if place is None:
        return set()
    sha256 = hashlib.sha256(place.read_bytes()).hexdigest()
    return {sha256} if sha256.startswith(reference) else set()


def _text(folder: Path, sha256: str) -> tuple[str, str]:
    """Give the text of a kept document, or why there is none."""
    from vigens.intake import MAX_CONTAINER_BYTES

    place = _place(folder, sha256)
    if place is None:
        return "", Message("this case does not keep the document itself")
    data = read_bytes(place, MAX_CONTAINER_BYTES)
    if hashlib.sha256(data).hexdigest() != sha256:
        return "", CHANGED
    try:
        return read_text_of(data, place.name).text, ""
    except InputError as error:
        why = Message("the kept file cannot be read as text: {why}", why=error.what)
        return "", why


def _stretches(text: str, quotes: list[Quoted]) -> Iterator[Stretch]:
    """Cut a text wherever a passage begins or ends."""
    if not text:
        return
    there = [(number, one) for number, one in enumerate(quotes) if one.is_there]
    edges = {0, len(text)}
    for _, one in there:
        edges |= {min(one.start, len(text)), min(one.end, len(text))}
    ordered = sorted(edges)
    for start, end in itertools.pairwise(ordered):
        yield Stretch(
            text[start:end],
            tuple(n for n, one in there if one.start <= start and end <= one.end),
            tuple(n for n, one in there if one.end == end and one.start < end),
        )
