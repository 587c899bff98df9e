"""Handing a report in: bounded, read apart where it must be, its suggestions queued."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vigens.base import InputError, Message, OutsideError, VigensError
from vigens.board.contexts import Elsewhere, Page
from vigens.board.forms import (
    Fault,
    Field,
    Filled,
    Writing,
    find_faults,
    mend_of,
    no_entry,
    read_filled,
)
from vigens.board.inbox.accepting import refuse_delegation
from vigens.board.tongues import N_
from vigens.desk import add_passage, add_report
from vigens.desk.writing import hidden_documents, kept_of, read_kept
from vigens.people import Permission

if TYPE_CHECKING:
    from starlette.datastructures import FormData

    from vigens.board.contexts import Answered, Visit
    from vigens.intake import Document

#: Largest report that may be handed in, bytes.
LARGEST = 20_000_000

_FIELDS = (
    Field(
        "text",
        N_("Or its text, pasted"),
        "text",
        N_("where there is no file"),
        longest=150_000,
    ),
    Field(
        "address",
        N_("Where it was published"),
        hint=N_("a web address; empty: as the report says itself"),
        longest=2000,
    ),
    Field(
        "source_type",
        N_("What kind of source"),
        hint=N_("as the case's rule for grades names it"),
        longest=60,
    ),
    Field(
        "passage",
        N_("Queue these words of it alone"),
        "text",
        N_("empty: whatever it may say; else copy the words from it"),
        longest=6000,
    ),
)


@dataclass(frozen=True, slots=True)
class Upload:
    """The form by which a report is handed in, and what came of it.

    Attributes:
        fields: Of the form.
        filled: What it holds.
        faults: What is wrong with it.
        name: Of the report that was queued, if one was.
        n_new: How many suggestions were queued.
        n_known: How many were there already.
        copies: Reports that it reads like, with how much of it.
        inbox: Where they wait.
        notes: What is odd about the report, as reading it says.
    """

    fields: tuple[Field, ...]
    filled: Filled
    faults: tuple[Fault, ...] = ()
    name: str = ""
    n_new: int = 0
    n_known: int = 0
    copies: tuple[tuple[str, int], ...] = ()
    inbox: str = ""
    notes: tuple[str, ...] = ()

    def faults_of(self, name: str) -> tuple[Fault, ...]:
        """Give what is wrong with one field."""
        return tuple(fault for fault in self.faults if fault.name == name)


def show_upload(visit: Visit) -> Page:
    """Show the form by which a report is handed in."""
    return _page(visit, Filled({}), ())


def send_upload(visit: Visit, sent: FormData) -> Answered:
    """Take a report in; what it may say waits in the inbox."""
    filled = read_filled(_FIELDS, sent)
    faults = find_faults(_FIELDS, filled)
    name, data = _handed(sent, filled)
    if not data and not faults:
        faults = (Fault("file", "The file", "no report is handed in", "choose a file"),)
    if len(data) > LARGEST:
        mend = f"{LARGEST // 1_000_000} million bytes at most; split it"
        faults = (Fault("file", "The file", f"this has {len(data)} bytes", mend),)
    if faults:
        return _page(visit, filled, faults)
    try:
        refuse_delegation(visit)
        return _queued(visit, filled, name, data)
    except OutsideError:
        raise
    except VigensError as error:
        where = "passage" if filled.one("passage") and "words" in error.what else "file"
        label = "The passage" if where == "passage" else "The file"
        fault = Fault(where, label, error.what, mend_of(error))
        return _page(visit, filled, (fault,))


def _handed(sent: FormData, filled: Filled) -> tuple[str, bytes]:
    """Give the name and the bytes of what was handed in, a file before pasted text."""
    file = sent.get("file")
    if file is not None and not isinstance(file, str) and file.filename:
        file.file.seek(0)
        return _plain(file.filename), file.file.read(LARGEST + 1)
    return "pasted.txt", filled.one("text").encode()


def _plain(name: str) -> str:
    """Give a file name that is one: no folder, no hidden file, no odd signs."""
    last = re.split(r"[/\\]", name)[-1]
    plain = re.sub(r"[^\w.\- ]", "_", last).strip(" .")[-100:]
    return plain or "report"


def _queued(visit: Visit, filled: Filled, name: str, data: bytes) -> Page:
    case = visit.casebook.case()
    address, kind = filled.given("address"), filled.given("source_type")
    with tempfile.TemporaryDirectory(prefix="vigens-") as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        if words := filled.one("passage"):
            add_passage(case, path, words, address=address, source_type=kind)
            n_new, n_known = 1, 0
            copies: tuple[tuple[str, int], ...] = ()
            notes: tuple[str, ...] = ()
        else:
            done = add_report(case, path, address=address, source_type=kind)
            n_new, n_known = done.n_new, done.n_known
            copies = tuple((copy.name, copy.share) for copy in done.copies)
            notes = done.notes
    inbox = visit.link("/inbox") if visit.person.may(Permission.REVIEW) else ""
    page = Upload(_FIELDS, Filled({}), (), name, n_new, n_known, copies, inbox, notes)
    return Page("inbox/upload.html", "Hand a report in", page)


def _page(visit: Visit, filled: Filled, faults: tuple[Fault, ...]) -> Page:
    inbox = visit.link("/inbox") if visit.person.may(Permission.REVIEW) else ""
    page = Upload(_FIELDS, filled, faults, inbox=inbox)
    status = 422 if faults else 200
    return Page("inbox/upload.html", "Hand a report in", page, status)


@dataclass(frozen=True, slots=True)
class PassagePage:
    """The form by which a passage of a kept document is queued."""

    title: str
    document: str
    action: str
    fields: tuple[Field, ...]
    filled: Filled
    faults: tuple[Fault, ...]

    def faults_of(self, name: str) -> tuple[Fault, ...]:
        """Give what is wrong with one field."""
        return tuple(fault for fault in self.faults if fault.name == name)


_QUOTE = (
    Field(
        "quote",
        N_("The passage"),
        "text",
        N_("copied from the document; it must stand there once"),
        is_required=True,
        longest=6000,
    ),
    *(field for field in _FIELDS if field.name in ("address", "source_type")),
)


def show_passage(visit: Visit) -> Page:
    """Show the form by which a passage of a kept document is queued."""
    return _passage_page(visit, Filled({}), ())


def send_passage(visit: Visit, sent: FormData) -> Answered:
    """Queue a passage of a kept document, and lead to it in the inbox."""
    filled = read_filled(_QUOTE, sent)
    faults = find_faults(_QUOTE, filled)
    if faults:
        return _passage_page(visit, filled, faults)
    case, sha256 = visit.casebook.case(), visit.names["id"]
    try:
        known_document(visit, sha256)
        kept = kept_of(case, sha256)[0]
        with tempfile.TemporaryDirectory(prefix="vigens-") as folder:
            path = Path(folder) / kept.name
            path.write_bytes(kept.path.read_bytes())
            item = add_passage(
                case,
                path,
                filled.one("quote"),
                address=filled.given("address"),
                source_type=filled.given("source_type"),
            )
    except OutsideError:
        raise
    except VigensError as error:
        fault = Fault("quote", "The passage", error.what, mend_of(error))
        return _passage_page(visit, filled, (fault,))
    return Elsewhere(visit.link(f"/inbox/{item.key}"))


def known_document(visit: Visit, sha256: str) -> Document:
    """Read a document that the inbox shows to this person.

    Raises:
        InputError: There is none.
    """
    refuse_delegation(visit)
    writing = Writing(visit)
    hidden = hidden_documents(writing.whole, writing.lens)
    if sha256 in hidden:
        raise InputError(
            Message("this case keeps no copy of the document"),
            Message("document {sha256}", sha256=sha256[:12]),
            Message("hand the report in; then its passages can be shown"),
        )
    return read_kept(writing.whole, sha256)


def _passage_page(visit: Visit, filled: Filled, faults: tuple[Fault, ...]) -> Page:
    sha256 = visit.names["id"]
    try:
        document = known_document(visit, sha256)
    except VigensError as error:
        return no_entry(error)
    page = PassagePage(
        document.title or document.name,
        visit.link(f"/document/{sha256}"),
        visit.link(visit.path),
        _QUOTE,
        filled,
        faults,
    )
    status = 422 if faults else 200
    return Page("inbox/passage.html", "Queue a passage", page, status)
