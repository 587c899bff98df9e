"""Answering one call of the API: the same rule, eyes and lens as the pages."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from vigens.base import InputError, UsageError, VigensError, findings_form
from vigens.board.api.asking import (
    Asking,
    Query,
    address_of,
    cursor_of,
    lens_values,
    pinned,
    read_asking,
)
from vigens.board.api.endpoints import Endpoint, Taken, Told
from vigens.board.api.params import ROOT
from vigens.board.api.problems import MEDIA_TYPE, ApiError, FaultForm, problem_form
from vigens.board.api.shapes import AnsweredForm, HeadForm, ListedForm
from vigens.board.contexts import Visit
from vigens.board.entrance import Caller, Door
from vigens.board.entrance import address_of as address_of_caller
from vigens.board.lensform import Asked, find_faults
from vigens.board.shelves import Shelf
from vigens.desk import standing_logs
from vigens.desk.forms import lens_form
from vigens.desk.writing import footing
from vigens.journal import ALL, PUBLIC
from vigens.lang.weave import unsteered
from vigens.people import ONLOOKER, Happening, Permission, is_loopback, network

if TYPE_CHECKING:
    from starlette.requests import Request

    from vigens.base import Finding
    from vigens.board.answering import Desk
    from vigens.board.rate import Rate

#: How many answers are kept for who asks the same.
MOST_ANSWERS = 128

#: Most findings that a problem document tells.
MOST_FINDINGS = 20

_LOG = logging.getLogger("vigens.board")
_CACHE = "private, no-cache"


@dataclass(frozen=True, slots=True)
class Body:
    """The bytes of an answer, as they may be kept."""

    data: bytes
    media_type: str
    etag: str
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


class Teller:
    """What stands behind every endpoint: the desk of the board, and answers kept."""

    def __init__(self, desk: Desk, rate: Rate | None = None) -> None:
        """Begin with no answer kept; without a rate one calls as often as one likes."""
        self.desk = desk
        self._rate = rate
        self._kept: Shelf[Body] = Shelf(MOST_ANSWERS)
        self._heads: Shelf[HeadForm] = Shelf(MOST_ANSWERS)

    def read(self, endpoint: Endpoint, request: Request) -> Response:
        """Answer a call that only reads."""

        def ask(caller: Caller) -> Body:
            self.require(endpoint, caller, request)
            casebook = self.desk.casebook
            with casebook.lock, casebook.pinned(lends=True):
                return self._read(endpoint, request, caller)

        return self.guarded(request, ask)

    def guarded(
        self,
        request: Request,
        ask: Callable[[Caller], Body],
        *,
        is_counted: bool = True,
    ) -> Response:
        """Answer, or say in a problem document why not."""
        caller = self.caller(request)
        try:
            if is_counted:
                self._count(request, caller)
            body = ask(caller)
        except Exception as error:  # noqa: BLE001 -- the last handler of the API
            return self.refuse(error, request, caller)
        return answered(body, request)

    def caller(self, request: Request) -> Caller:
        """Tell who calls; where that cannot be found out, somebody who may nothing."""
        try:
            return self.desk.entrance.who(request)
        except VigensError as error:
            _LOG.error("%s (%s)", error.what, error.where)
            return Caller(ONLOOKER, "")

    def _count(self, request: Request, caller: Caller) -> None:
        """Count a call of a token, a session or an address; of one's own machine none.

        Raises:
            ApiError: There were too many.
        """
        address = address_of_caller(request)
        is_own = self.desk.entrance.people is None and is_loopback(address)
        if self._rate is None or is_own:
            return
        own = hashlib.sha256(caller.session.encode()).hexdigest()
        wait = self._rate.wait(own if caller.person.name else network(address))
        if wait:
            raise ApiError(
                429,
                "there were more calls than may come at once",
                "the caller",
                f"call again after {wait} s, and send what has not changed an ETag",
                wait=wait,
            )

    def require(self, endpoint: Endpoint, caller: Caller, request: Request) -> None:
        """Refuse who may not call an endpoint.

        Raises:
            ApiError: With the status that says whether to sign in, or to ask somebody.
        """
        needed = endpoint.asks(request.method)
        if caller.person.may(needed):
            return
        is_out = not caller.person.may(Permission.READ)
        if caller.person.name:
            detail = f"{request.method} {request.url.path}"
            self.desk.entrance.note(request, caller, Happening.REFUSED, detail)
        raise ApiError(
            401 if is_out else 403,
            f"this asks for the permission to {needed}",
            endpoint.address,
            "send a token as `Authorization: Bearer …`"
            if is_out
            else "ask a coordinator for it",
        )

    def refuse(self, error: Exception, request: Request, caller: Caller) -> Response:
        """Answer with a problem document."""
        status, told = self._status(error, request, caller)
        form = problem_form(status, told)
        home = f"{self.desk.casebook.folder}/"
        form["detail"] = form["detail"].replace(home, "")
        form["where"] = form["where"].replace(home, "")
        if status == 503 and isinstance(error, InputError):
            form["findings"] = findings_form(self._findings())
        headers = {"Cache-Control": "no-store"}
        if status == 401:
            headers["WWW-Authenticate"] = 'Bearer realm="vigens"'
        if isinstance(error, ApiError) and error.wait:
            headers["Retry-After"] = str(error.wait)
        return Response(_json(form), status, headers, MEDIA_TYPE)

    def query(self, endpoint: Endpoint, request: Request, caller: Caller) -> Query:
        """Lay out a call: its parameters, and who asks with whose eyes.

        Raises:
            ApiError: A parameter or the lens is not right.
        """
        asking = read_asking(endpoint.every_param, request.query_params)
        asked, only = _asked(asking), caller.person.reader
        if only is not None:
            if asked.reader not in ("", only):
                raise ApiError(
                    403,
                    f"these are the eyes of the reader {only} alone",
                    "reader",
                    "leave the reader out of the address",
                )
            asked = replace(asked, reader=only)
        casebook = self.desk.casebook
        case = casebook.case()
        visit = Visit(
            casebook,
            case,
            casebook.now(asked.reader or PUBLIC),
            asked,
            request.url.path,
            request.query_params,
            request.path_params,
            caller.person,
            can_write=self.desk.can_write,
            door=Door.of(self.desk.entrance, caller, request),
        )
        faults = find_faults(case, asked, visit.now)
        if faults:
            raise ApiError(
                422,
                faults[0].what,
                faults[0].name,
                faults[0].mend,
                faults=[
                    _fault(one.name, one.value, one.what, one.mend) for one in faults
                ],
            )
        known = case.known_at(visit.lens.known_at)
        return Query(replace(visit, case=known), asking)

    def told(self, endpoint: Endpoint, query: Query, found: Told) -> Body:
        """Put the lens and the head beside an answer, and the next page."""
        value: dict[str, Any] = dict(found.value)
        headers = dict(found.headers)
        if endpoint.has_lens:
            beside = self._beside(query)
            value = {**beside, **value}
        if found.cut is not None:
            listed: ListedForm = {"total": found.cut.total, "next": None}
            if found.cut.after is not None:
                fence = self._fence(query)
                cursor = cursor_of(
                    query.asking, query.lens, found.cut.after, found.cut.total, fence
                )
                limit = str(query.asking.limit)
                values = {"limit": (limit,), "cursor": (cursor,)}
                listed["next"] = address_of(query.visit.path, values)
                headers["Link"] = f'<{listed["next"]}>; rel="next"'
            value = {**value, **listed}
        return body_of(_json(value), "application/json", found.status, headers)

    def head(self, query: Query) -> HeadForm:
        """Say how the journal stands, as far as the reader may see it."""
        visit, lens = query.visit, query.lens
        view = visit.case.seen(lens)
        key = visit.casebook.edition().number, lens.reader, view.clearance
        form = self._heads.get(key)
        if form is None:
            shown = view.shown
            last = shown[-1].id if shown else None
            form = {
                "entries": len(shown),
                "last": last,
                "lock": footing(visit.casebook.case(), lens),
                "logs": [
                    {"log": one.log, "size": one.size, "root": one.root}
                    for one in standing_logs(visit.case, visit.casebook.clock, lens)
                ],
            }
            self._heads.put(key, form)
        return form

    def _read(self, endpoint: Endpoint, request: Request, caller: Caller) -> Body:
        assert endpoint.reads is not None, "only what reads is laid out for GET"
        query = self.query(endpoint, request, caller)
        key = (
            *(request.url.path, request.url.query, query.visit.now, caller.person),
            *(self.desk.casebook.edition().number, query.visit.door.origin),
        )
        body = self._kept.get(key)
        if body is None:
            found = endpoint.reads(query)
            if isinstance(found, Taken):
                headers = {
                    "Content-Disposition": f'attachment; filename="{found.filename}"',
                    "Link": f'<{self.permanent(query)}>; rel="canonical"',
                }
                body = body_of(found.body, found.media_type, 200, headers)
            else:
                body = self.told(endpoint, query, found)
            self._kept.put(key, body)
        return body

    def permanent(self, query: Query) -> str:
        """Write the address of an answer with its lens, so that no day is left out."""
        values = {**query.asking.values, **pinned(query.lens, self._latest(query))}
        kept = {name: found for name, found in values.items() if name != "cursor"}
        return address_of(query.visit.path, kept)

    def _beside(self, query: Query) -> AnsweredForm:
        lens, asking = query.lens, query.asking
        return {
            "lens": lens_form(lens),
            "asked": lens_values(asking),
            "taken": [
                name for name in ("as_of", "known_at") if name not in asking.values
            ],
            "head": self.head(query),
            "permanent": self.permanent(query),
        }

    def _latest(self, query: Query) -> int | None:
        """Give when the last entry that the reader may see was recorded."""
        return query.visit.case.latest_record(query.lens.reader, query.lens.known_at)

    def _fence(self, query: Query) -> int:
        latest = self._latest(query)
        return query.visit.now if latest is None else latest

    def _status(
        self, error: Exception, request: Request, caller: Caller
    ) -> tuple[int, VigensError]:
        """Choose a status, and say what may be told."""
        if isinstance(error, ApiError):
            return error.status, error
        if isinstance(error, InputError | UsageError):
            is_usable = self._is_usable()
            if is_usable:
                return 422, error
        if isinstance(error, VigensError):
            is_let_in = caller.person.may(Permission.READ)
            if is_let_in and caller.person.reader in (None, ALL):
                return 503, error
            _LOG.error("%s (%s)", error.what, error.where)
            hidden = "this case cannot be read just now"
            return 503, VigensError(hidden, ROOT, "tell whoever keeps it")
        path = unsteered(request.url.path)
        _LOG.error("%s at %s: %r", type(error).__name__, path, str(error))
        if os.environ.get("VIGENS_DEBUG"):
            traceback.print_exception(error)
        mend = "nothing was changed; report what you asked for"
        return 500, VigensError("something went wrong here that should not", ROOT, mend)

    def _is_usable(self) -> bool:
        try:
            return self.desk.casebook.case().compiled.is_usable
        except VigensError:
            return False

    def _findings(self) -> tuple[Finding, ...]:
        """Give what is wrong in the agreement files, where the case can be read."""
        try:
            return self.desk.casebook.case().compiled.findings[:MOST_FINDINGS]
        except VigensError:
            return ()


def body_of(
    data: bytes, media_type: str, status: int, headers: Mapping[str, str]
) -> Body:
    """Make the bytes of an answer with their ETag."""
    etag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    return Body(data, media_type, etag, status, tuple(headers.items()))


def answered(body: Body, request: Request) -> Response:
    """Hand an answer out; nothing but its ETag to who has it already."""
    headers = {"ETag": body.etag, "Cache-Control": _CACHE, **dict(body.headers)}
    headers["Vary"] = "Authorization, Cookie"
    if body.status == 200 and matches(
        request.headers.get("if-none-match", ""), body.etag
    ):
        return Response(None, 304, headers)
    response = Response(body.data, body.status, headers, body.media_type)
    if request.method == "HEAD":
        response.body = b""
    return response


def matches(header: str, etag: str) -> bool:
    """Say whether a list of ETags names one, weakly (RFC 9110, 13.1.2)."""
    named = [part.strip().removeprefix("W/") for part in header.split(",")]
    return "*" in named or etag in named


def _asked(asking: Asking) -> Asked:
    def one(name: str) -> str:
        return (asking.values.get(name) or ("",))[-1].strip()

    return Asked(
        one("as_of"),
        one("known_at"),
        one("recorded_at"),
        one("reader"),
        one("policy"),
        asking.values.get("reading", ()),
        asking.values.get("suppose", ()),
        one("assume") == "yes",
    )


def _fault(name: str, value: str, what: str, mend: str) -> FaultForm:
    return {"name": name, "value": value[:60], "what": what, "mend": mend}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
