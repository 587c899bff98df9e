"""Keys, heads and receipts of a case, and what it lets in."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.desk.test_bundles import CLOCK, Side, note
from vigens.base import VigensError
from vigens.desk import (
    export_bundle,
    make_head,
    make_receipt,
    read_key,
    verify_file,
)
from vigens.journal import SigningKeyError, fsck


@pytest.fixture
def sides(tmp_path: Path) -> tuple[Side, Side]:
    return Side(tmp_path / "here"), Side(tmp_path / "there")


def test_only_trusted_keys_are_let_in(sides: tuple[Side, Side], tmp_path: Path) -> None:
    here, there = sides
    there.record(note("one", "public"))
    trust = tmp_path / "trusted"
    trust.write_text(f"{'0' * 64} somebody\n", "utf-8")
    assert here.take(there.bundle(), trust=trust).is_refused
    old = read_key(there.folder, CLOCK)
    trust.write_text(f"{old.fingerprint} them\n", "utf-8")
    assert not here.take(there.bundle(), trust=trust).is_refused
    new = read_key(there.folder, CLOCK, is_rotated=True)
    assert new.earlier == (old.fingerprint,)
    assert not here.take(there.bundle(), trust=trust).is_refused
    read_key(there.folder, CLOCK, is_lost=True)
    assert here.take(there.bundle(), trust=trust).is_refused


def test_another_key_in_the_place_of_the_journals_is_told(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    here.record(note("one", "public"))
    there.record(note("one", "public"))
    here.bundle()
    shutil.copy(read_key(there.folder, CLOCK).path, read_key(here.folder, CLOCK).path)
    with pytest.raises(SigningKeyError, match="not the key that signed"):
        here.bundle()


def test_a_text_journal_has_no_logs_and_takes_bundles_in(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    (entry,) = there.record(note("one", "public"))
    place = here.folder / "journal.jsonl"
    place.touch()
    assert here.take(there.bundle()).n_new == 1
    assert fsck(place) == ()
    for make in (
        lambda: export_bundle(here.folder, CLOCK, here.folder / "b", audience="all"),
        lambda: make_head(here.folder, CLOCK, "public"),
        lambda: make_receipt(here.folder, CLOCK, entry.id, None),
    ):
        refused(make)


def refused(make: Callable[[], object]) -> None:
    with pytest.raises(VigensError) as caught:
        make()
    assert "database" in f"{caught.value.what} {caught.value.mend}"


def test_a_receipt_and_a_head_are_made_of_a_case(
    sides: tuple[Side, Side], tmp_path: Path
) -> None:
    here, _ = sides
    (entry, _) = here.record(note("one", "UA", "public"), note("two"))
    for log, name in ((None, "public"), ("all", "all"), ("UA", "UA")):
        receipt, line = make_receipt(here.folder, CLOCK, entry.id[:10], log)
        assert receipt.head.log == name
        file = tmp_path / f"{name}.receipt"
        file.write_bytes(line)
        assert verify_file(file, trust=None, since=None).is_sound
    head, line = make_head(here.journal, CLOCK, "all")
    assert head.size == 2
    with pytest.raises(VigensError, match='no log "DE"'):
        make_head(here.folder, CLOCK, "DE")
    with pytest.raises(VigensError, match='no log "DE"'):
        make_receipt(here.folder, CLOCK, entry.id, "DE")
