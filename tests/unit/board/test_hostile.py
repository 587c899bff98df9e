"""Words of others are shown as words; addresses lead nowhere but to the web."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from markupsafe import Markup

from tests.unit.board.conftest import HOSTILE, clock, open_client, write_case
from tests.unit.board.test_pages import PATHS
from vigens.board import print_missing, print_why
from vigens.desk import Looking, Session, make_lens, open_case, read_missing, why
from vigens.journal import open_journal
from vigens.lang.weave import unsteered

if TYPE_CHECKING:
    from starlette.testclient import TestClient

BANNED_TAGS = {"script", "iframe", "object", "embed", "style", "base", "img", "u"}


class Reader(HTMLParser):
    """Collect what a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = tag == "script" and (dict(attrs).get("src") or "").startswith("/static/")
        if tag in BANNED_TAGS and not own:
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name in {"style", "srcdoc", "formaction"}:
                self.wrong.append(f"<{tag} {name}>")
            if name in {"href", "src", "action"}:
                self.check_address(tag, value or "")

    def check_address(self, tag: str, value: str) -> None:
        inside = value.startswith(("/", "#")) and not value.startswith("//")
        outside = tag == "a" and value.startswith(("https://", "http://"))
        if not inside and not outside:
            self.wrong.append(f"<{tag} to {value}>")


def wrong_in(text: str) -> list[str]:
    reader = Reader()
    reader.feed(text)
    return reader.wrong


def every_path(folder: Path) -> list[str]:
    with open_journal(folder / "journal.jsonl", lambda: None) as journal:  # type: ignore[arg-type, return-value] # never asked
        entries = journal.entries()
    return [*PATHS, *(f"/entry/{entry.id}" for entry in entries)]


def test_nothing_stored_becomes_markup(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    client = open_client(folder)
    shown = 0
    for path in every_path(folder):
        text = client.get(path).text
        assert wrong_in(text) == [], path
        shown += "alert(&#39;stored&#39;)" in text
    assert shown > 12  # the hostile words are there, as words


@pytest.mark.parametrize(
    "path",
    [
        "/why?q={}",
        "/search?q={}",
        "/journal?text={}",
        "/journal?kind={}",
        "/journal?page={}",
        "/offers?domain={}",
        "/obligation/{}",
        "/counts/{}",
        "/agreement/{}",
        "/entry/{}",
        "/{}",
        "/?as_of={}",
        "/?reader={}",
        "/?policy={}",
        "/?reading={}",
        "/?suppose={}",
        "/?unheard={}",
    ],
)
@pytest.mark.parametrize("words", [HOSTILE, "'><svg onload=alert(1)>", "{{ 7 * 7 }}"])
def test_nothing_asked_becomes_markup(
    client: TestClient, path: str, words: str
) -> None:
    page = client.get(path.format(words))
    assert page.status_code in (200, 400, 404)
    assert wrong_in(page.text) == []
    assert "<svg onload" not in page.text


def test_an_address_of_a_script_is_shown_as_text(
    client: TestClient, ids: dict[str, str]
) -> None:
    text = client.get(f"/entry/{ids['count']}").text
    assert "javascript:alert(" in text
    assert 'href="javascript' not in text


def test_nothing_stored_becomes_markup_on_a_sheet(tmp_path: Path) -> None:
    case = open_case(write_case(tmp_path / "case"), clock)
    session = Session(case, make_lens(case, Looking(int(clock().timestamp()))))
    shown = 0
    for question in ("switched_on", "signed(accord, FR)", "endorsed(accord, _, FR)"):
        text = print_why(session, HOSTILE, why(session, question))
        text += print_missing(session, HOSTILE, read_missing(session, question))
        wrong = wrong_in(text)
        assert wrong == ["<style>", "<style>"]  # our own, named by the page's policy
        shown += "alert(&#39;stored&#39;)" in text
    assert shown == 3


@pytest.mark.parametrize("sign", ["\x1b", "\x07", "\u202e", "\u2066", "\x9b"])
def test_no_sign_steers_the_page(client: TestClient, sign: str) -> None:
    for path in ("/search", "/why"):
        text = client.get(path, params={"q": f"a{sign}b"}).text
        assert sign not in text, path
        assert "a\ufffdb" in text, path


def test_what_is_no_text_and_what_is_markup_stay_so() -> None:
    assert unsteered(3) == 3
    assert unsteered("two\tthree\n") == "two\tthree\n"
    assert isinstance(unsteered(Markup("<b>\x1b</b>")), Markup)


def test_a_page_of_prose_keeps_its_traps_as_text(client: TestClient) -> None:
    text = client.get("/agreement/accord").text
    assert "<img" not in text
    assert "&lt;img src=x" in text
    assert 'href="https://source.example/a?b=1&amp;c=2"' in text
    assert "javascript:alert(1)" in text
    assert 'href="javascript' not in text
    assert 'href="data:' not in text


@pytest.mark.parametrize(
    "path",
    [
        "/agreement/../case.toml",
        "/agreement/..%2fcase.toml",
        "/agreement/%2e%2e/%2e%2e/etc/passwd",
        "/agreement//etc/passwd",
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/templates/base.html",
        "/entry/..%2f..%2fcase.toml",
    ],
)
def test_no_path_leads_out(client: TestClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 404
    assert "root:" not in page.text
    assert "import" not in page.text
    assert "[policies" not in page.text


@pytest.mark.parametrize("path", ["/", "/nowhere", "/static/board.css", "/healthz"])
def test_every_answer_carries_strict_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_is_written(own_client: TestClient, tiny: Path, method: str) -> None:
    before = (tiny / "journal.jsonl").read_bytes()
    page = own_client.request(method, "/journal")
    assert page.status_code == 405
    assert "only reads" in page.text
    assert (tiny / "journal.jsonl").read_bytes() == before


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8765", 200),
        ("localhost", 200),
        ("[::1]:8765", 200),
        ("[::1]", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example:80", 421),
        ("localhost:x", 421),
        ("", 421),
    ],
)
def test_it_answers_to_loopback_names_only(
    client: TestClient, host: str, status: int
) -> None:
    assert client.get("/healthz", headers={"host": host}).status_code == status


def test_a_line_break_in_a_question_makes_no_header(client: TestClient) -> None:
    page = client.get("/why?q=warn&as_of=2026-02-01%0d%0aSet-Cookie:%20a=b")
    assert "set-cookie" not in page.headers
    moved = client.get("/why?q=warn&reader=public%0d%0a")
    assert "\n" not in moved.headers.get("location", "")
