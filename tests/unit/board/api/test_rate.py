"""Too many calls are told to wait, each caller by itself; nobody waits at home."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.unit.board.conftest import clock, write_case
from tests.unit.board.desk import SharedDesk, bare_client, open_desk
from vigens.board import make_app
from vigens.board.api import ROOT
from vigens.board.rate import MOST_CALLERS, Rate
from vigens.people import Role


@dataclass
class Watch:
    """Time that passes when it is told to."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def test_calls_come_back_with_time() -> None:
    watch = Watch()
    rate = Rate(3, 0.5, seconds=watch)
    assert [rate.wait("a") for _ in range(4)] == [0, 0, 0, 2]
    assert rate.wait("b") == 0, "each caller has a store of its own"
    watch.now = 1.0
    assert rate.wait("a") == 1
    watch.now = 2.0
    assert [rate.wait("a") for _ in range(2)] == [0, 2]
    watch.now = 1e6
    assert [rate.wait("a") for _ in range(4)] == [0, 0, 0, 2], "no more than at first"


def test_callers_that_never_come_back_cost_no_memory() -> None:
    rate = Rate(1, 0.1, seconds=Watch())
    for number in range(MOST_CALLERS + 10):
        rate.wait(str(number))
    assert len(rate._left) == MOST_CALLERS
    assert rate.wait(str(MOST_CALLERS)) > 0, "who called last is known"


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def desk(tmp_path: Path, watch: Watch) -> SharedDesk:
    rate = Rate(4, 1.0, seconds=watch)
    return open_desk(write_case(tmp_path / "case"), rate=rate)


def statuses(client: Any, number: int, **more: Any) -> list[int]:
    return [client.get(f"{ROOT}/status", **more).status_code for _ in range(number)]


def test_a_token_waits_and_no_other(desk: SharedDesk, watch: Watch) -> None:
    one, other = (
        {"Authorization": f"Bearer {desk.token(name)}"} for name in ("viewer", "czech")
    )
    client = desk.client()
    assert statuses(client, 5, headers=one) == [200] * 4 + [429]
    told = client.get(f"{ROOT}/status", headers=one)
    assert told.headers["content-type"] == "application/problem+json"
    assert int(told.headers["retry-after"]) >= 1
    assert told.json()["status"] == 429
    assert told.json()["mend"].startswith("call again after")
    assert statuses(client, 1, headers=other) == [200]
    watch.now += int(told.headers["retry-after"])
    assert statuses(client, 1, headers=one) == [200]


def test_who_guesses_tokens_waits_by_address(desk: SharedDesk) -> None:
    client = desk.client()
    found = [
        client.get(
            f"{ROOT}/status", headers={"Authorization": f"Bearer vigens_{n}"}
        ).status_code
        for n in range(6)
    ]
    assert found == [401] * 4 + [429] * 2


def test_a_call_with_a_body_is_one_call(desk: SharedDesk) -> None:
    headers = {"Authorization": f"Bearer {desk.token('coordinator', Role.COORDINATOR)}"}
    draft = {"kind": "note", "payload": {"text": "Nobody looked."}}
    client = desk.client()
    found = [
        client.post(
            f"{ROOT}/records",
            json={"dry_run": True, "drafts": [draft]},
            headers=headers,
        ).status_code
        for _ in range(5)
    ]
    assert found == [200] * 4 + [429]


def test_pages_are_not_counted(desk: SharedDesk) -> None:
    client = desk.client("viewer")
    assert {client.get("/journal").status_code for _ in range(9)} == {200}


def test_nothing_is_counted_on_ones_own_machine(tmp_path: Path) -> None:
    rate = Rate(1, 0.001, seconds=Watch())
    app = make_app(write_case(tmp_path / "case"), clock, rate=rate)
    home = bare_client(app)
    home._transport.client = ("127.0.0.1", 5)
    assert set(statuses(home, 4)) == {200}
    away = bare_client(app)
    away._transport.client = ("192.0.2.7", 5)
    assert statuses(away, 2) == [200, 429]


def test_the_description_tells_of_it(desk: SharedDesk) -> None:
    found = desk.client("viewer").get(f"{ROOT}/openapi.json").json()
    problem = found["components"]["responses"]["Problem429"]
    assert "Retry-After" in problem["headers"]
    for methods in found["paths"].values():
        for one in methods.values():
            assert "429" in one["responses"]
