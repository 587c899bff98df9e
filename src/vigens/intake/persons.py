"""Which capitalised words name a person: a small linear model per language.

The weights are data (`vocabulary/<code>/persons.tsv`, one feature a line), learned by
`benchmarks/intake/train.py` from texts whose licence allows it; a language without the
file falls back on rules. One pass from left to right, a sum of weights per word.

A model of kinds looks at no word itself, only at what a dictionary and the cues of the
language tell of it and its neighbours: learned in one language, it reads another.

What a word tells, what the one before and what the one after is three sums; each is
added up once and remembered, since words come again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vigens.intake.remembered import Remembered
from vigens.intake.tokens import Token, Word

CONTEXT = frozenset(
    {"office", "say", "judge", "group", "body", "text", "gathering", "media"}
)
"""Classes of cues that tell a name from other words beside them."""

_COMMON = frozenset({"group", "body", "text", "gathering"})
_TELLING = ("given", "surname", "patronymic", "place-name", "org-name", "unknown")
_OTHER = ("subject", "possessor", "object", "location", "noun", "adjective", "past")
_REMEMBERED = 50_000  # sums of each kind

_Own = tuple[Word, bool, bool, bool, bool]
"""A word, is it capital, all capitals, the sentence's first, after a name."""

_Before = tuple[Word | None, bool, str]
"""The word before, is it capital, the marks between."""

_After = tuple[Word | None, bool, str, bool, bool, bool]
"""The word after in the same way; is the word itself first, known to name, adjective."""


_Sums = Remembered[Any, int]
"""The sum of the weights of what each key tells."""


@dataclass(frozen=True, slots=True)
class PersonModel:
    """Weights of features; a word whose sum is above zero belongs to a name.

    Pronouns and other small words, `never`, are no name however they are written; what
    follows a word of `named_after` ("street", "in honour of") is a street's or a
    school's. `bias` is added to every sum: a model of another language is too shy.
    Weights and bias are in thousandths. `of_kinds` says
    that the model looks at no words; `places` are the words before a place then.
    """

    weights: Mapping[str, int]
    never: frozenset[str]
    named_after: frozenset[str] = frozenset()
    bias: int = 0
    of_kinds: bool = False
    places: frozenset[str] = frozenset()
    _sums: tuple[_Sums, _Sums, _Sums] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        def adding(tell: Callable[[Any], list[str]]) -> _Sums:
            def add(key: Any) -> int:
                return sum(self.weights.get(feature, 0) for feature in tell(key))

            return Remembered(add, most=_REMEMBERED)

        sums = tuple(map(adding, self._tellers()))
        object.__setattr__(self, "_sums", sums)

    def label(
        self,
        view: str,
        tokens: Sequence[Token],
        cues: Mapping[int, Sequence[str]],
        taken: Sequence[bool],
    ) -> list[bool]:
        """Say of each word whether it is part of a person's name.

        Args:
            view: The text that the tokens lie in.
            tokens: The words of a sentence.
            cues: The classes of `CONTEXT` that a word belongs to, by its number.
            taken: Which words are a known name already.
        """
        found = [False] * len(tokens)
        of_kinds, never = self.of_kinds, self.never
        is_honoured = is_after = False
        for at, token in enumerate(tokens):
            was_name, is_after = is_after, False
            if not token.capital:
                is_honoured = False
                if of_kinds or not was_name:
                    continue
            elif at and tokens[at - 1].form in self.named_after:
                is_honoured = True
            if is_honoured or taken[at] or token.form in never:
                continue
            if of_kinds and cues and not _COMMON.isdisjoint(cues.get(at, ())):
                continue
            if not may_name(token) and (of_kinds or not was_name):
                continue
            score = self._score(view, tokens, at, cues, is_after=was_name)
            found[at] = is_after = score > 0
        return found

    def _score(
        self,
        view: str,
        tokens: Sequence[Token],
        at: int,
        cues: Mapping[int, Sequence[str]],
        *,
        is_after: bool,
    ) -> int:
        """Add up the weights of what `features` gives."""
        own, left, right = self._sums
        before, itself, after = _around(view, tokens, at, is_after=is_after)
        total = self.bias + left[before] + own[itself] + right[after]
        if at > 1 and not self.of_kinds:
            total += self.weights.get(_beyond(tokens, at), 0)
        if cues:
            total += sum(self.weights.get(f, 0) for f in self._cued(at, cues))
        return total

    def features(
        self,
        view: str,
        tokens: Sequence[Token],
        at: int,
        cues: Mapping[int, Sequence[str]],
        *,
        is_after: bool,
    ) -> list[str]:
        """Give what the model may look at."""
        own, left, right = self._tellers()
        before, itself, after = _around(view, tokens, at, is_after=is_after)
        told = own(itself) + left(before) + right(after)
        told += [_beyond(tokens, at)] if at > 1 and not self.of_kinds else []
        return [*told, *self._cued(at, cues)]

    def _tellers(self) -> tuple[Callable[[Any], list[str]], ...]:
        """Give what tells of a word, of the one before, and of the one after."""
        if self.of_kinds:
            return _kind, self._kind_before, _kind_after
        return _word, _word_before, _word_after

    def _cued(self, at: int, cues: Mapping[int, Sequence[str]]) -> Iterator[str]:
        """Give what the cues on a word and beside it tell."""
        if not self.of_kinds:
            if "office" in cues.get(at - 1, ()):
                yield "office"
            return
        for mark, place in (("c=", at), ("c-=", at - 1), ("c+=", at + 1)):
            for cue in cues.get(place, ()):
                yield mark + cue

    def _kind_before(self, beside: _Before) -> list[str]:
        word, capital, gap = beside
        if word is None:
            return []
        told = [f"gap-={_mark(gap)}", f"cap-={capital}:{bool(gap)}"]
        if not gap:
            told += [f"g-={f}" for f in _TELLING if f in word.features]
            told.append(f"place-={word.form in self.places}")
            told.append(f"verb-={word.is_finite}")
        return told


def may_name(token: Token) -> bool:
    """Say whether a word can begin a name."""
    return token.capital and token.form[0].isalpha()


def _around(
    view: str, tokens: Sequence[Token], at: int, *, is_after: bool
) -> tuple[_Before, _Own, _After]:
    """Give the keys of a word and its neighbours."""
    token = tokens[at]
    word, told = token.word, token.word.features
    crossed = (at == 0, not told.isdisjoint(_TELLING), "adjective" in told)
    before: _Before = (None, False, "")
    after: _After = (None, False, "", *crossed)
    if at:
        other = tokens[at - 1]
        gap = view[other.end : token.start].strip()
        before = (other.word, other.capital, gap)
    if at + 1 < len(tokens):
        other = tokens[at + 1]
        gap = view[token.end : other.start].strip()
        after = (other.word, other.capital, gap, *crossed)
    return before, (word, token.capital, token.upper, at == 0, is_after), after


def _word(own: _Own) -> list[str]:
    """Give what a word tells, its letters too."""
    word, capital, upper, opens, is_after = own
    form, known_of = word.form, word.features
    told = [
        "bias",
        f"w={form}",
        f"s2={form[-2:]}",
        f"s3={form[-3:]}",
        f"s4={form[-4:]}",
        f"p3={form[:3]}",
        f"n={min(len(form), 9)}",
        f"after={is_after}",
        f"cap={capital}",
    ]
    place = "first" if opens else "mid"
    known = [f for f in _TELLING if f in known_of]
    told += [f"g={f}" for f in known]
    told += [f"{place}:{f}" for f in known or ["none"]]
    told += _best(word, place)
    if upper and len(form) > 1:
        told.append("upper")
    if "-" in form:
        told.append("hyphen")
    return told


def _best(word: Word, place: str) -> list[str]:
    """Give what the likeliest reading of a word tells."""
    if not word.readings:
        return []
    best = word.readings[0].features
    return [f"b={f}:{place}" for f in (*_TELLING, *_OTHER) if f in best]


def _word_before(beside: _Before) -> list[str]:
    word, capital, gap = beside
    if word is None:
        return ["first"]
    told = [
        f"gap-={gap[:2]}",
        f"w-={word.form}",
        f"s-={word.form[-3:]}",
        f"cap-={capital}:{bool(gap)}",
    ]
    return told + [f"g-={f}" for f in _TELLING if f in word.features and not gap]


def _beyond(tokens: Sequence[Token], at: int) -> str:
    return f"w--={tokens[at - 2].form}"


def _word_after(beside: _After) -> list[str]:
    word, capital, gap, *_ = beside
    if word is None:
        return ["last"]
    told = [
        f"gap+={gap[:2]}",
        f"w+={word.form}",
        f"s+={word.form[-3:]}",
        f"cap+={capital}:{bool(gap)}",
    ]
    return told + [f"g+={f}" for f in _TELLING if f in word.features and not gap]


def _kind(own: _Own) -> list[str]:
    """Give what a word tells without its letters."""
    word, capital, upper, opens, is_after = own
    place = "first" if opens else "mid"
    told = ["bias", f"after={is_after}", f"cap={capital}", place]
    told += [
        f"long={len(word.form) > 3}",
        f"upper={upper}:{len(word.form) > 1}",
    ]
    if "-" in word.form:
        told.append("hyphen")
    known = [f for f in _TELLING if f in word.features] or ["none"]
    told += [f"{place}:{f}:{is_after}" for f in known]
    names = [not r.features.isdisjoint(_TELLING) for r in word.readings]
    told.append(f"plain={place}:{names.count(False) > 0}")
    told += _best(word, place)
    if "animate" in word.features:
        told.append(f"animate:{place}")
    return told


def _kind_after(beside: _After) -> list[str]:
    word, capital, gap, opens, is_named, is_adjective = beside
    place = "first" if opens else "mid"
    follows, told = "none", ["last"]
    if word is not None:
        told = [f"gap+={_mark(gap)}", f"cap+={capital}:{bool(gap)}"]
        told += [
            f"g+={f}:{is_named}" for f in _TELLING if not gap and f in word.features
        ]
        if not gap and word.readings:
            best = word.readings[0].features
            nominal = best & {"noun", "adjective"} and not capital
            follows = "verb" if word.is_finite else "noun" if nominal else "other"
        told.append(f"b+={follows}")
    if is_adjective:
        told.append(f"adjective+{follows}:{place}")
    return told


def _mark(gap: str) -> str:
    """Give the first mark between two words, of the few that tell."""
    return (
        gap[:1] if gap[:1] in ",.:()" else "quote" if gap[:1] in '"«»„“”' else gap[:1]
    )


def parse_model(
    text: str,
    never: frozenset[str],
    named_after: frozenset[str] = frozenset(),
    bias: float = 0.0,
    *,
    of_kinds: bool = False,
    places: frozenset[str] = frozenset(),
) -> PersonModel:
    """Read weights: a feature and its weight in thousandths, a tab in between."""
    weights = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            feature, _, weight = line.rpartition("\t")
            weights[feature] = int(weight)
    return PersonModel(
        weights,
        never,
        named_after,
        round(bias * 1000),
        of_kinds=of_kinds,
        places=places,
    )
