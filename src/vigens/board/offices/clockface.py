"""Clocks laid out: in words, as bars on one axis, and as rows of a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Message
from vigens.board.axis import Axis, Bar, Tick
from vigens.board.signs import Sign, sign_of
from vigens.board.tongues import tell
from vigens.chrono import civil_date
from vigens.desk.shifts import anchor_words, clock_words, reading_words, time_left

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.board.onlookers import Onlooker
    from vigens.desk.shifts import Clock

#: Most lanes of one picture; the table below it has all of them.
MOST_LANES = 24
LANE = 36
LEFT = 8

#: Where a clock stands: shape, style and words.
_STANDS = {
    "ahead": ("▷", "ahead", Message("runs")),
    "between": ("◈", "between", Message("is reached, or may be")),
    "passed": ("▶", "over", Message("has passed")),
    "no date": ("○", "undated", Message("no date")),
}


@dataclass(frozen=True, slots=True)
class ShownClock:
    """One clock in words.

    Attributes:
        title: Of the obligation or step.
        href: Its page.
        who: Who has to act.
        is_named: Whether anybody is named.
        to: To whom it is owed, or empty.
        states: Every state that it may be in.
        is_sure: Whether it surely runs.
        shape: One character that differs in form.
        style: Class in the style sheet.
        stands: Where it stands, in words.
        when: The date or the range, in words.
        left: How long from the day asked about, in words.
        notes: Reading, anchor, caveat, what it is about.
        sign: Of a step: whether it is done.
    """

    title: str
    href: str
    who: tuple[str, ...]
    is_named: bool
    to: str
    states: tuple[str, ...]
    is_sure: bool
    shape: str
    style: str
    stands: str
    when: str
    left: str
    notes: tuple[str, ...]
    sign: Sign | None


@dataclass(frozen=True, slots=True)
class Lane:
    """One clock as a bar: the earliest day to the latest."""

    y: int
    label: str
    bar: Bar
    is_sure: bool
    is_step: bool
    href: str


@dataclass(frozen=True, slots=True)
class ClockPicture:
    """Dated clocks on one axis, with the day asked about."""

    width: int
    height: int
    left: int
    ticks: tuple[Tick, ...]
    now: Tick
    lanes: tuple[Lane, ...]
    n_more: int


def show_clock(visit: Onlooker, clock: Clock) -> ShownClock:
    """Lay one clock out in words."""
    session = visit.session
    program = session.case.program
    shape, style, stands = _STANDS[clock.stands(session.lens.as_of)]
    who = tuple(program.title_of(name) for name in clock.obligors)
    if not who and clock.unstated:
        who = (Message("unstated: {what}", what=clock.unstated),)
    is_step = clock.kind == "step"
    path = "/steps" if is_step else f"/obligation/{clock.name}"
    href = visit.link(path) + (f"#{clock.name}" if is_step else "")
    notes = list(clock.about)
    if clock.reading:
        words = reading_words(session, clock.reading)
        notes.append(Message("reading: {words}", words=words))
    if clock.anchor:
        anchor = anchor_words(program, clock.anchor)
        notes.append(Message("counted from: {anchor}", anchor=anchor))
    if clock.open_because and clock.earliest is not None:
        notes.append(clock.open_because)
    if clock.caveat:
        notes.append(clock.caveat)
    return ShownClock(
        clock.title,
        href if visit.link(path) else "",
        who,
        bool(clock.obligors),
        program.title_of(clock.obligee) if clock.obligee else "",
        clock.states,
        clock.is_sure,
        shape,
        style,
        stands,
        clock_words(session, clock),
        time_left(session, clock),
        tuple(notes),
        sign_of(clock.outcome),
    )


def draw_clocks(visit: Onlooker, clocks: Sequence[Clock]) -> ClockPicture | None:
    """Place dated clocks on one axis; none where no clock has a date."""
    session = visit.session
    dated = [
        (clock, clock.earliest, clock.latest)
        for clock in clocks
        if clock.earliest is not None and clock.latest is not None
    ]
    if not dated:
        return None
    now = session.lens.as_of
    shown = dated[:MOST_LANES]
    first = min(now, *(early for _, early, _ in shown))
    last = max(now, *(late for _, _, late in shown))
    margin = max(86400, (last - first) // 20)
    axis = Axis(first - margin, last + margin, session.lens.zone, left=LEFT)
    lanes = []
    for number, (clock, early, late) in enumerate(shown):
        start, end = axis.x(early), axis.x(late)
        said = show_clock(visit, clock)
        words = Message("{what}: {when}", what=clock.title, when=said.when)
        width = max(5.0, round(end - start, 1))
        bar = Bar(start, width, words)
        lanes.append(
            Lane(
                LANE * number + 22,
                clock.title,
                bar,
                clock.is_sure,
                clock.kind == "step",
                said.href,
            )
        )
    return ClockPicture(
        axis.width,
        LANE * len(shown) + 34,
        axis.left,
        tuple(axis.ticks()),
        Tick(axis.x(now), tell(civil_date(now, session.lens.zone))),
        tuple(lanes),
        len(dated) - len(shown),
    )
