"""Checking a bundle, a receipt or a head: offline, without the journal it is from.

What comes out are findings, and two lists in plain words: what was shown, and what
was not. Nothing is believed of a file but what a hash or a signature bears out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from vigens.base import Severity, Tell
from vigens.journal.bundle.checked import Checked
from vigens.journal.bundle.parts import Receipt
from vigens.journal.bundle.reading import HeadFile, read_proof
from vigens.journal.bundle.wholeness import check_bundle
from vigens.journal.bundle.words import NOT_SHOWN, WHOSE, day, grown, key_words
from vigens.journal.proof import (
    SignedHead,
    leaf_hash,
    root_of,
    successors,
    verify_inclusion,
)
from vigens.journal.sealing import SEALED, Opening


def check_proof(
    path: Path,
    *,
    trusted: Mapping[str, str] | None = None,
    since: Path | None = None,
    keeps: bool = True,
    progress: Tell | None = None,
) -> Checked:
    """Check a bundle, a receipt, a head or an opening.

    Args:
        path: The file.
        trusted: Fingerprints of keys that count, with their names; none leaves open
            whose key it is.
        since: An earlier bundle, receipt or head of the same logs.
        keeps: Keep the entries and documents of a bundle.
        progress: Told how many hundredths of the file are read.

    Raises:
        BundleError: The file is none of these, or cannot be read to its end.
        JournalFileError: There is no such file.
    """
    read = read_proof(path, progress)
    if isinstance(read, HeadFile):
        checked = Checked("head", str(path), handed_over=read.handed_over)
        checked.heads[read.head.log] = read.head
    elif isinstance(read, Opening):
        return _check_opening(read, str(path), since, trusted)
    elif isinstance(read, Receipt):
        checked = _check_receipt(read, str(path))
    else:
        checked = check_bundle(read, str(path), keeps=keeps)
    _check_keys(checked, trusted)
    if since is not None:
        _check_since(checked, since)
    checked.count_untold()
    if not checked.is_sound:
        checked.shown.clear()
    checked.not_shown += NOT_SHOWN[checked.what]
    return checked


def _check_receipt(receipt: Receipt, where: str) -> Checked:
    checked = Checked("receipt", where, handed_over=receipt.handed_over)
    head, entry, place = receipt.head, receipt.entry, receipt.place
    checked.heads[head.log] = head
    leaf = leaf_hash(place.salt, entry.id)
    fits = verify_inclusion(
        leaf,
        place.number - 1,
        head.size,
        proof=receipt.path,
        root=bytes.fromhex(head.root),
    )
    if not fits:
        checked.report(
            "J032",
            f"the receipt does not show entry {entry.id[:12]} to be number "
            f'{place.number} of the log "{head.log}"',
        )
        return checked
    checked.entries.append(entry)
    checked.shown.append(
        f"Entry {entry.id[:12]} ({entry.kind}) is number {place.number} of the "
        f'{head.size} in the log "{head.log}", as signed on {day(head.moment)}, and '
        "reads as it did then."
    )
    return checked


def _check_opening(
    opening: Opening,
    where: str,
    since: Path | None,
    trusted: Mapping[str, str] | None,
) -> Checked:
    """Compare an opening with what was sealed, where a receipt or bundle shows that."""
    checked = Checked("opening", where)
    checked.shown.append(
        f"The offer of {opening.party} and its nonce give the commitment "
        f"{opening.commitment}; no other offer does."
    )
    checked.not_shown += NOT_SHOWN["opening"]
    if since is None:
        checked.not_shown.append(
            "Whether that was ever sealed: name its receipt, or a bundle (--since)."
        )
        return checked
    earlier = check_proof(since, trusted=trusted)
    checked.findings += earlier.findings
    checked.not_shown += [each for each in earlier.not_shown if each.startswith(WHOSE)]
    for entry in earlier.entries:
        is_sealed = entry.kind == SEALED
        if is_sealed and entry.payload.get("commitment") == opening.commitment:
            checked.shown += [
                f"It was sealed as entry {entry.id[:12]}.",
                *earlier.shown,
            ]
            break
    else:
        checked.report(
            "J047",
            f"nothing that was sealed in {since.name} is opened by this",
            "name the receipt that came with it; if it is the right one, this is "
            "another offer than was sealed",
        )
    if not checked.is_sound:
        checked.shown.clear()
    return checked


def _check_keys(checked: Checked, trusted: Mapping[str, str] | None) -> None:
    """See who signed, and whether it is somebody trusted."""
    reached = successors(trusted or (), checked.handed_over)
    for log, head in checked.heads.items():
        if not head.is_sound:
            checked.report(
                "J030", f'the signature of the head of the log "{log}" does not fit'
            )
        elif trusted is not None and head.key not in reached:
            checked.report(
                "J030",
                f'the log "{log}" is signed by the key {head.key[:12]}, which is not '
                "among the trusted ones, nor follows one of them",
                "ask its owner for the fingerprint by another way than this file came",
            )
    for key in dict.fromkeys(head.key for head in checked.heads.values()):
        name = (trusted or {}).get(key)
        said = key_words(key, name, is_reached=key in reached)
        (checked.shown if key in reached else checked.not_shown).append(said)


def _check_since(checked: Checked, since: Path) -> None:
    earlier = check_proof(since, keeps=False)
    if not earlier.is_sound:
        for finding in earlier.findings:
            checked.findings.append(finding)
        return
    for log, old in earlier.heads.items():
        new = checked.heads.get(log)
        if new is None or new.origin != old.origin:
            checked.report(
                "J035",
                f'the log "{log}" of the earlier file is not in this one'
                + (", which has another of that name" if new else ""),
                "compare files of the same log; if they should be, ask why they differ",
                severity=Severity.WARNING if new is None else Severity.ERROR,
            )
            continue
        compare_heads(checked, old, new, earlier.leaves.get(log, []))


def compare_heads(
    checked: Checked, old: SignedHead, new: SignedHead, old_leaves: Iterable[bytes] = ()
) -> None:
    """Say whether a log grew from an earlier head; a rewritten one is a finding.

    Args:
        checked: Takes what comes out; its leaves are those of the later head.
        old: The head seen earlier.
        new: The head now.
        old_leaves: Leaves of the earlier head, if they are at hand.
    """
    small, large, leaves = old, new, checked.leaves.get(new.log, [])
    if old.size > new.size:
        small, large, leaves = new, old, list(old_leaves)
    if small.size == large.size:
        is_same: bool | None = small.root == large.root
    elif len(leaves) == large.size:
        is_same = root_of(leaves[: small.size]).hex() == small.root
    else:
        is_same = None
    if is_same is False:
        checked.report(
            "J034",
            f'the log "{new.log}" was rewritten: its first {small.size} entries are '
            f"not those of the head of {day(small.moment)}",
            "one journal showed two histories: ask its keeper, keep both files",
        )
    elif is_same is None:
        checked.report(
            "J035",
            f'whether the log "{new.log}" grew from {small.size} to {large.size} '
            "cannot be seen without a bundle of the larger",
            "compare with a bundle",
            severity=Severity.WARNING,
        )
    else:
        checked.shown.append(grown(old, new))
