"""An axis of time: instants become places, and round dates become its marks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from vigens.board.tongues import tick_words
from vigens.chrono import civil_date, day_start

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH = 640
LEFT = 104
RIGHT = 16
MOST_TICKS = 8

_DAY = 86400
#: Below so many days the marks are days, not months.
_SHORT = 75


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
class Axis:
    """Two instants and where they lie.

    Attributes:
        first: UTC seconds, at the left end.
        last: UTC seconds, at the right end.
        zone: Whose civil days the marks are.
        left: Where time begins.
        width: Of the whole drawing.
    """

    first: int
    last: int
    zone: str
    left: int = LEFT
    width: int = WIDTH

    def x(self, instant: int) -> float:
        """Place an instant; one outside stands at the end."""
        inside = min(max(instant, self.first), self.last)
        share = (inside - self.first) / max(1, self.last - self.first)
        return round(self.left + share * (self.width - self.left - RIGHT), 1)

    def bar(self, start: int | None, end: int | None, words: str) -> Bar:
        """Place a stretch of time; an end that is not known is the axis's own."""
        left = self.x(self.first if start is None else start)
        right = self.x(self.last if end is None else end)
        return Bar(left, max(1.5, round(right - left, 1)), words)

    def ticks(self) -> Iterator[Tick]:
        """Mark round dates: days in a short span, else months or years."""
        if self.last - self.first < _SHORT * _DAY:
            yield from self._days()
        else:
            yield from self._months()

    def _days(self) -> Iterator[Tick]:
        first = civil_date(self.first, self.zone)
        n_days = (civil_date(self.last, self.zone) - first).days
        step = next((n for n in (1, 2, 7, 14) if n_days / n <= MOST_TICKS), 28)
        for number in range(0, n_days + 1, step):
            day = first + timedelta(days=number)
            instant = day_start(day, self.zone)
            if self.first <= instant <= self.last:
                yield Tick(self.x(instant), tick_words(day))

    def _months(self) -> Iterator[Tick]:
        first, last = (
            civil_date(self.first, self.zone),
            civil_date(self.last, self.zone),
        )
        months = (last.year - first.year) * 12 + last.month - first.month
        step = next(
            (n for n in (1, 2, 3, 6, 12, 24, 60, 120, 240) if months / n <= MOST_TICKS),
            1200,
        )
        index = first.year * 12 + first.month - 1
        index += -index % step
        while index <= last.year * 12 + last.month - 1:
            day = date(index // 12, index % 12 + 1, 1)
            instant = day_start(day, self.zone)
            if self.first <= instant <= self.last:
                is_year = step >= 12
                label = str(day.year) if is_year else tick_words(day, is_month=True)
                yield Tick(self.x(instant), label)
            index += step
