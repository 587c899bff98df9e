"""Every form by itself: filled in well it records, filled in badly it says where."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.board.conftest import HOSTILE, write_case
from tests.unit.board.sender import Sender, fields_in, person, words_of
from tests.unit.board.test_hostile import wrong_in
from vigens.journal import Entry
from vigens.people import Role

SOURCE = {"source": "https://gazette.example/a", "published": "2026-02-01"}

#: Path, what is filled in, and the kinds of entries that are recorded.
NEW: list[tuple[str, dict[str, Any], list[str]]] = [
    (
        "/record/offer",
        {"party": "FR", "title": "Two ships", "domains": "sea", "number": "2"},
        ["offer", "claim"],
    ),
    (
        "/record/count",
        {"measure": "ready", "number": "12", "title": "Twelve", "speaker": "FR"},
        ["count", "claim"],
    ),
    (
        "/record/meeting",
        {"title": "Talks", "attendance": "FR in_person minister\nUA online"},
        ["meeting", "claim"],
    ),
    (
        "/record/position",
        {"party": "UA", "point": "borders", "title": "None"},
        ["position", "claim"],
    ),
    (
        "/record/institution",
        {"body": "cell", "title": "A cell is planned"},
        ["institution", "claim"],
    ),
    ("/record/step", {"step": "begin", "title": "It begins"}, ["step", "claim"]),
    (
        "/record/text",
        {"instrument": "accord", "title": "A draft"},
        ["text", "claim"],
    ),
    (
        "/record/rule",
        {"instrument": "accord", "title": "It says so"},
        ["rule", "claim"],
    ),
    (
        "/record/funding",
        {"by": "FR, UA", "number": "5", "unit": "EUR", "title": "Five"},
        ["funding", "claim"],
    ),
    ("/record/statement", {"by": "FR", "title": "Yes"}, ["statement", "claim"]),
    (
        "/record/state/ceasefire",
        {"arg_1": "general", "holds": "no", "happened": "2026-02-01"},
        ["observation", "claim"],
    ),
    ("/record/note", {"text": "Mind the gap"}, ["note"]),
    (
        "/record/look",
        {"span": "2026-03-01/2026-03-05", "note": "the gazettes"},
        ["coverage"],
    ),
    (
        "/record/group",
        {"group": "cell", "title": "The cell", "seen_by": "public"},
        ["release_group"],
    ),
]

#: Path under an entry, its kind, what is filled in, and the kinds of entries.
ABOUT: list[tuple[str, str, dict[str, Any], list[str]]] = [
    ("grade", "claim", {"reliability": "C", "credibility": "3"}, ["grade"]),
    ("review", "claim", {"verdict": "overstated", "reason": "x"}, ["review"]),
    ("same-origin", "claim", {"others": "r-1"}, ["same_origin"]),
    ("confirm", "occurrence", {}, ["confirmation"]),
    ("note", "occurrence", {"text": "See there"}, ["note"]),
    ("claim", "occurrence", {"title": "It did not", "denies": "yes"}, ["claim"]),
    ("approve", "offer", {"level": "ministers"}, ["approval", "claim"]),
    ("correct", "claim", {"p_statement": "France signs it"}, ["claim"]),
    ("correct", "occurrence", {"happened": "2026-01-07"}, ["occurrence"]),
    ("withdraw", "count", {"reason": "it was never said"}, ["note"]),
    ("redact", "meeting", {"reason": "the law asks for it"}, ["redaction"]),
]


@pytest.fixture
def sender(tmp_path: Path) -> Sender:
    return Sender(write_case(tmp_path / "case"))


@pytest.fixture(scope="module")
def shared_sender(tmp_path_factory: pytest.TempPathFactory) -> Sender:
    """Give a sender whose case only grows, by what these tests record."""
    return Sender(write_case(tmp_path_factory.mktemp("forms") / "case"))


def last_of(sender: Sender, kind: str) -> Entry:
    return next(e for e in sender.entries() if e.kind == kind)


@pytest.mark.parametrize(("path", "values", "kinds"), NEW)
def test_a_form_records_what_it_says(
    shared_sender: Sender, path: str, values: dict[str, Any], kinds: list[str]
) -> None:
    before = len(shared_sender.entries())
    given = {**values, **(SOURCE if "claim" in kinds else {})}
    receipt = shared_sender.record(path, **given)
    assert receipt.status_code == 200
    made = shared_sender.entries()[before:]
    assert [entry.kind for entry in made] == kinds
    assert all(entry.recorded_by == "curator" for entry in made)
    if "claim" in kinds:
        assert made[-1].sources[0].address == SOURCE["source"]


@pytest.mark.parametrize(("name", "kind", "values", "kinds"), ABOUT)
def test_a_form_about_an_entry_records_what_it_says(
    shared_sender: Sender,
    name: str,
    kind: str,
    values: dict[str, Any],
    kinds: list[str],
) -> None:
    before = len(shared_sender.entries())
    target = last_of(shared_sender, kind)
    shared_sender.record(f"/entry/{target.id}/{name}", recorded_by="vira", **values)
    made = shared_sender.entries()[before:]
    assert [entry.kind for entry in made] == kinds
    links = {made[0].rectifies, made[0].supersedes, *made[0].about}
    assert target.id in links
    assert made[0].recorded_by == "vira"


@pytest.mark.parametrize("path", [row[0] for row in NEW])
def test_an_empty_form_says_what_is_needed(shared_sender: Sender, path: str) -> None:
    start = shared_sender.start(path)
    kept = {name: start[name] for name in ("form_token",)}
    answered = shared_sender.client.post(path, data={**kept, "do": "look"})
    assert answered.status_code == 422
    assert "this is needed" in words_of(answered.text)


@pytest.mark.parametrize("path", [row[0] for row in NEW])
def test_hostile_words_in_every_field_stay_words(
    shared_sender: Sender, path: str
) -> None:
    start = shared_sender.start(path)
    values = {name: HOSTILE for name in start if name != "form_token"}
    answered = shared_sender.client.post(
        path, data={**values, "form_token": start["form_token"], "do": "look"}
    )
    assert answered.status_code == 422
    assert wrong_in(answered.text) == []
    assert "alert(&#39;stored&#39;)" in answered.text


@pytest.mark.parametrize(
    ("path", "values", "word"),
    [
        ("/record/offer", {"number": "many"}, "no whole number"),
        ("/record/offer", {"party": "XX"}, "none of the choices"),
        ("/record/offer", {"domains": "space"}, "none of the choices"),
        ("/record/count", {"measure": "nothing"}, "none of the choices"),
        ("/record/look", {"span": "2026-03-01~", "note": "x"}, "rough date"),
        ("/record/look", {"event": "nope", "note": "x"}, "no event"),
        ("/record/group", {"group": "a b", "title": "x"}, "no name of a reader"),
        ("/record/group", {"group": "FR", "title": "x"}, "already"),
        ("/record/state/ceasefire", {"arg_1": "nowhere"}, "cannot be read"),
    ],
)
def test_a_bad_field_is_told(
    shared_sender: Sender, path: str, values: dict[str, Any], word: str
) -> None:
    answered = shared_sender.send(path, **values)
    assert answered.status_code == 422
    assert word in words_of(answered.text)


def test_a_grade_starts_where_nothing_is_judged(shared_sender: Sender) -> None:
    claim = last_of(shared_sender, "claim")
    start = shared_sender.start(f"/entry/{claim.id}/grade")
    assert (start["reliability"], start["credibility"]) == (["F"], ["6"])
    answered = shared_sender.send(f"/entry/{claim.id}/grade", reliability="A")
    assert fields_in(answered.text)["credibility"] == ["6"]  # never from the other


def test_nobody_confirms_what_they_recorded(sender: Sender) -> None:
    sender.record("/record/offer", party="FR", title="Ships", domains="sea", **SOURCE)
    offer = sender.entries()[-2]
    answered = sender.send(f"/entry/{offer.id}/confirm")
    assert answered.status_code == 422
    assert "only a second person" in words_of(answered.text)


def test_a_correction_needs_a_change_and_comes_once(sender: Sender) -> None:
    claim = last_of(sender, "claim")
    path = f"/entry/{claim.id}/correct"
    assert "nothing would change" in words_of(sender.send(path).text)
    sender.record(path, p_statement="France signs it", how="rectify")
    made = sender.entries()[-1]
    assert (made.rectifies, made.payload["statement"]) == (claim.id, "France signs it")
    assert {n: made.payload[n] for n in ("polarity", "voice")} == {
        "polarity": "pos",
        "voice": "FR",
    }
    again = sender.send(path, p_statement="No", how="rectify")
    assert "corrected already" in words_of(again.text)
    sender.record(f"/entry/{made.id}/undo", how="rectify")
    assert sender.entries()[-1].payload["statement"] == claim.payload["statement"]


def test_a_correction_loses_no_field_that_a_form_cannot_show(sender: Sender) -> None:
    meeting = last_of(sender, "meeting")
    path = f"/entry/{meeting.id}/correct"
    sender.record(path, p_place="Paris")
    made = sender.entries()[-1]
    assert made.payload["attendance"] == meeting.payload["attendance"]
    assert made.payload["title"] == meeting.payload["title"]


def test_a_contributor_corrects_only_what_is_their_own(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    contributor = Sender(folder, person(Role.CONTRIBUTOR))
    claim = last_of(contributor, "claim")
    refused = contributor.get(f"/entry/{claim.id}/correct")
    assert refused.status_code == 404
    assert "somebody else recorded it" in words_of(refused.text)
    contributor.record("/record/statement", by="FR", title="Yes", **SOURCE)
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
