"""An image beside a journal: made again whenever it is not surely of that journal."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from vigens.journal import (
    PUBLIC_ONLY,
    Draft,
    EntryError,
    Ledger,
    Source,
    open_journal,
    redaction_draft,
)
from vigens.journal.bulk.quick import quick_bytes
from vigens.journal.image import Image, image_path, read_image
from vigens.journal.image.growing import empty_image
from vigens.journal.image.keeping import _to_arrays
from vigens.journal.image.together import make_image

Note = Callable[..., Draft]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


@pytest.fixture
def journal(place: Path, clock: Any, occurrence: Note, claim: Note) -> Iterator[Ledger]:
    with open_journal(place, clock, create=True) as store:
        assert isinstance(store, Ledger)
        store.append(
            [
                occurrence(handle="m", happened="2026-01-05", marks=("public",)),
                claim("@m", voice="UA"),
                occurrence(handle="odd", happened="2026-01-06"),
                claim("@m", "@odd"),
                occurrence(handle="own", happened="2026-01-07"),
            ]
        )
        (said,) = store.append(
            [Draft("claim", CLAIM, "c", about=(store.entries()[4].id,), sources=(WEB,))]
        )
        store.append([Draft("grade", GRADE, "c", about=(said.id,))])
        yield store


CLAIM = {"polarity": "neg", "statement": "s", "actors": []}
GRADE = {"reliability": "B", "credibility": 2}
WEB = Source("https://example.org")


def same(one: Image, other: Image) -> bool:
    """Compare all but what later entries must know, whose order may be another."""
    growth = empty_image("UTC").growth
    left = _to_arrays(replace(one, growth=growth), [])
    right = _to_arrays(replace(other, growth=growth), [])
    return all(np.array_equal(left[name], right[name]) for name in left)


def test_what_is_plain_is_told_from_the_rest(journal: Ledger) -> None:
    image = read_image(journal)
    assert image.size == 7
    assert image.rest.tolist() == [1, 2, 3, 4]
    assert image.matters.position.tolist() == [5]
    assert bytes(image.matters.id[0]).hex() == journal.entries()[4].id
    assert (image.claims.matter.tolist(), image.claims.affirms.tolist()) == (
        [0],
        [False],
    )
    assert image.grades.claim.tolist() == [0]
    assert (image.grades.reliability.tolist(), image.grades.credibility.tolist()) == (
        [1],
        [2],
    )


def refuse_old(fields: dict[str, Any]) -> bytes | None:
    assert fields["kind"] == "note", "what the kept image holds is not read again"
    return quick_bytes(fields)


def test_an_image_is_kept_and_made_again_as_the_journal_grows(
    journal: Ledger, place: Path, note: Note, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = image_path(place)
    first = read_image(journal, kept)
    assert kept.stat().st_mode & 0o777 == place.stat().st_mode & 0o777
    made = kept.stat().st_mtime_ns
    assert same(read_image(journal, kept), first)
    assert kept.stat().st_mtime_ns == made
    journal.append([note("more")])
    grown = read_image(journal, kept)
    assert kept.stat().st_mtime_ns == made, "for a few it is not written again"
    assert same(grown, read_image(journal))
    monkeypatch.setattr("vigens.journal.image.keeping._FEW", 1)
    monkeypatch.setattr("vigens.journal.image.reading.quick_bytes", refuse_old)
    assert same(read_image(journal, kept), grown)
    assert kept.stat().st_mtime_ns != made
    assert [path.name for path in place.parent.glob("*.new")] == []


def test_what_comes_later_takes_out_what_it_touches(
    journal: Ledger, place: Path, occurrence: Note, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A later entry moves a kept row to the rest, or is moved there by a kept one."""
    monkeypatch.setattr("vigens.journal.image.keeping._FEW", 1)
    kept = image_path(place)
    own = journal.entries()[4]
    two = (Source("https://example.org/a"), Source("https://example.org/b"))
    drafts = [
        occurrence(handle="x", happened="2026-01-08"),
        Draft("claim", CLAIM, "c", about=("@x",), sources=two),
        occurrence(handle="y", happened="2026-01-09"),
        Draft("claim", CLAIM, "c", about=("@y",), handle="said"),
        Draft("claim", CLAIM, "d", about=("@y",), handle="also"),
        Draft("same_origin", {}, "c", about=("@said", "@also")),
        Draft("claim", CLAIM, "c", about=(own.id,), sources=two[:1]),  # joined above
        Draft("grade", GRADE, "c", about=("@said",)),
    ]
    names: dict[str, str] = {}
    for draft in drafts:
        about = tuple(names.get(target, target) for target in draft.about)
        (entry,) = journal.append([replace(draft, about=about)])
        names[f"@{draft.handle}"] = entry.id
        assert same(read_image(journal, kept), read_image(journal)), draft
    assert len(read_image(journal, kept).matters.position) == 0


@pytest.mark.parametrize("n_processes", [0, 2])
def test_pieces_know_what_decided_before_them_who_sees_what(
    journal: Ledger, note: Note, monkeypatch: pytest.MonkeyPatch, n_processes: int
) -> None:
    member = {"group": "cell", "member": "FR", "is_member": True}
    (joins,) = journal.append([Draft("membership", member, "c")])
    journal.append([note("a"), note("b"), note("gone")])
    gone = journal.entries()[-1].id
    (fact,) = journal.append([redaction_draft(journal.get(gone), "r", by="c")])
    journal.redact(gone, fact.id)
    (hidden,) = journal.append(
        [Draft("confirmation", {"by": "d"}, "d", about=(joins.id,))]
    )
    journal.append([note("c"), Draft("note", {"text": "n"}, "d", about=(hidden.id,))])
    monkeypatch.setattr("vigens.journal.image.together.PIECE", 100)
    whole = make_image(journal, PUBLIC_ONLY, 0)
    monkeypatch.setattr("vigens.journal.image.together.PIECE", 2)
    pieces = make_image(journal, PUBLIC_ONLY, n_processes)
    assert same(pieces, whole)
    governing = {bytes(row).hex() for row in pieces.growth.governing}
    assert governing > {joins.id, hidden.id}
    assert journal.receipt(hidden.id).position in pieces.rest


def test_the_first_look_at_a_large_journal_says_how_far_it_is(
    journal: Ledger, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vigens.journal.image.together.PIECE", 2)
    monkeypatch.setattr("vigens.journal.image.together._TELLS_EACH", 2)
    told: list[int] = []
    for _ in range(2):
        read_image(journal, image_path(place), progress=told.append)
    assert (journal.size(), told) == (7, [4, 7])


def test_a_damaged_image_is_made_again(journal: Ledger, place: Path) -> None:
    kept = image_path(place)
    right = read_image(journal, kept)
    data = kept.read_bytes()
    chance = random.Random(5)
    for _ in range(60):
        spot = chance.randrange(len(data))
        kept.write_bytes(data[:spot] + bytes([data[spot] ^ 0x10]) + data[spot + 1 :])
        assert same(read_image(journal, kept), right)
    for cut in (0, 5, 40, 100, len(data) - 1):
        kept.write_bytes(data[:cut])
        assert same(read_image(journal, kept), right)
    assert kept.read_bytes()[:90] == data[:90]


def test_another_journals_image_is_not_believed(
    journal: Ledger, place: Path, tmp_path: Path, clock: Any, note: Note
) -> None:
    with open_journal(tmp_path / "other.db", clock, create=True) as other:
        assert isinstance(other, Ledger)
        other.append([note(str(n)) for n in range(7)])
        read_image(other, image_path(place))
    assert read_image(journal, image_path(place)).rest.tolist() == [1, 2, 3, 4]


def test_a_place_that_cannot_be_written_is_done_without(
    journal: Ledger, tmp_path: Path
) -> None:
    assert read_image(journal, tmp_path / "none" / "x.image").size == 7


def test_what_is_redacted_leaves_the_image(journal: Ledger, place: Path) -> None:
    kept = image_path(place)
    secret = journal.entries()[4]
    (fact,) = journal.append([redaction_draft(secret, "law", by="c")])
    journal.append([Draft("confirmation", {"by": "d"}, "d", about=(fact.id,))])
    read_image(journal, kept)
    journal.redact(secret.id, fact.id)
    assert not kept.exists()
    image = read_image(journal, kept)
    assert image.rest.tolist() == list(range(1, 10))
    assert not any("2026-01-07" in word for word in image.words)


def test_a_damaged_row_makes_no_image(journal: Ledger, place: Path) -> None:
    import sqlite3

    connection = sqlite3.connect(place)
    connection.execute("DROP TRIGGER entry_is_only_redacted")
    connection.execute(
        "UPDATE entry SET body = replace(body, '2026-01-07', '2026-01-08')"
    )
    connection.commit()
    connection.close()
    with pytest.raises(EntryError, match="hash"):
        read_image(journal)
