"""The queue where not all is known: each row keeps its bounds.

For every row four instants decide, as in `vigens.engine.inertia`: the latest possible
and the latest forced start, and likewise stop. What is still possible counts as the
instant itself. A member's step at an instant goes: what is over, timers, conditions that
changed, what happens, timers that a start may renew; then its rows are worked out.
"""

from __future__ import annotations

from bisect import bisect_right
from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING

from vigens.engine.intervals import HIGH, LOW
from vigens.engine.queue.circle import BRING, START, STOP, Effect
from vigens.engine.queue.gates import NO, OPEN, YES, negation_of
from vigens.engine.queue.known import MOST_OWN_STEPS
from vigens.engine.queue.stretches import Active, EdgeSource, Push, Timer

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from vigens.engine.queue.circle import Clause
    from vigens.engine.queue.known import Known

    #: A method and its arguments.
    Item = tuple[Callable[..., Any], tuple[Any, ...]]

_NEVER = LOW - 2
_OCCUR = 3
#: Lists of a step, in order.
_OVER, _TIMERS, _LOOKS, _ITEMS, _WAKE = range(5)


class Bounded:
    """The state of a circle where not all is known.

    Attributes:
        before: Codes just before the instant.
        now: Codes at it.
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
        fresh: What has been opened at the instant.
        instant: Where the queue stands.
        until: From when on nothing is worked out.
    """

    def __init__(self, known: Known) -> None:
        """Go on where all was known."""
        circle = known.circle
        self._circle, self._log = circle, known.log
        self.before, self.now = known.before, known.now
        size, places = len(self.now), len(circle.nodes)
        self.start_open, self.stop_open = [0] * size, [0] * size
        self.start_last, self.start_must = [_NEVER - 1] * size, [_NEVER - 1] * size
        self.stop_last, self.stop_must = [_NEVER] * size, [_NEVER] * size
        self.timed_open, self.serial = [0] * size, [0] * size
        self.timed_last, self.timed_must = [_NEVER] * size, [_NEVER] * size
        self.fresh: list[Active] = []
        self.until = HIGH
        self._own = [NO] * size
        self._event_open = [0] * size
        self._heap: list[tuple[int, int, int, int, Any]] = []
        self._number = count()
        self._lists: list[tuple[list[Any], ...]] = [
            tuple([] for _ in range(5)) for _ in range(places)
        ]
        self._late: list[tuple[Timer, int, bool]] = []
        self._pushes: dict[int, Push] = {}
        self._edges: list[dict[tuple[int, bool], EdgeSource]] = [
            {} for _ in range(places)
        ]
        self._sources = self._gather()
        self._looked: list[set[int]] = [set() for _ in range(places)]
        self._touched: set[int] = set()
        self._changed: list[int] = []
        self._watchers: dict[int, dict[int, Active]] = {}
        self._ranged: dict[int, list[Timer]] = {}
        self._landings: dict[int, Effect] = {}
        self.instant = LOW
        self._at, self._look_at = known.at, known.looked
        self._place = 0
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
                self.start_last[row] = self.start_must[row] = known.since[row]
                self._own[row] = YES
        for row, instant in known.stopped.items():
            self.stop_last[row] = self.stop_must[row] = instant
        for row, instant in known.started.items():
            self.timed_last[row] = self.timed_must[row] = instant
        for instant, _, place, item in sorted(known.heap, key=lambda entry: entry[:2]):
            if isinstance(item, Effect):
                effect = self._landing_of(item)
                self._later(instant, place, _ITEMS, (self.happen, (effect, True)))
            else:
                clause, row, since = item
                timer = self._timer(place, clause, row, since)
                timer.until, timer.is_sure = since, True
                self._later(instant, place, _TIMERS, timer)
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
        own_steps = 0
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
            if self._at == len(firsts) - 1 and self._look_at == len(looks) - 1:
                own_steps += 1
                if own_steps > MOST_OWN_STEPS:
                    self.until = instant + 1
                    break
        self._finish()

    def _drive(self, at: int) -> None:
        """Let something from outside come about, or open its stretch."""
        drives = self._circle.drives
        assert drives is not None
        last, is_sure = int(drives.last[at]), bool(drives.sure[at])
        effect = self._circle.effects[int(drives.effects[at])]
        items = self._lists[effect.place][_ITEMS]
        if last <= self.instant:
            items.append((self.happen, (effect, is_sure)))
            return
        active = Active(self, effect)
        items.append((active.open, (self.instant,)))
        self._later(last, effect.place, _ITEMS, (active.close, (last, is_sure)))

    def _later(self, instant: int, place: int, which: int, item: Any) -> None:
        if instant < HIGH:
            heappush(self._heap, (instant, next(self._number), place, which, item))

    def _step(self, place: int) -> None:
        """Move one member at the instant."""
        instant, self._place = self.instant, place
        over, timers, looks, items, wake = self._lists[place]
        edges, self._edges[place] = self._edges[place], {}
        for source in edges.values():
            source.leave(instant)
        _run(over)
        self._count_timers(timers)
        _run(looks)
        for key, source in edges.items():
            if source.update(instant):
                self._edges[place][key] = source
        _run(items)
        self._renew()
        self._touched.update(wake)
        wake.clear()
        if self._touched or self._looked[place]:
            rows = self._touched | self._looked[place]
            self._touched, self._looked[place] = set(), set()
            for row in sorted(rows):
                self._show(place, row)

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

    def _look_again(self, active: Active, instant: int) -> None:
        if active.is_open and not active.is_waiting:
            active.is_waiting = True
            self._later(instant, active.effect.place, _LOOKS, (active.look, (instant,)))

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
            self._later(instant, place, _LOOKS, (self._look_outside, (active,)))

    def _look_outside(self, active: Active) -> None:
        active.look(self.instant)
        self._watch_outside(active)

    def forget(self, active: Active) -> None:
        """Look at a condition no more."""
        for gate, at in active.effect.tests:
            for row in gate.rows(at):
                self._watchers.get(row, {}).pop(id(active), None)

    # What comes about.

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
        elif effect.kind == _OCCUR:
            self._occur_once(effect, is_sure=is_sure)
        else:
            is_timed = effect.kind == START and effect.is_timed
            for row in effect.rows:
                if is_timed and row in self._circle.clauses:
                    if is_sure or not self.timed_open[row]:
                        self._set_timers(effect.place, row, is_sure=is_sure)
                    self._note_timed(row, instant, instant, is_sure=is_sure)
                self._note(effect.kind, row, instant, instant, is_sure=is_sure)

    def _note(
        self, kind: int, row: int, since: int, last: int, *, is_sure: bool
    ) -> None:
        """Keep that a row was started or stopped, and its rivals stopped."""
        if kind == START:
            self.start_last[row] = max(self.start_last[row], last)
            if is_sure:
                self.start_must[row] = max(self.start_must[row], since)
            stopped = self._circle.rivals.get(row, ())
        else:
            stopped = (row,)
        self._touched.add(row)
        for each in stopped:
            self._touched.add(each)
            self.stop_last[each] = max(self.stop_last[each], last)
            if is_sure and since > self.stop_must[each]:
                self.stop_must[each] = since
                self._warn(each)

    def _note_timed(self, row: int, since: int, last: int, *, is_sure: bool) -> None:
        self.timed_last[row] = max(self.timed_last[row], last)
        if is_sure and since > self.timed_must[row]:
            self.timed_must[row] = since
            self._warn(row)

    def _warn(self, row: int) -> None:
        """Let the timers of a row look again at the next instant."""
        if row in self._ranged:
            kept = [timer for timer in self._ranged[row] if not timer.is_over]
            self._ranged[row] = kept
            for timer in kept:
                place = timer.effect.place
                self._later(self.instant + 1, place, _TIMERS, timer)

    def _set_timers(self, place: int, row: int, *, is_sure: bool) -> None:
        self.serial[row] += 1
        for clause in self._circle.clauses[row]:
            timer = self._timer(place, clause, row, self.instant)
            timer.until, timer.is_sure = self.instant, is_sure
            ends = clause.ends(self.instant)
            self._later(ends, place, _TIMERS, timer)

    def _timer(self, place: int, clause: Clause, row: int, since: int) -> Timer:
        is_start = clause.becomes >= 0
        rows = (clause.becomes if is_start else row,)
        kind = START if is_start else STOP
        effect = Effect(place, kind, rows, (), is_doubtful=False, is_timed=True)
        serial = -1 if self.timed_open[row] else self.serial[row]
        return Timer(self, clause, row, effect, since, serial)

    def _bring_once(self, effect: Effect, *, is_sure: bool) -> None:
        assert effect.comes is not None
        comes, landing = effect.comes(self.instant), self._landing_of(effect)
        if comes <= self.instant:
            self.happen(landing, is_sure)
        else:
            self._later(comes, effect.lands, _ITEMS, (self.happen, (landing, is_sure)))

    def _landing_of(self, effect: Effect) -> Effect:
        """Give what comes about when what a provision brings is due."""
        if id(effect) not in self._landings:
            unless = effect.unless
            tests = () if unless is None else ((negation_of(unless[0]), unless[1]),)
            self._landings[id(effect)] = Effect(
                effect.lands, _OCCUR, effect.rows, tests, False, False
            )
        return self._landings[id(effect)]

    def _occur_once(self, effect: Effect, *, is_sure: bool) -> None:
        for row in effect.rows:
            if is_sure or not self._event_open[row]:
                self._log.brought.append((row, self.instant, self.instant, is_sure))
                for driven in self._circle.on_event.get(row, ()):
                    items = self._lists[driven.place][_ITEMS]
                    items.append((self.happen, (driven, is_sure)))

    # What comes about in a stretch.

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
                self._later(comes, effect.lands, _ITEMS, item)
            return push
        for row in effect.rows:
            if effect.kind == _OCCUR:
                self._event_open[row] += 1
                for driven in self._circle.on_event.get(row, ()):
                    active = Active(self, driven)
                    push.driven.append(active)
                    items = self._lists[driven.place][_ITEMS]
                    items.append((active.open, (instant,)))
            else:
                self._open_row(push, row)
        self._pushes[id(push)] = push
        return push

    def _open_row(self, push: Push, row: int) -> None:
        effect, instant = push.effect, push.since
        self._touched.add(row)
        if effect.kind == STOP:
            self.stop_open[row] += 1
            return
        self.start_open[row] += 1
        for rival in self._circle.rivals.get(row, ()):
            self.stop_open[rival] += 1
            self._touched.add(rival)
        if not effect.is_timed or row not in self._circle.clauses:
            return
        self.serial[row] += 1
        for clause in self._circle.clauses[row]:
            timer = self._timer(effect.place, clause, row, instant)
            push.timers.append(timer)
            ends = clause.ends(instant)
            self._later(ends, effect.place, _TIMERS, timer)
        self.timed_open[row] += 1

    def pull(self, push: Push, last: int, *, is_sure: bool) -> None:
        """End what may come about; say whether it surely did."""
        effect = push.effect
        self._pushes.pop(id(push), None)
        if effect.kind == BRING:
            self._pull_landing(push, last, is_sure=is_sure)
            return
        for row in effect.rows:
            if effect.kind == _OCCUR:
                self._event_open[row] -= 1
                self._log.brought.append((row, push.since, last, is_sure))
            else:
                self._close_row(push, row, last, is_sure=is_sure)
        which = _ITEMS if last == self.instant else _OVER
        for active in push.driven:
            items = self._lists[active.effect.place][which]
            items.append((active.close, (last, is_sure)))
        for timer in push.timers:
            timer.until, timer.is_sure = last, is_sure
            ends = timer.clause.ends(last)
            if ends > self.instant:
                self._later(ends, effect.place, _TIMERS, timer)
            else:
                self._late.append((timer, self.stop_must[timer.row], False))

    def _close_row(self, push: Push, row: int, last: int, *, is_sure: bool) -> None:
        effect, since = push.effect, push.since
        if effect.kind == STOP:
            self.stop_open[row] -= 1
        else:
            self.start_open[row] -= 1
            for rival in self._circle.rivals.get(row, ()):
                self.stop_open[rival] -= 1
            if effect.is_timed and row in self._circle.clauses:
                self.timed_open[row] -= 1
                self._note_timed(row, since, last, is_sure=is_sure)
        self._note(effect.kind, row, since, last, is_sure=is_sure)

    def _pull_landing(self, push: Push, last: int, *, is_sure: bool) -> None:
        effect, landing = push.effect, push.landing
        assert effect.comes is not None
        assert landing is not None
        comes = effect.comes(last)
        item = (landing.close, (comes, is_sure))
        if comes > self.instant:
            self._later(comes, effect.lands, _ITEMS, item)
        elif comes == self.instant and effect.lands == self._place:
            self._lists[effect.lands][_ITEMS].append(item)
        elif comes == self.instant:
            # Its place has been passed; it is over when the instant is.
            self._later(comes + 1, effect.lands, _OVER, item)
        else:
            landing.close(comes, is_sure)

    # Timers.

    def _count_timers(self, due: list[Timer]) -> None:
        """Let timers run out by what was so before the instant."""
        seen = [(t, self.stop_must[t.row], t.is_clear()) for t in dict.fromkeys(due)]
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
                barrier = max(barrier, self.timed_must[timer.row])
            timer.act(barrier, is_clear and timer.is_last_start())

    def look_later(self, timer: Timer, instant: int) -> None:
        """Look at a timer again at an instant."""
        self._later(instant, timer.effect.place, _TIMERS, timer)

    def keep_watch(self, timer: Timer) -> None:
        """Look at a timer again when its row is stopped, or begun anew."""
        self._ranged.setdefault(timer.row, []).append(timer)

    # What rows come to.

    def _show(self, place: int, row: int) -> None:
        """Work out what a row comes to, and tell whoever reads it."""
        instant = self.instant
        start = instant if self.start_open[row] else self.start_last[row]
        stop = instant if self.stop_open[row] else self.stop_last[row]
        if stop < self.start_must[row]:
            code = YES
        else:
            code = OPEN if start > self.stop_must[row] else NO
        if not code and self.start_open[row]:
            self._later(instant + 1, place, _WAKE, row)
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
            if push.effect.kind == _OCCUR:
                for row in push.effect.rows:
                    self._log.brought.append((row, push.since, HIGH - 1, False))


def _run(items: list[Item]) -> None:
    for method, arguments in items:
        method(*arguments)
    items.clear()
