"""Vocabularies: one folder a language, plain TOML, loaded on first use.

A cue is a short phrase of words. An item of it is

- `word`      any form of this word, or the form itself
- `wor*`      any word that begins so
- `=word`     this form alone
- `a|b*`      one of several
- `#`         a number
- `~3`        up to three further words in between

`[class]` tables hold `verbs` (finite forms only), `forms` (any form) and, for
some classes, further keys that the rules read.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from vigens.intake.errors import VocabularyError
from vigens.intake.morphology import Analyse, analyser
from vigens.intake.persons import PersonModel, parse_model
from vigens.intake.tokens import Token, Word
from vigens.intake.units import UnitTable

_PREFIX = 3
_PREFIXES = range(1, _PREFIX + 1)
_REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class Item:
    """One place of a cue."""

    words: frozenset[str]
    prefixes: tuple[str, ...]
    finite: bool
    gap: int
    forms: frozenset[str] = frozenset()
    tells: bool = False

    def fits(self, token: Token) -> frozenset[str] | None:
        """Give what the matching readings tell, or None."""
        if "#" in self.words and token.is_number:
            return frozenset({"number"})
        features: frozenset[str] = frozenset()
        fits = False
        if not self.words.isdisjoint(token.word.keys):
            named = not self.finite and token.form in self.words
            for reading in token.readings:
                if named or reading.lemma in self.words:
                    if self.finite and not reading.is_finite:
                        continue
                    fits, features = True, features | reading.features
        if token.form in self.forms:
            return token.features
        if not fits and self.prefixes and token.form.startswith(self.prefixes):
            fits, features = True, token.features
        return features if fits else None


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase of a class; `is_verb` says that it holds a finite verb.

    Without one of `next_words` in a sentence the phrase cannot stand there.
    """

    name: str
    text: str
    items: tuple[Item, ...]
    is_verb: bool = False
    next_words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found: tokens `[first, last)` of a sequence."""

    cue: Cue
    first: int
    last: int
    features: frozenset[str]

    @property
    def name(self) -> str:
        """Give the class of the cue."""
        return self.cue.name


class CueIndex:
    """All cues of a language, found in one walk over the words."""

    def __init__(self, cues: Sequence[Cue]) -> None:
        """Index cues by the words and beginnings that their first item takes."""
        self._by_word: dict[str, list[Cue]] = {}
        self._by_prefix: dict[str, list[Cue]] = {}
        self._known: dict[Word, tuple[tuple[Cue, frozenset[str]], ...]] = {}
        for cue in cues:
            first = cue.items[0]
            for word in first.words | first.forms:
                self._by_word.setdefault(word, []).append(cue)
            for prefix in first.prefixes:
                self._by_prefix.setdefault(prefix[:_PREFIX], []).append(cue)

    def find(self, tokens: Sequence[Token]) -> list[Hit]:
        """Find every cue; of one class at one place, the longest."""
        hits: dict[tuple[str, int], Hit] = {}
        present: set[str] = set()
        for token in tokens:
            present.update(token.word.keys)
        for at, token in enumerate(tokens):
            for cue, features in self._candidates(token):
                if cue.next_words and cue.next_words.isdisjoint(present):
                    continue
                hit = _match(cue, features, tokens, at)
                if hit is None:
                    continue
                key = (cue.name, at)
                if key not in hits or hits[key].last < hit.last:
                    hits[key] = hit
        found = list(hits.values())
        long = [h for h in found if h.cue.is_verb and h.last - h.first > 1]
        covered = {at for h in long for at in range(h.first, h.last)}
        return [
            h
            for h in found
            if not h.cue.is_verb or h.last - h.first > 1 or h.first not in covered
        ]

    def _candidates(self, token: Token) -> tuple[tuple[Cue, frozenset[str]], ...]:
        """Give the cues that begin at a word, with what their readings tell."""
        key = token.word
        known = self._known.get(key)
        if known is None:
            lists = [self._by_word.get(k, ()) for k in token.keys]
            lists += [self._by_prefix.get(token.form[:n], ()) for n in _PREFIXES]
            if token.is_number:
                lists.append(self._by_word.get("#", ()))
            found = {id(cue): cue for cues in lists for cue in cues}
            fitting = ((c, c.items[0].fits(token)) for c in found.values())
            known = tuple((c, told) for c, told in fitting if told is not None)
            if len(self._known) < _REMEMBERED:
                self._known[key] = known
        return known


def _match(
    cue: Cue, features: frozenset[str], tokens: Sequence[Token], at: int
) -> Hit | None:
    """Find the rest of a cue whose first item fits at a word."""
    last = at + 1
    for item in cue.items[1:]:
        for step in range(item.gap + 1):
            if last + step >= len(tokens):
                continue
            told = item.fits(tokens[last + step])
            if told is not None:
                features = told if item.finite or item.tells else features
                last += step + 1
                break
        else:
            return None
    return Hit(cue, at, last, features)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What intake knows of one language.

    `oblique` are the endings of words that are no subject; None where a dictionary
    tells the case. `auxiliaries` begin the words that make a converb finite;
    after one of the `determiners` no verb stands; `elisions` are the short words that
    stick to the next one ("l'accord"). `actors` are names that only this language's
    folder tells; `persons` a model of person names, where there is one; `numerals` the
    words for numbers, `units` what can be counted.
    """

    code: str
    verb_last: bool
    letters: str
    frequent: frozenset[str]
    abbreviations: frozenset[str]
    oblique: tuple[str, ...] | None
    auxiliaries: tuple[str, ...]
    determiners: frozenset[str]
    elisions: tuple[str, ...]
    actors: Mapping[str, Any]
    persons: PersonModel | None
    analyse: Analyse
    cues: CueIndex
    tables: Mapping[str, Mapping[str, Any]]
    dates: Mapping[str, Any]
    numerals: frozenset[str]
    units: UnitTable

    def words(self, table: str, key: str) -> tuple[str, ...]:
        """Give a plain word list of a class table, empty where there is none."""
        found = self.tables.get(table)
        return found.get(key, ()) if found else ()


def parse_cue(name: str, text: str, *, finite: bool, verb_last: bool = False) -> Cue:
    """Read one cue; see the module's docstring for the notation.

    Args:
        name: The class it belongs to.
        text: The phrase.
        finite: Its verb must be finite.
        verb_last: The verb is the last word of a phrase, not the first.
    """
    items: list[Item] = []
    gap = 0
    for part in text.split():
        if part.startswith("~"):
            gap = int(part[1:])
            continue
        options = part.split("|")
        words = frozenset(o for o in options if o[0] != "=" and not o.endswith("*"))
        forms = frozenset(o[1:] for o in options if o[0] == "=")
        prefixes = tuple(o[:-1] for o in options if o.endswith("*"))
        items.append(Item(words, prefixes, finite=False, gap=gap, forms=forms))
        gap = 0
    if not items:
        raise VocabularyError(
            f"the cue {text!r} holds no word",
            f"class {name}",
            "write a word or drop it",
        )
    if finite:
        at = -1 if verb_last else 0
        items[at] = replace(items[at], finite=True)
    if verb_last:  # the last word tells the tense
        items[-1] = replace(items[-1], tells=True)
    following = items[1] if len(items) > 1 else None
    spelled = frozenset[str]()
    if following and not following.prefixes and "#" not in following.words:
        spelled = following.words | following.forms
    return Cue(
        name,
        text,
        tuple(items),
        is_verb=finite,
        next_words=spelled,
    )


def read_vocabulary(folder: Traversable) -> Vocabulary:
    """Load the TOML files of one language's folder.

    Raises:
        VocabularyError: A file is missing, no TOML, or lacks a key.
    """
    language = _read(folder / "language.toml")
    morphology = _read(folder / "morphology.toml")
    tables: dict[str, Mapping[str, Any]] = {}
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml") and file.name not in _OWN_FILES:
            tables.update(_frozen(_read(file)))
    own = folder / "actors.toml"
    verb_last = bool(language.get("verb_last"))
    cues = [
        parse_cue(name, text, finite=key == "verbs", verb_last=verb_last)
        for name, table in tables.items()
        for key in ("verbs", "forms")
        for text in table.get(key, ())
    ]
    try:
        return Vocabulary(
            code=language["code"],
            verb_last=verb_last,
            letters=language["letters"],
            frequent=frozenset(language["frequent"]),
            abbreviations=frozenset(language.get("abbreviations", ())),
            determiners=frozenset(language.get("determiners", ())),
            elisions=tuple(language.get("elisions", ())),
            persons=_person_model(folder, language, tables),
            actors=_read(own) if own.is_file() else {},
            oblique=None
            if "dictionary" in morphology
            else tuple(morphology.get("oblique", ())),
            auxiliaries=tuple(morphology.get("auxiliaries", ())),
            analyse=analyser(morphology),
            cues=CueIndex(cues),
            tables=tables,
            dates=_read(folder / "dates.toml"),
            units=UnitTable(tables),
            numerals=frozenset(
                word
                for key in ("words", "scale")
                for word in tables.get("number", {}).get(key, ())
            ),
        )
    except KeyError as error:
        raise VocabularyError(
            f"the vocabulary lacks {error}", str(folder), "add the key to language.toml"
        ) from error


_OWN_FILES = frozenset(
    {"language.toml", "morphology.toml", "dates.toml", "actors.toml"}
)


def _read(file: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise VocabularyError(
            "a vocabulary file is missing", str(file), "add it"
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise VocabularyError(
            f"no TOML: {error}", str(file), "mend the line"
        ) from error


def _frozen(tables: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Make tuples of the lists in class tables, so that they can be handed out."""
    return {
        name: {k: tuple(v) if isinstance(v, list) else v for k, v in table.items()}
        for name, table in tables.items()
    }


def _person_model(
    folder: Traversable, language: Mapping[str, Any], tables: Mapping[str, Any]
) -> PersonModel | None:
    """Read the model of person names, where a language has one."""
    file = folder / "persons.tsv"
    if not file.is_file():
        return None
    never = {*language["frequent"], *tables.get("openers", {}).get("words", ())}
    for name in ("pronoun", "first_person"):
        never.update(tables.get(name, {}).get("forms", ()))
    return parse_model(
        file.read_text(encoding="utf-8"),
        frozenset(never),
        frozenset(tables.get("named_after", {}).get("words", ())),
        float(language.get("persons_bias", 0)),
        of_kinds=bool(language.get("persons_of_kinds")),
        places=frozenset(tables.get("places", {}).get("inside", ())),
    )


def vocabulary_root() -> Traversable:
    """Give the folder that holds the shipped vocabularies."""
    return resources.files("vigens.intake") / "vocabulary"


@lru_cache(maxsize=1)
def language_codes() -> tuple[str, ...]:
    """Give the codes of the shipped languages."""
    return tuple(
        sorted(
            folder.name
            for folder in vocabulary_root().iterdir()
            if (folder / "language.toml").is_file()
        )
    )


@lru_cache(maxsize=16)
def vocabulary(code: str) -> Vocabulary:
    """Load a shipped language once."""
    return read_vocabulary(vocabulary_root() / code)


@lru_cache(maxsize=16)
def language_table(code: str) -> Mapping[str, Any]:
    """Read only how a language is recognised, without its cues."""
    return _read(vocabulary_root() / code / "language.toml")


def actor_tables() -> list[Mapping[str, Any]]:
    """Read the actor files: states, organisations, bodies, office holders."""
    folder = vocabulary_root() / "actors"
    files = sorted(folder.iterdir(), key=lambda f: f.name)
    return [_read(f) for f in files if f.name.endswith(".toml")]
