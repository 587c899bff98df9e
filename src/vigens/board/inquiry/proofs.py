"""The journal's proofs: how its logs stand, and that an entry is in one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import InputError, Message
from vigens.board.contexts import Download, Elsewhere, Page
from vigens.board.views import absent
from vigens.desk import make_head
from vigens.desk.inquiry import EntryProof, prove_entry, read_proofs
from vigens.people import Permission

if TYPE_CHECKING:
    from starlette.datastructures import FormData

    from vigens.board.contexts import Visit
    from vigens.desk.inquiry import Proofs


@dataclass(frozen=True, slots=True)
class ProofsPage:
    """The page of logs and signed heads.

    Attributes:
        found: Of the desk.
        may_sign: Whether this person may sign how a log stands now.
        here: Where the form is sent.
        journal: Where the journal is.
    """

    found: Proofs
    may_sign: bool
    here: str
    journal: str


@dataclass(frozen=True, slots=True)
class EntryProofPage:
    """The page of one entry's proof.

    Attributes:
        proof: Of the desk; none where there is none.
        note: Why there is none.
        entry: Where the entry stands.
        receipt: Where its receipt is fetched; empty without one.
        proofs: Where the logs stand.
    """

    proof: EntryProof | None
    note: str
    entry: str
    receipt: str
    proofs: str


def show_proofs(visit: Visit) -> Page:
    """Show how the logs of this reader stand, and what was signed of them."""
    context = ProofsPage(
        read_proofs(visit.session, visit.casebook.clock),
        visit.person.may(Permission.COORDINATE),
        visit.link("/proofs"),
        visit.link("/journal"),
    )
    return Page("proofs.html", "Proofs", context)


def sign_log(visit: Visit, form: FormData) -> Page | Elsewhere:
    """Sign how one log of this reader stands now."""
    log = str(form.get("log") or "")
    known = {one.log for one in read_proofs(visit.session, visit.casebook.clock).logs}
    if log not in known:
        return absent(
            Message('there is no log "{log}"', log=log[:60]),
            Message("the form"),
            Message("choose one of these"),
        )
    make_head(visit.casebook.folder, visit.casebook.clock, log)
    return Elsewhere(visit.link("/proofs"))


def show_entry_proof(visit: Visit) -> Page:
    """Show that an entry is in a log of this reader, hash by hash."""
    found = _proof(visit)
    if isinstance(found, Page):
        return found
    proof = found if isinstance(found, EntryProof) else None
    ref = visit.names["id"].strip().lower()
    context = EntryProofPage(
        proof,
        found if isinstance(found, str) else "",
        visit.link(f"/entry/{proof.ref if proof else ref}"),
        visit.link(f"/entry/{proof.ref}/receipt") if proof and proof.receipt else "",
        visit.link("/proofs"),
    )
    return Page("entry_proof.html", "Proof of an entry", context)


def give_receipt(visit: Visit) -> Page | Download:
    """Give the receipt of an entry as a file that `vigens verify` checks."""
    found = _proof(visit)
    if isinstance(found, Page):
        return found
    if isinstance(found, str):
        return absent(found, Message("this entry"), Message("see the page Proofs"))
    if found.receipt is None:
        what = "no signed head covers this entry yet"
        return absent(
            what, Message("this entry"), Message("sign the log on the page Proofs")
        )
    return Download(found.receipt, "application/json", f"{found.ref[:12]}.receipt.json")


def _proof(visit: Visit) -> EntryProof | str | Page:
    reference = visit.names["id"].strip().lower()
    try:
        return prove_entry(visit.session, visit.casebook.clock, reference)
    except InputError as error:
        return absent(error.what, error.where, error.mend)
