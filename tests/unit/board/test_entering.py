"""Signing in and out, and every way round that was thought of: refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.board.conftest import HOSTILE, clock, write_case
from tests.unit.board.desk import (
    NOW,
    SharedDesk,
    bare_client,
    form_token,
    open_desk,
    send,
)
from tests.unit.board.test_hostile import wrong_in
from tests.unit.people.conftest import WORDS
from vigens.board import make_app
from vigens.board.entrance import AccountEntrance
from vigens.board.links import safe_next
from vigens.people import (
    Purpose,
    find_session,
    list_sessions,
    list_tokens,
    make_token,
)
from vigens.people.sessions import IDLE_SECONDS

NEW = "four other words here"


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedDesk]:
    opened = open_desk(write_case(tmp_path_factory.mktemp("desk") / "case"))
    yield opened
    opened.people.close()


@pytest.fixture
def desk(opened: SharedDesk) -> SharedDesk:
    opened.reset()
    return opened


def test_who_has_the_password_comes_in_and_goes_on(desk: SharedDesk) -> None:
    client = desk.client()
    away = client.get("/journal?text=a")
    assert away.headers["location"] == "/sign-in?next=%2Fjournal%3Ftext%3Da"
    page = client.get(away.headers["location"])
    fields = {"name": "Reviewer", "password": WORDS, "next": "/journal?text=a"}
    done = client.post("/sign-in", data={"form_token": form_token(page), **fields})
    assert (done.status_code, done.headers["location"]) == (303, "/journal?text=a")
    shown = client.get("/journal?text=a")
    assert shown.status_code == 200
    assert ">Reviewer</a>" in shown.text
    assert "unclassified and exercise use" in shown.text
    assert client.get("/sign-in?next=/offers").headers["location"] == "/offers"


def test_the_cookie_is_kept_from_scripts_and_other_sites(desk: SharedDesk) -> None:
    plain = desk.client().get("/sign-in").headers["set-cookie"]
    assert plain.startswith("vigens=")
    assert plain.endswith("; Path=/; HttpOnly; SameSite=Lax")
    entrance = AccountEntrance(desk.people, clock, is_secure=True)
    app = make_app(desk.folder, clock, entrance=entrance, hosts=("desk.example",))
    page = bare_client(app, "https://desk.example").get("/sign-in")
    cookie = page.headers["set-cookie"]
    assert cookie.startswith("__Host-vigens=")
    assert cookie.endswith("; Path=/; HttpOnly; SameSite=Lax; Secure")
    assert "max-age=" in page.headers["strict-transport-security"]


def test_a_session_that_was_planted_is_not_the_one_that_opens(desk: SharedDesk) -> None:
    client = desk.client()
    planted = "planted-by-somebody-else-0123456789"
    client.cookies.set("vigens", planted)
    done = send(client, "/sign-in", name="reviewer", password=WORDS)
    assert done.status_code == 303
    assert planted not in done.headers["set-cookie"]
    thief = desk.client()
    thief.cookies.set("vigens", planted)
    assert thief.get("/").status_code == 303


def test_signing_in_again_ends_the_session_before(desk: SharedDesk) -> None:
    client = desk.client("viewer")
    before = client.cookies["vigens"]
    token = form_token(client.get("/account"))
    fields = {"form_token": token, "name": "reviewer", "password": WORDS}
    done = client.post("/sign-in", data=fields)
    assert done.status_code == 303
    assert before not in done.headers["set-cookie"]
    assert find_session(desk.people, before, NOW) is None


def test_a_form_to_sign_in_is_of_this_browser(desk: SharedDesk) -> None:
    token = form_token(desk.client().get("/sign-in"))
    fields = {"form_token": token, "name": "reviewer", "password": WORDS}
    assert desk.client().post("/sign-in", data=fields).status_code == 403
    assert list_sessions(desk.people, "reviewer", NOW) == ()


def test_signing_out_ends_it_here_and_on_the_server(desk: SharedDesk) -> None:
    client = desk.client("viewer")
    secret = client.cookies["vigens"]
    assert "Sign out" in client.get("/sign-out").text
    done = send(client, "/sign-out")
    assert done.headers["location"] == "/sign-in"
    assert "Max-Age=0" in done.headers["set-cookie"]
    assert find_session(desk.people, secret, NOW) is None


def test_an_old_session_leads_to_the_door(desk: SharedDesk) -> None:
    client = desk.client("viewer")
    with desk.people.change() as file:
        file.execute("UPDATE session SET seen_at = ?", (NOW - IDLE_SECONDS - 1,))
    assert client.get("/").headers["location"] == "/sign-in"


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/journal?kind=claim", "/journal?kind=claim"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example/", "/"),
        ("\\\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("/journal\r\nSet-Cookie: a=b", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
        (" //evil.example", "/"),
        ("/x\\..\\evil", "/"),
        ("/sign-out", "/"),
        ("/sign-in?next=/sign-in", "/"),
        ("/a" * 1500, "/"),
        ("/журнал", "/"),
    ],
)
def test_signing_in_leads_nowhere_else(desk: SharedDesk, asked: str, led: str) -> None:
    assert safe_next(asked) == led
    client = desk.client()
    page = client.get("/sign-in", params={"next": asked})
    assert wrong_in(page.text) == []
    fields = {"name": "viewer", "password": WORDS, "next": asked}
    done = client.post("/sign-in", data={"form_token": form_token(page), **fields})
    assert done.headers["location"] == led
    assert len(done.headers.get_list("set-cookie")) == 1


def test_guesses_are_slowed_down_and_told_so(desk: SharedDesk) -> None:
    client = desk.client()
    said = [
        send(client, "/sign-in", name="viewer", password="wrong").status_code
        for _ in range(5)
    ]
    assert said == [400] * 5
    late = send(client, "/sign-in", name="viewer", password=WORDS)
    assert late.status_code == 429
    assert int(late.headers["retry-after"]) >= 1
    assert "Try again in" in late.text
    assert list_sessions(desk.people, "viewer", NOW) == ()


def test_nobody_learns_which_accounts_there_are(desk: SharedDesk) -> None:
    texts = set()
    for name in ("viewer", "nothere"):
        page = send(desk.client(), "/sign-in", name=name, password="wrong words")
        text = page.text.replace(name, "NAME")
        texts.add(text.replace(form_token(page), ""))
    assert len(texts) == 1


def test_somebody_not_signed_in_sends_nothing_large(desk: SharedDesk) -> None:
    page = desk.client().post("/sign-in", data={"name": "x" * 30_000})
    assert page.status_code == 413


def test_a_first_password_is_changed_before_anything_else(desk: SharedDesk) -> None:
    client = desk.client("newcomer")
    assert client.get("/people").headers["location"] == "/account"
    page = client.get("/account")
    assert "Choose a password" in page.text
    assert "Tiny case" not in page.text
    other = send(client, "/account", do="token", title="x", days="3", role="viewer")
    assert other.status_code == 400
    assert list_tokens(desk.people, "newcomer", NOW) == ()
    fields = {"do": "password", "password": WORDS, "new": NEW, "again": NEW}
    done = send(client, "/account", **fields)
    assert done.headers["location"] == "/account?done=yes"
    assert "Done." in client.get("/account?done=yes").text
    assert client.get("/people").status_code == 200


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"password": "wrong", "new": NEW, "again": NEW}, "not your password"),
        ({"password": WORDS, "new": NEW, "again": NEW + "x"}, "differ"),
        ({"password": WORDS, "new": "short", "again": "short"}, "12 to 256"),
        ({"password": WORDS, "new": WORDS, "again": WORDS}, "the password of now"),
    ],
)
def test_a_password_is_not_changed_in_passing(
    desk: SharedDesk, fields: dict[str, str], words: str
) -> None:
    page = send(desk.client("viewer"), "/account", do="password", **fields)
    assert page.status_code == 400
    assert words in page.text
    assert desk.people.has_password("viewer", WORDS)


def test_a_new_password_ends_the_other_sessions(desk: SharedDesk) -> None:
    client, other = desk.client("viewer"), desk.client("viewer")
    fields = {"do": "password", "password": WORDS, "new": NEW, "again": NEW}
    assert send(client, "/account", **fields).status_code == 303
    assert client.get("/").status_code == 200
    assert other.get("/").status_code == 303


def test_sessions_are_ended_one_by_one_or_together(desk: SharedDesk) -> None:
    client, one, two = (desk.client("viewer") for _ in range(3))
    shown = client.get("/account").text
    assert shown.count('value="end-session"') == 2
    number = next(
        each.number
        for each in list_sessions(desk.people, "viewer", NOW)
        if find_session(desk.people, one.cookies["vigens"], NOW)
        and each.number in shown
    )
    send(client, "/account", do="end-session", number=number)
    assert len(list_sessions(desk.people, "viewer", NOW)) == 2
    send(client, "/account", do="end-others")
    assert len(list_sessions(desk.people, "viewer", NOW)) == 1
    assert client.get("/").status_code == 200
    assert {one.get("/").status_code, two.get("/").status_code} == {303}


def test_a_token_is_shown_once_and_opens_the_board(desk: SharedDesk) -> None:
    client = desk.client("contributor")
    fields = {"title": f"export {HOSTILE}"[:60], "days": "30", "role": "viewer"}
    page = send(client, "/account", do="token", **fields)
    (token,) = list_tokens(desk.people, "contributor", NOW)
    secret = page.text.split('class="secret">')[1].split("<")[0]
    assert secret.startswith("vigens_")
    assert wrong_in(page.text) == []
    assert secret not in client.get("/account").text
    header = {"authorization": f"Bearer {secret}"}
    assert desk.client().get("/journal", headers=header).status_code == 200
    assert desk.client().get("/account", headers=header).status_code == 200
    made = desk.client().post("/account", headers=header, data={"do": "token"})
    assert made.status_code == 303  # a token makes no token
    send(client, "/account", do="end-token", number=token.number)
    assert desk.client().get("/journal", headers=header).status_code == 401


@pytest.mark.parametrize("days", ["0", "-1", "400", "x", "9" * 400, "١٢"])
def test_a_token_of_no_length_is_refused(desk: SharedDesk, days: str) -> None:
    page = send(desk.client("viewer"), "/account", do="token", title="x", days=days)
    assert page.status_code == 400 or days == "١٢"


def test_a_dead_token_is_not_helped_by_a_cookie(desk: SharedDesk) -> None:
    client = desk.client("coordinator")
    for header in ("Bearer x", "Basic eDp5", "Bearer", "x"):
        page = client.get("/people", headers={"authorization": header})
        assert page.status_code == 401
        assert page.headers["www-authenticate"] == "Bearer"
    account = desk.people.get("viewer")
    _, secret = make_token(desk.people, account, "x", now=NOW, purpose=Purpose.CALENDAR)
    header = f"Bearer {secret}"
    page = client.get("/journal", headers={"authorization": header})
    assert page.status_code == 401


def test_a_broken_case_shows_nobody_its_insides(tmp_path: Path) -> None:
    desk = open_desk(write_case(tmp_path / "case"))
    (desk.folder / "case.toml").write_text("zone = 'secret words'", encoding="utf-8")
    for page in (desk.client().get("/sign-in"), desk.client("czech").get("/")):
        assert page.status_code == 503
        assert "secret words" not in page.text


def test_accounts_that_cannot_be_read_let_nobody_in(tmp_path: Path) -> None:
    desk = open_desk(write_case(tmp_path / "case"))
    client = desk.client("coordinator")
    desk.people.close()
    page = client.get("/")
    assert page.status_code in (500, 503)
    assert "people.db" not in page.text


def test_the_public_may_read_what_is_public_where_that_is_said(tmp_path: Path) -> None:
    desk = open_desk(write_case(tmp_path / "case"), is_public=True)
    client = desk.client()
    page = client.get("/journal")
    assert page.status_code == 200
    assert 'href="/sign-in"' in page.text
    assert client.get("/journal?reader=all").status_code == 403
    assert client.get("/people").status_code == 403
    assert client.get("/account").headers["location"].startswith("/sign-in")
    desk.people.close()


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/account"])
def test_a_board_without_accounts_has_no_door(tmp_path: Path, path: str) -> None:
    app = make_app(write_case(tmp_path / "case"), clock)
    page = bare_client(app).get(path)
    assert page.status_code == 404
    assert "has no accounts" in page.text
    assert "vigens account CASE add" in bare_client(app).get("/people").text
