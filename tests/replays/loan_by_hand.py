"""The loan, tick by tick, from the words of its page; nothing knows the engine."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from tests.replays.domains_by_hand import Interval, Key, Log, Record, Timed, of

NAMES = tuple(f"party{n}" for n in range(4))
WEIGHTS = dict(zip(NAMES, (60, 41, 20, 79), strict=True))  # in halves
Names = set[str]


class Duty:
    """Instances with the tick from which each was owed, until something is done."""

    def __init__(self, within: int) -> None:
        self.within = within
        self.owed: dict[Key, list[int]] = defaultdict(list)

    def late(self, now: int) -> set[Key]:
        return {
            key for key, times in self.owed.items() if min(times) + self.within < now
        }


class Loan:
    """Everything that the page speaks of."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.drawn: dict[str, Fraction] = defaultdict(Fraction)
        self.repaid: dict[str, Fraction] = defaultdict(Fraction)
        self.limit: dict[str, Fraction] = {}
        self.lenders, self.open = Names(), Names()
        self.owing, self.stopped, self.defaulting, self.say = (Names() for _ in "four")
        self.missed, self.unsettled, self.forgiven, self.wanted, self.lost = (
            Names() for _ in "fives"
        )
        self.guarantor: set[Key] = set()
        self.before_guarantor: set[Key] = set()
        self.were_owing = Names()
        self.default = Timed(30, renews=True)
        self.forgives, self.supports = Timed(10), Timed(12, renews=True)
        self.hot = Timed()
        self.fund, self.pay, self.settle = Duty(2), Duty(3), Duty(4)
        self.coming: dict[int, set[Key]] = defaultdict(set)

    def balance(self, name: str) -> Fraction:
        """Say what somebody owes."""
        return self.drawn[name] - self.repaid[name]

    def step(self, now: int) -> None:
        """Go on by a tick, from what was so before."""
        came = self.coming.pop(now, set())
        was_default = {k[0] for k in self.default.holds}
        was_missed, was_unsettled = self.missed, self.unsettled
        draws = [
            (name, Fraction(text))
            for name, text in of(self.log, now, "drawn")
            if name in self.open
            and name not in self.stopped
            and self.balance(name) + Fraction(text) <= self.limit.get(name, -1)
        ]
        self._minima(now, {k[1] for k in came if k[0] == "called"} & self.owing)
        self._limits(now)
        settled = self._move(now, draws)
        self.missed = {k[0] for k in self.pay.late(now)}
        self._accelerate(now, came, settled)
        starts = (self.missed - was_missed) | (self.unsettled - was_unsettled)
        ends = settled | {k[1] for k in came if k[0] == "taken"}
        _, over = self.default.step(now, [(n,) for n in starts], [(n,) for n in ends])
        in_default = {k[0] for k in self.default.holds}
        self.stopped = in_default | {k[0] for k in self.hot.holds}
        self.stopped |= {a for a, b in self.guarantor if b in in_default}
        self._voices(now, was_default, {k[0] for k in over})
        self.open |= {name for name, _ in of(self.log, now, "opened")}

    def _minima(self, now: int, called: Names) -> None:
        """What is owed at least, by what was drawn and repaid before."""
        for name in called & self.open:
            if self.repaid[name] < self.drawn[name] * Fraction(9, 10):
                self.pay.owed[name,].append(now)
        for name, text in of(self.log, now, "repaid"):
            paid = self.repaid[name] + Fraction(text)
            if paid >= self.drawn[name] * Fraction(9, 10):
                self.pay.owed.pop((name,), None)

    def _limits(self, now: int) -> None:
        """New limits, unless more is owed; two at once cancel each other."""
        limits: dict[str, set[Fraction]] = defaultdict(set)
        for name, text in of(self.log, now, "opened"):
            if self.balance(name) <= Fraction(text):
                limits[name].add(Fraction(text))
        for name, found in limits.items():
            self.limit.pop(name, None)
            if len(found) == 1:
                self.limit[name] = found.pop()

    def _move(self, now: int, draws: list[tuple[str, Fraction]]) -> Names:
        """Draw, fund and repay; give who owes nothing any more."""
        was_owing = self.owing
        for borrower, amount in draws:
            for lender in self.lenders - {borrower}:
                self.fund.owed[lender, borrower].append(now)
            self.coming[now + 8].add(("called", borrower))
            self.drawn[borrower] += amount
        for name, text in of(self.log, now, "repaid"):
            if name in was_owing:
                self.repaid[name] += Fraction(text)
        for key in of(self.log, now, "funded"):
            self.fund.owed.pop(key, None)
        self.owing = {n for n in NAMES if self.balance(n) > 0}
        self.were_owing = was_owing
        return was_owing - self.owing

    def _accelerate(self, now: int, came: set[Key], settled: Names) -> None:
        """Guarantors, what is due at once, and who has not settled."""
        self.guarantor |= {
            (a, b)
            for a, b in of(self.log, now, "guaranteed")
            if a != b and (b, a) not in self.before_guarantor
        }
        able = self.wanted & self.were_owing
        fast = {(k[1],) for k in came if k[0] == "accelerated" and k[1] in able}
        begun, _ = self.hot.step(now, fast, [(n,) for n in settled])
        for key in begun:
            if key[0] in self.open:
                self.settle.owed[key].append(now)
        for name in settled:
            self.settle.owed.pop((name,), None)
        unpaid = {k[0] for k in self.settle.late(now)}
        self.unsettled = {a for a, b in self.guarantor if b in unpaid}
        self.lost = {
            n
            for n in unpaid & self.limit.keys()
            if self.drawn[n] - Fraction(3, 2) > self.limit[n] * 2 / 3 + self.repaid[n]
        }

    def _voices(self, now: int, was_default: Names, over: Names) -> None:
        """Who has a say, who waives and who is for acceleration."""
        was_say, was = self.say, self.forgives.holds
        in_default = {k[0] for k in self.default.holds}
        self.defaulting = {
            lender
            for lender, borrower in self.fund.late(now)
            if borrower not in in_default
        }
        self.lenders |= {k[0] for k in of(self.log, now, "lent")}
        self.say = self.lenders - self.defaulting
        waived = of(self.log, now, "waived")
        gives = [k for k in waived if k[0] in was_say and k[1] in was_default]
        self.forgives.step(now, gives, [(n, b) for n in NAMES for b in over])
        support = of(self.log, now, "supported")
        self.supports.step(
            now, [k for k in support if k[0] in was_say and k not in was], waived
        )
        was_forgiven, was_wanted = self.forgiven, self.wanted
        self.forgiven = {
            b for b in NAMES if self._share(self.forgives.holds, b, Fraction(1, 2))
        }
        self.wanted = {
            b for b in in_default if self._share(self.supports.holds, b, Fraction(2, 3))
        }
        for name in self.forgiven - was_forgiven:
            self.coming[now + 1].add(("taken", name))
        for name in self.wanted - was_wanted:
            self.coming[now + 1].add(("accelerated", name))

    def _share(self, holds: set[Key], borrower: str, share: Fraction) -> bool:
        whole = sum(WEIGHTS[n] for n in self.say)
        have = sum(WEIGHTS[n] for n in self.say if (n, borrower) in holds)
        return whole > 0 and have >= share * whole

    def show(self, now: int, record: Record) -> None:
        """Write down what holds."""
        for state, timed in (
            *(("default", self.default), ("forgives", self.forgives)),
            *(("supports", self.supports), ("accelerated_now", self.hot)),
        ):
            record.note(now, state, timed.holds)
        record.note(now, "guarantor", self.guarantor)
        for state, names in (
            *(("owing", self.owing), ("stopped", self.stopped)),
            *(("defaulting", self.defaulting), ("has_say", self.say)),
            *(("missed", self.missed), ("unsettled", self.unsettled)),
            *(("forgiven", self.forgiven), ("wanted", self.wanted)),
            ("lost", self.lost),
        ):
            record.note(now, state, {(name,) for name in names})


def loan(log: Log, end: int) -> set[Interval]:
    """Drawings, repayments, defaults, waivers and acceleration."""
    record, all_of_it = Record(), Loan(log)
    for now in range(end):
        all_of_it.before_guarantor = set(all_of_it.guarantor)
        all_of_it.step(now)
        all_of_it.show(now, record)
    return record.close(end)
