"""Answering a call with a body: who sends it, is it ours, was it sent before."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

from vigens.base import VigensError
from vigens.board.api.bodies import LARGEST_BODY, read_body
from vigens.board.api.endpoints import Endpoint, Told
from vigens.board.api.keys import Keys, digest_of
from vigens.board.api.problems import ApiError
from vigens.board.api.telling import Body, Teller
from vigens.desk import read_log_entry
from vigens.desk.forms import entry_form
from vigens.desk.writing import footing
from vigens.people import Happening

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from vigens.board.api.asking import Query
    from vigens.board.api.keys import Done
    from vigens.board.entrance import Caller

#: The header in which a session sends its form token.
TOKEN_HEADER = "X-Form-Token"  # noqa: S105 -- a name, no secret

_KEY = re.compile(r"[!-~]{1,200}")


class Actor:
    """What stands behind every endpoint that takes something."""

    def __init__(self, teller: Teller) -> None:
        """Stand beside what reads."""
        self.teller = teller
        self.keys = Keys(teller.desk.casebook.folder)

    async def act(self, endpoint: Endpoint, request: Request) -> Response:
        """Answer a call with a body; nothing is read of who may not send it."""

        def early(caller: Caller) -> Body:
            self._let_through(endpoint, request, caller)
            return Body(b"", "text/plain", "", 204)

        answer = await run_in_threadpool(self.teller.guarded, request, early)
        if answer.status_code != 204:
            return answer
        raw = await _whole(request)

        def ask(caller: Caller) -> Body:
            return self._act(endpoint, request, caller, raw)

        answering = partial(self.teller.guarded, is_counted=False)
        return await run_in_threadpool(answering, request, ask)

    def _let_through(
        self, endpoint: Endpoint, request: Request, caller: Caller
    ) -> None:
        """Refuse who may not, and what another site has a browser send.

        Raises:
            ApiError: With the status that says why.
        """
        desk = self.teller.desk
        self.teller.require(endpoint, caller, request)
        if not desk.can_write:
            raise ApiError(
                403,
                "this board only reads",
                endpoint.address,
                "start it with recording switched on",
            )
        token = request.headers.get(TOKEN_HEADER)
        if not caller.is_token and not desk.tokens.is_ours(request, caller, token):
            raise ApiError(
                403,
                "this does not come from a page of this board",
                TOKEN_HEADER,
                "send `form_token` of GET /api/v1, or a token for programs as "
                "`Authorization: Bearer …`",
            )

    def _act(
        self, endpoint: Endpoint, request: Request, caller: Caller, raw: bytes
    ) -> Body:
        assert endpoint.acts is not None, "only what takes is laid out for POST"
        assert endpoint.takes is not None, "what takes something says of which shape"
        self._let_through(endpoint, request, caller)
        content_type = request.headers.get("content-type", "")
        body = read_body(raw, content_type, endpoint.takes)
        key = request.headers.get("idempotency-key", "")
        if key and not _KEY.fullmatch(key):
            raise ApiError(
                400,
                "this is no key",
                "Idempotency-Key",
                "use 1 to 200 letters, digits and signs without spaces",
            )
        casebook, who = self.teller.desk.casebook, caller.person.name
        with casebook.lock, casebook.pinned():
            query = self.teller.query(endpoint, request, caller)
            done = self.keys.find(who, key) if key else None
            if done is not None:
                return self._again(endpoint, query, done, raw)
            match = request.headers.get("if-match", "")
            found = endpoint.acts(query, body, match)
            if found.status == 201:
                self._note(request, caller, found)
                if key:
                    ids = tuple(one["id"] for one in found.value["entries"])
                    waiting = tuple(found.value["waiting"])
                    self.keys.keep(who, key, raw, entries=ids, waiting=waiting)
        with casebook.lock:
            query = self.teller.query(endpoint, request, caller)
            return self.teller.told(endpoint, query, found)

    def _again(self, endpoint: Endpoint, query: Query, done: Done, raw: bytes) -> Body:
        """Answer a call that was sent before with what it led to then."""
        if done.digest != digest_of(raw):
            raise ApiError(
                409,
                "this key was used for something else",
                "Idempotency-Key",
                "use another key for another call",
            )
        case, lens = query.visit.casebook.case(), query.lens
        entries = []
        for name in done.entries:
            try:
                found = read_log_entry(case, lens, name).line.entry
            except VigensError:
                continue  # corrected away, or not to be seen any more
            entries.append(entry_form(found))
        value = {
            "dry_run": False,
            "entries": entries,
            "waiting": list(done.waiting),
            "changes": None,
            "lock": footing(case, lens),
            "hidden": len(done.entries) - len(entries),
        }
        return self.teller.told(endpoint, query, Told(value, 200))

    def _note(self, request: Request, caller: Caller, found: Told) -> None:
        ids = ", ".join(one["id"][:12] for one in found.value["entries"])
        detail = f"{request.url.path} → {ids[:200] or 'hidden entries'}"
        self.teller.desk.entrance.note(request, caller, Happening.RECORDED, detail)


async def _whole(request: Request) -> bytes:
    """Read a body, but no more than is looked at."""
    found = b""
    async for chunk in request.stream():
        found += chunk
        if len(found) > LARGEST_BODY:
            break
    return found
