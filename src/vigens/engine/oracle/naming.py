"""Values: which of a sort there are and from when, and which a fluent may have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.rules import Constant, fill

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.engine.oracle.story import Occurred, Settled
    from vigens.rules import Fluent, Program, Variable

#: The one value of a fluent without values.
PLAIN = ""


def named_by(settled: Settled, sort: str, instant: int) -> tuple[str, ...]:
    """List the values of a sort that are declared or named by an instant.

    Source:
        Design, section 4.3: what is learned later does not reach back.
    """
    program = settled.world.program
    found: dict[str, None] = {}
    if sort in program.sorts or program.root_of(sort) != sort or sort == "party":
        found = dict.fromkeys(program.values_of(sort))
    if sort in program.sorts and not program.sorts[sort].is_open:
        return tuple(found)
    if program.root_of(sort) == sort:
        for one in settled.occurred:
            if one.instant <= instant and _may_have_power(program, one):
                params = program.events[one.event].params
                found.update(_of_sort(sort, params, one.values))
        for name, values, at, _ in settled.anchors:
            if at <= instant:
                params = program.fluents[name].params
                found.update(_of_sort(sort, params, values))
    return tuple(found)


def _may_have_power(program: Program, one: Occurred) -> bool:
    declared = program.events[one.event]
    names = [param.name for param in declared.params]
    binding = dict(zip(names, one.values, strict=True))
    holders = [power.holder for power in declared.powers]
    return not holders or any(
        Constant(one.by or "") == fill(holder, binding)
        or (one.by is None and not isinstance(holder, Constant))
        for holder in holders
    )


def _of_sort(
    sort: str, params: Sequence[Variable], values: Sequence[str]
) -> dict[str, None]:
    pairs = zip(params, values, strict=True)
    return {value: None for param, value in pairs if param.sort == sort}


def is_inertial(fluent: Fluent) -> bool:
    """Say whether changes and observations move a fluent, not only conditions."""
    return bool(
        fluent.initiated or fluent.initially or fluent.has_values or not fluent.held
    )


def split(fluent: Fluent, values: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Part the arguments of a fluent from its value."""
    return (values[:-1], values[-1]) if fluent.has_values else (values, PLAIN)
