"""What nobody recorded: gaps, values that nobody has named, and counts without names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.axis import flat
from vigens.engine.batched import EMPTY, Runs, canonical, everywhere, from_spans
from vigens.engine.fluents import stops
from vigens.engine.intervals import HIGH, LOW
from vigens.engine.keys import close
from vigens.engine.occurrences import COUNTED, mentions
from vigens.engine.symbols import OTHER, Packing
from vigens.engine.tables import Table, of_runs
from vigens.model import Weight
from vigens.rules import Atom, Constant, Count, Variable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vigens.engine.basis import Basis
    from vigens.model import CountSeen
    from vigens.rules import Condition, Quantified


def gap_table(plan: Basis, event: Atom, variables: Sequence[Variable]) -> Table:
    """Give where an occurrence that matches a pattern may have gone unrecorded.

    Args:
        plan: Over which evidence.
        event: The pattern.
        variables: Those of its variables that matter, in the order wanted; the
            others stand for whatever occurs.

    Returns:
        A table of what is possible; nothing in it is sure.

    Source:
        Design, section 4.3, cause 3.
    """
    packing = Packing(plan.symbols, variables)
    keys = close(packing, _gap_keys(plan, event, variables, packing))
    rows = []
    for key in keys:
        values = {
            variable: plan.symbols.words(variable.sort)[code] or None
            for at, variable in enumerate(variables)
            for code in [int(packing.unpack(key, at))]
        }
        asked = [
            term.value if isinstance(term, Constant) else values.get(term)
            for term in event.terms
        ]
        rows.append(plan.world.gaps(event.name, asked))
    return Table(tuple(variables), packing, keys, EMPTY, from_spans(rows))


def _gap_keys(
    plan: Basis, event: Atom, variables: Sequence[Variable], packing: Packing
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """List the values for which somebody looked apart, or denied something."""
    found = {0}
    for part in plan.world.coverage:
        for value in part.keys:
            for at, variable in enumerate(variables):
                code = plan.symbols.code(variable.sort, value)
                found.add(code << packing.shifts[at])
    for happening in plan.world.happenings.get(event.name, ()):
        if happening.weight is not Weight.DENIED:
            continue
        key = 0
        for term, value in zip(event.terms, happening.values, strict=True):
            if isinstance(term, Variable) and term in variables:
                at = list(variables).index(term)
                key |= plan.symbols.code(term.sort, value) << packing.shifts[at]
        found.add(key)
    return np.asarray(sorted(found), dtype=np.int64)


def presence_of(plan: Basis, ranging: Quantified | Count) -> Table | None:
    """Say from when a quantifier ranges over each value; `None` for always.

    A declared value is always there; one of an open sort is there from the first
    time that an occurrence or an observation names it.

    Source:
        Design, section 4.3: what is learned later does not reach back.
    """
    variable = ranging.variable
    if isinstance(ranging.owner, Variable):
        return _owned(plan, ranging.owner, variable)
    if ranging.owner is not None or not _is_open(plan, variable.sort):
        return None
    if variable.sort == "number":  # there is no time before a number
        return None
    return _named(plan, variable)


def _owned(plan: Basis, owner: Variable, part: Variable) -> Table:
    """Say which components each instrument has."""
    packing = Packing(plan.symbols, (owner, part))
    pairs = [
        plan.symbols.code("instrument", name) << packing.shifts[0]
        | plan.symbols.code("component", component.name)
        for name, text in plan.world.program.instruments.items()
        for component in text.components
    ]
    keys = close(packing, np.asarray(pairs, dtype=np.int64))
    every = everywhere(len(keys))
    at = np.flatnonzero(np.isin(keys, pairs))
    runs = Runs(every.starts.take(at), every.ends.take(at))
    return Table((owner, part), packing, keys, runs, runs)


def _is_open(plan: Basis, sort: str) -> bool:
    return plan.world.program.sorts[sort].is_open


def _named(plan: Basis, variable: Variable) -> Table:
    surely, possibly = mentions(plan.symbols, plan.world, variable.sort)
    for value in plan.world.program.values_of(variable.sort):
        code = plan.symbols.code(variable.sort, value)
        surely[code] = possibly[code] = LOW
    surely[OTHER] = possibly[OTHER] = HIGH
    keys = np.arange(len(surely), dtype=np.int64)
    ends = flat(keys, np.full(len(keys), HIGH))
    sides = [canonical(flat(keys, side), ends) for side in (surely, possibly)]
    packing = Packing(plan.symbols, (variable,))
    return of_runs((variable,), packing, keys, (sides[0], sides[1]))


def unseen_runs(plan: Basis, ranging: Quantified | Count) -> Runs:
    """Give where a quantifier may range over a value that nobody has recorded.

    Source:
        Design, section 4.3, cause 3.
    """
    sort = ranging.variable.sort
    if ranging.owner is not None or not _is_open(plan, sort):
        return EMPTY
    gaps = [
        plan.world.gaps(event.name, [None] * len(event.params))
        for event in plan.world.program.events.values()
        if any(param.sort == sort for param in event.params)
    ]
    first = min((found[0][0] for found in gaps if found), default=HIGH)
    return from_spans([[(first, HIGH)]]) if first < HIGH else EMPTY


def seen_counts(plan: Basis, condition: Quantified | Count) -> Iterator[CountSeen]:
    """List the anonymous counts of what a quantifier asks, of whatever time.

    Source:
        Design, section 4.3: anonymous counts are observations with a measure.
    """
    for name, measure in plan.world.program.measures.items():
        if measure.counts is not None and _counts_the_same(measure.counts, condition):
            seen = plan.world.counts.get(name, ())
            yield from (one for one in seen if one.weight in COUNTED)


def counted_spans(
    plan: Basis, condition: Quantified | Count
) -> list[tuple[int, int, int]]:
    """List from when to when an anonymous count surely holds, and how many it has.

    It holds on as long as nothing may have ended the state that it counts.

    Source:
        Design, section 4.3: anonymous counts are observations with a measure.
    """
    found = []
    for name, measure in plan.world.program.measures.items():
        counts = measure.counts
        if counts is None or not _counts_the_same(counts, condition):
            continue
        ends = _may_end(plan, counts.body)
        for seen in plan.world.counts.get(name, ()):
            if seen.weight is Weight.SURE:
                end = min((e for e in ends if e >= seen.first), default=HIGH)
                found.append((seen.last, max(end, seen.last + 1), seen.at_least))
    return found


def _may_end(plan: Basis, body: Condition) -> list[int]:
    """List the earliest instants at which a counted state may end for somebody."""
    if not isinstance(body, Atom):
        return [-(10**15), 10**15]
    fluent = plan.world.program.fluents[body.name]
    if fluent.held or not fluent.initiated:
        return [-(10**15), 10**15]
    return sorted({int(at) for group in stops(plan, fluent) for at in group.first})


def _counts_the_same(counts: Count, condition: Quantified | Count) -> bool:
    return (
        counts.variable.sort == condition.variable.sort
        and counts.body == condition.body
        and counts.guard == condition.guard
        and counts.owner == condition.owner
        and counts.weights == condition.weights
    )
