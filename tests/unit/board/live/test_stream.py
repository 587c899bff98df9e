"""Listening: who has a page open is told of what he may see, and of nothing else."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.board.conftest import clock, make
from tests.unit.board.live.ear import SHORT, Ear
from vigens.board import make_app
from vigens.board.answering import Desk
from vigens.board.entrance import AloneEntrance, Caller
from vigens.journal import open_journal
from vigens.people import ONLOOKER, Person

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request

FR = Caller(Person("ben", "Ben", reader="FR", is_alone=True), "session of Ben")


class OneSession(AloneEntrance):
    """An entrance with one session, which may end."""

    def __init__(self, caller: Caller = FR) -> None:
        super().__init__()
        self.caller = caller

    def who(self, _request: Request) -> Caller:
        """Tell who asks."""
        return self.caller


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vigens.board.live.hub.LOOK_EVERY", 0.05)
    monkeypatch.setattr("vigens.board.live.hub.MOST_OF_THE_TIME", 1e6)
    monkeypatch.setattr("vigens.board.live.stream.ASKED_EVERY", 0.1)


def run(act: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(act())


def add(folder: Path, text: str, *marks: str) -> None:
    with open_journal(folder / "journal.jsonl", clock) as journal:
        journal.append([make("note", {"text": text}, marks=marks)])


def sign(folder: Path, *marks: str) -> None:
    signed = {"event": "joins", "args": ["club", "CZ"], "title": "It joins"}
    with open_journal(folder / "journal.jsonl", clock) as journal:
        made = make("occurrence", signed, happened="2026-01-07", marks=marks)
        (entry,) = journal.append([made])
        said = {"polarity": "pos", "statement": "It joins", "actors": []}
        journal.append([make("claim", said, about=(entry.id,), marks=marks)])


def open_board(folder: Path, entrance: OneSession | None = None) -> Starlette:
    return make_app(folder, clock, entrance=entrance)


def test_an_open_page_is_told_what_changed(tiny: Path) -> None:
    async def act() -> None:
        async with Ear(open_board(tiny), "/journal") as ear:
            assert ear.status == 200
            here = await ear.event("here")
            assert re.search(r"^retry: \d+$", ear.said, re.MULTILINE)
            add(tiny, "Seen by all", "public")
            told = await ear.event("change")
            assert told["changed"]
            assert told["id"] != here["id"]

    run(act)


def test_a_page_that_shows_nothing_of_an_entry_says_nothing(tiny: Path) -> None:
    async def act() -> None:
        async with Ear(open_board(tiny), "/offers") as ear:
            await ear.event("here")
            add(tiny, "Seen by all, but no offer", "public")
            assert await ear.next(SHORT) is None

    run(act)


@pytest.mark.parametrize("page", ["/", "/journal"])
def test_a_hidden_entry_makes_no_event_and_moves_no_sign_of_life(
    tiny: Path, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vigens.board.live.stream.HEARTBEAT", 0.15)

    async def listen(then: Callable[[], None]) -> list[str]:
        async with Ear(open_board(tiny), page) as ear:
            await ear.event("here")
            then()
            beats = [await ear.next() for _ in range(4)]
            return [beat or "" for beat in beats]

    async def act() -> None:
        quiet = await listen(lambda: None)
        hidden = await listen(lambda: sign(tiny, "FR"))
        assert hidden == quiet == [": still here\n\n"] * 4
        shown = await listen(lambda: sign(tiny, "public"))
        assert any("event: change" in each for each in shown)

    run(act)


def test_each_is_told_by_his_own_eyes(tiny: Path) -> None:
    async def act() -> None:
        france = open_board(tiny, OneSession())
        everybody = open_board(tiny)
        async with Ear(france, "/journal") as ben, Ear(everybody, "/journal") as anna:
            await ben.event("here")
            await anna.event("here")
            add(tiny, "For France", "FR")
            await ben.event("change")
            assert await anna.next(SHORT) is None

    run(act)


def test_who_comes_back_is_told_what_he_missed(tiny: Path) -> None:
    async def act() -> None:
        app = open_board(tiny)
        async with Ear(app, "/journal") as ear:
            left = (await ear.event("here"))["id"]
        async with Ear(app, "/journal", last_event_id=left) as ear:
            await ear.event("here")
            assert await ear.next(SHORT) is None
        add(tiny, "Meanwhile", "public")
        async with Ear(app, "/journal", last_event_id=left) as ear:
            assert (await ear.event("change"))["changed"]
        async with Ear(app, "/journal", last_event_id="of another run") as ear:
            assert (await ear.event("change"))["changed"] == ["main"]

    run(act)


def test_after_signing_out_nothing_more_is_told(tiny: Path) -> None:
    async def act() -> None:
        entrance = OneSession()
        async with Ear(open_board(tiny, entrance), "/journal") as ear:
            await ear.event("here")
            entrance.caller = Caller(ONLOOKER, "")
            add(tiny, "For France", "FR")
            await ear.event("end")
            assert "event: change" not in ear.said

    run(act)


def test_one_too_many_is_asked_to_come_later(tiny: Path) -> None:
    async def act() -> None:
        app = open_board(tiny)
        app.state.hub.most = 2
        three = Ear(app, "/offers")
        async with Ear(app, "/") as one, Ear(app, "/journal") as two, three:
            assert (one.status, two.status, three.status) == (200, 200, 503)
        async with Ear(app, "/offers") as four:
            assert four.status == 200
        assert app.state.hub.n_listeners == 0

    run(act)


@pytest.mark.parametrize(
    ("page", "status"),
    [
        ("/nowhere", 404),
        ("/live", 404),
        ("", 400),
        ("journal", 400),
        ("https://elsewhere.example/", 400),
        ("//elsewhere.example/", 400),
        ("/journal?recorded_at=2026-03-01", 204),
    ],
)
def test_only_a_page_that_can_change_is_listened_to(
    tiny: Path, page: str, status: int
) -> None:
    async def act() -> None:
        async with Ear(open_board(tiny), page) as ear:
            assert ear.status == status

    run(act)


def test_who_may_not_read_may_not_listen(tiny: Path) -> None:
    async def act() -> None:
        app = open_board(tiny, OneSession(Caller(ONLOOKER, "")))
        async with Ear(app, "/") as ear:
            assert ear.status == 403

    run(act)


def test_a_page_of_the_present_follows_the_clock(tiny: Path) -> None:
    moment = datetime(2026, 1, 7, 9, 0, 30, tzinfo=UTC)

    async def act() -> None:
        nonlocal moment
        app = make_app(tiny, lambda: moment)
        async with Ear(app, "/") as ear, Ear(app, "/?as_of=2026-01-07") as fixed:
            await ear.event("here")
            await fixed.event("here")
            moment += timedelta(days=60)
            assert (await ear.event("change"))["changed"]

    run(act)


def test_closing_the_board_ends_every_connection(tiny: Path) -> None:
    async def act() -> None:
        app = open_board(tiny)
        async with Ear(app, "/") as one, Ear(app, "/journal") as two:
            app.state.hub.close()
            await one.event("end")
            await two.event("end")

    run(act)


def test_one_look_serves_every_listener(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    page = Desk.page

    def counted(self: Desk, way: Any, request: Request, caller: Caller) -> bytes | None:
        made.append(request.url.path)
        return page(self, way, request, caller)

    monkeypatch.setattr(Desk, "page", counted)

    async def act() -> None:
        app = open_board(tiny)
        ears = [Ear(app, "/journal") for _ in range(20)]
        for ear in ears:
            await ear.__aenter__()
            await ear.event("here")
        add(tiny, "Seen by all", "public")
        for ear in ears:
            await ear.event("change")
            await ear.__aexit__()
        assert made == ["/journal"] * 2

    run(act)


def test_a_page_that_is_slow_to_make_is_watched_all_the_same(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vigens.board.live.hub.KNOWN_FOR", -1.0)  # let go of at once

    async def act() -> None:
        app = open_board(tiny)
        async with Ear(app, "/offers") as other, Ear(app, "/journal") as ear:
            await other.event("here")
            await ear.event("here")
            add(tiny, "Seen by all", "public")
            assert (await ear.event("change"))["changed"]

    run(act)
