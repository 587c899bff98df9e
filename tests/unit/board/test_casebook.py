"""Kept and loaded again: pages follow the files, and nothing stale is shown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from tests.unit.board.conftest import clock, open_client
from vigens.board.casebook import Casebook
from vigens.desk import Looking
from vigens.journal import Draft, open_journal

if TYPE_CHECKING:
    import pytest
    from starlette.testclient import TestClient


def test_a_page_that_did_not_change_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/?as_of=2026-02-01")
    etag = first.headers["etag"]
    again = client.get("/?as_of=2026-02-01", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == etag
    other = client.get("/?as_of=2026-02-02", headers={"if-none-match": etag})
    assert other.status_code == 200


def test_an_entry_recorded_meanwhile_is_shown_at_once(
    own_client: TestClient, tiny: Path
) -> None:
    assert "Recorded meanwhile" not in own_client.get("/journal").text
    with open_journal(tiny / "journal.jsonl", clock) as journal:
        note = {"text": "Recorded meanwhile"}
        journal.append([Draft("note", note, "curator", marks=("public",))])
    text = own_client.get("/journal").text
    assert "Recorded meanwhile" in text
    assert "as of 8 March 2026, 09:30:30 UTC" in text


def test_pages_of_one_minute_share_a_lens(tiny: Path) -> None:
    moment = datetime(2026, 3, 9, 10, 0, 59, tzinfo=UTC)
    casebook = Casebook(tiny, lambda: moment)
    before = casebook.now("public")
    moment -= timedelta(seconds=50)
    assert casebook.now("public") == before
    moment += timedelta(seconds=51)
    assert casebook.now("public") == before + 60


def test_a_session_is_kept_for_its_lens(tiny: Path) -> None:
    casebook = Casebook(tiny, clock)
    case = casebook.case()
    looking = Looking(casebook.now("public"), as_of="2026-02-01")
    kept = casebook.session(case, looking)
    assert casebook.session(case, looking) is kept
    other = Looking(casebook.now("public"), as_of="2026-02-02")
    assert casebook.session(case, other) is not kept


def test_a_board_that_was_just_started_asks_for_patience(tiny: Path) -> None:
    client = open_client(tiny)
    casebook = client.app.state.casebook  # type: ignore[attr-defined]  # of Starlette
    casebook.is_warm = False
    is_held, may_go = Event(), Event()

    def hold() -> None:
        with casebook.lock:
            is_held.set()
            may_go.wait(30)
        casebook.is_warm = True

    holding = Thread(target=hold)
    holding.start()
    assert is_held.wait(30)
    page = client.get("/")
    assert page.status_code == 503
    assert page.headers["retry-after"] == page.headers["refresh"] == "2"
    assert "just been started" in page.text
    may_go.set()
    holding.join()
    assert client.get("/").status_code == 200


def test_the_first_page_is_worked_out_before_anybody_asks(tiny: Path) -> None:
    casebook = Casebook(tiny, clock)
    casebook.warm("public")
    session = casebook.session(casebook.case(), Looking(casebook.now("public")))
    assert session.n_answers > 0


def test_a_case_that_cannot_be_worked_out_is_told_to_who_asks(tiny: Path) -> None:
    page = tiny / "agreements" / "other.md"
    page.write_text(page.read_text("utf-8").replace("fluent", "fluet"), "utf-8")
    casebook = Casebook(tiny, clock)
    casebook.warm("public")
    assert casebook.is_warm
    assert open_client(tiny).get("/").status_code == 503


def test_a_mended_page_is_read_again(own_client: TestClient, tiny: Path) -> None:
    page = tiny / "agreements" / "other.md"
    whole = page.read_text("utf-8")
    page.write_text(whole.replace("fluent", "fluet"), "utf-8")
    assert own_client.get("/").status_code == 503
    page.write_text(whole, "utf-8")
    assert own_client.get("/").status_code == 200


def test_a_fault_of_ours_is_a_calm_page(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = open_client(tiny)
    monkeypatch.setattr(Casebook, "now", lambda _self: 1 // 0)
    page = client.get("/")
    assert page.status_code == 500
    assert "nothing was changed" in page.text
    assert "ZeroDivision" not in page.text
    assert "default-src" in page.headers["content-security-policy"]
