"""The last whole day against the day before: first what nobody looked at, then counts.

Silence is never read as quiet: a number of a day on which nobody looked, or looked only
in part, has no upper bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from vigens.base import Dated, Message
from vigens.chrono import civil_date, day_start
from vigens.desk.inquiry.attributions import Attribution, read_attributions
from vigens.engine import complement, intersect, phrase_in_general, union
from vigens.model import POSSIBLE, SURE, Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.desk.answers import Session
    from vigens.model import Coverage, EventColumns
    from vigens.rules import EventType

#: Most entries that are named beside a number.
MOST_REFS = 20

ALL_DAY, PART, NOBODY = "all day", "part of the day", "nobody looked"


@dataclass(frozen=True, slots=True)
class Day:
    """One civil day: its date, its first instant, the instant after its last."""

    date: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Number:
    """How often something happened on a day.

    Attributes:
        surely: So often at least.
        possibly: So often at most, of what is recorded.
        looked: How much of the day somebody looked.
        refs: Entries that tell of it, as `(id, title)`, some of them where there are
            many; rows of tables have none.
    """

    surely: int
    possibly: int
    looked: str
    refs: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> str:
        """Say the number with its range; without a look it has no upper bound."""
        if self.looked == ALL_DAY:
            if self.surely == self.possibly:
                return str(self.surely)
            return Message("{low} to {high}", low=self.surely, high=self.possibly)
        if self.possibly == 0:
            return Message("not known")
        if self.surely == self.possibly:
            return Message("{low} or more", low=self.surely)
        return Message("{low} to {high}, or more", low=self.surely, high=self.possibly)


@dataclass(frozen=True, slots=True)
class DayCount:
    """One kind of event on both days."""

    event: str
    title: str
    day: Number
    before: Number

    @property
    def is_quiet(self) -> bool:
        """Say whether one looked on both days, and nothing was seen."""
        return all(
            number.possibly == 0 and number.looked == ALL_DAY
            for number in (self.day, self.before)
        )

    @property
    def is_silent(self) -> bool:
        """Say whether nothing is recorded on either day, wherever one looked."""
        return self.day.possibly == 0 and self.before.possibly == 0


@dataclass(frozen=True, slots=True)
class Watch:
    """What somebody watches, and whether it was watched on these days.

    Attributes:
        note: What the case says of it.
        events: Kinds of events; empty stands for all that are not secret.
        keys: For whom or where; empty stands for everybody and everywhere.
        day: How much of the last day.
        before: How much of the day before.
        last: The last day on which somebody looked.
    """

    note: str
    events: tuple[str, ...]
    keys: tuple[str, ...]
    day: str
    before: str
    last: str

    @property
    def is_gap(self) -> bool:
        """Say whether some of either day was not watched."""
        return (self.day, self.before) != (ALL_DAY, ALL_DAY)


@dataclass(frozen=True, slots=True)
class LastDay:
    """The monitor's two days.

    Attributes:
        day: The last day that is over by the day asked about.
        before: The day before it.
        gaps: Watches with a gap on either day.
        watched: Watches without one.
        never: Kinds of events that no look covers at all, as `(name, words)`.
        secret: Kinds of events that are secret by nature: nobody can look for them.
        counts: Kinds of events with something recorded on either day, or not watched.
        quiet: Kinds watched on both days with nothing seen.
        attributions: Incidents whose author is not settled.
        n_settled: Incidents whose author is settled.
        last_watched: The last day that any watch covers.
    """

    day: Day
    before: Day
    gaps: tuple[Watch, ...]
    watched: tuple[Watch, ...]
    never: tuple[tuple[str, str], ...]
    secret: tuple[tuple[str, str], ...]
    counts: tuple[DayCount, ...]
    quiet: tuple[DayCount, ...]
    attributions: tuple[Attribution, ...]
    n_settled: int
    last_watched: str


def read_last_day(session: Session) -> LastDay:
    """Compare the last whole day with the day before, unlooked-at things first."""
    day, before = last_days(session)
    watches = tuple(_watches(session, day, before))
    counts = [
        _count(session, event, day, before)
        for event in session.case.program.events.values()
        if not event.is_secret
    ]
    covered = [
        name
        for name in session.case.program.events
        if session.assembled.world.covered(name)
    ]
    known = {*covered, *(watch for one in watches for watch in one.events)}
    found = read_attributions(session)
    return LastDay(
        day,
        before,
        tuple(one for one in watches if one.is_gap),
        tuple(one for one in watches if not one.is_gap),
        tuple(
            (event.name, plain_words(event))
            for event in session.case.program.events.values()
            if not event.is_secret and event.name not in known
        ),
        tuple(
            (event.name, plain_words(event))
            for event in session.case.program.events.values()
            if event.is_secret
        ),
        tuple(one for one in counts if not one.is_silent),
        tuple(one for one in counts if one.is_quiet),
        tuple(one for one in found if not one.is_settled),
        sum(one.is_settled for one in found),
        max((one.last for one in watches), default=""),
    )


def last_days(session: Session) -> tuple[Day, Day]:
    """Give the last civil day that is over by the day asked about, and the one before.

    The end of a day is its last second, so a lens as of a day shows that day.
    """
    lens = session.lens
    following = civil_date(lens.as_of + 1, lens.zone)
    day, before = following - timedelta(days=1), following - timedelta(days=2)
    starts = [day_start(date, lens.zone) for date in (before, day, following)]
    return (
        Day(Dated(day), starts[1], starts[2]),
        Day(Dated(before), starts[0], starts[1]),
    )


def plain_words(event: EventType) -> str:
    """Say a kind of event without its arguments: `the breach … happens`."""
    return phrase_in_general(event)


def _watches(session: Session, day: Day, before: Day) -> Iterator[Watch]:
    grouped: dict[tuple[object, ...], list[Coverage]] = {}
    for part in session.assembled.world.coverage:
        key = (part.note, tuple(sorted(part.events)), tuple(sorted(part.keys)))
        grouped.setdefault(key, []).append(part)
    for parts in grouped.values():
        spans = union((part.start, part.end) for part in parts)
        yield Watch(
            parts[0].note,
            tuple(sorted(parts[0].events)),
            tuple(sorted(parts[0].keys)),
            _looked(spans, day),
            _looked(spans, before),
            session.day(spans[-1][1] - 1) if spans else "",
        )


def _looked(spans: tuple[tuple[int, int], ...], day: Day) -> str:
    if not intersect(spans, ((day.start, day.end),)):
        return NOBODY
    left = complement(spans, day.start, day.end)
    return PART if left else ALL_DAY


def _count(session: Session, event: EventType, day: Day, before: Day) -> DayCount:
    return DayCount(
        event.name,
        plain_words(event),
        _number(session, event.name, day),
        _number(session, event.name, before),
    )


def _number(session: Session, event: str, day: Day) -> Number:
    world = session.assembled.world
    surely = possibly = 0
    refs: dict[str, None] = {}
    for found in world.happenings.get(event, ()):
        if found.weight not in (Weight.SURE, Weight.POSSIBLE):
            continue
        if found.first < day.end and found.last >= day.start:
            possibly += 1
            is_inside = day.start <= found.first and found.last < day.end
            surely += is_inside and found.weight is Weight.SURE
            if not found.is_hypothesis:
                refs[found.ref] = None
    for columns in world.bulk.get(event, ()):
        sure, perhaps = _of_columns(columns, day)
        surely, possibly = surely + sure, possibly + perhaps
    width = len(session.case.program.events[event].params)
    spans = world.covered(event, (None,) * width)
    looked = _looked(spans, day)
    if looked == NOBODY and any(
        part.keys
        and (not part.events or event in part.events)
        and part.start < day.end
        and day.start < part.end
        for part in world.coverage
    ):
        looked = PART  # for some parties or places only
    view = session.assembled.view
    titles = [
        (ref, entry.title)
        for ref in list(refs)[:MOST_REFS]
        for entry in view.current(ref)
    ]
    return Number(surely, possibly, looked, tuple(titles))


def _of_columns(columns: EventColumns, day: Day) -> tuple[int, int]:
    touches = (columns.first < day.end) & (columns.last >= day.start)
    inside = (columns.first >= day.start) & (columns.last < day.end)
    counts = (columns.weights == SURE) | (columns.weights == POSSIBLE)
    sure = inside & (columns.weights == SURE)
    return int(sure.sum()), int((touches & counts).sum())
