"""The page of webhooks: for coordinators, with a secret shown once and a test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.board.conftest import write_case
from tests.unit.board.desk import SharedDesk, open_desk, send
from vigens.desk.hooks import Hooks

URL = "http://127.0.0.1:9/hook"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[SharedDesk]:
    opened = open_desk(write_case(tmp_path / "case"))
    yield opened
    opened.people.close()


def test_a_subscription_is_made_tested_stopped_and_ended(desk: SharedDesk) -> None:
    client, hooks = desk.client("coordinator"), Hooks(desk.folder)
    assert "Nobody is told yet" in client.get("/hooks").text
    page = send(client, "/hooks", do="add", title="Desk <b>", url=URL, reader="public")
    assert page.status_code == 200
    secret = re.search(r"whsec_[\w+/=]+", page.text)
    assert secret is not None
    (hook,) = hooks.read().hooks
    assert (hook.secret, hook.made_by) == (secret[0], "coordinator")
    text = client.get("/hooks").text
    assert secret[0] not in text
    assert "Desk &lt;b&gt;" in text
    assert send(client, "/hooks", do="test", id=hook.id).status_code == 303
    assert len(hooks.read().waiting) == 1
    with hooks.change() as state:
        state.hooks[0].stop(1_772_960_000)
    stopped = client.get("/hooks").text
    assert "stopped by itself on" in stopped
    assert "8 Mar 2026, 08:53" in stopped
    send(client, "/hooks", do="go", id=hook.id)
    assert "stopped by itself" not in client.get("/hooks").text
    send(client, "/hooks", do="stop", id=hook.id)
    assert not hooks.read().hooks[0].is_active
    send(client, "/hooks", do="go", id=hook.id)
    assert hooks.read().hooks[0].is_active
    send(client, "/hooks", do="end", id=hook.id)
    assert not hooks.read().hooks
    assert not hooks.read().waiting


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": ""}, "needs a name"),
        ({"title": "x" * 61}, "needs a name"),
        ({"url": "https://10.0.0.1/"}, "private network"),
        ({"url": "http://8.8.8.8/"}, "can be read on its way"),
        ({"url": "javascript:alert(1)"}, "no address"),
        ({"reader": "nobody"}, "no reader"),
        ({"policy": "strictest"}, "no policy"),
    ],
)
def test_what_cannot_be_used_is_said_and_what_was_filled_in_stays(
    desk: SharedDesk, fields: dict[str, str], words: str
) -> None:
    client = desk.client("coordinator")
    whole = {"title": "Desk", "url": URL, "reader": "public", "policy": "", **fields}
    page = send(client, "/hooks", do="add", **whole)
    assert page.status_code == 422
    assert words in page.text
    assert Hooks(desk.folder).read().hooks == []


def test_only_coordinators_see_who_is_told(desk: SharedDesk) -> None:
    for name in ("viewer", "contributor", "reviewer", "auditor", "czech"):
        assert desk.client(name).get("/hooks").status_code == 403
