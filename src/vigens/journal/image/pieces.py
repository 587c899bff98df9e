"""What was taken of some entries in a row, and how pieces come to one image."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from vigens.journal.image.growing import ID_BYTES, ORIGIN_BYTES
from vigens.journal.image.joining import Candidates, Fresh, join

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vigens.journal.image.columns import Image

    Longs = NDArray[np.int64]
    Digests = NDArray[np.uint8]


class Words:
    """Numbers given to values in the order in which they come."""

    def __init__(self, known: Iterable[Any] = ()) -> None:
        """Begin with those that have one."""
        self.numbers: dict[Any, int] = {value: n for n, value in enumerate(known)}

    def of(self, value: Any) -> int:
        """Give the number of a value."""
        return self.numbers.setdefault(value, len(self.numbers))

    def all_of(self, values: Iterable[Any]) -> Longs:
        """Give the number of each value, and -1 behind them: what stands for none."""
        return np.array([*(self.of(value) for value in values), -1], dtype=np.int64)


class Taken(NamedTuple):
    """Entries as candidates, and what their numbers stand for.

    Attributes:
        fresh: The candidates, and what was set aside.
        args: Rows of arguments, each as places among the words.
        words: Events, arguments, dates and voices, each once.
        mark_sets: The different sets of marks.
    """

    fresh: Fresh
    args: tuple[tuple[int, ...], ...]
    words: tuple[str, ...]
    mark_sets: tuple[tuple[str, ...], ...]


def laid(base: Image, taken: Taken) -> Image:
    """Lay what was taken behind an image that knows the same numbers."""
    lengths = np.array([len(row) for row in taken.args], dtype=np.int64)
    return join(
        base,
        taken.fresh,
        arg_starts=np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths))),
        arg_words=np.array([w for row in taken.args for w in row], dtype=np.int32),
        words=taken.words,
        mark_sets=taken.mark_sets,
    )


def merged(parts: Sequence[Taken]) -> Taken:
    """Make one of pieces that follow one another, each with numbers of its own.

    Args:
        parts: One at least.
    """
    words, rows, mark_sets = Words(), Words(), Words()
    sizes = [len(part.fresh.recorded) for part in parts]
    fresh = [
        _renumbered(part, before, words, rows, mark_sets)
        for part, before in zip(parts, accumulate(sizes, initial=0), strict=False)
    ]
    whole = Fresh(
        _behind([each.matters for each in fresh]),
        _behind([each.claims for each in fresh]),
        _behind([each.grades for each in fresh]),
        recorded=np.concatenate([each.recorded for each in fresh]),
        marks=np.concatenate([each.marks for each in fresh]),
        rest=np.concatenate([each.rest for each in fresh]),
        touched=_once([each.touched for each in fresh], ID_BYTES),
        governing=_once([each.governing for each in fresh], ID_BYTES),
        joined=_once([each.joined for each in fresh], ORIGIN_BYTES),
        same=_once([each.same for each in fresh], ID_BYTES),
        aside=np.concatenate([each.aside for each in fresh]),
        aside_origins=np.concatenate([each.aside_origins for each in fresh]),
    )
    return Taken(
        whole, tuple(rows.numbers), tuple(words.numbers), tuple(mark_sets.numbers)
    )


def _renumbered(
    part: Taken, before: int, words: Words, rows: Words, mark_sets: Words
) -> Fresh:
    """Give a piece with the numbers of all, and positions among all."""
    word = words.all_of(part.words)
    row = rows.all_of(tuple(word[list(each)].tolist()) for each in part.args)
    fresh, marks = part.fresh, mark_sets.all_of(part.mark_sets)
    position, known, event, args, when, *span = fresh.matters.columns
    at, since, affirms, voice = fresh.claims.columns
    place, *others = fresh.grades.columns
    return fresh._replace(
        matters=fresh.matters._replace(
            columns=(
                position + before,
                known,
                word[event],
                row[args],
                word[when],
                *span,
            )
        ),
        claims=fresh.claims._replace(
            columns=(at + before, since, affirms, word[voice])
        ),
        grades=fresh.grades._replace(columns=(place + before, *others)),
        marks=marks[fresh.marks].astype(np.int32),
        rest=fresh.rest + before,
    )


def _behind(parts: Sequence[Candidates]) -> Candidates:
    """Lay candidates of one kind behind one another."""
    columns = zip(*(part.columns for part in parts), strict=True)
    return Candidates(
        tuple(np.concatenate(column) for column in columns),
        np.concatenate([part.ids for part in parts]),
        np.concatenate([part.about for part in parts]),
        np.concatenate([part.origins for part in parts]),
    )


def _once(parts: Sequence[Digests], width: int) -> Digests:
    """Lay rows behind one another, each where it first comes."""
    data = np.concatenate(parts).tobytes()
    found = dict.fromkeys(data[at : at + width] for at in range(0, len(data), width))
    return np.frombuffer(b"".join(found), dtype=np.uint8).reshape(-1, width)
