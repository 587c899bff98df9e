"""Which language a text is written in: frequent words and telling letters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from vigens.intake.fold import fold_marks, lower
from vigens.intake.lexicon import language_codes, language_table

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_LETTER_WEIGHT = 0.5
_ENOUGH = 8_000  # characters that tell a language


def language_of(view: str, tables: Iterable[Mapping[str, Any]] | None = None) -> str:
    """Give the code of the likeliest vocabulary, or `und`."""
    return likeliest(view, tables)[0]


def likeliest(
    view: str, tables: Iterable[Mapping[str, Any]] | None = None
) -> tuple[str, float]:
    """Give the likeliest language with its score, or `und`.

    A language scores the share of its frequent words plus the share of words that
    hold one of its telling letters.
    """
    words = Counter(_WORD.findall(lower(fold_marks(view[:_ENOUGH]))))
    if not words:
        return "und", 0.0
    best, best_score = "und", 0.03
    for table in tables or [language_table(code) for code in language_codes()]:
        frequent, letters = frozenset(table["frequent"]), set(table["letters"])
        score = (
            sum(
                n
                * ((word in frequent) + _LETTER_WEIGHT * (not letters.isdisjoint(word)))
                for word, n in words.items()
            )
            / words.total()
        )
        if score > best_score:
            best, best_score = str(table["code"]), score
    return best, best_score
