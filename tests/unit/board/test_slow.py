"""Who sends slowly is hung up on, and keeps nobody else waiting."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from starlette.types import Message

from tests.unit.board.conftest import clock, write_case
from vigens.board import hurry, make_app
from vigens.board.hurry import PromptProtocol, TooSlowError, in_time

HOST = b"Host: 127.0.0.1\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"


@pytest.fixture
def port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Serve a case to whom there is little patience with."""
    monkeypatch.setattr(hurry, "HEAD_SECONDS", 0.4)
    monkeypatch.setattr("vigens.board.guard.in_time", lambda r, n: in_time(r, n, 0.4))
    app = make_app(write_case(tmp_path / "case"), clock, read_only=False)
    config = uvicorn.Config(app, http=PromptProtocol, log_level="critical", ws="none")
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield listening.getsockname()[1]
        server.should_exit = True
        thread.join(10)


def said(to: socket.socket) -> bytes:
    """Give all that comes until the other side hangs up."""
    to.settimeout(10)
    found = b""
    while piece := to.recv(65536):
        found += piece
    return found


@pytest.mark.parametrize("head", [b"", b"GET / HT", b"GET / HTTP/1.1\r\n" + HOST])
def test_a_head_that_never_ends_is_hung_up_on(port: int, head: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port)) as slow:
        slow.sendall(head)
        assert said(slow) == b""


def test_a_second_head_that_never_ends_is_hung_up_on(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as slow:
        slow.sendall(b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n")
        assert b"200 OK" in slow.recv(65536)
        slow.sendall(b"GET /healthz HT")
        assert b"HTTP/1.1" not in said(slow)


def test_a_body_that_never_ends_is_hung_up_on(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as slow:
        head = b"POST /record/note HTTP/1.1\r\nContent-Length: 900\r\n"
        slow.sendall(head + HOST + FORM + b"\r\ntext=")
        answer = said(slow)
    assert answer.startswith(b"HTTP/1.1 408")
    assert b"content-security-policy" in answer


def test_who_takes_long_to_read_is_left_alone(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as slow:
        slow.sendall(b"GET / HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n")
        time.sleep(0.8)
        assert b"</html>" in said(slow)


def test_slow_ones_keep_nobody_waiting(port: int) -> None:
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(100)]
    try:
        for one in slow:
            one.sendall(b"POST /record/note HTTP/1.1\r\nContent-Length: 9\r\n" + HOST)
        with socket.create_connection(("127.0.0.1", port)) as quick:
            quick.sendall(
                b"GET /healthz HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"
            )
            assert b"200 OK" in said(quick)
    finally:
        for one in slow:
            one.close()


def test_a_body_in_pieces_may_take_its_time() -> None:
    pieces: list[Message] = [
        {"type": "http.request", "body": b"a", "more_body": True},
        {"type": "http.request", "body": b"b", "more_body": False},
    ]

    async def receive() -> Message:
        if pieces:
            return pieces.pop(0)
        await asyncio.sleep(0.2)  # whoever listens waits for the end of the connection
        return {"type": "http.disconnect"}

    async def take() -> list[str]:
        hurried = in_time(receive, 2, 0.05)
        return [str((await hurried())["type"]) for _ in range(3)]

    assert asyncio.run(take()) == ["http.request", "http.request", "http.disconnect"]


def test_the_larger_a_body_the_longer_it_may_take() -> None:
    async def receive() -> Message:
        await asyncio.sleep(0.15)
        return {"type": "http.request", "body": b"", "more_body": False}

    async def take(length: int) -> Message:
        return await in_time(receive, length, 0.05)()

    with pytest.raises(TooSlowError):
        asyncio.run(take(10))
    assert asyncio.run(take(10_000))["type"] == "http.request"
