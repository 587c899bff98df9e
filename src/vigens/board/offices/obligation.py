"""One obligation whole: prose and rule, why, what is missing, and its history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.board.contexts import Page
from vigens.board.offices.timeline import ShownCourse, show_courses
from vigens.board.tongues import _
from vigens.board.views import show_obligation
from vigens.board.views.why import Unfolded, unfold
from vigens.desk import read_duty, why
from vigens.desk.histories import read_history
from vigens.rules import atoms_in

if TYPE_CHECKING:
    from vigens.board.contexts import Visit

#: Most answers that are unfolded; the others stand behind a link.
MOST_WHYS = 4


@dataclass(frozen=True, slots=True)
class Behind:
    """One state that the trigger or the condition of the obligation asks for."""

    role: str
    unfolded: Unfolded


@dataclass(frozen=True, slots=True)
class WholeObligation:
    """The page: what the obligation says, and what stands behind it.

    Attributes:
        base: Its words, instances, deadlines, and where it is written.
        behind: What its trigger and its condition come to, unfolded.
        n_behind: How many more there are, one for each further instance.
        courses: Its history, instance by instance.
        n_quiet: How many instances were never triggered.
        is_cut: Whether earlier turns are left out.
        timeline: The same drawn on a page of its own.
    """

    base: object
    behind: tuple[Behind, ...]
    n_behind: int
    courses: tuple[ShownCourse, ...]
    n_quiet: int
    is_cut: bool
    timeline: str


def show_whole_obligation(visit: Visit) -> Page:
    """Show one obligation with everything behind it."""
    base = show_obligation(visit)
    name = visit.names["name"]
    session = visit.session
    if name not in session.case.program.obligations:
        return base
    asked: dict[str, str] = {}
    for report in read_duty(session, name).instances:
        for role, condition in (
            (_("trigger"), report.trigger_condition),
            (_("condition"), report.while_condition),
        ):
            for atom in atoms_in(condition) if condition is not None else ():
                if atom.is_ground and atom.name in session.case.program.fluents:
                    asked.setdefault(str(atom), role)
    shown = list(asked.items())[:MOST_WHYS]
    history = read_history(session, name)
    context = WholeObligation(
        base.context,
        tuple(
            Behind(role, unfold(visit, found))
            for question, role in shown
            for found in why(session, question)
        ),
        len(asked) - len(shown),
        show_courses(visit, history.courses),
        sum(course.is_quiet for course in history.courses),
        history.is_cut,
        visit.link("/timeline", q=name),
    )
    return Page("duty.html", base.title, context, base.status)
