"""Cues: short phrases of words, all found in one walk over a sentence.

A cue is a short phrase of words. An item of it is

- `word`      any form of this word, or the form itself
- `wor*`      any word that begins so
- `=word`     this form alone
- `a|b*`      one of several
- `#`         a number
- `~3`        up to three further words in between
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from vigens.intake.errors import VocabularyError
from vigens.intake.tokens import Token, Word

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


@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """A phrase of a class; `is_verb` says that it holds a finite verb.

    Without one of `next_words` after its first word the phrase cannot stand there; they
    may come later where it `has_gap`. Equal only to itself.
    """

    name: str
    text: str
    items: tuple[Item, ...]
    is_verb: bool = False
    next_words: frozenset[str] = frozenset()
    has_gap: bool = False


@dataclass(init=False, slots=True, eq=False)
class Hit:
    """A cue found: tokens `[first, last)` of a sequence, and the class of the cue.

    Not frozen, since a report holds hundreds; nothing changes one.
    """

    cue: Cue
    name: str
    first: int
    last: int
    features: frozenset[str]

    def __init__(
        self, cue: Cue, first: int, last: int, features: frozenset[str]
    ) -> None:
        """Put a cue at its place."""
        self.cue = cue
        self.name = cue.name
        self.first = first
        self.last = last
        self.features = features


Hits = Mapping[str, Sequence[Hit]]
"""The cues of a sentence by their classes, each class in order."""


def by_name(hits: Iterable[Hit]) -> dict[str, list[Hit]]:
    """Sort cues by their classes."""
    found: dict[str, list[Hit]] = {}
    for hit in hits:
        if hit.name in found:
            found[hit.name].append(hit)
        else:
            found[hit.name] = [hit]
    return found


_Begun = tuple[tuple[Cue, frozenset[str]], ...]


class CueIndex:
    """All cues of a language, found in one walk over the words."""

    def __init__(self, cues: Sequence[Cue]) -> None:
        """Index cues by the words and beginnings that their first item takes."""
        self._by_word: dict[str, list[Cue]] = {}
        self._by_prefix: dict[str, list[Cue]] = {}
        self._known: dict[Word, tuple[_Begun, _Begun]] = {}
        for cue in cues:
            first = cue.items[0]
            for word in first.words | first.forms:
                self._by_word.setdefault(word, []).append(cue)
            for prefix in first.prefixes:
                self._by_prefix.setdefault(prefix[:_PREFIX], []).append(cue)

    def find(self, tokens: Sequence[Token]) -> list[Hit]:
        """Find every cue; of one class at one place, the longest."""
        known = self._known
        begun = [known.get(t.word) or self._beginning(t) for t in tokens]
        present = frozenset().union(*[t.word.keys for t in tokens])
        found: list[Hit] = []
        covered: set[int] = set()
        for at, (words, phrases) in enumerate(begun):
            hits = _phrases(phrases, tokens, at, present) if phrases else None
            for cue, features in words:
                if not hits or cue.name not in hits:
                    found.append(Hit(cue, at, at + 1, features))
            for hit in hits.values() if hits else ():
                found.append(hit)
                if hit.cue.is_verb:
                    covered.update(range(at, hit.last))
        if not covered:
            return found
        return [
            h
            for h in found
            if h.first not in covered or not h.cue.is_verb or h.last - h.first > 1
        ]

    def _beginning(self, token: Token) -> tuple[_Begun, _Begun]:
        """Give the cues of one word that fit a word, and the phrases it begins.

        Each comes with what the word's readings tell.
        """
        lists = [self._by_word.get(k, ()) for k in token.keys]
        lists += [self._by_prefix.get(token.form[:n], ()) for n in _PREFIXES]
        if token.is_number:
            lists.append(self._by_word.get("#", ()))
        words: dict[str, tuple[Cue, frozenset[str]]] = {}  # the first of a class
        phrases: list[tuple[Cue, frozenset[str]]] = []
        for cue in dict.fromkeys(cue for cues in lists for cue in cues):
            told = cue.items[0].fits(token)
            if told is None:
                continue
            if len(cue.items) == 1:
                words.setdefault(cue.name, (cue, told))
            else:
                phrases.append((cue, told))
        found = tuple(words.values()), tuple(phrases)
        if len(self._known) < _REMEMBERED:
            self._known[token.word] = found
        return found


def _phrases(
    phrases: _Begun, tokens: Sequence[Token], at: int, present: frozenset[str]
) -> dict[str, Hit]:
    """Find which phrases go on after a word; of one class, the longest."""
    hits: dict[str, Hit] = {}
    follows = tokens[at + 1].word.keys if at + 1 < len(tokens) else ()
    for cue, features in phrases:
        if cue.next_words and cue.next_words.isdisjoint(
            present if cue.has_gap else follows
        ):
            continue
        hit = _match(cue, features, tokens, at)
        if hit and (cue.name not in hits or hits[cue.name].last < hit.last):
            hits[cue.name] = hit
    return hits


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
        has_gap=bool(following and following.gap),
    )
