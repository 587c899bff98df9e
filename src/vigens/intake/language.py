"""Which language a text is written in: frequent words and telling letters."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from vigens.intake.fold import fold_marks, lower
from vigens.intake.lexicon import language_codes, language_table
from vigens.intake.remembered import Remembered

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_LETTER_WEIGHT = 0.5
_LEAST = 0.03
_ENOUGH = 3_000  # characters that tell a language
_MOST_PLACES = 40  # of a long text that are looked at
_LAST = 600  # characters at its end
_REMEMBERED = 100_000  # stretches of all languages


def language_of(view: str, tables: Iterable[Mapping[str, Any]] | None = None) -> str:
    """Give the code of the likeliest vocabulary, or `und`."""
    return likeliest(view, tables)[0]


def language_within(view: str) -> str:
    """Give the language of a text, also where its beginning is in none.

    A report may begin with a table, a list of names or other chaff; then it is looked
    for further in, at some places of a long text, and at its end.
    """
    found = language_of(view)
    if found != "und" or len(view) <= _ENOUGH:
        return found
    step = max(_ENOUGH, len(view) // _MOST_PLACES)
    starts = [*range(_ENOUGH, len(view) - _ENOUGH, step), len(view) - _LAST]
    looked = [likeliest(view[max(0, at) : at + _ENOUGH]) for at in starts]
    return max(looked, key=lambda one: one[1])[0]


def likeliest(
    view: str, tables: Iterable[Mapping[str, Any]] | None = None
) -> tuple[str, float]:
    """Give the likeliest language with its score, or `und`.

    A language scores the share of its frequent words plus the share of words that
    hold one of its telling letters.
    """
    points = _Points(*_index(tables)) if tables else _shipped()
    total = 0
    scores: dict[str, float] = defaultdict(float)
    stretches = lower(fold_marks(view[:_ENOUGH])).split()
    for number, n in Counter(map(points.kind_of.__getitem__, stretches)).items():
        words, told = points.kinds[number]
        total += words * n
        for code, weight in told:
            scores[code] += n * weight
    if not total:
        return "und", 0.0
    best, best_score = "und", _LEAST
    for code, score in sorted(scores.items()):
        if score / total > best_score:
            best, best_score = code, score / total
    return best, best_score


_Index = tuple[dict[str, list[str]], dict[str, list[str]]]


_Kind = tuple[int, tuple[tuple[str, float], ...]]


class _Points:
    """What words tell of languages: of which of the `kinds` a stretch is.

    A kind is how many words a stretch without a blank holds, and what each language gets
    for it; kinds are few.
    """

    def __init__(
        self, frequent: Mapping[str, list[str]], letters: Mapping[str, list[str]]
    ) -> None:
        """Begin with nothing."""
        self.kinds: list[_Kind] = []
        self.kind_of = Remembered(self._kind, most=_REMEMBERED)
        self._numbers: dict[_Kind, int] = {}
        self._frequent = frequent
        self._letters = letters

    def _kind(self, stretch: str) -> int:
        """Weigh a stretch."""
        words = _WORD.findall(stretch)
        weights: dict[str, float] = defaultdict(float)
        for word in words:
            for code in self._frequent.get(word, ()):
                weights[code] += 1
            telling = self._letters.keys() & set(word)
            for code in {c for letter in telling for c in self._letters[letter]}:
                weights[code] += _LETTER_WEIGHT
        kind = len(words), tuple(sorted(weights.items()))
        number = self._numbers.setdefault(kind, len(self.kinds))
        if number == len(self.kinds):
            self.kinds.append(kind)
        return number


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
