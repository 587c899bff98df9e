"""The monitor's first page: two days, and first what nobody looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.board.contexts import Page
from vigens.board.views import ShownCount, show_measured
from vigens.chrono import edtf_bounds, parse_edtf
from vigens.desk import read_counts
from vigens.desk.inquiry import read_last_day

if TYPE_CHECKING:
    from vigens.board.contexts import Visit
    from vigens.desk.inquiry import Attribution, LastDay
    from vigens.desk.inquiry import Day as DayOf


@dataclass(frozen=True, slots=True)
class Reported:
    """One measure: what was claimed of each of the two days, and the last before."""

    title: str
    href: str
    day: tuple[ShownCount, ...]
    before: tuple[ShownCount, ...]
    day_range: str
    before_range: str


@dataclass(frozen=True, slots=True)
class OpenCase:
    """An incident whose author is not settled, with where its reasons stand."""

    found: Attribution
    href: str
    entry: str
    words: tuple[tuple[str, str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Monitor:
    """The page."""

    found: LastDay
    measures: tuple[Reported, ...]
    unmeasured: int
    incidents: tuple[OpenCase, ...]
    as_watched: str
    case_file: str
    visit: Visit

    def entry(self, ref: str) -> str:
        """Give the address of an entry."""
        return self.visit.link(f"/entry/{ref}")


def show_monitor(visit: Visit) -> Page:
    """Show the last whole day against the day before."""
    session = visit.session
    found = read_last_day(session)
    measured = [_reported(visit, name, found) for name in session.case.program.measures]
    context = Monitor(
        found,
        tuple(one for one in measured if one.day or one.before),
        sum(not one.day and not one.before for one in measured),
        tuple(_open(visit, one) for one in found.attributions),
        visit.here(as_of=found.last_watched) if found.last_watched else "",
        visit.link("/counts"),
        visit,
    )
    return Page("monitor.html", "Last day", context)


def _open(visit: Visit, found: Attribution) -> OpenCase:
    return OpenCase(
        found,
        visit.link("/why", q=found.question),
        visit.link(f"/entry/{found.ref}") if found.ref else "",
        tuple(
            (
                word.speaker,
                word.says,
                word.accused,
                word.day,
                visit.link(f"/entry/{word.ref}") if word.ref else "",
            )
            for word in found.words
        ),
    )


def _reported(visit: Visit, name: str, found: LastDay) -> Reported:
    read = read_counts(visit.session, name)
    numbers = {count.ref: count for count in read.counts}
    shown = show_measured(visit, read)
    pairs = list(zip(numbers.values(), shown.counts, strict=True))
    zone = visit.session.lens.zone
    sides = []
    for day in (found.day, found.before):
        inside = [(c, s) for c, s in pairs if _is_on(c.happened, day, zone)]
        values = [count.number for count, _ in inside]
        words = ""
        if values:
            low, high = min(values), max(values)
            words = f"{low:,}" if low == high else f"{low:,} to {high:,}"
        sides.append((tuple(each for _, each in inside), words.replace(",", " ")))
    (day_counts, day_range), (before_counts, before_range) = sides
    return Reported(
        shown.title, shown.href, day_counts, before_counts, day_range, before_range
    )


def _is_on(happened: str, day: DayOf, zone: str) -> bool:
    """Say whether a count is of a day: its date lies within it."""
    if not happened:
        return False
    first, last = edtf_bounds(parse_edtf(happened), zone)
    if first is None or last is None:
        return False
    return day.start <= first and last < day.end
