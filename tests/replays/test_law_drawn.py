"""The general law of treaties on random acts, against the conventions day by day."""

from __future__ import annotations

from collections import defaultdict

import pytest

from tests.replays.law_by_hand import PARTIES, Days, draw
from tests.unit.engine.smallworld import DAY, compiled, evaluated, occur
from vigens.engine import Verdict, verdict_at
from vigens.lang import Page
from vigens.rules import Atom, Constant

PAGE = """\
```vigens
vigens 1
party A "Aland"
party B "Beland"
party C "Celand"
party D "Deland"
instrument pact "The pact"
  kind  treaty
instrument change "The change to the pact"
  kind  protocol
provision pact_enters
  brings  enters.into.force(pact)
  once    at least 2 of party: consented(pact, party)
  after   30 days
provision change_enters
  brings  enters.into.force(change)
  once    at least 2 of party: consented(change, party)
  after   30 days
```
"""
SPAN = 2500
ASKED = (
    *("in_force", "party_to", "operates_for", "applied_provisionally"),
    *("bound_as_amended", "binds_in_territory", "taken_as_accepted"),
    *("reservation_established", "reservation_modifies", "reservation_excludes"),
    "not_between",
)


def rows(name: str) -> list[tuple[str, ...]]:
    """List the values of which a state is asked."""
    if name == "in_force":
        return [("pact",), ("change",)]
    rest: list[tuple[str, ...]] = [()]
    if name == "binds_in_territory":
        rest = [("isle",), ("cape",)]
    if "reserv" in name or name == "taken_as_accepted":
        rest = [(f"r{party}",) for party in PARTIES]
    if name == "not_between":
        rest = [(party,) for party in PARTIES]
    text = "change" if name == "bound_as_amended" else "pact"
    return [(text, party, *more) for party in PARTIES for more in rest]


@pytest.mark.parametrize("seed", range(5))
def test_every_day_is_as_the_conventions_say(seed: int) -> None:
    acts = draw(seed, 160, SPAN)
    found = [occur(name, day * DAY, None, *values) for day, name, values in acts]
    evaluation = evaluated(compiled(Page("pact.md", PAGE)), *found)
    bounds = {
        (name, row): evaluation.bounds(Atom(name, tuple(map(Constant, row))))
        for name in ASKED
        for row in rows(name)
    }
    by_day = defaultdict(list)
    for day, name, values in acts:
        by_day[day].append((name, values))
    days, seen = Days(), set()
    for day in range(SPAN + 400):
        days.go(day, by_day[day])
        wanted = days.asked()
        held = set()
        for one, each in bounds.items():
            verdict = verdict_at(each, day * DAY)
            assert verdict is not Verdict.OPEN, (day, one)
            if verdict is Verdict.HOLDS:
                held.add(one)
        assert held == wanted, (day, by_day[day], held ^ wanted)
        seen |= {name for name, _ in held}
    assert len(seen) >= 9, seen
