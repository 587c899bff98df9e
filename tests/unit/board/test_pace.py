"""Who has not signed in has so many pages made, and as many kept ones as they like."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.requests import Request

from tests.unit.board.conftest import clock, write_case
from tests.unit.board.desk import bare_client
from tests.unit.board.sender import person
from vigens.board import make_app
from vigens.board.entrance import Caller
from vigens.board.pace import Pace
from vigens.people import ONLOOKER, Person, Role

#: Seconds that pass by themselves.
NOW = [0.0]


def pace(*, is_shared: bool) -> Pace:
    NOW[0] = 0.0
    return Pace(2, 0.5, is_shared=is_shared, seconds=lambda: NOW[0])


def test_new_pages_are_counted_and_kept_ones_are_not(tmp_path: Path) -> None:
    app = make_app(write_case(tmp_path / "case"), clock, pace=pace(is_shared=True))
    client = bare_client(app, "http://127.0.0.1")
    pages = [f"/counts?as_of=2026-01-0{day}" for day in (7, 8, 9)]
    assert [client.get(page).status_code for page in pages] == [200, 200, 429]
    refused = client.get(pages[2])
    assert refused.headers["retry-after"] == "2"
    assert "wait 2 s" in refused.text
    assert [client.get(page).status_code for page in pages[:2]] == [200, 200]
    NOW[0] = 2.0
    assert client.get(pages[2]).status_code == 200


@pytest.mark.parametrize(
    ("address", "who", "is_shared", "waits"),
    [
        ("127.0.0.1", ONLOOKER, False, False),
        ("127.0.0.1", ONLOOKER, True, True),
        ("192.0.2.7", ONLOOKER, False, True),
        ("192.0.2.7", person(Role.VIEWER), True, False),
    ],
)
def test_only_who_has_not_signed_in_is_counted(
    address: str, who: Person, is_shared: bool, waits: bool
) -> None:
    request = Request({"type": "http", "client": (address, 1)})
    paced = pace(is_shared=is_shared)
    found = [paced.wait(request, Caller(who, "session")) for _ in range(3)]
    assert bool(found[-1]) is waits
