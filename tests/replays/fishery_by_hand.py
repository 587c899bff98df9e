"""The fishery, tick by tick, from the words of its page; nothing knows the engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from tests.replays.domains_by_hand import Interval, Key, Log, Record, Timed, of

BOATS = tuple(f"party{n}" for n in range(3))
Names = set[str]


def named(keys: Iterable[Key]) -> Names:
    return {key[0] for key in keys}


def keyed(names: Iterable[str]) -> set[Key]:
    return {(name,) for name in names}


class Licences:
    """Active, warned or suspended; what runs out goes over into another."""

    limits = (("suspended", 9, "warned", False), ("warned", 15, "active", True))

    def __init__(self) -> None:
        self.value: dict[str, str] = {}
        self._started: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._stopped: dict[tuple[str, str], list[int]] = defaultdict(list)

    def step(self, now: int, boat: str, starts: Names, *, is_barred: bool) -> None:
        """Go on by a tick: starts of other values stop one, and so does a bar."""
        starts = set(starts)
        for value, length, follows, renews in self.limits:
            for since in self._started[boat, value]:
                if since + length != now:
                    continue
                later = [at for at in self._started[boat, value] if since < at]
                stops = [at for at in self._stopped[boat, value] if since < at]
                if not stops and not (renews and (later or value in starts)):
                    starts.add(follows)
        held = self.value.pop(boat, None)
        for value in ("active", "warned", "suspended"):
            is_stopped = is_barred or bool(starts - {value})
            if value in starts:
                self._started[boat, value].append(now)
            if is_stopped:
                self._stopped[boat, value].append(now)
            elif value in starts or value == held:
                self.value[boat] = value


class Fishery:
    """Everything that the page speaks of, and what is still to come."""

    def __init__(self, log: Log) -> None:
        self.log, self.now = log, -1
        self.licences = Licences()
        self.storm = self.quorum = self.exhausted = False
        self.votes, self.season = Timed(20, renews=True), Timed(25)
        self.extra, self.barred, self.premium, self.lead = (Timed() for _ in range(4))
        self.late, self.over, self.busy, self.can = (Names() for _ in range(4))
        self.opens: list[int] = []
        self.opening, self.spending = set[int](), set[int]()
        self.fines: dict[int, Names] = defaultdict(set)
        self.catches: list[tuple[int, str, int, bool, bool]] = []
        self.duties: list[tuple[str, int, bool]] = []
        self.active_since: dict[str, int] = {}

    def tick(self, now: int) -> None:
        """Go on by a tick."""
        self.now = now
        landed = [
            (boat, int(tons))
            for boat, tons in of(self.log, now, "landed")
            if boat in self.can
        ]
        reported = named(of(self.log, now, "reported"))
        may_vote = self.can - self.season_as_set()
        is_opened = now in self.opening and not (self.storm or self.season.holds)
        trusted, barred = named(self.premium.holds), named(self.barred.holds)
        model = {b for b, at in self.active_since.items() if at + 7 <= now - 1}
        was_late, was_over = self.late, self.over
        due = self._trigger(landed)
        self._land(landed, is_opened=is_opened)
        self._weather()
        self._owe(due, reported)
        self._allow(is_opened=is_opened, was_over=was_over)
        fresh = self.late - was_late
        self._license(reported, fresh, self.over - was_over, was_late)
        self._vote(may_vote)
        self._open(is_opened=is_opened)
        starts = keyed(model & named([(b,) for b, _ in landed]))
        self.premium.step(now, starts, keyed(fresh))
        leads = of(self.log, now, "licensed") if len(trusted) > len(barred) else []
        ends = {b for b in reported if any(o != b and o in trusted for o, _ in landed)}
        self.lead.step(now, leads, keyed(ends))

    def season_as_set(self) -> Names:
        """Give everybody while the season is open, so that nobody may vote."""
        return set(BOATS) if self.season.holds else set()

    def _weather(self) -> None:
        if of(self.log, self.now, "storm.ends"):
            self.storm = False
        elif of(self.log, self.now, "storm.starts"):
            self.storm = True

    def _trigger(self, landed: list[tuple[str, int]]) -> list[str]:
        return [boat for boat, _ in landed] if self.season.holds else []

    def _land(self, landed: list[tuple[str, int]], *, is_opened: bool) -> None:
        is_open = bool(self.season.holds)
        if is_opened:
            self.opens.append(self.now)
            self.spending.add(self.now + 1)
        self.catches += [
            (self.now, boat, tons, is_open, is_open and not self.storm)
            for boat, tons in landed
        ]

    def _spanned(self, at: int) -> bool:
        return any(opened <= at < opened + 25 for opened in self.opens)

    def _owe(self, due: list[str], reported: Names) -> None:
        self.duties += [(boat, self.now, False) for boat in due]
        self.duties = [one for one in self.duties if one[0] not in reported]
        self.late = {b for b, at, _ in self.duties if at + 3 < self.now}
        if self.storm:
            self.late = set()

    def _allow(self, *, is_opened: bool, was_over: Names) -> None:
        given = [
            (b,)
            for a, b in of(self.log, self.now, "transferred")
            if a not in was_over and a != b and self.season.holds
        ]
        fresh = [key for key in given if key not in self.extra.holds]
        self.extra.step(self.now, fresh, keyed(BOATS) if is_opened else ())
        tons: dict[str, int] = defaultdict(int)
        for at, boat, amount, counts, _ in self.catches:
            tons[boat] += amount if counts and self._spanned(at) else 0
        more = named(self.extra.holds)
        self.over = {b for b in BOATS if tons[b] > (9 if b in more else 5)}
        number = sum(c and self._spanned(at) for at, _, _, _, c in self.catches)
        self.was_exhausted, self.exhausted = self.exhausted, number > 7

    def _license(
        self, reported: Names, fresh: Names, over: Names, was_late: Names
    ) -> None:
        now, old = self.now, dict(self.licences.value)
        fined = {boat for boat in self.fines.pop(now, set()) if boat in was_late}
        was_barred, was_busy = named(self.barred.holds), self.busy
        barred, _ = self.barred.step(now, keyed(fined), of(self.log, now, "paid"))
        self.fines[now + 4] |= fresh
        given = named(of(self.log, now, "licensed"))
        for boat in BOATS:
            held, starts = old.get(boat), Names()
            if boat in given and boat not in was_barred and held != "suspended":
                starts.add("active")
            if boat in fresh and held in ("active", "warned"):
                starts.add("warned" if held == "active" else "suspended")
            if boat in over:
                starts.add("suspended")
            if boat in reported and held == "warned" and boat in was_busy:
                starts.add("active")
            self.licences.step(now, boat, starts, is_barred=(boat,) in barred)
            if self.licences.value.get(boat) != "active":
                self.active_since.pop(boat, None)
            else:
                self.active_since.setdefault(boat, now)
        self.can = {b for b, v in self.licences.value.items() if v != "suspended"}
        times = [(boat, at) for at, boat, *_ in self.catches if now < at + 6]
        self.busy = {b for b in BOATS if sum(o == b for o, _ in times) >= 3}

    def _vote(self, may_vote: Names) -> None:
        voted = [key for key in of(self.log, self.now, "voted") if key[0] in may_vote]
        spent = keyed(BOATS) if self.now in self.spending else ()
        self.votes.step(self.now, voted, spent)
        yes = len(self.can & named(self.votes.holds))
        was, self.quorum = self.quorum, bool(self.can) and 3 * yes >= 2 * len(self.can)
        if self.quorum and not was:
            self.opening.add(self.now + 2)

    def _open(self, *, is_opened: bool) -> None:
        ends = self.exhausted and not self.was_exhausted
        self.season.step(self.now, [()] if is_opened else (), [()] if ends else ())

    def show(self, record: Record) -> None:
        """Write down what holds."""
        for state, timed in (
            *(("for_opening", self.votes), ("season", self.season)),
            *(("extra", self.extra), ("barred", self.barred)),
            *(("premium", self.premium), ("lead", self.lead)),
        ):
            record.note(self.now, state, timed.holds)
        for state, boats in (
            *(("can_fish", self.can), ("busy", self.busy)),
            *(("over", self.over), ("late", self.late)),
        ):
            record.note(self.now, state, keyed(boats))
        for state, is_so in (
            *(("storm", self.storm), ("quorum", self.quorum)),
            ("exhausted", self.exhausted),
        ):
            record.note(self.now, state, {()} if is_so else set())
        record.note(self.now, "licence", set(self.licences.value.items()))


def fishery(log: Log, end: int) -> set[Interval]:
    """Licences, a quota, a season that is voted on, reports and fines."""
    record, all_of_it = Record(), Fishery(log)
    for now in range(end):
        all_of_it.tick(now)
        all_of_it.show(record)
    return record.close(end)
