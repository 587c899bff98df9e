"""What those ask who look in from outside: the monitor, the journalist, the curator.

Every answer is worked out from one session, so from what its reader may see. Nothing
here settles a dispute, and nothing is taken for quiet because nobody spoke.

Example:
    >>> from vigens.desk.inquiry import read_last_day  # doctest: +SKIP
    >>> read_last_day(session).gaps  # doctest: +SKIP
    ()
"""

from vigens.desk.inquiry.attributions import Attribution, read_attributions
from vigens.desk.inquiry.citing import Citation, cite
from vigens.desk.inquiry.corrections import Corrected, read_corrections
from vigens.desk.inquiry.lastday import (
    Day,
    DayCount,
    LastDay,
    Number,
    Watch,
    read_last_day,
)
from vigens.desk.inquiry.method import (
    CAUSES,
    CREDIBILITY,
    RELIABILITY,
    Method,
    read_method,
)
from vigens.desk.inquiry.press import Found, FoundClaim, Wanted, search_claims

__all__ = [
    "CAUSES",
    "CREDIBILITY",
    "RELIABILITY",
    "Attribution",
    "Citation",
    "Corrected",
    "Day",
    "DayCount",
    "Found",
    "FoundClaim",
    "LastDay",
    "Method",
    "Number",
    "Wanted",
    "Watch",
    "cite",
    "read_attributions",
    "read_corrections",
    "read_last_day",
    "read_method",
    "search_claims",
]
