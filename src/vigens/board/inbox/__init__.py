"""The inbox: reports in, suggestions beside their passages, a person decides.

It works on the queue that `vigens review` works on, by the same functions of the desk.
Nothing that a report says is on record before a person has accepted it.

Example:
    >>> from vigens.board.inbox import INBOX
    >>> INBOX[0].path
    '/inbox'
"""

from vigens.board.inbox.ways import INBOX

__all__ = ["INBOX"]
