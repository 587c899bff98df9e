"""Bundles between two copies of a case that never meet but by file."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.unit.journal.bundle.conftest import Paper
from vigens.base import VigensError
from vigens.desk import (
    Merged,
    export_bundle,
    import_bundle,
    make_head,
    make_receipt,
    verify_file,
)
from vigens.journal import Draft, Entry, entry_id, fsck, open_journal

PAGE = """# Parties

```vigens
vigens 1
party UA "Ukraine"
party FR "France"
party GB "United Kingdom"
party PL "Poland"
party EE "Estonia"
party NO "Norway"
party DE "Germany"
```
"""


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 8, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


CLOCK = Clock()


class Side:
    """One copy of the case."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "agreements").mkdir(parents=True)
        (folder / "agreements" / "a.md").write_text(PAGE, "utf-8")
        (folder / "case.toml").write_text('title = "Case"\n', "utf-8")

    @property
    def journal(self) -> Path:
        return self.folder / "journal.db"

    def record(self, *drafts: Draft) -> tuple[Entry, ...]:
        create = not self.journal.exists()
        with open_journal(self.journal, CLOCK, create=create) as store:
            return store.append(drafts)

    def entries(self) -> tuple[Entry, ...]:
        with open_journal(self.journal, CLOCK) as store:
            return store.entries()

    def bundle(self, name: str = "x.bundle", audience: str = "all") -> Path:
        path = self.folder / name
        export_bundle(self.folder, CLOCK, path, audience=audience, is_forced=True)
        return path

    def take(self, file: Path, **options: Any) -> Merged:
        return import_bundle(self.folder, file, CLOCK, by="courier", **options)


@pytest.fixture
def sides(tmp_path: Path) -> tuple[Side, Side]:
    return Side(tmp_path / "here"), Side(tmp_path / "there")


def note(text: str, *marks: str, **fields: Any) -> Draft:
    return Draft("note", {"text": text}, "curator", marks=marks, **fields)


def occurrence(happened: str, **fields: Any) -> Draft:
    payload = {"event": "signs", "args": [], "title": "It is signed"}
    given = {"happened": happened, "known_from": "2026-02-01", "marks": ("public",)}
    return Draft("occurrence", payload, "curator", **{**given, **fields})


def claim(about: str) -> Draft:
    payload = {"polarity": "pos", "statement": "So", "actors": ["UA"]}
    return Draft("claim", payload, "curator", about=(about,))


def grade(about: str, reliability: str, by: str) -> Draft:
    payload = {"reliability": reliability, "credibility": 2}
    return Draft("grade", payload, by, about=(about,))


def told(merged: Merged) -> list[str]:
    return sorted(finding.code for finding in merged.findings)


def test_a_bundle_brings_what_is_new_once(sides: tuple[Side, Side]) -> None:
    here, there = sides
    brought = there.record(note("one", "public"), note("two", "UA"))
    file = there.bundle()
    first = here.take(file)
    assert (first.n_new, first.n_present, first.n_heads) == (2, 0, 1)
    *entries, batch, witness = here.entries()
    assert tuple(entries) == brought
    assert batch.about == tuple(entry.id for entry in brought)
    assert first.batches == (batch.id,)
    assert (witness.kind, witness.marks) == ("witness", ())
    before = here.entries()
    again = here.take(file)
    assert (again.n_new, again.n_present, again.n_heads) == (0, 2, 0)
    assert again.batches == ()
    here.take(there.bundle("later.bundle"))  # signed anew, nothing else new
    assert here.entries() == before
    assert fsck(here.journal) == ()


def test_a_dry_run_says_the_same_and_records_nothing(sides: tuple[Side, Side]) -> None:
    here, there = sides
    there.record(note("one", "public"))
    file = there.bundle()
    dry = here.take(file, is_dry=True)
    assert not here.journal.exists()
    done = here.take(file)
    assert (dry.n_new, dry.n_heads) == (done.n_new, done.n_heads)
    assert (dry.batches, len(done.batches)) == ((), 1)


def test_each_audience_gets_what_it_may_see(sides: tuple[Side, Side]) -> None:
    here, there = sides
    there.record(note("one", "public"), note("two", "UA"), note("three", "FR"))
    assert here.take(there.bundle(audience="UA")).n_new == 2
    assert verify_file(there.bundle(audience="UA"), trust=None, since=None).is_sound
    with pytest.raises(VigensError, match='no reader "XX"'):
        there.bundle(audience="XX")
    alone = shutil.copy(there.journal, there.folder.parent / "alone.db")
    with pytest.raises(VigensError, match="does not say who"):
        export_bundle(alone, CLOCK, there.folder / "y", audience="UA")
    empty = Side(there.folder.parent / "empty")
    empty.record(note("hidden"))
    with pytest.raises(VigensError, match="nothing in this journal"):
        empty.bundle(audience="public")


def test_links_to_what_is_kept_back_lead_nowhere_and_are_told(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    (hidden,) = there.record(note("hidden", "FR"))
    there.record(note("public word on it", "public", about=(hidden.id,)))
    merged = here.take(there.bundle(audience="public"))
    assert told(merged) == ["J046"]
    assert not merged.is_refused
    assert [finding.code for finding in fsck(here.journal)] == ["J004"]
    assert fsck(here.journal)[0].severity == "note"


def test_rival_corrections_meet(sides: tuple[Side, Side]) -> None:
    here, there = sides
    (first,) = there.record(note("one"))
    here.take(there.bundle())
    there.record(note("uno", rectifies=first.id))
    here.record(note("eins", rectifies=first.id))
    assert told(here.take(there.bundle())) == ["J012"]


def test_grades_that_contradict_each_other_are_told(sides: tuple[Side, Side]) -> None:
    here, there = sides
    (what,) = there.record(occurrence("2026-01-05"))
    (said,) = there.record(claim(what.id))
    here.take(there.bundle())
    there.record(grade(said.id, "B", "anna"))
    here.record(grade(said.id, "D", "boris"))
    merged = here.take(there.bundle())
    assert told(merged) == ["J044"]
    assert "D2 here by boris and B2 there by anna" in merged.findings[0].message
    assert told(there.take(here.bundle())) == ["J044"]


@pytest.mark.parametrize("looks_here", [True, False])
def test_coverage_that_saw_nothing_is_told(
    sides: tuple[Side, Side], looks_here: bool
) -> None:
    here, there = sides
    looked = Draft(
        "coverage",
        {"events": ["signs"], "audience": "public"},
        "curator",
        happened="2026-01-01/2026-01-31",
        marks=("public",),
    )
    seen = [occurrence("2026-01-05"), occurrence("2026-02-05")]
    (here if looks_here else there).record(looked)
    (there if looks_here else here).record(*seen)
    merged = here.take(there.bundle())
    assert told(merged) == ["J045"]
    assert "takes silence as quiet, and 1 that fall" in merged.findings[0].message


def document(content: bytes, name: str = "r.txt") -> Draft:
    payload = {
        "sha256": hashlib.sha256(content).hexdigest(),
        "name": name,
        "length": len(content),
        "media_type": "text/plain",
    }
    return Draft("document", payload, "curator", marks=("public",))


def text(title: str, status: str) -> Draft:
    payload = {
        "instrument": "paris",
        "version": "2",
        "status": status,
        "title": title,
    }
    return Draft("text", payload, "curator", marks=("public",))


def test_one_version_with_two_contents_is_told(sides: tuple[Side, Side]) -> None:
    here, there = sides
    here.record(text("One", "draft"), document(b"a"))
    there.record(text("Two", "published"), document(b"b"))
    assert told(here.take(there.bundle())) == ["J043", "J043"]
    other = Side(here.folder.parent / "other")
    other.record(text("Another title", "published"), document(b"b", "s.txt"))
    assert told(other.take(there.bundle())) == []
    odd = text("Odd", "published")
    other.record(replace(odd, payload={**odd.payload, "sha256": {"a": ["b"]}}))
    assert told(here.take(other.bundle())) == ["J043"] * 3


def test_documents_travel_where_the_case_keeps_them(sides: tuple[Side, Side]) -> None:
    here, there = sides
    content = "Звіт.\n".encode()
    sha = hashlib.sha256(content).hexdigest()
    kept = Path("documents") / f"{sha[:12]}-r.txt"
    (there.folder / "documents").mkdir()
    (there.folder / kept).write_bytes(content)
    there.record(document(content), document(b"not kept", "n.txt"))
    assert here.take(there.bundle()).n_documents == 1
    assert (here.folder / kept).read_bytes() == content
    assert here.take(there.bundle()).n_documents == 0
    (there.folder / kept).write_bytes(b"changed")
    assert here.take(there.bundle("b")).n_documents == 0


def test_a_rewritten_log_is_refused_until_a_person_says_otherwise(
    sides: tuple[Side, Side], tmp_path: Path
) -> None:
    here, there = sides
    there.record(note("one", "public"))
    old = shutil.copytree(there.folder, tmp_path / "old")
    there.record(note("two", "public"))
    here.take(there.bundle())
    fork = Side.__new__(Side)
    fork.folder = Path(old)
    fork.record(note("another two", "public"))
    merged = here.take(fork.bundle())
    assert merged.is_refused
    assert told(merged) == ["J034"]
    assert [entry.title for entry in here.entries() if entry.kind == "note"] == [
        "one",
        "two",
    ]
    assert told(there.take(fork.bundle())) == ["J034"], "its own log went two ways"
    assert here.take(fork.bundle(), despite_fork=True).n_new == 1


def test_a_head_and_a_receipt_can_be_kept_as_witnesses(
    sides: tuple[Side, Side], tmp_path: Path
) -> None:
    here, there = sides
    (entry,) = there.record(note("one", "public"))
    old = shutil.copytree(there.folder, tmp_path / "old")
    there.record(note("two", "public"))
    head, receipt = tmp_path / "head", tmp_path / "receipt"
    head.write_bytes(make_head(there.folder, CLOCK, "all")[1])
    receipt.write_bytes(make_receipt(there.folder, CLOCK, entry.id, None)[1])
    kept = here.take(head)
    assert (kept.n_new, kept.n_heads) == (0, 1)
    assert here.take(head).n_heads == 0
    assert here.take(receipt).n_new == 1
    assert told(there.take(head)) == []
    fork = Side.__new__(Side)
    fork.folder = Path(old)
    fork.record(note("another two", "public"))
    assert told(here.take(fork.bundle())) == ["J034"]
    assert told(fork.take(head)) == ["J034"], "its own log went another way"


def test_an_older_bundle_after_a_newer_one_is_told_once(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    there.record(note("one", "public"))
    old = there.bundle("old")
    here.take(old)
    there.record(note("two", "public"))
    here.take(there.bundle("new"))
    again = here.take(old)
    assert (again.n_new, again.n_heads, told(again)) == (0, 0, [])


def test_a_bundle_that_is_not_sound_brings_nothing(sides: tuple[Side, Side]) -> None:
    here, there = sides
    there.record(note("one", "public"), note("two", "public"))
    file = there.bundle()
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:2] + lines[3:]))
    merged = here.take(file)
    assert merged.is_refused
    assert told(merged) == ["J033", "J037"]
    assert not here.journal.exists()


def test_entries_that_no_journal_would_record_are_refused(
    sides: tuple[Side, Side], tmp_path: Path
) -> None:
    here, there = sides
    (good,) = there.record(note("one", "public"))
    for fields in (
        {"payload": {"text": 5}},
        {"happened": "2026-13-45"},
        {"kind": "grade", "payload": {"reliability": "Z"}},
    ):
        bad = replace(good, **fields)
        bad = replace(bad, id=entry_id(bad))
        file = Paper([good, bad]).write(tmp_path / "x.bundle")
        merged = here.take(file)
        assert merged.is_refused
        assert set(told(merged)) <= {"J008", "J009"}
        assert not here.journal.exists()
    strange = replace(good, kind="of a newer version", payload={"x": "y"})
    strange = replace(strange, id=entry_id(strange))
    assert here.take(Paper([strange]).write(tmp_path / "y.bundle")).n_new == 1
    assert strange in here.entries()


def test_a_bundle_tells_how_far_it_is_and_leaves_nothing_when_stopped(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    here.record(*(note(f"number {i}") for i in range(100)))
    path = here.bundle()
    told: list[int] = []
    export_bundle(
        here.folder, CLOCK, path, audience="all", is_forced=True, progress=told.append
    )
    assert told == list(range(10, 101, 10))
    told.clear()
    assert verify_file(path, trust=None, since=None, progress=told.append).is_sound
    assert (told[-1], told) == (100, sorted(set(told)))

    def stop(part: int) -> None:
        raise KeyboardInterrupt

    before = sorted(here.folder.iterdir())
    with pytest.raises(KeyboardInterrupt):
        export_bundle(
            here.folder, CLOCK, here.folder / "y", audience="all", progress=stop
        )
    with pytest.raises(KeyboardInterrupt):
        there.take(path, progress=stop)
    assert sorted(here.folder.iterdir()) == before
    assert not there.journal.exists()
