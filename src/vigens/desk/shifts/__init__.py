"""Shifts: whose clock runs, who acts next, what changed, and the brief that says so.

A shift is looked back on through two lenses, both of one reader. It knows no page and
reads no clock.

Example:
    >>> from vigens.desk.shifts import begin_shift, read_clocks  # doctest: +SKIP
    >>> [clock.title for clock in read_clocks(session)][:1]  # doctest: +SKIP
    ['Tier 1: diplomatic warning']
"""

from vigens.desk.shifts.changed import (
    ChangedLine,
    instance_of,
    limit_words,
    state_of,
    tell_changes,
)
from vigens.desk.shifts.clocks import (
    Clock,
    anchor_words,
    clock_words,
    is_live,
    is_surely_live,
    read_clocks,
    reading_words,
    running,
    time_left,
)
from vigens.desk.shifts.handover import Block, Handover, read_handover
from vigens.desk.shifts.plainbrief import write_markdown
from vigens.desk.shifts.shift import (
    SHIFTS,
    NextAct,
    Shift,
    begin_shift,
    earlier,
    read_first_missing,
    read_next_acts,
    read_shift,
)

__all__ = [
    "SHIFTS",
    "Block",
    "ChangedLine",
    "Clock",
    "Handover",
    "NextAct",
    "Shift",
    "anchor_words",
    "begin_shift",
    "clock_words",
    "earlier",
    "instance_of",
    "is_live",
    "is_surely_live",
    "limit_words",
    "read_clocks",
    "read_first_missing",
    "read_handover",
    "read_next_acts",
    "read_shift",
    "reading_words",
    "running",
    "state_of",
    "tell_changes",
    "time_left",
    "write_markdown",
]
