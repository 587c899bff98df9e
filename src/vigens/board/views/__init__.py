"""The views: each builds one typed context and names the template that renders it.

A view knows a visit and asks the desk. It writes no HTML and reads no clock.

Example:
    >>> from vigens.board.views import show_why
    >>> show_why.__name__
    'show_why'
"""

from vigens.board.views.agreements import show_agreement, show_agreements, sort_of
from vigens.board.views.counts import (
    ShownCount,
    show_counts,
    show_measure,
    show_measured,
)
from vigens.board.views.first import read_first
from vigens.board.views.journal import show_entry, show_journal
from vigens.board.views.obligations import show_obligation, show_obligations
from vigens.board.views.offers import show_offers
from vigens.board.views.problems import (
    Broken,
    Problem,
    ShownFinding,
    absent,
    show_findings,
)
from vigens.board.views.search import show_search
from vigens.board.views.why import show_why

__all__ = [
    "Broken",
    "Problem",
    "ShownCount",
    "ShownFinding",
    "absent",
    "read_first",
    "show_agreement",
    "show_agreements",
    "show_counts",
    "show_entry",
    "show_findings",
    "show_journal",
    "show_measure",
    "show_measured",
    "show_obligation",
    "show_obligations",
    "show_offers",
    "show_search",
    "show_why",
    "sort_of",
]
