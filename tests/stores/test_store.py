from __future__ import annotations

import fcntl
import json
import os
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from vigens.base import OutsideError, VigensError
from vigens.journal import (
    ClockError,
    Draft,
    DraftError,
    EntryError,
    JournalFileError,
    JournalOutsideError,
    Passage,
    ReferenceRefusedError,
    Source,
    Store,
    ValueRefusedError,
    entry_from_json,
    entry_id,
    entry_to_json,
    export_lines,
    format_entry,
    fsck,
    open_journal,
    read_lines,
)

Note = Callable[..., Draft]


def occurrence(**fields: Any) -> Draft:
    payload = {"event": "ceasefire.begins", "args": ["general"], "title": "It begins"}
    return Draft("occurrence", payload, "curator", **fields)


def claim(*about: str, **fields: Any) -> Draft:
    payload = {
        "polarity": "pos",
        "statement": "They say so",
        "voice": None,
        "actors": ["UA"],
        **fields,
    }
    return Draft("claim", payload, "curator", about=about)


def test_a_new_journal_is_empty(journal: Store) -> None:
    assert journal.entries() == ()
    assert journal.findings == ()


def test_the_journal_sets_the_time(journal: Store, note: Note) -> None:
    (entry,) = journal.append([note()])
    assert entry.recorded_at == "2026-03-08T09:00:00.123456Z"
    assert journal.receipt(entry.id).position == 1


def test_entries_outlive_the_store(
    journal: Store, path: Path, clock: Any, note: Note
) -> None:
    made = journal.append([note("a"), note("b", marks=("public",))])
    journal.close()
    with open_journal(path, clock) as again:
        assert again.entries() == made


def test_a_group_refers_within_itself_by_handle(journal: Store) -> None:
    matter, said = journal.append([occurrence(handle="m"), claim("@m", denies=["@m"])])
    assert said.about == (matter.id,)
    assert said.payload["denies"] == (matter.id,)


def test_a_handle_nobody_bears_is_refused_with_the_nearest(journal: Store) -> None:
    with pytest.raises(DraftError, match='did you mean "@meeting"'):
        journal.append([occurrence(handle="meeting"), claim("@meting")])
    assert journal.entries() == ()


def test_a_bad_draft_leaves_nothing_of_its_group(journal: Store, note: Note) -> None:
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


def test_a_grade_points_at_claims_alone(journal: Store) -> None:
    (matter,) = journal.append([occurrence()])
    grade = {"reliability": "B", "credibility": 2, "rule": None}
    with pytest.raises(DraftError, match="found occurrence"):
        journal.append([Draft("grade", grade, "c", about=(matter.id,))])


def test_an_unknown_kind_is_kept_with_a_note(
    journal: Store, path: Path, note: Note
) -> None:
    (entry,) = journal.append([Draft("nota", {"x": 1}, "c")])
    assert journal.get(entry.id).payload == {"x": 1}
    (finding,) = fsck(path)
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
    assert len(journal.entries()) == 1


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


def test_import_keeps_ids_and_times_and_lists_them(
    journal: Store, clock: Any, note: Note, tmp_path: Path
) -> None:
    made = journal.append([occurrence(handle="m"), claim("@m")])
    clock.on(days=3)
    for ending in ("jsonl", "db"):
        with open_journal(tmp_path / f"copy.{ending}", clock, create=True) as copy:
            came = copy.adopt(made, "the week's rows")
            assert came.added == made
            assert came.batch is not None
            assert came.batch.about == tuple(entry.id for entry in made)
            assert copy.entries() == (*made, came.batch)
            again = copy.adopt(made, "the week's rows")
            assert (again.added, again.n_present, again.batch) == ((), 2, None)
            assert len(copy.entries()) == 3
        assert fsck(tmp_path / f"copy.{ending}") == ()


def test_import_refuses_an_entry_that_was_changed(
    journal: Store, clock: Any, note: Note, tmp_path: Path
) -> None:
    (entry,) = journal.append([note()])
    changed = entry_from_json({**entry_to_json(entry), "recorded_by": "mallory"})
    with open_journal(tmp_path / "copy.db", clock, create=True) as copy:
        with pytest.raises(EntryError, match="does not fit its hash"):
            copy.adopt([changed], "rows")
        assert copy.entries() == ()


def test_import_refuses_a_link_that_leads_nowhere(
    journal: Store, clock: Any, tmp_path: Path
) -> None:
    _, said = journal.append([occurrence(handle="m"), claim("@m")])
    with open_journal(tmp_path / "copy.jsonl", clock, create=True) as copy:
        with pytest.raises(EntryError, match="neither here nor"):
            copy.adopt([said], "rows")
        assert copy.entries() == ()


def test_an_import_is_public_only_if_all_of_it_is(
    journal: Store, clock: Any, note: Note, tmp_path: Path
) -> None:
    shown, hidden = journal.append([note("a", marks=("public",)), note("b")])
    with open_journal(tmp_path / "copy.jsonl", clock, create=True) as copy:
        first = copy.adopt([shown], "shown").batch
        clock.on(seconds=1)
        second = copy.adopt([hidden], "hidden").batch
    assert first is not None
    assert second is not None
    assert (first.marks, second.marks) == (("public",), ())


def test_text_out_and_in_is_lossless_and_stable(
    journal: Store, clock: Any, path: Path, tmp_path: Path
) -> None:
    quote = "сто\u00a0тысяч\u2028\u0085 🕊"
    passage = Passage("d", 5, 5 + len(quote), quote)
    source = Source("https://example.org", "T", "press", "2026-01", passage)
    journal.append([occurrence(handle="m", sources=(source,)), claim("@m")])
    text = "".join(export_lines(journal))
    assert len(text.splitlines()) == 2
    for ending in ("db", "jsonl", "db"):
        place = tmp_path / f"{len(list(tmp_path.iterdir()))}.{ending}"
        with open_journal(place, clock, create=True) as copy:
            lines = text.encode().splitlines(keepends=True)
            copy.adopt(read_lines(lines, "export"), "all")
            assert copy.entries()[:2] == journal.entries()
            assert "".join(list(export_lines(copy))[:2]) == text


def test_fields_of_a_newer_version_are_kept(
    journal: Store, clock: Any, note: Note, path: Path
) -> None:
    (entry,) = journal.append([note(sources=(Source("a"),))])
    newer = replace(entry, extra={"audience": ("cell",), "n": 1})
    newer = replace(newer, sources=(Source("a", extra={"archive": "b"}),))
    newer = replace(newer, id=entry_id(newer))
    came = journal.adopt([entry_from_json(entry_to_json(newer))], "newer")
    assert came.added == (newer,)
    journal.close()
    with open_journal(path, clock) as again:
        kept = again.get(newer.id)
    assert kept.extra == {"audience": ("cell",), "n": 1}
    assert kept.sources[0].extra == {"archive": "b"}
    assert json.loads(format_entry(kept))["audience"] == ["cell"]
    assert fsck(path) == ()


def test_another_writers_entries_are_seen(
    journal: Store, path: Path, clock: Any, note: Note
) -> None:
    with open_journal(path, clock) as other:
        (theirs,) = other.append([note("theirs")])
        (ours,) = journal.append([note("ours")])
        assert journal.entries() == other.entries() == (theirs, ours)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.db", b"", "empty"),
        ("text.db", b"hello, this is no database", "no SQLite"),
        ("picture.jsonl", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        ("latin.jsonl", '{"id": "é"}\n'.encode("latin-1"), "UTF-8"),
        ("broken.jsonl", b"{}x\n", "JSON"),
        ("list.jsonl", b"[]\n", "no JSON object"),
        ("lacking.jsonl", b"{}\n", "missing"),
        ("deep.jsonl", b"[" * 100_000 + b"\n", "deep"),
        ("digits.jsonl", b'{"a":' + b"9" * 5000 + b"}\n", "digits"),
        ("fraction.jsonl", b'{"a":1.5}\n', "whole number"),
        ("twice.jsonl", b'{"a":1,"a":2}\n', "twice"),
    ],
)
def test_a_file_that_is_no_journal_is_told_clearly(
    tmp_path: Path, clock: Any, name: str, data: bytes, words: str
) -> None:
    place = tmp_path / name
    place.write_bytes(data)
    with pytest.raises(VigensError, match=words) as caught:
        open_journal(place, clock)
    assert str(place) in caught.value.where
    assert place.read_bytes() == data


def test_a_missing_journal_a_folder_and_an_unknown_ending(
    tmp_path: Path, clock: Any
) -> None:
    with pytest.raises(JournalFileError, match="no such journal"):
        open_journal(tmp_path / "none.jsonl", clock)
    with pytest.raises(JournalFileError, match="folder"):
        open_journal(tmp_path, clock)
    with pytest.raises(JournalFileError, match="ending"):
        open_journal(tmp_path / "journal.xls", clock, create=True)
    with pytest.raises(OutsideError):
        open_journal(tmp_path / "no" / "folder.db", clock, create=True)
    with pytest.raises(OutsideError):
        open_journal(tmp_path / "no" / "folder.jsonl", clock, create=True)


def test_a_pipe_does_not_hang(tmp_path: Path, clock: Any) -> None:
    os.mkfifo(tmp_path / "pipe.jsonl")
    with pytest.raises(JournalFileError, match="ordinary"):
        open_journal(tmp_path / "pipe.jsonl", clock)


def test_another_programs_database_is_not_touched(tmp_path: Path, clock: Any) -> None:
    place = tmp_path / "other.db"
    connection = sqlite3.connect(place)
    connection.execute("CREATE TABLE entry (x)")
    connection.commit()
    connection.close()
    before = place.read_bytes()
    with pytest.raises(JournalOutsideError, match="another program") as caught:
        open_journal(place, clock)
    assert str(place) in str(caught.value)
    assert place.read_bytes() == before


def test_a_newer_schema_is_not_touched(tmp_path: Path, clock: Any) -> None:
    place = tmp_path / "journal.db"
    open_journal(place, clock, create=True).close()
    connection = sqlite3.connect(place)
    connection.execute("PRAGMA user_version = 9")
    connection.close()
    with pytest.raises(JournalOutsideError, match="newer Vigens"):
        open_journal(place, clock)


def test_nobody_changes_a_row(tmp_path: Path, clock: Any, note: Note) -> None:
    place = tmp_path / "journal.db"
    with open_journal(place, clock, create=True) as journal:
        journal.append([note("a"), note("b")])
    connection = sqlite3.connect(place)
    row = connection.execute("SELECT * FROM entry WHERE position = 1").fetchone()
    marks = ",".join("?" * len(row))
    for statement, values in (
        ("UPDATE entry SET kind = 'x'", ()),
        ("DELETE FROM entry", ()),
        ("DELETE FROM setting", ()),
        ("UPDATE setting SET value = 'x'", ()),
        (f"INSERT OR REPLACE INTO entry VALUES ({marks})", row),
        (f"INSERT OR REPLACE INTO entry VALUES ({marks})", (9, *row[1:])),
    ):
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement, values)
    connection.close()
    assert fsck(place) == ()


def test_nothing_to_append_is_no_commit(journal: Store, clock: Any) -> None:
    clock.now = None
    assert journal.append([]) == ()


def test_closing_twice_does_no_harm(journal: Store) -> None:
    journal.close()
    journal.close()


def test_opening_to_create_keeps_what_is_there(
    journal: Store, path: Path, clock: Any, note: Note
) -> None:
    made = journal.append([note()])
    with open_journal(path, clock, create=True) as again:
        assert again.entries() == made


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


def test_a_denial_is_of_what_the_claim_is_about(journal: Store) -> None:
    (matter,) = journal.append([occurrence()])
    with pytest.raises(DraftError, match=r"payload\.denies"):
        journal.append([claim(denies=[matter.id])])
    with pytest.raises(DraftError, match=r"payload\.denies"):
        journal.append([claim(denies=[5])])


def test_threads_share_a_store(journal: Store, path: Path, note: Note) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda n: journal.append([note(str(n))]), range(40)))
    ids = {entry.id for (entry,) in made}
    assert {entry.id for entry in journal.entries()} == ids
    assert fsck(path) == ()


def test_an_import_is_one_commit(
    journal: Store, clock: Any, note: Note, tmp_path: Path
) -> None:
    made = journal.append([note(str(n)) for n in range(5)])
    clock.on(days=-1)
    with open_journal(
        tmp_path / f"copy{Path(journal.where).suffix}", clock, create=True
    ) as copy:
        copy.append([note("later", known_from="2026-03-01")])
        clock.on(hours=-1)
        with pytest.raises(ClockError):
            copy.adopt(made, "rows")
        assert len(copy.entries()) == 1


def test_a_busy_journal_says_so(
    journal: Store, path: Path, note: Note, monkeypatch: pytest.MonkeyPatch, clock: Any
) -> None:
    monkeypatch.setattr("vigens.journal.text._TRIES", 2)
    monkeypatch.setattr("vigens.journal.sqlite._WAIT_SECONDS", 0.01)
    if path.suffix == ".db":
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with (
            open_journal(path, clock) as second,
            pytest.raises(JournalOutsideError, match="another process"),
        ):
            second.append([note()])
        holder.close()
    else:
        with path.open("rb") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            with pytest.raises(JournalOutsideError, match="another process"):
                journal.append([note()])
    assert len(journal.append([note()])) == 1


def test_import_refuses_a_payload_out_of_shape(journal: Store, note: Note) -> None:
    (entry,) = journal.append([note()])
    empty = replace(entry, payload={})
    empty = replace(empty, id=entry_id(empty))
    with pytest.raises(EntryError, match=r"payload\.text"):
        journal.adopt([empty], "rows")
    assert journal.entries() == (entry,)
