"""Documents: the list, and one to be read with its passages marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import InputError
from vigens.board.contexts import Page
from vigens.board.evidence import ShownClaim, show_claim
from vigens.board.views import absent
from vigens.desk.inquiry import list_documents, read_document
from vigens.people import Permission

if TYPE_CHECKING:
    from vigens.board.contexts import Visit
    from vigens.desk.inquiry import DocumentLine, DocumentRead


@dataclass(frozen=True, slots=True)
class Documents:
    """The list, each with its address."""

    documents: tuple[tuple[DocumentLine, str], ...]


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One document.

    Attributes:
        found: Of the desk.
        entry: Where its entry stands; empty where there is none.
        claims: One for each quote, in the same order.
        documents: Where the list is.
        passage: Where a passage of it is queued; empty for who may not.
    """

    found: DocumentRead
    entry: str
    claims: tuple[ShownClaim, ...]
    documents: str
    passage: str = ""


def show_documents(visit: Visit) -> Page:
    """Show the documents that this view rests on."""
    found = list_documents(visit.session)
    context = Documents(
        tuple((line, visit.link(f"/document/{line.sha256[:16]}")) for line in found)
    )
    return Page("documents.html", "Documents", context)


def show_document(visit: Visit) -> Page:
    """Show one document with the passages that claims rest on."""
    reference = visit.names["id"].strip().lower()
    may_read_all = visit.person.may(Permission.REVIEW) and visit.person.reader is None
    try:
        found = read_document(visit.session, reference, may_read_all=may_read_all)
    except InputError as error:
        return absent(error.what, error.where, error.mend)
    line = found.line
    context = DocumentPage(
        found,
        visit.link(f"/entry/{line.ref}") if line.ref else "",
        tuple(show_claim(visit, one.claim) for one in found.quotes),
        visit.link("/documents"),
        visit.link(f"/document/{line.sha256}/passage")
        if line.is_kept and visit.may(Permission.REVIEW)
        else "",
    )
    title = line.title or line.name or f"Document {line.sha256[:12]}"
    return Page("document.html", title[:120], context)
