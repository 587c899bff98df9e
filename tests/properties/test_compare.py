"""Two lenses on the Paris case: nothing for one lens, mirrored when they change places.

What is not listed as changed is the same; what is listed is what each lens answers.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.properties.picking import pick
from vigens.desk import (
    Case,
    Changes,
    Looking,
    Session,
    compare,
    compare_lenses,
    make_lens,
    open_case,
)
from vigens.engine import verdict_at, verdicts_of
from vigens.model import Lens
from vigens.rules import Atom, Variable

PARIS = Path(__file__).resolve().parents[2] / "examples" / "paris"
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


@lru_cache(maxsize=1)
def paris() -> Case:
    return open_case(PARIS, lambda: NOW)


@lru_cache(maxsize=64)
def session(lens: Lens) -> Session:
    return Session(paris(), lens)


days = st.integers(0, 400).map(
    lambda n: (date(2025, 2, 17) + timedelta(days=n)).isoformat()
)
hypotheses = st.sampled_from(
    [(), ("ceasefire.begins(general) on 2026-01-20",), ("requests(UA) on 2026-01",)]
)


@st.composite
def lenses(draw: st.DrawFn) -> Lens:
    looking = Looking(
        int(NOW.timestamp()),
        as_of=draw(days),
        known_at=draw(days),
        reader=pick(draw, ["public", "all"]),
        policy=pick(draw, ["standard", "open-ear"]),
        suppose=draw(hypotheses),
        assume_no_other_change=draw(st.booleans()),
    )
    return make_lens(paris(), looking)


def mirrored(changes: Changes) -> tuple[object, ...]:
    return (
        {(s.atom, s.after, s.before) for s in changes.states},
        {(f.fluent, f.after, f.before, f.number) for f in changes.further},
        changes.not_looked_at,
        {(d.duty.obligation.name, d.after, d.before) for d in changes.duties},
        {(s.after, s.before) for s in changes.steps},
        {(c.measure, c.after, c.before) for c in changes.counts},
    )


def plain(changes: Changes) -> tuple[object, ...]:
    return (
        {(s.atom, s.before, s.after) for s in changes.states},
        {(f.fluent, f.before, f.after, f.number) for f in changes.further},
        changes.not_looked_at,
        {(d.duty.obligation.name, d.before, d.after) for d in changes.duties},
        {(s.before, s.after) for s in changes.steps},
        {(c.measure, c.before, c.after) for c in changes.counts},
    )


@settings(max_examples=8)
@given(lenses())
def test_one_lens_differs_in_nothing_from_itself(lens: Lens) -> None:
    assert compare_lenses(paris(), lens, lens).is_empty
    assert compare(session(lens), Session(paris(), lens)).is_empty


@settings(max_examples=8)
@given(lenses(), lenses())
def test_lenses_that_change_places_change_the_sides(left: Lens, right: Lens) -> None:
    there = compare(session(left), session(right))
    back = compare(session(right), session(left))
    assert plain(there) == mirrored(back)


@settings(max_examples=6)
@given(lenses(), lenses())
def test_what_is_listed_is_what_differs(left: Lens, right: Lens) -> None:
    sides = session(left), session(right)
    found = compare(*sides, is_whole=True)
    listed = {state.atom: state for state in found.states}
    assert found.not_looked_at == ()
    n_more = sum(further.number for further in found.further)
    for name, fluent in paris().program.fluents.items():
        wild = Atom(name, tuple(Variable("_", "_") for _ in fluent.params))
        atoms = list(dict.fromkeys(a for side in sides for a in side.expand(wild)))
        for side in sides:
            many = verdicts_of(side.evaluation, atoms, side.lens.as_of)
            assert many == [
                verdict_at(side.evaluation.bounds(atom), side.lens.as_of)
                for atom in atoms
            ]
        pairs = zip(
            *(verdicts_of(s.evaluation, atoms, s.lens.as_of) for s in sides),
            strict=True,
        )
        for atom, (old, new) in zip(atoms, pairs, strict=True):
            if atom in listed:
                assert (listed[atom].before.verdict, listed[atom].after.verdict) == (
                    old,
                    new,
                )
            elif old is not new:
                n_more -= 1
    assert n_more == 0
