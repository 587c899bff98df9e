"""The ladder of approvals, and sealed offers: what a delegation does with an offer.

Ministers, leaders and a parliament approve, each by whoever may decide there and each
before a second pair of eyes. No rung follows from another.

Example:
    >>> from vigens.board.ladder import LADDER
    >>> [way.path for way in LADDER][:2]
    ['/approvals', '/approvals/{id}']
"""

from vigens.board.ladder.ways import LADDER

__all__ = ["LADDER"]
