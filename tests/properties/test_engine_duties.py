"""Soundness of duties: the true state of an instance is always among the reported."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.properties.picking import pick
from vigens.engine import DutyReport, Evaluation, Verdict, World, review_obligation
from vigens.engine.oracle import Completion, Occurred, completions
from vigens.engine.states import (
    DUE,
    LATE,
    NO_LIMIT,
    NOT_BOUND,
    NOT_TRIGGERED,
    NOT_YET,
    OVERDUE,
    PERFORMED,
    RUNNING,
)
from vigens.model import Coverage, Happening, Weight
from vigens.rules import (
    Atom,
    Change,
    Condition,
    Deadline,
    EventType,
    Fluent,
    Obligation,
    Occurs,
    Performance,
    Program,
    Reading,
    Trigger,
    Variant,
)

HORIZON = 4
MOST_COMPLETIONS = 300
EVENTS = ("starts", "stops", "hits", "says", "acts", "undoes")


@dataclass(frozen=True)
class Small:
    world: World
    obligation: Obligation


def state(name: str, begins: str, ends: str) -> Fluent:
    return Fluent(
        name,
        (),
        name,
        (Change(Atom(begins), None, None, None, f"{name}:s"),),
        (Change(Atom(ends), None, None, None, f"{name}:e"),),
        (),
    )


FLUENTS = {
    "on": state("on", "starts", "stops"),
    "done": state("done", "acts", "undoes"),
}
READINGS = st.sampled_from([None, None, Reading("v", "a"), Reading("v", "b")])


@st.composite
def deadlines(draw: st.DrawFn) -> Deadline:
    reading = draw(READINGS)
    if draw(st.integers(0, 4)) == 0:
        return Deadline("within", None, None, None, "no time", reading, "")
    relation = pick(draw, ["within", "within", "at"])
    anchor = pick(draw, [None, None, Atom("says")])
    amount = draw(st.integers(0, 2))
    return Deadline(relation, amount, "second", anchor, None, reading, "")


@st.composite
def obligations(draw: st.DrawFn) -> Obligation:
    by_event = draw(st.booleans())
    trigger = Trigger(
        None if by_event else Atom("on"),
        Atom("hits") if by_event else None,
        draw(READINGS),
        "",
    )
    performance = draw(
        st.sampled_from(
            [
                Performance(None, Atom("acts"), None, ""),
                Performance(Atom("done"), None, None, ""),
            ]
        )
    )
    return Obligation(
        "owed",
        "owed",
        (),
        "A",
        None,
        None,
        None,
        "shall",
        (trigger,),
        pick(draw, [None, None, Atom("on")]),
        performance,
        tuple(draw(st.lists(deadlines(), max_size=2))),
        None,
        None,
        "",
    )


@st.composite
def smalls(draw: st.DrawFn) -> Small:
    obligation = draw(obligations())
    events = {name: EventType(name, (), name, False, None) for name in EVENTS}
    program = Program(
        "d",
        events=events,
        fluents=FLUENTS,
        obligations={"owed": obligation},
        variants={"v": Variant("v", "v", (("a", "a"), ("b", "b")), "")},
    )
    occurred: dict[str, list[Happening]] = {}
    for index in range(draw(st.integers(1, 4))):
        name = pick(draw, EVENTS)
        first = draw(st.integers(0, HORIZON - 1))
        last = min(HORIZON - 1, first + draw(st.integers(0, 2)))
        weight = pick(draw, [Weight.SURE, Weight.SURE, Weight.POSSIBLE])
        found = Happening(f"h{index}", name, (), first, last, weight)
        occurred.setdefault(name, []).append(found)
    coverage = [
        Coverage(frozenset({name}), 0, HORIZON - pick(draw, [0, 0, 1]))
        for name in EVENTS
    ]
    readings = pick(draw, [{}, {"v": "a"}, {"v": "b"}])
    return Small(World(program, occurred, {}, coverage, 0, "UTC", readings), obligation)


def named(event: Occurs) -> str:
    assert isinstance(event, Atom)
    return event.name


def matching(completion: Completion, atom: Atom) -> list[Occurred]:
    return [one for one in completion.occurred if one.event == atom.name]


def is_read(completion: Completion, reading: Reading | None) -> bool:
    chosen = completion.world.readings
    return reading is None or chosen[reading.variant] == reading.name


def triggered_at(
    completion: Completion, small: Small, ref: str | None, instant: int
) -> int | None:
    """Say when the instance was triggered, in two values."""
    trigger = small.obligation.triggers[0]
    if isinstance(trigger.event, Atom):
        found = [
            one.instant
            for one in matching(completion, trigger.event)
            if one.ref == ref and one.instant <= instant
        ]
        return min(found, default=None)
    assert trigger.condition is not None
    at = instant
    if not completion.holds(trigger.condition, at):
        return None
    while at > 0 and completion.holds(trigger.condition, at - 1):
        at -= 1
    return at


def limits(
    completion: Completion, small: Small, start: int
) -> dict[str, list[int | None]]:
    """Give each deadline that counts: an instant, or `None` where none runs yet."""
    found: dict[str, list[int | None]] = {"within": [], "at": []}
    for deadline in small.obligation.deadlines:
        if not is_read(completion, deadline.reading) or deadline.amount is None:
            continue
        at: int | None = start
        if isinstance(deadline.anchor, Atom):
            anchors = matching(completion, deadline.anchor)
            recorded = [one.instant for one in anchors if one.ref]
            at = min(recorded or [one.instant for one in anchors], default=None)
        found[deadline.relation].append(None if at is None else at + deadline.amount)
    return found


def true_state(
    completion: Completion, small: Small, ref: str | None, instant: int
) -> str:
    """Work out the state of one instance where everything is known."""
    obligation = small.obligation
    start = triggered_at(completion, small, ref, instant)
    if start is None:
        return NOT_TRIGGERED
    needed = obligation.condition
    if needed is not None and not completion.holds(needed, instant):
        return NOT_BOUND
    found = limits(completion, small, start)
    within = [at for at in found["within"] if at is not None]
    done = performed_at(completion, small, start, instant)
    if done is not None:
        return LATE if any(done > at for at in within) else PERFORMED
    if any(instant > at for at in within):
        return OVERDUE
    if any(at is None or instant < at for at in found["at"]):
        return NOT_YET
    if found["within"]:
        return RUNNING
    return DUE if found["at"] else NO_LIMIT


def performed_at(
    completion: Completion, small: Small, start: int, instant: int
) -> int | None:
    performance = small.obligation.performance
    assert performance is not None
    if isinstance(performance.event, Atom):
        times = [one.instant for one in matching(completion, performance.event)]
        return min((at for at in times if start <= at <= instant), default=None)
    condition: Condition | None = performance.condition
    assert condition is not None
    span = range(start, instant + 1)
    return next((at for at in span if completion.holds(condition, at)), None)


def reports(small: Small, instant: int) -> dict[str | None, DutyReport]:
    """Pair each report with the occurrence that triggered it."""
    found = review_obligation(Evaluation(small.world), small.obligation, instant)
    trigger = small.obligation.triggers[0]
    if trigger.event is None or not is_possible(small, trigger.reading):
        return {None: found[0]}
    refs = [
        h.ref
        for h in small.world.happenings.get(named(trigger.event), ())
        if h.first <= instant
    ]
    return dict(zip(refs or [""], found, strict=True))


def is_possible(small: Small, reading: Reading | None) -> bool:
    chosen = small.world.readings
    return reading is None or chosen.get(reading.variant, reading.name) == reading.name


GROUND = tuple((name, ()) for name in EVENTS)


@settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(smalls())
def test_the_true_state_is_among_those_reported(small: Small) -> None:
    trigger = small.obligation.triggers[0]
    found = {at: reports(small, at) for at in range(HORIZON)}
    world = small.world
    for completion in itertools.islice(
        completions(world, GROUND, 0, HORIZON), MOST_COMPLETIONS
    ):
        for instant, by_ref in found.items():
            for ref, report in by_ref.items():
                if not is_read(completion, trigger.reading):
                    # An instance speaks under the reading that it names.
                    assert report.reading or NOT_TRIGGERED in report.states
                    continue
                truth = true_state(completion, small, ref, instant)
                assert truth in report.states, (instant, ref, truth, report, completion)


@settings(max_examples=300, deadline=None)
@given(smalls())
def test_where_all_is_known_there_is_one_state(small: Small) -> None:
    happenings = {
        name: [replace(h, last=h.first, weight=Weight.SURE) for h in group]
        for name, group in small.world.happenings.items()
    }
    world = replace(
        small.world,
        happenings=happenings,
        coverage=[Coverage(frozenset(), 0, 100)],
        readings={"v": "a"},
    )
    known = replace(small, world=world)
    for instant in range(HORIZON):
        for report in reports(known, instant).values():
            assert len(report.states) == 1, (instant, report)
            assert report.trigger is not Verdict.OPEN
