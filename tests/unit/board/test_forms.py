"""Filling in, looking, recording: nothing unseen, nothing twice, nothing lost."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.board.conftest import HOSTILE, clock, write_case
from tests.unit.board.sender import Sender, fields_in, person, without_keys, words_of
from tests.unit.board.test_hostile import wrong_in
from vigens.desk import Looking, Session, make_lens, open_case
from vigens.journal import Draft, open_journal
from vigens.people import Permission, Role

BEGINS = "/record/event/ceasefire.begins"
GOOD: dict[str, Any] = {
    "arg_1": "general",
    "happened": "2026-02-20",
    "source": "https://gazette.example/peace",
    "source_title": "Gazette",
    "published": "2026-02-21",
    "reliability": "B",
    "credibility": "2",
}


@pytest.fixture
def sender(tmp_path: Path) -> Sender:
    return Sender(write_case(tmp_path / "case"))


@pytest.fixture(scope="module")
def still_sender(tmp_path_factory: pytest.TempPathFactory) -> Sender:
    """Give a sender by whom nothing is recorded."""
    return Sender(write_case(tmp_path_factory.mktemp("forms") / "case"))


def answer(folder: Path, question: str, as_of: str) -> str:
    case = open_case(folder, clock)
    now = int(clock().timestamp())
    lens = make_lens(case, Looking(now, as_of=as_of))
    return Session(case, lens).ask(question)[0].word


def test_a_look_records_nothing_and_tells_what_would_change(sender: Sender) -> None:
    before = len(sender.entries())
    looked = sender.send(BEGINS, **GOOD)
    assert looked.status_code == 200
    said = words_of(looked.text)
    assert "Not recorded yet" in said
    assert "the accord is switched on ✕ NO" in said
    assert "Pay" in said  # the obligation that it triggers
    assert len(sender.entries()) == before


def test_what_the_look_showed_is_what_status_says_afterwards(sender: Sender) -> None:
    looked = sender.send(BEGINS, **GOOD)
    assert "the accord is switched on" in looked.text
    assert answer(sender.folder, "switched_on", "2026-02-25") == "NO"
    receipt = sender.get(sender.confirm(BEGINS, looked).headers["location"])
    assert answer(sender.folder, "switched_on", "2026-02-25") == "YES"

    def changes(text: str) -> str:
        table = text.partition('<table class="changes">')[2].partition("</table>")[0]
        return words_of(f"<main>{table}</main>").replace("/entry/", "")

    assert changes(looked.text) == changes(receipt.text) != ""


def test_a_receipt_shows_the_entries_and_how_to_correct_them(sender: Sender) -> None:
    receipt = sender.record(BEGINS, **GOOD)
    kinds = [entry.kind for entry in sender.entries()[-3:]]
    assert kinds == ["occurrence", "claim", "grade"]
    claim = sender.entries()[-2]
    assert claim.known_from == "2026-02-21"
    assert f"/entry/{claim.id}/correct" in receipt.text


def test_a_form_that_is_sent_twice_is_recorded_once(sender: Sender) -> None:
    looked = sender.send(BEGINS, **GOOD)
    first, second = (sender.confirm(BEGINS, looked) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]
    assert sum(e.kind == "grade" for e in sender.entries()) == 2  # one was there


def test_nothing_is_recorded_that_was_not_looked_at(sender: Sender) -> None:
    before = len(sender.entries())
    asked = sender.send(BEGINS, do="record", **GOOD)
    assert asked.status_code == 409
    assert "not looked at" in words_of(asked.text) or "look" in words_of(asked.text)
    assert len(sender.entries()) == before


def test_who_changed_what_meanwhile_is_told_before_recording(sender: Sender) -> None:
    looked = sender.send(BEGINS, **GOOD)
    other = {"event": "ceasefire.begins", "args": ["general"], "title": "It began"}
    with open_journal(sender.folder / "journal.jsonl", clock) as journal:
        journal.append([Draft("occurrence", other, "taras", marks=("public",))])
    again = sender.confirm(BEGINS, looked)
    assert again.status_code == 409
    said = words_of(again.text)
    assert "taras" in said
    assert "touches this" in said
    assert sender.confirm(BEGINS, again).status_code == 303  # having looked again


def test_what_does_not_touch_it_does_not_hold_it_up(sender: Sender) -> None:
    looked = sender.send(BEGINS, **GOOD)
    with open_journal(sender.folder / "journal.jsonl", clock) as journal:
        journal.append([Draft("note", {"text": "x"}, "taras", marks=("public",))])
    assert sender.confirm(BEGINS, looked).status_code == 303


def test_what_a_reader_may_not_see_does_not_hold_it_up(sender: Sender) -> None:
    looked = sender.send(BEGINS, **GOOD)
    other = {"event": "ceasefire.begins", "args": ["general"], "title": "Hidden one"}
    with open_journal(sender.folder / "journal.jsonl", clock) as journal:
        journal.append([Draft("occurrence", other, "taras", marks=("FR",))])
    done = sender.confirm(BEGINS, looked)
    assert done.status_code == 303
    assert "Hidden one" not in sender.get(done.headers["location"]).text


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("arg_1", "", "needed"),
        ("arg_1", "nowhere", "cannot be read"),
        ("arg_1", "a(b", "no name"),
        ("happened", "soon", "impossible date"),
        ("published", "2026-13-01", "impossible date"),
        ("known_from", "2027-01-01", "after the recording"),
        ("reliability", "Z", "none of the choices"),
        ("credibility", "0", "none of the choices"),
        ("title", "x" * 500, "500 characters"),
        ("title", "one\u202etwo", "cannot be seen"),
        ("mark", "nobody-knows", "none of the choices"),
        ("source", "", "write its address"),
        ("quote", "words without a document", "needs its document"),
        ("recorded_by", "", "needed"),
    ],
)
def test_a_bad_field_is_told_beside_it_and_nothing_is_lost(
    still_sender: Sender, field: str, value: str, word: str
) -> None:
    looked = still_sender.client.post(
        BEGINS, data={**still_sender.start(BEGINS), **GOOD, field: value, "do": "look"}
    )
    assert looked.status_code == 422
    assert word in words_of(looked.text)
    assert 'role="alert"' in looked.text
    kept = fields_in(looked.text)
    for name, expected in GOOD.items():
        if name != field and kept.get(name):
            assert kept[name] == [expected]
    assert len(still_sender.entries()) == 11


def test_a_form_can_be_changed_after_the_look(sender: Sender) -> None:
    looked = sender.send(BEGINS, **GOOD)
    back = sender.client.post(BEGINS, data={**fields_in(looked.text), "do": "edit"})
    assert back.status_code == 200
    assert fields_in(back.text)["source_title"] == ["Gazette"]


def test_hostile_words_stay_words(sender: Sender) -> None:
    words = {"title": HOSTILE, "source_title": HOSTILE, "voice": HOSTILE}
    values = {**GOOD, **words, "source": "https://x.example/" + HOSTILE}
    looked = sender.send(BEGINS, **values)
    assert looked.status_code == 200
    assert wrong_in(without_keys(looked.text)) == []
    done = sender.confirm(BEGINS, looked)
    receipt = without_keys(sender.get(done.headers["location"]).text)
    assert wrong_in(receipt) == []
    assert "alert(&#39;stored&#39;)" in receipt
    assert wrong_in(sender.send(BEGINS, **{**values, "happened": HOSTILE}).text) == []


@pytest.mark.parametrize("path", ["/record", "/record/event", BEGINS])
def test_who_may_not_record_finds_no_form(tmp_path: Path, path: str) -> None:
    folder = write_case(tmp_path / "case")
    viewer = Sender(folder, person(Role.VIEWER))
    assert viewer.get(path).status_code == 403
    assert "/record" not in viewer.get("/").text
    contributor = Sender(folder, person(Role.CONTRIBUTOR))
    assert contributor.get(path).status_code == 200


def test_a_contributor_records_and_grades_nothing(tmp_path: Path) -> None:
    contributor = Sender(write_case(tmp_path / "case"), person(Role.CONTRIBUTOR))
    assert not contributor.person.may(Permission.REVIEW)
    start = contributor.start(BEGINS)
    assert "reliability" not in start
    contributor.record(BEGINS, **GOOD)  # a grade that is sent all the same is nothing
    occurrence, claim = contributor.entries()[-2:]
    assert [occurrence.kind, claim.kind] == ["occurrence", "claim"]
    assert claim.recorded_by == "olena"


def test_a_delegation_records_for_its_own_sheet_alone(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    french = Sender(folder, person(Role.CONTRIBUTOR, reader="FR", delegation="FR"))
    refused = french.send(BEGINS, **GOOD)
    assert refused.status_code == 422
    assert "nobody's sheet" in words_of(refused.text)
    signs = "/record/event/signs"
    own = {"arg_1": "accord", "arg_2": "FR", "source": "https://x.example"}
    assert french.send(signs, **own).status_code == 200
    foreign = french.send(signs, **{**own, "arg_2": "UA"})
    assert foreign.status_code == 422
    assert "sheet of Ukraine" in words_of(foreign.text)


def test_a_board_that_only_reads_takes_no_form(tmp_path: Path) -> None:
    reading = Sender(write_case(tmp_path / "case"), read_only=True)
    assert "only reads" in words_of(reading.get(BEGINS).text)
    assert '<form class="entry-form"' not in reading.get(BEGINS).text
    assert 'href="/record"' not in reading.get("/").text


@settings(max_examples=12, deadline=None)
@given(
    values=st.dictionaries(
        st.sampled_from([*GOOD, "arg_1", "mark", "denies", "document", "quote", "do"]),
        st.text(max_size=40),
    )
)
def test_whatever_is_sent_is_answered(values: dict[str, str]) -> None:
    sender = _any_sender()
    start = sender.start(BEGINS)
    sent = {**start, **GOOD, "do": "look", **values}
    if values.get("do") == "record":
        sent["do"] = "look"
    answered = sender.client.post(BEGINS, data=sent)
    assert answered.status_code in (200, 409, 422)
    assert wrong_in(without_keys(answered.text)) == []


@cache
def _any_sender() -> Sender:
    return Sender(write_case(Path(tempfile.mkdtemp()) / "case"))


def test_the_last_source_is_filled_in_for_who_used_it_today(sender: Sender) -> None:
    assert not sender.start(BEGINS)["source"][0]
    sender.record(BEGINS, **GOOD)
    assert sender.start(BEGINS)["source"] == [GOOD["source"]]
    other = Sender(sender.folder, person(Role.REVIEWER, "taras"))
    assert not other.start(BEGINS)["source"][0]
