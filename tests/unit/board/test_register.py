"""Pages of accounts: made, changed, ended; and the log of who came in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.board.conftest import HOSTILE, clock, write_case
from tests.unit.board.desk import SharedDesk, open_desk, send
from tests.unit.board.sender import fields_in
from tests.unit.board.test_hostile import wrong_in
from tests.unit.people.conftest import WORDS
from vigens.journal import open_journal
from vigens.people import Role, read_access


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedDesk]:
    opened = open_desk(write_case(tmp_path_factory.mktemp("desk") / "case"))
    yield opened
    opened.people.close()


@pytest.fixture
def desk(opened: SharedDesk) -> SharedDesk:
    opened.reset()
    return opened


def test_an_account_is_made_and_its_first_password_shown_once(desk: SharedDesk) -> None:
    client = desk.client("coordinator")
    fields = {"name": "jana", "title": f"Jana {HOSTILE}", "role": "contributor"}
    page = send(
        client, "/people", **fields, delegation="CZ", level=["ministers", "leaders"]
    )
    assert page.status_code == 200
    assert wrong_in(page.text) == []
    password = page.text.split('class="secret">')[1].split("<")[0]
    made = desk.people.get("jana")
    assert (made.reader, made.delegation, made.must_change) == ("CZ", "CZ", True)
    assert made.levels == {"ministers", "leaders"}
    assert desk.people.has_password("jana", password)
    assert password not in client.get("/people").text
    done = send(desk.client(), "/sign-in", name="jana", password=password)
    assert done.headers["location"] == "/account"
    line, _signed_in = read_access(desk.people, account="coordinator")
    assert (line.what, line.detail) == ("account", "made jana (contributor)")


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "Ünknown"},
        {"name": "viewer"},
        {"name": "../x"},
        {"name": "x", "role": "king"},
        {"name": "x", "title": "a\r\nb"},
        {"name": "x", "delegation": "C Z"},
        {"name": "x", "level": "kings"},
        {"name": "x", "reader": "a?b"},
        {},
    ],
)
def test_what_is_no_account_is_told(desk: SharedDesk, fields: dict[str, str]) -> None:
    number = len(desk.people.accounts())
    page = send(desk.client("coordinator"), "/people", **{"role": "viewer", **fields})
    assert page.status_code == 400
    assert 'class="problem"' in page.text
    assert len(desk.people.accounts()) == number


def test_an_account_is_changed_ended_and_taken_up_again(desk: SharedDesk) -> None:
    client, path = desk.client("coordinator"), "/people/viewer"
    other = desk.client("viewer")
    fields = {"title": "V", "role": "reviewer", "reader": "any"}
    assert send(client, path, **fields).headers["location"] == f"{path}?done=yes"
    account = desk.people.get("viewer")
    assert (account.title, account.role, account.reader) == ("V", Role.REVIEWER, None)
    assert "Done." in client.get(f"{path}?done=yes").text
    assert "king" in send(client, path, role="king").text
    assert desk.people.get("viewer") == account
    send(client, path, do="end")
    assert other.get("/").status_code == 303
    assert "It has ended" in client.get(path).text
    send(client, path, do="resume")
    drawn = send(client, path, do="password")
    password = drawn.text.split('class="secret">')[1].split("<")[0]
    assert desk.people.has_password("viewer", password)
    assert desk.people.get("viewer").must_change


@pytest.mark.parametrize(
    "own", [{"reader": "FR", "delegation": "FR"}, {"reader": "public"}]
)
def test_nobody_hands_on_eyes_that_they_have_not(
    desk: SharedDesk, own: dict[str, str]
) -> None:
    desk.people.update(replace(desk.people.get("coordinator"), **own))  # type: ignore[arg-type] # names of readers
    client, number = desk.client("coordinator"), len(desk.people.accounts())
    for more in ({"reader": "all"}, {"reader": "any"}, {"delegation": "UA"}):
        page = send(client, "/people", name="new", role="viewer", **more)
        assert page.status_code == 400
        assert "sees what you do not see" in page.text
    for do in ("password", "end", "resume", ""):
        page = send(client, "/people/czech", do=do, role="viewer")
        assert page.status_code == 400
    assert desk.people.has_password("czech", WORDS)
    page = send(client, "/people/viewer", role="viewer", reader="all")
    assert page.status_code == 400
    assert len(desk.people.accounts()) == number
    assert send(client, "/people", name="new", role="viewer").status_code == 200


def test_the_last_coordinator_does_not_shut_the_door(desk: SharedDesk) -> None:
    client = desk.client("coordinator")
    desk.people.update(replace(desk.people.get("newcomer"), is_active=False))
    page = send(client, "/people/coordinator", do="end")
    assert page.status_code == 400
    assert "make another coordinator first" in page.text


@pytest.mark.parametrize(
    "path",
    ["/people/..%2fviewer", "/people/%2e%2e", "/people/none", "/people/<script>"],
)
def test_no_path_leads_to_another_account(desk: SharedDesk, path: str) -> None:
    page = desk.client("coordinator").get(path)
    assert page.status_code in (404, 200)
    assert wrong_in(page.text) == []
    if page.status_code == 200:
        assert "<h1>People</h1>" in page.text or "<h1" in page.text


def test_what_is_recorded_is_noted_with_who_did_it(tmp_path: Path) -> None:
    desk = open_desk(write_case(tmp_path / "case"))
    client, path = desk.client("reviewer"), "/record/event/ceasefire.begins"
    said = {"arg_1": "general", "happened": "2026-02-20", "do": "look"}
    told = {"source": "https://gazette.example/peace", "published": "2026-02-21"}
    looked = client.post(
        path, data={**fields_in(client.get(path).text), **said, **told}
    )
    assert looked.status_code == 200
    assert read_access(desk.people, account="reviewer")[0].what == "signed in"
    done = client.post(path, data={**fields_in(looked.text), "do": "record"})
    line = read_access(desk.people, account="reviewer")[0]
    assert (line.what, line.address) == ("recorded", "testclient")
    assert line.detail == f"{path} → {done.headers['location']}"
    with open_journal(desk.folder / "journal.jsonl", clock) as journal:
        assert journal.entries()[-1].recorded_by == "reviewer"
    desk.people.close()


def test_the_auditor_sees_who_came_and_who_was_refused(desk: SharedDesk) -> None:
    send(desk.client(), "/sign-in", name="<script>x</script>", password="wrong")
    desk.client("viewer").get("/people")
    viewer = desk.client("viewer")
    for number in range(130):
        viewer.get(f"/people/p{number}")
    client = desk.client("auditor")
    page = client.get("/access")
    assert wrong_in(page.text) == []
    assert page.text.count("<tr>") == 101
    assert "GET /people/p129" in page.text
    older = client.get("/access?before=" + page.text.split("before=")[1].split('"')[0])
    assert "wrong password" in older.text
    assert "&lt;script&gt;x" in older.text
    assert "GET /people" in client.get("/access?account=viewer").text
    assert "Nothing is noted" in client.get("/access?account=nobody").text
    assert client.get("/access?before=x&account=%00").status_code == 200
