"""Looks, observations and counts that come answer as a look from the beginning."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.unit.desk.test_regrown import (
    DAY,
    END,
    Clock,
    _rows,
    add,
    bare,
    claim,
    folder,
    follow,
    grade,
    look,
    small,
    told,
)
from vigens.desk import Session, make_lens, open_case, reopen_case

__all__ = ["folder", "small"]

RULES = """# More rules

```vigens
vigens 1
measure states_ready "states that endorse part 00"
  counts       party in member(club): endorsed(accord, part_00, party)
fluent two_in "two endorse part 00"
  holds while  at least 2 of party in member(club): endorsed(accord, part_00, party)
fluent restless "there was no truce for two days"
  holds while  (not truce) for 2 days
fluent under_fire(sector) "{sector} is under fire"
  holds while  at least 2 times shelling(sector) within 3 days
fluent fire "somewhere there is fire"
  holds while  some sector: under_fire(sector)
```
"""

ASKED = ("two_in", "restless", "under_fire(_)", "fire", "truce")


def ask(session: Session) -> dict[str, Any]:
    """Ask for states with windows, durations and numbers, besides the matrix."""
    found = [each for question in ASKED for each in session.ask(question)]
    answers = [replace(each, node=bare(each.node)) for each in found]
    return {**told(session), "further": answers}


def seen_or_looked(folder: Path, clock: Clock, chance: random.Random) -> None:
    """Record a look, or something that was seen, happened or counted, and graded."""
    days = sorted(
        END.date() - timedelta(days=chance.randrange(-1, 30)) for _ in range(2)
    )
    if chance.random() < 0.5:
        looked: dict[str, Any] = {
            "events": chance.choice([["*"], ["*"], ["approves"], ["truce.ends"]]),
            "audience": chance.choice(["public", "public", "S01"]),
            "note": chance.choice(["once", "again"]),
        }
        if chance.random() < 0.3:
            looked["keys"] = [chance.choice(["S01", "sector_00"])]
        add(folder, clock, "coverage", looked, happened=f"{days[0]}/{days[1]}")
        return
    happened = days[0].isoformat()
    kinds: list[tuple[str, dict[str, Any]]] = [
        (
            "observation",
            {"fluent": "truce", "args": [], "holds": chance.random() < 0.5},
        ),
        ("count", {"measure": "states_ready", "number": 3, "comparison": "at_least"}),
        ("occurrence", {"event": "shelling", "args": ["sector_00"]}),
    ]
    kind, payload = chance.choice(kinds)
    made = add(folder, clock, kind, {**payload, "title": kind}, happened=happened)
    grade(folder, clock, claim(folder, clock, made))


@pytest.mark.parametrize("as_of", ["2026-02-10", None])
@pytest.mark.parametrize("seed", range(2))
def test_looks_and_what_is_seen_answer_as_the_whole(
    folder: Path, as_of: str | None, seed: int
) -> None:
    clock, chance = Clock(), random.Random(f"{as_of} {seed}")
    (folder / "agreements" / "more.md").write_text(RULES, "utf-8")
    case = open_case(folder, clock)
    session = Session(case, make_lens(case, look(case, clock, "public", as_of)))
    ask(session)
    n_carried = 0
    for _ in range(8):
        seen_or_looked(folder, clock, chance)
        clock.now += timedelta(hours=chance.choice([0, 0, 0, 30]))
        grown = reopen_case(session.whole, clock)
        assert grown is not None
        lens = make_lens(grown, look(grown, clock, "public", as_of))
        session = Session(grown, lens, session)
        n_carried += session.n_answers > 0
        if chance.random() < 0.7:  # else the next look goes on from what nobody asked
            assert ask(session) == ask(Session(open_case(folder, clock), lens))
    assert n_carried > 1, "some answers are taken over"


def test_a_look_beside_the_day_asked_about_asks_nothing_again(folder: Path) -> None:
    clock = Clock()
    case = open_case(folder, clock)
    session = Session(case, make_lens(case, look(case, clock, "public", DAY)))
    before = {a.question: a for row in _rows(session) for a in row}
    seen = {"events": ["*"], "audience": "public", "note": "again"}
    add(folder, clock, "coverage", seen, happened="2026-02-25/2026-03-01")
    session = follow(case, clock, session, DAY)
    assert all(a is before[a.question] for row in _rows(session) for a in row)
