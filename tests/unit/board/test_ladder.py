"""The ladder: who decides on which level for whom, and four eyes on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.board.conftest import SETTINGS, clock, make, write_case
from tests.unit.board.sender import Sender, person, words_of
from vigens.journal import Entry, open_journal
from vigens.people import Person, Role

FOUR_EYES = '\n[four_eyes]\nkinds = ["approval"]\n'


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Give the tiny case, which asks for a second person, with an offer of UA."""
    folder = write_case(tmp_path / "case")
    settings = SETTINGS.format(hostile="") + FOUR_EYES
    (folder / "case.toml").write_text(settings, encoding="utf-8")
    offer = {
        "party": "UA",
        "title": "Ukraine offers training",
        "stance": "offer",
        "domains": ["training", "sea"],
        "conditions": [],
        "gates": [],
    }
    with open_journal(folder / "journal.jsonl", clock) as journal:
        journal.append([make("offer", offer, happened="2026-01-05")])
    return folder


def delegate(name: str = "luc", party: str = "FR", **more: object) -> Person:
    more.setdefault("levels", frozenset({"ministers", "leaders"}))
    return person(Role.CONTRIBUTOR, name, delegation=party, reader=party, **more)


def offer_of(folder: Path, party: str = "FR") -> Entry:
    with open_journal(folder / "journal.jsonl", clock) as journal:
        (found,) = (
            entry
            for entry in journal.entries()
            if entry.kind == "offer" and entry.payload["party"] == party
        )
    return found


def approvals(sender: Sender) -> list[Entry]:
    return [entry for entry in sender.entries() if entry.kind == "approval"]


def test_a_delegate_decides_and_a_second_one_confirms(case: Path) -> None:
    first, second = Sender(case, delegate()), Sender(case, delegate("anne"))
    path = f"/approvals/{offer_of(case).id}"
    page = first.get("/approvals")
    assert "You decide as: leaders, ministers." in words_of(page.text)
    assert path in page.text
    assert "Record an approval" in page.text
    first.record(path, level="leaders", who="Council", mark="FR", on="2026-03-01")
    (approval,) = approvals(first)
    assert approval.recorded_by == "luc"
    assert approval.marks == ("FR",)
    assert (approval.payload["level"], approval.payload["by"]) == ("leaders", "Council")
    confirm = f"/approvals/{approval.id}/confirm"
    mine, theirs = first.get("/approvals").text, second.get("/approvals").text
    assert "waits for a second person" in mine
    assert "no effect until graded" in mine
    assert confirm not in mine  # not one's own
    assert "Waits for you" in words_of(theirs)
    assert confirm in theirs
    own = first.send(confirm)
    assert "only a second person confirms it" in own.text
    second.record(confirm)
    assert "waits for a second person" not in second.get("/approvals").text
    others = Sender(case, delegate("olha", "UA")).get("/approvals").text
    assert "Council" not in others  # it was decided in secret


def test_a_graded_and_confirmed_approval_climbs_its_rung_alone(case: Path) -> None:
    reviewer = Sender(
        case, person(Role.REVIEWER, "rita", levels=frozenset({"parliament"}))
    )
    path = f"/approvals/{offer_of(case).id}"
    graded = {"reliability": "A", "credibility": "1"}
    reviewer.record(path, **graded, mark="public", on="2026-02-01")
    other = Sender(case, person(Role.REVIEWER, "rob", levels=frozenset({"parliament"})))
    before = words_of(other.get("/approvals?party=FR&as_of=2026-02-20").text)
    (approval,) = approvals(other)
    other.record(f"/approvals/{approval.id}/confirm")
    after = words_of(other.get("/approvals?party=FR&as_of=2026-02-20").text)
    assert after.count("■ YES") == before.count("■ YES") + 1


@pytest.mark.parametrize(
    "who",
    [
        delegate(levels=frozenset()),
        delegate("olha", "UA"),
        person(Role.COORDINATOR, "carl", reader=None),
        person(Role.VIEWER, "vera", levels=frozenset({"ministers"})),
    ],
    ids=lambda one: one.name,
)
def test_who_does_not_decide_records_nothing(case: Path, who: Person) -> None:
    sender = Sender(case, who)
    path = f"/approvals/{offer_of(case).id}"
    page = sender.get(path)
    assert page.status_code in (403, 404)
    assert path not in sender.get("/approvals").text
    first = Sender(case, delegate())
    forged = first.start(path)
    token = sender.start("/approvals").get("form_token", forged["form_token"])
    sent = sender.client.post(path, data={**forged, "form_token": token, "do": "look"})
    assert sent.status_code in (403, 404)
    first.record(path, mark="FR")
    (approval,) = approvals(first)
    assert sender.get(f"/approvals/{approval.id}/confirm").status_code in (403, 404)
    assert len(approvals(first)) == 1


def test_a_level_of_another_is_not_taken_from_a_form(case: Path) -> None:
    sender = Sender(case, delegate(levels=frozenset({"leaders"})))
    page = sender.send(f"/approvals/{offer_of(case).id}", level="ministers")
    assert page.status_code == 422
    assert "none of the choices" in page.text


def test_what_is_decided_in_secret_is_the_partys_own_at_first(case: Path) -> None:
    path = f"/approvals/{offer_of(case).id}"
    start = Sender(case, delegate(levels=frozenset({"ministers"}))).start(path)
    assert start["mark"] == ["FR"]
    start = Sender(case, delegate(levels=frozenset({"leaders"}))).start(path)
    assert start["mark"] == ["public"]


def test_a_delegation_sees_its_own_ladder_alone(case: Path) -> None:
    mine = words_of(Sender(case, delegate()).get("/approvals").text)
    assert "Ships" in mine
    assert "Ukraine offers training" not in mine
    both = words_of(Sender(case, person(Role.VIEWER)).get("/approvals").text)
    assert "Ukraine offers training" in both
    assert "Your account decides on no level" in both
    one = words_of(Sender(case).get("/approvals?party=UA").text)
    assert "Ships" not in one
    assert "You decide as: ministers, leaders, parliament." in one


def test_an_offer_without_a_domain_climbs_nothing(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    bare = {
        "party": "UA",
        "title": "Help",
        "stance": "offer",
        "domains": [],
        "conditions": [],
        "gates": [],
    }
    with open_journal(folder / "journal.jsonl", clock) as journal:
        journal.append([make("offer", bare, happened="2026-01-05")])
    text = Sender(folder).get("/approvals?party=UA").text
    assert "names no domain" in text
    assert "needs no second person" in text
    page = Sender(folder).send(f"/approvals/{offer_of(folder, 'UA').id}")
    assert page.status_code == 422


def test_a_read_only_board_shows_the_ladder_and_no_button(case: Path) -> None:
    text = Sender(case, read_only=True).get("/approvals").text
    assert "Ships" in text
    assert "Record an approval" not in text
