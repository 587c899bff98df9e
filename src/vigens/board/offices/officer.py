"""The duty officer's page: is anything activated, whose clock runs, what changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Message, VigensError
from vigens.board.contexts import Page
from vigens.board.offices.changes import ChangeGroup, show_changes
from vigens.board.offices.clockface import (
    ClockPicture,
    ShownClock,
    draw_clocks,
    show_clock,
)
from vigens.board.tongues import tell
from vigens.board.views.first import ShownAnswer, show_answer
from vigens.board.views.why import ShownMissing, show_missing
from vigens.desk.shifts import (
    SHIFTS,
    begin_shift,
    clock_words,
    earlier,
    read_clocks,
    read_first_missing,
    read_next_acts,
    read_shift,
    time_left,
)

if TYPE_CHECKING:
    from vigens.board.contexts import Visit
    from vigens.desk import Session
    from vigens.desk.shifts import Clock, NextAct, Shift
    from vigens.journal import Entry

#: How many new entries are listed.
MOST_ENTRIES = 12

#: How many changes of one kind are listed; the page Compare has all.
MOST_CHANGES = 12

#: The shift that is looked back on where none is chosen.
USUAL = f"{SHIFTS[-1]}h"


@dataclass(frozen=True, slots=True)
class ShownAct:
    """Somebody who acts next."""

    who: tuple[str, ...]
    is_named: bool
    what: str
    when: str
    left: str
    kind: str
    href: str


@dataclass(frozen=True, slots=True)
class News:
    """One entry that came to be known."""

    title: str
    kind: str
    happened: str
    href: str


@dataclass(frozen=True, slots=True)
class ShownShift:
    """What changed since a shift began.

    Attributes:
        since: When it began, in words.
        asked: As it was asked for.
        choices: Other shifts, as `(value, address, is chosen)`.
        groups: What differs.
        news: What came to be known, the latest first.
        n_news: How many there are in all.
        fault: What is wrong with the shift asked for.
        mend: How to mend it.
    """

    since: str
    asked: str
    choices: tuple[tuple[str, str, bool], ...]
    groups: tuple[ChangeGroup, ...]
    news: tuple[News, ...]
    n_news: int
    fault: str = ""
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Officer:
    """The page."""

    headline: ShownAnswer | None
    missing: ShownMissing | None
    picture: ClockPicture | None
    sure: tuple[ShownClock, ...]
    possible: tuple[ShownClock, ...]
    steps: tuple[ShownClock, ...]
    acts: tuple[ShownAct, ...]
    shift: ShownShift
    brief: str
    brief_text: str
    brief_paper: str
    clocks: str


def show_officer(visit: Visit) -> Page:
    """Show the duty officer's page."""
    session = visit.session
    clocks = read_clocks(session)
    dated = [c for c in clocks if c.earliest is not None]
    lacking = read_first_missing(session)
    shift = show_shift(visit)
    since = shift.asked
    context = Officer(
        first_line(visit),
        show_missing(lacking.missing) if lacking else None,
        draw_clocks(visit, dated),
        *split_clocks(visit, clocks),
        tuple(show_act(visit, act) for act in read_next_acts(session)),
        shift,
        visit.link("/brief", since=since),
        visit.link("/brief.md", since=since),
        visit.link("/brief.pdf", since=since),
        visit.link("/clocks"),
    )
    return Page("officer.html", "Duty officer", context)


def first_line(visit: Visit) -> ShownAnswer | None:
    """Lay out the case in one line; none where the case names no headline."""
    session = visit.session
    question = session.case.settings.headline
    name = (question or "").partition("(")[0]
    if question is None or name not in session.case.program.fluents:
        return None
    return show_answer(visit, session.ask(question)[0])


def split_clocks(
    visit: Visit, clocks: tuple[Clock, ...]
) -> tuple[tuple[ShownClock, ...], tuple[ShownClock, ...], tuple[ShownClock, ...]]:
    """Lay clocks out: those that surely run, those that may, planned steps."""
    sure = [c for c in clocks if c.kind == "deadline" and c.is_sure]
    possible = [c for c in clocks if c.kind == "deadline" and not c.is_sure]
    steps = [c for c in clocks if c.kind == "step"]
    first, second, third = (
        tuple(show_clock(visit, clock) for clock in some)
        for some in (sure, possible, steps)
    )
    return first, second, third


def show_act(visit: Visit, act: NextAct) -> ShownAct:
    """Lay out who acts next."""
    session = visit.session
    who = tuple(session.case.program.title_of(name) for name in act.actors)
    if not who:
        who = (act.unstated or "nobody is named",)
    href = visit.link(f"/entry/{act.ref}") if act.ref else ""
    if act.clock is not None:
        href = visit.link(f"/obligation/{act.clock.name}")
    return ShownAct(
        who,
        bool(act.actors),
        act.what,
        clock_words(session, act.clock) if act.clock else "",
        time_left(session, act.clock) if act.clock else "",
        act.kind,
        href,
    )


def shift_of(visit: Visit, asked: str) -> Shift:
    """Look back on a shift, with the eyes of whoever asks.

    Raises:
        VigensError: It cannot be looked back on.
    """
    session = visit.session
    then = begin_shift(session.lens, asked)
    at = visit.asked
    is_present = not (at.as_of or at.known_at or at.recorded_at)
    return read_shift(_since(visit, session, then, is_present=is_present), session)


def _since(visit: Visit, session: Session, then: int, *, is_present: bool) -> Session:
    whole = visit.casebook.case()
    lens = earlier(whole, session.lens, then, is_present=is_present)
    return visit.casebook.through(whole, lens)


def show_shift(visit: Visit) -> ShownShift:
    """Lay out what changed since a shift began; a wrong one is named."""
    asked = visit.ask("since") or USUAL
    choices = tuple(
        (
            tell(Message("{n} h", n=hours)),
            visit.link(visit.path, since=f"{hours}h"),
            f"{hours}h" == asked,
        )
        for hours in SHIFTS
    )
    try:
        shift = shift_of(visit, asked)
    except VigensError as error:
        return ShownShift("", "", choices, (), (), 0, error.what, error.mend)
    lens = shift.since.lens
    return ShownShift(
        shift.since.date(lens.as_of),
        asked,
        choices,
        show_changes(visit, shift.changes, most=MOST_CHANGES),
        tuple(_news(visit, entry) for entry in shift.news[:MOST_ENTRIES]),
        len(shift.news),
    )


def _news(visit: Visit, entry: Entry) -> News:
    return News(
        entry.title, entry.kind, entry.happened or "", visit.link(f"/entry/{entry.id}")
    )
