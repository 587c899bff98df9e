"""Vouching for a journal: its key, signed heads, receipts, and checking such files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vigens.base import InputError
from vigens.desk.journals import journal_of
from vigens.journal import (
    ALL,
    PUBLIC,
    NoLogError,
    ProofError,
    SigningKeyError,
    check_proof,
    format_recorded,
    head_line,
    is_address,
    open_journal,
    open_keyring,
    read_trusted,
    receipt_line,
    receipt_of,
    replace_lost,
    rotate,
    shown_place,
    sign_logs,
)
from vigens.journal.proof import Tree, salt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from vigens.base import Tell
    from vigens.desk.case import Case
    from vigens.journal import (
        Checked,
        Keyring,
        LogState,
        ProofReceipt,
        SignedHead,
        Store,
        View,
    )
    from vigens.model import Lens


@dataclass(frozen=True, slots=True)
class Key:
    """The signing key of a journal, as it may be shown.

    Attributes:
        path: File of the private key.
        fingerprint: By which it is known.
        public: The public key, hex.
        is_new: Whether it was drawn just now.
        earlier: Fingerprints of the keys before it.
    """

    path: Path
    fingerprint: str
    public: str
    is_new: bool
    earlier: tuple[str, ...]


def key_path(place: str | Path) -> Path:
    """Give the file of a journal's private key: beside it, or in its case's folder.

    Args:
        place: Case folder, journal file or address.

    Raises:
        InputError: The case has no journal, or an address names no folder.
    """
    journal = journal_of(place)
    if isinstance(journal, Path):
        return journal.with_name(f"{journal.name}.key")
    if is_address(place):
        raise InputError(
            "a journal on a server keeps its key in the case's folder",
            shown_place(place),
            "name the case folder, whose case.toml names the server",
        )
    return Path(place) / "journal.key"


def read_key(
    place: str | Path,
    clock: Callable[[], datetime],
    *,
    is_rotated: bool = False,
    is_lost: bool = False,
) -> Key:
    """Show the key of a journal; draw one where there never was any.

    Args:
        place: Case folder or journal file.
        clock: For the moment of handing over.
        is_rotated: Put a new key in its place, to which the old one hands over.
        is_lost: Draw a new key without the old one's word.

    Raises:
        SigningKeyError: It is missing, exposed, or another one.
        JournalOutsideError: It cannot be read or written.
    """
    path = key_path(place)
    moment = format_recorded(clock())
    if is_lost:
        ring = replace_lost(path, moment)
    else:
        ring = open_keyring(path)
        if is_rotated:
            ring = rotate(ring, moment)
    return Key(path, ring.fingerprint, ring.signer.public, ring.is_new, ring.earlier)


def sign_states(
    store: Store, place: str | Path, logs: Iterable[str], clock: Callable[[], datetime]
) -> tuple[Keyring, tuple[LogState, ...]]:
    """Sign how some logs of a journal stand, and keep what was signed in it.

    Raises:
        SigningKeyError: The key is missing, exposed, or not the one that signed before.
        ProofError: A log holds nothing.
    """
    names = tuple(logs)
    ring = open_keyring(key_path(place))
    for log in names:
        signed = store.signed(log)
        if signed and not ring.knows(signed[-1].key):
            raise SigningKeyError.other(str(ring.path), signed[-1].key)
    states = sign_logs(store, names, ring.signer, format_recorded(clock()))
    for state in states:
        store.keep_signed(state.head)
    return ring, states


def make_head(
    place: str | Path, clock: Callable[[], datetime], log: str
) -> tuple[SignedHead, bytes]:
    """Sign how a log stands now, to be published or kept by a witness.

    Args:
        place: Case folder or journal file.
        clock: For the moment of signing.
        log: `all`, or a mark.

    Returns:
        The head, and the line to write.

    Raises:
        VigensError: There is no such log or key, or the journal cannot be read.
    """
    with open_journal(journal_of(place), clock) as store:
        _require_log(store, log)
        ring, (state,) = sign_states(store, place, [log], clock)
    return state.head, head_line(state.head, ring.handed_over)


def make_receipt(
    place: str | Path, clock: Callable[[], datetime], reference: str, log: str | None
) -> tuple[ProofReceipt, bytes]:
    """Prove that an entry is in a log.

    Args:
        place: Case folder or journal file.
        clock: For the moment of signing.
        reference: Id of the entry, or its beginning.
        log: `all`, or a mark that it bears; by default `public` if it
            bears that, else its first mark, else `all`.

    Returns:
        The receipt, and the line to write.

    Raises:
        VigensError: No such entry or log, it was redacted, or there is no key.
    """
    with open_journal(journal_of(place), clock) as store:
        entry = store.get(reference)
        first = PUBLIC if PUBLIC in entry.marks else next(iter(entry.marks), "all")
        name = log or first
        _require_log(store, name)
        ring, (state,) = sign_states(store, place, [name], clock)
        receipt = receipt_of(store, entry, state, ring.handed_over)
    return receipt, receipt_line(receipt)


def _require_log(store: Store, log: str) -> None:
    names = store.logs()
    if log not in names:
        raise InputError(
            f'this journal has no log "{log[:60]}"',
            store.where,
            f"it has {', '.join(names)}" if names else "record something first",
        )


def verify_file(
    file: str | Path,
    *,
    trust: str | Path | None,
    since: str | Path | None,
    progress: Tell | None = None,
) -> Checked:
    """Check a bundle, a receipt or a head: offline, without any journal.

    Args:
        file: The file.
        trust: A file of trusted keys; without one, whose key signed stays open.
        since: An earlier bundle, receipt or head of the same logs.
        progress: Told how many hundredths of it are read.

    Raises:
        VigensError: A file cannot be read, or is none of these.
    """
    trusted = None if trust is None else read_trusted(Path(trust))
    return check_proof(
        Path(file),
        trusted=trusted,
        since=None if since is None else Path(since),
        keeps=False,
        progress=progress,
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """How one log stands, as far as an answer rests on it.

    Attributes:
        log: `all`, or a mark.
        size: How many leaves it has.
        root: Root over them, hex.
    """

    log: str
    size: int
    root: str


@dataclass(frozen=True, slots=True)
class Inclusion:
    """That an entry is in a log, without a signature: hashes alone.

    Attributes:
        standing: Of the log.
        number: Of the entry's leaf, from 0.
        salt: With which its id is hashed, hex.
        leaf: The leaf, hex.
        path: From the leaf to the root, hex.
    """

    standing: Standing
    number: int
    salt: str
    leaf: str
    path: tuple[str, ...]


def standing_logs(
    case: Case, clock: Callable[[], datetime], lens: Lens
) -> tuple[Standing, ...]:
    """Say how the logs stood that a reader may check, when the case was loaded.

    Returns:
        One for each mark that the reader is cleared for and that any entry bears;
        nothing of a journal that is text.

    Raises:
        VigensError: There is no such reader, or the journal cannot be read.
    """
    sizes = _sizes(case.seen(lens))
    with open_journal(case.journal_path, clock) as store:
        try:
            store.logs()
        except NoLogError:
            return ()
        return tuple(_standing(store, log, size) for log, size in sizes.items())


def signed_heads(
    case: Case, clock: Callable[[], datetime], lens: Lens
) -> tuple[SignedHead, ...]:
    """List the heads that were signed of the logs that a reader may check.

    Raises:
        VigensError: There is no such reader, or the journal cannot be read.
    """
    sizes = _sizes(case.seen(lens))
    with open_journal(case.journal_path, clock) as store:
        try:
            return tuple(head for log in sizes for head in store.signed(log))
        except NoLogError:
            return ()


def prove_inclusion(
    case: Case, clock: Callable[[], datetime], lens: Lens, identifier: str, log: str
) -> Inclusion:
    """Prove that an entry that a reader may see is in a log that the reader may check.

    Args:
        case: As loaded.
        clock: For the journal.
        lens: Of the reader.
        identifier: Whole id of an entry that the reader may see.
        log: `all`, or a mark that the entry bears.

    Raises:
        VigensError: The reader may not see it, it is not in that log, or was redacted;
            the journal is text, or cannot be read.
    """
    size = _sizes(case.seen(lens)).get(log)
    if size is None or identifier not in case.seen(lens).positions:
        raise _no_log(log, _sizes(case.seen(lens)))
    with open_journal(case.journal_path, clock) as store:
        leaves = store.leaves(log, 0, size)
        number, key = store.number_in(log, identifier), store.key_of(identifier)
        if number is None or key is None or number >= size:
            raise ProofError.not_in_log(identifier, log)
    tree = Tree(leaves)
    return Inclusion(
        Standing(log, size, tree.root().hex()),
        number,
        salt(key, log).hex(),
        leaves[number].hex(),
        tuple(each.hex() for each in tree.inclusion(number)),
    )


def prove_growth(
    case: Case, clock: Callable[[], datetime], lens: Lens, log: str, first: int
) -> tuple[Standing, Standing, tuple[str, ...]]:
    """Prove that a log that a reader may check only grew since it had some size.

    Returns:
        How it stood then, how it stands, and the path, hex.

    Raises:
        VigensError: There is no such log for this reader, it never was so large, the
            journal is text or cannot be read.
    """
    size = _sizes(case.seen(lens)).get(log)
    if size is None:
        raise _no_log(log, _sizes(case.seen(lens)))
    if not 1 <= first <= size:
        raise InputError(
            f"this log never had {first} entries",
            f'the log "{log[:60]}"',
            f"name a size from 1 to {size}",
        )
    with open_journal(case.journal_path, clock) as store:
        tree = Tree(store.leaves(log, 0, size))
    return (
        Standing(log, first, tree.root(first).hex()),
        Standing(log, size, tree.root().hex()),
        tuple(each.hex() for each in tree.consistency(first)),
    )


def _sizes(view: View) -> dict[str, int]:
    """Count, log by log, what a reader may see; logs of other marks are not told."""
    marks = view.clearance.marks
    sizes = {ALL: len(view.shown)} if marks is None and view.shown else {}
    for entry in view.shown:
        for mark in entry.marks:
            if marks is None or mark in marks:
                sizes[mark] = sizes.get(mark, 0) + 1
    return dict(sorted(sizes.items(), key=lambda pair: (pair[0] != ALL, pair[0])))


def _standing(store: Store, log: str, size: int) -> Standing:
    head = store.head(log)
    root = head.root
    if head.size != size:  # others wrote since the case was loaded
        root = Tree(store.leaves(log, 0, size)).root()
    return Standing(log, size, root.hex())


def _no_log(log: str, sizes: dict[str, int]) -> InputError:
    return InputError(
        f'there is no log "{log[:60]}" that this reader may check',
        "log",
        f"use one of {', '.join(sizes)}" if sizes else "record something first",
    )
