"""Which capitalised words name a person: a small linear model per language.

The weights are data (`vocabulary/<code>/persons.tsv`, one feature a line), learned by
`benchmarks/intake/train.py` from texts whose licence allows it; a language without the
file falls back on rules. One pass from left to right, a sum of weights per word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from vigens.intake.tokens import Token

_TELLING = ("given", "surname", "patronymic", "place-name", "org-name", "unknown")
_OTHER = ("subject", "possessor", "object", "location", "noun", "adjective", "past")


@dataclass(frozen=True, slots=True)
class PersonModel:
    """Weights of features; a word whose sum is above zero belongs to a name.

    Pronouns and other small words, `never`, are no name however they are written; what
    follows a word of `named_after` ("street", "in honour of") is a street's or a
    school's. `bias` is added to every sum: a borrowed model is too shy.
    """

    weights: Mapping[str, float]
    never: frozenset[str]
    named_after: frozenset[str] = frozenset()
    bias: float = 0.0

    def label(
        self,
        view: str,
        tokens: Sequence[Token],
        offices: frozenset[int],
        taken: Sequence[bool],
    ) -> list[bool]:
        """Say of each word whether it is part of a person's name.

        Args:
            view: The text that the tokens lie in.
            tokens: The words of a sentence.
            offices: The words that name an office, by number.
            taken: Which words are a known name already.
        """
        found = [False] * len(tokens)
        is_honoured = False
        weights = self.weights
        for at, token in enumerate(tokens):
            if at and tokens[at - 1].form in self.named_after and token.capital:
                is_honoured = True
            elif not token.capital:
                is_honoured = False
            if is_honoured or taken[at] or token.form in self.never:
                continue
            if not may_name(token) and not (at and found[at - 1]):
                continue
            told = features(view, tokens, at, is_after=at > 0 and found[at - 1])
            if at and at - 1 in offices:
                told = [*told, "office"]
            found[at] = sum(weights.get(f, 0.0) for f in told) + self.bias > 0
        return found


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


def parse_model(
    text: str,
    never: frozenset[str],
    named_after: frozenset[str] = frozenset(),
    bias: float = 0.0,
) -> PersonModel:
    """Read weights: a feature and its weight in thousandths, a tab in between."""
    weights = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            feature, _, weight = line.rpartition("\t")
            weights[feature] = int(weight) / 1000
    return PersonModel(weights, never, named_after, bias)
