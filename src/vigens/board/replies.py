"""Replies that are no page: a way elsewhere, or bytes of some kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse, Response

from vigens.board.contexts import Download, Elsewhere
from vigens.people import Permission

if TYPE_CHECKING:
    from starlette.requests import Request

    from vigens.board.entrance import Caller

#: Most bytes that somebody may send who has not signed in.
LARGEST_OF_NOBODY = 20_000


def plain(found: Elsewhere | Download, status: int = 302) -> Response:
    """Answer with what is no page."""
    if isinstance(found, Elsewhere):
        headers = {"Location": found.address, "Cache-Control": "no-store"}
        return with_headers(
            Response(status_code=status, headers=headers), found.headers
        )
    headers = {"Cache-Control": "private, no-cache"}
    if found.filename:
        headers["Content-Disposition"] = f'attachment; filename="{found.filename}"'
    return Response(found.body, media_type=found.media_type, headers=headers)


def with_headers(response: Response, headers: tuple[tuple[str, str], ...]) -> Response:
    """Add headers to an answer."""
    for name, value in headers:
        response.headers.append(name, value)
    return response


def let_through(request: Request, caller: Caller) -> Response:
    """Say 204 for a form that may be read: large ones only of who has signed in."""
    length = int(request.headers.get("content-length", "0"))
    if length > LARGEST_OF_NOBODY and not caller.person.may(Permission.READ):
        return PlainTextResponse(f"more than {LARGEST_OF_NOBODY} bytes\n", 413)
    return Response(status_code=204)
