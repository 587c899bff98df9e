"""Proofs for a reader: how the logs of a reader stand, and that an entry is in one.

A reader is shown the logs of the marks that this reader is cleared for, and `all` only
where nothing is kept back. Nothing is signed here: `make_head` signs, and what it signed
is kept. An entry is proven only where the reader's view holds it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import InputError, Message
from vigens.journal import (
    PUBLIC,
    LogState,
    NoLogError,
    logs_for,
    open_journal,
    receipt_line,
    receipt_of,
)
from vigens.journal.proof import Tree, verify_consistency

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from vigens.desk.answers import Session
    from vigens.journal import Entry, SignedHead, Store

#: What is said of a journal as text.
NO_LOGS = Message(
    "this journal is kept as text, which has no logs: an import into a database makes "
    "them (vigens import CASE journal.jsonl into a case without a journal)"
)

NOTHING = Message("no log holds anything that this reader may see")

#: Most signed heads that are shown of one log.
MOST_HEADS = 50


@dataclass(frozen=True, slots=True)
class HeadRead:
    """One signed head.

    Attributes:
        size: How many leaves the log had.
        root: Root over them, hex.
        moment: When it was signed.
        key: Fingerprint of the key that signed.
        is_kept_to: Whether the log as it is begins with exactly these leaves.
        path: Hashes that show it to whoever has only the two roots.
    """

    size: int
    root: str
    moment: str
    key: str
    is_kept_to: bool
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LogRead:
    """One log as it stands.

    Attributes:
        log: `all`, or a mark.
        size: How many leaves.
        root: Root over them, hex.
        heads: Signed heads, the newest first.
    """

    log: str
    size: int
    root: str
    heads: tuple[HeadRead, ...]


@dataclass(frozen=True, slots=True)
class Proofs:
    """The logs of a reader, or why there are none."""

    logs: tuple[LogRead, ...]
    note: str


@dataclass(frozen=True, slots=True)
class EntryProof:
    """That an entry is in a log.

    Attributes:
        ref: Id of the entry.
        title: Of the entry.
        log: In which log.
        number: Its number there, from 1.
        size: Leaves of the tree that the path leads through.
        leaf: Hash of its leaf, hex.
        path: Hashes from the leaf up to the root, hex.
        root: Root of that tree, hex.
        signed: When the head with this root was signed; empty where none covers it.
        key: Fingerprint of that key.
        receipt: The line of a receipt, to be kept; nothing without a signed head.
    """

    ref: str
    title: str
    log: str
    number: int
    size: int
    leaf: str
    path: tuple[str, ...]
    root: str
    signed: str
    key: str
    receipt: bytes | None


def read_proofs(session: Session, clock: Callable[[], datetime]) -> Proofs:
    """Say how the logs of a reader stand, and whether each kept what was signed.

    Raises:
        VigensError: The journal cannot be read.
    """
    case = session.whole
    with open_journal(case.journal_path, clock, zone=case.settings.zone) as store:
        try:
            logs = logs_for(store, session.assembled.view.clearance.marks)
            found = tuple(_log(store, log) for log in logs)
        except NoLogError:
            return Proofs((), NO_LOGS)
    note = "" if found else NOTHING
    return Proofs(found, note)


def _log(store: Store, log: str) -> LogRead:
    tree = Tree(store.leaves(log))
    heads = sorted(store.signed(log), key=lambda head: head.size, reverse=True)
    return LogRead(
        log,
        tree.size,
        tree.root().hex(),
        tuple(_head(tree, head) for head in heads[:MOST_HEADS]),
    )


def _head(tree: Tree, head: SignedHead) -> HeadRead:
    is_within = 0 < head.size <= tree.size
    path = tree.consistency(head.size) if is_within else ()
    kept = is_within and verify_consistency(
        head.size,
        tree.size,
        old_root=bytes.fromhex(head.root),
        root=tree.root(),
        proof=path,
    )
    return HeadRead(
        head.size,
        head.root,
        head.moment,
        head.key,
        kept,
        tuple(each.hex() for each in path),
    )


def prove_entry(
    session: Session, clock: Callable[[], datetime], reference: str
) -> EntryProof | str:
    """Prove that an entry of a view is in a log of its reader.

    Args:
        session: The case through its lens.
        clock: For opening the journal; nothing is recorded.
        reference: Its id, or the beginning of it.

    Returns:
        The proof, or why there is none.

    Raises:
        InputError: No one entry of this view is meant.
        VigensError: The journal cannot be read.
    """
    view = session.assembled.view
    found = [entry for entry in view.shown if entry.id.startswith(reference)]
    if len(reference) < 6 or len(found) != 1:
        raise InputError(
            Message(
                'no single entry of this view begins with "{reference}"',
                reference=reference[:64],
            ),
            Message("the address"),
            Message("choose one on the page Journal"),
        )
    (entry,) = found
    if entry.is_stub:
        return Message(
            "what this entry said was redacted, so nothing of it can be proven"
        )
    case = session.whole
    with open_journal(case.journal_path, clock, zone=case.settings.zone) as store:
        try:
            logs = logs_for(store, view.clearance.marks)
            return _proof(store, entry, logs)
        except NoLogError:
            return NO_LOGS


def _proof(store: Store, entry: Entry, logs: tuple[str, ...]) -> EntryProof | str:
    preferred = sorted(logs, key=lambda log: (log != PUBLIC, log))
    for log in preferred:
        number = store.number_in(log, entry.id)
        if number is not None:
            break
    else:
        return Message("this entry is in no log that this reader may see")
    leaves = tuple(store.leaves(log))
    covering = [h for h in store.signed(log) if number < h.size <= len(leaves)]
    head = max(covering, key=lambda one: one.size, default=None)
    size = head.size if head else len(leaves)
    tree = Tree(leaves[:size])
    receipt = None
    if head is not None:
        receipt = receipt_line(
            receipt_of(store, entry, LogState(log, leaves[:size], head))
        )
    return EntryProof(
        entry.id,
        entry.title,
        log,
        number + 1,
        size,
        leaves[number].hex(),
        tuple(each.hex() for each in tree.inclusion(number)),
        tree.root().hex(),
        head.moment if head else "",
        head.key if head else "",
        receipt,
    )
