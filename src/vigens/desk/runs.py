"""Which of many reports share runs of words with one: an index that only grows.

Of each report the hashes of some runs are kept, sorted with those of all others in two
columns, and what was added lately beside them. So ten thousand reports take tens of
megabytes, and one more is compared with all of them in a few milliseconds.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

#: So many runs are kept unsorted, or this share of the sorted ones.
_LATE, _LATE_SHARE = 20_000, 8


class Runs:
    """The runs of reports, which are numbered as they come, from 0."""

    def __init__(self) -> None:
        """Begin with no report."""
        self._n_owners = 0
        self._runs: NDArray[np.uint64] = np.empty(0, np.uint64)
        self._owners: NDArray[np.uint32] = np.empty(0, np.uint32)
        self._late_runs, self._late_owners = array("Q"), array("I")

    def add(self, runs: Sequence[int]) -> int:
        """Add the runs of one more report, and give its number."""
        number = self._n_owners
        self._n_owners += 1
        self._late_runs.extend(runs)
        self._late_owners.extend([number] * len(runs))
        if len(self._late_runs) > max(_LATE, len(self._runs) // _LATE_SHARE):
            self._sort()
        return number

    def shared_with(self, runs: Sequence[int]) -> NDArray[np.int64]:
        """Count for each report how many of some runs it has.

        Args:
            runs: Different ones.

        Returns:
            (n,) int64, one count for each report.
        """
        own = np.unique(np.asarray(runs, np.uint64))
        found = [np.empty(0, np.uint32)]
        starts = np.searchsorted(self._runs, own, "left")
        ends = np.searchsorted(self._runs, own, "right")
        there = ends > starts
        found += [
            self._owners[start:end]
            for start, end in zip(starts[there], ends[there], strict=True)
        ]
        if self._late_runs:
            late = np.frombuffer(self._late_runs, np.uint64)
            owners = np.frombuffer(self._late_owners, np.uint32)
            found.append(owners[np.isin(late, own)])
        return np.bincount(np.concatenate(found), minlength=self._n_owners)

    def _sort(self) -> None:
        runs = np.concatenate([self._runs, np.array(self._late_runs, np.uint64)])
        owners = np.concatenate([self._owners, np.array(self._late_owners, np.uint32)])
        order = np.argsort(runs, kind="stable")
        self._runs, self._owners = runs[order], owners[order]
        self._late_runs, self._late_owners = array("Q"), array("I")
