"""Taking a bundle in: what is new, and where the two sides do not fit each other.

Nothing is settled here. Both sides stay, and a person reads the report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from vigens.base import Finding, Severity, has_errors
from vigens.journal.adopt import links
from vigens.journal.asof import View, entry_span, visible
from vigens.journal.bundle.checked import Checked
from vigens.journal.bundle.conflicts import (
    Sides,
    coverage_conflicts,
    document_conflicts,
    grade_conflicts,
    text_conflicts,
)
from vigens.journal.bundle.verifying import compare_heads
from vigens.journal.entry import Draft, Entry
from vigens.journal.errors import ProofError
from vigens.journal.eyes import EVERYTHING
from vigens.journal.proof import (
    SignedHead,
    head_from_json,
    head_to_json,
    root_of,
)
from vigens.journal.shape import shape_faults
from vigens.journal.values import thaw

#: Kind of the entries that keep the signed heads of other journals.
WITNESS = "witness"


@dataclass(frozen=True, slots=True)
class Here:
    """The journal that a bundle comes to.

    Attributes:
        entries: All of them, in order.
        redacted: Id of what was redacted, to the id of the fact.
        leaves: Leaves of each log; empty for a journal without logs.
        zone: IANA name whose civil days count.
    """

    entries: Sequence[Entry]
    redacted: Mapping[str, str] = field(default_factory=dict)
    leaves: Mapping[str, Sequence[bytes]] = field(default_factory=dict)
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Merge:
    """What taking a bundle in would come to.

    Attributes:
        new: Entries that are not here, in the order of the bundle.
        n_present: How many are here already.
        missing: Ids that new entries point at and nobody has.
        heads: Heads of the other journal that were not witnessed yet.
        is_fork: Whether a log was rewritten since it was seen before.
        is_unfit: Whether a new entry lacks the shape of its kind.
        findings: Where the two sides do not fit.
    """

    new: tuple[Entry, ...]
    n_present: int
    missing: frozenset[str]
    heads: tuple[SignedHead, ...]
    is_fork: bool
    is_unfit: bool
    findings: tuple[Finding, ...]

    def witnesses(self, recorded_by: str) -> tuple[Draft, ...]:
        """Draft the entries that keep the heads, so that a fork shows later."""
        return tuple(
            Draft(WITNESS, head_to_json(head), recorded_by) for head in self.heads
        )


def plan_merge(checked: Checked, here: Here) -> Merge:
    """Compare a bundle with the journal that it comes to; nothing is written.

    Args:
        checked: A sound bundle.
        here: The journal.
    """
    trail = Checked(checked.what, checked.where)
    heads = _witnessed(checked, here, trail)
    known = {entry.id for entry in here.entries}
    new = tuple(
        entry
        for entry in checked.entries
        if entry.id not in known and entry.id not in here.redacted
    )
    held = known | {entry.id for entry in new} | set(here.redacted)
    missing = frozenset(
        target for entry in new for _, target in links(entry) if target not in held
    )
    unfit = tuple(_unfit(new, checked.where))
    findings = [
        *trail.findings,
        *unfit,
        *_redactions(checked, here),
        *_missing_findings(new, missing, checked.where),
        *_conflicts(new, checked, here),
    ]
    return Merge(
        new,
        len(checked.entries) - len(new),
        missing,
        heads,
        is_fork=has_errors(trail.findings),
        is_unfit=bool(unfit),
        findings=tuple(findings),
    )


def _witnessed(checked: Checked, here: Here, trail: Checked) -> tuple[SignedHead, ...]:
    """Compare the heads with those seen before; give those that are new."""
    trail.leaves = checked.leaves
    seen = tuple(_seen(here.entries))
    fresh: list[SignedHead] = []
    for log, head in checked.heads.items():
        own = here.leaves.get(log, ())
        if own and own[0].hex() == head.origin:
            _compare_own(head, own, checked.leaves.get(log, ()), trail)
            continue
        before = [old for old in seen if (old.log, old.origin) == (log, head.origin)]
        if any((old.size, old.root) == (head.size, head.root) for old in before):
            continue  # it was compared when it was seen first
        for old in before:
            compare_heads(trail, old, head)
        fresh.append(head)
    return tuple(fresh)


def _seen(entries: Sequence[Entry]) -> Iterator[SignedHead]:
    """Give the heads that were witnessed here, each with a signature that fits it.

    A witness may come from anywhere: its signature alone makes it one.
    """
    for entry in entries:
        if entry.kind == WITNESS:
            with suppress(ProofError):
                head = head_from_json(thaw(entry.payload), entry.id)
                if head.is_sound:
                    yield head


def _compare_own(
    head: SignedHead, own: Sequence[bytes], theirs: Sequence[bytes], trail: Checked
) -> None:
    """See whether a copy of this very journal went its own way."""
    if theirs:
        common = min(len(own), len(theirs))
        is_one = list(own[:common]) == list(theirs[:common])
    else:
        is_one = head.size > len(own) or root_of(own[: head.size]).hex() == head.root
    if not is_one:
        trail.report(
            "J034",
            f'the log "{head.log}" is one of this journal, and both went on by '
            "themselves: it was copied, or restored from an old backup, and written to",
            "find out which one is meant to go on; take in the other with --despite-fork",
        )


def _redactions(checked: Checked, here: Here) -> Iterable[Finding]:
    known = {entry.id: entry for entry in here.entries}
    facts = {entry.id: entry for entry in checked.entries}
    for gone in checked.redacted:
        for target in facts[gone.fact].about:
            if target in known and target not in here.redacted:
                yield _finding(
                    "J042",
                    f"entry {target[:12]} was redacted there ({gone.fact[:12]}) and is "
                    "whole here",
                    "read the reason; `vigens redact CASE --resume "
                    f"{gone.fact[:12]}` carries it out here",
                    known[target],
                )
    for entry in checked.entries:
        if entry.id in here.redacted:
            yield _finding(
                "J042",
                f"entry {entry.id[:12]} was redacted here "
                f"({here.redacted[entry.id][:12]}) and is whole there; it is not taken "
                "back",
                "tell its keeper of the redaction",
                entry,
            )


def _unfit(new: Sequence[Entry], where: str) -> Iterable[Finding]:
    for entry in new:
        for fault in shape_faults(entry):
            yield _finding(
                fault.code,
                f"the bundle brings a {entry.kind} that is none: {fault.words}",
                "ask for it again once it is mended there; nothing was taken in",
                entry,
                severity=Severity.ERROR,
                source=where,
            )


def _missing_findings(
    new: Sequence[Entry], missing: frozenset[str], where: str
) -> Iterable[Finding]:
    pointing: dict[str, list[Entry]] = {}
    for entry in new:
        for _, target in links(entry):
            if target in missing:
                pointing.setdefault(target, []).append(entry)
    for target, entries in pointing.items():
        more = f" and {len(entries) - 1} more point" if entries[1:] else " points"
        yield _finding(
            "J046",
            f"{entries[0].kind} {entries[0].id[:12]}{more} at {target[:12]}, which "
            "is neither here nor in the bundle",
            "it may be for other eyes; ask for a bundle that holds it, or go without",
            entries[0],
            severity=Severity.NOTE,
            source=where,
        )


def _conflicts(new: Sequence[Entry], checked: Checked, here: Here) -> Iterable[Finding]:
    if not new:
        return
    before = _view(here.entries, here.zone)
    after = _view((*here.entries, *new), here.zone)
    by_id = {entry.id: entry for entry in (*here.entries, *new)}
    for identifier, rivals in after.rivals.items():
        if before.rivals.get(identifier) != rivals:
            names = ", ".join(name[:12] for name in rivals)
            yield _finding(
                "J012",
                f"{len(rivals)} corrections of one {by_id[identifier].kind} do not know "
                f"of each other: {names}",
                "record one entry that rectifies the one and supersedes the other",
                by_id[identifier],
            )
    there = {entry.id for entry in checked.entries}
    sides = Sides(
        after,
        {entry.id for entry in new},
        there,
        {e.id for e in here.entries},
        here.zone,
    )
    for check in (
        text_conflicts,
        document_conflicts,
        grade_conflicts,
        coverage_conflicts,
    ):
        for code, message, mend, entry in check(sides):
            yield _finding(code, message, mend, entry)


def _view(entries: Sequence[Entry], zone: str) -> View:
    return visible(
        entries, known_at=None, recorded_at=None, clearance=EVERYTHING, zone=zone
    )


def _finding(
    code: str,
    message: str,
    mend: str,
    entry: Entry,
    *,
    severity: Severity = Severity.WARNING,
    source: str = "journal",
) -> Finding:
    return Finding(code, severity, message, (entry_span(source, 1, entry),), mend)
