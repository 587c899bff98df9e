"""Four domains worked out by hand, tick by tick, from the words of their pages.

Nothing here knows of the engine or of its rules. A change at a tick shows from that tick
on; what is asked just before a change is what was so at the tick before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

Key = tuple[str, ...]
#: Tick to what occurs: event and arguments.
Log = dict[int, list[Key]]
#: State, its arguments, first tick, first tick no more.
Interval = tuple[str, Key, int, int]


class Timed:
    """A state that events start and stop, and that may end after a time."""

    def __init__(self, length: int = 0, *, renews: bool = False) -> None:
        self.holds: set[Key] = set()
        self._length, self._renews = length, renews
        self._timers: dict[int, list[tuple[Key, int]]] = defaultdict(list)
        self._stopped: dict[Key, int] = {}
        self._started: dict[Key, int] = {}

    def step(
        self, now: int, starts: Iterable[Key], stops: Iterable[Key]
    ) -> tuple[set[Key], set[Key]]:
        """Go on by a tick; give what begins and what ends."""
        starts, stops = set(starts), set(stops)
        for key, since in self._timers.pop(now, ()):
            is_stopped = since < self._stopped.get(key, since)
            is_renewed = self._renews and (
                key in starts or self._started.get(key, since) > since
            )
            if not (is_stopped or is_renewed):
                stops.add(key)
        before = self.holds
        self.holds = (before | starts) - stops
        for key in stops:
            self._stopped[key] = now
        for key in starts:
            self._started[key] = now
            if self._length:
                self._timers[now + self._length].append((key, now))
        return self.holds - before, before - self.holds


class Owed:
    """Duties to do something within so many ticks, one for each time they arise."""

    def __init__(self, within: int) -> None:
        self._within = within
        self._open: dict[Key, list[int]] = defaultdict(list)

    def step(self, now: int, due: Iterable[Key], done: Iterable[Key]) -> set[Key]:
        """Go on by a tick; give what is overdue."""
        for key in due:
            self._open[key].append(now)
        for key in done:
            self._open.pop(key, None)
        return {
            key
            for key, since in self._open.items()
            if min(since, default=now) + self._within < now
        }


class Record:
    """Writes down from when to when each state holds."""

    def __init__(self) -> None:
        self._since: dict[tuple[str, Key], int] = {}
        self.found: set[Interval] = set()

    def note(self, now: int, state: str, holding: set[Key]) -> None:
        for name, key in [one for one in self._since if one[0] == state]:
            if key not in holding:
                self.found.add((state, key, self._since.pop((name, key)), now))
        for key in holding:
            self._since.setdefault((state, key), now)

    def close(self, end: int) -> set[Interval]:
        for (state, key), since in self._since.items():
            self.found.add((state, key, since, end))
        return self.found


def of(log: Log, now: int, event: str) -> list[Key]:
    """List the arguments of what occurs."""
    return [tuple(one[1:]) for one in log.get(now, ()) if one[0] == event]


def market(log: Log, end: int) -> set[Interval]:
    """Quotes, contracts, deliveries, payments and suspensions."""
    record, sellers, buyers = Record(), set[str](), set[str]()
    quote, contract = Timed(5, renews=True), Timed(12)
    suspended, deliver, pay = Timed(8, renews=True), Owed(4), Owed(3)
    late: set[Key] = set()
    for now in range(end):
        barred, stood, quoted = suspended.holds, contract.holds, quote.holds
        sold, bought = set(sellers), set(buyers)
        counted = [q for q in of(log, now, "quoted") if (q[0],) not in barred]
        accepted = [(m, c, g) for c, m, g in of(log, now, "accepted")]
        paid = [(m, c, g) for c, m, g in of(log, now, "paid")]
        sent = of(log, now, "sent")
        quote.step(now, counted, accepted)
        made = [a for a in accepted if a in quoted and (a[0],) not in barred]
        overdue = deliver.step(now, (), sent)
        begun, _ = contract.step(now, made, [*paid, *(overdue - late)])
        deliver.step(now, [b for b in begun if b[0] in sold], sent)
        unpaid = pay.step(now, [s for s in sent if s in stood and s[1] in bought], paid)
        fresh = {(m,) for m, _, _ in overdue - late}
        late = overdue
        suspended.step(now, fresh, of(log, now, "fined"))
        sellers |= {m for (m,) in of(log, now, "registered")}
        buyers |= {c for _, c, _ in counted}
        record.note(now, "quote", quote.holds)
        record.note(now, "contract", contract.holds)
        record.note(now, "undelivered", overdue)
        record.note(now, "unpaid", {(c, m, g) for m, c, g in unpaid})
        record.note(now, "suspended", suspended.holds)
    return record.close(end)


def licence(log: Log, end: int) -> set[Interval]:
    """Points, offences, suspensions and courses."""
    record, held, suspended = Record(), Timed(), Timed(20)
    opened: dict[Key, int] = {}
    closes: dict[Key, int] = {}
    points: dict[Key, int] = defaultdict(int)
    offences: dict[Key, list[int]] = defaultdict(list)
    courses: dict[Key, list[int]] = defaultdict(list)
    many, often, truant = set[Key](), set[Key](), set[Key]()
    for now in range(end):
        given = of(log, now, "licensed")
        pardoned, cleared = of(log, now, "pardoned"), of(log, now, "cleared")
        for key in given:
            opened[key] = now
            closes.pop(key, None)
        for key in cleared:
            if key in opened:
                closes.setdefault(key, now + 2)
        for name, amount in of(log, now, "stopped"):
            key = (name,)
            if key in held.holds and key not in suspended.holds:
                offences[key].append(now)
                last = min(opened.get(key, now) + 90, closes.get(key, end))
                if key in opened and now < last:
                    points[key] += int(amount)
        was_licensed, was_many, was_often, was_truant = held.holds, many, often, truant
        many = {key for key, number in points.items() if number >= 12}
        often = {
            key
            for key, times in offences.items()
            if sum(now - 15 < at for at in times) >= 3
        }
        starts = (many - was_many) | (often - was_often)
        begun, _ = suspended.step(now, starts, pardoned)
        for key in begun & was_licensed:
            courses[key].append(now)
        for key in (*of(log, now, "attended"), *pardoned):
            courses.pop(key, None)
        truant = {key for key, since in courses.items() if min(since) + 10 < now}
        held.step(now, given, truant - was_truant)
        record.note(now, "licence", held.holds)
        record.note(now, "many_points", many)
        record.note(now, "often", often)
        record.note(now, "suspended", suspended.holds)
        record.note(now, "truant", truant)
    return record.close(end)


def truce(log: Log, end: int) -> set[Interval]:
    """Violations, patrols that pause, and monitors who are struck off."""
    record, observed, monitors = Record(), Timed(8, renews=True), Timed()
    reports: dict[Key, list[int]] = defaultdict(list)
    cool_since: dict[str, int] = dict.fromkeys(("north", "south", "east"), -1000)
    paused, hot = set[Key](), set[Key]()
    calm: set[Key] = {(s,) for s in cool_since}
    owed: dict[Key, list[int]] = defaultdict(list)
    neglected, struck = set[Key](), set[Key]()
    for now in range(end):
        was_hot, was_calm, was_paused = hot, calm, paused
        for key in of(log, now, "violation"):
            if key in observed.holds:
                reports[key].append(now)
        hot = {
            k for k, times in reports.items() if sum(now - 10 < t for t in times) >= 3
        }
        for sector in cool_since:
            if (sector,) in was_hot and (sector,) not in hot:
                cool_since[sector] = now
        calm = {
            (s,) for s, at in cool_since.items() if (s,) not in hot and at + 6 <= now
        }
        paused = (paused | (hot - was_hot)) - (calm - was_calm)
        for (sector,) in of(log, now, "shift"):
            if (sector,) not in was_paused:
                for (name,) in monitors.holds:
                    owed[name, sector].append(now)
        patrols = of(log, now, "patrolled")
        for key in patrols:
            owed.pop(key, None)
        late = {
            key
            for key, since in owed.items()
            if min(since) + 3 < now and (key[1],) not in paused
        }
        was_neglected, was_struck = neglected, struck
        neglected = {
            (s,) for s in cool_since if len({n for n, o in late if o == s}) >= 2
        }
        struck = {(n,) for n, _ in late if len({s for m, s in late if m == n}) >= 2}
        monitors.step(now, of(log, now, "appointed"), struck - was_struck)
        observed.step(now, [(s,) for _, s in patrols], neglected - was_neglected)
        record.note(now, "hot", hot)
        record.note(now, "calm", calm)
        record.note(now, "paused", paused)
        record.note(now, "monitor", monitors.holds)
        record.note(now, "neglected", neglected)
        record.note(now, "struck", struck)
        record.note(now, "observed", observed.holds)
    return record.close(end)


def chair(log: Log, end: int) -> set[Interval]:
    """A chair that rotates, motions, and who is barred."""
    record, chairs, opened, barred = Record(), Timed(15), Timed(9), Timed(12)
    owed: dict[Key, list[int]] = defaultdict(list)
    slow, known = set[Key](), set[Key]()
    for now in range(end):
        were, was_barred, was_open = chairs.holds, barred.holds, opened.holds
        elected = of(log, now, "elected")
        known |= set(elected)
        others = {k for k in known if any(e != k for e in elected)}
        chairs.step(now, [e for e in elected if e not in was_barred], others)
        rulings = {r for r in of(log, now, "ruled") if (r[0],) in were}
        moved = [
            (m,)
            for p, m in of(log, now, "moved")
            if (p,) not in was_barred and (m,) not in was_open
        ]
        begun, ended = opened.step(now, moved, [(m,) for _, m in rulings])
        for (motion,) in begun:
            for (name,) in were:
                owed[name, motion].append(now)
        for key in rulings:
            owed.pop(key, None)
        for key in [k for k in owed if (k[0],) in were - chairs.holds]:
            owed.pop(key)
        was_slow = slow
        slow = {key for key, since in owed.items() if min(since) + 5 < now}
        starts = {(name,) for name, _ in slow - was_slow}
        starts |= {(n,) for (m,) in ended for (n,) in were if (n, m) not in rulings}
        barred.step(now, starts, ())
        record.note(now, "chair", chairs.holds)
        record.note(now, "opened", opened.holds)
        record.note(now, "slow", slow)
        record.note(now, "barred", barred.holds)
    return record.close(end)


#: Domain to how it is worked out.
BY_HAND: dict[str, Callable[[Log, int], set[Interval]]] = {
    "market": market,
    "licence": licence,
    "truce": truce,
    "chair": chair,
}
