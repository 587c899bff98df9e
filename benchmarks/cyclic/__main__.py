"""Contracts and suspensions that rest on one another: `python -m benchmarks.cyclic`.

A contract lapses after a time, a lapsed contract suspends its party for a while, and a
suspended party makes none. A loop in plain Python does exactly this and nothing else;
the engine reads it as rules. Both must find the same contracts.
"""

from __future__ import annotations

import argparse
import heapq
import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vigens.engine import Evaluation, World
from vigens.engine.axis import instants_of, rows_of
from vigens.engine.intervals import HIGH
from vigens.model import Coded, Coverage
from vigens.model.columns import SURE, EventColumns
from vigens.rules import (
    Atom,
    Change,
    Edge,
    EventType,
    Fluent,
    Lasting,
    Negation,
    Program,
    Sort,
    Variable,
)

Column = NDArray[np.int64]
PARTIES, CONTRACTS = 200, 20
LASTS, SUSPENDED = 400, 120
PARTY, DEAL = Variable("firm", "firm"), Variable("deal", "deal")


def rules() -> Program:
    """Give the contracts and suspensions as a program."""
    contract, stopped = Atom("contract", (PARTY, DEAL)), Atom("suspended", (PARTY,))
    signs = Atom("signs", (PARTY, DEAL))
    limit = Lasting(None, LASTS, "second", None, True, None, "")
    pause = Lasting(None, SUSPENDED, "second", None, True, None, "")
    made = Change(signs, Negation(stopped), None, None, "")
    lapsed = Change(Edge(contract, is_begin=False), None, None, None, "")
    words = (PARTY, DEAL)
    fluents = (
        Fluent("contract", words, "", (made,), (), (), lasting=(limit,)),
        Fluent("suspended", (PARTY,), "", (lapsed,), (), (), lasting=(pause,)),
    )
    sorts = {name: Sort(name, name, (), is_open=True) for name in ("firm", "deal")}
    event = EventType("signs", words, "", is_act=False, applies_to=None)
    return Program(
        "cyclic",
        sorts,
        events={"signs": event},
        fluents={one.name: one for one in fluents},
    )


def log(size: int) -> tuple[Column, Column, Column]:
    """Draw who signs what when; parties meet again and again."""
    draw = np.random.default_rng(size)
    at = np.cumsum(draw.integers(0, 3, size))
    return at, draw.integers(0, PARTIES, size), draw.integers(0, CONTRACTS, size)


def by_hand(at: Sequence[int], firm: Sequence[int], deal: Sequence[int]) -> int:
    """Count the contracts that come about and add up how long they last."""
    total = 0
    heap: list[tuple[int, tuple[int, int], int]] = []
    begun: dict[tuple[int, int], int] = {}
    renewed: dict[tuple[int, int], int] = {}
    free: dict[int, int] = {}
    place, size = 0, len(at)
    while place < size or heap:
        now = heap[0][0] if heap else HIGH
        now = min(now, at[place]) if place < size else now
        news = []
        while place < size and at[place] == now:
            if free.get(firm[place], -1) < now:
                news.append((firm[place], deal[place]))
            place += 1
        for key in news:
            renewed[key] = now
        while heap and heap[0][0] == now:
            _, key, since = heapq.heappop(heap)
            if renewed[key] == since and key in begun:
                total += now - begun.pop(key)
                free[key[0]] = now + SUSPENDED
        for key in dict.fromkeys(news):
            begun.setdefault(key, now)
            heapq.heappush(heap, (now + LASTS, key, now))
    return total


def world(at: Column, firm: Column, deal: Column) -> World:
    """Give the log as evidence."""
    values = (
        Coded(firm, [f"p{n}" for n in range(PARTIES)]),
        Coded(deal, [f"d{n}" for n in range(CONTRACTS)]),
    )
    rows = np.arange(len(at))
    columns = EventColumns("signs", values, at, at, SURE, "log.csv", rows)
    looked = [Coverage(frozenset(), -1, HIGH)]
    return World(rules(), {}, {}, looked, 0, "UTC", bulk={"signs": [columns]})


def by_rules(told: World) -> int:
    """Work the contracts out by the engine, and add up how long they last."""
    runs = Evaluation(told).plan.state("contract").surely
    assert len(rows_of(runs.starts))
    return int((instants_of(runs.ends) - instants_of(runs.starts)).sum())


def main() -> None:
    """Print the cost of an event at each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[10**4, 10**5, 10**6])
    print(f"{'events':>9} {'loop us':>9} {'engine us':>9} {'same':>5}")
    for size in parser.parse_args().sizes:
        columns = log(size)
        told = world(*columns)
        lists = [column.tolist() for column in columns]
        start = time.process_time()
        one = by_hand(*lists)
        middle = time.process_time()
        two = by_rules(told)
        end = time.process_time()
        each = 1e6 / size
        print(
            f"{size:>9} {(middle - start) * each:>9.2f} {(end - middle) * each:>9.2f}"
            f" {'yes' if one == two else 'NO':>5}"
        )


if __name__ == "__main__":
    main()
