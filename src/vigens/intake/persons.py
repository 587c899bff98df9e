"""Which capitalised words name a person: a small linear model per language.

The weights are data (`vocabulary/<code>/persons.tsv`, one feature a line), learned by
`benchmarks/intake/train.py` from texts whose licence allows it; a language without the
file falls back on rules. One pass from left to right, a sum of weights per word.

A model of kinds looks at no word itself, only at what a dictionary and the cues of the
language tell of it and its neighbours: learned in one language, it reads another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from vigens.intake.tokens import Token

CONTEXT = frozenset(
    {"office", "say", "judge", "group", "body", "text", "gathering", "media"}
)
"""Classes of cues that tell a name from other words beside them."""

_COMMON = frozenset({"group", "body", "text", "gathering"})
_TELLING = ("given", "surname", "patronymic", "place-name", "org-name", "unknown")
_OTHER = ("subject", "possessor", "object", "location", "noun", "adjective", "past")


@dataclass(frozen=True, slots=True)
class PersonModel:
    """Weights of features; a word whose sum is above zero belongs to a name.

    Pronouns and other small words, `never`, are no name however they are written; what
    follows a word of `named_after` ("street", "in honour of") is a street's or a
    school's. `bias` is added to every sum: a model of another language is too shy. `of_kinds` says
    that the model looks at no words; `places` are the words before a place then.
    """

    weights: Mapping[str, float]
    never: frozenset[str]
    named_after: frozenset[str] = frozenset()
    bias: float = 0.0
    of_kinds: bool = False
    places: frozenset[str] = frozenset()

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
        is_honoured = is_after = False
        weights = self.weights
        for at, token in enumerate(tokens):
            is_after = at > 0 and found[at - 1]
            if not token.capital:
                is_honoured = False
                if self.of_kinds or not is_after:
                    continue
            elif at and tokens[at - 1].form in self.named_after:
                is_honoured = True
            if is_honoured or taken[at] or token.form in self.never:
                continue
            if self.of_kinds and not _COMMON.isdisjoint(cues.get(at, ())):
                continue
            if not may_name(token) and (self.of_kinds or not is_after):
                continue
            told = self.features(view, tokens, at, cues, is_after=is_after)
            known = [weights[f] for f in told if f in weights]
            found[at] = sum(known, start=0.0) + self.bias > 0
        return found

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
        if self.of_kinds:
            told = kinds(view, tokens, at, self.places, is_after=is_after)
            told += [f"c={c}" for c in cues.get(at, ())]
            told += [f"c-={c}" for c in cues.get(at - 1, ())]
            told += [f"c+={c}" for c in cues.get(at + 1, ())]
            return told
        told = features(view, tokens, at, is_after=is_after)
        if "office" in cues.get(at - 1, ()):
            told.append("office")
        return told


def may_name(token: Token) -> bool:
    """Say whether a word can begin a name."""
    return token.capital and token.form[0].isalpha()


def features(
    view: str, tokens: Sequence[Token], at: int, *, is_after: bool
) -> list[str]:
    """Give what a word and its neighbours tell."""
    token = tokens[at]
    form = token.form
    told = [
        "bias",
        f"w={form}",
        f"s2={form[-2:]}",
        f"s3={form[-3:]}",
        f"s4={form[-4:]}",
        f"p3={form[:3]}",
        f"n={min(len(form), 9)}",
        f"after={is_after}",
        f"cap={token.capital}",
    ]
    place = "first" if at == 0 else "mid"
    known = [f for f in _TELLING if f in token.features]
    told += [f"g={f}" for f in known]
    told += [f"{place}:{f}" for f in known or ["none"]]
    if token.readings:
        best = token.readings[0].features
        told += [f"b={f}:{place}" for f in (*_TELLING, *_OTHER) if f in best]
    if token.upper and len(form) > 1:
        told.append("upper")
    if "-" in form:
        told.append("hyphen")
    told += _left(view, tokens, at)
    told += _right(view, tokens, at)
    return told


def _left(view: str, tokens: Sequence[Token], at: int) -> Iterator[str]:
    if at == 0:
        yield "first"
        return
    before = tokens[at - 1]
    gap = view[before.end : tokens[at].start].strip()
    yield f"gap-={gap[:2]}"
    yield f"w-={before.form}"
    yield f"s-={before.form[-3:]}"
    yield f"cap-={before.capital}:{bool(gap)}"
    for name in _TELLING:
        if name in before.features and not gap:
            yield f"g-={name}"
    if at > 1:
        yield f"w--={tokens[at - 2].form}"


def _right(view: str, tokens: Sequence[Token], at: int) -> Iterator[str]:
    if at + 1 >= len(tokens):
        yield "last"
        return
    after = tokens[at + 1]
    gap = view[tokens[at].end : after.start].strip()
    yield f"gap+={gap[:2]}"
    yield f"w+={after.form}"
    yield f"s+={after.form[-3:]}"
    yield f"cap+={after.capital}:{bool(gap)}"
    for name in _TELLING:
        if name in after.features and not gap:
            yield f"g+={name}"


def kinds(
    view: str,
    tokens: Sequence[Token],
    at: int,
    places: frozenset[str],
    *,
    is_after: bool,
) -> list[str]:
    """Give what is told of a word and its neighbours without their letters."""
    token = tokens[at]
    place = "first" if at == 0 else "mid"
    told = ["bias", f"after={is_after}", f"cap={token.capital}", place]
    told += [
        f"long={len(token.form) > 3}",
        f"upper={token.upper}:{len(token.form) > 1}",
    ]
    if "-" in token.form:
        told.append("hyphen")
    known = [f for f in _TELLING if f in token.features] or ["none"]
    told += [f"{place}:{f}:{is_after}" for f in known]
    names = [not r.features.isdisjoint(_TELLING) for r in token.readings]
    told.append(f"plain={place}:{names.count(False) > 0}")
    if token.readings:
        best = token.readings[0].features
        told += [f"b={f}:{place}" for f in (*_TELLING, *_OTHER) if f in best]
    if "animate" in token.features:
        told.append(f"animate:{place}")
    before = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    follows = "none"
    if after is not None:
        gap = view[token.end : after.start].strip()
        told += [f"gap+={_mark(gap)}", f"cap+={after.capital}:{bool(gap)}"]
        told += [
            f"g+={f}:{known != ['none']}"
            for f in _TELLING
            if not gap and f in after.features
        ]
        if not gap and after.readings:
            best = after.readings[0].features
            nominal = best & {"noun", "adjective"} and not after.capital
            follows = "verb" if after.is_finite else "noun" if nominal else "other"
        told.append(f"b+={follows}")
    else:
        told.append("last")
    if "adjective" in token.features:
        told.append(f"adjective+{follows}:{place}")
    if before is not None:
        gap = view[before.end : token.start].strip()
        told += [f"gap-={_mark(gap)}", f"cap-={before.capital}:{bool(gap)}"]
        told += [f"g-={f}" for f in _TELLING if not gap and f in before.features]
        if not gap:
            told.append(f"place-={before.form in places}")
            told.append(f"verb-={before.is_finite}")
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
            weights[feature] = int(weight) / 1000
    return PersonModel(
        weights, never, named_after, bias, of_kinds=of_kinds, places=places
    )
