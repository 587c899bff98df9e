"""A tally of a circle, counted as its occurrences come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.engine.intervals import HIGH, LOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from vigens.engine.queue.effects import Effect
    from vigens.engine.queue.pieces import Run

#: What moves a tally: it counts, a window opens, it closes.
COUNT, OPEN, CLOSE = "count", "open", "close"


class Adding:
    """What a tally has come to, for each row.

    The last window that opened by an occurrence decides whether that counts; see
    `vigens.engine.windows`.

    Attributes:
        place: In the order of each instant.
        log: Row, instant and amount of whatever has counted.
    """

    def __init__(
        self,
        place: int,
        base: int,
        size: int,
        *,
        is_open: bool,
        within: Callable[[int], int] | None,
        until: Callable[[int], int],
    ) -> None:
        """Begin at nothing.

        Args:
            place: In the order of each instant.
            base: Where its rows begin.
            size: How many there are.
            is_open: Whether it counts from the outset.
            within: When a window closes by itself, from when it opens.
            until: When it closes, from the occurrence that closes it.
        """
        self.place = place
        self.log: list[tuple[int, int, int]] = []
        self._base = base
        self._within, self._until = within, until
        self._sums = [0] * size
        self._is_open = [is_open] * size
        #: Until when the last window counts, and whether something closed it.
        self._closes = [HIGH] * size
        self._is_closed = [False] * size

    def begin(self, run: Run) -> None:
        """Begin at nothing."""

    def step(self, run: Run, instant: int) -> None:
        """Open and close windows, then count what lies in one."""
        effects = run.applied(self.place, instant)
        for effect in effects:
            if effect.word == OPEN:
                self._open(effect, instant)
        for effect in effects:
            if effect.word == CLOSE:
                self._close(effect, instant)
        for effect in effects:
            if effect.word == COUNT:
                self._count(run, effect, instant)

    def _open(self, effect: Effect, instant: int) -> None:
        for row in effect.rows:
            at = row - self._base
            self._is_open[at], self._is_closed[at] = True, False
            self._closes[at] = HIGH if self._within is None else self._within(instant)

    def _close(self, effect: Effect, instant: int) -> None:
        for row in effect.rows:
            at = row - self._base
            if self._is_open[at] and not self._is_closed[at]:
                self._is_closed[at] = True
                self._closes[at] = min(self._closes[at], self._until(instant))

    def _count(self, run: Run, effect: Effect, instant: int) -> None:
        if effect.amount < 0:
            run.lose()
        for row in effect.rows:
            at = row - self._base
            if self._is_open[at] and LOW < instant < self._closes[at]:
                self._sums[at] += effect.amount
                self.log.append((at, instant, effect.amount))
                run.change(row, self._sums[at])

    def clear(self, run: Run) -> None:
        """Keep everything."""
