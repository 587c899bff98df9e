"""The columns of an image."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Longs = NDArray[np.int64]
    Codes = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Matters:
    """Plain occurrences, in the order of the log.

    Attributes:
        position: (n,) place in the log, from 1.
        id: (n, 32) uint8.
        known: (n,) since when each is known by itself, UTC seconds.
        event: (n,) place of its event among the words.
        args: (n,) place of its arguments among the rows.
        when: (n,) place of its date among the words.
        first: (n,) earliest instant, UTC seconds; the least int64 where it is open.
        last: (n,) latest instant, included.
    """

    position: Longs
    id: NDArray[np.uint8]
    known: Longs
    event: Codes
    args: Codes
    when: Codes
    first: Longs
    last: Longs


@dataclass(frozen=True, slots=True)
class Claims:
    """Plain claims, by the matter that each is about, then in the order of the log.

    Attributes:
        position: (n,) place in the log, from 1.
        id: (n, 32) uint8.
        known: (n,) since when each is known by itself, UTC seconds.
        matter: (n,) place of its matter among the matters.
        affirms: (n,) bool, whether it says so or denies it.
        origin: (n,) number of its address; of its own where it names none.
        voice: (n,) place of its voice among the words; -1 where it names none.
    """

    position: Longs
    id: NDArray[np.uint8]
    known: Longs
    matter: Codes
    affirms: NDArray[np.bool_]
    origin: Codes
    voice: Codes


@dataclass(frozen=True, slots=True)
class Grades:
    """Plain grades, in the order of the log.

    Attributes:
        position: (n,) place in the log, from 1.
        known: (n,) since when each is known by itself, UTC seconds.
        claim: (n,) place of its claim among the claims.
        reliability: (n,) 0 for A to 5 for F.
        credibility: (n,) 1 to 6.
    """

    position: Longs
    known: Longs
    claim: Codes
    reliability: Codes
    credibility: Codes


@dataclass(frozen=True, slots=True)
class Image:
    """A journal as columns.

    Attributes:
        zone: IANA name whose civil days give the bounds of dates.
        recorded: (size,) when each entry was recorded, UTC seconds.
        marks: (size,) place of its marks among the sets; -1 for one that the reader
            whose image it is may not see.
        rest: Positions of the entries that are not plain, but for lists of imports.
        matters: Plain occurrences.
        claims: Plain claims.
        grades: Plain grades.
        arg_starts: (rows + 1,) where each row of arguments begins in `arg_words`.
        arg_words: Places of arguments among the words.
        words: Events, arguments, dates and voices, each once.
        mark_sets: The different sets of marks.
    """

    zone: str
    recorded: Longs
    marks: Codes
    rest: Longs
    matters: Matters
    claims: Claims
    grades: Grades
    arg_starts: Longs
    arg_words: Codes
    words: tuple[str, ...]
    mark_sets: tuple[tuple[str, ...], ...]

    @property
    def size(self) -> int:
        """How many entries the journal held."""
        return len(self.recorded)
