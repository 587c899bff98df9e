"""A hostile walk, made from the tables: stored words, other people's entries, the log."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.unit.board.conftest import HOSTILE, clock, make, write_case
from tests.unit.board.desk import SharedDesk, form_token, open_desk
from tests.unit.board.sender import Sender, fields_in, words_of
from tests.unit.board.test_form_kinds import NEW, SOURCE
from tests.unit.board.test_hostile import every_path, wrong_in
from vigens.board.api import ENDPOINTS
from vigens.board.routes import WAYS
from vigens.journal import open_journal
from vigens.people import read_access

SECRET = "What Paris alone may read"


def test_hostile_words_stored_through_every_form_stay_words(tmp_path: Path) -> None:
    sender = Sender(write_case(tmp_path / "case"))
    stored = 0
    for path, values, kinds in NEW:
        given = {**values, **(SOURCE if "claim" in kinds else {})}
        names = [
            name
            for name in sender.start(path)
            if name not in ("form_token", "arg_1", "arg_2", "holds")
        ]
        hostile: dict[str, Any] = dict.fromkeys(names, HOSTILE)
        looked = sender.send(path, **{**given, **hostile})
        for _ in range(len(names)):  # what takes no such words is given good ones
            if looked.status_code == 200:
                break
            bad = set(re.findall(r'id="([\w.-]+)-fault"', looked.text))
            bad |= {name for name in hostile if name.partition(".")[0] in bad}
            bad = bad & set(hostile) or {next(iter(hostile))}
            hostile = {n: v for n, v in hostile.items() if n not in bad}
            looked = sender.send(path, **{**given, **hostile})
        assert looked.status_code == 200, (path, words_of(looked.text))
        assert wrong_in(_without_scripts(looked.text)) == [], path
        done = sender.confirm(path, looked)
        assert done.status_code == 303, words_of(done.text)
        receipt = sender.get(done.headers["location"]).text
        assert wrong_in(_without_scripts(receipt)) == [], path
        stored += "alert(&#39;stored&#39;)" in receipt
    assert stored >= len(NEW) - 2  # codes and coverage of events take no free words
    for path in every_path(sender.folder):
        assert wrong_in(_without_scripts(sender.get(path).text)) == [], path


def _without_scripts(text: str) -> str:
    return re.sub(r'<script src="/static/\w+\.js\?v=\w+"( defer)?></script>', "", text)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedDesk]:
    folder = write_case(tmp_path_factory.mktemp("walk") / "case")
    offer = {
        "party": "FR",
        "title": SECRET,
        "stance": "offer",
        "domains": ["sea"],
        "conditions": [],
        "gates": [],
    }
    with open_journal(folder / "journal.jsonl", clock) as journal:
        journal.append([make("offer", offer, marks=("FR",), handle="o")])
        said = {"polarity": "pos", "statement": SECRET, "actors": []}
        offer_id = journal.entries()[-1].id
        journal.append([make("claim", said, marks=("FR",), about=(offer_id,))])
    opened = open_desk(folder)
    yield opened
    opened.people.close()


def hidden(desk: SharedDesk) -> list[str]:
    with open_journal(desk.folder / "journal.jsonl", clock) as journal:
        return [entry.id for entry in journal.entries()[-2:]]


BY_ID = [way for way in WAYS if re.search(r"\{(id|key)\}", way.path)]
OF_API = [one for one in ENDPOINTS if "{id}" in one.path]


@pytest.mark.parametrize("way", BY_ID, ids=lambda way: way.path)
def test_what_is_not_for_ones_eyes_is_as_if_it_were_not(
    desk: SharedDesk, way: Any
) -> None:
    before = (desk.folder / "journal.jsonl").read_bytes()
    for entry in hidden(desk):
        for name in ("czech", "reviewer", "contributor"):
            client = desk.client(name)
            token = form_token(client.get("/account"))
            told = []
            for each in (entry, "0" * 64):  # there, and nowhere
                path = re.sub(r"\{(id|key)\}", each, way.path)
                answers = [client.get(path)]
                for do in ("look", "record", "more.x", "edit") if way.act else ():
                    data = {"form_token": token, "do": do}
                    answers.append(client.post(path, data=data))
                assert {a.status_code for a in answers} <= {303, 403, 404, 422}, name
                texts = [words_of(answer.text) for answer in answers]
                told.append(
                    [text.replace(each, "").replace(each[:12], "") for text in texts]
                )
            assert told[0] == told[1], name
            assert SECRET not in "".join(told[0])
    assert (desk.folder / "journal.jsonl").read_bytes() == before


@pytest.mark.parametrize("one", OF_API, ids=lambda one: one.path)
def test_nor_by_a_program(desk: SharedDesk, one: Any) -> None:
    header = {"Authorization": f"Bearer {desk.token('czech')}"}
    for entry in hidden(desk):
        told = desk.client().get(one.address.replace("{id}", entry), headers=header)
        assert told.status_code in (404, 422)
        assert SECRET not in told.text


def test_a_field_that_no_form_has_changes_nothing(tmp_path: Path) -> None:
    sender = Sender(write_case(tmp_path / "case"))
    looked = sender.send("/record/note", text="Plain")
    more = {
        "recorded_at": "2020-01-01T00:00:00Z",
        "id": "f" * 64,
        "kind": "grade",
        "marks": "all",
        "happened": "2020-01-01",
        "supersedes": "f" * 64,
        "about": sender.entries()[0].id,
        "payload": "{}",
        "known_from": "2020-01-01",
    }
    sent = {**fields_in(looked.text), **more, "do": "record"}
    assert sender.client.post("/record/note", data=sent).status_code == 303
    note = sender.entries()[-1]
    assert (note.kind, dict(note.payload)) == ("note", {"text": "Plain"})
    assert note.recorded_at.startswith("2026-03-08")
    assert (note.about, note.supersedes, note.happened) == ((), None, None)


@pytest.mark.parametrize("sign", ["%0a", "%0d%0a", "%1b%5b31m", "%e2%80%ae", "%07"])
def test_nobody_writes_into_the_log(
    desk: SharedDesk, sign: str, caplog: pytest.LogCaptureFixture
) -> None:
    client = desk.client("viewer")
    client.get(f"/people/x{sign}2026-01-01 signed in: coordinator")
    client.get("/people", headers={"user-agent": "x\t\x7f"})
    for one in read_access(desk.people)[:3]:
        assert (one.account + one.address + one.detail).isprintable()
    assert all(record.getMessage().isprintable() for record in caplog.records)


def test_a_page_of_one_reader_is_no_page_of_another(desk: SharedDesk) -> None:
    first = desk.client("czech").get("/journal")
    held = {"if-none-match": first.headers["etag"]}
    for name in ("viewer", "coordinator", "auditor"):
        other = desk.client(name).get("/journal", headers=held)
        assert other.status_code == 200, name
        assert other.headers["cache-control"].startswith("private")
        assert "Cookie" in other.headers["vary"]
    for path in ("/account", "/record/note", "/sign-in"):
        found = desk.client("reviewer").get(path)
        assert found.headers["cache-control"] == "no-store", path
