"""Pictures as numbers: a template draws them as inline SVG with a text beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Message
from vigens.board.axis import Axis, Bar, Tick
from vigens.board.tongues import _, tell
from vigens.chrono import civil_date
from vigens.desk import read_timeline, walk

if TYPE_CHECKING:
    from vigens.desk import Answer, Session


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
    scale = Axis(min(begin, lens.as_of - 86400), lens.as_of, zone)
    found = list(read_timeline(session, answer.question))
    bars: dict[str, list[Bar]] = {"surely": [], "possibly": []}
    words = []
    for each in found:
        first = session.date(each.start) or Message("the beginning")
        last = session.date(each.end) or Message("the day asked about")
        text = tell(
            Message(
                "{bound} from {first} until {last}",
                bound=Message(each.bound),
                first=first,
                last=last,
            )
        )
        bars[each.bound].append(scale.bar(each.start, each.end, text))
        words.append(text)
    if not found:
        words.append(_("at no time up to the day asked about, not even possibly"))
    looked = None
    if answer.last_looked is not None and begin < answer.last_looked < lens.as_of:
        day = civil_date(answer.last_looked - 1, zone)
        looked = Tick(
            scale.x(answer.last_looked), tell(Message("last looked {day}", day=day))
        )
        words.append(looked.label)
    return Picture(
        scale.width,
        scale.left,
        tuple(bars["surely"]),
        tuple(bars["possibly"]),
        tuple(scale.ticks()),
        tuple(
            Tick(scale.x(instant), text)
            for instant, text in dict.fromkeys((n.instant, n.text) for n in seen)
            if instant is not None
        ),
        looked,
        Tick(scale.x(lens.as_of), tell(civil_date(lens.as_of, zone))),
        tuple(words),
    )
