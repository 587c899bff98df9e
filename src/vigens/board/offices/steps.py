"""Planned steps: what is to come, when, and whether it is known to be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.board.contexts import Page
from vigens.board.evidence import ShownPlace, show_place
from vigens.board.offices.clockface import ClockPicture, draw_clocks
from vigens.board.signs import Sign, sign_of
from vigens.board.tongues import _
from vigens.desk import read_step
from vigens.desk.shifts import read_clocks

if TYPE_CHECKING:
    from vigens.board.contexts import Visit


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One step."""

    name: str
    title: str
    words: str
    sign: Sign | None
    under: str
    outcome: str
    source: str
    looked: str
    place: ShownPlace | None


@dataclass(frozen=True, slots=True)
class Steps:
    """The page."""

    picture: ClockPicture | None
    steps: tuple[ShownStep, ...]


def show_steps(visit: Visit) -> Page:
    """Show every planned step, dated ones first."""
    session = visit.session
    program = session.case.program
    found = [read_step(session, name) for name in program.steps]
    found.sort(key=lambda one: (one.report.earliest is None, one.report.earliest or 0))
    clocks = [clock for clock in read_clocks(session) if clock.kind == "step"]
    shown = []
    for one in found:
        step, report = one.step, one.report
        shown.append(
            ShownStep(
                step.name,
                step.title,
                one.words,
                sign_of(report.outcome),
                program.title_of(step.under.instrument) if step.under else "",
                visit.link("/why", q=str(step.outcome))
                if step.outcome and step.outcome.name in program.fluents
                else "",
                step.source or "",
                session.day(report.last_looked - 1) if report.last_looked else "",
                show_place(visit, step.place),
            )
        )
    page = Steps(draw_clocks(visit, clocks), tuple(shown))
    return Page("steps.html", _("Planned steps"), page)
