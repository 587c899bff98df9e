"""Dates in a text, as EDTF: against the report's own day, and against one another.

Knows calendars and the date words of a language (`dates.toml`), no meetings and no
statements.

Example:
    >>> from vigens.intake.dates import find_dates, grammar
    >>> from vigens.intake.lexicon import vocabulary
    >>> text = "They met on 3 March; two days later it was signed."
    >>> rules = grammar(vocabulary("en").dates)
    >>> found = find_dates(text, 0, len(text), rules=rules, published="2025-06-12")
    >>> [date.edtf for date in found]
    ['2025-03-03', '2025-03-05']
"""

from vigens.intake.dates.clock import Clock, DateMention, find_dates
from vigens.intake.dates.grammar import DateGrammar, grammar
from vigens.intake.dates.moment import day_of

__all__ = ["Clock", "DateGrammar", "DateMention", "day_of", "find_dates", "grammar"]
