"""Every way of the route table, tried by everybody: as the table says, or refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.board.conftest import write_case
from tests.unit.board.desk import ACCOUNTS, SharedDesk, form_token, open_desk
from vigens.board.api import ENDPOINTS, ROOT, Endpoint
from vigens.board.routes import WAYS
from vigens.board.ways import Way
from vigens.people import Permission, Role

#: What is open to anybody beside the table: health, and files without any content.
OPEN = {"/healthz", "/static", "/static/woven.css", ROOT, f"{ROOT}/openapi.json"}

#: Answers as the table says of the page that listens at it.
LISTENS = "/live"

#: Names that a path may hold, so that allowed ways find something where they can.
NAMES = {"name": "viewer", "measure": "ready"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedDesk]:
    opened = open_desk(write_case(tmp_path_factory.mktemp("desk") / "case"))
    yield opened
    opened.people.close()


def fill(path: str) -> str:
    return re.sub(r"\{(\w+)[^}]*\}", lambda m: NAMES.get(m[1], "x" * 12), path)


def path_of(way: Way) -> str:
    return fill(way.path)


def journal(desk: SharedDesk) -> bytes:
    return (desk.folder / "journal.jsonl").read_bytes()


def every(ways: tuple[Way, ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("way", ways, ids=lambda way: way.path)


def may(name: str, permission: Permission) -> bool:
    """Say from the roles alone whether an account may; who must change may only enter."""
    rest = ACCOUNTS[name]
    if rest.get("must_change"):
        return permission == Permission.ENTER
    role: Role = rest.get("role") or Role(name)
    return permission in role.permissions


def test_every_route_is_in_a_table(desk: SharedDesk) -> None:
    routes = {
        (route.path, tuple(sorted(route.methods or ())))
        for route in desk.app.routes
        if route.path not in {*OPEN, LISTENS}
    }
    table: set[tuple[str, tuple[str, ...]]] = {
        *((way.path, ("GET", "HEAD")) for way in WAYS),
        *((way.path, ("POST",)) for way in WAYS if way.act is not None),
        *((one.address, ("GET", "HEAD")) for one in ENDPOINTS if one.reads),
        *((one.address, ("POST",)) for one in ENDPOINTS if one.acts),
    }
    assert routes == table
    assert len({way.path for way in WAYS}) == len(WAYS)


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda one: one.path)
def test_each_account_calls_what_the_table_says(
    desk: SharedDesk, endpoint: Endpoint
) -> None:
    path = fill(endpoint.address)
    methods = ["GET"] * bool(endpoint.reads) + ["POST"] * bool(endpoint.acts)
    before = journal(desk)
    for name in ("", *ACCOUNTS):
        client = desk.client(name)
        for method in methods:
            needs = endpoint.asks(method)
            told = client.request(method, path)
            assert told.status_code < 500, (name, method)
            if not name or ACCOUNTS[name].get("must_change"):
                assert told.status_code == 401, (name, method)
                assert "Tiny case" not in told.text
            elif not may(name, needs):
                assert told.status_code == 403, (name, method)
            elif method == "GET":
                assert told.status_code not in (401, 403, 405), name
            else:  # a call with a cookie and no form token is another site's
                assert told.status_code in (400, 403, 415, 422), name
    assert journal(desk) == before


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda one: one.path)
def test_a_token_calls_what_its_role_may(desk: SharedDesk, endpoint: Endpoint) -> None:
    desk.reset()
    for role in (Role.VIEWER, Role.REVIEWER):
        header = {"authorization": f"Bearer {desk.token('coordinator', role)}"}
        method = "GET" if endpoint.reads else "POST"
        allowed = endpoint.asks(method) in role.permissions
        told = desk.client().request(method, fill(endpoint.address), headers=header)
        assert (told.status_code not in (401, 403)) == allowed, role
    czech = {"authorization": f"Bearer {desk.token('czech')}"}
    if endpoint.has_lens and endpoint.reads:
        path = f"{fill(endpoint.address)}?reader=all"
        assert desk.client().get(path, headers=czech).status_code in (400, 403)


def test_a_way_without_a_rule_cannot_be_written() -> None:
    with pytest.raises(TypeError):
        Way("/new", view=lambda visit: visit)  # type: ignore[call-arg, arg-type, return-value] # left out on purpose


def test_only_doors_are_open_before_one_has_signed_in() -> None:
    doors = {way.path for way in WAYS if way.needs == Permission.ENTER}
    assert {path for path in doors if not path.startswith("/sign-")} == {
        "/account",
        "/calendar/{secret}.ics",  # the address itself is the secret
        "/feed/{secret}.atom",
    }


def test_what_is_sent_asks_for_more_than_reading() -> None:
    soft = {
        way.path
        for way in WAYS
        if way.act is not None
        and way.asks("POST") in (Permission.ENTER, Permission.READ)
    }
    assert {path for path in soft if not path.startswith("/sign-")} <= {"/account"}


@every(WAYS)
def test_nobody_gets_past_the_door(desk: SharedDesk, way: Way) -> None:
    client, path = desk.client(), path_of(way)
    page = client.get(path)
    if way.needs == Permission.ENTER:
        assert page.status_code in (200, 303, 404)
    else:
        assert page.status_code in (303, 401)
        assert page.headers.get("location", "/sign-in").startswith("/sign-in")
        assert page.content == b"" or page.status_code == 401
    sent = client.post(path, data={})
    assert sent.status_code in ((401, 403) if way.act else (405, 401))
    assert "Tiny case" not in page.text + sent.text  # not even what the case is called


@every(WAYS)
def test_nobody_listens_at_the_door(desk: SharedDesk, way: Way) -> None:
    for name in ("", "newcomer"):
        if way.needs != Permission.ENTER:
            told = desk.client(name).get(LISTENS, params={"page": path_of(way)})
            assert told.status_code in (403, 404), name


@every(WAYS)
def test_each_account_reads_what_the_table_says(desk: SharedDesk, way: Way) -> None:
    for name in ACCOUNTS:
        page = desk.client(name).get(path_of(way))
        allowed = may(name, way.needs)
        assert page.status_code < 500, name
        if allowed:
            assert page.status_code not in (401, 403), name
            if way.needs != Permission.ENTER:
                assert not page.headers.get("location", "").startswith("/sign-in"), name
        elif may(name, Permission.READ):
            assert page.status_code in (401, 403), name
        else:
            assert page.status_code in (303, 401), name
            assert page.headers.get("location", "/account") == "/account"


@every(tuple(way for way in WAYS if way.act))
def test_each_account_sends_what_the_table_says(desk: SharedDesk, way: Way) -> None:
    before, path = journal(desk), path_of(way)
    for name in ACCOUNTS:
        client = desk.client(name)
        token = form_token(client.get("/account"))
        sent = client.post(path, data={"form_token": token})
        assert sent.status_code < 500, name
        if may(name, way.asks("POST")):
            assert sent.status_code not in (401, 403, 405), name
        else:
            assert sent.status_code in (401, 403), name
    assert journal(desk) == before  # an empty form records nothing


@every(tuple(way for way in WAYS if way.act is None))
def test_what_only_reads_takes_nothing(desk: SharedDesk, way: Way) -> None:
    client = desk.client("coordinator")
    token = form_token(client.get("/account"))
    sent = client.post(path_of(way), data={"form_token": token})
    assert sent.status_code == 405


@every(tuple(way for way in WAYS if way.act))
def test_a_form_without_its_token_is_refused(desk: SharedDesk, way: Way) -> None:
    path = path_of(way)
    for name in ("coordinator", "czech"):
        if not may(name, way.asks("POST")):
            continue
        client, other = desk.client(name), desk.client("reviewer")
        own, foreign = (form_token(each.get("/account")) for each in (client, other))
        for data, headers in (
            ({}, {}),
            ({"form_token": ""}, {}),
            ({"form_token": foreign}, {}),
            ({"form_token": own}, {"origin": "https://evil.example"}),
            ({"form_token": own}, {"origin": "null"}),
            ({"form_token": own}, {"sec-fetch-site": "cross-site"}),
            ({"form_token": own}, {"sec-fetch-site": "same-site"}),
        ):
            sent = client.post(path, data=data, headers=headers)
            assert sent.status_code == 403, (data, headers)


@every(tuple(way for way in WAYS if way.needs == Permission.READ and not way.is_apart))
def test_a_delegation_sees_through_its_own_eyes_alone(
    desk: SharedDesk, way: Way
) -> None:
    client = desk.client("czech")
    for reader in ("all", "FR", "public"):
        page = client.get(path_of(way), params={"reader": reader})
        assert page.status_code == 403, reader
        assert "for the reader CZ alone" in page.text
    assert client.get(path_of(way), params={"reader": "CZ"}).status_code != 403


@every(WAYS)
def test_a_token_does_what_its_role_may(desk: SharedDesk, way: Way) -> None:
    desk.reset()
    client = desk.client()
    for role in (Role.VIEWER, Role.REVIEWER):
        header = {"authorization": f"Bearer {desk.token('coordinator', role)}"}
        page = client.get(path_of(way), headers=header)
        allowed = way.needs in role.permissions
        assert (page.status_code not in (401, 403)) == allowed, role
    dead = {"authorization": "Bearer vigens_nothing"}
    if way.needs != Permission.ENTER:
        assert client.get(path_of(way), headers=dead).status_code == 401


@every(WAYS)
def test_no_way_may_be_framed_or_sniffed(desk: SharedDesk, way: Way) -> None:
    for name in ("", "coordinator"):
        headers = desk.client(name).get(path_of(way)).headers
        assert headers["x-frame-options"] == "DENY"
        assert headers["x-content-type-options"] == "nosniff"
        policy = headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["cache-control"] in ("no-store", "private, no-cache")


def test_a_read_only_board_takes_no_form_but_of_accounts(tmp_path: Path) -> None:
    desk = open_desk(write_case(tmp_path / "case"), read_only=True)
    client = desk.client("coordinator")
    token = form_token(client.get("/account"))
    for way in WAYS:
        if way.act is None:
            continue
        sent = client.post(path_of(way), data={"form_token": token})
        assert (sent.status_code == 405) == (not way.is_apart), way.path
        if way.path == "/sign-out":
            client = desk.client("coordinator")
            token = form_token(client.get("/account"))
    desk.people.close()
