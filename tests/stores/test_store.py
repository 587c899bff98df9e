"""Recording and finding entries."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from vigens.journal import (
    ClockError,
    Draft,
    DraftError,
    JournalOutsideError,
    Passage,
    ReferenceRefusedError,
    Source,
    Store,
    ValueRefusedError,
    fsck,
    open_journal,
    trial_entries,
)

Note = Callable[..., Draft]


def test_a_new_journal_is_empty(journal: Store) -> None:
    assert journal.entries() == ()
    assert journal.findings == ()


def test_the_journal_sets_the_time(journal: Store, note: Note) -> None:
    (entry,) = journal.append([note()])
    assert entry.recorded_at == "2026-03-08T09:00:00.123456Z"
    assert journal.receipt(entry.id).position == 1


def test_entries_outlive_the_store(
    journal: Store, place: Path | str, clock: Any, note: Note
) -> None:
    made = journal.append([note("a"), note("b", marks=("public",))])
    journal.close()
    with open_journal(place, clock) as again:
        assert again.entries() == made


def test_a_group_refers_within_itself_by_handle(
    claim: Note, occurrence: Note, journal: Store
) -> None:
    matter, said = journal.append([occurrence(handle="m"), claim("@m", denies=["@m"])])
    assert said.about == (matter.id,)
    assert said.payload["denies"] == (matter.id,)


def test_a_handle_nobody_bears_is_refused_with_the_nearest(
    claim: Note, occurrence: Note, journal: Store
) -> None:
    with pytest.raises(DraftError, match='did you mean "@meeting"'):
        journal.append([occurrence(handle="meeting"), claim("@meting")])
    assert journal.entries() == ()


def test_a_bad_draft_leaves_nothing_of_its_group(
    claim: Note, journal: Store, note: Note
) -> None:
    with pytest.raises(DraftError, match="not in the journal"):
        journal.append([note(), claim("0" * 64)])
    assert journal.entries() == ()


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (Draft("note", {}, "c"), "payload.text"),
        (Draft("note", {"text": "  "}, "c"), "payload.text"),
        (Draft("note", {"text": "x"}, " "), "recorded_by"),
        (Draft("", {}, "c"), "kind is empty"),
        (Draft("note", {"text": "x"}, "c", happened="2026-02-30"), "happened"),
        (
            Draft("note", {"text": "x"}, "c", known_from="2026-05"),
            "after the recording",
        ),
        (Draft("note", {"text": "x"}, "c", known_from="2026-01/.."), "no end"),
        (
            Draft("grade", {"reliability": "B", "credibility": 2}, "c"),
            "at least 1 claim",
        ),
        (Draft("grade", {"reliability": "G", "credibility": 2}, "c"), "reliability"),
        (Draft("grade", {"reliability": "B", "credibility": True}, "c"), "credibility"),
        (
            Draft("coverage", {"events": ["*"], "audience": "public"}, "c"),
            "happened",
        ),
        (
            Draft(
                "meeting",
                {
                    "title": "M",
                    "format": "hybrid",
                    "attendance": [{"actor": "FR", "how": "by boat"}],
                },
                "c",
            ),
            r"payload.attendance\[0\].how",
        ),
        (
            Draft("note", {"text": "x"}, "c", sources=(Source(" "),)),
            'empty "address"',
        ),
        (
            Draft(
                "note",
                {"text": "x"},
                "c",
                sources=(Source("a", passage=Passage("d", 3, 9, "four")),),
            ),
            "4 characters",
        ),
    ],
)
def test_what_is_not_fit_is_refused_by_name(
    journal: Store, draft: Draft, words: str
) -> None:
    with pytest.raises(DraftError, match=words):
        journal.append([draft])
    assert journal.entries() == ()


@pytest.mark.parametrize(
    "value",
    [
        2.5,
        float("nan"),
        "\ud800",
        b"raw",
        {1: "key"},
        pytest.param(10**5000, id="long"),
    ],
)
def test_what_no_hash_can_cover_is_refused(journal: Store, value: object) -> None:
    with pytest.raises(ValueRefusedError):
        journal.append([Draft("note", {"text": "x", "more": [value]}, "c")])
    assert journal.entries() == ()


def test_nesting_without_end_is_refused(journal: Store) -> None:
    deep: list[object] = []
    for _ in range(5000):
        deep = [deep]
    with pytest.raises(ValueRefusedError, match="nested"):
        journal.append([Draft("note", {"text": "x", "deep": deep}, "c")])


def test_a_grade_points_at_claims_alone(occurrence: Note, journal: Store) -> None:
    (matter,) = journal.append([occurrence()])
    grade = {"reliability": "B", "credibility": 2, "rule": None}
    with pytest.raises(DraftError, match="found occurrence"):
        journal.append([Draft("grade", grade, "c", about=(matter.id,))])


def test_an_unknown_kind_is_kept_with_a_note(
    journal: Store, place: Path | str, note: Note
) -> None:
    (entry,) = journal.append([Draft("nota", {"x": 1}, "c")])
    assert journal.get(entry.id).payload == {"x": 1}
    (finding,) = fsck(place)
    assert (finding.code, finding.severity) == ("J007", "note")
    assert '"note"' in finding.mend


def test_a_claim_published_on_the_eastern_day_is_taken(
    journal: Store, clock: Any, note: Note
) -> None:
    clock.now = clock.now.replace(hour=11)
    (entry,) = journal.append([note(known_from="2026-03-09")])
    assert entry.known_from == "2026-03-09"


def test_a_clock_a_little_back_is_held(journal: Store, clock: Any, note: Note) -> None:
    (first,) = journal.append([note("a")])
    clock.on(minutes=-4)
    (second,) = journal.append([note("b")])
    assert second.recorded_at == first.recorded_at


def test_a_clock_far_back_is_refused(journal: Store, clock: Any, note: Note) -> None:
    journal.append([note("a")])
    clock.on(minutes=-6)
    with pytest.raises(ClockError, match="08:54"):
        journal.append([note("b")])
    with pytest.raises(ClockError, match="08:54"):
        trial_entries([note("b")], journal.entries(), clock())
    assert len(journal.entries()) == 1


def test_a_field_that_is_lacking_is_to_be_added(journal: Store) -> None:
    with pytest.raises(DraftError) as refused:
        journal.append([Draft("note", {}, "c")])
    assert refused.value.mend == "add payload.text"


def test_the_very_same_entry_is_refused(journal: Store, note: Note) -> None:
    with pytest.raises(DraftError, match="already recorded"):
        journal.append([note(), note()])
    assert journal.entries() == ()


def test_an_entry_is_found_by_the_beginning_of_its_id(
    journal: Store, note: Note
) -> None:
    (entry,) = journal.append([note()])
    assert journal.get(entry.id[:6].upper()) == entry
    with pytest.raises(ReferenceRefusedError, match="too short"):
        journal.get(entry.id[:5])
    with pytest.raises(ReferenceRefusedError, match="no entry"):
        journal.get("0" * 64)


def test_another_writers_entries_are_seen(
    journal: Store, place: Path | str, clock: Any, note: Note
) -> None:
    with open_journal(place, clock) as other:
        (theirs,) = other.append([note("theirs")])
        (ours,) = journal.append([note("ours")])
        assert journal.entries() == other.entries() == (theirs, ours)


def test_nothing_to_append_is_no_commit(journal: Store, clock: Any) -> None:
    clock.now = None
    assert journal.append([]) == ()


def test_closing_twice_does_no_harm(journal: Store) -> None:
    journal.close()
    journal.close()


def test_a_correction_names_what_it_corrects(journal: Store, note: Note) -> None:
    (old,) = journal.append([note("a")])
    right, news, both = journal.append(
        [
            note("b", rectifies=old.id, handle="r"),
            note("c", supersedes="@r", handle="n"),
            note("d", rectifies="@r", supersedes="@n"),
        ]
    )
    assert (right.rectifies, news.supersedes) == (old.id, right.id)
    assert (both.rectifies, both.supersedes) == (right.id, news.id)
    with pytest.raises(DraftError, match="another entry than rectifies"):
        journal.append([note("e", rectifies=old.id, supersedes=old.id)])
    with pytest.raises(DraftError, match="handle"):
        journal.append([note("f", handle="x"), note("g", handle="x")])


def test_a_denial_is_of_what_the_claim_is_about(
    claim: Note, occurrence: Note, journal: Store
) -> None:
    (matter,) = journal.append([occurrence()])
    with pytest.raises(DraftError, match=r"payload\.denies"):
        journal.append([claim(denies=[matter.id])])
    with pytest.raises(DraftError, match=r"payload\.denies"):
        journal.append([claim(denies=[5])])


def test_threads_share_a_store(journal: Store, place: Path | str, note: Note) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda n: journal.append([note(str(n))]), range(40)))
    ids = {entry.id for (entry,) in made}
    assert {entry.id for entry in journal.entries()} == ids
    assert fsck(place) == ()


def test_a_busy_journal_says_so(
    journal: Store,
    place: Path | str,
    note: Note,
    monkeypatch: pytest.MonkeyPatch,
    clock: Any,
) -> None:
    monkeypatch.setattr("vigens.journal.stores.text_file._TRIES", 2)
    monkeypatch.setattr("vigens.journal.stores.sqlite_file._WAIT_SECONDS", 0.01)
    monkeypatch.setattr("vigens.journal.stores.postgres.wire.LOCK_SECONDS", 0.01)
    with (
        open_journal(place, clock) as second,
        held_by_another(place),
        pytest.raises(JournalOutsideError, match="another process"),
    ):
        second.append([note()])
    assert len(journal.append([note()])) == 1


@pytest.mark.parametrize("ending", ["jsonl", "db"])
def test_who_waits_writes_before_who_has_just_written(
    tmp_path: Path, clock: Any, note: Note, ending: str
) -> None:
    place = tmp_path / f"journal.{ending}"
    with (
        open_journal(place, clock, create=True) as busy,
        open_journal(place, clock) as patient,
        ThreadPoolExecutor(1) as pool,
    ):
        with held_by_another(place):
            waiting = pool.submit(patient.append, [note("waits")])
            while not stands_somebody_before(place):
                assert not waiting.done()
        busy.append([note("was in last")])
        waiting.result()
        texts = [entry.payload["text"] for entry in busy.entries()]
    assert texts == ["waits", "was in last"]


def stands_somebody_before(place: Path) -> bool:
    door = os.open(place.parent, os.O_RDONLY)
    try:
        fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(door)
    return False


@contextmanager
def held_by_another(place: Path | str) -> Iterator[None]:
    if isinstance(place, str):
        with psycopg.connect(place) as connection:
            connection.execute("SELECT vigens.take_turn()")
            yield
    elif place.suffix == ".db":
        with closing(sqlite3.connect(place, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield
    else:
        with place.open("rb") as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
