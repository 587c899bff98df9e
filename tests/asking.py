"""Clients of the board: they ask through one event loop, which stays for all tests."""

from __future__ import annotations

import atexit
import warnings
from contextlib import ExitStack
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from anyio.from_thread import BlockingPortal
    from starlette.testclient import TestClient

HOST = "http://127.0.0.1"


def make_client(app: Any, base: str = HOST, **options: Any) -> TestClient:
    """Give a client of an application, without its life from start to end.

    By itself a client begins a loop and two threads for each request and ends them
    again, which takes longer than many a page.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its word on which client it wants next
        from starlette.testclient import TestClient
    client = TestClient(app, base_url=base, **options)
    client.portal = _loop()
    return client


@cache
def _loop() -> BlockingPortal:
    from anyio.from_thread import start_blocking_portal

    open_one = ExitStack()
    atexit.register(open_one.close)
    return open_one.enter_context(start_blocking_portal())
