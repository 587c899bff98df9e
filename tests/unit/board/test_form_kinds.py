"""Every form by itself: filled in well it records, filled in badly it says where."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.board.conftest import HOSTILE, write_case
from tests.unit.board.sender import Sender, fields_in, words_of
from tests.unit.board.test_hostile import wrong_in
from vigens.board.forms import FORMS
from vigens.board.routes import WAYS
from vigens.journal import KINDS, Entry

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
        {
            "title": "Talks",
            "attendance.actor": ["FR", "", "UA"],
            "attendance.how": ["in_person", "unknown", "online"],
            "attendance.level": ["minister", "", ""],
        },
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
        {"by.actor": ["FR", "UA"], "number": "5", "unit": "EUR", "title": "Five"},
        ["funding", "claim"],
    ),
    ("/record/statement", {"by.actor": "FR", "title": "Yes"}, ["statement", "claim"]),
    (
        "/record/state/ceasefire",
        {"arg_1": "general", "holds": "no", "happened": "2026-02-01"},
        ["observation", "claim"],
    ),
    ("/record/note", {"text": "Mind the gap"}, ["note"]),
    (
        "/record/actor",
        {"actor": "org:NATO", "name": "The alliance", "type": "organisation"},
        ["actor"],
    ),
    (
        "/record/event/signs",
        {"arg_1": "accord", "arg_2": "UA", "happened": "2026-02-01"},
        ["occurrence", "claim"],
    ),
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


#: Kinds that no form of these lists records: where a person makes them instead, or
#: nothing where programs alone do.
ELSEWHERE = {
    "document": "/inbox/upload",
    "sealed_offer": "/seal",
    "opened_offer": "/seal",
    "released_total": "/seal/total",
    "witness": "/proofs",
    "batch": "",
}


def test_every_kind_has_a_form() -> None:
    made = {kind for *_, kinds in (*NEW, *ABOUT) for kind in kinds}
    made |= {"membership"}  # below: it needs a group first
    forms = {way.path for way in WAYS if way.act is not None}
    assert made | set(ELSEWHERE) == set(KINDS), (
        "write a form, and say here what it makes"
    )
    assert not made & set(ELSEWHERE)
    assert {path for path in ELSEWHERE.values() if path} <= forms


def test_every_form_is_tried_here() -> None:
    tried = {row[0] for row in NEW} | {f"/entry/{{id}}/{row[0]}" for row in ABOUT}
    tried |= {"/record/event/{event}", "/record/state/{state}"}
    tried |= {"/record/membership", "/entry/{id}/undo", "/entry/{id}/destroy"}  # below
    forms = {way.path for way in FORMS if way.act is not None}
    assert forms <= tried


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


@pytest.mark.parametrize(("path", "values", "kinds"), NEW)
def test_a_form_records_nothing_unseen_and_nothing_twice(
    sender: Sender, path: str, values: dict[str, Any], kinds: list[str]
) -> None:
    before = len(sender.entries())
    given = {**values, **(SOURCE if "claim" in kinds else {})}
    assert sender.send(path, do="record", **given).status_code == 409
    looked = sender.send(path, **given)
    assert looked.status_code == 200, words_of(looked.text)
    unseen = {**fields_in(looked.text), "do": "record", "effect": "0", "footing": ""}
    assert sender.client.post(path, data=unseen).status_code == 409
    assert len(sender.entries()) == before
    first, second = (sender.confirm(path, looked) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]
    assert len(sender.entries()) == before + len(kinds)


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
