"""A river basin in the language: quotas, droughts, emergencies and disputes, exact."""

from __future__ import annotations

import itertools
from collections import defaultdict
from pathlib import Path

import pytest

from tests.replays.river_by_hand import LENGTH, PROJECTS, STATES, YEARS, River, draw
from tests.unit.engine.smallworld import DAY, compiled, evaluated, occur
from vigens.engine import Verdict, verdict_at
from vigens.lang import Page
from vigens.rules import Atom, Constant

PAGE = (Path(__file__).parent / "domains" / "river.md").read_text("utf-8")
#: What is asked, and of what values.
ASKED: dict[str, tuple[tuple[str, ...], ...]] = {
    "low": (), "drought": (), "wanted": (), "emergency": (),
    "complaint": (STATES,), "frugal": (STATES,), "owing": (STATES,),
    "mended": (STATES,), "exceeded": (STATES, YEARS), "silent": (STATES, PROJECTS),
    "dispute": (PROJECTS,),
}  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_every_day_of_the_river_is_as_by_hand(seed: int) -> None:
    acts = draw(seed)
    found = [occur(name, day * DAY, None, *values) for day, name, values in acts]
    evaluation = evaluated(compiled(Page("river.md", PAGE)), *found)
    bounds = {
        (name, row): evaluation.bounds(Atom(name, tuple(map(Constant, row))))
        for name, sorts in ASKED.items()
        for row in itertools.product(*sorts)
    }
    by_day = defaultdict(list)
    for day, name, values in acts:
        by_day[day].append((name, values))
    river, seen = River(), set()
    for day in range(LENGTH * 3 + 60):
        wanted = river.go(day, by_day[day])
        held = set()
        for one, each in bounds.items():
            verdict = verdict_at(each, day * DAY)
            assert verdict is not Verdict.OPEN, (day, one)
            if verdict is Verdict.HOLDS:
                held.add(one)
        assert held == wanted, (day, by_day[day], held ^ wanted)
        seen |= {name for name, _ in held}
    assert len(seen) >= 9, seen
