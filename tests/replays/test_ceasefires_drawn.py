"""Drawn registers of ceasefires, and truces with drawn thresholds, counted by hand."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.unit.engine.smallworld import compiled, evaluated, occur
from vigens.desk import Looking, Session, convert_ceasefires, make_lens, open_case
from vigens.engine import Verdict, tally_bounds, verdict_at
from vigens.lang import Page
from vigens.rules import Atom

FIRST = date(2014, 1, 1)
LONG_AFTER = 2_000_000_000
COUNTS = {"week": 7, "month": 30, "while": None}
Row = dict[str, str]


def draw_registers(seed: int, folder: Path) -> tuple[list[Row], list[Row]]:
    """Draw ceasefires of three pairs of sides, and events of exact and of wide dates."""
    chance = random.Random(seed)

    def day(at: int) -> str:
        return str(FIRST + timedelta(at))

    halts, events = [], []
    for number in range(25):
        since = chance.randrange(500)
        ended = day(since + chance.randrange(60)) if chance.random() < 0.7 else ""
        row = {"ceasefire_id": str(number), "dyad_id": chance.choice("789")}
        row |= {"declared": day(since - 1), "effective": day(since), "ended": ended}
        row |= {"effective_precision": "day", "ended_precision": ended and "day"}
        halts += [{**row, "actor": side} for side in "AB"]
    for number in range(300):
        since = chance.randrange(600)
        width = chance.choice((0, 0, 0, 3, 6, 25))
        row = {"event_id": str(number), "dyad_id": chance.choice("789")}
        row |= {"date_start": day(since), "date_end": day(since + width)}
        row |= {"date_precision": str({0: 1, 3: 2, 6: 3, 25: 4}[width])}
        row |= {"side_a": "A", "side_b": f"B{row['dyad_id']}", "report_dates": ""}
        events.append({**row, "deaths_best": str(chance.randrange(1, 9))})
    folder.mkdir()
    for name, rows in (("ceasefires.csv", halts), ("events.csv", events)):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return halts, events


@pytest.mark.parametrize("seed", range(3))
def test_counts_of_a_drawn_register_are_as_by_hand(seed: int, tmp_path: Path) -> None:
    halts, events = draw_registers(seed, tmp_path / "registers")
    convert_ceasefires(tmp_path / "registers", tmp_path / "case")
    case = open_case(tmp_path / "case", lambda: datetime.fromtimestamp(0, UTC))
    evaluation = Session(case, make_lens(case, Looking(LONG_AFTER))).evaluation
    for halt in halts[::2]:
        values = (halt["ceasefire_id"], halt["dyad_id"])
        since = date.fromisoformat(halt["effective"])
        for span, length in COUNTS.items():
            end = since + timedelta(length or 10_000)
            if length is None and halt["ended"]:
                end = date.fromisoformat(halt["ended"]) + timedelta(1)
            least, most, dead = 0, 0, 0
            for event in events:
                first, last = (
                    date.fromisoformat(event[key]) for key in ("date_start", "date_end")
                )
                if event["dyad_id"] != halt["dyad_id"] or last < since or end <= first:
                    continue
                most += 1
                if first == last:
                    least, dead = least + 1, dead + int(event["deaths_best"])
            name = span if length is None else f"in_{span}"
            found = tally_bounds(evaluation, f"events_{name}", values, LONG_AFTER)
            is_open = length is None and not halt["ended"]  # nobody looked on and on
            assert found == (least, None if is_open else most), (halt, span)
            found = tally_bounds(evaluation, f"deaths_{name}", values, LONG_AFTER)
            assert found[0] == dead


@dataclass(frozen=True)
class Terms:
    """How many violations within how many days suspend a truce, and what ends that."""

    who: str
    number: int
    days: int
    grace: int
    quiet: int
    most: int
    patience: int


PAGE = """\
```vigens
vigens 1
party A "Aland"
party B "Beland"
event truce.made "the truce begins"
event violated(side: party) "{{side}} violates the truce"
event counted(side: party) "a violation by {{side}} counts"
event set.aside "the truce is set aside"

fluent over "the truce is over"
  initiated by   set.aside when times_set_aside >= {most}
  initiated by   begins set_aside_long
fluent grace "violations are passed over for a time"
  initiated by   truce.made
  initiated by   ends aside
  lasts          {grace} days renewable
fluent truce "the truce holds"
  initiated by   truce.made
  terminated by  begins over
provision one_counts
  brings  counted(side)
  upon    violated(side)
  when    truce and not grace and not aside and not over
fluent stirred(side: party) "{{side}} has violated the truce too often"
  holds while    at least {number} times counted(side) within {days} days
fluent too_much "it is too much"
  holds while    {who}
fluent noisy "there was a violation of late"
  holds while    at least 1 times violated(side) within {quiet} days
fluent aside "the truce is set aside"
  initiated by   begins too_much
  terminated by  ends noisy when not over
provision one_more_time
  brings  set.aside
  upon    begins aside
tally times_set_aside "how often the truce was set aside"
  counts  set.aside
fluent set_aside_long "the truce was set aside for too long"
  holds while    aside for {patience} days
```
"""
WHO = {
    "either": "some party: stirred(party)",
    "both": "each party: stirred(party)",
    "A": "stirred(A)",
    "all": "at least {number} times counted(side) within {days} days",
}
HOUR, DAY, SPAN = 3600, 24, 200 * 24


def draw_terms(chance: random.Random) -> Terms:
    return Terms(
        chance.choice(list(WHO)),
        number=chance.randint(1, 5),
        days=chance.choice((1, 2, 3, 7)),
        grace=chance.choice((1, 2, 5)),
        quiet=chance.choice((1, 2, 4)),
        most=chance.choice((2, 3, 5, 50)),
        patience=chance.choice((9, 20, 400)),
    )


def draw_violations(chance: random.Random) -> dict[int, set[str]]:
    """Draw hours of violations: calm and loud spells."""
    found, hour = defaultdict(set), 10
    while hour < SPAN - 500:
        if chance.random() < 0.15:
            hour += chance.randrange(24, 200)
        found[hour].add(chance.choice("AB"))
        hour += chance.randrange(1, 30)
    return found


class Truce:
    """A truce under its terms, hour by hour."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.holds = self.aside = self.over = self.noisy = self.too_much = False
        self.grace_until = -1
        self.counted: list[tuple[int, str]] = []
        self.loud = self.aside_since = -(10**6)
        self.n_aside = 0

    def go(self, hour: int, violators: set[str]) -> None:
        """Go on by an hour; what counts is read just before it."""
        terms = self.terms
        in_grace = hour - 1 < self.grace_until and hour - 1 >= 0
        if self.holds and not in_grace and not self.aside and not self.over:
            self.counted += [(hour, side) for side in violators]
        if violators:
            self.loud = hour
        since = hour - terms.days * DAY
        often = {s: sum(s == t and at > since for at, t in self.counted) for s in "AB"}
        enough = [often[side] >= terms.number for side in "AB"]
        too_much = {
            "either": any(enough),
            "both": all(enough),
            "A": enough[0],
            "all": sum(often.values()) >= terms.number,
        }[terms.who]
        noisy = hour - self.loud < terms.quiet * DAY
        was_aside, was_over = self.aside, self.over
        if too_much and not self.too_much:
            self.aside = True
        if self.noisy and not noisy and not was_over:
            self.aside = False
        if self.aside and not was_aside:
            self.aside_since = hour
            self.n_aside += 1
            self.over = self.over or self.n_aside > terms.most
        if was_aside and not self.aside:
            self.grace_until = hour + terms.grace * DAY
        if self.aside and hour - self.aside_since == terms.patience * DAY:
            self.over = True
        if hour == 0:
            self.holds, self.grace_until = True, terms.grace * DAY
        if self.over and not was_over:
            self.holds = False
        self.noisy, self.too_much = noisy, too_much

    def so(self, hour: int) -> set[str]:
        """Give what is so at an hour."""
        found = {
            "truce": self.holds,
            "aside": self.aside,
            "over": self.over,
            "grace": 0 <= hour < self.grace_until,
        }
        return {name for name, is_so in found.items() if is_so}


@pytest.mark.parametrize("seed", range(24))
def test_a_truce_with_any_thresholds_is_as_by_hand(seed: int) -> None:
    chance = random.Random(seed)
    terms = draw_terms(chance)
    rule = WHO[terms.who].format(number=terms.number, days=terms.days)
    text = PAGE.format(**{**vars(terms), "who": rule})
    violations = draw_violations(chance)
    found = [occur("truce.made", 0)]
    found += [
        occur("violated", hour * HOUR, None, side)
        for hour, sides in violations.items()
        for side in sides
    ]
    evaluation = evaluated(compiled(Page("truce.md", text)), *found)
    names = ("truce", "aside", "over", "grace")
    bounds = {name: evaluation.bounds(Atom(name, ())) for name in names}
    truce = Truce(terms)
    for hour in range(SPAN):
        truce.go(hour, violations.get(hour, set()))
        verdicts = {n: verdict_at(b, hour * HOUR) for n, b in bounds.items()}
        assert Verdict.OPEN not in verdicts.values(), (terms, hour, verdicts)
        held = {name for name, word in verdicts.items() if word is Verdict.HOLDS}
        assert held == truce.so(hour), (terms, hour)
