"""The web application: routes, one lens for each request, errors as pages."""

from __future__ import annotations

import hashlib
import logging
import os
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from vigens.base import UsageError, VigensError
from vigens.board.casebook import Casebook, Shelf
from vigens.board.contexts import Elsewhere, Page, Visit, make_frame
from vigens.board.guard import LOOPBACK_NAMES, Guard
from vigens.board.lensform import MOST_SUPPOSED, find_faults, read_asked
from vigens.board.views import (
    Broken,
    Problem,
    read_first,
    show_agreement,
    show_agreements,
    show_counts,
    show_entry,
    show_journal,
    show_measure,
    show_meetings,
    show_obligation,
    show_obligations,
    show_offers,
    show_search,
    show_why,
)
from vigens.journal import ALL, PUBLIC
from vigens.lang.weave import style_sheet, unsteered

if TYPE_CHECKING:
    from datetime import datetime

    from starlette.requests import Request

#: What answers one request.
View = Callable[[Visit], Page | Elsewhere]

HERE = Path(__file__).parent
MOST_PAGES = 64

_LOG = logging.getLogger("vigens.board")

VIEWS: tuple[tuple[str, View], ...] = (
    ("/", read_first),
    ("/why", show_why),
    ("/obligations", show_obligations),
    ("/obligation/{name}", show_obligation),
    ("/agreements", show_agreements),
    ("/agreement/{name:path}", show_agreement),
    ("/journal", show_journal),
    ("/entry/{id}", show_entry),
    ("/search", show_search),
    ("/counts", show_counts),
    ("/counts/{measure}", show_measure),
    ("/offers", show_offers),
    ("/meetings", show_meetings),
)


@dataclass(frozen=True, slots=True)
class _Rendered:
    body: bytes
    status: int
    etag: str


def make_app(
    folder: str | Path,
    clock: Callable[[], datetime],
    *,
    hosts: tuple[str, ...] = LOOPBACK_NAMES,
    reader: str | None = None,
) -> Starlette:
    """Make the application for one case.

    Args:
        folder: The case folder; read again whenever its files change.
        clock: The present, for a lens that names no day.
        hosts: Names under which it may be called.
        reader: The one reader whose board it is; `None` lets each address choose.
    """
    board = _Board(Casebook(folder, clock), reader)
    routes = [
        Route(path, partial(board.respond, view), methods=["GET"])
        for path, view in VIEWS
    ]
    return Starlette(
        routes=[
            *routes,
            Route("/healthz", board.health, methods=["GET"]),
            Route("/static/woven.css", _woven_style, methods=["GET"]),
            Mount("/static", StaticFiles(directory=HERE / "static")),
        ],
        middleware=[Middleware(Guard, hosts=hosts)],
        exception_handlers={404: board.not_found, 405: board.not_allowed},
    )


class _Board:
    def __init__(self, casebook: Casebook, reader: str | None) -> None:
        self._casebook = casebook
        self._reader = reader
        self._rendered: Shelf[_Rendered] = Shelf(MOST_PAGES)
        self._nowhere: View = partial(_nowhere, 404)
        self._not_allowed: View = partial(_nowhere, 405)
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=unsteered,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        style = (HERE / "static" / "board.css").read_bytes()
        style += style_sheet("woven").encode()
        self._templates.globals["style"] = hashlib.sha256(style).hexdigest()[:12]

    def respond(self, view: View, request: Request) -> Response:
        """Answer one request; whatever goes wrong is a page too."""
        try:
            with self._casebook.lock:
                return self._page(view, request)
        except VigensError as error:
            return self._alone(self._told(error), 503)
        except Exception as error:  # noqa: BLE001 -- the last handler of the board
            _LOG.error("%s at %s: %s", type(error).__name__, request.url.path, error)
            if os.environ.get("VIGENS_DEBUG"):
                traceback.print_exc()
            return self._alone(Problem.unexpected(), 500)

    def _told(self, error: VigensError) -> Problem:
        """Say what is wrong with the case; to one reader alone, without its insides."""
        if self._reader in (None, ALL):
            return Problem.from_error(error)
        _LOG.error("%s (%s)", error.what, error.where)
        return Problem.unreadable()

    def health(self, _request: Request) -> Response:
        """Say whether the case can be read."""
        try:
            case = self._casebook.case()
        except VigensError as error:
            return PlainTextResponse(f"not well: {error.what}\n", 503)
        words = "well" if case.compiled.is_usable else "agreement files have errors"
        return PlainTextResponse(f"{words}\n")

    def not_found(self, request: Request, _error: Exception) -> Response:
        """Answer an unknown path with the pages that there are."""
        return self.respond(self._nowhere, request)

    def not_allowed(self, request: Request, _error: Exception) -> Response:
        """Answer any other method than GET."""
        return self.respond(self._not_allowed, request)

    def _page(self, view: View, request: Request) -> Response:
        case = self._casebook.case()
        asked = read_asked(request.query_params)
        if self._reader is not None:
            if asked.reader not in ("", self._reader):
                return self._alone(Problem.other_reader(self._reader), 403)
            asked = replace(asked, reader=self._reader)
        now = self._casebook.now(asked.reader or PUBLIC)
        key = (view, request.url.path, request.url.query, self._casebook.stamp(), now)
        rendered = self._rendered.get(key)
        if rendered is None:
            visit = Visit(
                self._casebook,
                case,
                now,
                asked,
                request.url.path,
                request.query_params,
                request.path_params,
                self._reader,
            )
            found = self._look(view, visit)
            if isinstance(found, Elsewhere):
                return Response(status_code=302, headers={"Location": found.address})
            rendered = found
            self._rendered.put(key, rendered)
        headers = {"ETag": rendered.etag, "Cache-Control": "private, no-cache"}
        if request.headers.get("if-none-match") == rendered.etag:
            return Response(status_code=304, headers=headers)
        return HTMLResponse(rendered.body, rendered.status, headers)

    def _look(self, view: View, visit: Visit) -> _Rendered | Elsewhere:
        faults = find_faults(visit.case, visit.asked, visit.now)
        if len(visit.asked.suppose) > MOST_SUPPOSED:
            many = Problem.too_many(MOST_SUPPOSED)
            return self._alone_page(many, 400)
        if faults:
            page = Page("lens.html", "This view cannot be shown", None, 400)
            frame = make_frame(visit, faults)
            return self._render(page, frame)
        visit = replace(visit, case=visit.case.known_at(visit.lens.known_at))
        try:
            found = view(visit)
        except UsageError as error:
            found = Page("problem.html", "Not found", Problem.from_error(error), 400)
        except VigensError as error:
            if visit.case.compiled.is_usable:
                raise
            broken = Broken.from_case(visit, error)
            found = Page("broken.html", "Agreement files with errors", broken, 503)
        if isinstance(found, Elsewhere):
            return found
        return self._render(found, make_frame(visit))

    def _render(self, page: Page, frame: object) -> _Rendered:
        template = self._templates.get_template(page.template)
        text = template.render(title=page.title, page=page.context, frame=frame)
        body = text.encode()
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        return _Rendered(body, page.status, etag)

    def _alone_page(self, problem: Problem, status: int) -> _Rendered:
        return self._render(Page("alone.html", problem.what, problem, status), None)

    def _alone(self, problem: Problem, status: int) -> Response:
        rendered = self._alone_page(problem, status)
        return HTMLResponse(rendered.body, status, {"Cache-Control": "no-store"})


def _woven_style(_request: Request) -> Response:
    return Response(style_sheet("woven"), media_type="text/css")


def _nowhere(status: int, visit: Visit) -> Page:
    if status == 405:
        what, mend = "this board only reads", "open the page instead of sending to it"
    else:
        what, mend = "there is no such page", "choose one of the pages above, or search"
    problem = Problem(what, visit.path[:200], mend)
    return Page("problem.html", "No such page", problem, status)
