"""Pages of people: signing in, one's own account, everybody's accounts, who came in.

They are of accounts and not of the case, and know nothing of what it says.

Example:
    >>> from vigens.board.personal import PERSONAL
    >>> [way.path for way in PERSONAL if way.needs == "audit"]
    ['/access']
"""

from vigens.board.personal.ways import PERSONAL
from vigens.board.personal.wording import level_words

__all__ = ["PERSONAL", "level_words"]
