"""Webhooks tell what changed for a reader, signed, until it arrives, and nowhere else."""

from __future__ import annotations

import json
import stat
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.tiny import claim, grade, make, present, recording, write_case
from vigens.base import InputError, OutsideError
from vigens.desk.hooks import (
    Courier,
    Hooks,
    Subscription,
    check_address,
    new_secret,
    notify_now,
    sign,
    verify,
)
from vigens.desk.hooks.courier import BACKOFF
from vigens.journal import open_journal

SECRET = new_secret()


def subscription(**more: Any) -> Subscription:
    fields: dict[str, Any] = {
        "id": "h1",
        "title": "Desk",
        "url": "http://127.0.0.1:9/",
        "reader": "public",
        "policy": "",
        "secret": SECRET,
        "made_by": "olena",
        "made_at": 0,
    }
    return Subscription(**{**fields, **more})


class Clock:
    """A present that a test moves."""

    def __init__(self) -> None:
        self.now = present()

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)


class Receiver:
    """Takes what is sent, and answers what it is told to."""

    def __init__(self) -> None:
        self.got: list[tuple[Any, dict[str, str], bytes]] = []
        self.status = 200

    def __call__(self, target: Any, headers: dict[str, str], body: bytes) -> int:
        self.got.append((target, headers, body))
        return self.status


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = write_case(tmp_path / "case")
    with Hooks(folder).change() as state:
        state.hooks.append(subscription())
    return folder


def flood(folder: Path, *marks: str, name: str = "f-1") -> None:
    what = {"event": "flood", "args": [name], "title": f"A flood {name}"}
    seen = marks or ("public",)
    drafts = [
        make("occurrence", what, happened="2026-02-02", handle="f"),
        claim(f"It floods {name}.", "@f", "gazette", name),
        grade("B", 2, f"@{name}"),
    ]
    with open_journal(folder / "journal.jsonl", recording) as store:
        store.append([replace(draft, marks=seen) for draft in drafts])


def test_the_first_look_tells_nothing_and_a_change_is_told_once(folder: Path) -> None:
    receiver, clock = Receiver(), Clock()
    courier = Courier(folder, clock, send=receiver)
    courier.round()
    assert receiver.got == []
    flood(folder)
    assert courier.round().sent == 1
    assert courier.round().sent == 0
    (_, headers, body) = receiver.got[0]
    told = json.loads(body)
    assert told["lens"]["reader"] == "public"
    assert told["n_entries"] == 3
    assert any(one["name"].startswith("help(") for one in told["changes"])
    assert verify(
        SECRET,
        headers["webhook-id"],
        int(headers["webhook-timestamp"]),
        body,
        signature=headers["webhook-signature"],
        now=int(clock().timestamp()),
    )


def test_what_is_hidden_is_told_to_nobody_who_may_not_see_it(folder: Path) -> None:
    with Hooks(folder).change() as state:
        state.hooks.append(subscription(id="h2", reader="FR"))
    receiver = Receiver()
    courier = Courier(folder, present, send=receiver)
    courier.round()
    before = Hooks(folder).read().hook("h1")
    flood(folder, "FR")
    courier.round()
    assert [json.loads(body)["lens"]["reader"] for _, _, body in receiver.got] == ["FR"]
    assert Hooks(folder).read().hook("h1") == before


def test_what_does_not_arrive_is_tried_again_until_the_subscription_stops(
    folder: Path,
) -> None:
    receiver, clock = Receiver(), Clock()
    courier = Courier(folder, clock, send=receiver)
    courier.round()
    flood(folder)
    receiver.status = 500
    assert courier.round().failed == 1
    assert courier.round().failed == 0  # not before its time
    for seconds in BACKOFF:
        assert Hooks(folder).read().hooks[0].is_active
        clock.wait(seconds)
        assert courier.round().failed == 1
    state = Hooks(folder).read()
    assert (state.hooks[0].is_active, len(state.waiting)) == (False, 1)
    assert state.hooks[0].stopped_at == int(clock().timestamp())
    assert "stops" in state.noted[-1].outcome
    assert len({headers["webhook-id"] for _, headers, _ in receiver.got}) == 1
    clock.wait(BACKOFF[-1])
    assert courier.round().failed == 0
    receiver.status = 200
    with Hooks(folder).change() as state:
        state.resume(state.hooks[0], int(clock().timestamp()))
    assert courier.round().sent == 1
    assert Hooks(folder).read().hooks[0].stopped_at == 0


def test_one_message_alone_that_is_not_taken_is_given_up(folder: Path) -> None:
    receiver, clock = Receiver(), Clock()
    courier = Courier(folder, clock, send=receiver)
    courier.test("h1")
    receiver.status = 413
    courier.round()
    for seconds in BACKOFF[:-1]:
        clock.wait(seconds)
        courier.round()
    courier.test("h1")
    receiver.status = 200
    courier.round()  # the other arrives
    receiver.status = 413
    clock.wait(BACKOFF[-1])
    courier.round()
    state = Hooks(folder).read()
    assert (state.hooks[0].is_active, state.waiting) == (True, [])
    assert "given up" in state.noted[-1].outcome


def test_a_receiver_that_is_gone_is_told_nothing_more(folder: Path) -> None:
    receiver = Receiver()
    courier = Courier(folder, present, send=receiver)
    courier.test("h1")
    courier.test("h1")
    receiver.status = 410
    assert courier.round().failed == 1
    assert not Hooks(folder).read().hooks[0].is_active


def test_what_waits_survives_a_restart(folder: Path) -> None:
    receiver, clock = Receiver(), Clock()
    receiver.status = 503
    courier = Courier(folder, clock, send=receiver)
    courier.round()
    flood(folder)
    courier.round()
    clock.wait(BACKOFF[0])
    receiver.status = 204
    assert Courier(folder, clock, send=receiver).round().sent == 1
    assert receiver.got[0][2] == receiver.got[1][2]


def test_a_full_queue_keeps_changes_for_later(folder: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("vigens.desk.hooks.courier.MOST_WAITING", 1)
    receiver, clock = Receiver(), Clock()
    receiver.status = 500
    courier = Courier(folder, clock, send=receiver)
    courier.round()
    flood(folder, name="f-1")
    courier.round()
    flood(folder, name="f-2")
    courier.round()
    assert len(Hooks(folder).read().waiting) == 1
    receiver.status = 200
    clock.wait(BACKOFF[0])
    courier.round()
    courier.round()
    told = [json.loads(body) for _, _, body in receiver.got[-2:]]
    assert "f-2" in json.dumps(told[-1])


def test_the_thread_sends_what_waits_and_looks_when_something_is_written(
    folder: Path,
) -> None:
    receiver = Receiver()
    courier = Courier(folder, present, send=receiver)
    assert not courier._is_quiet()
    courier.round()
    courier._is_quiet()
    assert courier._is_quiet()
    flood(folder)
    assert not courier._is_quiet()
    courier.test("h1")
    courier.start()
    for _ in range(100):
        if len(receiver.got) == 2:
            break
        threading.Event().wait(0.1)
    courier.stop()
    types = [json.loads(body)["type"] for _, _, body in receiver.got]
    assert types == ["vigens.test", "vigens.changed"]


def test_a_test_message_says_that_it_is_one(folder: Path) -> None:
    receiver = Receiver()
    courier = Courier(folder, present, send=receiver)
    courier.test("h1")
    courier.test("nobody")
    courier.round()
    assert [json.loads(body)["type"] for _, _, body in receiver.got] == ["vigens.test"]


def test_a_stopped_subscription_is_told_nothing(folder: Path) -> None:
    with Hooks(folder).change() as state:
        state.hooks[0].is_active = False
    receiver = Receiver()
    courier = Courier(folder, present, send=receiver)
    courier.test("h1")
    flood(folder)
    courier.round()
    assert receiver.got == []


def test_a_reader_that_is_gone_is_noted_and_stops_nobody_else(folder: Path) -> None:
    with Hooks(folder).change() as state:
        state.hooks.insert(0, subscription(id="h0", reader="nobody"))
    receiver = Receiver()
    courier = Courier(folder, present, send=receiver)
    courier.round()
    flood(folder)
    courier.round()
    assert len(receiver.got) == 1
    assert "not looked" in Hooks(folder).read().noted[0].outcome


def test_the_file_is_for_its_owner_alone_and_damage_is_told(folder: Path) -> None:
    path = Hooks(folder).path
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_text("{", "utf-8")
    with pytest.raises(OutsideError):
        notify_now(folder, present)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "https://",
        "https:///path",
        "https://user@127.0.0.1/",
        "https://127.0.0.1/#part",
        "https://127.0.0.1:99999/",
        "http://10.0.0.1/",
        "https://10.0.0.1/",
        "https://172.16.3.4/",
        "https://192.168.1.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://[fe80::1]/",
        "https://[fd00::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://0.0.0.0/",
        "https://224.0.0.1/",
        "https://100.64.0.1/",
        "http://8.8.8.8/",
        "https://127.0.0.1/a b",
        "https://127.0.0.1/\r\nX: y",
        "https://ex\u0430mple.org/",
        "https://127.0.0.1/" + "x" * 500,
    ],
)
def test_an_address_that_leads_elsewhere_is_refused(url: str) -> None:
    with pytest.raises(InputError):
        check_address(url)


def test_open_and_loopback_addresses_are_taken(monkeypatch: Any) -> None:
    assert check_address("http://127.0.0.1:8080/x?y=1").path == "/x?y=1"
    assert check_address("https://8.8.8.8/").number == "8.8.8.8"
    assert check_address("https://10.0.0.1/", is_private_allowed=True).port == 443


def test_a_name_with_one_private_number_is_refused(monkeypatch: Any) -> None:
    def resolve(*_: Any, **__: Any) -> list[Any]:
        return [(0, 0, 0, "", (number, 443)) for number in ("8.8.8.8", "10.0.0.1")]

    monkeypatch.setattr("socket.getaddrinfo", resolve)
    with pytest.raises(InputError, match="private network"):
        check_address("https://rebinding.example/")


def test_a_signature_fits_one_message_one_moment_and_one_secret() -> None:
    body = b'{"a":1}'
    signature = sign(SECRET, "msg_1", 1000, body)
    fits = {"signature": f"v1,other {signature}", "now": 1100}
    assert verify(SECRET, "msg_1", 1000, body, **fits)  # type: ignore[arg-type] # typed apart
    assert not verify(SECRET, "msg_2", 1000, body, **fits)  # type: ignore[arg-type] # as above
    assert not verify(SECRET, "msg_1", 1001, body, **fits)  # type: ignore[arg-type] # as above
    assert not verify(SECRET, "msg_1", 1000, b"{}", **fits)  # type: ignore[arg-type] # as above
    assert not verify(new_secret(), "msg_1", 1000, body, **fits)  # type: ignore[arg-type] # as above
    assert not verify(SECRET, "msg_1", 1000, body, signature=signature, now=1000 + 301)


class Handler(BaseHTTPRequestHandler):
    """Notes what comes, and leads on to somewhere else."""

    got: list[bytes] = []  # noqa: RUF012 -- one list for all on purpose

    def do_POST(self) -> None:
        self.got.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(302)
        self.send_header("Location", "http://10.0.0.1/")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        return


@pytest.fixture
def server() -> Iterator[int]:
    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_real_receiver_is_reached_and_a_redirect_is_not_followed(
    folder: Path, server: int
) -> None:
    with Hooks(folder).change() as state:
        state.hooks[0].url = f"http://127.0.0.1:{server}/hook"
    courier = Courier(folder, present)
    courier.test("h1")
    assert courier.round().failed == 1
    assert b"vigens.test" in Handler.got[-1]
    assert Hooks(folder).read().noted[-1].outcome == "answered 302"
