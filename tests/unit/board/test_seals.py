"""Sealed offers on the board: the opening stays with its owner, the seal is recorded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.board.conftest import HOSTILE, clock, earlier, make, write_case
from tests.unit.board.sender import Sender, fields_in, person, words_of
from tests.unit.board.test_hostile import wrong_in
from vigens.journal import Entry, open_journal
from vigens.people import Person, Role

OFFER: dict[str, Any] = {
    "do": "make",
    "party": "FR",
    "title": f"Two ships {HOSTILE}",
    "stance": "offer",
    "domains": ["sea"],
    "number": "2",
    "comparison": "eq",
    "unit": "ships",
    "conditions": "a ceasefire\nparliament",
}


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Give the tiny case with a journal that has logs, and so gives receipts."""
    folder = write_case(tmp_path / "case")
    (folder / "journal.jsonl").unlink()
    with open_journal(folder / "journal.db", earlier, create=True) as journal:
        journal.append([make("note", {"text": "begun"})])
    return folder


def delegate(name: str = "luc", party: str = "FR") -> Person:
    return person(Role.CONTRIBUTOR, name, delegation=party, reader=party)


def token(sender: Sender) -> str:
    found = fields_in(sender.get("/seal").text)["form_token"]
    return str(found[0])


def opening(sender: Sender, **fields: Any) -> bytes:
    made = sender.client.post(
        "/seal", data={**OFFER, **fields, "form_token": token(sender)}
    )
    assert made.status_code == 200, words_of(made.text)
    assert ".opening" in made.headers["content-disposition"]
    return bytes(made.content)


def upload(
    sender: Sender, do: str, *data: bytes, path: str = "/seal", **more: Any
) -> Any:
    files = [("opening", (f"{n}.opening", one)) for n, one in enumerate(data)]
    fields = {"do": do, "form_token": token(sender), **more}
    return sender.client.post(path, data=fields, files=files)


def record(sender: Sender, looked: Any, path: str = "/seal", **more: Any) -> Any:
    assert looked.status_code == 200, words_of(looked.text)
    assert wrong_in(looked.text) == []
    return sender.client.post(path, data={**fields_in(looked.text), **more})


def entries(sender: Sender) -> tuple[Entry, ...]:
    (path,) = sender.folder.glob("journal.*[bl]")
    with open_journal(path, clock) as journal:
        return journal.entries()


def kinds(sender: Sender) -> list[str]:
    return [entry.kind for entry in entries(sender)]


def test_an_offer_is_sealed_proved_and_opened(case: Path) -> None:
    sender = Sender(case, delegate())
    data = opening(sender)
    assert kinds(sender) == ["note"]  # nothing is recorded, and nothing kept
    assert not (case / "sealed").exists()
    looked = upload(sender, "seal", data)
    assert "Two ships" not in looked.text.replace(data.decode(), "")[:4000]
    assert kinds(sender) == ["note"]
    done = record(sender, looked)
    assert done.headers["location"].startswith("/seal?done=")
    assert "Recorded." in sender.get(done.headers["location"]).text
    sealed = entries(sender)[-1]
    assert (sealed.kind, sealed.marks, sealed.recorded_by) == (
        *("sealed_offer", ("FR",)),
        "luc",
    )
    assert set(sealed.payload) == {"commitment"}
    page = sender.get("/seal").text
    assert sealed.id[:12] in page
    receipt = sender.get(f"/seal/{sealed.id}/receipt")
    assert receipt.status_code == 200
    assert b"Two ships" not in receipt.content
    stranger = Sender(case, delegate("olha", "UA"))
    assert sealed.id[:12] not in stranger.get("/seal").text
    assert stranger.get(f"/seal/{sealed.id}/receipt").status_code == 404
    assert "sealed already" in upload(sender, "seal", data, final="yes").text
    looked = upload(sender, "open", data, mark="public")
    assert "Two ships" in looked.text
    assert "parliament" in looked.text
    assert record(sender, looked).status_code == 303
    opened = entries(sender)[-1]
    assert (opened.kind, opened.marks) == ("opened_offer", ("public",))
    assert opened.about == (sealed.id,)
    assert "open already" in upload(sender, "open", data, final="yes").text


def test_a_seal_is_renewed(case: Path) -> None:
    sender = Sender(case, delegate())
    record(sender, upload(sender, "seal", opening(sender)))
    first = entries(sender)[-1]
    new = opening(sender, number="3")
    record(sender, upload(sender, "seal", new, replaces=first.id))
    assert entries(sender)[-1].supersedes == first.id


def test_nobody_seals_or_opens_for_another(case: Path) -> None:
    mine, theirs = Sender(case, delegate()), Sender(case, delegate("olha", "UA"))
    data = opening(mine)
    record(mine, upload(mine, "seal", data, mark="public"))
    before = kinds(mine)
    for do in ("seal", "open"):
        for final in ("", "yes"):
            page = upload(theirs, do, data, final=final)
            assert page.status_code == 422
            assert "of another party" in page.text
    foreign = {**OFFER, "form_token": token(theirs)}
    page = theirs.client.post("/seal", data=foreign)
    assert page.status_code == 422
    own = opening(theirs, party="UA")
    sealed = entries(mine)[-1].id
    page = upload(theirs, "seal", own, replaces=sealed, final="yes")
    assert page.status_code == 422
    assert kinds(mine) == before


@pytest.mark.parametrize(
    "data", [b"", b"no opening", b"{}", b"\xff\xfe", b"[" * 9000, b"x" * 1_000_001]
)
def test_what_is_no_opening_seals_nothing(case: Path, data: bytes) -> None:
    sender = Sender(case, delegate())
    for do in ("seal", "open"):
        page = upload(sender, do, data)
        assert page.status_code == 422
        assert 'class="problem"' in page.text
    assert kinds(sender) == ["note"]


def test_an_offer_that_is_none_makes_no_opening(case: Path) -> None:
    sender = Sender(case, delegate())
    for wrong in ({"title": ""}, {"number": "many"}, {"stance": "perhaps"}):
        data = {**OFFER, **wrong, "form_token": token(sender)}
        page = sender.client.post("/seal", data=data)
        assert page.status_code == 422
        assert wrong_in(page.text) == []


def test_a_total_gives_no_single_offer_away(case: Path) -> None:
    coordinator = Sender(case, person(Role.COORDINATOR, "carl", reader=None))
    parties = {"FR": 3, "UA": 4, "CZ": 5}
    held = []
    for party, number in parties.items():
        sender = Sender(case, delegate(f"of-{party.lower()}", party))
        data = opening(sender, party=party, number=str(number))
        record(sender, upload(sender, "seal", data))
        held.append(data)
    path = "/seal/total"
    page = upload(coordinator, "look", *held, path=path, unit="ships")
    assert page.status_code == 422  # three are too few
    assert "released_total" not in kinds(coordinator)
    page = upload(coordinator, "look", path=path, unit="ships")
    assert page.status_code == 422
    assert Sender(case, delegate()).get(path).status_code == 403


def test_a_total_is_looked_at_and_released(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vigens.journal.sealing.MINIMUM", 3)
    monkeypatch.setattr("vigens.desk.sealing.MINIMUM", 3)
    alone, held = Sender(case), []
    for party, number in (("FR", 3), ("UA", 4), ("CZ", 5)):
        data = opening(alone, party=party, number=str(number))
        record(alone, upload(alone, "seal", data))
        held.append(data)
    fields = {"unit": "ships", "minimum": "3", "mark": "public"}
    looked = upload(alone, "look", *held, path="/seal/total", **fields)
    assert "12 ships" in looked.text
    assert "released_total" not in kinds(alone)
    done = record(alone, looked, "/seal/total", do="record")
    assert done.status_code == 303
    (total,) = (e for e in entries(alone) if e.kind == "released_total")
    assert (total.payload["number"], total.marks) == (12, ("public",))


def test_a_text_journal_gives_no_receipt(tmp_path: Path) -> None:
    sender = Sender(write_case(tmp_path / "case"))
    record(sender, upload(sender, "seal", opening(sender), mark="public"))
    sealed = entries(sender)[-1]
    page = sender.get(f"/seal/{sealed.id}/receipt")
    assert page.status_code == 404
    assert "no receipt" in page.text


def test_a_form_without_a_deed_does_nothing(case: Path) -> None:
    sender = Sender(case, delegate())
    page = sender.client.post("/seal", data={"form_token": token(sender)})
    assert page.status_code == 422
    assert sender.get("/seal/nothing/receipt").status_code == 404
