"""A shared desk of the tiny case: accounts of every kind, and clients signed in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.asking import HOST, make_client
from tests.unit.board.conftest import clock
from tests.unit.people.conftest import WORDS, cheap, hurry
from vigens.board import make_app
from vigens.board.entrance import AccountEntrance
from vigens.people import (
    Account,
    People,
    Role,
    default_reader,
    let_in,
    make_people,
    make_token,
)

if TYPE_CHECKING:
    from httpx import Response
    from starlette.testclient import TestClient

    from vigens.board.rate import Rate

NOW = int(clock().timestamp())

#: Each account of the desk, and how it differs from its role's plain account.
ACCOUNTS: dict[str, dict[str, Any]] = {
    "viewer": {},
    "contributor": {},
    "reviewer": {},
    "coordinator": {},
    "auditor": {},
    "czech": {"role": Role.CONTRIBUTOR, "delegation": "CZ"},
    "newcomer": {"role": Role.COORDINATOR, "must_change": True},
}


@dataclass
class SharedDesk:
    """The open desk.

    Attributes:
        folder: Of its case.
        people: Its accounts.
        app: The application.
        kept: The accounts as they were.
        now: When its clients signed in.
    """

    folder: Path
    people: People
    app: Any
    kept: list[tuple[Any, ...]]
    now: int = NOW

    def client(self, name: str = "", base: str = HOST) -> TestClient:
        """Give a client in which somebody is signed in; nobody without a name."""
        client = bare_client(self.app, base)
        if name:
            done = let_in(self.people, self.people.get(name), now=self.now)
            cookie = "__Host-vigens" if base.startswith("https") else "vigens"
            client.cookies.set(cookie, done.secret)
        return client

    def reset(self) -> None:
        """Take the accounts back to what they were, as if nobody had come yet."""
        with self.people.change() as file:
            for table in ("session", "token", "attempt", "access", "account"):
                file.execute(f"DELETE FROM {table}")
            file.execute("DELETE FROM sqlite_sequence")
            marks = ", ".join("?" * len(self.kept[0]))
            file.executemany(f"INSERT INTO account VALUES ({marks})", self.kept)

    def token(self, name: str, role: Role | None = None) -> str:
        """Make a token of an account."""
        return make_token(self.people, self.people.get(name), "x", now=NOW, role=role)[
            1
        ]


def bare_client(app: Any, base: str = HOST) -> TestClient:
    """Give a client that follows nothing."""
    return make_client(app, base, follow_redirects=False)


def open_desk(
    folder: Path,
    *,
    read_only: bool = False,
    rate: Rate | None = None,
    now: Callable[[], datetime] = clock,
    **entering: Any,
) -> SharedDesk:
    """Open the desk of a case folder, with an account of every kind."""
    people = make_people(folder, cheap())
    hurry(people)
    kept = people.hashing.hash(WORDS)
    for name, rest in ACCOUNTS.items():
        role = rest.get("role") or Role(name)
        reader = default_reader(role, rest.get("delegation"))
        account = Account(name, name.title(), role, reader)
        people.add(replace(account, **{"role": role, **rest}), None, NOW)
    with people.change() as file:
        file.execute("UPDATE account SET hash = ?", (kept,))
    entrance = AccountEntrance(people, now, **entering)
    app = make_app(folder, now, read_only=read_only, entrance=entrance, rate=rate)
    return SharedDesk(
        folder,
        people,
        app,
        people.rows("SELECT * FROM account"),
        int(now().timestamp()),
    )


def form_token(page: Response | str) -> str:
    """Take the token out of a page's first form."""
    text = page if isinstance(page, str) else page.text
    found = re.search(r'name="form_token" value="([0-9a-f]{64,100})"', text)
    assert found is not None
    return found[1]


def send(client: TestClient, path: str, page: str = "", **fields: Any) -> Response:
    """Send a form of a page, with the token that the page holds."""
    token = form_token(client.get(page or path))
    sent: Response = client.post(path, data={"form_token": token, **fields})
    return sent


def later(seconds: int) -> datetime:
    """Give the present some seconds on."""
    return datetime.fromtimestamp(NOW + seconds, clock().tzinfo)
