"""Which rows of a circle stand in one another's way, and which have a time limit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.queue.clock import after
from vigens.engine.queue.places import is_piece

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vigens.engine.queue.layout import Layout
    from vigens.rules import Lasting


@dataclass(frozen=True, slots=True, eq=False)
class Clause:
    """A time limit on a row.

    Attributes:
        ends: When a start at an instant runs out.
        becomes: The row that starts then; -1 where none does.
        is_renewable: Whether a further start begins the time anew.
    """

    ends: Callable[[int], int]
    becomes: int
    is_renewable: bool


def blocks(
    layout: Layout, nodes: Sequence[str], base: dict[str, int]
) -> tuple[list[int], dict[int, tuple[int, ...]]]:
    """Give each row the first one of the same arguments, and the others of these.

    Source:
        Design, section 3: at most one value holds at a time.
    """
    block: list[int] = []
    rivals: dict[int, tuple[int, ...]] = {}
    for node in nodes:
        if is_piece(node):  # it has no rows among these
            continue
        start, keys = base[node], layout.keys[node]
        fluent = layout.members.fluents.get(node)
        if fluent is None or not fluent.has_values:
            block += range(start, start + len(keys))
            continue
        own = keys >> layout.packing[node].bits[-1]
        first = np.searchsorted(own, own, side="left") + start
        block += first.tolist()
        last = np.searchsorted(own, own, side="right") + start
        for row, (low, high) in enumerate(
            zip(first.tolist(), last.tolist(), strict=True), start
        ):
            rivals[row] = tuple(other for other in range(low, high) if other != row)
    return block, rivals


def clauses(layout: Layout, base: dict[str, int]) -> dict[int, tuple[Clause, ...]]:
    """List the time limits of each row.

    Source:
        `vigens.rules.Lasting`.
    """
    found: dict[int, list[Clause]] = {}
    plan = layout.plan
    for name, fluent in layout.members.fluents.items():
        for limit in fluent.lasting:
            if not plan.is_read(limit.reading):
                continue
            ends = after(limit.amount, limit.unit, plan.zone)
            for row, becomes in _limited(layout, name, limit):
                clause = Clause(
                    ends,
                    becomes + base[name] if becomes >= 0 else -1,
                    limit.is_renewable,
                )
                found.setdefault(row + base[name], []).append(clause)
    return {row: tuple(clauses) for row, clauses in found.items()}


def _limited(layout: Layout, name: str, limit: Lasting) -> list[tuple[int, int]]:
    """List the rows that a time limit is about, and the rows that follow them."""
    keys = layout.keys[name]
    if limit.value is None:
        return [(row, -1) for row in range(len(keys))]
    sort = layout.params[name][-1].sort
    bits = layout.packing[name].bits[-1]
    code = layout.plan.symbols.code(sort, limit.value)
    rows = np.flatnonzero((keys & ((1 << bits) - 1)) == code)
    if limit.becomes is None:
        return [(row, -1) for row in rows.tolist()]
    next_code = layout.plan.symbols.code(sort, limit.becomes)
    follow = np.searchsorted(keys, (keys.take(rows) >> bits << bits) | next_code)
    return list(zip(rows.tolist(), follow.tolist(), strict=True))
