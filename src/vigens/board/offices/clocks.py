"""The page of clocks: every deadline that runs or may run, and every planned step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.board.contexts import Page
from vigens.board.offices.clockface import ClockPicture, ShownClock, draw_clocks
from vigens.board.offices.officer import split_clocks
from vigens.desk.shifts import read_clocks

if TYPE_CHECKING:
    from vigens.board.contexts import Visit


@dataclass(frozen=True, slots=True)
class Clocks:
    """The page."""

    picture: ClockPicture | None
    sure: tuple[ShownClock, ...]
    possible: tuple[ShownClock, ...]
    steps: tuple[ShownClock, ...]


def show_clocks(visit: Visit) -> Page:
    """Show every clock, the soonest first."""
    clocks = read_clocks(visit.session)
    context = Clocks(draw_clocks(visit, clocks), *split_clocks(visit, clocks))
    return Page("clocks.html", "Clocks", context)
