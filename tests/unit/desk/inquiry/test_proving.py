"""Proofs for a reader: of the logs that this reader may see, and of nothing else."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.unit.desk.smallcase import NOW, PAGE, SETTINGS, Writer
from vigens.base import InputError
from vigens.desk import Looking, Session, make_head, make_lens, open_case, verify_file
from vigens.desk.inquiry import EntryProof, prove_entry, read_proofs
from vigens.journal import Draft, open_journal
from vigens.journal.proof import verify_inclusion


def clock() -> datetime:
    return NOW


def later() -> datetime:
    return datetime(2026, 4, 1, 12, tzinfo=UTC)


def note(text: str, *marks: str) -> Draft:
    return Draft("note", {"text": text}, "curator", marks=marks)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    case = tmp_path / "case"
    (case / "agreements").mkdir(parents=True)
    (case / "agreements" / "pact.md").write_text(PAGE, "utf-8")
    (case / "case.toml").write_text(SETTINGS, "utf-8")
    with open_journal(case / "journal.db", clock, create=True) as store:
        notes = [note(f"note {number}", "public") for number in range(5)]
        store.append([*notes, note("for France", "FR"), note("for nobody")])
    return case


def session(folder: Path, reader: str = "public") -> Session:
    case = open_case(folder, later)
    now = int(later().timestamp())
    return Session(case, make_lens(case, Looking(now, reader=reader)))


def test_a_reader_sees_the_logs_of_his_marks_alone(folder: Path) -> None:
    logs = {
        reader: [
            (one.log, one.size)
            for one in read_proofs(session(folder, reader), clock).logs
        ]
        for reader in ("public", "FR", "all")
    }
    assert logs["public"] == [("public", 5)]
    assert logs["FR"] == [("FR", 1), ("public", 5)]
    assert logs["all"] == [("all", 7)]


def test_a_signed_head_is_kept_to_while_the_log_only_grows(folder: Path) -> None:
    make_head(folder, clock, "public")
    with open_journal(folder / "journal.db", later) as store:
        store.append([note("one more", "public")])
    (log,) = read_proofs(session(folder), later).logs
    (head,) = log.heads
    assert (log.size, head.size, head.is_kept_to) == (6, 5, True)
    assert head.path
    assert log.root != head.root


def test_a_path_leads_from_the_entry_to_the_root(folder: Path) -> None:
    seen = session(folder)
    entry = seen.assembled.view.entries[2]
    proof = prove_entry(seen, clock, entry.id[:12])
    assert isinstance(proof, EntryProof)
    assert (proof.log, proof.number, proof.size, proof.receipt) == (
        "public",
        3,
        5,
        None,
    )
    assert verify_inclusion(
        bytes.fromhex(proof.leaf),
        proof.number - 1,
        proof.size,
        proof=[bytes.fromhex(each) for each in proof.path],
        root=bytes.fromhex(proof.root),
    )


def test_a_receipt_is_of_a_head_that_covers_the_entry(
    folder: Path, tmp_path: Path
) -> None:
    make_head(folder, clock, "public")
    with open_journal(folder / "journal.db", later) as store:
        (new,) = store.append([note("one more", "public")])
    seen = session(folder)
    late = prove_entry(seen, later, new.id)
    assert isinstance(late, EntryProof)
    assert (late.signed, late.receipt) == ("", None)
    early = prove_entry(seen, later, seen.assembled.view.entries[0].id)
    assert isinstance(early, EntryProof)
    assert early.receipt is not None
    assert json.loads(early.receipt)["vigens"] == "receipt"
    file = tmp_path / "receipt.json"
    file.write_bytes(early.receipt)
    assert not verify_file(file, trust=None, since=None).findings


def test_what_a_reader_may_not_see_is_not_proven_to_him(folder: Path) -> None:
    hidden = session(folder, "all").assembled.view.shown[-1]
    with pytest.raises(InputError, match="no single entry"):
        prove_entry(session(folder), clock, hidden.id)
    whole = prove_entry(session(folder, "all"), clock, hidden.id)
    assert isinstance(whole, EntryProof)
    assert whole.log == "all"


def test_a_journal_as_text_says_that_it_has_no_logs(tmp_path: Path) -> None:
    writer = Writer(tmp_path / "text")
    name = writer.event("floods", "2026-01-10")
    for reader in ("public", "all"):
        seen = writer.session("2026-03-31", reader=reader)
        assert "kept as text" in read_proofs(seen, clock).note
        assert "kept as text" in str(prove_entry(seen, clock, name))
