"""The API answers what pages and commands answer, with its lens, and refuses the rest."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.board.conftest import clock, open_client, write_case
from tests.unit.board.desk import bare_client
from vigens.board import make_app
from vigens.board.api import ENDPOINTS, ROOT
from vigens.board.api.filing import FILES
from vigens.cli import main

if TYPE_CHECKING:
    from starlette.testclient import TestClient

#: What each endpoint is asked here.
ASKED = {
    "/answers": "/answers?q=switched_on&q=warn",
    "/why": "/why?q=switched_on",
    "/missing": "/missing?q=switched_on",
    "/obligations/{name}": "/obligations/warn",
    "/agreements/{name:path}": "/agreements/accord",
    "/counts/{measure}": "/counts/ready",
    "/compare": "/compare?from_as_of=2026-01-05",
    "/entries/{id}": "/entries/r-1",
    "/search": "/search?q=signs",
    "/proofs/inclusion": "",
    "/proofs/consistency": "",
}
PATHS = [
    asked
    for one in ENDPOINTS
    if one.reads
    and one.answers is not None
    and (asked := ASKED.get(one.path, one.path))
]


def get(client: TestClient, path: str, **headers: str) -> Any:
    return client.get(f"{ROOT}{path}", headers=headers)


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_says_its_lens_its_rules_and_its_journal(
    client: TestClient, path: str
) -> None:
    answer = get(client, path).json()
    assert answer["lens"]["as_of"] == "2026-03-08T09:30Z"
    assert answer["taken"] == ["as_of", "known_at"]
    assert len(answer["lens"]["program"]) >= 8
    assert answer["head"]["entries"] == 11
    assert answer["head"]["logs"] == []  # a journal that is text has none


@pytest.mark.parametrize("path", PATHS)
def test_a_permanent_address_gives_the_same_answer_later(
    client: TestClient, path: str
) -> None:
    now = get(client, path).json()
    later = client.get(now["permanent"]).json()
    assert later["taken"] == []
    assert later["permanent"] == now["permanent"]
    beside = {"lens", "asked", "taken", "permanent", "next", "before", "after"}
    for name in set(now) - beside:
        assert later[name] == now[name], name
    assert {**later["lens"], "recorded_at": None, "words": ""} == {
        **now["lens"],
        "words": "",
    }


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/status", ["status", "CASE"]),
        ("/answers?q=switched_on&q=ready", ["status", "CASE", "switched_on", "ready"]),
        ("/why?q=warn", ["why", "CASE", "warn"]),
        ("/missing?q=switched_on", ["missing", "CASE", "switched_on"]),
        ("/entries?kind=claim", ["log", "CASE", "--kind", "claim"]),
        ("/entries/r-1", ["log", "CASE", "r-1"]),
        (
            "/compare?from_as_of=2026-01-05&as_of=2026-02-01&q=switched_on",
            ["compare", "CASE", "switched_on", "--as-of", "2026-01-05..2026-02-01"],
        ),
    ],
)
def test_a_command_prints_what_the_api_answers(
    tmp_path: Path, path: str, words: list[str]
) -> None:
    folder = write_case(tmp_path / "case")
    day = "known_at=2026-02-20"
    if "as_of" not in path:
        day += "&as_of=2026-02-20"
        words = [*words, "--as-of", "2026-02-20"]
    answer = get(
        open_client(folder), f"{path}{'&' if '?' in path else '?'}{day}"
    ).json()
    out = io.StringIO()
    said = [str(folder) if word == "CASE" else word for word in words]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        assert main([*said, "--known-at", "2026-02-20", "--json"], clock) == 0
    printed = json.loads(out.getvalue())
    for name in set(printed) - {"differ_in"}:
        assert answer[name] == printed[name], name


@pytest.mark.parametrize("name", [*FILES, "states.csv", "claims.csv", "states.parquet"])
def test_a_file_names_its_lens_and_its_permanent_address(
    client: TestClient, name: str
) -> None:
    answer = get(client, f"/files/{name}?as_of=2026-02-01")
    assert answer.status_code == 200
    assert answer.headers["etag"]
    assert f'filename="{name}"' in answer.headers["content-disposition"]
    assert b"reader public" in answer.content.replace(b"\r\n ", b"")
    address = answer.headers["link"].split(">")[0].removeprefix("<")
    assert "known_at=2026-03-08T09:30:00Z" in address
    assert client.get(address).status_code == 200


def test_the_page_of_files_leads_to_every_file(client: TestClient) -> None:
    text = client.get("/files").text
    for name in (*FILES, "states.csv", "claims.parquet"):
        assert f'href="/api/v1/files/{name}"' in text


def test_a_calendar_address_that_nobody_made_opens_nothing(client: TestClient) -> None:
    answer = client.get("/calendar/vigens_nothing.ics")
    assert answer.status_code == 404
    assert "opens no calendar" in answer.text


def test_every_path_of_the_case_stays_out_of_a_problem(client: TestClient) -> None:
    for path in ("/entries?about=123456", "/proofs/inclusion?entry=r-1", "/entries/zz"):
        text = get(client, path).text
        assert "/case/" not in text
        assert "mend" in text


@pytest.mark.parametrize(
    ("path", "status", "where"),
    [
        ("/status?colour=red", 400, "colour"),
        ("/status?as_of=", 400, "as_of"),
        ("/status?as_of=2026-01-01&as_of=2026-01-02", 400, "as_of"),
        ("/status?assume=perhaps", 400, "assume"),
        (f"/status?policy={'x' * 401}", 400, "policy"),
        ("/status?policy=%00", 400, "policy"),
        (f"/status?{'&'.join(['reading=a.b'] * 21)}", 400, "reading"),
        ("/why", 400, "q"),
        ("/why?q=switched_on&depth=many", 400, "depth"),
        ("/why?q=switched_on&depth=31", 400, "depth"),
        ("/why?q=switched_on&depth=-1", 400, "depth"),
        ("/entries?limit=0", 400, "limit"),
        ("/entries?limit=501", 400, "limit"),
        ("/entries?limit=1e2", 400, "limit"),
        ("/entries?cursor=nothing", 422, "cursor"),
        ("/entries?cursor=WzFd", 422, "cursor"),
        ("/entries?cursor=WzEsW10sMCwwXQ", 422, "cursor"),
        ("/entries?cursor=WzEse30sLTEsMF0", 422, "cursor"),
        ("/entries?cursor=WzEse30sMCwwXQ&kind=claim", 422, "kind"),
        ("/status?as_of=soon", 422, "as_of"),
        ("/status?known_at=2026-13-01", 422, "known_at"),
        ("/status?recorded_at=x", 422, "recorded_at"),
        ("/status?reader=nobody", 422, "reader"),
        ("/status?policy=strictest", 422, "policy"),
        ("/status?reading=start.never", 422, "reading"),
        ("/status?suppose=rain", 422, "suppose"),
        ("/entries?kind=clame", 422, "--kind"),
        ("/why?q=switched_off", 422, "the question"),
        ("/compare", 422, "from_as_of"),
        ("/obligations/wran", 404, "the path"),
        ("/counts/red", 404, "the path"),
        ("/agreements/accrod", 404, "the path"),
        ("/entries/ffffff", 404, "the path"),
        ("/nothing", 404, "/api/v1/nothing"),
    ],
)
def test_bad_input_is_a_problem_with_what_where_and_mend(
    client: TestClient, path: str, status: int, where: str
) -> None:
    answer = get(client, path)
    problem = answer.json()
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["status"] == status
    assert problem["where"] == where
    assert problem["detail"]
    assert problem["mend"]


def test_every_fault_of_a_lens_is_told_at_once(client: TestClient) -> None:
    answer = get(client, "/status?as_of=soon&policy=strictest&suppose=rain").json()
    assert {one["name"] for one in answer["faults"]} == {"as_of", "policy", "suppose"}


def test_agreement_files_with_errors_are_a_problem_with_its_findings(
    own_client: TestClient, tiny: Path
) -> None:
    page = tiny / "agreements" / "other.md"
    page.write_text(page.read_text("utf-8").replace("switched_on", "swiched"), "utf-8")
    answer = get(own_client, "/status")
    assert answer.status_code == 503
    assert answer.json()["findings"][0]["mend"]
    assert get(own_client, "/entries").status_code == 200
    assert get(own_client, "/findings").json()["findings"]


@pytest.mark.parametrize("reader", [None, "UA"])
def test_a_damaged_journal_is_told_to_one_reader_without_its_insides(
    tiny: Path, reader: str | None
) -> None:
    client = bare_client(make_app(tiny, clock, reader=reader))
    assert get(client, "/status").status_code == 200
    journal = tiny / "journal.jsonl"
    whole = journal.read_text("utf-8")
    journal.write_text(whole.replace("Ten are ready", "Ten are not"), "utf-8")
    answer = get(client, "/status")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert ("journal.jsonl" in answer.text) is (reader is None)
    assert "Ten are" not in answer.text
    assert str(tiny) not in answer.text


def test_an_answer_that_is_still_so_is_not_sent_again(client: TestClient) -> None:
    first = get(client, "/status")
    etag = first.headers["etag"]
    for header in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        again = get(client, "/status", **{"If-None-Match": header})
        assert again.status_code == 304
        assert not again.content
        assert again.headers["etag"] == etag
    assert get(client, "/status", **{"If-None-Match": '"other"'}).status_code == 200
    other = get(client, "/status?as_of=2026-02-01").headers["etag"]
    assert other != etag


def test_head_says_how_long_an_answer_is_and_sends_nothing(client: TestClient) -> None:
    whole, head = get(client, "/status"), client.head(f"{ROOT}/status")
    assert head.status_code == 200
    assert not head.content
    assert int(head.headers["content-length"]) == len(whole.content)
    assert head.headers["etag"] == whole.headers["etag"]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_a_method_that_a_path_does_not_know_is_a_problem(
    client: TestClient, method: str
) -> None:
    answer = client.request(method, f"{ROOT}/status")
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
    assert answer.json()["status"] == 405


def test_the_first_address_lists_every_other(client: TestClient) -> None:
    answer = client.get(ROOT).json()
    assert set(answer["addresses"]) == {one.address for one in ENDPOINTS}
    assert answer["form_token"]
    assert answer["reader"] is None


def test_the_page_of_the_api_names_every_endpoint(client: TestClient) -> None:
    text = client.get("/api").text
    for one in ENDPOINTS:
        assert one.address.replace(":path", "") in text
