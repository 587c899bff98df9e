"""Programs and worlds written on paper: no language, few words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from vigens.engine import World
from vigens.engine.oracle import Completion, completions
from vigens.model import Coverage, Happening, Weight
from vigens.rules import (
    Actor,
    Atom,
    Change,
    Condition,
    Constant,
    EventType,
    Fluent,
    Held,
    Occurs,
    Program,
    Reading,
    Sort,
    Term,
    Variable,
)

PARTIES = ("A", "B", "C")
PARTY = Variable("party", "party")
VALUE = Variable("value", "value")
SORTS = {
    "party": Sort("party", "party", (), is_open=False),
    "value": Sort("value", "value", ("u", "v", "w"), is_open=False),
    "number": Sort("number", "number", (), is_open=True),
}
ACTORS = {
    "A": Actor("A", "A", "party", "state"),
    "B": Actor("B", "B", "party", "state"),
    "C": Actor("C", "C", "party", "organisation"),
}


def atom(name: str, *terms: str | Term) -> Atom:
    return Atom(name, tuple(Constant(t) if isinstance(t, str) else t for t in terms))


def change(
    event: Occurs,
    when: Condition | None = None,
    value: str | Term | None = None,
    *,
    perhaps: str | None = None,
    reading: Reading | None = None,
    place: str = "",
) -> Change:
    term = Constant(value) if isinstance(value, str) else value
    return Change(event, when, perhaps, reading, place or str(event), term)


def fluent(
    name: str,
    *params: Variable,
    starts: Iterable[Change] = (),
    ends: Iterable[Change] = (),
    held: Iterable[Condition] = (),
    **more: Any,
) -> Fluent:
    conditions = tuple(Held(one, None, name) for one in held)
    return Fluent(name, params, name, tuple(starts), tuple(ends), conditions, **more)


def event(name: str, *params: Variable, **more: Any) -> EventType:
    return EventType(name, params, name, more.pop("is_act", False), None, **more)


def program(
    events: Iterable[EventType], fluents: Iterable[Fluent] = (), **more: Any
) -> Program:
    return Program(
        "paper",
        SORTS,
        ACTORS,
        events={one.name: one for one in events},
        fluents={one.name: one for one in fluents},
        **more,
    )


def happen(
    at: int | tuple[int, int],
    name: str,
    *values: str,
    weight: Weight = Weight.SURE,
    by: str | None = None,
) -> Happening:
    first, last = at if isinstance(at, tuple) else (at, at)
    ref = f"{name}({','.join(values)})@{first}"
    return Happening(ref, name, values, first, last, weight, by=by)


def world(
    rules: Program,
    *happenings: Happening,
    covered: tuple[int, int] = (-1000, 10**9),
    readings: Mapping[str, str] | None = None,
    zone: str = "UTC",
    **more: Any,
) -> World:
    grouped: dict[str, list[Happening]] = {}
    for one in happenings:
        grouped.setdefault(one.event, []).append(one)
    looked = [Coverage(frozenset(), *covered)]
    sightings = more.pop("sightings", {})
    return World(rules, grouped, sightings, looked, 0, zone, readings or {}, **more)


def only(told: World, *conditions: Condition, end: int = 100) -> Completion:
    """Give the one completion of a world in which all is known."""
    found = list(completions(told, [], 0, end, conditions))
    assert len(found) == 1
    return found[0]


def spans(
    found: Completion, condition: Condition, start: int = 0, end: int = 100
) -> list[tuple[int, int]]:
    """List where a condition holds, second by second."""
    so = [at for at in range(start, end) if found.holds(condition, at)]
    starts = [at for at in so if at - 1 not in so]
    ends = [at + 1 for at in so if at + 1 not in so]
    return list(zip(starts, ends, strict=True))
