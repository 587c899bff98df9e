"""The web application: every way of the route table, behind the guard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from vigens.board.answering import Desk
from vigens.board.api import Service, is_api
from vigens.board.casebook import Casebook
from vigens.board.entrance import AloneEntrance, Entrance
from vigens.board.guard import LOOPBACK_NAMES, Guard
from vigens.board.live import Hub, Live
from vigens.board.routes import WAYS
from vigens.board.templating import HERE
from vigens.lang.weave import style_sheet

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterator
    from datetime import datetime

    from starlette.requests import Request

    from vigens.board.pace import Pace
    from vigens.board.rate import Rate
    from vigens.board.ways import Way


def make_app(
    folder: str | Path,
    clock: Callable[[], datetime],
    *,
    hosts: tuple[str, ...] = LOOPBACK_NAMES,
    reader: str | None = None,
    read_only: bool = True,
    entrance: Entrance | None = None,
    look_every: float = 0.0,
    rate: Rate | None = None,
    pace: Pace | None = None,
) -> Starlette:
    """Make the application for one case.

    Args:
        folder: The case folder; read again whenever its files change.
        clock: The present, for a lens that names no day.
        hosts: Names under which it may be called.
        reader: The one reader whose board it is; `None` lets each address choose.
        read_only: Whether forms are refused.
        entrance: Tells who asks; by default one user who may do everything.
        look_every: Seconds for which a look at the files holds; 0 looks always.
        rate: How often one caller may call the API; as often as one likes without.
        pace: How many pages may be made for one caller; as many as one likes without.
    """
    asks = entrance or AloneEntrance(reader)
    casebook = Casebook(folder, clock, look_every=look_every)
    desk = Desk(casebook, asks, can_write=not read_only, pace=pace)
    hub = Hub(casebook)
    service = Service(desk, rate)
    routes: list[BaseRoute] = [route for way in WAYS for route in _routes(desk, way)]
    app = Starlette(
        routes=[
            *routes,
            Route("/live", Live(desk, hub, WAYS).listen, methods=["GET"]),
            *service.routes(),
            Route("/healthz", desk.health, methods=["GET"]),
            Route("/static/woven.css", _woven_style, methods=["GET"]),
            Mount("/static", StaticFiles(directory=HERE / "static")),
        ],
        middleware=[Middleware(Guard, hosts=hosts)],
        exception_handlers=_refusing(desk, service),
    )
    app.state.hub, app.state.casebook = hub, casebook
    return app


def _routes(desk: Desk, way: Way) -> Iterator[Route]:
    yield Route(way.path, _reading(desk, way), methods=["GET"])
    if way.act is not None:
        yield Route(way.path, _acting(desk, way), methods=["POST"])


def _refusing(
    desk: Desk, service: Service
) -> dict[int, Callable[[Request, Exception], Awaitable[Response]]]:
    """Refuse what is not there, as a page or as a problem document."""

    async def absent(request: Request, error: Exception) -> Response:
        if is_api(request.url.path):
            return await run_in_threadpool(service.nowhere, request)
        return await desk.not_found(request, error)

    async def unknown(request: Request, error: Exception) -> Response:
        if is_api(request.url.path):
            return await run_in_threadpool(service.not_allowed, request, error)
        return await desk.not_allowed(request, error)

    return {404: absent, 405: unknown}


def _reading(desk: Desk, way: Way) -> Callable[[Request], object]:
    async def read(request: Request) -> Response:
        return await desk.read(way, request)

    return read


def _acting(desk: Desk, way: Way) -> Callable[[Request], object]:
    async def act(request: Request) -> Response:
        return await desk.act(way, request)

    return act


def _woven_style(_request: Request) -> Response:
    return Response(style_sheet("woven"), media_type="text/css")
