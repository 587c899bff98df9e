"""Stretches of time in which something may come about, while they are still open.

A recorded occurrence with a coarse date, a beginning that falls somewhere between two
bounds, a timer of either: each is possible from an instant on, up to a last one, and
by then it is known whether it surely came about in between.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from vigens.engine.queue.gates import NO, OPEN, YES

if TYPE_CHECKING:
    from vigens.engine.queue.effects import Effect
    from vigens.engine.queue.limits import Clause
    from vigens.engine.queue.rowbounds import RowBounds


class Run(Protocol):
    """What a stretch asks of its queue."""

    before: list[int]
    now: list[int]
    rows: RowBounds
    fresh: list[Active]
    instant: int

    def push(self, effect: Effect, instant: int) -> Push:
        """Lay an effect down that may come about from now on."""

    def pull(self, push: Push, last: int, *, is_sure: bool) -> None:
        """End what may come about; say whether it surely did."""

    def once(self, effect: Effect, *, is_sure: bool) -> None:
        """Lay an effect down that comes about now or never."""

    def forget(self, active: Active) -> None:
        """Look at a condition no more."""

    def look_later(self, timer: Timer, instant: int) -> None:
        """Look at a timer again at an instant."""

    def keep_watch(self, timer: Timer) -> None:
        """Look at a timer again when its row is stopped, or begun anew."""


@dataclass(slots=True, eq=False)
class Push:
    """An effect that may come about since an instant, as far as it has been laid down.

    Attributes:
        effect: What it does.
        since: Its earliest instant.
        timers: Those that it sets.
        landing: What comes about later by it.
        driven: What its event drives.
    """

    effect: Effect
    since: int
    timers: list[Timer] = field(default_factory=list)
    landing: Active | None = None
    driven: list[Active] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Active:
    """Something that drives an effect in an open stretch; its condition may change.

    Attributes:
        run: The queue.
        effect: What it drives.
        push: What it has laid down, while its condition possibly holds.
        is_pure: Whether the condition has surely held throughout.
        is_open: Whether the stretch is.
        is_waiting: Whether it is to be looked at again at the next instant.
    """

    run: Run
    effect: Effect
    push: Push | None = None
    is_pure: bool = False
    is_open: bool = False
    is_waiting: bool = False

    def open(self, instant: int) -> None:
        """Begin the stretch."""
        code = self.code(instant)
        self.is_open = True
        self.is_pure = code == YES
        if code:
            self.push = self.run.push(self.effect, instant)
        if self.effect.asks:
            self.run.fresh.append(self)

    def code(self, instant: int) -> int:
        """Say what its condition comes to just before an instant."""
        least = OPEN if self.effect.is_doubtful else YES
        for ask, at in self.effect.asks:
            least = min(least, ask(at, instant))
            if not least:
                break
        return least

    def look(self, instant: int) -> None:
        """Look at the condition again: it has changed just before."""
        self.is_waiting = False
        if not self.is_open:
            return
        code = self.code(instant)
        self.is_pure = self.is_pure and code == YES
        if code and self.push is None:
            self.push = self.run.push(self.effect, instant)
        elif not code and self.push is not None:
            push, self.push = self.push, None
            self.run.pull(push, instant - 1, is_sure=False)

    def close(self, last: int, is_sure: bool) -> None:  # noqa: FBT001 - an item's
        """End the stretch at its last instant; say whether it surely came about."""
        if not self.is_open:
            return
        self.is_open = False
        if self.push is not None:
            push, self.push = self.push, None
            self.run.pull(push, last, is_sure=is_sure and self.is_pure)
        self.run.forget(self)


@dataclass(slots=True, eq=False)
class EdgeSource:
    """The beginnings, or the ends, of a row, for the effects on one member.

    Attributes:
        run: The queue.
        row: Whose.
        is_begin: Which.
        effects: What they drive.
        actives: What is driven in the open stretch; `None` where none is open.
        must_come: Whether the stretch closes with an edge that surely came.
    """

    run: Run
    row: int
    is_begin: bool
    effects: list[Effect]
    actives: list[Active] | None = None
    must_come: bool = False

    def _is_possible(self) -> bool:
        before, now = self.run.before[self.row], self.run.now[self.row]
        if self.is_begin:
            return now >= OPEN and before < YES
        return before >= OPEN and now < YES

    def leave(self, instant: int) -> None:
        """End a stretch in which the edge is not possible any more."""
        if self.actives is not None and not self._is_possible():
            self._close(instant - 1, is_sure=False)

    def update(self, instant: int) -> bool:
        """Begin a stretch, or end it with the edge.

        Returns:
            Whether to look again at the next instant, where one begins.
        """
        before, now = self.run.before[self.row], self.run.now[self.row]
        if self.actives is None and self._is_possible():
            self.must_come = before == (NO if self.is_begin else YES)
            self.actives = [Active(self.run, effect) for effect in self.effects]
            for active in self.actives:
                active.open(instant)
        if self.actives is not None and now == (YES if self.is_begin else NO):
            self._close(instant, is_sure=self.must_come)
        return now == OPEN and self.actives is None

    def _close(self, last: int, *, is_sure: bool) -> None:
        actives, self.actives = self.actives or [], None
        for active in actives:
            active.close(last, is_sure)


@dataclass(slots=True, eq=False)
class Timer:
    """A time limit that is running, for a start in a stretch.

    Attributes:
        run: The queue.
        clause: The limit.
        row: Whose start set it.
        effect: What it does when it runs out.
        since: The earliest start.
        serial: How many starts of the row there had been; -1 where another one was open.
        until: The latest start; `None` while that is open.
        is_sure: Whether the start surely came.
        push: What it has laid down.
        is_over: Whether nothing comes of it any more.
    """

    run: Run
    clause: Clause
    row: int
    effect: Effect
    since: int
    serial: int
    until: int | None = None
    is_sure: bool = False
    push: Push | None = None
    is_over: bool = False

    def is_blocked(self, barrier: int, instant: int) -> bool:
        """Say whether it surely does not run out at an instant.

        Args:
            barrier: What was stopped, or begun anew, at the latest since then.
            instant: At which some start in its stretch would run out.
        """
        if barrier <= self.since:
            return False
        return self.until == self.since or self.clause.ends(barrier) > instant

    def is_clear(self) -> bool:
        """Say whether surely nothing stopped it after its earliest start."""
        run, row = self.run, self.row
        return not run.rows.stop_open[row] and run.rows.stop_last[row] <= self.since

    def is_last_start(self) -> bool:
        """Say whether surely no further start began the time anew."""
        if not self.clause.is_renewable:
            return True
        run, row = self.run, self.row
        if self.until == self.since:
            return (
                not run.rows.timed_open[row] and run.rows.timed_last[row] <= self.since
            )
        return not run.rows.timed_open[row] and run.rows.serial[row] == self.serial

    def act(self, barrier: int, is_clear: bool) -> None:  # noqa: FBT001 - of a tuple
        """Run out now, possibly or surely; or not yet, or never.

        Args:
            barrier: When its row was surely stopped last, or begun anew.
            is_clear: Whether surely nothing did either.
        """
        run, instant, push = self.run, self.run.instant, self.push
        if self.is_over:
            return
        is_blocked = self.is_blocked(barrier, instant)
        if is_blocked and push is not None:
            run.pull(push, instant - 1, is_sure=False)
            push = self.push = None
        if self.until is not None and self.clause.ends(self.until) <= instant:
            self.is_over, self.push = True, None
            is_sure = self.is_sure and is_clear
            if push is not None:
                run.pull(push, instant, is_sure=is_sure)
            elif not is_blocked:
                is_one = self.clause.ends(self.since) == instant
                run.once(self.effect, is_sure=is_sure and is_one)
        elif is_blocked and (self.until is None or barrier <= self.until):
            run.look_later(self, max(self.clause.ends(barrier), instant + 1))
        elif not is_blocked and push is None:
            self.push = run.push(self.effect, instant)
            run.keep_watch(self)
