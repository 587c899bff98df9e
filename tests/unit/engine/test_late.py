from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from vigens.engine import HIGH, Evaluation, IntervalColumns, World, interval_columns
from vigens.lang import Page, compile_pages
from vigens.law import law_pages
from vigens.model import SURE, Coded, Coverage, EventColumns, Happening, Weight

HOUR = 3600
PARTIES = tuple(f"p{n}" for n in range(9))
N_CALLS = 900
STATES = ("pending", "performed", "overdue", "late", "waived")
PAGE = f"""\
```vigens
vigens 1
{chr(10).join(f'party {name} "Party {name}"' for name in PARTIES)}
values affair "an affair" open
event join(party) "{{party}} joins"
event calls(affair) "a call over {{affair}}"
event helps(party, affair) "{{party}} helps in {{affair}}"
event pardon(party, affair) "{{party}} need not help in {{affair}}"
fluent member_of(party) "{{party}} is a member"
  initiated by   join(party)
obligation help "Help"
  modality     shall
  obligor      each member_of
  trigger      on calls(affair)
  performance  on helps(obligor, affair)
  within       48 hours
  waived       on pardon(obligor, affair)
```
"""
LAW = [Page(name, text) for name, text in law_pages()]
PROGRAM = compile_pages([*LAW, Page("agreements/help.md", PAGE)]).program
CALLS = tuple(f"a{n}" for n in range(N_CALLS))


def table(event: str, columns: list[Coded], hours: NDArray[np.int64]) -> EventColumns:
    first = hours.astype(np.int64) * HOUR
    lines = np.arange(2, len(first) + 2, dtype=np.int64)
    return EventColumns(event, tuple(columns), first, first, SURE, "e.csv", lines)


@pytest.fixture(scope="module")
def world() -> World:
    """Give a call each ten hours; everybody helps after some hours, or does not."""
    chosen = np.random.default_rng(3)
    called = np.arange(N_CALLS) * 10 + 1
    party = np.tile(np.arange(len(PARTIES)), N_CALLS)
    affair = np.repeat(np.arange(N_CALLS), len(PARTIES))
    hours = called[affair] + chosen.integers(1, 90, len(party))
    there = np.flatnonzero(chosen.random(len(party)) < 0.8)
    order = there[np.argsort(hours[there], kind="stable")]
    helps = [Coded(party[order], PARTIES), Coded(affair[order], CALLS)]
    joins = np.zeros(len(PARTIES), dtype=np.int64)
    bulk = {
        "join": [table("join", [Coded(np.arange(len(PARTIES)), PARTIES)], joins)],
        "calls": [table("calls", [Coded(np.arange(N_CALLS), CALLS)], called)],
        "helps": [table("helps", helps, hours[order])],
    }
    looked = [Coverage(frozenset(), -HOUR, 10**9)]
    return World(PROGRAM, {}, {}, looked, -HOUR, "UTC", bulk=bulk)


def columns(evaluation: Evaluation, state: str) -> IntervalColumns:
    return interval_columns(evaluation, "help", state=state)


def as_rows(evaluation: Evaluation, state: str) -> list[tuple[Any, ...]]:
    return sorted(columns(evaluation, state).rows())


def deed(event: str, affair: str, hour: int, weight: Weight = Weight.SURE) -> Happening:
    at = hour * HOUR
    return Happening("late", event, ("p3", affair), at, at, weight)


LATE = {
    "in time": [deed("helps", "a400", 4002)],
    "late": [deed("helps", "a400", 4090)],
    "perhaps": [deed("helps", "a400", 4002, Weight.POSSIBLE)],
    "denied": [deed("helps", "a400", 4002, Weight.DENIED)],
    "before": [deed("helps", "a400", 3000)],
    "of several": [deed("helps", f"a{n}", 10 * n + 2) for n in (0, 400, 401, 899)],
    "waived": [deed("pardon", "a400", 4002)],
}


@pytest.mark.parametrize("name", LATE)
def test_a_late_deed_among_many_is_as_from_scratch(world: World, name: str) -> None:
    evaluation = Evaluation(world)
    for state in STATES:
        as_rows(evaluation, state)
    more = LATE[name]
    later = evaluation.with_happenings(more)
    happenings = {more[0].event: more}
    fresh = Evaluation(replace(world, happenings=happenings))
    for state in STATES:
        assert as_rows(later, state) == as_rows(fresh, state), state
    back = later.with_happenings([], more)
    for state in STATES:
        assert as_rows(back, state) == as_rows(evaluation, state), state


def test_what_a_late_deed_leaves_as_it_was_is_not_written_anew(world: World) -> None:
    evaluation = Evaluation(world)
    tables = {state: evaluation.plan.duty("help", state) for state in STATES}
    shown = {state: columns(evaluation, state) for state in STATES}
    overdue = shown["overdue"]
    words = [value.words[value.codes[0]] for value in overdue.values]
    at = int(overdue.starts[0]) + 1
    late = Happening("late", "helps", tuple(words), at, at, Weight.SURE)
    later = evaluation.with_happenings([late])
    same = {s for s in STATES if later.plan.duty("help", s) is tables[s]}
    assert same == {"pending", "performed", "waived"}
    assert same == {s for s in STATES if columns(later, s) is shown[s]}


def test_a_late_trigger_is_as_from_scratch(world: World) -> None:
    evaluation = Evaluation(world)
    for state in STATES:
        as_rows(evaluation, state)
    late = Happening("late", "calls", ("a400",), 4001, 4001, Weight.SURE)
    later = evaluation.with_happenings([late])
    fresh = Evaluation(replace(world, happenings={"calls": [late]}))
    for state in STATES:
        assert as_rows(later, state) == as_rows(fresh, state), state


@pytest.mark.parametrize("until", [None, 5000 * HOUR])
@pytest.mark.parametrize("state", STATES)
def test_columns_of_a_known_duty_need_no_table_and_say_the_same(
    world: World, state: str, until: int | None
) -> None:
    known = replace(world, coverage=[Coverage(frozenset(), -HOUR, HIGH)])
    straight, tabled = Evaluation(known), Evaluation(known)
    tabled.plan.duty("help", state)
    one, two = (
        interval_columns(each, "help", state=state, until=until)
        for each in (straight, tabled)
    )
    assert list(one.rows()) == list(two.rows())
    assert ("help", state) not in straight.plan.kept.duties
