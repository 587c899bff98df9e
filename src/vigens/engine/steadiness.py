"""Whether time alone changes an answer: between two instants nothing begins or ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.axis import instants_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.engine.axis import Ints
    from vigens.engine.evaluate import Evaluation
    from vigens.engine.moves import Moves
    from vigens.engine.tables import Table


def is_steady(evaluation: Evaluation, first: int, last: int) -> bool:
    """Say whether answers as of one instant, given so far, are those as of another.

    What was asked so far is worked out; where nothing of it, of the evidence or of where
    one looked begins or ends in between, whatever was said of the first instant can be
    said of the last.

    Args:
        evaluation: With what it has worked out.
        first: UTC seconds.
        last: Not before it.

    Source:
        Event calculus: between changes the world stays as it is.
    """
    if first == last:
        return True
    if last < first or evaluation.is_divided:
        return False
    return not any(
        bool(((times > first) & (times <= last + 1)).any())
        for times in _times(evaluation)
    )


def _times(evaluation: Evaluation) -> Iterator[Ints]:
    world, kept = evaluation.world, evaluation.plan.kept
    looked = [*world.coverage, *world.for_others]
    yield np.array([t for each in looked for t in (each.start, each.end)], np.int64)
    dated = [one for found in world.happenings.values() for one in found]
    yield np.array([one.first for one in dated], np.int64)
    yield np.array([one.last for one in dated], np.int64)
    seen = [one for found in world.sightings.values() for one in found]
    yield np.array([t for one in seen for t in (one.first, one.last)], np.int64)
    for table in (
        *kept.states.values(),
        *kept.inertial.values(),
        *kept.duties.values(),
        *kept.closed.values(),
    ):
        yield from _of_table(table)
    for moves in (
        *kept.recorded.values(),
        *kept.powered.values(),
        *kept.moves.values(),
    ):
        yield from _of_moves(moves)


def _of_table(table: Table) -> Iterator[Ints]:
    for runs in (table.surely, table.possibly):
        yield instants_of(runs.starts)
        yield instants_of(runs.ends)


def _of_moves(moves: Moves) -> Iterator[Ints]:
    yield moves.first
    yield moves.last
