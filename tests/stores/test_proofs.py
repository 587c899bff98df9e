"""Bundles, receipts and the whole-journal check, alike on every store with logs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.proofs.bundle_checker import check_bundle, check_receipt
from tests.stores.test_bytes import lay
from vigens.base import Severity
from vigens.journal import (
    Here,
    NoLogError,
    bundle_lines,
    check_proof,
    fsck,
    logs_for,
    open_journal,
    open_keyring,
    plan_merge,
    receipt_line,
    receipt_of,
    sign_logs,
)

MOMENT = "2026-03-09T10:00:00.000000Z"


def test_what_a_journal_hands_out_is_checked_and_taken_in_elsewhere(
    place: Path | str, tmp_path: Path, clock: Any
) -> None:
    lay(place, clock, tmp_path)
    signer = open_keyring(tmp_path / "k.key").signer
    with open_journal(place, clock) as store:
        if str(place).endswith(".jsonl"):
            with pytest.raises(NoLogError):
                sign_logs(store, ["public"], signer, MOMENT)
            return
        logs = logs_for(store, ("public", "UA"))
        assert logs == ("UA", "public")
        states = sign_logs(store, logs, signer, MOMENT)
        path = tmp_path / "a.bundle"
        lines = bundle_lines(store, states, reader="UA", made=MOMENT)
        path.write_bytes(b"".join(lines))
        shown = [
            entry
            for entry in store.entries()
            if {"public", "UA"} & set(entry.marks) and not entry.is_stub
        ]
        receipt = tmp_path / "receipt"
        receipt.write_bytes(receipt_line(receipt_of(store, shown[-1], states[1])))
    checked = check_proof(path)
    assert checked.is_sound, checked.findings
    assert checked.entries == shown
    assert list(check_bundle(path)) == list(logs)
    assert check_receipt(receipt) == shown[-1].id
    assert not [each for each in fsck(place) if each.severity != Severity.NOTE]
    merge = plan_merge(checked, Here(()))
    with open_journal(tmp_path / "other.db", clock, create=True) as other:
        other.adopt(merge.new, "a bundle", missing=merge.missing)
        other.append(merge.witnesses("courier"))
        again = plan_merge(checked, Here(other.entries(), other.redacted()))
    assert (again.new, again.heads) == ((), ())
    assert not [
        each for each in fsck(tmp_path / "other.db") if each.severity != Severity.NOTE
    ]


def test_a_signed_head_is_kept_and_is_of_the_log(
    place: Path | str, tmp_path: Path, clock: Any
) -> None:
    lay(place, clock, tmp_path)
    if str(place).endswith(".jsonl"):
        return
    with open_journal(place, clock) as store:
        head = store.head("public")
        signed = store.signed("public")[-1]
        assert (signed.size, signed.root) == (head.size, head.root.hex())
        assert signed.is_sound
        assert store.leaves("public")[0].hex() == signed.origin
