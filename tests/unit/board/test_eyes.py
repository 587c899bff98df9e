"""Readers of the board: each address chooses, or the board is one reader's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.asking import make_client
from tests.unit.board.conftest import clock
from vigens.board import make_app
from vigens.journal import Draft, open_journal

if TYPE_CHECKING:
    from starlette.testclient import TestClient


def record(folder: Path, kind: str, *marks: str, **payload: object) -> str:
    with open_journal(folder / "journal.jsonl", clock) as journal:
        (entry,) = journal.append([Draft(kind, payload, "curator", marks=marks)])
    return entry.id


@pytest.fixture
def shared_case(tiny: Path) -> Path:
    """Give the tiny case with a hidden group that France is in, and its note."""
    record(tiny, "release_group", "shore", group="shore", title="The shore")
    record(tiny, "membership", group="shore", member="FR", is_member=True)
    record(tiny, "note", "shore", text="A note for the shore")
    record(tiny, "release_group", "public", group="open", title="Open")
    return tiny


def client_of(folder: Path, reader: str | None = None) -> TestClient:
    app = make_app(folder, clock, reader=reader)
    return make_client(app, follow_redirects=False)


@pytest.fixture
def client(shared_case: Path) -> TestClient:
    return client_of(shared_case)


def test_each_address_chooses_its_reader(client: TestClient) -> None:
    for reader, is_seen in (("", 0), ("UA", 0), ("FR", 1), ("shore", 1), ("all", 1)):
        page = client.get(f"/journal?reader={reader}")
        assert page.status_code == 200
        assert ("A note for the shore" in page.text) is bool(is_seen), reader


def test_the_form_names_nobody_who_is_hidden(client: TestClient) -> None:
    text = client.get("/").text
    for reader in ("public", "all", "FR", "open"):
        assert f">{reader}</option>" in text
    assert ">shore</option>" not in text
    assert ">shore</option>" in client.get("/?reader=shore").text


def test_an_unknown_reader_is_a_fault_of_its_field(client: TestClient) -> None:
    page = client.get("/?reader=shoer")
    assert page.status_code == 400
    assert "there is no reader" in page.text
    assert "shore" not in page.text.replace("shoer", "")


def test_a_group_reads_on_any_day(client: TestClient) -> None:
    page = client.get("/journal?reader=shore&known_at=2026-01-05")
    assert page.status_code == 200


def test_a_board_of_one_reader_refuses_every_other(shared_case: Path) -> None:
    client = client_of(shared_case, "FR")
    assert "A note for the shore" in client.get("/journal").text
    assert client.get("/journal?reader=FR").status_code == 200
    for other in ("all", "public", "UA", "nobody"):
        page = client.get(f"/journal?reader={other}")
        assert page.status_code == 403, other
        assert "served for the reader FR alone" in page.text
        assert "A note" not in page.text
    assert ">all</option>" not in client.get("/").text


def test_the_clock_of_a_page_is_not_moved_by_what_is_hidden(tiny: Path) -> None:
    before = client_of(tiny).get("/").text
    record(tiny, "note", "FR", text="Recorded in this minute")
    after = client_of(tiny).get("/").text
    assert before == after
    assert client_of(tiny).get("/?reader=FR").text != before.replace("public", "FR")


def test_numbers_are_those_of_what_is_seen(tiny: Path) -> None:
    record(tiny, "note", "FR", text="Hidden in between")
    record(tiny, "note", "public", text="Seen at the end")
    page = client_of(tiny)

    def number(reader: str) -> int:
        line = page.get(f"/journal?reader={reader}&text=Seen at the end").text
        return int(line.split('<td class="n">')[1].split("<")[0])

    assert number("all") == number("public") + 1


def test_damage_is_told_to_one_reader_without_its_insides(shared_case: Path) -> None:
    journal = shared_case / "journal.jsonl"
    whole = journal.read_text("utf-8")
    clients = {reader: client_of(shared_case, reader) for reader in (None, "UA", "all")}
    journal.write_text(whole.replace("A note for the shore", "A note"), "utf-8")
    for reader, client in clients.items():
        page = client.get("/journal")
        assert page.status_code == 503
        assert ("journal.jsonl" in page.text) is (reader != "UA"), reader
        assert "Traceback" not in page.text
    assert "cannot be read just now" in clients["UA"].get("/").text
