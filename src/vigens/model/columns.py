"""Occurrences by the million: the array schema that journal, tables and engine share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

#: Codes of `Weight` in a column.
SURE, POSSIBLE, DENIED, ASIDE = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class Coded:
    """One column of words, each written once.

    Attributes:
        codes: (n,) int32 or int64, places in `words`; never negative.
        words: Distinct values.
    """

    codes: NDArray[np.int32] | NDArray[np.int64]
    words: Sequence[str]


@dataclass(frozen=True, slots=True)
class EventColumns:
    """Occurrences of one event type from one table, as columns.

    Attributes:
        event: Event type.
        values: One column for each argument, in order.
        first: (n,) int64, earliest instant, UTC seconds.
        last: (n,) int64, latest instant, included; the same array where all are exact.
        weights: (n,) int8, `SURE`, `POSSIBLE`, `DENIED` or `ASIDE`; or one for all.
        source: What the rows are cited as: `events.csv`.
        rows: (n,) int64, line of each occurrence in its table, for citing.
        reason: Why they do not count surely, where they do not.
        by: Who did it, an empty word where nobody says; `None` where no row does.

    Source:
        Design, sections 4.6 and 5: bulk events never become entry objects.
    """

    event: str
    values: tuple[Coded, ...]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    weights: NDArray[np.int8] | int
    source: str
    rows: NDArray[np.int64]
    reason: str = ""
    by: Coded | None = None
