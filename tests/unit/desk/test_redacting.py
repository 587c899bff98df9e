"""Redaction: two persons, every place, and an honest answer afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.desk.redacted import SECRET, agree, redact, want
from tests.unit.desk.smallcase import Writer, word
from vigens.base import InputError
from vigens.desk import (
    Session,
    complete,
    find_redaction,
    named,
    redactions,
    versions,
    why,
)
from vigens.desk.transfer import import_journal
from vigens.journal import fsck, open_journal
from vigens.model import Weight

DAY = "2026-03-01"


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    writer = Writer(tmp_path / "case")
    settings = (writer.folder / "case.toml").read_text("utf-8")
    settings = settings.replace("origins = 2\nconfirmed = true\n", "")
    (writer.folder / "case.toml").write_text(settings, "utf-8")
    writer.looked("2026-01-01/2026-03-20")
    return writer


def answer(writer: Writer, known_at: str = "2026-03-31") -> Session:
    return writer.session(DAY, known_at)


def test_one_person_alone_destroys_nothing(writer: Writer) -> None:
    name = writer.event("floods", "2026-01-10")
    fact = want(writer, name)
    before = (writer.folder / "journal.jsonl").read_bytes()
    with pytest.raises(InputError, match="only a second person"):
        agree(writer, fact, by="one")
    case = writer.case()
    with pytest.raises(InputError, match="nobody but the person"):
        complete(case, writer.clock, find_redaction(case, fact))
    with pytest.raises(InputError, match="wants it redacted already"):
        want(writer, name)
    assert (writer.folder / "journal.jsonl").read_bytes() == before
    assert not fsck(writer.folder / "journal.jsonl")


def test_what_was_said_is_gone_and_the_fact_stays(writer: Writer) -> None:
    name = writer.event("floods", "2026-01-10")
    claim = writer.claim(name, "2026-01-11", voice=SECRET)
    old = writer.folder / "journal.jsonl"
    number = old.stat().st_ino
    held = old.open("rb")
    fact = redact(writer, claim)
    assert SECRET.encode() not in old.read_bytes()
    assert old.stat().st_ino != number
    held.seek(0)
    assert not held.read().strip(b"\0")  # the old file's bytes are overwritten
    held.close()
    with open_journal(old, writer.clock) as store:
        stub = store.get(claim)
        assert stub.is_stub
        assert (stub.id, stub.about) == (claim, (name,))
        assert store.redacted() == {claim: fact}
    assert not fsck(old)
    assert [path.name for path in writer.folder.glob(".journal*")] == []
    (only,) = redactions(writer.case())
    assert (only.persons, only.is_done) == ("one and two", True)


def test_the_only_claim_gone_is_not_known_and_says_so(writer: Writer) -> None:
    name = writer.event("floods", "2026-01-10")
    claim = writer.claim(name, "2026-01-11")
    assert word(answer(writer), "open_river") == "YES"
    redact(writer, claim)
    session = answer(writer)
    assert word(session, "open_river") == "NOT KNOWN"
    weighing = session.assembled.weighings[name]
    assert weighing.weight is Weight.POSSIBLE
    assert weighing.reason.endswith("redacted on 2026-03-31 by one and two (law)")
    (found,) = why(session, "open_river")
    assert "redacted on 2026-03-31 by one and two" in found.sentence
    # Asked as known before the claim was recorded, it must not flip to NO either.
    assert word(answer(writer, "2026-02-01"), "open_river") == "NOT KNOWN"


def test_what_remains_decides_where_it_says_the_same(writer: Writer) -> None:
    name = writer.event("floods", "2026-01-10")
    writer.claim(name, "2026-01-11")
    other = writer.claim(name, "2026-01-12")
    redact(writer, other)
    assert answer(writer).assembled.weighings[name].weight is Weight.SURE


def test_a_denial_gone_leaves_it_open_who_was_right(writer: Writer) -> None:
    name = writer.event("floods", "2026-01-10")
    writer.claim(name, "2026-01-11")
    denial = writer.claim(name, "2026-01-12", denies=True)
    redact(writer, denial)
    assert answer(writer).assembled.weighings[name].weight is Weight.POSSIBLE


def test_an_affirmation_gone_leaves_a_denial_open(writer: Writer) -> None:
    name = writer.event("floods", "2026-01-10")
    writer.claim(name, "2026-01-11", denies=True)
    claim = writer.claim(name, "2026-01-12", "E5")
    assert answer(writer).assembled.weighings[name].weight is Weight.DENIED
    redact(writer, claim)
    assert answer(writer).assembled.weighings[name].weight is Weight.POSSIBLE


def test_a_grade_gone_may_have_been_any(writer: Writer) -> None:
    name = writer.event("floods", "2026-01-10")
    claim = writer.claim(name, "2026-01-11", grade=None)
    graded = {"reliability": "E", "credibility": 5}
    grade = writer.record("grade", graded, about=(claim,), known_from="2026-01-11")
    assert answer(writer).assembled.weighings[name].weight is Weight.ASIDE
    redact(writer, grade)
    assert answer(writer).assembled.weighings[name].weight is Weight.POSSIBLE


def test_silence_says_nothing_of_a_matter_gone_until_somebody_looks(
    writer: Writer,
) -> None:
    name = writer.event("floods", "2026-01-10")
    assert word(answer(writer), "open_river") == "NO"
    writer.claim(name, "2026-01-11")
    redact(writer, name)
    session = answer(writer)
    assert word(session, "open_river") == "NOT KNOWN"
    (found,) = session.ask("open_river")
    assert any("redacted on" in note for note in found.notes)
    assert any("floods" in note for note in found.notes)
    writer.looked("2026-01-01/2026-03-20")
    assert word(answer(writer), "open_river") == "NO"


def test_a_mistake_gone_leaves_nothing_open(writer: Writer) -> None:
    name = writer.event("floods", "2026-01-10")
    redact(writer, name, leaves_open=())
    assert word(answer(writer), "open_river") == "NO"


def test_a_sighting_gone_leaves_the_events_open_that_it_told_of(
    writer: Writer,
) -> None:
    seen = writer.seen("open_river", "2026-02-10", holds=False)
    fact = want(writer, seen)
    with open_journal(writer.folder / "journal.jsonl", writer.clock) as store:
        assert store.get(fact).payload["leaves_open"] == ("floods", "dries")


def test_a_look_gone_covers_nothing(writer: Writer, tmp_path: Path) -> None:
    other = Writer(tmp_path / "other")
    name = other.looked("2026-01-01/2026-03-20")
    assert word(other.session(DAY, "2026-03-31"), "open_river") == "NO"
    redact(other, name)
    assert word(other.session(DAY, "2026-03-31"), "open_river") == "NOT KNOWN"


def test_what_a_correction_replaced_does_not_rise_again(writer: Writer) -> None:
    name = writer.event("floods", "2026-01-10")
    writer.claim(name, "2026-01-11")
    payload = {"text": "withdrawn: never so"}
    note = writer.record("note", payload, rectifies=name)
    assert word(answer(writer), "open_river") == "NO"
    redact(writer, note)
    assert word(answer(writer), "open_river") == "NO"


@pytest.mark.parametrize("journal", ["journal.jsonl", "journal.db"])
def test_an_old_copy_does_not_bring_it_back(
    writer: Writer, tmp_path: Path, journal: str
) -> None:
    name = writer.event("floods", "2026-01-10")
    claim = writer.claim(name, "2026-01-11", voice=SECRET)
    text = writer.folder / "journal.jsonl"
    old = tmp_path / "old.jsonl"
    old.write_bytes(text.read_bytes())
    if journal == "journal.db":
        text.unlink()
        import_journal(writer.folder, old, writer.clock, by="import")
    place = writer.folder / journal

    def record_more() -> None:
        fact = want(writer, claim)
        agree(writer, fact)
        case = writer.case()
        complete(case, writer.clock, find_redaction(case, fact))

    record_more()
    done = import_journal(writer.folder, old, writer.clock, by="import")
    assert done.n_new == 0
    for path in writer.folder.glob("journal*"):
        assert SECRET.encode() not in path.read_bytes(), path
    assert not [f for f in fsck(place) if f.severity == "error"]
    session = answer(writer)
    assert word(session, "open_river") == "NOT KNOWN"


def test_an_export_carries_the_stub_and_a_copy_takes_the_rest(
    writer: Writer, tmp_path: Path
) -> None:
    name = writer.event("floods", "2026-01-10")
    claim = writer.claim(name, "2026-01-11", voice=SECRET)
    redact(writer, claim)
    copy = Writer(tmp_path / "copy")
    (copy.folder / "journal.jsonl").unlink()
    done = import_journal(
        copy.folder, writer.folder / "journal.jsonl", writer.clock, by="import"
    )
    with open_journal(copy.folder / "journal.db", writer.clock) as store:
        ids = {entry.id for entry in store.entries()}
    assert claim not in ids
    assert name in ids
    assert done.n_new == len(ids) - 1
    errors = [f for f in fsck(copy.folder / "journal.db") if f.severity == "error"]
    assert not errors


def test_other_versions_of_an_entry_are_named(writer: Writer) -> None:
    first = writer.event("floods", "2026-01-10")
    second = writer.event("floods", "2026-01-11", rectifies=first)
    third = writer.event("floods", "2026-01-12", supersedes=second)
    other = writer.event("dries", "2026-01-12")
    case = writer.case()
    found = [e.id for e in versions(case, named(case, second))]
    assert found == [first, third]
    assert versions(case, named(case, other)) == ()
    redact(writer, first)
    case = writer.case()
    assert [e.id for e in versions(case, named(case, second))] == [third]


def test_a_redaction_and_its_stub_are_not_redacted(writer: Writer) -> None:
    name = writer.event("floods", "2026-01-10")
    fact = redact(writer, name)
    for each in (name, fact):
        with pytest.raises(InputError):
            want(writer, each)
    with pytest.raises(InputError, match="no event"):
        want(writer, writer.event("dries", "2026-02-10"), leaves_open=("rains",))
    other = writer.event("dries", "2026-02-11")
    case = writer.case()
    with pytest.raises(InputError, match="wants nothing redacted"):
        find_redaction(case, other)


def test_a_line_that_says_redacted_without_two_persons_is_found(
    writer: Writer,
) -> None:
    name = writer.event("floods", "2026-01-10")
    fact = want(writer, name)
    case = writer.case()
    found = find_redaction(case, fact)
    with open_journal(writer.folder / "journal.jsonl", writer.clock) as store:
        store.redact(found.target.id, fact)
    codes = [finding.code for finding in fsck(writer.folder / "journal.jsonl")]
    assert codes == ["J015"]
