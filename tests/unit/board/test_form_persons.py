"""Whose form it is: own entries, roles, hidden entries, second persons."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.board.conftest import write_case
from tests.unit.board.sender import Sender, person, words_of
from tests.unit.board.test_form_kinds import SOURCE, last_of
from vigens.people import Role


@pytest.fixture
def sender(tmp_path: Path) -> Sender:
    return Sender(write_case(tmp_path / "case"))


def test_a_contributor_corrects_only_what_is_their_own(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    contributor = Sender(folder, person(Role.CONTRIBUTOR))
    claim = last_of(contributor, "claim")
    refused = contributor.get(f"/entry/{claim.id}/correct")
    assert refused.status_code == 404
    assert "somebody else recorded it" in words_of(refused.text)
    contributor.record("/record/statement", **{"by.actor": "FR"}, title="Yes", **SOURCE)
    own = contributor.entries()[-1]
    contributor.record(f"/entry/{own.id}/correct", p_statement="No")
    assert contributor.entries()[-1].rectifies == own.id


@pytest.mark.parametrize("name", ["grade", "review", "confirm", "same-origin"])
def test_a_contributor_judges_nothing(tmp_path: Path, name: str) -> None:
    contributor = Sender(write_case(tmp_path / "case"), person(Role.CONTRIBUTOR))
    claim = last_of(contributor, "claim")
    path = f"/entry/{claim.id}/{name}"
    assert contributor.get(path).status_code == 403
    assert f"/{name}" not in contributor.get(f"/entry/{claim.id}").text


@pytest.mark.parametrize("path", ["/record/group", "/record/membership"])
def test_a_reviewer_changes_no_group(tmp_path: Path, path: str) -> None:
    reviewer = Sender(write_case(tmp_path / "case"), person(Role.REVIEWER))
    assert reviewer.get(path).status_code == 403


def test_a_member_joins_and_leaves(sender: Sender) -> None:
    sender.record("/record/group", group="cell", title="The cell", seen_by="public")
    sender.record("/record/membership", group="cell", member="FR")
    joined = sender.entries()[-1]
    assert joined.payload["is_member"] is True
    sender.record("/record/membership", group="cell", member="FR", is_member="leave")
    assert sender.entries()[-1].supersedes == joined.id


def test_what_a_reader_may_not_see_cannot_be_written_about(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    sender = Sender(folder)
    sender.record("/record/note", text="Hidden words", mark="FR")
    hidden = sender.entries()[-1]
    reviewer = Sender(folder, person(Role.COORDINATOR))
    for name in ("correct", "withdraw", "note", "redact"):
        answered = reviewer.get(f"/entry/{hidden.id}/{name}")
        assert answered.status_code == 404
        assert "Hidden words" not in answered.text


def test_a_hidden_correction_does_not_show_in_a_refusal(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    reviewer = Sender(folder, person(Role.REVIEWER))
    claim = last_of(reviewer, "claim")
    from tests.unit.board.conftest import clock
    from vigens.journal import Draft, open_journal, thaw

    with open_journal(folder / "journal.jsonl", clock) as journal:
        (hidden,) = journal.append(
            [
                Draft(
                    "claim",
                    thaw(claim.payload) | {"statement": "Secretly other"},
                    "taras",
                    marks=("FR",),
                    about=claim.about,
                    rectifies=claim.id,
                )
            ]
        )
    looked = reviewer.send(f"/entry/{claim.id}/correct", p_statement="France signs")
    assert looked.status_code == 200
    assert hidden.id[:12] not in looked.text
    assert "Secretly" not in looked.text


def test_two_persons_redact(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    first = Sender(folder, person(Role.COORDINATOR, "olena"))
    meeting = last_of(first, "meeting")
    first.record(f"/entry/{meeting.id}/redact", reason="the law asks for it")
    fact = first.entries()[-1]
    path = f"/entry/{fact.id}/destroy"
    refused = first.send(path, agreed="yes")
    assert "second person" in words_of(refused.text)
    assert f"/entry/{fact.id}/destroy" not in first.get(f"/entry/{fact.id}").text
    second = Sender(folder, person(Role.COORDINATOR, "taras"))
    assert "this is needed" in words_of(second.send(path).text)
    looked = second.send(path, agreed="yes")
    assert "cannot be undone" in words_of(looked.text)
    assert second.confirm(path, looked).status_code == 303
    stub = next(e for e in second.entries() if e.id == meeting.id)
    assert stub.is_stub


def test_what_a_redaction_leaves_unknown_is_shown_before(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    first = Sender(folder, person(Role.COORDINATOR, "olena"))
    signs = next(e for e in first.entries() if e.payload.get("event") == "signs")
    asked = f"/entry/{signs.id}/redact"
    looked = words_of(first.send(asked, reason="law", leaves_open="signs").text)
    assert "What changes once it is carried out" in looked
    assert "France endorses Watch of The Accord" in looked
    assert "silence about it says nothing" in looked
    first.record(asked, reason="law", leaves_open="signs")
    second = Sender(folder, person(Role.COORDINATOR, "taras"))
    agreeing = second.send(f"/entry/{first.entries()[-1].id}/destroy", agreed="yes")
    assert "silence about it says nothing" in words_of(agreeing.text)


def test_a_redaction_that_changes_who_sees_what_says_so_before(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    keeper = Sender(folder, person(Role.COORDINATOR, "olena", reader="all"))
    keeper.record("/record/group", group="ring", title="The ring")
    keeper.record("/record/membership", group="ring", member="FR", is_member="join")
    joined = keeper.entries()[-1]
    looked = words_of(keeper.send(f"/entry/{joined.id}/redact", reason="law").text)
    assert "France (FR) will no longer see what is released to The ring" in looked
    meeting = last_of(keeper, "meeting")
    looked = words_of(keeper.send(f"/entry/{meeting.id}/redact", reason="law").text)
    assert "Who sees what" not in looked


def test_what_waits_for_a_second_person_is_listed(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    settings = folder / "case.toml"
    text = settings.read_text("utf-8")
    settings.write_text(f'{text}\n[four_eyes]\nkinds = ["offer"]\n', "utf-8")
    sender = Sender(folder)
    looked = sender.send("/record/offer", party="FR", title="Ships", domains="sea")
    assert "Waits for a second person" in words_of(looked.text)
    waiting = sender.get("/waiting")
    offer = last_of(sender, "offer")
    assert f"/entry/{offer.id}/confirm" in waiting.text
    sender.record(f"/entry/{offer.id}/confirm", recorded_by="vira")
    assert "Nothing waits" in words_of(sender.get("/waiting").text)


def test_the_hub_leads_to_every_form_that_one_may_fill_in(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    contributor = Sender(folder, person(Role.CONTRIBUTOR)).get("/record").text
    coordinator = Sender(folder, person(Role.COORDINATOR)).get("/record").text
    assert "/record/offer" in contributor
    assert "/record/group" not in contributor
    assert "/record/group" in coordinator


def test_who_somebody_is_is_recorded_once(sender: Sender) -> None:
    nato = {"actor": "org:NATO", "name": "The alliance", "type": "organisation"}
    sender.record("/record/actor", **nato, note="of states")
    made = sender.entries()[-1]
    assert dict(made.payload) == {**nato, "note": "of states"}
    told = sender.send("/record/actor", **{**nato, "name": "Another"})
    assert "is on record as The alliance" in words_of(told.text)
    sender.record(f"/entry/{made.id}/correct", p_name="The Atlantic alliance")
    told = sender.send("/record/actor", **nato)
    assert "is on record as The Atlantic alliance" in words_of(told.text)
    sender.record(f"/entry/{sender.entries()[-1].id}/withdraw", reason="a slip")
    sender.record("/record/actor", **nato)


@pytest.mark.parametrize(
    ("code", "word"), [("FR", "is declared as France"), ("a b", "is no code")]
)
def test_who_is_declared_is_not_recorded(sender: Sender, code: str, word: str) -> None:
    told = sender.send("/record/actor", actor=code, name="x", type="state")
    assert told.status_code == 422
    assert word in words_of(told.text)
