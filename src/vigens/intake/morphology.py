"""From a word form to its readings: base form and what the form tells.

Russian and Ukrainian are read by pymorphy3. Every other language is read by the
suffix table of its vocabulary (`morphology.toml`), so that a language can be
added as data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from vigens.intake.remembered import Remembered

Feature = str
"""One of past, present, future, perfect, base, infinitive, converb, participle,
passive, imperative, noun, adjective, negative, subject, location, possessor; given,
surname, patronymic, place-name, org-name and unknown where a dictionary tells."""

FINITE = frozenset({"past", "present", "future", "perfect", "base", "passive"})
_NOMINAL = frozenset(
    {"infinitive", "noun", "location", "object", "possessor", "converb", "adjective"}
)

_MODIFIER = 3  # letters of what a compound's head is told by

_TENSES = {"past": "past", "pres": "present", "futr": "future"}
_VERBAL = {
    "impr": "imperative",
    "infn": "infinitive",
    "plur": "plural",
    "1per": "first-person",
}
_CLASSES = {
    "INFN": "infinitive",
    "PRTF": "participle",
    "PRTS": "passive",
    "GRND": "converb",
    "NOUN": "noun",
    "ADJF": "adjective",
    "ADJS": "adjective",
    "Name": "given",
    "Surn": "surname",
    "Patr": "patronymic",
    "Geox": "place-name",
    "Orgn": "org-name",
    "anim": "animate",
}
_CASES = {
    "nomn": "subject",
    "gent": "possessor",
    "gen2": "possessor",
    "datv": "object",
    "accs": "object",
    "ablt": "object",
    "loct": "location",
}


_GIVEN = frozenset({"given"})
_UNKNOWN = frozenset({"unknown"})
_UNKNOWN_NAME = frozenset({"unknown", "surname"})
_TAILS = 50_000  # of words
_TAGS = 10_000  # of a dictionary; it has some thousands


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a form."""

    lemma: str
    features: frozenset[Feature]

    @property
    def is_finite(self) -> bool:
        """Say whether the form can carry a sentence."""
        return bool(self.features & FINITE) and not self.features & _NOMINAL


_ALIKE: Remembered[frozenset[Feature], frozenset[Feature]] = Remembered(
    lambda features: features, most=10_000
)


def alike(features: frozenset[Feature]) -> frozenset[Feature]:
    """Give the one set kept for all words that tell the same; they are few."""
    return _ALIKE[features]


Analyse = Callable[[str], tuple[Reading, ...]]


@dataclass(frozen=True, slots=True)
class Suffix:
    """One ending: what is cut off, what may take its place, what it tells.

    It is read only in forms that begin with one of `begins`, where there are any, and
    in none that begins with one of `unless`: in Slavic languages a prefix makes a verb
    perfective, and its present a future.
    """

    cut: str
    put: tuple[str, ...]
    features: frozenset[Feature]
    level: int
    begins: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    def fits(self, form: str) -> bool:
        """Say whether the ending is read in a form, by the form's beginning."""
        if self.unless and form.startswith(self.unless):
            return False
        return not self.begins or form.startswith(self.begins)


def analyser(table: Mapping[str, Any]) -> Analyse:
    """Make the analyser that a language's `morphology.toml` asks for."""
    dictionary = table.get("dictionary")
    if dictionary:
        return _dictionary_analyser(
            str(dictionary),
            frozenset(table.get("given", ())),
            tuple(table.get("surnames", ())),
        )
    suffixes = tuple(
        Suffix(
            cut,
            tuple(row.get("put", [""])),
            frozenset(row.get("features", [])),
            int(row.get("level", 0)),
            tuple(row.get("begins", ())),
            tuple(row.get("unless", ())),
        )
        for row in table.get("suffix", [])
        for cut in row["cut"]
    )
    irregular = {
        form: Reading(lemma, frozenset(row.get("features", [])))
        for row in table.get("irregular", [])
        for form, lemma in row["forms"].items()
    }
    return _suffix_analyser(
        suffixes,
        irregular,
        depth=int(table.get("depth", 1)),
        shortest=int(table.get("shortest", 3)),
        bare=frozenset({"base"} if table.get("bare_is_finite") else ()),
        alone=bool(table.get("irregular_alone")),
        heads=frozenset(table.get("heads", ())),
    )


@lru_cache(maxsize=4)
def _dictionary_analyser(
    language: str, given: frozenset[str], surnames: tuple[str, ...]
) -> Analyse:
    """Read forms by a dictionary; it may lack names, known by list or by ending."""
    import pymorphy3  # heavy: 20 MB of dictionary
    from pymorphy3.units import DictionaryAnalyzer

    morph = pymorphy3.MorphAnalyzer(lang=language)
    told_by = Remembered(_features_of, most=_TAGS)

    @lru_cache(maxsize=100_000)
    def analyse(form: str) -> tuple[Reading, ...]:
        readings: list[Reading] = []
        for parse in morph.parse(form)[:6]:
            if parse.score < 0.02 and readings:
                continue
            features = told_by[parse.tag]
            lemma = parse.normal_form.replace("ё", "е")
            if lemma in given:
                features |= _GIVEN
            found = parse.methods_stack
            if len(found) > 1 or not isinstance(found[0][0], DictionaryAnalyzer):
                features |= _UNKNOWN_NAME if lemma.endswith(surnames) else _UNKNOWN
            readings.append(Reading(lemma, alike(features)))
        return tuple(dict.fromkeys(readings))

    return analyse


def _features_of(tag: Any) -> frozenset[Feature]:
    """Say what a tag of the dictionary tells."""
    grammemes = tag.grammemes
    features = {_CLASSES[g] for g in grammemes if g in _CLASSES}
    if "VERB" in grammemes:
        features |= {_TENSES[g] for g in grammemes if g in _TENSES}
        features |= {_VERBAL[g] for g in grammemes if g in _VERBAL}
    return frozenset(features | {_CASES[g] for g in grammemes if g in _CASES})


def _suffix_analyser(
    suffixes: Sequence[Suffix],
    irregular: Mapping[str, Reading],
    *,
    depth: int,
    shortest: int,
    bare: frozenset[Feature],
    alone: bool,
    heads: frozenset[str],
) -> Analyse:
    """Read forms by cutting suffixes; an inner suffix has no lower level.

    `alone` says that an irregular form is read as the list says, and not otherwise;
    a word that ends in one of `heads` is read as that word too.
    """
    by_cut: dict[str, list[Suffix]] = {}
    for suffix in suffixes:
        by_cut.setdefault(suffix.cut, []).append(suffix)
    longest = max((len(cut) for cut in by_cut), default=0)

    def endings(tail: str) -> tuple[Suffix, ...]:
        cuts = (tail[-size:] for size in range(1, len(tail) + 1))
        return tuple(suffix for cut in cuts for suffix in by_cut.get(cut, ()))

    endings_of = Remembered(endings, most=_TAILS)

    @lru_cache(maxsize=100_000)
    def analyse(form: str) -> tuple[Reading, ...]:
        found: dict[tuple[str, frozenset[str]], None] = {}
        if form in irregular:
            found[irregular[form].lemma, irregular[form].features] = None
            if alone:
                return (irregular[form],)
        found[form, bare] = None
        layer = {(form, frozenset[str](), 0)}
        for _ in range(depth):
            following: set[tuple[str, frozenset[str], int]] = set()
            for stem, features, level in layer:
                room = min(longest, len(stem) - shortest)
                for suffix in endings_of[stem[-room:]] if room > 0 else ():
                    if suffix.level < level or not suffix.fits(form):
                        continue
                    told = features | suffix.features
                    root = stem[: -len(suffix.cut)]
                    following |= {
                        (root + put, told, suffix.level) for put in suffix.put
                    }
            ordered = sorted({item[:2] for item in following}, key=_reading_order)
            found.update(dict.fromkeys(ordered))
            layer = following
        if heads:
            found.update(dict.fromkeys(_headed(tuple(found), heads)))
        return tuple(Reading(lemma, alike(features)) for lemma, features in found)

    return analyse


def _headed(
    found: Iterable[tuple[str, frozenset[str]]], heads: frozenset[str]
) -> Iterator[tuple[str, frozenset[str]]]:
    """Give a compound's readings as its last part: "fishery agreement" in one word."""
    for lemma, features in found:
        for at in range(_MODIFIER, len(lemma) - 2):
            if lemma[at:] in heads:
                yield lemma[at:], features


def _reading_order(item: tuple[str, frozenset[str]]) -> tuple[int, str, list[str]]:
    return (-len(item[0]), item[0], sorted(item[1]))
