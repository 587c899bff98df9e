"""Words of a text with their readings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from vigens.intake.fold import APOSTROPHES, FILLER, fold_marks, lower
from vigens.intake.morphology import Analyse, Reading, alike
from vigens.intake.remembered import Remembered

_WORD = re.compile(
    r"\d+(?:[.,]\d+)+(?![^\W_])"
    rf"|[^\W_]+(?:(?:[-.{APOSTROPHES}]{FILLER}*|{FILLER}+)(?=[^\W_])[^\W_]+)*|[$€£₸₴₽%]"
)
_NUMBER = re.compile(r"\d")
_JOINED = re.compile(r"[.-]")
_ENDING = 5
_REMEMBERED = 30_000  # stretches of a language


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """What a form tells wherever it stands; equal only to itself.

    `keys` are the form and every base form it may have, without doubles; `lemmas` the
    base forms alone; `features` everything that any reading tells; `is_finite` whether
    the likeliest reading is a finite verb; `is_number` whether it begins with a digit.
    """

    form: str
    readings: tuple[Reading, ...]
    keys: tuple[str, ...]
    lemmas: frozenset[str]
    features: frozenset[str]
    is_finite: bool
    is_number: bool


@dataclass(slots=True, eq=False)
class Token:
    """One word of a text: its place, its folded form, its readings.

    `upper` says that its first two letters are capitals, as those of an acronym are.
    Not frozen, since a report makes hundreds and that would take three times as long;
    nothing changes one.
    """

    start: int
    end: int
    form: str
    readings: tuple[Reading, ...]
    capital: bool
    word: Word
    upper: bool = False

    @property
    def is_number(self) -> bool:
        """Say whether the word begins with a digit."""
        return self.word.is_number

    @property
    def keys(self) -> tuple[str, ...]:
        """Give the form and every base form it may have."""
        return self.word.keys

    @property
    def features(self) -> frozenset[str]:
        """Give everything that any reading tells."""
        return self.word.features

    @property
    def is_finite(self) -> bool:
        """Say whether the likeliest reading is a finite verb."""
        return self.word.is_finite


def word_of(form: str, readings: tuple[Reading, ...]) -> Word:
    """Gather what the readings of a form tell."""
    likeliest = readings[:1]
    if likeliest and "base" in likeliest[0].features:
        likeliest = readings[1:2]
    lemmas = [r.lemma for r in readings]
    return Word(
        form,
        readings,
        tuple(dict.fromkeys((form, *lemmas))),
        frozenset(lemmas),
        alike(frozenset().union(*(r.features for r in readings))),
        any(r.is_finite for r in likeliest),
        form[:1].isdigit(),
    )


class _Part(NamedTuple):
    """A word inside what a blank-free stretch holds: its place there, what it is."""

    first: int
    last: int
    form: str
    readings: tuple[Reading, ...]
    capital: bool
    word: Word
    upper: bool


@lru_cache(maxsize=100_000)
def _known(analyse: Analyse, form: str, *, joined: bool) -> Word:
    """Look a form up once; of a joined one the part before the hyphen counts too."""
    readings = analyse(form)
    if joined:
        readings = (*readings, *analyse(form.partition("-")[0]))
    return word_of(form, readings)


@lru_cache(maxsize=16)
def _cuts(
    analyse: Analyse, elisions: tuple[str, ...]
) -> Remembered[str, tuple[_Part, ...]]:
    """Give the words of each stretch without a blank, cut once for all its places."""

    def words(stretch: str) -> tuple[_Part, ...]:
        found: list[_Part] = []
        for match in _WORD.finditer(stretch):
            at = match.start()
            parts = _cut(analyse, match.group(), elisions)
            found += [_Part(p[0] + at, p[1] + at, *p[2:]) for p in parts]
        return tuple(found)

    return Remembered(words, most=_REMEMBERED)


def _cut(
    analyse: Analyse, written: str, elisions: tuple[str, ...]
) -> tuple[_Part, ...]:
    """Cut one stretch into its words."""
    if FILLER in written:
        places = [at for at, sign in enumerate(written) if sign != FILLER]
        clean = _cut(analyse, written.replace(FILLER, ""), elisions)
        return tuple(
            p._replace(first=places[p.first], last=places[p.last - 1] + 1)
            for p in clean
        )
    small = lower(fold_marks(written))
    plain = not elisions and not _JOINED.search(written)
    parts = [(0, len(written))] if plain else _parts(written)
    found = []
    for first, last in parts if plain else _elided(small, parts, elisions):
        form = small[first:last]
        capital = written[first].isupper()
        joined = "-" in form and not form[0].isdigit()
        if joined:
            # "АҚШ-тың", "Kiev-based"
            joined = capital or len(form.partition("-")[2]) <= _ENDING
        word = _known(analyse, form, joined=joined)
        upper = capital and written[first : min(first + 2, last)].isupper()
        found.append(_Part(first, last, form, word.readings, capital, word, upper))
    return tuple(found)


def tokenise(
    view: str,
    start: int,
    end: int,
    analyse: Analyse,
    elisions: tuple[str, ...] = (),
) -> tuple[Token, ...]:
    """Cut a stretch of a view into words; an elided one stands for itself."""
    cuts = _cuts(analyse, elisions)
    found: list[Token] = []
    at = start
    for stretch in view[start:end].replace("\n", " ").split(" "):
        for a, b, form, readings, capital, word, upper in cuts[stretch]:
            found.append(Token(at + a, at + b, form, readings, capital, word, upper))
        at += len(stretch) + 1
    return tuple(found)


def ends_of(tokens: Sequence[Token]) -> frozenset[int]:
    """Give the numbers of the words that a mark of punctuation follows."""
    return frozenset(
        at
        for at, (left, right) in enumerate(pairwise(tokens))
        if right.start - left.end > 1
    )


def with_auxiliaries(
    tokens: tuple[Token, ...], auxiliaries: tuple[str, ...]
) -> tuple[Token, ...]:
    """Read a converb before an auxiliary as the finite verb that the two make."""
    if not auxiliaries:
        return tokens
    made = list(tokens)
    for at, token in enumerate(tokens[:-1]):
        if "converb" in token.word.features and (
            tokens[at + 1].form.startswith(auxiliaries)
        ):
            word = _as_finite(token.word)
            made[at] = replace(token, readings=word.readings, word=word)
    return tuple(made)


@lru_cache(maxsize=10_000)
def _as_finite(word: Word) -> Word:
    """Read a converb as a verb of the present."""
    readings = tuple(
        replace(r, features=r.features - {"converb"} | {"present"})
        if "converb" in r.features
        else r
        for r in word.readings
    )
    return word_of(word.form, readings)


def _elided(
    small: str, parts: list[tuple[int, int]], elisions: tuple[str, ...]
) -> list[tuple[int, int]]:
    """Cut "l'accord" after its apostrophe, "dit-il" before its hyphen."""
    if not elisions:
        return parts
    found = []
    for first, end in parts:
        last = end
        form = small[first:last]
        tail = next((e for e in elisions if e[0] == "-" and form.endswith(e)), "")
        if tail and len(tail) < len(form):  # "a-t-il": who does it is a word of its own
            last -= len(tail)
            form = small[first:last]
        cut = next((len(e) for e in elisions if form.startswith(e)), 0)
        if cut and first + cut < last:
            found.append((first, first + cut - 1))
        found.append((first + cut if first + cut < last else first, last))
        if last < end:
            found.append((last + tail.rindex("-") + 1, end))
    return found


def _parts(word: str) -> list[tuple[int, int]]:
    """Cut what looks like one word where it is two."""
    if "." in word and not _NUMBER.search(word):
        # "end.Next" is two words; "U.S." and "т.д." stay one
        if all(len(p) <= 2 for p in word.split(".")):
            return [(0, len(word))]
        return [p.span() for p in re.finditer(r"[^.]+", word)]
    head, hyphen, tail = word.partition("-")
    if hyphen and head.isdigit() and len(tail) > _ENDING and tail.isalpha():
        # "30-конференция": a number and a word; "80-нен" is a number in a case
        return [(0, len(head)), (len(head) + 1, len(word))]
    return [(0, len(word))]


def is_close(view: str, left: Token, right: Token) -> bool:
    """Say whether only blanks or quotation marks stand between two words."""
    between = view[left.end : right.start]
    return "\n" not in between and not between.strip(" \"'«»„“”.’")


def is_close_at(view: str, tokens: Sequence[Token], at: int) -> bool:
    """Say whether a word stands close to the one before it."""
    return 0 < at < len(tokens) and is_close(view, tokens[at - 1], tokens[at])
