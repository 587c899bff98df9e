"""The bounds of rows: four instants decide, as in `vigens.engine.inertia`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.engine.intervals import LOW
from vigens.engine.queue.effects import START
from vigens.engine.queue.gates import NO, OPEN, YES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vigens.engine.queue.limits import Clause

_NEVER = LOW - 2


class RowBounds:
    """The latest possible and forced starts and stops of each row.

    Attributes:
        start_open: Row to how many stretches of possible starts are open.
        start_last: Row to the latest possible start of a closed one.
        start_must: Row to the latest forced start.
        stop_open: As for starts.
        stop_last: As for starts.
        stop_must: As for starts.
        timed_open: As for starts, of those that set timers.
        timed_last: As for starts, of those that set timers.
        timed_must: As for starts, of those that set timers.
        serial: Row to how many of those there have been.
        plain_last: Row to the latest possible start that sets no timer.
        touched: Rows to be worked out.
        raised: Rows that were surely stopped, or begun anew, at the instant.
    """

    def __init__(
        self,
        size: int,
        rivals: Mapping[int, tuple[int, ...]],
        clauses: Mapping[int, tuple[Clause, ...]],
    ) -> None:
        """Begin with rows that nothing has moved.

        Args:
            size: How many rows there are.
            rivals: Row to those that its start stops.
            clauses: Row to its time limits.
        """
        self._rivals, self._clauses = rivals, clauses
        self.plain_last = [_NEVER - 1] * size
        self.start_open, self.stop_open = [0] * size, [0] * size
        self.start_last, self.start_must = [_NEVER - 1] * size, [_NEVER - 1] * size
        self.stop_last, self.stop_must = [_NEVER] * size, [_NEVER] * size
        self.timed_open, self.serial = [0] * size, [0] * size
        self.timed_last, self.timed_must = [_NEVER] * size, [_NEVER] * size
        self.touched: set[int] = set()
        self.raised: set[int] = set()

    def open(self, kind: int, row: int) -> None:
        """Let a start or stop be possible from now on."""
        self.touched.add(row)
        if kind != START:
            self.stop_open[row] += 1
            return
        self.start_open[row] += 1
        for rival in self._rivals.get(row, ()):
            self.stop_open[rival] += 1
            self.touched.add(rival)

    def close(self, kind: int, row: int) -> None:
        """Let it not be possible any more."""
        if kind != START:
            self.stop_open[row] -= 1
            return
        self.start_open[row] -= 1
        for rival in self._rivals.get(row, ()):
            self.stop_open[rival] -= 1

    def note(
        self, kind: int, row: int, since: int, last: int, *, is_sure: bool
    ) -> None:
        """Keep that a row was started or stopped, and its rivals stopped."""
        stopped: tuple[int, ...] = (row,)
        if kind == START:
            self.start_last[row] = max(self.start_last[row], last)
            if is_sure:
                self.start_must[row] = max(self.start_must[row], since)
            stopped = self._rivals.get(row, ())
        self.touched.add(row)
        for each in stopped:
            self.touched.add(each)
            self.stop_last[each] = max(self.stop_last[each], last)
            if is_sure and since > self.stop_must[each]:
                self.stop_must[each] = since
                self.raised.add(each)

    def note_timed(self, row: int, since: int, last: int, *, is_sure: bool) -> None:
        """Keep that a start set timers."""
        self.timed_last[row] = max(self.timed_last[row], last)
        if is_sure and since > self.timed_must[row]:
            self.timed_must[row] = since
            self.raised.add(row)

    def note_plain(self, row: int, last: int) -> None:
        """Keep that a start set no timers."""
        self.plain_last[row] = max(self.plain_last[row], last)

    def _latest_start(self, row: int, instant: int) -> int:
        """Give the latest possible start that has not run out by its own time."""
        for clause in self._clauses.get(row, ()):
            timed = self.timed_last[row]
            if timed > _NEVER and clause.ends(timed) <= instant:
                return self.plain_last[row]
        return self.start_last[row]

    def code(self, row: int, instant: int) -> int:
        """Say what events let a row come to at an instant.

        Source:
            Event calculus with bounds, design section 4.3.
        """
        start = instant if self.start_open[row] else self._latest_start(row, instant)
        stop = instant if self.stop_open[row] else self.stop_last[row]
        if stop < self.start_must[row]:
            return YES
        return OPEN if start > self.stop_must[row] else NO
