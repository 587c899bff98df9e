"""Late and corrected entries: what is spliced in equals an evaluation from scratch."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.properties.drawing import FAMILIES, NAMES, STATES
from tests.properties.picking import pick
from tests.properties.worlds import (
    HORIZON,
    SHORT,
    Drawn,
    certain,
    happenings,
    uncertain,
)
from vigens.engine import Evaluation, World, interval_columns
from vigens.engine.resuming import deeds
from vigens.model import SURE, Coded, EventColumns, Happening, Weight
from vigens.rules import Atom, Comparison, Condition, Constant, InState, Tallied

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
DUTIES = frozenset({"duties", "edges", "initially", "powers", "same", "values"})
#: Here what comes late fulfils or marks a duty, and often nothing else.
DEEDS = frozenset({"duties", "same"})
TALLIES = frozenset({"tallies", "frequency", "persisted", "same", "values"})
STATES_ASKED: tuple[Condition, ...] = tuple(
    InState(state, "o", (Constant(name),)) for state in STATES for name in NAMES
)
NUMBERS_ASKED: tuple[Condition, ...] = tuple(
    Comparison(Tallied("t", (Constant(name),)), relation, number)
    for name in NAMES
    for relation in (">=", "=")
    for number in (1, 2, 3)
)


def changed(
    world: World, more: Iterable[Happening], without: Iterable[Happening]
) -> World:
    gone = {one.ref for one in without}
    grouped = {
        name: [one for one in found if one.ref not in gone]
        for name, found in world.happenings.items()
    }
    for one in more:
        grouped.setdefault(one.event, []).append(one)
    return replace(world, happenings=grouped)


def in_tables(world: World) -> World:
    """Let what is known exactly stand in tables, as far as tables can say it."""
    entries: dict[str, list[Happening]] = {}
    bulk: dict[str, list[EventColumns]] = {}
    for name, found in world.happenings.items():
        plain = [
            one
            for one in found
            if one.first == one.last
            and one.weight is Weight.SURE
            and not world.program.events[name].powers
        ]
        entries[name] = [one for one in found if one not in plain]
        if plain:
            bulk[name] = [table_of(name, plain)]
    return replace(world, happenings=entries, bulk=bulk)


def table_of(event: str, found: list[Happening]) -> EventColumns:
    columns = []
    for at in range(len(found[0].values)):
        words = list(dict.fromkeys(one.values[at] for one in found))
        codes = np.asarray([words.index(one.values[at]) for one in found], np.int32)
        columns.append(Coded(codes, words))
    first = np.asarray([one.first for one in found], np.int64)
    lines = np.arange(2, len(found) + 2, dtype=np.int64)
    return EventColumns(event, tuple(columns), first, first, SURE, "e.csv", lines)


def triggered(draw: st.DrawFn, world: World) -> World:
    """Let a duty be triggered that an event triggers."""
    (trigger,) = world.program.obligations["o"].triggers
    if not isinstance(trigger.event, Atom):
        return world
    name = trigger.event.name
    values = {"s": (), "say": ("A", "u")}.get(name, ("A",))
    at = draw(st.integers(0, 2))
    one = Happening("t", name, values, at, at, Weight.SURE, by="A")
    found = {**world.happenings, name: [*world.happenings.get(name, ()), one]}
    return replace(world, happenings=found)


def only_deeds(world: World) -> list[str]:
    """List the events that fulfil or mark a duty and do nothing else to it."""
    duty = world.program.obligations["o"]
    others = [trigger.event for trigger in duty.triggers]
    others += [deadline.anchor for deadline in duty.deadlines]
    names = {one.name for one in others if isinstance(one, Atom)}
    return sorted({one.name for one in deeds(duty)} - names)


def deed(draw: st.DrawFn, one: Happening, wanted: list[str]) -> Happening:
    """Make an occurrence one that fulfils or marks a duty of A."""
    name = pick(draw, wanted)
    values = {"s": (), "say": ("A", "u")}.get(name, ("A",))
    return replace(one, event=name, values=values)


@st.composite
def told(
    draw: st.DrawFn, families: frozenset[str]
) -> tuple[Drawn, list[Happening], list[Happening]]:
    """Draw a world, what comes late, and what it corrects."""
    is_certain = draw(st.booleans())
    drawn = draw(certain(families) if is_certain else uncertain(families))
    horizon = HORIZON if is_certain else SHORT
    if families == DEEDS:
        drawn = replace(drawn, world=triggered(draw, drawn.world))
    more = draw(happenings(drawn.world.program, 3, horizon, certain=is_certain))
    late = [
        replace(one, ref=f"late {one.ref}") for group in more.values() for one in group
    ]
    if draw(st.booleans()):
        drawn = replace(drawn, world=in_tables(drawn.world))
    entries = [one for found in drawn.world.happenings.values() for one in found]
    if families == DEEDS:
        wanted = only_deeds(drawn.world)
        late = [deed(draw, one, wanted) for one in late if wanted]
        entries = [one for one in entries if one.event in wanted]
    gone = draw(st.lists(st.sampled_from(entries), max_size=2)) if entries else []
    asked = (*drawn.asked, *STATES_ASKED) if "duties" in families else drawn.asked
    asked = (*asked, *NUMBERS_ASKED) if "tallies" in families else asked
    unique = {one.ref: one for one in gone}
    return replace(drawn, asked=asked), late, list(unique.values())


Shown = tuple[list[list[str]], list[int], list[int]]


def shown(evaluation: Evaluation) -> list[Shown]:
    """Give every state of every duty as columns."""
    found = []
    duties = evaluation.world.program.obligations
    for name, state, is_surely, until in itertools.product(
        duties, STATES, (True, False), (None, SHORT)
    ):
        columns = interval_columns(
            evaluation, name, state=state, is_surely=is_surely, until=until
        )
        words = [[value.words[at] for at in value.codes] for value in columns.values]
        found.append((words, columns.starts.tolist(), columns.ends.tolist()))
    return found


def shown_by_tables(evaluation: Evaluation) -> list[Shown]:
    """Give the same from tables, which instances need not become for columns."""
    for name, state in itertools.product(evaluation.world.program.obligations, STATES):
        evaluation.plan.duty(name, state)
    return shown(evaluation)


def check(
    drawn: Drawn, more: list[Happening], without: list[Happening], *, asked: bool
) -> None:
    evaluation = Evaluation(drawn.world)
    before: list[object] = []
    if asked:
        before += [shown(evaluation), [evaluation.bounds(one) for one in drawn.asked]]
    later = evaluation.with_happenings(more, without)
    fresh = Evaluation(changed(drawn.world, more, without))
    assert shown(later) == shown(fresh) == shown_by_tables(Evaluation(fresh.world))
    for one in drawn.asked:
        assert later.bounds(one) == fresh.bounds(one), one
    if asked:  # the first evaluation still answers about what it was asked about
        found = [shown(evaluation), [evaluation.bounds(one) for one in drawn.asked]]
        assert found == before
    again = later.with_happenings(without, more)
    assert shown(again) == shown(evaluation)


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(told(DEEDS))
def test_a_duty_after_a_further_deed_is_as_from_scratch(
    found: tuple[Drawn, list[Happening], list[Happening]],
) -> None:
    check(*found, asked=True)


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(told(DUTIES), st.booleans())
def test_a_duty_after_a_correction_is_as_from_scratch(
    found: tuple[Drawn, list[Happening], list[Happening]], asked_before: bool
) -> None:
    check(*found, asked=asked_before)


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(told(TALLIES), st.booleans())
def test_tallies_and_windows_after_a_correction_are_as_from_scratch(
    found: tuple[Drawn, list[Happening], list[Happening]], asked_before: bool
) -> None:
    check(*found, asked=asked_before)


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(told(FAMILIES), st.booleans())
def test_any_program_after_a_correction_is_as_from_scratch(
    found: tuple[Drawn, list[Happening], list[Happening]], asked_before: bool
) -> None:
    check(*found, asked=asked_before)
