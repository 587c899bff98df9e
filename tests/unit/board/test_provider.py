"""Signing in by an OpenID provider that runs on loopback, with PKCE asked of everybody."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx
import pytest

from tests.asking import HOST
from tests.unit.board.conftest import write_case
from tests.unit.board.desk import SharedDesk, bare_client, open_desk, send
from tests.unit.board.sender import fields_in
from tests.unit.board.test_hostile import wrong_in
from tests.unit.people.conftest import WORDS
from vigens.board import make_app
from vigens.board.entrance import AccountEntrance
from vigens.board.provider import Provider
from vigens.people import Role, Rule, list_sessions, read_access

if TYPE_CHECKING:
    from starlette.testclient import TestClient

#: The provider is oidc-provider-mock: real keys, tokens and HTTP. It leaves PKCE out,
#: so authlib's own check of it is put in here.
SERVER = """
import sys, warnings
warnings.simplefilter("ignore")
from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc7636 import CodeChallenge
from oidc_provider_mock import User, _app, run_server_in_thread

ASKED = {}

class Pkce(CodeChallenge):
    def get_authorization_code_challenge(self, code):
        return ASKED[code.code]
    def get_authorization_code_challenge_method(self, code):
        return "S256"
    def validate_code_verifier(self, grant, result):
        assert grant.request.form.get("code_verifier"), "no PKCE"
        super().validate_code_verifier(grant, result)

class Grant(_app.AuthorizationCodeGrant):
    def save_authorization_code(self, code, request):
        data = request.payload.data
        assert data["code_challenge_method"] == "S256"
        ASKED[code] = data["code_challenge"]
        super().save_authorization_code(code, request)

plain = AuthorizationServer.register_grant

def register(self, grant, extensions=None):
    if grant is _app.AuthorizationCodeGrant:
        grant, extensions = Grant, [*extensions, Pkce(required=True)]
    plain(self, grant, extensions)

AuthorizationServer.register_grant = register
USERS = (
    User(sub="olena-7", claims={"name": "Olena"}),
    User(sub="jana-8", claims={"name": "Jana <b>", "groups": ["cz-desk", "x"],
                               "preferred_username": "Jana@example.org"}),
    User(sub="guest-9", claims={"name": "Guest"}),
)
with run_server_in_thread(require_nonce=True, user_claims=USERS) as server:
    print(f"http://localhost:{server.server_port}", flush=True)
    sys.stdin.read()
"""

RULES = (
    Rule("sub", "olena-7", name="coordinator"),
    Rule(
        *("groups", "cz-desk"),
        role=Role.CONTRIBUTOR,
        delegation="CZ",
        levels=frozenset({"ministers"}),
    ),
)


def real_clock() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """Run the provider in a process of its own."""
    with subprocess.Popen(
        [sys.executable, "-c", SERVER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.communicate("")


@pytest.fixture(scope="module")
def provider(issuer: str) -> Provider:
    """Give the board's side of it."""
    return Provider(issuer, "vigens", title="Ministry", secret="known", rules=RULES)


@pytest.fixture(scope="module")
def opened(
    tmp_path_factory: pytest.TempPathFactory, provider: Provider
) -> Iterator[SharedDesk]:
    desk = open_desk(write_case(tmp_path_factory.mktemp("desk") / "case"))
    entrance = AccountEntrance(desk.people, real_clock, provider=provider)
    desk.app = make_app(desk.folder, real_clock, entrance=entrance)
    yield desk
    desk.people.close()


@pytest.fixture
def desk(opened: SharedDesk) -> SharedDesk:
    opened.reset()
    return opened


def go(client: TestClient, path: str = "/sign-in/provider") -> str:
    """Set out to the provider, and give its page."""
    away = client.get(path)
    assert away.status_code == 303
    return str(away.headers["location"])


def come_back(where: str, subject: str, action: str = "") -> str:
    """Sign in at the provider, and give the path to which it sends the browser."""
    fields = {"sub": subject, **({"action": action} if action else {})}
    with httpx.Client() as browser:
        answer = browser.post(where, data=fields)
    assert answer.status_code == 302, answer.text
    back = answer.headers["location"]
    assert back.startswith(f"{HOST}/sign-in/back?")
    return str(back.removeprefix(HOST))


def now() -> int:
    return int(real_clock().timestamp())


def test_a_person_of_the_provider_opens_the_account_bound_to_them(
    desk: SharedDesk,
) -> None:
    client = bare_client(desk.app)
    page = client.get("/sign-in?next=/people")
    assert "Sign in with Ministry" in page.text
    before = client.cookies["vigens"]
    where = go(client, "/sign-in/provider?next=/people")
    done = client.get(come_back(where, "olena-7"))
    assert (done.status_code, done.headers["location"]) == (303, "/people")
    assert client.cookies["vigens"] != before  # a session that nobody knew before
    assert client.get("/people").status_code == 200
    assert desk.people.get("coordinator").subject == "olena-7"
    assert read_access(desk.people)[0].detail == "with Ministry"
    again = bare_client(desk.app)
    assert again.get(come_back(go(again), "olena-7")).status_code == 303


def test_a_group_makes_an_account_and_takes_it_away(
    desk: SharedDesk, issuer: str
) -> None:
    client = bare_client(desk.app)
    assert client.get(come_back(go(client), "jana-8")).status_code == 303
    made = desk.people.get("jana")
    assert (made.title, made.role, made.delegation, made.reader) == (
        *("Jana <b>", Role.CONTRIBUTOR),
        *("CZ", "CZ"),
    )
    assert made.levels == {"ministers"}
    assert not made.has_password
    assert wrong_in(client.get("/account").text) == []
    user = f"{issuer}/users/jana-8"
    httpx.put(user, json={"groups": ["x"], "name": "Jana"})
    other = bare_client(desk.app)
    page = other.get(come_back(go(other), "jana-8"))
    assert page.status_code == 400
    assert "no account here is open to you" in page.text
    known = {"groups": ["cz-desk"], "name": "Jana", "preferred_username": "jana"}
    httpx.put(user, json=known)


def test_nobody_else_comes_in(desk: SharedDesk) -> None:
    client = bare_client(desk.app)
    page = client.get(come_back(go(client), "guest-9"))
    assert page.status_code == 400
    assert "no account here is open to you" in page.text
    (line,) = read_access(desk.people)
    assert (line.what, line.account) == ("refused", "guest-9")
    assert client.get("/").status_code == 303


def test_an_account_that_has_ended_stays_shut(desk: SharedDesk) -> None:
    client = bare_client(desk.app)
    client.get(come_back(go(client), "jana-8"))
    desk.people.update(replace(desk.people.get("jana"), is_active=False))
    other = bare_client(desk.app)
    assert other.get(come_back(go(other), "jana-8")).status_code == 400


def test_a_code_is_of_use_once_and_in_one_browser(desk: SharedDesk) -> None:
    client, thief = bare_client(desk.app), bare_client(desk.app)
    path = come_back(go(client), "olena-7")
    thief.get("/sign-in")
    stolen = thief.get(path)
    assert stolen.status_code == 400
    assert "not begun in this browser" in stolen.text
    assert client.get(path).status_code == 400  # gone with the theft
    path = come_back(go(client), "olena-7")
    assert client.get(path).status_code == 303
    assert client.get(path).status_code == 400
    assert len(list_sessions(desk.people, "coordinator", now())) == 1


@pytest.mark.parametrize(
    "path",
    [
        "/sign-in/back",
        "/sign-in/back?state=x&code=y",
        "/sign-in/back?error=access_denied",
    ],
)
def test_what_was_not_begun_is_not_finished(desk: SharedDesk, path: str) -> None:
    page = bare_client(desk.app).get(path)
    assert page.status_code == 400
    assert "not begun in this browser" in page.text


def test_a_no_of_the_provider_is_told(desk: SharedDesk) -> None:
    client = bare_client(desk.app)
    where = go(client)
    state = httpx.URL(where).params["state"]
    page = client.get(f"/sign-in/back?state={state}&error=access_denied")
    assert page.status_code == 400
    assert "did not let you in" in page.text


def test_a_code_without_its_verifier_is_worth_nothing(
    desk: SharedDesk, provider: Provider
) -> None:
    client = bare_client(desk.app)
    path = come_back(go(client), "olena-7")
    state = httpx.URL(path).params["state"]
    provider._away[state] = replace(provider._away[state], verifier="x" * 64)
    page = client.get(path)
    assert page.status_code == 400
    assert "answered 400" in page.text


@pytest.mark.parametrize("after", ["https://evil.example/", "//evil.example"])
def test_the_way_back_leads_nowhere_else(desk: SharedDesk, after: str) -> None:
    client = bare_client(desk.app)
    where = go(client, f"/sign-in/provider?next={after}")
    done = client.get(come_back(where, "olena-7"))
    assert done.headers["location"] in ("/", "/officer")  # the first page of its role


def test_a_board_without_a_provider_sends_nobody_away(tmp_path: Path) -> None:
    desk = open_desk(write_case(tmp_path / "case"))
    for path in ("/sign-in/provider", "/sign-in/back?state=x"):
        assert desk.client().get(path).status_code == 404
    desk.people.close()


def test_who_signs_out_is_led_out_of_the_provider_too(desk: SharedDesk) -> None:
    client = bare_client(desk.app)
    client.get(come_back(go(client), "olena-7"))
    kept = client.cookies["vigens"]
    done = send(client, "/sign-out")
    assert done.status_code == 200
    assert wrong_in(done.text) == []
    assert "Max-Age=0" in done.headers["set-cookie"]
    assert "no-store" in done.headers["cache-control"]
    found = re.search(r'href="(http[^"]+)"', done.text)
    assert found is not None
    leave = unescape(found[1])
    asked = {name: value[0] for name, value in parse_qs(urlsplit(leave).query).items()}
    assert asked["client_id"] == "vigens"
    assert asked["post_logout_redirect_uri"] == f"{HOST}/sign-in"
    assert asked["id_token_hint"].count(".") == 2
    with httpx.Client() as browser:
        page = browser.get(leave)
        assert page.status_code == 200, page.text
        form = {name: value[0] for name, value in fields_in(page.text).items()}
        back = browser.post(urljoin(leave, "/oauth2/end_session/confirm"), data=form)
    assert back.headers["location"].startswith(f"{HOST}/sign-in?state=")
    client.cookies.set("vigens", kept)
    assert client.get("/journal").status_code == 303, "the session has ended here"
    assert send(client, "/sign-out", "/sign-in").status_code == 303


def test_who_came_by_password_signs_out_here_alone(desk: SharedDesk) -> None:
    client = bare_client(desk.app)
    assert send(client, "/sign-in", name="viewer", password=WORDS).status_code == 303
    done = send(client, "/sign-out")
    assert (done.status_code, done.headers["location"]) == (303, "/sign-in")


def test_a_provider_that_offers_no_way_out_is_left_alone(
    desk: SharedDesk, provider: Provider
) -> None:
    client = bare_client(desk.app)
    client.get(come_back(go(client), "olena-7"))
    at, facts = provider._facts
    for endpoint in (None, "http://elsewhere.example/out", "javascript:alert(1)"):
        provider.hold(client.cookies["vigens"], "a.b.c")
        provider._facts = (at, {**facts, "end_session_endpoint": endpoint})
        done = send(client, "/sign-out")
        assert (done.status_code, done.headers["location"]) == (303, "/sign-in")
        client.get(come_back(go(client), "olena-7"))
    provider._facts = (at, facts)
