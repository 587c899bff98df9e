"""The first pages of those who work with a case, and the sheets that these lead to.

Each answers the first question of one user. A view knows a visit and asks the desk; it
writes no HTML and reads no clock.

Example:
    >>> from vigens.board.offices import OFFICES
    >>> OFFICES[0].path
    '/officer'
"""

from vigens.board.offices.ways import OFFICES, SHEETS, WHO

__all__ = ["OFFICES", "SHEETS", "WHO"]
