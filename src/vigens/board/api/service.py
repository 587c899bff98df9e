"""The API as an application of its own: its routes, its description, its refusals."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from vigens.board.api.acting import Actor
from vigens.board.api.endpoints import Endpoint, Told
from vigens.board.api.openapi import VERSION, address, describe
from vigens.board.api.params import ROOT
from vigens.board.api.problems import ApiError
from vigens.board.api.shapes import ServiceForm
from vigens.board.api.table import ENDPOINTS
from vigens.board.api.telling import Body, Teller, body_of
from vigens.board.links import short_name
from vigens.people import Permission

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.requests import Request

    from vigens.board.answering import Desk
    from vigens.board.entrance import Caller
    from vigens.board.rate import Rate
    from vigens.desk import Case


def _examples(case: Case) -> dict[tuple[str, str], str]:
    """Name what may be asked for in this case, for whoever reads the description."""
    program = case.program
    named = {
        ("/obligations/{name}", "name"): next(iter(program.obligations), None),
        ("/counts/{measure}", "measure"): next(iter(program.measures), None),
        ("/agreements/{name:path}", "name"): next(
            (short_name(page.name) for page in case.pages), None
        ),
    }
    named.update(
        ((f"/files/{{table}}.{form}", "table"), "states") for form in ("csv", "parquet")
    )
    question = case.settings.headline or next(iter(program.obligations), None)
    named.update(((path, "q"), question) for path in ("/answers", "/why", "/missing"))
    return {key: name for key, name in named.items() if name is not None}


class Service:
    """The API of one board."""

    def __init__(self, desk: Desk, rate: Rate | None = None) -> None:
        """Stand on the desk of the board; `rate` says how often one may call."""
        self.desk = desk
        self.teller = Teller(desk, rate)
        self.actor = Actor(self.teller)
        self._first = Endpoint(
            "", Permission.READ, "What there is", ServiceForm, has_lens=False
        )

    def routes(self) -> list[BaseRoute]:
        """Lay the table out as routes."""
        found: list[BaseRoute] = [
            Route(ROOT, self.first, methods=["GET"]),
            Route(address(), self.describe, methods=["GET"]),
        ]
        return [*found, *(route for one in ENDPOINTS for route in self._routes(one))]

    def first(self, request: Request) -> Response:
        """Say what there is, and who asks."""

        def ask(caller: Caller) -> Body:
            self.teller.require(self._first, caller, request)
            query = self.teller.query(self._first, request, caller)
            person = caller.person
            form: ServiceForm = {
                "title": query.visit.case.settings.title,
                "version": VERSION,
                "person": person.name,
                "permissions": sorted(str(one) for one in person.permissions),
                "reader": person.reader,
                "form_token": self.desk.tokens.token(caller),
                "can_record": self.desk.can_write,
                "addresses": {
                    one.address: one.title for one in ENDPOINTS if person.may(one.needs)
                },
            }
            return self.teller.told(self._first, query, Told(form))

        return self.teller.guarded(request, ask)

    def describe(self, request: Request) -> Response:
        """Hand out the description."""

        def ask(caller: Caller) -> Body:
            found = describe("a case", self.every())
            if caller.person.may(Permission.READ):
                case = self.desk.casebook.case()
                found = describe(case.settings.title, self.every(), _examples(case))
            data = json.dumps(found, ensure_ascii=False).encode()
            return body_of(data, "application/json", 200, {})

        return self.teller.guarded(request, ask)

    def every(self) -> tuple[Endpoint, ...]:
        """Give every endpoint, the first included."""
        first = replace(self._first, reads=lambda _: Told({}))
        return (first, *ENDPOINTS)

    def nowhere(self, request: Request) -> Response:
        """Say that there is no such path."""
        error = ApiError(
            404,
            "there is no such path",
            request.url.path[:200],
            f"GET {ROOT} lists every path",
        )
        return self.teller.refuse(error, request, self.teller.caller(request))

    def not_allowed(self, request: Request, found: Exception) -> Response:
        """Say that a path knows no such method."""
        headers = getattr(found, "headers", None) or {}
        allowed = headers.get("Allow", "GET, HEAD")
        error = ApiError(
            405,
            f"this path knows no {request.method[:20]}",
            request.url.path[:200],
            f"use one of {allowed}",
        )
        caller = self.teller.caller(request)
        response = self.teller.refuse(error, request, caller)
        response.headers["Allow"] = allowed
        return response

    def _routes(self, endpoint: Endpoint) -> Iterator[Route]:
        if endpoint.reads is not None:
            read = partial(self.teller.read, endpoint)
            yield Route(endpoint.address, read, methods=["GET"])
        if endpoint.acts is not None:
            yield Route(endpoint.address, self._acting(endpoint), methods=["POST"])

    def _acting(self, endpoint: Endpoint) -> Callable[[Request], object]:
        async def act(request: Request) -> Response:
            return await self.actor.act(endpoint, request)

        return act
