"""Words of a text with their readings."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import zip_longest

from vigens.intake.fold import fold_marks, lower
from vigens.intake.morphology import Analyse, Reading

_WORD = re.compile(
    r"\d+(?:[.,]\d+)+(?![^\W_])|[^\W_]+(?:[-'.](?=[^\W_])[^\W_]+)*|[$€£₸₴₽%]"
)
_NUMBER = re.compile(r"\d")
_ENDING = 5


@dataclass(frozen=True, slots=True)
class Token:
    """One word: its place in the text, its folded form, its readings."""

    start: int
    end: int
    form: str
    readings: tuple[Reading, ...]
    capital: bool

    @property
    def is_number(self) -> bool:
        """Say whether the word begins with a digit."""
        return self.form[:1].isdigit()

    @property
    def features(self) -> frozenset[str]:
        """Give everything that any reading tells."""
        return frozenset().union(*(r.features for r in self.readings))

    @property
    def is_finite(self) -> bool:
        """Say whether the likeliest reading is a finite verb."""
        likeliest = self.readings[:1]
        if likeliest and "base" in likeliest[0].features:
            likeliest = self.readings[1:2]
        return any(r.is_finite for r in likeliest)

    def reads(self, lemma: str) -> bool:
        """Say whether the word can be a form of `lemma`."""
        return any(r.lemma == lemma for r in self.readings)


def tokenise(view: str, start: int, end: int, analyse: Analyse) -> tuple[Token, ...]:
    """Cut a stretch of a view into words."""
    tokens = []
    for match in _WORD.finditer(view, start, end):
        tokens += _words(match, analyse)
    return tuple(tokens)


def with_auxiliaries(
    tokens: tuple[Token, ...], auxiliaries: tuple[str, ...]
) -> tuple[Token, ...]:
    """Read a converb before an auxiliary as the finite verb that the two make."""
    if not auxiliaries:
        return tokens
    made = []
    for token, after in zip_longest(tokens, tokens[1:]):
        readings = token.readings
        if after is not None and after.form.startswith(auxiliaries):
            readings = tuple(
                replace(r, features=r.features - {"converb"} | {"present"})
                if "converb" in r.features
                else r
                for r in readings
            )
        made.append(replace(token, readings=readings) if after else token)
    return tuple(made)


def _words(match: re.Match[str], analyse: Analyse) -> list[Token]:
    word = match.group()
    if "." in word and not _NUMBER.search(word):
        # "end.Next" is two words; "U.S." and "т.д." stay one
        parts = re.finditer(r"[^.]+", word)
        if all(len(p) <= 2 for p in word.split(".")):
            parts = re.finditer(r".+", word)
        return [_token(match.start() + p.start(), p.group(), analyse) for p in parts]
    head, hyphen, tail = word.partition("-")
    if hyphen and head.isdigit() and len(tail) > _ENDING and tail.isalpha():
        # "30-конференция": a number and a word; "80-нен" is a number in a case
        after = match.start() + len(head) + 1
        return [
            _token(match.start(), head, analyse),
            _token(after, tail, analyse),
        ]
    return [_token(match.start(), word, analyse)]


def _token(start: int, word: str, analyse: Analyse) -> Token:
    form = lower(fold_marks(word))
    capital = word[0].isupper()
    readings = analyse(form)
    if "-" in form and not form[0].isdigit():
        # "АҚШ-тың", "Kiev-based": the part before the hyphen counts too
        head, _, tail = form.partition("-")
        if len(tail) <= 5 or capital:
            readings = (*readings, *analyse(head))
    return Token(start, start + len(word), form, readings, capital)
