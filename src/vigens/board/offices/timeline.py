"""The timeline of any state or obligation, with one control for each of the two times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import VigensError
from vigens.board.contexts import Page
from vigens.board.offices.lanes import LanePicture, draw_lanes
from vigens.board.tongues import _, tell
from vigens.board.views.problems import Problem
from vigens.chrono import edtf_bounds, parse_edtf
from vigens.desk.histories import moment_words, read_history, read_lanes
from vigens.engine import phrase_in_general

if TYPE_CHECKING:
    from vigens.board.contexts import Visit
    from vigens.desk.histories import Course

#: Most instances of an obligation that are drawn.
MOST_COURSES = 12


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """From a day on, the states of an instance."""

    start: str
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownCourse:
    """One instance through time."""

    who: str
    about: tuple[str, ...]
    picture: LanePicture | None
    turns: tuple[ShownTurn, ...]
    is_quiet: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """The page.

    Attributes:
        question: As asked.
        title: In words.
        problem: What is wrong with the question, or with the day it begins from.
        picture: Of states.
        n_more: How many states more there are.
        n_never: How many never hold.
        courses: Of an obligation: each instance that moved.
        n_quiet: How many never did.
        is_cut: Whether earlier turns are left out.
        begin: From which day on is drawn, as asked.
        compare: What changed between two views.
        asks: What else can be asked, as `(name, words, address)`.
    """

    question: str
    title: str
    problem: Problem | None
    picture: LanePicture | None
    n_more: int
    n_never: int
    courses: tuple[ShownCourse, ...]
    n_quiet: int
    is_cut: bool
    begin: str
    compare: str
    asks: tuple[tuple[str, str, str], ...]


def show_timeline(visit: Visit) -> Page:
    """Show the timeline of a state or an obligation."""
    question, begin = visit.ask("q"), visit.ask("from")
    compare = visit.link("/compare")
    asks = tuple(_asks(visit))
    if not question:
        page = _empty(question, begin, compare, asks)
        return Page("timeline.html", _("Timeline"), page)
    try:
        first = _first(visit, begin)
        if question in visit.session.case.program.obligations:
            return _obligation(visit, question, first)
        found = read_lanes(visit.session, question)
    except VigensError as error:
        page = _empty(question, begin, compare, asks, Problem.from_error(error))
        return Page("timeline.html", _("Timeline"), page, 400)
    page = Timeline(
        question,
        found.title,
        None,
        draw_lanes(visit, found.lanes, first),
        found.n_more,
        found.n_never,
        (),
        0,
        False,
        begin,
        compare,
        (),
    )
    return Page("timeline.html", f"{_('Timeline')}: {tell(found.title)}", page)


def _empty(
    question: str,
    begin: str,
    compare: str,
    asks: tuple[tuple[str, str, str], ...],
    problem: Problem | None = None,
) -> Timeline:
    return Timeline(
        question, "", problem, None, 0, 0, (), 0, False, begin, compare, asks
    )


def _first(visit: Visit, begin: str) -> int | None:
    if not begin:
        return None
    zone = visit.session.lens.zone
    return edtf_bounds(parse_edtf(begin), zone)[0]


def _obligation(visit: Visit, name: str, first: int | None) -> Page:
    found = read_history(visit.session, name)
    shown = show_courses(visit, found.courses, first)
    page = Timeline(
        name,
        found.title,
        None,
        None,
        0,
        0,
        shown,
        sum(course.is_quiet for course in found.courses),
        found.is_cut,
        visit.ask("from"),
        visit.link("/compare"),
        (),
    )
    return Page("timeline.html", f"{_('Timeline')}: {tell(found.title)}", page)


def show_courses(
    visit: Visit, courses: tuple[Course, ...], first: int | None = None
) -> tuple[ShownCourse, ...]:
    """Lay out the instances of an obligation that moved."""
    moved = [course for course in courses if not course.is_quiet][:MOST_COURSES]
    if first is None:
        first = _just_before(visit, moved)
    return tuple(_course(visit, course, first) for course in moved)


def _just_before(visit: Visit, moved: list[Course]) -> int | None:
    """Begin a little before anything moved, so that what moved can be seen."""
    starts = [
        turn.start
        for course in moved
        for turn in course.turns
        if turn.start is not None
    ]
    if not starts or any(len(course.turns) == 1 for course in moved):
        return None
    last = visit.session.lens.as_of
    room = max(3 * 86400, (last - min(starts)) // 5)
    return max(visit.session.case.settings.begins, min(starts) - room)


def _course(visit: Visit, course: Course, first: int | None) -> ShownCourse:
    session = visit.session
    title = session.case.program.title_of
    return ShownCourse(
        title(course.obligor) if course.obligor else _("nobody named"),
        course.about,
        draw_lanes(visit, course.lanes(), first),
        tuple(
            ShownTurn(
                moment_words(session, turn.start) or _("the beginning"), turn.states
            )
            for turn in course.turns
        ),
        course.is_quiet,
    )


def _asks(visit: Visit) -> list[tuple[str, str, str]]:
    """List what can be asked: the case's own states and obligations, then the law's."""
    program = visit.session.case.program
    found = [
        (name, duty.title, visit.link("/timeline", q=name))
        for name, duty in program.obligations.items()
    ]
    states = sorted(program.fluents.values(), key=lambda f: f.place.startswith("law/"))
    found += [
        (fluent.name, phrase_in_general(fluent), visit.link("/timeline", q=fluent.name))
        for fluent in states
    ]
    return found
