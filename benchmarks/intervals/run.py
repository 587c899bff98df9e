"""Print nanoseconds for each interval and operator: `python -m benchmarks.intervals.run`.

The figures stand beside those of a special-purpose sweep, measured in the same run where
it has the operator (`reference.py`) and else as it was measured before on two such cores.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.intervals import reference
from benchmarks.run import machine, say
from vigens.engine.axis import LAST, SHIFT, flat, floors, instants_of
from vigens.engine.batched import (
    Runs,
    canonical,
    complement,
    difference,
    intersect,
    steps_at_least,
    union,
)
from vigens.engine.inertia import Changes, inertia_runs

_YEARS = 20 * 365 * 86_400
_DAY = 86_400
_PER_ROW = 100

#: Nanoseconds that the sweep took at a million intervals, measured before.
BEFORE = {
    "union": 62,
    "intersection": 64,
    "difference": 59,
    "complement": 33,
    "at least 3 of 5": 81,
    "held for a day": 11,
    "inertia": 22,
    "first event within a day": 67,
    "3 events in 30 days": 13,
    "canonical, shuffled": 78,
}


@dataclass(frozen=True, slots=True)
class Operands:
    """Two sets of many rows, and five smaller ones."""

    n_rows: int
    left: Runs
    right: Runs
    members: tuple[Runs, ...]


def make_runs(n_runs: int, n_rows: int, seed: int) -> Runs:
    """Make disjoint runs of twenty years of seconds, spread evenly over rows."""
    random = np.random.default_rng(seed)
    per_row = n_runs // n_rows
    instants = random.integers(0, _YEARS, (n_rows, 2 * per_row))
    instants.sort(axis=1)
    instants += np.arange(2 * per_row)  # no two at one instant
    rows = np.repeat(np.arange(n_rows), 2 * per_row)
    edges = flat(rows, instants.reshape(-1))
    return Runs(edges[0::2].copy(), edges[1::2].copy())


def make_operands(n_runs: int) -> Operands:
    """Make the operands of a measurement."""
    n_rows = max(1, n_runs // _PER_ROW)
    members = tuple(make_runs(n_runs // 5, n_rows, 10 + seed) for seed in range(5))
    return Operands(
        n_rows, make_runs(n_runs, n_rows, 1), make_runs(n_runs, n_rows, 2), members
    )


def pair(runs: Runs) -> reference.Pair:
    """Give runs as the reference knows them."""
    return runs.starts, runs.ends


def at_least(need: int, members: tuple[Runs, ...]) -> Runs:
    """Give where so many of the members hold, as the engine counts them."""
    places = np.concatenate([edge for m in members for edge in (m.starts, m.ends)])
    steps = [(len(m), step) for m in members for step in (1, -1)]
    deltas = np.concatenate([np.full(n, step, dtype=np.int64) for n, step in steps])
    return steps_at_least(places, deltas, need)


def held_for(runs: Runs, seconds: int) -> Runs:
    """Give where a set has held so long, as the engine works it out."""
    starts = runs.starts + seconds
    keep = np.flatnonzero(starts < runs.ends)
    return Runs(starts.take(keep), runs.ends.take(keep))


def often(runs: Runs, need: int, seconds: int) -> Runs:
    """Give where so many starts lie in the window that ends now."""
    places = np.concatenate((runs.starts, runs.starts + seconds))
    deltas = np.ones(len(places), dtype=np.int64)
    deltas[len(runs) :] = -1
    return steps_at_least(places, deltas, need)


def first_within(runs: Runs, events: Runs, seconds: int) -> np.ndarray:
    """Give the first event within a time after each start, by its place; else -1."""
    place = np.searchsorted(events.starts, runs.starts)
    at = np.minimum(place, len(events) - 1)
    hit = (place < len(events)) & (events.starts.take(at) <= runs.starts + seconds)
    return np.where(hit, place, -1)


def best_of(work: Callable[[], object], repeats: int) -> tuple[float, object]:
    """Give the best seconds of some runs, and what came out."""
    seconds = []
    outcome: object = None
    for _ in range(repeats):
        start = time.process_time()
        outcome = work()
        seconds.append(time.process_time() - start)
    return min(seconds), outcome


#: Name, how many intervals go in, the engine's way, and the reference's if it has one.
Measurement = tuple[str, int, Callable[[], object], Callable[[], object] | None]


def of_sets(given: Operands) -> list[Measurement]:
    """List operators over sets."""
    left, right = given.left, given.right
    both = len(left) + len(right)
    base = floors(given.n_rows)
    members = tuple(pair(one) for one in given.members)
    turned = [(left.starts, right.starts), (right.ends, left.ends)]
    one, two = pair(left), pair(right)
    return [
        ("union", both, lambda: union(left, right), lambda: reference.union(one, two)),
        (
            "intersection",
            both,
            lambda: intersect(left, right),
            lambda: reference.intersection(one, two),
        ),
        (
            "difference",
            both,
            lambda: difference(left, right, given.n_rows),
            lambda: reference.at_least(1, turned),
        ),
        (
            "complement",
            len(left),
            lambda: complement(left, given.n_rows),
            lambda: reference.outside(one, base, ceilings(given)),
        ),
        (
            "at least 3 of 5",
            sum(map(len, given.members)),
            lambda: at_least(3, given.members),
            lambda: reference.at_least(3, members),
        ),
    ]


def of_time(given: Operands) -> list[Measurement]:
    """List operators that look at time passing, or at a pile of spans."""
    left, right = given.left, given.right
    order = np.random.default_rng(3).permutation(len(left))
    mixed = left.starts[order], left.ends[order]
    seconds_left, seconds_right = (instants_of(s.starts) for s in (left, right))
    sure = np.ones(len(left), dtype=bool)
    starts = Changes(left.starts >> SHIFT, seconds_left, seconds_left, sure)
    ends = Changes(
        right.starts >> SHIFT, seconds_right, seconds_right, sure[: len(right)]
    )
    size = len(left)
    return [
        ("held for a day", size, lambda: held_for(left, _DAY), None),
        (
            "inertia",
            size + len(right),
            lambda: inertia_runs(given.n_rows, starts, ends)[0],
            lambda: reference.inertia(left.starts, right.starts, ceilings(given)),
        ),
        (
            "first event within a day",
            size,
            lambda: first_within(left, right, _DAY),
            None,
        ),
        ("3 events in 30 days", size, lambda: often(left, 3, 30 * _DAY), None),
        (
            "canonical, shuffled",
            size,
            lambda: canonical(*mixed),
            lambda: reference.at_least(1, [mixed]),
        ),
    ]


def ceilings(given: Operands) -> np.ndarray:
    """Give the flat end of each row."""
    return (np.arange(given.n_rows, dtype=np.int64) << SHIFT) + LAST


def is_same(ours: object, theirs: object) -> bool:
    """Say whether two ways came to the same set."""
    assert isinstance(ours, Runs)
    assert isinstance(theirs, tuple)
    return all(
        np.array_equal(own, other)
        for own, other in zip(pair(ours), theirs, strict=True)
    )


def main() -> int:
    """Print every figure; status 1 where two ways disagree."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=float, default=[1e6])
    parser.add_argument("--repeat", type=int, default=5)
    args = parser.parse_args()
    say(f"machine: {machine()}; numpy {np.__version__}")
    well = True
    for size in args.sizes:
        given = make_operands(int(size))
        say(f"\n{int(size):,} intervals in each operand, {given.n_rows:,} rows")
        say(f"{'':<28}{'Vigens':>8}{'sweep':>8}{'before':>8}   ns for each interval")
        for name, n_in, work, other in (*of_sets(given), *of_time(given)):
            seconds, ours = best_of(work, args.repeat)
            beside = ""
            if other is not None:
                beside_seconds, theirs = best_of(other, args.repeat)
                beside = f"{beside_seconds / n_in * 1e9:.1f}"
                if not is_same(ours, theirs):
                    well, beside = False, "DIFFERS"
            say(f"{name:<28}{seconds / n_in * 1e9:>8.1f}{beside:>8}{BEFORE[name]:>8}")
    return 0 if well else 1


if __name__ == "__main__":
    raise SystemExit(main())
