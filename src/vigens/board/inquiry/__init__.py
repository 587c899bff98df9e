"""Pages of those who look in from outside: the monitor, the journalist, the curator.

Each view asks the desk for what the reader may see and lays it out; it settles nothing.
`INQUIRY` lists their ways.

Example:
    >>> from vigens.board.inquiry import INQUIRY
    >>> INQUIRY[0].path
    '/monitor'
"""

from vigens.board.inquiry.money import show_money
from vigens.board.inquiry.needs import show_needs
from vigens.board.inquiry.people import show_meetings
from vigens.board.inquiry.ways import INQUIRY

__all__ = ["INQUIRY", "show_meetings", "show_money", "show_needs"]
