"""States of the general law that a case has nothing to do with.

Every case brings the whole general law. What nobody recorded anything of, and what no
rule of the case's own rests on, drifts in and out of sight with every look: that is true,
and tells nobody anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.engine import read_by
from vigens.rules import rests_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vigens.desk.answers import Session
    from vigens.rules import Program

_LAW = "law/"


def own_first(program: Program, names: Iterable[str]) -> list[str]:
    """Order states: those that the case's own pages declare, then the general law's."""
    return sorted(names, key=lambda name: _is_law(program, name))


def idle_states(session: Session, names: Iterable[str]) -> frozenset[str]:
    """Name those states of the general law that nothing in a case is about.

    Args:
        session: The case through its lens.
        names: Of states that are asked about.

    Returns:
        Those that the general law declares, on which no state, duty, step, tally or
        first line of the case rests, and of which no event and no look is recorded.
    """
    program = session.case.program
    laws = [name for name in names if _is_law(program, name)]
    if not laws:
        return frozenset()
    rests = rests_on(program, through_time=True)
    concerned = _below(rests, _own(session))
    world = session.evaluation.world
    recorded = {*_names(world.happenings), *_names(world.bulk)}
    seen = _names(world.sightings)
    found = set()
    for name in laws:
        under = _below(rests, [name])
        events = {event for node in under for event in read_by(program, node).events}
        if name not in concerned and not events & recorded and not under & seen:
            found.add(name)
    return frozenset(found)


def idle_on_both(before: Session, after: Session) -> frozenset[str]:
    """Name the states that are idle on either side, or that it does not know."""
    sides = [
        (set(side.case.program.fluents), idle_states(side, side.case.program.fluents))
        for side in ((before,) if before is after else (before, after))
    ]
    return frozenset(
        name
        for name in set().union(*(known for known, _ in sides))
        if all(name in idle or name not in known for known, idle in sides)
    )


def _is_law(program: Program, name: str) -> bool:
    fluent = program.fluents.get(name)
    return fluent is not None and fluent.place.startswith(_LAW)


def _names(found: Mapping[str, object]) -> set[str]:
    return {name for name, some in found.items() if some}


def _own(session: Session) -> Iterator[str]:
    """Name what the case itself declares and asks."""
    program, settings = session.case.program, session.case.settings
    for name, fluent in program.fluents.items():
        if not fluent.place.startswith(_LAW):
            yield name
    for name, duty in program.obligations.items():
        if not duty.place.startswith(_LAW):
            yield from (f"duty:{name}", f"late:{name}")
    for provision in program.provisions.values():
        if not provision.place.startswith(_LAW):
            yield f"event:{provision.brings.name}"
    yield from (f"tally:{name}" for name in program.tallies)
    for step in program.steps.values():
        if step.outcome is not None:
            yield step.outcome.name
    yield (settings.headline or "").partition("(")[0]
    if settings.matrix_instrument:
        yield "endorsed"
    if settings.matrix_group:
        yield "member"


def _below(rests: Mapping[str, tuple[str, ...]], roots: Iterable[str]) -> set[str]:
    """Give nodes with all that they rest on, however far below."""
    waiting = list(roots)
    seen = set(waiting)
    while waiting:
        for below in rests.get(waiting.pop(), ()):
            if below not in seen:
                seen.add(below)
                waiting.append(below)
    return seen
