"""What the first page shows of a case that names no first line of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Dated
from vigens.board.evidence import ShownPlace, show_place
from vigens.board.signs import Sign, sign_of
from vigens.desk.inquiry import last_look, read_overview
from vigens.engine import Verdict, phrase_in_general

if TYPE_CHECKING:
    from vigens.board.contexts import Visit


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text and whether it stands."""

    title: str
    place: ShownPlace | None
    status: str
    sign: Sign | None
    href: str
    since: str
    parties: tuple[int, int] | None
    matrix: str


@dataclass(frozen=True, slots=True)
class ShownState:
    """An own state of the case: of how many things it holds, or is not known."""

    title: str
    href: str
    counts: tuple[tuple[Sign | None, int], ...]


@dataclass(frozen=True, slots=True)
class ShownOverview:
    """How texts and own states stand, where no first line is named."""

    texts: tuple[ShownText, ...]
    states: tuple[ShownState, ...]


def last_looked(visit: Visit) -> tuple[str, str] | None:
    """Give the last day on which anybody looked, and this page as of that day.

    Returns:
        Nothing where somebody looked until the day asked about, or nobody ever did.
    """
    found = last_look(visit.session)
    if found is None:
        return None
    day = visit.day(found)
    return day, visit.here(as_of=day)


def show_overview(visit: Visit) -> ShownOverview:
    """Lay out how the texts and the own states of a case stand."""
    session = visit.session
    found = read_overview(session)
    texts = tuple(
        ShownText(
            each.text.title,
            show_place(visit, each.text.place),
            each.text.text_status,
            sign_of(each.verdict) if each.verdict is not None else None,
            visit.link("/why", q=each.question) if each.question else "",
            Dated(each.since) if each.since else "",
            each.n_parties,
            visit.link("/matrix", text=each.text.name),
        )
        for each in found.texts
    )
    states = tuple(
        ShownState(
            phrase_in_general(each.fluent),
            visit.link("/why", q=each.question),
            tuple(
                (sign_of(verdict), number)
                for verdict, number in (
                    (Verdict.HOLDS, each.yes),
                    (Verdict.OPEN, each.unknown),
                    (Verdict.FAILS, each.no),
                )
                if number
            ),
        )
        for each in found.states
    )
    return ShownOverview(texts, states)
