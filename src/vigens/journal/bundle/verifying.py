"""Checking a bundle, a receipt or a head: offline, without the journal it is from.

What comes out are findings, and two lists in plain words: what was shown, and what
was not. Nothing is believed of a file but what a hash or a signature bears out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from vigens.base import Finding, Severity, Span, has_errors
from vigens.journal.bundle.parts import (
    BundleError,
    Carried,
    Document,
    End,
    Leaves,
    Opening,
    Part,
    Receipt,
    Redacted,
)
from vigens.journal.bundle.reading import HeadFile, read_proof
from vigens.journal.bundle.words import NOT_SHOWN, day, grown, key_words, whole
from vigens.journal.entry import Entry
from vigens.journal.proof import (
    ALL_ENTRIES,
    SignedHead,
    Succession,
    leaf_hash,
    root_of,
    successors,
    verify_inclusion,
)

_AGAIN = "ask for the file again, and where it comes from, how this could be"
#: Findings of one kind are told up to here, and then counted.
_MOST_TOLD = 20


@dataclass(slots=True)
class Checked:
    """What came of checking a file.

    Attributes:
        what: `bundle`, `receipt` or `head`.
        where: The file.
        reader: For whose eyes a bundle was made.
        heads: The signed heads, by log.
        leaves: All leaves of each log; empty unless a bundle.
        handed_over: Which key followed which.
        entries: The entries that fit, in order; places with them.
        redacted: Facts of redaction with the numbers they empty.
        documents: Documents that fit.
        shown: What was shown, in sentences.
        not_shown: What was not, in sentences.
        findings: What does not fit.
    """

    what: str
    where: str
    reader: str = ""
    heads: dict[str, SignedHead] = field(default_factory=dict)
    leaves: dict[str, list[bytes]] = field(default_factory=dict)
    handed_over: tuple[Succession, ...] = ()
    entries: list[Entry] = field(default_factory=list)
    redacted: list[Redacted] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    not_shown: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    n_told: dict[str, int] = field(default_factory=dict)

    @property
    def is_sound(self) -> bool:
        """Say whether nothing was found that is wrong."""
        return not has_errors(self.findings)

    def report(
        self,
        code: str,
        message: str,
        mend: str = _AGAIN,
        *,
        line: int = 1,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Add a finding; many of one code are cut short."""
        told = self.n_told[code] = self.n_told.get(code, 0) + 1
        if told <= _MOST_TOLD:
            span = Span(self.where, line, 1, 1, "")
            self.findings.append(Finding(code, severity, message, (span,), mend))


def check_proof(
    path: Path,
    *,
    trusted: Mapping[str, str] | None = None,
    since: Path | None = None,
) -> Checked:
    """Check a bundle, a receipt or a head.

    Args:
        path: The file.
        trusted: Fingerprints of keys that count, with their names; none leaves open
            whose key it is.
        since: An earlier bundle, receipt or head of the same logs.

    Raises:
        BundleError: The file is none of these, or cannot be read to its end.
        JournalFileError: There is no such file.
    """
    read = read_proof(path)
    if isinstance(read, HeadFile):
        checked = Checked("head", str(path), handed_over=read.handed_over)
        checked.heads[read.head.log] = read.head
    elif isinstance(read, Receipt):
        checked = _check_receipt(read, str(path))
    else:
        checked = _Bundle(str(path)).check(read)
    _check_keys(checked, trusted)
    if since is not None:
        _check_since(checked, since)
    for code, told in checked.n_told.items():
        if told > _MOST_TOLD:
            more = f"and {told - _MOST_TOLD} more of this kind"
            span = Span(checked.where, 1, 1, 1, "")
            finding = Finding(code, Severity.ERROR, more, (span,), _AGAIN)
            checked.findings.append(finding)
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


class _Bundle:
    """Checks the parts of a bundle as they come, and keeps what fits."""

    def __init__(self, where: str) -> None:
        self.checked = Checked("bundle", where)
        self.filled: dict[str, bytearray] = {}
        self.ids: set[str] = set()
        self.facts: dict[str, str] = {}  # to who recorded it
        self.seconded: set[tuple[str, str]] = set()
        self.told_of: set[tuple[str, str]] = set()
        self.stage = 0
        self.line = 0
        self.end: End | None = None

    def check(self, parts: Iterator[Part]) -> Checked:
        for part in parts:
            self.line += 1
            self._in_order(part)
            match part:
                case Opening():
                    self._open(part)
                case Leaves():
                    self._add_leaves(part)
                case Carried():
                    self._add_entry(part)
                case Redacted():
                    self._add_redacted(part)
                case Document():
                    self._add_document(part)
                case End():
                    self.end = part
        self._finish()
        return self.checked

    def _in_order(self, part: Part) -> None:
        order = (Opening, Leaves, Carried, Redacted, Document, End)
        stage = order.index(type(part))
        again = type(part) in (Opening, End) and self.line > 1 and stage == self.stage
        if stage < self.stage or again:
            raise BundleError.line(
                "this line stands in the wrong place",
                f"{self.checked.where}:{self.line}",
            )
        if self.stage <= 1 < stage:
            self._close_leaves()
        self.stage = stage

    def _open(self, opening: Opening) -> None:
        checked = self.checked
        checked.reader, checked.handed_over = opening.reader, opening.handed_over
        for head in opening.heads:
            if head.log in checked.heads:
                self._report("J031", f'the log "{head.log}" has two heads')
            checked.heads[head.log] = head
            checked.leaves[head.log] = []

    def _add_leaves(self, part: Leaves) -> None:
        leaves = self.checked.leaves.get(part.log)
        if leaves is None or part.start != len(leaves):
            raise BundleError.line(
                f'these are not the next leaves of the log "{part.log:.60}"',
                f"{self.checked.where}:{self.line}",
            )
        leaves += part.hashes

    def _close_leaves(self) -> None:
        for log, leaves in self.checked.leaves.items():
            head = self.checked.heads[log]
            fits = (
                len(leaves) == head.size
                and leaves[0].hex() == head.origin
                and root_of(leaves).hex() == head.root
            )
            if not fits:
                self._report(
                    "J031",
                    f'the {len(leaves)} leaves of the log "{log}" do not give what '
                    "was signed",
                )
            self.filled[log] = bytearray(len(leaves))

    def _add_entry(self, part: Carried) -> None:
        entry = part.entry
        wrong = self._misplaced(part)
        if entry.id in self.ids:
            wrong = "stands here a second time"
        if wrong:
            self._report("J032", f"the entry {entry.id[:12]} {wrong}")
            return
        self.ids.add(entry.id)
        self.checked.entries.append(entry)
        if entry.kind == "redaction":
            self.facts[entry.id] = entry.recorded_by
        if entry.kind == "confirmation":
            self.seconded |= {(target, entry.recorded_by) for target in entry.about}
        if entry.kind == "document":
            sha, name = entry.payload.get("sha256"), entry.payload.get("name")
            self.told_of.add((str(sha), str(name)))

    def _misplaced(self, part: Carried) -> str:
        """Say what is wrong with an entry's places, or nothing."""
        entry, leaves = part.entry, self.checked.leaves
        due = {log for log in leaves if log == ALL_ENTRIES or log in entry.marks}
        if set(part.places) != due or not due:
            return "does not lie in the logs whose marks it bears"
        for log, place in part.places.items():
            at = place.number - 1
            if not 0 <= at < len(leaves[log]):
                return f'has no place in the log "{log}"'
            if leaf_hash(place.salt, entry.id) != leaves[log][at]:
                return f'is not what lies at number {place.number} of the log "{log}"'
            if self.filled[log][at]:
                return f'has the place of another one in the log "{log}"'
        for log, place in part.places.items():
            self.filled[log][place.number - 1] = 1
        return ""

    def _add_redacted(self, part: Redacted) -> None:
        for log, number in part.numbers.items():
            filled = self.filled.get(log)
            if filled is None or not 0 < number <= len(filled) or filled[number - 1]:
                self._report(
                    "J032", f'number {number} of the log "{log:.60}" is not empty'
                )
                return
        first = self.facts.get(part.fact)
        seconds = {by for target, by in self.seconded if target == part.fact} - {first}
        if first is None or not seconds:
            self._report(
                "J033",
                f"a redaction is claimed by {part.fact[:12]}, which is no fact of "
                "redaction in this bundle that a second person confirmed",
            )
            return
        for log, number in part.numbers.items():
            self.filled[log][number - 1] = 2
        self.checked.redacted.append(part)

    def _add_document(self, part: Document) -> None:
        fits = sha256(part.content).hexdigest() == part.sha256
        if not fits or (part.sha256, part.name) not in self.told_of:
            told = "no entry here tells of it" if fits else "it does not fit its hash"
            self._report("J036", f'the document "{part.name}" is left out: {told}')
            return
        self.checked.documents.append(part)

    def _finish(self) -> None:
        checked = self.checked
        if self.stage <= 1:
            self._close_leaves()
        for log, filled in self.filled.items():
            n_empty = filled.count(0)
            if n_empty:
                first = filled.index(0) + 1
                self._report(
                    "J033",
                    f'{n_empty} of the log "{log}" are missing, the first is number '
                    f"{first}, and no redaction says why",
                )
            else:
                n_gone = filled.count(2)
                checked.shown.append(whole(checked.heads[log], n_gone))
        found = End(len(self.ids), len(checked.redacted), len(checked.documents))
        if self.end != found:
            self._report("J037", "the end of the bundle does not fit what is in it")
        if checked.documents:
            checked.shown.append(
                f"{len(checked.documents)} documents are those that the entries tell "
                "of, byte for byte."
            )

    def _report(self, code: str, message: str) -> None:
        self.checked.report(code, message, line=max(self.line, 1))


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
    earlier = check_proof(since)
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
