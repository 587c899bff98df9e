"""The auction, tick by tick, from the words of its page; nothing knows the engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from tests.replays.domains_by_hand import Interval, Key, Log, Owed, Record, Timed, of

Values = dict[Key, str]


def keyed(names: Iterable[str]) -> set[Key]:
    return {(name,) for name in names}


def step(
    before: Values, starts: Iterable[tuple[Key, str]], stops: Iterable[Key]
) -> Values:
    """Give the values after starts and stops: a stop wins, two starts cancel."""
    found, fresh = dict(before), defaultdict[Key, set[str]](set)
    for key, value in starts:
        fresh[key].add(value)
    for key, values in fresh.items():
        found.pop(key, None)
        if len(values) == 1:
            found[key] = next(iter(values))
    for key in stops:
        found.pop(key, None)
    return found


def rows(values: Values) -> set[Key]:
    return {(*key, value) for key, value in values.items()}


class Auction:
    """Everything that the page speaks of, and what is still to come."""

    def __init__(self, log: Log) -> None:
        self.log, self.now = log, -1
        self.admitted, self.dishonest, self.barred = Timed(), Timed(), Timed(9)
        self.open = Timed(14, renews=True)
        self.hammer: Values = {}
        self.floor: Values = {}
        self.best: Values = {}
        self.leads: Values = {}
        self.owes: Values = {}
        self.unpaid: set[Key] = set()
        self.undone: set[Key] = set()
        self.late: set[Key] = set()
        self.noisy: set[str] = set()
        self.shut_out: set[Key] = set()
        self.pay, self.forfeit = Owed(5), Owed(4)
        self.bids: dict[str, list[int]] = defaultdict(list)
        self.won: set[Key] = set()
        self.paid: dict[Key, Decimal] = defaultdict(Decimal)

    def tick(self, now: int) -> None:
        """Go on by a tick."""
        log = self.log
        admitted, barred = set(self.admitted.holds), set(self.barred.holds)
        was_open, hammer = set(self.open.holds), self.hammer.get(())
        best, leads, owes = self.best, self.leads, self.owes
        paid = of(log, now, "paid")
        opened = [
            (lot, reserve)
            for by, lot, reserve in of(log, now, "opened")
            if by == hammer and (lot,) not in was_open
        ]
        struck = {(lot,) for by, lot in of(log, now, "struck") if by == hammer}
        bids = [bid for bid in of(log, now, "bid") if bid[:1] in admitted - barred]
        leading = [bid for bid in bids if (bid[1],) in was_open and self._is_high(bid)]
        enough = {
            (who, lot)
            for who, lot, price in paid
            if (who, lot) in owes and Decimal(price) >= Decimal(owes[who, lot])
        }
        waived = {row[0] for row in of(log, now, "complained")}
        mended = {row[0] for row in of(log, now, "forfeit.paid")}
        done = enough | {key for key in self.unpaid if key[0] in waived}
        late = self.pay.step(now, (), done)
        begun_late = late - self.late
        undone = {key for key in self.undone if key[0] in mended}
        shut_out = keyed(who for who, _ in self.forfeit.step(now, (), undone))
        noisy = self._noise(now, bids)
        outcast, loud = shut_out - self.shut_out, noisy - self.noisy
        pardons = of(log, now, "pardoned")
        barring, _ = self.barred.step(now, outcast | keyed(loud), pardons)
        self.late, self.noisy, self.shut_out = late, noisy, shut_out
        self.admitted.step(now, of(log, now, "admitted"), outcast)
        is_lost = self._cheats(now, pardons)
        gone = {who for (who,) in barring}
        self._pass_hammer(
            of(log, now, "hammer.given"), admitted - barred, gone, is_lost=is_lost
        )
        fresh = {(lot,) for lot, _ in opened}
        dropped = {
            lot for lot, who in leads.items() if (who,) in barring and lot in was_open
        }
        offers = [((lot,), price) for _, lot, price in leading]
        leaders = [((lot,), who) for who, lot, _ in leading]
        self.best = step(best, offers, fresh)
        self.leads = step(leads, leaders, fresh | dropped)
        self.floor = step(self.floor, [((lot,), price) for lot, price in opened], ())
        led = {lot for lot, who in self.leads.items() if leads.get(lot) != who}
        _, ended = self.open.step(now, led | fresh, struck)
        won = {
            ((leads[lot], *lot), best[lot])
            for lot in ended
            if lot in leads and lot in best and Decimal(best[lot]) > 1
        }
        self.owes = step(owes, won, enough | begun_late)
        self.unpaid -= done
        self.undone -= undone
        self._owe(now, {key for key, _ in won} - enough, admitted, waived)
        self._forfeit(now, begun_late, admitted, mended)
        self.won |= {key for key, _ in won}
        self._add_up(paid, owes)

    def _owe(
        self, now: int, won: set[Key], admitted: set[Key], waived: set[str]
    ) -> None:
        """Let those who have won owe the price, unless it is waived at once."""
        due = {k for k in won if (k[0],) in admitted and k[0] not in waived}
        self.pay.step(now, due, ())
        self.unpaid |= due

    def _forfeit(
        self, now: int, late: set[Key], admitted: set[Key], mended: set[str]
    ) -> None:
        """Let those who are late owe a forfeit, unless they pay it at once."""
        due = {k for k in late if (k[0],) in admitted and k[0] not in mended}
        self.forfeit.step(now, due, ())
        self.undone |= due

    def _cheats(self, now: int, pardons: list[Key]) -> bool:
        """Say whether the auctioneer strikes down a cheap lot that another one leads."""
        hammer = self.hammer.get(())
        misused = {
            (by,)
            for by, lot in of(self.log, now, "struck")
            if by == hammer
            and (lot,) in self.best
            and Decimal(self.best[lot,]) < 5
            and self.leads.get((lot,)) != by
        }
        begun, _ = self.dishonest.step(now, misused, pardons)
        return bool(begun)

    def _add_up(self, paid: Iterable[Key], owes: Values) -> None:
        """Add up what is paid for what was won, in small sums and while much is owed."""
        for who, lot, price in paid:
            is_owed = (who, lot) in owes and Decimal(owes[who, lot]) > 3
            if Decimal(price) < 9 and is_owed and (who, lot) in self.won:
                self.paid[who, lot] += Decimal(price)

    def _is_high(self, bid: Key) -> bool:
        """Say whether a bid is above the reserve and the best so far."""
        lot, price = (bid[1],), Decimal(bid[2])
        if lot not in self.floor or price < Decimal(self.floor[lot]):
            return False
        return lot not in self.best or Decimal(self.best[lot]) < price

    def _noise(self, now: int, bids: Iterable[Key]) -> set[str]:
        """Say who has bid four times within six ticks."""
        for who, _, _ in bids:
            self.bids[who].append(now)
        return {
            who
            for who, times in self.bids.items()
            if sum(now - 6 < at for at in times) >= 4
        }

    def _pass_hammer(
        self, offered: list[Key], may: set[Key], barring: set[str], *, is_lost: bool
    ) -> None:
        """Give the hammer on: whoever is barred now lets go, and all where one cheated."""
        given = {who for (who,) in offered if (who,) in may}
        holds = self.hammer.get(())
        self.hammer = {}
        if len(given) == 1:
            holds = next(iter(given))
        elif given:
            holds = None
        if holds is not None and holds not in barring and not is_lost:
            self.hammer = {(): holds}

    def note(self, record: Record, now: int) -> None:
        """Write down everything that is compared."""
        dear = {lot for lot, price in self.best.items() if Decimal(price) > 6}
        dear |= {lot for lot, price in self.floor.items() if Decimal(price) > 7}
        states = {
            "admitted_to": self.admitted.holds,
            "hammer": rows(self.hammer),
            "open_lot": self.open.holds,
            "floor": rows(self.floor),
            "best": rows(self.best),
            "leads": rows(self.leads),
            "owes": rows(self.owes),
            "late": self.late,
            "shut_out": self.shut_out,
            "barred": self.barred.holds,
            "noisy": keyed(self.noisy),
            "dishonest": self.dishonest.holds,
            "generous": {key for key, sum_ in self.paid.items() if sum_ > 10},
            "dear": dear,
        }
        for state, holding in states.items():
            record.note(now, state, set(holding))


def auction(log: Log, end: int) -> set[Interval]:
    """Bids, lots, prices, forfeits and the hammer."""
    record, course = Record(), Auction(log)
    for now in range(end):
        course.tick(now)
        course.note(record, now)
    return record.close(end)
