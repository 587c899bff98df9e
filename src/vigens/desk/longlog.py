"""The list of a large journal: which lines there are, and their entries by the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from vigens.desk.imaged import ranks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from numpy.typing import NDArray

    from vigens.journal import Clearance, Entry, View
    from vigens.journal.image import Image
    from vigens.model import Lens

    Longs = NDArray[np.int64]
    Load = Callable[[Sequence[int]], tuple[Entry, ...]]

#: Entries that are held at a time.
PAGE = 2000

#: What an image leaves out of its columns and out of its rest.
_LISTS = "batch"


class Numbered(NamedTuple):
    """An entry with its number among those that the reader may see.

    Attributes:
        position: From 1.
        entry: As recorded.
        known_from: UTC seconds.
    """

    position: int
    entry: Entry
    known_from: int


@dataclass(frozen=True, slots=True)
class LongLog:
    """The lines of a log, whose entries are read when they are asked for.

    Attributes:
        numbers: (n,) number of each among those that the reader may see.
        known: (n,) since when each is known, UTC seconds.
        places: (n,) its place in the log.
        n_shown: How many entries the reader may see.
        load: Gives the entries at some places.
    """

    numbers: Longs
    known: Longs
    places: Longs
    n_shown: int
    load: Load

    def last(self, number: int) -> LongLog:
        """Give the last so many lines alone."""
        start = max(0, len(self.numbers) - number)
        numbers, known = self.numbers[start:], self.known[start:]
        return LongLog(numbers, known, self.places[start:], self.n_shown, self.load)

    def pages(self) -> Iterator[tuple[Numbered, ...]]:
        """Give the lines in order, some at a time."""
        for start in range(0, len(self.numbers), PAGE):
            part = slice(start, start + PAGE)
            entries = self.load(self.places[part].tolist())
            rows = zip(
                self.numbers[part].tolist(),
                entries,
                self.known[part].tolist(),
                strict=True,
            )
            yield tuple(Numbered(*row) for row in rows)


def list_image(
    image: Image,
    view: View,
    lens: Lens,
    *,
    clearance: Clearance,
    kind: str | None,
    load: Load,
) -> LongLog | None:
    """List what a lens shows of a journal that is read as columns.

    Args:
        image: What is plain in it, for the reader of the lens.
        view: What the lens shows of the rest.
        lens: What was known and recorded by when.
        clearance: What the reader may see.
        kind: Only this kind, or any.
        load: Gives the entries at some places in the log.

    Returns:
        None where something replaces the list of an import, which is in neither: then
        the log must be read whole.
    """
    numbers = ranks(image, clearance)
    shown = numbers > 0
    if lens.recorded_at is not None:
        shown &= image.recorded <= lens.recorded_at
    replaced = {
        each for e in view.shown for each in (e.rectifies, e.supersedes) if each
    }
    lists = _left_out(image)
    lists = lists[shown[lists - 1]]
    elsewhere = replaced - view.positions.keys()
    if elsewhere and _holds_one(lists, elsewhere, load):
        return None
    at = np.flatnonzero(numbers > 0) + 1  # the place of each number
    rest = [e for e in view.entries if kind in (None, e.kind)]
    rest_at = at[np.array([view.positions[e.id] - 1 for e in rest], dtype=np.int64)]
    parts = [(rest_at, np.array([view.known_from[e.id] for e in rest], dtype=np.int64))]
    for name, table in (
        ("occurrence", image.matters),
        ("claim", image.claims),
        ("grade", image.grades),
    ):
        if kind in (None, name):
            kept = shown[table.position - 1] & (table.known <= lens.known_at)
            parts.append((table.position[kept], table.known[kept]))
    if kind in (None, _LISTS):
        recorded = image.recorded[lists - 1]
        kept = recorded <= lens.known_at
        parts.append((lists[kept], recorded[kept]))
    places = np.concatenate([place for place, _ in parts])
    known = np.concatenate([since for _, since in parts])
    order = np.argsort(places)
    places = places[order]
    return LongLog(
        numbers[places - 1], known[order], places, int((numbers > 0).sum()), load
    )


def _holds_one(lists: Longs, ids: AbstractSet[str], load: Load) -> bool:
    """Say whether one of the lists of imports has one of these ids.

    What is neither among the rest nor a list is not shown: replacing it changes nothing.
    """
    return any(entry.id in ids for at in lists.tolist() for entry in load([at]))


def _left_out(image: Image) -> Longs:
    """Give the places of what is neither plain nor of the rest."""
    is_left = image.marks >= 0
    tables = (image.matters, image.claims, image.grades)
    for places in (image.rest, *(table.position for table in tables)):
        is_left[places - 1] = False
    return np.flatnonzero(is_left) + 1
