"""What stands before every answer: called by a name of its own, strict headers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

from vigens.board.hurry import TooSlowError, in_time

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Names under which a page on loopback may be called. A page of another site that
#: points its own name at this machine is refused.
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")

LONGEST_QUERY = 8000

#: Most bytes that may be sent at once: a report with its fields.
LARGEST_BODY = 24_000_000

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; "
        "connect-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # Not "no-referrer": a browser would then send its own forms as from nowhere.
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """Refuse what comes under another name, and set the headers of every answer."""

    def __init__(self, app: ASGIApp, *, hosts: tuple[str, ...]) -> None:
        """Stand before an application."""
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request pass, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        is_begun = False

        async def send_guarded(message: Message) -> None:
            nonlocal is_begun
            if message["type"] == "http.response.start":
                is_begun = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                if scope.get("scheme") == "https":
                    headers["Strict-Transport-Security"] = "max-age=31536000"
            await send(message)

        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, send_guarded)
            return
        length = int(Headers(scope=scope).get("content-length", "0"))
        hurried = in_time(receive, length) if length else receive
        try:
            await self._app(scope, hurried, send_guarded)
        except TooSlowError:
            if not is_begun:
                words, ends = "this came too slowly\n", {"Connection": "close"}
                late = PlainTextResponse(words, 408, ends)
                await late(scope, receive, send_guarded)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        host = Headers(scope=scope).get("host", "")
        name, _, port = host.rpartition(":")
        if (name if name and port.isdigit() else host) not in self._hosts:
            names = ", ".join(self._hosts)
            words = f"this board does not answer under this name, only as {names}\n"
            return PlainTextResponse(words, 421)
        if len(scope.get("query_string", b"")) > LONGEST_QUERY:
            words = f"this address is longer than {LONGEST_QUERY} characters\n"
            return PlainTextResponse(words, 414)
        return self._refused_body(scope)

    def _refused_body(self, scope: Scope) -> PlainTextResponse | None:
        """Refuse a body that is too large, or does not say how large it is."""
        headers = Headers(scope=scope)
        length = headers.get("content-length", "0")
        if "transfer-encoding" in headers or not length.isdigit():
            return PlainTextResponse("say how long this is: Content-Length\n", 411)
        if int(length) > LARGEST_BODY:
            words = f"this is larger than {LARGEST_BODY} bytes\n"
            return PlainTextResponse(words, 413)
        return None
