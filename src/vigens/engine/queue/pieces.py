"""Pieces of a queue besides states and events: windows, durations, what happens now.

A piece has a place in the order of each instant. It is told what occurred and what
changed, sets its timers, and tells its rows to whoever reads them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from vigens.engine.intervals import LOW
from vigens.engine.queue.gates import NO, YES, decided

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from vigens.engine.queue.effects import Effect
    from vigens.engine.queue.gates import Gate


class Run(Protocol):
    """What a piece asks of its queue."""

    def applied(self, place: int, instant: int) -> list[Effect]:
        """Take what occurs at a place and counts."""

    def timers(self, place: int) -> Sequence[Any]:
        """Take what runs out at a place."""

    def rows_at(self, place: int) -> Iterable[int]:
        """Take the rows of a place whose conditions may have changed."""

    def later(self, instant: int, place: int, item: tuple[Any, ...]) -> None:
        """Let something run out at an instant."""

    def change(self, row: int, code: int) -> None:
        """Tell what a row comes to from now on."""

    def lose(self) -> None:
        """Say that the queue cannot work this circle out."""


class Piece(Protocol):
    """Something in a circle that is worked out in its own way."""

    place: int

    def begin(self, run: Run) -> None:
        """Lay down what holds from the outset."""

    def step(self, run: Run, instant: int) -> None:
        """Take what comes at an instant."""

    def clear(self, run: Run) -> None:
        """Take back what was so only at the instant."""


class Persisting:
    """A condition that has held without a break for so long, for each row of a frame.

    Source:
        docs/language.md; what holds from the outset has held for long.
    """

    def __init__(
        self, place: int, gate: Gate, base: int, ends: Callable[[int], int], size: int
    ) -> None:
        """Begin with nothing that holds."""
        self.place = place
        self._gate, self._base, self._ends = gate, base, ends
        self._since: list[int | None] = [None] * size

    def begin(self, run: Run) -> None:
        """Lay down what holds from the outset."""
        for at in range(len(self._since)):
            if decided(self._gate.code(at, LOW)):
                self._since[at] = LOW
                run.change(self._base + at, YES)

    def step(self, run: Run, instant: int) -> None:
        """Look at what may have changed, then at what has held for long enough."""
        since, base = self._since, self._base
        for row in run.rows_at(self.place):
            at = row - base
            holds = decided(self._gate.code(at, instant))
            if holds and since[at] is None:
                since[at] = instant
                ends = self._ends(instant)
                if ends <= instant:
                    run.change(row, YES)
                else:
                    run.later(ends, self.place, (row, instant))
            elif not holds and since[at] is not None:
                since[at] = None
                run.change(row, NO)
        for row, begun in run.timers(self.place):
            if since[row - base] == begun:
                run.change(row, YES)

    def clear(self, run: Run) -> None:
        """Keep everything."""


class Counting:
    """Occurrences in a window that ends now, for each row.

    Source:
        docs/language.md: an occurrence at `t` counts on `[t, t + window)`.
    """

    def __init__(self, place: int, need: int, base: int, size: int) -> None:
        """Begin with none.

        Args:
            place: In the order of each instant.
            need: How many there must be.
            base: Where its rows begin.
            size: How many there are.
        """
        self.place = place
        self.ends: Callable[[int], int] = int
        self._need, self._base = need, base
        self._counts = [0] * size

    def begin(self, run: Run) -> None:
        """Begin with none."""

    def step(self, run: Run, instant: int) -> None:
        """Let what is too old go, and count what occurs."""
        moved: dict[int, int] = {}
        for row, number in run.timers(self.place):
            moved[row] = moved.get(row, 0) - number
        fresh: dict[int, int] = {}
        for effect in run.applied(self.place, instant):
            for row in effect.rows:
                fresh[row] = fresh.get(row, 0) + 1
        if fresh:
            ends = self.ends(instant)
            for row, number in fresh.items():
                if ends > instant:
                    moved[row] = moved.get(row, 0) + number
                    run.later(ends, self.place, (row, number))
        for row, number in moved.items():
            at = row - self._base
            had = self._counts[at]
            self._counts[at] = had + number
            if (had >= self._need) != (had + number >= self._need):
                run.change(row, YES if had + number >= self._need else NO)

    def clear(self, run: Run) -> None:
        """Keep everything."""


class Momentary:
    """What occurs at the very instant, for each row.

    Source:
        docs/language.md: only in `when` may one ask what else happens.
    """

    def __init__(
        self, place: int, marks: Sequence[dict[int, list[Callable[[], None]]]]
    ) -> None:
        """Begin with nothing.

        Args:
            place: In the order of each instant.
            marks: Row to what has to be worked out again, wherever it is read.
        """
        self.place = place
        self._marks = marks
        self._shown: list[int] = []

    def begin(self, run: Run) -> None:
        """Begin with nothing."""

    def step(self, run: Run, instant: int) -> None:
        """Show what occurs."""
        for effect in run.applied(self.place, instant):
            for row in effect.rows:
                self._shown.append(row)
                self._tell(run, row, YES)

    def clear(self, run: Run) -> None:
        """Show it no more: the instant is over."""
        if self._shown:
            for row in self._shown:
                self._tell(run, row, NO)
            self._shown.clear()

    def _tell(self, run: Run, row: int, code: int) -> None:
        run.change(row, code)
        for marks in self._marks:
            for mark in marks.get(row, ()):
                mark()
