"""Each reported status follows from other reported statuses and the log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.properties.drawing import FAMILIES, PARAMS
from tests.properties.worlds import (
    HORIZON,
    SHORT,
    Drawn,
    certain,
    happenings,
    uncertain,
)
from vigens.engine import Evaluation, Verdict, World, verdict_at
from vigens.model import Happening
from vigens.rules import (
    AllOf,
    AnyOf,
    Atom,
    Change,
    Condition,
    Constant,
    Edge,
    Negation,
    Variable,
    substitute,
    substitute_atom,
)

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
#: What happens, what another state does and what held before; nothing by itself.
LOOPED = frozenset({"edges", "quantifiers", "numbers", "same", "initially", "cycles"})
OPPOSITE = {
    Verdict.HOLDS: Verdict.FAILS,
    Verdict.FAILS: Verdict.HOLDS,
    Verdict.OPEN: Verdict.OPEN,
}


def reported(evaluation: Evaluation, condition: Condition, instant: int) -> Verdict:
    return verdict_at(evaluation.bounds(condition), instant)


def joined(evaluation: Evaluation, condition: Condition, instant: int) -> Verdict:
    """Join reported statuses by the logic of three values."""
    match condition:
        case Negation(inner):
            return OPPOSITE[joined(evaluation, inner, instant)]
        case AllOf(parts):
            found = {joined(evaluation, part, instant) for part in parts}
            if Verdict.FAILS in found:
                return Verdict.FAILS
            return Verdict.OPEN if Verdict.OPEN in found else Verdict.HOLDS
        case AnyOf(parts):
            return OPPOSITE[
                joined(evaluation, AllOf(tuple(map(Negation, parts))), instant)
            ]
        case _:
            return reported(evaluation, condition, instant)


PLAIN = FAMILIES


@settings(max_examples=80, deadline=None, suppress_health_check=SLOW)
@given(uncertain(PLAIN - {"cycles"}))
def test_what_holds_while_follows_from_what_it_rests_on(drawn: Drawn) -> None:
    for reached, wanted, at in held_states(drawn):
        assert reached is wanted, at


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(uncertain(PLAIN))
def test_in_a_circle_nothing_contradicts_what_it_rests_on(drawn: Drawn) -> None:
    """A queue may know more of a state than the bounds of its parts tell, never else."""
    for reached, wanted, at in held_states(drawn):
        assert wanted is Verdict.OPEN or reached is wanted, at


def held_states(drawn: Drawn) -> Iterator[tuple[Verdict, Verdict, tuple[Atom, int]]]:
    evaluation = Evaluation(drawn.world)
    rules = drawn.world.program
    for one in drawn.asked:
        if not isinstance(one, Atom) or not rules.fluents[one.name].held:
            continue
        names = [param.name for param in PARAMS[one.name]]
        binding = dict(zip(names, one.values, strict=True))
        parts = tuple(
            substitute(held.condition, binding) for held in rules.fluents[one.name].held
        )
        for instant in range(-2, SHORT + 4):
            wanted = joined(evaluation, AnyOf(parts), instant)
            yield reported(evaluation, one, instant), wanted, (one, instant)


def is_so(evaluation: Evaluation, condition: Condition, instant: int) -> bool:
    found = reported(evaluation, condition, instant)
    assert found is not Verdict.OPEN
    return found is Verdict.HOLDS


def matched(pattern: Atom, values: tuple[str, ...]) -> dict[str, str] | None:
    found: dict[str, str] = {}
    for term, value in zip(pattern.terms, values, strict=True):
        wanted = term.value if isinstance(term, Constant) else found.get(term.name)
        if wanted is not None and wanted != value:
            return None
        if isinstance(term, Variable):
            found[term.name] = value
    return found


def moves(
    evaluation: Evaluation, change: Change, binding: dict[str, str], instant: int
) -> bool:
    """Say whether a rule takes effect, from the log and from other statuses."""
    found: list[dict[str, str]] = []
    if isinstance(change.event, Edge):
        wanted = [not change.event.is_begin, change.event.is_begin]
        for choice in ("A", "B", "C"):
            free = {"party": choice, **binding}
            atom = substitute_atom(change.event.atom, free)
            states = [is_so(evaluation, atom, at) for at in (instant - 1, instant)]
            if states == wanted:
                found.append(free)
    else:
        pattern = substitute_atom(change.event, binding)
        for one in evaluation.world.happenings.get(pattern.name, ()):
            extra = matched(pattern, one.values)
            if one.first == instant and extra is not None:
                found.append({**binding, **extra})
    return any(
        change.when is None
        or is_so(evaluation, substitute(change.when, more), instant - 1)
        for more in found
    )


@settings(max_examples=80, deadline=None, suppress_health_check=SLOW)
@given(certain(LOOPED))
def test_a_plain_loop_over_the_log_gives_each_state(drawn: Drawn) -> None:
    evaluation = Evaluation(drawn.world)
    rules, readings = drawn.world.program, drawn.world.readings
    for one in drawn.asked:
        if not isinstance(one, Atom) or rules.fluents[one.name].held:
            continue
        declared = rules.fluents[one.name]
        names = [param.name for param in PARAMS[one.name]]
        binding = dict(zip(names, one.values, strict=True))
        state = bool(declared.initially)
        for instant in range(-1, HORIZON + 2):
            starts, stops = (
                any(
                    moves(evaluation, change, binding, instant)
                    for change in group
                    if change.reading is None
                    or readings[change.reading.variant] == change.reading.name
                )
                for group in (declared.initiated, declared.terminated)
            )
            state = (state or starts) and not stops
            assert is_so(evaluation, one, instant) is state, (one, instant)


@st.composite
def late(draw: st.DrawFn) -> tuple[Drawn, list[Happening]]:
    """Draw a world and what is recorded of it later."""
    drawn = draw(certain() | uncertain())
    is_certain = drawn.ground == () and draw(st.booleans())
    more = draw(happenings(drawn.world.program, 3, SHORT, certain=is_certain))
    found = [
        replace(one, ref=f"late {one.ref}") for group in more.values() for one in group
    ]
    return drawn, found


def with_more(world: World, more: list[Happening]) -> World:
    grouped = {name: list(found) for name, found in world.happenings.items()}
    for one in more:
        grouped.setdefault(one.event, []).append(one)
    return replace(world, happenings=grouped)


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(late(), st.booleans())
def test_a_late_entry_gives_what_evaluation_from_scratch_gives(
    told: tuple[Drawn, list[Happening]], asked_before: bool
) -> None:
    drawn, more = told
    evaluation = Evaluation(drawn.world)
    if asked_before:
        for one in drawn.asked:
            evaluation.bounds(one)
    again = evaluation.with_happenings(more)
    fresh = Evaluation(with_more(drawn.world, more))
    for one in drawn.asked:
        assert again.bounds(one) == fresh.bounds(one), one
    # and the first evaluation still answers about what it was asked about
    untouched = Evaluation(drawn.world)
    for one in drawn.asked:
        assert evaluation.bounds(one) == untouched.bounds(one), one
