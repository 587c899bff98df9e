"""Somebody named in a sentence, and what the words of a name tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vigens.intake.lexicon import Vocabulary
from vigens.intake.tokens import Token

NAMES = frozenset({"state", "organisation", "capital", "region", "adjective", "place"})
"""Kinds of mentions that are names of their own."""


@dataclass(slots=True, eq=False)
class Mention:
    """An actor named in a sentence: words `[first, last)` of its tokens.

    `lead` is the word where the phrase that carries the name begins ("president
    of X, Y"), so that evidence can start there. `kind` is one of state, adjective,
    capital, region, place, organisation, media, person, office, group, pronoun; `of` is
    whose officer or member somebody is, `members` the ids that "both sides" stand for.
    Not frozen, since a report holds hundreds; nothing changes one.
    """

    first: int
    last: int
    lead: int
    kind: str
    id: str | None
    subject: bool
    english: str = ""
    of: str | None = None
    members: tuple[str, ...] = ()


def is_inside(inner: Mention, outer: Mention) -> bool:
    """Say whether a mention is part of another one."""
    return outer.lead <= inner.first and inner.last <= outer.last


def is_subject(token: Token, words: Vocabulary, plain: frozenset[str]) -> bool:
    """Say whether a word can be who acts, by its case or its ending."""
    if words.oblique is not None:
        return token.form in plain or not token.form.endswith(words.oblique)
    features = token.features
    return "subject" in features or not features & {"possessor", "location", "object"}


def may_qualify(token: Token) -> bool:
    """Say whether a word can stand between an office and its holder."""
    if token.capital:
        return True
    features = token.readings[0].features if token.readings else frozenset()
    return bool(features & {"possessor", "adjective", "noun", "participle", "base"})


def can_act(tokens: Sequence[Token], words: Vocabulary) -> bool:
    """Say whether a phrase can be who acts: any word, or where words end so."""
    if words.oblique is not None:
        return is_subject(tokens[-1], words, frozenset())
    return any(is_subject(t, words, frozenset()) for t in tokens)
