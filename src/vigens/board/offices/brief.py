"""The hand-over brief: as a page, as Markdown, and on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import OutsideError
from vigens.board.contexts import Download, Page
from vigens.board.offices.officer import USUAL, shift_of
from vigens.board.paper import print_brief
from vigens.board.tongues import tell
from vigens.board.views import Problem
from vigens.desk.shifts import read_handover, write_markdown

if TYPE_CHECKING:
    from vigens.board.contexts import Answered, Visit
    from vigens.desk.shifts import Handover


@dataclass(frozen=True, slots=True)
class Brief:
    """The page."""

    brief: Handover
    asked: str
    as_text: str
    as_paper: str


def show_brief(visit: Visit) -> Page:
    """Show the brief as a page that prints well."""
    asked = visit.ask("since") or USUAL
    brief = _read(visit)
    context = Brief(
        brief,
        asked,
        visit.link("/brief.md", since=asked),
        visit.link("/brief.pdf", since=asked),
    )
    return Page("brief.html", "Hand-over brief", context)


def send_text(visit: Visit) -> Answered:
    """Send the brief as Markdown."""
    text = write_markdown(_read(visit), tell)
    name = _name(visit, "md")
    return Download(text.encode(), "text/markdown; charset=utf-8", name)


def send_paper(visit: Visit) -> Answered:
    """Send the brief as PDF; where none can be made, say what is missing."""
    try:
        body = print_brief(_read(visit))
    except OutsideError as error:
        return Page("problem.html", "No PDF", Problem.from_error(error), 503)
    return Download(body, "application/pdf", _name(visit, "pdf"))


def _read(visit: Visit) -> Handover:
    return read_handover(shift_of(visit, visit.ask("since") or USUAL))


def _name(visit: Visit, ending: str) -> str:
    return f"handover-{visit.day(visit.lens.as_of)}.{ending}"
