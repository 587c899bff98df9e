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
    tongue_named,
    tongues,
)
from vigens.board.tongues.codes import code_words
from vigens.board.tongues.dates import date_words, number_words, tell, tick_words

__all__ = [
    "ENGLISH",
    "N_",
    "Tongue",
    "_",
    "choose",
    "code_words",
    "date_words",
    "ngettext",
    "number_words",
    "speaking",
    "spoken",
    "tell",
    "tick_words",
    "tongue_named",
    "tongues",
]
