"""Answering one request: who asks, may they, under which lens; all faults are pages."""

from __future__ import annotations

import logging
import os
import traceback
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from vigens.base import InputError, Message, UsageError, VigensError
from vigens.board.casebook import Casebook, Edition
from vigens.board.contexts import Download, Elsewhere, Page, Visit, make_frame
from vigens.board.entrance import TOKEN_FIELD, Caller, Door, FormTokens
from vigens.board.handing import Handing
from vigens.board.lensform import MOST_SUPPOSED, find_faults, read_asked
from vigens.board.links import way_in
from vigens.board.rendering import Rendered, Renderer
from vigens.board.replies import let_through, plain, with_headers
from vigens.board.routes import first_pages_for, rooms_for
from vigens.board.tongues import Tongue, _, choose, speaking
from vigens.board.views import Broken, Problem
from vigens.board.ways import View, Way
from vigens.journal import ALL, PUBLIC
from vigens.lang.weave import unsteered
from vigens.people import ONLOOKER, Happening, Permission

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from starlette.requests import Request

    from vigens.board.contexts import Answered, Frame
    from vigens.board.entrance import Entrance
    from vigens.board.pace import Pace

#: Most fields of a form, and longest value of one that is no file.
MOST_FIELDS = 400
MOST_FILES = 60
LONGEST_FIELD = 200_000

#: Seconds that a page waits for a board that was just started.
LONGEST_WAIT = 1.0

#: Who asks, as long as that is not known.
NOBODY = Caller(ONLOOKER, "")

_LOG = logging.getLogger("vigens.board")


class Desk:
    """What stands behind every way: the case, the entrance, and the pages kept."""

    def __init__(
        self,
        casebook: Casebook,
        entrance: Entrance,
        *,
        can_write: bool,
        pace: Pace | None = None,
    ) -> None:
        """Begin with no page kept."""
        self.casebook = casebook
        self.entrance = entrance
        self.can_write = can_write
        self._pace = pace
        self.tokens = FormTokens()
        self._handing = Handing(self.tokens)
        self._renderer = Renderer()
        self._nowhere = Way("/", Permission.ENTER, partial(_nowhere, 404))
        self._not_allowed = Way("/", Permission.ENTER, partial(_nowhere, 405))

    async def read(self, way: Way, request: Request) -> Response:
        """Answer a request that only reads; what is kept waits for nobody."""
        if way.is_kept:
            edition = self.casebook.glance() or await run_in_threadpool(self._look)
            kept = None if edition is None else self._kept(way, request, edition)
            if kept is not None:
                return kept
        reading = partial(self._read, way, request)
        return await run_in_threadpool(self._guarded, way, request, reading)

    def _look(self) -> Edition | None:
        try:
            return self.casebook.look()
        except VigensError:
            return None  # told to whoever may hear it, with the lock held

    async def act(self, way: Way, request: Request) -> Response:
        """Answer a form that was sent; nothing is read of who may not send it."""
        refusal = await run_in_threadpool(
            partial(self._guarded, is_early=True),
            *(way, request, partial(let_through, request)),
        )
        if refusal.status_code != 204:
            return refusal
        async with request.form(
            max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=LONGEST_FIELD
        ) as form:
            acting = partial(self._act, way, request, form)
            return await run_in_threadpool(self._guarded, way, request, acting)

    def health(self, _request: Request) -> Response:
        """Say whether the case can be read."""
        try:
            case = self.casebook.case()
        except VigensError as error:
            return PlainTextResponse(f"not well: {error.what}\n", 503)
        words = "well" if case.compiled.is_usable else "agreement files have errors"
        return PlainTextResponse(f"{words}\n")

    async def not_found(self, request: Request, _error: Exception) -> Response:
        """Answer an unknown path with the pages that there are."""
        return await self.read(self._nowhere, request)

    async def not_allowed(self, request: Request, _error: Exception) -> Response:
        """Answer a method that this way does not know."""
        return await self.read(self._not_allowed, request)

    def refuse(self, problem: Problem, status: int) -> Response:
        """Answer with a problem alone, without a frame."""
        page = Page("alone.html", problem.what, problem, status)
        body = self._renderer.render(page, None).body
        return HTMLResponse(body, status, {"Cache-Control": "no-store"})

    def _kept(self, way: Way, request: Request, edition: Edition) -> Response | None:
        """Give a page that is kept, to one who may see it."""
        try:
            caller = self.entrance.who(request)
            if not caller.person.may(way.asks(request.method)):
                return None
            key = self._key(way, request, caller, edition)
        except VigensError:
            return None
        handed = self._handing.find(key, caller)
        return None if handed is None else handed.answer(request.headers)

    def _key(
        self, way: Way, request: Request, caller: Caller, edition: Edition
    ) -> tuple[object, ...]:
        """Give all that a page depends on: who asks for what, of which case, when."""
        return (
            *(way.view, request.url.path, request.url.query, caller.person),
            *(_tongue(request).code, edition.number, self.casebook.moment(edition)),
        )

    def _guarded(
        self,
        way: Way,
        request: Request,
        answer: partial[Response],
        *,
        is_early: bool = False,
    ) -> Response:
        caller = NOBODY
        is_free = is_early or way.is_apart
        lock = nullcontext() if is_free else self.casebook.lock
        try:
            caller = self.entrance.who(request)
            with _speaking(request):
                if not caller.person.may(way.asks(request.method)):
                    return self._turned_away(way, request, caller)
                if not (is_free or self.casebook.is_ready(LONGEST_WAIT)):
                    return self._later(Problem.still_loading(), 503, 2)
                with lock:
                    return answer(caller)
        except VigensError as error:
            return self.refuse(self._told(error, caller), 503)
        except Exception as error:  # noqa: BLE001 -- the last handler of the board
            self._log(error, request)
            return self.refuse(Problem.unexpected(), 500)

    def _later(self, problem: Problem, status: int, wait: int) -> Response:
        """Ask for patience; the page asks again by itself."""
        answer = self.refuse(problem, status)
        answer.headers["Retry-After"] = answer.headers["Refresh"] = str(wait)
        return answer

    def _log(self, error: Exception, request: Request) -> None:
        path = unsteered(request.url.path)
        _LOG.error("%s at %s: %r", type(error).__name__, path, str(error))
        if os.environ.get("VIGENS_DEBUG"):
            traceback.print_exc()

    def _turned_away(self, way: Way, request: Request, caller: Caller) -> Response:
        """Refuse who may not; who has yet to sign in is led to where one does."""
        needs, url = way.asks(request.method), request.url
        is_in = caller.person.may(Permission.READ)
        if not is_in and caller.is_token:
            words = "this token opens nothing, or has ended\n"
            headers = {"WWW-Authenticate": "Bearer", "Cache-Control": "no-store"}
            return PlainTextResponse(words, 401, headers)
        if not is_in and request.method == "GET":
            asked = f"{url.path}?{url.query}" if url.query else url.path
            return plain(Elsewhere(way_in(caller.person, asked)), status=303)
        if caller.person.name:
            detail = f"{request.method} {url.path}"
            self.entrance.note(request, caller, Happening.REFUSED, detail)
        return self.refuse(Problem.not_permitted(needs), 403)

    def _told(self, error: VigensError, caller: Caller) -> Problem:
        """Say what is wrong with the case; to one reader alone, without its insides."""
        is_let_in = caller.person.may(Permission.READ)
        if is_let_in and caller.person.reader in (None, ALL):
            return Problem.from_error(error)
        _LOG.error("%s (%s)", error.what, error.where)
        return Problem.unreadable()

    def _read(self, way: Way, request: Request, caller: Caller) -> Response:
        with self.casebook.pinned(lends=True) as edition:
            if not way.is_kept:
                visit = self._visit(request, caller)
                if isinstance(visit, Problem):
                    return self.refuse(visit, 403)
                return self._answer(way, way.view, visit)
            key = self._key(way, request, caller, edition)
            self._handing.turn(key[-2:])
            handed = self._handing.find(key, caller)
            if handed is None:
                is_made = self._handing.rendered.get(key) is not None
                if not is_made and self._pace is not None:
                    wait = self._pace.wait(request, caller)
                    if wait:
                        return self._later(Problem.too_often(wait), 429, wait)
                found = self._made(way, request, caller, key)
                if isinstance(found, Response):
                    return found
                handed = self._handing.keep(key, caller, found)
        return handed.answer(request.headers)

    def _made(
        self, way: Way, request: Request, caller: Caller, key: tuple[object, ...]
    ) -> Rendered | Response:
        """Make a page, or take it as it was made for another session of its reader."""
        rendered = self._handing.rendered.get(key)
        if rendered is not None:
            return rendered
        visit = self._visit(request, caller)
        if isinstance(visit, Problem):
            return self.refuse(visit, 403)
        found = self._ask(way, way.view, visit)
        if isinstance(found, Elsewhere | Download):
            return plain(found)
        rendered = self._framed(found, visit, is_live=found.status == 200)
        self._handing.rendered.put(key, rendered)
        return rendered

    def page(self, way: Way, request: Request, caller: Caller) -> bytes | None:
        """Make a page for those who have it open; none where there is none any more."""
        book = self.casebook
        try:
            with book.lock, book.pinned(lends=True) as edition, _speaking(request):
                key = self._key(way, request, caller, edition)
                self._handing.turn(key[-2:])
                found = self._made(way, request, caller, key)
        except VigensError:
            return None
        except Exception as error:  # noqa: BLE001 -- the last handler, of the watcher
            self._log(error, request)
            return None
        return None if isinstance(found, Response) else found.body

    def same_page(
        self, way: Way, request: Request, caller: Caller
    ) -> tuple[object, ...]:
        """Give what is the same for all who see the same page."""
        url = request.url
        return way.view, url.path, url.query, caller.person, _tongue(request).code

    def _answer(self, way: Way, view: View, visit: Visit) -> Response:
        """Answer with a page that is kept nowhere, or with what is no page."""
        found = self._ask(way, view, visit)
        if isinstance(found, Elsewhere | Download):
            return plain(found, status=303)
        rendered = self._framed(found, visit, is_apart=way.is_apart)
        body = rendered.with_token(self.tokens.token(visit.door.caller))
        headers = {"Cache-Control": "no-store"}
        return with_headers(HTMLResponse(body, found.status, headers), found.headers)

    def _act(
        self, way: Way, request: Request, form: FormData, caller: Caller
    ) -> Response:
        if way.act is None or not (self.can_write or way.is_apart):
            return self.refuse(Problem.only_reads(), 405)
        if not caller.is_token and not self.tokens.is_ours(
            request, caller, form.get(TOKEN_FIELD)
        ):
            return self.refuse(Problem.foreign_form(), 403)
        visit = self._visit(request, caller)
        if isinstance(visit, Problem):
            return self.refuse(visit, 403)
        act = way.act
        try:
            answer = self._answer(way, lambda visit: act(visit, form), visit)
        finally:
            if not way.is_apart:
                self.casebook.expect_change()
        if answer.status_code == 303 and not way.is_apart:
            detail = f"{request.url.path} → {answer.headers['location']}"
            self.entrance.note(request, caller, Happening.RECORDED, detail)
        return answer

    def _visit(self, request: Request, caller: Caller) -> Visit | Problem:
        """Lay out who asks for what; one who asks for other eyes is refused."""
        case = self.casebook.case()
        asked, only = read_asked(request.query_params), caller.person.reader
        if only is not None:
            if asked.reader not in ("", only):
                return Problem.other_reader(only)
            asked = replace(asked, reader=only)
        return Visit(
            self.casebook,
            case,
            self.casebook.now(asked.reader or PUBLIC),
            asked,
            request.url.path,
            request.query_params,
            request.path_params,
            caller.person,
            can_write=self.can_write,
            door=Door.of(self.entrance, caller, request),
        )

    def _ask(self, way: Way, view: View, visit: Visit) -> Answered:
        if way.is_apart:
            try:
                return view(visit)
            except (InputError, UsageError) as error:
                problem = Problem.from_error(error)
                return Page("refused.html", _("This was not done"), problem, 400)
        faults = find_faults(visit.case, visit.asked, visit.now)
        if len(visit.asked.suppose) > MOST_SUPPOSED:
            many = Problem.too_many(MOST_SUPPOSED)
            return Page("alone.html", many.what, many, 400)
        if faults:
            return Page("lens.html", "This view cannot be shown", faults, 400)
        visit = replace(visit, case=visit.case.known_at(visit.lens.known_at))
        try:
            return view(visit)
        except UsageError as error:
            return Page("problem.html", "Not found", Problem.from_error(error), 400)
        except VigensError as error:
            if visit.case.compiled.is_usable:
                raise
            broken = Broken.from_case(visit, error)
            return Page("broken.html", "Agreement files with errors", broken, 503)

    def _framed(
        self,
        page: Page,
        visit: Visit,
        *,
        is_apart: bool = False,
        is_live: bool = False,
    ) -> Rendered:
        if page.template == "alone.html" or not visit.person.may(Permission.READ):
            is_problem = page.template in ("problem.html", "refused.html")
            template = "alone.html" if is_problem else page.template
            return self._renderer.render(replace(page, template=template), None)
        with self.casebook.lock:
            frame = self._frame(page, visit, is_apart=is_apart)
            frame = replace(frame, is_live=is_live)
            return self._renderer.render(page, frame)

    def _frame(self, page: Page, visit: Visit, *, is_apart: bool) -> Frame:
        faults = page.context if page.template == "lens.html" else ()
        case = visit.case if faults else visit.case.known_at(visit.lens.known_at)
        return make_frame(
            replace(visit, case=case),
            rooms_for(visit.person, can_write=self.can_write),
            faults,  # type: ignore[arg-type]  # the faults of this page alone
            can_write=self.can_write,
            firsts=first_pages_for(visit.person, can_write=self.can_write),
            is_apart=is_apart,
        )


def _speaking(request: Request) -> AbstractContextManager[None]:
    return speaking(_tongue(request))


def _tongue(request: Request) -> Tongue:
    accepted = request.headers.get("accept-language", "")
    return choose(request.query_params.get("lang", ""), accepted)


def _nowhere(status: int, visit: Visit) -> Page:
    if status == 405:
        what, mend = "this way only reads", "open the page instead of sending to it"
    else:
        what = Message("there is no such page")
        mend = Message("choose one of the pages below, or search")
    problem = Problem(what, visit.path[:200], mend)
    return Page("problem.html", "No such page", problem, status)
