"""The league, tick by tick, from the words of its page; nothing knows the engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tests.replays.domains_by_hand import Interval, Key, Log, Record, Timed, of

MEMBERS = tuple(f"party{n}" for n in range(4))
STRENGTH = {"party0": 6, "party1": 5, "party2": 2, "party3": 2}  # halves
Names = set[str]
Pairs = set[tuple[str, str]]


@dataclass(eq=False)
class Owed:
    """One thing to be done, since when, and what became of it."""

    since: int
    done: int | None = None
    ended: str = ""
    mended: bool = False

    @property
    def is_open(self) -> bool:
        return self.done is None and not self.ended

    def end(self, how: str) -> None:
        if self.is_open:
            self.ended = how

    def is_late(self, now: int, within: int) -> bool:
        return self.is_open and self.since + within < now


def keyed(names: Iterable[str]) -> set[Key]:
    return {(name,) for name in names}


def pairs(keys: Iterable[Key]) -> Pairs:
    return {(key[0], key[1]) for key in keys}


class League:
    """Everything that the page speaks of, and what is still to come."""

    def __init__(self, log: Log) -> None:
        self.log, self.now = log, -1
        self.belongs, self.ally, self.to_audit = Timed(), Timed(), Timed()
        self.against, self.called = Timed(12, renews=True), Timed(6, renews=True)
        self.expelled, self.suspended = Timed(14), Timed(10)
        self.holder: dict[str, str | None] = {"steward": None, "envoy": None}
        self.since: dict[str, int] = {}
        self.condemned, self.faithless, self.strong = Names(), Names(), Names()
        self.strong_since: dict[str, int] = {}
        self.veteran, self.busy, self.to_call = Names(), Names(), Names()
        self.expulsions: dict[int, Names] = defaultdict(set)
        self.aid: dict[tuple[str, str], list[Owed]] = defaultdict(list)
        self.guard: dict[str, Owed] = {}
        self.aided: dict[str, list[int]] = defaultdict(list)
        self.spans: dict[str, list[list[int]]] = defaultdict(list)

    def one(self, event: str) -> Names:
        """Name whoever an event of one argument befalls now."""
        return {key[0] for key in of(self.log, self.now, event)}

    def tick(self, now: int) -> None:
        """Go on by a tick."""
        self.now = now
        were = {key[0] for key in self.belongs.holds}
        calls, allies = set(self.called.holds), set(self.ally.holds)
        barred, chairs = set(self.suspended.holds), dict(self.holder)
        self._tally(calls, allies)
        self._belong(were)
        self._judge(were, barred)
        self._ally(were, barred)
        calling = [k for k in of(self.log, now, "called") if k[0] in were]
        self.called.step(now, calling, ())
        self.busy = {k[0] for k in self.called.holds} - self.veteran
        begun = self._aid(were, allies)
        self._office(were, barred, begun, chairs)
        self._guard()

    def _tally(self, calls: set[Key], allies: set[Key]) -> None:
        now = self.now
        for name in self.one("joined"):
            self.spans[name].append([now, now + 40])
        for name in self.one("left"):
            for span in self.spans[name]:
                if now <= span[1]:
                    span[1] = min(span[1], now + 3)
        for a, b in of(self.log, now, "aided"):
            if (b,) in calls and (a, b) in allies:
                self.aided[a].append(now)
        self.veteran = {
            name
            for name, times in self.aided.items()
            if sum(any(s <= t < e for s, e in self.spans[name]) for t in times) >= 2
        }

    def _belong(self, were: Names) -> None:
        now = self.now
        expulsions = {
            (name,)
            for name in self.expulsions.pop(now, Names()) & self.condemned
            if name in were and self.since[name] + 5 <= now - 1
        }
        were_out = set(self.expelled.holds)
        out, _ = self.expelled.step(now, expulsions, ())
        joined = keyed(self.one("joined")) - were_out
        begun, self.ended = self.belongs.step(
            now, joined, keyed(self.one("left")) | out
        )
        self.since.update({key[0]: now for key in begun})
        self.members = {key[0] for key in self.belongs.holds}

    def _judge(self, were: Names, barred: set[Key]) -> None:
        now, sorry, left = self.now, self.one("apologised"), self.one("left")
        votes = {
            (by, who)
            for by, who in of(self.log, now, "voted")
            if by in were and by != who and (by,) not in barred
        }
        ends = {k for k in self._pairs() if k[1] in sorry or k[0] in left}
        self.against.step(now, votes, ends)
        was, held = self.condemned, self.against.holds
        self.condemned = {
            who
            for who in MEMBERS
            if 2 * sum((by, who) in held for by in self.members) > len(self.members) > 0
        }
        self.expulsions[now + 2] |= self.condemned - was

    def _ally(self, were: Names, barred: set[Key]) -> None:
        pledges = {
            (a, b)
            for a, b in of(self.log, self.now, "pledged")
            if a != b and {a, b} <= were
        }
        gone, called = {key[0] for key in self.ended}, self.one("called")
        ends = {
            (a, b)
            for a, b in self._pairs()
            if {a, b} & gone or (b in called and (a,) in barred)
        }
        self.ally.step(self.now, pledges, ends)

    @staticmethod
    def _pairs() -> Pairs:
        return {(a, b) for a in MEMBERS for b in MEMBERS}

    def _aid(self, were: Names, allies: set[Key]) -> set[Key]:
        """Aid that is owed; give whom a second failure suspends."""
        now, left = self.now, self.one("left")
        for friend in (key[0] for key in of(self.log, now, "called")):
            for name in were:
                if (name, friend) in allies:
                    self.aid[name, friend].append(Owed(now))
        excused = {(b, a) for a, b in of(self.log, now, "excused")}
        aided, audited = pairs(of(self.log, now, "aided")), self.one("audited")
        for key, owed in self.aid.items():
            for one in owed:
                if key in aided and one.is_open:
                    one.done = now
                if key in excused:
                    one.end("waived")
                if key[1] in left:
                    one.end("released")
                one.mended |= key[0] in audited and one.is_late(now, 4)
        failed: dict[str, Names] = defaultdict(set)
        for (name, friend), owed in self.aid.items():
            if name not in self.busy and any(
                one.is_late(now, 4) and not one.mended for one in owed
            ):
                failed[name].add(friend)
        was = self.faithless
        self.faithless = {name for name, friends in failed.items() if len(friends) > 1}
        return keyed(self.faithless - was)

    def _office(
        self,
        were: Names,
        barred: set[Key],
        failed: set[Key],
        chairs: dict[str, str | None],
    ) -> None:
        """Who is censured, who holds which office, and who is suspended."""
        now, sorry, left = self.now, self.one("apologised"), self.one("left")
        censured = {
            (who,)
            for by, who in of(self.log, now, "censured")
            if chairs["steward"] == by and who not in sorry
        }
        begun, _ = self.suspended.step(
            now, failed | censured, keyed(self.one("audited"))
        )
        for office in self.holder:
            named = {
                who
                for by, who, what in of(self.log, now, "appointed")
                if what == office and who in were and (who,) not in barred
                if chairs[office] == by or (chairs[office] is None and by in were)
            }
            old = chairs[office]
            new = next(iter(named)) if len(named) == 1 else None if named else old
            is_out = new is not None and (new in left or (new,) in begun)
            self.holder[office] = None if is_out else new

    def _guard(self) -> None:
        now, was = self.now, self.strong
        whole = sum(STRENGTH[name] for name in self.members)
        self.strong = {
            who
            for who in MEMBERS
            if whole
            and 10
            * sum(STRENGTH[a] for a in self.members if (a, who) in self.ally.holds)
            >= 4 * whole
        }
        for name in self.strong - was:
            self.strong_since[name], self.guard[name] = now, Owed(now)
        for name in was - self.strong:
            del self.guard[name]
        for name, one in self.guard.items():
            if name in self.one("audited") and one.is_open:
                one.done = now
            if name in self.one("apologised"):
                one.end("lapsed")
        mine = {n: one for n, one in self.guard.items() if n in self.members}
        self.idle = {n for n, one in mine.items() if one.is_late(now, 5) or one.ended}
        self.guarded = {n for n, one in mine.items() if one.done is not None}
        was_to_call = self.to_call
        self.to_call = {
            name
            for name in self.strong - self.idle
            if self.strong_since[name] + 3 <= now
        }
        audited = keyed(self.one("audited"))
        self.to_audit.step(now, keyed(self.to_call - was_to_call), audited)

    def show(self, record: Record) -> None:
        """Write down what holds."""
        for state, timed in (
            *(("belongs", self.belongs), ("against", self.against)),
            *(("expelled", self.expelled), ("ally", self.ally)),
            *(("called_for", self.called), ("suspended", self.suspended)),
            ("to_audit", self.to_audit),
        ):
            record.note(self.now, state, timed.holds)
        let_off = {k[0] for k, all_ in self.aid.items() if any(map(_let, all_))}
        for state, names in (
            *(("condemned", self.condemned), ("busy", self.busy)),
            *(("faithless", self.faithless), ("strong", self.strong)),
            *(("veteran", self.veteran), ("idle", self.idle)),
            *(("guarded", self.guarded), ("let_off", let_off)),
        ):
            record.note(self.now, state, keyed(names))
        held = {(o, name) for o, name in self.holder.items() if name is not None}
        record.note(self.now, "holder", set(held))
        against, ally = self.against.holds, self.ally.holds
        rivals: set[Key] = {(a, b) for a, b in against if (b, a) in against and a != b}
        rivals |= {
            (a, b)
            for a, b in ally
            if (b,) in self.suspended.holds and (b, a) not in ally
        }
        record.note(self.now, "rivals", rivals)
        outlawed = self.suspended.holds | self.expelled.holds
        is_more = len(self.members) > len(outlawed)
        record.note(self.now, "majority", {()} if is_more else set())


def _let(one: Owed) -> bool:
    return bool(one.ended or one.mended)


def league(log: Log, end: int) -> set[Interval]:
    """Members, allies, votes, aid that is owed, offices and guards."""
    record, all_of_it = Record(), League(log)
    for now in range(end):
        all_of_it.tick(now)
        all_of_it.show(record)
    return record.close(end)
