"""Which language a text is written in: frequent words and telling letters."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from vigens.intake.fold import fold_marks, lower
from vigens.intake.lexicon import language_codes, language_table

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_LETTER_WEIGHT = 0.5
_LEAST = 0.03
_ENOUGH = 3_000  # characters that tell a language


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
    text = lower(fold_marks(view[:_ENOUGH]))
    words = Counter(_WORD.findall(text))
    if not words:
        return "und", 0.0
    frequent, letters = _index(tables) if tables else _shipped()
    scores: dict[str, float] = defaultdict(float)
    for word in words.keys() & frequent.keys():
        for code in frequent[word]:
            scores[code] += words[word]
    telling = letters.keys() & text
    for word, n in words.items() if telling else ():
        codes: set[str] = set()
        for letter in telling.intersection(word):
            codes.update(letters[letter])
        for code in codes:
            scores[code] += n * _LETTER_WEIGHT
    total = words.total()
    best, best_score = "und", _LEAST
    for code, score in sorted(scores.items()):
        if score / total > best_score:
            best, best_score = code, score / total
    return best, best_score


_Index = tuple[dict[str, list[str]], dict[str, list[str]]]


def _index(tables: Iterable[Mapping[str, Any]]) -> _Index:
    """Turn the tables around: languages by frequent word and by telling letter."""
    frequent: dict[str, list[str]] = {}
    letters: dict[str, list[str]] = {}
    for table in tables:
        code = str(table["code"])
        for word in dict.fromkeys(table["frequent"]):
            frequent.setdefault(word, []).append(code)
        for letter in dict.fromkeys(table["letters"]):
            letters.setdefault(letter, []).append(code)
    return frequent, letters


@lru_cache(maxsize=1)
def _shipped() -> _Index:
    return _index([language_table(code) for code in language_codes()])
