"""The river, day by day, from the words of its page; nothing knows the engine."""

from __future__ import annotations

import itertools
import random
from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction

STATES = ("U", "M", "L")
WEIGHTS = {"U": Fraction(91, 2), "M": Fraction(49, 2), "L": Fraction(30)}
YEARS = ("first", "second", "third")
PROJECTS = ("dam", "canal")
LENGTH = 120
FIRST = date(1970, 1, 1)
Act = tuple[int, str, tuple[str, ...]]
Said = tuple[str, tuple[str, ...]]

_OFTEN = {
    "gauged": 20, "season.begins": 3, "quota.set": 2, "taken.out": 25,
    "complained": 12, "emergency.declared": 3, "emergency.lifted": 1, "planned": 3,
    "consulted": 2, "given.up": 1, "returned": 3, "settled": 4,
}  # fmt: skip


def draw(seed: int) -> list[Act]:
    """Draw acts, one a day at most, after those that set the river up."""
    chance = random.Random(seed)
    found: list[Act] = [(at, "joined", (one,)) for at, one in enumerate(STATES)]
    found += [(3, "year.begins", ("first",)), (4, "season.begins", ("dry",))]
    found += [(5, "year.follows", pair) for pair in itertools.pairwise(YEARS)]
    found += [(6 + n, "quota.set", (one, "20")) for n, one in enumerate(STATES)]
    found += [(LENGTH * n, "year.begins", (YEARS[n],)) for n in (1, 2)]
    taken = {day for day, _, _ in found}
    free = [day for day in range(10, LENGTH * 3) if day not in taken]
    for day in chance.sample(free, 280):
        (name,) = chance.choices(list(_OFTEN), list(_OFTEN.values()))
        party, project = chance.choice(STATES), chance.choice(PROJECTS)
        volume = chance.choice(("1", "2.5", "4", "7"))
        year = YEARS[min(2, day // LENGTH + chance.choice((0, 0, 0, 1)))]
        values: dict[str, tuple[str, ...]] = {
            "gauged": (chance.choice(("10", "39.5", "40", "60", "89", "90", "120")),),
            "season.begins": (chance.choice(("wet", "dry")),),
            "quota.set": (party, chance.choice(("9", "12.5", "30"))),
            "taken.out": (party, volume, year),
            "emergency.lifted": (),
            "settled": (chance.choice(("P", "P", "U")), project),
        }
        for same in ("complained", "emergency.declared", "returned"):
            values[same] = (party,)
        for same in ("planned", "consulted", "given.up"):
            values[same] = (party, project)
        found.append((day, name, values[name]))
    return sorted(found)


class Since:
    """Since when something is so, to tell how long it has been."""

    def __init__(self) -> None:
        self.day: int | None = None

    def go(self, day: int, *, is_so: bool) -> None:
        if not is_so:
            self.day = None
        elif self.day is None:
            self.day = day

    def lasts(self, day: int, number: int) -> bool:
        return self.day is not None and self.day + number <= day


class River:
    """Everything that the page speaks of."""

    def __init__(self) -> None:
        self.now: set[Said] = set()
        self.riparian: set[str] = set()
        self.flow: Fraction | None = None
        self.season = ""
        self.low_since, self.disputed = Since(), defaultdict[str, Since](Since)
        self.complaints: dict[str, int] = {}
        self.starts: list[int] = []
        self.stops: list[int] = []
        self.quota: dict[str, Fraction] = {}
        self.years: dict[str, int] = {}
        self.before: set[tuple[str, str]] = set()
        self.out: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
        self.plans: list[list[object]] = []
        self.debts: list[list[object]] = []

    def was(self, name: str, *values: str) -> bool:
        return (name, values) in self.now

    def go(self, day: int, acts: list[tuple[str, tuple[str, ...]]]) -> set[Said]:
        """Go on by a day, and give what is so on it."""
        said = dict(acts)
        self._volumes(day, acts)
        new = self._water(day, said)
        new |= self._quotas()
        self._duties(day, said, new)
        self._disputes(day, said, new)
        for name, values in acts:
            if name == "joined":
                self.riparian.add(values[0])
        self.now = new
        return new

    def _volumes(self, day: int, acts: list[tuple[str, tuple[str, ...]]]) -> None:
        """Count what is taken, unless there was an emergency just before."""
        for name, values in acts:
            if name == "year.begins":
                self.years[values[0]] = day
            if name == "year.follows":
                self.before.add((values[0], values[1]))
            if name == "quota.set":
                self.quota[values[0]] = Fraction(values[1])
            if name == "taken.out" and not self.was("emergency"):
                party, volume, year = values
                begun = self.years.get(year)
                if begun is not None and day < begun + LENGTH:
                    self.out[party, year] += Fraction(volume)

    def _water(self, day: int, said: dict[str, tuple[str, ...]]) -> set[Said]:
        """Say how the river stands, and whether there is an emergency."""
        new = set[Said]()
        if "gauged" in said:
            self.flow = Fraction(said["gauged"][0])
        if "season.begins" in said:
            self.season = said["season.begins"][0]
        least = {"dry": 40, "wet": 90}.get(self.season, 0)
        is_low = self.flow is not None and self.flow < least
        self.low_since.go(day, is_so=is_low)
        is_dry = self.low_since.lasts(day, 5)
        if "complained" in said and said["complained"][0] in self.riparian:
            self.complaints[said["complained"][0]] = day + 15
        if self.was("drought") and not is_dry:
            self.complaints.clear()
        loud = {one for one, until in self.complaints.items() if day < until}
        there = self.riparian | ({said["joined"][0]} if "joined" in said else set())
        total = sum(WEIGHTS[one] for one in there)
        share = sum(WEIGHTS[one] for one in loud)
        is_wanted = is_dry and bool(there) and 10 * share >= 6 * total
        starts = is_wanted and not self.was("wanted")
        if "emergency.declared" in said and self.was("low"):
            starts = starts or said["emergency.declared"][0] in self.riparian
        is_over = "emergency.lifted" in said or (self.was("low") and not is_low)
        for since in self.starts:
            if since + 20 == day and not any(since < at < day for at in self.stops):
                is_over = True
        self.starts += [day] * starts
        self.stops += [day] * is_over
        is_on = (self.was("emergency") or starts) and not is_over
        for name, is_so in (
            ("low", is_low), ("drought", is_dry), ("wanted", is_wanted),
            ("emergency", is_on),
        ):  # fmt: skip
            new |= {(name, ())} if is_so else set()
        return new | {("complaint", (one,)) for one in loud}

    def _quotas(self) -> set[Said]:
        found = set[Said]()
        for party, quota in self.quota.items():
            for last, year in self.before:
                used = self.out[party, year] + self.out[party, last] / 2
                if used > quota * 3 / 2:
                    found.add(("exceeded", (party, year)))
            if all(self.out[party, year] < quota / 3 for year in YEARS):
                found.add(("frugal", (party,)))
        return found

    def _duties(
        self, day: int, said: dict[str, tuple[str, ...]], new: set[Said]
    ) -> None:
        """Carry every plan and every debt on: whose, what, until when, and how done."""
        if "planned" in said and said["planned"][0] in self.riparian:
            self.plans.append([*said["planned"], day + 30])
        done = said.get("consulted") or said.get("given.up")
        self.plans = [plan for plan in self.plans if tuple(plan[:2]) != done]
        for party, project, last in self.plans:
            if day > int(str(last)) and ("emergency", ()) not in new:
                new.add(("silent", (str(party), str(project))))
        for name, values in sorted(new - self.now):
            if name == "exceeded" and values[0] in self.riparian:
                due = FIRST + timedelta(day + 20)
                over = date(due.year + due.month // 12, due.month % 12 + 1, 1)
                self.debts.append([values[0], (over - FIRST).days, False])
        for debt in self.debts:
            debt[2] = debt[2] or said.get("returned") == (debt[0],)
            if debt[2]:
                new.add(("mended", (str(debt[0]),)))
            elif day >= int(str(debt[1])):
                new.add(("owing", (str(debt[0]),)))

    def _disputes(
        self, day: int, said: dict[str, tuple[str, ...]], new: set[Said]
    ) -> None:
        for project in PROJECTS:
            is_on = self.was("dispute", project) or any(
                name == "silent" and values[1] == project
                for name, values in new - self.now
            )
            is_long = self.disputed[project].lasts(day - 1, 7)
            if said.get("settled") == ("P", project) and is_long:
                is_on = False
            self.disputed[project].go(day, is_so=is_on)
            if is_on:
                new.add(("dispute", (project,)))
