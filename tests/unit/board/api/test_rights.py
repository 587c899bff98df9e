"""Who may call what: made from the table, so that a new endpoint is tried as well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.board.conftest import earlier, make, write_case
from tests.unit.board.desk import ACCOUNTS, NOW, SharedDesk, bare_client, open_desk
from vigens.board.api import ENDPOINTS, ROOT, Endpoint
from vigens.journal import open_journal
from vigens.people import Permission, Purpose, Role, end_token, make_token

NAMES = {"name": "warn", "measure": "ready", "id": "r-1", "table": "claims"}
NEEDS = {
    "/answers": "q=warn",
    "/why": "q=warn",
    "/missing": "q=switched_on",
    "/search": "q=a",
    "/compare": "from_as_of=2026-01-01",
    "/proofs/inclusion": "entry=r-1",
    "/proofs/consistency": "first=1",
}
READS = [one for one in ENDPOINTS if one.reads is not None]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedDesk]:
    folder = write_case(tmp_path_factory.mktemp("rights") / "case")
    with open_journal(folder / "journal.jsonl", earlier) as journal:
        journal.append([make("note", {"text": "For Prague alone"}, marks=("CZ",))])
    opened = open_desk(folder)
    yield opened
    opened.people.close()


def path_of(one: Endpoint) -> str:
    path = re.sub(r"\{(\w+)[^}]*\}", lambda m: NAMES[m[1]], one.address)
    path = path.replace("/agreements/warn", "/agreements/accord")
    return f"{path}?{NEEDS[one.path]}" if one.path in NEEDS else path


def every(table: list[Endpoint]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("one", table, ids=lambda one: one.path)


@every(list(ENDPOINTS))
def test_nobody_gets_an_answer_without_a_token(desk: SharedDesk, one: Endpoint) -> None:
    client = desk.client()
    for headers in ({}, {"Authorization": "Bearer vigens_wrong"}):
        answer = client.get(path_of(one), headers=headers)
        assert answer.status_code in ((401,) if one.reads else (405,))
        assert answer.headers["content-type"] == "application/problem+json"
        assert "Tiny case" not in answer.text
        if one.reads:
            assert answer.headers["www-authenticate"].startswith("Bearer")


@every(READS)
def test_each_account_reads_what_the_table_says(
    desk: SharedDesk, one: Endpoint
) -> None:
    for name, rest in ACCOUNTS.items():
        if rest.get("must_change"):
            continue
        role = rest.get("role") or Role(name)
        client = bare_client(desk.app)
        headers = {"Authorization": f"Bearer {desk.token(name)}"}
        status = client.get(path_of(one), headers=headers).status_code
        allowed = one.needs in role.permissions
        assert (status in (200, 422)) is allowed, (name, status)
        assert status == 403 or allowed
    desk.reset()


def test_a_delegation_sees_through_its_own_eyes_alone(desk: SharedDesk) -> None:
    client = desk.client("czech")
    assert "For Prague alone" in client.get(f"{ROOT}/entries").text
    assert client.get(f"{ROOT}/entries?reader=CZ").status_code == 200
    for other in ("all", "public", "FR"):
        answer = client.get(f"{ROOT}/entries?reader={other}")
        assert answer.status_code == 403
        assert "Prague" not in answer.text
    page = desk.client("viewer").get(f"{ROOT}/entries")
    assert "For Prague alone" not in page.text


def test_a_cursor_of_other_eyes_opens_nothing(desk: SharedDesk) -> None:
    czech = desk.client("czech").get(f"{ROOT}/entries?limit=2").json()["next"]
    answer = desk.client("viewer").get(czech)
    assert answer.status_code == 403
    assert "Prague" not in answer.text


def test_the_description_tells_nobody_of_the_case(desk: SharedDesk) -> None:
    nobody = desk.client().get(f"{ROOT}/openapi.json")
    assert nobody.status_code == 200
    assert "Tiny case" not in nobody.text
    assert "Tiny case" in desk.client("viewer").get(f"{ROOT}/openapi.json").text


@every(READS)
def test_what_is_still_so_is_not_sent_again_and_to_nobody_else(
    desk: SharedDesk, one: Endpoint
) -> None:
    desk.reset()
    address = path_of(one)
    seen = {}
    for name in ("coordinator", "czech"):
        header = {"Authorization": f"Bearer {desk.token(name)}"}
        first = desk.client().get(address, headers=header)
        if first.status_code in (403, 404, 422):
            continue  # not for this account, or of a journal without logs
        assert first.status_code == 200, first.text
        assert first.headers["cache-control"].startswith("private")
        assert "Authorization" in first.headers["vary"]
        held = {**header, "If-None-Match": first.headers["etag"]}
        again = desk.client().get(address, headers=held)
        assert (again.status_code, again.content) == (304, b"")
        seen[name] = first
    if len(seen) == 2 and seen["coordinator"].content != seen["czech"].content:
        assert seen["coordinator"].headers["etag"] != seen["czech"].headers["etag"]


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/calendar/{}.ics", "text/calendar"),
        ("/feed/{}.atom", "application/atom+xml"),
    ],
)
def test_a_secret_address_opens_with_the_eyes_of_its_account(
    desk: SharedDesk, path: str, media_type: str
) -> None:
    people = desk.people
    czech = people.get("czech")
    made, secret = make_token(people, czech, "phone", now=NOW, purpose=Purpose.CALENDAR)
    client = bare_client(desk.app)
    answer = client.get(path.format(secret))
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith(media_type)
    assert "reader CZ" in answer.text.replace("\r\n ", "")
    assert answer.headers["cache-control"].startswith("private")
    assert secret not in answer.text
    assert client.get(path.format(secret) + "?reader=all").status_code == 404
    _, other = make_token(people, czech, "program", now=NOW)
    assert client.get(path.format(other)).status_code == 404
    headers = {"Authorization": f"Bearer {secret}"}
    assert client.get(f"{ROOT}/status", headers=headers).status_code == 401
    assert client.get("/journal", headers=headers).status_code == 401
    end_token(people, "czech", made.number)
    assert client.get(path.format(secret)).status_code == 404
    desk.reset()


def test_a_feed_shows_one_account_what_another_may_not_see(desk: SharedDesk) -> None:
    found = {}
    for name in ("czech", "viewer"):
        account = desk.people.get(name)
        _, secret = make_token(
            *(desk.people, account, "phone"), now=NOW, purpose=Purpose.CALENDAR
        )
        found[name] = bare_client(desk.app).get(f"/feed/{secret}.atom").text
    assert "For Prague alone" in found["czech"]
    assert "Prague" not in found["viewer"]
    desk.reset()


def test_reading_is_all_that_the_table_asks_for_reading() -> None:
    assert {one.needs for one in READS} <= {Permission.READ, Permission.COORDINATE}


def test_a_public_board_answers_what_is_public_and_takes_nothing(
    tmp_path: Path,
) -> None:
    desk = open_desk(write_case(tmp_path / "case"), is_public=True)
    client = desk.client()
    assert client.get(f"{ROOT}/status").status_code == 200
    assert client.get(f"{ROOT}/status?reader=CZ").status_code == 403
    sent = client.post(f"{ROOT}/records", json={"drafts": []})
    assert sent.status_code == 403
    headers = {"Authorization": "Bearer vigens_wrong"}
    assert client.get(f"{ROOT}/entries", headers=headers).status_code in (200, 401)
    desk.people.close()
