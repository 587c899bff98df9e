"""Histories: states and obligations through time, up to the day asked about.

What is told is what the lens shows: the same rules, the same day of knowledge, one
reader's eyes.

Example:
    >>> from vigens.desk.histories import read_lanes  # doctest: +SKIP
    >>> [lane.label for lane in read_lanes(session, "endorsed(paris, _, CZ)").lanes]
    ... # doctest: +SKIP
    ['Monitoring and verification; Special Commission']
"""

from vigens.desk.histories.courses import Course, History, Turn, read_history
from vigens.desk.histories.lanes import (
    Lane,
    Lanes,
    Stretch,
    moment_words,
    read_lanes,
)
from vigens.desk.histories.wordings import (
    Promise,
    PromisePair,
    Promises,
    WordLine,
    compare_promises,
    compare_words,
)

__all__ = [
    "Course",
    "History",
    "Lane",
    "Lanes",
    "Promise",
    "PromisePair",
    "Promises",
    "Stretch",
    "Turn",
    "WordLine",
    "compare_promises",
    "compare_words",
    "moment_words",
    "read_history",
    "read_lanes",
]
