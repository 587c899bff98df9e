"""Recording through the API: the rules of the forms, once for each key, never blindly."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.board.conftest import clock, earlier, make, write_case
from tests.unit.board.desk import SharedDesk, bare_client, open_desk
from vigens.board import make_app
from vigens.board.api import ROOT
from vigens.journal import open_journal
from vigens.people import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.testclient import TestClient

PATH = f"{ROOT}/records"
NOTE = {"kind": "note", "payload": {"text": "Seen through the window."}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_case(tmp_path / "case")


@pytest.fixture
def client(folder: Path) -> TestClient:
    return bare_client(make_app(folder, clock, read_only=False))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[SharedDesk]:
    folder = write_case(tmp_path / "shared")
    with open_journal(folder / "journal.jsonl", earlier) as journal:
        journal.append([make("note", {"text": "For Prague alone"}, marks=("CZ",))])
    opened = open_desk(folder)
    yield opened
    opened.people.close()


def size(folder: Path) -> int:
    with open_journal(folder / "journal.jsonl", clock) as journal:
        return len(journal.entries())


def send(client: TestClient, *drafts: Any, headers: Any = None, **more: Any) -> Any:
    token = client.get(ROOT).json()["form_token"]
    body = {"drafts": list(drafts), "recorded_by": "olena", **more}
    return client.post(
        PATH, json=body, headers={"X-Form-Token": token, **(headers or {})}
    )


def by(desk: SharedDesk, name: str, *drafts: Any, role: Role | None = None) -> Any:
    headers = {"Authorization": f"Bearer {desk.token(name, role)}"}
    body = {"drafts": list(drafts)}
    return bare_client(desk.app).post(PATH, json=body, headers=headers)


def entry(client: TestClient, kind: str) -> str:
    found = client.get(f"{ROOT}/entries?kind={kind}").json()["entries"]
    return str(found[0]["entry"]["id"])


def test_a_dry_run_says_what_would_change_and_records_nothing(
    client: TestClient, folder: Path
) -> None:
    grade = {
        "kind": "grade",
        "payload": {"reliability": "E", "credibility": 5},
        "about": [entry(client, "claim")],
    }
    before = size(folder)
    answer = send(client, grade, dry_run=True)
    assert answer.status_code == 200, answer.text
    assert answer.json()["dry_run"] is True
    assert answer.json()["changes"]["states"]
    assert size(folder) == before


def test_a_group_is_recorded_all_or_none(client: TestClient, folder: Path) -> None:
    occurrence = {
        "kind": "occurrence",
        "payload": {"event": "warned", "args": ["first"], "title": "A warning"},
        "happened": "2026-02-02",
        "handle": "w",
    }
    said = {"polarity": "pos", "statement": "It warns.", "actors": []}
    source = {"address": "https://gazette.example/w", "published": "2026-02-03"}
    claim = {"kind": "claim", "payload": said, "about": ["@w"], "sources": [source]}
    before = size(folder)
    bad = send(client, occurrence, {"kind": "claim", "payload": {}, "about": ["@w"]})
    assert bad.status_code == 422
    assert size(folder) == before
    answer = send(client, occurrence, claim)
    assert answer.status_code == 201, answer.text
    found = answer.json()
    assert size(folder) == before + 2
    assert found["entries"][1]["about"] == [found["entries"][0]["id"]]
    assert found["entries"][0]["recorded_by"] == "olena"
    assert found["head"]["lock"] == found["lock"]


def test_a_call_sent_twice_records_once_also_after_a_restart(
    client: TestClient, folder: Path
) -> None:
    before, key = size(folder), {"Idempotency-Key": "k-1"}
    first = send(client, NOTE, headers=key)
    again = send(client, NOTE, headers=key)
    restarted = send(
        bare_client(make_app(folder, clock, read_only=False)), NOTE, headers=key
    )
    assert first.status_code == 201
    assert (again.status_code, restarted.status_code) == (200, 200)
    ids = [one["id"] for one in first.json()["entries"]]
    for answer in (again, restarted):
        assert [one["id"] for one in answer.json()["entries"]] == ids
    assert size(folder) == before + 1
    other = send(client, {**NOTE, "payload": {"text": "Other"}}, headers=key)
    assert other.status_code == 409
    assert "window" not in (folder / "api-keys.jsonl").read_text("utf-8")


def test_a_look_that_is_old_is_refused(client: TestClient, folder: Path) -> None:
    lock = client.get(f"{ROOT}/status").json()["head"]["lock"]
    first = send(client, NOTE, headers={"If-Match": f'"{lock}"'})
    assert first.status_code == 201, first.text
    other = {**NOTE, "payload": {"text": "A second look"}}
    old = send(client, other, headers={"If-Match": f'"{lock}"'})
    assert old.status_code == 412
    assert "recorded since" in old.json()["detail"]
    new = send(client, other, headers={"If-Match": first.json()["lock"]})
    assert new.status_code == 201
    assert send(client, NOTE, headers={"If-Match": "nothing"}).status_code == 412


def test_what_is_hidden_moves_no_lock(desk: SharedDesk) -> None:
    viewer = desk.client("viewer")
    before = viewer.get(f"{ROOT}/status").json()["head"]
    with open_journal(desk.folder / "journal.jsonl", clock) as journal:
        journal.append([make("note", {"text": "Again"}, marks=("CZ",))])
    assert viewer.get(f"{ROOT}/status").json()["head"] == before


@pytest.mark.parametrize("token", [None, "", "0" * 80])
def test_a_session_without_its_form_token_records_nothing(
    desk: SharedDesk, token: str | None
) -> None:
    before = size(desk.folder)
    headers = {} if token is None else {"X-Form-Token": token}
    answer = desk.client("reviewer").post(
        PATH, json={"drafts": [NOTE]}, headers=headers
    )
    assert answer.status_code == 403
    assert size(desk.folder) == before


def test_another_site_cannot_send(desk: SharedDesk) -> None:
    client = desk.client("reviewer")
    token = client.get(ROOT).json()["form_token"]
    for header, value in (
        ("Origin", "https://evil.example"),
        ("Sec-Fetch-Site", "cross-site"),
    ):
        headers = {"X-Form-Token": token, header: value}
        assert (
            client.post(PATH, json={"drafts": [NOTE]}, headers=headers).status_code
            == 403
        )


@pytest.mark.parametrize(
    ("name", "kind", "status"),
    [
        ("viewer", "note", 403),
        ("auditor", "note", 403),
        ("contributor", "note", 201),
        ("contributor", "grade", 403),
        ("reviewer", "grade", 201),
        ("reviewer", "release_group", 403),
        ("coordinator", "release_group", 201),
        ("coordinator", "redaction", 422),
        ("coordinator", "batch", 422),
        ("newcomer", "note", 401),
    ],
)
def test_each_kind_asks_for_its_permission(
    desk: SharedDesk, name: str, kind: str, status: int
) -> None:
    claim = entry(desk.client("viewer"), "claim")
    draft = {
        "note": NOTE,
        "grade": {
            "kind": "grade",
            "payload": {"reliability": "B", "credibility": 3},
            "about": [claim],
        },
        "release_group": {
            "kind": "release_group",
            "payload": {"group": "shore", "title": "The shore"},
        },
    }.get(kind, {"kind": kind, "payload": {}})
    answer = by(desk, name, draft)
    assert answer.status_code == status, answer.text
    if status == 201:
        assert answer.json()["entries"][0]["recorded_by"] == name


def test_nobody_signs_for_another(desk: SharedDesk) -> None:
    headers = {"Authorization": f"Bearer {desk.token('reviewer')}"}
    body = {"drafts": [NOTE], "recorded_by": "jan"}
    answer = bare_client(desk.app).post(PATH, json=body, headers=headers)
    assert answer.status_code == 403


def test_a_delegation_records_on_its_own_sheet_alone(desk: SharedDesk) -> None:
    payload = {
        "party": "CZ",
        "title": "Engineers",
        "stance": "offer",
        "domains": ["land"],
        "conditions": [],
        "gates": [],
    }
    offer = {
        "kind": "offer",
        "payload": payload,
        "happened": "2026-02-03",
        "marks": ["CZ"],
    }
    own = by(desk, "czech", offer)
    assert own.status_code == 201, own.text
    foreign = {**offer, "payload": {**payload, "party": "FR"}}
    refused = by(desk, "czech", foreign)
    assert refused.status_code == 422
    assert "sheet of France" in refused.json()["detail"]
    elsewhere = by(desk, "czech", {**offer, "marks": ["FR"]})
    assert elsewhere.status_code == 403


def test_what_one_does_not_see_cannot_be_pointed_at(desk: SharedDesk) -> None:
    hidden = next(
        one["entry"]["id"]
        for one in desk.client("czech")
        .get(f"{ROOT}/entries?kind=note")
        .json()["entries"]
        if one["entry"]["marks"] == ["CZ"]
    )
    seen = by(desk, "reviewer", {**NOTE, "about": [hidden]})
    none = by(desk, "reviewer", {**NOTE, "about": ["f" * 64]})
    assert seen.status_code == none.status_code == 422
    assert seen.json()["detail"].replace(hidden, "") == none.json()["detail"].replace(
        "f" * 64, ""
    )


def test_only_a_second_person_confirms(desk: SharedDesk) -> None:
    note = by(desk, "reviewer", NOTE).json()["entries"][0]["id"]
    confirmation = {"kind": "confirmation", "payload": {"by": "jan"}, "about": [note]}
    answer = by(desk, "reviewer", confirmation)
    assert answer.status_code == 403
    assert "second person" in answer.json()["detail"]


def test_a_contributor_corrects_own_entries_alone(desk: SharedDesk) -> None:
    own = by(desk, "contributor", NOTE).json()["entries"][0]["id"]
    better = {"kind": "note", "payload": {"text": "Better"}, "rectifies": own}
    assert by(desk, "contributor", better).status_code == 201
    foreign = {**better, "rectifies": entry(desk.client("viewer"), "offer")}
    assert by(desk, "contributor", foreign).status_code == 403


def test_a_board_that_only_reads_records_nothing(folder: Path) -> None:
    answer = send(bare_client(make_app(folder, clock)), NOTE)
    assert answer.status_code == 403
    assert "only reads" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("body", "status", "where"),
    [
        (b"{", 400, "the body"),
        (b"[]", 400, "the body"),
        (b'{"drafts": [{"kind": "note", "payload": {"text": NaN}}]}', 400, "the body"),
        (b'{"drafts": "\\ud800"}', 400, "the body"),
        (b"[" * 100_000, 400, "the body"),
        (b"{}", 400, "drafts"),
        (b'{"drafts": []}', 422, "drafts"),
        (b'{"drafts": {}}', 400, "drafts"),
        (b'{"drafts": [], "dry": true}', 400, "dry"),
        (b'{"drafts": [], "dry_run": 1}', 400, "dry_run"),
        (b'{"drafts": [{"kind": "note"}]}', 400, "drafts[0].payload"),
        (b'{"drafts": [{"kind": 7, "payload": {}}]}', 400, "drafts[0].kind"),
        (
            b'{"drafts": [{"kind": "note", "payload": {}, "sources": [{}]}]}',
            400,
            "drafts[0].sources[0].address",
        ),
    ],
)
def test_a_body_of_another_shape_is_refused_with_its_place(
    client: TestClient, folder: Path, body: bytes, status: int, where: str
) -> None:
    before = size(folder)
    token = client.get(ROOT).json()["form_token"]
    headers = {"X-Form-Token": token, "Content-Type": "application/json"}
    answer = client.post(PATH, content=body, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.json()["where"] == where
    assert size(folder) == before


def test_a_body_that_is_too_large_or_no_json_is_refused(client: TestClient) -> None:
    token = client.get(ROOT).json()["form_token"]
    headers: dict[str, str] = {"X-Form-Token": token}
    large = json.dumps({"drafts": [], "recorded_by": "x" * 2_000_001})
    kind = {"Content-Type": "application/json"}
    assert client.post(PATH, content=large, headers=headers | kind).status_code == 413
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post(PATH, content=b"a=b", headers=headers | form).status_code == 415
