"""The queue where all is known: one pass over everything that happens, in order.

At each instant the members are moved one after the other, in the order of what they read
of one another at one instant. Conditions of rules read the codes just before it.
"""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING, Any

from vigens.engine.intervals import HIGH, LOW
from vigens.engine.queue.effects import START
from vigens.engine.queue.gates import NO, OPEN, YES, UndecidedError, decided
from vigens.engine.queue.layout import LATER
from vigens.engine.queue.log import Log

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vigens.engine.queue.circle import Circle
    from vigens.engine.queue.effects import Effect
    from vigens.engine.queue.limits import Clause

    #: A timer: the time limit, its row, and when it was set.
    Timer = tuple[Clause, int, int]

#: Beyond so much that a circle does of itself, and so much more for each thing that
#: comes from outside, it is not known what comes.
MOST_OWN_STEPS, MOST_STEPS_EACH = 100_000, 100


class Known:
    """The state of a circle as long as all is known.

    Attributes:
        circle: What is run.
        log: What was found.
        heap: What comes by itself: (instant, number, place, timer or effect).
        current: For each block the row that events let hold; -1 for none.
        stopped: Row with a time limit to when it was last stopped.
        started: Row with a time limit to when it was last started.
        since: Row to when events last let it begin.
        at: How many drives are used up.
        looked: How many looks are.
        until: From when on nothing is worked out.
        is_lost: Whether something moves that the queue does not know how to follow.
    """

    def __init__(self, circle: Circle) -> None:
        """Begin at the outset."""
        self.circle = circle
        self.log = Log()
        self.heap: list[tuple[int, int, int, Any]] = []
        self.number = count()
        self.before, self.now = circle.just_before.codes, circle.at_once.codes
        self.current = [-1] * len(self.now)
        self.stopped: dict[int, int] = {}
        self.started: dict[int, int] = {}
        self.since: dict[int, int] = {}
        self.at = self.looked = 0
        self.until = HIGH
        self.is_lost = False
        self._pieces = circle.pieces
        size = max([len(circle.nodes), *(place + 1 for place in circle.pieces)])
        self._todo: list[list[Effect]] = [[] for _ in range(size)]
        self._due: list[list[Any]] = [[] for _ in range(size)]
        self._landing: list[list[Effect]] = [[] for _ in range(size)]
        self._looks: list[set[int]] = [set() for _ in range(size)]
        self._changed: list[int] = []
        self._is_event = [node.startswith(("event:", LATER)) for node in circle.nodes]
        self._is_event += [False] * (size - len(self._is_event))
        self._limited = {
            row: tuple(r for r in rivals if r in circle.clauses)
            for row, rivals in circle.rivals.items()
        }
        try:
            self._begin()
        except UndecidedError:
            self.is_lost = True

    def _begin(self) -> None:
        """Lay down what holds from the outset."""
        circle = self.circle
        for row in circle.initial:
            self.current[circle.block[row]] = row
            self.since[row] = LOW
        for place in circle.order:
            if place in self._pieces:
                self._pieces[place].begin(self)
                continue
            if self._is_event[place]:
                continue
            node = circle.nodes[place]
            base, size = circle.base[node], circle.layout.size(node)
            rows: Iterable[int] = range(base, base + size)
            if place not in circle.held:
                rows = [row for row in circle.initial if base <= row < base + size]
            for row in rows:
                self._show(place, row, LOW)
        for row in self._changed:
            self.before[row] = self.now[row]
        self._changed.clear()
        for effects in self._todo:
            effects.clear()
        for rows in self._looks:
            rows.clear()

    def run(self) -> None:
        """Go through all that happens while everything is known.

        Source:
            Design, section 4.6: one event queue in linear cost.
        """
        circle, heap = self.circle, self.heap
        drives = circle.drives
        assert drives is not None
        firsts, places = [*drives.first.tolist(), HIGH], drives.effects.tolist()
        effects, looks = circle.effects, [*circle.looks, (HIGH, 0, 0)]
        until, own_steps = min(circle.known_until, HIGH), 0
        most_steps = MOST_OWN_STEPS + MOST_STEPS_EACH * (len(places) + len(looks))
        todo, every = self._todo, circle.order
        pieces = list(self._pieces.values())
        at, looked = self.at, self.looked
        while True:
            instant = min(firsts[at], looks[looked][0])
            if heap and heap[0][0] < instant:
                instant = heap[0][0]
            if instant >= until:
                break
            while firsts[at] == instant:
                effect = effects[places[at]]
                todo[effect.place].append(effect)
                at += 1
            while looks[looked][0] == instant:
                self._looks[looks[looked][1]].add(looks[looked][2])
                looked += 1
            while heap and heap[0][0] == instant:
                self._take(heappop(heap))
                own_steps += 1
            try:
                for place in every:
                    self._step(place, instant)
            except UndecidedError:
                self._stop(instant)
                break
            for piece in pieces:
                piece.clear(self)
            self._settle()
            if self.is_lost:
                break
            if own_steps > most_steps:
                self.until = instant + 1
                break
        self.at, self.looked = at, looked

    def _stop(self, instant: int) -> None:
        """Leave an instant alone, and all that comes later."""
        self.until = instant
        brought = self.log.brought
        while brought and brought[-1][1] >= instant:
            brought.pop()

    def _take(self, entry: tuple[int, int, int, Any]) -> None:
        item = entry[3]
        if isinstance(item, tuple):
            self._due[entry[2]].append(item)
        else:
            self._landing[entry[2]].append(item)

    def _settle(self) -> None:
        """Let what is so at the instant be what was so before the next one."""
        before, now, marks = self.before, self.now, self.circle.just_before.marks
        for row in self._changed:
            before[row] = now[row]
            if marks:
                for mark in marks.get(row, ()):
                    mark()
        self._changed.clear()

    def applied(self, place: int, instant: int) -> list[Effect]:
        """Take what occurs at a place and counts."""
        found, self._todo[place] = self._todo[place], []
        return [effect for effect in found if _applies(effect, instant)]

    def timers(self, place: int) -> list[Any]:
        """Take what runs out at a place."""
        found, self._due[place] = self._due[place], []
        return found

    def rows_at(self, place: int) -> set[int]:
        """Take the rows of a place whose conditions may have changed."""
        found, self._looks[place] = self._looks[place], set()
        return found

    def later(self, instant: int, place: int, item: tuple[Any, ...]) -> None:
        """Let something run out at an instant."""
        if instant < HIGH:
            heappush(self.heap, (instant, next(self.number), place, item))

    def change(self, row: int, code: int) -> None:
        """Tell what a row of a piece comes to from now on."""
        self.now[row] = code
        self._changed.append(row)
        self._tell(row, code)

    def lose(self) -> None:
        """Say that the queue cannot work this circle out."""
        self.is_lost = True

    def _step(self, place: int, instant: int) -> None:
        """Move one member at an instant."""
        if place in self._pieces:
            if self._todo[place] or self._due[place] or self._looks[place]:
                self._pieces[place].step(self, instant)
            return
        if self._is_event[place]:
            if self._todo[place] or self._landing[place]:
                self._bring(place, instant)
            return
        if self._todo[place] or self._due[place]:
            self._move(place, instant)
        if self._looks[place]:
            rows, self._looks[place] = self._looks[place], set()
            for row in rows:
                self._show(place, row, instant)

    def _bring(self, place: int, instant: int) -> None:
        """Let provisions bring their event about, now or later."""
        landing, self._landing[place] = self._landing[place], []
        heap, number = self.heap, self.number
        for effect in self._todo[place]:
            if _applies(effect, instant):
                assert effect.comes is not None
                comes = effect.comes(instant)
                if comes == instant and effect.lands == place:
                    landing.append(effect)
                elif comes <= instant:  # an act goes back to the beginning of its day
                    raise UndecidedError
                elif comes < HIGH:
                    heappush(heap, (comes, next(number), effect.lands, effect))
        self._todo[place].clear()
        for effect in landing:
            unless = effect.unless
            if unless is not None and decided(unless[0].code(unless[1], instant)):
                continue
            for row in effect.rows:
                self.log.brought.append((row, instant, instant, True))
                for driven in self.circle.on_event.get(row, ()):
                    self._todo[driven.place].append(driven)

    def _move(self, place: int, instant: int) -> None:
        """Start and stop the rows of one state."""
        starts: list[int] = []
        stops: list[int] = []
        timed: list[int] = []
        late: list[Timer] = []
        if self._due[place]:
            late = self._run_out(place, starts, stops)
            timed += starts
        for effect in self._todo[place]:
            if _applies(effect, instant):
                if effect.kind == START:
                    starts += effect.rows
                    if effect.is_timed:
                        timed += effect.rows
                else:
                    stops += effect.rows
        self._todo[place].clear()
        for clause, row, since in late:
            if row not in timed and self.started.get(row, LOW) <= since:
                timed += self._by_timer(clause, row, starts, stops)
        if starts or stops:
            self._change(place, instant, starts, stops)
            if self.circle.clauses:
                self._remember(instant, starts, stops)
                self._set_timers(place, instant, timed)

    def _run_out(self, place: int, starts: list[int], stops: list[int]) -> list[Timer]:
        """Let timers run out that nothing stopped; those to be renewed wait a moment."""
        late = []
        due, self._due[place] = self._due[place], []
        for clause, row, since in due:
            if self.stopped.get(row, LOW) <= since:
                if clause.is_renewable:
                    late.append((clause, row, since))
                else:
                    self._by_timer(clause, row, starts, stops)
        return late

    @staticmethod
    def _by_timer(
        clause: Clause, row: int, starts: list[int], stops: list[int]
    ) -> tuple[int, ...]:
        if clause.becomes < 0:
            stops.append(row)
            return ()
        starts.append(clause.becomes)
        return (clause.becomes,)

    def _change(
        self, place: int, instant: int, starts: list[int], stops: list[int]
    ) -> None:
        """Settle who wins: a stop over a start, and nobody of two that start."""
        block, current = self.circle.block, self.current
        begun: dict[int, int] = {}
        for row in starts:
            own = block[row]
            begun[own] = row if begun.get(own, row) == row else -1
        halted = set(stops)
        for own, row in begun.items():
            self._let(place, own, -1 if row in halted else row, instant)
        for row in halted:
            own = block[row]
            if own not in begun and current[own] == row:
                self._let(place, own, -1, instant)

    def _let(self, place: int, block: int, row: int, instant: int) -> None:
        """Let one row of a block hold, or none."""
        old = self.current[block]
        if old == row:
            return
        self.current[block] = row
        if row >= 0:
            self.since[row] = instant
        for each in (old, row):
            if each >= 0:
                self._show(place, each, instant)

    def _show(self, place: int, row: int, instant: int) -> None:
        """Work out what a row comes to, and tell whoever reads it."""
        code = YES if self.current[self.circle.block[row]] == row else NO
        gate = self.circle.held.get(place)
        if gate is not None:
            self.log.own.add(row, instant, code)
            if not code:
                base = self.circle.base[self.circle.nodes[place]]
                code = gate.code(row - base, instant)
        old = self.now[row]
        if old == code:
            return
        self.now[row] = code
        self._changed.append(row)
        self.log.states.add(row, instant, code)
        if OPEN in (old, code) and instant > LOW:
            driven = self.circle.on_begin if code > old else self.circle.on_end
            if driven.get(row):  # whether it begins or ends then is not known
                raise UndecidedError
        self._tell(row, code)

    def _tell(self, row: int, code: int) -> None:
        circle = self.circle
        driven = (circle.on_begin if code else circle.on_end).get(row)
        if driven:
            for effect in driven:
                self._todo[effect.place].append(effect)
        if circle.readers:
            for place, reader in circle.readers.get(row, ()):
                self._looks[place].add(reader)
        if circle.at_once.marks:
            for mark in circle.at_once.marks.get(row, ()):
                mark()

    def _remember(
        self, instant: int, starts: Iterable[int], stops: Iterable[int]
    ) -> None:
        """Keep when rows with a time limit were stopped."""
        for row in stops:
            self.stopped[row] = instant
        for row in starts:
            for rival in self._limited.get(row, ()):
                self.stopped[rival] = instant

    def _set_timers(self, place: int, instant: int, timed: Iterable[int]) -> None:
        for row in dict.fromkeys(timed):
            self.started[row] = instant
            for clause in self.circle.clauses.get(row, ()):
                ends = clause.ends(instant)
                if ends < HIGH:
                    entry = (clause, row, instant)
                    heappush(self.heap, (ends, next(self.number), place, entry))


def _applies(effect: Effect, instant: int) -> bool:
    """Say whether all that must hold just before does.

    Raises:
        UndecidedError: That is not known.
    """
    least = YES
    for ask, at in effect.asks:
        code = ask(at, instant)
        if code < least:
            if not code:
                return False
            least = code
    return decided(least)
