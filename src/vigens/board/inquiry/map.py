"""The map of stances: one question asked of every state, drawn and in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Message
from vigens.board.atlas import DISCLAIMER, Atlas, draw_atlas, has_outlines
from vigens.board.contexts import Page
from vigens.board.signs import Sign, legend, sign_of
from vigens.board.tongues import tell
from vigens.board.views.overview import last_looked
from vigens.desk.inquiry import list_stances, read_stances

if TYPE_CHECKING:
    from vigens.board.contexts import Visit
    from vigens.desk.inquiry import Stance


@dataclass(frozen=True, slots=True)
class ShownStance:
    """One state's answer, with its sign and where its reasons stand."""

    party: str
    title: str
    sign: Sign | None
    cause: str
    href: str


@dataclass(frozen=True, slots=True)
class MapPage:
    """The page.

    Attributes:
        question: As asked; empty where the case has none that fits.
        title: In words.
        choices: Questions to choose from, as `(question, words, is_chosen)`.
        is_own: Whether the question was written by hand.
        stances: Of states.
        others: Of parties that are no states.
        by_code: Style of each state on the map.
        atlas: The drawing; none where there are no outlines or no states.
        can_draw: Whether outlines are installed.
        legend: Every sign.
        counted: How many states have which sign, as `(sign, number)`.
        disclaimer: What the map says of itself.
    """

    question: str
    title: str
    choices: tuple[tuple[str, str, bool], ...]
    is_own: bool
    stances: tuple[ShownStance, ...]
    others: tuple[ShownStance, ...]
    by_code: dict[str, ShownStance]
    atlas: Atlas | None
    can_draw: bool
    legend: tuple[Sign, ...]
    counted: tuple[tuple[Sign, int], ...]
    disclaimer: tuple[str, ...]


def show_map(visit: Visit) -> Page:
    """Show who stands where on one question."""
    session = visit.session
    known = list_stances(session)
    question = visit.ask("q") or (known[0][0] if known else "")
    if not question:
        empty = MapPage(
            "",
            "",
            (),
            False,
            (),
            (),
            {},
            None,
            has_outlines(),
            legend(),
            (),
            DISCLAIMER,
        )
        return Page("map.html", "Map", empty)
    found = read_stances(session, question)
    stances = tuple(_shown(visit, stance) for stance in found.stances)
    by_code = {stance.party: stance for stance in stances}
    atlas = draw_atlas(tuple(by_code)) if by_code and has_outlines() else None
    context = MapPage(
        question,
        found.title,
        tuple((asked, words, asked == question) for asked, words in known),
        question not in dict(known),
        stances,
        tuple(_shown(visit, stance) for stance in found.others),
        by_code,
        atlas,
        has_outlines(),
        legend(),
        tuple((s, sum(each.sign == s for each in stances)) for s in legend()),
        DISCLAIMER,
    )
    title = tell(Message("Map: {question}", question=found.title))
    return Page("map.html", title, context, looked=last_looked(visit))


def _shown(visit: Visit, stance: Stance) -> ShownStance:
    answer = stance.answer
    cause = answer.causes[0].text if answer.causes else answer.reason
    return ShownStance(
        stance.party,
        stance.title,
        sign_of(answer.verdict),
        cause,
        visit.link("/why", q=answer.question),
    )
