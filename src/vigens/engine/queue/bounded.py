"""The queue where not all is known: each row keeps its bounds.

For every row four instants decide, as in `vigens.engine.inertia`: the latest possible
and the latest forced start, and likewise stop. What is still possible counts as the
instant itself. A member's step at an instant goes: what is over, timers, conditions that
changed, what happens, timers that a start may renew; then its rows are worked out.
"""

from __future__ import annotations

from heapq import heappop
from typing import TYPE_CHECKING

from vigens.engine.intervals import HIGH, LOW
from vigens.engine.queue.effects import Effect
from vigens.engine.queue.gates import NO, OPEN, YES
from vigens.engine.queue.known import MOST_OWN_STEPS, MOST_STEPS_EACH
from vigens.engine.queue.laying import ITEMS, OCCUR, TIMERS, WAKE, Laying
from vigens.engine.queue.stretches import Active, EdgeSource

if TYPE_CHECKING:
    from vigens.engine.queue.known import Known
    from vigens.engine.queue.laying import Item


class Bounded(Laying):
    """The state of a circle where not all is known.

    Attributes:
        until: From when on nothing is worked out.
    """

    def __init__(self, known: Known) -> None:
        """Go on where all was known."""
        super().__init__(known.circle, known.log)
        places = len(known.circle.nodes)
        self.until = HIGH
        self._left = 0
        self._own = [NO] * len(self.now)
        self._edges: list[dict[tuple[int, bool], EdgeSource]] = [
            {} for _ in range(places)
        ]
        self._sources = self._gather()
        self._looked: list[set[int]] = [set() for _ in range(places)]
        self._changed: list[int] = []
        self._at, self._look_at = known.at, known.looked
        self._take_over(known)

    def _gather(self) -> dict[tuple[int, bool], list[tuple[int, EdgeSource]]]:
        """Group what edges drive by the member that it moves."""
        found: dict[tuple[int, bool], list[tuple[int, EdgeSource]]] = {}
        for is_begin, driven in (
            (True, self._circle.on_begin),
            (False, self._circle.on_end),
        ):
            for row, effects in driven.items():
                by_place: dict[int, list[Effect]] = {}
                for effect in effects:
                    by_place.setdefault(effect.place, []).append(effect)
                found[row, is_begin] = [
                    (place, EdgeSource(self, row, is_begin, group))
                    for place, group in by_place.items()
                ]
        return found

    def _take_over(self, known: Known) -> None:
        circle = known.circle
        for row in range(len(self.now)):
            if known.current[circle.block[row]] == row:
                since = known.since[row]
                self.rows.start_last[row] = self.rows.start_must[row] = since
                if known.started.get(row, LOW - 1) < since:
                    self.rows.note_plain(row, since)
                self._own[row] = YES
        for row, instant in known.stopped.items():
            self.rows.stop_last[row] = self.rows.stop_must[row] = instant
        for row, instant in known.started.items():
            self.rows.timed_last[row] = self.rows.timed_must[row] = instant
        for instant, _, place, item in sorted(known.heap, key=lambda entry: entry[:2]):
            if isinstance(item, Effect):
                effect = self._landing_of(item)
                self._later(instant, place, ITEMS, (self.happen, (effect, True)))
            else:
                clause, row, since = item
                timer = self._timer(place, clause, row, since)
                timer.until, timer.is_sure = since, True
                self._later(instant, place, TIMERS, timer)
        for (row, is_begin), sources in self._sources.items():
            if self.now[row] == OPEN:
                for place, source in sources:
                    self._edges[place][row, is_begin] = source

    def run(self) -> None:
        """Go through all that is left, in order of time.

        Source:
            Design, sections 4.3 and 4.6.
        """
        circle, heap = self._circle, self._heap
        drives = circle.drives
        assert drives is not None
        firsts = [*drives.first.tolist(), HIGH]
        looks = [*circle.looks, (HIGH, 0, 0)]
        self._left = MOST_OWN_STEPS + MOST_STEPS_EACH * (len(firsts) + len(looks))
        while True:
            instant = min(firsts[self._at], looks[self._look_at][0])
            if heap and heap[0][0] < instant:
                instant = heap[0][0]
            if any(self._edges):
                instant = min(instant, self.instant + 1)
            if instant >= HIGH:
                break
            self.instant = instant
            while firsts[self._at] == instant:
                self._drive(self._at)
                self._at += 1
            while looks[self._look_at][0] == instant:
                _, place, row = looks[self._look_at]
                self._looked[place].add(row)
                self._look_at += 1
            while heap and heap[0][0] == instant:
                _, _, place, which, item = heappop(heap)
                self._lists[place][which].append(item)
            for place in range(len(circle.nodes)):
                self._step(place)
            self._settle()
            self._left -= 1
            if self._left < 0:
                self.until = instant
                break
        self._finish()

    def _drive(self, at: int) -> None:
        """Let something from outside come about, or open its stretch."""
        drives = self._circle.drives
        assert drives is not None
        last, is_sure = int(drives.last[at]), bool(drives.sure[at])
        effect = self._circle.effects[int(drives.effects[at])]
        items = self._lists[effect.place][ITEMS]
        if last <= self.instant:
            items.append((self.happen, (effect, is_sure)))
            return
        active = Active(self, effect)
        items.append((active.open, (self.instant,)))
        self._later(last, effect.place, ITEMS, (active.close, (last, is_sure)))

    def _step(self, place: int) -> None:
        """Move one member at the instant."""
        instant, self._place = self.instant, place
        over, timers, looks, items, wake = self._lists[place]
        edges, self._edges[place] = self._edges[place], {}
        for source in edges.values():
            source.leave(instant)
        self._run(over)
        self._left -= len(timers)
        self._count_timers(timers)
        self._run(looks)
        for key, source in edges.items():
            if source.update(instant):
                self._edges[place][key] = source
        self._run(items)
        self._renew()
        self._warn()
        self.rows.touched.update(wake)
        wake.clear()
        if self.rows.touched or self._looked[place]:
            rows = self.rows.touched | self._looked[place]
            self.rows.touched, self._looked[place] = set(), set()
            for row in sorted(rows):
                self._show(place, row)

    def _run(self, items: list[Item]) -> None:
        """Do what comes in turn, and what comes of it, as long as there is work left."""
        for method, arguments in items:
            method(*arguments)
            self._left -= 1
            if self._left < 0:
                break
        items.clear()

    def _settle(self) -> None:
        """Let what is so at the instant be what was so before the next one."""
        instant, marks = self.instant, self._circle.just_before.marks
        for row in self._changed:
            self.before[row] = self.now[row]
            for mark in marks.get(row, ()):
                mark()
            for active in self._watchers.get(row, {}).values():
                self._look_again(active, instant + 1)
        self._changed.clear()
        for active in self.fresh:
            if active.is_open:
                self._watch(active)
        self.fresh.clear()

    def _show(self, place: int, row: int) -> None:
        """Work out what a row comes to, and tell whoever reads it."""
        instant = self.instant
        code = self.rows.code(row, instant)
        if not code and self.rows.start_open[row]:
            self._later(instant + 1, place, WAKE, row)
        gate = self._circle.held.get(place)
        if gate is not None:
            if code != self._own[row]:
                self._own[row] = code
                self._log.own.add(row, instant, code)
            if code < YES:
                base = self._circle.base[self._circle.nodes[place]]
                code = max(code, gate.code(row - base, instant))
        if self.now[row] != code:
            self.now[row] = code
            self._changed.append(row)
            self._log.states.add(row, instant, code)
            self._tell(row)

    def _tell(self, row: int) -> None:
        circle = self._circle
        for is_begin in (True, False):
            for place, source in self._sources.get((row, is_begin), ()):
                self._edges[place][row, is_begin] = source
        for place, reader in circle.readers.get(row, ()):
            self._looked[place].add(reader)
        for mark in circle.at_once.marks.get(row, ()):
            mark()

    def _finish(self) -> None:
        """Leave open what is open at the end."""
        for push in self._pushes.values():
            if push.effect.kind == OCCUR:
                for row in push.effect.rows:
                    self._log.brought.append((row, push.since, HIGH - 1, False))
