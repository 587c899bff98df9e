"""Replies that are no page: a way elsewhere, or bytes of some kind."""

from __future__ import annotations

from starlette.responses import Response

from vigens.board.contexts import Download, Elsewhere


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
