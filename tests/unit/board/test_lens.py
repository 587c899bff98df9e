"""The lens in an address: what is wrong with it is said field by field, in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from starlette.datastructures import QueryParams

from vigens.board.lensform import Asked, address, read_asked

if TYPE_CHECKING:
    from starlette.testclient import TestClient


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"as_of": "2026-02-30"}, "impossible date"),
        ({"as_of": "99999"}, "impossible date"),
        ({"as_of": "9999-12-31"}, "impossible date"),
        ({"as_of": "0001-01-01"}, "impossible date"),
        ({"known_at": "<script>alert(1)</script>"}, "impossible date"),
        ({"recorded_at": "yesterday"}, "impossible date"),
        ({"reader": "minister"}, "there is no reader"),
        ({"policy": "generous"}, "there is no policy"),
        ({"reading": "start.never"}, "there is no reading"),
        ({"suppose": "peace"}, "a hypothesis needs a date"),
        ({"suppose": "ceasefire.begins(general) on never"}, "impossible date"),
        ({"suppose": "ceasefire.begins(_) on 2026-01-01"}, "cannot be read"),
        ({"suppose": "nothing(x) on 2026-01-01"}, "cannot be read"),
        ({"suppose": "x" * 500}, "longer than 400"),
        ({"as_of": "\x00\ud7ff\u202e"}, "impossible date"),
    ],
)
@pytest.mark.parametrize("path", ["/", "/agreement/accord"])
def test_a_wrong_lens_says_what_where_and_how_to_mend(
    client: TestClient, path: str, params: dict[str, str], words: str
) -> None:
    page = client.get(path, params=params)
    assert page.status_code == 400
    assert words in page.text
    assert "mend:" in page.text
    assert 'class="fault"' in page.text
    assert "<details open>" in page.text
    assert "Traceback" not in page.text
    assert "<script>" not in page.text


def test_all_faults_are_told_at_once(client: TestClient) -> None:
    page = client.get("/?as_of=x&known_at=y&policy=z&suppose=w")
    assert page.text.count('class="fault"') == 4


def test_too_many_hypotheses_are_refused(client: TestClient) -> None:
    many = [f"breach.happens(b{n}) on 2026-01-02" for n in range(30)]
    page = client.get("/", params={"suppose": many})
    assert page.status_code == 400
    assert "more than 20" in page.text


def test_an_address_that_is_too_long_is_refused(client: TestClient) -> None:
    assert client.get("/why", params={"q": "x" * 9000}).status_code == 414


def test_empty_fields_of_the_form_say_nothing() -> None:
    params = QueryParams("as_of=&reading=&reading=a.b&suppose=&assume=yes&policy=")
    assert read_asked(params) == Asked(readings=("a.b",), assume=True)


def test_an_address_reads_back_as_the_same_lens() -> None:
    asked = Asked(
        "2026-01-07",
        "2026-01-08",
        "2026-01-09",
        "all",
        "open-ear",
        ("a.b", "c.d"),
        ("e(x) on 2026-01-01", "f on 2026?"),
        assume=True,
    )
    written = address("/why", [("q", "endorsed(a, b&c)")], asked)
    params = QueryParams(written.partition("?")[2])
    assert params["q"] == "endorsed(a, b&c)"
    assert read_asked(params) == asked


def test_the_path_of_an_address_is_quoted() -> None:
    assert address("/agreement/a b?c#d", [], Asked()) == "/agreement/a%20b%3Fc%23d"


def test_days_move_together_when_they_were_together(client: TestClient) -> None:
    text = client.get("/?as_of=2026-02-01&known_at=2026-02-01").text
    assert "/?as_of=2026-01-31&amp;known_at=2026-01-31" in text
    assert "as known today" in text
    apart = client.get("/?as_of=2026-02-01&known_at=2026-02-05").text
    assert "/?as_of=2026-01-31&amp;known_at=2026-02-05" in apart
    assert "/?as_of=2026-02-01&amp;known_at=2026-02-01" in apart


def test_the_form_keeps_the_question_of_the_page(client: TestClient) -> None:
    text = client.get("/why?q=switched_on&as_of=2026-02-01").text
    assert '<input type="hidden" name="q" value="switched_on">' in text


def test_another_policy_is_named_and_can_be_left(client: TestClient) -> None:
    text = client.get("/?policy=open-ear&as_of=2026-02-01").text
    assert "policy open-ear" in text
    assert "plain view" in text
