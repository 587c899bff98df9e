"""What is said to be missing is enough, and none of it can be spared."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.properties.drawing import AMOUNTS, NAMES, WORDS
from tests.properties.worlds import Drawn, certain, uncertain
from vigens.engine import Evaluation, Verdict, World, verdict_at, what_is_missing
from vigens.model import Coverage, Happening, Weight
from vigens.rules import Atom, Condition, Constant, Variable, substitute_atom

#: At which the worlds are asked; some of their events are later.
ASKED = (2, 4, 9)
VALUES = {"party": "ABC", "value": WORDS, "number": AMOUNTS}
EASE = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def lay_over(world: World, events: Sequence[Happening]) -> World:
    """Give a world with further events, built anew."""
    found = {name: list(known) for name, known in world.happenings.items()}
    for one in events:
        found.setdefault(one.event, []).append(one)
    return replace(world, happenings=found)


def grounded(event: Atom) -> Iterator[Atom]:
    free = list(dict.fromkeys(t for t in event.terms if isinstance(t, Variable)))
    for row in itertools.product(*(VALUES[one.sort] for one in free)):
        named = {one.name: value for one, value in zip(free, row, strict=True)}
        yield substitute_atom(event, named)


def doers(world: World, event: Atom) -> set[str | None]:
    """Give whom the powers of an event name; nobody where it names them itself."""
    holders = [power.holder for power in world.program.events[event.name].powers]
    named = {h.value if isinstance(h, Constant) else None for h in holders}
    return named or {None}


def orders(
    world: World, events: Iterable[Atom], instant: int
) -> Iterator[list[Happening]]:
    """List the orders in which events come about, the last one at an instant."""
    for atoms in itertools.product(*map(grounded, events)):
        for order in itertools.permutations(atoms):
            for by in itertools.product(*(doers(world, each) for each in order)):
                yield [
                    Happening(
                        f"more {at}", each.name, each.values,
                        instant - at, instant - at, Weight.SURE, by=by[-1 - at],
                    )
                    for at, each in enumerate(reversed(order))
                ]  # fmt: skip


def best(
    world: World, condition: Condition, instant: int, events: Iterable[Atom]
) -> Verdict:
    """Give the best that a condition comes to over the orders of some events."""
    found = set()
    for order in orders(world, events, instant):
        evaluation = Evaluation(lay_over(world, order))
        found.add(verdict_at(evaluation.bounds(condition), instant))
        if Verdict.HOLDS in found:
            return Verdict.HOLDS
    return Verdict.OPEN if Verdict.OPEN in found else Verdict.FAILS


@EASE
@given(st.one_of(certain(), uncertain()), st.sampled_from(ASKED))
def test_what_is_missing_makes_it_so_and_none_of_it_is_idle(
    drawn: Drawn, instant: int
) -> None:
    evaluation = Evaluation(drawn.world)
    for condition in drawn.asked:
        before = verdict_at(evaluation.bounds(condition), instant)
        missing = what_is_missing(evaluation, condition, instant)
        assert (() in missing.alternatives) is (before is Verdict.HOLDS)
        for needs in missing.alternatives:
            kinds = {need.kind for need in needs}
            if kinds == {"look"} or not kinds <= {"event", "reading", "look"}:
                continue
            readings = {n.reading.variant: n.reading.name for n in needs if n.reading}
            seen = Coverage(frozenset(), instant + 1 - len(needs), instant + 1)
            world = replace(
                drawn.world,
                readings={**drawn.world.readings, **readings},
                coverage=[*drawn.world.coverage, seen],
            )
            events = [n.atom for n in needs if n.atom is not None]
            after = best(world, condition, instant, events)
            if "look" in kinds:
                assert after is not Verdict.FAILS, (str(condition), instant, needs)
                continue
            assert after is Verdict.HOLDS, (str(condition), instant, needs)
            for spared in events if len(needs) > 1 else []:
                fewer = [each for each in events if each != spared]
                after = best(world, condition, instant, fewer)
                assert after is not Verdict.HOLDS, (str(condition), needs, spared)


@settings(EASE, max_examples=10)  # a world may take seconds
@given(st.one_of(certain(), uncertain()), st.sampled_from(ASKED), st.data())
def test_what_no_rule_can_bring_about_no_event_brings_about(
    drawn: Drawn, instant: int, data: st.DataObject
) -> None:
    evaluation = Evaluation(drawn.world)
    names = [("e", NAMES), ("k", NAMES), ("s", ()), ("z", NAMES), ("d", NAMES)]
    for condition in drawn.asked:
        missing = what_is_missing(evaluation, condition, instant)
        if missing.alternatives or not missing.is_exhaustive:
            continue
        drawn_events = []
        for _ in range(data.draw(st.integers(1, 2))):
            name, values = data.draw(st.sampled_from(names))
            value = [Constant(data.draw(st.sampled_from(values)))] if values else []
            drawn_events.append(Atom(name, tuple(value)))
        after = best(drawn.world, condition, instant, drawn_events)
        assert after is not Verdict.HOLDS, (str(condition), drawn_events)
