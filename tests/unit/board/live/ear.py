"""An ear: one listener of an application, without a network."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlencode

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message

#: Longest that a test waits for what must come, and for what must not.
LONG, SHORT = 20.0, 0.6


class Ear:
    """Listens at `/live`, as a browser would."""

    def __init__(self, app: ASGIApp, page: str, **headers: str) -> None:
        sent = {"host": "127.0.0.1", **headers}
        self._app = app
        self._scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": "GET",
            "path": "/live",
            "raw_path": b"/live",
            "root_path": "",
            "scheme": "http",
            "query_string": urlencode({"page": page}).encode(),
            "headers": [
                (name.replace("_", "-").encode(), value.encode())
                for name, value in sent.items()
            ],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
        }
        self._heard: asyncio.Queue[Message] = asyncio.Queue()
        self._gone = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.status = 0
        self.said = ""

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(
            self._app(dict(self._scope), self._receive, self._heard.put)  # type: ignore[arg-type]  # a coroutine it is
        )
        start = await asyncio.wait_for(self._heard.get(), LONG)
        self.status = start["status"]
        return self

    async def __aexit__(self, *_failure: object) -> None:
        self._gone.set()
        assert self._task is not None
        await asyncio.wait_for(self._task, LONG)

    async def _receive(self) -> Message:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def next(self, wait: float = LONG) -> str | None:
        """Give what is said next; none if nothing is."""
        try:
            message = await asyncio.wait_for(self._heard.get(), wait)
        except TimeoutError:
            return None
        text: str = message.get("body", b"").decode()
        self.said += text
        return text

    async def event(self, kind: str) -> dict[str, Any]:
        """Wait for an event of a kind; give its data and its id."""
        while (text := await self.next()) is not None:
            fields = dict(
                line.split(": ", 1) for line in text.splitlines() if ": " in line
            )
            if fields.get("event") == kind:
                return {**json.loads(fields["data"]), "id": fields.get("id", "")}
        raise AssertionError(f"no event {kind}; heard: {self.said}")
