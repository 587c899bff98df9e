"""What goes out in other programs' formats, through one reader's eyes.

Each maker asks a session, and hands plain values to `vigens.formats`. It writes no
file and reads no clock.

Example:
    >>> from vigens.desk.outgoing import FORMATS
    >>> sorted(FORMATS)[:3]
    ['atom', 'csv', 'csvw']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.base import lazily

if TYPE_CHECKING:
    from vigens.desk.outgoing.dates import read_dates
    from vigens.desk.outgoing.news import News, read_news
    from vigens.desk.outgoing.sheets import SHEETS, make_sheet
    from vigens.desk.outgoing.standing import Change, changes_between, read_standing
    from vigens.desk.outgoing.written import FORMATS, Written, write_out

__all__ = [
    "FORMATS",
    "SHEETS",
    "Change",
    "News",
    "Written",
    "changes_between",
    "make_sheet",
    "read_dates",
    "read_news",
    "read_standing",
    "write_out",
]

__getattr__ = lazily(__name__)
