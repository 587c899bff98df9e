"""Laying effects down where not all is known: at once, or over a stretch of time."""

from __future__ import annotations

from bisect import bisect_right
from heapq import heappush
from itertools import count
from typing import TYPE_CHECKING, Any

from vigens.engine.intervals import HIGH, LOW
from vigens.engine.queue.effects import BRING, START, STOP, Effect
from vigens.engine.queue.gates import YES, negation_of
from vigens.engine.queue.rowbounds import RowBounds
from vigens.engine.queue.stretches import Active, Push, Timer

if TYPE_CHECKING:
    from collections.abc import Callable

    from vigens.engine.queue.circle import Circle
    from vigens.engine.queue.limits import Clause
    from vigens.engine.queue.log import Log

    #: A method and its arguments.
    Item = tuple[Callable[..., Any], tuple[Any, ...]]

#: What an event does when it occurs.
OCCUR = 3
#: Lists of a step, in order.
OVER, TIMERS, LOOKS, ITEMS, WAKE = range(5)


class Laying:
    """What a queue keeps where not all is known, and how effects are laid down.

    Attributes:
        before: Codes just before the instant.
        now: Codes at it.
        rows: The bounds of each row.
        fresh: What has been opened at the instant.
        instant: Where the queue stands.
    """

    def __init__(self, circle: Circle, log: Log) -> None:
        """Begin with nothing laid down."""
        self._circle, self._log = circle, log
        self.before, self.now = circle.just_before.codes, circle.at_once.codes
        size, places = len(self.now), len(circle.nodes)
        self.rows = RowBounds(size, circle.rivals, circle.clauses)
        self.fresh: list[Active] = []
        self.instant = LOW
        self._place = 0
        self._event_open = [0] * size
        self._heap: list[tuple[int, int, int, int, Any]] = []
        self._number = count()
        self._lists: list[tuple[list[Any], ...]] = [
            tuple([] for _ in range(5)) for _ in range(places)
        ]
        self._late: list[tuple[Timer, int, bool]] = []
        self._pushes: dict[int, Push] = {}
        self._watchers: dict[int, dict[int, Active]] = {}
        self._ranged: dict[int, list[Timer]] = {}
        self._landings: dict[int, Effect] = {}

    def _later(self, instant: int, place: int, which: int, item: Any) -> None:
        if instant < HIGH:
            heappush(self._heap, (instant, next(self._number), place, which, item))

    def _look_again(self, active: Active, instant: int) -> None:
        if active.is_open and not active.is_waiting:
            active.is_waiting = True
            self._later(instant, active.effect.place, LOOKS, (active.look, (instant,)))

    def _watch(self, active: Active) -> None:
        """Look at a condition again whenever what it rests on changes."""
        for gate, at in active.effect.tests:
            for row in gate.rows(at):
                self._watchers.setdefault(row, {})[id(active)] = active
        self._watch_outside(active)

    def _watch_outside(self, active: Active) -> None:
        """Look again when what lies outside changes; rules read the state before."""
        following = [
            times[place]
            for gate, at in active.effect.tests
            for times in gate.times(at)
            for place in [bisect_right(times, self.instant - 1)]
            if place < len(times)
        ]
        if following and active.is_open:
            instant, place = min(following) + 1, active.effect.place
            self._later(instant, place, LOOKS, (self._look_outside, (active,)))

    def _look_outside(self, active: Active) -> None:
        active.look(self.instant)
        self._watch_outside(active)

    def forget(self, active: Active) -> None:
        """Look at a condition no more."""
        for gate, at in active.effect.tests:
            for row in gate.rows(at):
                self._watchers.get(row, {}).pop(id(active), None)

    def happen(self, effect: Effect, is_sure: bool) -> None:  # noqa: FBT001 - an item's
        """Let an effect come about at this instant, if its condition held."""
        code = Active(self, effect).code(self.instant)
        if code:
            self.once(effect, is_sure=is_sure and code == YES)

    def once(self, effect: Effect, *, is_sure: bool) -> None:
        """Lay an effect down that comes about now or never."""
        instant = self.instant
        if effect.kind == BRING:
            self._bring_once(effect, is_sure=is_sure)
        elif effect.kind == OCCUR:
            self._occur_once(effect, is_sure=is_sure)
        else:
            is_timed = effect.kind == START and effect.is_timed
            for row in effect.rows:
                if is_timed and row in self._circle.clauses:
                    if is_sure or not self.rows.timed_open[row]:
                        self._set_timers(effect.place, row, is_sure=is_sure)
                    self.rows.note_timed(row, instant, instant, is_sure=is_sure)
                elif effect.kind == START:
                    self.rows.note_plain(row, instant)
                self.rows.note(effect.kind, row, instant, instant, is_sure=is_sure)

    def _set_timers(self, place: int, row: int, *, is_sure: bool) -> None:
        self.rows.serial[row] += 1
        for clause in self._circle.clauses[row]:
            timer = self._timer(place, clause, row, self.instant)
            timer.until, timer.is_sure = self.instant, is_sure
            ends = clause.ends(self.instant)
            self._later(ends, place, TIMERS, timer)

    def _timer(self, place: int, clause: Clause, row: int, since: int) -> Timer:
        is_start = clause.becomes >= 0
        rows = (clause.becomes if is_start else row,)
        kind = START if is_start else STOP
        effect = Effect(place, kind, rows, (), is_doubtful=False, is_timed=True)
        serial = -1 if self.rows.timed_open[row] else self.rows.serial[row]
        return Timer(self, clause, row, effect, since, serial)

    def _bring_once(self, effect: Effect, *, is_sure: bool) -> None:
        assert effect.comes is not None
        comes, landing = effect.comes(self.instant), self._landing_of(effect)
        if comes <= self.instant:
            self.happen(landing, is_sure)
        else:
            self._later(comes, effect.lands, ITEMS, (self.happen, (landing, is_sure)))

    def _landing_of(self, effect: Effect) -> Effect:
        """Give what comes about when what a provision brings is due."""
        if id(effect) not in self._landings:
            unless = effect.unless
            tests = () if unless is None else ((negation_of(unless[0]), unless[1]),)
            self._landings[id(effect)] = Effect(
                effect.lands, OCCUR, effect.rows, tests, False, False
            )
        return self._landings[id(effect)]

    def _occur_once(self, effect: Effect, *, is_sure: bool) -> None:
        for row in effect.rows:
            if is_sure or not self._event_open[row]:
                self._log.brought.append((row, self.instant, self.instant, is_sure))
                for driven in self._circle.on_event.get(row, ()):
                    items = self._lists[driven.place][ITEMS]
                    items.append((self.happen, (driven, is_sure)))

    def push(self, effect: Effect, instant: int) -> Push:
        """Lay an effect down that may come about from now on."""
        push = Push(effect, instant)
        if effect.kind == BRING:
            assert effect.comes is not None
            comes = effect.comes(instant)
            push.landing = Active(self, self._landing_of(effect))
            if comes <= instant:
                push.landing.open(instant)
            else:
                item = (push.landing.open, (comes,))
                self._later(comes, effect.lands, ITEMS, item)
            return push
        for row in effect.rows:
            if effect.kind == OCCUR:
                self._event_open[row] += 1
                for driven in self._circle.on_event.get(row, ()):
                    active = Active(self, driven)
                    push.driven.append(active)
                    items = self._lists[driven.place][ITEMS]
                    items.append((active.open, (instant,)))
            else:
                self._open_row(push, row)
        self._pushes[id(push)] = push
        return push

    def _open_row(self, push: Push, row: int) -> None:
        effect, instant = push.effect, push.since
        self.rows.open(effect.kind, row)
        is_timed = effect.kind == START and effect.is_timed
        if not is_timed or row not in self._circle.clauses:
            return
        self.rows.serial[row] += 1
        for clause in self._circle.clauses[row]:
            timer = self._timer(effect.place, clause, row, instant)
            push.timers.append(timer)
            self._later(clause.ends(instant), effect.place, TIMERS, timer)
        self.rows.timed_open[row] += 1

    def pull(self, push: Push, last: int, *, is_sure: bool) -> None:
        """End what may come about; say whether it surely did."""
        effect = push.effect
        self._pushes.pop(id(push), None)
        if effect.kind == BRING:
            self._pull_landing(push, last, is_sure=is_sure)
            return
        for row in effect.rows:
            if effect.kind == OCCUR:
                self._event_open[row] -= 1
                self._log.brought.append((row, push.since, last, is_sure))
            else:
                self._close_row(push, row, last, is_sure=is_sure)
        which = ITEMS if last == self.instant else OVER
        for active in push.driven:
            items = self._lists[active.effect.place][which]
            items.append((active.close, (last, is_sure)))
        for timer in push.timers:
            timer.until, timer.is_sure = last, is_sure
            ends = timer.clause.ends(last)
            if ends > self.instant:
                self._later(ends, effect.place, TIMERS, timer)
            else:
                self._late.append((timer, self.rows.stop_must[timer.row], False))

    def _close_row(self, push: Push, row: int, last: int, *, is_sure: bool) -> None:
        effect, since = push.effect, push.since
        self.rows.close(effect.kind, row)
        if effect.kind == START and effect.is_timed and row in self._circle.clauses:
            self.rows.timed_open[row] -= 1
            self.rows.note_timed(row, since, last, is_sure=is_sure)
        elif effect.kind == START:
            self.rows.note_plain(row, last)
        self.rows.note(effect.kind, row, since, last, is_sure=is_sure)

    def _pull_landing(self, push: Push, last: int, *, is_sure: bool) -> None:
        effect, landing = push.effect, push.landing
        assert effect.comes is not None
        assert landing is not None
        comes = effect.comes(last)
        item = (landing.close, (comes, is_sure))
        if comes > self.instant:
            self._later(comes, effect.lands, ITEMS, item)
        elif comes == self.instant and effect.lands == self._place:
            self._lists[effect.lands][ITEMS].append(item)
        elif comes == self.instant:
            # Its place has been passed; it is over when the instant is.
            self._later(comes + 1, effect.lands, OVER, item)
        else:
            landing.close(comes, is_sure)

    def _count_timers(self, due: list[Timer]) -> None:
        """Let timers run out by what was so before the instant."""
        seen = [
            (t, self.rows.stop_must[t.row], t.is_clear()) for t in dict.fromkeys(due)
        ]
        due.clear()
        for timer, barrier, is_clear in seen:
            if timer.clause.is_renewable:
                self._late.append((timer, barrier, is_clear))
            else:
                timer.act(barrier, is_clear)

    def _renew(self) -> None:
        """Let timers run out that nothing has begun anew up to now."""
        while self._late:
            timer, barrier, is_clear = self._late.pop(0)
            if timer.clause.is_renewable:
                barrier = max(barrier, self.rows.timed_must[timer.row])
            timer.act(barrier, is_clear and timer.is_last_start())

    def look_later(self, timer: Timer, instant: int) -> None:
        """Look at a timer again at an instant."""
        self._later(instant, timer.effect.place, TIMERS, timer)

    def keep_watch(self, timer: Timer) -> None:
        """Look at a timer again when its row is stopped, or begun anew."""
        self._ranged.setdefault(timer.row, []).append(timer)

    def _warn(self) -> None:
        """Let the timers of rows that were stopped look again at the next instant."""
        for row in self.rows.raised:
            if row in self._ranged:
                kept = [timer for timer in self._ranged[row] if not timer.is_over]
                self._ranged[row] = kept
                for timer in kept:
                    self.look_later(timer, self.instant + 1)
        self.rows.raised.clear()
