"""The marks of what is plain in a large journal, for what only `all` is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vigens.model import POSSIBLE, SURE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from vigens.desk.imaged import Plain
    from vigens.journal import Clearance, Entry
    from vigens.journal.image import Image
    from vigens.model import Lens

    Longs = NDArray[np.int64]
    Flags = NDArray[np.bool_]

Marks = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Crossing:
    """Plain entries of one kind that bear one set of marks and tell of another's.

    Attributes:
        kind: Their kind.
        marks: Theirs.
        other_marks: Those of what they are about.
        number: How many there are.
        first: Position of the first, and of what it is about.
    """

    kind: str
    marks: Marks
    other_marks: Marks
    number: int
    first: tuple[int, int]


class PlainEyes:
    """What is plain in a journal, by its marks; for one who sees everything."""

    def __init__(
        self,
        image: Image,
        lens: Lens,
        plain: Plain,
        load: Callable[[Sequence[int]], tuple[Entry, ...]],
    ) -> None:
        """Look at an image through a lens.

        Args:
            image: Of the whole journal.
            lens: For what was known and recorded.
            plain: What the image comes to through it.
            load: Gives the entries at some positions.
        """
        self._image = image
        self._lens = lens
        self._plain = plain
        self._load = load
        self._shown = np.ones(image.size, np.bool_)
        if lens.recorded_at is not None:
            self._shown &= image.recorded <= lens.recorded_at

    def entry(self, position: int) -> Entry:
        """Give the plain entry at a position."""
        return self._load([position])[0]

    def numbers(self) -> Iterator[tuple[Marks, int, int]]:
        """Give each set of marks, how many entries bear it, and where the first is.

        Lists of imports are counted with them, since they are not among the rest.
        """
        counted = self._shown & (self._image.recorded <= self._lens.known_at)
        counted[self._image.rest - 1] = False
        parts = (self._image.matters, self._image.claims, self._image.grades)
        for part in parts:
            counted[part.position - 1] = self._counted(part.position, part.known)
        places = np.flatnonzero(counted)
        codes, first, number = np.unique(
            self._image.marks[places], return_index=True, return_counts=True
        )
        for code, at, n in zip(codes, places[first], number, strict=True):
            yield self._image.mark_sets[code], int(n), int(at) + 1

    def crossings(self) -> Iterator[Crossing]:
        """Give what bears other marks than what it is about."""
        matters, claims, grades = (
            self._image.matters,
            self._image.claims,
            self._image.grades,
        )
        of_matters = matters.position[claims.matter]
        of_claims = claims.position[grades.claim]
        yield from self._crossings("claim", claims.position, claims.known, of_matters)
        yield from self._crossings("grade", grades.position, grades.known, of_claims)

    def _crossings(
        self, kind: str, position: Longs, known: Longs, other: Longs
    ) -> Iterator[Crossing]:
        marks, sets = self._image.marks, self._image.mark_sets
        own, others = marks[position - 1], marks[other - 1]
        crosses = self._counted(position, known) & self._shown[other - 1]
        places = np.flatnonzero(crosses & (own != others))
        places = places[np.argsort(position[places], kind="stable")]
        pairs = own[places].astype(np.int64) * len(sets) + others[places]
        found, first, number = np.unique(pairs, return_index=True, return_counts=True)
        for pair, at, n in zip(found.tolist(), places[first], number, strict=True):
            yield Crossing(
                kind,
                sets[pair // len(sets)],
                sets[pair % len(sets)],
                int(n),
                (int(position[at]), int(other[at])),
            )

    def _counted(self, position: Longs, known: Longs) -> Flags:
        counted: Flags = self._shown[position - 1] & (known <= self._lens.known_at)
        return counted

    def places(self, ids: Iterable[str]) -> dict[str, tuple[int, Marks]]:
        """Find plain entries by id: position and marks of each that is shown."""
        wanted = np.array(sorted(map(bytes.fromhex, set(ids))), dtype="S32")
        found: dict[str, tuple[int, Marks]] = {}
        if not len(wanted):
            return found
        image = self._image
        for names, positions in (
            (image.matters.id, image.matters.position),
            (image.claims.id, image.claims.position),
            (image.growth.grades, image.grades.position),
        ):
            flat = np.ascontiguousarray(names).view("S32").ravel()
            for at in np.flatnonzero(np.isin(flat, wanted)).tolist():
                position = int(positions[at])
                if self._shown[position - 1]:
                    marks = image.mark_sets[image.marks[position - 1]]
                    found[bytes(names[at]).hex()] = position, marks
        return found

    def hidden(
        self,
        clearance: Clearance,
        span: tuple[int, int],
        names: Sequence[str],
        keys: set[str],
    ) -> tuple[int, int | None]:
        """Count plain occurrences that count and that somebody else may not see.

        Args:
            clearance: What that one sees.
            span: UTC seconds, the end not included.
            names: Event types; `*` for all.
            keys: One of these must be among the arguments; empty for any.

        Returns:
            How many, and the position of the first.
        """
        sets = self._image.mark_sets
        unseen = np.array([not clearance.sees(marks) for marks in sets], np.bool_)
        found: list[Longs] = []
        for name in self._plain.events if "*" in names else names:
            for part in self._plain.events.get(name, ()):
                if part.weights not in (SURE, POSSIBLE):
                    continue
                fits = (part.first < span[1]) & (span[0] <= part.last)
                fits &= unseen[self._image.marks[part.rows - 1]]
                if keys:
                    named = np.zeros(len(fits), np.bool_)
                    for column in part.values:
                        is_key = np.array([word in keys for word in column.words])
                        named |= is_key[column.codes]
                    fits &= named
                found.append(part.rows[fits])
        rows = np.concatenate(found) if found else np.empty(0, np.int64)
        return len(rows), int(rows.min()) if len(rows) else None
