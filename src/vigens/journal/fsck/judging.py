"""Entries that can be read, judged as a whole: links, shapes, order, rivals."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

from vigens.base import Severity, nearest
from vigens.journal.adopt import links
from vigens.journal.asof import visible
from vigens.journal.entry import Entry
from vigens.journal.errors import SealError
from vigens.journal.eyes import EVERYTHING
from vigens.journal.fsck.check import Check
from vigens.journal.kinds import KINDS
from vigens.journal.redaction import REDACTION, read_redactions
from vigens.journal.sealing import (
    OPENED,
    SEALED,
    TOTAL,
    Opening,
    amount_of,
    opening_from_payload,
)
from vigens.journal.shape import is_known_too_late, link_faults, shape_faults
from vigens.journal.stubs import stub_entry

_STUB = {"kind", "recorded_at", "marks", "about"}
_SUPERSEDE = "record an entry that supersedes this one"


def judge(check: Check) -> None:
    """Look at the entries that were read as a whole."""
    lacking = {
        target
        for entry in check.entries.values()
        if entry.kind == "batch"
        for target in entry.payload.get("missing") or ()
    }
    for entry in check.entries.values():
        _check_entry(entry, check, lacking)
    _check_openings(check)
    _check_order(check)
    _check_rivals(check)
    _check_redactions(check)


def _check_entry(entry: Entry, check: Check, lacking: set[object]) -> None:
    for name, target in links(entry):
        if target in check.entries or target in check.redacted:
            continue
        message = f'"{name}" points at {target[:12]}, which is not in the journal'
        if target in lacking:
            check.about_entry(
                "J004",
                entry,
                f"{message}, as the import that brought it says",
                "it may be for other eyes; ask for a bundle that holds it",
                severity=Severity.NOTE,
            )
        else:
            check.about_entry(
                "J004", entry, message, "import the journal that holds it"
            )
    if entry.kind not in KINDS and not entry.is_stub:
        near = nearest(entry.kind, KINDS)
        check.about_entry(
            "J007",
            entry,
            f'this version does not know the kind "{entry.kind}"; it is kept',
            (
                f'if "{near}" was meant, {_SUPERSEDE}'
                if near
                else "use a newer version to read it"
            ),
            severity=Severity.NOTE,
        )
    for fault in shape_faults(entry):
        check.about_entry(fault.code, entry, fault.words, _SUPERSEDE)

    def kind_of(identifier: str) -> str:
        found = check.entries.get(identifier)
        return found.kind if found else ""

    for name, wanted in link_faults(entry, kind_of):
        check.about_entry("J008", entry, f'"{name}" is not {wanted}', _SUPERSEDE)
    if is_known_too_late(entry.known_from, entry.recorded_at):
        message = f"known from {entry.known_from}, after it was recorded"
        check.about_entry("J013", entry, message, _SUPERSEDE)


def _check_openings(check: Check) -> None:
    """See that what was opened is what was sealed, and totals are sums of it."""
    opened: dict[str, Opening] = {}
    for entry in check.entries.values():
        if entry.kind != OPENED or shape_faults(entry):
            continue
        nonce = bytes.fromhex(str(entry.payload["nonce"]))
        opening = opening_from_payload(nonce, entry.payload["offer"], check.where)
        for target in entry.about:
            sealed = check.entries.get(target)
            if sealed is None or sealed.kind != SEALED:
                continue
            if sealed.payload.get("commitment") == opening.commitment:
                opened[target] = opening
            else:
                check.about_entry(
                    "J047",
                    entry,
                    f"this opens another offer than was sealed as {target[:12]}",
                    "believe the seal: ask its owner for the opening that fits",
                )
    for entry in check.entries.values():
        if (
            entry.kind != TOTAL
            or shape_faults(entry)
            or not opened.keys() >= set(entry.about)
        ):
            continue
        unit, number = str(entry.payload["unit"]), entry.payload["number"]
        found = _sum(opened, entry, unit)
        if found not in (None, number):
            check.about_entry(
                "J048",
                entry,
                f"this total is {number} {unit}; the offers, all open now, come to "
                f"{found}",
                _SUPERSEDE,
            )


def _sum(opened: Mapping[str, Opening], entry: Entry, unit: str) -> int | None:
    """Add up opened offers; none where one of them gives no exact number."""
    with suppress(SealError):
        return sum(amount_of(opened[target], unit) for target in entry.about)
    return None


def _check_order(check: Check) -> None:
    """Recording never goes back, but for what an import lists in its batch."""
    imported = {
        target
        for entry in check.entries.values()
        if entry.kind == "batch"
        for target in entry.about
    }
    last: Entry | None = None
    for entry in check.entries.values():
        if entry.id in imported:
            continue
        if last is not None and _moment(entry) < _moment(last):
            check.about_entry(
                "J005",
                entry,
                f"recorded at {entry.recorded_at}, before the entry above it "
                f"({last.recorded_at}), and no import lists it",
                "lines were moved or taken from elsewhere: import them instead",
                severity=Severity.WARNING,
            )
        last = entry


def _moment(entry: Entry) -> datetime:
    return datetime.fromisoformat(entry.recorded_at)


def _check_rivals(check: Check) -> None:
    entries = tuple(check.entries.values())
    view = visible(
        entries, known_at=None, recorded_at=None, clearance=EVERYTHING, zone="UTC"
    )
    for identifier, rivals in view.rivals.items():
        names = ", ".join(name[:12] for name in rivals)
        check.about_entry(
            "J012",
            check.entries[identifier],
            f"{len(rivals)} corrections do not know of each other: {names}",
            "record one entry that rectifies the one and supersedes the other",
            severity=Severity.WARNING,
        )


def _check_redactions(check: Check) -> None:
    """Find what two persons want destroyed and is there, and what is gone without."""
    redactions = read_redactions(check.entries.values())
    explained = {each.target.id for each in redactions if each.second is not None}
    for each in redactions:
        if each.second is not None and not each.is_done:
            check.about_entry(
                "J014",
                each.target,
                f"{each.persons} want this {each.target.kind} redacted, and it is here",
                f"`vigens redact CASE --resume {each.fact.id[:12]}` carries it out",
            )
    for entry in check.entries.values():
        if not entry.is_stub:
            continue
        if entry.id not in explained:
            check.about_entry(
                "J015",
                entry,
                "this entry is redacted, and no two persons say why",
                "restore the journal from another copy",
            )
        elif not _is_told(entry, check):
            check.about_entry(
                "J015",
                entry,
                "what stands for this redacted entry is not what its redaction says",
                "restore the journal from another copy",
            )


def _is_told(stub: Entry, check: Check) -> bool:
    """Say whether the fact that a stub names says just this of the entry."""
    fact = check.entries.get(str(stub.payload["fact"]))
    if fact is None or fact.kind != REDACTION or stub.id not in fact.about:
        return False
    told = fact.payload.get("stub")
    if not isinstance(told, Mapping) or not told.keys() >= _STUB:
        return False
    return stub_entry(stub.id, told, fact.id) == stub
