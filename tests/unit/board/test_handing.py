"""Kept pages: pressed once, the same for whoever may have the same, and nobody else."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.unit.board.conftest import clock, make, open_app
from vigens.board import make_app
from vigens.board.casebook import Casebook
from vigens.board.entrance import TOKEN_MARK, AloneEntrance, Caller, FormTokens
from vigens.board.handing import HANDED_BYTES, Handing
from vigens.board.rendering import Rendered
from vigens.journal import open_journal
from vigens.people import Person

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.testclient import TestClient

PEOPLE = {
    name: Caller(Person(name, name, reader=reader, is_alone=True), f"session {name}")
    for name, reader in (("anna", "public"), ("ben", "FR"), ("cora", "all"))
}


class ByHeader(AloneEntrance):
    """An entrance that believes what a test says."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def who(self, request: Request) -> Caller:
        """Tell who a test says that it is."""
        name = request.headers["x-who"]
        self.asked.append(name)
        return PEOPLE[name]


def open_shared(folder: Path, entrance: ByHeader, every: float = 60.0) -> TestClient:
    app = make_app(folder, clock, entrance=entrance, look_every=every)
    return open_app(app)


def add(folder: Path, text: str, marks: tuple[str, ...]) -> None:
    with open_journal(folder / "journal.jsonl", clock) as journal:
        journal.append([make("note", {"text": text}, marks=marks)])


@pytest.mark.parametrize(
    "page", ["/", "/journal", "/search?q=released", "/obligations"]
)
def test_a_kept_page_goes_to_nobody_with_other_eyes(tiny: Path, page: str) -> None:
    for reader in ("FR", "CZ"):
        add(tiny, f"released to {reader} alone", (reader,))
    alone = {
        name: open_shared(tiny, ByHeader()).get(page, headers={"x-who": name}).text
        for name in PEOPLE
    }
    shared = open_shared(tiny, ByHeader())
    for name in (*PEOPLE, *reversed(PEOPLE), *PEOPLE):
        assert shared.get(page, headers={"x-who": name}).text == alone[name]


def test_one_who_has_a_page_of_others_in_hand_is_sent_his_own(tiny: Path) -> None:
    add(tiny, "released to France alone", ("FR",))
    client = open_shared(tiny, ByHeader())
    seen = client.get("/journal", headers={"x-who": "ben"})
    assert "released to France alone" in seen.text
    asked = {"x-who": "anna", "if-none-match": seen.headers["etag"]}
    answer = client.get("/journal", headers=asked)
    assert answer.status_code == 200
    assert "released to France alone" not in answer.text


def test_a_hidden_entry_leaves_even_the_etag_as_it_was(tiny: Path) -> None:
    client = open_shared(tiny, ByHeader(), every=0.0)
    before = client.get("/", headers={"x-who": "anna"})
    add(tiny, "released to France alone", ("FR",))
    after = client.get("/", headers={"x-who": "anna"})
    assert after.headers["etag"] == before.headers["etag"]
    assert after.content == before.content


def test_a_page_that_is_kept_asks_neither_lock_nor_disk(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = open_shared(tiny, ByHeader())
    first = client.get("/", headers={"x-who": "anna"})

    def fail(*_args: object) -> None:
        raise AssertionError("a hit looks at no file and waits for no lock")

    monkeypatch.setattr(Casebook, "stamp", fail)
    monkeypatch.setattr(Casebook, "pinned", fail)
    again = client.get("/", headers={"x-who": "anna"})
    assert (again.status_code, again.content) == (200, first.content)


def test_who_asks_is_asked_each_time(tiny: Path) -> None:
    entrance = ByHeader()
    client = open_shared(tiny, entrance)
    for _ in range(3):
        client.get("/", headers={"x-who": "anna"})
    assert len(entrance.asked) >= 3


def test_a_long_page_is_pressed_for_who_takes_it(tiny: Path) -> None:
    client = open_shared(tiny, ByHeader())
    asked = {"x-who": "anna"}
    pressed = client.get("/", headers={**asked, "accept-encoding": "br, gzip"})
    plain = client.get("/", headers={**asked, "accept-encoding": "gzip;q=0"})
    assert pressed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert pressed.content == plain.content
    assert int(pressed.headers["content-length"]) < len(plain.content) / 2
    for each in (pressed, plain):
        assert "Accept-Encoding" in each.headers["vary"]
        etag = f'"other", {each.headers["etag"]}'
        again = client.get("/", headers={**asked, "if-none-match": etag})
        assert (again.status_code, again.content) == (304, b"")


def test_each_session_has_its_own_token_in_a_kept_page() -> None:
    tokens = FormTokens()
    handing = Handing(tokens)
    rendered = Rendered.of(f"<form>{TOKEN_MARK}</form>", 200)
    handed = {n: handing.keep("key", who, rendered) for n, who in PEOPLE.items()}
    assert len({each.plain for each in handed.values()}) == len(PEOPLE)
    assert len({each.etag for each in handed.values()}) == len(PEOPLE)
    for name, who in PEOPLE.items():
        assert handing.find("key", who) is handed[name]
        found = re.search(rb"<form>([0-9a-f]+)</form>", handed[name].plain)
        assert found is not None
        assert found[1].decode() != tokens.token(who), "a token begins with chance"


def test_a_page_without_a_form_is_kept_once_for_all_sessions_of_a_person() -> None:
    handing = Handing(FormTokens())
    kept = handing.keep("key", PEOPLE["anna"], Rendered.of("<p>No form</p>", 200))
    assert handing.find("key", Caller(PEOPLE["anna"].person, "another")) is kept


def test_kept_pages_are_bounded_by_their_bytes() -> None:
    handing = Handing(FormTokens())
    text = "x" * 3_000_000
    for number in range(60):
        page = Rendered.of(text + str(number), 200)
        handing.keep(number, PEOPLE["anna"], page)
    assert handing.handed.weight <= HANDED_BYTES
    assert handing.rendered.weight <= HANDED_BYTES
    assert handing.find(0, PEOPLE["anna"]) is None
    kept = handing.find(59, PEOPLE["anna"])
    assert kept is not None
    assert kept.pressed is not None
    assert gzip.decompress(kept.pressed) == kept.plain


def test_an_own_entry_is_seen_at_once_though_a_look_holds(tiny: Path) -> None:
    casebook = Casebook(tiny, clock, look_every=60.0)
    before = casebook.look()
    add(tiny, "Recorded meanwhile", ("public",))
    assert casebook.glance() is before
    casebook.expect_change()
    assert casebook.glance() is None
    assert casebook.look().number > before.number


def test_a_page_is_made_of_one_edition_whatever_is_recorded(tiny: Path) -> None:
    casebook = Casebook(tiny, clock)
    with casebook.pinned() as edition:
        add(tiny, "Recorded meanwhile", ("public",))
        assert casebook.case() is edition.case
    assert casebook.case() is not edition.case


def test_a_look_that_finds_nothing_new_keeps_the_edition(tiny: Path) -> None:
    casebook = Casebook(tiny, clock)
    edition = casebook.look()
    (tiny / "journal.db-shm").write_bytes(b"x" * 100)
    (tiny / "journal.db-wal").write_bytes(b"")
    assert casebook.look() is edition


def test_the_moment_stands_for_the_present_of_every_reader(tiny: Path) -> None:
    moment = datetime(2026, 3, 9, 10, 0, 5, tzinfo=UTC)
    casebook = Casebook(tiny, lambda: moment)
    edition = casebook.look()
    first = casebook.moment(edition), casebook.now("public")
    moment = moment.replace(second=59)
    assert (casebook.moment(edition), casebook.now("public")) == first
    moment = moment.replace(minute=1)
    assert casebook.moment(edition) == first[0] + 60


def test_pages_of_another_present_are_let_go() -> None:
    handing = Handing(FormTokens())
    handing.turn((1, 60))
    handing.rendered.put("page", Rendered(b"x" * 2000, 200, b"digest"))
    handing.turn((1, 60))
    assert handing.rendered.weight == 2000
    handing.turn((1, 120))
    assert handing.rendered.weight == 0
