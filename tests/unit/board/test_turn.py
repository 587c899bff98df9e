"""A look that takes long keeps nobody waiting who asks for one that is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from tests.unit.board.conftest import clock, open_client
from vigens.board.casebook import Casebook
from vigens.board.turn import Turn
from vigens.desk import Looking, answers
from vigens.desk.assembling import Assembled, assemble
from vigens.desk.case import Case
from vigens.model import Lens

if TYPE_CHECKING:
    from starlette.testclient import TestClient

PATIENCE = 60

#: A look that none of another day can grow into.
PAST = "as_of=2026-02-01&known_at=2026-02-01"


@dataclass
class Gate:
    """Stands before the assembling of one day's evidence until it is opened."""

    day: int = 0
    is_reached: Event = field(default_factory=Event)
    may_go: Event = field(default_factory=Event)
    n_assembled: int = 0

    def assemble(self, case: Case, lens: Lens) -> Assembled:
        self.n_assembled += 1
        if self.day and lens.known_at < self.day:
            self.is_reached.set()
            assert self.may_go.wait(PATIENCE), "nobody was served meanwhile"
        return assemble(case, lens)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    gate = Gate()
    monkeypatch.setattr(answers, "assemble", gate.assemble)
    yield gate
    gate.may_go.set()


def asked(client: TestClient, path: str) -> tuple[Thread, list[int]]:
    """Ask for a page in a thread of its own."""
    found: list[int] = []
    thread = Thread(target=lambda: found.append(client.get(path).status_code))
    thread.start()
    return thread, found


def test_pages_of_a_kept_look_are_made_while_another_look_is_assembled(
    tiny: Path, gate: Gate
) -> None:
    client = open_client(tiny)
    assert client.get("/").status_code == 200
    gate.day = int(clock().timestamp()) - 86_400
    slow, found = asked(client, f"/?{PAST}")
    assert gate.is_reached.wait(PATIENCE)
    for path in ("/obligations", "/journal", "/search?q=lock", "/api/v1/states"):
        assert client.get(path).status_code in (200, 404), path
    assert not found, "it still stands before the gate"
    gate.may_go.set()
    slow.join(PATIENCE)
    assert found == [200]


def test_a_look_that_two_ask_for_at_once_is_assembled_once(
    tiny: Path, gate: Gate
) -> None:
    client = open_client(tiny)
    assert client.get("/").status_code == 200
    gate.day = int(clock().timestamp()) - 86_400
    before = gate.n_assembled
    pages = (f"/?{PAST}", f"/obligations?{PAST}")
    threads = [asked(client, path) for path in pages]
    assert gate.is_reached.wait(PATIENCE)
    gate.may_go.set()
    for thread, found in threads:
        thread.join(PATIENCE)
        assert found == [200]
    assert gate.n_assembled == before + 1


def test_who_records_lends_the_turn_to_nobody(tiny: Path, gate: Gate) -> None:
    casebook = Casebook(tiny, clock)
    gate.day = int(clock().timestamp())
    done: list[str] = []

    def record() -> None:
        with casebook.lock:
            looking = Looking(casebook.now("public"), as_of="2026-02-01")
            casebook.session(casebook.case(), looking)
            done.append("recorded")

    def read() -> None:
        with casebook.lock:
            done.append("read")

    recording = Thread(target=record)
    recording.start()
    assert gate.is_reached.wait(PATIENCE)
    reading = Thread(target=read)
    reading.start()
    assert casebook.lock.is_taken
    assert not done
    gate.may_go.set()
    recording.join(PATIENCE)
    reading.join(PATIENCE)
    assert done == ["recorded", "read"]


def test_a_turn_that_was_lent_comes_back_as_deep_as_it_was() -> None:
    turn, order = Turn(), list[str]()
    is_lent, is_used = Event(), Event()

    def use() -> None:
        is_lent.wait(PATIENCE)
        with turn:
            order.append("other")
        is_used.set()

    other = Thread(target=use)
    other.start()
    with turn, turn:
        with turn.lent():
            is_lent.set()
            assert is_used.wait(PATIENCE)
        order.append("own" if turn.is_taken else "nobody's")
    other.join(PATIENCE)
    assert order == ["other", "own"]
    assert not turn.is_taken
    assert turn.take(0)
    turn.give_back()
