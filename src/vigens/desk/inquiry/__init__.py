"""What those ask who look in from outside: the monitor, the journalist, the curator.

Every answer is worked out from one session, so from what its reader may see. Nothing
here settles a dispute, and nothing is taken for quiet because nobody spoke.

Example:
    >>> from vigens.desk.inquiry import read_last_day  # doctest: +SKIP
    >>> read_last_day(session).gaps  # doctest: +SKIP
    ()
"""

from vigens.desk.inquiry.attributions import Attribution, read_attributions
from vigens.desk.inquiry.lastday import (
    Day,
    DayCount,
    LastDay,
    Number,
    Watch,
    read_last_day,
)

__all__ = [
    "Attribution",
    "Day",
    "DayCount",
    "LastDay",
    "Number",
    "Watch",
    "read_attributions",
    "read_last_day",
]
