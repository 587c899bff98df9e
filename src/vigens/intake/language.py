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
_REMEMBERED = 100_000  # words of all languages


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
    words = _WORD.findall(lower(fold_marks(view[:_ENOUGH])))
    if not words:
        return "und", 0.0
    points = _Points(*_index(tables)) if tables else _shipped()
    scores: dict[str, float] = defaultdict(float)
    for told, n in Counter(map(points.__getitem__, words)).items():
        for code, weight in told:
            scores[code] += n * weight
    total = len(words)
    best, best_score = "und", _LEAST
    for code, score in sorted(scores.items()):
        if score / total > best_score:
            best, best_score = code, score / total
    return best, best_score


_Index = tuple[dict[str, list[str]], dict[str, list[str]]]


class _Points(dict[str, tuple[tuple[str, float], ...]]):
    """What one word tells of each language, worked out once."""

    def __init__(
        self, frequent: Mapping[str, list[str]], letters: Mapping[str, list[str]]
    ) -> None:
        """Begin with nothing."""
        super().__init__()
        self._frequent = frequent
        self._letters = letters

    def __missing__(self, word: str) -> tuple[tuple[str, float], ...]:
        """Weigh a word that is met for the first time."""
        if len(self) >= _REMEMBERED:
            self.clear()
        weights = dict.fromkeys(self._frequent.get(word, ()), 1.0)
        telling = {c for letter in set(word) for c in self._letters.get(letter, ())}
        for code in telling:
            weights[code] = weights.get(code, 0.0) + _LETTER_WEIGHT
        found = self[word] = tuple(weights.items())
        return found


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
def _shipped() -> _Points:
    return _Points(*_index([language_table(code) for code in language_codes()]))
