"""The compact, day by day, from the words of its page; nothing knows the engine."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from tests.replays.domains_by_hand import Interval, Key, Log, Record, Timed, of

STATES = tuple(f"party{n}" for n in range(5))
FIRST = date(1970, 1, 1)
Names = set[str]


def day(now: int) -> date:
    return FIRST + timedelta(now)


def months(now: int, number: int) -> int:
    """Add months to a day, to the last of the month where it is shorter."""
    start = day(now)
    year, month = divmod(start.year * 12 + start.month - 1 + number, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return (date(year, month + 1, min(start.day, last)) - FIRST).days


def next_month(now: int) -> int:
    return months((day(now).replace(day=1) - FIRST).days, 1)


def next_year(now: int) -> int:
    return (date(day(now).year + 1, 1, 1) - FIRST).days


class Lasting(Timed):
    """A state that ends so many months after it began."""

    def __init__(self, number: int, *, renews: bool = False) -> None:
        super().__init__(renews=renews)
        self._number = number

    def step(
        self, now: int, starts: Iterable[Key], stops: Iterable[Key]
    ) -> tuple[set[Key], set[Key]]:
        starts = set(starts)
        found = super().step(now, starts, stops)
        for key in starts:
            self._timers[months(now, self._number)].append((key, now))
        return found


def keyed(names: Iterable[str]) -> set[Key]:
    return {(name,) for name in names}


class Compact:
    """Everything that the page speaks of, and what is still to come."""

    def __init__(self, log: Log) -> None:
        self.log, self.now = log, -1
        self.consent, self.party, self.noticed = Timed(), Timed(), Timed()
        self.force, self.once, self.new_text = Timed(), Timed(), Timed()
        self.accepting, self.open, self.objecting = Timed(), Lasting(8), Lasting(3)
        self.presides, self.presided = Lasting(10), Lasting(12)
        self.barred = Lasting(12, renews=True)
        self.enough = self.empty = self.carried = False
        self.voters, self.arrears, self.late = Names(), Names(), Names()
        self.coming: dict[int, set[Key]] = defaultdict(set)
        self.dues: dict[str, list[int]] = defaultdict(list)
        self.reports: dict[str, list[int]] = defaultdict(list)

    def one(self, event: str) -> Names:
        """Name whoever an event of one argument befalls now."""
        return {key[0] for key in of(self.log, self.now, event)}

    def tick(self, now: int) -> None:
        """Go on by a day."""
        self.now = now
        come = self.coming.pop(now, set())
        self.were_open = bool(self.open.holds)
        self.were_voters, self.in_force = self.voters, bool(self.force.holds)
        amended = ("amended",) in come and self.were_open and not self.objecting.holds
        term = ("term",) in come and self.in_force
        self.consented = {key[0] for key in self.consent.holds}
        self.presided_before = dict.fromkeys(self.presides.holds)
        were_presiding = {key[0] for key in self.presides.holds}
        had_presided = set(self.presided.holds)
        exits = self._join(come)
        self._pay()
        self._report(were_presiding)
        self._vote(amended=amended)
        if term or ("enters",) in come:
            self.coming[months(now, 12)].add(("term",))
            free = {n for n in self.consented if were_presiding <= {n}}
            starts = keyed(free) - had_presided
        else:
            starts = set()
        _, ended = self.presides.step(now, starts, exits)
        self.presided.step(now, ended, ())

    def _join(self, come: set[Key]) -> set[Key]:
        """Consent, entry into force, notice and exit."""
        now, was_party = self.now, {key[0] for key in self.party.holds}
        noticed, enters = {key[0] for key in self.noticed.holds}, ("enters",) in come
        ratified = self.one("ratified")
        exits = {k[1:] for k in come if k[0] == "exits" and k[1] in noticed}
        bound = {k[1] for k in come if k[0] == "bound" and k[1] in self.consented}
        bound |= self.consented if enters else set()
        for name in ratified - self.consented if self.in_force else ():
            self.coming[now + 30].add(("bound", name))
        given = self.one("gave.notice") & was_party
        for name in given - noticed:
            self.coming[next_year(months(now, 6))].add(("exits", name))
        self.consent.step(now, keyed(ratified - noticed), exits)
        was, self.enough = self.enough, len(self.consent.holds) >= 3
        if self.enough and not was:
            self.coming[next_month(now + 10)].add(("enters",))
        self.party.step(now, keyed(bound), exits)
        entry: set[Key] = {()} if enters else set()
        self.once.step(now, entry, ())
        was, self.empty = (
            self.empty,
            bool(self.once.holds) and len(self.party.holds) < 2,
        )
        self.force.step(now, entry, [()] if self.empty and not was else ())
        self.noticed.step(now, keyed(given), keyed(self.one("took.back")) | exits)
        self.was_party = was_party
        return exits

    def _pay(self) -> None:
        now, paid = self.now, self.one("paid")
        if of(self.log, now, "year.begins") and self.in_force:
            for name in self.was_party:
                self.dues[name].append(now)
        for name in paid:
            self.dues.pop(name, None)
        self.arrears = self._overdue(self.dues, lambda since: months(since, 2))
        self.arrears -= {key[0] for key in self.noticed.holds}

    def _report(self, presiding: Names) -> None:
        now, was_late = self.now, self.late
        for name in self.one("visited") & self.were_voters:
            self.reports[name].append(now)
        for name in self.one("reported"):
            self.reports.pop(name, None)
        self.late = self._overdue(self.reports, lambda since: next_month(since + 20))
        restored = {
            (who,)
            for by, who in of(self.log, now, "restored")
            if by in presiding & self.were_voters and by != who
        }
        self.barred.step(now, keyed(self.late - was_late), restored)
        barred = {key[0] for key in self.barred.holds}
        parties = {key[0] for key in self.party.holds}
        self.voters = parties - self.arrears - barred

    def _overdue(self, owed: dict[str, list[int]], end: Callable[[int], int]) -> Names:
        return {n for n, times in owed.items() if any(end(t) < self.now for t in times)}

    def _vote(self, *, amended: bool) -> None:
        now, protests = self.now, self.one("protested")
        proposed = bool(of(self.log, now, "proposed"))
        ends: set[Key] = {()} if amended else set()
        may = proposed and self.in_force and not self.were_open
        self.open.step(now, [()] if may else (), ends)
        may_vote = self.were_voters if self.were_open else set()
        stops = keyed(STATES) if proposed else keyed(protests)
        self.accepting.step(now, keyed(self.one("accepted") & may_vote), stops)
        lifted = keyed(STATES) if amended else set()
        self.objecting.step(now, keyed(protests & may_vote), lifted)
        yes = len(self.voters & {key[0] for key in self.accepting.holds})
        was, number = self.carried, len(self.voters)
        self.carried = number > 0 and 4 * yes >= 3 * number
        if self.carried and not was:
            self.coming[months(now, 1)].add(("amended",))
        self.new_text.step(now, ends, ())

    def show(self, record: Record) -> None:
        """Write down what holds."""
        for state, timed in (
            *(("consent", self.consent), ("party_in", self.party)),
            *(("noticed", self.noticed), ("force", self.force)),
            *(("force_once", self.once), ("new_text", self.new_text)),
            *(("accepting", self.accepting), ("open_amendment", self.open)),
            *(("objecting", self.objecting), ("presides", self.presides)),
            *(("presided", self.presided), ("barred", self.barred)),
        ):
            record.note(self.now, state, timed.holds)
        for state, names in (
            *(("arrears", self.arrears), ("can_vote", self.voters)),
            ("late_report", self.late),
        ):
            record.note(self.now, state, keyed(names))
        for state, is_so in (("enough", self.enough), ("empty", self.empty)):
            record.note(self.now, state, {()} if is_so else set())


def compact(log: Log, end: int) -> set[Interval]:
    """Consent, exit, dues, votes on an amendment, terms and reports, in days."""
    record, all_of_it = Record(), Compact(log)
    for now in range(end):
        all_of_it.tick(now)
        all_of_it.show(record)
    return record.close(end)
