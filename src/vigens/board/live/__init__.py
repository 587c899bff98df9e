"""Live pages: who has a page open is told when what it shows has changed.

One watcher for the whole process looks at the case; each page that somebody has open is
made anew through his own eyes, and only where that differs from before is anything said.
What a reader may not see makes no event, not even one without content.

Example:
    >>> before = fragments(b'<main id="main"><td id="FR">NO</td></main>')
    >>> after = fragments(b'<main id="main"><td id="FR">YES</td></main>')
    >>> changed(before, after)
    ('FR',)
"""

from vigens.board.live.fragments import changed, fragments
from vigens.board.live.hub import MOST_LISTENERS, Change, Group, Hub, Listener
from vigens.board.live.stream import Live

__all__ = [
    "MOST_LISTENERS",
    "Change",
    "Group",
    "Hub",
    "Listener",
    "Live",
    "changed",
    "fragments",
]
