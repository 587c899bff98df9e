"""Timelines as pictures: surely solid, possibly hatched, one lane for each state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.board.axis import Axis, Bar, Tick
from vigens.board.tongues import _, tell
from vigens.chrono import civil_date
from vigens.desk.histories import moment_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vigens.board.onlookers import Onlooker
    from vigens.desk import Session
    from vigens.desk.histories import Lane, Stretch

#: Height of one lane with its label above it, and where time begins.
LANE = 42
LEFT = 4


@dataclass(frozen=True, slots=True)
class ShownLane:
    """One lane, placed."""

    y: int
    label: str
    text: str
    href: str
    surely: tuple[Bar, ...]
    possibly: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class LaneLine:
    """One stretch of one lane in words, for the table."""

    text: str
    href: str
    bound: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class LanePicture:
    """Lanes on one axis, and the same as lines of a table."""

    width: int
    height: int
    left: int
    ticks: tuple[Tick, ...]
    end: Tick
    begins: str
    lanes: tuple[ShownLane, ...]
    lines: tuple[LaneLine, ...]
    words: str


def draw_lanes(
    visit: Onlooker, lanes: Sequence[Lane], begin: int | None = None
) -> LanePicture | None:
    """Place lanes between the beginning and the day asked about; none of none.

    Args:
        visit: Who looks.
        lanes: Of a timeline.
        begin: Where the axis begins, UTC seconds; by default with the case.
    """
    if not lanes:
        return None
    session = visit.session
    last, zone = session.lens.as_of, session.lens.zone
    first = min(session.case.settings.begins if begin is None else begin, last - 86400)
    axis = Axis(first, last, zone, left=LEFT)
    shown = []
    lines: list[LaneLine] = []
    for number, lane in enumerate(lanes):
        href = visit.link("/why", q=lane.question) if lane.question else ""
        own = list(_lines(session, lane, href))
        lines.extend(own)
        shown.append(
            ShownLane(
                LANE * number + 10,
                lane.label,
                lane.text,
                href,
                tuple(_bars(session, axis, lane.surely, "surely")),
                tuple(_bars(session, axis, lane.possibly, "possibly")),
            )
        )
    words = "; ".join(
        f"{tell(line.text)}: {line.bound}, {tell(line.start)} – {tell(line.end)}"
        for line in lines[:40]
    )
    return LanePicture(
        axis.width,
        LANE * len(lanes) + 32,
        axis.left,
        tuple(axis.ticks()),
        Tick(axis.x(last), tell(civil_date(last, zone))),
        tell(civil_date(first, zone)),
        tuple(shown),
        tuple(lines),
        words,
    )


def _bars(
    session: Session, axis: Axis, stretches: tuple[Stretch, ...], bound: str
) -> Iterator[Bar]:
    for start, end in stretches:
        if end is not None and end <= axis.first:
            continue
        words = (
            f"{_(bound)}: {tell(_start(session, start))} – {tell(_end(session, end))}"
        )
        yield axis.bar(start, end, words)


def _lines(session: Session, lane: Lane, href: str) -> Iterator[LaneLine]:
    for bound, stretches in (("surely", lane.surely), ("possibly", lane.possibly)):
        for start, end in stretches:
            yield LaneLine(
                lane.text, href, _(bound), _start(session, start), _end(session, end)
            )


def _start(session: Session, start: int | None) -> str:
    return moment_words(session, start) or _("the beginning")


def _end(session: Session, end: int | None) -> str:
    return moment_words(session, end) or _("the day asked about")
