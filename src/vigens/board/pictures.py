"""Pictures as numbers: a template draws them as inline SVG with a text beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from vigens.chrono import civil_date, day_start
from vigens.desk import read_timeline, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.desk import Answer, Session

WIDTH = 640
LEFT = 76
RIGHT = 16
MOST_TICKS = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch of time, placed."""

    x: float
    width: float
    words: str


@dataclass(frozen=True, slots=True)
class Tick:
    """One mark on the axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A timeline with surely and possibly drawn apart.

    Attributes:
        width: Of the drawing.
        left: Where time begins.
        surely: Where it surely holds.
        possibly: Where it possibly holds.
        ticks: Marks of the axis.
        evidence: Where the evidence lies.
        looked: Where the last look ends, if it counts.
        end: Where the day asked about lies.
        words: The same in words, line by line.
    """

    width: int
    left: int
    surely: tuple[Bar, ...]
    possibly: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    evidence: tuple[Tick, ...]
    looked: Tick | None
    end: Tick
    words: tuple[str, ...]


def draw_timeline(session: Session, answer: Answer) -> Picture:
    """Place the intervals of an answer between the case's beginning and its day."""
    lens, zone = session.lens, session.lens.zone
    begin = session.case.settings.begins
    seen = [
        node
        for node in walk(answer.node)
        if node.instant is not None and node.ref and begin <= node.instant <= lens.as_of
    ]
    scale = _Scale(min(begin, lens.as_of - 86400), lens.as_of)
    found = list(read_timeline(session, answer.question))
    bars: dict[str, list[Bar]] = {"surely": [], "possibly": []}
    words = []
    for each in found:
        start = scale.x(each.start if each.start is not None else scale.first)
        end = scale.x(each.end if each.end is not None else scale.last)
        first = "the beginning" if each.start is None else session.date(each.start)
        last = "the day asked about" if each.end is None else session.date(each.end)
        text = f"{each.bound} from {first} until {last}"
        bars[each.bound].append(Bar(start, max(1.5, round(end - start, 1)), text))
        words.append(text)
    if not found:
        words.append("at no time up to the day asked about, not even possibly")
    looked = None
    if answer.last_looked is not None and begin < answer.last_looked < lens.as_of:
        day = civil_date(answer.last_looked - 1, zone).isoformat()
        looked = Tick(scale.x(answer.last_looked), f"last looked {day}")
        words.append(looked.label)
    return Picture(
        WIDTH,
        LEFT,
        tuple(bars["surely"]),
        tuple(bars["possibly"]),
        tuple(_ticks(scale, zone)),
        tuple(
            Tick(scale.x(instant), text)
            for instant, text in dict.fromkeys((n.instant, n.text) for n in seen)
            if instant is not None
        ),
        looked,
        Tick(scale.x(lens.as_of), civil_date(lens.as_of, zone).isoformat()),
        tuple(words),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    first: int
    last: int

    def x(self, instant: int) -> float:
        inside = min(max(instant, self.first), self.last)
        share = (inside - self.first) / max(1, self.last - self.first)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)


def _ticks(scale: _Scale, zone: str) -> Iterator[Tick]:
    first, last = civil_date(scale.first, zone), civil_date(scale.last, zone)
    months = (last.year - first.year) * 12 + last.month - first.month
    step = next(
        (n for n in (1, 2, 3, 6, 12, 24, 60, 120, 240) if months / n <= MOST_TICKS),
        1200,
    )
    index = first.year * 12 + first.month - 1
    index += -index % step
    while index <= last.year * 12 + last.month - 1:
        day = date(index // 12, index % 12 + 1, 1)
        instant = day_start(day, zone)
        if scale.first <= instant <= scale.last:
            label = str(day.year) if step >= 12 else f"{day:%Y-%m}"
            yield Tick(scale.x(instant), label)
        index += step
