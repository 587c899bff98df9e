"""What goes out of the board: files to keep, what a secret address opens.

It knows which formats there are and under whose eyes one is made; what stands in them
the desk makes.

Example:
    >>> from vigens.board.outgoing import OUTGOING
    >>> [way.path for way in OUTGOING]
    ['/files', '/calendar/{secret}.ics', '/feed/{secret}.atom']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.base import lazily

if TYPE_CHECKING:
    from vigens.board.outgoing.ways import OUTGOING

__all__ = ["OUTGOING"]

__getattr__ = lazily(__name__)
