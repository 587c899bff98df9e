"""Tongues: the board's own words in the language of who reads.

Each language is one file, `CODE.po`, beside this page: a further one needs nothing
else. Agreement texts, quotes and names are never translated.

Example:
    >>> from vigens.board.tongues import choose, speaking, _
    >>> with speaking(choose("en")):
    ...     print(_("Search"))
    Search
"""

from vigens.board.tongues.catalogues import (
    ENGLISH,
    N_,
    Tongue,
    _,
    choose,
    ngettext,
    speaking,
    spoken,
    tongues,
)

__all__ = [
    "ENGLISH",
    "N_",
    "Tongue",
    "_",
    "choose",
    "ngettext",
    "speaking",
    "spoken",
    "tongues",
]
