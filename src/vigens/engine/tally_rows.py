"""What tallies have come to at an instant, as rows for showing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.axis import flat
from vigens.engine.batched import holds_at
from vigens.engine.keys import find
from vigens.engine.occurrences import columns_at
from vigens.engine.symbols import OTHER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vigens.engine.axis import Flags, Ints
    from vigens.engine.evaluate import Evaluation
    from vigens.engine.plan import Plan
    from vigens.rules import Tally


@dataclass(frozen=True, slots=True)
class TallyRow:
    """What a tally has come to for some values.

    Attributes:
        tally: Name.
        values: Its arguments.
        at_least: What has surely been counted or added up.
        at_most: What possibly has; `None` where nobody looked, or nobody can tell.
        first_possible: Reference of the first occurrence that possibly counts.
        first_sure: Reference of the first that surely does.
    """

    tally: str
    values: tuple[str, ...]
    at_least: Decimal
    at_most: Decimal | None
    first_possible: str
    first_sure: str


def review_tally(
    evaluation: Evaluation,
    tally: Tally,
    instant: int,
    values: Sequence[str | None] = (),
) -> tuple[TallyRow, ...]:
    """Report what a tally has come to at an instant.

    Args:
        evaluation: What is known.
        tally: Of the same program.
        instant: UTC seconds.
        values: Its arguments, `None` for every value that is named; none at all for
            every value of every argument.

    Returns:
        A row for each choice of values; exactly one where all are given.

    Source:
        Design, section 3.1, point 6.
    """
    review = _Review(evaluation.plan, tally, instant)
    wanted = list(values) or [None] * len(tally.params)
    return tuple(review.rows(wanted))


class _Review:
    """The rows of one tally at one instant."""

    def __init__(self, plan: Plan, tally: Tally, instant: int) -> None:
        self._plan, self._tally, self._instant = plan, tally, instant
        self._tallying = plan.tallying(tally.name)
        self._words = [plan.symbols.words(param.sort) for param in tally.params]

    def rows(self, wanted: Sequence[str | None]) -> Iterator[TallyRow]:
        """Give a row for each choice of values that is named, or the one asked for."""
        moves, symbols = self._tallying.moves, self._plan.symbols
        codes = [
            None if value is None else symbols.code(param.sort, value)
            for param, value in zip(self._tally.params, wanted, strict=True)
        ]
        if None not in codes:
            key = np.zeros(1, dtype=np.int64)
            for code, shift in zip(codes, moves.packing.shifts, strict=True):
                key |= (code or 0) << shift
            row = int(find(moves.packing, moves.keys, key)[0])
            yield self._row(row, tuple(value or "" for value in wanted))
            return
        chosen = np.ones(len(moves.keys), dtype=bool)
        columns = [moves.packing.unpack(moves.keys, at) for at in range(len(codes))]
        for column, code in zip(columns, codes, strict=True):
            chosen &= (column != OTHER) if code is None else (column == code)
        for row in np.flatnonzero(chosen).tolist():
            values = [
                words[int(column[row])]
                for words, column in zip(self._words, columns, strict=True)
            ]
            yield self._row(row, tuple(values))

    def _row(self, row: int, values: tuple[str, ...]) -> TallyRow:
        found, instant = self._tallying, self._instant
        low, high = np.searchsorted(found.moves.rows, (row, row + 1))
        first, last = found.moves.first[low:high], found.moves.last[low:high]
        weights, origin = found.weights[low:high], found.moves.origin[low:high]
        begun = first <= instant
        done = found.is_sure[low:high] & (last <= instant)
        most: Decimal | None = Decimal(int(weights[begun].sum())) / found.scale
        return TallyRow(
            self._tally.name,
            values,
            Decimal(int(weights[done].sum())) / found.scale,
            None if self._is_unbounded(values) else most,
            self._ref(origin, first, begun),
            self._ref(origin, last, done),
        )

    def _is_unbounded(self, values: tuple[str, ...]) -> bool:
        table = self._tallying.unbounded
        key = np.zeros(1, dtype=np.int64)
        for at, variable in enumerate(table.variables):
            value = values[self._tally.params.index(variable)]
            code = self._plan.symbols.code(variable.sort, value)
            key |= code << table.packing.shifts[at]
        now = np.asarray([self._instant], dtype=np.int64)
        return bool(holds_at(table.possibly, flat(table.find(key), now))[0])

    def _ref(self, origin: Ints, when: Ints, among: Flags) -> str:
        """Cite the earliest of some occurrences; empty for none."""
        at = np.flatnonzero(among)
        if not len(at):
            return ""
        place = int(origin[at[np.argmin(when[at])]])
        world, event = self._plan.world, self._tally.event.name
        happenings = world.happenings.get(event, ())
        if place < 0:
            return "a provision"
        if place < len(happenings):
            return happenings[place].ref
        found = columns_at(world.bulk.get(event, ()), place - len(happenings))
        if found is None:
            return ""
        return f"{found[0].source}:{int(found[0].rows[found[1]])}"
