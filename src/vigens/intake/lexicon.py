"""Vocabularies: one folder a language, plain TOML, loaded on first use.

`[class]` tables hold `verbs` (finite forms only), `forms` (any form), each a cue as
`cues.py` reads it, and, for some classes, further keys that the rules read.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from vigens.intake.cues import CueIndex, parse_cue
from vigens.intake.errors import VocabularyError
from vigens.intake.morphology import Analyse, analyser
from vigens.intake.persons import PersonModel, parse_model
from vigens.intake.plurals import Plurals, plurals_of
from vigens.intake.units import UnitTable


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What intake knows of one language.

    `oblique` are the endings of words that are no subject; None where a dictionary
    tells the case. `auxiliaries` begin the words that make a converb finite;
    after one of the `determiners` no verb stands; `elisions` are the short words that
    stick to the next one ("l'accord"); `plurals` reads verbs that are spelled like
    infinitives; `copula` is the verb with which passives are made, empty where endings
    make them. `actors` are names that only this language's
    folder tells; `persons` a model of person names, where there is one; `units` what can
    be counted; `offices` the words of each office that terms are told of.
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
    copula: str
    plurals: Plurals | None
    actors: Mapping[str, Any]
    persons: PersonModel | None
    analyse: Analyse
    cues: CueIndex
    tables: Mapping[str, Mapping[str, Any]]
    dates: Mapping[str, Any]
    units: UnitTable
    offices: Mapping[str, tuple[frozenset[str], ...]]

    def words(self, table: str, key: str) -> tuple[str, ...]:
        """Give a plain word list of a class table, empty where there is none."""
        found = self.tables.get(table)
        return found.get(key, ()) if found else ()


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
    joins = tables.get("joins", {}).get("words", ())
    cues = [
        parse_cue(name, text, finite=key == "verbs", verb_last=verb_last, joins=joins)
        for name, table in tables.items()
        for key in ("verbs", "forms")
        for text in table.get(key, ())
    ]
    cues += [parse_cue("numeral", text, finite=False) for text in _numerals(tables)]
    determiners = frozenset(language.get("determiners", ()))
    try:
        return Vocabulary(
            code=language["code"],
            verb_last=verb_last,
            letters=language["letters"],
            frequent=frozenset(language["frequent"]),
            abbreviations=frozenset(language.get("abbreviations", ())),
            determiners=determiners,
            elisions=tuple(language.get("elisions", ())),
            copula=str(language.get("copula", "")),
            plurals=plurals_of(morphology),
            persons=_person_model(folder, language, tables),
            actors=_read(own) if own.is_file() else {},
            oblique=None
            if "dictionary" in morphology
            else tuple(morphology.get("oblique", ())),
            auxiliaries=tuple(morphology.get("auxiliaries", ())),
            analyse=analyser(morphology),
            cues=CueIndex(cues, determiners),
            tables=tables,
            dates=_read(folder / "dates.toml"),
            units=UnitTable(tables),
            offices={
                office: tuple(frozenset(name.split()) for name in names)
                for office, names in tables.get("offices", {}).items()
            },
        )
    except KeyError as error:
        raise VocabularyError(
            f"the vocabulary lacks {error}", str(folder), "add the key to language.toml"
        ) from error


def _numerals(tables: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Give what a number can begin with: digits, or a word for one."""
    yield "#"
    table = tables.get("number", {})
    for key in ("words", "scale"):
        yield from (word for word in table.get(key, ()) if " " not in word)


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
