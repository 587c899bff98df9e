"""What stands before every answer: called by a loopback name, strict headers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Names under which a page on loopback may be called. A page of another site that
#: points its own name at this machine is refused.
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")

LONGEST_QUERY = 8000

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
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

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        refusal = self._refusal(scope)
        if refusal is None:
            await self._app(scope, receive, send_guarded)
        else:
            await refusal(scope, receive, send_guarded)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        host = Headers(scope=scope).get("host", "")
        name, _, port = host.rpartition(":")
        if (name if name and port.isdigit() else host) not in self._hosts:
            words = (
                "this board answers on loopback only, under 127.0.0.1 or localhost\n"
            )
            return PlainTextResponse(words, 421)
        if len(scope.get("query_string", b"")) > LONGEST_QUERY:
            words = f"this address is longer than {LONGEST_QUERY} characters\n"
            return PlainTextResponse(words, 414)
        return None
