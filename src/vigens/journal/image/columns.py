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
class Growth:
    """What an image must know besides, so that later entries can join it.

    Attributes:
        origins: (n, 16) uint8, what stands for each address, by its number.
        touched: (n, 32) uint8, ids of what was put aside and what that points at.
        lacking: (n, 32) uint8, ids that claims and grades are about and that are no
            matter or claim of the form that may be plain.
        governing: (n, 32) uint8, ids of what decides who sees what.
        joined: (n, 16) uint8, addresses that may be one with another.
        aside: (n, 32) uint8, ids of claims that are not plain, one for each address.
        aside_origins: (n, 16) uint8, that address.
        grades: (n, 32) uint8, ids of the plain grades, in their order.
    """

    origins: NDArray[np.uint8]
    touched: NDArray[np.uint8]
    lacking: NDArray[np.uint8]
    governing: NDArray[np.uint8]
    joined: NDArray[np.uint8]
    aside: NDArray[np.uint8]
    aside_origins: NDArray[np.uint8]
    grades: NDArray[np.uint8]


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
        growth: What later entries must know of these.
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
    growth: Growth

    @property
    def size(self) -> int:
        """How many entries the journal held."""
        return len(self.recorded)
