"""Cues: short phrases of words, all found in one walk over a sentence.

A cue is a short phrase of words. An item of it is

- `word`      any form of this word, or the form itself
- `wor*`      any word that begins so
- `=word`     this form alone
- `a|b*`      one of several
- `#`         a number
- `~3`        up to three further words in between
- `word$`     this word where its part of the sentence ends: a mark of punctuation
              or a joining word follows, as after the particle of a German verb
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from vigens.intake.errors import VocabularyError
from vigens.intake.remembered import Remembered
from vigens.intake.tokens import Word

_PREFIX = 3
_PREFIXES = range(1, _PREFIX + 1)
_REMEMBERED = 50_000
_LONG = 6  # a gap in which another verb may stand


@dataclass(frozen=True, slots=True)
class Item:
    """One place of a cue."""

    words: frozenset[str]
    prefixes: tuple[str, ...]
    finite: bool
    gap: int
    forms: frozenset[str] = frozenset()
    tells: bool = False
    closing: frozenset[str] | None = None

    def fits(self, word: Word) -> frozenset[str] | None:
        """Give what the matching readings tell, or None."""
        if "#" in self.words and word.is_number:
            return frozenset({"number"})
        features: frozenset[str] = frozenset()
        fits = False
        if not self.words.isdisjoint(word.keys):
            named = not self.finite and word.form in self.words
            for reading in word.readings:
                if named or reading.lemma in self.words:
                    if self.finite and not reading.is_finite:
                        continue
                    fits, features = True, features | reading.features
        if word.form in self.forms:
            return word.features
        if not fits and self.prefixes and word.form.startswith(self.prefixes):
            fits, features = True, word.features
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


_Begun = tuple[int, Cue, frozenset[str]]
"""A phrase whose first word stands there, with its rank and what that word tells."""


class _Phrases:
    """The phrases that a word begins, by the word that has to come next."""

    def __init__(self, begun: Iterable[tuple[Cue, frozenset[str]]]) -> None:
        """Sort phrases by how they go on."""
        self._by_next: dict[str, list[_Begun]] = {}
        self._later: list[_Begun] = []
        self._open: list[_Begun] = []
        self._reach = 0
        for rank, (cue, features) in enumerate(begun):
            one = rank, cue, features
            if not cue.next_words:
                self._open.append(one)
            elif cue.has_gap:
                self._later.append(one)
                self._reach = max(self._reach, cue.items[1].gap + 2)
            else:
                for word in cue.next_words:
                    self._by_next.setdefault(word, []).append(one)

    def found(
        self, words: Sequence[Word], at: int, ends: frozenset[int] | None
    ) -> dict[str, Hit] | None:
        """Find which phrases go on after a word; of one class, the longest."""
        tried = self._open
        if at + 1 < len(words):
            for key in words[at + 1].keys:
                if key in self._by_next:
                    tried = tried + self._by_next[key]
        if self._later:
            tried = tried + self._that_may_follow(words[at + 1 : at + self._reach])
        if not tried:
            return None
        hits: dict[str, Hit] = {}
        for _, cue, features in sorted(tried, key=_rank) if len(tried) > 1 else tried:
            hit = _match(cue, features, words, at, ends)
            if hit and (cue.name not in hits or hits[cue.name].last < hit.last):
                hits[cue.name] = hit
        return hits

    def _that_may_follow(self, words: Sequence[Word]) -> list[_Begun]:
        """Give the phrases whose second word is one of some."""
        present = frozenset().union(*[word.keys for word in words])
        return [one for one in self._later if not one[1].next_words.isdisjoint(present)]


def _rank(begun: _Begun) -> int:
    return begun[0]


class CueIndex:
    """All cues of a language, found in one walk over the words."""

    def __init__(
        self, cues: Sequence[Cue], determiners: frozenset[str] = frozenset()
    ) -> None:
        """Index cues by the words and beginnings that their first item takes.

        Args:
            cues: The cues.
            determiners: Forms after which no verb stands.
        """
        self._by_word: dict[str, list[Cue]] = {}
        self._by_prefix: dict[str, list[Cue]] = {}
        self._begun = Remembered(self._beginning, most=_REMEMBERED)
        self._determiners = determiners
        self.has_closing = any(i.closing is not None for c in cues for i in c.items)
        for cue in cues:
            first = cue.items[0]
            for word in first.words | first.forms:
                self._by_word.setdefault(word, []).append(cue)
            for prefix in first.prefixes:
                self._by_prefix.setdefault(prefix[:_PREFIX], []).append(cue)

    def find(
        self, words: Sequence[Word], ends: frozenset[int] | None = None
    ) -> dict[str, list[Hit]]:
        """Find every cue, by class; of one class at one place, the longest.

        Args:
            words: The words of a sentence.
            ends: The numbers of words that a mark of punctuation follows; needed
                where a cue `has_closing`.
        """
        found: list[Hit] = []
        covered: set[int] = set()
        for at, begun in enumerate(map(self._begun.__getitem__, words)):
            if begun is None:
                continue
            single, phrases = begun
            hits = phrases.found(words, at, ends) if phrases else None
            for cue, features in single:
                if not hits or cue.name not in hits:
                    found.append(Hit(cue, at, at + 1, features))
            for hit in hits.values() if hits else ():
                found.append(hit)
                if hit.cue.is_verb:
                    covered.update(range(at, hit.last))
        return by_name(
            hit
            for hit in found
            if not hit.cue.is_verb or not self._is_no_verb(hit, words, covered)
        )

    def _is_no_verb(self, hit: Hit, words: Sequence[Word], covered: set[int]) -> bool:
        """Say whether a longer phrase holds a verb, or a determiner makes it a noun."""
        if hit.first in covered and hit.last - hit.first == 1:
            return True
        return hit.first > 0 and words[hit.first - 1].form in self._determiners

    def _beginning(self, word: Word) -> _Beginning | None:
        """Give the cues of one word that fit a word, and the phrases it begins.

        Each comes with what the word's readings tell.
        """
        lists = [self._by_word.get(k, ()) for k in word.keys]
        lists += [self._by_prefix.get(word.form[:n], ()) for n in _PREFIXES]
        if word.is_number:
            lists.append(self._by_word.get("#", ()))
        single: dict[str, tuple[Cue, frozenset[str]]] = {}  # the first of a class
        phrases: list[tuple[Cue, frozenset[str]]] = []
        for cue in dict.fromkeys(cue for cues in lists for cue in cues):
            told = cue.items[0].fits(word)
            if told is None:
                continue
            if len(cue.items) == 1:
                single.setdefault(cue.name, (cue, told))
            else:
                phrases.append((cue, told))
        if not single and not phrases:
            return None
        return tuple(single.values()), _Phrases(phrases) if phrases else None


_Beginning = tuple[tuple[tuple[Cue, frozenset[str]], ...], _Phrases | None]


def _match(
    cue: Cue,
    features: frozenset[str],
    words: Sequence[Word],
    at: int,
    ends: frozenset[int] | None,
) -> Hit | None:
    """Find the rest of a cue whose first item fits at a word."""
    last = at + 1
    for item in cue.items[1:]:
        told: frozenset[str] | None = None
        for step in range(item.gap + 1):
            if last + step >= len(words) or (
                cue.is_verb
                and item.gap >= _LONG
                and ends is not None
                and (
                    (step and words[last + step - 1].is_finite)
                    or last + step - 1 in ends
                )
            ):
                break  # another part begins: "sagte X und reiste nach Y ab"
            told = item.fits(words[last + step])
            if item.closing is not None and not _closes(words, last + step, item, ends):
                told = None
            if told is not None:
                features = told if item.finite or item.tells else features
                last += step + 1
                break
        if told is None:
            return None
    return Hit(cue, at, last, features)


def _closes(
    words: Sequence[Word], at: int, item: Item, ends: frozenset[int] | None
) -> bool:
    """Say whether a word ends its part: punctuation or a joining word follows."""
    if at + 1 == len(words) or (ends and at in ends):
        return True
    return item.closing is not None and words[at + 1].form in item.closing


def parse_cue(
    name: str,
    text: str,
    *,
    finite: bool,
    verb_last: bool = False,
    joins: Iterable[str] = (),
) -> Cue:
    """Read one cue; see the module's docstring for the notation.

    Args:
        name: The class it belongs to.
        text: The phrase.
        finite: Its verb must be finite.
        verb_last: The verb is the last word of a phrase, not the first.
        joins: Words that begin a new part of a sentence.
    """
    items: list[Item] = []
    gap = 0
    for part in text.split():
        if part.startswith("~"):
            gap = int(part[1:])
            continue
        closing = frozenset(joins) if part.endswith("$") else None
        options = part.removesuffix("$").split("|")
        words = frozenset(o for o in options if o[0] != "=" and not o.endswith("*"))
        forms = frozenset(o[1:] for o in options if o[0] == "=")
        prefixes = tuple(o[:-1] for o in options if o.endswith("*"))
        item = Item(words, prefixes, finite=False, gap=gap, forms=forms)
        items.append(item if closing is None else replace(item, closing=closing))
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
