"""The stream: `/live` as server-sent events, for one who has a page open."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Match, Route

from vigens.base import VigensError
from vigens.board.lensform import read_asked
from vigens.board.live.hub import Change, Group, Hub, Listener

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from starlette.types import Scope

    from vigens.board.answering import Desk
    from vigens.board.entrance import Caller
    from vigens.board.ways import Way

#: Seconds between two signs of life, counted from the beginning of the connection.
HEARTBEAT = 15.0

#: Seconds after which it is asked again whether who listens may still.
ASKED_EVERY = 5.0

#: Milliseconds after which a browser that lost the connection comes back.
RETRY = 3000

#: Seconds after which one who found no place may ask again.
LATER = "30"

HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@dataclass(frozen=True, slots=True)
class Opened:
    """An open page, as its listeners asked for it."""

    desk: Desk
    way: Way
    request: Request
    caller: Caller
    is_of_now: bool

    def head(self) -> str:
        """Say in which state the record is that the reader of the page may see."""
        asked = read_asked(self.request.query_params)
        return self.desk.casebook.head(self.caller.person.reader or asked.reader)

    def page(self) -> bytes | None:
        """Give the page; none where it cannot be shown any more."""
        return self.desk.page(self.way, self.request, self.caller)


class Live:
    """Answers `/live?page=ADDRESS`."""

    def __init__(self, desk: Desk, hub: Hub, ways: Sequence[Way]) -> None:
        """Begin with nobody listening."""
        self._desk = desk
        self._hub = hub
        self._routes = [(Route(way.path, self.listen), way) for way in ways]

    async def listen(self, request: Request) -> Response:
        """Open a stream of what changes on one page."""
        if self._hub.is_full:
            words = "too many have a page open; it stays as it is until it is loaded\n"
            return PlainTextResponse(words, 503, {"Retry-After": LATER})
        try:
            opened = self._opened(request)
            if isinstance(opened, Response):
                return opened
            key = self._desk.same_page(opened.way, opened.request, opened.caller)
            group, listener = await self._hub.join(key, opened)
        except VigensError:
            return PlainTextResponse("the case cannot be read\n", 503)
        left = request.headers.get("last-event-id", "")[:200]
        body = self._stream(opened, group, listener, left)
        return StreamingResponse(body, 200, HEADERS, "text/event-stream")

    def _opened(self, request: Request) -> Opened | Response:
        """Read which page is open, and whether who asks may see it."""
        page = urlsplit(request.query_params.get("page", ""))
        path = unquote(page.path)
        if page.scheme or page.netloc or not path.startswith("/"):
            return PlainTextResponse("name the page: /live?page=/\n", 400)
        found = self._way(path)
        if found is None or not found[0].is_kept:
            return PlainTextResponse("no page that changes by itself\n", 404)
        way, names = found
        scope: Scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "raw_path": page.path.encode(),
            "query_string": page.query.encode(),
            "headers": request.scope["headers"],
            "path_params": names,
            **{
                name: request.scope.get(name) for name in ("client", "server", "scheme")
            },
        }
        asked = Request(scope)
        caller = self._desk.entrance.who(request)
        if not caller.person.may(way.needs):
            return PlainTextResponse("not for you\n", 403)
        lens = read_asked(asked.query_params)
        if lens.recorded_at:
            return Response(status_code=204)  # what was recorded by then stays so
        is_of_now = not (lens.as_of and lens.known_at)
        return Opened(self._desk, way, asked, caller, is_of_now)

    def _way(self, path: str) -> tuple[Way, dict[str, object]] | None:
        """Find the way that answers a path, with what the path names."""
        scope = {"type": "http", "method": "GET", "path": path, "root_path": ""}
        for route, way in self._routes:
            match, child = route.matches(scope)
            if match is Match.FULL:
                return way, dict(child["path_params"])
        return None

    async def _stream(
        self, opened: Opened, group: Group, listener: Listener, left: str
    ) -> AsyncIterator[str]:
        begun = time.monotonic()
        n_beats = 1
        try:
            yield f"retry: {RETRY}\nid: {group.state}\nevent: here\ndata: {{}}\n\n"
            missed = group.since(left)
            if missed is not None:
                yield _event(missed)
            while not listener.is_over:
                beat = begun + n_beats * HEARTBEAT
                wait = min(ASKED_EVERY, max(0.0, beat - time.monotonic()))
                if not await _rings(listener, wait) and time.monotonic() >= beat:
                    n_beats += 1
                    yield ": still here\n\n"
                if not self._may_still(opened):
                    break
                change = listener.take()
                if change is not None:
                    yield _event(change)
            yield "event: end\ndata: {}\n\n"
        finally:
            self._hub.leave(group, listener)

    def _may_still(self, opened: Opened) -> bool:
        """Ask again who it is: nobody is told anything after he has signed out."""
        try:
            return self._desk.entrance.who(opened.request) == opened.caller
        except VigensError:
            return False


async def _rings(listener: Listener, seconds: float) -> bool:
    """Wait until something is to be said, but no longer than some seconds."""
    try:
        await asyncio.wait_for(listener.bell.wait(), seconds)
    except TimeoutError:
        return False
    return True


def _event(change: Change) -> str:
    data = json.dumps({"changed": change.names}, ensure_ascii=True)
    return f"id: {change.state}\nevent: change\ndata: {data}\n\n"
