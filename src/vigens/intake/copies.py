"""Copies of one text: how much of one report stands, word for word, in another.

A text is the set of its runs of five words; of these, the ones with the smallest hashes
are kept as its sketch, which is enough to tell shares to a few hundredths. Translations
and retellings share no runs, and are no copies here.
"""

from __future__ import annotations

import heapq
import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from vigens.intake.fold import fold_marks, lower

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from vigens.intake.document import Document

#: How many words make a run, and how many runs a sketch keeps.
RUN, KEPT = 5, 400

#: From this share of the shorter text on, two reports are copies of one.
COPY_SHARE = 0.5

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a text leaves to compare it by.

    Attributes:
        n_runs: How many different runs of words it has.
        smallest: The smallest hashes of its runs, in order, at most `KEPT`.

    Source:
        A. Broder, On the resemblance and containment of documents, 1997.
    """

    n_runs: int
    smallest: Sequence[int]


def sketch_of(document: Document) -> Sketch:
    """Sketch the article of a report; menus and captions do not count."""
    text = "\n".join(document.view[r.start : r.end] for r in document.body)
    words = _WORD.findall(lower(fold_marks(text)))
    runs = {
        int.from_bytes(blake2b(run.encode(), digest_size=6).digest())
        for run in (" ".join(words[n : n + RUN]) for n in range(len(words) - RUN + 1))
    }
    return Sketch(len(runs), tuple(heapq.nsmallest(KEPT, runs)))


def shared(one: Sketch, other: Sketch) -> float:
    """Give the share of the shorter text that stands in the longer one, 0 to 1.

    Exact where both are short, an estimate beyond `KEPT` runs.
    """
    if not one.n_runs or not other.n_runs:
        return 0.0
    both = set(one.smallest).intersection(other.smallest)
    if not both:
        return 0.0  # as nearly any two reports are
    if one.n_runs <= KEPT and other.n_runs <= KEPT:
        return len(both) / min(one.n_runs, other.n_runs)
    union = heapq.nsmallest(KEPT, {*one.smallest, *other.smallest})
    alike = sum(run in both for run in union) / len(union)
    common = alike * (one.n_runs + other.n_runs) / (1 + alike)
    return min(1.0, common / min(one.n_runs, other.n_runs))


def shares_at_most(
    one: Sketch, n_both: NDArray[np.int64], n_runs: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Give what `shared` cannot exceed for one text and each of many others.

    Args:
        one: The one text.
        n_both: (n,) int64, how many of the kept runs each of the others has, too.
        n_runs: (n,) int64, how many runs each of the others has.

    Returns:
        (n,) float64, 0 to 1.
    """
    import numpy as np

    least = np.maximum(1, np.minimum(n_runs, one.n_runs))
    alike = np.minimum(1.0, n_both / KEPT)
    estimate = alike * (n_runs + one.n_runs) / (1 + alike) / least
    is_short = (n_runs <= KEPT) & (one.n_runs <= KEPT)
    found: NDArray[np.float64] = np.minimum(
        1.0, np.where(is_short, n_both / least, estimate)
    )
    return found
