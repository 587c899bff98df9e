"""Sealing, opening and adding up in a case."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.desk.test_bundles import CLOCK, Side, told
from vigens.base import InputError, VigensError
from vigens.desk import (
    OpenedOffer,
    SealedOffer,
    export_bundle,
    open_offer,
    release_total,
    seal_offer,
    verify_file,
)
from vigens.journal import Draft, SealError, fsck, open_journal

PARTIES = ("FR", "UA", "GB", "DE", "PL", "EE", "NO")


class Delegation(Side):
    """A case with offers in it."""

    def write(self, party: str, number: int, title: str = "A contribution") -> Path:
        offer = {
            "party": party,
            "title": title,
            "stance": "offer",
            "domains": ["land"],
            "conditions": [],
            "gates": [],
            "quantity": {"number": number, "unit": "personnel"},
        }
        path = self.folder / f"{party}.json"
        path.write_text(json.dumps(offer), "utf-8")
        return path

    def seal(self, party: str, number: int, **options: Any) -> SealedOffer:
        file = self.write(party, number)
        return seal_offer(self.folder, file, CLOCK, by=party, **options)

    def open(self, sealed: SealedOffer) -> OpenedOffer:
        return open_offer(self.folder, sealed.opening, CLOCK, by="FR")


@pytest.fixture
def case(tmp_path: Path) -> Delegation:
    made = Delegation(tmp_path / "fr")
    made.record(Draft("note", {"text": "A beginning."}, "FR"))
    return made


def test_what_is_recorded_shows_nothing_but_the_fact(case: Delegation) -> None:
    small = case.seal("FR", 1)
    file = case.write("FR", 20_000, "A much longer title " * 200)
    large = seal_offer(case.folder, file, CLOCK, by="FR")
    with open_journal(case.journal, CLOCK) as store:
        lines = [len(json.dumps(dict(e.payload))) for e in (small.entry, large.entry)]
        assert store.get(small.entry.id).marks == ("FR",)
    assert lines[0] == lines[1]
    assert set(small.entry.payload) == {"commitment"}
    assert b"20000" not in case.journal.read_bytes()
    assert b"longer title" not in case.journal.read_bytes()
    for path in (small.opening, small.receipt):
        assert path is not None
        assert path.stat().st_mode & 0o777 == 0o600
    assert small.opening.parent.stat().st_mode & 0o777 == 0o700


def test_an_opening_proves_itself_against_its_receipt(case: Delegation) -> None:
    sealed, other = case.seal("FR", 500), case.seal("FR", 600)
    alone = verify_file(sealed.opening, trust=None, since=None)
    assert alone.is_sound
    assert any("ever sealed" in sentence for sentence in alone.not_shown)
    shown = verify_file(sealed.opening, trust=None, since=sealed.receipt)
    assert shown.is_sound
    assert any(sealed.entry.id[:12] in sentence for sentence in shown.shown)
    assert any("Whose key signed" in sentence for sentence in shown.not_shown)
    wrong = verify_file(sealed.opening, trust=None, since=other.receipt)
    assert [finding.code for finding in wrong.findings] == ["J047"]
    assert wrong.shown == []
    text = sealed.opening.read_text("utf-8")
    sealed.opening.write_text(text.replace("500", "900"), "utf-8")
    with pytest.raises(SealError, match="does not fit what was sealed"):
        verify_file(sealed.opening, trust=None, since=sealed.receipt)
    with pytest.raises(SealError, match="does not fit what was sealed"):
        case.open(sealed)


def test_an_offer_is_opened_once_and_fits(case: Delegation) -> None:
    sealed = case.seal("FR", 500, marks=["public"])
    done = case.open(sealed)
    assert done.sealed == sealed.entry
    assert done.entry.marks == ("public",)
    assert fsck(case.journal) == ()
    with pytest.raises(InputError, match="open already"):
        case.open(sealed)
    other = Delegation(case.folder.parent / "ua")
    other.record(Draft("note", {"text": "A beginning."}, "UA"))
    with pytest.raises(InputError, match="nothing was sealed"):
        open_offer(other.folder, sealed.opening, CLOCK, by="UA")


def test_a_false_opening_in_a_journal_is_found(case: Delegation) -> None:
    sealed, other = case.seal("FR", 500), case.seal("UA", 600)
    done = case.open(sealed)
    payload = dict(done.entry.payload)
    case.record(Draft("opened_offer", payload, "FR", about=(other.entry.id,)))
    assert [finding.code for finding in fsck(case.journal)] == ["J047"]


def test_totals_are_released_in_batches_and_checked_once_all_is_open(
    case: Delegation,
) -> None:
    sealed = [case.seal(party, 100 * n) for n, party in enumerate(PARTIES[:5], 1)]

    def release(*chosen: SealedOffer) -> int:
        files = [each.opening for each in chosen]
        return release_total(
            case.folder, files, CLOCK, unit="personnel", by="cell"
        ).number

    with pytest.raises(SealError, match="it takes 5"):
        release(*sealed[:4])
    assert release(*sealed) == 1500
    late = [case.seal(party, 50) for party in PARTIES[5:]]
    with pytest.raises(SealError, match="2 offers"):
        release(*sealed, *late)
    with pytest.raises(SealError, match="released together before"):
        release(*sealed[1:], *late)
    assert release(*sealed) == 1500, "the same again tells nothing new"
    for each in sealed:
        case.open(each)
    assert fsck(case.journal) == ()
    about = tuple(each.entry.id for each in sealed)
    wrong = {"unit": "personnel", "number": 1400, "minimum": 5}
    case.record(Draft("released_total", wrong, "cell", about=about))
    assert [finding.code for finding in fsck(case.journal)] == ["J048"]


def test_a_renewed_offer_takes_the_place_of_the_old_one(case: Delegation) -> None:
    sealed = [case.seal(party, 100) for party in PARTIES[:5]]
    newer = case.seal("FR", 300, replaces=sealed[0].entry.id)
    assert newer.entry.supersedes == sealed[0].entry.id
    files = [each.opening for each in sealed]
    with pytest.raises(InputError, match="replaced by a newer one"):
        release_total(case.folder, files, CLOCK, unit="personnel", by="cell")
    with pytest.raises(SealError, match="not a sealed offer"):
        case.seal("FR", 1, replaces=case.entries()[0].id)


def test_a_sealed_offer_travels_in_its_owners_bundle_alone(case: Delegation) -> None:
    sealed = case.seal("FR", 500)
    case.record(Draft("note", {"text": "For all."}, "FR", marks=("public",)))
    public, own = case.folder / "p.bundle", case.folder / "f.bundle"
    export_bundle(case.folder, CLOCK, public, audience="public")
    export_bundle(case.folder, CLOCK, own, audience="FR")
    assert sealed.entry.id.encode() not in public.read_bytes()
    assert verify_file(sealed.opening, trust=None, since=own).is_sound
    assert told(Side(case.folder.parent / "x").take(own)) == []


def test_a_mark_that_is_no_reader_is_refused(case: Delegation) -> None:
    with pytest.raises(VigensError, match='no reader "XX"'):
        case.seal("FR", 500, marks=["XX"])
    with pytest.raises(VigensError, match='no reader "XX"'):
        case.seal("XX", 500)
    assert not (case.folder / "sealed").exists()


def test_what_is_no_offer_or_no_opening_is_refused(
    case: Delegation, tmp_path: Path
) -> None:
    file = tmp_path / "x.json"
    for content in (b"[]", b"{", b"\xff", b'{"party": "FR"}', b'{"party": 1.5}'):
        file.write_bytes(content)
        with pytest.raises(SealError, match="no offer"):
            seal_offer(case.folder, file, CLOCK, by="FR")
        with pytest.raises(SealError, match="no opening"):
            open_offer(case.folder, file, CLOCK, by="FR")
    with pytest.raises(VigensError, match="no such file"):
        seal_offer(case.folder, tmp_path / "none", CLOCK, by="FR")
    assert not (case.folder / "sealed").exists()


def test_a_text_journal_seals_without_a_receipt(tmp_path: Path) -> None:
    case = Delegation(tmp_path / "text")
    (case.folder / "journal.jsonl").touch()
    sealed = case.seal("FR", 500)
    assert sealed.receipt is None
    assert case.open(sealed).sealed == sealed.entry
